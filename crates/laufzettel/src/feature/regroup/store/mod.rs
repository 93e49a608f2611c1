//! SQL of regrouping.

mod around;
mod drafts;
mod messages;
mod tickets;

use db::{Query, Reading, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::carry::{Carry, Kind};
use super::way_back::WayBack;
use crate::record::actor::{Acting, ids_json};
use crate::record::message::json;
use crate::record::{AgentId, RegroupingId, TicketId};

pub use around::{
    accept_participants, add_participant, give_back_lone_mails, join_links, join_marks,
    join_participants, join_tags, remove_links, remove_participants, remove_tags, set_marks,
    take_jobs, take_lone_mails,
};
pub use drafts::{join_drafts, remove_drafts};
pub use messages::{
    Carried, brought, chosen, count, give_back, index_messages, of_ticket, take, take_mails,
};
pub use tickets::{
    Beginning, add_requester, begin, close, counted, figures, is_merged_into, lead_back, lead_on,
    link, open_again, set_figures,
};

/// Writes down what was done and how it is taken back.
pub async fn insert(tx: &mut Tx<'_>, carry: &Carry<'_>, back: &WayBack) -> Result<()> {
    tx.execute(
        sql!(
            "insert into regrouping (id, kind, source, target, at, agent, detail, undone_at)
             values ($1, $2, $3, $4, $5, $6, $7, null)"
        ),
        params![
            carry.regrouping,
            carry.kind.code(),
            carry.source.id,
            carry.target.id,
            carry.acting.now,
            carry.acting.actor.agent,
            json(back),
        ],
    )
    .await
    .map(drop)
}

from_row! {
    /// A regrouping on record.
    #[derive(Clone, Debug)]
    pub struct Stored {
        /// The regrouping.
        pub id: RegroupingId,
        /// `move`, `split` or `merge`.
        pub kind: String,
        /// The ticket that the messages left.
        pub source: TicketId,
        /// Its number.
        pub source_number: String,
        /// The ticket to which they went.
        pub target: TicketId,
        /// Its number.
        pub target_number: String,
        /// The way back as JSON.
        pub detail: String,
        /// When it was taken back.
        pub undone_at: Option<Timestamp>,
    }
}

impl Stored {
    /// Whether two tickets were merged.
    pub fn is_merge(&self) -> bool {
        self.kind == Kind::Merge.code()
    }

    /// Whether messages got a ticket of their own.
    pub fn is_split(&self) -> bool {
        self.kind == Kind::Split.code()
    }

    /// The way back.
    pub fn way_back(&self) -> WayBack {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }
}

/// Regroupings by their ids, the newest first. Whoever asks checks the rights on both tickets of each.
pub async fn find(tx: &mut Tx<'_>, ids: &[RegroupingId]) -> Result<Vec<Stored>> {
    let mut query = Query::new(
        "select r.id, r.kind, r.source, s.number as source_number, r.target,
                t.number as target_number, r.detail, r.undone_at
         from regrouping r
         join ticket s on s.id = r.source
         join ticket t on t.id = r.target
         where",
    );
    query.push_in_ids("r.id", ids_json(ids)).push("order by r.id desc");
    tx.list(&query).await
}

from_row! {
    /// From where a message came.
    #[derive(Clone, Debug)]
    pub struct Origin {
        /// The number of the ticket.
        pub number: String,
        /// Who brought it.
        pub agent: Option<AgentId>,
        /// When.
        pub at: Timestamp,
    }
}

/// Reads from where a message came. Whoever asks has read the message with a right.
pub struct ReadOrigin {
    /// What brought it.
    pub regrouping: RegroupingId,
}

impl Reading for ReadOrigin {
    type Outcome = Option<Origin>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Origin>> {
        view.optional(
            sql!(
                "select t.number, r.agent, r.at
                 from regrouping r join ticket t on t.id = r.source where r.id = $1"
            ),
            params![self.regrouping],
        )
        .await
    }
}

/// Keeps that two tickets are not about the same.
pub async fn set_distinct(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: TicketId,
    other: TicketId,
) -> Result<()> {
    for (one, another) in [(ticket, other), (other, ticket)] {
        tx.execute(
            sql!(
                "insert into ticket_distinct (ticket, other, agent, at) values ($1, $2, $3, $4)
                 on conflict (ticket, other) do nothing"
            ),
            params![one, another, acting.actor.agent, acting.now],
        )
        .await?;
    }
    Ok(())
}

/// Writes down that it was taken back.
pub async fn undone(tx: &mut Tx<'_>, id: RegroupingId, now: Timestamp) -> Result<()> {
    tx.execute(sql!("update regrouping set undone_at = $1 where id = $2"), params![now, id])
        .await
        .map(drop)
}
