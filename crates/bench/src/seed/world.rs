//! All rows of a database, in the order of their time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use values::{IdMaker, Timestamp};

use super::lists;
use super::rows::Row;
use super::ticket::{Maker, Pending};
use crate::report::Engine;

/// Tickets came in over three years.
const SPAN_MILLIS: i64 = 3 * 365 * 86_400_000;
/// A message is written at most so long before its ticket is made.
const WRITTEN_BEFORE_MILLIS: i64 = 60_000;
/// How many tickets have ten messages.
const LONG_TICKETS: u64 = 50;

/// The number of a ticket by its place.
pub fn number(place: u64) -> String {
    format!("TS-{:07}", place + 1)
}

/// Whether a ticket has ten messages instead of three.
pub fn is_long(place: u64, tickets: u64) -> bool {
    place.is_multiple_of((tickets / LONG_TICKETS).max(1))
}

/// The numbers of the tickets that have ten messages.
pub fn long_ticket_numbers(tickets: u64) -> Vec<String> {
    (0..tickets).filter(|place| is_long(*place, tickets)).map(number).collect()
}

/// Makes all rows, until `push` says that nobody wants them any more.
///
/// Messages of one ticket lie days apart. The rows come in the order of their ids all the same,
/// as they would have come in.
pub fn make(tickets: u64, engine: Engine, now: Timestamp, mut push: impl FnMut(Row) -> bool) {
    for row in lists::rows(tickets, now) {
        if !push(row) {
            return;
        }
    }
    let ids = IdMaker::new(IdMaker::PROCESSES_MAX - 1, Timestamp::default());
    let mut maker = Maker::new(tickets, engine, now, ids);
    let mut waiting: BinaryHeap<Reverse<Pending>> = BinaryHeap::new();
    for place in 0..tickets {
        let created_at = moment(place, tickets, now);
        let ready = maker.id(created_at.plus_millis(-WRITTEN_BEFORE_MILLIS));
        while waiting.peek().is_some_and(|Reverse(pending)| pending.id < ready) {
            let Some(Reverse(pending)) = waiting.pop() else { break };
            if !pending.rows.into_iter().all(&mut push) {
                return;
            }
        }
        waiting.extend(maker.ticket(place, created_at).into_iter().map(Reverse));
    }
    while let Some(Reverse(pending)) = waiting.pop() {
        if !pending.rows.into_iter().all(&mut push) {
            return;
        }
    }
}

fn moment(place: u64, tickets: u64, now: Timestamp) -> Timestamp {
    let share = (place + 1) as f64 / (tickets + 1) as f64;
    now.plus_millis(-SPAN_MILLIS + (SPAN_MILLIS as f64 * share) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::rows::{MESSAGE, SEARCH_FILE, TICKET};
    use rusqlite::types::Value;

    #[test]
    fn rows_come_in_order_and_as_many_as_said() {
        let now = Timestamp::from_seconds(1_800_000_000);
        let (mut tickets, mut messages, mut open) = (0, 0, 0);
        let mut last_document = 0;
        make(1_000, Engine::Sqlite, now, |row| {
            if row.table == &TICKET {
                tickets += 1;
                open += u64::from(matches!(row.values.get(13), Some(Value::Integer(0..2))));
            }
            messages += u64::from(row.table == &MESSAGE);
            if row.table == &SEARCH_FILE
                && let Some(Value::Integer(id)) = row.values.first()
            {
                assert!(*id > last_document);
                last_document = *id;
            }
            true
        });
        assert_eq!((tickets, messages), (1_000, 3_000 + 50 * 7));
        assert!((10..35).contains(&open), "{open}");
        assert_eq!(long_ticket_numbers(1_000).len(), 50);
    }
}
