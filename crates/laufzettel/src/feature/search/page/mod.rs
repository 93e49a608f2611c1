//! The search as a page: tickets, then messages and attachments, with the words found.

mod hit;
mod palette;
#[cfg(test)]
pub mod samples;

use maud::{Markup, html};
use values::Language;

pub use hit::{MessageHit, Piece, Place, TicketHit};
pub use palette::{
    Command, Glyph, Group, GroupKind, Run, TicketBelow, addresses, commands, mail_with, places,
    results,
};

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
    /// Other searches that may find more, if nothing was found.
    pub wider: Vec<Wider>,
}

/// A search that may find more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wider {
    /// In which way.
    pub kind: WiderKind,
    /// Its address.
    pub href: String,
}

/// What a wider search leaves out of what narrows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WiderKind {
    /// That it is for tickets or messages alone.
    AllKinds,
    /// That the words stand there exactly so.
    AnyForm,
    /// That tickets are open.
    ClosedToo,
    /// All but the words.
    WithoutFilter,
}

/// One kind of hits to look at.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Which kind.
    pub kind: TabKind,
    /// How many there are, ready to print; empty if there are none.
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

impl Hits {
    /// Whether nothing is shown.
    pub fn are_none(&self) -> bool {
        self.tickets.is_empty() && self.messages.is_empty()
    }
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
            @if !page.hits.are_none() {
                span { kbd { "J" } kbd { "K" } " " (common.move_keys()) }
                span { kbd { "Enter" } " " (common.open()) }
            }
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
        @if !page.tabs.is_empty() || !page.unknown.is_empty() {
            div class="bar bar-sub" role="group" aria-label=(texts::common(language).filter()) tabindex="0" {
                @if !page.tabs.is_empty() { (kinds(language, &page.tabs)) }
                @for name in &page.unknown {
                    span class="pill" data-tone="amber" { (icon("circle-help")) (texts.unknown_name(name)) }
                }
            }
        }
    }
}

fn kinds(language: Language, tabs: &[Tab]) -> Markup {
    html! {
        nav class="seg" aria-label=(texts::common(language).hits()) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.state.mark()] {
                    (tab_name(language, tab.kind))
                    @if !tab.count.is_empty() { " " span class="count" { (tab.count) } }
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
    if page.total == "0" {
        return nothing(language, page);
    }
    html! {
        p class="goon" id="found" role="status" {
            @if page.total.is_empty() { (texts.begin()) } @else {
                (texts.total(&page.total))
                @if !page.also.is_empty() { " " (texts.also(&listed(language, &page.also))) }
                @if let Some(href) = &page.exact { " " a class="linked" href=(href) { (texts.exact()) } }
            }
        }
    }
}

fn nothing(language: Language, page: &SearchPage) -> Markup {
    let texts = texts::search(language);
    html! {
        div class="empty" id="found" role="status" {
            h2 { (texts.nothing(&page.query)) }
            p { (texts.nothing_text()) }
            @for one in &page.wider { a class="btn" href=(one.href) { (wider_name(language, one.kind)) } }
        }
    }
}

fn wider_name(language: Language, kind: WiderKind) -> &'static str {
    let texts = texts::search(language);
    match kind {
        WiderKind::AllKinds => texts.all_kinds(),
        WiderKind::AnyForm => texts.any_form(),
        WiderKind::ClosedToo => texts.closed_too(),
        WiderKind::WithoutFilter => texts.without_filter(),
    }
}

/// Words in quotation marks: `„a“, „b“ und „c“`.
fn listed(language: Language, words: &[String]) -> String {
    let texts = texts::search(language);
    let quoted: Vec<String> = words.iter().map(|word| texts.quoted(word)).collect();
    match quoted.split_last() {
        Some((last, first)) if !first.is_empty() => texts.and(&first.join(", "), last),
        _ => quoted.concat(),
    }
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
