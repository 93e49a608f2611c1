//! Why a message lies in its ticket: one sentence, then the facts, and where else it could go.

use maud::{Markup, html};
use values::Language;

use crate::feature::regroup::page::{Mover, mover};
use crate::http::encode;
use crate::record::frame::{self, Evidence, Frame, Layout, evidence, icon, icon_large};
use crate::texts;

/// Why a message lies in its ticket.
#[derive(Clone, Debug)]
pub struct Why {
    /// The number of the ticket.
    pub number: String,
    /// The message.
    pub message: String,
    /// Who brought it here from another ticket.
    pub moved: Option<Markup>,
    /// What became of its mail and why.
    pub sentence: Markup,
    /// By which mailbox it came.
    pub mailbox: Option<String>,
    /// The facts behind it.
    pub evidence: Vec<Evidence>,
    /// What corrects it, for who may.
    pub mover: Option<Mover>,
    /// Where more of it stands, and what else can be made of it: icon, words, address.
    pub further: Vec<(&'static str, String, String)>,
}

/// The inside of the popover that explains a message.
pub fn why(language: Language, why: &Why) -> Markup {
    let texts = texts::ticket(language);
    html! {
        header {
            h2 { (texts.why()) }
            button class="btn btn-quiet btn-sm end" type="button" data-close aria-label=(texts::common(language).close()) {
                (icon("x"))
            }
        }
        (content(language, why))
    }
}

fn content(language: Language, why: &Why) -> Markup {
    let mover = why.mover.as_ref().map(|one| mover(language, one));
    html! {
        div class="body" {
            @if let Some(moved) = &why.moved { p { (moved) } }
            p {
                (why.sentence)
                @if let Some(mailbox) = &why.mailbox { " " (texts::regroup(language).by_mailbox(mailbox)) }
            }
            @if !why.evidence.is_empty() { (evidence(language, &why.evidence)) }
            @if let Some((field, _)) = &mover { (field) }
        }
        @if mover.is_some() || !why.further.is_empty() {
            footer {
                @if let Some((_, split)) = &mover { (split) }
                @for (symbol, words, href) in &why.further {
                    a class="btn btn-quiet" href=(href) { (icon(symbol)) (words) }
                }
            }
        }
    }
}

/// The same as a page, for browsers without a script.
pub fn why_page(frame: &Frame, why: &Why) -> Markup {
    let language = frame.language;
    let (texts, common) = (texts::ticket(language), texts::common(language));
    let back = format!("/tickets/{}#message-{}", encode(&why.number), why.message);
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(back) aria-label=(common.close()) { (icon_large("arrow-left")) }
                h1 class="trunc" { span class="muted num" { (why.number) } " " (texts.why()) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.why()) {
            div class="setpage" { section class="card whycard" { (content(language, why)) } }
        }
    };
    frame::page(frame, Layout::Overview, texts.why(), &main)
}
