//! The palette: what can be done here, where one can go, tickets and customers by what was typed.

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use db::{Reading, Result, View};
use rules::number::fold_number;
use rules::right::{Level, Right};
use rules::text::SearchTerm;
use serde::Deserialize;
use web::{Form, Query};

use super::mark::Marker;
use super::page::{self, Command, Glyph, Group, GroupKind, Piece, Run, TicketBelow};
use super::store::{self, ProposedTicket};
use crate::feature::customers::{company_href, contact_href};
use crate::http::encode;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::actor::{Actor, Areas};
use crate::record::customers::{FindCustomers, Found, FoundCompany, FoundContact};
use crate::record::directory::{Listed, by_id};
use crate::record::found::{self, Words};
use crate::record::show;
use crate::record::ticket::{self, Ticket};

/// Tickets and customers that are proposed.
const TICKETS_MAX: i64 = 6;
const CUSTOMERS_MAX: i64 = 4;
/// Addresses that a field proposes.
const ADDRESSES_MAX: i64 = 10;
/// Documents whose tickets are proposed, newest first, and how many are enough.
const DOCUMENTS_MAX: usize = 60;
const ENOUGH: usize = 20;
/// Letters that are looked for.
const LETTERS_MAX: usize = 200;

/// What the address of the palette says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
    /// The current ticket of a list.
    ticket: Option<String>,
}

/// The results for what was typed.
pub async fn palette(screen: Screen, Query(asked): Query<Asked>, headers: HeaderMap) -> Answer {
    let typed = asked.q.unwrap_or_default();
    // PostgreSQL stores no NUL, so nothing that has one can be found.
    let typed: String = typed.replace('\0', " ").trim().chars().take(LETTERS_MAX).collect();
    let current = asked.ticket.filter(|ticket| !ticket.is_empty() && !ticket.contains('\0'));
    let below = may_change(&screen).then(|| current.or_else(|| ticket_below(&screen, &headers)));
    let below = below.flatten();
    let propose = Propose { actor: &screen.actor, typed: &typed, below: below.as_deref() };
    let proposed = match typed.is_empty() && below.is_none() {
        true => Proposed::default(),
        false => screen.app.db.read_long(&propose).await?,
    };
    let marker = Marker::of_beginnings(&typed);
    let groups = [
        (GroupKind::Commands, fitting(&marker, commands(&screen, below.as_deref()))),
        (GroupKind::Places, places(&screen, &marker, &typed)),
        (GroupKind::Tickets, tickets(&screen, &marker, &proposed.tickets)),
        (GroupKind::Customers, customers(&marker, &proposed.customers)),
    ];
    let groups = groups.into_iter().filter(|(_, commands)| !commands.is_empty());
    let groups: Vec<Group> = groups.map(|(kind, commands)| Group { kind, commands }).collect();
    let below = proposed.below.map(|ticket| shown_below(&screen, ticket));
    Ok(page::results(screen.language, below.as_ref(), &typed, &groups).into_response())
}

/// Where one can go. An address or a Message-ID may be a mail's.
fn places(screen: &Screen, marker: &Marker, typed: &str) -> Vec<Command> {
    let mut places = fitting(marker, page::places(screen.language));
    if typed.contains('@') {
        places.push(page::mail_with(screen.language, typed));
    }
    places
}

/// Whether the reader may change any ticket.
fn may_change(screen: &Screen) -> bool {
    screen.actor.areas_with(Level::Own) != Areas::Some(Vec::new())
}

/// The number of the ticket that is open in the browser.
fn ticket_below(screen: &Screen, headers: &HeaderMap) -> Option<String> {
    let page = headers.get("hx-current-url").and_then(|value| value.to_str().ok())?;
    let path = page.strip_prefix(screen.app.base_url.origin())?;
    number_in(path)
}

/// The number in the address of a ticket or of something in it.
fn number_in(path: &str) -> Option<String> {
    let name = path.strip_prefix("/tickets/")?.split(['/', '?', '#']).next()?;
    let number = Form::parse(format!("number={name}").as_bytes()).text("number").to_owned();
    // PostgreSQL stores no NUL, so nothing that has one can be found.
    (!number.is_empty() && !number.contains('\0')).then_some(number)
}

fn shown_below(screen: &Screen, ticket: Ticket) -> TicketBelow {
    TicketBelow {
        status: show::status(&screen.directory, ticket.status, screen.language),
        number: ticket.number,
        subject: ticket.subject,
    }
}

/// What can be done with the ticket that is open in the browser.
fn commands(screen: &Screen, below: Option<&str>) -> Vec<Command> {
    below.map_or_else(Vec::new, |number| page::commands(screen.language, number))
}

