//! A filter as a tree.

use std::ops::Range;

use crate::intake::MailClass;
use crate::status::StatusKind;

use super::field::Field;
use super::state::{Fixed, State};
use super::time::{Comparison, Moment};

/// A filter. Trees that [`super::parse`] makes hold no `All` in an `All`, no `Any` in an `Any`,
/// and are at most [`super::DEPTH_MAX`] parentheses deep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// All of them hold; of none, everything does.
    All(Vec<Tree>),
    /// One of them holds.
    Any(Vec<Tree>),
    /// It does not hold.
    Not(Box<Tree>),
    /// The field has one of these values.
    Field {
        /// The field.
        field: Field,
        /// At least one value, each of a sort that fits the field.
        values: Vec<Value>,
    },
    /// A word in any form.
    Word(String),
    /// Words one after another.
    Phrase(String),
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The name of a thing, not yet looked up.
    Name(Name),
    /// A thing by its id.
    Id(i64),
    /// The reader.
    Me,
    /// No value: nobody, no deadline.
    Nothing,
    /// A state.
    State(State),
    /// A kind of status.
    Kind(StatusKind),
    /// Moments.
    Time(Comparison, Moment),
    /// A text to be compared.
    Text(String),
    /// Whether there is any: an attachment.
    Some,
    /// Sizes in bytes.
    Size(Comparison, u64),
    /// A class of mails.
    Class(MailClass),
}

/// A name as typed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name, or key.
    pub text: String,
    /// Its bytes in the filter's text.
    pub at: Range<usize>,
}

/// A place in a filter that was not understood, or not as the reader may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the filter's text.
    pub at: Range<usize>,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong at a place of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No field is called so; it is looked for as a word.
    UnknownField,
    /// The field has no such value; it is looked for as a word.
    UnknownValue,
    /// There is no value after the colon; the field is left out.
    MissingValue,
    /// It is neither a date nor a span; it is looked for as a word.
    NotATime,
    /// `<` and the like only go with times; the value is looked for as a word.
    ComparisonNotHere,
    /// A quote or a parenthesis is not closed, or was never opened.
    Unbalanced,
    /// Parentheses are too deep; this one is left out.
    TooDeep,
    /// The filter is too long; the rest is left out.
    TooLong,
}

impl Reason {
    /// The stable code, for the API and for looking up the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::UnknownValue => "unknown_value",
            Self::MissingValue => "missing_value",
            Self::NotATime => "not_a_time",
            Self::ComparisonNotHere => "comparison_not_here",
            Self::Unbalanced => "unbalanced",
            Self::TooDeep => "too_deep",
            Self::TooLong => "too_long",
        }
    }
}

/// A tree and what could not be understood on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The filter.
    pub tree: Tree,
    /// Places to show, in the order of the text.
    pub marks: Vec<Mark>,
}

impl Tree {
    /// The filter that every ticket passes.
    pub fn everything() -> Self {
        Self::All(Vec::new())
    }

    /// All of these, without needless levels.
    pub fn all(trees: Vec<Tree>) -> Self {
        let mut flat = Vec::with_capacity(trees.len());
        for tree in trees {
            match tree {
                Self::All(children) => flat.extend(children),
                tree => flat.push(tree),
            }
        }
        match flat.len() {
            1 => flat.pop().unwrap_or_else(Self::everything),
            _ => Self::All(flat),
        }
    }

    /// One of these, without needless levels.
    pub fn any(trees: Vec<Tree>) -> Self {
        let mut flat = Vec::with_capacity(trees.len());
        for tree in trees {
            match tree {
                Self::Any(children) => flat.extend(children),
                tree => flat.push(tree),
            }
        }
        match flat.len() {
            1 => flat.pop().unwrap_or_else(Self::everything),
            _ => Self::Any(flat),
        }
    }

    /// The opposite.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(tree) => *tree,
            tree => Self::Not(Box::new(tree)),
        }
    }

    /// What could not be a value, as something to look for: a word, or a phrase where the word
    /// would mean something else in a filter. Nothing if there is no letter in it.
    pub(super) fn looked_for(text: &str) -> Option<Self> {
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        let is_plain = |c: char| !c.is_whitespace() && !"():\",".contains(c);
        let is_word = text.starts_with(char::is_alphanumeric)
            && text.chars().all(is_plain)
            && Fixed::from_name(text) != Some(Fixed::Or);
        Some(match is_word {
            true => Self::Word(text.to_owned()),
            false => Self::Phrase(text.replace('"', " ")),
        })
    }

    /// The names that have to be looked up, with their fields.
    pub fn names(&self) -> Vec<(Field, &str)> {
        let mut names = Vec::new();
        self.collect_names(&mut names);
        names
    }

    /// The ids that stand in it, with their fields.
    pub fn ids(&self) -> Vec<(Field, i64)> {
        match self {
            Self::All(trees) | Self::Any(trees) => trees.iter().flat_map(Self::ids).collect(),
            Self::Not(tree) => tree.ids(),
            Self::Field { field, values } => {
                let ids = values.iter().filter_map(|value| match value {
                    Value::Id(id) => Some((*field, *id)),
                    _ => None,
                });
                ids.collect()
            }
            Self::Word(_) | Self::Phrase(_) => Vec::new(),
        }
    }

    fn collect_names<'a>(&'a self, names: &mut Vec<(Field, &'a str)>) {
        match self {
            Self::All(trees) | Self::Any(trees) => {
                trees.iter().for_each(|tree| tree.collect_names(names));
            }
            Self::Not(tree) => tree.collect_names(names),
            Self::Field { field, values } => {
                names.extend(values.iter().filter_map(|value| match value {
                    Value::Name(name) => Some((*field, name.text.as_str())),
                    _ => None,
                }));
            }
            Self::Word(_) | Self::Phrase(_) => {}
        }
    }
}
