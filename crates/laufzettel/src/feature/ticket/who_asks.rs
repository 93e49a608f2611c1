//! Who asks, what else they asked, and for how long.

use super::page::{Ages, Customer, IsCompany, OtherTicket, Others};
use super::read::TicketView;
use crate::feature::customers::{company_href, contact_href};
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::show;
use crate::record::ticket::Ticket;

/// The customer of a ticket.
pub fn customer(screen: &Screen, ticket: &Ticket) -> Option<Customer> {
    let address = ticket.requester_email.clone().unwrap_or_default();
    let contact = ticket.contact_name.clone().unwrap_or(ticket.requester_name.clone());
    let name = ticket.company_name.clone().unwrap_or(contact.clone());
    let person = show::person(&name);
    let person_href = ticket.contact.map(contact_href);
    let href = ticket.company.map(company_href).or(person_href.clone());
    let is_german = screen.language == values::Language::German;
    let all = if is_german { "ist:alle von" } else { "is:all from" };
    Some(Customer {
        initials: person.initials,
        hue: person.hue,
        company: if ticket.company_name.is_some() { IsCompany::Yes } else { IsCompany::No },
        number: ticket.customer_number.clone(),
        reference: ticket.reference.clone(),
        phone: ticket.requester_phone.clone().or(ticket.contact_phone.clone()),
        href: href
            .unwrap_or_else(|| format!("/inbox?q={}", encode(&format!("{all}:\"{address}\"")))),
        contact_href: person_href.filter(|_| ticket.company.is_some()),
        name,
        contact,
        address,
    })
}

/// How long things took.
pub fn ages(screen: &Screen, ticket: &Ticket) -> Ages {
    let times = screen.times();
    let read = ticket.first_read_at.map(|read| {
        let then = web::Times { now: read, ..screen.times() };
        (then.distance(ticket.created_at), times.distance(read))
    });
    Ages { since_created: times.distance(ticket.created_at), read }
}

/// What else the customer asked.
pub fn others(screen: &Screen, view: &TicketView) -> Others {
    let open = view.others.iter().filter(|other| other.stage.0.is_open()).count() as u64;
    Others { open, tickets: other_tickets(screen, view) }
}

/// Other tickets of the customer, newest first.
pub fn other_tickets(screen: &Screen, view: &TicketView) -> Vec<OtherTicket> {
    let others = view.others.iter().map(|other| OtherTicket {
        number: other.number.clone(),
        subject: other.subject.clone(),
        status: show::status(&screen.directory, other.status, screen.language),
        time: show::moment(&screen.times(), other.updated_at),
    });
    others.collect()
}
