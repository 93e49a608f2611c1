//! The reader, the moment and the zone go into a filter.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan, Zoned};
use values::{EmailAddress, Timestamp};

use crate::intake::rule::Mark;
use crate::number::fold_number;
use crate::status::Stage;
use crate::text::fold_text;

use super::field::Field;
use super::node::{Attached, Condition, Node, Sender, When};
use super::state::State;
use super::time::{Comparison, Moment, Unit};
use super::tree::{Tree, Value};

/// What a filter is read against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present moment.
    pub now: Timestamp,
    /// Whose days are meant.
    pub zone: &'a TimeZone,
    /// The agent that `ich` means; without one, `ich` is nobody's ticket.
    pub me: Option<i64>,
}

/// The filter at this moment, for this reader.
pub fn bind(tree: &Tree, context: &Context<'_>) -> Node {
    match tree {
        Tree::All(trees) => Node::All(trees.iter().map(|tree| bind(tree, context)).collect()),
        Tree::Any(trees) => Node::Any(trees.iter().map(|tree| bind(tree, context)).collect()),
        Tree::Not(tree) => Node::Not(Box::new(bind(tree, context))),
        Tree::Word(text) => Node::Word(text.clone()),
        Tree::Phrase(text) => Node::Phrase(text.clone()),
        Tree::Field { field: Field::Is, values } => {
            one_of(values.iter().filter_map(|value| match value {
                Value::State(state) => Some(state_node(*state, context)),
                _ => None,
            }))
        }
        Tree::Field { field, values } => condition(*field, values, context)
            .map_or_else(|| one_of(values.iter().filter_map(unresolved)), Node::Is),
    }
}

fn one_of(nodes: impl Iterator<Item = Node>) -> Node {
    let mut nodes: Vec<_> = nodes.collect();
    match (nodes.len(), nodes.pop()) {
        (1, Some(node)) => node,
        (_, Some(node)) => {
            nodes.push(node);
            Node::Any(nodes)
        }
        (_, None) => Node::Any(nodes),
    }
}

/// A name that nobody has looked up is a word, as in [`super::resolve`].
fn unresolved(value: &Value) -> Option<Node> {
    match value {
        Value::Name(name) => Some(Node::Phrase(name.text.clone())),
        _ => None,
    }
}

fn state_node(state: State, context: &Context<'_>) -> Node {
    let stages = |stages: &[Stage]| Node::Is(Condition::Stage(stages.to_vec()));
    match state {
        State::Open => stages(&[Stage::Open, Stage::Waiting]),
        State::Closed => stages(&[Stage::Closed]),
        State::Trash => stages(&[Stage::Trash]),
        State::Unread => Node::Is(Condition::Unseen),
        State::All => Node::All(Vec::new()),
        State::Overdue => Node::All(vec![
            stages(&[Stage::Open, Stage::Waiting]),
            Node::Is(Condition::Due(vec![When::Within(None, Some(context.now))])),
        ]),
        State::Private => Node::Is(Condition::Mark(Mark::Private)),
        State::Personal => Node::Is(Condition::Mark(Mark::Personal)),
        State::Gdpr => Node::Is(Condition::Mark(Mark::Gdpr)),
        // States of mails, of which no ticket has one.
        State::Known
        | State::Unknown
        | State::Answer
        | State::Forwarded
        | State::Automatic
        | State::StartedHere
        | State::NamesTicket
        | State::Seen
        | State::Answered => Node::Any(Vec::new()),
    }
}

/// The condition, or nothing if the values are names that were not looked up.
fn condition(field: Field, values: &[Value], context: &Context<'_>) -> Option<Condition> {
    if values.iter().any(|value| matches!(value, Value::Name(_))) {
        return None;
    }
    let some_ids = || values.iter().filter_map(some_id).collect::<Vec<_>>();
    let ids = || values.iter().filter_map(|value| id(value, context)).collect::<Vec<_>>();
    let texts = || values.iter().filter_map(text);
    let moments = || {
        let whens = values.iter().filter_map(|value| when(field, value, context));
        whens.collect::<Vec<_>>()
    };
    Some(match field {
        Field::Status => Condition::Status(some_ids()),
        Field::Is => return None,
        Field::Kind => Condition::Kind(
            values
                .iter()
                .filter_map(|value| match value {
                    Value::Kind(kind) => Some(*kind),
                    _ => None,
                })
                .collect(),
        ),
        Field::Area => Condition::Area(some_ids()),
        Field::Assignee => Condition::Assignee(ids()),
        Field::Queue => Condition::Queue(ids()),
        Field::Category => Condition::Category(ids()),
        Field::RequestType => Condition::RequestType(ids()),
        Field::Priority => Condition::Priority(ids()),
        Field::Tag => Condition::Tag(ids()),
        Field::Contact => Condition::Contact(ids()),
        Field::Company => Condition::Company(ids()),
        Field::From => Condition::From(texts().map(sender).collect()),
        Field::Number => Condition::Number(texts().map(fold_number).collect()),
        Field::Subject | Field::Text => Condition::Subject(texts().map(fold_text).collect()),
        Field::Due => Condition::Due(moments()),
        Field::Resubmission => Condition::Resubmission(moments()),
        Field::Created => Condition::Created(moments()),
        Field::Updated => Condition::Updated(moments()),
        Field::CustomerWrote => Condition::CustomerWrote(moments()),
        Field::AgentWrote => Condition::AgentWrote(moments()),
        Field::Attachment => Condition::Attachment(values.iter().filter_map(attached).collect()),
        Field::Id => Condition::Id(some_ids()),
        Field::FromName
        | Field::To
        | Field::Cc
        | Field::Bcc
        | Field::ReplyTo
        | Field::Recipient
        | Field::Body
        | Field::Header
        | Field::AttachmentType
        | Field::Size
        | Field::Class
        | Field::Mailbox => return None,
    })
}

