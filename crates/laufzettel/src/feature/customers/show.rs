//! Customers as their pages show them.

use rules::right::Level;
use values::Language;

use super::history;
use super::page::customer::{CustomerPage, Fact, People, PersonRow, Proposal, Sort, Value};
use super::page::list::Row;
use super::page::parts::{TicketRow, Tickets};
use super::read::{Asked, CompanyView, ContactView, PEOPLE, Story, TICKETS};
use super::store::{self, CompanyRow, ContactRow};
use super::{company_href, contact_href};
use crate::feature::contacts::may_write;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::actor::Areas;
use crate::record::counters;
use crate::record::show;
use crate::texts;

/// A company in the list.
pub fn company_row(screen: &Screen, row: &CompanyRow) -> Row {
    Row {
        id: row.id.to_string(),
        href: company_href(row.id),
        disc: show::person(&row.name),
        below: row.domain.clone(),
        beside: row.person.clone(),
        beside_below: row.phone.clone(),
        number: row.customer_number.clone().unwrap_or_default(),
        open: u64::try_from(row.open).unwrap_or_default(),
        last: row.last_at.map(|at| show::short_moment(&screen.times(), at)),
    }
}

/// A contact in the list.
pub fn contact_row(screen: &Screen, row: &ContactRow) -> Row {
    Row {
        id: row.id.to_string(),
        href: contact_href(row.id),
        disc: show::person(&row.name),
        below: row.email.clone().filter(|email| *email != row.name),
        beside: row.company_name.clone(),
        beside_below: row.job.clone(),
        number: row.phone.clone().unwrap_or_default(),
        open: u64::try_from(row.open).unwrap_or_default(),
        last: row.last_at.map(|at| show::short_moment(&screen.times(), at)),
    }
}

/// Whether the actor may make tickets anywhere.
pub fn may_create(screen: &Screen) -> bool {
    screen.actor.areas_with(Level::Work) != Areas::Some(Vec::new())
}

/// The page of a contact.
pub fn contact(screen: &Screen, view: &ContactView, asked: Asked) -> CustomerPage {
    let contact = &view.contact;
    let texts = texts::customers(screen.language);
    let here = contact_href(contact.id);
    let company = contact.company.zip(contact.company_name.clone());
    let facts = [
        company.map(|(id, name)| (texts.company(), Value::Link(name, company_href(id)))),
        contact.job.clone().map(|job| (texts.job(), Value::Text(vec![job]))),
        list(&contact.addresses).map(|all| (texts.addresses(), Value::Addresses(all))),
        list(&contact.phones).map(|all| (texts.phones(), Value::Phones(all))),
        language_name(screen.language, contact.language.as_deref())
            .map(|name| (texts.language(), Value::Text(vec![name.to_owned()]))),
    ];
    let proposed = view.proposed.as_ref();
    CustomerPage {
        disc: show::person(&contact.name),
        sort: Sort::Contact(proposed.map(|company| Proposal {
            company: company.id.to_string(),
            name: company.name.clone(),
        })),
        new_ticket: format!("/tickets/new?contact={}", contact.id),
        list: "/customers?kind=contacts",
        facts: facts.into_iter().flatten().map(|(label, value)| Fact { label, value }).collect(),
        notes: contact.notes.clone(),
        tickets: tickets(screen, &here, &view.story, asked),
        events: history::events(screen, &view.story.events, undoable(screen, &view.story)),
        may_write: may_write(&screen.actor),
        may_create: may_create(screen),
        here,
    }
}

/// The page of a company.
pub fn company(screen: &Screen, view: &CompanyView, asked: Asked) -> CustomerPage {
    let company = &view.company;
    let texts = texts::customers(screen.language);
    let here = company_href(company.id);
    let lines = |text: &String| Value::Text(text.lines().map(str::to_owned).collect());
    let facts = [
        company.customer_number.as_ref().map(|text| (texts.customer_number(), lines(text))),
        company.domain.as_ref().map(|text| (texts.domain(), lines(text))),
        company.phone.clone().map(|text| (texts.phone(), Value::Phones(vec![text]))),
        company.postal_address.as_ref().map(|text| (texts.postal_address(), lines(text))),
    ];
    let are_all = view.people.len() <= usize::try_from(PEOPLE).unwrap_or_default();
    let shown = view.people.iter().take(usize::try_from(PEOPLE).unwrap_or_default());
    CustomerPage {
        disc: show::person(&company.name),
        sort: Sort::Company(People {
            people: shown.map(person).collect(),
            new: format!("/customers/contacts/new?company={}", company.id),
            all: (!are_all)
                .then(|| format!("/customers?kind=contacts&q={}", encode(&company.name))),
        }),
        new_ticket: format!("/tickets/new?company={}", company.id),
        list: "/customers?kind=companies",
        facts: facts.into_iter().flatten().map(|(label, value)| Fact { label, value }).collect(),
        notes: company.notes.clone(),
        tickets: tickets(screen, &here, &view.story, asked),
        events: history::events(screen, &view.story.events, undoable(screen, &view.story)),
        may_write: may_write(&screen.actor),
        may_create: may_create(screen),
        here,
    }
}

/// The customers that the reader may take out again.
fn undoable<'a>(screen: &Screen, story: &'a Story) -> &'a [i64] {
    if may_write(&screen.actor) { &story.joined } else { &[] }
}

fn list(texts: &[String]) -> Option<Vec<String>> {
    (!texts.is_empty()).then(|| texts.to_vec())
}

/// The language of mails to somebody, in words.
pub fn language_name(language: Language, code: Option<&str>) -> Option<&'static str> {
    let texts = texts::customers(language);
    match code? {
        "de" => Some(texts.german()),
        "en" => Some(texts.english()),
        _ => None,
    }
}

fn person(row: &ContactRow) -> PersonRow {
    PersonRow {
        href: contact_href(row.id),
        disc: show::person(&row.name),
        job: row.job.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        open: u64::try_from(row.open).unwrap_or_default(),
    }
}

fn tickets(screen: &Screen, here: &str, story: &Story, asked: Asked) -> Tickets {
    let shown = story.tickets.iter().take(usize::try_from(TICKETS).unwrap_or_default());
    let has_more = story.tickets.len() > shown.len();
    let last = shown.clone().next_back().filter(|_| has_more).map(|ticket| ticket.id);
    let shows_all = asked.tickets == store::Tickets::All;
    let (open, all) = (format!("{here}#tickets"), format!("{here}?tickets=all#tickets"));
    let more = last.map(|id| match shows_all {
        true => format!("{here}?tickets=all&before={id}#tickets"),
        false => format!("{here}?before={id}#tickets"),
    });
    Tickets {
        rows: shown.map(|row| ticket(screen, row)).collect(),
        open: (open, counters::shown(story.open, screen.language)),
        all: (all, counters::shown(story.all, screen.language)),
        shows_all,
        more,
    }
}

fn ticket(screen: &Screen, row: &store::TicketRow) -> TicketRow {
    TicketRow {
        number: row.number.clone(),
        href: format!("/tickets/{}", encode(&row.number)),
        subject: row.subject.clone(),
        status: show::status(&screen.directory, row.status, screen.language),
        area: show::area(&screen.directory, row.area, screen.language),
        assignee: show::agent(&screen.directory, row.assignee),
        last: show::moment(&screen.times(), row.updated_at),
    }
}
