//! Names in requests and answers: entries of lists by key or name, agents by address, id or name
//! (decision 10).

use serde::Serialize;
use utoipa::ToSchema;
use values::Language;
use web::{FieldProblem, Problem};

use super::caller::Call;
use super::problems::{invalid, unknown};
use crate::record::directory::{Directory, Listed, Person, by_id, by_name};
use crate::record::sender::by_address;
use crate::record::{AgentId, AreaId, SenderId};

/// An entry of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Named {
    /// Its name for programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
}

/// An agent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AgentName)]
pub struct ShownAgent {
    /// The agent.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// The entry with this id, as it is shown.
pub fn named<T: Listed>(list: &[T], id: i64) -> Option<Named> {
    let entry = by_id(list, id)?;
    Some(Named { key: entry.key().to_owned(), name: entry.name(Language::German).to_owned() })
}

/// The agent with this id, as others see him.
pub fn agent_named(directory: &Directory, id: Option<AgentId>) -> Option<ShownAgent> {
    let agent = directory.agent(id?)?;
    Some(ShownAgent {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        email: agent.email.clone(),
    })
}

/// What is wrong with the fields of a request, all of them at once.
#[derive(Debug, Default)]
pub struct Findings(Vec<FieldProblem>);

impl Findings {
    /// The value, unless something is wrong with it.
    pub fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.extend(problem.problems);
                None
            }
        }
    }

    /// Writes down that something is wrong.
    pub fn refuse(&mut self, field: &str, code: &str, message: &str) {
        self.0.extend(invalid(field, code, message).problems);
    }

    /// Goes on only if nothing was wrong.
    pub fn check(&self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Problem { problems: self.0.clone(), ..invalid("", "", "") })
    }
}

/// The entry with this key or name.
pub fn entry<T: Listed>(list: &[T], field: &str, text: &str) -> Result<i64, Problem> {
    by_name(list, text).map(Listed::number).ok_or_else(|| unknown(field))
}

/// The entry that may be chosen by this key or name, if one is named.
pub fn choice<T: Listed>(
    list: &[T],
    field: &str,
    text: Option<&str>,
) -> Result<Option<i64>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let found = by_name(list, text).filter(|entry| entry.is_active());
    found.map(|entry| Some(entry.number())).ok_or_else(|| unknown(field))
}

/// The area with this key or name, if the actor may enter it.
pub fn area(call: &Call, field: &str, text: &str) -> Result<AreaId, Problem> {
    let area = by_name(&call.directory.areas, text);
    area.map(|area| area.id)
        .filter(|area| call.actor.level_in(*area).is_some())
        .ok_or_else(|| unknown(field))
}

/// The sender that may be chosen by this address, if one is named.
pub fn sender(
    directory: &Directory,
    field: &str,
    text: Option<&str>,
) -> Result<Option<SenderId>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let found = by_address(&directory.senders, text).filter(|sender| sender.active);
    found.map(|one| Some(one.id)).ok_or_else(|| unknown(field))
}

/// The agent with this address, id or name.
pub fn agent(directory: &Directory, field: &str, text: &str) -> Result<AgentId, Problem> {
    let text = text.trim().to_lowercase();
    let agents = &directory.agents;
    let by = |is_meant: &dyn Fn(&Person) -> bool| agents.iter().find(|agent| is_meant(agent));
    by(&|agent| agent.email == text)
        .or_else(|| by(&|agent| agent.id.to_string() == text))
        .or_else(|| by(&|agent| agent.name.to_lowercase() == text))
        .map(|agent| agent.id)
        .ok_or_else(|| unknown(field))
}
