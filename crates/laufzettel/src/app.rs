//! One running Laufzettel: the database, the clock, the keys and what is kept in memory.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::io;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use db::{Db, Failure, FailureKind, Operation, Tx};
use jiff::civil::Date;
use mail::tls::Trust;
use tokio::sync::{Mutex, Notify, watch};
use values::{IdMaker, Timestamp};
use web::{BaseUrl, Limiter};

use crate::config::Config;
use crate::feature::health::FigureCache;
use crate::feature::intake::fresh::FreshMails;
use crate::record::actor::Actor;
use crate::record::counters::{CounterCache, Counts};
use crate::record::directory::{Directory, DirectoryCache};
use crate::record::draws::Draws;
use crate::record::relaying::Relaying;
use crate::record::session::SessionCache;
use crate::service::blobs::Blobs;
use crate::service::clock::Clock;
use crate::service::keys::Keys;
use crate::service::watch::Watch;
use crate::service::{process, setting};

/// The setting by which another master key is noticed.
const KEY_CHECK_SETTING: &str = "key_check";

/// One running Laufzettel. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct App {
    shared: Arc<Shared>,
}

/// By account: whoever renews its access token holds this.
type TokenTurns = std::sync::Mutex<HashMap<String, Arc<Mutex<()>>>>;

/// What all parts of a running Laufzettel share.
pub struct Shared {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Makes ids.
    pub ids: IdMaker,
    /// The number of this process.
    pub process: i64,
    /// When it started.
    pub started_at: Timestamp,
    /// The keys.
    pub keys: Keys,
    /// The large blobs.
    pub blobs: Blobs,
    /// Whose certificates mail servers may have.
    pub mail_trust: Trust,
    /// The address under which people reach it.
    pub base_url: BaseUrl,
    /// The configuration.
    pub config: Config,
    /// Actors of the last second.
    pub sessions: SessionCache,
    /// Tries to sign in, by address.
    pub sign_ins: Limiter,
    /// Those who draw ticket numbers.
    pub draws: Draws,
    /// Mails that were stored a moment ago.
    pub fresh_mails: FreshMails,
    /// Rings when a mail was stored that waits for its decision.
    pub stored: Notify,
    /// What this process counts about itself.
    pub watch: Watch,
    token_turns: TokenTurns,
    /// Figures of the database for the watchers.
    pub figures: FigureCache,
    stopping: watch::Sender<bool>,
    directory: DirectoryCache,
    counters: CounterCache,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

/// Why Laufzettel cannot start, in one sentence that says what to do.
#[derive(Debug)]
pub struct StartProblem(pub String);

impl fmt::Display for StartProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl App {
    /// Opens the data folder and the database, migrates it and takes a process number.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartProblem> {
        config.make_data_dir().map_err(|problem| StartProblem(problem.to_string()))?;
        let key_file = config.secret_key_file.clone().unwrap_or(config.data_dir.join("key"));
        let keys = Keys::load_or_make(&key_file, rand::random())
            .map_err(|error| no_key(&key_file, &error))?;
        let db = crate::database::open(&config).await?;
        Self::with_database(config, clock, keys, db).await
    }

