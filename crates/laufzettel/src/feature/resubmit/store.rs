//! SQL of tickets that come back.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use crate::record::directory::Status;
use crate::record::ticket::StoredStage;
use crate::record::{EntryId, TicketId};

from_row! {
    struct Due {
        id: TicketId,
    }
}

/// The tickets that are due, the longest due first (index `ticket_resubmit`).
pub async fn due(view: &mut View<'_>, now: Timestamp, limit: i64) -> Result<Vec<TicketId>> {
    let due: Vec<Due> = view
        .all(
            sql!(
                "select id from ticket
                 where resubmit_at is not null and resubmit_at <= $1 and stage < 4
                 order by resubmit_at limit $2"
            ),
            params![now, limit],
        )
        .await?;
    Ok(due.into_iter().map(|due| due.id).collect())
}

from_row! {
    /// A ticket that is due.
    pub struct Waiting {
        /// Its status.
        pub status: EntryId,
        /// Its stage.
        pub stage: StoredStage,
        /// Whether it is unread.
        pub unseen: bool,
        /// When it was to come back.
        pub resubmit_at: Timestamp,
    }
}

/// Holds the ticket until the end of the transaction, if it is still due.
pub async fn hold(tx: &mut Tx<'_>, ticket: TicketId, now: Timestamp) -> Result<Option<Waiting>> {
    tx.optional(
        sql!(
            sqlite: "select status, stage, unseen, resubmit_at from ticket
                     where id = $1 and resubmit_at <= $2 and stage < 4",
            postgres: "select status, stage, unseen, resubmit_at from ticket
                       where id = $1 and resubmit_at <= $2 and stage < 4 for update"
        ),
        params![ticket, now],
    )
    .await
}

/// Clears the day, and gives a ticket that waited its new status.
pub async fn bring_back(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    becomes: Option<&Status>,
    unseen: bool,
    now: Timestamp,
) -> Result<()> {
    let status = becomes.map(|status| status.id);
    let stage = becomes.map(|status| StoredStage(status.kind.0.stage()).number());
    tx.execute(
        sql!(
            "update ticket
             set resubmit_at = null, unseen = $2, status = coalesce(cast($3 as bigint), status),
                 stage = coalesce(cast($4 as bigint), stage), updated_at = $5,
                 version = version + 1
             where id = $1"
        ),
        params![ticket, unseen, status, stage, now],
    )
    .await
    .map(drop)
}
