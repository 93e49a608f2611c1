//! Ids that are made without asking the database, and sort by time.

use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use crate::Timestamp;

/// 1990-01-01T00:00:00Z in UTC milliseconds: the moment from which ids count. Older dates of mails
/// are not believed.
const EPOCH: i64 = 631_152_000_000;
const PROCESS_BITS: u32 = 9;
const COUNTER_BITS: u32 = 12;
const COUNTER_MASK: i64 = (1 << COUNTER_BITS) - 1;
/// The last millisecond, with room behind it for what does not fit into it.
const TIME_MAX: i64 = (1 << 42) - (1 << 20);
/// Milliseconds that are remembered at least.
const REMEMBERED: usize = 4096;

/// The id of a `T`: 42 bits milliseconds since 1990-01-01, 9 bits process, 12 bits counter.
///
/// Ids of all tables come from one sequence, so a search document can bear the id of its ticket
/// or its message. Printed as a decimal number.
pub struct Id<T: ?Sized>(i64, PhantomData<fn() -> Box<T>>);

impl<T: ?Sized> Id<T> {
    /// The id with this number, as stored.
    pub const fn from_number(number: i64) -> Self {
        Self(number, PhantomData)
    }

    /// The number, as stored.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The id that a person or a program wrote, if it is a positive number.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number| *number > 0).map(Self::from_number)
    }

    /// The moment from which it was made, to the millisecond.
    pub fn made_at(self) -> Timestamp {
        Timestamp::from_millis((self.0 >> (PROCESS_BITS + COUNTER_BITS)) + EPOCH)
    }

    /// The number of the process that made it.
    pub fn process(self) -> i64 {
        (self.0 >> COUNTER_BITS) & i64::from(IdMaker::PROCESSES_MAX - 1)
    }
}

impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Id<T> {}

impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: ?Sized> Eq for Id<T> {}

impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T: ?Sized> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// Makes ids that no other process makes, as long as the process number is its own, and none twice.
pub struct IdMaker {
    process: i64,
    made: Mutex<Made>,
}

/// How many ids were made, and which number each of the last milliseconds began with.
struct Made {
    count: i64,
    first: HashMap<i64, i64>,
    before: HashMap<i64, i64>,
}

impl Made {
    /// The millisecond for the id with this count: the one that is wanted, or the next that is not
    /// full. One that nothing was made for in thousands of other milliseconds counts as new.
    fn place(&mut self, wanted: i64, count: i64) -> i64 {
        let mut time = wanted;
        while count - self.first_of(time, count) > COUNTER_MASK {
            time += 1;
        }
        time
    }

    fn first_of(&mut self, time: i64, count: i64) -> i64 {
        if self.first.len() >= REMEMBERED {
            self.before = std::mem::take(&mut self.first);
        }
        let known = self.before.get(&time).copied();
        *self.first.entry(time).or_insert(known.unwrap_or(count))
    }
}

impl IdMaker {
    /// How many processes can make ids at the same time.
    pub const PROCESSES_MAX: u16 = 1 << PROCESS_BITS;

    /// A maker for the process with this number, below [`Self::PROCESSES_MAX`].
    ///
    /// `started` spreads the counter, so that a process that takes over a number within the same
    /// millisecond does not repeat ids.
    pub fn new(process: u16, started: Timestamp) -> Self {
        let process = i64::from(process % Self::PROCESSES_MAX);
        let made = Made { count: started.millis(), first: HashMap::new(), before: HashMap::new() };
        Self { process, made: Mutex::new(made) }
    }

    /// A new id made at this moment. Ids of one millisecond are told apart by the counter; after 4,096
    /// of them the next millisecond is taken.
    pub fn next<T: ?Sized>(&self, at: Timestamp) -> Id<T> {
        self.id(|_| at)
    }

    /// A new id for what is dated to the second, like a mail. Many may bear the same second, made by
    /// processes of today and of last year, so they are spread over it.
    pub fn next_by_date<T: ?Sized>(&self, date: Timestamp) -> Id<T> {
        let is_whole = date.millis() % 1000 == 0;
        let spread =
            |count: i64| if is_whole { (count >> COUNTER_BITS).rem_euclid(1000) } else { 0 };
        self.id(|count| date.plus_millis(spread(count)))
    }

    fn id<T: ?Sized>(&self, at: impl FnOnce(i64) -> Timestamp) -> Id<T> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let count = made.count;
        made.count += 1;
        let wanted = at(count).millis().saturating_sub(EPOCH).clamp(0, TIME_MAX);
        let time = made.place(wanted, count);
        let counter = count & COUNTER_MASK;
        Id::from_number(
            (time << (PROCESS_BITS + COUNTER_BITS)) | (self.process << COUNTER_BITS) | counter,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    #[test]
    fn ids_sort_by_time_and_tell_it() {
        let maker = IdMaker::new(7, NOW);
        let (early, late) = (maker.next::<()>(NOW), maker.next::<()>(NOW.plus_millis(1)));
        assert!(early < late);
        assert_eq!(late.made_at(), NOW.plus_millis(1));
    }

    #[test]
    fn two_processes_never_make_the_same_id() {
        let (one, two) = (IdMaker::new(1, NOW), IdMaker::new(2, NOW));
        let ids: Vec<_> = (0..4096).map(|_| one.next::<()>(NOW)).collect();
        let mut all: Vec<_> = ids.into_iter().chain((0..4096).map(|_| two.next(NOW))).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 8192);
    }

    #[test]
    fn no_id_is_made_twice_however_many_one_moment_needs() {
        let maker = IdMaker::new(7, NOW);
        let dated = NOW.plus_millis(-86_400_000);
        let moments = [NOW, dated, NOW.plus_millis(1), Timestamp::from_millis(i64::MAX)];
        let mut ids: Vec<Id<()>> =
            moments.into_iter().cycle().take(40_000).map(|at| maker.next(at)).collect();
        ids.extend((0..10_000).map(|_| maker.next(NOW)));
        let late = ids.iter().map(|id| id.made_at().millis_since(NOW)).filter(|late| *late < 1000);
        assert!(late.max() <= Some(30), "the next free milliseconds are taken");
        assert!(ids.iter().all(|id| id.number() > 0 && id.process() == 7));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 50_000);
    }

    #[test]
    fn mails_of_one_second_have_different_ids_whenever_they_come() {
        let date = Timestamp::from_millis(1_000_000_000_000);
        let makers = [IdMaker::new(7, NOW), IdMaker::new(7, NOW.plus_millis(3_600_000))];
        let ids = makers.iter().flat_map(|maker| (0..10_000).map(|_| maker.next_by_date(date)));
        let mut ids: Vec<Id<()>> = ids.collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 20_000);
        let is_in_second = |id: &Id<()>| (0..1000).contains(&id.made_at().millis_since(date));
        assert!(ids.iter().all(is_in_second));
        let exact = date.plus_millis(1);
        assert_eq!(makers[0].next_by_date::<()>(exact).made_at(), exact);
    }

    #[test]
    fn a_moment_before_1990_or_far_away_still_gives_a_positive_id() {
        let maker = IdMaker::new(511, NOW);
        assert!(maker.next::<()>(Timestamp::from_millis(0)).number() >= 0);
        assert!(maker.next::<()>(Timestamp::from_millis(i64::MAX)).number() > 0);
    }
}
