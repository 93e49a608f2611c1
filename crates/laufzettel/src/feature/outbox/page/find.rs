//! "Where is the mail?": one search in both directions.

use maud::{Markup, html};
use values::Language;

use super::row::{Row, row};
use crate::feature::journal::page::{self as journal, Direction, bar, finder};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// What was found in both directions.
#[derive(Clone, Debug)]
pub struct FindPage {
    /// What was searched for; empty if nothing was.
    pub query: String,
    /// Mails that came in, newest first.
    pub received: Vec<journal::Row>,
    /// Mails that left, newest first.
    pub sent: Vec<Row>,
    /// The address of all hits in the journal, if there are more.
    pub all_received: Option<String>,
    /// The address of all hits in the outbox, if there are more.
    pub all_sent: Option<String>,
}

/// Prints what was found.
pub fn find_page(frame: &Frame, page: &FindPage) -> Markup {
    let language = frame.language;
    let texts = texts::outbox(language);
    let main = html! {
        header {
            (bar(language, Direction::Both, &page.query))
            (finder(language, &page.query))
            (frame::banners(frame))
        }
        div class="pane" id="mails" tabindex="0" role="region" aria-label=(texts.hits()) {
            @if page.query.is_empty() {
                div class="empty" { (icon("scan-search")) h2 { (texts.ask()) } p { (texts.ask_text()) } }
            } @else if page.received.is_empty() && page.sent.is_empty() {
                div class="empty" { (icon("scan-search")) h2 { (texts.nothing_found()) } p { (texts.ask_text()) } }
            } @else {
                (received(language, page))
                (sent(language, page))
            }
        }
    };
    frame::page(frame, Layout::Overview, texts::journal(language).where_is_it(), &main)
}

fn received(language: Language, page: &FindPage) -> Markup {
    let texts = texts::outbox(language);
    html! {
        section aria-labelledby="found-in" {
            h2 class="tgroup" id="found-in" { span class="reiter" { (texts.found_in()) } }
            @if page.received.is_empty() { p class="empty-line muted" { (texts.found_none_in()) } }
            ul { @for one in &page.received { (journal::row(language, one)) } }
            @if let Some(href) = &page.all_received { (all(href, texts.found_all_in())) }
        }
    }
}

fn sent(language: Language, page: &FindPage) -> Markup {
    let texts = texts::outbox(language);
    html! {
        section aria-labelledby="found-out" {
            h2 class="tgroup" id="found-out" { span class="reiter" { (texts.found_out()) } }
            @if page.sent.is_empty() { p class="empty-line muted" { (texts.found_none_out()) } }
            ul { @for one in &page.sent { (row(language, one)) } }
            @if let Some(href) = &page.all_sent { (all(href, texts.found_all_out())) }
        }
    }
}

fn all(href: &str, word: &str) -> Markup {
    html! { p class="loadmore" { a class="btn" href=(href) { (word) } } }
}
