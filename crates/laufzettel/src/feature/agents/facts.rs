//! What the history of the administration tells of an agent.

use db::{Result, Tx};

use super::store::Detailed;
use crate::record::administration::{By, Change, Fact, Kind, Subject, Value, differences};

/// The fields in which an agent differs from what he was; all of a new one.
pub fn of(before: Option<&Detailed>, after: &Detailed) -> Vec<Fact> {
    differences(before.map(values).unwrap_or_default(), values(after))
}

/// Writes down what happened to an agent.
pub async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    kind: Kind,
    agent: &Detailed,
    facts: Vec<Fact>,
) -> Result<()> {
    let id = agent.id.number();
    by.record(tx, &Change { subject: Subject::Agent, id, name: &agent.name, kind, facts }).await
}

fn values(agent: &Detailed) -> Vec<Value> {
    let value = |field: &str, text: Option<String>| (field.to_owned(), text);
    let mut values = vec![
        value("name", Some(agent.name.clone())),
        value("email", Some(agent.email.clone())),
        value("role", Some(agent.role.clone())),
        value("active", Some(agent.active.to_string())),
        value("level_elsewhere", agent.level_elsewhere.clone()),
        value("flags", agent.flags.clone()),
        value("language", agent.language.clone()),
        value("phone", agent.phone.clone()),
        value("signature", agent.signature.clone()),
        value("undo_seconds", Some(agent.undo_seconds.to_string())),
        value("notices", agent.notices.clone()),
    ];
    let areas = agent.areas.iter();
    values.extend(areas.map(|(area, level)| value(&format!("area:{area}"), Some(level.clone()))));
    values
}
