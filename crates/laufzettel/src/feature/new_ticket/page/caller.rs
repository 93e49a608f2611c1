//! Who asks: found by name, address or number while typing.

use maud::{Markup, html};
use values::Language;

use super::super::form::Kind;
use super::{NewTicketPage, field, wrong};
use crate::record::frame::icon;
use crate::texts;

/// A person or company that may be meant.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The input that is sent: `contact` or `company`.
    pub which: &'static str,
    /// Its number.
    pub id: String,
    /// The name.
    pub name: String,
    /// What tells it from others.
    pub detail: String,
}

/// The fields of who asks.
pub fn caller(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let typed = &page.typed;
    let (name_label, is_mail) = match typed.kind {
        Kind::Mail => (texts.recipient(), true),
        _ => (texts.caller(), false),
    };
    let (invalid, described) = wrong(page, "name");
    let input = html! {
        span class="inputwrap" {
            (icon("search"))
            input class="input" id="name" name="name" value=(typed.name) autocomplete="off" maxlength="200"
                autofocus[typed.name.is_empty()] aria-invalid=[invalid] aria-describedby=[described]
                hx-post="/tickets/new/callers" hx-trigger="input changed delay:200ms" hx-target="#callers"
                hx-swap="innerHTML" hx-include="closest form" aria-controls="callers";
        }
    };
    html! {
        div id="caller" class="stack stack-tight" {
            @if let Some(contact) = typed.contact { input type="hidden" name="contact" value=(contact); }
            @if let Some(company) = typed.company { input type="hidden" name="company" value=(company); }
            @if typed.company.is_some() { input type="hidden" name="company_name" value=(typed.company_name); }
            div class="fields" {
                (field(page, "name", name_label, &input))
                @if is_mail { (email(language, page)) (phone(language, page)) }
                @else { (phone(language, page)) (email(language, page)) }
                @if typed.company.is_none() { (company(language, page)) }
            }
            (known(language, page))
            div id="callers" class="callers" role="group" aria-label=(texts.found()) { (proposals(language, &page.proposals)) }
            noscript { button class="btn btn-sm" formaction="/tickets/new/callers" formnovalidate { (texts.look_up()) } }
        }
    }
}

fn known(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let typed = &page.typed;
    html! {
        @if typed.contact.is_some() || typed.company.is_some() {
            p class="hint row wrap" {
                @if typed.company.is_none() { (texts.on_record()) }
                @else { (texts.on_record_at(&typed.company_name)) }
                button class="linkbtn" type="submit" formaction="/tickets/new/caller" formnovalidate name="forget" value="yes"
                    hx-post="/tickets/new/caller" hx-target="#caller" hx-swap="outerHTML" hx-include="closest form" {
                    (texts.somebody_else())
                }
            }
        }
    }
}

fn email(language: Language, page: &NewTicketPage) -> Markup {
    let (invalid, described) = wrong(page, "email");
    let input = html! {
        input class="input" id="email" name="email" type="email" value=(page.typed.email) autocomplete="off"
            maxlength="320" required[page.typed.kind == Kind::Mail] aria-invalid=[invalid] aria-describedby=[described]
            hx-post="/tickets/new/beside" hx-trigger="change" hx-target="#beside" hx-swap="outerHTML" hx-include="closest form";
    };
    field(page, "email", texts::new_ticket(language).email(), &input)
}

/// The company of somebody whose company is not known: found, or made with the ticket.
fn company(language: Language, page: &NewTicketPage) -> Markup {
    let (invalid, described) = wrong(page, "company_name");
    let is_required = page.choices.required.contains(&"company_name");
    let input = html! {
        input class="input" id="company_name" name="company_name" value=(page.typed.company_name) autocomplete="off"
            maxlength="200" required[is_required] aria-invalid=[invalid] aria-describedby=[described]
            hx-post="/tickets/new/callers" hx-trigger="input changed delay:200ms" hx-target="#callers"
            hx-swap="innerHTML" hx-include="closest form" aria-controls="callers";
    };
    field(page, "company_name", texts::new_ticket(language).company(), &input)
}

fn phone(language: Language, page: &NewTicketPage) -> Markup {
    let (invalid, described) = wrong(page, "phone");
    let input = html! {
        input class="input num" id="phone" name="phone" type="tel" value=(page.typed.phone) autocomplete="off"
            maxlength="200" aria-invalid=[invalid] aria-describedby=[described]
            hx-post="/tickets/new/callers" hx-trigger="input changed delay:200ms" hx-target="#callers"
            hx-swap="innerHTML" hx-include="closest form";
    };
    field(page, "phone", texts::new_ticket(language).phone(), &input)
}

/// People and companies that may be meant, as buttons that fill the fields.
pub fn proposals(language: Language, proposals: &[Proposal]) -> Markup {
    let texts = texts::new_ticket(language);
    html! {
        @if !proposals.is_empty() {
            p class="vh" role="status" { (texts.found_so_many(proposals.len() as u64)) }
            ul class="mini" {
                @for one in proposals {
                    li {
                        button class="btn btn-quiet btn-block" type="submit" formaction="/tickets/new/caller" formnovalidate
                            name={ "chosen_" (one.which) } value=(one.id) hx-post="/tickets/new/caller" hx-target="#caller"
                            hx-swap="outerHTML" hx-include="closest form" {
                            (icon(if one.which == "contact" { "user" } else { "building-2" }))
                            b class="trunc" { (one.name) }
                            span class="muted trunc" { (one.detail) }
                        }
                    }
                }
            }
        }
    }
}
