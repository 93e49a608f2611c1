//! Uploads: files that are stored before the message they belong to (F-FLD-07). One that no message
//! takes within a day is deleted.

pub mod api;
mod load;
pub mod page;
mod receive;
mod store;
pub mod web;
mod with_form;

pub use load::{Loaded, load};
pub use receive::{Received, receive};
pub use store::{ReadContents, ReadWaiting};
pub use with_form::{FormWithFiles, receive_form};

use std::fs::File;
use std::time::Duration;

use db::{Failure, Operation, Result, Tx};
use values::Timestamp;

use crate::App;
use crate::record::{AgentId, AttachmentId};
use crate::service::blobs::{self, Prepared};

/// The largest file that is taken.
pub const FILE_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Files of one form together; most mail servers take no more.
pub const FORM_BYTES_MAX: usize = 25 * 1024 * 1024;
/// How long an upload waits for its message.
const WAITS: Duration = Duration::from_secs(24 * 3600);

/// Puts the bytes of a file that came in where they stay.
async fn prepare(app: &App, mut file: File) -> Result<Prepared> {
    let blobs = app.blobs.clone();
    let prepared = tokio::task::spawn_blocking(move || blobs.prepare_file(&mut file)).await;
    prepared.map_err(Failure::other)?
}

/// Stores an upload.
pub struct StoreUpload<'a> {
    /// The attachment it will be.
    pub id: AttachmentId,
    /// Who uploaded it.
    pub agent: AgentId,
    /// The name.
    pub name: &'a str,
    /// The media type, as it was declared.
    pub media_type: &'a str,
    /// The bytes.
    pub blob: &'a Prepared,
    /// Whether it is a picture inside a text.
    pub is_inline: bool,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for StoreUpload<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        blobs::insert(tx, self.blob).await?;
        store::insert(tx, self).await
    }
}

/// Deletes uploads that no message took. The outcome says whether more are left.
pub struct DeleteLeft {
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for DeleteLeft {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        store::delete_left(tx, self.now.minus(WAITS), self.now).await
    }
}
