//! Claiming, closing and reopening a ticket: changes that only one of several people can win.

use db::{Operation, Result, Tx};
use rules::right::Right;
use rules::status::{Stage, StatusKind};

use super::{Change, ChangeTicket, Changed, Refused, store};
use crate::record::actor::{Acting, Denied};
use crate::record::directory::Directory;
use crate::record::ticket::{self, Ticket};

/// What is done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The actor becomes responsible for a ticket of nobody.
    Claim,
    /// The actor gives a ticket of his own back to nobody.
    Unclaim,
    /// An open ticket is closed as solved.
    Close,
    /// An open ticket is closed without a solution (F-CLOSE-05).
    Abandon,
    /// A closed ticket is opened again, or one in the trash comes back.
    Reopen,
}

/// Does one of these with a ticket.
pub struct Act<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// What to do.
    pub action: Action,
}

/// How it ended.
#[derive(Debug)]
pub enum Acted {
    /// It was done, or it was like that already by the same actor.
    Done {
        /// The ticket after it.
        ticket: Box<Ticket>,
        /// The changes that lead back; empty if nothing was different.
        undo: Vec<Change>,
    },
    /// Somebody else was quicker; the ticket as it is now.
    Lost(Box<Ticket>),
    /// No right, or no such ticket.
    Denied(Denied),
    /// There is no status to set.
    Refused(Refused),
}

impl Operation for Act<'_> {
    type Outcome = Acted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Acted> {
        store::hold(tx, self.number).await?;
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Acted::Denied(denied)),
        };
        let Some(change) = self.change(&ticket) else {
            let is_done = self.is_done(&ticket);
            let ticket = Box::new(ticket);
            return Ok(match is_done {
                true => Acted::Done { ticket, undo: Vec::new() },
                false => Acted::Lost(ticket),
            });
        };
        let change = ChangeTicket {
            acting: self.acting,
            number: self.number,
            directory: self.directory,
            version: None,
            changes: &[change],
        };
        Ok(match change.run(tx).await? {
            Changed::Done { ticket, undo } => Acted::Done { ticket, undo },
            Changed::Stale(_) => Acted::Lost(Box::new(ticket)),
            Changed::Denied(denied) => Acted::Denied(denied),
            Changed::Refused(refused) => Acted::Refused(refused),
        })
    }
}

impl Act<'_> {
    /// Whether the same actor has done it already.
    fn is_done(&self, ticket: &Ticket) -> bool {
        match self.action {
            Action::Claim => ticket.assignee == Some(self.acting.actor.agent),
            Action::Unclaim => ticket.assignee.is_none(),
            Action::Close | Action::Abandon | Action::Reopen => false,
        }
    }

    /// The change that it means; `None` if somebody was quicker.
    fn change(&self, ticket: &Ticket) -> Option<Change> {
        let agent = self.acting.actor.agent;
        let status = |kind| {
            let status = self.directory.status_of_kind(kind);
            // No list has an entry 0: a missing kind is refused as an unknown status.
            Change::Status(status.map_or(0, |status| status.id.number()))
        };
        match (self.action, ticket.stage.0) {
            (Action::Claim, _) if ticket.assignee.is_none() => {
                Some(Change::Assignee(Some(agent.number())))
            }
            (Action::Unclaim, _) if ticket.assignee == Some(agent) => Some(Change::Assignee(None)),
            (Action::Close, Stage::Open | Stage::Waiting) => Some(status(StatusKind::Done)),
            (Action::Abandon, Stage::Open | Stage::Waiting) => Some(status(StatusKind::Cancelled)),
            (Action::Reopen, Stage::Closed) => Some(status(reopened_as(ticket))),
            (Action::Reopen, Stage::Trash) => Some(Change::Restore),
            _ => None,
        }
    }
}

/// The kind of status of a ticket that is opened again (F-CLOSE-06).
pub fn reopened_as(ticket: &Ticket) -> StatusKind {
    match ticket.assignee {
        Some(_) => StatusKind::Assigned,
        None => StatusKind::Unread,
    }
}