/// The commands whose name has all typed words as beginnings of its own, with marks.
fn fitting(marker: &Marker, commands: Vec<Command>) -> Vec<Command> {
    let name = |command: &Command| -> String {
        let text = |piece: &Piece| match piece {
            Piece::Plain(text) | Piece::Hit(text) => text.clone(),
        };
        command.name.iter().map(text).collect()
    };
    let is_meant =
        |command: &Command| marker.is_covered_by(&format!("{} {}", name(command), command.also));
    let fitting = commands.into_iter().filter(is_meant);
    fitting.map(|command| Command { name: marker.pieces(&name(&command)), ..command }).collect()
}

fn tickets(screen: &Screen, marker: &Marker, found: &[ProposedTicket]) -> Vec<Command> {
    let command = |ticket: &ProposedTicket| {
        let area = by_id(&screen.directory.areas, ticket.area.number());
        Command {
            run: Run::Go(format!("/tickets/{}", encode(&ticket.number))),
            glyph: Glyph::Status(show::status(&screen.directory, ticket.status, screen.language)),
            name: marker.pieces(&format!("{} {}", ticket.number, ticket.subject)),
            note: area.map(|area| area.name(screen.language).to_owned()),
            also: "",
            keys: Vec::new(),
        }
    };
    found.iter().map(command).collect()
}

/// Companies, then people: their pages.
fn customers(marker: &Marker, found: &Found) -> Vec<Command> {
    let command = |href: String, glyph, name: &str, note: Option<String>| Command {
        run: Run::Go(href),
        glyph: Glyph::Icon(glyph),
        name: marker.pieces(name),
        note,
        also: "",
        keys: Vec::new(),
    };
    let company = |one: &FoundCompany| {
        command(company_href(one.id), "briefcase", &one.name, one.customer_number.clone())
    };
    let contact = |one: &FoundContact| {
        command(contact_href(one.id), "user", &one.name, one.company_name.clone())
    };
    let companies = found.companies.iter().map(company);
    companies.chain(found.contacts.iter().map(contact)).collect()
}

/// What was typed as the address of a contact.
#[derive(Debug, Default, Deserialize)]
pub struct AskedContact {
    value: Option<String>,
}

/// Addresses for a field that takes one: choices of a data list.
pub async fn contacts(screen: Screen, Query(asked): Query<AskedContact>) -> Answer {
    let typed = asked.value.unwrap_or_default().replace('\0', " ");
    let find = FindCustomers { actor: &screen.actor, words: &typed, limit: ADDRESSES_MAX };
    let found = screen.app.db.read(&find).await?;
    Ok(page::addresses(&found.contacts).into_response())
}

/// Looks for tickets by the beginning of a number or by words.
pub struct FindTickets<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// What was typed.
    pub typed: &'a str,
    /// How many at most.
    pub limit: i64,
}

impl Reading for FindTickets<'_> {
    type Outcome = Vec<ProposedTicket>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<ProposedTicket>> {
        let terms = [SearchTerm::Word(self.typed.to_owned())];
        let words = Words {
            actor: self.actor,
            terms: &terms,
            rest: None,
            before: i64::MAX,
            enough: ENOUGH,
            limit: DOCUMENTS_MAX,
            window: found::WINDOW,
        };
        let hits = found::newest(view, &words).await?;
        let found = hits.documents.iter().map(|document| document.ticket.number());
        let number = fold_number(self.typed);
        store::tickets(view, &number, found, self.actor, self.limit).await
    }
}

/// Looks for tickets and customers, and for the ticket that is open in the browser.
struct Propose<'a> {
    actor: &'a Actor,
    typed: &'a str,
    below: Option<&'a str>,
}

#[derive(Default)]
struct Proposed {
    below: Option<Ticket>,
    tickets: Vec<ProposedTicket>,
    customers: Found,
}

impl Reading for Propose<'_> {
    type Outcome = Proposed;

    async fn run(&self, view: &mut View<'_>) -> Result<Proposed> {
        let below = match self.below {
            Some(number) => ticket::open(view, self.actor, Right::ReadTicket, number).await?.ok(),
            None => None,
        };
        if self.typed.is_empty() {
            return Ok(Proposed { below, ..Proposed::default() });
        }
        let find = FindTickets { actor: self.actor, typed: self.typed, limit: TICKETS_MAX };
        let tickets = find.run(view).await?;
        let find = FindCustomers { actor: self.actor, words: self.typed, limit: CUSTOMERS_MAX };
        let customers = find.run(view).await?;
        Ok(Proposed { below, tickets, customers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_tells_which_ticket_is_open() {
        let known = |path| number_in(path).unwrap_or_default();
        assert_eq!(known("/tickets/48213?x=1#message-9"), "48213");
        assert_eq!(known("/tickets/AU-77310/print"), "AU-77310");
        assert_eq!(known("/tickets/A%2F7#message-9"), "A/7");
        for other in ["/tickets", "/tickets/", "/tickets/%00", "/inbox?q=tickets/1", ""] {
            assert_eq!(known(other), "", "{other}");
        }
    }
}
