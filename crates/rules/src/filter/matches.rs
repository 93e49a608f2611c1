//! Evaluation of a filter in memory.

use values::Timestamp;

use crate::intake::rule::Mark;
use crate::number::fold_number;
use crate::status::StatusKind;
use crate::text::{LastWord, Tokens, fold_text, match_query};

use super::node::{Attached, Condition, Node, Sender, When};

/// What a filter can ask about one ticket.
#[derive(Clone, Copy, Debug)]
pub struct TicketFacts<'a> {
    /// Its id.
    pub id: i64,
    /// Its number.
    pub number: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Id of its status.
    pub status: i64,
    /// Kind of its status.
    pub kind: StatusKind,
    /// Whether nobody has looked since the customer wrote.
    pub unseen: bool,
    /// Its marks.
    pub marks: &'a [Mark],
    /// Id of its area.
    pub area: i64,
    /// Id of the responsible agent.
    pub assignee: Option<i64>,
    /// Id of its queue.
    pub queue: Option<i64>,
    /// Id of its category.
    pub category: Option<i64>,
    /// Id of its request type.
    pub request_type: Option<i64>,
    /// Id of its priority.
    pub priority: Option<i64>,
    /// Ids of its tags.
    pub tags: &'a [i64],
    /// Id of its contact.
    pub contact: Option<i64>,
    /// Id of its company.
    pub company: Option<i64>,
    /// The requester's name, empty if unknown.
    pub requester_name: &'a str,
    /// The requester's address as stored, empty if unknown.
    pub requester_address: &'a str,
    /// Its deadline.
    pub due: Option<Timestamp>,
    /// The day on which it comes back.
    pub resubmission: Option<Timestamp>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// When the customer wrote last.
    pub customer_wrote: Option<Timestamp>,
    /// When an agent wrote last.
    pub agent_wrote: Option<Timestamp>,
    /// Names of its attachments.
    pub attachments: &'a [&'a str],
    /// Its search documents that the reader may see: the ticket's own and one for each message.
    pub documents: &'a [Tokens],
}

/// Whether the ticket passes the filter.
pub fn matches(node: &Node, ticket: &TicketFacts<'_>) -> bool {
    match node {
        Node::All(nodes) => {
            let is_word = |node: &&Node| matches!(node, Node::Word(_) | Node::Phrase(_));
            has_words(node, ticket)
                && nodes.iter().filter(|node| !is_word(node)).all(|node| matches(node, ticket))
        }
        Node::Any(nodes) => nodes.iter().any(|node| matches(node, ticket)),
        Node::Not(node) => !matches(node, ticket),
        Node::Is(condition) => holds(condition, ticket),
        Node::Word(_) | Node::Phrase(_) => has_words(node, ticket),
    }
}

/// Whether one document has all words of the node together; words without a letter do not count.
fn has_words(node: &Node, ticket: &TicketFacts<'_>) -> bool {
    let query = match_query(&node.search_terms(), LastWord::Whole);
    query.is_empty() || ticket.documents.iter().any(|document| document.matches(&query))
}

fn holds(condition: &Condition, ticket: &TicketFacts<'_>) -> bool {
    match condition {
        Condition::Status(ids) => ids.contains(&ticket.status),
        Condition::Kind(kinds) => kinds.contains(&ticket.kind),
        Condition::Stage(stages) => stages.contains(&ticket.kind.stage()),
        Condition::Unseen => ticket.unseen,
        Condition::Mark(mark) => ticket.marks.contains(mark),
        Condition::Area(ids) => ids.contains(&ticket.area),
        Condition::Assignee(ids) => ids.contains(&ticket.assignee),
        Condition::Queue(ids) => ids.contains(&ticket.queue),
        Condition::Category(ids) => ids.contains(&ticket.category),
        Condition::RequestType(ids) => ids.contains(&ticket.request_type),
        Condition::Priority(ids) => ids.contains(&ticket.priority),
        Condition::Contact(ids) => ids.contains(&ticket.contact),
        Condition::Company(ids) => ids.contains(&ticket.company),
        Condition::Tag(ids) => ids.iter().any(|id| match id {
            Some(id) => ticket.tags.contains(id),
            None => ticket.tags.is_empty(),
        }),
        Condition::From(senders) => senders.iter().any(|sender| is_from(sender, ticket)),
        Condition::Number(numbers) => numbers.contains(&fold_number(ticket.number)),
        Condition::Subject(parts) => is_part_of(parts, ticket.subject),
        Condition::Due(whens) => is_within(whens, ticket.due),
        Condition::Resubmission(whens) => is_within(whens, ticket.resubmission),
        Condition::Created(whens) => is_within(whens, Some(ticket.created)),
        Condition::Updated(whens) => is_within(whens, Some(ticket.updated)),
        Condition::CustomerWrote(whens) => is_within(whens, ticket.customer_wrote),
        Condition::AgentWrote(whens) => is_within(whens, ticket.agent_wrote),
        Condition::Attachment(asked) => asked.iter().any(|asked| match asked {
            Attached::Something => !ticket.attachments.is_empty(),
            Attached::Nothing => ticket.attachments.is_empty(),
            Attached::Named(part) => {
                ticket.attachments.iter().any(|name| fold_text(name).contains(part))
            }
        }),
        Condition::Id(ids) => ids.contains(&ticket.id),
    }
}

fn is_from(sender: &Sender, ticket: &TicketFacts<'_>) -> bool {
    let address = ticket.requester_address;
    match sender {
        Sender::Address(asked) => asked == address,
        Sender::Domain(asked) => address.rsplit_once('@').is_some_and(|(_, found)| found == asked),
        Sender::Part(part) => {
            fold_text(&format!("{} {address}", ticket.requester_name)).contains(part)
        }
    }
}

fn is_part_of(parts: &[String], text: &str) -> bool {
    let text = fold_text(text);
    parts.iter().any(|part| text.contains(part))
}

fn is_within(whens: &[When], moment: Option<Timestamp>) -> bool {
    whens.iter().any(|when| match (when, moment) {
        (When::Never, moment) => moment.is_none(),
        (When::Within(..), None) => false,
        (When::Within(from, to), Some(moment)) => {
            from.is_none_or(|from| from <= moment) && to.is_none_or(|to| moment < to)
        }
    })
}
