//! The number of this process, by which its ids differ from all others.
//!
//! `deliver` and `import` are processes too, so the number is a leased row on both engines.

use std::time::Duration;

use db::{Db, Doing, Failure, Operation, Result, Tx, from_row, params, sql};
use values::{IdMaker, Timestamp};

/// How long a number stays taken without a sign of life. Ids made after that could be repeated,
/// so a process renews well before.
const LEASE: Duration = Duration::from_secs(15 * 60);
/// How often a running process renews its lease.
pub const RENEW_EVERY: Duration = Duration::from_secs(5 * 60);

struct TakeNumber {
    now: Timestamp,
}

from_row! {
    struct Taken {
        number: i64,
    }
}

impl Operation for TakeNumber {
    type Outcome = Option<i64>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<i64>> {
        let taken: Vec<Taken> = tx
            .all(
                sql!(
                    "select number from process where leased_until >= $1 order by number limit 512"
                ),
                params![self.now],
            )
            .await?;
        let free = (0..i64::from(IdMaker::PROCESSES_MAX))
            .find(|number| taken.iter().all(|taken| taken.number != *number));
        let Some(number) = free else { return Ok(None) };
        // Two processes may choose the same number; the second changes no row and tries again.
        let changed = tx
            .execute(
                sql!(
                    "insert into process (number, leased_until) values ($1, $2)
                     on conflict (number) do update set leased_until = excluded.leased_until
                     where process.leased_until < $3"
                ),
                params![number, self.now.plus(LEASE), self.now],
            )
            .await?;
        Ok((changed == 1).then_some(number))
    }
}

/// Takes a free process number and makes ids with it.
pub async fn take_ids(db: &Db, now: Timestamp) -> Result<(IdMaker, i64)> {
    for _ in 0..16 {
        if let Some(number) =
            db.write(&TakeNumber { now }).await.doing("taking a process number")?
        {
            let small = u16::try_from(number).map_err(Failure::other)?;
            return Ok((IdMaker::new(small, now), number));
        }
    }
    Err(Failure::other("all 512 process numbers are taken; stop processes that are not needed"))
}

/// Keeps the number of this process for another while.
pub struct RenewNumber {
    /// The number.
    pub number: i64,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for RenewNumber {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!("update process set leased_until = $1 where number = $2"),
            params![self.now.plus(LEASE), self.number],
        )
        .await
        .map(drop)
    }
}

/// Gives the number back at a clean end.
pub struct FreeNumber {
    /// The number.
    pub number: i64,
}

impl Operation for FreeNumber {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(sql!("delete from process where number = $1"), params![self.number])
            .await
            .map(drop)
    }
}
