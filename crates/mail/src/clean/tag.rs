//! The elements that stay, as small numbers and as sets of them.

/// An element that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag(u8);

/// A set of elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TagSet(u64);

impl Tag {
    /// The element with this name in lower case.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let letter = usize::from(name.first()?.checked_sub(b'a')?);
        let (start, end) = *FIRST_LETTERS.get(letter)?;
        let known = TAGS.get(usize::from(start)..usize::from(end))?;
        let at = known.iter().position(|tag| tag.as_bytes() == name)?;
        u8::try_from(at).ok().map(|at| Self(start + at))
    }

    /// Its place in a table of [`TAG_COUNT`] entries.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    pub(super) fn is_in(self, set: TagSet) -> bool {
        set.0 >> self.0 & 1 == 1
    }

    pub(super) const fn set(self) -> TagSet {
        TagSet(1 << self.0)
    }

    #[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated by the compiler")]
    pub(super) const fn known(name: &str) -> Self {
        let mut at = 0;
        while at < TAG_COUNT {
            if is_equal(TAGS[at], name) {
                return Self(at as u8);
            }
            at += 1;
        }
        panic!("not an element that stays")
    }
}

impl TagSet {
    /// The set of the elements with these names.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    pub(super) const fn of(names: &[&str]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < names.len() {
            set |= Tag::known(names[at]).set().0;
            at += 1;
        }
        Self(set)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn is_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// For each letter where the names that begin with it stand in [`TAGS`].
static FIRST_LETTERS: [(u8, u8); 26] = first_letters();

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn first_letters() -> [(u8, u8); 26] {
    let mut found = [(0, 0); 26];
    let mut at = 0;
    while at < TAG_COUNT {
        let letter = (TAGS[at].as_bytes()[0] - b'a') as usize;
        let (start, end) = found[letter];
        found[letter] = if end == 0 { (at as u8, at as u8 + 1) } else { (start, end + 1) };
        at += 1;
    }
    found
}

/// How many elements stay. They must fit into the bits of a [`TagSet`].
pub(super) const TAG_COUNT: usize = TAGS.len();

/// The elements that stay, sorted.
pub(super) static TAGS: [&str; 57] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that the parser opens again when a block ends inside them.
pub(super) const FORMATTING: TagSet = TagSet::of(&[
    "a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
]);

/// Elements that stay open until their end tag. The others end by themselves.
pub(super) const COUNTED: TagSet = TagSet(u64::MAX).without(TagSet::of(&[
    "br", "hr", "img", "wbr", "col", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead",
    "tfoot", "caption", "colgroup",
]));

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn each_element_is_found_by_its_name_and_nothing_else_is() {
        assert!(TAGS.is_sorted());
        for name in TAGS {
            assert_eq!(Tag::named(name.as_bytes()).unwrap(), Tag::known(name));
        }
        for name in ["", "svg", "html", "script", "abb", "abbrr", "{", "A", "blockquotes"] {
            assert_eq!(Tag::named(name.as_bytes()), None, "{name}");
        }
        assert!(Tag::known("b").is_in(FORMATTING));
        assert!(!Tag::known("span").is_in(FORMATTING));
    }
}
