//! When a mail is tried again (mail.md 3.2; RFC 5321 section 4.5.4.1).

use std::time::Duration;

use values::Timestamp;

/// The pauses after the first tries, in minutes; then [`LATER`].
const FIRST: [u64; 5] = [1, 5, 15, 30, 60];
/// The pause after that, in minutes.
const LATER: u64 = 120;
/// A mail that could not be handed over for so long has failed (RFC 5321: at least 4 to 5 days).
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(5 * 24 * 3600);
/// After this time whoever wrote it is warned that it has not left yet.
pub const WARN_AFTER: Duration = Duration::from_secs(4 * 3600);
/// A pause is that much longer or shorter, in percent, so that not all mails come back at once.
const SPREAD_PERCENT: i64 = 20;

/// The next try after `attempts` tries, at least 1, or `None` if it has been tried for long enough.
///
/// `first_at` is the moment at which the first try was due, `chance` any number.
pub fn next_try(
    attempts: u32,
    first_at: Timestamp,
    now: Timestamp,
    chance: u32,
) -> Option<Timestamp> {
    if now.millis_since(first_at) >= millis(GIVE_UP_AFTER) {
        return None;
    }
    let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = FIRST.get(place).copied().unwrap_or(LATER);
    let pause = millis(Duration::from_secs(minutes * 60));
    let percent = i64::from(chance % (2 * SPREAD_PERCENT as u32 + 1)) - SPREAD_PERCENT;
    let last = first_at.plus(GIVE_UP_AFTER);
    Some(now.plus_millis(pause + pause * percent / 100).min(last))
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
