//! SQL of writing to the outside.

use db::{Result, Tx, from_row, params, sql};
use serde_json::{Value, json};
use values::Timestamp;

use super::prepare::Prepared;
use super::send::SendReply;
use crate::feature::note;
use crate::record::actor::ids_json;
use crate::record::body::Body;
use crate::record::draft::Kind;
use crate::record::message::{self, Mailbox, NewMessage, Recipients, Segment};
use crate::record::ticket::Ticket;
use crate::record::{MessageId, TicketId};
use crate::service::outbox::{Field, Recipient};
use crate::service::search::{self, Document, Visibility};

pub mod addressees;
mod files;
mod heads;
pub mod news;
pub mod recall;

pub use files::{FileRow, blob_of, bytes_of, content_id, files_of_ticket, waiting_files};
pub use heads::heads;

from_row! {
    struct NewestRow {
        newest: Option<MessageId>,
    }
}

/// The newest message of a ticket.
pub async fn newest(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<MessageId>> {
    let row: NewestRow = tx
        .one(sql!("select max(id) as newest from message where ticket = $1"), params![ticket])
        .await?;
    Ok(row.newest)
}

from_row! {
    struct AddressRow {
        address: String,
    }
}

/// The recipients that take part in the ticket for the first time (decision 13).
pub async fn strangers(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    recipients: &[Recipient],
) -> Result<Vec<String>> {
    let known: Vec<AddressRow> = tx
        .all(
            sql!(
                "select address from ticket_participant where ticket = $1 and role <> 'proposed'
                 union select address from contact_address where contact = $2
                 limit 10000"
            ),
            params![ticket.id, ticket.contact],
        )
        .await?;
    let is_known = |address: &str| {
        ticket.requester_email.as_deref() == Some(address)
            || known.iter().any(|row| row.address == address)
    };
    let unknown = recipients.iter().filter(|recipient| !is_known(recipient.address.as_str()));
    Ok(unknown.map(|recipient| recipient.address.to_string()).collect())
}

from_row! {
    /// What an answer changes besides the status, as it was before.
    #[derive(Clone, Debug)]
    pub struct Before {
        /// The beginning of the last message, for lists.
        pub preview: String,
        /// Whether nobody had seen what came last.
        pub unseen: bool,
        /// When an agent last wrote.
        pub last_agent_at: Option<Timestamp>,
        /// When a mail last left.
        pub last_sent_at: Option<Timestamp>,
    }
}

impl Before {
    /// For the history, from which it is taken when the answer is recalled.
    pub fn as_json(&self) -> Value {
        json!({
            "preview": self.preview,
            "unseen": self.unseen,
            "last_agent_at": self.last_agent_at.map(Timestamp::millis),
            "last_sent_at": self.last_sent_at.map(Timestamp::millis),
        })
    }
}

/// What an answer changes, before it does.
pub async fn before(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Before> {
    tx.one(
        sql!("select preview, unseen, last_agent_at, last_sent_at from ticket where id = $1"),
        params![ticket],
    )
    .await
}

/// Writes the message, its HTML, its files and its search document.
pub async fn insert_message(tx: &mut Tx<'_>, send: &SendReply<'_>, ticket: &Ticket) -> Result<()> {
    let (wanted, prepared, acting) = (send.wanted, send.prepared, &send.acting);
    let bodies: Vec<&Body> =
        [Some(&wanted.body), prepared.signature.as_ref()].into_iter().flatten().collect();
    let segments: Vec<Segment> = bodies
        .iter()
        .enumerate()
        .map(|(place, body)| {
            let kind = if place == 0 { "new" } else { "signature" };
            Segment { kind: kind.to_owned(), ..body.segment.clone() }
        })
        .collect();
    let files = prepared.files(wanted);
    let recipients = listed(&prepared.recipients);
    let is_note = wanted.kind == Kind::Note;
    let visibility = if is_note { Visibility::Internal } else { Visibility::External };
    let new = NewMessage {
        id: prepared.message,
        ticket: ticket.id,
        visibility: send.visibility(),
        direction: (!is_note).then_some("out"),
        channel: wanted.channel,
        author_name: &acting.actor.name,
        author_email: Some(if is_note { &acting.actor.email } else { &prepared.from.address }),
        agent: Some(acting.actor.agent),
        at: wanted.at.unwrap_or(acting.now),
        created_at: acting.now,
        subject: &prepared.subject,
        recipients: &recipients,
        segments: &segments,
        files: &files,
        blocked_remote: wanted.body.blocked_remote,
        cleaner: wanted.body.cleaner(),
        mail: None,
        mail_class: None,
        evidence: None,
        oddities: None,
        concerns: wanted.concerns.as_deref().map(ids_json),
    };
    message::insert(tx, &new).await?;
    for (place, body) in bodies.iter().enumerate() {
        if let Some(html) = &body.html {
            message::insert_html(tx, prepared.message, place, html).await?;
        }
    }
    files::attach(tx, send).await?;
    let text = message::search_text(&prepared.subject, &acting.actor.name, &segments, &files);
    let document = Document::new(prepared.message.number(), &text);
    search::insert(tx, &document, ticket.area, visibility).await
}

/// Recipients as a message keeps them.
pub fn listed(recipients: &[Recipient]) -> Recipients {
    let of = |field: Field| -> Vec<Mailbox> {
        let of_field = recipients.iter().filter(|recipient| recipient.field == field);
        let mailbox =
            |one: &Recipient| Mailbox { name: one.name.clone(), email: one.address.to_string() };
        of_field.map(mailbox).collect()
    };
    let (to, cc, bcc) = (of(Field::To), of(Field::Cc), of(Field::Bcc));
    Recipients { to, cc, bcc, ..Recipients::default() }
}

/// Mails that name this one, or the ticket's anchor, belong to the ticket.
pub async fn refer(tx: &mut Tx<'_>, ticket: TicketId, prepared: &Prepared) -> Result<()> {
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict (message_id, ticket) do nothing"
        ),
        params![prepared.ready.message_id.as_str(), ticket, prepared.message],
    )
    .await
    .map(drop)
}

