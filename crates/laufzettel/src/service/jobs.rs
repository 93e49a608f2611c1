//! Jobs: what somebody must still act on after a change, written in the change's own transaction
//! (decision 7). A job is taken, done and deleted; nothing is ever found by comparing ids.

use std::time::Duration;

use db::{Operation, Result, Tx, View, from_row, params, sql};
use serde_json::Value;
use values::{IdMaker, Timestamp};

use super::ids::{Job, JobId, TicketId};
use super::lease::{self, Fence};
use super::live;

/// A job, as it is written.
pub struct NewJob<'a> {
    /// What is to be done; a stable word in `snake_case`.
    pub kind: &'static str,
    /// The ticket it is about.
    pub ticket: Option<TicketId>,
    /// Further facts by kind.
    pub detail: Value,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// Makes the job's id.
    pub ids: &'a IdMaker,
}

from_row! {
    /// A job that waits.
    #[derive(Clone, Debug)]
    pub struct Due {
        /// The job.
        pub id: JobId,
        /// What is to be done.
        pub kind: String,
        /// The ticket it is about.
        pub ticket: Option<TicketId>,
        /// Further facts, as JSON.
        pub detail: String,
        /// Tries that failed.
        pub attempts: i64,
    }
}

/// Writes a job.
pub async fn put(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<()> {
    let id: JobId = job.ids.next::<Job>(job.run_at);
    tx.execute(
        sql!(
            "insert into job (id, kind, ticket, detail, run_at, attempts)
             values ($1, $2, $3, $4, $5, 0)"
        ),
        params![id, job.kind, job.ticket, job.detail.to_string(), job.run_at],
    )
    .await?;
    live::announce(tx, live::JOB, id);
    Ok(())
}

/// The jobs that are due, oldest first.
pub async fn due(view: &mut View<'_>, now: Timestamp, limit: i64) -> Result<Vec<Due>> {
    view.all(
        sql!(
            "select id, kind, ticket, detail, attempts
             from job where run_at <= $1 order by run_at, id limit $2"
        ),
        params![now, limit],
    )
    .await
}

/// Deletes a job that is done, with what it led to in the same transaction. `false` if the lease
/// was lost or somebody did it before: then nothing may be kept.
pub async fn done(tx: &mut Tx<'_>, fence: &Fence, job: JobId) -> Result<bool> {
    if !lease::is_held(tx, fence).await? {
        return Ok(false);
    }
    let deleted = tx.execute(sql!("delete from job where id = $1"), params![job]).await?;
    Ok(deleted == 1)
}

/// Puts a job off after a failure.
pub struct PutOff {
    /// The job.
    pub job: JobId,
    /// For so long.
    pub pause: Duration,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for PutOff {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!("update job set run_at = $1, attempts = attempts + 1 where id = $2"),
            params![self.now.plus(self.pause), self.job],
        )
        .await
        .map(drop)
    }
}
