//! From a text to its tokens.

use super::fold::{push_plain, push_without_pairs};
use super::language::TextLanguage;
use super::memory::{Memory, Seen, places, range};
use super::scan::{Part, parts};
use super::stem::Stemmers;
use super::tokens::Tokens;
use super::{BYTES_MAX, WORD_LETTERS_MAX, WORDS_MAX};

/// So many words hang together at most; a longer path is cut into runs.
const RUN_PARTS_MAX: usize = 12;

/// The tokens of a text. Linear in its length; see [`WORDS_MAX`] for the bounds.
///
/// ```
/// use rules::text::{analyse, TextLanguage};
/// let tokens = analyse("Rechnungen von Müller", TextLanguage::German);
/// assert_eq!(tokens.fts5_columns(&["§a12"]).0, "rechnung von mull §a12");
/// assert_eq!(tokens.fts5_columns(&[]).1, "rechnungen von muller");
/// ```
pub fn analyse(text: &str, language: TextLanguage) -> Tokens {
    let mut analysis = Analysis::new(language, text.len());
    for part in parts(text) {
        if analysis.is_full() {
            break;
        }
        analysis.add(part);
    }
    analysis.finish()
}

/// A run of words that hang together, as a range of words just added.
#[derive(Default)]
struct Run<'a> {
    /// Where its first word begins in the word column.
    start: usize,
    /// The position of its first word.
    position: u16,
    /// What stands between its words.
    connectors: Vec<&'a str>,
}

impl Run<'_> {
    fn goes_on_with(&self, connector: &str) -> bool {
        !connector.is_empty() && self.connectors.len() + 1 < RUN_PARTS_MAX
    }
}

struct Analysis<'a> {
    tokens: Tokens,
    stemmers: Stemmers,
    memory: Memory,
    language: TextLanguage,
    plain: String,
    whole: String,
    run: Run<'a>,
}

impl<'a> Analysis<'a> {
    fn new(language: TextLanguage, length: usize) -> Self {
        let room = length.min(BYTES_MAX);
        let tokens = Tokens {
            stem: String::with_capacity(room),
            stem_at: Vec::with_capacity(room / 6),
            word: String::with_capacity(room),
            words: 0,
        };
        let (plain, whole) = (String::new(), String::new());
        Self {
            tokens,
            stemmers: Stemmers::new(),
            memory: Memory::new(),
            language,
            plain,
            whole,
            run: Run::default(),
        }
    }

    fn is_full(&self) -> bool {
        self.tokens.words >= WORDS_MAX
            || self.tokens.stem.len() + self.tokens.word.len() >= BYTES_MAX
    }

    /// Adds a word to both columns and to its run.
    fn add(&mut self, part: Part<'a>) {
        self.plain.clear();
        push_plain(part.text, WORD_LETTERS_MAX, &mut self.plain);
        if self.plain.is_empty() {
            return;
        }
        match part.joined_by {
            Some(connector) if self.run.goes_on_with(connector) => {
                self.run.connectors.push(connector)
            }
            _ => self.start_run(),
        }
        let word = &mut self.tokens.word;
        if !word.is_empty() {
            word.push(' ');
        }
        let start = word.len();
        push_without_pairs(&self.plain, word);
        self.tokens.words += 1;
        let position = u16::try_from(self.tokens.words).unwrap_or(u16::MAX);
        if self.run.connectors.is_empty() {
            (self.run.start, self.run.position) = (start, position);
        }
        self.add_stems(start, position);
    }

    /// Adds the stems of the word that begins here and ends its column.
    fn add_stems(&mut self, start: usize, position: u16) {
        let (before, folded) = self.tokens.word.split_at_checked(start).unwrap_or_default();
        let (stem, stem_at) = (&mut self.tokens.stem, &mut self.tokens.stem_at);
        // Two words may fold to one and yet have two English stems.
        let is_plain = self.plain.len() == folded.len();
        if is_plain && let Some(seen) = self.memory.find(folded, before) {
            if !stem.is_empty() {
                stem.push(' ');
            }
            stem.extend_from_within(range(&seen.stems));
            stem_at.extend((0..seen.entries).map(|_| position));
            return;
        }
        let (length, entries) = (stem.len(), stem_at.len());
        self.stemmers.each(&self.plain, folded, self.language, |entry| {
            push_entry(entry, position, stem, stem_at);
        });
        if is_plain {
            let length = if length == 0 { 0 } else { length + 1 };
            let seen = Seen {
                word: places(start..start + folded.len()),
                stems: places(length..stem.len()),
                entries: u8::try_from(stem_at.len() - entries).unwrap_or(0),
            };
            self.memory.keep(folded, seen);
        }
    }

    /// Ends the run before, and begins one with the next word.
    fn start_run(&mut self) {
        if self.run.connectors.is_empty() {
            return;
        }
        let words = self.tokens.word.get(self.run.start..).unwrap_or_default();
        join_run(words, &self.run.connectors, &mut self.whole);
        let (stem, stem_at) = (&mut self.tokens.stem, &mut self.tokens.stem_at);
        push_entry(&self.whole, self.run.position, stem, stem_at);
        if is_hyphenated(&self.run.connectors) {
            self.whole.retain(|c| c != '-');
            self.stemmers.each(&self.whole, &self.whole, TextLanguage::German, |entry| {
                push_entry(entry, self.run.position, stem, stem_at);
            });
        }
        self.run.connectors.clear();
    }

    fn finish(mut self) -> Tokens {
        self.start_run();
        self.tokens
    }
}

/// Puts the words of a run together again: `anna schmidt firma de` with `.@.`.
pub(super) fn join_run(words: &str, connectors: &[&str], whole: &mut String) {
    whole.clear();
    let mut connectors = connectors.iter();
    for c in words.chars().take(WORD_LETTERS_MAX) {
        match c {
            ' ' => whole.push_str(connectors.next().copied().unwrap_or_default()),
            _ => whole.push(c),
        }
    }
    while whole.ends_with(|c: char| !c.is_alphanumeric()) {
        whole.pop();
    }
}

/// Whether the run is a word with hyphens, which people also write in one: `E-Mail`, `Email`.
pub(super) fn is_hyphenated(connectors: &[&str]) -> bool {
    connectors.len() <= 3 && connectors.iter().all(|c| *c == "-")
}

fn push_entry(entry: &str, position: u16, column: &mut String, positions: &mut Vec<u16>) {
    if entry.is_empty() {
        return;
    }
    if !column.is_empty() {
        column.push(' ');
    }
    column.push_str(entry);
    positions.push(position);
}
