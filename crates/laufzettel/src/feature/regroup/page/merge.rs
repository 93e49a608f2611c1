//! Choosing the ticket with which one is merged, and which number stays.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::{self, Frame, Layout, Status, icon, icon_large};
use crate::texts;

/// The page that merges a ticket.
#[derive(Clone, Debug)]
pub struct MergePage {
    /// The ticket's number.
    pub number: String,
    /// What was looked for.
    pub query: String,
    /// Tickets that can be chosen.
    pub choices: Vec<Choice>,
    /// What the one will be, once the other one is chosen.
    pub preview: Option<Preview>,
    /// Why it cannot be done.
    pub problem: Option<String>,
}

/// A ticket that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Its status.
    pub status: Status,
}

/// What the one will be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The ticket itself.
    pub here: Choice,
    /// The other one.
    pub with: Choice,
    /// How many messages both have.
    pub messages: u64,
    /// Whether this one's number stays.
    pub stays_here: bool,
}

/// Prints the page.
pub fn merge_page(frame: &Frame, page: &MergePage) -> Markup {
    let language = frame.language;
    let texts = texts::regroup(language);
    let back = format!("/tickets/{}", encode(&page.number));
    let title = texts.merge_title(&page.number);
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(back) aria-label=(texts.cancel()) { (icon_large("arrow-left")) }
                h1 class="trunc" { (title) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(title) {
            div class="setpage" {
                @if let Some(problem) = &page.problem {
                    p class="note-line" data-tone="red" role="alert" { (icon("circle-alert")) span { (problem) } }
                }
                @match &page.preview {
                    Some(preview) => { (self::preview(language, page, preview)) },
                    None => { (choices(language, page)) },
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, &title, &main)
}

fn choices(language: Language, page: &MergePage) -> Markup {
    let texts = texts::regroup(language);
    let here = format!("/tickets/{}/merge", encode(&page.number));
    let empty = if page.query.is_empty() { texts.nobody_alike() } else { texts.found_nothing() };
    html! {
        form class="finder" method="get" action=(here) role="search" {
            label for="other" { (texts.merge_with()) }
            div class="inputwrap" {
                (icon("search"))
                input class="input" id="other" type="search" name="q" value=(page.query) maxlength="200" data-key="/ q"
                    placeholder=(texts.number_or_subject());
            }
            button class="btn" { (texts.find()) }
        }
        @if page.choices.is_empty() { p class="soft" { (empty) } }
        @else {
            section class="card clipped" aria-labelledby="h-found" {
                header { h2 id="h-found" { @if page.query.is_empty() { (texts.alike()) } @else { (texts.found()) } } }
                ul class="mini mergepick" {
                    @for one in &page.choices {
                        li {
                            (frame::status(language, &one.status))
                            a class="trunc grow" href={ (here) "?with=" (encode(&one.number)) } { b class="num" { (one.number) } " " (one.subject) }
                        }
                    }
                }
            }
        }
    }
}

fn preview(language: Language, page: &MergePage, preview: &Preview) -> Markup {
    let texts = texts::regroup(language);
    let here = format!("/tickets/{}/merge", encode(&page.number));
    html! {
        form class="stack" method="post" action=(here) {
            input type="hidden" name="with" value=(preview.with.number);
            fieldset class="stack stack-tight" {
                legend class="flabel" { (texts.which_stays()) }
                (stays(language, &preview.with, &preview.here, "with", !preview.stays_here))
                (stays(language, &preview.here, &preview.with, "here", preview.stays_here))
            }
            p { (texts.together(preview.messages)) " " (texts.together_what()) }
            div class="row row-tight" {
                button class="btn btn-primary" { (icon("merge")) (texts.merge()) }
                a class="btn" href=(here) { (texts.choose_another()) }
                a class="btn btn-quiet" href={ "/tickets/" (encode(&page.number)) } { (texts.cancel()) }
            }
        }
    }
}

fn stays(language: Language, one: &Choice, other: &Choice, value: &str, is_chosen: bool) -> Markup {
    let texts = texts::regroup(language);
    html! {
        label class="check stays" {
            input type="radio" name="stays" value=(value) checked[is_chosen];
            span {
                b { (texts.stays(&one.number)) } " " (one.subject)
                small class="muted" { (texts.stays_hint(&other.number)) }
            }
        }
    }
}
