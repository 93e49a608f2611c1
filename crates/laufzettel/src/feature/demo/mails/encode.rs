//! Text as mails carry it: encoded words, quoted-printable, base64, parameters.

use data_encoding::BASE64;

/// The longest line of encoded text (RFC 2045 section 6.7).
const LINE_MAX: usize = 75;
/// Bytes in an encoded word, so that it has at most 75 characters (RFC 2047 section 2).
const WORD_BYTES_MAX: usize = 36;

/// A character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// UTF-8.
    Utf8,
    /// Windows-1252, as programs of offices still write it.
    Windows1252,
}

/// What Windows-1252 has beyond Latin 1, as far as people type it.
const WINDOWS: [(char, u8); 9] = [
    ('€', 0x80),
    ('„', 0x84),
    ('…', 0x85),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('–', 0x96),
    ('—', 0x97),
];

fn windows_byte(letter: char) -> Option<u8> {
    let special = WINDOWS.iter().find(|(known, _)| *known == letter).map(|(_, byte)| *byte);
    let latin = || u8::try_from(u32::from(letter)).ok().filter(|byte| !(0x80..0xa0).contains(byte));
    special.or_else(latin)
}

/// Whether Windows-1252 has all letters of a text.
pub(super) fn fits_windows(text: &str) -> bool {
    text.chars().all(|letter| windows_byte(letter).is_some())
}

impl Charset {
    /// The name in a mail.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The bytes of a text.
    pub(super) fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Windows1252 => text.chars().map(|c| windows_byte(c).unwrap_or(b'?')).collect(),
        }
    }
}

/// A field whose value may hold any letters (RFC 2047), folded.
pub(super) fn encoded_words(field: &str, text: &str, charset: Charset) -> String {
    if text.is_ascii() && text.len() < 60 {
        return format!("{field}{text}\r\n");
    }
    format!("{field}{}\r\n", words(text, charset).join("\r\n "))
}

fn words(text: &str, charset: Charset) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Vec<u8> = Vec::new();
    let finish = |word: &mut Vec<u8>| {
        let encoded = format!("=?{}?B?{}?=", charset.name(), BASE64.encode(word));
        word.clear();
        encoded
    };
    for letter in text.chars() {
        // A letter is never cut in two (RFC 2047 section 5).
        let bytes = charset.bytes(letter.encode_utf8(&mut [0; 4]));
        if word.len() + bytes.len() > WORD_BYTES_MAX {
            words.push(finish(&mut word));
        }
        word.extend(bytes);
    }
    if !word.is_empty() {
        words.push(finish(&mut word));
    }
    words
}

/// A name before an address: quoted if it has marks, encoded if it has other letters.
pub(super) fn quoted_name(name: &str, charset: Charset) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
    match () {
        () if name.chars().all(is_plain) => name.to_owned(),
        () if name.is_ascii() => format!("\"{}\"", name.replace('"', "'")),
        () => words(name, charset).join("\r\n "),
    }
}

/// A parameter with the name of a file (RFC 2231 section 4 for other letters than ASCII).
pub(super) fn file_name(parameter: &str, name: &str) -> String {
    if name.is_ascii() {
        return format!("{parameter}=\"{}\"", name.replace('"', "'"));
    }
    let encoded: String = name.bytes().map(percent).collect();
    format!("{parameter}*=UTF-8''{encoded}")
}

fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    }
}

/// Bytes in base64, in lines.
pub(super) fn base64_lines(bytes: &[u8]) -> String {
    let encoded = BASE64.encode(bytes);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 36);
    for (place, letter) in encoded.chars().enumerate() {
        if place > 0 && place % 76 == 0 {
            lines.push_str("\r\n");
        }
        lines.push(letter);
    }
    lines.push_str("\r\n");
    lines
}

/// Text in quoted-printable (RFC 2045 section 6.7).
pub(super) fn quoted_printable(text: &str, charset: Charset) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        let bytes = charset.bytes(line);
        let mut length = 0;
        for (place, byte) in bytes.iter().enumerate() {
            let is_last = place + 1 == bytes.len();
            let piece = match *byte {
                b' ' if is_last => "=20".to_owned(),
                b'=' => "=3D".to_owned(),
                byte @ (b' '..=b'~') => char::from(byte).to_string(),
                byte => format!("={byte:02X}"),
            };
            if length + piece.len() > LINE_MAX {
                encoded.push_str("=\r\n");
                length = 0;
            }
            length += piece.len();
            encoded.push_str(&piece);
        }
        encoded.push_str("\r\n");
    }
    encoded
}
