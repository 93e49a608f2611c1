//! The search as a page: tickets, then messages and attachments, with the words found.

mod hit;
mod palette;
#[cfg(test)]
pub mod samples;

use maud::{Markup, html};
use values::Language;

pub use hit::{MessageHit, Piece, Place, TicketHit};
pub use palette::{Command, Glyph, Group, GroupKind, Run, commands, options, places};

use crate::record::frame::{self, Current, Frame, Layout, icon};
use crate::texts;

/// The result of a search.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// What was searched for.
    pub query: String,
    /// The kinds of hits to look at.
    pub tabs: Vec<Tab>,
    /// How many hits there are, ready to print: `37` or `1.000+`; empty before the first search.
    pub total: String,
    /// Other forms of the words that were found too.
    pub also: Vec<String>,
    /// The search for exactly these words, if it would find less.
    pub exact: Option<String>,
    /// Names that no field and no value has; they are searched as words.
    pub unknown: Vec<String>,
    /// The hits.
    pub hits: Hits,
}

/// One kind of hits to look at.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Which kind.
    pub kind: TabKind,
    /// How many there are, ready to print.
    pub count: String,
    /// Its address.
    pub href: String,
    /// Whether it is the present one.
    pub state: Current,
}

/// The kinds of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabKind {
    /// Tickets and messages.
    All,
    /// Tickets alone.
    Tickets,
    /// Messages and attachments alone.
    Messages,
}

/// The hits that are shown.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// Tickets.
    pub tickets: Vec<TicketHit>,
    /// How many tickets there are, ready to print; empty if the list goes on.
    pub ticket_total: String,
    /// Messages and attachments.
    pub messages: Vec<MessageHit>,
    /// How many of them there are, ready to print; empty if the list goes on.
    pub message_total: String,
    /// How to go on.
    pub go_on: Option<GoOn>,
}

/// How to go on searching.
#[derive(Clone, Debug)]
pub struct GoOn {
    /// The address of the next hits.
    pub href: String,
    /// How far the search got: a date, ready to print. `None` if more hits are known already.
    pub until: Option<String>,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &SearchPage) -> Markup {
    let language = frame.language;
    let texts = texts::search(language);
    let common = texts::common(language);
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(language)) h1 { (common.search_noun()) } }
            (finder(language, &page.query))
            (tabs(language, page))
            (frame::banners(frame))
        }
        div class="pane" tabindex="0" role="region" aria-label=(common.hits()) {
            (summary(language, page))
            (hits(language, &page.hits))
        }
        footer class="statusline" aria-label=(common.all_keys()) {
            span { kbd { "J" } kbd { "K" } " " (common.move_keys()) }
            span { kbd { "Enter" } " " (common.open()) }
            span { kbd { "/" } " " (common.search()) }
            span class="end" { (texts.only_yours()) }
        }
    };
    frame::page(frame, Layout::Overview, common.search_noun(), &main)
}

fn finder(language: Language, query: &str) -> Markup {
    let texts = texts::search(language);
    html! {
        form class="finder solo" method="get" action="/search" role="search" {
            label class="vh" for="words" { (texts.words()) }
            div class="inputwrap" {
                (icon("search"))
                input class="input" id="words" type="search" name="q" value=(query) aria-describedby="found"
                    placeholder=(texts.hint()) data-key="/ q" autofocus[query.is_empty()];
                kbd class="only-wide" { "/" }
            }
            button class="btn btn-primary" { (texts::common(language).search()) }
        }
    }
}

fn tabs(language: Language, page: &SearchPage) -> Markup {
    let texts = texts::search(language);
    html! {
        @if !page.tabs.is_empty() {
            div class="bar bar-sub" role="group" aria-label=(texts::common(language).filter()) tabindex="0" {
                nav class="seg" aria-label=(texts::common(language).hits()) {
                    @for tab in &page.tabs {
                        a href=(tab.href) aria-current=[tab.state.mark()] {
                            (tab_name(language, tab.kind)) " " span class="count" { (tab.count) }
                        }
                    }
                }
                @for name in &page.unknown {
                    span class="pill" data-tone="amber" { (icon("circle-help")) (texts.unknown_name(name)) }
                }
            }
        }
    }
}

fn tab_name(language: Language, kind: TabKind) -> &'static str {
    let texts = texts::search(language);
    match kind {
        TabKind::All => texts.everything(),
        TabKind::Tickets => texts.tickets(),
        TabKind::Messages => texts.messages(),
    }
}

fn summary(language: Language, page: &SearchPage) -> Markup {
    let texts = texts::search(language);
    html! {
        p class="goon" id="found" role="status" {
            @if page.total.is_empty() { (texts.begin()) } @else if page.total == "0" { (texts.nothing()) } @else {
                (texts.total(&page.total))
                @if !page.also.is_empty() { " " (texts.also(&listed(language, &page.also))) }
                @if let Some(href) = &page.exact { " " a class="linked" href=(href) { (texts.exact()) } }
            }
        }
    }
}

/// Words in quotation marks, one after the other.
fn listed(language: Language, words: &[String]) -> String {
    let quoted: Vec<String> =
        words.iter().map(|word| texts::search(language).quoted(word)).collect();
    quoted.join(", ")
}

/// The hits and the link that goes on: also the fragment that takes the place of that link.
pub fn hits(language: Language, hits: &Hits) -> Markup {
    let texts = texts::search(language);
    html! {
        @if !hits.tickets.is_empty() {
            section aria-label=(texts.tickets()) {
                (heading(texts.tickets(), &hits.ticket_total))
                ul { @for one in &hits.tickets { (hit::ticket(language, one)) } }
            }
        }
        @if !hits.messages.is_empty() {
            section aria-label=(texts.messages_and_files()) {
                (heading(texts.messages_and_files(), &hits.message_total))
                ul { @for one in &hits.messages { (hit::message(language, one)) } }
            }
        }
        @if let Some(go_on) = &hits.go_on {
            div class="goon" id="go-on" {
                a class="btn" href=(go_on.href) data-more hx-get=(go_on.href) hx-target="#go-on" hx-swap="outerHTML" {
                    (texts.go_on())
                }
                @if let Some(date) = &go_on.until { span { (texts.until(date)) } }
            }
        }
    }
}

fn heading(name: &str, total: &str) -> Markup {
    html! {
        @if !total.is_empty() {
            h2 class="tgroup" { span class="reiter" { (name) " " span class="n" { (total) } } }
        }
    }
}
