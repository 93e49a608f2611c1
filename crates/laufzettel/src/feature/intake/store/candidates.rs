//! The tickets that a mail may mean, by any clue.

use db::{Engine, Query, Result, Tx, from_row, params, sql};
use values::{EmailAddress, Timestamp};

use super::keys;
use crate::feature::intake::apply::ApplyMail;
use crate::feature::intake::read::{ReadMail, Referred};
use crate::record::message::json;
use crate::record::{AgentId, AreaId, EntryId, MailId, TicketId};
use crate::service::mail_ids::OwnReference;

/// Open tickets of the sender that a subject is compared with.
const OF_SENDER_MAX: i64 = 20;

from_row! {
    /// A ticket that may be meant.
    #[derive(Clone, Debug)]
    pub struct Candidate {
        /// The ticket.
        pub id: TicketId,
        /// Its number.
        pub number: String,
        /// The number by which it may be named, folded: its own, or of one that was merged into it.
        pub number_key: String,
        /// The public id by which it may be named.
        pub public_id: String,
        /// Its subject.
        pub subject: String,
        /// Its area.
        pub area: AreaId,
        /// Its status.
        pub status: EntryId,
        /// Its assignee.
        pub assignee: Option<AgentId>,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When it was closed.
        pub closed_at: Option<Timestamp>,
        /// Who asks.
        pub requester_email: Option<String>,
        /// Whether the sender takes part.
        pub is_participant: bool,
        /// Whether the sender belongs to its customer: as the contact, or to the company.
        pub is_customer: bool,
        /// Whether a mail of it came by this mailbox.
        pub knows_mailbox: bool,
    }
}

from_row! {
    struct ReferenceRow {
        message_id: String,
        ticket: TicketId,
        left_ticket: Option<TicketId>,
    }
}

/// A mail of ours that a mail names, and where it is.
#[derive(Clone, Debug)]
pub struct Referring {
    /// How it is named.
    pub referred: Referred,
    /// The ticket in which it is.
    pub ticket: TicketId,
    /// The ticket in which it was before somebody moved it.
    pub left: Option<TicketId>,
}

/// The mails in our tickets to which a mail refers. What a ticket only names itself counts in its own
/// area alone: of the same mail each team gets its own.
pub async fn referred(tx: &mut Tx<'_>, read: &ReadMail, area: AreaId) -> Result<Vec<Referring>> {
    let wanted: Vec<&Referred> =
        read.references.iter().chain(&read.returned).chain(&read.named).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = wanted.iter().map(|referred| referred.message_id.as_str()).collect();
    let rows: Vec<ReferenceRow> = tx
        .all(
            sql!(
                sqlite: "select r.message_id, t.id as ticket,
                                (case when t.id in (o.id, o.merged_into) then null else o.id end) as left_ticket
                         from message_reference r
                         join ticket o on o.id = r.ticket
                         left join message h on h.id = r.message
                         join ticket t on t.id = coalesce(h.ticket, o.merged_into, o.id)
                         where r.message_id in (select value from json_each($1))
                           and (t.area = $2 or not exists (
                               select 1 from message m join inbound_mail j on j.id = m.mail
                               where m.id = r.message and coalesce(j.message_id, '') <> r.message_id))
                         limit 500",
                postgres: "select r.message_id, t.id as ticket,
                                  (case when t.id in (o.id, o.merged_into) then null else o.id end) as left_ticket
                           from message_reference r
                           join ticket o on o.id = r.ticket
                           left join message h on h.id = r.message
                           join ticket t on t.id = coalesce(h.ticket, o.merged_into, o.id)
                           where r.message_id in (select value from json_array_elements_text($1::json))
                             and (t.area = $2 or not exists (
                                 select 1 from message m join inbound_mail j on j.id = m.mail
                                 where m.id = r.message and coalesce(j.message_id, '') <> r.message_id))
                           limit 500"
            ),
            params![json(&ids), area],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let meant = wanted.iter().filter(|referred| referred.message_id == row.message_id);
        found.extend(meant.map(|referred| Referring {
            referred: (*referred).clone(),
            ticket: row.ticket,
            left: row.left_ticket,
        }));
    }
    Ok(found)
}

