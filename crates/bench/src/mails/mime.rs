//! The parts of a mail as bytes (RFC 2045, 2046, 2047).

use data_encoding::BASE64;

use crate::chance::Chance;

/// Letters of a line of base64 (RFC 2045 section 6.8).
const BASE64_LINE: usize = 76;
/// Letters of a line of quoted-printable before its `=` (RFC 2045 section 6.7).
const QUOTED_LINE: usize = 73;

/// How letters become bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    #[default]
    Utf8,
    /// ISO 8859-1.
    Latin1,
    /// Windows-1252, whose German letters are those of ISO 8859-1.
    Windows1252,
}

impl Charset {
    /// The name in a header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Latin1 => "iso-8859-1",
            Self::Windows1252 => "windows-1252",
        }
    }

    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            _ => text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect(),
        }
    }
}

/// How bytes travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    #[default]
    Eight,
    /// Quoted-printable.
    QuotedPrintable,
    /// Base64.
    Base64,
}

/// A text part with its header.
pub fn part(kind: &str, text: &str, charset: Charset, encoding: Encoding) -> Vec<u8> {
    let bytes = charset.bytes(&text.replace('\n', "\r\n"));
    let (name, body) = match encoding {
        Encoding::Eight => ("8bit", bytes),
        Encoding::QuotedPrintable => ("quoted-printable", quoted_printable(&bytes)),
        Encoding::Base64 => ("base64", base64(&bytes).into_bytes()),
    };
    let header = format!(
        "Content-Type: text/{kind}; charset={}\r\nContent-Transfer-Encoding: {name}\r\n\r\n",
        charset.name()
    );
    [header.into_bytes(), body, b"\r\n".to_vec()].concat()
}

/// Several parts in one.
pub fn multipart(kind: &str, boundary: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes =
        format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n").into_bytes();
    for part in parts {
        bytes.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        bytes.extend_from_slice(part);
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    bytes
}

/// A boundary.
pub fn boundary(chance: &mut Chance) -> String {
    format!("----=_Part_{:016x}", chance.number())
}

/// A file: PDF and pictures that nothing can compress, and tables that compress well.
pub fn attachment(chance: &mut Chance, length: usize, number: u64) -> Vec<u8> {
    let (name, kind, content) = match chance.below(10) {
        0..6 => {
            let name = format!("filename*=UTF-8''%C3%9Cbersicht%20{number}.pdf");
            (name, "application/pdf", [b"%PDF-1.7\n".to_vec(), chance.bytes(length)].concat())
        }
        6..8 => {
            let name = format!("filename=\"bildschirm-{number}.png\"");
            let magic = b"\x89PNG\r\n\x1a\n".to_vec();
            (name, "image/png", [magic, chance.bytes(length)].concat())
        }
        _ => {
            let row = format!("{number};Müller;12,50;2026-01-31;offen\r\n");
            let rows = row.repeat(length / row.len() + 1);
            (format!("filename=\"export-{number}.csv\""), "text/csv", rows.into_bytes())
        }
    };
    let header = format!(
        "Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment;\r\n {name}\r\n\r\n"
    );
    [header.into_bytes(), base64(&content).into_bytes()].concat()
}

/// Base64 in lines, each with its end.
pub fn base64(bytes: &[u8]) -> String {
    let letters = BASE64.encode(bytes);
    let mut lines = String::with_capacity(letters.len() + letters.len() / 32 + 4);
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (line, others) = rest.split_at_checked(BASE64_LINE).unwrap_or((rest, ""));
        lines.push_str(line);
        lines.push_str("\r\n");
        rest = others;
    }
    lines
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(bytes.len() * 2);
    let mut column = 0;
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        if *byte == b'\r' {
            continue;
        }
        if *byte == b'\n' {
            quoted.extend_from_slice(b"\r\n");
            column = 0;
            continue;
        }
        if column >= QUOTED_LINE {
            quoted.extend_from_slice(b"=\r\n");
            column = 0;
        }
        // A blank at the end of a line would be lost on the way.
        let is_last = matches!(rest.peek(), None | Some(b'\r' | b'\n'));
        let is_plain = (byte.is_ascii_graphic() && *byte != b'=') || (*byte == b' ' && !is_last);
        if is_plain {
            quoted.push(*byte);
            column += 1;
        } else {
            quoted.extend_from_slice(format!("={byte:02X}").as_bytes());
            column += 3;
        }
    }
    quoted
}

/// A text for a header, in pieces short enough for its lines (RFC 2047 section 2).
pub fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let words = letters.chunks(20).map(|piece| {
        let piece: String = piece.iter().collect();
        format!("=?utf-8?B?{}?=", BASE64.encode(piece.as_bytes()))
    });
    words.collect::<Vec<_>>().join("\r\n ")
}

/// A moment as mails write it (RFC 5322 section 3.3).
pub fn date(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let name = |list: &[&'static str], place: i64| {
        usize::try_from(place).ok().and_then(|place| list.get(place).copied()).unwrap_or_default()
    };
    format!(
        "{}, {day:02} {} {year} {:02}:{:02}:{:02} +0000",
        name(&DAYS, days.rem_euclid(7)),
        name(&MONTHS, month - 1),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Year, month and day of a day since 1970: March is the first month, so that the day that leap
/// years add is the last of the year.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_mails_write_them() {
        assert_eq!(date(1_767_596_400), "Mon, 05 Jan 2026 07:00:00 +0000");
        assert_eq!(date(951_782_400), "Tue, 29 Feb 2000 00:00:00 +0000");
    }

    #[test]
    fn quoted_printable_keeps_blanks_at_the_ends_of_lines() {
        assert_eq!(quoted_printable(b"-- \r\na=\xFC"), b"--=20\r\na=3D=FC");
    }
}
