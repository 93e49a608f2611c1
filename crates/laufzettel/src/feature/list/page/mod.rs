//! The inbox as a page: groups of rows, filter chips, the bar for a selection.
//!
//! Everything comes ready to print; what is open, due or allowed is decided elsewhere.

mod bulk;
mod filter;
mod row;
#[cfg(test)]
pub mod samples;

use maud::{Markup, html};
use values::Language;

pub use bulk::{BulkChoices, Choice, choices};
pub use filter::{Chip, Comparison, Filter, Offer, offers};
pub use row::{Reading, Row, changed_row, rows};

use crate::record::frame::{self, Current, Frame, Layout, drawing, icon, icon_large, icon_small};
use crate::texts;

/// The inbox.
#[derive(Clone, Debug)]
pub struct InboxPage {
    /// Which list it is.
    pub list: List,
    /// How many tickets it has, ready to print: `38` or `1.000+`.
    pub total: String,
    /// Open tickets without an assignee.
    pub unassigned: String,
    /// The addresses of the three lists with the present filter.
    pub links: ListLinks,
    /// What the list is limited to.
    pub filter: Filter,
    /// The rows.
    pub section: Section,
    /// Whether the person may change tickets, so that the bar for a selection appears.
    pub bulk: Bulk,
    /// What the total counts.
    pub counted: Counted,
    /// When mails were last fetched, ready to print.
    pub fetched: Option<String>,
}

/// Whether many tickets can be changed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// With the first selected row the bar appears.
    Offered,
    /// The person may only read.
    Withheld,
}

/// Whose tickets a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// All that the person may see.
    All,
    /// Those of the person.
    Mine,
    /// Those of nobody.
    Unassigned,
    /// Tickets that come back.
    Resubmissions,
}

/// The addresses of the three lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLinks {
    /// All tickets.
    pub all: String,
    /// The person's tickets.
    pub mine: String,
    /// Tickets without an assignee.
    pub unassigned: String,
}

/// The rows of a list: the part that is swapped.
#[derive(Clone, Debug)]
pub struct Section {
    /// Path and query of this list, for coming back.
    pub here: String,
    /// Where to ask what is new since this list was printed.
    pub news: String,
    /// Groups with at least one row.
    pub groups: Vec<Group>,
    /// The address of the next rows.
    pub more: Option<String>,
    /// Why the list is empty, if it is.
    pub empty: Empty,
    /// Whether the reader sees more than one area.
    pub has_areas: bool,
}

/// What an empty list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Empty {
    /// There is no open ticket at all.
    Done,
    /// There is no mailbox from which tickets could come; whether the reader can add one.
    NoMailbox(bool),
    /// The filter leaves nothing.
    Filtered {
        /// The address of the same list without filter.
        reset: String,
    },
}

/// The tickets of one group, in order.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which group.
    pub kind: GroupKind,
    /// How many tickets it has; `None` if the page goes on with a group that began before.
    pub total: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The groups of the inbox, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// The deadline has passed.
    Overdue,
    /// Due today.
    Today,
    /// Due later.
    Later,
    /// Without a deadline; the customer who waits longest is first.
    NoDeadline,
    /// Waiting for the customer.
    Waiting,
    /// Whatever their deadline, the last changed first.
    Recent,
}

/// What the number beside the heading counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Open tickets.
    Open,
    /// Whatever the filter leaves.
    Found,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &InboxPage) -> Markup {
    let language = frame.language;
    let main = html! {
        header {
            (bar(language, page))
            (filter::bar(language, page.list, &page.filter))
            (frame::banners(frame))
        }
        (list_section(language, &page.section))
        @if page.bulk == Bulk::Offered { (bulk::bar(language, page.section.has_areas)) }
        (status_line(language, page.fetched.as_deref()))
    };
    frame::page(frame, Layout::Overview, title(language, page.list), &main)
}

fn title(language: Language, list: List) -> &'static str {
    let texts = texts::common(language);
    match list {
        List::All => texts.inbox(),
        List::Mine => texts.my_tickets(),
        List::Unassigned => texts.not_assigned(),
        List::Resubmissions => texts.resubmissions(),
    }
}

fn bar(language: Language, page: &InboxPage) -> Markup {
    let texts = texts::list(language);
    let current = |list| (page.list == list).then_some("true");
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            h1 { (title(language, page.list)) " " span class="muted num" { (total(language, page)) } }
            nav class="seg end only-wide" aria-label=(texts.whose()) {
                a href=(page.links.all) aria-current=[current(List::All)] { (texts.all()) }
                a href=(page.links.mine) aria-current=[current(List::Mine)] { (texts.mine()) }
                a href=(page.links.unassigned) aria-current=[current(List::Unassigned)] {
                    (texts::common(language).not_assigned())
                    @if page.unassigned != "0" { " " span class="count" { (page.unassigned) } }
                }
            }
            button class="btn btn-quiet only-narrow end" type="button" popovertarget="filter"
                aria-label=(texts::common(language).filter()) { (icon_large("filter")) }
        }
    }
}

fn total(language: Language, page: &InboxPage) -> String {
    let texts = texts::list(language);
    match page.counted {
        Counted::Open => texts.open_count(&page.total),
        Counted::Found => texts.found_count(&page.total),
    }
}

