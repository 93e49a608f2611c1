//! What our records say about a mail, gathered inside the transaction that decides about it.

use db::{Result, Tx};
use rules::intake::{
    Found, Known, MailFacts, MailboxSettings, SenderKind, StrangerWithNumber, TicketCandidate,
    UnknownSender,
};
use rules::status::StatusKind;
use values::EmailAddress;

use super::apply::ApplyMail;
use super::read::Referred;
use super::store::candidates::{self, Candidate, Referring};
use super::store::keys;
use crate::record::MailId;
use crate::record::area::Area;
use crate::record::contact::{self, Contact};
use crate::record::directory::{Directory, by_id};
use crate::record::mailbox::Mailbox;
use crate::service::mail_ids::OwnReference;

/// What was gathered.
pub struct Gathered {
    /// The facts for the rule.
    pub known: Known,
    /// The sender on record.
    pub contact: Option<Contact>,
    /// The tickets that may be meant, as stored.
    pub tickets: Vec<Candidate>,
    /// Whether it answers a mail that waits for its own decision, and no other that is known.
    pub is_early: bool,
}

/// Gathers the facts about a mail.
pub async fn gather(tx: &mut Tx<'_>, apply: &ApplyMail<'_>) -> Result<Gathered> {
    let (read, mail) = (apply.read, apply.waiting.id);
    let same_octets = keys::claim(tx, &octets_key(apply), mail).await?;
    let same_fingerprint = match read.mail.message_id {
        Some(_) => keys::claim(tx, &fingerprint_key(apply), mail).await?,
        None => None,
    };
    let number = |mail: Option<MailId>| mail.map(MailId::number);
    let mut known = Known {
        same_delivery: None,
        same_octets: number(same_octets),
        same_fingerprint: number(same_fingerprint),
        reused_message_id: None,
        sender: SenderKind::Unknown,
        tickets: Vec::new(),
        now: apply.now,
    };
    if same_octets.is_some() || same_fingerprint.is_some() {
        return Ok(Gathered { known, contact: None, tickets: Vec::new(), is_early: false });
    }
    if let Some(message_id) = &read.mail.message_id {
        known.reused_message_id = number(keys::same_message_id(tx, message_id, mail).await?);
    }
    let contact = match read.from() {
        Some(address) => contact::by_address(tx, address).await?,
        None => None,
    };
    known.sender = sender_kind(apply.directory, read.from(), contact.is_some());
    let references = candidates::referred(tx, read, apply.mailbox.area).await?;
    let tickets = candidates::tickets(tx, apply, &references).await?;
    for ticket in &tickets {
        add(&mut known.tickets, candidate(apply, ticket, &references));
    }
    let is_early = references.is_empty() && candidates::awaits(tx, read, mail).await?;
    Ok(Gathered { known, contact, tickets, is_early })
}

/// The keys that a mail may claim.
pub fn keys_of(apply: &ApplyMail<'_>) -> [Vec<u8>; 2] {
    [octets_key(apply), fingerprint_key(apply)]
}

/// The same bytes in the same mailbox.
fn octets_key(apply: &ApplyMail<'_>) -> Vec<u8> {
    key(b'o', &apply.read.raw_hash, apply.mailbox.id.number())
}

/// The same mail for the same people: mailboxes of one area share their tickets.
fn fingerprint_key(apply: &ApplyMail<'_>) -> Vec<u8> {
    key(b'f', &apply.read.mail.fingerprint, apply.mailbox.area.number())
}

fn key(kind: u8, hash: &[u8], scope: i64) -> Vec<u8> {
    [&[kind], hash, &scope.to_be_bytes()].concat()
}

fn sender_kind(directory: &Directory, from: Option<&EmailAddress>, is_contact: bool) -> SenderKind {
    let Some(from) = from else { return SenderKind::Unknown };
    let is_own = |mailbox: &Mailbox| mailbox.addresses().contains(from);
    let is_agent = directory.agents.iter().any(|agent| agent.email == from.as_str());
    match () {
        () if directory.mailboxes.iter().any(is_own) => SenderKind::OwnMailbox,
        () if is_agent => SenderKind::Agent,
        () if is_contact => SenderKind::Contact,
        () => SenderKind::Unknown,
    }
}

/// Adds a candidate. What speaks for a ticket by a number that it got with a merging speaks for it, too.
fn add(tickets: &mut Vec<TicketCandidate>, candidate: TicketCandidate) {
    match tickets.iter_mut().find(|ticket| ticket.id == candidate.id) {
        Some(known) => {
            let new = candidate.found.into_iter().filter(|found| !known.found.contains(found));
            let new: Vec<Found> = new.collect();
            known.found.extend(new);
        }
        None => tickets.push(candidate),
    }
}

