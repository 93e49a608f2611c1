//! SQL of uploads.

use db::{Db, Failure, Reading, Result, Tx, View, from_row, params, sql};
use rules::right::Right;
use rules::text::fold_text;
use values::Timestamp;

use super::StoreUpload;
use crate::record::actor::{Actor, Denied};
use crate::record::draft::DraftFile;
use crate::record::{AgentId, AttachmentId, ticket, upload};
use crate::service::blobs;

/// Uploads that are deleted in one operation.
const DELETED_AT_ONCE: i64 = 500;

/// Makes the row.
pub async fn insert(tx: &mut Tx<'_>, upload: &StoreUpload<'_>) -> Result<()> {
    let size = i64::try_from(upload.blob.size_bytes).map_err(Failure::other)?;
    tx.execute(
        sql!(
            "insert into attachment (id, message, name, name_key, type, size_bytes, sha256,
                 raw_hash, part_path, blob_hash, content_id, is_inline, uploaded_by, created_at)
             values ($1, null, $2, $3, $4, $5, $6, null, null, $6, null, $9, $7, $8)"
        ),
        params![
            upload.id,
            upload.name,
            fold_text(upload.name),
            upload.media_type,
            size,
            upload.blob.hash.as_slice(),
            upload.agent,
            upload.now,
            upload.is_inline,
        ],
    )
    .await
    .map(drop)
}

/// Deletes uploads that were stored before a moment and still wait, and marks their bytes for
/// removal; `true` if more may be left.
pub async fn delete_left(tx: &mut Tx<'_>, before: Timestamp, now: Timestamp) -> Result<bool> {
    let left: Vec<LeftRow> = tx
        .all(
            sql!(
                "delete from attachment
                 where id in (
                     select id from attachment
                     where message is null and drafted = 0 and created_at < $1
                     order by created_at
                     limit $2
                 )
                 returning blob_hash"
            ),
            params![before, DELETED_AT_ONCE],
        )
        .await?;
    for hash in left.iter().filter_map(|row| row.blob_hash.as_deref()) {
        blobs::mark_unused(tx, hash, now).await?;
    }
    Ok(i64::try_from(left.len()).is_ok_and(|deleted| deleted == DELETED_AT_ONCE))
}

from_row! {
    struct LeftRow {
        blob_hash: Option<Vec<u8>>,
    }
}

from_row! {
    /// Where the bytes of a file are.
    #[derive(Clone, Debug)]
    pub struct Place {
        /// The ticket, unless it waits for its message.
        pub number: Option<String>,
        /// Who uploaded it.
        pub uploaded_by: Option<AgentId>,
        /// The name.
        pub name: String,
        /// The media type.
        pub media_type: String,
        /// The mail of which it is a part.
        pub raw_hash: Option<Vec<u8>>,
        /// Which part.
        pub part_path: Option<String>,
        /// Its own bytes.
        pub blob_hash: Option<Vec<u8>>,
    }
}

/// Finds a file of a ticket that the actor may see, or one of his uploads (F-PERM-11).
pub struct FindFile<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The file.
    pub attachment: AttachmentId,
}

impl Reading for FindFile<'_> {
    type Outcome = std::result::Result<Place, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let place: Option<Place> = view
            .optional(
                sql!(
                    "select t.number, a.uploaded_by, a.name, a.type as media_type, a.raw_hash,
                            a.part_path, a.blob_hash
                     from attachment a
                     left join message m on m.id = a.message
                     left join ticket t on t.id = m.ticket
                     where a.id = $1"
                ),
                params![self.attachment],
            )
            .await?;
        let Some(place) = place else { return Ok(Err(Denied::NotFound)) };
        let denied = match &place.number {
            Some(number) => ticket::open(view, self.actor, Right::ReadTicket, number).await?.err(),
            None if place.uploaded_by == Some(self.actor.agent) => None,
            None => Some(Denied::NotFound),
        };
        Ok(denied.map_or(Ok(place), Err))
    }
}

/// Finds a file that the actor may see.
pub async fn find(
    db: &Db,
    actor: &Actor,
    attachment: AttachmentId,
) -> Result<std::result::Result<Place, Denied>> {
    db.read(&FindFile { actor, attachment }).await
}

/// Reads those of these uploads that still wait, in the order of the ids.
pub struct ReadWaiting<'a> {
    /// Who uploaded them.
    pub agent: AgentId,
    /// The uploads.
    pub ids: &'a [AttachmentId],
}

impl Reading for ReadWaiting<'_> {
    type Outcome = Vec<DraftFile>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<DraftFile>> {
        let uploads = upload::waiting(view, self.agent, self.ids).await?;
        Ok(uploads.iter().map(DraftFile::of).collect())
    }
}

/// Reads what lies behind uploads, attached or not, to tell whether the same ones were sent again.
pub struct ReadContents<'a> {
    /// Who uploaded them.
    pub agent: AgentId,
    /// The uploads.
    pub ids: &'a [AttachmentId],
}

impl Reading for ReadContents<'_> {
    type Outcome = Vec<(String, String)>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<(String, String)>> {
        upload::contents(view, self.agent, self.ids).await
    }
}
