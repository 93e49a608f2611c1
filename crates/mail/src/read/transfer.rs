//! Transfer encodings (RFC 2045 section 6), decoded piece by piece so that a large part is never
//! held twice.

use std::borrow::Cow;

use base64::engine::general_purpose::{self, GeneralPurpose};
use base64::{Engine as _, alphabet};

/// How the bytes of a part are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Not at all: 7bit, 8bit, binary.
    Identity,
    /// Base64.
    Base64,
    /// Quoted-printable.
    QuotedPrintable,
    /// Uuencode, as old programs wrote it.
    Uuencode,
    /// Something else; the bytes are kept as they are.
    Unknown,
}

impl Encoding {
    /// The encoding that a `Content-Transfer-Encoding` names; missing means none.
    pub(crate) fn named(value: Option<&[u8]>) -> Self {
        let value = value.unwrap_or_default();
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let word = value.iter().skip_while(|byte| !is_word(byte)).take_while(|byte| is_word(byte));
        match word.map(u8::to_ascii_lowercase).collect::<Vec<_>>().as_slice() {
            b"" | b"7bit" | b"8bit" | b"binary" | b"7-bit" | b"8-bit" | b"none" => Self::Identity,
            b"base64" => Self::Base64,
            b"quoted-printable" => Self::QuotedPrintable,
            b"x-uuencode" | b"uuencode" | b"x-uue" | b"uue" => Self::Uuencode,
            _ => Self::Unknown,
        }
    }
}

/// Whether the bytes were what the encoding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    Whole,
    Broken,
}

const CHUNK: usize = 8 * 1024;

/// Hands the decoded bytes to `sink`, piece by piece.
pub(crate) fn decode(bytes: &[u8], encoding: Encoding, sink: &mut dyn FnMut(&[u8])) -> Decoded {
    match encoding {
        Encoding::Identity | Encoding::Unknown => {
            sink(bytes);
            Decoded::Whole
        }
        Encoding::Base64 => decode_base64(bytes, sink),
        Encoding::QuotedPrintable => decode_quoted_printable(bytes, sink),
        Encoding::Uuencode => decode_uuencode(bytes, sink),
    }
}

/// The decoded bytes, borrowed where they are not encoded; at most `max` of them.
pub(crate) fn decoded(bytes: &[u8], encoding: Encoding, max: usize) -> (Cow<'_, [u8]>, Decoded) {
    if matches!(encoding, Encoding::Identity | Encoding::Unknown) {
        return (Cow::Borrowed(bytes.get(..max).unwrap_or(bytes)), Decoded::Whole);
    }
    // Encoded text is at most four times as long as what it stands for, line ends apart.
    let bytes = bytes.get(..max.saturating_mul(5)).unwrap_or(bytes);
    let expected = if encoding == Encoding::Base64 { bytes.len() / 4 * 3 } else { bytes.len() };
    let mut text = Vec::with_capacity(expected.min(max));
    let state = decode(bytes, encoding, &mut |piece| {
        let room = max - text.len().min(max);
        text.extend_from_slice(piece.get(..room).unwrap_or(piece));
    });
    (Cow::Owned(text), state)
}

/// Refuses everything but whole groups.
static BASE64_LINES: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, general_purpose::NO_PAD);

const INVALID: u8 = 255;
const BLANK: u8 = 254;
const PADDING: u8 = 253;

static BASE64: [u8; 256] = base64_table();

