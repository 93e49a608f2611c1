//! Correcting a message after it was written: when it was, whom it concerns, its words as long as
//! nobody has them in his mailbox (F-ACT-06, F-FLD-34).
//!
//! The raw mail of a message that came as one is never touched; the journal keeps it.

mod page;
mod store;
mod web;

use axum::Router;
use axum::routing::get;
use db::{Operation, Reading, Result, Tx, View};
use rules::correction::{Correction, Facts, correction};
use rules::right::Right;
use serde_json::json;
use values::Timestamp;

use super::change::store::hold;
use crate::App;
use crate::record::actor::{Acting, Actor, Denied};
use crate::record::body::Body;
use crate::record::message::{self, Message, Segment};
use crate::record::ticket::{self, Ticket, is_own, may};
use crate::record::{AgentId, MessageId};
use crate::service::live;

/// The addresses of the page.
pub fn routes() -> Router<App> {
    Router::new().route("/messages/{id}/correct", get(web::page).post(web::correct))
}

/// What shall be different; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What it is about.
    pub subject: Option<String>,
    /// Its own words; quotes and signature stay.
    pub body: Option<Body>,
    /// When it was written; not later than now.
    pub at: Option<Timestamp>,
    /// Whom it concerns; inside, `None` is its author alone.
    pub concerns: Option<Option<Vec<AgentId>>>,
}

/// What an actor may change of a message. `first` is the message that the ticket began with.
pub fn allowed(
    actor: &Actor,
    ticket: &Ticket,
    message: &Message,
    first: Option<MessageId>,
) -> Correction {
    let own = is_own(actor, ticket);
    if !may(actor, Right::WorkOnTicket, ticket.area, own) {
        return Correction::Nothing;
    }
    correction(Facts {
        is_first: first == Some(message.id),
        has_left: message.outbound.is_some(),
        is_author: message.agent == Some(actor.agent),
        may_correct: may(actor, Right::CorrectMessage, ticket.area, own),
    })
}

/// A message with its ticket, and what the actor may change of it.
#[derive(Debug)]
pub struct Found {
    /// The ticket.
    pub ticket: Ticket,
    /// The message.
    pub message: Message,
    /// What may be changed.
    pub allowed: Correction,
}

/// Finds a message of a ticket.
pub struct Find<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
    /// The message.
    pub message: MessageId,
}

impl Reading for Find<'_> {
    type Outcome = std::result::Result<Found, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let after = MessageId::from_number(self.message.number().saturating_add(1));
        let found = message::of_ticket(view, ticket.id, Some(after), 1).await?.pop();
        let Some(message) = found.filter(|message| message.id == self.message) else {
            return Ok(Err(Denied::NotFound));
        };
        let first = store::first(view, ticket.id).await?;
        let allowed = allowed(self.actor, &ticket, &message, first);
        Ok(Ok(Found { ticket, message, allowed }))
    }
}

/// Corrects a message.
pub struct Correct<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The message.
    pub message: MessageId,
    /// What shall be different.
    pub wanted: &'a Wanted,
}

/// How correcting ended.
#[derive(Debug)]
pub enum Corrected {
    /// As it is now.
    Done(Box<Message>),
    /// No right, or no such message.
    Denied(Denied),
    /// Its words left as a mail and stand.
    HasLeft,
}

impl Operation for Correct<'_> {
    type Outcome = Corrected;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Corrected> {
        hold(tx, self.number).await?;
        let find = Find { actor: self.acting.actor, number: self.number, message: self.message };
        let found = match find.run(tx).await? {
            Ok(found) => found,
            Err(denied) => return Ok(Corrected::Denied(denied)),
        };
        let wanted = self.wanted;
        let has_words = wanted.body.is_some() || wanted.subject.is_some();
        match found.allowed {
            Correction::Nothing => return Ok(Corrected::Denied(Denied::NotAllowed)),
            Correction::Circumstances if has_words => return Ok(Corrected::HasLeft),
            _ => {}
        }
        let segments = wanted.body.as_ref().map(|body| with_words(&found.message, body));
        store::write(tx, self, &found, segments.as_ref()).await?;
        self.record(tx, &found).await?;
        match find.run(tx).await? {
            Ok(found) => Ok(Corrected::Done(Box::new(found.message))),
            Err(denied) => Ok(Corrected::Denied(denied)),
        }
    }
}

impl Correct<'_> {
    async fn record(&self, tx: &mut Tx<'_>, found: &Found) -> Result<()> {
        let wanted = self.wanted;
        let fields = [
            ("subject", wanted.subject.is_some()),
            ("body", wanted.body.is_some()),
            ("at", wanted.at.is_some()),
            ("concerns", wanted.concerns.is_some()),
        ];
        let fields: Vec<&str> = fields.iter().filter(|one| one.1).map(|one| one.0).collect();
        let detail = json!({ "message": self.message.to_string(), "fields": fields });
        self.acting.record(tx, found.ticket.id, "message_corrected", detail).await?;
        live::announce(tx, live::TICKET, found.ticket.id);
        Ok(())
    }
}

/// The parts of a message with other words. HTML is kept by place, so all parts stay where they are;
/// also the places whose own HTML goes.
fn with_words(message: &Message, body: &Body) -> (Vec<Segment>, Vec<i64>, usize) {
    let mut segments = message.segments();
    let is_words = |segment: &Segment| segment.kind == "new";
    let place = segments.iter().position(is_words).unwrap_or(segments.len());
    let gone = segments.iter().enumerate().filter(|(_, segment)| is_words(segment));
    let gone: Vec<i64> = gone.filter_map(|(place, _)| i64::try_from(place).ok()).collect();
    for segment in segments.iter_mut().filter(|segment| is_words(segment)) {
        *segment = Segment { kind: "new".to_owned(), ..Segment::default() };
    }
    match segments.get_mut(place) {
        Some(segment) => *segment = body.segment.clone(),
        None => segments.push(body.segment.clone()),
    }
    (segments, gone, place)
}
