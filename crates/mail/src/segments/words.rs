//! Lists of beginnings of lines, found by their first byte.

/// Beginnings of lines, grouped by their first byte.
pub(super) struct Beginnings {
    list: &'static [&'static str],
    /// For each byte where the words that begin with it stand in the list.
    places: [(u8, u8); 256],
}

impl Beginnings {
    /// A list in which words with the same first byte stand together; any other is refused by the
    /// compiler.
    #[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated by the compiler")]
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        let mut places = [(0, 0); 256];
        let mut at = 0;
        while at < list.len() {
            let first = list[at].as_bytes()[0] as usize;
            let (start, end) = places[first];
            if end == 0 {
                places[first] = (at as u8, at as u8 + 1);
            } else if end as usize == at {
                places[first] = (start, end + 1);
            } else {
                panic!("words with the same first byte must stand together");
            }
            at += 1;
        }
        Self { list, places }
    }

    /// The words with which the line begins.
    pub(super) fn of<'l>(&self, line: &'l str) -> impl Iterator<Item = &'static str> + use<'l> {
        let first = line.as_bytes().first().map(|byte| usize::from(*byte));
        let (start, end) =
            first.and_then(|first| self.places.get(first)).copied().unwrap_or((0, 0));
        let words = self.list.get(usize::from(start)..usize::from(end)).unwrap_or_default();
        words.iter().copied().filter(move |word| line.starts_with(word))
    }

    /// Whether the line begins with one of the words.
    pub(super) fn begin(&self, line: &str) -> bool {
        self.of(line).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_with_which_a_line_begins_are_found() {
        static WORDS: Beginnings = Beginnings::new(&["gruß", "gru", "x", "über"]);
        let found = |line| WORDS.of(line).collect::<Vec<_>>();
        assert_eq!(found("gruß, ann"), ["gruß", "gru"]);
        assert_eq!(found("über uns"), ["über"]);
        assert_eq!(found("ü"), Vec::<&str>::new());
        assert_eq!(found(""), Vec::<&str>::new());
        assert!(WORDS.begin("x") && !WORDS.begin("y"));
    }
}
