//! SQL of adding a message.

use db::{Result, Tx, params, sql};
use values::Timestamp;

use crate::record::TicketId;

/// Writes down that an internal message was added.
pub async fn touch(tx: &mut Tx<'_>, ticket: TicketId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count + 1, updated_at = $1, version = version + 1
             where id = $2"
        ),
        params![now, ticket],
    )
    .await
    .map(drop)
}

/// Writes down that an agent answered: nobody has to look at the ticket for the first time any more
/// (F-FLD-33).
pub async fn touch_answered(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    preview: &str,
    at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count + 1, updated_at = $1, version = version + 1,
                 unseen = 0, preview = $2,
                 last_agent_at = (case when coalesce(last_agent_at, 0) < $3 then $3
                                       else last_agent_at end)
             where id = $4"
        ),
        params![now, preview, at, ticket],
    )
    .await
    .map(drop)
}
