//! Finding one ticket by what stands in an address: its number or its public id.

use db::{Reading, Result, View};
use rules::right::Right;

use crate::record::actor::{Actor, Denied};
use crate::record::ticket::{self, Ticket};

/// Letters of a public id.
const PUBLIC_ID_LETTERS: usize = 16;

/// Reads one ticket.
pub struct FindTicket<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// Its number or its public id.
    pub name: &'a str,
    /// What the actor must be allowed to do with it.
    pub right: Right,
}

impl Reading for FindTicket<'_> {
    type Outcome = std::result::Result<Ticket, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let found = ticket::open(view, self.actor, self.right, self.name).await?;
        if found.is_ok() || self.name.len() != PUBLIC_ID_LETTERS {
            return Ok(found);
        }
        match ticket::number_of(view, &self.name.to_ascii_lowercase()).await? {
            Some(number) => ticket::open(view, self.actor, self.right, &number).await,
            None => Ok(found),
        }
    }
}
