//! Reading a ticket with everything its page shows: four statements, however long it is.

use db::{Reading, Result, View};
use rules::right::Right;

use super::store::{self, Belonging, OtherTicket};
use crate::record::actor::{Actor, Denied};
use crate::record::draft::Saved;
use crate::record::message::{self, Message};
use crate::record::ticket::{self, Ticket};
use crate::record::{MessageId, TicketId};
use crate::service::history::{self, Recorded};

/// Messages on the page; earlier ones have a page of their own.
pub const MESSAGES_MAX: i64 = 100;
/// Events on the page.
const EVENTS_MAX: i64 = 300;

/// Reads a ticket.
pub struct ReadTicket<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// Messages before this one.
    pub before: Option<MessageId>,
}

/// A ticket with everything its page shows.
#[derive(Clone, Debug)]
pub struct TicketView {
    /// The ticket.
    pub ticket: Ticket,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// The history, oldest first.
    pub events: Vec<Recorded>,
    /// Other tickets of the customer, newest first.
    pub others: Vec<OtherTicket>,
    /// Up to which message the reader has read.
    pub read_to: Option<MessageId>,
    /// What the reader has begun to write.
    pub drafts: Vec<Saved>,
}

impl Reading for ReadTicket<'_> {
    type Outcome = std::result::Result<TicketView, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let messages = message::of_ticket(view, ticket.id, self.before, MESSAGES_MAX).await?;
        let events = history::of_ticket(view, ticket.id, EVENTS_MAX).await?;
        // The first rows are the ticket itself: they carry how far the reader got, and his drafts.
        let rows = store::others(view, self.actor, &ticket).await?;
        let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(OtherTicket::is_own);
        let read_to = own.first().and_then(|own| own.read_to);
        let drafts = own.iter().filter_map(OtherTicket::draft).collect();
        Ok(Ok(TicketView { ticket, messages, events, others, read_to, drafts }))
    }
}

/// A message with where it belongs, for routes that name the message.
pub struct ReadMessage<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The message.
    pub message: MessageId,
}

impl Reading for ReadMessage<'_> {
    type Outcome = std::result::Result<(Belonging, Message), Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let belonging = store::belonging(view, self.message).await?;
        let Some(belonging) = belonging else { return Ok(Err(Denied::NotFound)) };
        let open = ticket::open(view, self.actor, Right::ReadTicket, &belonging.number);
        let ticket = match open.await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let after = MessageId::from_number(self.message.number().saturating_add(1));
        let mut found = message::of_ticket(view, ticket.id, Some(after), 1).await?;
        match found.pop().filter(|message| message.id == self.message) {
            Some(message) => Ok(Ok((belonging, message))),
            None => Ok(Err(Denied::NotFound)),
        }
    }
}

/// Remembers how far an agent has read a ticket.
pub struct NoteReading {
    /// The agent.
    pub agent: crate::record::AgentId,
    /// The ticket.
    pub ticket: TicketId,
    /// The last message that was shown.
    pub message: MessageId,
}

impl db::Operation for NoteReading {
    type Outcome = ();

    async fn run(&self, tx: &mut db::Tx<'_>) -> Result<()> {
        store::note_reading(tx, self).await
    }
}

/// Finds out whether an actor may do something with a ticket.
pub struct FindTicket<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// What the actor must be allowed to do.
    pub right: Right,
}

impl Reading for FindTicket<'_> {
    type Outcome = std::result::Result<Ticket, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        ticket::open(view, self.actor, self.right, self.number).await
    }
}
