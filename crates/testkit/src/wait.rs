//! Waiting for what real servers and processes do in their own time.

use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Lets real time pass: the moment of a fault, not a guess about how long something takes.
pub fn pass(duration: Duration) {
    sleep(duration);
}

/// Looks again and again until there is something, and gives up with what `otherwise` says.
pub fn until<T>(
    patience: Duration,
    mut look: impl FnMut() -> Option<T>,
    otherwise: impl Fn() -> String,
) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < patience, "waited {patience:?} in vain: {}", otherwise());
        sleep(LOOK_EVERY);
    }
}
