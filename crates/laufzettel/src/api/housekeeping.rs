//! What the API leaves behind and nobody needs any more: answers kept for repeated requests, uploads
//! that no message took, bytes that nothing refers to.

use std::time::Duration;

use db::Result;
use tokio::time::interval;

use crate::App;
use crate::feature::uploads::DeleteLeft;
use crate::service::blobs::{self, DeleteUnused};
use crate::service::idempotency::DeleteOld;
use crate::service::watch::Round;

/// How often rows are looked for.
const EVERY: Duration = Duration::from_secs(600);
/// How often files are looked for: that means to walk through all of them.
const FILES_EVERY: Duration = Duration::from_secs(24 * 3600);

/// Deletes from time to time. Runs until it is dropped.
pub async fn keep(app: App) {
    let (mut ticks, mut files) = (interval(EVERY), interval(FILES_EVERY));
    loop {
        let (round, done) = tokio::select! {
            _ = ticks.tick() => (Round::TidyingUp, delete_old(&app).await),
            _ = files.tick() => (Round::Files, blobs::remove_files(&app.blobs, &app.db, app.now()).await),
        };
        app.watch.ran(round, app.now(), &done);
        if let Err(failure) = done {
            tracing::warn!(%failure, "cannot delete what is old");
        }
    }
}

/// Deletes all that is old, a few rows at a time, so that others can write in between.
pub async fn delete_old(app: &App) -> Result<()> {
    let now = app.now();
    while app.db.write(&DeleteOld { now }).await? {}
    while app.db.write(&DeleteLeft { now }).await? {}
    while app.db.write(&DeleteUnused { now }).await? {}
    Ok(())
}
