//! SQL of presence.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::State;
use crate::record::{AgentId, TicketId};

/// People that a ticket shows.
const OTHERS_MAX: i64 = 20;

/// Deletes what is believed no more.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
    tx.execute(sql!("delete from presence where until_at <= $1"), params![now]).await.map(drop)
}

from_row! {
    struct Stored {
        state: String,
    }
}

/// What somebody did in a ticket until now.
pub async fn state(tx: &mut Tx<'_>, ticket: TicketId, agent: AgentId) -> Result<Option<State>> {
    let stored: Option<Stored> = tx
        .optional(
            sql!("select state from presence where ticket = $1 and agent = $2"),
            params![ticket, agent],
        )
        .await?;
    Ok(stored.and_then(|stored| State::from_code(&stored.state)))
}

/// Notes a sign of life.
pub async fn sign(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    state: State,
    until: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into presence (ticket, agent, state, until_at) values ($1, $2, $3, $4)
             on conflict (ticket, agent) do update
             set state = excluded.state, until_at = excluded.until_at"
        ),
        params![ticket, agent, state.code(), until],
    )
    .await
    .map(drop)
}

/// Notes that somebody left.
pub async fn leave(tx: &mut Tx<'_>, ticket: TicketId, agent: AgentId) -> Result<()> {
    tx.execute(
        sql!("delete from presence where ticket = $1 and agent = $2"),
        params![ticket, agent],
    )
    .await
    .map(drop)
}

from_row! {
    struct Row {
        agent: AgentId,
        state: String,
    }
}

/// Who else is in a ticket; those who write first.
pub async fn others(
    view: &mut View<'_>,
    ticket: TicketId,
    but: AgentId,
    now: Timestamp,
) -> Result<Vec<(AgentId, State)>> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "select agent, state from presence
                 where ticket = $1 and agent <> $2 and until_at > $3
                 order by state desc, agent limit $4"
            ),
            params![ticket, but, now, OTHERS_MAX],
        )
        .await?;
    Ok(rows.iter().filter_map(|row| Some((row.agent, State::from_code(&row.state)?))).collect())
}
