//! Draws of ticket numbers that happen at the same time share one commit: whoever comes first draws for all who
//! stand in line behind.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, Doing, Failure, Operation, Result, Tx, from_row, params, sql};

/// Counters that are remembered: more than are in use at any moment.
const LINES_MAX: usize = 64;

/// All lines of those who draw.
#[derive(Default)]
pub struct Draws(Mutex<HashMap<(String, i64), Arc<Line>>>);

/// Those who draw from one counter.
#[derive(Default)]
struct Line {
    waiting: AtomicI64,
    /// Numbers that were drawn for those who still wait.
    drawn: tokio::sync::Mutex<VecDeque<i64>>,
}

/// A place in a line, given up when it is dropped.
struct Place<'a>(&'a Line);

impl<'a> Place<'a> {
    fn take(line: &'a Line) -> Self {
        line.waiting.fetch_add(1, Ordering::Relaxed);
        Self(line)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Draws {
    /// The next number of a counter, above the offset.
    pub async fn next(&self, db: &Db, key: &str, offset: i64) -> Result<i64> {
        let line = self.line(key, offset);
        let place = Place::take(&line);
        let mut drawn = line.drawn.lock().await;
        let waiting = line.waiting.load(Ordering::Relaxed);
        if drawn.is_empty() {
            let draw = Draw { key, offset, count: waiting };
            let last = db.write(&draw).await.doing("drawing a ticket number")?;
            drawn.extend(last - waiting + 1..=last);
        }
        let number = drawn.pop_front().ok_or_else(|| Failure::other("no number was drawn"))?;
        // What was drawn for somebody who gave up is no use later: it would come out of order.
        drawn.truncate(usize::try_from(waiting - 1).unwrap_or_default());
        // The next one in line counts as soon as the lock is free.
        drop(place);
        Ok(number)
    }

    fn line(&self, key: &str, offset: i64) -> Arc<Line> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= LINES_MAX {
            lines.clear();
        }
        Arc::clone(lines.entry((key.to_owned(), offset)).or_default())
    }
}

struct Draw<'a> {
    key: &'a str,
    offset: i64,
    count: i64,
}

from_row! {
    struct Counter {
        value: i64,
    }
}

impl Operation for Draw<'_> {
    /// The last of the numbers.
    type Outcome = i64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64> {
        let counter: Counter = tx
            .one(
                sql!(
                    "insert into number_counter (key, value) values ($1, cast($2 as bigint) + $3)
                     on conflict (key) do update
                     set value = (case when number_counter.value < $2 then $2
                                       else number_counter.value end) + $3
                     returning value"
                ),
                params![self.key, self.offset, self.count],
            )
            .await?;
        Ok(counter.value)
    }
}
