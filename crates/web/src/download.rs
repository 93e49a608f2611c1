//! Headers of attachments. What a mail says about its files is never believed: a file is offered for
//! download under a type from a fixed list, and shown only when its first bytes are those of a picture
//! or a PDF.

use http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{ATTACHMENT_POLICY, PDF_POLICY};

/// Types under which files are offered. None of them runs anything in a browser.
const TYPES: &[&str] = &[
    "application/gzip",
    "application/msword",
    "application/pdf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
    "audio/mpeg",
    "image/bmp",
    "image/gif",
    "image/heic",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/webp",
    "message/rfc822",
    "text/calendar",
    "text/csv",
    "text/plain",
    "video/mp4",
];

/// What a browser may show inside our pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A picture of this type.
    Picture(&'static str),
    /// A PDF.
    Pdf,
}

/// The type from the fixed list that the declared one stands for; else `application/octet-stream`.
pub fn safe_type(declared: &str) -> &'static str {
    let bare = declared.split(';').next().unwrap_or_default().trim();
    let known = TYPES.iter().find(|known| known.eq_ignore_ascii_case(bare));
    known.copied().unwrap_or("application/octet-stream")
}

/// Whether a file may be shown, by its first bytes; 12 are enough.
pub fn shown(first_bytes: &[u8]) -> Option<Shown> {
    match first_bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Shown::Picture("image/png")),
        [0xff, 0xd8, 0xff, ..] => Some(Shown::Picture("image/jpeg")),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Shown::Picture("image/gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Some(Shown::Picture("image/webp"))
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Shown::Pdf),
        _ => None,
    }
}

/// The headers of a download.
pub fn attachment_headers(name: &str, declared_type: &str, size_bytes: u64) -> HeaderMap {
    let disposition = content_disposition("attachment", name);
    headers(safe_type(declared_type), ATTACHMENT_POLICY, disposition, size_bytes)
}

/// The headers of a file that is shown.
pub fn view_headers(name: &str, shown: Shown, size_bytes: u64) -> HeaderMap {
    let disposition = content_disposition("inline", name);
    match shown {
        Shown::Picture(kind) => headers(kind, ATTACHMENT_POLICY, disposition, size_bytes),
        Shown::Pdf => headers("application/pdf", PDF_POLICY, disposition, size_bytes),
    }
}

fn headers(
    kind: &'static str,
    policy: &'static str,
    disposition: HeaderValue,
    size_bytes: u64,
) -> HeaderMap {
    HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_LENGTH, HeaderValue::from(size_bytes)),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ])
}

/// `Content-Disposition` with the name in ASCII for old clients and in UTF-8 for all others
/// (RFC 6266, RFC 8187).
pub fn content_disposition(kind: &str, name: &str) -> HeaderValue {
    let name = harmless_name(name);
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii() && !matches!(c, '"' | '%') { c } else { '_' })
        .collect();
    let utf8 = utf8_percent_encode(&name, UNRESERVED);
    let value = format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{utf8}");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// The characters that RFC 8187 section 3.2.1 leaves as they are.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Longest name in characters; file systems take 255 bytes.
const NAME_CHARS_MAX: usize = 120;

/// A name that is only a name: no folders, no control characters, no turned writing direction, and
/// none that Windows keeps for devices.
fn harmless_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !turns_direction(*c)).collect();
    let trimmed = kept.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let (stem, extension) = trimmed.rsplit_once('.').unwrap_or((trimmed, ""));
    let dot = if extension.is_empty() { "" } else { "." };
    let extension: String = extension.chars().take(20).collect();
    let room = NAME_CHARS_MAX.saturating_sub(extension.chars().count());
    let stem: String = stem.chars().take(room).collect();
    match stem.as_str() {
        "" => format!("_{dot}{extension}"),
        stem if is_device(stem) => format!("_{stem}{dot}{extension}"),
        stem => format!("{stem}{dot}{extension}"),
    }
}

fn turns_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_device(stem: &str) -> bool {
    let upper = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_in_ascii_and_in_utf_8() {
        assert_eq!(
            content_disposition("attachment", "Prüfbericht 2.pdf"),
            "attachment; filename=\"Pr_fbericht 2.pdf\"; filename*=UTF-8''Pr%C3%BCfbericht%202.pdf"
        );
        assert_eq!(
            content_disposition("attachment", "a\"; x=\"%41.txt"),
            "attachment; filename=\"a_; x=__41.txt\"; filename*=UTF-8''a%22%3B%20x%3D%22%2541.txt"
        );
    }

    #[test]
    fn a_name_never_carries_a_folder_a_control_character_or_a_turned_direction() {
        for (given, harmless) in [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("C:\\x\\a.txt", "a.txt"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("lpt1.pdf", "_lpt1.pdf"),
            ("", "_"),
            ("..", "_"),
            (".htaccess", "htaccess"),
            ("a\0b.png", "ab.png"),
        ] {
            assert_eq!(harmless_name(given), harmless, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = harmless_name(&format!("{}.pdf", "ä".repeat(300)));
        assert_eq!(name.chars().count(), 121);
        assert!(name.ends_with("ä.pdf"));
    }

    #[test]
    fn a_type_that_could_run_is_only_bytes() {
        for risky in [
            "text/html",
            "text/html;charset=utf-7",
            "image/svg+xml",
            "text/xml",
            "application/xhtml+xml",
            "multipart/x-mixed-replace",
            "application/javascript",
            "image/png\r\nX: y",
            "",
            "image/png\"",
        ] {
            assert_eq!(safe_type(risky), "application/octet-stream", "{risky:?}");
        }
        assert_eq!(safe_type("Image/PNG; name=x"), "image/png");
        assert_eq!(safe_type("application/pdf"), "application/pdf");
    }

    #[test]
    fn only_the_first_bytes_decide_what_is_shown() {
        assert_eq!(shown(b"\x89PNG\r\n\x1a\n...."), Some(Shown::Picture("image/png")));
        assert_eq!(shown(b"GIF89a/*"), Some(Shown::Picture("image/gif")));
        assert_eq!(shown(b"RIFF\x01\x02\x03\x04WEBPVP8 "), Some(Shown::Picture("image/webp")));
        assert_eq!(shown(b"%PDF-1.7"), Some(Shown::Pdf));
        assert_eq!(shown(b"<svg xmlns="), None);
        assert_eq!(shown(b"<html>"), None);
        assert_eq!(shown(b""), None);
    }

    #[test]
    fn a_download_is_an_attachment_in_a_sandbox_whatever_it_claims_to_be() {
        let headers = attachment_headers("a.html", "text/html", 12);
        assert_eq!(headers[CONTENT_TYPE], "application/octet-stream");
        assert_eq!(headers[CONTENT_LENGTH], "12");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; "));
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().ends_with("; sandbox"));
    }

    #[test]
    fn a_picture_is_shown_in_a_sandbox_under_the_type_of_its_bytes() {
        let headers = view_headers("a.gif", Shown::Picture("image/gif"), 12);
        assert_eq!(headers[CONTENT_TYPE], "image/gif");
        assert!(headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline; "));
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().ends_with("; sandbox"));
    }
}
