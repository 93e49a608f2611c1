//! What a mail says that lies in no ticket: its text without pictures, the names of its files.

use maud::{Markup, html};
use values::Language;

use crate::feature::ticket::page::{Segment, segment};
use crate::record::frame::icon;
use crate::texts;

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its text, by parts.
    pub segments: Vec<Segment>,
    /// Whether only the beginning of the text is shown.
    pub is_cut: bool,
    /// The names of its files.
    pub files: Vec<String>,
}

/// Prints what a mail says.
pub(super) fn said(language: Language, words: &Words) -> Markup {
    let texts = texts::journal(language);
    html! {
        section aria-labelledby="entry-text" {
            h3 id="entry-text" { (texts.text()) }
            div class="stack said" {
                @if words.segments.is_empty() { p class="muted" { (texts.no_text()) } }
                @for part in &words.segments { (segment(language, part)) }
                @if words.is_cut { p class="muted fine" { (texts.text_is_cut()) } }
                @if !words.files.is_empty() {
                    ul class="said-files fine" {
                        @for name in &words.files { li { (icon("file-text")) span { (name) } } }
                    }
                }
            }
        }
    }
}
