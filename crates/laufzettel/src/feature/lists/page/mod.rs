//! The lists of the settings: a sortable list, and a page for one entry.

mod entry;
#[cfg(test)]
mod samples;

use maud::{Markup, html};
use values::Language;
use web::Form;

pub use entry::{EntryPage, State, entry_page};

use super::words::Choice;
use super::{Direction, List};
use crate::record::frame::{self, Frame, Layout, fields, icon, icon_small};
use crate::texts;

/// A list.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// Which one.
    pub list: List,
    /// The entries, those together that stand in one group.
    pub groups: Vec<Group>,
    /// What was typed for a new entry.
    pub form: Form,
    /// Kinds that a new status can have.
    pub kinds: Vec<Choice>,
    /// Why the last change was not made.
    pub trouble: Option<String>,
}

/// Entries that stand together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name of the group; none if there is only one.
    pub heading: Option<String>,
    /// The entries in their order.
    pub rows: Vec<EntryRow>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The drawing before its name.
    pub sign: Sign,
    /// What it is in a few words.
    pub kind: String,
    /// How many tickets have it, and the search that finds them.
    pub tickets: (Tickets, String),
    /// Whether it can be chosen.
    pub active: bool,
    /// Whether it can neither be switched off nor on.
    pub locked: bool,
    /// How many entries it stands below.
    pub depth: u8,
}

/// How many tickets have an entry. Nobody counts beyond a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tickets {
    /// So many.
    Exactly(u64),
    /// More than so many.
    MoreThan(u64),
}

impl Tickets {
    /// No ticket.
    pub const NONE: Self = Self::Exactly(0);
}

/// The drawing before a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// None.
    Nothing,
    /// A coloured dot.
    Dot(u8),
    /// The glyph of a status.
    Status(String),
    /// The glyph of a priority with its colour.
    Priority(String, Option<u8>),
}

impl List {
    /// The address of its page.
    pub fn href(self) -> String {
        format!("/settings/{}", self.path().replace('_', "-"))
    }
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &ListPage) -> Markup {
    let language = frame.language;
    let title = page.list.title(language);
    let count: usize = page.groups.iter().map(|group| group.rows.len()).sum();
    let main = html! {
        header {
            (bar(language, title, Some(count), page.list))
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(title) { (entries(language, page)) }
    };
    frame::page(frame, Layout::Overview, title, &main)
}

/// The bar with the way back to the settings and to the changes of the list.
fn bar(language: Language, title: &str, count: Option<usize>, list: List) -> Markup {
    let (texts, common) = (texts::lists(language), texts::common(language));
    let changes = format!("/settings/history?subject={}", list.subject().code());
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class="row row-tight trunc" aria-label=(common.settings()) {
                a class="soft" href="/settings" { (common.settings()) }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 { (title) @if let Some(count) = count { " " span class="muted num" { (count) } } }
            span class="end row" {
                a class="btn" href=(changes) aria-label=(texts.changes()) {
                    (icon("history")) span class="only-wide" { (texts.changes()) }
                }
            }
        }
    }
}

/// The list with the form for a new entry: the fragment that every change replaces.
pub fn entries(language: Language, page: &ListPage) -> Markup {
    let texts = texts::lists(language);
    let is_empty = page.groups.iter().all(|group| group.rows.is_empty());
    html! {
        div class="setpage lentries" id="entries" data-list=(page.list.path()) {
            header { p class="soft" { (page.list.about(language)) } }
            @if let Some(sentence) = &page.trouble {
                div class="banner" data-tone="red" role="alert" { (icon("circle-alert")) span class="grow" { (sentence) } }
            }
            div class="sortlist" {
                div class="srow shead" aria-hidden="true" {
                    span {} span { (texts.name()) } span { (texts.kind()) } span { (texts.in_tickets()) } span {}
                    span { (texts.active()) }
                }
                @if is_empty { p class="srow soft" { (texts.no_entries()) } }
                @for group in &page.groups {
                    @if let Some(heading) = &group.heading { h2 class="sgroup" { (heading) } }
                    @if !group.rows.is_empty() {
                        ol { @for one in &group.rows { (row(language, page.list, one)) } }
                    }
                }
                (add(language, page))
            }
            p class="muted fine" { (texts.keys_html(html! { kbd { "Alt ↑" } " " kbd { "Alt ↓" } })) }
            p { a class="linked" href={ (page.list.href()) "/new" } { (texts.all_fields()) } }
        }
    }
}

