//! A ticket on paper: everything unfolded, nothing to click.

use maud::{DOCTYPE, Markup, html};
use values::Language;

use super::message::Kind;
use crate::record::frame::{Moment, head_of_print, moment};
use crate::texts;

/// A ticket on paper.
#[derive(Clone, Debug)]
pub struct PrintPage {
    /// The ticket's number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its properties: name and value, in order, ready to print.
    pub properties: Vec<(String, String)>,
    /// Its messages, oldest first.
    pub messages: Vec<PrintMessage>,
    /// When it was printed, and by whom.
    pub printed: String,
}

/// A message on paper.
#[derive(Clone, Debug)]
pub struct PrintMessage {
    /// From outside, to outside, or for the team only.
    pub kind: Kind,
    /// Who wrote it.
    pub author: String,
    /// The recipients; empty for notes.
    pub to: String,
    /// When.
    pub time: Moment,
    /// The whole text in parts, and whether others wrote them before.
    pub parts: Vec<(String, bool)>,
    /// The attachments: name and size.
    pub attachments: Vec<(String, String)>,
}

/// The whole page, without the frame.
pub fn print_page(language: Language, page: &PrintPage) -> Markup {
    let texts = texts::ticket(language);
    html! {
        (DOCTYPE)
        html lang=(language.code()) data-theme="light" {
            (head_of_print(&format!("{} {}", page.number, page.subject)))
            body {
                main class="paper" {
                    a class="btn no-print" href={ "/tickets/" (page.number) } { (texts.back_to_ticket()) }
                    header {
                        p class="muted num" { "Laufzettel · " (page.number) }
                        h1 { (page.subject) }
                        dl class="kv" { @for (name, value) in &page.properties { dt { (name) } dd { (value) } } }
                    }
                    @for one in &page.messages { (message(language, one)) }
                    footer class="muted fine" {
                        p { (texts.printed(&page.printed)) }
                    }
                }
            }
        }
    }
}

fn message(language: Language, message: &PrintMessage) -> Markup {
    let texts = texts::ticket(language);
    let kind = match message.kind {
        Kind::In => "in",
        Kind::Out => "out",
        Kind::Note => "note",
    };
    html! {
        article class="msg" data-kind=(kind) {
            header {
                b { (message.author) }
                @if message.kind == Kind::Note {
                    span class="pill" data-tone="note" { (texts.note()) } span class="grow" {}
                } @else {
                    span class="to grow" { (texts.to(&message.to)) }
                }
                (moment(&message.time))
            }
            div class="text" {
                @for (text, is_quoted) in &message.parts {
                    @if *is_quoted {
                        blockquote { p class="mailtext" { (text) } }
                    } @else {
                        p class="mailtext" { (text) }
                    }
                }
            }
            @if !message.attachments.is_empty() {
                footer { @for (name, size) in &message.attachments { span { (name) " (" (size) ")" } } }
            }
        }
    }
}
