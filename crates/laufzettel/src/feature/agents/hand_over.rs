//! Ending the access of an agent: first the open tickets go to somebody else or to nobody, then the
//! agent is switched off. Signing out everywhere.

use db::{Operation, Reading, Result, Tx, View};
use rules::right::Level;

use super::save::{Fields, SaveAgent, Saved};
use super::store::{self, OpenTicket};
use crate::App;
use crate::feature::change::{Change, ChangeTicket, Changed};
use crate::record::actor::{Acting, Actor, load};
use crate::record::administration::{By, Change as Event, Fact, Kind, Subject};
use crate::record::directory::Directory;
use crate::record::{AgentId, AreaId, session};

/// Reads the open tickets of an agent, and whoever is to take them.
pub struct ReadHandOver {
    /// Whose tickets they are.
    pub agent: AgentId,
    /// Who takes them.
    pub successor: Option<AgentId>,
}

/// The open tickets, and who takes them.
pub struct HandOver {
    /// The tickets.
    pub tickets: Vec<OpenTicket>,
    /// Who takes them, if there is such an agent.
    pub successor: Option<Actor>,
}

impl Reading for ReadHandOver {
    type Outcome = HandOver;

    async fn run(&self, view: &mut View<'_>) -> Result<HandOver> {
        let successor = match self.successor {
            Some(agent) => load(view, agent).await?,
            None => None,
        };
        Ok(HandOver { tickets: store::open_tickets(view, self.agent).await?, successor })
    }
}

impl HandOver {
    /// The first area of a ticket in which whoever takes them may not work (F-PERM-10).
    pub fn closed_area(&self) -> Option<AreaId> {
        let successor = self.successor.as_ref()?;
        let may_work = |area: AreaId| successor.level_in(area) >= Some(Level::Work);
        self.tickets.iter().map(|ticket| ticket.area).find(|area| !may_work(*area))
    }
}

/// Ends the access of an agent.
pub struct EndAccess<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// The lists.
    pub directory: &'a Directory,
    /// Who does it.
    pub acting: Acting<'a>,
    /// Whose access ends.
    pub agent: AgentId,
}

impl EndAccess<'_> {
    /// Hands each ticket over, then ends the access. A ticket that somebody else takes meanwhile stays
    /// with him.
    pub async fn run(&self, hand_over: &HandOver) -> Result<Saved> {
        let to = hand_over.successor.as_ref().map(|actor| actor.agent.number());
        let changes = [Change::Assignee(to)];
        for ticket in &hand_over.tickets {
            let change = ChangeTicket {
                acting: self.acting,
                number: &ticket.number,
                directory: self.directory,
                version: None,
                changes: &changes,
            };
            if let Changed::Refused(_) = self.app.db.write(&change).await? {
                tracing::warn!(ticket = ticket.number, "a ticket could not be handed over");
            }
        }
        let fields = Fields { active: Some(false), ..Fields::default() };
        let by = By::person(self.acting);
        let save = SaveAgent { agent: Some(self.agent), version: None, fields: &fields, by };
        self.app.db.write(&save).await
    }
}

/// Ends all sessions of an agent.
pub struct SignOutEverywhere<'a> {
    /// The agent.
    pub agent: AgentId,
    /// The name, for the history.
    pub name: &'a str,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for SignOutEverywhere<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        session::end_all(tx, self.agent).await?;
        let facts = vec![Fact::new("sessions", None, None)];
        let id = self.agent.number();
        let event =
            Event { subject: Subject::Agent, id, name: self.name, kind: Kind::Changed, facts };
        self.by.record(tx, &event).await
    }
}

/// Whether somebody else could still administrate without this agent.
pub struct CanGo(pub AgentId);

impl Operation for CanGo {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        store::has_other_administrator(tx, self.0).await
    }
}
