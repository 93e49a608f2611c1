//! What a running process counts about itself, for `/metrics`: requests, decisions about mails, rounds of
//! its workers. Counting costs an addition; nothing here reads the database.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use db::{Operation, Result, Tx, View, from_row, params, sql};
use values::{Histogram, Timestamp};

/// What is counted.
#[derive(Default)]
pub struct Watch {
    routes: [Route; RouteClass::ALL.len()],
    outcomes: Mutex<BTreeMap<&'static str, u64>>,
    rounds: Mutex<BTreeMap<&'static str, Ran>>,
}

/// Kinds of addresses whose requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteClass {
    /// Pages and their fragments.
    Page,
    /// The API.
    Api,
    /// The stream of announcements: its time is that until it begins.
    Live,
    /// Styles, scripts, icons.
    Asset,
    /// The watchers' own addresses.
    Watcher,
}

impl RouteClass {
    /// All classes, in the order of their counters.
    pub const ALL: [Self; 5] = [Self::Page, Self::Api, Self::Live, Self::Asset, Self::Watcher];

    /// The class of an address.
    pub fn of(path: &str) -> Self {
        match path.split('/').nth(1).unwrap_or_default() {
            "api" => Self::Api,
            "live" => Self::Live,
            "assets" => Self::Asset,
            "healthz" | "readyz" | "metrics" => Self::Watcher,
            _ => Self::Page,
        }
    }

    /// The name in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Live => "live",
            Self::Asset => "asset",
            Self::Watcher => "watcher",
        }
    }
}

/// Requests of one class.
#[derive(Default)]
pub struct Route {
    /// How long they took.
    pub times: Histogram,
    by_status: [AtomicU64; 5],
}

impl Route {
    /// The first digit of a status and how often it was answered.
    pub fn by_status(&self) -> impl Iterator<Item = (u16, u64)> {
        (1..).zip(self.by_status.iter().map(|count| count.load(Ordering::Relaxed)))
    }
}

/// What runs in the background again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Deciding about stored mails.
    Intake,
    /// Fetching from mailboxes.
    Fetching,
    /// Handing mails over.
    Sending,
    /// Copies in Sent folders.
    SentCopies,
    /// Notices and closing mails.
    Notices,
    /// Tickets that come back.
    Resubmissions,
    /// Deleting what is old.
    TidyingUp,
    /// Deleting files that nothing refers to.
    Files,
}

impl Round {
    /// All rounds, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Intake,
        Self::Fetching,
        Self::Sending,
        Self::SentCopies,
        Self::Notices,
        Self::Resubmissions,
        Self::TidyingUp,
        Self::Files,
    ];

    /// The name in figures and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Fetching => "fetching",
            Self::Sending => "sending",
            Self::SentCopies => "sent_copies",
            Self::Notices => "notices",
            Self::Resubmissions => "resubmissions",
            Self::TidyingUp => "tidying_up",
            Self::Files => "files",
        }
    }

    /// How long it pauses at most.
    pub fn every(self) -> Duration {
        Duration::from_secs(match self {
            Self::Intake => 1,
            Self::Fetching | Self::Sending => 10,
            Self::SentCopies | Self::Resubmissions => 5,
            Self::Notices => 2,
            Self::TidyingUp => 600,
            Self::Files => 24 * 3600,
        })
    }
}

/// How a round ended last.
#[derive(Clone, Debug)]
struct Ran {
    at: Timestamp,
    problem: Option<String>,
}

impl Watch {
    /// Counts an answered request.
    pub fn answered(&self, class: RouteClass, status: u16, took: Duration) {
        let mut routes = RouteClass::ALL.iter().zip(&self.routes);
        let Some((_, route)) = routes.find(|(known, _)| **known == class) else { return };
        route.times.note(took);
        let place = usize::from(status / 100).saturating_sub(1);
        if let Some(count) = route.by_status.get(place) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The requests of each class.
    pub fn routes(&self) -> impl Iterator<Item = (RouteClass, &Route)> {
        RouteClass::ALL.into_iter().zip(&self.routes)
    }

    /// Counts a decision about a mail.
    pub fn decided(&self, outcome: &'static str) {
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        *outcomes.entry(outcome).or_default() += 1;
    }

    /// How often which decision was made.
    pub fn outcomes(&self) -> BTreeMap<&'static str, u64> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A round has ended.
    pub fn ran<T>(&self, round: Round, at: Timestamp, result: &Result<T>) {
        let problem = result.as_ref().err().map(ToString::to_string);
        let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        rounds.insert(round.name(), Ran { at, problem });
    }

    /// The rounds that ended since the last call, to be written down.
    pub fn take_rounds(&self) -> NoteRounds {
        let rounds =
            std::mem::take(&mut *self.rounds.lock().unwrap_or_else(PoisonError::into_inner));
        NoteRounds { rounds }
    }
}

/// Writes down how rounds ended; of several processes the last one counts.
pub struct NoteRounds {
    rounds: BTreeMap<&'static str, Ran>,
}

impl NoteRounds {
    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }
}

impl Operation for NoteRounds {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        for (name, ran) in &self.rounds {
            tx.execute(
                sql!(
                    "insert into background_round (name, ran_at, problem) values ($1, $2, $3)
                     on conflict (name) do update
                     set ran_at = excluded.ran_at, problem = excluded.problem
                     where background_round.ran_at <= excluded.ran_at"
                ),
                params![*name, ran.at, ran.problem.as_deref()],
            )
            .await?;
        }
        Ok(())
    }
}

from_row! {
    /// A round as it is written down.
    #[derive(Clone, Debug)]
    pub struct KnownRound {
        /// Its name.
        pub name: String,
        /// When it ended last, in whichever process.
        pub ran_at: Timestamp,
        /// What was wrong then.
        pub problem: Option<String>,
    }
}

/// All rounds that ever ended.
pub async fn rounds(view: &mut View<'_>) -> Result<Vec<KnownRound>> {
    view.all(sql!("select name, ran_at, problem from background_round order by name limit 100"), [])
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_counted_by_their_kind() {
        for (path, class) in [
            ("/", RouteClass::Page),
            ("/tickets/7", RouteClass::Page),
            ("/api/v1/tickets", RouteClass::Api),
            ("/assets/app.css", RouteClass::Asset),
            ("/live", RouteClass::Live),
            ("/readyz", RouteClass::Watcher),
        ] {
            assert_eq!(RouteClass::of(path), class, "{path}");
        }
        let watch = Watch::default();
        watch.answered(RouteClass::Api, 404, Duration::from_millis(3));
        watch.answered(RouteClass::Api, 999, Duration::from_millis(3));
        let api = watch.routes().find(|(class, _)| *class == RouteClass::Api);
        let counted: Vec<_> = api.iter().flat_map(|(_, route)| route.by_status()).collect();
        assert_eq!(counted, [(1, 0), (2, 0), (3, 0), (4, 1), (5, 0)]);
    }
}
