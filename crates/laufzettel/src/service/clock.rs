//! The one clock. Rules and operations are told the moment; only the outermost layer asks here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use values::Timestamp;

/// Tells the present moment.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until it is moved, for stories and for writing a past.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this moment.
    pub fn standing(at: Timestamp) -> Self {
        Self::Standing(Arc::new(AtomicI64::new(at.millis())))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_now(),
            Self::Standing(millis) => Timestamp::from_millis(millis.load(Ordering::Relaxed)),
        }
    }

    /// Moves a standing clock forward; the machine's clock moves by itself.
    pub fn advance(&self, millis: i64) {
        if let Self::Standing(now) = self {
            now.fetch_add(millis, Ordering::Relaxed);
        }
    }
}

/// A machine whose clock stands before 1970 gets 1970; nothing but the shown times suffers.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn system_now() -> Timestamp {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}
