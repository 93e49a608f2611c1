//! What analysis produces, and how the two databases store it.

use std::fmt::Write;

use super::query::SearchQuery;

/// The analysed words of a text: two columns and the position of each entry.
///
/// Entries hold only lower-case letters and digits of any script; entries kept whole also hold
/// `. - _ @ + / #` between them. None begins with `§`, so no text can forge a scope entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Stems, numbers and addresses kept whole, separated by blanks.
    pub(super) stem: String,
    /// The word of each stem, counted from 1; not falling.
    pub(super) stem_at: Vec<u16>,
    /// Folded words, separated by blanks; their positions are 1, 2, 3, …
    pub(super) word: String,
    /// How many words there are.
    pub(super) words: usize,
}

/// The highest position in a `tsvector`.
const POSITION_MAX: usize = 16_383;

impl Tokens {
    /// How many words were found.
    pub fn len(&self) -> usize {
        self.words
    }

    /// Whether no word was found.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// The folded words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.word.split(' ').filter(|word| !word.is_empty())
    }

    /// The stems and the entries kept whole, in order.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stem.split(' ').filter(|stem| !stem.is_empty())
    }

    /// The texts for the columns `stem` and `word` of an FTS5 table with the tokenizer
    /// `ascii tokenchars '.-_@+/#'`. The scope entries (`§a12`, `§ext`) go into the first.
    pub fn fts5_columns(&self, scope: &[&str]) -> (String, String) {
        let extra: usize = scope.iter().map(|entry| entry.len() + 1).sum();
        let mut stem = String::with_capacity(self.stem.len() + extra);
        stem.push_str(&self.stem);
        for entry in scope {
            if !stem.is_empty() {
                stem.push(' ');
            }
            stem.push_str(entry);
        }
        (stem, self.word.clone())
    }

    /// The text of a `tsvector`: stems with `=` in front, words with `~`, scope entries as they
    /// are and without a position.
    ///
    /// The same entry may occur several times; PostgreSQL joins them when it reads the text.
    pub fn tsvector_literal(&self, scope: &[&str]) -> String {
        let mut out = String::with_capacity((self.stem.len() + self.word.len()) * 2);
        for (entry, at) in self.stems().zip(&self.stem_at) {
            push_lexeme('=', entry, Some(usize::from(*at)), &mut out);
        }
        for (at, word) in (1_usize..).zip(self.words()) {
            push_lexeme('~', word, Some(at), &mut out);
        }
        for entry in scope {
            push_lexeme(' ', entry, None, &mut out);
        }
        out
    }

    /// Whether a database would find this text by that query, scope aside.
    pub fn matches(&self, query: &SearchQuery) -> bool {
        query.matches(self)
    }
}

/// Appends `'=entry':7`, with a blank in front unless it is the first.
fn push_lexeme(column: char, entry: &str, at: Option<usize>, out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
    push_quoted_lexeme(column, entry, out);
    if let Some(at) = at {
        // Writing to a String cannot fail.
        write!(out, ":{}", at.min(POSITION_MAX)).unwrap_or_default();
    }
}

/// Appends `'=entry'`; a column of `' '` is left out.
pub(super) fn push_quoted_lexeme(column: char, entry: &str, out: &mut String) {
    out.push('\'');
    if column != ' ' {
        out.push(column);
    }
    for c in entry.chars() {
        if matches!(c, '\'' | '\\') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
}
