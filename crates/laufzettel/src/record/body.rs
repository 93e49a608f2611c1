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
        let words = self.segment.text.split_whitespace().take(PREVIEW_LETTERS);
        words.collect::<Vec<_>>().join(" ").chars().take(PREVIEW_LETTERS).collect()
    }

    /// The version of the cleaner that made its HTML.
    pub fn cleaner(&self) -> i64 {
        i64::from(CLEANER_VERSION)
    }
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
    fn text_stays_as_it_was_written() {
        let body = Body::from_text("Zeile 1\r\n> Zeile 2\0");
        assert_eq!(body.segment.text, "Zeile 1\n> Zeile 2");
        assert_eq!(body.preview(), "Zeile 1 > Zeile 2");
        assert!(Body::from_text(" \n").is_empty());
    }
}
