//! One customer: a company with its people, or a contact.

use maud::{Markup, html};
use values::Language;

use super::parts::{self, Event, Tickets};
use crate::record::frame::{self, Frame, Layout, Person, icon, icon_large, icon_small};
use crate::texts;

/// A customer as its page shows it.
#[derive(Clone, Debug)]
pub struct CustomerPage {
    /// The address of the page.
    pub here: String,
    /// The disc; its name is the customer's.
    pub disc: Person,
    /// Which sort.
    pub sort: Sort,
    /// The address of a new ticket.
    pub new_ticket: String,
    /// The list the page belongs to.
    pub list: &'static str,
    /// Labels and values beside the tickets.
    pub facts: Vec<Fact>,
    /// What the team should know.
    pub notes: Option<String>,
    /// The tickets.
    pub tickets: Tickets,
    /// What became of the record.
    pub events: Vec<Event>,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Whether the reader may make tickets.
    pub may_create: bool,
}

/// A company or a contact, with what only one of them has.
#[derive(Clone, Debug)]
pub enum Sort {
    /// A company with its people.
    Company(People),
    /// A contact, with the company that the address suggests.
    Contact(Option<Proposal>),
}

/// The people of a company.
#[derive(Clone, Debug)]
pub struct People {
    /// Some of them, by name.
    pub people: Vec<PersonRow>,
    /// Where a new one is made.
    pub new: String,
    /// Where all of them stand, if they are more.
    pub all: Option<String>,
}

/// Somebody who works for a company.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The address of the page.
    pub href: String,
    /// The disc; its name is the person's.
    pub disc: Person,
    /// What the person does.
    pub job: Option<String>,
    /// The main address.
    pub email: Option<String>,
    /// The main telephone number.
    pub phone: Option<String>,
    /// Open tickets.
    pub open: u64,
}

/// The company that an address suggests.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub company: String,
    /// Its name.
    pub name: String,
}

/// A label with its value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The label.
    pub label: &'static str,
    /// The value.
    pub value: Value,
}

/// What a label says.
#[derive(Clone, Debug)]
pub enum Value {
    /// Lines of text.
    Text(Vec<String>),
    /// Telephone numbers.
    Phones(Vec<String>),
    /// Addresses.
    Addresses(Vec<String>),
    /// Another page.
    Link(String, String),
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &CustomerPage) -> Markup {
    let language = frame.language;
    let texts = texts::customers(language);
    let is_company = matches!(page.sort, Sort::Company(_));
    let about = if is_company { texts.about_company() } else { texts.about_contact() };
    let main = html! {
        header { (bar(language, page, about)) (frame::banners(frame)) }
        div class="split" {
            div class="pane" tabindex="0" role="region" aria-label=(page.disc.name) {
                div class="custgrid" {
                    @match &page.sort {
                        Sort::Company(people) => { (self::people(language, people, page.may_write)) },
                        Sort::Contact(Some(proposal)) if page.may_write => { (self::proposal(language, page, proposal)) },
                        Sort::Contact(_) => {},
                    }
                    (parts::tickets(language, &page.disc.name, &page.tickets))
                    (parts::history(language, &page.events))
                }
            }
            (aside(language, page, about))
        }
    };
    frame::page(frame, Layout::Detail, &page.disc.name, &main)
}

fn bar(language: Language, page: &CustomerPage, about: &str) -> Markup {
    let texts = texts::customers(language);
    let is_company = matches!(page.sort, Sort::Company(_));
    html! {
        div class="bar" {
            a class="btn btn-quiet only-narrow" href=(page.list) aria-label=(texts.back()) { (icon_large("arrow-left")) }
            nav class="row row-tight only-wide" aria-label=(texts.path()) {
                a class="soft" href=(page.list) { (texts.customers()) }
                span class="muted" aria-hidden="true" { "/" }
            }
            span class="only-wide" { (parts::disc(&page.disc, is_company, "")) }
            h1 class="trunc" { (page.disc.name) }
            span class="end row" {
                @if page.may_write {
                    a class="btn only-wide" href={ (page.here) "/join" } data-key="m" { (icon("merge")) (texts.join()) " " kbd { "M" } }
                }
                @if page.may_create {
                    a class="btn btn-primary" href=(page.new_ticket) data-key="c" {
                        (icon("plus")) span class="only-wide" { (texts.new_ticket()) } kbd class="only-wide" { "C" }
                        span class="vh only-narrow" { (texts.new_ticket()) }
                    }
                }
                button class="btn btn-quiet narrow-aside" type="button" popovertarget="facts" aria-label=(about) { (icon("panel-right")) }
            }
        }
    }
}

