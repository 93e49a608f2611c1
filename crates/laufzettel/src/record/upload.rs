//! Files that were uploaded and wait for the message they belong to (F-FLD-07).

use db::{Failure, FailureKind, Query, Result, Tx, View, from_row};
use values::hex;

use super::actor::ids_json;
use super::message::File;
use super::{AgentId, AttachmentId, MessageId};

from_row! {
    /// A file that waits.
    #[derive(Clone, Debug)]
    pub struct Upload {
        /// The attachment it will be.
        pub id: AttachmentId,
        /// The name.
        pub name: String,
        /// The media type.
        pub media_type: String,
        /// The size in bytes.
        pub size_bytes: i64,
        /// SHA-256 of the bytes.
        pub sha256: Vec<u8>,
    }
}

impl Upload {
    /// The file as its message keeps it.
    pub fn file(&self) -> File {
        File {
            id: self.id.number(),
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            size_bytes: self.size_bytes,
            sha256: hex(&self.sha256),
            inline: false,
        }
    }
}

/// The uploads of an agent that wait, in the order of the ids; those that do not are left out.
pub async fn waiting(
    view: &mut View<'_>,
    agent: AgentId,
    ids: &[AttachmentId],
) -> Result<Vec<Upload>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query =
        Query::new("select id, name, type as media_type, size_bytes, sha256 from attachment where");
    query.push_in_ids("id", ids_json(ids)).push("and message is null and uploaded_by =");
    query.bind(agent).push("order by id limit 1000");
    let mut found: Vec<Upload> = view.list(&query).await?;
    found.sort_by_key(|upload| ids.iter().position(|id| *id == upload.id));
    Ok(found)
}

/// What lies behind uploads of an agent, attached or not: their names and the hashes of their bytes.
pub async fn contents(
    view: &mut View<'_>,
    agent: AgentId,
    ids: &[AttachmentId],
) -> Result<Vec<(String, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query =
        Query::new("select id, name, type as media_type, size_bytes, sha256 from attachment where");
    query.push_in_ids("id", ids_json(ids)).push("and uploaded_by =").bind(agent);
    query.push("order by id limit 1000");
    let found: Vec<Upload> = view.list(&query).await?;
    let mut contents: Vec<(String, String)> =
        found.into_iter().map(|upload| (upload.name, hex(&upload.sha256))).collect();
    contents.sort();
    Ok(contents)
}

/// Attaches uploads to a message. If somebody else took one meanwhile, the race is lost.
pub async fn attach(
    tx: &mut Tx<'_>,
    message: MessageId,
    agent: AgentId,
    uploads: &[Upload],
) -> Result<()> {
    if uploads.is_empty() {
        return Ok(());
    }
    let ids: Vec<AttachmentId> = uploads.iter().map(|upload| upload.id).collect();
    let mut query = Query::new("update attachment set message =");
    query.bind(message).push("where").push_in_ids("id", ids_json(&ids));
    query.push("and message is null and uploaded_by =").bind(agent);
    let attached = tx.execute_query(&query).await?;
    match usize::try_from(attached).is_ok_and(|attached| attached == ids.len()) {
        true => Ok(()),
        false => Err(Failure::of_kind(FailureKind::LostRace, "an upload was attached meanwhile")),
    }
}
