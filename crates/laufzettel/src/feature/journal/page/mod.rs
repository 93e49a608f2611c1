//! The journal of mails as a page: every mail that ever arrived, what was decided and why.

mod because;
mod chips;
mod entry;
mod place;
mod raw;
mod reason;
mod row;
mod said;
#[cfg(test)]
pub mod samples;

use maud::{Markup, html};
use values::Language;

use place::Key;

pub use chips::{Chip, Field, Offer};
pub use entry::{Deed, Entry, Retry, Step, StepKind, StepResult, entry};
pub use place::{Discard, PlaceForm, found, wrong};
pub use raw::{RawPage, raw_page};
pub use reason::{Outcome, Reason, explanation};
pub use row::{Remark, Row, Select, row};
pub use said::Words;

use crate::http::encode;
use crate::record::frame::{self, Current, Frame, Layout, icon};
use crate::texts;

/// The journal.
#[derive(Clone, Debug)]
pub struct JournalPage {
    /// What was searched for.
    pub query: String,
    /// What the list is limited to.
    pub chips: Vec<Chip>,
    /// What else it could be limited to.
    pub offers: Vec<Offer>,
    /// The kinds of mails to look at.
    pub tabs: Vec<Tab>,
    /// The rows.
    pub list: MailList,
    /// The mail that is open beside the list.
    pub entry: Option<Entry>,
    /// The form that places the mails that are chosen in the list.
    pub place: Option<PlaceForm>,
    /// How many mails came since yesterday.
    pub since_yesterday: u64,
}

/// One kind of mails to look at.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Which kind.
    pub kind: TabKind,
    /// How many there are, ready to print; empty for all, and if there are none.
    pub count: String,
    /// Its address.
    pub href: String,
    /// Whether it is the present one.
    pub state: Current,
}

/// The kinds of mails to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabKind {
    /// All mails.
    All,
    /// Mails of which a person has to say where they belong.
    Undecided,
    /// Mails that are in no ticket.
    WithoutTicket,
    /// Mails that could not be read.
    Quarantined,
}

/// The rows of the journal, newest first.
#[derive(Clone, Debug)]
pub struct MailList {
    /// Path and query of this list, for refreshing it.
    pub here: String,
    /// The days.
    pub days: Vec<Day>,
    /// What is said if there are none.
    pub empty: Empty,
    /// The address of the search in both directions, if words are looked for.
    pub find: Option<String>,
    /// The address of older mails.
    pub more: Option<String>,
}

/// Why a list is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Empty {
    /// No mail ever came.
    #[default]
    NoMails,
    /// Every mail is placed.
    NothingToDecide,
    /// Every mail is in a ticket.
    AllInTickets,
    /// Every mail could be read.
    NoQuarantine,
    /// What is looked for is not there.
    NotFound,
}

impl Empty {
    /// What is said: a heading and a sentence.
    fn words(self, language: Language) -> (&'static str, &'static str) {
        let texts = texts::journal(language);
        match self {
            Self::NoMails => (texts.no_mails(), texts.no_mails_text()),
            Self::NothingToDecide => (texts.nothing_to_decide(), texts.nothing_to_decide_text()),
            Self::AllInTickets => (texts.all_in_tickets(), texts.all_in_tickets_text()),
            Self::NoQuarantine => (texts.no_quarantine(), texts.no_quarantine_text()),
            Self::NotFound => (texts.nothing_found(), texts.nothing_found_text()),
        }
    }
}

/// The mails of one day.
#[derive(Clone, Debug)]
pub struct Day {
    /// `Heute`, `Gestern`, `Do 19.11.`; `None` for rows that are appended to their day.
    pub name: Option<String>,
    /// How many mails the day has, ready to print; empty if it was not counted.
    pub total: String,
    /// Its mails.
    pub rows: Vec<Row>,
}

impl JournalPage {
    /// Says what is wrong with a form where it was sent from, with what was chosen and typed.
    pub fn refuse(&mut self, refused: PlaceForm) {
        self.list.choose(&refused.chosen);
        let form = self.entry.as_mut().and_then(|entry| entry.place.as_mut());
        match form.or(self.place.as_mut()) {
            Some(form) => *form = PlaceForm { discard: form.discard, ..refused },
            None => self.place = Some(refused),
        }
    }
}

impl MailList {
    /// Ticks the boxes of these mails.
    pub fn choose(&mut self, mails: &[String]) {
        for row in self.days.iter_mut().flat_map(|day| &mut day.rows) {
            if row.select == Select::Offered && mails.contains(&row.id) {
                row.select = Select::Chosen;
            }
        }
    }
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &JournalPage) -> Markup {
    let language = frame.language;
    let texts = texts::journal(language);
    let key = match page.entry.as_ref().is_some_and(|entry| entry.place.is_some()) {
        true => Key::Elsewhere,
        false => Key::Here,
    };
    let main = html! {
        header {
            (bar(language, Direction::In, &page.query))
            (finder(language, &page.query))
            (tabs(language, page))
            @if let Some(form) = &page.place { (place::above(language, form, key)) }
            (frame::banners(frame))
        }
        div class="split jsplit" {
            (list(language, &page.list))
            aside class="pane pane-aside" aria-label=(texts.entry()) tabindex="0" {
                @if let Some(open) = &page.entry { (entry(language, open, &page.list.here)) } @else {
                    div class="empty" { (icon("mail")) h2 { (texts.nothing_open()) } p { (texts.nothing_open_text()) } }
                }
            }
        }
        (status_line(language, page.since_yesterday))
    };
    frame::page(frame, Layout::Overview, texts::common(language).mails(), &main)
}

