//! A filter ready to be compiled or evaluated: only ids, moments and folded texts.

use values::Timestamp;

use crate::intake::rule::Mark;
use crate::status::{Stage, StatusKind};
use crate::text::SearchTerm;

/// A filter without anything relative: no names, no reader, no "today".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of them hold; of none, everything does. Its words and phrases are one search, see
    /// [`Node::search_terms`].
    All(Vec<Node>),
    /// One of them holds; of none, nothing does.
    Any(Vec<Node>),
    /// It does not hold for the ticket as a whole: `-rechnung` means that no message has the word.
    Not(Box<Node>),
    /// The ticket fulfils the condition.
    Is(Condition),
    /// A message, or the ticket's own search document, has the word in any form.
    Word(String),
    /// A message, or the ticket's own search document, has these words one after another.
    Phrase(String),
}

/// A condition on the columns of a ticket. Lists are alternatives; an empty list holds for none.
/// `None` in a list is "no value".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Ids of statuses.
    Status(Vec<i64>),
    /// Kinds of statuses.
    Kind(Vec<StatusKind>),
    /// Stages, which follow from the kind.
    Stage(Vec<Stage>),
    /// The customer wrote and nobody has looked since.
    Unseen,
    /// A mark (F-FLD-24).
    Mark(Mark),
    /// Ids of areas.
    Area(Vec<i64>),
    /// Ids of agents.
    Assignee(Vec<Option<i64>>),
    /// Ids of queues.
    Queue(Vec<Option<i64>>),
    /// Ids of categories, as named: sub-categories are the compiler's matter.
    Category(Vec<Option<i64>>),
    /// Ids of request types.
    RequestType(Vec<Option<i64>>),
    /// Ids of priorities.
    Priority(Vec<Option<i64>>),
    /// Ids of tags; the ticket has one of them, or none at all for `None`.
    Tag(Vec<Option<i64>>),
    /// Ids of contacts.
    Contact(Vec<Option<i64>>),
    /// Ids of companies.
    Company(Vec<Option<i64>>),
    /// Who asked.
    From(Vec<Sender>),
    /// Ticket numbers, folded ([`crate::number::fold_number`]).
    Number(Vec<String>),
    /// Parts of the subject, folded ([`crate::text::fold_text`]).
    Subject(Vec<String>),
    /// The deadline.
    Due(Vec<When>),
    /// The day on which it comes back.
    Resubmission(Vec<When>),
    /// When it was created.
    Created(Vec<When>),
    /// When it was last changed.
    Updated(Vec<When>),
    /// When the customer wrote last.
    CustomerWrote(Vec<When>),
    /// When an agent wrote last.
    AgentWrote(Vec<When>),
    /// Attachments.
    Attachment(Vec<Attached>),
    /// Ids of tickets.
    Id(Vec<i64>),
}

/// Moments that a condition allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// There is no moment.
    Never,
    /// From the first, which is included, to the second, which is not; `None` is unbounded, and
    /// both `None` is any moment.
    Within(Option<Timestamp>, Option<Timestamp>),
}

/// A requester, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Exactly this address.
    Address(String),
    /// An address of exactly this domain.
    Domain(String),
    /// A part of the requester's name or address, folded: of
    /// `fold_text("{name} {address}")`.
    Part(String),
}

/// Attachments, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// At least one.
    Something,
    /// None.
    Nothing,
    /// One whose folded name contains this.
    Named(String),
}

impl Node {
    /// The words and phrases that one document must have together: of an `All` those directly in
    /// it, of a word or phrase itself.
    pub fn search_terms(&self) -> Vec<SearchTerm> {
        let term = |node: &Self| match node {
            Self::Word(text) => Some(SearchTerm::Word(text.clone())),
            Self::Phrase(text) => Some(SearchTerm::Phrase(text.clone())),
            _ => None,
        };
        match self {
            Self::All(nodes) => nodes.iter().filter_map(term).collect(),
            node => term(node).into_iter().collect(),
        }
    }
}
