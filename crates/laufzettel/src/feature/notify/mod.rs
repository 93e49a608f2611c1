//! Mails that tell of what happened: to agents that a ticket was given to them, that the customer
//! answered, that a mail of theirs was not delivered. What causes a notice writes a job in its own
//! transaction; a worker turns each job into a mail in the outbox, in one operation.
//!
//! Nobody is told of what he did himself, of a ticket that he may not see, or of what he does not
//! want to be told of.

pub mod closing;
mod letter;
mod notice;
mod render;
mod store;
pub mod tell;
mod work;

use db::{Result, Tx};
use serde_json::json;
use values::{IdMaker, Timestamp};

pub use work::{due, work};

use crate::record::actor::Acting;
use crate::record::message::Mailbox;
use crate::record::ticket::Ticket;
use crate::record::{AgentId, MessageId, TicketId};
use crate::service::jobs::{self, NewJob};

/// What an agent is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody else made him responsible for a ticket, or took it from him.
    Assigned,
    /// The customer answered in a ticket of his.
    Answered,
    /// A mail of his was not delivered.
    Failed,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Assigned, Self::Answered, Self::Failed];

    /// The code of its jobs, and in the list of what an agent wants.
    pub fn code(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Answered => "answered",
            Self::Failed => "failed",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Tells an agent that the actor gave him a ticket, or took it from him (F-ASG-08). Nobody is told
/// of what he did himself.
pub async fn assigned(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: TicketId,
    agent: AgentId,
) -> Result<()> {
    if agent == acting.actor.agent {
        return Ok(());
    }
    let detail = json!({ "agent": agent.to_string(), "by": acting.actor.agent.to_string() });
    put(tx, Kind::Assigned.code(), ticket, detail, acting.ids, acting.now).await
}

/// Tells an agent that an intake rule gave him a ticket.
pub async fn assigned_by_rule(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<()> {
    let detail = json!({ "agent": agent.to_string() });
    put(tx, Kind::Assigned.code(), ticket, detail, ids, now).await
}

/// Tells the assignee that the customer answered.
pub async fn answered(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    message: MessageId,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<()> {
    let detail = json!({ "agent": agent.to_string(), "message": message.to_string() });
    put(tx, Kind::Answered.code(), ticket, detail, ids, now).await
}

/// Tells the requester that somebody works on his ticket (F-KIND-04).
pub async fn in_progress(tx: &mut Tx<'_>, acting: &Acting<'_>, ticket: &Ticket) -> Result<()> {
    let Some(email) = ticket.requester_email.clone() else { return Ok(()) };
    let to = vec![Mailbox { name: ticket.requester_name.clone(), email }];
    let agent = acting.actor.agent.to_string();
    let detail = json!(closing::Detail { agent, to, text: None, history: false });
    put(tx, letter::IN_PROGRESS, ticket.id, detail, acting.ids, acting.now).await
}

async fn put(
    tx: &mut Tx<'_>,
    kind: &'static str,
    ticket: TicketId,
    detail: serde_json::Value,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<()> {
    jobs::put(tx, &NewJob { kind, ticket: Some(ticket), detail, run_at: now, ids }).await
}
