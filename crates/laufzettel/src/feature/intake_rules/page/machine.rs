//! What would have happened: figures, differences before and after, and the change as two sentences.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// What came out.
#[derive(Clone, Debug)]
pub struct MachinePage {
    /// What is tried, and the pages above this one.
    pub tried: TriedThing,
    /// The way back.
    pub back: String,
    /// Where the form leads that tries another period.
    pub action: String,
    /// Where "apply" leads.
    pub apply: String,
    /// Everything that was typed, sent along.
    pub fields: Vec<(String, String)>,
    /// The days that are looked at.
    pub days: u64,
    /// Beginning and end, ready to print.
    pub period: (String, String),
    /// Seconds that it took, ready to print.
    pub seconds: String,
    /// Mails that were decided again.
    pub checked: u64,
    /// Mails that would go elsewhere.
    pub differing: u64,
    /// Mails that somebody should look at.
    pub doubtful: u64,
    /// Mails that would become a ticket no more.
    pub lost: u64,
    /// Mails without facts.
    pub without_facts: u64,
    /// The differences that are shown.
    pub rows: Vec<DiffRow>,
    /// Whether only doubtful ones are shown.
    pub only_doubtful: bool,
    /// The change as two sentences: so far, and from now on.
    pub change: (String, String),
}

/// What is tried.
#[derive(Clone, Debug)]
pub struct TriedThing {
    /// What it is.
    pub kind: TriedKind,
    /// Its name.
    pub name: String,
}

/// What can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriedKind {
    /// A rule.
    Rule,
    /// The settings of a mailbox.
    Mailbox,
}

/// A mail that would go elsewhere.
#[derive(Clone, Debug)]
pub struct DiffRow {
    /// When it came.
    pub time: String,
    /// Its page in the journal.
    pub href: String,
    /// Its author.
    pub author: String,
    /// Its subject.
    pub subject: String,
    /// What became of it.
    pub was: Side,
    /// What would become of it.
    pub is: Side,
    /// Whether somebody should look at it.
    pub doubtful: bool,
}

/// One side of a difference.
#[derive(Clone, Debug)]
pub struct Side {
    /// Where it goes.
    pub what: String,
    /// Why, or what happened since.
    pub why: String,
}

/// The periods to choose from, in days.
const PERIODS: [u64; 3] = [7, 30, 90];

/// Prints the page.
pub fn machine_page(frame: &Frame, page: &MachinePage) -> Markup {
    let language = frame.language;
    let texts = texts::intake_rules(language);
    let main = html! {
        header {
            (bar(language, page))
            (period(language, page))
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(texts.machine()) {
                div class="setpage wide" { (figures(language, page)) (differences(language, page)) }
            }
            aside class="pane pane-aside flow" aria-labelledby="h-change" { (change(language, page)) }
        }
    };
    frame::page(frame, Layout::Overview, texts.machine(), &main)
}

/// Where the page is, the way back, and the one that saves.
fn bar(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    let (above, href, back) = match page.tried.kind {
        TriedKind::Rule => (texts.rules(), "/settings/rules", texts.back_to_rule()),
        TriedKind::Mailbox => (texts.mailboxes(), "/mailboxes", texts.back_to_mailbox()),
    };
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class="row row-tight trunc only-wide" aria-label=(above) {
                a class="soft" href="/settings" { (texts::common(language).settings()) }
                span class="muted" aria-hidden="true" { "/" }
                a class="soft" href=(href) { (above) }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 class="trunc" { (texts.machine()) }
            span class="pill only-wide" data-tone="blue" { (icon("eye")) (texts.only_view()) }
            form class="end row" method="post" action=(page.apply) {
                (hidden(page))
                button class="btn" name="do" value="refresh" formaction=(page.back) {
                    span class="only-wide" { (back) } span class="only-narrow" { (texts.back()) }
                }
                button class="btn btn-primary" name="do" value="save" { (texts.apply()) }
            }
        }
    }
}

