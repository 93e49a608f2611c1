//! What in a subject may be a ticket number.

use crate::number::fold_number;

use super::beginning;

/// So many candidates are returned at most.
const CANDIDATES_MAX: usize = 12;
/// The longest ticket number (see [`crate::number::Mask`]) with room for a grown counter.
const LETTERS_MAX: usize = 48;

/// How sure a text is meant as a ticket number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Like a number, on its own: it has a digit, and a letter or at least six characters.
    Plain,
    /// `#4711`
    Hash,
    /// `Ticket #4711`, `Ticket#4711`, `[ts #4711]`, `[Ticket #4711]`
    Hook,
    /// `[#4711]`, as Laufzettel writes it.
    OwnTag,
}

/// A text that may be a ticket number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The number, folded as it is looked up.
    pub number: String,
    /// How sure it is meant as one.
    pub strength: Strength,
}

/// What may be ticket numbers in this subject, the surest first, then in the order of the text;
/// each number once, at most twelve.
pub fn candidates(subject: &str) -> Vec<Candidate> {
    let subject = beginning(subject);
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = next_number(subject, at) {
        at = end;
        let text = subject.get(start..end).unwrap_or_default();
        let before = subject.get(..start).unwrap_or_default();
        let after = subject.get(end..).unwrap_or_default();
        let Some(strength) = strength(before, text, after) else { continue };
        let candidate = Candidate { number: fold_number(text), strength };
        match found.iter_mut().find(|known| known.number == candidate.number) {
            Some(known) => known.strength = known.strength.max(strength),
            None => found.push(candidate),
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.strength));
    found.truncate(CANDIDATES_MAX);
    found
}

/// The next run of characters of numbers, without punctuation at its ends.
fn next_number(subject: &str, from: usize) -> Option<(usize, usize)> {
    let rest = subject.get(from..)?;
    let start = from + rest.find(char::is_alphanumeric)?;
    let run = subject.get(start..)?;
    let run = run.get(..run.find(|c| !is_number_character(c)).unwrap_or(run.len()))?;
    Some((start, start + run.trim_end_matches(['-', '.', '_']).len()))
}

fn is_number_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_')
}

/// How sure the text between these two is meant as a number, if it can be one.
fn strength(before: &str, text: &str, after: &str) -> Option<Strength> {
    let letters = text.chars().count();
    if !text.chars().any(char::is_numeric) || letters > LETTERS_MAX {
        return None;
    }
    let Some(before) = before.strip_suffix('#') else {
        let is_long = letters >= 6 || text.chars().any(char::is_alphabetic);
        return is_long.then_some(Strength::Plain);
    };
    if after.starts_with(']') && before.ends_with('[') {
        return Some(Strength::OwnTag);
    }
    let word_end = before.trim_end();
    let word_start = word_end.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| {
        at + word_end.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let word = word_end.get(word_start..).unwrap_or_default().to_lowercase();
    let is_bracketed = word_end.get(..word_start).is_some_and(|before| before.ends_with('['));
    match word.as_str() {
        "ticket" => Some(Strength::Hook),
        "ts" if is_bracketed && after.starts_with(']') => Some(Strength::Hook),
        _ => Some(Strength::Hash),
    }
}
