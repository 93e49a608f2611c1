//! A time limit for statements: an operation that computes for too long is interrupted.

#![allow(clippy::disallowed_methods, reason = "a deadline is about this machine's time")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::Result;

/// Steps of SQLite's machine between two looks at the clock: some milliseconds.
const STEPS_BETWEEN_LOOKS: i32 = 200_000;
/// No limit.
const NEVER: u64 = u64::MAX;

/// The moment at which the statements of a connection are interrupted.
///
/// A future that waits is ended by its own timer; this is for a statement that never gives
/// control back to the runtime.
pub(super) struct Deadline {
    start: Instant,
    millis: Arc<AtomicU64>,
}

impl Deadline {
    pub(super) fn of(connection: &mut Connection) -> Result<Self> {
        let (start, millis) = (Instant::now(), Arc::new(AtomicU64::new(NEVER)));
        let looked_at = Arc::clone(&millis);
        connection.progress_handler(
            STEPS_BETWEEN_LOOKS,
            Some(move || millis_since(start) > looked_at.load(Ordering::Relaxed)),
        )?;
        Ok(Self { start, millis })
    }

    pub(super) fn set(&self, limit: Duration) {
        let limit = u64::try_from(limit.as_millis()).unwrap_or(NEVER);
        self.millis.store(millis_since(self.start).saturating_add(limit), Ordering::Relaxed);
    }

    pub(super) fn clear(&self) {
        self.millis.store(NEVER, Ordering::Relaxed);
    }
}

fn millis_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(NEVER)
}
