//! Drafts: what an agent has begun to write in a ticket, one for each kind of message (F-OUT-15,
//! decision 22). Only its writer sees it.

use db::{Query, Result, Tx, View, from_row, params, sql};
use serde::{Deserialize, Serialize};
use values::Timestamp;

use super::actor::ids_json;
use super::message::json;
use super::upload::Upload;
use super::{AgentId, AttachmentId, TicketId};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An answer to the customer.
    Reply,
    /// A note for the team.
    Note,
    /// A mail that is handed on.
    Forward,
}

impl Kind {
    /// All kinds, as the composer shows them.
    pub const ALL: [Self; 3] = [Self::Reply, Self::Note, Self::Forward];

    /// The code in addresses and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Forward => "forward",
        }
    }

    /// Under this kind the last one is kept that was sent, so that recalling it brings it back.
    fn sent_code(self) -> &'static str {
        match self {
            Self::Reply => "sent_reply",
            Self::Note => "sent_note",
            Self::Forward => "sent_forward",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The recipients as typed.
    pub to: String,
    /// The copies as typed.
    pub cc: String,
    /// The hidden copies as typed.
    pub bcc: String,
    /// The subject as typed; empty for that of the ticket.
    pub subject: String,
    /// The address it shall leave from; empty for the usual one.
    pub sender: String,
    /// The text.
    pub text: String,
    /// The same as HTML, if it was written in the editor.
    pub html: String,
    /// Whether it is sent as text only.
    pub plain: bool,
    /// Whether the signature is left out.
    pub unsigned: bool,
    /// The files.
    pub files: Vec<DraftFile>,
    /// The files of the ticket that go with it.
    pub kept: Vec<String>,
    /// When a note was written, as typed; empty for now.
    pub at: String,
    /// Ids of the agents whom a note concerns; none for its author.
    pub concerns: Vec<String>,
    /// The newest message when it was begun.
    pub seen: Option<String>,
}

/// A file of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    /// The upload.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size.
    pub size_bytes: i64,
    /// Its media type.
    pub media_type: String,
}

impl DraftFile {
    /// The file of an upload.
    pub fn of(upload: &Upload) -> Self {
        Self {
            id: upload.id.to_string(),
            name: upload.name.clone(),
            size_bytes: upload.size_bytes,
            media_type: upload.media_type.clone(),
        }
    }
}

impl Draft {
    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.html.trim().is_empty() && self.files.is_empty()
    }

    /// The uploads that it waits for.
    pub fn uploads(&self) -> Vec<AttachmentId> {
        self.files.iter().filter_map(|file| AttachmentId::parse(&file.id)).collect()
    }
}

/// A draft as stored.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What it is.
    pub kind: Kind,
    /// What was written.
    pub draft: Draft,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// The draft in these columns.
pub fn read_columns(kind: &str, content: &str, saved_at: Timestamp) -> Option<Saved> {
    let kind = Kind::from_code(kind)?;
    Some(Saved { kind, draft: serde_json::from_str(content).ok()?, saved_at })
}

from_row! {
    struct Row {
        kind: String,
        content: String,
        saved_at: Timestamp,
    }
}

/// The drafts of an agent in a ticket. Whoever asks has loaded the ticket with a right.
pub async fn of_ticket(
    view: &mut View<'_>,
    ticket: TicketId,
    agent: AgentId,
) -> Result<Vec<Saved>> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "select kind, content, saved_at from draft
                 where ticket = $1 and agent = $2 order by kind limit 10"
            ),
            params![ticket, agent],
        )
        .await?;
    let saved = rows.iter().filter_map(|row| read_columns(&row.kind, &row.content, row.saved_at));
    Ok(saved.collect())
}

/// Saves a draft; an empty one goes. Its files wait for as long as it does.
pub async fn save(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: Kind,
    draft: &Draft,
    now: Timestamp,
) -> Result<()> {
    let before = of_ticket(tx, ticket, agent).await?;
    let before = before.iter().find(|saved| saved.kind == kind).map(|saved| saved.draft.uploads());
    let after = if draft.is_empty() { Vec::new() } else { draft.uploads() };
    let gone: Vec<AttachmentId> =
        before.into_iter().flatten().filter(|id| !after.contains(id)).collect();
    let_files_go(tx, agent, &gone).await?;
    hold_files(tx, agent, &after).await?;
    match draft.is_empty() {
        true => remove(tx, ticket, agent, kind.code()).await,
        false => write(tx, ticket, agent, kind.code(), draft, now).await,
    }
}

/// Throws a draft away; its files go with the next cleaning.
pub async fn discard(tx: &mut Tx<'_>, ticket: TicketId, agent: AgentId, kind: Kind) -> Result<()> {
    let before = of_ticket(tx, ticket, agent).await?;
    if let Some(saved) = before.iter().find(|saved| saved.kind == kind) {
        let_files_go(tx, agent, &saved.draft.uploads()).await?;
    }
    remove(tx, ticket, agent, kind.code()).await
}

/// The draft was sent: it is kept aside until the next one of its kind, for recalling.
pub async fn keep_sent(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: Kind,
    draft: &Draft,
    now: Timestamp,
) -> Result<()> {
    remove(tx, ticket, agent, kind.code()).await?;
    write(tx, ticket, agent, kind.sent_code(), draft, now).await
}

/// Brings the draft of this kind back that was sent last.
pub async fn bring_back(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: Kind,
    now: Timestamp,
) -> Result<()> {
    let sent: Option<Row> = tx
        .optional(
            sql!(
                "delete from draft where ticket = $1 and agent = $2 and kind = $3
                 returning kind, content, saved_at"
            ),
            params![ticket, agent, kind.sent_code()],
        )
        .await?;
    let Some(draft) = sent.and_then(|row| serde_json::from_str::<Draft>(&row.content).ok()) else {
        return Ok(());
    };
    hold_files(tx, agent, &draft.uploads()).await?;
    write(tx, ticket, agent, kind.code(), &draft, now).await
}

async fn write(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: &'static str,
    draft: &Draft,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into draft (ticket, agent, kind, content, saved_at) values ($1, $2, $3, $4, $5)
             on conflict (ticket, agent, kind) do update
             set content = excluded.content, saved_at = excluded.saved_at"
        ),
        params![ticket, agent, kind, json(draft), now],
    )
    .await
    .map(drop)
}

async fn remove(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: &'static str,
) -> Result<()> {
    tx.execute(
        sql!("delete from draft where ticket = $1 and agent = $2 and kind = $3"),
        params![ticket, agent, kind],
    )
    .await
    .map(drop)
}

/// Files of a draft wait for as long as it does.
pub async fn hold_files(tx: &mut Tx<'_>, agent: AgentId, uploads: &[AttachmentId]) -> Result<()> {
    mark(tx, agent, uploads, true).await
}

/// Files that no draft has any more go with the next cleaning.
pub async fn let_files_go(tx: &mut Tx<'_>, agent: AgentId, uploads: &[AttachmentId]) -> Result<()> {
    mark(tx, agent, uploads, false).await
}

async fn mark(
    tx: &mut Tx<'_>,
    agent: AgentId,
    uploads: &[AttachmentId],
    is_drafted: bool,
) -> Result<()> {
    if uploads.is_empty() {
        return Ok(());
    }
    let mut query = Query::new("update attachment set drafted =");
    query.bind(is_drafted).push("where").push_in_ids("id", ids_json(uploads));
    query.push("and message is null and uploaded_by =").bind(agent);
    tx.execute_query(&query).await.map(drop)
}
