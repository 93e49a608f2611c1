//! Bytes to text. Without a usable charset the text is UTF-8 if it can be, else windows-1252: that
//! is what German programs send when they say nothing or the wrong thing.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::read::oddity::OddityCode;

/// The mark at the beginning of a text in UTF-8.
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text, and what was odd about its character set.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&str>,
) -> (Cow<'a, str>, Option<OddityCode>) {
    let declared = declared.map(str::trim).filter(|name| !name.is_empty());
    let Some(name) = declared else {
        return (utf_16(bytes).unwrap_or_else(|| guessed(bytes)), None);
    };
    let name = cleaned_name(name);
    if is_ascii_name(&name) {
        let oddity = (!bytes.is_ascii()).then_some(OddityCode::WrongCharset);
        return (utf_16(bytes).unwrap_or_else(|| guessed(bytes)), oddity);
    }
    if let Some(encoding) = encoding_named(&name) {
        return decode_as(bytes, encoding);
    }
    // Charsets that browsers do not know: UTF-7, IBM 850 and the like.
    match charset_decoder(name.as_bytes()) {
        Some(decoder) if is_exact_name(&name) => (Cow::Owned(decoder(bytes)), None),
        _ => {
            let text = utf_16(bytes).unwrap_or_else(|| guessed(bytes));
            (text, Some(OddityCode::UnknownCharset))
        }
    }
}

/// Text in the declared encoding. A mark of another one counts only where the whole text is in it.
fn decode_as<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
) -> (Cow<'a, str>, Option<OddityCode>) {
    let (text, has_errors) = if [UTF_16LE, UTF_16BE].contains(&encoding) {
        // The mark says which of the two it is.
        let (text, _, has_errors) = encoding.decode(bytes);
        (text, has_errors)
    } else if let Some(text) = marked(bytes).filter(|_| encoding != UTF_8).or_else(|| utf_16(bytes))
    {
        return (text, Some(OddityCode::WrongCharset));
    } else {
        encoding.decode_with_bom_removal(bytes)
    };
    match has_errors && encoding == UTF_8 {
        true => (nearest(bytes), Some(OddityCode::WrongCharset)),
        false => (text, has_errors.then_some(OddityCode::WrongCharset)),
    }
}

/// Text that begins with the mark of UTF-8 and is UTF-8.
fn marked(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let rest = bytes.strip_prefix(UTF_8_MARK)?;
    std::str::from_utf8(rest).ok().map(Cow::Borrowed)
}

/// Text in UTF-16. Its mark alone shows nothing, because it is two letters of any 8-bit charset:
/// the rest must be UTF-16 without an error, and hold a zero byte as all Latin text does.
fn utf_16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, length) = Encoding::for_bom(bytes).filter(|(marked, _)| *marked != UTF_8)?;
    let rest = bytes.get(length..)?;
    memchr::memchr(0, rest)?;
    encoding.decode_without_bom_handling_and_without_replacement(rest)
}

/// The text of bytes of which nothing is known but that they are not UTF-16.
pub(crate) fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let has_escape = memchr::memchr(0x1b, bytes).is_some();
        let is_japanese = has_escape
            && ["\u{1b}$B", "\u{1b}$@", "\u{1b}(J"].iter().any(|mark| text.contains(mark));
        return match is_japanese {
            true => encoding_rs::ISO_2022_JP.decode_without_bom_handling(bytes).0,
            false => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        };
    }
    match bytes.strip_prefix(UTF_8_MARK) {
        Some(rest) => String::from_utf8_lossy(rest),
        None => windows_1252(bytes),
    }
}

/// Text that claims to be UTF-8 and is not: mostly UTF-8 with a broken character, or windows-1252
/// throughout.
fn nearest(bytes: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let other = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if other > broken { text } else { windows_1252(bytes) }
}

/// Every byte is a letter of it, also those that are a mark elsewhere.
fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// The name without quotes and without what some programs write around it (`charset=utf-8`).
fn cleaned_name(name: &str) -> String {
    let name = name.trim_matches(|c: char| "\"'<>; ".contains(c));
    let name = name.rsplit('=').next().unwrap_or(name);
    name.chars().take(45).collect::<String>().to_ascii_lowercase()
}

