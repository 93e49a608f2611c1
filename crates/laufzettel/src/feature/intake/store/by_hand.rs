//! SQL of mails that people place: entries that no rule could place, and what people did with them.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::journal::Waiting;
use crate::record::actor::Actor;
use crate::record::{AgentId, MailId, MailboxId, MessageId, TicketId};

from_row! {
    struct Id {
        id: MailId,
    }
}

/// An entry that lies in no ticket and can be put into one.
pub async fn outside(view: &mut View<'_>, mail: MailId) -> Result<Option<Waiting>> {
    view.optional(
        sql!(
            "select id, mailbox, envelope_from, envelope_to, internal_date, arrived_at, raw_hash,
                    size_bytes, archive, attempts, deaths, left_bytes, was_seen, was_answered,
                    (case when source = 'sent' then 1 else 0 end) as is_sent
             from inbound_mail
             where id = $1 and state = 'filtered' and source <> 'sent' and ticket is null
               and raw_hash is not null"
        ),
        params![mail],
    )
    .await
}

from_row! {
    struct Whose {
        mailbox: MailboxId,
    }
}

/// The mailbox of an entry.
pub async fn mailbox(view: &mut View<'_>, mail: MailId) -> Result<Option<MailboxId>> {
    let row: Option<Whose> = view
        .optional(sql!("select mailbox from inbound_mail where id = $1"), params![mail])
        .await?;
    Ok(row.map(|row| row.mailbox))
}

/// Whether an entry still lies in no ticket; it is held against others until the end of the
/// transaction.
pub async fn hold_outside(tx: &mut Tx<'_>, mail: MailId) -> Result<bool> {
    let row: Option<Id> = tx
        .optional(
            sql!(
                sqlite: "select id from inbound_mail
                         where id = $1 and state = 'filtered' and source <> 'sent'
                           and ticket is null",
                postgres: "select id from inbound_mail
                           where id = $1 and state = 'filtered' and source <> 'sent'
                             and ticket is null
                           for update"
            ),
            params![mail],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether an entry still has to be placed; it is held against others until the end of the
/// transaction.
pub async fn hold(tx: &mut Tx<'_>, mail: MailId) -> Result<bool> {
    let row: Option<Id> = tx
        .optional(
            sql!(
                sqlite: "select id from inbound_mail where id = $1 and outcome = 'unassigned'",
                postgres: "select id from inbound_mail
                           where id = $1 and outcome = 'unassigned' for update"
            ),
            params![mail],
        )
        .await?;
    Ok(row.is_some())
}

from_row! {
    /// What an entry says of itself beside its mail.
    pub struct Said {
        /// Evidence and notices as JSON.
        pub evidence: Option<String>,
        /// Why it was put aside.
        pub problem: Option<String>,
        /// The ticket.
        pub ticket: Option<TicketId>,
        /// The number of the ticket.
        pub number: Option<String>,
        /// The message.
        pub message: Option<MessageId>,
    }
}

/// What an entry says.
pub async fn said(tx: &mut Tx<'_>, mail: MailId) -> Result<Said> {
    tx.one(
        sql!(
            "select m.evidence, m.problem, m.ticket, t.number, m.message
             from inbound_mail m left join ticket t on t.id = m.ticket
             where m.id = $1"
        ),
        params![mail],
    )
    .await
}

/// Writes the evidence of an entry and of its message.
pub async fn keep_evidence(
    tx: &mut Tx<'_>,
    mail: MailId,
    message: Option<MessageId>,
    evidence: &str,
) -> Result<()> {
    tx.execute(
        sql!("update inbound_mail set evidence = $1 where id = $2"),
        params![evidence, mail],
    )
    .await?;
    let Some(message) = message else { return Ok(()) };
    tx.execute(sql!("update message set evidence = $1 where id = $2"), params![evidence, message])
        .await
        .map(drop)
}

/// Lets an address take part in a ticket: somebody put its mail there.
pub async fn takes_part(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    address: &str,
    name: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into ticket_participant (ticket, address, name, role) values ($1, $2, $3, 'cc')
             on conflict (ticket, address) do update set role = 'cc'
             where ticket_participant.role = 'proposed'"
        ),
        params![ticket, address, name],
    )
    .await
    .map(drop)
}

/// Puts an entry aside for good: no ticket comes of it. Its bytes stay.
pub async fn discard(tx: &mut Tx<'_>, mail: MailId, evidence: &str, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update inbound_mail
             set outcome = 'filtered', problem = 'discarded', evidence = $1, decided_at = $2
             where id = $3"
        ),
        params![evidence, now, mail],
    )
    .await
    .map(drop)
}

/// Whether somebody discarded an entry; it is held until the end of the transaction.
pub async fn hold_discarded(tx: &mut Tx<'_>, mail: MailId) -> Result<bool> {
    let row: Option<Id> = tx
        .optional(
            sql!(
                sqlite: "select id from inbound_mail
                         where id = $1 and outcome = 'filtered' and problem = 'discarded'",
                postgres: "select id from inbound_mail
                           where id = $1 and outcome = 'filtered' and problem = 'discarded'
                           for update"
            ),
            params![mail],
        )
        .await?;
    Ok(row.is_some())
}

/// Makes an entry again what it was before it was discarded.
pub async fn restore(
    tx: &mut Tx<'_>,
    mail: MailId,
    problem: Option<&str>,
    evidence: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "update inbound_mail
             set outcome = 'unassigned', problem = $1, evidence = $2
             where id = $3"
        ),
        params![problem, evidence, mail],
    )
    .await
    .map(drop)
}

/// What somebody did with an entry.
pub struct Deed<'a> {
    /// The event.
    pub id: values::Id<crate::record::InboundMail>,
    /// The entry.
    pub mail: MailId,
    /// `assigned`, `made`, `discarded`, `restored` or `retried`.
    pub kind: &'static str,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The number of the ticket, or why the entry had been put aside.
    pub detail: &'a str,
}

/// Writes down what somebody did.
pub async fn record(tx: &mut Tx<'_>, deed: &Deed<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into mail_event (id, mail, kind, agent, at, detail)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![deed.id, deed.mail, deed.kind, deed.actor.agent, deed.now, deed.detail],
    )
    .await
    .map(drop)
}

from_row! {
    /// Something that somebody did with an entry.
    #[derive(Clone, Debug)]
    pub struct Done {
        /// `assigned`, `made`, `discarded`, `restored` or `retried`.
        pub kind: String,
        /// Who.
        pub agent: Option<AgentId>,
        /// When.
        pub at: Timestamp,
        /// The number of the ticket, or why the entry had been put aside.
        pub detail: String,
    }
}

/// What people did with an entry, oldest first.
pub async fn deeds(view: &mut View<'_>, mail: MailId) -> Result<Vec<Done>> {
    view.all(
        sql!(
            "select kind, agent, at, detail from mail_event where mail = $1 order by id limit 100"
        ),
        params![mail],
    )
    .await
}
