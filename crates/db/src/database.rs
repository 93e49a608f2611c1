//! The handle of the whole product on its database.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::broadcast;
use tokio::time::Instant;
use values::Histogram;

use crate::fullness::Fullness;
use crate::migration::{self, HasTable, Migrate, StoredSteps};
use crate::postgres::{self, Postgres};
use crate::sqlite::{self, Sqlite};
use crate::transfer;
use crate::view::Session;
use crate::{
    Doing, Dump, Failure, FailureKind, FromRow, GroupLimits, MigrateOptions, Notice, Operation,
    Param, PostgresOptions, Query, Reading, Result, Sql, Step, View,
};

/// How often an operation is run again after a lost race.
const RACE_RETRIES_MAX: u32 = 5;
/// The pause before the first retry; each further one is one step longer.
const RACE_PAUSE: Duration = Duration::from_millis(3);
/// Notices a slow listener may lag behind before it misses some.
const NOTICES_KEPT_MAX: usize = 1024;

/// Which of the two engines runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// The server.
    Postgres,
}

impl Engine {
    pub(crate) fn text(self, sql: Sql) -> &'static str {
        match self {
            Self::Sqlite => sql.sqlite,
            Self::Postgres => sql.postgres,
        }
    }
}

/// The database. Cheap to clone; all clones are the same database.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
}

struct Shared {
    driver: Driver,
    notices: broadcast::Sender<Notice>,
    statements_run: AtomicU64,
    fullness: Fullness,
    write_times: Histogram,
}

