//! Leases: what only one process may do at a time, with a fencing number.
//!
//! A process that slept through its lease and wakes up holds an old number; every write it tries
//! checks the number in its own transaction and keeps nothing.

use std::time::Duration;

use db::{Operation, Result, Tx, from_row, params, sql};
use values::Timestamp;

/// How long a lease is held without a sign of life.
pub const HELD: Duration = Duration::from_secs(6);
/// How often whoever holds a lease renews it.
pub const RENEW_EVERY: Duration = Duration::from_secs(2);

/// The proof that a lease is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The name of the lease.
    pub name: String,
    /// The number, greater for each holder.
    pub number: i64,
}

/// Takes a lease that is free, has ended, or is held by this process already.
pub struct TakeLease<'a> {
    /// The name of the lease.
    pub name: &'a str,
    /// The number of this process.
    pub holder: i64,
    /// The present moment.
    pub now: Timestamp,
}

from_row! {
    struct Taken {
        fence: i64,
    }
}

impl Operation for TakeLease<'_> {
    type Outcome = Option<Fence>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Fence>> {
        let taken: Option<Taken> = tx
            .optional(
                sql!(
                    "insert into lease (name, holder, fence, until_at) values ($1, $2, 1, $3)
                     on conflict (name) do update
                     set fence = lease.fence
                             + (case when lease.holder = excluded.holder then 0 else 1 end),
                         holder = excluded.holder, until_at = excluded.until_at
                     where lease.holder = excluded.holder or lease.until_at < $4
                     returning fence"
                ),
                params![self.name, self.holder, self.now.plus(HELD), self.now],
            )
            .await?;
        Ok(taken.map(|taken| Fence { name: self.name.to_owned(), number: taken.fence }))
    }
}

/// Frees all leases: the caller knows that no other process works on this database.
pub struct FreeAllLeases;

impl Operation for FreeAllLeases {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(sql!("update lease set until_at = 0"), []).await.map(drop)
    }
}

/// Gives a lease back at a clean end.
pub struct FreeLease<'a> {
    /// The lease.
    pub fence: &'a Fence,
}

impl Operation for FreeLease<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!("update lease set until_at = 0 where name = $1 and fence = $2"),
            params![self.fence.name.as_str(), self.fence.number],
        )
        .await
        .map(drop)
    }
}

/// Whether the lease is still held with this number. Locks the row on PostgreSQL, so that nobody
/// takes the lease over before this transaction ends.
pub async fn is_held(tx: &mut Tx<'_>, fence: &Fence) -> Result<bool> {
    let held: Option<Taken> = tx
        .optional(
            sql!(
                sqlite: "select fence from lease where name = $1 and fence = $2",
                postgres: "select fence from lease where name = $1 and fence = $2 for share"
            ),
            params![fence.name.as_str(), fence.number],
        )
        .await?;
    Ok(held.is_some())
}
