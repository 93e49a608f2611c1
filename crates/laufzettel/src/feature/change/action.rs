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
    /// An open ticket is closed; nobody is notified.
    Close,
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
    Done(Box<Ticket>),
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
            let is_mine = self.action == Action::Claim && ticket.assignee == Some(actor.agent);
            let ticket = Box::new(ticket);
            return Ok(if is_mine { Acted::Done(ticket) } else { Acted::Lost(ticket) });
        };
        let change = ChangeTicket {
            acting: self.acting,
            number: self.number,
            directory: self.directory,
            version: None,
            changes: &[change],
        };
        Ok(match change.run(tx).await? {
            Changed::Done { ticket, .. } => Acted::Done(ticket),
            Changed::Stale(_) => Acted::Lost(Box::new(ticket)),
            Changed::Denied(denied) => Acted::Denied(denied),
            Changed::Refused(refused) => Acted::Refused(refused),
        })
    }
}

impl Act<'_> {
    /// The change that it means; `None` if somebody was quicker.
    fn change(&self, ticket: &Ticket) -> Option<Change> {
        let status = |kind| {
            let status = self.directory.status_of_kind(kind);
            // No list has an entry 0: a missing kind is refused as an unknown status.
            Change::Status(status.map_or(0, |status| status.id.number()))
        };
        match (self.action, ticket.stage.0) {
            (Action::Claim, _) if ticket.assignee.is_none() => {
                Some(Change::Assignee(Some(self.acting.actor.agent.number())))
            }
            (Action::Close, Stage::Open | Stage::Waiting) => Some(status(StatusKind::Done)),
            (Action::Reopen, Stage::Closed) => Some(status(StatusKind::InProgress)),
            (Action::Reopen, Stage::Trash) => Some(Change::Restore),
            _ => None,
        }
    }
}