fn is_ascii_name(name: &str) -> bool {
    matches!(name, "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "default" | "7bit")
}

/// An encoding that browsers know. `iso-8859-1` means windows-1252, as it does for all mail
/// programs.
fn encoding_named(name: &str) -> Option<&'static Encoding> {
    let found = |name: &str| Encoding::for_label(name.as_bytes()).filter(|e| *e != REPLACEMENT);
    found(name).or_else(|| found(&name.replace('_', "-"))).or_else(|| {
        let number = name.strip_prefix("cp").or_else(|| name.strip_prefix("windows"))?;
        found(&format!("windows-{}", number.trim_start_matches(['-', '_'])))
    })
}

/// The decoder table of the MIME library reads "not a charset" for longer names as well.
fn is_exact_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

/// The charset that an HTML document names in its first kilobytes.
pub(crate) fn html_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..2_048).unwrap_or(bytes).to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let rest = head.get(at + 8..)?.iter().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let name: Vec<u8> = rest.take_while(|byte| is_name(byte)).copied().collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(bytes: &[u8], charset: Option<&str>, expected: &str, oddity: Option<OddityCode>) {
        assert_eq!(decode(bytes, charset), (Cow::Borrowed(expected), oddity));
    }

    #[test]
    fn a_missing_charset_is_utf_8_if_it_can_be_and_else_windows_1252() {
        reads("Grüße".as_bytes(), None, "Grüße", None);
        reads(b"Gr\xfc\xdfe \x80 5", None, "Grüße € 5", None);
        reads(b"\x1b$B$3$s\x1b(B", None, "こん", None);
        reads(b"\xff\xfeH\0i\0", None, "Hi", None);
    }

    #[test]
    fn a_wrong_or_unknown_charset_is_guessed() {
        reads(b"Gr\xfc\xdfe", Some("utf-8"), "Grüße", Some(OddityCode::WrongCharset));
        reads(b"Gr\xfc\xdfe", Some("us-ascii"), "Grüße", Some(OddityCode::WrongCharset));
        reads("Grüße".as_bytes(), Some("x-unknown"), "Grüße", Some(OddityCode::UnknownCharset));
        reads(
            b"Gr\xc3\xbc\xc3\x9fe \xc3",
            Some("utf-8"),
            "Grüße \u{fffd}",
            Some(OddityCode::WrongCharset),
        );
    }

    #[test]
    fn the_mark_of_utf_16_counts_only_before_utf_16() {
        let wrong = Some(OddityCode::WrongCharset);
        reads(b"\xff\xfeGuten Tag", Some("utf-8"), "ÿþGuten Tag", wrong);
        reads(b"\xfe\xffGuten Tag.", Some("iso-8859-1"), "þÿGuten Tag.", None);
        reads(b"\xff\xfeGuten Tag", Some("us-ascii"), "ÿþGuten Tag", wrong);
        reads(b"\xff\xfeGuten Tag!", None, "ÿþGuten Tag!", None);
        reads(b"\xff\xfeG\0u\0t", None, "ÿþG\0u\0t", None);
        reads(b"\xff\xfeG\0u\0t\0", Some("utf-8"), "Gut", wrong);
        reads(b"\xfe\xff\0G\0u\0t", Some("utf-16"), "Gut", None);
        reads(b"\xfe\xff\0G\0u\0t", Some("x-unknown"), "Gut", Some(OddityCode::UnknownCharset));
    }

    #[test]
    fn the_mark_of_utf_8_is_dropped_and_counts_before_utf_8() {
        reads(b"\xef\xbb\xbfGr\xc3\xbcn", Some("utf-8"), "Grün", None);
        reads(b"\xef\xbb\xbfGr\xc3\xbcn", None, "Grün", None);
        reads(
            b"\xef\xbb\xbfGr\xc3\xbcn",
            Some("iso-8859-1"),
            "Grün",
            Some(OddityCode::WrongCharset),
        );
    }

    #[test]
    fn charsets_of_old_and_foreign_programs_are_known() {
        reads(b"\xa4", Some("iso-8859-15"), "€", None);
        reads(b"\x84", Some("cp850"), "ä", None);
        reads(b"Gr+APwA3w-e", Some("UTF-7"), "Grüße", None);
        reads(b"\x93x\x94", Some("ISO-8859-1"), "“x”", None);
        reads(b"\xfc", Some("\"charset=cp1252\""), "ü", None);
    }

    #[test]
    fn an_html_document_names_its_charset() {
        let html = b"<html><meta http-equiv=x content=\"text/html; charset=iso-8859-2\">";
        assert_eq!(html_charset(html).as_deref(), Some("iso-8859-2"));
        assert_eq!(html_charset(b"<p>charset"), None);
    }
}
