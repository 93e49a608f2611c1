//! The thread that commits, because a commit waits for the disk and must not hold up the runtime.

use std::sync::mpsc;
use std::thread;

use tokio::sync::{OwnedMutexGuard, broadcast};

use super::log::Log;
use super::seat::Seat;
use crate::{Doing, Failure, Notice, Result};

/// Hands a full group, together with the seat, to the committing thread.
pub(super) struct Committer {
    groups: mpsc::Sender<OwnedMutexGuard<Seat>>,
}

impl Committer {
    /// Starts the thread. It ends after the last group when the committer is dropped.
    pub(super) fn start(log: Log, notices: broadcast::Sender<Notice>) -> Result<Self> {
        let (groups, received) = mpsc::channel::<OwnedMutexGuard<Seat>>();
        thread::Builder::new()
            .name("sqlite-commit".to_owned())
            .spawn(move || {
                for seat in received {
                    commit(seat, &log, &notices);
                }
            })
            .map_err(Failure::other)
            .doing("starting the thread that commits")?;
        Ok(Self { groups })
    }

    pub(super) fn commit(&self, seat: OwnedMutexGuard<Seat>) {
        if let Err(mpsc::SendError(mut seat)) = self.groups.send(seat) {
            seat.lose_group(&Failure::other("the thread that commits has ended"));
        }
    }
}

fn commit(mut seat: OwnedMutexGuard<Seat>, log: &Log, notices: &broadcast::Sender<Notice>) {
    let Some((group, result)) = seat.commit() else { return };
    // Answered before the seat is free: members that go on with another operation then stand in
    // the queue in time for the next group.
    match result {
        Ok(()) => group.committed(notices),
        Err(failure) => group.failed(&failure),
    }
    log.after_commit(seat.connection());
}
