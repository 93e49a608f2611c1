//! Fields of headers: their names, their syntax and what machines read in them stay.

use super::located::{in_base64, in_quoted};
use super::scramble::Scrambler;
use crate::read::lines::{Line, LineEnds, line_at};

/// Fields that say nothing about anybody.
const KEPT: [&str; 22] = [
    "mime-version",
    "content-transfer-encoding",
    "content-language",
    "content-length",
    "lines",
    "date",
    "resent-date",
    "auto-submitted",
    "precedence",
    "x-auto-response-suppress",
    "x-priority",
    "priority",
    "importance",
    "x-msmail-priority",
    "arrival-date",
    "action",
    "status",
    "last-attempt-date",
    "will-retry-until",
    "disposition",
    "feedback-type",
    "version",
];
/// Parameters that say how a part is built.
const PARAMETERS: [&str; 14] = [
    "boundary",
    "charset",
    "format",
    "delsp",
    "report-type",
    "type",
    "protocol",
    "micalg",
    "method",
    "smime-type",
    "size",
    "creation-date",
    "modification-date",
    "read-date",
];
/// What subjects begin with that answers and forwarded mails have.
const PREFIXES: [&str; 10] = ["re", "aw", "antw", "wg", "fw", "fwd", "sv", "vs", "tr", "rv"];

/// Where the field ends that begins with this line: behind the lines that go on with it.
pub(super) fn end_of_field(bytes: &[u8], line: &Line, end: usize, ends: LineEnds) -> usize {
    let mut position = line.next;
    while let Some(next) = line_at(bytes, position, end, ends) {
        let text = bytes.get(next.text.clone()).unwrap_or_default();
        if !text.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            break;
        }
        position = next.next;
    }
    position
}

/// Hides the value of a field, in place. A line that is no field is text.
pub(super) fn hide(field: &mut [u8], words: &mut Scrambler) {
    let is_name = |byte: &u8| matches!(byte, 33..=57 | 59..=126);
    let length = field.iter().take_while(|byte| is_name(byte)).count();
    let blanks = field.iter().skip(length).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let colon = length + blanks;
    if length == 0 || field.get(colon) != Some(&b':') {
        return line(field, words);
    }
    let (name, value) = field.split_at_mut(colon + 1);
    let name = String::from_utf8_lossy(name.get(..length).unwrap_or_default()).to_lowercase();
    match name.as_str() {
        name if KEPT.contains(&name) => {}
        "content-type" | "content-disposition" => parameters(value, words),
        "received" | "x-received" => before_the_last(value, b';', words),
        "subject" | "thread-topic" => behind_prefixes(value, words),
        "final-recipient" | "original-recipient" | "reporting-mta" | "remote-mta"
        | "diagnostic-code" | "received-from-mta" => behind_the_first(value, b';', words),
        _ => unstructured(value, words),
    }
}

/// A line that is no field. Files of mails put one above the header that begins so.
fn line(line: &mut [u8], words: &mut Scrambler) {
    let begins = [b"From ".as_slice(), b">From "].into_iter().find(|one| line.starts_with(one));
    words.text(line.get_mut(begins.map_or(0, <[u8]>::len)..).unwrap_or_default(), None);
}

fn before_the_last(value: &mut [u8], sign: u8, words: &mut Scrambler) {
    let at = value.iter().rposition(|byte| *byte == sign).unwrap_or(value.len());
    unstructured(value.get_mut(..at).unwrap_or_default(), words);
}

fn behind_the_first(value: &mut [u8], sign: u8, words: &mut Scrambler) {
    let at = value.iter().position(|byte| *byte == sign).unwrap_or(0);
    unstructured(value.get_mut(at..).unwrap_or_default(), words);
}