fn some_id(value: &Value) -> Option<i64> {
    match value {
        Value::Id(id) => Some(*id),
        _ => None,
    }
}

fn id(value: &Value, context: &Context<'_>) -> Option<Option<i64>> {
    match value {
        Value::Id(id) => Some(Some(*id)),
        Value::Me => context.me.map(Some),
        Value::Nothing => Some(None),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// `ann@example.de` is an address, `@example.de` a domain, anything else a part.
pub(super) fn sender(text: &str) -> Sender {
    if let Some(domain) = text.strip_prefix('@').filter(|domain| domain.contains('.')) {
        // The domain as addresses are stored: as A-labels.
        let address = EmailAddress::parse(&format!("a@{domain}"));
        return Sender::Domain(address.map_or(domain.to_lowercase(), |a| a.domain().to_owned()));
    }
    match EmailAddress::parse(text) {
        Ok(address) if address.domain().contains('.') => Sender::Address(address.to_string()),
        _ => Sender::Part(fold_text(text)),
    }
}

fn attached(value: &Value) -> Option<Attached> {
    match value {
        Value::Some => Some(Attached::Something),
        Value::Nothing => Some(Attached::Nothing),
        Value::Text(text) => Some(Attached::Named(fold_text(text))),
        _ => None,
    }
}

fn when(field: Field, value: &Value, context: &Context<'_>) -> Option<When> {
    let (comparison, moment) = match value {
        Value::Nothing => return Some(When::Never),
        Value::Time(comparison, moment) => (*comparison, *moment),
        _ => return None,
    };
    let now = zoned(context);
    let (from, to) = match moment {
        Moment::Day(day) => day_bounds(day, comparison, context.zone),
        Moment::DayFromToday(days) => {
            let day = now.date().saturating_add(Span::new().days(i64::from(days)));
            day_bounds(day, comparison, context.zone)
        }
        Moment::Span { count, unit, is_before_now } => {
            let is_age = !field.lies_ahead() && !is_before_now;
            let span = span(count, unit);
            let at = match is_age || is_before_now {
                true => now.saturating_sub(span),
                false => now.saturating_add(span),
            };
            let at = Some(stamp(&at));
            span_bounds(at, context.now, comparison, is_age, is_before_now)
        }
    };
    Some(When::Within(from, to))
}

type Bounds = (Option<Timestamp>, Option<Timestamp>);

/// Bounds of a comparison with a moment. An age compares the other way round: less old is later.
fn span_bounds(
    at: Option<Timestamp>,
    now: Timestamp,
    comparison: Comparison,
    is_age: bool,
    is_before_now: bool,
) -> Bounds {
    let after = at.map(|at| at.plus_millis(1));
    match (comparison, is_age) {
        (Comparison::At, true) => (at, None),
        (Comparison::At, false) if is_before_now => (at, Some(now)),
        (Comparison::At, false) => (Some(now), at),
        (Comparison::Less, false) | (Comparison::Greater, true) => (None, at),
        (Comparison::AtMost, false) | (Comparison::AtLeast, true) => (None, after),
        (Comparison::Greater, false) => (after, None),
        (Comparison::Less, true) => (after, None),
        (Comparison::AtLeast, false) | (Comparison::AtMost, true) => (at, None),
    }
}

fn day_bounds(day: Date, comparison: Comparison, zone: &TimeZone) -> Bounds {
    let (start, end) = (midnight(day, zone), day.tomorrow().ok().and_then(|d| midnight(d, zone)));
    match comparison {
        Comparison::At => (start, end),
        Comparison::Less => (None, start),
        Comparison::AtMost => (None, end),
        Comparison::Greater => (end, None),
        Comparison::AtLeast => (start, None),
    }
}

/// The first moment of a day; nothing at the end of time.
fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|zoned| stamp(&zoned))
}

fn span(count: u32, unit: Unit) -> Span {
    let count = i64::from(count);
    match unit {
        Unit::Hours => count.hours(),
        Unit::Days => (count * 24).hours(),
        Unit::Weeks => (count * 168).hours(),
        Unit::Months => count.months(),
    }
}

fn zoned(context: &Context<'_>) -> Zoned {
    let now = jiff::Timestamp::from_millisecond(context.now.millis()).unwrap_or_default();
    now.to_zoned(context.zone.clone())
}

fn stamp(zoned: &Zoned) -> Timestamp {
    Timestamp::from_millis(zoned.timestamp().as_millisecond())
}
