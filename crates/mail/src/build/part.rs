//! The parts of the mail, each with its own encoding.

use mail_builder::encoders::Base64Encoder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;

use crate::build::Part;
use crate::build::clean_text::lines;
use crate::build::file_name::{ascii_twin, file_name};
use crate::build::header::message_id;

const FILE: &str = "application/octet-stream";
const MAIL: &str = "message/rfc822";

/// Longest line that needs no extension (RFC 5322 section 2.1.1), without its line end.
const LINE_BYTES_MAX: usize = 998;

/// Text that is shown. The library takes the shortest encoding that 7 bits and lines of 78 octets allow.
pub(crate) fn text_part<'a>(media_type: &'static str, text: &str) -> MimePart<'a> {
    MimePart::new(ContentType::new(media_type).attribute("charset", "utf-8"), lines(text))
}

/// Whether the HTML can show the part.
pub(crate) fn is_inline(part: &Part<'_>) -> bool {
    part.content_id.and_then(message_id).is_some()
}

/// An image that the HTML shows.
pub(crate) fn image_part<'a>(part: &Part<'a>) -> MimePart<'a> {
    file_part(part, "inline")
}

/// A file beside the text.
pub(crate) fn attachment_part<'a>(part: &Part<'a>) -> MimePart<'a> {
    file_part(part, "attachment")
}

fn file_part<'a>(part: &Part<'a>, disposition: &'static str) -> MimePart<'a> {
    let (media_type, encoding) = sendable(part);
    let is_mail = part.media_type.trim().eq_ignore_ascii_case(MAIL);
    let mut name = file_name(part.name, if is_mail { "mail.eml" } else { "file" });
    if is_mail && !name.to_ascii_lowercase().ends_with(".eml") {
        name.push_str(".eml");
    }
    let mut content_type = ContentType::new(media_type.clone());
    if media_type.starts_with("text/") && std::str::from_utf8(part.bytes).is_ok() {
        content_type = content_type.attribute("charset", "utf-8");
    }
    // The name in ASCII stands only here: `filename` beside `filename*` counts as the same
    // parameter twice for strict readers, and some of them then take the first.
    content_type = content_type.attribute("name", ascii_twin(&name));
    let disposition = ContentType::new(disposition).attribute("filename", name);
    let bytes = match encoding {
        "7bit" => part.bytes.to_vec(),
        _ => base64(part.bytes),
    };
    let made = MimePart::new(content_type, bytes)
        .header("Content-Disposition", disposition)
        .transfer_encoding(encoding);
    match part.content_id.and_then(message_id) {
        Some(id) => made.cid(id),
        None => made,
    }
}

/// The media type under which a file can be sent with 7 bits, and its encoding.
///
/// A mail must not be encoded (RFC 2046 section 5.2.1), and encoding the parts inside it would break
/// signatures. So one that is clean goes as it stands, and any other as a file of unknown type whose
/// name ends in `.eml`. The same is true of multiparts and the other messages, which are rarer still.
fn sendable(part: &Part<'_>) -> (String, &'static str) {
    let media_type = media_type(part.media_type);
    let is_composite = ["message/", "multipart/"].iter().any(|kind| media_type.starts_with(kind));
    match is_composite {
        true if media_type == MAIL && is_clean(part.bytes) => (media_type, "7bit"),
        true => (FILE.to_string(), "base64"),
        false => (media_type, "base64"),
    }
}

/// `type/subtype` in lower case, or [`FILE`] if the text is none (RFC 6838 section 4.2).
fn media_type(text: &str) -> String {
    let text = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_name = |name: &str| {
        (1..=127).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    match text.split_once('/') {
        Some((kind, subtype)) if is_name(kind) && is_name(subtype) => text,
        _ => FILE.to_string(),
    }
}

/// Whether a mail is 7bit (RFC 2045 section 2.7): ASCII without NUL, lines ended by CR LF and not too
/// long. It ends with a line end, so that the boundary takes nothing away from it.
fn is_clean(mail: &[u8]) -> bool {
    let Some(body) = mail.strip_suffix(b"\r\n") else { return false };
    let text = body.split(|byte| *byte == b'\n').enumerate();
    let count = memchr::memchr_iter(b'\n', body).count();
    text.into_iter().all(|(number, line)| {
        let line = if number < count { line.strip_suffix(b"\r") } else { Some(line) };
        line.is_some_and(|line| {
            line.len() <= LINE_BYTES_MAX
                && line.iter().all(|byte| byte.is_ascii() && !matches!(byte, 0 | b'\r'))
        })
    })
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    Base64Encoder::new().wrap_lines().encode_into(bytes, &mut encoded);
    encoded
}
