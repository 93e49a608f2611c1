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

/// What is known of a mail in the dark that lies in the account's folder for sent mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Whether what lies there may come from before the try of which nobody knows how it ended: an
    /// earlier try may have been taken, or a copy of our own was on its way there.
    pub may_be_older: bool,
    /// Whether the server's answers about each recipient are lost with that try.
    pub answers_are_lost: bool,
    /// How many recipients still have to get the mail.
    pub open: usize,
}

/// Whether that proves that the server took the mail for everybody it had said yes to. A server
/// files what it takes, whoever of the recipients that is.
pub fn proves_taken(sighting: &Sighting) -> bool {
    !sighting.may_be_older && (!sighting.answers_are_lost || sighting.open == 1)
}

/// A person's words must arrive; what nobody wrote need not.
pub fn resolve_uncertain(is_automatic: bool) -> Resolved {
    match is_automatic {
        true => Resolved::Drop,
        false => Resolved::SendAgain,
    }
}
