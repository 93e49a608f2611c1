//! How long to wait before the next try.

use std::time::Duration;

const FIRST_SECONDS: u64 = 1;
const LAST_SECONDS: u64 = 300;

/// The pause before try number `attempt` (the first repetition is 1): 1 s, doubled each time, at
/// most 5 minutes, and a fifth more or less so that many accounts do not come back together.
///
/// `jitter` is a random number; each value from 0 to 65,535 is equally good.
pub fn back_off(attempt: u32, jitter: u16) -> Duration {
    let doublings = attempt.saturating_sub(1).min(16);
    let seconds = (FIRST_SECONDS << doublings).min(LAST_SECONDS);
    let per_mille = 800 + u64::from(jitter) * 400 / u64::from(u16::MAX);
    Duration::from_millis((seconds * per_mille).clamp(FIRST_SECONDS * 1000, LAST_SECONDS * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_one_second_to_five_minutes() {
        let middle = u16::MAX / 2 + 1;
        let seconds = [0, 1, 2, 3, 8, 9, 10, u32::MAX].map(|n| back_off(n, middle).as_secs());
        assert_eq!(seconds, [1, 1, 2, 4, 128, 256, 300, 300]);
    }

    #[test]
    fn jitter_moves_a_pause_by_a_fifth_and_never_over_the_bounds() {
        assert_eq!(back_off(5, 0), Duration::from_millis(12_800));
        assert_eq!(back_off(5, u16::MAX), Duration::from_millis(19_200));
        assert_eq!(back_off(1, 0), Duration::from_secs(1));
        assert_eq!(back_off(20, u16::MAX), Duration::from_secs(300));
    }
}
