//! The history of the administration: who changed which setting, when, from what to what.
//!
//! Every operation that changes a setting writes its event in its own transaction, so that pages,
//! programs and commands leave the same trace.

use db::{Query, Result, Tx, View, from_row, params, sql};
use serde::{Deserialize, Serialize};
use values::{Id, IdMaker, Timestamp};

use super::AgentId;
use super::actor::Acting;

/// An event of the history of the administration.
pub enum SettingsEvent {}

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An area.
    Area,
    /// A queue.
    Queue,
    /// A request type.
    RequestType,
    /// A category.
    Category,
    /// A priority.
    Priority,
    /// A status.
    Status,
    /// An agent.
    Agent,
    /// A token.
    Token,
    /// A registration with a provider where people sign in to mail accounts.
    OAuthClient,
    /// A mailbox.
    Mailbox,
    /// A sender.
    Sender,
    /// A text block that all share.
    TextBlock,
    /// An intake rule.
    IntakeRule,
    /// Settings of the whole installation.
    House,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Area,
        Self::Queue,
        Self::RequestType,
        Self::Category,
        Self::Priority,
        Self::Status,
        Self::Agent,
        Self::Token,
        Self::OAuthClient,
        Self::Mailbox,
        Self::Sender,
        Self::TextBlock,
        Self::IntakeRule,
        Self::House,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Queue => "queue",
            Self::RequestType => "request_type",
            Self::Category => "category",
            Self::Priority => "priority",
            Self::Status => "status",
            Self::Agent => "agent",
            Self::Token => "token",
            Self::OAuthClient => "oauth_client",
            Self::Mailbox => "mailbox",
            Self::Sender => "sender",
            Self::TextBlock => "text_block",
            Self::IntakeRule => "intake_rule",
            Self::House => "house",
        }
    }

    /// The subject with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was made.
    Added,
    /// Some of it became something else.
    Changed,
    /// It is gone.
    Removed,
}

impl Kind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// One field that became something else. Secrets have no values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The field.
    pub field: String,
    /// What it was.
    pub from: Option<String>,
    /// What it is now.
    pub to: Option<String>,
}

impl Fact {
    /// A field with what it was and is.
    pub fn new(field: &str, from: Option<String>, to: Option<String>) -> Self {
        Self { field: field.to_owned(), from, to }
    }
}

/// A field and its value, as both sides of a change list them in the same order.
pub type Value = (String, Option<String>);

/// The fields in which two lists of the same fields differ.
pub fn differences(before: Vec<Value>, after: Vec<Value>) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for (field, to) in &after {
        let from = before.iter().find(|(name, _)| name == field).and_then(|(_, from)| from.clone());
        if from != *to {
            facts.push(Fact::new(field, from, to.clone()));
        }
    }
    for (field, from) in before {
        if from.is_some() && !after.iter().any(|(name, _)| *name == field) {
            facts.push(Fact { field, from, to: None });
        }
    }
    facts
}

/// Who changes settings, and when.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// The agent; nobody for commands of the program.
    pub agent: Option<AgentId>,
    /// The program behind a token.
    pub caller: Option<&'a str>,
    /// Makes the id.
    pub ids: &'a IdMaker,
    /// When.
    pub now: Timestamp,
}

impl<'a> By<'a> {
    /// A person, perhaps through a program.
    pub fn person(acting: Acting<'a>) -> Self {
        Self {
            agent: Some(acting.actor.agent),
            caller: acting.actor.caller.as_deref(),
            ids: acting.ids,
            now: acting.now,
        }
    }

    /// A command of the program, by whoever may run it.
    pub fn command(ids: &'a IdMaker, now: Timestamp) -> Self {
        Self { agent: None, caller: None, ids, now }
    }

    /// Writes down what happened. A change that changed nothing leaves no trace.
    pub async fn record(&self, tx: &mut Tx<'_>, change: &Change<'_>) -> Result<()> {
        if change.kind == Kind::Changed && change.facts.is_empty() {
            return Ok(());
        }
        tx.execute(
            sql!(
                "insert into settings_event (id, at, agent, caller, subject, subject_id, name, kind,
                     detail)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            params![
                self.ids.next::<SettingsEvent>(self.now),
                self.now,
                self.agent,
                self.caller,
                change.subject.code(),
                change.id,
                change.name,
                change.kind.code(),
                serde_json::json!(change.facts).to_string(),
            ],
        )
        .await
        .map(drop)
    }
}

/// What happened to a setting.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// What was changed.
    pub subject: Subject,
    /// Which one; 0 for the house.
    pub id: i64,
    /// What it was called at that time.
    pub name: &'a str,
    /// What happened.
    pub kind: Kind,
    /// The fields.
    pub facts: Vec<Fact>,
}

from_row! {
    /// An event as it is read.
    #[derive(Clone, Debug)]
    pub struct Recorded {
        /// The event.
        pub id: Id<SettingsEvent>,
        /// When it happened.
        pub at: Timestamp,
        /// Who did it.
        pub agent: Option<AgentId>,
        /// Through which program.
        pub caller: Option<String>,
        /// The word for what was changed.
        pub subject: String,
        /// Which one.
        pub subject_id: i64,
        /// What it was called.
        pub name: String,
        /// The word for what happened.
        pub kind: String,
        /// The fields, as JSON.
        pub detail: String,
    }
}

impl Recorded {
    /// The fields that became something else.
    pub fn facts(&self) -> Vec<Fact> {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }
}

/// The events before one of them, newest first: all, or those of one thing.
pub async fn events(
    view: &mut View<'_>,
    of: Option<(Subject, i64)>,
    before: i64,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let mut query = Query::new(
        "select id, at, agent, caller, subject, subject_id, name, kind, detail
         from settings_event where id <",
    );
    query.bind(before);
    if let Some((subject, id)) = of {
        query.push("and subject =").bind(subject.code()).push("and subject_id =").bind(id);
    }
    query.push("order by id desc limit").bind(limit);
    view.list(&query).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(field: &str, value: &str) -> Value {
        (field.to_owned(), (!value.is_empty()).then(|| value.to_owned()))
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = vec![value("name", "Alt"), value("hue", "1"), value("area:7", "read")];
        let after = vec![value("name", "Neu"), value("hue", "1"), value("area:8", "work")];
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            differences(before, after),
            [
                Fact::new("name", some("Alt"), some("Neu")),
                Fact::new("area:8", None, some("work")),
                Fact::new("area:7", some("read"), None),
            ]
        );
    }

    #[test]
    fn a_word_leads_back_to_its_subject() {
        for subject in Subject::ALL {
            assert_eq!(Subject::from_code(subject.code()), Some(subject));
        }
    }
}
