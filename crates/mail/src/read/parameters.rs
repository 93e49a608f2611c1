//! `Content-Type` and `Content-Disposition`: a word and its parameters (RFC 2045 section 5.1,
//! RFC 2231, and encoded words in names, which no standard allows and everybody sends).

use crate::read::charset;
use crate::read::limits::PARAMETERS_MAX;
use crate::read::transfer::hex_byte;
use crate::read::words::{decode_words, to_text};

/// A field like `text/plain; charset=utf-8`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameterized {
    /// The word before the first `;`, lower case.
    pub(crate) word: String,
    parameters: Vec<(String, String)>,
}

impl Parameterized {
    /// Reads the value of a field.
    pub(crate) fn read(value: &[u8]) -> Self {
        let text = to_text(value);
        let (word, rest) = text.split_once(';').unwrap_or((&text, ""));
        let word = word.split('(').next().unwrap_or(word);
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        Self { word: word.to_ascii_lowercase(), parameters: joined(raw_parameters(rest)) }
    }

    /// The value of a parameter, decoded.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The parameters as written: names in lower case, values without their quotes.
fn raw_parameters(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while found.len() < PARAMETERS_MAX {
        rest = rest.trim_start_matches(|c: char| c == ';' || c.is_whitespace());
        if rest.is_empty() {
            break;
        }
        let name_end = rest.find(['=', ';']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(name_end);
        let Some(value) = tail.strip_prefix('=') else {
            rest = tail;
            continue;
        };
        let value = value.trim_start();
        let (value, tail) = match value.strip_prefix('"') {
            Some(quoted) => quoted_value(quoted),
            None => token_value(value),
        };
        found.push((name.trim().to_ascii_lowercase(), value));
        rest = tail;
    }
    found
}

/// The rest of a quoted string, and what follows it. A backslash before anything but a quote or a
/// backslash is one: `"C:\temp\a.pdf"` is common.
fn quoted_value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let tail = text.get(at + 1..).unwrap_or_default();
                let tail = tail.get(tail.find(';').unwrap_or(tail.len()).min(first_name(tail))..);
                return (value, tail.unwrap_or_default());
            }
            '\\' if text.get(at + 1..).is_some_and(|rest| rest.starts_with(['"', '\\'])) => {
                value.extend(characters.next().map(|(_, escaped)| escaped));
            }
            other => value.push(other),
        }
    }
    (value, "")
}

/// Where the next parameter begins although the `;` before it is missing.
fn first_name(tail: &str) -> usize {
    let trimmed = tail.trim_start();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-*_".contains(byte);
    let length = trimmed.bytes().take(60).take_while(is_name).count();
    let is_parameter = length > 0 && trimmed.as_bytes().get(length) == Some(&b'=');
    if is_parameter { tail.len() - trimmed.len() } else { tail.len() }
}

/// A value without quotes: up to `;`, or up to a blank behind which the next parameter begins.
fn token_value(text: &str) -> (String, &str) {
    let end = text.find(';').unwrap_or(text.len());
    let (value, mut tail) = text.split_at(end);
    let mut value = value;
    if let Some(blank) = value.find(char::is_whitespace) {
        let behind = text.get(blank..).unwrap_or_default();
        if first_name(behind) < behind.len() {
            (value, tail) = text.split_at(blank);
        }
    }
    (value.trim().trim_end_matches('"').to_string(), tail)
}

/// One piece of a parameter of RFC 2231: `name*1*=…`.
struct Piece {
    name: String,
    number: u32,
    is_encoded: bool,
    value: String,
}

