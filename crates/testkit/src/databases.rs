//! A fresh, migrated database for every test, on either engine, in some milliseconds.
//!
//! The tables are built once and then copied: a file on SQLite, a template database on
//! PostgreSQL. Test processes share both, whether there is one or one for each test.

use std::fs;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use db::testing::Server;
use db::{Db, MigrateOptions, Step};
use tempfile::TempDir;

pub use db::Engine;

use crate::postgres;

/// The lock under which the template database is made.
const TEMPLATE_LOCK: &str = "select pg_advisory_lock(7305517)";

/// What a story takes: made from a fresh database.
pub trait FromDb: Sized {
    /// The steps that build its tables.
    fn steps() -> Vec<Step>;

    /// Made from a database that has these tables. The folder is empty but for the database file
    /// of SQLite, and goes away with the value that holds it.
    fn new(db: Db, folder: TempDir) -> impl Future<Output = Self> + Send;
}

/// A fresh database with its tables, as what a story takes.
pub async fn world<W: FromDb>(engine: Engine) -> W {
    let folder = tempfile::tempdir().unwrap();
    let db = match engine {
        Engine::Sqlite => {
            let file = folder.path().join("laufzettel.db");
            copy_sqlite(&W::steps(), &file).await;
            Db::open_sqlite(&file).unwrap()
        }
        Engine::Postgres => {
            let address = copy_postgres(&W::steps()).await;
            Db::open_postgres(&address).await.unwrap()
        }
    };
    W::new(db, folder).await
}

/// Makes a SQLite database with these tables at this path.
pub async fn copy_sqlite(steps: &[Step], target: &Path) {
    let template = template_folder().join(format!("{}.db", fingerprint(steps)));
    if !template.exists() {
        make_sqlite_template(steps, &template).await;
    }
    fs::copy(template, target).unwrap();
}

/// Several processes may do this at once; each renames a whole file into place.
async fn make_sqlite_template(steps: &[Step], template: &Path) {
    let folder = tempfile::tempdir_in(template_folder()).unwrap();
    let file = folder.path().join("template.db");
    let db = Db::open_sqlite(&file).unwrap();
    db.migrate(steps, MigrateOptions::default()).await.unwrap();
    db.close().await.unwrap();
    drop(db);
    fs::rename(file, template).unwrap();
}

/// Beside the test programs, so that it goes with the target folder.
fn template_folder() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.parent().unwrap().join("test-databases");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes a PostgreSQL database with these tables, and gives its address.
pub async fn copy_postgres(steps: &[Step]) -> String {
    let address = &postgres::server().address;
    let server = Server::connect(address).await.unwrap();
    let template = format!("template_{}", fingerprint(steps));
    if !server.databases().await.unwrap().contains(&template) {
        make_postgres_template(&server, steps, &template).await;
    }
    let name = new_name();
    // Copying files is quicker than writing them through the log, and needs no sync here.
    let statement = format!("create database {name} template {template} strategy file_copy");
    server.run(&statement).await.unwrap();
    tokio::spawn(drop_left_behind(server));
    postgres::with_database(address, &name)
}

/// Drops the databases of test processes that have ended; each has some 9 MB. If this process
/// ends first, the next one goes on.
async fn drop_left_behind(server: Server) {
    for name in server.databases().await.unwrap_or_default() {
        let process = name.strip_prefix("test_").and_then(|rest| rest.split('_').next());
        if process.is_some_and(has_ended) {
            // Another process may be dropping the same one.
            server.run(&format!("drop database if exists {name} with (force)")).await.ok();
        }
    }
}

async fn make_postgres_template(server: &Server, steps: &[Step], template: &str) {
    server.run(TEMPLATE_LOCK).await.unwrap();
    if !server.databases().await.unwrap().iter().any(|name| name == template) {
        let unfinished = new_name();
        server.run(&format!("create database {unfinished}")).await.unwrap();
        let address = postgres::with_database(&postgres::server().address, &unfinished);
        let db = Db::open_postgres(&address).await.unwrap();
        db.migrate(steps, MigrateOptions::default()).await.unwrap();
        drop(db);
        // The server waits until the connections of `db` are gone.
        let statement = format!("alter database {unfinished} rename to {template}");
        server.run(&statement).await.unwrap();
    }
    server.run("select pg_advisory_unlock_all()").await.unwrap();
}

/// Where processes cannot be looked up, none counts as ended.
fn has_ended(process: &str) -> bool {
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(process).exists()
}

/// A name that no other test process uses on the same server, and that tells the process.
fn new_name() -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    let chance = RandomState::new().build_hasher().finish();
    format!("test_{}_{chance:016x}_{number}", std::process::id())
}

fn fingerprint(steps: &[Step]) -> String {
    let mut hasher = DefaultHasher::new();
    for step in steps {
        (step.name(), step.text().sqlite, step.text().postgres).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
