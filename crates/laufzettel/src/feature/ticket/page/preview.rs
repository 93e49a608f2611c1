//! The preview over the list: the last messages of a ticket. Nothing is marked as read by it.

use maud::{Markup, html};
use values::Language;

use super::aside::{OtherTicket, list};
use super::bar::{Closed, Mine};
use super::message::{Message, message};
use super::sheet::Access;
use crate::record::frame::{self, Deadline, Person, Status, Tinted, icon};
use crate::texts;

/// The preview of a ticket.
#[derive(Clone, Debug)]
pub struct PeekPage {
    /// The ticket's number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// Its area.
    pub area: Tinted,
    /// Its deadline.
    pub deadline: Deadline,
    /// Who is responsible.
    pub assignee: Option<Person>,
    /// The last messages, oldest first.
    pub messages: Vec<Message>,
    /// The customer's name.
    pub customer: String,
    /// Other tickets of the customer.
    pub others: Vec<OtherTicket>,
    /// Whether the person may change it.
    pub access: Access,
    /// How the signed-in person stands to it.
    pub mine: Mine,
    /// Whether it is closed.
    pub closed: Closed,
}

/// The inside of the preview's dialog.
pub fn peek(language: Language, page: &PeekPage) -> Markup {
    let texts = texts::ticket(language);
    html! {
        header {
            div class="row" {
                span class="muted num" { (page.number) }
                span class="row row-tight end" {
                    (step(-1, texts.previous(), texts.previous_title(), "chevron-up"))
                    (step(1, texts.next(), texts.next_title(), "chevron-down"))
                }
                button class="btn btn-quiet btn-sm" type="button" data-close aria-label=(texts.close_preview())
                    title=(texts.close_preview_title()) { (icon("x")) }
            }
            h2 { (page.subject) }
            div class="row wrap" {
                (frame::status_pill(&page.status))
                (frame::tag(&page.area))
                (frame::deadline(&page.deadline))
                (responsible(language, page.assignee.as_ref()))
            }
        }
        div class="pane" tabindex="0" role="region" aria-label=(texts.last_messages()) {
            div class="thread" {
                @for one in &page.messages { (message(language, one)) }
                @if !page.others.is_empty() {
                    section class="card" aria-labelledby="peek-customer" {
                        header { h3 id="peek-customer" { (page.customer) } }
                        div class="body" { (list(language, &page.others)) }
                    }
                }
            }
        }
        (foot(language, page))
    }
}

fn step(by: i8, label: &str, title: &str, symbol: &str) -> Markup {
    html! {
        button class="btn btn-quiet btn-sm" type="button" data-step=(by) aria-label=(label) title=(title) {
            (icon(symbol))
        }
    }
}

fn responsible(language: Language, person: Option<&Person>) -> Markup {
    html! {
        span class="row row-tight muted end" {
            (frame::assignee(language, person))
            @if let Some(person) = person { (person.name) } @else { (texts::common(language).not_assigned()) }
        }
    }
}

fn foot(language: Language, page: &PeekPage) -> Markup {
    let common = texts::common(language);
    let change = page.access == Access::Change;
    html! {
        footer {
            a class="btn btn-primary" href={ "/tickets/" (page.number) } data-key="Enter" {
                (common.open()) " " kbd { "↵" }
            }
            @if change {
                @match &page.mine {
                    Mine::Yes => {}
                    Mine::Nobodys => { (action(page, "claim", "", "i", "user-plus", common.keys_assign_me())) }
                    Mine::Others(id) => { (action(page, "assignee", id, "i", "user-plus", common.keys_assign_me())) }
                }
                @if page.closed == Closed::No {
                    (action(page, "solve", "", "e", "circle-check", texts::ticket(language).solve()))
                }
            }
        }
    }
}

fn action(
    page: &PeekPage,
    address: &str,
    value: &str,
    key: &str,
    symbol: &str,
    label: &str,
) -> Markup {
    let action = format!("/tickets/{}/{address}", page.number);
    html! {
        form method="post" action=(action) hx-post=(action) hx-swap="none" {
            input type="hidden" name="value" value=(value);
            button class="btn" data-key=(key) { (icon(symbol)) (label) " " kbd { (key.to_uppercase()) } }
        }
    }
}
