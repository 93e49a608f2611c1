//! What the API leaves behind and nobody needs any more: answers kept for repeated requests, uploads
//! that no message took.

use std::time::Duration;

use db::Result;
use tokio::time::interval;

use crate::App;
use crate::feature::uploads::DeleteLeft;
use crate::service::idempotency::DeleteOld;

/// How often it is looked for.
const EVERY: Duration = Duration::from_secs(600);

/// Deletes from time to time. Runs until it is dropped.
pub async fn keep(app: App) {
    let mut ticks = interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(failure) = delete_old(&app).await {
            tracing::warn!(%failure, "cannot delete what is old");
        }
    }
}

/// Deletes all that is old, a few rows at a time, so that others can write in between.
pub async fn delete_old(app: &App) -> Result<()> {
    let now = app.now();
    while app.db.write(&DeleteOld { now }).await? {}
    while app.db.write(&DeleteLeft { now }).await? {}
    Ok(())
}
