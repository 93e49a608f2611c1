//! The page: the form at the left, what is known of the customer at the right.

mod beside;
mod caller;
mod fields;

use maud::{Markup, html};
use values::{Language, Timestamp};

use super::form::{Kind, Typed};
use super::keep;
use crate::feature::uploads::page::ShownFile;
use crate::record::frame::{self, Frame, Layout, Moment, icon, icon_large, icon_small};
use crate::texts;

pub use beside::{BegunCard, Beside, Card, Customer, beside};
pub use caller::{Proposal, caller, proposals};
pub use fields::assignees;

/// An entry that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// What the form offers.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The areas.
    pub areas: Vec<Choice>,
    /// The request types.
    pub request_types: Vec<Choice>,
    /// The categories.
    pub categories: Vec<Choice>,
    /// The priorities.
    pub priorities: Vec<Choice>,
    /// The queues.
    pub queues: Vec<Choice>,
    /// Who can be responsible.
    pub agents: Vec<Choice>,
    /// Names of inputs that must be filled in.
    pub required: Vec<&'static str>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct NewTicketPage {
    /// What was typed.
    pub typed: Typed,
    /// What can be chosen.
    pub choices: Choices,
    /// Inputs with the sentence of what is wrong.
    pub problems: Vec<(&'static str, String)>,
    /// People who may be meant, if somebody looked for them without a script.
    pub proposals: Vec<Proposal>,
    /// What is known of the customer.
    pub beside: Beside,
    /// The files.
    pub files: Vec<ShownFile>,
    /// When it was saved, if it was begun before.
    pub saved_at: Option<Timestamp>,
    /// The same, ready to print.
    pub restored: Option<Moment>,
    /// Other tickets that were begun.
    pub others: Vec<BegunCard>,
}

impl NewTicketPage {
    fn problem(&self, field: &str) -> Option<&str> {
        let mut problems = self.problems.iter();
        problems.find(|(name, _)| *name == field).map(|(_, sentence)| sentence.as_str())
    }
}

/// Prints the page.
pub fn page(frame: &Frame, page: &NewTicketPage) -> Markup {
    let language = frame.language;
    let texts = texts::new_ticket(language);
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet only-narrow" href="/inbox" aria-label=(texts.back()) { (icon_large("arrow-left")) }
                h1 { (texts.title()) }
                (kinds(language, &page.typed))
                span class="end row only-wide" {
                    span class="saved muted" role="status" data-of="new-ticket" {}
                    (discard(language))
                }
            }
            (frame::banners(frame))
        }
        div class="split" {
            (form(language, page))
            aside class="pane pane-aside flow" aria-label=(texts.beside()) {
                (beside(language, &page.beside))
                @if !page.others.is_empty() { (beside::begun(language, &page.others)) }
            }
        }
    };
    frame::page(frame, Layout::Detail, texts.title(), &main)
}

fn kinds(language: Language, typed: &Typed) -> Markup {
    let texts = texts::new_ticket(language);
    let turn = |kind: Kind, symbol: &str, name: &str| {
        let current = (typed.kind == kind).then_some("true");
        html! {
            button type="submit" form="new-ticket" formaction="/tickets/new/kind" formnovalidate name="turn_to"
                value=(kind.code()) aria-current=[current] { (icon(symbol)) (name) }
        }
    };
    html! {
        div class="seg" role="group" aria-label=(texts.channel()) {
            (turn(Kind::Phone, "phone", texts.call()))
            (turn(Kind::Mail, "mail", texts.mail()))
            (turn(Kind::Internal, "users", texts.internal()))
        }
    }
}

fn discard(language: Language) -> Markup {
    html! {
        button class="btn" type="submit" form="new-ticket" formaction="/tickets/new/discard" formnovalidate {
            (texts::new_ticket(language).discard())
        }
    }
}

fn form(language: Language, page: &NewTicketPage) -> Markup {
    let (texts, words) = (texts::new_ticket(language), texts::reply(language));
    let typed = &page.typed;
    html! {
        form class="pane formpane" id="new-ticket" method="post" action="/tickets/new" enctype="multipart/form-data"
            tabindex="-1" aria-label=(texts.title()) data-submit-keys data-save="/tickets/new/draft"
            data-here=(keep::here(&typed.once)) data-saved-at=[page.saved_at.map(|at| at.millis())]
            data-save-failed=(words.save_failed()) data-signed-out=(words.signed_out())
            data-uploading=(texts.still_uploading()) {
            input type="hidden" name="kind" value=(typed.kind.code());
            input type="hidden" name="once" value=(typed.once);
            div class="formpage" {
                @if let Some(sentence) = page.problem("") {
                    p class="banner" data-tone="red" role="alert" { (icon("circle-alert")) (sentence) }
                }
                @if let Some(saved_at) = &page.restored {
                    p class="banner" data-tone="blue" role="status" {
                        (icon("pencil"))
                        span class="grow" { (texts.restored()) " " (frame::moment(saved_at)) }
                        a class="btn btn-sm" href=(fresh(typed.kind)) { (texts.start_anew()) }
                    }
                }
                @if typed.kind != Kind::Internal { (caller(language, page)) }
                (fields::subject(language, page))
                (fields::text(language, page))
                (fields::files(language, page))
                (fields::area(language, page))
                (fields::lists(language, page))
                @if typed.kind == Kind::Phone { (fields::notify(language, page)) }
            }
            (buttons(language, typed.kind))
        }
    }
}

/// An empty form of this kind. The one that was begun stays.
fn fresh(kind: Kind) -> String {
    format!("/tickets/new?kind={}", kind.code())
}

fn buttons(language: Language, kind: Kind) -> Markup {
    let texts = texts::new_ticket(language);
    html! {
        div class="formbar" {
            span class="muted only-wide" { kbd { (texts.key_submit()) } " " (texts.key_submit_does()) }
            span class="only-narrow" { (discard(language)) }
            @if kind == Kind::Mail {
                button class="btn btn-primary end" name="do" value="open" { (icon("send")) (texts.send()) }
            } @else {
                button class="btn btn-primary order-last" name="do" value="create" { (texts.create()) }
                button class="btn end" name="do" value="settled" { (icon_small("circle-check")) (texts.settled()) }
                button class="btn" name="do" value="open" { (texts.create_and_open()) }
            }
        }
    }
}

/// A field with its label and what is wrong with it.
fn field(page: &NewTicketPage, name: &str, label: &str, input: &Markup) -> Markup {
    let is_required = page.choices.required.contains(&name);
    html! {
        div class="field" {
            label for=(name) { (label) @if is_required { span aria-hidden="true" { " *" } } }
            (input)
            @if let Some(sentence) = page.problem(name) {
                span class="error" id={ (name) "-error" } role="alert" { (icon_small("circle-alert")) (sentence) }
            }
        }
    }
}

/// The names of the attributes that lead to what is wrong with an input.
fn wrong<'a>(page: &NewTicketPage, name: &'a str) -> (Option<&'a str>, Option<String>) {
    let is_wrong = page.problem(name).is_some();
    (is_wrong.then_some("true"), is_wrong.then(|| format!("{name}-error")))
}
