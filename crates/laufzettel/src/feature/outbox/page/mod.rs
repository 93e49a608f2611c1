//! The outbox as a page: every mail that ever left, with each attempt and the server's words.

mod entry;
mod find;
mod row;
mod state;

use maud::{Markup, html};
use values::Language;

pub use entry::{Entry, Offer, Step, StepResult, entry};
pub use find::{FindPage, find_page};
pub use row::{Row, row};
pub use state::of_recipient;

use crate::feature::journal::page::{Direction, bar, finder};
use crate::record::frame::{self, Current, Frame, Layout, icon};
use crate::texts;

/// The outbox.
#[derive(Clone, Debug)]
pub struct OutboxPage {
    /// What was searched for.
    pub query: String,
    /// The kinds of mails to look at.
    pub tabs: Vec<Tab>,
    /// The rows.
    pub list: OutList,
    /// The mail that is open beside the list.
    pub entry: Option<Entry>,
}

/// One kind of mails to look at.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub name: &'static str,
    /// How many there are, ready to print; empty for all, and if there are none.
    pub count: String,
    /// Its address.
    pub href: String,
    /// Whether it is the present one.
    pub state: Current,
}

/// The rows of the outbox, newest first.
#[derive(Clone, Debug)]
pub struct OutList {
    /// Path and query of this list, for refreshing it.
    pub here: String,
    /// Whether all mails are listed, not those of a search or a kind.
    pub is_whole: bool,
    /// The days.
    pub days: Vec<Day>,
    /// The address of older mails.
    pub more: Option<String>,
}

/// The mails of one day.
#[derive(Clone, Debug)]
pub struct Day {
    /// `Heute`, `Gestern`, `Do 19.11.`; `None` for rows that are appended to their day.
    pub name: Option<String>,
    /// Its mails.
    pub rows: Vec<Row>,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &OutboxPage) -> Markup {
    let language = frame.language;
    let texts = texts::outbox(language);
    let main = html! {
        header {
            (bar(language, Direction::Out, &page.query))
            (finder(language, &page.query))
            (tabs(language, page))
            (frame::banners(frame))
        }
        div class="split jsplit" {
            (list(language, &page.list))
            aside class="pane pane-aside" aria-label=(texts.entry()) tabindex="0" {
                @if let Some(open) = &page.entry { (entry(language, open, &page.list.here)) } @else {
                    div class="empty" { (icon("send")) h2 { (texts.nothing_open()) } p { (texts.nothing_open_text()) } }
                }
            }
        }
        (status_line(language))
    };
    frame::page(frame, Layout::Overview, texts.mails(), &main)
}

fn tabs(language: Language, page: &OutboxPage) -> Markup {
    let texts = texts::outbox(language);
    html! {
        div class="bar bar-sub" role="group" aria-label=(texts.state()) tabindex="0" {
            nav class="seg" aria-label=(texts.state()) {
                @for tab in &page.tabs {
                    a href=(tab.href) aria-current=[tab.state.mark()] {
                        (tab.name)
                        @if !tab.count.is_empty() { " " span class="count" { (tab.count) } }
                    }
                }
            }
        }
    }
}

/// The rows: a fragment that refreshes itself when mails leave.
pub fn list(language: Language, list: &OutList) -> Markup {
    html! {
        div class="pane" id="mails" tabindex="0" role="region" aria-label=(texts::outbox(language).mails())
            hx-get=(list.here) hx-select="#mails"
            hx-trigger="live:outbox from:body, live:refresh from:body" hx-swap="morph:outerHTML" {
            @if list.days.is_empty() { (nothing(language, list)) }
            (more_rows(language, list))
        }
    }
}

fn nothing(language: Language, list: &OutList) -> Markup {
    let texts = texts::outbox(language);
    html! {
        div class="empty" {
            @if list.is_whole {
                (icon("send")) h2 { (texts.nothing_yet()) } p { (texts.nothing_yet_text()) }
            } @else {
                h2 { (texts.nothing_found()) } p { (texts.nothing_found_text()) }
                a class="btn" href="/mails/out" { (texts.show_all()) }
            }
        }
    }
}

/// Further days and the next link, in place of the link that asked for them.
pub fn more_rows(language: Language, list: &OutList) -> Markup {
    html! {
        @for (position, one) in list.days.iter().enumerate() { (day(language, position, one)) }
        @if let Some(href) = &list.more {
            p class="loadmore" id="more-mails" {
                a class="btn" href=(href) data-more hx-get=(href) hx-select="unset" hx-target="#more-mails"
                    hx-swap="outerHTML" {
                    (texts::outbox(language).older())
                }
            }
        }
    }
}

fn day(language: Language, position: usize, day: &Day) -> Markup {
    let id = format!("day-{position}");
    html! {
        section aria-labelledby=[day.name.as_ref().map(|_| &id)] {
            @if let Some(name) = &day.name {
                h2 class="tgroup" id=(id) { span class="reiter" { (name) } }
            }
            ul { @for one in &day.rows { (row(language, one)) } }
        }
    }
}

fn status_line(language: Language) -> Markup {
    let common = texts::common(language);
    html! {
        footer class="statusline" aria-label=(common.all_keys()) {
            span { kbd { "J" } kbd { "K" } " " (common.move_keys()) }
            span { kbd { "Enter" } " " (common.open()) }
            span { kbd { "/" } " " (common.search()) }
        }
    }
}
