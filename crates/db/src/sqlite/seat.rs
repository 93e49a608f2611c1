//! The write connection and the transaction that is open on it.

use std::time::Duration;

use rusqlite::Connection;
use tokio::time::Instant;

use super::deadline::Deadline;
use super::group::{Answer, Group, GroupLimits};
use super::statement;
use crate::view::{Late, Left};
use crate::{Doing, Failure, FailureKind, Result};

/// How long an operation waits for another process that writes to the same file.
const BUSY_WAIT_MAX: Duration = Duration::from_secs(5);
/// The pause between two tries. The runtime is not held up meanwhile.
const BUSY_PAUSE: Duration = Duration::from_millis(5);

/// The write connection and the group whose transaction is open on it, if any.
pub(super) struct Seat {
    connection: Connection,
    deadline: Deadline,
    limits: GroupLimits,
    group: Option<Group>,
}

impl Seat {
    pub(super) fn new(connection: Connection, deadline: Deadline, limits: GroupLimits) -> Self {
        Self { connection, deadline, limits, group: None }
    }

    pub(super) fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Joins the open group, or opens one. From then on the operation has this long.
    pub(super) async fn join_group(&mut self, limit: Duration) -> Result<()> {
        if self.group.is_none() {
            if !self.connection.is_autocommit() {
                self.connection
                    .execute_batch("rollback")
                    .map_err(Failure::from)
                    .doing("leaving a transaction that could not be ended")?;
            }
            begin(&mut self.connection).await?;
            self.group = Some(Group::open(self.limits));
        }
        self.run("savepoint operation")?;
        self.deadline.set(limit);
        Ok(())
    }

    /// Makes what the operation did part of the group. The answer comes with the commit.
    pub(super) fn keep_operation(&mut self, left: Left) -> Result<Answer> {
        self.deadline.clear();
        self.run("release operation").doing("ending an operation")?;
        let group = self.group.as_mut().ok_or_else(|| Failure::other("no group is open"))?;
        Ok(group.join(left))
    }

    /// Takes back what one operation did. If that is impossible, the whole group is lost.
    pub(super) fn roll_back_operation(&mut self) {
        self.deadline.clear();
        if self.group.is_none() {
            return;
        }
        let rolled_back = match self.connection.is_autocommit() {
            // A full disk or an interrupted change makes SQLite end the transaction by itself.
            true => Err(Failure::other("an operation of the same group broke the transaction")),
            false => self.run("rollback to operation").and_then(|()| self.run("release operation")),
        };
        if let Err(failure) = rolled_back {
            self.lose_group(&failure);
        }
    }

    /// Gives up the whole group and tells its members.
    pub(super) fn lose_group(&mut self, failure: &Failure) {
        if let Some(group) = self.group.take() {
            self.roll_back();
            group.failed(failure);
        }
    }

    /// Ends a group in which nobody has anything to keep.
    pub(super) fn abandon_group(&mut self) {
        self.group = None;
        self.roll_back();
    }

    /// Commits the group. Whoever takes the result has to tell its members.
    pub(super) fn commit(&mut self) -> Option<(Group, Result<()>)> {
        let mut group = self.group.take()?;
        let late = self.run_late(group.take_late());
        let result =
            late.and_then(|()| self.run("commit")).doing("committing a group of operations");
        if result.is_err() {
            self.roll_back();
        }
        Some((group, result))
    }

    /// What the operations left for the end of the transaction; of one rank in their order.
    fn run_late(&self, mut late: Vec<Late>) -> Result<()> {
        late.sort_by_key(|one| one.rank);
        late.iter().try_for_each(|one| {
            statement::execute(&self.connection, one.text, &one.params).map(drop)
        })
    }

    fn roll_back(&mut self) {
        if !self.connection.is_autocommit() {
            // If this fails, the next `join_group` tries again and reports it.
            self.run("rollback").ok();
        }
    }

    fn run(&self, text: &str) -> Result<()> {
        Ok(self.connection.prepare_cached(text)?.execute([]).map(drop)?)
    }
}

/// Takes the write lock of the file at once, so that no operation fails half-way because another
/// process wrote first.
async fn begin(connection: &mut Connection) -> Result<()> {
    let give_up_at = Instant::now() + BUSY_WAIT_MAX;
    loop {
        match connection.execute_batch("begin immediate").map_err(Failure::from) {
            Err(failure) if failure.kind() == FailureKind::Busy && Instant::now() < give_up_at => {
                tokio::time::sleep(BUSY_PAUSE).await;
            }
            result => return result.doing("beginning a group of operations"),
        }
    }
}
