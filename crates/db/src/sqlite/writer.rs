//! The one writer of a SQLite database: turns in order of arrival, and one commit for many.
//!
//! An operation waits for the seat (a fair mutex), joins the open transaction or begins one, and
//! runs inside a savepoint. Whoever leaves the seat hands it on uncommitted if others are waiting
//! and the group is neither full nor old; otherwise the committing thread gets it. The invariant
//! is: *an open group always has somebody on the seat, somebody waiting for it, or the committing
//! thread*. Only `leave` and `close_if_forsaken` have to keep it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, broadcast};

use super::committer::Committer;
use super::connect::connect_writer;
use super::deadline::Deadline;
use super::group::GroupLimits;
use super::log::Log;
use super::seat::Seat;
use super::turn::Turn;
use super::waiting::Waiting;
use crate::{Notice, Result};

pub(super) struct Writer {
    seat: Arc<Mutex<Seat>>,
    waiting: Waiting,
    committer: Committer,
}

impl Writer {
    pub(super) fn start(
        path: &Path,
        limits: GroupLimits,
        notices: broadcast::Sender<Notice>,
    ) -> Result<Self> {
        let mut connection = connect_writer(path)?;
        let log = Log::start(path, &mut connection)?;
        let deadline = Deadline::of(&mut connection)?;
        Ok(Self {
            seat: Arc::new(Mutex::new(Seat::new(connection, deadline, limits))),
            waiting: Waiting::default(),
            committer: Committer::start(log, notices)?,
        })
    }

    /// Waits for the turn and begins it. From then on the operation has this long.
    pub(super) async fn turn(&self, limit: Duration) -> Result<Turn<'_>> {
        let place = Place::take(self);
        let seat = Arc::clone(&self.seat).lock_owned().await;
        drop(place);
        Turn::begin(self, seat, limit).await
    }

    /// Lets the runtime go round once if nobody is waiting yet.
    ///
    /// Those who were answered a moment ago often come straight back with their next operation.
    /// One look at them costs nothing beside a sync, and saves them from waiting for two.
    pub(super) async fn let_others_come(&self) {
        if self.waiting.is_empty() {
            tokio::task::yield_now().await;
        }
    }

    /// Ends a turn: hands the group on, or has it committed.
    pub(super) fn leave(&self, mut seat: OwnedMutexGuard<Seat>) {
        match seat.group() {
            Some(group) if group.is_empty() => seat.abandon_group(),
            Some(group) if group.is_complete() || self.waiting.is_empty() => {
                return self.committer.commit(seat);
            }
            _ => {}
        }
        drop(seat);
        self.close_if_forsaken();
    }

    /// Has the group committed if nobody else will do it.
    ///
    /// The one who was waiting may give up just when the group is handed on to it. So both look
    /// again, each after its own step: the leaving one after freeing the seat, the one that gives
    /// up after leaving the queue. The later of the two finds the seat free and nobody waiting.
    fn close_if_forsaken(&self) {
        if self.waiting.is_empty()
            && let Ok(seat) = Arc::clone(&self.seat).try_lock_owned()
            && seat.group().is_some()
        {
            self.committer.commit(seat);
        }
    }

    #[cfg(feature = "testing")]
    pub(super) async fn fail_next_commit(&self) -> Result<()> {
        let mut fail = true;
        let hook = move || std::mem::take(&mut fail);
        Ok(self.seat.lock().await.connection().commit_hook(Some(hook))?)
    }
}

/// A place in the queue. Dropped when the turn comes, or when the future that waits is dropped.
struct Place<'a> {
    writer: &'a Writer,
}

impl<'a> Place<'a> {
    fn take(writer: &'a Writer) -> Self {
        writer.waiting.enter();
        Self { writer }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.writer.waiting.leave();
        self.writer.close_if_forsaken();
    }
}
