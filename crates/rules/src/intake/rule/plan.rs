//! What rules want of a new ticket.

use std::collections::BTreeMap;

use values::EmailAddress;

use super::action::{Action, Entry, Join, Mark, Verdict};
use super::extract::fill;
use crate::filter::MailToMatch;
use crate::tag;

/// What rules want of the ticket that a mail becomes. What is `None` stays as the mailbox has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Entries of lists, by property.
    pub entries: BTreeMap<Entry, i64>,
    /// Tags to add.
    pub tags: Vec<String>,
    /// Marks to set.
    pub marks: Vec<Mark>,
    /// The company.
    pub company: Option<NamedCompany>,
    /// Who asks, with a name if one is known.
    pub requester: Option<(EmailAddress, Option<String>)>,
    /// The subject.
    pub subject: Option<String>,
    /// Whether it comes to the ticket that its subject names.
    pub join: Option<Join>,
    /// Whether it becomes a ticket at all.
    pub verdict: Option<Verdict>,
}

/// A company as a rule names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCompany {
    /// Its customer number or name.
    pub text: String,
    /// Whether it is made where none is called so.
    pub make: bool,
}

/// Which properties a new ticket has no value for, whatever rules do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Empty {
    /// Properties without a value.
    pub entries: Vec<Entry>,
    /// Whether the sender has no company.
    pub company: bool,
}

impl Plan {
    /// Adds what an action wants. Returns `false` if a part of the mail has to be read first.
    pub(super) fn add(
        &mut self,
        action: &Action,
        mail: &MailToMatch<'_>,
        empty: &Empty,
        variables: &mut BTreeMap<String, String>,
    ) -> bool {
        match action {
            Action::Set { what, to, only_empty } => {
                let is_free = empty.entries.contains(what) && !self.entries.contains_key(what);
                if !only_empty || is_free {
                    self.entries.insert(*what, *to);
                }
            }
            Action::Tag(text) => {
                let tag = fill(text, variables).and_then(|text| tag::normalised(&text));
                self.tags.extend(tag.filter(|tag| !self.tags.contains(tag)));
            }
            Action::Mark(mark) if !self.marks.contains(mark) => self.marks.push(*mark),
            Action::Mark(_) | Action::End => {}
            Action::Company { text, only_empty, make } => {
                if !only_empty || (empty.company && self.company.is_none()) {
                    let named = |text| NamedCompany { text, make: *make };
                    self.company = fill(text, variables).map(named).or(self.company.take());
                }
            }
            Action::Requester { address, name } => {
                let address = fill(address, variables);
                let address = address.and_then(|text| EmailAddress::parse(&text).ok());
                let name = name.as_ref().and_then(|name| fill(name, variables));
                self.requester = address.map(|one| (one, name)).or(self.requester.take());
            }
            Action::Subject(text) => {
                self.subject = fill(text, variables).or(self.subject.take());
            }
            Action::Extract(extract) => match extract.find(mail) {
                None => return false,
                Some(found) => {
                    variables.remove(&extract.variable);
                    variables.extend(found.map(|text| (extract.variable.clone(), text)));
                }
            },
            Action::Ticket(join) => self.join = Some(*join),
            Action::Mail(verdict) => self.verdict = Some(*verdict),
        }
        true
    }
}

/// The first property that both lists of actions set to different values: two rules with the same
/// condition that do so undo each other. What is only for empty properties undoes nothing.
pub fn conflict(one: &[Action], other: &[Action]) -> Option<super::ActionField> {
    let differs = |action: &&Action| {
        other.iter().any(|beside| match (*action, beside) {
            (Action::Subject(text), Action::Subject(beside)) => text != beside,
            (action, beside) => undoes(action, beside),
        })
    };
    one.iter().find(differs).map(Action::field)
}

/// The first property that one list of actions sets twice, to different values. A subject may stand there
/// twice: the second one counts where its variables are found.
pub fn undoes_itself(actions: &[Action]) -> Option<super::ActionField> {
    let is_undone = |action: &&Action| actions.iter().any(|beside| undoes(action, beside));
    actions.iter().find(is_undone).map(Action::field)
}

fn undoes(one: &Action, other: &Action) -> bool {
    match (one, other) {
        (
            Action::Set { what, to, only_empty: false },
            Action::Set { what: too, to: else_, only_empty: false },
        ) => what == too && to != else_,
        (Action::Mail(verdict), Action::Mail(beside)) => verdict != beside,
        (Action::Ticket(join), Action::Ticket(beside)) => join != beside,
        _ => false,
    }
}