/// Whoever we write to takes part (decision 13).
pub async fn add_participants(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    recipients: &[Recipient],
) -> Result<()> {
    for recipient in recipients {
        tx.execute(
            sql!(
                "insert into ticket_participant (ticket, address, name, role)
                 values ($1, $2, $3, 'cc')
                 on conflict (ticket, address) do update set role = excluded.role
                 where ticket_participant.role = 'proposed'"
            ),
            params![ticket, &recipient.address, recipient.name.as_str()],
        )
        .await?;
    }
    Ok(())
}

/// Writes down that an agent wrote: nobody has to look at the ticket for the first time any more
/// (F-FLD-33, F-ACT-17). A note for the team says nothing of that.
pub async fn touch(tx: &mut Tx<'_>, send: &SendReply<'_>, ticket: TicketId) -> Result<()> {
    let now = send.acting.now;
    if send.wanted.kind == Kind::Note {
        note::touch(tx, ticket, now).await?;
        return note_reading(tx, send, ticket).await;
    }
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count + 1, updated_at = $1, version = version + 1,
                 unseen = 0, preview = $2, last_agent_at = $1, last_sent_at = $1
             where id = $3"
        ),
        params![now, send.wanted.body.preview(), ticket],
    )
    .await?;
    note_reading(tx, send, ticket).await
}

/// Whoever writes has read what he writes.
async fn note_reading(tx: &mut Tx<'_>, send: &SendReply<'_>, ticket: TicketId) -> Result<()> {
    tx.execute(
        sql!(
            "insert into reading (agent, ticket, message) values ($1, $2, $3)
             on conflict (agent, ticket) do update set message = excluded.message"
        ),
        params![send.acting.actor.agent, ticket, send.prepared.message],
    )
    .await
    .map(drop)
}
