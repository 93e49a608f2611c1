//! The tickets that a mail may mean, by any clue.

use db::{Query, Result, Tx, from_row, params, sql};
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
        /// Its number, folded.
        pub number_key: String,
        /// Its public id.
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
    }
}

/// The mails in our tickets to which a mail refers. What a ticket only names itself counts in its own
/// area alone: of the same mail each team gets its own.
pub async fn referred(
    tx: &mut Tx<'_>,
    read: &ReadMail,
    area: AreaId,
) -> Result<Vec<(Referred, TicketId)>> {
    let wanted: Vec<&Referred> =
        read.references.iter().chain(&read.returned).chain(&read.named).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = wanted.iter().map(|referred| referred.message_id.as_str()).collect();
    let rows: Vec<ReferenceRow> = tx
        .all(
            sql!(
                sqlite: "select r.message_id, r.ticket
                         from message_reference r join ticket t on t.id = r.ticket
                         where r.message_id in (select value from json_each($1))
                           and (t.area = $2 or not exists (
                               select 1 from message m join inbound_mail j on j.id = m.mail
                               where m.id = r.message and coalesce(j.message_id, '') <> r.message_id))
                         limit 500",
                postgres: "select r.message_id, r.ticket
                           from message_reference r join ticket t on t.id = r.ticket
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
        found.extend(meant.map(|referred| ((*referred).clone(), row.ticket)));
    }
    Ok(found)
}

/// Whether a mail refers to an earlier one that is not decided yet.
pub async fn awaits(tx: &mut Tx<'_>, read: &ReadMail, mail: MailId) -> Result<bool> {
    let ids: Vec<&str> = read.references.iter().map(|id| id.message_id.as_str()).collect();
    Ok(!ids.is_empty() && keys::waits(tx, json(&ids), mail).await?)
}

/// The tickets that may be meant.
pub async fn tickets(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    references: &[(Referred, TicketId)],
) -> Result<Vec<Candidate>> {
    let read = apply.read;
    let ids: Vec<i64> = references.iter().map(|(_, ticket)| ticket.number()).collect();
    let numbers: Vec<&str> = read.numbers.iter().map(|number| number.number.as_str()).collect();
    let public_ids = public_ids(read);
    let of_sender = read.from().filter(|_| apply.mailbox.join_open_ticket);
    if ids.is_empty() && numbers.is_empty() && public_ids.is_empty() && of_sender.is_none() {
        return Ok(Vec::new());
    }
    let sender = read.from().map(EmailAddress::as_str).unwrap_or_default();
    let mut query = Query::new(
        "select t.id, t.number, t.number_key, t.public_id, t.subject, t.area, t.status,
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
    query.push("from ticket t where t.id in (select id from ticket where");
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
    query.push(") order by t.id");
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
