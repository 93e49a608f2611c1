//! Messages that agents and programs write, as opposed to those that mails bring.

use db::{Result, Tx};
use values::Timestamp;

use super::actor::ids_json;
use super::body::Body;
use super::message::{self, File, NewMessage, Recipients};
use super::upload::{self, Upload};
use super::{AgentId, AreaId, MessageId, TicketId};
use crate::service::search::{self, Document, Visibility};

/// A message with everything that is written of it.
pub struct Written<'a> {
    /// The message.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// The area of the ticket.
    pub area: AreaId,
    /// Who may see it.
    pub visibility: Visibility,
    /// `in`, `out`, or nothing for an internal one.
    pub direction: Option<&'static str>,
    /// `web`, `phone` or `api`.
    pub channel: &'static str,
    /// The name and the address of its author.
    pub author: (&'a str, Option<&'a str>),
    /// The agent who wrote it down.
    pub agent: AgentId,
    /// When it was written.
    pub at: Timestamp,
    /// When it is stored.
    pub now: Timestamp,
    /// The subject.
    pub subject: &'a str,
    /// To whom it went.
    pub recipients: &'a Recipients,
    /// The body.
    pub body: &'a Body,
    /// The files.
    pub uploads: &'a [Upload],
    /// Whom it concerns besides its author, or instead of him.
    pub concerns: Option<&'a [AgentId]>,
}

/// Writes the message, its HTML, its files and its search document.
pub async fn insert(tx: &mut Tx<'_>, written: &Written<'_>) -> Result<()> {
    let (author_name, author_email) = written.author;
    let segments = std::slice::from_ref(&written.body.segment);
    let files: Vec<File> = written.uploads.iter().map(Upload::file).collect();
    let message = NewMessage {
        id: written.id,
        ticket: written.ticket,
        visibility: match written.visibility {
            Visibility::Internal => "internal",
            Visibility::External => "external",
        },
        direction: written.direction,
        channel: written.channel,
        author_name,
        author_email,
        agent: Some(written.agent),
        at: written.at,
        created_at: written.now,
        subject: written.subject,
        recipients: written.recipients,
        segments,
        files: &files,
        blocked_remote: written.body.blocked_remote,
        cleaner: written.body.cleaner(),
        mail: None,
        mail_class: None,
        evidence: None,
        oddities: None,
        concerns: written.concerns.map(ids_json),
    };
    message::insert(tx, &message).await?;
    if let Some(html) = &written.body.html {
        message::insert_html(tx, written.id, 0, html).await?;
    }
    upload::attach(tx, written.id, written.agent, written.uploads).await?;
    let text = message::search_text(written.subject, author_name, segments, &files);
    let document = Document::new(written.id.number(), &text);
    search::insert(tx, &document, written.area, written.visibility).await
}
