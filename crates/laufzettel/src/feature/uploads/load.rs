//! A file with its bytes: an upload of its own, or a part of a mail (decision 6).

use db::{Failure, Result};
use mail::read::part;

use super::store;
use crate::App;
use crate::record::AttachmentId;
use crate::record::actor::{Actor, Denied};

/// A file with its name and its bytes.
pub struct Loaded {
    /// The name.
    pub name: String,
    /// The media type as whoever sent it says.
    pub media_type: String,
    /// All bytes.
    pub bytes: Vec<u8>,
}

/// Loads a file of a ticket that the actor may see, or one of his uploads (F-PERM-11).
pub async fn load(
    app: &App,
    actor: &Actor,
    attachment: AttachmentId,
) -> Result<std::result::Result<Loaded, Denied>> {
    let found = match store::find(&app.db, actor, attachment).await? {
        Ok(found) => found,
        Err(denied) => return Ok(Err(denied)),
    };
    let hash = found.raw_hash.as_ref().or(found.blob_hash.as_ref());
    let hash = hash.ok_or_else(|| Failure::other("an attachment has no bytes"))?;
    let bytes = app.blobs.read(&app.db, hash).await?;
    let bytes = match &found.part_path {
        Some(path) => part(&bytes, path)
            .ok_or_else(|| Failure::other("an attachment is not in its mail"))?
            .into_owned(),
        None => bytes,
    };
    Ok(Ok(Loaded { name: found.name, media_type: found.media_type, bytes }))
}