    /// Starts on a database that is open and migrated.
    pub async fn with_database(
        config: Config,
        clock: Clock,
        keys: Keys,
        db: Db,
    ) -> Result<Self, StartProblem> {
        let blobs = Blobs::open(&config.data_dir.join("blobs")).map_err(|error| {
            StartProblem(format!(
                "cannot use the data folder {} ({error}); check that the user that runs Laufzettel may write there and that space is left",
                config.data_dir.display()
            ))
        })?;
        let blobs = match &config.bucket {
            Some(place) => blobs.with_bucket(place).map_err(|error| {
                StartProblem(format!(
                    "cannot use the bucket {} ({error}); check the setting blobs",
                    place.name
                ))
            })?,
            None => blobs,
        };
        let check = CheckKey { check_value: keys.check_value(), fits: &|stored| keys.fits(stored) };
        if !db.write(&check).await.map_err(start_problem)? {
            return Err(StartProblem(
                "the master key is not the one this database was made with; set secret_key_file to the right key"
                    .to_owned(),
            ));
        }
        let mail_trust = mail_trust(&config)?;
        let base_url = base_url(&config)?;
        let started_at = clock.now();
        let (ids, process) = process::take_ids(&db, started_at).await.map_err(start_problem)?;
        let shared = Shared {
            db,
            clock,
            ids,
            process,
            started_at,
            keys,
            blobs,
            mail_trust,
            base_url,
            config,
            sessions: SessionCache::default(),
            sign_ins: Limiter::for_sign_in(),
            draws: Draws::default(),
            fresh_mails: FreshMails::default(),
            stored: Notify::new(),
            watch: Watch::default(),
            token_turns: TokenTurns::default(),
            figures: FigureCache::default(),
            stopping: watch::Sender::new(false),
            directory: DirectoryCache::default(),
            counters: CounterCache::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today in the configured zone.
    pub fn today(&self) -> Date {
        day_of(self.now(), &self.config.time_zone)
    }

    /// Waits until the process is about to end.
    pub async fn stopping(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender lives as long as this does, so the only outcome is that it says so.
        stopping.wait_for(|stopping| *stopping).await.ok();
    }

    /// Says that the process is about to end: streams close, nothing new begins.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// The lists that an administrator edits.
    pub async fn directory(&self) -> db::Result<Arc<Directory>> {
        self.directory.get(&self.db, self.now()).await
    }

    /// The lists, read anew: what is missing may have been added by another process.
    pub async fn directory_anew(&self) -> db::Result<Arc<Directory>> {
        self.directory.drop_snapshot();
        self.directory().await
    }

    /// The counts of open tickets that an actor may see.
    pub async fn counters(&self, actor: &Actor) -> db::Result<Arc<Counts>> {
        self.counters.get(&self.db, actor, self.now(), &self.config.time_zone).await
    }

    /// Forgets the counts: a ticket changed.
    pub fn forget_counters(&self) {
        self.counters.drop_counts();
    }

    /// Notes that what is counted changed.
    pub fn note_change(&self) {
        self.counters.note_change(self.now());
    }

    /// Held by the task that renews the access token of a mail account.
    pub fn token_turn(&self, account: &str) -> Arc<Mutex<()>> {
        let mut turns = self.token_turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(account.to_owned()).or_default())
    }

    /// The accounts by which no mail leaves, for administrators.
    pub async fn relaying(&self) -> db::Result<Arc<Vec<Relaying>>> {
        self.counters.relaying(&self.db, self.config.smtp.is_some(), self.now()).await
    }

    /// Forgets how the mail servers fare.
    pub fn forget_relaying(&self) {
        self.counters.drop_relaying();
    }

    /// Forgets how the mailboxes fare.
    pub fn forget_fetching(&self) {
        self.counters.drop_fetching();
    }

    /// Forgets what is kept in memory of lists, rights and sessions.
    pub fn forget_lists(&self) {
        self.directory.drop_snapshot();
        self.sessions.drop_actors();
    }

    /// Gives the process number back.
    pub async fn close(&self) -> db::Result<()> {
        self.db.write(&process::FreeNumber { number: self.process }).await
    }
}

/// The day of a moment in a zone.
pub fn day_of(at: Timestamp, zone: &jiff::tz::TimeZone) -> Date {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    zone.to_datetime(at).date()
}

fn base_url(config: &Config) -> Result<BaseUrl, StartProblem> {
    config.check_base_url().map_err(|problem| StartProblem(problem.to_string()))?;
    BaseUrl::parse(&config.base_url).map_err(|_| {
        StartProblem("base_url must be like https://tickets.example.de, without a path".to_owned())
    })
}

fn mail_trust(config: &Config) -> Result<Trust, StartProblem> {
    let Some(file) = &config.mail_roots_file else { return Ok(Trust::Platform) };
    let shown = file.display();
    let pem = fs::read(file).map_err(|error| {
        StartProblem(format!(
            "cannot read mail_roots_file {shown} ({error}); name a file that Laufzettel can read"
        ))
    })?;
    Trust::from_pem(&pem).map_err(|_| {
        StartProblem(format!(
            "mail_roots_file {shown} holds no certificate in PEM form; put one there that begins with -----BEGIN CERTIFICATE-----"
        ))
    })
}

fn no_key(file: &Path, error: &io::Error) -> StartProblem {
    let shown = file.display();
    let what_to_do = match error.kind() {
        io::ErrorKind::InvalidData => "put the copy of the key there",
        io::ErrorKind::StorageFull => "free space there",
        _ => "let the user that runs Laufzettel read it, or set secret_key_file to another file",
    };
    StartProblem(format!("cannot read the master key {shown} ({error}); {what_to_do}"))
}

fn start_problem(failure: Failure) -> StartProblem {
    StartProblem(match failure.kind() {
        FailureKind::StorageFull => format!(
            "no space is left for the database ({failure}); free space on its disk and start again"
        ),
        _ => format!(
            "the database does not work: {failure}; see that it can be reached and written, then start again"
        ),
    })
}

struct CheckKey<'a> {
    check_value: String,
    fits: &'a (dyn Fn(&str) -> bool + Sync),
}

impl Operation for CheckKey<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<bool> {
        match setting::get(tx, KEY_CHECK_SETTING).await? {
            Some(stored) => Ok((self.fits)(&stored)),
            None => setting::set(tx, KEY_CHECK_SETTING, &self.check_value).await.map(|()| true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hinders_a_start_says_what_to_do() {
        let key = |kind: io::ErrorKind| no_key(Path::new("/k/key"), &kind.into()).to_string();
        assert!(key(io::ErrorKind::PermissionDenied).contains("set secret_key_file"));
        assert!(key(io::ErrorKind::InvalidData).contains("put the copy of the key there"));
        assert!(key(io::ErrorKind::StorageFull).contains("free space"));
        let full = Failure::of_kind(FailureKind::StorageFull, "database or disk is full");
        assert!(start_problem(full).to_string().contains("free space on its disk"));
    }
}
