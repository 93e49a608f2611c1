//! Reading a ticket with everything its page shows: four statements, however long it is.

use db::{Query, Reading, Result, View, from_row, params, sql};
use rules::right::Right;
use values::Timestamp;

use crate::record::actor::{Actor, Denied};
use crate::record::message::{self, Message};
use crate::record::ticket::{self, Ticket};
use crate::record::{EntryId, MessageId, TicketId};
use crate::service::history::{self, Recorded};

/// Messages on the page; earlier ones have a page of their own.
pub const MESSAGES_MAX: i64 = 100;
/// Events on the page.
const EVENTS_MAX: i64 = 300;
/// Other tickets of the customer.
const OTHERS_MAX: i64 = 6;

/// Reads a ticket.
pub struct ReadTicket<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// Messages before this one.
    pub before: Option<MessageId>,
}

from_row! {
    /// Another ticket of the same customer.
    #[derive(Clone, Debug)]
    pub struct OtherTicket {
        /// Its number.
        pub number: String,
        /// Its subject.
        pub subject: String,
        /// Its status.
        pub status: EntryId,
        /// Its stage.
        pub stage: ticket::StoredStage,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// Up to which message the reader has read the ticket of the page.
        pub read_to: Option<MessageId>,
    }
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
        let mut others = others(view, self.actor, &ticket).await?;
        // The first row is the ticket itself: it carries how far the reader got.
        let read_to = others.first().and_then(|own| own.read_to);
        if !others.is_empty() {
            others.remove(0);
        }
        Ok(Ok(TicketView { ticket, messages, events, others, read_to }))
    }
}

/// The ticket itself first, then others of the same customer that the actor may see.
async fn others(view: &mut View<'_>, actor: &Actor, ticket: &Ticket) -> Result<Vec<OtherTicket>> {
    let mut query = Query::new(
        "select t.number, t.subject, t.status, t.stage, t.updated_at, r.message as read_to,
                (case when t.id =",
    );
    query.bind(ticket.id).push("then 0 else 1 end) as place, t.id from ticket t");
    query.push("left join reading r on r.ticket = t.id and r.agent =").bind(actor.agent);
    query.push("where t.id in (select id from ticket where id =").bind(ticket.id);
    query.push("union select id from (select id from ticket where contact =").bind(ticket.contact);
    query.push("order by id desc limit").bind(OTHERS_MAX + 1).push(") by_contact");
    query.push("union select id from (select id from ticket where requester_email =");
    query.bind(ticket.requester_email.as_deref());
    query.push("order by id desc limit").bind(OTHERS_MAX + 1).push(") by_address )");
    actor.push_visible(&mut query);
    query.push("order by place, t.id desc limit").bind(OTHERS_MAX + 1);
    view.list(&query).await
}

/// A message with its ticket's number, for routes that name the message.
pub struct ReadMessage<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The message.
    pub message: MessageId,
}

from_row! {
    struct NumberRow {
        number: String,
    }
}

impl Reading for ReadMessage<'_> {
    type Outcome = std::result::Result<(Ticket, Message), Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let row: Option<NumberRow> = view
            .optional(
                sql!(
                    "select t.number from message m join ticket t on t.id = m.ticket
                     where m.id = $1"
                ),
                params![self.message],
            )
            .await?;
        let Some(row) = row else { return Ok(Err(Denied::NotFound)) };
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, &row.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let after = MessageId::from_number(self.message.number().saturating_add(1));
        let mut found = message::of_ticket(view, ticket.id, Some(after), 1).await?;
        match found.pop().filter(|message| message.id == self.message) {
            Some(message) => Ok(Ok((ticket, message))),
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
        tx.execute(
            sql!(
                "insert into reading (agent, ticket, message) values ($1, $2, $3)
                 on conflict (agent, ticket) do update set message = excluded.message
                 where reading.message < excluded.message"
            ),
            params![self.agent, self.ticket, self.message],
        )
        .await
        .map(drop)
    }
}
