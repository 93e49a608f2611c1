//! Choosing messages of a ticket and where they go.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::{self, Frame, Layout, Moment, icon, icon_large, moment};
use crate::texts;

/// The page that moves messages.
#[derive(Clone, Debug)]
pub struct MovePage {
    /// The ticket's number.
    pub number: String,
    /// Its messages, oldest first.
    pub messages: Vec<Movable>,
    /// Whether there are older ones that the page does not show.
    pub has_older: bool,
    /// What was typed as the target.
    pub target: String,
    /// Tickets that may be meant.
    pub targets: Vec<(String, String)>,
    /// The subject of a new ticket, as typed.
    pub subject: String,
    /// The field that is to be mended and why.
    pub problem: Option<(&'static str, String)>,
}

/// A message that can be chosen.
#[derive(Clone, Debug)]
pub struct Movable {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The beginning of its text.
    pub preview: String,
    /// When.
    pub time: Moment,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// Prints the page.
pub fn move_page(frame: &Frame, page: &MovePage) -> Markup {
    let language = frame.language;
    let texts = texts::regroup(language);
    let back = format!("/tickets/{}", encode(&page.number));
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(back) aria-label=(texts.cancel()) { (icon_large("arrow-left")) }
                h1 class="trunc" { span class="muted num" { (page.number) } " " (texts.move_title()) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.move_title()) {
            form class="setpage" method="post" action={ (back) "/move" } {
                p class="soft" { (texts.move_lead()) }
                (messages(language, page))
                (target(language, page))
                div class="row row-tight" {
                    button class="btn btn-primary" name="do" value="move" { (icon("folder-input")) (texts.do_move()) }
                    a class="btn" href=(back) { (texts.cancel()) }
                }
                // Of one message nothing can be split off.
                @if page.messages.len() > 1 {
                    hr;
                    (split(language, page))
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.move_title(), &main)
}

fn messages(language: Language, page: &MovePage) -> Markup {
    let texts = texts::regroup(language);
    html! {
        fieldset class="stack stack-tight movables" {
            legend class="flabel" { (texts.which_messages()) }
            @if page.has_older { p class="muted fine" { (texts.older_stay(&page.messages.len().to_string())) } }
            @for one in &page.messages {
                label class="check movable" {
                    input type="checkbox" name="message" value=(one.id) checked[one.is_chosen];
                    b class="nowrap" { (one.author) }
                    span class="trunc grow muted" { (one.preview) }
                    (moment(&one.time))
                }
            }
            p class="muted fine" { (texts.choose_all_hint()) }
            (error(page, "messages"))
        }
    }
}

fn target(language: Language, page: &MovePage) -> Markup {
    let texts = texts::regroup(language);
    let is_wrong = page.problem.as_ref().is_some_and(|(field, _)| *field == "target");
    html! {
        div class="field" {
            label for="target" { (texts.where_to()) }
            (sought("target", texts.number_or_subject(), &page.target, is_wrong))
            (error(page, "target"))
        }
        @if !page.targets.is_empty() {
            fieldset class="stack stack-tight" {
                legend class="flabel" { (texts.which_ticket()) }
                @for (number, subject) in &page.targets {
                    label class="check" {
                        input type="radio" name="chosen" value=(number);
                        span { b { (number) } " " (subject) }
                    }
                }
            }
        }
    }
}

/// The field for a number or a subject, with tickets that fit.
fn sought(id: &str, words: &str, value: &str, is_wrong: bool) -> Markup {
    let list = format!("{id}-choices");
    html! {
        div class="inputwrap grow" {
            (icon("search"))
            input class="input" id=(id) name="target" value=(value) placeholder=(words) list=(list) maxlength="200"
                autocomplete="off" aria-invalid=[is_wrong.then_some("true")];
        }
        datalist id=(list) hx-get="/tickets/choices" hx-include={ "#" (id) } hx-target="this"
            hx-trigger={ "input changed delay:120ms from:#" (id) } hx-swap="innerHTML" {}
    }
}

fn split(language: Language, page: &MovePage) -> Markup {
    let texts = texts::regroup(language);
    html! {
        div class="field" {
            label for="subject" { (texts.subject_of_new()) }
            input class="input" id="subject" name="subject" maxlength="200" value=(page.subject);
            span class="hint" { (texts.subject_of_new_hint()) }
            (error(page, "subject"))
        }
        div class="row" {
            button class="btn" name="do" value="split" { (icon("split")) (texts.split_off()) }
        }
    }
}

fn error(page: &MovePage, field: &str) -> Markup {
    let wrong = page.problem.as_ref().filter(|(of, _)| *of == field);
    html! { @if let Some((_, sentence)) = wrong { span class="error" role="alert" { (sentence) } } }
}

/// What corrects a message in the place that explains it.
#[derive(Clone, Debug)]
pub struct Mover {
    /// The ticket's number.
    pub number: String,
    /// The message.
    pub message: String,
    /// Whether the ticket has no other: then moving is merging, and nothing can be split off.
    pub is_only: bool,
}

/// The form that moves one message: the field, then the button that splits it off where another stays.
pub fn mover(language: Language, mover: &Mover) -> (Markup, Markup) {
    let texts = texts::regroup(language);
    let form = format!("move-{}", mover.message);
    let id = format!("target-{}", mover.message);
    let field = html! {
        form class="field" id=(form) method="post" action={ "/tickets/" (encode(&mover.number)) "/move" } {
            input type="hidden" name="message" value=(mover.message);
            label for=(id) { (texts.belongs_elsewhere()) }
            div class="row" {
                (sought(&id, texts.number_or_subject(), "", false))
                @if mover.is_only {
                    button class="btn" name="do" value="move" { (icon("merge")) (texts.merge()) }
                } @else {
                    button class="btn" name="do" value="move" { (icon("folder-input")) (texts.do_move()) }
                }
            }
            @if mover.is_only { span class="hint" { (texts.only_message()) } }
        }
    };
    let split = html! {
        @if !mover.is_only { button class="btn btn-quiet" form=(form) name="do" value="split" { (icon("split")) (texts.split_off()) } }
    };
    (field, split)
}
