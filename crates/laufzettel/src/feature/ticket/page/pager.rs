//! The way back to the list a ticket was opened from, and to its neighbours there.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::icon;
use crate::texts;

/// Where a ticket stands in the list it was opened from.
#[derive(Clone, Debug)]
pub struct Pager {
    /// The list.
    pub back: String,
    /// The address of the ticket before it.
    pub previous: Option<String>,
    /// The address of the ticket after it.
    pub next: Option<String>,
    /// Which one it is.
    pub place: Option<Position>,
}

/// `1 von 38`, both ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which one it is.
    pub position: String,
    /// Of how many.
    pub total: String,
}

/// The way back alone. The neighbours are fetched once the page stands: it waits for nothing.
pub(super) fn unplaced(language: Language, number: &str, back: &str) -> Markup {
    let pager = Pager { back: back.to_owned(), previous: None, next: None, place: None };
    let address = format!("/tickets/{}/pager?from={}", encode(number), encode(back));
    let wanted = back.starts_with("/inbox").then_some(address);
    nav(language, &pager, wanted.as_deref())
}

/// The way back and to the neighbours: a fragment.
pub fn pager(language: Language, pager: &Pager) -> Markup {
    nav(language, pager, None)
}

fn nav(language: Language, pager: &Pager, wanted: Option<&str>) -> Markup {
    let texts = texts::ticket(language);
    html! {
        nav class="row row-tight only-wide" aria-label=(texts.page_through())
            hx-get=[wanted] hx-trigger=[wanted.map(|_| "load")] hx-swap=[wanted.map(|_| "outerHTML")] {
            a class="btn btn-quiet" href=(pager.back) data-key="u" title=(texts.back_title()) aria-label=(texts.back()) {
                (icon("arrow-left"))
            }
            (step(pager.previous.as_deref(), "k", texts.previous_title(), texts.previous(), "chevron-up"))
            (step(pager.next.as_deref(), "j", texts.next_title(), texts.next(), "chevron-down"))
            @if let Some(place) = &pager.place {
                span class="muted num nowrap wide-only" { (texts.position(&place.position, &place.total)) }
            }
        }
    }
}

fn step(href: Option<&str>, key: &str, title: &str, label: &str, symbol: &str) -> Markup {
    html! {
        @if let Some(href) = href {
            a class="btn btn-quiet" href=(href) data-key=(key) title=(title) aria-label=(label) { (icon(symbol)) }
        } @else {
            span class="btn btn-quiet" role="link" aria-disabled="true" aria-label=(label) { (icon(symbol)) }
        }
    }
}
