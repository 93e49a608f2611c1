//! Changing the properties of a ticket: status, assignee, area, queue, category, request type,
//! priority, tags, contact, deadline, subject, seen; trash and back. One operation for all, so
//! that a page changes one, a program several, and both write the same history.

pub mod action;
pub mod customer;
mod follow;
pub mod plan;
pub mod say;
pub mod store;
mod trash;
pub mod undo;

use db::{Operation, Result, Tx};
use rules::right::{Place, Right, Whose, allows};
use rules::status::Stage;
use serde::{Deserialize, Serialize};
use values::Timestamp;

use crate::record::actor::{self, Acting, Denied};
use crate::record::directory::{self, Directory};
use crate::record::ticket::{self, Due, Ticket};
use crate::record::{AgentId, AreaId, EntryId, tags};
use crate::service::live;

/// One property and its new value. Ids are those of the lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "set", content = "to", rename_all = "snake_case")]
pub enum Change {
    /// The subject.
    Subject(String),
    /// The status.
    Status(i64),
    /// The agent responsible.
    Assignee(Option<i64>),
    /// The area.
    Area(i64),
    /// The queue.
    Queue(Option<i64>),
    /// The category.
    Category(Option<i64>),
    /// The request type.
    RequestType(Option<i64>),
    /// The priority.
    Priority(i64),
    /// The tags.
    Tags(Vec<String>),
    /// The contact, and with it the contact's company.
    Contact(Option<i64>),
    /// Back to who asked before.
    Requester(customer::Requester),
    /// The company.
    Company(Option<i64>),
    /// The deadline, UTC milliseconds.
    Due(Option<i64>),
    /// When it comes back, UTC milliseconds.
    Resubmit(Option<i64>),
    /// Whether somebody has yet to look at it.
    Unseen(bool),
    /// Whether the requester is told of what is done (F-FLD-09).
    Notify(bool),
    /// The marks, as codes (F-FLD-24).
    Marks(Vec<String>),
    /// Into the trash.
    Trash,
    /// Into the trash, as advertising: the tag `spam` is set.
    Spam,
    /// Out of the trash, to the status before.
    Restore,
}

/// Changes properties of a ticket: all of them, or none.
pub struct ChangeTicket<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// What to change.
    pub changes: &'a [Change],
}

/// How changing ended.
#[derive(Debug)]
pub enum Changed {
    /// It was changed. `undo` changes it back; empty if nothing was different.
    Done {
        /// The ticket after it.
        ticket: Box<Ticket>,
        /// The changes that lead back.
        undo: Vec<Change>,
    },
    /// No right, or no such ticket.
    Denied(Denied),
    /// Somebody else changed it; its present version.
    Stale(i64),
    /// A value cannot be taken.
    Refused(Refused),
}

/// Which value cannot be taken, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The field, named as in the API.
    pub field: &'static str,
    /// Why.
    pub reason: Reason,
}

/// Why a value cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such entry, or it is switched off.
    Unknown,
    /// The text is empty.
    Empty,
    /// The text is too long.
    TooLong,
    /// The agent may not work in that area.
    NoRight,
}

impl Operation for ChangeTicket<'_> {
    type Outcome = Changed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let actor = self.acting.actor;
        store::hold(tx, self.number).await?;
        let mut ticket = match ticket::open(tx, actor, self.right(), self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Changed::Denied(denied)),
        };
        if self.version.is_some_and(|version| version != ticket.version) {
            return Ok(Changed::Stale(ticket.version));
        }
        let before = ticket.clone();
        // All is planned before anything is written: a value that is refused must leave nothing.
        let mut steps = Vec::new();
        for change in self.changes {
            let implied = follow::implied(tx, self, &ticket, change).await?;
            for change in [Some(change), implied.as_ref()].into_iter().flatten() {
                match self.plan(tx, &mut ticket, change).await? {
                    Ok(step) => steps.extend(step),
                    Err(refused) => return Ok(Changed::Refused(refused)),
                }
            }
        }
        follow::keep_unseen(self, &before, &mut ticket);
        let mut undo = Vec::new();
        for step in steps {
            undo.insert(0, self.write(tx, &mut ticket, step).await?);
        }
        if !undo.is_empty() {
            undo.extend(follow::way_back(self, &before));
            self.keep(tx, &before, &mut ticket).await?;
        }
        Ok(Changed::Done { ticket: Box::new(ticket), undo })
    }
}