/// Whether a mail refers to an earlier one that is not decided yet.
pub async fn awaits(tx: &mut Tx<'_>, read: &ReadMail, mail: MailId) -> Result<bool> {
    let ids: Vec<&str> = read.references.iter().map(|id| id.message_id.as_str()).collect();
    Ok(!ids.is_empty() && keys::waits(tx, json(&ids), mail).await?)
}

/// The tickets that may be meant; one that is named by its own number and by that of a ticket that was
/// merged into it stands there twice. On PostgreSQL they are held, so that none is merged meanwhile.
pub async fn tickets(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    references: &[Referring],
) -> Result<Vec<Candidate>> {
    let mut found = look(tx, apply, references).await?;
    while hold(tx, &found).await? {
        found = look(tx, apply, references).await?;
    }
    Ok(found)
}

from_row! {
    struct Held {
        merged_into: Option<TicketId>,
    }
}

/// Holds tickets until the end of the transaction, in one order; says whether one of them was merged
/// before it could be held.
async fn hold(tx: &mut Tx<'_>, found: &[Candidate]) -> Result<bool> {
    if tx.engine() == Engine::Sqlite || found.is_empty() {
        return Ok(false);
    }
    let ids: Vec<i64> = found.iter().map(|candidate| candidate.id.number()).collect();
    let mut query = Query::new("select merged_into from ticket where");
    query.push_in_ids("id", json(&ids)).push("order by id for update");
    let held: Vec<Held> = tx.list(&query).await?;
    Ok(held.iter().any(|ticket| ticket.merged_into.is_some()))
}

async fn look(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    references: &[Referring],
) -> Result<Vec<Candidate>> {
    let read = apply.read;
    let ids: Vec<i64> = references.iter().map(|named| named.ticket.number()).collect();
    let numbers: Vec<&str> = read.numbers.iter().map(|number| number.number.as_str()).collect();
    let public_ids = public_ids(read);
    // Gathered whatever the mailbox says, so that the setting can be tried on the mails of the past.
    let of_sender = read.from().filter(|_| !apply.waiting.archive);
    if ids.is_empty() && numbers.is_empty() && public_ids.is_empty() && of_sender.is_none() {
        return Ok(Vec::new());
    }
    let sender = read.from().map(EmailAddress::as_str).unwrap_or_default();
    let mut query = Query::new(
        "select t.id, t.number, g.number_key, g.public_id, t.subject, t.area, t.status,
                t.assignee, t.updated_at, t.closed_at, t.requester_email,
                (case when exists (select 1 from ticket_participant p
                                   where p.ticket = t.id and p.role <> 'proposed' and p.address =",
    );
    query.bind(sender).push(
        ") or exists (select 1 from contact_address a
                      where a.contact = t.contact and a.address =",
    );
    query.bind(sender).push(
        ") then 1 else 0 end) as is_participant,
         (case when exists (select 1 from contact_address a join contact c on c.id = a.contact
                            where (c.id = t.contact or c.company = t.company) and a.address =",
    );
    query.bind(sender).push(
        ") then 1 else 0 end) as is_customer,
         (case when exists (select 1 from inbound_mail m
                            where m.ticket = t.id and m.mailbox =",
    );
    query.bind(apply.mailbox.id).push(") then 1 else 0 end) as knows_mailbox");
    query.push("from ticket g join ticket t on t.id = coalesce(g.merged_into, g.id)");
    query.push("where g.id in (select id from ticket where");
    query.push_in_ids("id", json(&ids));
    for number in numbers {
        query.push("union select id from ticket where number_key =").bind(number);
    }
    for public_id in &public_ids {
        query.push("union select id from ticket where public_id =").bind(public_id.as_str());
    }
    if of_sender.is_some() {
        query.push("union select id from (select id from ticket where requester_email =");
        query.bind(sender).push("and stage < 2 order by id desc limit").bind(OF_SENDER_MAX);
        query.push(") recent");
    }
    query.push(") order by t.id, g.id");
    tx.list(&query).await
}

fn public_ids(read: &ReadMail) -> Vec<String> {
    let own =
        read.references.iter().chain(&read.returned).filter_map(|referred| match &referred.own {
            Some(OwnReference::Ticket(public_id)) => Some(public_id.clone()),
            _ => None,
        });
    own.chain(read.replied.iter().cloned()).collect()
}
