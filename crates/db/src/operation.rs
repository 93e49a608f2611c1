//! The two things that are done with a database: changing it and looking at it.

use std::time::Duration;

use crate::{Failure, FailureKind, Result, Tx, View};

/// One change of the system: its fields are the input, `run` is its transaction.
///
/// It is data and not a closure, so it can be run again after a lost race. It therefore does
/// nothing outside the transaction: no network, no file, no clock.
pub trait Operation: Sync {
    /// How the change ended, refusals included. Given out only after the commit.
    type Outcome: Send;

    /// How long it may run before it is taken back with [`FailureKind::TimedOut`]. On SQLite an
    /// operation that hangs holds up every other write.
    const TIME_LIMIT: Duration = Duration::from_secs(30);

    /// Runs all statements. After an `Err`, a dropped future or a panic nothing is kept.
    fn run(&self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Outcome>> + Send;
}

/// A look at the database that takes several statements: all of them see the same moment.
pub trait Reading: Sync {
    /// What was read.
    type Outcome: Send;

    /// Runs all statements.
    fn run(&self, view: &mut View<'_>) -> impl Future<Output = Result<Self::Outcome>> + Send;
}

/// Runs an operation within its time limit.
pub(crate) async fn run_in_time<O: Operation>(
    operation: &O,
    tx: &mut Tx<'_>,
) -> Result<O::Outcome> {
    tokio::time::timeout(O::TIME_LIMIT, operation.run(tx)).await.unwrap_or_else(|_| {
        let cause = format!("an operation ran longer than {} s", O::TIME_LIMIT.as_secs());
        Err(Failure::new(FailureKind::TimedOut, cause))
    })
}
