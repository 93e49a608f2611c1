//! The original of a mail, as it came over the wire.

use maud::{Markup, html};

use crate::record::frame::{self, Frame, Layout, icon, icon_large};
use crate::texts;

/// The original of a mail.
#[derive(Clone, Debug)]
pub struct RawPage {
    /// The subject; empty if it has none.
    pub subject: String,
    /// The page it was opened from.
    pub back: String,
    /// The address of the file itself.
    pub download: String,
    /// The octets as text.
    pub source: String,
    /// How much of it is shown, if not all: shown and whole size, ready to print.
    pub cut: Option<(String, String)>,
}

/// Prints the original.
pub fn raw_page(frame: &Frame, page: &RawPage) -> Markup {
    let language = frame.language;
    let texts = texts::journal(language);
    let subject = if page.subject.trim().is_empty() { texts.no_subject() } else { &page.subject };
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(page.back) data-key="u" aria-label=(texts.back()) {
                    (icon_large("arrow-left"))
                }
                h1 class="trunc" { (texts.original_of(subject)) }
                span class="end row" { a class="btn" href=(page.download) { (icon("download")) (texts.download_original()) } }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.original()) {
            pre class="source" { (page.source) }
            @if let Some((shown, whole)) = &page.cut { p class="muted" { (texts.cut(shown, whole)) } }
        }
    };
    frame::page(frame, Layout::Detail, texts.original(), &main)
}