#[allow(clippy::indexing_slicing)] // Evaluated at compile time: an index out of range is an error.
const fn base64_table() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [INVALID; 256];
    let mut value = 0;
    while value < 64 {
        table[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    table[b' ' as usize] = BLANK;
    table[b'\t' as usize] = BLANK;
    table[b'\r' as usize] = BLANK;
    table[b'\n' as usize] = BLANK;
    table[b'=' as usize] = PADDING;
    table
}

fn sextet(byte: u8) -> u8 {
    BASE64.get(usize::from(byte)).copied().unwrap_or(INVALID)
}

/// Decodes base64; foreign characters are left out. Behind padding only further base64 counts, so
/// that the footer of a mailing list does not end up in a file.
pub(crate) fn decode_base64(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) -> Decoded {
    let mut rest = decode_base64_lines(bytes, sink);
    let mut out: Vec<u8> = Vec::with_capacity(CHUNK.min(rest.len()) + 3);
    let mut state = Decoded::Whole;
    let (mut group, mut count, mut padded) = (0u32, 0u32, false);
    loop {
        while let (0, [a, b, c, d, tail @ ..]) = (count, rest) {
            let (a, b, c, d) = (sextet(*a), sextet(*b), sextet(*c), sextet(*d));
            if (a | b | c | d) >= 64 || padded {
                break;
            }
            let word = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
            let [_, x, y, z] = word.to_be_bytes();
            out.extend_from_slice(&[x, y, z]);
            rest = tail;
            if out.len() >= CHUNK {
                sink(&out);
                out.clear();
            }
        }
        let Some((byte, tail)) = rest.split_first() else { break };
        match sextet(*byte) {
            BLANK => {}
            PADDING => {
                flush(group, count, &mut out);
                (group, count, padded) = (0, 0, true);
            }
            INVALID => state = Decoded::Broken,
            _ if padded && !is_base64_line(rest) => {
                state = Decoded::Broken;
                break;
            }
            value => {
                (group, count, padded) = (group << 6 | u32::from(value), count + 1, false);
                if count == 4 {
                    let [_, x, y, z] = group.to_be_bytes();
                    out.extend_from_slice(&[x, y, z]);
                    (group, count) = (0, 0);
                }
            }
        }
        rest = tail;
    }
    if count == 1 {
        state = Decoded::Broken;
    }
    flush(group, count, &mut out);
    sink(&out);
    state
}

/// Decodes as many lines as are all base64 in whole groups, as programs write it; returns the rest,
/// which may be anything.
fn decode_base64_lines<'a>(bytes: &'a [u8], sink: &mut dyn FnMut(&[u8])) -> &'a [u8] {
    let mut rest = bytes;
    if rest.len() < 100 {
        return rest;
    }
    let mut joined = Vec::with_capacity(CHUNK + 1_000);
    let mut out = vec![0; CHUNK];
    loop {
        joined.clear();
        let mut behind = rest;
        while joined.len() < CHUNK {
            let head = behind.get(..1_000).unwrap_or(behind);
            let Some(end) = memchr::memchr(b'\n', head) else { break };
            let line = behind.get(..end).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.len() % 4 != 0 || line.last() == Some(&b'=') {
                break;
            }
            joined.extend_from_slice(line);
            behind = behind.get(end + 1..).unwrap_or_default();
        }
        let length = BASE64_LINES.decode_slice(&joined, &mut out).unwrap_or_default();
        if length == 0 {
            return rest;
        }
        sink(out.get(..length).unwrap_or_default());
        rest = behind;
    }
}

/// Writes the bytes of a group that is not full.
fn flush(group: u32, count: u32, out: &mut Vec<u8>) {
    match count {
        2 => out.extend(u8::try_from(group >> 4 & 255)),
        3 => {
            out.extend(u8::try_from(group >> 10 & 255));
            out.extend(u8::try_from(group >> 2 & 255));
        }
        _ => {}
    }
}

fn is_base64_line(rest: &[u8]) -> bool {
    let line = rest.iter().take(2_000).take_while(|byte| !matches!(byte, b'\r' | b'\n'));
    let mut length = 0;
    let is_base64 = line.inspect(|_| length += 1).all(|byte| sextet(*byte) < 64 || *byte == b'=');
    is_base64 && length % 4 == 0
}

fn hex_value(byte: Option<&u8>) -> Option<u8> {
    match byte? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        digit @ b'A'..=b'F' => Some(digit - b'A' + 10),
        digit @ b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// The byte that two hexadecimal digits stand for.
pub(crate) fn hex_byte(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    Some(hex_value(high)? << 4 | hex_value(low)?)
}

/// Decodes quoted-printable line by line; what is no escape stays as it is.
fn decode_quoted_printable(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) -> Decoded {
    let mut out: Vec<u8> = Vec::with_capacity(CHUNK.min(bytes.len()));
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let (text, end): (&[u8], &[u8]) = match line {
            [text @ .., b'\r', b'\n'] => (text, b"\r\n"),
            [text @ .., b'\n'] => (text, b"\n"),
            text => (text, b""),
        };
        // White space at the end of a line was added on the way (RFC 2045 section 6.7 rule 3).
        let text = if end.is_empty() { text } else { text.trim_ascii_end() };
        let (mut text, is_soft) = match text {
            [text @ .., b'='] => (text, true),
            text => (text, false),
        };
        while let Some(at) = memchr::memchr(b'=', text) {
            out.extend_from_slice(text.get(..at).unwrap_or_default());
            match hex_byte(text.get(at + 1), text.get(at + 2)) {
                Some(byte) => {
                    out.push(byte);
                    text = text.get(at + 3..).unwrap_or_default();
                }
                None => {
                    out.push(b'=');
                    text = text.get(at + 1..).unwrap_or_default();
                }
            }
        }
        out.extend_from_slice(text);
        if !is_soft {
            out.extend_from_slice(end);
        }
        if out.len() >= CHUNK {
            sink(&out);
            out.clear();
        }
    }
    sink(&out);
    Decoded::Whole
}