impl ChangeTicket<'_> {
    /// Marking as seen needs no more than seeing it.
    fn right(&self) -> Right {
        let is_mark = |change: &Change| matches!(change, Change::Unseen(_));
        let is_removal = |change: &Change| matches!(change, Change::Trash | Change::Spam);
        match self.changes {
            changes if changes.iter().all(is_mark) => Right::ReadTicket,
            changes if changes.iter().any(is_removal) => Right::TrashTicket,
            _ => Right::WorkOnTicket,
        }
    }

    /// Changes the ticket in memory, if it is not like that already.
    async fn plan(
        &self,
        tx: &mut Tx<'_>,
        ticket: &mut Ticket,
        change: &Change,
    ) -> Result<std::result::Result<Option<plan::Step>, Refused>> {
        let facts = match change {
            Change::Contact(contact) => store::contact(tx, *contact).await?,
            Change::Requester(before) => store::contact(tx, before.contact).await?,
            Change::Company(company) => store::company(tx, *company).await?,
            Change::Restore => store::before_trash(tx, ticket).await?,
            Change::Assignee(Some(agent)) if !may_get(tx, ticket, *agent).await? => {
                return Ok(Err(Refused { field: "assignee", reason: Reason::NoRight }));
            }
            _ => plan::Facts::default(),
        };
        let step = plan::step(ticket, change, &facts, self.directory, &self.acting);
        if let Ok(Some(plan::Step { tags: Some(tags), .. })) = &step {
            // A later change in the same list may add to them.
            let names: Vec<&str> = tags.iter().map(tags::Tag::name).collect();
            ticket.tags = crate::record::message::json(&names);
        }
        Ok(step)
    }

    /// Writes the event of a step, and its tags; gives the change that leads back.
    async fn write(
        &self,
        tx: &mut Tx<'_>,
        ticket: &mut Ticket,
        step: plan::Step,
    ) -> Result<Change> {
        if let Some(wanted) = &step.tags {
            let (ids, now) = (self.acting.ids, self.acting.now);
            let names = tags::set(tx, ticket.id, wanted, ids, now).await?;
            ticket.tags = crate::record::message::json(&names);
        }
        self.acting.record(tx, ticket.id, step.kind, step.detail).await?;
        Ok(step.undo)
    }

    async fn keep(&self, tx: &mut Tx<'_>, before: &Ticket, ticket: &mut Ticket) -> Result<()> {
        ticket.updated_at = self.acting.now;
        ticket.version += 1;
        store::update(tx, before, ticket).await?;
        if before.contact != ticket.contact || before.company != ticket.company {
            store::name_customer(tx, ticket).await?;
        }
        if before.area != ticket.area {
            store::index_messages(tx, ticket).await?;
        }
        if plan::is_found_differently(before, ticket) {
            store::index_ticket(tx, ticket).await?;
        }
        live::announce(tx, live::TICKET, ticket.id);
        Ok(())
    }
}

/// Whether an agent could work on a ticket that is his (F-PERM-10). Whether there is such an agent is
/// decided elsewhere, and whoever has the ticket keeps it.
async fn may_get(tx: &mut Tx<'_>, ticket: &Ticket, agent: i64) -> Result<bool> {
    let agent = AgentId::from_number(agent);
    if ticket.assignee == Some(agent) {
        return Ok(true);
    }
    let place = Place::Ticket { area: ticket.area.number(), whose: Whose::Own };
    let found = actor::load_in(tx, &[agent], ticket.area).await?;
    Ok(found.iter().all(|actor| allows(&actor.rights, Right::WorkOnTicket, place)))
}

/// The stage that a status gives.
pub fn stage_of(directory: &Directory, status: EntryId) -> Option<Stage> {
    directory::by_id(&directory.statuses, status.number()).map(|status| status.kind.0.stage())
}

/// The deadline as a change.
pub fn due(at: Option<Timestamp>) -> Change {
    Change::Due(at.map(Timestamp::millis))
}

/// The value for the column of a deadline.
pub(crate) fn stored_due(millis: Option<i64>) -> Due {
    Due(millis.map(Timestamp::from_millis))
}

/// An area by its number.
pub(crate) fn area_id(number: i64) -> AreaId {
    AreaId::from_number(number)
}
