//! Adding a message to a ticket without sending anything: an internal note, or a call, a letter or an
//! answer given elsewhere that is written down.

mod concerned;
mod store;

pub use concerned::concerned;
pub use store::touch;

use db::{Failure, Operation, Result, Tx};
use rules::right::Right;
use serde_json::json;
use values::Timestamp;

use super::change::store::hold;
use super::change::{Change, ChangeTicket, Changed, Refused};
use crate::record::actor::{Acting, Denied};
use crate::record::body::Body;
use crate::record::directory::Directory;
use crate::record::message::{self, Mailbox, Message, Recipients};
use crate::record::ticket::{self, Ticket};
use crate::record::upload::{self, Upload};
use crate::record::written::{self, Written};
use crate::record::{AgentId, AttachmentId, MessageId};
use crate::service::live;
use crate::service::search::Visibility;

/// A message as it is wanted.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// Who may see it.
    pub visibility: Visibility,
    /// `web` or `api`.
    pub channel: &'static str,
    /// The body.
    pub body: Body,
    /// The subject; of an external message, that of the ticket where none is named.
    pub subject: Option<String>,
    /// To whom an external message went.
    pub recipients: Recipients,
    /// The files.
    pub uploads: Vec<AttachmentId>,
    /// When it was written; not later than now.
    pub at: Timestamp,
    /// Whom it concerns, if that is not its author alone (F-ACT-05).
    pub concerns: Option<Vec<AgentId>>,
    /// The status that the ticket gets with it (F-STAT-13).
    pub status: Option<i64>,
}

/// Adds a message to a ticket.
pub struct AddNote<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The lists.
    pub directory: &'a Directory,
    /// The number of the ticket.
    pub number: &'a str,
    /// The message.
    pub id: MessageId,
    /// What is wanted.
    pub new: &'a NewNote,
}

/// How adding ended.
#[derive(Debug)]
pub enum Added {
    /// The message.
    Done(Box<Message>),
    /// No right, or no such ticket.
    Denied(Denied),
    /// The status cannot be set.
    Refused(Refused),
    /// The upload at this place of the list is not there, or belongs to a message already.
    UnknownUpload(usize),
}

impl Operation for AddNote<'_> {
    type Outcome = Added;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Added> {
        hold(tx, self.number).await?;
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Added::Denied(denied)),
        };
        let uploads = upload::waiting(tx, actor.agent, &self.new.uploads).await?;
        let is_there = |id: &AttachmentId| uploads.iter().any(|upload| upload.id == *id);
        if let Some(missing) = self.new.uploads.iter().position(|id| !is_there(id)) {
            return Ok(Added::UnknownUpload(missing));
        }
        if let Some(refused) = self.set_status(tx).await? {
            return Ok(refused);
        }
        self.write(tx, &ticket, &uploads).await?;
        let after = MessageId::from_number(self.id.number() + 1);
        let mut found = message::of_ticket(tx, ticket.id, Some(after), 1).await?;
        let message = found.pop().ok_or_else(|| Failure::other("a new message is missing"))?;
        Ok(Added::Done(Box::new(message)))
    }
}

impl AddNote<'_> {
    async fn set_status(&self, tx: &mut Tx<'_>) -> Result<Option<Added>> {
        let Some(status) = self.new.status else { return Ok(None) };
        let change = ChangeTicket {
            acting: self.acting,
            number: self.number,
            directory: self.directory,
            version: None,
            changes: &[Change::Status(status)],
        };
        Ok(match change.run(tx).await? {
            Changed::Done { .. } | Changed::Stale(_) => None,
            Changed::Denied(denied) => Some(Added::Denied(denied)),
            Changed::Refused(refused) => Some(Added::Refused(refused)),
        })
    }

    /// An external message without recipients went to the requester.
    fn recipients(&self, ticket: &Ticket) -> Recipients {
        let mut recipients = self.new.recipients.clone();
        let is_external = self.new.visibility == Visibility::External;
        if is_external && recipients.to.is_empty() && recipients.cc.is_empty() {
            let name = ticket.requester_name.clone();
            let email = ticket.requester_email.clone();
            recipients.to.extend(email.map(|email| Mailbox { name, email }));
        }
        recipients
    }

    async fn write(&self, tx: &mut Tx<'_>, ticket: &Ticket, uploads: &[Upload]) -> Result<()> {
        let (new, acting) = (self.new, &self.acting);
        let is_external = new.visibility == Visibility::External;
        let inherited = if is_external { ticket.subject.as_str() } else { "" };
        let recipients = self.recipients(ticket);
        let written = Written {
            id: self.id,
            ticket: ticket.id,
            area: ticket.area,
            visibility: new.visibility,
            direction: is_external.then_some("out"),
            channel: new.channel,
            author: (&acting.actor.name, Some(&acting.actor.email)),
            agent: acting.actor.agent,
            at: new.at,
            now: acting.now,
            subject: new.subject.as_deref().unwrap_or(inherited),
            recipients: &recipients,
            body: &new.body,
            uploads,
            concerns: new.concerns.as_deref(),
        };
        written::insert(tx, &written).await?;
        let kind = if is_external {
            store::touch_answered(tx, ticket.id, &new.body.preview(), new.at, acting.now).await?;
            "message_added"
        } else {
            store::touch(tx, ticket.id, acting.now).await?;
            "note_added"
        };
        acting.record(tx, ticket.id, kind, json!({ "message": self.id.to_string() })).await?;
        live::announce(tx, live::TICKET, ticket.id);
        Ok(())
    }
}
