//! The right of one operation to use the write connection.

use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::OwnedMutexGuard;

use super::group::Answer;
use super::seat::Seat;
use super::writer::Writer;
use crate::view::Left;
use crate::{Failure, Result};

/// The turn of one operation. Dropping it is the only way to end it: an operation that was not
/// kept is rolled back alone, and the group is handed on or committed, whatever happened.
pub(super) struct Turn<'a> {
    writer: &'a Writer,
    seat: Option<OwnedMutexGuard<Seat>>,
    is_kept: bool,
}

impl<'a> Turn<'a> {
    pub(super) async fn begin(
        writer: &'a Writer,
        seat: OwnedMutexGuard<Seat>,
        limit: Duration,
    ) -> Result<Self> {
        let mut turn = Self { writer, seat: Some(seat), is_kept: false };
        turn.seat()?.join_group(limit).await?;
        Ok(turn)
    }

    pub(super) fn connection(&mut self) -> Result<&mut Connection> {
        Ok(self.seat()?.connection())
    }

    /// Keeps what the operation did, and ends the turn. The answer comes with the commit.
    ///
    /// An operation that changed nothing waits as well: what it read may be the uncommitted work
    /// of another member. From here on the change counts, also if this future is dropped.
    pub(super) async fn keep(mut self, left: Left) -> Result<Answer> {
        let answer = self.seat()?.keep_operation(left)?;
        self.is_kept = true;
        self.writer.let_others_come().await;
        Ok(answer)
    }

    fn seat(&mut self) -> Result<&mut Seat> {
        self.seat.as_deref_mut().ok_or_else(|| Failure::other("the turn is over"))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Some(mut seat) = self.seat.take() else { return };
        if !self.is_kept {
            seat.roll_back_operation();
        }
        self.writer.leave(seat);
    }
}
