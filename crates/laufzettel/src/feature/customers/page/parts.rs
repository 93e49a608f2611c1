//! What several of the customers' pages show.

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::record::frame::{self, Moment, Person, Status, Tinted, icon, icon_small};
use crate::texts;

/// The disc of a customer: square for a company.
pub fn disc(person: &Person, is_company: bool, size: &str) -> Markup {
    let shape = if is_company { "av av-org" } else { "av" };
    html! {
        span class={ (shape) " " (size) } style={ "--h:" (person.hue) } aria-hidden="true" { (person.initials) }
    }
}

/// How many tickets are open.
pub fn open(language: Language, count: u64) -> Markup {
    html! {
        @if count == 0 { span class="muted" aria-hidden="true" { "–" } } @else {
            span class="pill" data-st="offen" { (icon("st-offen")) (texts::customers(language).open_count(count)) }
        }
    }
}

/// A telephone number that can be dialled.
pub fn phone(number: &str) -> Markup {
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    html! { a class="num" href={ "tel:" (dialled) } { (number) } }
}

/// The sentence at a field that is wrong.
pub fn wrong(form: &Form, field: &str) -> Markup {
    html! {
        @if let Some(sentence) = form.problem(field) {
            span class="error" id={ (field) "-error" } role="alert" { (sentence) }
        }
    }
}

/// The tickets of a customer.
#[derive(Clone, Debug)]
pub struct Tickets {
    /// The rows.
    pub rows: Vec<TicketRow>,
    /// Open ones: their address and how many there are.
    pub open: (String, String),
    /// All of them: their address and how many there are.
    pub all: (String, String),
    /// Whether all are shown.
    pub shows_all: bool,
    /// The address of older ones.
    pub more: Option<String>,
}

/// A ticket of a customer.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// Its number.
    pub number: String,
    /// The address of its page.
    pub href: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// Its area.
    pub area: Tinted,
    /// Who is responsible.
    pub assignee: Option<Person>,
    /// When it was last changed.
    pub last: Moment,
}

/// The card with the tickets.
pub fn tickets(language: Language, name: &str, tickets: &Tickets) -> Markup {
    let texts = texts::customers(language);
    let mark = |is_shown: bool| is_shown.then_some("true");
    html! {
        section class="card clipped" id="tickets" aria-labelledby="h-tickets" {
            header {
                h2 id="h-tickets" { (texts.tickets()) }
                nav class="seg end" aria-label=(texts.state()) {
                    a href=(tickets.open.0) aria-current=[mark(!tickets.shows_all)] {
                        (texts.open()) " " span class="count" { (tickets.open.1) }
                    }
                    a href=(tickets.all.0) aria-current=[mark(tickets.shows_all)] {
                        (texts.all()) " " span class="count" { (tickets.all.1) }
                    }
                }
            }
            @if tickets.rows.is_empty() {
                p class="goon muted" { (if tickets.shows_all { texts.no_tickets() } else { texts.no_open_tickets() }) }
            } @else {
                (ticket_table(language, name, &tickets.rows))
            }
            @if let Some(href) = &tickets.more { p class="goon" { a class="btn" href=(href) { (texts.older()) } } }
        }
    }
}

fn ticket_table(language: Language, name: &str, rows: &[TicketRow]) -> Markup {
    let texts = texts::customers(language);
    html! {
        div class="tablewrap" tabindex="0" role="region" aria-label=(texts.ticket_list()) {
            table class="table" {
                caption class="vh" { (texts.tickets_of(name)) }
                thead {
                    tr {
                        th scope="col" { span class="vh" { (texts.status()) } }
                        th scope="col" { (texts.number()) }
                        th scope="col" { (texts.subject()) }
                        th scope="col" { (texts.area()) }
                        th scope="col" { span class="vh" { (texts.assignee()) } }
                        th class="r" scope="col" { (texts.last()) }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            td { (frame::status(language, &row.status)) }
                            td class="num muted" { (row.number) }
                            th scope="row" { a class="inkname" href=(row.href) { (row.subject) } }
                            td { (frame::tag(&row.area)) }
                            td { (frame::assignee(language, row.assignee.as_ref())) }
                            td class="r muted" { (frame::moment(&row.last)) }
                        }
                    }
                }
            }
        }
    }
}

/// What became of a record.
#[derive(Clone, Debug)]
pub struct Event {
    /// The icon.
    pub icon: &'static str,
    /// What happened, with who did it.
    pub text: String,
    /// What is not as it was, line by line.
    pub changes: Vec<String>,
    /// When.
    pub at: Moment,
    /// The form that takes it back: its address.
    pub undo: Option<String>,
}

/// The card with what became of the record.
pub fn history(language: Language, events: &[Event]) -> Markup {
    let texts = texts::customers(language);
    html! {
        @if !events.is_empty() {
            section class="card clipped" id="history" aria-labelledby="h-history" {
                header { h2 id="h-history" { (texts.history()) } }
                ol class="custhist" {
                    @for event in events {
                        li {
                            (icon_small(event.icon))
                            div {
                                span { (event.text) }
                                @for change in &event.changes { span class="muted fine" { (change) } }
                            }
                            @if let Some(action) = &event.undo {
                                form method="post" action=(action) {
                                    button class="btn btn-sm" { (icon_small("rotate-ccw")) (texts.undo()) }
                                }
                            }
                            (frame::moment(&event.at))
                        }
                    }
                }
            }
        }
    }
}
