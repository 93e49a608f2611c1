//! How many open tickets there are, for the navigation and the headings of groups (decision 8).
//!
//! Nothing is stored. One grouped count over the open tickets serves all agents of this process
//! for a second, and so does the health of the mailboxes; what each may see is added up in memory.

use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, Result, from_row, params, sql};
use jiff::tz::TimeZone;
use rules::inbox::end_of_today;
use rules::right::{Level, Role};
use values::{Language, Timestamp};

use super::actor::Actor;
use super::directory::{Directory, Listed};
use super::fetching::{self, Fetching};
use super::frame::{AreaCount, Counters, Place};
use super::{AgentId, AreaId, EntryId};

/// How long a count is believed.
const AGE_MILLIS_MAX: i64 = 1_000;
/// Larger numbers are shown as "more than".
const SHOWN_MAX: i64 = 1_000;

from_row! {
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
}

/// What one actor may see of the open tickets and the mailboxes.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The open tickets.
    pub bundles: Vec<Bundle>,
    /// The mailboxes that are fetched.
    pub fetching: Vec<Fetching>,
    agent: Option<AgentId>,
}

impl Counts {
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

/// Keeps the last count.
#[derive(Default)]
pub struct CounterCache {
    held: Mutex<Option<(Timestamp, Arc<Whole>)>>,
}

/// What there is, whoever may see it.
struct Whole {
    bundles: Vec<Bundle>,
    fetching: Vec<Fetching>,
}

impl CounterCache {
    /// The counts for an actor.
    pub async fn get(
        &self,
        db: &Db,
        actor: &Actor,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Arc<Counts>> {
        let whole = self.whole(db, now, zone).await?;
        let bundles = whole.bundles.iter().filter(|bundle| is_visible(actor, bundle)).copied();
        let fetching = whole.fetching.iter().filter(|one| fetching::is_visible(actor, one));
        Ok(Arc::new(Counts {
            bundles: bundles.collect(),
            fetching: fetching.cloned().collect(),
            agent: Some(actor.agent),
        }))
    }

    async fn whole(&self, db: &Db, now: Timestamp, zone: &TimeZone) -> Result<Arc<Whole>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((counted_at, whole)) = held
            && now.millis_since(counted_at).abs() < AGE_MILLIS_MAX
        {
            return Ok(whole);
        }
        let bundles = count(db, now, end_of_today(now, zone)).await?;
        let whole = Arc::new(Whole { bundles, fetching: fetching::all(db).await? });
        let fresh = Some((now, Arc::clone(&whole)));
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(whole)
    }

    /// Forgets the count.
    pub fn drop_counts(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

async fn count(db: &Db, now: Timestamp, tomorrow: Timestamp) -> Result<Vec<Bundle>> {
    db.all(
        sql!(
            "select area, assignee, status, unseen,
                    (case when stage = 1 then 4
                          when due_at <= $1 then 0
                          when due_at < $2 then 1
                          when due_at < 9007199254740991 then 2
                          else 3 end) as bucket,
                    count(*) as count
             from ticket
             where stage < 2
             group by area, assignee, status, unseen, 5"
        ),
        params![now, tomorrow],
    )
    .await
}

fn is_visible(actor: &Actor, bundle: &Bundle) -> bool {
    match (actor.role, actor.level_in(bundle.area)) {
        (Role::Administrator, _) => true,
        (_, Some(Level::Own)) => bundle.assignee == Some(actor.agent),
        (_, level) => level.is_some(),
    }
}

/// A count as the screen shows it.
pub fn shown(count: i64, language: Language) -> String {
    match count {
        0..SHOWN_MAX => count.to_string(),
        _ => format!("{}+", web::number(SHOWN_MAX, language)),
    }
}

/// The figures of the navigation.
pub fn show(counts: &Counts, directory: &Directory, language: Language, place: Place) -> Counters {
    let areas = directory.areas.iter().filter(|area| area.active).map(|area| {
        let open = counts.sum(|bundle| bundle.area == area.id);
        AreaCount {
            key: area.key.clone(),
            name: area.name(language).to_owned(),
            hue: u8::try_from(area.hue).unwrap_or(1),
            open: shown(open, language),
            href: format!("/inbox?q={}", crate::http::encode(&area_filter(&area.key, language))),
        }
    });
    let troubled = counts.fetching.iter().filter(|fetching| fetching.is_troubled());
    Counters {
        place,
        open: shown(counts.sum(|_| true), language),
        mine: shown(counts.sum(|bundle| counts.is_mine(bundle)), language),
        unassigned: shown(counts.sum(|bundle| bundle.assignee.is_none()), language),
        unseen: u64::try_from(counts.sum(|bundle| bundle.unseen)).unwrap_or_default(),
        mailboxes_in_trouble: troubled.count() as u64,
        areas: areas.collect(),
    }
}

/// The filter that keeps the open tickets of an area.
pub fn area_filter(key: &str, language: Language) -> String {
    match language {
        Language::German => format!("ist:offen bereich:{key}"),
        Language::English => format!("is:open area:{key}"),
    }
}
