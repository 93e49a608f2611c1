//! What would have happened: figures, differences before and after, and the change as two sentences.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{self, Frame, Layout};
use crate::texts;

/// What came out.
#[derive(Clone, Debug)]
pub struct MachinePage {
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
            div class="bar" {
                (frame::navigation_button(language))
                h1 class="trunc" { (texts.machine()) }
                span class="pill only-wide" data-tone="blue" { (texts.only_view()) }
                span class="end row" {
                    form method="post" action={ (page.apply) } {
                        (hidden(page))
                        button class="btn" name="do" value="refresh" formaction=(page.back) { (texts.back_to_rule()) }
                        " "
                        button class="btn btn-primary" name="do" value="save" { (texts.apply()) }
                    }
                }
            }
            (choices(language, page))
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(texts.machine()) {
                div class="setpage wide" { (figures(language, page)) (differences(language, page)) }
            }
            aside class="pane pane-aside flow" aria-labelledby="h-change" {
                div class="testpanel" {
                    header { h2 id="h-change" { (texts.the_change()) } p class="soft" { (texts.old_tickets_stay()) } }
                    div class="edit" {
                        p { del { (texts.so_far(&page.change.0)) } }
                        p { ins { (texts.from_now(&page.change.1)) } }
                    }
                    @if page.without_facts > 0 { p class="muted fine" { (texts.without_facts(page.without_facts)) } }
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.machine(), &main)
}

/// Everything that was typed, sent along.
fn hidden(page: &MachinePage) -> Markup {
    html! { @for (name, value) in &page.fields { input type="hidden" name=(name) value=(value); } }
}

/// The period, and which differences are shown.
fn choices(language: Language, page: &MachinePage) -> Markup {
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
                form class="row" method="post" action=(page.action) {
                    (hidden(page))
                    input type="hidden" name="do" value="machine";
                    input type="hidden" name="days" value=(page.days);
                    span class="seg" role="group" aria-label=(texts.different()) {
                        @for (only, label) in [("all", texts.all_of_them()), ("doubtful", texts.only_doubtful())] {
                            @let is_shown = page.only_doubtful == (only == "doubtful");
                            button name="only" value=(only) aria-pressed=(if is_shown { "true" } else { "false" }) { (label) }
                        }
                    }
                }
                span class="muted" { (texts.reckoned(&page.period.0, &page.period.1, &page.seconds)) }
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
        h2 { (texts.would_differ(page.differing)) }
        @if page.rows.is_empty() { p class="soft" { (texts.no_difference()) } }
        ul class="diffs" {
            @for row in &page.rows {
                li class="diff" data-tone=[row.doubtful.then_some("amber")] {
                    time { (row.time) }
                    div class="mail" {
                        b class="trunc" { a href=(row.href) { (row.author) } }
                        small class="trunc" { (row.subject) }
                    }
                    div class="was" { span { (row.was.what) } small { (row.was.why) } }
                    div class="is" { b { (row.is.what) } small { (row.is.why) } }
                }
            }
        }
        @if u64::try_from(page.rows.len()).unwrap_or_default() < page.differing {
            p class="muted fine" { (texts.more_differ(&texts::number(language, u64::try_from(page.rows.len()).unwrap_or_default()))) }
        }
    }
}
