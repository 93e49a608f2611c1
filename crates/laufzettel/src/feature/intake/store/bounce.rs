//! SQL of delivery reports.

use db::{Result, Tx, from_row, params, sql};
use rules::sending::{MailState, RecipientState};
use values::Timestamp;

use crate::record::{AgentId, MessageId, OutboundId, TicketId};

from_row! {
    /// The mail that a report is about.
    pub struct Returned {
        /// The mail.
        pub id: OutboundId,
        /// Its ticket.
        pub ticket: Option<TicketId>,
        /// Its message in the conversation.
        pub message: Option<MessageId>,
        /// Who wrote it.
        pub agent: Option<AgentId>,
    }
}

/// The mail of ours with this Message-ID.
pub async fn returned(tx: &mut Tx<'_>, message_id: &str) -> Result<Option<Returned>> {
    tx.optional(
        sql!("select id, ticket, message, agent from outbound_mail where message_id = $1"),
        params![message_id.to_ascii_lowercase()],
    )
    .await
}

from_row! {
    /// A recipient of that mail.
    pub struct Recipient {
        /// The place among its recipients.
        pub position: i64,
        /// The address.
        pub address: String,
        /// Its state.
        pub state: String,
    }
}

impl Recipient {
    /// Where the mail stands for it.
    pub fn state(&self) -> RecipientState {
        RecipientState::from_code(&self.state).unwrap_or(RecipientState::Failed)
    }
}

/// The recipients of a mail.
pub async fn recipients(tx: &mut Tx<'_>, mail: OutboundId) -> Result<Vec<Recipient>> {
    tx.all(
        sql!(
            "select position, address, state from outbound_recipient
             where mail = $1 order by position limit 1000"
        ),
        params![mail],
    )
    .await
}

/// Writes down what became of a recipient.
pub async fn set_recipient(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    position: i64,
    state: RecipientState,
    words: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update outbound_recipient set state = $1, words = $2, changed_at = $3
             where mail = $4 and position = $5"
        ),
        params![state.code(), words, now, mail, position],
    )
    .await
    .map(drop)
}

/// Writes down what became of the whole mail, unless it is still on its way.
pub async fn set_mail(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    state: MailState,
    words: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "update outbound_mail set state = $1, words = $2
             where id = $3 and next_at is null and state <> 'cancelled'"
        ),
        params![state.code(), words, mail],
    )
    .await
    .map(drop)
}