/// The change as two sentences, and what applying it means.
fn change(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div class="testpanel" {
            header { h2 id="h-change" { (texts.the_change()) } p class="soft" { (page.tried.name) } }
            div class="edit" {
                del { (texts.so_far(&page.change.0)) }
                ins { (texts.from_now(&page.change.1)) }
            }
            @if page.doubtful > 0 {
                div class="note-line" data-tone="amber" {
                    (icon("triangle-alert"))
                    span { b { (texts.look_at(page.doubtful)) } " " (texts.look_at_why()) }
                }
            }
            @if page.without_facts > 0 { p class="muted fine" { (texts.without_facts(page.without_facts)) } }
            div class="result" { span class="k" { (texts.until_applied()) } span { (texts.old_tickets_stay()) } }
        }
    }
}

/// Everything that was typed, sent along.
fn hidden(page: &MachinePage) -> Markup {
    html! { @for (name, value) in &page.fields { input type="hidden" name=(name) value=(value); } }
}

/// The period that is looked at.
fn period(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div class="bar bar-sub" {
            form class="row" method="post" action=(page.action) {
                (hidden(page))
                input type="hidden" name="do" value="machine";
                span class="seg" role="group" aria-label=(texts.period()) {
                    @for days in PERIODS {
                        button name="days" value=(days) aria-pressed=(if days == page.days { "true" } else { "false" }) {
                            (texts.days_of(&days.to_string()))
                        }
                    }
                }
            }
            span class="muted trunc" { (texts.reckoned(&page.period.0, &page.period.1, &page.seconds)) }
        }
    }
}

/// Whether all differences are shown, or only those that somebody should look at.
fn filter(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    let choices = [
        ("all", texts.all_of_them(), page.differing),
        ("doubtful", texts.only_doubtful(), page.doubtful),
    ];
    html! {
        form method="post" action=(page.action) {
            (hidden(page))
            input type="hidden" name="do" value="machine";
            input type="hidden" name="days" value=(page.days);
            span class="seg" role="group" aria-label=(texts.different()) {
                @for (only, label, count) in choices {
                    @let is_shown = page.only_doubtful == (only == "doubtful");
                    button name="only" value=(only) aria-pressed=(if is_shown { "true" } else { "false" }) {
                        (label) " " span class="count" { (texts::number(language, count)) }
                    }
                }
            }
        }
    }
}

fn figures(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    let number = |count: u64| texts::number(language, count);
    let stat = |name: &str, value: String, below: String| {
        html! { div class="stat" { span class="k" { (name) } span class="v" { (value) } span class="d" { (below) } } }
    };
    let same = page.checked.saturating_sub(page.differing);
    let lost = if page.lost == 0 { texts.nothing_lost() } else { texts.would_be_lost() };
    html! {
        div class="stats stats-4" {
            (stat(texts.checked(), number(page.checked), texts.from_journal().to_owned()))
            (stat(texts.same(), number(same), percent(language, same, page.checked)))
            (stat(texts.different(), number(page.differing), texts.to_see(page.doubtful)))
            (stat(texts.without_ticket(), number(page.lost), lost.to_owned()))
        }
    }
}

/// A share with one decimal, never rounded up to all.
fn percent(language: Language, part: u64, all: u64) -> String {
    let tenths = (part * 1_000).checked_div(all).unwrap_or(1_000);
    let point = if language == Language::German { "," } else { "." };
    format!("{}{point}{} %", tenths / 10, tenths % 10)
}

fn differences(language: Language, page: &MachinePage) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div class="row wrap" {
            h2 class="grow" { (texts.would_differ(page.differing)) }
            @if page.differing > 0 { (filter(language, page)) }
        }
        @if page.differing == 0 {
            p class="soft" { (texts.no_difference()) }
        } @else if page.rows.is_empty() {
            p class="soft" { (texts.none_to_look_at()) }
        }
        ul class="diffs" {
            @for row in &page.rows {
                li class="diff" data-tone=[row.doubtful.then_some("amber")] {
                    time { (row.time) }
                    div class="mail" {
                        b class="trunc" { a href=(row.href) { (row.author) } }
                        small class="trunc" { (row.subject) }
                    }
                    div class="was" { span { (row.was.what) } small { (row.was.why) } }
                    (icon("arrow-right"))
                    div class="is" { b { (row.is.what) } small { (row.is.why) } }
                }
            }
        }
        @let shown = u64::try_from(page.rows.len()).unwrap_or_default();
        @if !page.only_doubtful && shown < page.differing {
            p class="muted fine" { (texts.more_differ(&texts::number(language, shown))) }
        }
    }
}
