//! How many open tickets there are, for the navigation and the headings of groups (decision 8).
//!
//! Nothing is stored. One grouped count over the open tickets serves all agents of this process
//! for a second; what each may see is added up in memory. The health of the mailboxes is read again
//! after a notice. Only for those who see nothing but their own tickets of an area is it counted each time.

mod shown;

use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, Query, Result, from_row};
use jiff::tz::TimeZone;
use rules::inbox::end_of_today;
use rules::right::Level;
use values::Timestamp;

use super::actor::{Actor, Areas};
use super::fetching::{self, Fetching};
use super::relaying::{self, Relaying};
use super::{AgentId, AreaId, EntryId};

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
    areas: Option<Areas>,
    agent: Option<AgentId>,
    manages_house: bool,
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
    fetching: Held<Fetching>,
    relaying: Held<Relaying>,
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
        let fetching = self.fetching(db, now).await?;
        let fetching = fetching.iter().filter(|one| fetching::is_visible(actor, one));
        Ok(Arc::new(Counts {
            bundles,
            fetching: fetching.cloned().collect(),
            returning: returning.iter().map(|one| one.count).sum(),
            fresh,
            areas: Some(actor.areas_with(Level::Own)),
            agent: Some(actor.agent),
            manages_house: actor.may_manage_house(),
        }))
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

    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

from_row! {
    struct CountRow {
        area: AreaId,
        assignee: Option<AgentId>,
        status: EntryId,
        unseen: bool,
        overdue: i64,
        today: i64,
        later: i64,
        undated: i64,
        waiting: i64,
    }
}

impl CountRow {
    fn bundles(&self) -> impl Iterator<Item = Bundle> {
        let Self { area, assignee, status, unseen, .. } = *self;
        let counts = [self.overdue, self.today, self.later, self.undated, self.waiting];
        let bundle =
            move |(bucket, count)| Bundle { area, assignee, status, bucket, unseen, count };
        (0..).zip(counts).filter(|(_, count)| *count > 0).map(bundle)
    }
}

/// Counts the open tickets, all of them or those that an actor may see. The groups stand in the order
/// of the index `ticket_open`, which has all that is asked: nothing is sorted and no ticket is read.
async fn count(
    db: &Db,
    now: Timestamp,
    zone: &TimeZone,
    seen_by: Option<&Actor>,
) -> Result<Vec<Bundle>> {
    let end = end_of_today(now, zone);
    let mut query = Query::new(
        "select t.area, t.assignee, t.status, t.unseen,
                sum(case when t.stage = 0 and t.due_at <=",
    );
    query.bind(now).push("then 1 else 0 end) as overdue,");
    query.push("sum(case when t.stage = 0 and t.due_at >").bind(now).push("and t.due_at <");
    query.bind(end).push("then 1 else 0 end) as today, sum(case when t.stage = 0 and t.due_at >");
    query.bind(now).push("and t.due_at >=").bind(end).push(
        "and t.due_at < 9007199254740991 then 1 else 0 end) as later,
         sum(case when t.stage = 0 and t.due_at = 9007199254740991 then 1 else 0 end) as undated,
         sum(case when t.stage = 1 then 1 else 0 end) as waiting
         from ticket t where t.stage < 2",
    );
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area, t.assignee, t.status, t.unseen");
    let rows: Vec<CountRow> = db.list(&query).await?;
    Ok(rows.iter().flat_map(CountRow::bundles).collect())
}

from_row! {
    struct ReturningRow {
        area: AreaId,
        count: i64,
    }
}

/// Counts the open tickets that come back before the end of the day, by the index `ticket_resubmit`.
async fn count_returning(
    db: &Db,
    now: Timestamp,
    zone: &TimeZone,
    seen_by: Option<&Actor>,
) -> Result<Vec<Returning>> {
    let mut query = Query::new(
        "select t.area, count(*) as count from ticket t
         where t.resubmit_at is not null and t.stage < 2 and t.resubmit_at <",
    );
    query.bind(end_of_today(now, zone));
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area");
    let rows: Vec<ReturningRow> = db.list(&query).await?;
    Ok(rows.iter().map(|row| Returning { area: row.area, count: row.count }).collect())
}

from_row! {
    struct FreshRow {
        area: AreaId,
        queue: Option<EntryId>,
        count: i64,
    }
}

/// Counts the new tickets that nobody has taken, by queue. The index `ticket_inbox_assignee` leads
/// to the open tickets of nobody; only their rows are read.
async fn count_fresh(db: &Db, seen_by: Option<&Actor>) -> Result<Vec<Fresh>> {
    let rows: Vec<FreshRow> = db.list(&fresh_query(seen_by)).await?;
    Ok(rows
        .iter()
        .map(|row| Fresh { area: row.area, queue: row.queue, count: row.count })
        .collect())
}

/// The count of new tickets; a test reads its plan.
pub fn fresh_query(seen_by: Option<&Actor>) -> Query {
    let mut query = Query::new(
        "select t.area, t.queue, count(*) as count from ticket t
         where t.area in (select id from area) and t.assignee is null
         and t.status in (select id from status where kind = 'unread') and t.stage < 2",
    );
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area, t.queue");
    query
}

/// Whether a count cannot tell what an actor may see: which tickets are his own is in no bundle.
fn sees_own_only(actor: &Actor) -> bool {
    actor.areas_with(Level::Own) != actor.areas_with(Level::Read)
}
