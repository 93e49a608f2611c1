//! A body that somebody wrote here, as text or as HTML: one segment, ready to be stored.
//!
//! Quotes and signatures are not looked for: who writes here writes what is meant.

use mail::clean::{CLEANER_VERSION, clean};
use mail::text::text_from_html;

use super::message::Segment;

/// Letters of the preview in lists.
const PREVIEW_LETTERS: usize = 200;

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its only segment.
    pub segment: Segment,
    /// Its HTML, cleaned, if it was written as HTML.
    pub html: Option<String>,
    /// How many pictures of other servers were left out.
    pub blocked_remote: i64,
}

impl Body {
    /// A body written as text.
    pub fn from_text(text: &str) -> Self {
        Self { segment: segment(text, false), html: None, blocked_remote: 0 }
    }

    /// A body written as HTML. It is cleaned like that of a mail.
    pub fn from_html(html: &str) -> Self {
        let cleaned = clean(&html.replace('\0', ""));
        Self {
            segment: segment(&text_from_html(&cleaned.html), true),
            html: Some(cleaned.html),
            blocked_remote: i64::try_from(cleaned.blocked_remote).unwrap_or(i64::MAX),
        }
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.segment.text.trim().is_empty()
    }

    /// The beginning of its text on one line.
    pub fn preview(&self) -> String {
        preview(&self.segment.text)
    }

    /// The version of the cleaner that made its HTML.
    pub fn cleaner(&self) -> i64 {
        i64::from(CLEANER_VERSION)
    }
}

/// The beginning of a text on one line.
pub fn preview(text: &str) -> String {
    let words = text.split_whitespace().take(PREVIEW_LETTERS);
    words.collect::<Vec<_>>().join(" ").chars().take(PREVIEW_LETTERS).collect()
}

/// A piece of HTML that somebody wrote here, a signature for example, cleaned; nothing if there is
/// nothing to read or to see in it.
pub fn piece_of_html(html: &str) -> Option<String> {
    let cleaned = clean(&html.replace('\0', "")).html;
    let is_seen = cleaned.contains("<img") || !text_from_html(&cleaned).trim().is_empty();
    is_seen.then_some(cleaned)
}

/// A piece of HTML from a form with a text field and a hidden field of the same in HTML.
///
/// The editor in the browser keeps both; without a script only the text can have changed, and then
/// it counts as paragraphs.
pub fn edited_piece(text: &str, html: &str, stored: Option<&str>) -> Option<String> {
    let stored = stored.unwrap_or_default();
    let is_html_meant = html != stored || words(text) == words(&text_from_html(stored));
    match is_html_meant && !html.trim().is_empty() {
        true => piece_of_html(html),
        false => piece_of_html(&paragraphs(text)),
    }
}

/// The words of a text, whatever is between them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Text as HTML: an empty line begins a paragraph.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = |part: &str| part.trim_end().lines().map(escaped).collect::<Vec<_>>().join("<br>");
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| format!("<p>{}</p>", lines(part))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn segment(text: &str, html: bool) -> Segment {
    let text = text.replace('\0', "").replace("\r\n", "\n");
    Segment { kind: "new".to_owned(), text, html }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_cleaned_and_read_as_text() {
        let body = Body::from_html("<p>Guten <b>Tag</b></p><script>x()</script>");
        assert_eq!(body.html.as_deref(), Some("<p>Guten <b>Tag</b></p>"));
        assert_eq!(body.preview(), "Guten Tag");
        assert!(Body::from_html("<script>x()</script>").is_empty());
    }

    #[test]
    fn a_piece_without_anything_to_read_is_none() {
        assert_eq!(
            piece_of_html("<p>Anna</p><script>x()</script>").as_deref(),
            Some("<p>Anna</p>")
        );
        for empty in ["", " ", "<p></p>", "<p><br></p>", "<script>x()</script>"] {
            assert_eq!(piece_of_html(empty), None, "{empty}");
        }
    }

    #[test]
    fn the_text_counts_where_no_script_kept_the_html() {
        let stored = "<p><b>Anna</b><br>Ott</p>";
        let table = [
            ("Anna\r\nOtt", stored, Some(stored), "<p><b>Anna</b><br>Ott</p>"),
            ("Anna\r\nBerg", stored, Some(stored), "<p>Anna<br>Berg</p>"),
            ("Anna\nBerg", "<p><i>Anna</i></p>", Some(stored), "<p><i>Anna</i></p>"),
            ("A & <b>\n\nB", "", None, "<p>A &amp; &lt;b&gt;</p><p>B</p>"),
            ("x", "<p>x</p>", None, "<p>x</p>"),
        ];
        for (text, html, before, expected) in table {
            assert_eq!(edited_piece(text, html, before).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(edited_piece("", stored, Some(stored)), None);
        assert_eq!(edited_piece(" ", "", None), None);
    }

    #[test]
    fn text_stays_as_it_was_written() {
        let body = Body::from_text("Zeile 1\r\n> Zeile 2\0");
        assert_eq!(body.segment.text, "Zeile 1\n> Zeile 2");
        assert_eq!(body.preview(), "Zeile 1 > Zeile 2");
        assert!(Body::from_text(" \n").is_empty());
    }
}