pub(crate) enum Driver {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Opens or creates a SQLite database in a file. (There is no in-memory database: readers and
    /// the writer are several connections.)
    pub fn open_sqlite(path: &Path) -> Result<Self> {
        Self::open_sqlite_with(path, GroupLimits::default())
    }

    /// Opens or creates a SQLite database whose groups have these limits.
    pub fn open_sqlite_with(path: &Path, limits: GroupLimits) -> Result<Self> {
        let notices = broadcast::Sender::new(NOTICES_KEPT_MAX);
        let sqlite = Sqlite::open(path, limits, notices.clone())?;
        Ok(Self::new(Driver::Sqlite(sqlite), notices))
    }

    /// Opens a PostgreSQL database. `address` is a connection string or URL.
    pub async fn open_postgres(address: &str) -> Result<Self> {
        Self::open_postgres_with(address, &PostgresOptions::default()).await
    }

    /// Opens a PostgreSQL database with options that its address cannot express.
    pub async fn open_postgres_with(address: &str, options: &PostgresOptions<'_>) -> Result<Self> {
        let notices = broadcast::Sender::new(NOTICES_KEPT_MAX);
        let postgres = Postgres::open(address, options, notices.clone()).await?;
        Ok(Self::new(Driver::Postgres(postgres), notices))
    }

    fn new(driver: Driver, notices: broadcast::Sender<Notice>) -> Self {
        let (statements_run, fullness) = (AtomicU64::new(0), Fullness::default());
        let write_times = Histogram::default();
        let shared = Shared { driver, notices, statements_run, fullness, write_times };
        Self { shared: Arc::new(shared) }
    }

    /// Runs one operation: its changes are durable when this returns `Ok`, and none is kept when
    /// it returns `Err`, with the one exception of [`FailureKind::ConnectionLost`].
    ///
    /// A dropped future before the operation has ended keeps nothing. After that the change may
    /// still be committed, as with any request whose sender hung up.
    pub async fn write<O: Operation>(&self, operation: &O) -> Result<O::Outcome> {
        let (mut retries, begun) = (0, Instant::now());
        loop {
            match self.write_once(operation).await {
                Err(failure)
                    if failure.kind() == FailureKind::LostRace && retries < RACE_RETRIES_MAX =>
                {
                    retries += 1;
                    tokio::time::sleep(RACE_PAUSE * retries).await;
                }
                result => {
                    self.shared.write_times.note(begun.elapsed());
                    self.shared.fullness.learn(&result, Instant::now());
                    return result;
                }
            }
        }
    }

    /// Whether the disk of the database is full: an operation found no space, and since then none
    /// proved the contrary.
    pub fn is_storage_full(&self) -> bool {
        self.shared.fullness.is_full()
    }

    async fn write_once<O: Operation>(&self, operation: &O) -> Result<O::Outcome> {
        let statements_run = &self.shared.statements_run;
        match &self.shared.driver {
            Driver::Sqlite(sqlite) => sqlite.write(operation, statements_run).await,
            Driver::Postgres(postgres) => postgres.write(operation, statements_run).await,
        }
    }

    /// Runs several statements that see the same moment of the committed database.
    pub async fn read<R: Reading>(&self, reading: &R) -> Result<R::Outcome> {
        let statements_run = &self.shared.statements_run;
        match &self.shared.driver {
            Driver::Sqlite(sqlite) => sqlite.read(reading, statements_run).await,
            Driver::Postgres(postgres) => postgres.read(reading, statements_run).await,
        }
    }

    /// Like [`Self::read`], for a reading that may take longer than a few milliseconds: a search, a
    /// count, an export. SQLite computes in place; this tells the runtime to let other threads
    /// take over the tasks of this one.
    pub async fn read_long<R: Reading>(&self, reading: &R) -> Result<R::Outcome> {
        let runtime = Handle::current();
        let is_in_place = self.engine() == Engine::Sqlite;
        match runtime.runtime_flavor() {
            RuntimeFlavor::MultiThread if is_in_place => {
                tokio::task::block_in_place(|| runtime.block_on(self.read(reading)))
            }
            _ => self.read(reading).await,
        }
    }

    /// Runs the migration steps that have not run yet, all of them or none.
    ///
    /// [`FailureKind::NewerDatabase`] if the database has steps that are not in the list, and
    /// [`FailureKind::DumpNeeded`] if a PostgreSQL database with content would be changed
    /// and nobody said that there is a dump.
    pub async fn migrate(&self, steps: &[Step], options: MigrateOptions<'_>) -> Result<()> {
        migration::check(steps)?;
        let stored = self.read(&StoredSteps).await.doing("reading the migrations that have run")?;
        let pending = migration::pending(steps, &stored, self.engine())?;
        if pending.is_empty() {
            return Ok(());
        }
        if !stored.is_empty() {
            self.protect_content(options, &migration::copy_name(&pending)).await?;
        }
        self.write(&Migrate { steps }).await
    }

    async fn protect_content(&self, options: MigrateOptions<'_>, copy_name: &str) -> Result<()> {
        match (&self.shared.driver, options) {
            (Driver::Sqlite(sqlite), MigrateOptions { copy_folder: Some(folder), .. }) => {
                let doing = "copying the database before its tables are changed";
                sqlite.copy_to(&folder.join(copy_name)).await.doing(doing)
            }
            (Driver::Postgres(_), MigrateOptions { dump: Dump::Missing, .. }) => {
                let cause = "the tables of the database have to be changed for this version; \
                             take a dump with pg_dump, then start once with --migrate";
                Err(Failure::new(FailureKind::DumpNeeded, cause))
            }
            _ => Ok(()),
        }
    }

    /// Whether a copy of another database into this one has begun and not ended.
    pub async fn is_move_unfinished(&self) -> Result<bool> {
        self.read(&HasTable { name: transfer::UNFINISHED }).await
    }

    pub(crate) fn driver(&self) -> &Driver {
        &self.shared.driver
    }

    /// Moves everything into the database file at the end of the process (SQLite), so that the
    /// file alone is the whole database. Without it the next start does so.
    pub async fn close(&self) -> Result<()> {
        match &self.shared.driver {
            Driver::Sqlite(sqlite) => sqlite.empty_log().await.doing("emptying the log"),
            Driver::Postgres(_) => Ok(()),
        }
    }

    /// All rows of one statement. It has a `limit`, or its result is small by nature.
    pub async fn all<T: FromRow + Send>(
        &self,
        sql: Sql,
        params: impl AsRef<[Param]> + Send,
    ) -> Result<Vec<T>> {
        self.lend().await?.view(self).all(sql, params).await
    }

    /// The first row of one statement, or `None`.
    pub async fn optional<T: FromRow + Send>(
        &self,
        sql: Sql,
        params: impl AsRef<[Param]> + Send,
    ) -> Result<Option<T>> {
        self.lend().await?.view(self).optional(sql, params).await
    }

    /// The first row of one statement that always has one, like a count.
    pub async fn one<T: FromRow + Send>(
        &self,
        sql: Sql,
        params: impl AsRef<[Param]> + Send,
    ) -> Result<T> {
        self.lend().await?.view(self).one(sql, params).await
    }

    /// All rows of a list whose filter was put together at run time.
    pub async fn list<T: FromRow + Send>(&self, query: &Query) -> Result<Vec<T>> {
        self.lend().await?.view(self).list(query).await
    }

    /// Listens to the notices of all operations committed from now on, by this process and, on
    /// PostgreSQL, by others. Each comes once.
    pub fn listen(&self) -> broadcast::Receiver<Notice> {
        self.shared.notices.subscribe()
    }

    /// How long operations took, from the call to the durable answer.
    pub fn write_times(&self) -> &Histogram {
        &self.shared.write_times
    }

    /// Tells the listeners of this process alone, for what another one did that has no way to tell.
    pub fn announce_here(&self, notice: Notice) {
        // Nobody listens: that is fine, a notice is only a hint.
        self.shared.notices.send(notice).ok();
    }

    /// The number of statements run so far, for tests that find a query in a loop.
    pub fn statements_run(&self) -> u64 {
        self.shared.statements_run.load(Ordering::Relaxed)
    }

    /// Which engine runs, for tests and reports. A feature never asks.
    pub fn engine(&self) -> Engine {
        match self.shared.driver {
            Driver::Sqlite(_) => Engine::Sqlite,
            Driver::Postgres(_) => Engine::Postgres,
        }
    }

    /// Has the engine parse and plan a statement, without running it.
    pub async fn prepare(&self, text: &str) -> Result<()> {
        match self.lend().await? {
            Lent::Sqlite(connection) => Ok(connection.prepare(text).map(drop)?),
            Lent::Postgres(client) => Ok(client.prepare(text).await.map(drop)?),
        }
    }

    /// How the engine would run a query, a line per step: the test of query plans reads it.
    ///
    /// Values that are not bound count as missing ones. PostgreSQL is told to avoid reading a
    /// whole table where it can, because in a small table it always would.
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>> {
        let text = query.text(self.engine());
        match self.lend().await? {
            Lent::Sqlite(connection) => sqlite::explain(&connection, &text),
            Lent::Postgres(mut client) => postgres::explain(&mut client, &text).await,
        }
    }

    /// Makes the next commit fail on SQLite, for tests of what happens then.
    #[cfg(feature = "testing")]
    pub async fn fail_next_commit(&self) -> Result<()> {
        match &self.shared.driver {
            Driver::Sqlite(sqlite) => sqlite.fail_next_commit().await,
            Driver::Postgres(_) => Err(Failure::other("only SQLite can be made to fail")),
        }
    }

    async fn lend(&self) -> Result<Lent> {
        match &self.shared.driver {
            Driver::Sqlite(sqlite) => sqlite.lend().await.map(Lent::Sqlite),
            Driver::Postgres(postgres) => postgres.lend().await.map(Lent::Postgres),
        }
    }
}

/// A connection lent from the pool for one statement outside any transaction.
enum Lent {
    Sqlite(sqlite::LentReader),
    Postgres(deadpool_postgres::Client),
}

impl Lent {
    fn view<'a>(&'a mut self, db: &'a Db) -> View<'a> {
        let session = match self {
            Self::Sqlite(connection) => Session::Sqlite(connection),
            Self::Postgres(client) => Session::Postgres(postgres::Session::Client(client)),
        };
        View::new(session, &db.shared.statements_run)
    }
}
