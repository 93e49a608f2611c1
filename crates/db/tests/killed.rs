//! A process is killed at fifty random moments; what it had acknowledged is there afterwards.
//!
//! A killed process does not lose what the operating system has taken over, so this proves the
//! order of commit and answer, not that the disk was synced. That takes a power cut.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use db::{Db, MigrateOptions, Operation, Result, Tx, from_row, params, sql};
use tokio::task::JoinSet;
use world::{InsertTicket, TABLES};

/// Kills, unless a variable asks for more.
const KILLS: i64 = 50;
/// The variable.
const ROUNDS: &str = "LAUFZETTEL_FAULT_ROUNDS";
const IDS_PER_RUN: i64 = 1_000_000;
const TASKS: usize = 16;

/// Where the process that is to be killed finds the database file and its first id.
const FILE: &str = "KILLED_FILE";
const FIRST_ID: &str = "KILLED_FIRST_ID";

from_row! {
    struct Whole {
        id: i64,
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_fifty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("killed.db");
    let mut acknowledged_in_all = 0;
    let kills = env::var(ROUNDS).map_or(KILLS, |rounds| rounds.parse().unwrap());
    for run in 1..=kills {
        // A prime step spreads the moments over the first few groups and the later ones.
        let lines_before_kill = (run * 37) % 211;
        let acknowledged = run_and_kill(&file, run * IDS_PER_RUN, lines_before_kill as usize);
        acknowledged_in_all += acknowledged.len();

        let db = opened(&file).await;
        let stored = whole_tickets(&db, run * IDS_PER_RUN).await;
        let missing: Vec<_> = acknowledged.difference(&stored).collect();
        assert!(missing.is_empty(), "run {run}: acknowledged and lost: {missing:?}");
    }
    assert!(acknowledged_in_all > 1000, "only {acknowledged_in_all}: the kills come too early");
}

/// Starts this test program once more as the process below, and gives everything that it printed
/// until it was dead.
fn run_and_kill(file: &Path, first_id: i64, lines_before_kill: usize) -> BTreeSet<i64> {
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", "acknowledge_for_ever", "--ignored", "--nocapture"])
        .env(FILE, file)
        .env(FIRST_ID, first_id.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    // What the test program itself prints is not a number.
    let mut ids = lines.filter_map(|line| line.unwrap().parse::<i64>().ok());
    let mut acknowledged: BTreeSet<i64> = ids.by_ref().take(lines_before_kill).collect();
    process.kill().unwrap();
    acknowledged.extend(ids);
    process.wait().unwrap();
    acknowledged
}

/// The process that is killed: it writes as fast as it can, prints the id of each ticket when it
/// is durable, and never ends.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs until it is killed; the test above starts it"]
async fn acknowledge_for_ever() {
    let file = PathBuf::from(env::var(FILE).unwrap());
    let first: i64 = env::var(FIRST_ID).unwrap().parse().unwrap();
    let db = opened(&file).await;
    let next = Arc::new(AtomicI64::new(first));
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        tasks.spawn(acknowledge(db.clone(), Arc::clone(&next)));
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap().unwrap();
    }
}

async fn acknowledge(db: Db, next: Arc<AtomicI64>) -> Result<()> {
    loop {
        let id = next.fetch_add(1, Ordering::Relaxed);
        db.write(&OpenTicket { id }).await?;
        // Standard output is written line by line, so a line is out when this returns.
        println!("\n{id}");
    }
}

/// A ticket and what belongs to it.
struct OpenTicket {
    id: i64,
}

impl Operation for OpenTicket {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        InsertTicket { id: self.id, subject: "Drucker", assignee: None }.run(tx).await?;
        for body in ["Er raucht.", "Bitte rufen Sie mich an."] {
            let statement = sql!("insert into message (ticket_id, body) values ($1, $2)");
            tx.execute(statement, params![self.id, body.as_bytes()]).await?;
        }
        Ok(())
    }
}

async fn opened(file: &Path) -> Db {
    let db = Db::open_sqlite(file).unwrap();
    db.migrate(&[TABLES], MigrateOptions::default()).await.unwrap();
    db
}

/// Tickets that are there with everything that belongs to them; half a ticket does not count.
async fn whole_tickets(db: &Db, first_id: i64) -> BTreeSet<i64> {
    let statement = sql!(
        "select t.id
         from ticket t
         join message m on m.ticket_id = t.id
         where t.id >= $1
         group by t.id
         having count(*) = 2"
    );
    let rows: Vec<Whole> = db.all(statement, params![first_id]).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}
