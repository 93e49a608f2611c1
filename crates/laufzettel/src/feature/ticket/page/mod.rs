//! The ticket as a page: bar, conversation, properties, customer.
//!
//! Everything comes ready to print. A fragment is the same function that the whole page uses.

mod aside;
mod bar;
mod conversation;
mod delivery;
mod event;
mod message;
mod pager;
mod preview;
mod print;
#[cfg(test)]
pub mod samples;
mod sheet;
mod why;

use maud::{Markup, html};
use values::Language;

pub use aside::{Ages, Customer, IsCompany, OtherTicket, Others, aside, who_asks};
pub use bar::{Bar, Closed, Mine, Swap, actions};
pub use conversation::{Conversation, Earlier, Entry, conversation};
pub use delivery::{Delivery, DeliveryState};
pub use event::{Event, Placed, What, event};
pub use message::{Attachment, Fold, Kind, Message, Preview, Quote, Segment, message, segment};
pub use pager::{Pager, Position, pager};
pub use preview::{PeekPage, peek};
pub use print::{PrintMessage, PrintPage, print_page};
pub use sheet::{Access, Choice, Field, FieldProblem, Sheet, mark_name, sheet};
pub use why::{Why, why, why_page};

use crate::feature::regroup::page::{Alike, hints};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// A ticket.
#[derive(Clone, Debug)]
pub struct TicketPage {
    /// Back, previous and next, subject, actions.
    pub bar: Bar,
    /// Whether it lies apart from the others.
    pub apart: Apart,
    /// Whether something in it is unread.
    pub seen: Seen,
    /// Messages and events.
    pub conversation: Conversation,
    /// The properties.
    pub sheet: Sheet,
    /// Who asks.
    pub customer: Option<Customer>,
    /// Other tickets of the same customer.
    pub others: Others,
    /// How long things took.
    pub ages: Ages,
    /// Tickets that may be about the same.
    pub alike: Vec<Alike>,
}

/// Whether a ticket lies apart from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// It lies with the others.
    No,
    /// It was put aside as spam.
    Spam,
    /// It lies in the bin.
    Bin,
}

/// Whether something in a ticket is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Everything was read.
    Yes,
    /// Showing the page marks it as read.
    NotYet,
}

/// Prints the whole page, with what writes an answer below the conversation.
pub fn page(frame: &Frame, page: &TicketPage, composer: &Markup) -> Markup {
    let language = frame.language;
    let main = html! {
        header {
            (bar::bar(language, &page.bar, page.sheet.access))
            (apart(language, &page.bar.number, page.apart, Swap::InPlace))
            (hints(language, &page.bar.number, &page.alike))
            (frame::banners(frame))
        }
        div class="split" {
            div class="ticket" {
                div class="pane" id="conversation" tabindex="0" role="region"
                    aria-label=(texts::ticket(language).conversation()) {
                    @if page.seen == Seen::NotYet { (seen(language, &page.bar.number)) }
                    (conversation(language, &page.conversation))
                }
                (composer)
            }
            (aside(language, page))
        }
    };
    let title = format!("{} {}", page.bar.number, page.bar.subject);
    frame::page(frame, Layout::Detail, &title, &main)
}

/// Showing the page reads it: sent by the script at once, by hand without one.
fn seen(language: Language, number: &str) -> Markup {
    let action = format!("/tickets/{number}/seen");
    html! {
        form class="seen" method="post" action=(action) hx-post=(action) hx-trigger="load" hx-swap="delete"
            hx-target="this" {
            button class="btn btn-sm no-script" { (icon("check-check")) (texts::ticket(language).mark_read()) }
        }
    }
}

/// The banner of a ticket that lies apart, with its way back; empty for others.
pub fn apart(language: Language, number: &str, apart: Apart, swap: Swap) -> Markup {
    let texts = texts::ticket(language);
    let banner = |symbol, heading, text| {
        let action = format!("/tickets/{number}/undo");
        html! {
            div class="banner" data-tone="amber" {
                (icon(symbol))
                span class="grow" { b { (heading) } " " (text) }
                form method="post" action=(action) hx-post=(action) hx-target="#sheet" hx-swap="morph:outerHTML" {
                    button class="btn btn-sm" { (icon("rotate-ccw")) (texts.restore()) }
                }
            }
        }
    };
    html! {
        div id="apart" role="status" hx-ext="morph" hx-swap-oob=[swap.out_of_band()] {
            @match apart {
                Apart::No => {}
                Apart::Spam => { (banner("flag", texts.is_spam(), texts.is_spam_text())) }
                Apart::Bin => { (banner("trash", texts.in_bin(), texts.in_bin_text())) }
            }
        }
    }
}
