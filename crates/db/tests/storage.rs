//! What happens to the files of SQLite: the log stays short, copies are whole.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use db::{Db, FailureKind, MigrateOptions, Operation, Result, Step, Tx, params, sql};
use world::{InsertTicket, TABLES, World, ticket_count};

const MIB: u64 = 1 << 20;

struct Store {
    id: i64,
    body: Vec<u8>,
}

impl Operation for Store {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        InsertTicket { id: self.id, subject: "Drucker", assignee: None }.run(tx).await?;
        let statement = sql!("insert into message (ticket_id, body) values ($1, $2)");
        tx.execute(statement, params![self.id, &self.body]).await.map(drop)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_stays_short_while_operations_come_without_a_pause() {
    let world = World::on_sqlite().await;
    let next = Arc::new(AtomicI64::new(0));
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (db, next) = (world.db.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let id = next.fetch_add(1, Ordering::Relaxed);
                    if id >= 2_000 {
                        return;
                    }
                    db.write(&Store { id, body: vec![7; 100_000] }).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    let log = fs::metadata(world.folder().join("laufzettel.db-wal")).unwrap().len();
    let file = fs::metadata(world.file()).unwrap().len();
    assert!(log < 100 * MIB, "200 MiB were written, and the log has {} MiB", log / MIB);
    assert!(file > 100 * MIB, "the file has {} MiB", file / MIB);
}

#[tokio::test]
async fn a_closed_database_is_whole_in_one_file() {
    let world = World::on_sqlite().await;
    world.insert(1, "Drucker").await;

    world.db.close().await.unwrap();

    let copy = world.folder().join("copy.db");
    fs::copy(world.file(), &copy).unwrap();
    assert_eq!(ticket_count(&Db::open_sqlite(&copy).unwrap()).await, 1);
}

const NEXT: Step = Step::new("0002_tag", "create table tag (name {text} not null);");

#[tokio::test]
async fn the_database_is_copied_before_its_tables_are_changed() {
    let world = World::on_sqlite().await;
    world.insert(1, "Drucker").await;
    let options = MigrateOptions { copy_folder: Some(world.folder()), ..MigrateOptions::default() };
    let copy = world.folder().join("before-0002.db");

    world.db.migrate(&[TABLES], options).await.unwrap();
    assert!(!copy.exists(), "nothing was to be changed");
    world.db.migrate(&[TABLES, NEXT], options).await.unwrap();

    let before = Db::open_sqlite(&copy).unwrap();
    assert_eq!(ticket_count(&before).await, 1);
    before.migrate(&[TABLES], MigrateOptions::default()).await.unwrap();
}

#[tokio::test]
async fn the_tables_of_postgresql_are_changed_only_after_a_dump() {
    let world = World::on_postgres().await;

    let failure = world.db.migrate(&[TABLES, NEXT], MigrateOptions::default()).await.unwrap_err();

    assert_eq!(failure.kind(), FailureKind::DumpNeeded);
    assert!(failure.to_string().contains("--migrate"), "{failure}");
    world.db.migrate(&[TABLES, NEXT], world::FREELY).await.unwrap();
}
