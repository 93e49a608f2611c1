//! Reading a part of a mail by a pattern.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use crate::filter::MailToMatch;

/// The longest pattern, in characters.
pub const PATTERN_LETTERS_MAX: usize = 1_000;
/// What a compiled pattern may take in memory.
const PATTERN_BYTES_MAX: usize = 1 << 20;
/// Bytes of a mail that a pattern looks at.
const READ_BYTES_MAX: usize = 256 * 1024;
/// Letters of what is kept.
const KEPT_LETTERS_MAX: usize = 500;

/// What a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The subject.
    Subject,
    /// The text.
    Text,
    /// The header: a line `name: value` for each field.
    Header,
}

/// Keeps what a pattern finds as a variable: its first group, or all of it.
#[derive(Clone, Debug)]
pub struct Extract {
    /// What it looks at.
    pub source: Source,
    /// The pattern; case does not matter.
    pub pattern: Regex,
    /// The name of the variable, in small letters.
    pub variable: String,
}

impl Extract {
    /// A pattern, or `None` if it is too long, too costly or none at all. The engine takes time in
    /// proportion to the text, whatever the pattern (security S39).
    pub fn of(source: Source, pattern: &str, variable: &str) -> Option<Self> {
        if pattern.chars().count() > PATTERN_LETTERS_MAX || !is_variable(variable) {
            return None;
        }
        let pattern = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .multi_line(true)
            .size_limit(PATTERN_BYTES_MAX)
            .dfa_size_limit(PATTERN_BYTES_MAX)
            .build();
        Some(Self { source, pattern: pattern.ok()?, variable: variable.to_lowercase() })
    }

    /// What it finds in a mail; `None` if that part was not read.
    pub fn find(&self, mail: &MailToMatch<'_>) -> Option<Option<String>> {
        match self.source {
            Source::Subject => Some(self.find_in(mail.subject)),
            Source::Text => mail.text.map(|text| self.find_in(text)),
            Source::Header => mail.headers.map(|headers| {
                let line = |name: &str, value: &str| self.find_in(&format!("{name}: {value}"));
                headers.iter().find_map(|header| line(&header.name, &header.value))
            }),
        }
    }

    fn find_in(&self, text: &str) -> Option<String> {
        let text = text.get(..text.floor_char_boundary(READ_BYTES_MAX)).unwrap_or_default();
        let found = self.pattern.captures(text)?;
        let kept = found.get(1).or(found.get(0)).map_or("", |group| group.as_str()).trim();
        (!kept.is_empty()).then(|| kept.chars().take(KEPT_LETTERS_MAX).collect())
    }
}

impl PartialEq for Extract {
    fn eq(&self, other: &Self) -> bool {
        let parts =
            |one: &Self| (one.source, one.pattern.as_str().to_owned(), one.variable.clone());
        parts(self) == parts(other)
    }
}

/// Whether a variable may be called so: small letters, digits, `_`, not a digit first.
fn is_variable(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    (1..=40).contains(&name.chars().count())
        && name.chars().all(is_part)
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// The variables that a text names.
pub(super) fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A text with its variables filled in; `None` if one of them was not found in this mail.
pub(super) fn fill(text: &str, known: &BTreeMap<String, String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(known.get(&name.to_lowercase())?);
        rest = behind;
    }
    filled.push_str(rest);
    let filled = filled.trim();
    (!filled.is_empty()).then(|| filled.to_owned())
}