fn people(language: Language, people: &People, may_write: bool) -> Markup {
    let texts = texts::customers(language);
    html! {
        section class="card clipped" aria-labelledby="h-people" {
            header {
                h2 id="h-people" { (texts.contacts()) }
                @if people.all.is_none() { span class="count" { (people.people.len()) } }
                @if may_write {
                    a class="btn btn-quiet btn-sm end" href=(people.new) { (icon_small("user-plus")) (texts.contact()) }
                }
            }
            @if people.people.is_empty() { p class="goon muted" { (texts.nobody_works_there()) } }
            @if !people.people.is_empty() {
                ul class="people" { @for one in &people.people { (person(language, one)) } }
            }
            @if let Some(href) = &people.all { p class="goon" { a class="btn" href=(href) { (texts.all_people()) } } }
        }
    }
}

fn person(language: Language, person: &PersonRow) -> Markup {
    let texts = texts::customers(language);
    html! {
        li {
            (parts::disc(&person.disc, false, "av-lg"))
            div {
                a class="inkname" href=(person.href) { b { (person.disc.name) } }
                @if let Some(job) = &person.job { small { (job) } }
                @if let Some(email) = &person.email { span class="line trunc" { (email) } }
                @match &person.phone {
                    Some(number) => { span class="line" { (parts::phone(number)) } },
                    None => { span class="line muted" { (texts.no_phone()) } },
                }
                @if person.open > 0 { (parts::open(language, person.open)) }
            }
        }
    }
}

fn proposal(language: Language, page: &CustomerPage, proposal: &Proposal) -> Markup {
    let texts = texts::customers(language);
    html! {
        section class="card custhint" aria-label=(texts.proposed_company()) {
            (icon("briefcase"))
            span class="grow" { (texts.belongs_to(&proposal.name)) }
            form method="post" action={ (page.here) "/company" } {
                input type="hidden" name="company" value=(proposal.company);
                button class="btn" { (texts.take_over()) }
            }
        }
    }
}

fn aside(language: Language, page: &CustomerPage, about: &str) -> Markup {
    let texts = texts::customers(language);
    html! {
        aside class="pane pane-aside" id="facts" popover aria-label=(about) {
            div class="sheet-head narrow-aside" {
                b { (about) }
                button class="btn btn-quiet" type="button" popovertarget="facts" popovertargetaction="hide"
                    aria-label=(texts::common(language).close()) { (icon("x")) }
            }
            div class="sheet" {
                @for fact in &page.facts {
                    div class="cell wide" { span class="k" { (fact.label) } span class="v custfact" { (value(&fact.value)) } }
                }
            }
            section class="custnote" aria-labelledby="h-notes" {
                h2 id="h-notes" { (texts.notes()) }
                @match &page.notes {
                    Some(notes) => { div class="note-line" data-tone="note" { (icon("lock")) span class="said" { (notes) } } },
                    None => { p class="muted fine" { (texts.no_notes()) } },
                }
            }
            @if page.may_write {
                p class="custacts" {
                    a class="btn" href={ (page.here) "/edit" } data-key="b" { (icon("pencil")) (texts.edit()) " " kbd { "B" } }
                    a class="btn btn-quiet only-narrow" href={ (page.here) "/join" } { (icon("merge")) (texts.join()) }
                }
            }
        }
    }
}

fn value(value: &Value) -> Markup {
    html! {
        @match value {
            Value::Text(lines) => { @for line in lines { span class="line" { (line) } } },
            Value::Phones(numbers) => { @for number in numbers { span class="line" { (parts::phone(number)) } } },
            Value::Addresses(addresses) => { @for address in addresses { a class="line" href={ "mailto:" (address) } { (address) } } },
            Value::Link(name, href) => { a href=(href) { (name) } },
        }
    }
}
