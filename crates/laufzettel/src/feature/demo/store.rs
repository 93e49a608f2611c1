//! SQL of messages of agents in the past.

use db::{Operation, Reading, Result, Tx, View, from_row, params, sql};
use rules::number::fold_number;
use rules::text::fold_text;
use values::Timestamp;

use super::past::{Answer, Then, WritePast};
use crate::record::message::File;
use crate::record::ticket::Ticket;
use crate::record::{AgentId, AttachmentId, MessageId, TicketId};
use crate::service::blobs::{self, Prepared};

/// Letters of the preview in lists.
const PREVIEW_LETTERS: usize = 200;

from_row! {
    /// What mails of a ticket refer to.
    #[derive(Clone, Debug)]
    pub struct Anchored {
        /// The ticket.
        pub id: TicketId,
        /// The public id, of which its anchor is made.
        pub public_id: String,
    }
}

/// Nobody is told today of what happened in the past.
pub struct ForgetJobs;

impl Operation for ForgetJobs {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(sql!("delete from job"), []).await.map(drop)
    }
}

/// Reads what mails of the ticket with this number refer to.
pub struct ReadAnchor<'a> {
    /// The number.
    pub number: &'a str,
}

impl Reading for ReadAnchor<'_> {
    type Outcome = Anchored;

    async fn run(&self, view: &mut View<'_>) -> Result<Anchored> {
        view.one(
            sql!("select id, public_id from ticket where number_key = $1"),
            params![fold_number(self.number)],
        )
        .await
    }
}

/// Writes down what follows from an answer: the ticket was dealt with, and the customer may refer
/// to the mail.
pub async fn note_answer(
    tx: &mut Tx<'_>,
    write: &WritePast<'_>,
    ticket: &Ticket,
    message: MessageId,
    answer: &Answer<'_>,
) -> Result<()> {
    let at = write.acting.now;
    // While work goes on, lists show what the customer said last.
    let preview = (answer.then == Then::CustomersTurn).then(|| preview(answer.text));
    tx.execute(
        sql!(
            "update ticket
             set last_agent_at = $1, last_sent_at = $1, unseen = 0,
                 first_read_at = coalesce(first_read_at, $1), preview = coalesce($2, preview)
             where id = $3"
        ),
        params![at, preview, ticket.id],
    )
    .await?;
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict (message_id, ticket) do nothing"
        ),
        params![answer.message_id, ticket.id, message],
    )
    .await?;
    tx.execute(
        sql!(
            "insert into ticket_participant (ticket, address, name, role)
             values ($1, $2, $3, 'cc')
             on conflict (ticket, address) do nothing"
        ),
        params![ticket.id, answer.to.email.as_str(), answer.to.name.as_str()],
    )
    .await?;
    for (file, bytes) in answer.files {
        attachment(tx, message, file, bytes, at).await?;
    }
    Ok(())
}

/// The beginning of an answer, without the line that addresses the customer.
fn preview(text: &str) -> String {
    let body = match text.split_once("\n\n") {
        Some((salutation, body)) if salutation.ends_with(',') => body,
        _ => text,
    };
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars().take(PREVIEW_LETTERS);
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

async fn attachment(
    tx: &mut Tx<'_>,
    message: MessageId,
    file: &File,
    bytes: &Prepared,
    at: Timestamp,
) -> Result<()> {
    blobs::insert(tx, bytes).await?;
    tx.execute(
        sql!(
            "insert into attachment (id, message, name, name_key, type, size_bytes, sha256,
                 raw_hash, part_path, blob_hash, content_id, is_inline, uploaded_by, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, null, null, $7, null, 0, null, $8)"
        ),
        params![
            AttachmentId::from_number(file.id),
            message,
            file.name.as_str(),
            fold_text(&file.name),
            file.media_type.as_str(),
            file.size_bytes,
            bytes.hash.as_slice(),
            at,
        ],
    )
    .await
    .map(drop)
}

/// Counts a message of an agent.
pub async fn count_message(tx: &mut Tx<'_>, ticket: TicketId, at: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count + 1, version = version + 1,
                 updated_at = (case when updated_at < $1 then $1 else updated_at end)
             where id = $2"
        ),
        params![at, ticket],
    )
    .await
    .map(drop)
}

/// Writes down that an agent has read everything in a ticket.
pub async fn note_reading(tx: &mut Tx<'_>, ticket: TicketId, agent: AgentId) -> Result<()> {
    tx.execute(
        sql!(
            "insert into reading (agent, ticket, message)
             select $1, ticket, id from message where ticket = $2 order by id desc limit 1
             on conflict (agent, ticket) do update set message = excluded.message"
        ),
        params![agent, ticket],
    )
    .await
    .map(drop)
}