/// Which way the mails go that a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// They came in.
    In,
    /// They leave.
    Out,
    /// Both.
    Both,
}

/// The bar above all pages of mails, with the switch between the directions.
pub fn bar(language: Language, shown: Direction, query: &str) -> Markup {
    let common = texts::common(language);
    let texts = texts::journal(language);
    let href = |path: &str| match query {
        "" => path.to_owned(),
        query => format!("{path}?q={}", encode(query)),
    };
    let ways = [
        (Direction::In, texts.received(), href("/mails")),
        (Direction::Out, texts.leaving(), href("/mails/out")),
    ];
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            h1 { (common.mails()) }
            nav class="seg" aria-label=(texts.direction()) {
                @for (way, name, href) in ways {
                    a href=(href) aria-current=[(way == shown).then_some("page")] { (name) }
                }
            }
            span class="end row" {
                a class="btn btn-quiet only-wide" href="/mailboxes" { (icon("server")) (common.mailboxes()) }
            }
        }
    }
}

/// The one search of mails, in both directions.
pub fn finder(language: Language, query: &str) -> Markup {
    let texts = texts::journal(language);
    html! {
        form class="finder" method="get" action="/mails/find" role="search" {
            label for="where" { (texts.where_is_it()) }
            div class="inputwrap" {
                (icon("search"))
                input class="input" id="where" type="search" name="q" value=(query) placeholder=(texts.find_by())
                    data-key="/ q";
                kbd class="only-wide" { "/" }
            }
            button class="btn btn-primary" { (texts.find()) }
        }
    }
}

fn tabs(language: Language, page: &JournalPage) -> Markup {
    let texts = texts::journal(language);
    html! {
        div class="bar bar-sub" role="group" aria-label=(texts.state()) tabindex="0" {
            nav class="seg" aria-label=(texts.state()) {
                @for tab in &page.tabs {
                    a href=(tab.href) aria-current=[tab.state.mark()] {
                        (tab_name(language, tab.kind))
                        @if !tab.count.is_empty() { " " span class="count" { (tab.count) } }
                    }
                }
            }
            (chips::bar(language, &page.chips, &page.offers))
        }
        (chips::menus(language, &page.chips, &page.offers))
    }
}

fn tab_name(language: Language, kind: TabKind) -> &'static str {
    let texts = texts::journal(language);
    match kind {
        TabKind::All => texts.all(),
        TabKind::Undecided => texts.undecided(),
        TabKind::WithoutTicket => texts.without_ticket(),
        TabKind::Quarantined => texts.quarantine(),
    }
}

/// The rows: a fragment that refreshes itself when mails arrive or are decided.
pub fn list(language: Language, list: &MailList) -> Markup {
    let texts = texts::journal(language);
    let (heading, sentence) = list.empty.words(language);
    html! {
        div class="pane" id="mails" tabindex="0" role="region" aria-label=(texts.mails()) hx-get=(list.here)
            hx-select="#mails" hx-trigger="live:mail from:body, live:refresh from:body" hx-swap="morph:outerHTML" {
            @if list.days.is_empty() {
                div class="empty" {
                    h2 { (heading) }
                    p { (sentence) }
                    @if let Some(href) = &list.find { a class="btn" href=(href) { (icon("search")) (texts.find_both()) } }
                 }
            }
            (more_rows(language, list))
        }
    }
}

/// Further days and the next link, in place of the link that asked for them.
pub fn more_rows(language: Language, list: &MailList) -> Markup {
    html! {
        @for (position, one) in list.days.iter().enumerate() { (day(language, position, one)) }
        @if let Some(href) = &list.more {
            p class="loadmore" id="more-mails" {
                a class="btn" href=(href) data-more hx-get=(href) hx-select="unset" hx-target="#more-mails"
                    hx-swap="outerHTML" {
                    (texts::journal(language).older())
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
                h2 class="tgroup" id=(id) { span class="reiter" { (name) " " span class="n" { (day.total) } } }
            }
            ul { @for one in &day.rows { (row(language, one)) } }
        }
    }
}

fn status_line(language: Language, since_yesterday: u64) -> Markup {
    let common = texts::common(language);
    html! {
        footer class="statusline" aria-label=(common.all_keys()) {
            span { kbd { "J" } kbd { "K" } " " (common.move_keys()) }
            span { kbd { "Enter" } " " (common.open()) }
            span { kbd { "F" } " " (common.filter()) }
            span { kbd { "/" } " " (common.search()) }
            span class="end" { (texts::journal(language).since_yesterday(since_yesterday)) }
        }
    }
}