fn decode_uuencode(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) -> Decoded {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end());
    if !lines.any(|line| line.starts_with(b"begin ")) {
        sink(bytes);
        return Decoded::Broken;
    }
    let mut out = Vec::with_capacity(64);
    for line in lines {
        if line == b"end" {
            return Decoded::Whole;
        }
        let Some((length, groups)) = line.split_first() else { continue };
        let length = usize::from(length.wrapping_sub(32) & 63);
        out.clear();
        for group in groups.chunks(4) {
            let at =
                |index| u32::from(group.get(index).map_or(0, |b: &u8| b.wrapping_sub(32) & 63));
            let word = at(0) << 18 | at(1) << 12 | at(2) << 6 | at(3);
            let [_, x, y, z] = word.to_be_bytes();
            out.extend_from_slice(&[x, y, z]);
        }
        sink(out.get(..length).unwrap_or(&out));
    }
    Decoded::Broken
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn text(bytes: &str, encoding: Encoding) -> (String, Decoded) {
        let (bytes, state) = decoded(bytes.as_bytes(), encoding, usize::MAX);
        (String::from_utf8(bytes.into_owned()).unwrap(), state)
    }

    #[test]
    fn base64_is_read_across_lines_and_with_or_without_padding() {
        assert_eq!(text("SGFs\r\nbG8=\r\n", Encoding::Base64), ("Hallo".into(), Decoded::Whole));
        assert_eq!(text("SGFsbG8", Encoding::Base64), ("Hallo".into(), Decoded::Whole));
        assert_eq!(text("SGE=SGE=", Encoding::Base64), ("HaHa".into(), Decoded::Whole));
    }

    #[test]
    fn long_base64_is_read_whole_wherever_something_foreign_stands_in_it() {
        let line = "SGFsbG8sIGhhbGxvLCBoYWxsbyE=".replace('=', "A");
        let given = format!("{line}\r\n").repeat(1_000);
        let (whole, _) = decoded(given.as_bytes(), Encoding::Base64, usize::MAX);
        assert_eq!(whole.len(), 21_000);
        for at in [0, 1, 27, 28, 29, 30, 11_003, 29_990] {
            let mut broken = given.clone();
            broken.insert(at, '!');
            let (bytes, state) = decoded(broken.as_bytes(), Encoding::Base64, usize::MAX);
            assert_eq!((bytes, state), (whole.clone(), Decoded::Broken), "{at}");
        }
    }

    #[test]
    fn broken_base64_gives_what_can_be_read() {
        assert_eq!(text("SGF!s\nbG8=", Encoding::Base64), ("Hallo".into(), Decoded::Broken));
        assert_eq!(
            text("SGFsbG8=\n____\nListe abbestellen\n", Encoding::Base64),
            ("Hallo".into(), Decoded::Broken)
        );
    }

    #[test]
    fn quoted_printable_joins_soft_lines_and_keeps_what_is_no_escape() {
        let given = "f=FCr=C3=BC a=\r\nb = c=3D  \r\nd=";
        let (bytes, _) = decoded(given.as_bytes(), Encoding::QuotedPrintable, usize::MAX);
        assert_eq!(bytes.as_ref(), b"f\xfcr\xc3\xbc ab = c=\r\nd");
    }

    #[test]
    fn uuencode_is_read_between_begin_and_end() {
        let given = "Text\nbegin 644 a.txt\n%2&%L;&\\\n`\nend\n";
        assert_eq!(text(given, Encoding::Uuencode), ("Hallo".into(), Decoded::Whole));
    }

    #[test]
    fn no_more_than_the_bound_is_decoded() {
        let (bytes, _) = decoded(b"SGFsbG8=", Encoding::Base64, 3);
        assert_eq!(bytes.as_ref(), b"Hal");
    }
}
