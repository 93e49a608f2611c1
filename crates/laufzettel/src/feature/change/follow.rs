//! What changes with a property: the status with the assignee, the company with the contact, the
//! priority with a category, the status with the area that alone has it. Whoever names the other property himself has his way.

use db::{Result, Tx};
use rules::status::{Stage, StatusKind};

use super::{Change, ChangeTicket, store};
use crate::record::directory::{self, Directory};
use crate::record::ticket::Ticket;
use crate::record::{CompanyId, EntryId};

/// What changes together with this change of the ticket.
pub(super) async fn implied(
    tx: &mut Tx<'_>,
    wanted: &ChangeTicket<'_>,
    ticket: &Ticket,
    change: &Change,
) -> Result<Option<Change>> {
    let names = |is_meant: fn(&Change) -> bool| wanted.changes.iter().any(is_meant);
    Ok(match change {
        Change::Contact(contact) => {
            let company = store::company_of(tx, *contact).await?;
            Some(Change::Company(company.map(CompanyId::number)))
        }
        Change::Category(Some(id)) if !names(|change| matches!(change, Change::Priority(_))) => {
            let category = directory::by_id(&wanted.directory.categories, *id);
            let priority = category.and_then(|category| category.priority);
            priority.map(|priority| Change::Priority(priority.number()))
        }
        Change::Assignee(agent) if !names(sets_status) => {
            status_of_assigned(ticket, *agent, wanted.directory)
        }
        Change::Area(area) if !names(sets_status) => {
            status_elsewhere(ticket, *area, wanted.directory)
        }
        _ => None,
    })
}

/// The way back names what followed, so that nothing follows once more.
pub(super) fn way_back(wanted: &ChangeTicket<'_>, before: &Ticket) -> Vec<Change> {
    let names = |is_meant: fn(&Change) -> bool| wanted.changes.iter().any(is_meant);
    let mut back = Vec::new();
    if names(|change| matches!(change, Change::Category(_))) {
        back.push(Change::Priority(before.priority.number()));
    }
    let is_limited = directory::by_id(&wanted.directory.statuses, before.status.number())
        .is_some_and(|status| status.area.is_some());
    let follows = names(|change| matches!(change, Change::Assignee(_)))
        || is_limited && names(|change| matches!(change, Change::Area(_)));
    if follows && !names(sets_status) {
        back.push(Change::Status(before.status.number()));
    }
    back
}

/// Whoever gives an open ticket to somebody, or takes that back, has not read it for him.
pub(super) fn keep_unseen(wanted: &ChangeTicket<'_>, before: &Ticket, ticket: &mut Ticket) {
    let is_given = wanted.changes.iter().any(|change| matches!(change, Change::Assignee(_)));
    let is_marked = wanted.changes.iter().any(|change| matches!(change, Change::Unseen(_)));
    if is_given && !is_marked && ticket.stage.0 == Stage::Open {
        ticket.unseen = before.unseen;
    }
}

fn sets_status(change: &Change) -> bool {
    matches!(change, Change::Status(_) | Change::Trash | Change::Spam | Change::Restore)
}

/// A ticket that nobody has begun is assigned when it has an assignee, and read when it has none
/// any more (F-STAT-08). Other statuses say more than that and stay.
fn status_of_assigned(
    ticket: &Ticket,
    agent: Option<i64>,
    directory: &Directory,
) -> Option<Change> {
    if ticket.assignee.map(crate::record::AgentId::number) == agent {
        return None;
    }
    let becomes = match (kind_of(directory, ticket.status)?, agent) {
        (StatusKind::Unread | StatusKind::Read, Some(_)) => StatusKind::Assigned,
        (StatusKind::Assigned, None) => StatusKind::Read,
        _ => return None,
    };
    let status = directory.status_of_kind(becomes).filter(|status| status.active);
    status.map(|status| Change::Status(status.id.number()))
}

/// A status that only the ticket's area has becomes the common one of its kind (F-STAT-04).
fn status_elsewhere(ticket: &Ticket, area: i64, directory: &Directory) -> Option<Change> {
    let status = directory::by_id(&directory.statuses, ticket.status.number())?;
    status.area.filter(|only| only.number() != area)?;
    let common = directory.status_of_kind(status.kind.0)?;
    Some(Change::Status(common.id.number()))
}

/// The kind of a status.
fn kind_of(directory: &Directory, status: EntryId) -> Option<StatusKind> {
    directory::by_id(&directory.statuses, status.number()).map(|status| status.kind.0)
}
