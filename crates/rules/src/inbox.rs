//! In which group of the inbox a ticket lies, and what its deadline cell shows.

use jiff::tz::TimeZone;
use values::Timestamp;

use crate::status::Stage;

/// A group of the inbox, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The deadline has passed.
    Overdue,
    /// The deadline is today.
    Today,
    /// The deadline is on a later day.
    Later,
    /// There is no deadline; the customer who waits longest comes first.
    WithoutDeadline,
    /// Not the team's turn.
    Waiting,
    /// Finished or in the trash: not in the inbox, last where all tickets are listed.
    Finished,
}

impl Group {
    /// The stable code, for page anchors and texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Later => "later",
            Self::WithoutDeadline => "without_deadline",
            Self::Waiting => "waiting",
            Self::Finished => "finished",
        }
    }
}

/// What the deadline cell of a ticket shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// Passed so many whole minutes ago.
    Overdue {
        /// 0 or more.
        minutes: i64,
    },
    /// Today, in so many minutes, rounded up, so that 0 never stands before the moment.
    Today {
        /// 1 or more; a deadline at this very moment is overdue.
        minutes: i64,
    },
    /// On a later day.
    Later {
        /// Calendar days from today: 1 is tomorrow.
        days: i64,
    },
    /// The clock does not run: the ticket waits or is finished.
    Paused,
    /// None is set.
    None,
}

/// The group of a ticket at this moment, days being those of the zone.
pub fn group(stage: Stage, due: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Group {
    match stage {
        Stage::Waiting => return Group::Waiting,
        Stage::Closed | Stage::Trash | Stage::Merged => return Group::Finished,
        Stage::Open => {}
    }
    match deadline(stage, due, now, zone) {
        Deadline::Overdue { .. } => Group::Overdue,
        Deadline::Today { .. } => Group::Today,
        Deadline::Later { .. } => Group::Later,
        Deadline::Paused | Deadline::None => Group::WithoutDeadline,
    }
}

/// The content of the deadline cell.
pub fn deadline(stage: Stage, due: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Deadline {
    let Some(due) = due else { return Deadline::None };
    if stage != Stage::Open {
        return Deadline::Paused;
    }
    let left = due.millis_since(now);
    if left <= 0 {
        return Deadline::Overdue { minutes: left.saturating_neg() / 60_000 };
    }
    match days_between(now, due, zone) {
        ..=0 => Deadline::Today { minutes: left.saturating_add(59_999) / 60_000 },
        days => Deadline::Later { days },
    }
}

/// The moment at which "today" ends: the first one of the next day. With `now` it bounds the
/// groups for a database: overdue is due ≤ now, today is due < end of today.
pub fn end_of_today(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let end = day_of(now, zone).tomorrow().and_then(|day| day.to_zoned(zone.clone()));
    end.map_or(now, |end| Timestamp::from_millis(end.timestamp().as_millisecond()))
}

fn days_between(now: Timestamp, due: Timestamp, zone: &TimeZone) -> i64 {
    let span = day_of(now, zone).until(day_of(due, zone));
    span.map_or(i64::MAX, |span| i64::from(span.get_days()))
}

fn day_of(at: Timestamp, zone: &TimeZone) -> jiff::civil::Date {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::MAX);
    at.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    /// 2026-11-21T10:00:00Z, 11:00 in Berlin.
    const NOW: Timestamp = Timestamp::from_seconds(1_795_255_200);

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    #[test]
    fn an_open_ticket_lies_in_the_group_of_its_deadline() {
        let table = [
            (-90 * MINUTE, Group::Overdue, Deadline::Overdue { minutes: 90 }),
            (-1, Group::Overdue, Deadline::Overdue { minutes: 0 }),
            (0, Group::Overdue, Deadline::Overdue { minutes: 0 }),
            (1, Group::Today, Deadline::Today { minutes: 1 }),
            (2 * HOUR, Group::Today, Deadline::Today { minutes: 120 }),
            (13 * HOUR - 1, Group::Today, Deadline::Today { minutes: 780 }),
            (13 * HOUR, Group::Later, Deadline::Later { days: 1 }),
            (10 * 24 * HOUR, Group::Later, Deadline::Later { days: 10 }),
            (i64::MAX / 2, Group::Later, Deadline::Later { days: 2_912_117 }),
            (i64::MIN / 2, Group::Overdue, Deadline::Overdue { minutes: 76_861_433_640_456 }),
        ];
        for (offset, expected, cell) in table {
            let due = Some(NOW.plus_millis(offset));
            assert_eq!(group(Stage::Open, due, NOW, &berlin()), expected, "{offset}");
            assert_eq!(deadline(Stage::Open, due, NOW, &berlin()), cell, "{offset}");
        }
        assert_eq!(group(Stage::Open, None, NOW, &berlin()), Group::WithoutDeadline);
        assert_eq!(deadline(Stage::Open, None, NOW, &berlin()), Deadline::None);
    }

    #[test]
    fn a_ticket_that_waits_or_is_finished_is_never_overdue() {
        let due = Some(NOW.plus_millis(-HOUR));
        assert_eq!(group(Stage::Waiting, due, NOW, &berlin()), Group::Waiting);
        assert_eq!(group(Stage::Closed, due, NOW, &berlin()), Group::Finished);
        assert_eq!(group(Stage::Trash, due, NOW, &berlin()), Group::Finished);
        assert_eq!(deadline(Stage::Waiting, due, NOW, &berlin()), Deadline::Paused);
        assert_eq!(deadline(Stage::Closed, None, NOW, &berlin()), Deadline::None);
    }

    #[test]
    fn today_ends_at_midnight_of_the_zone_also_when_clocks_change() {
        assert_eq!(end_of_today(NOW, &berlin()), NOW.plus_millis(13 * HOUR));
        assert_eq!(end_of_today(NOW, &TimeZone::UTC), NOW.plus_millis(14 * HOUR));
        // 2026-10-25T00:00 in Berlin: a day of 25 hours.
        let midnight = Timestamp::from_seconds(1_792_879_200);
        assert_eq!(end_of_today(midnight, &berlin()), midnight.plus_millis(25 * HOUR));
    }

    #[test]
    fn groups_sort_as_the_list_shows_them() {
        let mut groups = [
            Group::Finished,
            Group::Waiting,
            Group::WithoutDeadline,
            Group::Later,
            Group::Today,
            Group::Overdue,
        ];
        groups.sort();
        assert_eq!(
            groups.map(Group::code),
            ["overdue", "today", "later", "without_deadline", "waiting", "finished"]
        );
    }
}
