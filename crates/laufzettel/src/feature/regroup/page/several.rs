//! The page that merges several tickets which were selected in a list.

use maud::{Markup, html};
use values::Language;

use super::Choice;
use crate::http::encode;
use crate::record::frame::{self, Frame, Layout, Moment, icon, icon_large, moment};
use crate::texts;

/// The page that merges several tickets.
#[derive(Clone, Debug)]
pub struct SeveralPage {
    /// The list to which one returns.
    pub back: String,
    /// The tickets that can be merged, the oldest first.
    pub tickets: Vec<Chosen>,
    /// Why others that were selected stay as they are.
    pub left_out: Vec<String>,
    /// What is to be thought of before.
    pub warnings: Vec<&'static str>,
    /// How many messages they have together.
    pub messages: u64,
    /// Why it cannot be done.
    pub problem: Option<String>,
}

/// A ticket that can be merged.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Number, subject and status.
    pub ticket: Choice,
    /// Who asks.
    pub requester: String,
    /// When it was last changed.
    pub changed: Moment,
    /// Whether it is the one that stays.
    pub stays: bool,
}

/// Prints the page.
pub fn several_page(frame: &Frame, page: &SeveralPage) -> Markup {
    let language = frame.language;
    let texts = texts::regroup(language);
    let title = texts.merge_several_title();
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(page.back) aria-label=(texts.cancel()) { (icon_large("arrow-left")) }
                h1 class="trunc" { (title) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(title) {
            div class="setpage" {
                @if let Some(problem) = &page.problem {
                    p class="note-line" data-tone="red" role="alert" { (icon("circle-alert")) span { (problem) } }
                }
                @if !page.left_out.is_empty() { (left_out(language, &page.left_out)) }
                @match page.tickets.len() {
                    0 | 1 => { (too_few(language, page)) },
                    _ => { (form(language, page)) },
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, title, &main)
}

fn left_out(language: Language, left_out: &[String]) -> Markup {
    html! {
        div class="note-line" data-tone="amber" {
            (icon("triangle-alert"))
            div {
                b { (texts::regroup(language).not_among_them()) }
                ul { @for why in left_out { li { (why) } } }
            }
        }
    }
}

/// One ticket can still be merged with another one that is looked for.
fn too_few(language: Language, page: &SeveralPage) -> Markup {
    let texts = texts::regroup(language);
    html! {
        div class="row row-tight" {
            @if let Some(one) = page.tickets.first() {
                a class="btn btn-primary" href={ "/tickets/" (encode(&one.ticket.number)) "/merge" } {
                    (icon("merge")) (texts.merge_menu())
                }
            }
            a class="btn" href=(page.back) { (texts.back_to_list()) }
        }
    }
}

fn form(language: Language, page: &SeveralPage) -> Markup {
    let texts = texts::regroup(language);
    html! {
        form class="stack" method="post" action="/tickets/merge" data-submit-keys {
            input type="hidden" name="back" value=(page.back);
            fieldset class="stack stack-tight movables" {
                legend class="flabel" { (texts.which_one_stays()) }
                @for one in &page.tickets { (chosen(language, one)) }
            }
            @for warning in &page.warnings {
                p class="note-line" data-tone="amber" { (icon("triangle-alert")) span { (warning) } }
            }
            p { (texts.together(page.messages)) " " (texts.several_what()) " " (texts.together_what()) }
            div class="row row-tight" {
                button class="btn btn-primary" { (icon("merge")) (texts.merge_so_many(count(page))) }
                a class="btn btn-quiet" href=(page.back) { (texts.cancel()) }
            }
        }
    }
}

fn count(page: &SeveralPage) -> u64 {
    u64::try_from(page.tickets.len()).unwrap_or_default()
}

fn chosen(language: Language, one: &Chosen) -> Markup {
    let texts = texts::regroup(language);
    let ticket = &one.ticket;
    html! {
        label class="check movable stays" {
            input type="radio" name="stays" value=(ticket.number) checked[one.stays] autofocus[one.stays] required;
            input type="hidden" name="ticket" value=(ticket.number);
            span class="grow" {
                span class="trunc" { b class="num" { (ticket.number) } " " (ticket.subject) }
                small class="muted" {
                    (one.requester) " · " (ticket.status.name) " · " (texts.last_change_html(moment(&one.changed)))
                }
            }
        }
    }
}
