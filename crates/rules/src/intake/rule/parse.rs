//! Actions from their text.

use std::collections::BTreeSet;
use std::ops::Range;

use values::EmailAddress;

use super::ACTIONS_MAX;
use super::action::{Action, ActionField, Entry, Word};
use super::extract::{Extract, PATTERN_LETTERS_MAX, variables};
use crate::filter::lex::{RawValue, Sort, tokens};
use crate::filter::state::Fixed;
use crate::filter::{BYTES_MAX, Names};
use crate::tag;

/// A place in the text of actions that is wrong. Unlike a search, a rule is refused then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionProblem {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// What is wrong there.
    pub reason: ActionReason,
}

/// What is wrong with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionReason {
    /// No action is called so.
    UnknownAction,
    /// It has no such value.
    UnknownValue,
    /// There is no value after the colon, or one too few.
    MissingValue,
    /// It takes one value.
    TooManyValues,
    /// The pattern is none, or too costly.
    BadPattern,
    /// The pattern is too long.
    PatternTooLong,
    /// The text names a variable that nothing before it reads.
    UnknownVariable,
    /// A requester needs an address.
    BadAddress,
    /// A tag has too many letters.
    TagTooLong,
    /// There are too many actions, or the text is too long.
    TooLong,
}

impl ActionReason {
    /// The stable code, for the API and for looking up the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownAction => "unknown_action",
            Self::UnknownValue => "unknown_value",
            Self::MissingValue => "missing_value",
            Self::TooManyValues => "too_many_values",
            Self::BadPattern => "bad_pattern",
            Self::PatternTooLong => "pattern_too_long",
            Self::UnknownVariable => "unknown_variable",
            Self::BadAddress => "bad_address",
            Self::TagTooLong => "tag_too_long",
            Self::TooLong => "too_long",
        }
    }
}

/// Reads actions. Names are looked up; an id is written `#12`.
///
/// # Errors
///
/// The first place that is wrong.
pub fn parse_actions(text: &str, names: &impl Names) -> Result<Vec<Action>, ActionProblem> {
    if text.len() > BYTES_MAX {
        return Err(ActionProblem { at: BYTES_MAX..text.len(), reason: ActionReason::TooLong });
    }
    let (tokens, marks) = tokens(text, &['-'], ActionField::from_name);
    if let Some(mark) = marks.into_iter().next() {
        let reason = match mark.reason {
            crate::filter::Reason::UnknownField => ActionReason::UnknownAction,
            _ => ActionReason::MissingValue,
        };
        return Err(ActionProblem { at: mark.at, reason });
    }
    let mut reader = Reader { names, actions: Vec::new(), variables: BTreeSet::new() };
    for token in tokens {
        let Sort::Field { field, values } = token.sort else {
            return Err(ActionProblem { at: token.at, reason: ActionReason::UnknownAction });
        };
        reader.read(field, &values, &token.at)?;
    }
    Ok(reader.actions)
}

struct Reader<'a, N> {
    names: &'a N,
    actions: Vec<Action>,
    variables: BTreeSet<String>,
}

type Read<T> = Result<T, ActionProblem>;

fn wrong<T>(at: &Range<usize>, reason: ActionReason) -> Read<T> {
    Err(ActionProblem { at: at.clone(), reason })
}

/// The value of an action that takes one.
fn only<'a>(values: &'a [RawValue], at: &Range<usize>) -> Read<&'a RawValue> {
    match values {
        [only] => Ok(only),
        [] => wrong(at, ActionReason::MissingValue),
        [_, second, ..] => wrong(&second.at, ActionReason::TooManyValues),
    }
}

