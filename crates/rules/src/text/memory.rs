//! Remembers where the stems of a text's words stand, since most words of a text occur again.

use std::ops::Range;

/// Small enough to be cleared for each text.
const SLOTS: usize = 256;

/// Where a word and its stems stand in the two columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The word in its column.
    pub word: Range<u32>,
    /// Its stems, with the blanks between them.
    pub stems: Range<u32>,
    /// How many stems these are.
    pub entries: u8,
}

/// The words seen last, by a hash of the word.
pub(super) struct Memory(Vec<Seen>);

impl Memory {
    /// A memory without any word.
    pub fn new() -> Self {
        Self(vec![Seen::default(); SLOTS])
    }

    /// The place of this word, if it is remembered.
    pub fn find(&self, word: &str, column: &str) -> Option<&Seen> {
        let seen = self.0.get(slot(word))?;
        let found = column.get(range(&seen.word))?;
        (found == word && seen.entries > 0).then_some(seen)
    }

    /// Remembers a word in the place of another.
    pub fn keep(&mut self, word: &str, seen: Seen) {
        if let Some(place) = self.0.get_mut(slot(word)) {
            *place = seen;
        }
    }
}

/// A range of 32-bit places as one for texts.
pub(super) fn range(places: &Range<u32>) -> Range<usize> {
    let wide = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
    wide(places.start)..wide(places.end)
}

/// A range of a text as 32-bit places; no text that is analysed is longer.
pub(super) fn places(range: Range<usize>) -> Range<u32> {
    let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    narrow(range.start)..narrow(range.end)
}

/// The FNV-1a hash of the word, below [`SLOTS`].
fn slot(word: &str) -> usize {
    let hash = word
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    usize::try_from(hash ^ (hash >> 16)).unwrap_or(0) % SLOTS
}
