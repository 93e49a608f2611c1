//! SQL of recalling what was sent.

use db::{Result, Tx, from_row, params, sql};
use serde_json::Value;
use values::Timestamp;

use crate::record::{AgentId, MessageId, OutboundId, TicketId};

from_row! {
    /// A mail that is to be recalled.
    pub struct OwnMail {
        /// Its message.
        pub message: Option<MessageId>,
        /// What it is.
        pub kind: String,
        /// Its Message-ID.
        pub message_id: String,
    }
}

/// A mail of a ticket that this agent wrote.
pub async fn own_mail(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    ticket: TicketId,
    agent: AgentId,
) -> Result<Option<OwnMail>> {
    tx.optional(
        sql!(
            "select message, kind, message_id from outbound_mail
             where id = $1 and ticket = $2 and agent = $3 and automatic = 0"
        ),
        params![mail, ticket, agent],
    )
    .await
}

/// Stops a mail that nobody has begun to hand over. `false` if it is too late.
pub async fn cancel(tx: &mut Tx<'_>, mail: OutboundId, now: Timestamp) -> Result<bool> {
    let stopped = tx
        .execute(
            sql!(
                "update outbound_mail set state = 'cancelled', next_at = null, message = null
                 where id = $1 and state = 'queued' and attempts = 0"
            ),
            params![mail],
        )
        .await?;
    tx.execute(
        sql!(
            "update outbound_recipient set state = 'cancelled', changed_at = $1
             where mail = $2 and state = 'waiting' and $3 = 1"
        ),
        params![now, mail, stopped == 1],
    )
    .await?;
    Ok(stopped == 1)
}

/// Takes a message out of its ticket. Its files wait for the next one.
pub async fn remove_message(
    tx: &mut Tx<'_>,
    message: MessageId,
    message_id: &str,
    ticket: TicketId,
) -> Result<()> {
    tx.execute(
        sql!(
            "update attachment set message = null, content_id = null, is_inline = 0
             where message = $1 and raw_hash is null"
        ),
        params![message],
    )
    .await?;
    tx.execute(sql!("delete from attachment where message = $1"), params![message]).await?;
    tx.execute(sql!("delete from message_html where message = $1"), params![message]).await?;
    tx.execute(
        sql!("delete from message_reference where message_id = $1 and ticket = $2"),
        params![message_id, ticket],
    )
    .await?;
    tx.execute(sql!("delete from message where id = $1"), params![message]).await.map(drop)
}

/// Sets back what the answer had changed in its ticket.
pub async fn set_back(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    before: &Value,
    now: Timestamp,
) -> Result<()> {
    let number = |name: &str| before.get(name).and_then(Value::as_i64);
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count - 1, version = version + 1, updated_at = $1,
                 preview = coalesce(cast($2 as text), preview), last_agent_at = $3,
                 last_sent_at = $4
             where id = $5"
        ),
        params![
            now,
            before.get("preview").and_then(Value::as_str),
            number("last_agent_at"),
            number("last_sent_at"),
            ticket,
        ],
    )
    .await
    .map(drop)
}
