//! A fresh database with a few tables for every test.

#![allow(dead_code, reason = "every test target uses another part of the world")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use db::{
    Db, Dump, GroupLimits, MigrateOptions, Operation, Result, Step, Tx, from_row, params, sql,
};
use tempfile::TempDir;
use testkit::FromDb;

/// The one step of these tests.
pub const TABLES: Step = Step::new(
    "0001_tables",
    "create table agent (
         id {int} not null primary key,
         name {text} not null
     );
     create table ticket (
         id {int} not null primary key,
         subject {text} not null,
         status {text} not null check (status in ('open', 'waiting')),
         assignee_id {int} references agent (id)
     );
     create table message (
         ticket_id {int} not null references ticket (id),
         body {blob}
     );
     create index message_by_ticket on message (ticket_id);",
);

/// A database with tables and nothing in them.
pub struct World {
    pub db: Db,
    folder: TempDir,
}

impl FromDb for World {
    fn steps() -> Vec<Step> {
        vec![TABLES]
    }

    async fn new(db: Db, folder: TempDir) -> Self {
        Self { db, folder }
    }
}

impl World {
    pub async fn on_sqlite() -> Self {
        testkit::world(db::Engine::Sqlite).await
    }

    pub async fn on_postgres() -> Self {
        testkit::world(db::Engine::Postgres).await
    }

    /// Groups wait for as long as a test likes, so that a slow machine does not change the order.
    pub async fn on_sqlite_with_patient_groups() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let limits = GroupLimits { age_max: Duration::from_secs(3600), ..GroupLimits::default() };
        let db = Db::open_sqlite_with(&folder.path().join("laufzettel.db"), limits).unwrap();
        db.migrate(&[TABLES], MigrateOptions::default()).await.unwrap();
        Self { db, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the database, on SQLite.
    pub fn file(&self) -> PathBuf {
        self.folder().join("laufzettel.db")
    }

    pub async fn insert(&self, id: i64, subject: &str) {
        self.db.write(&InsertTicket { id, subject, assignee: None }).await.unwrap();
    }

    pub async fn ticket_count(&self) -> i64 {
        ticket_count(&self.db).await
    }
}

/// Options with which a migration may change everything and copies nothing.
pub const FREELY: MigrateOptions<'static> = MigrateOptions { copy_folder: None, dump: Dump::Taken };

pub async fn ticket_count(db: &Db) -> i64 {
    let count: Count = db.one(sql!("select count(*) as number from ticket"), []).await.unwrap();
    count.number
}

from_row! {
    pub struct Count {
        pub number: i64,
    }
}

pub struct InsertTicket<'a> {
    pub id: i64,
    pub subject: &'a str,
    pub assignee: Option<i64>,
}

impl Operation for InsertTicket<'_> {
    type Outcome = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let statement = sql!(
            "insert into ticket (id, subject, status, assignee_id) values ($1, $2, 'open', $3)"
        );
        tx.execute(statement, params![self.id, self.subject, self.assignee]).await
    }
}
