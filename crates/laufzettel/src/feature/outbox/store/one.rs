//! One mail with its attempts, and what people do with it.

use db::{Result, Tx, View, from_row, params, sql};
use rules::sending::MailState;
use values::Timestamp;

use crate::record::{AgentId, AreaId, MailId, MessageId, OutboundId, TicketId};

from_row! {
    /// A mail with everything that is known of it.
    #[derive(Clone, Debug)]
    pub struct StoredOut {
        /// The mail.
        pub id: OutboundId,
        /// The ticket.
        pub ticket: Option<TicketId>,
        /// The number of the ticket.
        pub number: Option<String>,
        /// The area of the ticket.
        pub area: Option<AreaId>,
        /// The message of the conversation that it is.
        pub message: Option<MessageId>,
        /// Who wrote or caused it.
        pub agent: Option<AgentId>,
        /// What it is ([`crate::service::outbox::Kind`]).
        pub kind: String,
        /// Whose mail server takes it.
        pub account: i64,
        /// The sender's name.
        pub from_name: String,
        /// The sender's address.
        pub from_address: String,
        /// The return path.
        pub envelope_from: String,
        /// The subject.
        pub subject: String,
        /// The Message-ID.
        pub message_id: String,
        /// SHA-256 of its bytes.
        pub raw_hash: Vec<u8>,
        /// Their number.
        pub size_bytes: i64,
        /// Where it stands ([`rules::sending::MailState`]).
        pub state: String,
        /// When it was written.
        pub created_at: Timestamp,
        /// It does not leave before.
        pub not_before: Timestamp,
        /// When something has to be done with it.
        pub next_at: Option<Timestamp>,
        /// Tries so far.
        pub attempts: i64,
        /// What was said last.
        pub words: Option<String>,
        /// When the server took it.
        pub sent_at: Option<Timestamp>,
        /// Whether it may have arrived twice.
        pub perhaps_twice: bool,
        /// What is wrong with its mail server, if it pauses.
        pub paused: Option<String>,
    }
}

/// A mail. Whoever asks checks the right on its ticket's area.
pub async fn one(view: &mut View<'_>, mail: OutboundId) -> Result<Option<StoredOut>> {
    view.optional(
        sql!(
            "select m.id, m.ticket, t.number, t.area, m.message, m.agent, m.kind, m.account,
                    m.from_name, m.from_address, m.envelope_from, m.subject, m.message_id,
                    m.raw_hash, m.size_bytes, m.state, m.created_at, m.not_before, m.next_at,
                    m.attempts, m.words, m.sent_at, m.perhaps_twice,
                    (case when r.paused_until is not null then r.words end) as paused
             from outbound_mail m
             left join ticket t on t.id = m.ticket
             left join relay r on r.account = m.account
             where m.id = $1"
        ),
        params![mail],
    )
    .await
}

from_row! {
    /// A try to hand a mail over.
    #[derive(Clone, Debug)]
    pub struct Attempted {
        /// Its number, from 1.
        pub number: i64,
        /// When it began.
        pub at: Timestamp,
        /// When it ended.
        pub ended_at: Timestamp,
        /// `answered`, `not_reached`, `account_refused`, `unknown`, `interrupted` or `found`.
        pub outcome: String,
        /// How far it came.
        pub phase: String,
        /// The server's words, or ours.
        pub words: String,
    }
}

/// All tries of a mail, first one first.
pub async fn attempts(view: &mut View<'_>, mail: OutboundId) -> Result<Vec<Attempted>> {
    view.all(
        sql!(
            "select number, at, ended_at, outcome, phase, words
             from outbound_attempt where mail = $1 order by number limit 1000"
        ),
        params![mail],
    )
    .await
}

from_row! {
    /// A mail that reports that one of ours came back.
    #[derive(Clone, Debug)]
    pub struct Report {
        /// The entry of the journal.
        pub id: MailId,
        /// Its subject.
        pub subject: Option<String>,
        /// When it came.
        pub arrived_at: Timestamp,
    }
}

/// The reports that came to a ticket after a moment, first one first.
pub async fn reports(view: &mut View<'_>, ticket: TicketId, after: MailId) -> Result<Vec<Report>> {
    view.all(
        sql!(
            "select id, subject, arrived_at from inbound_mail
             where ticket = $1 and id > $2 and outcome = 'bounce'
             order by id limit 20"
        ),
        params![ticket, after],
    )
    .await
}

/// A mail that did not arrive is handed over once more, for those who did not get it, under the same
/// Message-ID, or now instead of later. Gives its state; nothing if there is nothing to try.
pub async fn send_again(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    now: Timestamp,
) -> Result<Option<MailState>> {
    let again = tx
        .execute(
            sql!(
                "update outbound_mail
                 set perhaps_twice = (case when state = 'unconfirmed' then 1 else perhaps_twice end),
                     state = 'queued', next_at = $1, not_before = $1, attempts = 0, warned = 0
                 where id = $2 and state in ('failed', 'bounced', 'unconfirmed')"
            ),
            params![now, mail],
        )
        .await?;
    if again == 1 {
        tx.execute(
            sql!(
                "update outbound_recipient set state = 'waiting', words = null, changed_at = $1
                 where mail = $2 and state in ('failed', 'bounced', 'unconfirmed')"
            ),
            params![now, mail],
        )
        .await?;
        return Ok(Some(MailState::Queued));
    }
    let sooner = tx
        .execute(
            sql!("update outbound_mail set next_at = $1 where id = $2 and state = 'deferred'"),
            params![now, mail],
        )
        .await?;
    Ok((sooner == 1).then_some(MailState::Deferred))
}

/// Stops a mail that no server has taken for anybody. Gives its state; nothing if it is too late.
pub async fn stop(tx: &mut Tx<'_>, mail: OutboundId, now: Timestamp) -> Result<Option<MailState>> {
    let stopped = tx
        .execute(
            sql!(
                "update outbound_mail set state = 'cancelled', next_at = null
                 where id = $1 and state in ('queued', 'deferred')
                   and not exists (select 1 from outbound_recipient r
                                   where r.mail = $1 and r.state not in ('waiting', 'deferred'))"
            ),
            params![mail],
        )
        .await?;
    if stopped == 1 {
        tx.execute(
            sql!(
                "update outbound_recipient set state = 'cancelled', changed_at = $1
                 where mail = $2 and state in ('waiting', 'deferred')"
            ),
            params![now, mail],
        )
        .await?;
    }
    Ok((stopped == 1).then_some(MailState::Cancelled))
}