impl<N: Names> Reader<'_, N> {
    fn read(&mut self, field: ActionField, values: &[RawValue], at: &Range<usize>) -> Read<()> {
        match field {
            ActionField::Tag => {
                for value in values {
                    let tag = self.tag(value)?;
                    self.push(Action::Tag(tag), at)?;
                }
            }
            ActionField::Mark => {
                for value in values {
                    let mark = self.word(value, |word| match word {
                        Word::Mark(mark) => Some(mark),
                        _ => None,
                    })?;
                    self.push(Action::Mark(mark), at)?;
                }
            }
            ActionField::Extract => {
                let action = self.extract(values, at)?;
                self.push(action, at)?;
            }
            ActionField::Requester => {
                let action = self.requester(values, at)?;
                self.push(action, at)?;
            }
            field => {
                let action = self.simple(field, only(values, at)?)?;
                self.push(action, at)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, action: Action, at: &Range<usize>) -> Read<()> {
        if self.actions.len() >= ACTIONS_MAX {
            return wrong(at, ActionReason::TooLong);
        }
        self.actions.push(action);
        Ok(())
    }

    fn simple(&self, field: ActionField, value: &RawValue) -> Read<Action> {
        let only_empty = value.operator == "?";
        Ok(match field {
            ActionField::Set(what) => {
                Action::Set { what, to: self.entry(what, value)?, only_empty }
            }
            ActionField::Company | ActionField::MakeCompany => Action::Company {
                text: self.text(value)?,
                only_empty,
                make: field == ActionField::MakeCompany,
            },
            ActionField::Subject => Action::Subject(self.text(value)?),
            ActionField::Ticket => Action::Ticket(self.word(value, |word| match word {
                Word::Join(join) => Some(join),
                _ => None,
            })?),
            ActionField::Mail => Action::Mail(self.word(value, |word| match word {
                Word::Verdict(verdict) => Some(verdict),
                _ => None,
            })?),
            // Rules end where they say so; `ende:nein` is no action.
            _ if Fixed::from_name(&value.text) == Some(Fixed::Yes) => Action::End,
            _ => return wrong(&value.at, ActionReason::UnknownValue),
        })
    }

    fn word<T>(&self, value: &RawValue, wanted: impl Fn(Word) -> Option<T>) -> Read<T> {
        match Word::read(&value.text, wanted) {
            Some(word) => Ok(word),
            None => wrong(&value.at, ActionReason::UnknownValue),
        }
    }

    fn entry(&self, what: Entry, value: &RawValue) -> Read<i64> {
        let id = value.text.strip_prefix('#').filter(|_| !value.is_quoted);
        let id = id.and_then(|digits| digits.parse().ok());
        let named = || self.names.ids(what.field(), &value.text).first().copied();
        match id.or_else(named) {
            Some(id) => Ok(id),
            None => wrong(&value.at, ActionReason::UnknownValue),
        }
    }

    /// A text whose variables were all read before.
    fn text(&self, value: &RawValue) -> Read<String> {
        let is_known = |name: &str| self.variables.contains(&name.to_lowercase());
        match variables(&value.text).all(is_known) {
            true => Ok(value.text.clone()),
            false => wrong(&value.at, ActionReason::UnknownVariable),
        }
    }

    /// A tag; one with variables becomes one when these are filled in.
    fn tag(&self, value: &RawValue) -> Read<String> {
        let text = self.text(value)?;
        if text.trim().chars().count() > tag::LETTERS_MAX {
            return wrong(&value.at, ActionReason::TagTooLong);
        }
        match tag::normalised(&text) {
            Some(tag) => Ok(tag),
            None => wrong(&value.at, ActionReason::UnknownValue),
        }
    }

    fn requester(&self, values: &[RawValue], at: &Range<usize>) -> Read<Action> {
        let [address, name @ ..] = values else { return wrong(at, ActionReason::MissingValue) };
        let name = match name {
            [] => None,
            [name] => Some(self.text(name)?),
            [_, second, ..] => return wrong(&second.at, ActionReason::TooManyValues),
        };
        let text = self.text(address)?;
        let is_address = text.contains('{') || EmailAddress::parse(&text).is_ok();
        match is_address {
            true => Ok(Action::Requester { address: text, name }),
            false => wrong(&address.at, ActionReason::BadAddress),
        }
    }

    fn extract(&mut self, values: &[RawValue], at: &Range<usize>) -> Read<Action> {
        let [source, pattern, variable] = values else {
            return wrong(at, ActionReason::MissingValue);
        };
        let source = self.word(source, |word| match word {
            Word::Source(source) => Some(source),
            _ => None,
        })?;
        if pattern.text.chars().count() > PATTERN_LETTERS_MAX {
            return wrong(&pattern.at, ActionReason::PatternTooLong);
        }
        match Extract::of(source, &pattern.text, &variable.text) {
            Some(extract) => {
                self.variables.insert(extract.variable.clone());
                Ok(Action::Extract(extract))
            }
            None => wrong(&pattern.at, ActionReason::BadPattern),
        }
    }
}
