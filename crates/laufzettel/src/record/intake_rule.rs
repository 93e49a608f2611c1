//! Intake rules as they are stored, and ready to run.

use db::{Result, View, from_row, sql};
use rules::filter::{Dialect, Field, MailFilter, Names, parse_in};
use rules::intake::rule::{Action, Entry, Rule, parse_actions};

use super::directory::{Directory, Listed, by_id};
use super::{AgentId, MailboxId, RuleId};

from_row! {
    /// A rule.
    #[derive(Clone, Debug)]
    pub struct IntakeRule {
        /// The rule.
        pub id: RuleId,
        /// Its name.
        pub name: String,
        /// The only mailbox for whose mails it is.
        pub mailbox: Option<MailboxId>,
        /// Its condition, with ids in place of names.
        pub condition: String,
        /// Its actions, with ids in place of names.
        pub actions: String,
        /// Its place.
        pub position: i64,
        /// Whether it runs.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

/// All rules in their order. There are hundreds of them at most.
pub async fn all(view: &mut View<'_>) -> Result<Vec<IntakeRule>> {
    view.all(
        sql!(
            "select id, name, mailbox, condition, actions, position, active, version
             from intake_rule order by position, id limit 2000"
        ),
        [],
    )
    .await
}

/// Stored texts have ids in place of names: nothing is looked up.
pub struct NoNames;

impl Names for NoNames {
    fn ids(&self, _: Field, _: &str) -> Vec<i64> {
        Vec::new()
    }

    fn name(&self, _: Field, _: i64) -> Option<String> {
        None
    }
}

impl IntakeRule {
    /// What it does, as stored. A text of another version that cannot be read does nothing.
    pub fn actions(&self) -> Vec<Action> {
        parse_actions(&self.actions, &NoNames).unwrap_or_default()
    }

    /// The rule, ready to run, without actions that name what is gone or off.
    pub fn ready(&self, directory: &Directory) -> Rule {
        let mut actions = self.actions();
        actions.retain(|action| broken(action, directory).is_none());
        Rule {
            id: self.id.number(),
            name: self.name.clone(),
            mailbox: self.mailbox.map(MailboxId::number),
            condition: MailFilter::of(&parse_in(&self.condition, Dialect::Mails).tree),
            actions,
        }
    }

    /// The properties that its actions set to an entry that is gone or off.
    pub fn broken(&self, directory: &Directory) -> Vec<Entry> {
        self.actions().iter().filter_map(|action| broken(action, directory)).collect()
    }
}

/// The property that an action sets to what is gone or off.
pub fn broken(action: &Action, directory: &Directory) -> Option<Entry> {
    let Action::Set { what, to, .. } = action else { return None };
    let is_there = match what {
        Entry::Area => is_active(&directory.areas, *to),
        Entry::Queue => is_active(&directory.queues, *to),
        Entry::Category => is_active(&directory.categories, *to),
        Entry::RequestType => is_active(&directory.request_types, *to),
        Entry::Priority => is_active(&directory.priorities, *to),
        Entry::Status => is_active(&directory.statuses, *to),
        Entry::Assignee => {
            directory.agent(AgentId::from_number(*to)).is_some_and(|agent| agent.active)
        }
    };
    (!is_there).then_some(*what)
}

fn is_active<T: Listed>(list: &[T], id: i64) -> bool {
    by_id(list, id).is_some_and(Listed::is_active)
}

/// The rules that run, in their order.
pub fn ready(rules: &[IntakeRule], directory: &Directory) -> Vec<Rule> {
    rules.iter().filter(|rule| rule.active).map(|rule| rule.ready(directory)).collect()
}
