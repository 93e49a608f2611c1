//! What becomes of a mail of which nobody knows whether the server took it.

use std::time::Duration;

/// How long evidence is waited for: a report that comes back, a copy that appears.
pub const UNCERTAIN_FOR: Duration = Duration::from_secs(15 * 60);

/// What is done then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It is sent once more with the same Message-ID, marked that it may arrive twice.
    SendAgain,
    /// It is not sent again: an automatic mail that is missing hurts less than one that is doubled.
    Drop,
}

/// A person's words must arrive; what nobody wrote need not.
pub fn resolve_uncertain(is_automatic: bool) -> Resolved {
    match is_automatic {
        true => Resolved::Drop,
        false => Resolved::SendAgain,
    }
}
