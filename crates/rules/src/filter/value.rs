//! Values of fields.

use super::field::{Dialect, Field};
use super::lex::RawValue;
use super::size;
use super::state::{Fixed, State, class_from_name, kind_from_name};
use super::time::{Comparison, Moment};
use super::tree::{Mark, Name, Reason, Tree, Value};

/// The tree of a field with its values: wanted ones are alternatives, `!` excludes. Nothing if no
/// value can be anything.
pub(super) fn field_tree(
    field: Field,
    raw: &[RawValue],
    dialect: Dialect,
    marks: &mut Vec<Mark>,
) -> Option<Tree> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let mut words = Vec::new();
    for value in raw {
        match read_value(field, value, dialect) {
            Ok(read) if value.operator == "!" => unwanted.push(read),
            Ok(read) => wanted.push(read),
            Err(None) => words.extend(word_tree(value)),
            Err(Some(reason)) => {
                marks.push(Mark { at: value.at.clone(), reason });
                words.extend(Tree::looked_for(&value.text));
            }
        }
    }
    let mut alternatives = words;
    if !wanted.is_empty() {
        alternatives.insert(0, Tree::Field { field, values: wanted });
    }
    let mut trees = Vec::new();
    if !alternatives.is_empty() {
        trees.push(Tree::any(alternatives));
    }
    if !unwanted.is_empty() {
        trees.push(Tree::Field { field, values: unwanted }.negated());
    }
    (!trees.is_empty()).then(|| Tree::all(trees))
}

/// The value, or the reason why it is none; no reason if the field means words.
fn read_value(field: Field, raw: &RawValue, dialect: Dialect) -> Result<Value, Option<Reason>> {
    if field == Field::Text {
        return Err(None);
    }
    let fixed = if raw.is_quoted { None } else { Fixed::from_name(&raw.text) };
    if fixed == Some(Fixed::Nothing) && field.can_be_empty() {
        return Ok(Value::Nothing);
    }
    if field.is_time() {
        let comparison = Comparison::from_operator(raw.operator);
        let moment = Moment::read(&raw.text, fixed).ok_or(Some(Reason::NotATime))?;
        return Ok(Value::Time(comparison, moment));
    }
    if field == Field::Size {
        let bytes = size::read(&raw.text).ok_or(Some(Reason::UnknownValue))?;
        return Ok(Value::Size(Comparison::from_operator(raw.operator), bytes));
    }
    if !matches!(raw.operator, "" | "!") {
        return Err(Some(Reason::ComparisonNotHere));
    }
    let unknown = Some(Reason::UnknownValue);
    match (field, fixed) {
        (Field::Assignee, Some(Fixed::Me)) => Ok(Value::Me),
        (Field::Attachment, Some(Fixed::Yes)) => Ok(Value::Some),
        (Field::Attachment, Some(Fixed::No)) => Ok(Value::Nothing),
        (Field::Is, _) => State::from_name_in(&raw.text, dialect).map(Value::State).ok_or(unknown),
        (Field::Class, _) => class_from_name(&raw.text).map(Value::Class).ok_or(unknown),
        (Field::Kind, _) => kind_from_name(&raw.text).map(Value::Kind).ok_or(unknown),
        (Field::Id, _) => raw.text.parse().map(Value::Id).map_err(|_| unknown),
        _ if field.has_names() => Ok(named(raw)),
        _ => Ok(Value::Text(raw.text.clone())),
    }
}

/// A name, or an id written `#12`, as it is printed when nothing has that id any more.
fn named(raw: &RawValue) -> Value {
    let id = raw.text.strip_prefix('#').filter(|_| !raw.is_quoted);
    match id.and_then(|digits| digits.parse().ok()) {
        Some(id) => Value::Id(id),
        None => Value::Name(Name { text: raw.text.clone(), at: raw.at.clone() }),
    }
}

/// A value of `text:`.
fn word_tree(raw: &RawValue) -> Option<Tree> {
    let tree = match Tree::looked_for(&raw.text)? {
        _ if raw.is_quoted => Tree::Phrase(raw.text.clone()),
        tree => tree,
    };
    Some(if raw.operator == "!" { tree.negated() } else { tree })
}
