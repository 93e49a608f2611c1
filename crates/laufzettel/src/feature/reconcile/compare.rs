//! What is compared, and when: pure functions.

use std::collections::BTreeSet;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use values::Timestamp;

/// The time of day of the reconciliation: before people begin to work.
const TIME_OF_DAY: Time = Time::constant(6, 0, 0, 0);

/// A folder beside the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Mails that both have.
    pub known: usize,
    /// Mails that only the folder has.
    pub missing: Vec<u32>,
}

/// Compares the UIDs of a folder with those of the journal. What came behind `uid_next` was not
/// listed yet: it is no difference, the next round fetches it.
pub fn compare(folder: &[u32], journal: &BTreeSet<u32>, uid_next: u32) -> Compared {
    let listed = folder.iter().copied().filter(|uid| *uid < uid_next);
    let (known, missing): (Vec<u32>, Vec<u32>) = listed.partition(|uid| journal.contains(uid));
    Compared { known: known.len(), missing }
}

/// Whether the last reconciliation is of before the last six o'clock in the morning, or there was
/// none.
pub fn is_due(last: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> bool {
    let Some(last) = last else { return true };
    let here = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default();
    let here = here.to_zoned(zone.clone());
    let day = match here.time() < TIME_OF_DAY {
        true => here.date().yesterday().unwrap_or(here.date()),
        false => here.date(),
    };
    let morning = day.to_datetime(TIME_OF_DAY).to_zoned(zone.clone());
    morning.is_ok_and(|morning| last.millis() < morning.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_listed_can_be_missing() {
        let journal = BTreeSet::from([1, 2, 5]);
        let compared = compare(&[2, 3, 5, 8, 9], &journal, 9);
        assert_eq!(compared, Compared { known: 2, missing: vec![3, 8] });
        assert_eq!(compare(&[], &journal, 9), Compared::default());
    }

    #[test]
    fn it_is_due_once_after_each_six_o_clock() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| {
            let local: jiff::civil::DateTime = text.parse().unwrap();
            let millis = local.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond();
            Timestamp::from_millis(millis)
        };
        let due = |last: &str, now: &str| is_due(Some(at(last)), at(now), &zone);
        assert!(is_due(None, at("2026-11-23T03:00"), &zone));
        assert!(due("2026-11-22T06:00", "2026-11-23T06:00"));
        assert!(!due("2026-11-23T06:00", "2026-11-23T23:59"));
        assert!(!due("2026-11-22T07:00", "2026-11-23T05:59"));
        // A server that was off for days does it when it comes back.
        assert!(due("2026-11-19T06:00", "2026-11-23T04:00"));
        // The night in which the clocks go forward is no night without a morning.
        assert!(due("2026-03-28T06:00", "2026-03-29T06:00"));
    }
}
