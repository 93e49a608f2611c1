//! Files of an answer: uploads that wait, and files that the ticket has already.

use db::{Failure, Query, Result, Tx, View, from_row, params, sql};
use values::hex;

use crate::feature::reply::send::SendReply;
use crate::record::actor::ids_json;
use crate::record::message::File;
use crate::record::{AgentId, AttachmentId, TicketId};
use crate::service::blobs::{self, Blob};

/// Files of one mail.
const FILES_MAX: i64 = 200;

from_row! {
    /// A file and where its bytes are.
    #[derive(Clone, Debug)]
    pub struct FileRow {
        /// The attachment.
        pub id: AttachmentId,
        /// Its name.
        pub name: String,
        /// Its media type.
        pub media_type: String,
        /// Its size in bytes.
        pub size_bytes: i64,
        /// SHA-256 of its bytes.
        pub sha256: Vec<u8>,
        /// Whether it was put into the text as a picture.
        pub is_inline: bool,
        /// The mail of which it is a part.
        pub raw_hash: Option<Vec<u8>>,
        /// Which part.
        pub part_path: Option<String>,
        /// Its own bytes.
        pub blob_hash: Option<Vec<u8>>,
    }
}

impl FileRow {
    /// The name of a picture inside its mail (RFC 2392).
    pub fn content_id(&self) -> String {
        content_id(self.id)
    }

    /// The file as a message lists it, under this id.
    pub fn file(&self, id: i64) -> File {
        File {
            id,
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            size_bytes: self.size_bytes,
            sha256: hex(&self.sha256),
            inline: false,
        }
    }
}

/// The name of a picture inside its mail (RFC 2392).
pub fn content_id(id: AttachmentId) -> String {
    format!("{id}@laufzettel")
}

/// Uploads of an agent that wait, in the order of the ids.
pub async fn waiting_files(
    view: &mut View<'_>,
    agent: AgentId,
    ids: &[AttachmentId],
) -> Result<Vec<FileRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select_files();
    query.push_in_ids("a.id", ids_json(ids)).push("and a.message is null and a.uploaded_by =");
    query.bind(agent).push("order by a.id limit").bind(FILES_MAX);
    in_order(view, &query, ids).await
}

/// Files of a ticket's messages, in the order of the ids.
pub async fn files_of_ticket(
    view: &mut View<'_>,
    ticket: TicketId,
    ids: &[AttachmentId],
) -> Result<Vec<FileRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select_files();
    query.push_in_ids("a.id", ids_json(ids));
    query.push("and exists (select 1 from message m where m.id = a.message and m.ticket =");
    query.bind(ticket).push(") order by a.id limit").bind(FILES_MAX);
    in_order(view, &query, ids).await
}

fn select_files() -> Query {
    Query::new(
        "select a.id, a.name, a.type as media_type, a.size_bytes, a.sha256, a.is_inline,
                a.raw_hash, a.part_path, a.blob_hash
         from attachment a where",
    )
}

async fn in_order(
    view: &mut View<'_>,
    query: &Query,
    ids: &[AttachmentId],
) -> Result<Vec<FileRow>> {
    let mut found: Vec<FileRow> = view.list(query).await?;
    found.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(found)
}

/// Where the bytes of a file lie.
pub async fn blob_of(view: &mut View<'_>, row: &FileRow) -> Result<Blob> {
    let hash = row.blob_hash.as_ref().or(row.raw_hash.as_ref());
    blobs::find(view, hash.ok_or_else(|| Failure::other("a file has no bytes"))?).await
}

/// The bytes of a file, out of its blob.
pub fn bytes_of(row: &FileRow, blob: Vec<u8>) -> Vec<u8> {
    match (&row.blob_hash, &row.part_path) {
        (None, Some(path)) => {
            let part = mail::read::part(&blob, path);
            part.map(std::borrow::Cow::into_owned).unwrap_or_default()
        }
        _ => blob,
    }
}

/// Gives the message its files: uploads that waited, and copies of those the ticket has.
pub async fn attach(tx: &mut Tx<'_>, send: &SendReply<'_>) -> Result<()> {
    let (wanted, prepared) = (send.wanted, send.prepared);
    let agent = send.acting.actor.agent;
    for row in &prepared.uploads {
        let name = wanted.pictures.contains(&row.id).then(|| row.content_id());
        let attached = tx
            .execute(
                sql!(
                    "update attachment set message = $1, drafted = 0, content_id = $2, is_inline = $3
                     where id = $4 and message is null and uploaded_by = $5"
                ),
                params![prepared.message, name.as_deref(), name.is_some(), row.id, agent],
            )
            .await?;
        if attached != 1 {
            let cause = "an upload was attached meanwhile";
            return Err(Failure::of_kind(db::FailureKind::LostRace, cause));
        }
    }
    for (row, id) in &prepared.kept {
        tx.execute(
            sql!(
                "insert into attachment (id, message, name, name_key, type, size_bytes, sha256,
                     raw_hash, part_path, blob_hash, content_id, is_inline, uploaded_by, created_at,
                     drafted)
                 select $1, $2, name, name_key, type, size_bytes, sha256, raw_hash, part_path,
                        blob_hash, null, 0, $3, $4, 0
                 from attachment where id = $5"
            ),
            params![*id, prepared.message, agent, send.acting.now, row.id],
        )
        .await?;
    }
    Ok(())
}
