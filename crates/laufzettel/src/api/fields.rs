//! Fields that several requests have: bodies, subjects, tags, uploads.

use web::Problem;

use super::problems::{invalid, unknown};
use crate::record::AttachmentId;
use crate::record::body::{Body, piece_of_html};
use crate::record::tags::Tag;

/// Letters of a subject.
const SUBJECT_LETTERS_MAX: usize = 500;
/// Letters of a name or another text on one line.
const LINE_LETTERS_MAX: usize = 200;
/// Bytes of a piece of HTML: a signature, what stands above or below mails, a text block.
const PIECE_BYTES_MAX: usize = 64 * 1024;
/// Tags of a ticket.
const TAGS_MAX: usize = 50;
/// Files of a message.
const UPLOADS_MAX: usize = 100;

/// A text on one line; nothing if it is empty.
pub fn line(text: &str) -> Option<String> {
    let is_kept = |c: &char| !c.is_control() || c.is_whitespace();
    let text: String = text.chars().filter(is_kept).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| text.chars().take(LINE_LETTERS_MAX).collect())
}

/// A text on one line that may be missing, but not be too long.
pub fn short(
    field: &str,
    text: Option<&str>,
    letters_max: usize,
) -> Result<Option<String>, Problem> {
    let text = text.unwrap_or_default();
    match text.chars().count() > letters_max {
        true => Err(invalid(field, "too_long", &format!("at most {letters_max} letters"))),
        false => Ok(line(text)),
    }
}

/// A text in several lines that may be missing, but not be too long.
pub fn lines(
    field: &str,
    text: Option<&str>,
    letters_max: usize,
) -> Result<Option<String>, Problem> {
    let text = written(text.unwrap_or_default());
    match text.chars().count() > letters_max {
        true => Err(invalid(field, "too_long", &format!("at most {letters_max} letters"))),
        false => Ok(Some(text).filter(|text| !text.is_empty())),
    }
}

/// What was written in several lines, without what PostgreSQL cannot store and browsers add.
pub fn written(text: &str) -> String {
    text.replace('\0', "").replace("\r\n", "\n").trim().to_owned()
}

/// A name, which may be neither empty nor too long.
pub fn name(field: &str, text: &str) -> Result<String, Problem> {
    if text.chars().count() > LINE_LETTERS_MAX {
        return Err(invalid(field, "too_long", "at most 200 letters"));
    }
    line(text).ok_or_else(|| invalid(field, "empty", "a text is needed"))
}

/// A subject.
pub fn subject(field: &str, text: &str) -> Result<String, Problem> {
    let text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(invalid(field, "empty", "a text is needed")),
        letters if letters > SUBJECT_LETTERS_MAX => {
            Err(invalid(field, "too_long", "at most 500 letters"))
        }
        _ => Ok(text),
    }
}

/// A body, written as text or as HTML.
pub fn body_of(text: Option<&str>, html: Option<&str>) -> Result<Body, Problem> {
    let (field, body) = match (text, html) {
        (Some(text), None) => ("body_text", Body::from_text(text)),
        (None, Some(html)) => ("body_html", Body::from_html(html)),
        (None, None) => {
            return Err(invalid("body_text", "missing_field", "body_text or body_html"));
        }
        (Some(_), Some(_)) => {
            return Err(invalid("body_html", "two_bodies", "body_text or body_html, not both"));
        }
    };
    if body.is_empty() { Err(invalid(field, "empty", "a text is needed")) } else { Ok(body) }
}

/// A piece of HTML, like a signature, cleaned as it will be sent; nothing if it is empty.
pub fn html(field: &str, html: Option<&str>) -> Result<Option<String>, Problem> {
    match html {
        Some(html) if html.len() > PIECE_BYTES_MAX => {
            Err(invalid(field, "too_long", "at most 64 KiB"))
        }
        html => Ok(html.and_then(piece_of_html)),
    }
}

/// One of some words.
pub fn word(field: &str, text: &str, words: &[&'static str]) -> Result<String, Problem> {
    match words.contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(invalid(field, "unknown", &words.join(", "))),
    }
}

/// Tags, each once.
pub fn tags(texts: &[String]) -> Result<Vec<Tag>, Problem> {
    let mut tags: Vec<Tag> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let field = format!("tags[{place}]");
        let tag = Tag::parse(text).ok_or_else(|| invalid(&field, "empty", "a text is needed"))?;
        if !tags.iter().any(|known| known.key() == tag.key()) {
            tags.push(tag);
        }
    }
    match tags.len() {
        0..=TAGS_MAX => Ok(tags),
        _ => Err(invalid("tags", "too_long", "at most 50 tags")),
    }
}

/// Ids of uploads. Whether they wait is decided when they are attached.
pub fn uploads(texts: &[String]) -> Result<Vec<AttachmentId>, Problem> {
    let mut ids = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let field = format!("attachments[{place}]");
        let id = AttachmentId::parse(text).ok_or_else(|| unknown(&field))?;
        if ids.contains(&id) {
            return Err(invalid(&field, "twice", "each upload once"));
        }
        ids.push(id);
    }
    match ids.len() {
        0..=UPLOADS_MAX => Ok(ids),
        _ => Err(invalid("attachments", "too_long", "at most 100 files")),
    }
}
