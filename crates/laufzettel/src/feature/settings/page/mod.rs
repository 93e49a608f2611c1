//! The settings: the overview with its search, numbering, and the rules of new tickets.

mod hints;
mod mails;
mod new_tickets;
mod numbers;

use maud::{Markup, html};
use values::Language;

pub use hints::{HintsPage, hints_page};
pub use mails::{MailsPage, mails_page};
pub use new_tickets::{NewTicketsPage, new_tickets_page};
pub use numbers::{NumbersPage, numbers_page, preview};

use super::find::Place;
use super::history::{self, EventRow};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// The overview.
#[derive(Clone, Debug)]
pub struct OverviewPage {
    /// The cards with what is set there.
    pub cards: Vec<Card>,
    /// What was looked for.
    pub typed: String,
    /// What was found.
    pub found: Vec<Place>,
    /// The last changes.
    pub changes: Vec<EventRow>,
}

/// Settings that belong together.
#[derive(Clone, Debug)]
pub struct Card {
    /// The icon.
    pub icon: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// Name, address, and how many entries there are.
    pub links: Vec<(&'static str, String, Option<usize>)>,
}

/// Prints the overview.
pub fn overview(frame: &Frame, page: &OverviewPage) -> Markup {
    let language = frame.language;
    let (texts, common) = (texts::settings(language), texts::common(language));
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                h1 { (common.settings()) }
                span class="end row" {
                    a class="btn only-wide" href="/settings/history" { (icon("history")) (texts.all_changes()) }
                }
            }
            form class="finder" role="search" method="get" action="/settings" {
                label for="find" { (texts.find()) }
                div class="inputwrap" {
                    (icon("search"))
                    input class="input" id="find" type="search" name="q" value=(page.typed) autocomplete="off"
                        hx-get="/settings" hx-trigger="input changed delay:150ms, search" hx-target="#found"
                        hx-swap="morph:outerHTML" hx-sync="this:replace";
                }
                noscript { button class="btn" { (common.search()) } }
            }
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(common.settings()) {
                div class="setpage setover" {
                    (found(language, page))
                    div class="setgrid" { @for one in &page.cards { (card(language, one)) } }
                }
            }
            aside class="pane pane-aside flow" aria-labelledby="h-changes" {
                div class="testpanel" {
                    header { h2 id="h-changes" { (texts.last_changes()) } }
                    (history::list(language, &page.changes))
                    a class="linked" href="/settings/history" { (texts.all_changes()) }
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, common.settings(), &main)
}

/// What was found: the fragment that typing replaces.
pub fn found(language: Language, page: &OverviewPage) -> Markup {
    let texts = texts::settings(language);
    let hits = u64::try_from(page.found.len()).unwrap_or_default();
    html! {
        div id="found" {
            p class="vh" role="status" { @if !page.typed.is_empty() { (texts.found(hits)) } }
            @if !page.typed.is_empty() {
                section class="card" aria-labelledby="h-found" {
                    header { h2 id="h-found" { (texts.hits_for(&page.typed)) } }
                    @if page.found.is_empty() { p class="pad soft" { (texts.no_hits()) } }
                    ul class="hitlist" {
                        @for place in &page.found {
                            li { a href=(place.href) { (place.name) } small { (place.on) } }
                        }
                    }
                }
            }
        }
    }
}

fn card(language: Language, card: &Card) -> Markup {
    let id = format!("c-{}", card.icon);
    html! {
        section class="setcard" aria-labelledby=(id) {
            (icon(card.icon))
            h2 id=(id) { (card.heading) }
            ul {
                @for (name, href, count) in &card.links {
                    li {
                        a href=(href) { (name) }
                        @if let Some(count) = count {
                            " " span class="n" { (texts::number(language, u64::try_from(*count).unwrap_or_default())) }
                        }
                    }
                }
            }
        }
    }
}

/// The bar of a page with the way back to the overview.
pub fn bar(language: Language, title: &str) -> Markup {
    let common = texts::common(language);
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class="row row-tight trunc" aria-label=(common.settings()) {
                a class="soft" href="/settings" { (common.settings()) }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 { (title) }
            span class="end row" {
                a class="btn" href="/settings/history?subject=house&id=0" aria-label=(texts::settings(language).changes()) {
                    (icon("history")) span class="only-wide" { (texts::settings(language).changes()) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
