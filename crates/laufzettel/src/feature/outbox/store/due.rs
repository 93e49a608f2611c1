//! What is due, to whom, and the bytes of it.

use std::time::Duration;

use db::{Db, Query, Result, Tx, View, from_row, params, sql};
use rules::sending::RecipientState;
use values::Timestamp;

use crate::record::actor::ids_json;
use crate::record::{AgentId, MessageId, OutboundId, TicketId};

/// A mail waits so long at most for the one before it in its ticket.
const WAITS_FOR_EARLIER: Duration = Duration::from_secs(10 * 60);

from_row! {
    struct NextDue {
        next_at: Option<Timestamp>,
    }
}

/// When the next mail of an account is due.
pub async fn next_due(db: &Db, account: i64) -> Result<Option<Timestamp>> {
    let next: NextDue = db
        .one(
            sql!(
                "select min(next_at) as next_at from outbound_mail
                 where account = $1 and next_at is not null"
            ),
            params![account],
        )
        .await?;
    Ok(next.next_at)
}

from_row! {
    /// A mail that is due.
    pub struct Due {
        /// The mail.
        pub id: OutboundId,
        /// Its ticket.
        pub ticket: Option<TicketId>,
        /// Its message.
        pub message: Option<MessageId>,
        /// Who wrote or caused it.
        pub agent: Option<AgentId>,
        /// Whether nobody wrote it by hand.
        pub automatic: bool,
        /// What it is ([`crate::service::outbox::Kind`]).
        pub kind: String,
        /// Its Message-ID.
        pub message_id: String,
        /// The sender's address.
        pub from_address: String,
        /// The return path.
        pub envelope_from: String,
        /// Its bytes.
        pub raw_hash: Vec<u8>,
        /// Its state.
        pub state: String,
        /// When it was to leave at first.
        pub not_before: Timestamp,
        /// Tries before.
        pub attempts: i64,
        /// Whether whoever wrote it was warned.
        pub warned: bool,
        /// Whether its ticket lies in the trash.
        pub is_ticket_away: bool,
    }
}

/// The mails that are due, first come first served; those of one ticket in their order. None waits for one
/// in the dark: that has most likely arrived.
pub async fn due(tx: &mut Tx<'_>, account: i64, now: Timestamp, limit: usize) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "select m.id, m.ticket, m.message, m.agent, m.automatic, m.kind, m.message_id,
                    m.from_address, m.envelope_from, m.raw_hash, m.state, m.not_before, m.attempts, m.warned,
                    (case when t.stage = 3 then 1 else 0 end) as is_ticket_away
             from outbound_mail m left join ticket t on t.id = m.ticket
             where m.account = $1 and m.next_at <= $2
               and m.state in ('queued', 'deferred', 'uncertain')
               and (m.automatic = 1 or m.not_before < $3 or not exists (
                   select 1 from outbound_mail e
                   where e.ticket = m.ticket and e.id < m.id and e.next_at is not null
                     and e.automatic = 0 and e.state <> 'uncertain'))
             order by m.next_at, m.id
             limit $4"
        ),
        params![account, now, now.minus(WAITS_FOR_EARLIER), i64::try_from(limit).unwrap_or(32)],
    )
    .await
}

from_row! {
    /// A recipient of a mail.
    #[derive(Clone, Debug)]
    pub struct Recipient {
        /// The mail.
        pub mail: OutboundId,
        /// The place among its recipients.
        pub position: i64,
        /// The address.
        pub address: String,
        /// Its domain.
        pub domain: String,
        /// The name, or nothing.
        pub name: String,
        /// `to`, `cc` or `bcc`.
        pub field: String,
        /// Its state.
        pub state: String,
        /// What was said last about it.
        pub words: Option<String>,
        /// When that was.
        pub changed_at: Timestamp,
    }
}

impl Recipient {
    /// Where the mail stands for it.
    pub fn state(&self) -> RecipientState {
        RecipientState::from_code(&self.state).unwrap_or(RecipientState::Failed)
    }
}

/// All recipients of some mails, in their order.
pub async fn recipients_of(
    view: &mut View<'_>,
    mails: impl Iterator<Item = OutboundId>,
) -> Result<Vec<Recipient>> {
    let mails: Vec<OutboundId> = mails.collect();
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(
        "select mail, position, address, domain, name, field, state, words, changed_at
         from outbound_recipient where",
    );
    query.push_in_ids("mail", ids_json(&mails)).push("order by mail, position limit 50000");
    view.list(&query).await
}
