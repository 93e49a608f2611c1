//! Comparing a text with what a filter asks for.

use super::super::bind::sender;
use super::super::node::Sender;
use crate::text::fold_text;

/// What a text must be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// It contains this, folded.
    Part(String),
    /// It consists of these folded pieces with any text between them.
    Pattern(Vec<String>),
}

impl TextMatch {
    /// What a value asks for: a pattern if it has `*` or `%`, else a part.
    ///
    /// ```
    /// use rules::filter::TextMatch;
    /// let folded = rules::text::fold_text;
    /// assert!(TextMatch::of("Mahnung").fits(&folded("Letzte MAHNUNG!")));
    /// assert!(TextMatch::of("%mahnung%").fits(&folded("Letzte Mahnung!")));
    /// assert!(!TextMatch::of("mahnung%").fits(&folded("Letzte Mahnung!")));
    /// ```
    pub fn of(value: &str) -> Self {
        match value.contains(['*', '%']) {
            true => Self::Pattern(value.split(['*', '%']).map(fold_text).collect()),
            false => Self::Part(fold_text(value)),
        }
    }

    /// Whether a folded text is so. Linear in the text for each piece.
    pub fn fits(&self, folded: &str) -> bool {
        match self {
            Self::Part(part) => folded.contains(part.as_str()),
            Self::Pattern(pieces) => fits_pieces(pieces, folded),
        }
    }
}

/// Compares piece by piece: the first at the beginning, the last at the end.
fn fits_pieces(pieces: &[String], text: &str) -> bool {
    let [first, between @ .., last] = pieces else {
        return pieces.first().is_some_and(|only| only == text);
    };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in between {
        match rest.split_once(piece.as_str()) {
            Some((_, after)) => rest = after,
            None if piece.is_empty() => {}
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

/// What an address, or the name beside it, must be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressMatch {
    /// Exactly this address.
    Address(String),
    /// An address of exactly this domain.
    Domain(String),
    /// A text like this in the address, its domain or the name.
    Text(TextMatch),
}

impl AddressMatch {
    /// What a value asks for: `ann@firma.de`, `@firma.de`, a part or a pattern.
    pub fn of(value: &str) -> Self {
        if value.contains(['*', '%']) {
            return Self::Text(TextMatch::of(value));
        }
        match sender(value) {
            Sender::Address(address) => Self::Address(address),
            Sender::Domain(domain) => Self::Domain(domain),
            Sender::Part(part) => Self::Text(TextMatch::Part(part)),
        }
    }

    /// Whether an address with its name is so.
    pub fn fits(&self, name: &str, address: &str) -> bool {
        let domain = || address.rsplit_once('@').map_or("", |(_, domain)| domain);
        match self {
            Self::Address(asked) => asked.eq_ignore_ascii_case(address),
            Self::Domain(asked) => asked.eq_ignore_ascii_case(domain()),
            Self::Text(text) => {
                [address, domain(), name].into_iter().any(|one| text.fits(&fold_text(one)))
            }
        }
    }
}
