//! The history of a ticket: who changed what, when. Timeline and reports read it (F-HIST-02).

use db::{Result, Tx, View, from_row, params, sql};
use serde_json::Value;
use values::{Id, IdMaker, Timestamp};

use super::ids::{AgentId, TicketId};

/// An event of the history.
pub enum HistoryEvent {}

/// One change, as it is written.
pub struct Event<'a> {
    /// The ticket.
    pub ticket: TicketId,
    /// What happened; a stable word in `snake_case`.
    pub kind: &'static str,
    /// Who did it, or `None` for Laufzettel itself.
    pub agent: Option<AgentId>,
    /// When it happened.
    pub at: Timestamp,
    /// Further facts by kind, for example `{"from": "Neu", "to": "Offen"}`.
    pub detail: Value,
    /// Makes the event's id.
    pub ids: &'a IdMaker,
}

from_row! {
    /// One change, as it is read.
    #[derive(Clone, Debug)]
    pub struct Recorded {
        /// The event.
        pub id: Id<HistoryEvent>,
        /// The ticket, which may have been merged into the one that was asked for.
        pub ticket: TicketId,
        /// What happened.
        pub kind: String,
        /// Who did it, or `None` for Laufzettel itself.
        pub agent: Option<AgentId>,
        /// When it happened.
        pub at: Timestamp,
        /// Further facts by kind, as JSON.
        pub detail: String,
    }
}

/// Writes an event.
pub async fn record(tx: &mut Tx<'_>, event: Event<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into history_event (id, ticket, at, kind, agent, detail)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            event.ids.next::<HistoryEvent>(event.at),
            event.ticket,
            event.at,
            event.kind,
            event.agent,
            event.detail.to_string(),
        ],
    )
    .await
    .map(drop)
}

/// The newest events of a ticket and of those that were merged into it, oldest first. Whoever asks has
/// loaded the ticket with a right.
pub async fn of_ticket(view: &mut View<'_>, ticket: TicketId, limit: i64) -> Result<Vec<Recorded>> {
    let mut events: Vec<Recorded> = view
        .all(
            sql!(
                "select id, ticket, kind, agent, at, detail
                 from history_event
                 where ticket in (select cast($1 as bigint)
                                  union all select id from ticket where merged_into = $1)
                 order by id desc
                 limit $2"
            ),
            params![ticket, limit],
        )
        .await?;
    events.reverse();
    Ok(events)
}