/// The rows with the form around them: the fragment that changes swap.
pub fn list_section(language: Language, section: &Section) -> Markup {
    html! {
        form class="pane tlist" id="selection" method="post" action="/inbox/selection" hx-post="/inbox/selection"
            hx-target="#selection" hx-swap="morph:outerHTML" aria-label=(texts::list(language).tickets())
            style={ "--number-letters:" (number_letters(section)) @if !section.has_areas { ";--area-width:0rem" } } {
            input type="hidden" name="back" value=(section.here);
            (no_news(&section.news))
            @if section.groups.is_empty() { (empty(language, &section.empty)) }
            (more_rows(language, section))
        }
    }
}

/// The width of the column of numbers: masks make numbers of any length.
fn number_letters(section: &Section) -> usize {
    let rows = section.groups.iter().flat_map(|group| &group.rows);
    rows.map(|row| row.number.chars().count()).max().unwrap_or(0).clamp(5, 16)
}

/// Further groups and the next link, in place of the link that asked for them.
pub fn more_rows(language: Language, section: &Section) -> Markup {
    html! {
        @for one in &section.groups { (group(language, one)) }
        @if let Some(href) = &section.more {
            p class="loadmore" id="more-tickets" {
                a class="btn" href=(href) data-more hx-get=(href) hx-target="#more-tickets" hx-swap="outerHTML" {
                    (texts::list(language).more())
                }
            }
        }
    }
}

fn group(language: Language, group: &Group) -> Markup {
    let (id, tone, symbol, name) = head(language, group.kind);
    html! {
        section aria-labelledby=[group.total.as_ref().map(|_| id)] {
            @if let Some(total) = &group.total {
                h2 class="tgroup" id=(id) data-tone=[tone] {
                    span class="reiter" {
                        @if let Some(symbol) = symbol { (icon_small(symbol)) }
                        (name) " " span class="n" { (total) }
                    }
                }
            }
            ul { (rows(language, &group.rows)) }
        }
    }
}

/// A group's id, tone, icon and name.
fn head(
    language: Language,
    kind: GroupKind,
) -> (&'static str, Option<&'static str>, Option<&'static str>, &'static str) {
    let texts = texts::list(language);
    match kind {
        GroupKind::Overdue => ("g-overdue", Some("red"), Some("triangle-alert"), texts.overdue()),
        GroupKind::Today => ("g-today", Some("amber"), Some("clock"), texts.today()),
        GroupKind::Later => ("g-later", None, None, texts.later()),
        GroupKind::NoDeadline => ("g-open", None, None, texts.no_deadline()),
        GroupKind::Waiting => ("g-waiting", None, None, texts.waiting()),
        GroupKind::Recent => ("g-recent", None, None, texts.recent()),
    }
}

fn empty(language: Language, empty: &Empty) -> Markup {
    let texts = texts::list(language);
    match empty {
        Empty::Done => html! {
            div class="empty" { (drawing("art", "art-filed")) h2 { (texts.all_done()) } p { (texts.all_done_text()) } }
        },
        Empty::NoMailbox(can_add) => html! {
            div class="empty" {
                h2 { (texts.no_mailbox()) }
                p { (texts.no_mailbox_text()) }
                @if *can_add { a class="btn btn-primary" href="/setup/mailbox" { (texts.add_mailbox()) } }
            }
        },
        Empty::Filtered { reset } => html! {
            div class="empty" {
                h2 { (texts.nothing_found()) }
                p { (texts.nothing_found_text()) }
                a class="btn" href=(reset) { (texts.reset_filter()) }
            }
        },
    }
}

/// What changed elsewhere since the list was printed.
#[derive(Clone, Debug)]
pub struct News {
    /// Where to ask again.
    pub again: String,
    /// The list that shows all of it.
    pub href: String,
    /// How many tickets came to the list.
    pub count: u64,
    /// Rows of the list that look different now.
    pub changed: Vec<Row>,
}

/// The line that announces new tickets, and the changed rows beside it: nothing moves under the pointer.
pub fn news(language: Language, news: &News) -> Markup {
    html! {
        @if news.count == 0 { (no_news(&news.again)) } @else {
            div class="news" id="news" role="status" hx-get=(news.again) hx-trigger=(LIVE) hx-target="this"
                hx-swap="morph:outerHTML" {
                a class="btn btn-sm" href=(news.href) hx-get=(news.href) hx-target="#selection"
                    hx-select="#selection" hx-swap="morph:outerHTML" {
                    (icon_small("arrow-up")) (texts::list(language).news(news.count))
                }
            }
        }
        @for one in &news.changed { (changed_row(language, one)) }
    }
}

const LIVE: &str = "live:ticket from:body, live:refresh from:body";

/// The element stays: a question that waits for the one before is dropped with an element that goes.
fn no_news(again: &str) -> Markup {
    html! { div id="news" role="status" hx-get=(again) hx-trigger=(LIVE) hx-target="this" hx-swap="morph:outerHTML" {} }
}

fn status_line(language: Language, fetched: Option<&str>) -> Markup {
    let texts = texts::common(language);
    html! {
        footer class="statusline" aria-label=(texts.all_keys()) {
            span { kbd { "J" } kbd { "K" } " " (texts.move_keys()) }
            span { kbd { "X" } " " (texts.keys_select()) }
            span { kbd { "Enter" } " " (texts.open()) }
            span { kbd { (texts.key_space()) } " " (texts.preview()) }
            span { kbd { "Z" } " " (texts.undo()) }
            span class="end" { kbd { "?" } " " (texts.all_keys()) }
            @if let Some(time) = fetched { span { (texts::list(language).fetched(time)) } }
        }
    }
}
