//! A ticket needs somebody again: a mail did not arrive, a date came.

use db::{Result, Tx, from_row, params, sql};
use rules::status::{Stage, StatusKind};
use serde_json::json;
use values::{IdMaker, Timestamp};

use super::directory::Directory;
use super::ticket::StoredStage;
use super::{EntryId, TicketId};
use crate::service::history::{self, Event};
use crate::service::live;

from_row! {
    struct Before {
        status: EntryId,
        stage: StoredStage,
    }
}

/// Marks a ticket as unseen. One that waits or is closed is being worked on again; the trash keeps
/// what it has.
pub async fn call(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    directory: &Directory,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<()> {
    let before: Option<Before> = tx
        .optional(sql!("select status, stage from ticket where id = $1"), params![ticket])
        .await?;
    let Some(before) =
        before.filter(|before| !matches!(before.stage.0, Stage::Trash | Stage::Merged))
    else {
        return Ok(());
    };
    let rests = matches!(before.stage.0, Stage::Waiting | Stage::Closed);
    let status = directory.status_of_kind(StatusKind::InProgress).filter(|_| rests);
    tx.execute(
        sql!(
            "update ticket
             set unseen = 1, status = coalesce(cast($1 as bigint), status),
                 stage = (case when $2 = 1 then 0 else stage end),
                 closed_at = (case when $2 = 1 then null else closed_at end),
                 updated_at = $3, version = version + 1
             where id = $4"
        ),
        params![status.map(|status| status.id), status.is_some(), now, ticket],
    )
    .await?;
    if let Some(status) = status {
        let detail =
            json!({ "from": before.status.to_string(), "to": status.id.to_string(), "by": "mail" });
        let kind = "status_changed";
        history::record(tx, Event { ticket, kind, agent: None, at: now, detail, ids }).await?;
    }
    live::announce(tx, live::TICKET, ticket);
    Ok(())
}