fn behind_prefixes(value: &mut [u8], words: &mut Scrambler) {
    let mut begin = 0;
    loop {
        let rest = value.get(begin..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let word = rest.iter().skip(blanks).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let text = rest.get(blanks..blanks + word).unwrap_or_default().to_ascii_lowercase();
        let is_prefix = PREFIXES.iter().any(|prefix| prefix.as_bytes() == text);
        if !is_prefix || rest.get(blanks + word) != Some(&b':') {
            return unstructured(value.get_mut(begin..).unwrap_or_default(), words);
        }
        begin += blanks + word + 1;
    }
}

/// Text with encoded words (RFC 2047).
pub(super) fn unstructured(value: &mut [u8], words: &mut Scrambler) {
    let mut at = 0;
    while at < value.len() {
        let rest = value.get_mut(at..).unwrap_or_default();
        let begin = memchr::memmem::find(rest, b"=?").unwrap_or(rest.len());
        words.text(rest.get_mut(..begin).unwrap_or_default(), None);
        let word = rest.get_mut(begin..).unwrap_or_default();
        at += begin + encoded_word(word, words);
    }
}

/// Hides an encoded word; gives its length. What only begins like one is taken as text.
fn encoded_word(text: &mut [u8], words: &mut Scrambler) -> usize {
    let sign = |from: usize| {
        let rest = text.get(from..)?;
        rest.iter().position(|byte| *byte == b'?').map(|at| from + at)
    };
    let found = sign(2).and_then(|one| {
        let two = sign(one + 1)?;
        let rest = text.get(two + 1..)?;
        let end = two + 1 + memchr::memmem::find(rest, b"?=")?;
        Some((one, two, end))
    });
    let Some((one, two, end)) = found else {
        let length = text.len().min(2);
        return length;
    };
    let charset = String::from_utf8_lossy(text.get(2..one).unwrap_or_default()).into_owned();
    let is_base64 = matches!(text.get(one + 1), Some(b'b' | b'B'));
    let Some(body) = text.get_mut(two + 1..end) else { return text.len().min(2) };
    if is_base64 {
        in_base64(body, |decoded| words.text(decoded, Some(&charset)));
    } else {
        in_quoted(body, Some(b'_'), |decoded| words.text(decoded, Some(&charset)));
    }
    end + 2
}

/// A word and parameters (RFC 2045 section 5.1, RFC 2231): what names a file is hidden.
fn parameters(value: &mut [u8], words: &mut Scrambler) {
    let mut begin = 0;
    let mut is_first = true;
    while begin < value.len() {
        let rest = value.get_mut(begin..).unwrap_or_default();
        let length = parameter_length(rest);
        let one = rest.get_mut(..length).unwrap_or_default();
        let equals = one.iter().position(|byte| *byte == b'=');
        let name = one.get(..equals.unwrap_or(0)).unwrap_or_default();
        let name = String::from_utf8_lossy(name).trim().to_lowercase();
        // Where the semicolon is missing, the name stands behind the type.
        let name = name.rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
        let plain = name.split('*').next().unwrap_or_default();
        match equals {
            // Quoted-printable hides nothing here, so `%E4` counts as letters and digits.
            Some(at) if !PARAMETERS.contains(&plain) => {
                let is_extended = name.ends_with('*');
                hide_parameter(one.get_mut(at + 1..).unwrap_or_default(), is_extended, words);
            }
            None if !is_first => unstructured(one, words),
            _ => {}
        }
        is_first = false;
        begin += length + 1;
    }
}

/// Up to the semicolon that ends it, which may stand in quotes.
fn parameter_length(text: &[u8]) -> usize {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// `utf-8''Gr%C3%BC%C3%9Fe.pdf` keeps its character set and its signs.
fn hide_parameter(value: &mut [u8], is_extended: bool, words: &mut Scrambler) {
    if !is_extended {
        return unstructured(value, words);
    }
    let quotes: Vec<usize> =
        value.iter().enumerate().filter(|(_, byte)| **byte == b'\'').map(|(at, _)| at).collect();
    let begin = quotes.get(1).map_or(0, |at| at + 1);
    let mut rest = value.get_mut(begin..).unwrap_or_default();
    while !rest.is_empty() {
        let text = rest.iter().position(|byte| *byte == b'%').unwrap_or(rest.len());
        let (plain, codes) = rest.split_at_mut(text);
        words.text(plain, None);
        let length = codes.len().min(3);
        let (code, behind) = codes.split_at_mut(length);
        // One letter beyond ASCII is as good as another; it stays what it is in its character set.
        if code.get(1).is_some_and(|digit| *digit > b'7') {
            hide_code(code);
        }
        rest = behind;
    }
}

/// `%C3%BC` becomes another pair of UTF-8: the last digit of each byte changes.
fn hide_code(code: &mut [u8]) {
    if let [_, first, second] = code
        && matches!(first.to_ascii_uppercase(), b'8' | b'9' | b'A' | b'B')
    {
        *second = if *second == b'4' { b'6' } else { b'4' };
    }
}
