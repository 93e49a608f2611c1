//! Messages of agents in the past: an answer that was sent long ago, or a note.
//!
//! Nothing is sent. Everything else is written as it is for a message of today: the message, its
//! files, its search document, its event, and what it does to the ticket.

use db::{Operation, Result, Tx};
use rules::right::Right;
use serde_json::json;

use super::store;
use crate::record::actor::{Acting, Denied};
use crate::record::message::{self, File, Mailbox, NewMessage, Recipients, Segment, search_text};
use crate::record::ticket::{self, Ticket};
use crate::record::{Message, MessageId};
use crate::service::blobs::Prepared;
use crate::service::history::{self, Event};
use crate::service::live;
use crate::service::search::{self, Document, Visibility};

/// Writes an agent's message of the past.
pub struct WritePast<'a> {
    /// Who wrote it, and when.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// What was written.
    pub words: Words<'a>,
}

/// What an agent wrote.
pub enum Words<'a> {
    /// To the customer.
    Answer(Answer<'a>),
    /// To colleagues.
    Note(&'a str),
}

/// An answer to the customer.
pub struct Answer<'a> {
    /// As whom it was sent.
    pub from: Mailbox,
    /// To whom.
    pub to: Mailbox,
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The lines below it.
    pub signature: &'a str,
    /// Its Message-ID without angle brackets.
    pub message_id: &'a str,
    /// Its files.
    pub files: &'a [(File, Prepared)],
    /// Whose turn it is.
    pub then: Then,
}

/// Whose turn it is after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The customer has to say something, or nobody.
    CustomersTurn,
    /// Work goes on; the answer only said so.
    OurTurn,
}

impl Operation for WritePast<'_> {
    type Outcome = std::result::Result<MessageId, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        let Acting { actor, now, ids } = self.acting;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let message: MessageId = ids.next::<Message>(now);
        let kind = match &self.words {
            Words::Answer(answer) => {
                self.insert_answer(tx, &ticket, message, answer).await?;
                "replied"
            }
            Words::Note(text) => {
                self.insert_note(tx, &ticket, message, text).await?;
                "noted"
            }
        };
        store::count_message(tx, ticket.id, now).await?;
        store::note_reading(tx, ticket.id, actor.agent).await?;
        let detail = json!({ "message": message.to_string() });
        let agent = Some(actor.agent);
        history::record(tx, Event { ticket: ticket.id, kind, agent, at: now, detail, ids }).await?;
        live::announce(tx, live::TICKET, ticket.id);
        Ok(Ok(message))
    }
}

impl WritePast<'_> {
    async fn insert_answer(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        id: MessageId,
        answer: &Answer<'_>,
    ) -> Result<()> {
        let recipients = Recipients { to: vec![answer.to.clone()], ..Recipients::default() };
        let files: Vec<File> = answer.files.iter().map(|(file, _)| file.clone()).collect();
        let segments = [
            segment("new", format!("{}\n\n", answer.text)),
            segment("signature", answer.signature.to_owned()),
        ];
        let new = NewMessage {
            visibility: "external",
            direction: Some("out"),
            channel: "mail",
            author_email: Some(&answer.from.email),
            subject: answer.subject,
            recipients: &recipients,
            segments: &segments,
            files: &files,
            ..self.message(ticket, id, &recipients)
        };
        self.insert(tx, ticket, &new, Visibility::External).await?;
        store::note_answer(tx, self, ticket, id, answer).await
    }

    async fn insert_note(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        id: MessageId,
        text: &str,
    ) -> Result<()> {
        let recipients = Recipients::default();
        let segments = [segment("new", text.to_owned())];
        let new = NewMessage { segments: &segments, ..self.message(ticket, id, &recipients) };
        self.insert(tx, ticket, &new, Visibility::Internal).await
    }

    /// A note without words.
    fn message<'a>(
        &'a self,
        ticket: &Ticket,
        id: MessageId,
        recipients: &'a Recipients,
    ) -> NewMessage<'a> {
        let Acting { actor, now, .. } = self.acting;
        NewMessage {
            id,
            ticket: ticket.id,
            visibility: "internal",
            direction: None,
            channel: "web",
            author_name: &actor.name,
            author_email: Some(&actor.email),
            agent: Some(actor.agent),
            at: now,
            created_at: now,
            subject: "",
            recipients,
            segments: &[],
            files: &[],
            blocked_remote: 0,
            cleaner: 0,
            mail: None,
            mail_class: None,
            evidence: None,
            oddities: None,
            concerns: None,
        }
    }

    async fn insert(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        new: &NewMessage<'_>,
        visibility: Visibility,
    ) -> Result<()> {
        message::insert(tx, new).await?;
        let text = search_text(new.subject, new.author_name, new.segments, new.files);
        let document = Document::new(new.id.number(), &text);
        search::insert(tx, &document, ticket.area, visibility).await
    }
}

/// Writes down that an agent has read everything in a ticket so far.
pub struct NoteReading<'a> {
    /// Who reads.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
}

impl Operation for NoteReading<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let actor = self.acting.actor;
        match ticket::open(tx, actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => store::note_reading(tx, ticket.id, actor.agent).await,
            Err(_) => Ok(()),
        }
    }
}

fn segment(kind: &str, text: String) -> Segment {
    Segment { kind: kind.to_owned(), text, html: false }
}
