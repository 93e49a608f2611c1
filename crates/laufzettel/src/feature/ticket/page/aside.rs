//! The sheet at the right: properties, who asks, what else they asked.

use maud::{Markup, html};
use values::Language;

use super::TicketPage;
use super::bar::Swap;
use super::sheet::sheet;
use crate::record::frame::{self, Moment, Status, icon};
use crate::texts;

/// Who asks.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The company, or the person if there is none.
    pub name: String,
    /// One or two letters for the disc.
    pub initials: String,
    /// The hue of the disc, 0 to 359 degrees.
    pub hue: u16,
    /// Whether the name is a company's.
    pub company: IsCompany,
    /// The customer number.
    pub number: Option<String>,
    /// The number that the customer has for the ticket.
    pub reference: Option<String>,
    /// The person.
    pub contact: String,
    /// The person's address.
    pub address: String,
    /// The person's telephone number.
    pub phone: Option<String>,
    /// The page of the company, or of the person if there is none.
    pub href: String,
    /// The page of the person, if there is a company as well.
    pub contact_href: Option<String>,
}

/// Whether a name is a company's or a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsCompany {
    /// A company's.
    Yes,
    /// A person's.
    No,
}

/// Other tickets of the same customer, newest first.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// How many of them are open.
    pub open: u64,
    /// The newest of them.
    pub tickets: Vec<OtherTicket>,
}

/// Another ticket of the same customer.
#[derive(Clone, Debug)]
pub struct OtherTicket {
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// When something last happened.
    pub time: Moment,
}

/// How long things took (F-FLD-25).
#[derive(Clone, Debug, Default)]
pub struct Ages {
    /// Since the ticket was made: `3 Tage`.
    pub since_created: String,
    /// From then until somebody first read it, and since then; nothing while nobody has.
    pub read: Option<(String, String)>,
}

/// Properties, customer and other tickets.
pub fn aside(language: Language, page: &TicketPage) -> Markup {
    let texts = texts::ticket(language);
    html! {
        aside class="pane pane-aside" id="properties" popover aria-label=(texts.properties_and_customer()) {
            div class="sheet-head narrow-aside" {
                b { (texts.properties_and_customer()) }
                button class="btn btn-quiet" type="button" popovertarget="properties" popovertargetaction="hide"
                    aria-label=(texts::common(language).close()) { (icon("x")) }
            }
            (sheet(language, &page.sheet))
            (who_asks(language, page.customer.as_ref(), &page.others, &page.ages, Swap::InPlace))
        }
    }
}

/// The customer, what else he asked, and for how long.
pub fn who_asks(
    language: Language,
    customer: Option<&Customer>,
    others: &Others,
    ages: &Ages,
    swap: Swap,
) -> Markup {
    html! {
        div id="who-asks" hx-swap-oob=[swap.out_of_band()] {
            @if let Some(customer) = customer { (self::customer(language, customer)) }
            (self::others(language, others))
            (self::ages(language, ages))
        }
    }
}

fn ages(language: Language, ages: &Ages) -> Markup {
    let texts = texts::ticket(language);
    html! {
        section class="customer" aria-label=(texts.times()) {
            dl class="kv fine" {
                dt { (texts.since_created()) }
                dd { (texts.ago(&ages.since_created)) }
                @if let Some((until, since)) = &ages.read {
                    dt { (texts.until_read()) }
                    dd { (until) }
                    dt { (texts.since_read()) }
                    dd { (since) }
                }
            }
        }
    }
}

fn customer(language: Language, customer: &Customer) -> Markup {
    let texts = texts::ticket(language);
    let class = if customer.company == IsCompany::Yes { "av av-lg av-org" } else { "av av-lg" };
    html! {
        section class="customer" aria-label=(texts.customer()) {
            div class="row" {
                span class=(class) style={ "--h:" (customer.hue) } aria-hidden="true" { (customer.initials) }
                div class="grow" {
                    a class="name" href=(customer.href) { (customer.name) }
                    @if let Some(number) = &customer.number {
                        div class="muted fine" { (texts.customer_number(number)) }
                    }
                }
            }
            dl class="kv fine" {
                dt { (texts::common(language).contact()) }
                dd {
                    @match &customer.contact_href {
                        Some(href) => { a href=(href) { (customer.contact) } },
                        None => { (customer.contact) },
                    }
                }
                @if let Some(reference) = &customer.reference {
                    dt { (texts.reference()) }
                    dd { (reference) }
                }
                dt { (texts.address()) }
                dd { (customer.address) }
                @if let Some(phone) = &customer.phone {
                    dt { (texts.phone()) }
                    dd { a href={ "tel:" (phone.replace(' ', "")) } { (phone) } }
                }
            }
        }
    }
}

fn others(language: Language, others: &Others) -> Markup {
    let texts = texts::ticket(language);
    html! {
        @if !others.tickets.is_empty() {
            details class="fold" open {
                summary {
                    (icon("chevron-right")) (texts.other_tickets()) @if others.open > 0 { span class="n" { (texts.others_open(&others.open.to_string())) } }
                }
                div class="body" { (list(language, &others.tickets)) }
            }
        }
    }
}

/// Tickets as short lines: status, subject, time.
pub(super) fn list(language: Language, tickets: &[OtherTicket]) -> Markup {
    html! {
        ul class="mini" {
            @for ticket in tickets {
                li {
                    (frame::status(language, &ticket.status))
                    a class="trunc" href={ "/tickets/" (ticket.number) } { (ticket.subject) }
                    span class="end" { (frame::moment(&ticket.time)) }
                }
            }
        }
    }
}
