//! Addresses in header fields (RFC 5322 section 3.4), read by the MIME library.
//!
//! Two things are done before it sees a field: it gets at most a bounded piece, and encoded words
//! are replaced by place holders. So decoded text is never read as an address, and the library's
//! search for the end of each encoded word, which is quadratic, has nothing to search.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, HeaderValue};
use values::EmailAddress;

use crate::read::limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX};
use crate::read::words::{Piece, collapse, pieces, to_text};

/// A person or a mailbox as a header names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAddress {
    /// The name beside the address, decoded; never empty.
    pub name: Option<String>,
    /// The address, if it is one.
    pub address: Option<EmailAddress>,
    /// The address as written, or what stands in its place.
    pub raw: String,
}

/// The addresses of a field like `To`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// The first ones, in their order.
    pub list: Vec<NamedAddress>,
    /// How many more there were.
    pub cut: usize,
}

/// Marks a place holder: a control that is removed from the field before.
const MARK: char = '\u{1}';
const MARK_END: char = '\u{2}';

/// Reads addresses as a person types them: `Ann <ann@example.de>, bob@example.de`; semicolons and
/// line ends divide, too.
pub fn typed_addresses(text: &str) -> Vec<NamedAddress> {
    let mut is_quoted = false;
    let field: String = text
        .chars()
        .map(|c| {
            is_quoted ^= c == '"';
            match c {
                ';' | '\n' if !is_quoted => ',',
                c if c.is_control() => ' ',
                c => c,
            }
        })
        .collect();
    let read = read_addresses(std::iter::once(field.as_bytes())).list;
    read.into_iter().filter(|one| one.address.is_some() || !one.raw.trim().is_empty()).collect()
}

/// Reads the addresses of all fields of one name.
pub(crate) fn read_addresses<'a>(values: impl Iterator<Item = &'a [u8]>) -> Recipients {
    let mut found = Recipients::default();
    for value in values {
        let (head, cut) = bounded(value, ADDRESSES_MAX - found.list.len().min(ADDRESSES_MAX));
        found.cut += cut;
        let read = read_list(head);
        let room = ADDRESSES_MAX - found.list.len().min(ADDRESSES_MAX);
        found.cut += read.len().saturating_sub(room);
        found.list.extend(read.into_iter().take(room));
    }
    found
}

/// The beginning of a field with at most so many addresses, and how many it leaves out.
fn bounded(value: &[u8], max: usize) -> (&[u8], usize) {
    let (mut is_quoted, mut is_escaped, mut depth) = (false, false, 0usize);
    let (mut kept, mut cut_at) = (0, None);
    let mut commas = 0;
    for (at, byte) in value.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' if depth == 0 => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => depth = depth.saturating_sub(1),
            b',' if !is_quoted && depth == 0 => {
                commas += 1;
                if cut_at.is_none() && (commas >= max || at >= ADDRESS_BYTES_MAX) {
                    (cut_at, kept) = (Some(at), commas);
                }
            }
            _ => {}
        }
    }
    let end = cut_at.unwrap_or(value.len()).min(ADDRESS_BYTES_MAX);
    let is_behind =
        |at: usize| value.get(at + 1..).is_some_and(|rest| !rest.trim_ascii().is_empty());
    let cut = cut_at.map_or(0, |at| commas - kept + usize::from(is_behind(at)));
    (value.get(..end).unwrap_or(value), cut)
}

