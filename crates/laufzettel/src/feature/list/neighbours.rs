//! A ticket among those of the list it was opened from: which one it is, and its neighbours.

use db::{Reading, Result, View};
use rules::filter::Condition;
use values::Timestamp;

use super::read::Selection;
use crate::App;
use crate::record::actor::Actor;
use crate::record::directory::Directory;
use crate::record::ticket_list::{self, Direction, ListQuery};

/// Tickets before and after are counted up to this number.
const COUNT_MAX: i64 = 1_000;

/// Finds a ticket in a list.
pub struct FindNeighbours<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The filter as typed.
    pub text: &'a str,
    /// A condition besides the filter.
    pub besides: Option<Condition>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The present moment.
    pub now: Timestamp,
}

/// Where a ticket stands in a list. A ticket that is no longer in it stands before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The number of the ticket before.
    pub previous: Option<String>,
    /// The number of the ticket after.
    pub next: Option<String>,
    /// How many tickets are before it and after it, each up to a thousand.
    pub counts: Option<(i64, i64)>,
}

impl Reading for FindNeighbours<'_> {
    type Outcome = Neighbours;

    async fn run(&self, view: &mut View<'_>) -> Result<Neighbours> {
        let selection = Selection {
            app: self.app,
            actor: self.actor,
            directory: self.directory,
            text: self.text,
            besides: self.besides.as_ref(),
            now: self.now,
        };
        let selected = selection.find(view).await?;
        let all = ListQuery {
            actor: self.actor,
            node: &selected.node,
            found: &selected.found,
            directory: self.directory,
            order: selected.order,
            direction: Direction::Forward,
            after: None,
            limit: 1,
        };
        let Some(own) = ticket_list::row(view, &all, self.number).await? else {
            return Ok(Neighbours { next: first(view, &all).await?, ..Neighbours::default() });
        };
        let key = own.key(selected.order);
        let after = ListQuery { after: Some(&key), ..all };
        let before = ListQuery { direction: Direction::Backward, ..after };
        Ok(Neighbours {
            previous: first(view, &before).await?,
            next: first(view, &after).await?,
            counts: Some((count(view, before).await?, count(view, after).await?)),
        })
    }
}

async fn first(view: &mut View<'_>, list: &ListQuery<'_>) -> Result<Option<String>> {
    Ok(ticket_list::rows(view, list).await?.into_iter().next().map(|row| row.number))
}

async fn count(view: &mut View<'_>, list: ListQuery<'_>) -> Result<i64> {
    ticket_list::count(view, &ListQuery { limit: COUNT_MAX, ..list }).await
}
