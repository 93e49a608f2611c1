//! Changing a ticket and telling those whom it concerns, in one operation (K-14).

use db::{Operation, Result, Tx};
use rules::right::Right;
use rules::status::Stage;

use super::closing;
use crate::feature::change::{Change, ChangeTicket, Changed, stage_of, store};
use crate::record::actor::{Acting, Denied};
use crate::record::directory::{Directory, by_id};
use crate::record::ticket::{self, Ticket};
use crate::record::{AgentId, EntryId};

/// Who is told of a new assignee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell<'a> {
    /// The new assignee, where the area says always; else nobody.
    ByArea,
    /// Nobody.
    Nobody,
    /// The new assignee.
    Assignee,
    /// These, if the assignee changes.
    These(&'a [AgentId]),
}

/// Changes a ticket and tells of a new assignee.
pub struct ChangeAndTell<'a> {
    /// The change.
    pub change: ChangeTicket<'a>,
    /// Who is told.
    pub tell: Tell<'a>,
}

impl Operation for ChangeAndTell<'_> {
    type Outcome = Changed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let changed = self.change.run(tx).await?;
        let Changed::Done { ticket, undo } = &changed else { return Ok(changed) };
        if former(undo).is_some() {
            for agent in self.told(ticket) {
                super::assigned(tx, &self.change.acting, ticket.id, agent).await?;
            }
        }
        if self.tell == Tell::ByArea && is_closing(ticket, undo, self.change.directory) {
            closing::by_area(tx, &self.change.acting, ticket, self.change.directory).await?;
        }
        Ok(changed)
    }
}

impl ChangeAndTell<'_> {
    fn told(&self, ticket: &Ticket) -> Vec<AgentId> {
        let area = by_id(&self.change.directory.areas, ticket.area.number());
        match self.tell {
            Tell::Nobody => Vec::new(),
            Tell::ByArea if area.is_none_or(|area| area.inform_assignee != "always") => Vec::new(),
            Tell::ByArea | Tell::Assignee => ticket.assignee.into_iter().collect(),
            Tell::These(agents) => agents.to_vec(),
        }
    }
}

/// Whether a change closed an open ticket.
pub fn is_closing(ticket: &Ticket, undo: &[Change], directory: &Directory) -> bool {
    let was_open = undo.iter().any(|change| match change {
        Change::Status(before) => {
            let stage = stage_of(directory, EntryId::from_number(*before));
            stage.is_some_and(Stage::is_open)
        }
        _ => false,
    });
    was_open && ticket.stage.0 == Stage::Closed
}

/// Who was responsible before a change, by its way back; `None` if that did not change.
pub fn former(undo: &[Change]) -> Option<Option<AgentId>> {
    undo.iter().find_map(|change| match change {
        Change::Assignee(before) => Some(before.map(AgentId::from_number)),
        _ => None,
    })
}

/// Tells agents of a ticket's assignee, because somebody said so when he was asked.
pub struct TellAgents<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The lists.
    pub directory: &'a Directory,
    /// The number of the ticket.
    pub number: &'a str,
    /// Who is told.
    pub agents: &'a [AgentId],
    /// Whether the requester hears that his ticket is being worked on.
    pub requester: bool,
}

impl Operation for TellAgents<'_> {
    type Outcome = std::result::Result<(), Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        let actor = self.acting.actor;
        store::hold(tx, self.number).await?;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        for agent in self.agents {
            if self.directory.agent(*agent).is_some_and(|agent| agent.active) {
                super::assigned(tx, &self.acting, ticket.id, *agent).await?;
            }
        }
        if self.requester {
            super::in_progress(tx, &self.acting, &ticket).await?;
        }
        Ok(Ok(()))
    }
}