fn candidate(
    apply: &ApplyMail<'_>,
    ticket: &Candidate,
    references: &[Referring],
) -> TicketCandidate {
    let status = by_id(&apply.directory.statuses, ticket.status.number());
    let area = by_id(&apply.directory.areas, ticket.area.number());
    TicketCandidate {
        id: ticket.id.number(),
        number: ticket.number.clone(),
        subject: ticket.subject.clone(),
        kind: status.map_or(StatusKind::InProgress, |status| status.kind.0),
        has_assignee: ticket.assignee.is_some(),
        sender_is_participant: ticket.is_participant,
        sender_is_customer: ticket.is_customer
            || apply.read.from().map(EmailAddress::as_str) == ticket.requester_email.as_deref(),
        mailbox_is_new: !ticket.knows_mailbox,
        updated_at: ticket.updated_at,
        closed_at: ticket.closed_at,
        after_closing: area.map(Area::after_closing).unwrap_or_default(),
        on_customer_answer: area.map(Area::on_customer_answer).unwrap_or_default(),
        found: found(apply, ticket, references),
    }
}

/// By which clues a ticket was found.
fn found(apply: &ApplyMail<'_>, ticket: &Candidate, references: &[Referring]) -> Vec<Found> {
    let read = apply.read;
    let mut found = Vec::new();
    // What answers a message that was moved out of a ticket still bears the ticket's marks.
    let is_left = references.iter().any(|named| named.left == Some(ticket.id));
    if read.replied.contains(&ticket.public_id) && !is_left {
        found.push(Found::ReplyToken);
    }
    let names_ticket = |referred: &Referred| {
        referred.own == Some(OwnReference::Ticket(ticket.public_id.clone())) && !is_left
    };
    let is_stored = |named: &Referred| {
        let is_it = |known: &Referring| {
            known.ticket == ticket.id && known.referred.message_id == named.message_id
        };
        references.iter().any(is_it)
    };
    for referred in &read.references {
        let (reference, message_id) = (referred.reference, referred.message_id.clone());
        if names_ticket(referred) || (is_stored(referred) && referred.own.is_some()) {
            found.push(Found::OwnMessageId { reference, is_valid: true, message_id });
        } else if is_stored(referred) {
            found.push(Found::ForeignMessageId { reference, message_id });
        }
    }
    let returned = read.returned.as_ref();
    if let Some(returned) = returned.filter(|it| names_ticket(it) || is_stored(it)) {
        found.push(Found::ReturnedMail { is_valid: returned.own.is_some() });
    }
    // Another team's ticket may hold the same mail; each has its own then.
    let is_of_team = ticket.area == apply.mailbox.area;
    if let Some(named) = read.named.as_ref().filter(|named| is_of_team && is_stored(named)) {
        found.push(Found::AnsweredBefore { message_id: named.message_id.clone() });
    }
    let number = read.numbers.iter().find(|number| number.number == ticket.number_key);
    let number = number.filter(|_| !is_left);
    found.extend(number.map(|number| Found::SubjectNumber(number.strength)));
    let is_of_sender = read.from().map(EmailAddress::as_str) == ticket.requester_email.as_deref();
    if is_of_sender && !apply.waiting.archive {
        found.push(Found::TicketOfSender);
    }
    found
}

/// What the mail says, as the rule wants it.
pub fn mail_facts<'a>(apply: &'a ApplyMail<'_>) -> MailFacts<'a> {
    let read = apply.read;
    MailFacts {
        class: read.class,
        from: read.from(),
        subject: &read.mail.subject,
        received_at: apply.waiting.internal_date.unwrap_or(apply.waiting.arrived_at),
        has_message_id: read.mail.message_id.is_some(),
        is_our_message: read.is_our_message,
        has_our_loop_mark: read.has_our_loop_mark,
        has_forwarded_headers: read.has_forwarded_headers,
        wants_no_answer: read.sort.wants_no_answer,
        back_on: read.sort.back.map(|(day, _)| day),
    }
}

/// The settings of a mailbox, as the rule wants them. History is taken whatever its age.
pub fn settings(mailbox: &Mailbox, is_archive: bool) -> MailboxSettings {
    let domains = mailbox.domains.split(',').map(str::trim).filter(|domain| !domain.is_empty());
    MailboxSettings {
        from: mailbox.from_date.filter(|_| !is_archive),
        age_days_max: mailbox
            .max_age_days
            .filter(|_| !is_archive)
            .and_then(|days| u32::try_from(days).ok()),
        unknown_sender: UnknownSender::from_code(&mailbox.unknown_sender).unwrap_or_default(),
        domains: domains.map(str::to_owned).collect(),
        stranger_with_number: StrangerWithNumber::from_code(&mailbox.stranger_with_number)
            .unwrap_or_default(),
        join_open_ticket: mailbox
            .join_open_ticket
            .then(|| u8::try_from(mailbox.similarity_percent).unwrap_or(100)),
        customers_only: mailbox.options().customers_only,
    }
}
