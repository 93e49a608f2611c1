//! Text of header fields: unfolding, 8-bit text, encoded words (RFC 2047).
//!
//! Everything here is one pass: a field full of beginnings of encoded words costs no more than
//! any other.

use std::borrow::Cow;

use crate::read::charset;
use crate::read::transfer::{decode_base64, hex_byte};

/// The value as one line of text: unfolded, without NUL, 8-bit text guessed. Encoded words stay.
pub(crate) fn to_text(value: &[u8]) -> Cow<'_, str> {
    let text = charset::guessed(value.trim_ascii());
    if memchr::memchr3(b'\r', b'\n', 0, text.as_bytes()).is_none() {
        return text;
    }
    // A fold is the line end alone; the blank behind it belongs to the value.
    let mut line = String::with_capacity(text.len());
    text.split(['\r', '\n', '\0']).for_each(|piece| line.push_str(piece));
    Cow::Owned(line)
}

/// The value with its encoded words decoded and white space collapsed.
pub(crate) fn unstructured(value: &[u8]) -> String {
    let text = to_text(value);
    match text.contains("=?") {
        true => collapse(&decode_words(&text)),
        false => collapse(&text),
    }
}

/// Single blanks instead of runs of white space and controls.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_gap = |c: char| match c.is_ascii() {
        true => c <= ' ' || c == '\x7f',
        false => c.is_whitespace() && c != '\u{a0}' || c.is_control(),
    };
    for word in text.split(is_gap) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// The text with its encoded words decoded.
pub(crate) fn decode_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => out.push_str(plain),
            Piece::Decoded(decoded) => out.push_str(&decoded),
        }
    }
    out
}

/// A stretch of a header value.
pub(crate) enum Piece<'a> {
    /// Text that is no encoded word.
    Plain(&'a str),
    /// What a run of encoded words stands for.
    Decoded(String),
}

/// The value cut into plain text and runs of encoded words. Words of a run are joined before
/// their bytes become text: many programs split a character between two words.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut plain_from, mut position) = (0, 0);
    let mut run = Run::default();
    let mut ends = EndFinder { text, next: None };
    while let Some(at) = find(text, "=?", position) {
        let Some((word, end)) = word_at(text, at, &mut ends) else {
            position = at + 2;
            continue;
        };
        let between = text.get(plain_from..at).unwrap_or_default();
        if run.is_empty() || !between.trim().is_empty() {
            if let Some(decoded) = run.finish() {
                found.push(Piece::Decoded(decoded));
            }
            if !between.is_empty() {
                found.push(Piece::Plain(between));
            }
        }
        run.add(&word);
        (plain_from, position) = (end, end);
    }
    if let Some(decoded) = run.finish() {
        found.push(Piece::Decoded(decoded));
    }
    let rest = text.get(plain_from..).unwrap_or_default();
    if !rest.is_empty() {
        found.push(Piece::Plain(rest));
    }
    found
}

fn find(text: &str, needle: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(needle).map(|at| at + from)
}

struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    payload: &'a str,
}

/// Finds `?=` without looking at any byte twice.
struct EndFinder<'a> {
    text: &'a str,
    next: Option<Option<usize>>,
}

impl EndFinder<'_> {
    fn after(&mut self, from: usize) -> Option<usize> {
        match self.next {
            Some(None) => None,
            Some(Some(at)) if at >= from => Some(at),
            _ => {
                let at = find(self.text, "?=", from);
                self.next = Some(at);
                at
            }
        }
    }
}

/// The encoded word that begins at `at`, and where it ends.
fn word_at<'a>(text: &'a str, at: usize, ends: &mut EndFinder<'_>) -> Option<(Word<'a>, usize)> {
    let rest = text.get(at + 2..)?;
    let is_charset = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+*()".contains(byte);
    let length = rest.bytes().take(60).take_while(|byte| is_charset(byte)).count();
    let charset = rest.get(..length).filter(|name| !name.is_empty())?;
    let kind = rest.get(length..length + 3)?;
    let is_base64 = match kind {
        "?B?" | "?b?" => true,
        "?Q?" | "?q?" => false,
        _ => return None,
    };
    let start = at + 2 + length + 3;
    let end = ends.after(start)?;
    let payload = text.get(start..end)?;
    let charset = charset.split('*').next().unwrap_or(charset);
    Some((Word { charset, is_base64, payload }, end + 2))
}

/// Adjacent words of one charset, as bytes.
#[derive(Default)]
struct Run {
    charset: String,
    bytes: Vec<u8>,
    text: String,
    has_words: bool,
}

impl Run {
    fn is_empty(&self) -> bool {
        !self.has_words
    }

    fn add(&mut self, word: &Word<'_>) {
        if !self.charset.eq_ignore_ascii_case(word.charset) {
            self.flush();
            self.charset = word.charset.to_string();
        }
        self.has_words = true;
        match word.is_base64 {
            true => {
                decode_base64(word.payload.as_bytes(), &mut |piece| {
                    self.bytes.extend_from_slice(piece);
                });
            }
            false => decode_q(word.payload.as_bytes(), &mut self.bytes),
        }
    }

    fn flush(&mut self) {
        let (text, _) = charset::decode(&self.bytes, Some(&self.charset));
        self.text.push_str(&text);
        self.bytes.clear();
    }

    fn finish(&mut self) -> Option<String> {
        self.flush();
        self.charset.clear();
        std::mem::take(&mut self.has_words).then(|| std::mem::take(&mut self.text))
    }
}

fn decode_q(payload: &[u8], out: &mut Vec<u8>) {
    let mut rest = payload;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, hex_byte(tail.first(), tail.get(1))) {
            (b'_', _) => out.push(b' '),
            (b'=', Some(decoded)) => {
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
    fn reads(value: &str, expected: &str) {
        assert_eq!(unstructured(value.as_bytes()), expected);
    }

    #[test]
    fn encoded_words_are_decoded_and_the_blanks_between_them_dropped() {
        reads("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus?= =?utf-8?B?IEvDtmxu?=", "Grüße aus Köln");
        reads("a =?iso-8859-1?q?=FC?=\r\n =?iso-8859-1?q?=DF?= b", "a üß b");
        reads("Re:=?UTF-8?Q?_f=C3=BCr?=", "Re: für");
    }

    #[test]
    fn a_character_split_between_two_words_is_joined() {
        reads("=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße");
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        reads("1 =? 2 ?= 3", "1 =? 2 ?= 3");
        reads("=?utf-8?X?abc?=", "=?utf-8?X?abc?=");
        reads("=?utf-8?Q?abc", "=?utf-8?Q?abc");
    }

    #[test]
    fn eight_bit_text_is_guessed_and_folds_are_undone() {
        assert_eq!(unstructured(b"Gr\xfc\xdfe\r\n aus  K\xf6ln\0"), "Grüße aus Köln");
    }

    #[test]
    fn a_field_never_begins_with_a_mark() {
        assert_eq!(unstructured(b" \xff\xfe <ann@example.com>"), "ÿþ <ann@example.com>");
        assert_eq!(unstructured(b"\xfe\xffab"), "þÿab");
        assert_eq!(unstructured(b"=?iso-8859-1?Q?=FF=FEabcd?="), "ÿþabcd");
    }

    #[test]
    fn a_field_full_of_beginnings_is_read_at_once() {
        let value = "=?aa?q?x".repeat(200_000);
        assert_eq!(unstructured(value.as_bytes()), value);
    }
}
