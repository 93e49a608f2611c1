//! Who else looks at a ticket and who writes in it. A browser gives a sign of life now and then;
//! 45 seconds after the last one it is believed no more. Nothing of it is history.

mod page;
mod store;
mod web;

use axum::Router;
use axum::routing::get;
use db::{Operation, Reading, Result, Tx, View};
use rules::right::Right;
use values::Timestamp;

pub use page::{Other, place};

use crate::App;
use crate::record::actor::{Actor, Denied};
use crate::record::{AgentId, TicketId, ticket};
use crate::service::live;

/// How long a sign of life is believed.
const BELIEVED_MILLIS: i64 = 45_000;

/// The addresses of presence.
pub fn routes() -> Router<App> {
    Router::new().route("/tickets/{number}/presence", get(web::read).post(web::sign))
}

/// What somebody does in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// He looks at it.
    Looking,
    /// He writes in it.
    Typing,
    /// He left it.
    Gone,
}

impl State {
    /// The word in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::Typing => "typing",
            Self::Gone => "gone",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Looking, Self::Typing, Self::Gone].into_iter().find(|state| state.code() == code)
    }
}

/// A sign of life of somebody who may read the ticket.
pub struct Sign<'a> {
    /// Who gives it.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// What he does.
    pub state: State,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for Sign<'_> {
    type Outcome = std::result::Result<(), Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(tx, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket.id,
            Err(denied) => return Ok(Err(denied)),
        };
        store::forget_old(tx, self.now).await?;
        let before = store::state(tx, ticket, self.actor.agent).await?;
        match self.state {
            State::Gone => store::leave(tx, ticket, self.actor.agent).await?,
            state => {
                let until = self.now.plus_millis(BELIEVED_MILLIS);
                store::sign(tx, ticket, self.actor.agent, state, until).await?;
            }
        }
        // Only what looks different is told, not every sign.
        if before.unwrap_or(State::Gone) != self.state {
            live::announce(tx, live::PRESENCE, ticket);
        }
        Ok(Ok(()))
    }
}

/// Who else is in a ticket, for somebody who may read it.
pub struct ReadPresence<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// The present moment.
    pub now: Timestamp,
}

/// A ticket and who else is in it.
pub type Present = (TicketId, Vec<(AgentId, State)>);

impl Reading for ReadPresence<'_> {
    type Outcome = std::result::Result<Present, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket.id,
            Err(denied) => return Ok(Err(denied)),
        };
        let others = store::others(view, ticket, self.actor.agent, self.now).await?;
        Ok(Ok((ticket, others)))
    }
}
