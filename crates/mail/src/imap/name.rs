//! Folder names on the wire: modified UTF-7 (RFC 3501 section 5.1.3) in a quoted string.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

/// Base64 with a comma in place of the slash and without padding.
const MODIFIED_BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);

/// A folder's name as it stands in a command, with its quotes.
///
/// Every control character is encoded, so no name can end the line or begin another command.
pub(super) fn quoted_folder(name: &str) -> String {
    let mut quoted = String::from("\"");
    let mut foreign = Vec::new();
    for character in name.chars() {
        match character {
            ' '..='~' => {
                flush(&mut foreign, &mut quoted);
                match character {
                    '&' => quoted.push_str("&-"),
                    '"' | '\\' => quoted.extend(['\\', character]),
                    plain => quoted.push(plain),
                }
            }
            other => foreign.extend(other.encode_utf16(&mut [0; 2]).iter().copied()),
        }
    }
    flush(&mut foreign, &mut quoted);
    quoted.push('"');
    quoted
}

fn flush(foreign: &mut Vec<u16>, quoted: &mut String) {
    if foreign.is_empty() {
        return;
    }
    let octets: Vec<u8> = foreign.drain(..).flat_map(u16::to_be_bytes).collect();
    quoted.push('&');
    quoted.push_str(&MODIFIED_BASE64.encode(octets));
    quoted.push('-');
}

/// A folder's name as people read it, from what stands between the quotes. What is not well
/// encoded stays as the server wrote it.
pub(super) fn readable_folder(wire: &str) -> String {
    let mut name = String::new();
    let unescaped = unescaped(wire);
    let mut rest = unescaped.as_str();
    while let Some((plain, shifted)) = rest.split_once('&') {
        name.push_str(plain);
        let decoded =
            shifted.split_once('-').and_then(|(encoded, after)| Some((decoded(encoded)?, after)));
        match decoded {
            Some((text, after)) => {
                name.push_str(&text);
                rest = after;
            }
            None => {
                name.push('&');
                rest = shifted;
            }
        }
    }
    name.push_str(rest);
    name
}

/// The parser leaves the backslashes of a quoted string in place.
fn unescaped(wire: &str) -> String {
    let mut text = String::new();
    let mut characters = wire.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && "\"\\".contains(*next));
        text.push(escaped.unwrap_or(character));
    }
    text
}

fn decoded(encoded: &str) -> Option<String> {
    if encoded.is_empty() {
        return Some("&".to_owned());
    }
    let octets = MODIFIED_BASE64.decode(encoded).ok()?;
    let (pairs, odd) = octets.as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    String::from_utf16(&units).ok()
}

/// A text as a quoted string (RFC 3501 section 4.3), or `None` if it needs a literal.
pub(super) fn quoted_text(text: &str) -> Option<String> {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ => return None,
        }
    }
    quoted.push('"');
    Some(quoted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 7] = [
        ("INBOX", "\"INBOX\""),
        ("Gelöscht", "\"Gel&APY-scht\""),
        ("Erledigt & weg", "\"Erledigt &- weg\""),
        ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ("台北", "\"&U,BTFw-\""),
        ("📥 neu", "\"&2D3c5Q- neu\""),
        ("x\r\nA1 DELETE \"y\"", "\"x&AA0ACg-A1 DELETE \\\"y\\\"\""),
    ];

    #[test]
    fn folder_names_travel_in_modified_utf7() {
        for (name, wire) in NAMES {
            assert_eq!(quoted_folder(name), wire);
        }
    }

    #[test]
    fn folder_names_come_back_as_they_were() {
        for (name, wire) in NAMES {
            let between = wire.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
            assert_eq!(readable_folder(between), name);
        }
    }

    #[test]
    fn badly_encoded_names_stay_as_they_are() {
        for wire in ["a&b", "&", "&AP-", "&!!!-x", "R&D-Abteilung"] {
            assert_eq!(readable_folder(wire), wire);
        }
    }

    #[test]
    fn only_printable_ascii_fits_a_quoted_string() {
        assert_eq!(quoted_text("a\"b"), Some("\"a\\\"b\"".to_owned()));
        assert_eq!(quoted_text("pässwort"), None);
        assert_eq!(quoted_text("a\r\nb"), None);
    }
}
