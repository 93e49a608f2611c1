//! SQL of tickets that were begun.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use crate::record::AgentId;

/// Begun tickets of one agent that are shown.
const BEGUN_MAX: i64 = 20;

from_row! {
    /// A ticket that was begun.
    #[derive(Clone, Debug)]
    pub struct Row {
        /// What tells its form from others.
        pub mark: String,
        /// The fields of the form.
        pub content: String,
        /// When it was saved.
        pub saved_at: Timestamp,
    }
}

/// The tickets that an agent has begun, the last one first.
pub async fn list(view: &mut View<'_>, agent: AgentId) -> Result<Vec<Row>> {
    view.all(
        sql!(
            "select mark, content, saved_at from begun_ticket
             where agent = $1 and discarded = 0
             order by saved_at desc, mark desc
             limit $2"
        ),
        params![agent, BEGUN_MAX],
    )
    .await
}

/// One that waits.
pub async fn waiting(view: &mut View<'_>, agent: AgentId, mark: &str) -> Result<Option<Row>> {
    view.optional(
        sql!(
            "select mark, content, saved_at from begun_ticket
             where agent = $1 and mark = $2 and discarded = 0"
        ),
        params![agent, mark],
    )
    .await
}

/// One of them, discarded or not.
pub async fn find(view: &mut View<'_>, agent: AgentId, mark: &str) -> Result<Option<Row>> {
    view.optional(
        sql!(
            "select mark, content, saved_at from begun_ticket
             where agent = $1 and mark = $2"
        ),
        params![agent, mark],
    )
    .await
}

/// Whether it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody goes on with it.
    Waits,
    /// It was thrown away.
    Discarded,
}

/// Keeps what was typed.
pub async fn write(tx: &mut Tx<'_>, agent: AgentId, row: &Row, state: State) -> Result<()> {
    tx.execute(
        sql!(
            "insert into begun_ticket (agent, mark, content, saved_at, discarded)
             values ($1, $2, $3, $4, $5)
             on conflict (agent, mark) do update
             set content = excluded.content, saved_at = excluded.saved_at,
                 discarded = excluded.discarded"
        ),
        params![
            agent,
            row.mark.as_str(),
            row.content.as_str(),
            row.saved_at,
            state == State::Discarded,
        ],
    )
    .await
    .map(drop)
}

/// Forgets it.
pub async fn remove(tx: &mut Tx<'_>, agent: AgentId, mark: &str) -> Result<()> {
    tx.execute(
        sql!("delete from begun_ticket where agent = $1 and mark = $2"),
        params![agent, mark],
    )
    .await
    .map(drop)
}

/// Forgets those that were thrown away before; which they were.
pub async fn remove_discarded(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<Row>> {
    tx.all(
        sql!(
            "delete from begun_ticket where agent = $1 and discarded = 1
             returning mark, content, saved_at"
        ),
        params![agent],
    )
    .await
}

/// Brings back one that was thrown away, or says `false`.
pub async fn bring_back(tx: &mut Tx<'_>, agent: AgentId, mark: &str) -> Result<bool> {
    let changed = tx
        .execute(
            sql!("update begun_ticket set discarded = 0 where agent = $1 and mark = $2"),
            params![agent, mark],
        )
        .await?;
    Ok(changed == 1)
}
