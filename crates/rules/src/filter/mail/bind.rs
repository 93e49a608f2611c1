//! A tree becomes a filter that is ready to be compared with mails.

use super::super::field::Field;
use super::super::state::State;
use super::super::time::Comparison;
use super::super::tree::{Tree, Value};
use super::text_match::{AddressMatch, TextMatch};
use crate::intake::MailClass;
use crate::text::{LastWord, SearchQuery, SearchTerm, match_query};

/// A filter of mails with everything prepared that does not depend on the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFilter(pub(super) Node);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// One of the addresses of a field is like one of these.
    Address(Field, Vec<AddressMatch>),
    /// The text of a field is like one of these.
    Text(Field, Vec<TextMatch>),
    /// A header field of this name, in small letters, is like this.
    Header(String, TextMatch),
    /// It has an attachment, or none.
    Attachment(bool),
    Size(Comparison, u64),
    Class(Vec<MailClass>),
    Mailbox(Vec<i64>),
    Company(Vec<Option<i64>>),
    Is(State),
    /// The mail has these words.
    Words(SearchQuery),
}

impl MailFilter {
    /// The filter that a tree means. Names that nobody looked up match nothing.
    pub fn of(tree: &Tree) -> Self {
        Self(node(tree))
    }
}

fn node(tree: &Tree) -> Node {
    let words = |term| Node::Words(match_query(&[term], LastWord::Whole));
    match tree {
        Tree::All(trees) => Node::All(trees.iter().map(node).collect()),
        Tree::Any(trees) => Node::Any(trees.iter().map(node).collect()),
        Tree::Not(tree) => Node::Not(Box::new(node(tree))),
        Tree::Word(text) => words(SearchTerm::Word(text.clone())),
        Tree::Phrase(text) => words(SearchTerm::Phrase(text.clone())),
        Tree::Field { field, values } => condition(*field, values),
    }
}

fn condition(field: Field, values: &[Value]) -> Node {
    let texts = || {
        values.iter().filter_map(|value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    let ids = || {
        values.iter().filter_map(|value| match value {
            Value::Id(id) => Some(Some(*id)),
            Value::Nothing => Some(None),
            _ => None,
        })
    };
    match field {
        Field::From | Field::To | Field::Cc | Field::Bcc | Field::ReplyTo | Field::Recipient => {
            Node::Address(field, texts().map(AddressMatch::of).collect())
        }
        Field::Header => Node::Any(texts().map(header).collect()),
        Field::Attachment => Node::Any(values.iter().filter_map(attachment).collect()),
        Field::Size => Node::Any(values.iter().filter_map(size).collect()),
        Field::Class => Node::Class(
            values
                .iter()
                .filter_map(|value| match value {
                    Value::Class(class) => Some(*class),
                    _ => None,
                })
                .collect(),
        ),
        Field::Mailbox => Node::Mailbox(ids().flatten().collect()),
        Field::Company => Node::Company(ids().collect()),
        Field::Is => Node::Any(
            values
                .iter()
                .filter_map(|value| match value {
                    Value::State(state) => Some(Node::Is(*state)),
                    _ => None,
                })
                .collect(),
        ),
        field => Node::Text(field, texts().map(TextMatch::of).collect()),
    }
}

/// `List-Id: news` is a field with a value, `X-Spam` one that is there.
fn header(text: &str) -> Node {
    let (name, value) = text.split_once(':').unwrap_or((text, "*"));
    Node::Header(name.trim().to_lowercase(), TextMatch::of(value.trim()))
}

fn attachment(value: &Value) -> Option<Node> {
    match value {
        Value::Some => Some(Node::Attachment(true)),
        Value::Nothing => Some(Node::Attachment(false)),
        Value::Text(text) => Some(Node::Text(Field::Attachment, vec![TextMatch::of(text)])),
        _ => None,
    }
}

fn size(value: &Value) -> Option<Node> {
    match value {
        Value::Size(comparison, bytes) => Some(Node::Size(*comparison, *bytes)),
        _ => None,
    }
}