fn row(language: Language, list: List, entry: &EntryRow) -> Markup {
    let (count, search) = &entry.tickets;
    let href = format!("{}/{}", list.href(), entry.id);
    html! {
        li class="srow" id={ "entry-" (entry.id) } data-sort data-off[!entry.active] data-depth=(entry.depth) {
            (sign(&entry.sign))
            a class="name" href=(href) aria-label=(texts::lists(language).edit(&entry.name)) { (entry.name) }
            span class="kind soft trunc" { (entry.kind) }
            @match *count {
                Tickets::NONE => span class="use" { "0" },
                Tickets::Exactly(count) => a class="use" href=(search) { (texts::number(language, count)) },
                Tickets::MoreThan(count) => a class="use" href=(search) {
                    (texts::lists(language).more_than(&texts::number(language, count)))
                },
            }
            (arrows(language, entry, &href))
            (switch(language, entry, &href))
        }
    }
}

/// The drawing before a name; the name says the same.
pub fn sign(sign: &Sign) -> Markup {
    html! {
        @match sign {
            Sign::Nothing => span {},
            Sign::Dot(hue) => span class="dot" data-hue=(hue) aria-hidden="true" {},
            Sign::Status(glyph) => span class="st" data-st=(glyph) aria-hidden="true" {},
            Sign::Priority(glyph, hue) => span class="pr" data-pr=(glyph) data-hue=[hue] aria-hidden="true" {},
        }
    }
}

fn arrows(language: Language, entry: &EntryRow, href: &str) -> Markup {
    let texts = texts::lists(language);
    let action = format!("{href}/move");
    let arrow = |direction: Direction, symbol: &str, label: &str, title: &str| {
        html! {
            button class="btn btn-quiet btn-sm" id={ (direction.code()) "-" (entry.id) } name="direction"
                value=(direction.code()) data-move=(direction.code()) aria-label=(label) title=(title) {
                (icon_small(symbol))
            }
        }
    };
    html! {
        form class="mv" method="post" action=(action) hx-post=(action) hx-target="#entries"
            hx-swap="morph:outerHTML" {
            (arrow(Direction::Up, "arrow-up", &texts.up(&entry.name), texts.up_title()))
            (arrow(Direction::Down, "arrow-down", &texts.down(&entry.name), texts.down_title()))
        }
    }
}

fn switch(language: Language, entry: &EntryRow, href: &str) -> Markup {
    let texts = texts::lists(language);
    let action = format!("{href}/active");
    html! {
        form class="on" method="post" action=(action) hx-post=(action) hx-trigger="change, submit"
            hx-target="#entries" hx-swap="morph:outerHTML" {
            input class="switch" type="checkbox" role="switch" id={ "on-" (entry.id) } name="active" value="on"
                checked[entry.active] disabled[entry.locked] aria-label=(texts.active_of(&entry.name));
            @if !entry.locked { noscript { button class="btn btn-sm" { (texts.save()) } } }
        }
    }
}

fn add(language: Language, page: &ListPage) -> Markup {
    let texts = texts::lists(language);
    let wrong = page.form.problem("name").map(|_| "true");
    let action = page.list.href();
    html! {
        form class="srow sadd" method="post" action=(action) {
            (icon("plus"))
            input type="hidden" name="quick" value="yes";
            input type="hidden" name="active" value="on";
            input type="hidden" name="is_public" value="on";
            input class="input" id="name" name="name" required autocomplete="off" aria-label=(texts.new_entry())
                placeholder=(texts.new_entry()) value=(page.form.raw("name")) aria-invalid=[wrong]
                aria-describedby=[wrong.map(|_| "name-error")];
            @if page.list == List::Statuses {
                select class="select" name="kind" aria-label=(texts.kind()) {
                    @for (value, words) in &page.kinds {
                        option value=(value) selected[page.form.raw("kind") == value] { (words) }
                    }
                }
            }
            button class="btn btn-primary" { (texts.create()) }
            @for (field, sentence) in page.form.problems() {
                span class="error" id={ (field) "-error" } role="alert" { (icon_small("circle-alert")) (sentence) }
            }
        }
    }
}

/// A field of the form with its label and a hint.
fn labelled<'a>(name: &'a str, label: &'a str, hint: &'a str) -> fields::Labelled<'a> {
    fields::Labelled::new(name, label).with(hint)
}

#[cfg(test)]
mod tests;
