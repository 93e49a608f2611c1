//! What is known of the customer: tickets that may be about the same, the others, who it is.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::{self, Deadline, Moment, Status, icon};
use crate::texts;

/// A ticket of the customer.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// Its deadline.
    pub deadline: Deadline,
    /// When something last happened.
    pub time: Moment,
}

/// The customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The name of the person or the company.
    pub name: String,
    /// The company of a person.
    pub company: String,
    /// The page of the customer.
    pub href: String,
}

/// What stands beside the form.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Open tickets that may be about the same.
    pub same: Vec<Card>,
    /// Other tickets of the customer, newest first.
    pub others: Vec<Card>,
    /// The customer, if he is on record.
    pub customer: Option<Customer>,
}

/// A ticket that was begun and not made yet.
#[derive(Clone, Debug)]
pub struct BegunCard {
    /// Where it is gone on with.
    pub href: String,
    /// What tells it from others.
    pub words: String,
    /// When it was saved.
    pub time: Moment,
}

/// Other tickets that were begun.
pub fn begun(language: Language, begun: &[BegunCard]) -> Markup {
    html! {
        details class="fold" open {
            summary { (icon("chevron-right")) (texts::new_ticket(language).begun()) span class="n" { (begun.len()) } }
            div class="body" {
                ul class="mini" {
                    @for one in begun {
                        li {
                            (icon("pencil")) a class="trunc" href=(one.href) { (one.words) }
                            span class="end" { (frame::short_moment(&one.time)) }
                        }
                    }
                }
            }
        }
    }
}

/// Prints it.
pub fn beside(language: Language, beside: &Beside) -> Markup {
    let texts = texts::new_ticket(language);
    html! {
        div id="beside" {
            @if !beside.same.is_empty() {
                section class="dup" aria-label=(texts.same()) role="status" {
                    div class="row" { (icon("merge")) b { (texts.same()) } }
                    @for one in &beside.same { (same(language, one)) }
                }
            }
            @if let Some(customer) = &beside.customer { (self::customer(customer)) }
            @if !beside.others.is_empty() { (others(language, &beside.others)) }
            @if beside.same.is_empty() && beside.others.is_empty() && beside.customer.is_none() {
                p class="muted fine pad" { (texts.nothing_beside()) }
            }
        }
    }
}

fn same(language: Language, card: &Card) -> Markup {
    let texts = texts::new_ticket(language);
    html! {
        a class="dupcard" href={ "/tickets/" (encode(&card.number)) } {
            span class="row" {
                (frame::status(language, &card.status)) span class="num muted" { (card.number) }
                span class="end" { (frame::deadline(&card.deadline)) }
            }
            b { (card.subject) }
            small class="muted" { (frame::moment(&card.time)) }
        }
        button class="btn btn-block" type="submit" form="new-ticket" formaction="/tickets/new/note" name="ticket"
            value=(card.number) formnovalidate { (texts.add_note(&card.number)) }
    }
}

fn customer(customer: &Customer) -> Markup {
    html! {
        section class="customer" aria-label=(customer.name) {
            a class="linked" href=(customer.href) { b { (customer.name) } }
            @if !customer.company.is_empty() { div class="muted fine" { (customer.company) } }
        }
    }
}

fn others(language: Language, others: &[Card]) -> Markup {
    let texts = texts::new_ticket(language);
    html! {
        details class="fold" open {
            summary { (icon("chevron-right")) (texts.others()) span class="n" { (others.len()) } }
            div class="body" {
                ul class="mini" {
                    @for one in others {
                        li {
                            (frame::status(language, &one.status))
                            a class="trunc" href={ "/tickets/" (encode(&one.number)) } { (one.subject) }
                            span class="end" { (frame::short_moment(&one.time)) }
                        }
                    }
                }
            }
        }
    }
}
