//! Whether the disk of the database is full, as the last operations met it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{FailureKind, Result};

/// So long after the last failure a success proves nothing: small changes find room where large
/// ones do not.
const DOUBT: Duration = Duration::from_secs(60);

/// When an operation last found no space.
#[derive(Default)]
pub(crate) struct Fullness(Mutex<Option<Instant>>);

impl Fullness {
    /// Learns from how an operation ended just now.
    pub(crate) fn learn<T>(&self, ended: &Result<T>, now: Instant) {
        let mut failed_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match ended {
            Err(failure) if failure.kind() == FailureKind::StorageFull => {
                *failed_at = Some(now);
            }
            Ok(_) if failed_at.is_some_and(|at| now - at >= DOUBT) => *failed_at = None,
            _ => {}
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Failure;

    #[test]
    fn a_disk_is_full_until_an_operation_ends_well_a_minute_after_the_last_failure() {
        let (fullness, now) = (Fullness::default(), Instant::now());
        let full: Result<()> = Err(Failure::of_kind(FailureKind::StorageFull, "full"));
        fullness.learn::<()>(&Err(Failure::other("something else")), now);
        assert!(!fullness.is_full());
        fullness.learn(&full, now);
        fullness.learn(&Ok(()), now);
        assert!(fullness.is_full(), "a small change may have found room");
        fullness.learn(&full, now + DOUBT);
        fullness.learn(&Ok(()), now + DOUBT);
        assert!(fullness.is_full());
        fullness.learn(&Ok(()), now + 2 * DOUBT);
        assert!(!fullness.is_full());
    }
}
