//! How many open tickets there are, for the navigation and the headings of groups (decision 8).
//!
//! Nothing is stored. One grouped count over the open tickets serves all agents of this process
//! for a second; what each may see is added up in memory. The health of the mailboxes is read again
//! after a notice. Only for those who see nothing but their own tickets of an area is it counted each time.

mod count;
mod shown;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, Result};
use jiff::tz::TimeZone;
use rules::right::{Level, Place, Right, allows};
use values::Timestamp;

use super::actor::{Actor, Areas};
use super::fetching::{self, Fetching};
use super::relaying::{self, Relaying};
use super::{AgentId, AreaId, EntryId};

use count::{count, count_fresh, count_returning, count_unplaced};

pub use count::{fresh_query, unplaced_query};
pub use shown::{area_filter, show, shown};

/// How long a count is believed.
const AGE_MILLIS_MAX: i64 = 1_000;
/// How long the health of the mailboxes is believed without a notice.
const FETCHING_MILLIS_MAX: i64 = 10_000;

/// How many open tickets are alike.
#[derive(Clone, Copy, Debug)]
pub struct Bundle {
    /// Their area.
    pub area: AreaId,
    /// Their assignee.
    pub assignee: Option<AgentId>,
    /// Their status.
    pub status: EntryId,
    /// 0 overdue, 1 due today, 2 due later, 3 without a deadline, 4 waiting for the customer.
    pub bucket: i64,
    /// Whether they are unread.
    pub unseen: bool,
    /// How many there are.
    pub count: i64,
}

/// How many open tickets of an area come back today.
#[derive(Clone, Copy, Debug)]
struct Returning {
    area: AreaId,
    count: i64,
}

/// How many new tickets of an area stand in a queue and have been taken by nobody.
#[derive(Clone, Copy, Debug)]
struct Fresh {
    area: AreaId,
    queue: Option<EntryId>,
    count: i64,
    /// Those of them that have no category.
    bare: i64,
}

/// How many mails of an area's mailboxes lie in no ticket and have to be placed.
#[derive(Clone, Copy, Debug)]
struct Unplaced {
    area: AreaId,
    count: i64,
}

/// What one actor may see of the open tickets and the mailboxes.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The open tickets.
    pub bundles: Vec<Bundle>,
    /// The mailboxes that are fetched.
    pub fetching: Vec<Fetching>,
    /// Open tickets that come back today.
    pub returning: i64,
    /// New tickets that nobody has taken, by queue.
    fresh: Vec<Fresh>,
    /// Mails that somebody has to place.
    pub unplaced: i64,
    areas: Option<Areas>,
    agent: Option<AgentId>,
    manages_house: bool,
    /// Whether something was announced since the open tickets were counted: they may be others by now.
    is_doubtful: bool,
}

impl Counts {
    /// Whether the actor may enter an area.
    fn enters(&self, area: AreaId) -> bool {
        match &self.areas {
            Some(Areas::All) => true,
            Some(Areas::Some(areas)) => areas.contains(&area),
            None => false,
        }
    }

    /// New tickets in these queues, or in none (F-QUEUE-04).
    fn new_in(&self, is_meant: impl Fn(Option<EntryId>) -> bool) -> i64 {
        let meant = self.fresh.iter().filter(|fresh| is_meant(fresh.queue));
        meant.map(|fresh| fresh.count).sum()
    }

    /// New tickets without a category (F-CTRL-11).
    fn without_category(&self) -> i64 {
        self.fresh.iter().map(|fresh| fresh.bare).sum()
    }

    /// How many tickets are like this.
    pub fn sum(&self, is_meant: impl Fn(&Bundle) -> bool) -> i64 {
        self.bundles.iter().filter(|bundle| is_meant(bundle)).map(|bundle| bundle.count).sum()
    }

    /// The actor's own tickets.
    pub fn is_mine(&self, bundle: &Bundle) -> bool {
        bundle.assignee.is_some() && bundle.assignee == self.agent
    }

    /// When mails were last fetched.
    pub fn last_fetched(&self) -> Option<Timestamp> {
        self.fetching.iter().filter_map(|fetching| fetching.succeeded_at).max()
    }
}

/// Keeps the last count and the last health of the mailboxes, whoever may see them.
#[derive(Default)]
pub struct CounterCache {
    bundles: Held<Bundle>,
    returning: Held<Returning>,
    fresh: Held<Fresh>,
    unplaced: Held<Unplaced>,
    fetching: Held<Fetching>,
    relaying: Held<Relaying>,
    /// When the last change was announced, in milliseconds.
    changed_at: AtomicI64,
}

impl CounterCache {
    /// The accounts by which no mail leaves. `has_configured` says whether the configuration names
    /// a mail server.
    pub async fn relaying(
        &self,
        db: &Db,
        has_configured: bool,
        now: Timestamp,
    ) -> Result<Arc<Vec<Relaying>>> {
        match self.relaying.get(now, FETCHING_MILLIS_MAX) {
            Some(relaying) => Ok(relaying),
            None => Ok(self.relaying.keep(now, relaying::all(db, has_configured).await?)),
        }
    }