/// Joins the pieces of RFC 2231 and decodes values. An extended value goes before a plain one.
fn joined(raw: Vec<(String, String)>) -> Vec<(String, String)> {
    let (mut plain, mut pieces) = (Vec::new(), Vec::new());
    for (name, value) in raw {
        match name.split_once('*') {
            None => plain.push((name, value)),
            Some((base, rest)) => {
                let number = rest.trim_end_matches('*').parse().unwrap_or(0);
                let is_encoded = rest.is_empty() || rest.ends_with('*');
                pieces.push(Piece { name: base.to_string(), number, is_encoded, value });
            }
        }
    }
    pieces.sort_by(|a, b| (&a.name, a.number).cmp(&(&b.name, b.number)));
    let mut found: Vec<(String, String)> = pieces
        .chunk_by(|a, b| a.name == b.name)
        .filter_map(|group| Some((group.first()?.name.clone(), extended_value(group))))
        .collect();
    for (name, value) in plain {
        let value = if value.contains("=?") { decode_words(&value) } else { value };
        found.push((name, value));
    }
    found
}

/// The value of a group of pieces: bytes joined in number order, then decoded with the charset
/// of the first piece.
fn extended_value(pieces: &[Piece]) -> String {
    let mut bytes = Vec::new();
    let mut charset = None;
    for (index, piece) in pieces.iter().enumerate() {
        let mut value = piece.value.as_str();
        if index == 0 && piece.is_encoded {
            let mut fields = value.splitn(3, '\'');
            if let (Some(name), Some(_), Some(rest)) = (fields.next(), fields.next(), fields.next())
            {
                (charset, value) = (Some(name.to_string()), rest);
            }
        }
        match piece.is_encoded {
            true => percent_decode(value.as_bytes(), &mut bytes),
            false => bytes.extend_from_slice(value.as_bytes()),
        }
    }
    let (text, _) = charset::decode(&bytes, charset.as_deref());
    match text.contains("=?") {
        true => decode_words(&text),
        false => text.into_owned(),
    }
}

fn percent_decode(value: &[u8], out: &mut Vec<u8>) {
    let mut rest = value;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, hex_byte(tail.first(), tail.get(1))) {
            (b'%', Some(decoded)) => {
                out.push(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => out.push(*byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(value: &str, word: &str, name: &str, expected: Option<&str>) {
        let read = Parameterized::read(value.as_bytes());
        assert_eq!((read.word.as_str(), read.get(name)), (word, expected), "{value}");
    }

    #[test]
    fn words_are_lower_case_and_quotes_are_undone() {
        reads("Text/HTML; Charset=\"UTF-8\"", "text/html", "charset", Some("UTF-8"));
        reads(
            "attachment; filename=\"a \\\"b\\\".pdf\"",
            "attachment",
            "filename",
            Some("a \"b\".pdf"),
        );
        reads(
            "attachment; filename=\"C:\\temp\\x.pdf\"",
            "attachment",
            "filename",
            Some("C:\\temp\\x.pdf"),
        );
    }

    #[test]
    fn pieces_are_joined_in_number_order_with_the_charset_of_the_first() {
        reads("a; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf", "a", "filename", Some("Grüße.pdf"));
        reads(
            "a; filename*1*=%DFe; filename*0*=iso-8859-1'de'Gr%FC; filename*2=\".pdf\"",
            "a",
            "filename",
            Some("Grüße.pdf"),
        );
        reads("a; name=x.pdf; name*=utf-8''%C3%A4.pdf", "a", "name", Some("ä.pdf"));
    }

    #[test]
    fn what_programs_get_wrong_is_read_all_the_same() {
        reads("a; name=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=\"", "a", "name", Some("Grüße.pdf"));
        reads("a; name=Meine Datei.pdf; size=1", "a", "name", Some("Meine Datei.pdf"));
        reads("text/plain; charset=utf-8 name=x.txt", "text/plain", "name", Some("x.txt"));
        reads("text/plain; charset=\"utf-8\" name=x.txt", "text/plain", "name", Some("x.txt"));
        reads("text/plain; name=\"x.txt", "text/plain", "name", Some("x.txt"));
        reads("text/plain;;; charset = x", "text/plain", "charset", Some("x"));
        reads("text/plain (comment); charset=x", "text/plain", "charset", Some("x"));
        reads("", "", "charset", None);
    }
}