fn read_list(value: &[u8]) -> Vec<NamedAddress> {
    let text = to_text(value);
    let mut masked = String::with_capacity(text.len() + 2);
    let mut words = Vec::new();
    for piece in pieces(&text) {
        match piece {
            // Controls never belong to an address; an "=?" left over is no encoded word.
            Piece::Plain(plain) => {
                let plain = plain.replace("=?", "= ?");
                masked.extend(plain.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
            Piece::Decoded(decoded) => {
                masked.push_str(&format!("{MARK}{}{MARK_END}", words.len()));
                words.push(decoded);
            }
        }
    }
    masked.push('\n');
    let parsed = MessageStream::new(masked.as_bytes()).parse_address();
    let HeaderValue::Address(parsed) = parsed else { return Vec::new() };
    let addresses: Vec<Addr<'_>> = match parsed {
        Address::List(list) => list,
        Address::Group(groups) => groups.into_iter().flat_map(|group| group.addresses).collect(),
    };
    addresses.iter().filter_map(|address| named(address, &words)).collect()
}

fn named(parsed: &Addr<'_>, words: &[String]) -> Option<NamedAddress> {
    let text = |part: &Option<std::borrow::Cow<'_, str>>| {
        part.as_deref().map(|part| collapse(&unmasked(part, words))).filter(|t| !t.is_empty())
    };
    let (name, raw) = (text(&parsed.name), text(&parsed.address));
    // Without angle brackets or "@" the library takes a bare word for a name.
    let (name, raw) = match (name, raw) {
        (Some(name), None) if EmailAddress::parse(&name).is_ok() => (None, name),
        (Some(name), None) => (Some(name.clone()), name),
        (name, Some(raw)) => (name, raw),
        (None, None) => return None,
    };
    let name = name.map(|name| name.trim_matches(['\'', '"', ' ']).to_string());
    let name = name.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(&raw));
    let address = EmailAddress::parse(&raw).ok();
    let name = name.or_else(|| address.is_none().then(|| raw.clone()));
    Some(NamedAddress { name, address, raw })
}

/// The text with its place holders filled in.
fn unmasked(text: &str, words: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(MARK) {
        out.push_str(before);
        let (number, tail) = behind.split_once(MARK_END).unwrap_or((behind, ""));
        let word = number.parse::<usize>().ok().and_then(|number| words.get(number));
        out.push_str(word.map_or("", String::as_str));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(value: &str, expected: &[(&str, &str)]) {
        let found = read_addresses([value.as_bytes()].into_iter());
        let found: Vec<(String, String)> = found
            .list
            .into_iter()
            .map(|a| {
                let address =
                    a.address.map_or(format!("?{}", a.raw), |address| address.to_string());
                (a.name.unwrap_or_default(), address)
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn names_and_addresses_are_told_apart() {
        reads("ann@example.de", &[("", "ann@example.de")]);
        reads(
            "Ann <Ann@Example.de>, <ben@example.de>",
            &[("Ann", "ann@example.de"), ("", "ben@example.de")],
        );
        reads("\"Muster, Ann\" <ann@example.de>", &[("Muster, Ann", "ann@example.de")]);
        reads("ann@example.de (Ann Muster)", &[("Ann Muster", "ann@example.de")]);
        reads(
            "Team: ann@example.de, ben@example.de;",
            &[("", "ann@example.de"), ("", "ben@example.de")],
        );
        reads("undisclosed-recipients:;", &[]);
        reads("", &[]);
    }

    #[test]
    fn decoded_text_is_never_read_as_an_address() {
        reads(
            "=?utf-8?Q?Gr=C3=BCn=2C_Ann_=3Ceve=40evil.example=3E?= <ann@example.de>",
            &[("Grün, Ann <eve@evil.example>", "ann@example.de")],
        );
        reads("\"=?utf-8?B?R3LDvG4=?=\" <ann@example.de>", &[("Grün", "ann@example.de")]);
        reads(
            "=?utf-8?Q?Gr=C3=BCn?= =?utf-8?Q?_Ann?= <ann@example.de>",
            &[("Grün Ann", "ann@example.de")],
        );
    }

    #[test]
    fn what_is_no_address_is_kept_as_written() {
        reads("Mailer", &[("Mailer", "?Mailer")]);
        reads("Ann <ann at example.de>", &[("Ann", "?ann at example.de")]);
    }

    #[test]
    fn a_hundred_thousand_recipients_are_counted() {
        let value = (0..100_000).map(|n| format!("p{n}@example.de")).collect::<Vec<_>>().join(", ");
        let found = read_addresses([value.as_bytes()].into_iter());
        assert_eq!((found.list.len(), found.cut), (1_000, 99_000));
    }

    #[test]
    fn a_field_full_of_beginnings_of_encoded_words_is_read_at_once() {
        let value = "=?aa?q?x".repeat(200_000);
        assert_eq!(read_addresses([value.as_bytes()].into_iter()).list.len(), 1);
    }
}