    /// The counts for an actor.
    pub async fn get(
        &self,
        db: &Db,
        actor: &Actor,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Arc<Counts>> {
        let is_visible =
            |bundle: &&Bundle| actor.is_administrator() || actor.level_in(bundle.area).is_some();
        let bundles = match sees_own_only(actor) {
            true => count(db, now, zone, Some(actor)).await?,
            false => {
                self.bundles(db, now, zone).await?.iter().filter(is_visible).copied().collect()
            }
        };
        let returning = match sees_own_only(actor) {
            true => count_returning(db, now, zone, Some(actor)).await?,
            false => {
                let all = self.returning(db, now, zone).await?;
                let is_visible = |one: &&Returning| {
                    actor.is_administrator() || actor.level_in(one.area).is_some()
                };
                all.iter().filter(is_visible).copied().collect()
            }
        };
        let fresh = match sees_own_only(actor) {
            true => count_fresh(db, Some(actor)).await?,
            false => {
                let all = self.fresh(db, now).await?;
                let is_visible =
                    |one: &&Fresh| actor.is_administrator() || actor.level_in(one.area).is_some();
                all.iter().filter(is_visible).copied().collect()
            }
        };
        let unplaced = self.unplaced(db, now).await?;
        let unplaced = unplaced
            .iter()
            .filter(|one| allows(&actor.rights, Right::ReadMails, Place::Area(one.area.number())));
        let fetching = self.fetching(db, now).await?;
        let fetching = fetching.iter().filter(|one| fetching::is_visible(actor, one));
        Ok(Arc::new(Counts {
            bundles,
            fetching: fetching.cloned().collect(),
            returning: returning.iter().map(|one| one.count).sum(),
            fresh,
            unplaced: unplaced.map(|one| one.count).sum(),
            areas: Some(actor.areas_with(Level::Own)),
            agent: Some(actor.agent),
            manages_house: actor.may_manage_house(),
            is_doubtful: self.is_doubtful(),
        }))
    }

    /// Notes that a ticket or a mail changed. What was counted is believed for its second all the same: many
    /// changes would else be as many counts.
    pub fn note_change(&self, now: Timestamp) {
        self.changed_at.fetch_max(now.millis(), Ordering::Relaxed);
    }

    /// Whether anything that is counted changed since.
    fn is_doubtful(&self) -> bool {
        let read = [
            self.bundles.read_at(),
            self.returning.read_at(),
            self.fresh.read_at(),
            self.unplaced.read_at(),
        ];
        let changed_at = self.changed_at.load(Ordering::Relaxed);
        read.into_iter().flatten().any(|read_at| read_at.millis() <= changed_at)
    }

    async fn bundles(&self, db: &Db, now: Timestamp, zone: &TimeZone) -> Result<Arc<Vec<Bundle>>> {
        match self.bundles.get(now, AGE_MILLIS_MAX) {
            Some(bundles) => Ok(bundles),
            None => Ok(self.bundles.keep(now, count(db, now, zone, None).await?)),
        }
    }

    async fn returning(
        &self,
        db: &Db,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Arc<Vec<Returning>>> {
        match self.returning.get(now, AGE_MILLIS_MAX) {
            Some(returning) => Ok(returning),
            None => Ok(self.returning.keep(now, count_returning(db, now, zone, None).await?)),
        }
    }

    async fn fresh(&self, db: &Db, now: Timestamp) -> Result<Arc<Vec<Fresh>>> {
        match self.fresh.get(now, AGE_MILLIS_MAX) {
            Some(fresh) => Ok(fresh),
            None => Ok(self.fresh.keep(now, count_fresh(db, None).await?)),
        }
    }

    async fn unplaced(&self, db: &Db, now: Timestamp) -> Result<Arc<Vec<Unplaced>>> {
        match self.unplaced.get(now, AGE_MILLIS_MAX) {
            Some(unplaced) => Ok(unplaced),
            None => Ok(self.unplaced.keep(now, count_unplaced(db).await?)),
        }
    }

    async fn fetching(&self, db: &Db, now: Timestamp) -> Result<Arc<Vec<Fetching>>> {
        match self.fetching.get(now, FETCHING_MILLIS_MAX) {
            Some(fetching) => Ok(fetching),
            None => Ok(self.fetching.keep(now, fetching::all(db).await?)),
        }
    }

    /// Forgets the count.
    pub fn drop_counts(&self) {
        self.bundles.forget();
        self.returning.forget();
        self.fresh.forget();
        self.unplaced.forget();
    }

    /// Forgets the health of the mailboxes and of the mail servers.
    pub fn drop_fetching(&self) {
        self.fetching.forget();
        self.relaying.forget();
    }

    /// Forgets the health of the mail servers.
    pub fn drop_relaying(&self) {
        self.relaying.forget();
    }
}

/// Rows and when they were read.
struct Held<T>(Mutex<Option<(Timestamp, Arc<Vec<T>>)>>);

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Held<T> {
    fn get(&self, now: Timestamp, age_millis_max: i64) -> Option<Arc<Vec<T>>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, rows) = held.as_ref()?;
        (now.millis_since(*read_at).abs() < age_millis_max).then(|| Arc::clone(rows))
    }

    fn keep(&self, now: Timestamp, rows: Vec<T>) -> Arc<Vec<T>> {
        let rows = Arc::new(rows);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&rows)));
        rows
    }

    fn read_at(&self) -> Option<Timestamp> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|(read_at, _)| *read_at)
    }

    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Whether a count cannot tell what an actor may see: which tickets are his own is in no bundle.
fn sees_own_only(actor: &Actor) -> bool {
    actor.areas_with(Level::Own) != actor.areas_with(Level::Read)
}
