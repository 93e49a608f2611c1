//! What several transactions at once do on PostgreSQL. (On SQLite there is one at a time.)

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod gate;
mod world;

use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, FailureKind, Notice, Operation, PostgresOptions, Result, Tx, params, sql};
use gate::{Gate, soon, until_at_gate};
use tokio::sync::Barrier;
use world::{Count, TABLES, World};

/// Locks two tickets, and waits in between until another operation has locked one as well.
struct LockBoth<'a> {
    first: i64,
    second: i64,
    both_hold_one: &'a Barrier,
    tries: AtomicU32,
}

impl Operation for LockBoth<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        lock(tx, self.first).await?;
        if self.tries.fetch_add(1, Ordering::Relaxed) == 0 {
            self.both_hold_one.wait().await;
        }
        lock(tx, self.second).await?;
        Ok(())
    }
}

async fn lock(tx: &mut Tx<'_>, ticket: i64) -> Result<u64> {
    let statement = sql!(
        sqlite: "select id from ticket where id = $1",
        postgres: "select id from ticket where id = $1 for update"
    );
    tx.execute(statement, params![ticket]).await
}

#[tokio::test]
async fn the_loser_of_a_deadlock_is_run_again() {
    let world = World::on_postgres().await;
    let (one, two) = (1, 2);
    world.insert(one, "Drucker").await;
    world.insert(two, "Telefon").await;
    let both_hold_one = &Barrier::new(2);
    let lock = |first, second| LockBoth { first, second, both_hold_one, tries: AtomicU32::new(0) };
    let (forwards, backwards) = (lock(one, two), lock(two, one));

    let (first, second) = tokio::join!(world.db.write(&forwards), world.db.write(&backwards));

    first.unwrap();
    second.unwrap();
    // Three, or more if the loser comes back before the winner has woken up.
    let tries = forwards.tries.into_inner() + backwards.tries.into_inner();
    assert!(tries >= 3, "nobody was run again");
}

#[tokio::test]
async fn an_operation_dropped_while_it_runs_frees_its_rows_at_once() {
    let world = World::on_postgres().await;
    let shut = Gate::shut();
    let dropped = shut.insert(1);
    let mut future = Box::pin(world.db.write(&dropped));
    until_at_gate(&mut future, &dropped).await;

    drop(future);

    assert_eq!(world.ticket_count().await, 0);
    world.db.write(&Gate::opened().insert(1)).await.unwrap();
    assert_eq!(world.ticket_count().await, 1);
}

/// Ends its own connection, as a restart of the server would.
struct LoseTheConnection;

impl Operation for LoseTheConnection {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let statement = sql!(
            sqlite: "select 1",
            postgres: "select cast(pg_terminate_backend(pg_backend_pid()) as int)"
        );
        tx.execute(statement, []).await.map(drop)
    }
}

#[tokio::test]
async fn a_lost_connection_is_named_and_replaced() {
    let world = World::on_postgres().await;

    for id in 1..20 {
        let failure = world.db.write(&LoseTheConnection).await.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::ConnectionLost);
        world.db.write(&Gate::opened().insert(id)).await.unwrap();
    }
}

#[tokio::test]
async fn the_notices_of_one_process_reach_the_others_once() {
    let address = testkit::databases::copy_postgres(&[TABLES]).await;
    let one = Db::open_postgres(&address).await.unwrap();
    let other = Db::open_postgres(&address).await.unwrap();
    let (mut own, mut others) = (one.listen(), other.listen());

    one.write(&Gate::opened().insert(7)).await.unwrap();
    one.write(&Gate::opened().insert(8)).await.unwrap();

    for id in [7, 8] {
        let expected = Notice { topic: "ticket", id };
        assert_eq!(soon(others.recv()).await.unwrap(), expected);
        assert_eq!(soon(own.recv()).await.unwrap(), expected);
    }
    // What the other says afterwards is the next to come: nothing came twice.
    other.write(&Gate::opened().insert(9)).await.unwrap();
    assert_eq!(soon(own.recv()).await.unwrap().id, 9);
    assert_eq!(soon(others.recv()).await.unwrap().id, 9);
}

#[tokio::test]
async fn notices_come_again_after_the_server_has_ended_the_connection() {
    let address = testkit::databases::copy_postgres(&[TABLES]).await;
    let one = Db::open_postgres(&address).await.unwrap();
    let other = Db::open_postgres(&address).await.unwrap();
    let mut notices = other.listen();

    one.write(&EndListening).await.unwrap();

    let mut id = 100;
    while notices.try_recv().is_err() {
        id += 1;
        one.write(&Gate::opened().insert(id)).await.unwrap();
        assert!(id < 100_000, "no notice came");
    }
}

/// Ends the connections on which the processes of this database listen.
struct EndListening;

impl Operation for EndListening {
    type Outcome = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let statement = sql!(
            sqlite: "select 1",
            postgres: "select cast(pg_terminate_backend(pid) as int)
                       from pg_stat_activity
                       where datname = current_database() and query like 'listen %'"
        );
        tx.execute(statement, []).await
    }
}

#[tokio::test]
async fn an_encrypted_connection_needs_a_trusted_certificate() {
    let server = testkit::postgres::server();
    let address = format!("{} sslmode=require", server.address);
    let trusting =
        PostgresOptions { root_certificate_file: Some(server.root_certificate_file.as_path()) };
    let statement = sql!(
        sqlite: "select 1 as number",
        postgres: "select cast(ssl as int) as number
                   from pg_stat_ssl
                   where pid = pg_backend_pid()"
    );

    let db = Db::open_postgres_with(&address, &trusting).await.unwrap();

    let encrypted: Count = db.one(statement, []).await.unwrap();
    assert_eq!(encrypted.number, 1);
    let failure = Db::open_postgres(&address).await.err().unwrap().to_string();
    assert!(failure.contains("certificate"), "{failure}");
    let other_name = address.replace("host=127.0.0.1", "host=localhost");
    let failure = Db::open_postgres_with(&other_name, &trusting).await.err().unwrap().to_string();
    assert!(failure.contains("certificate"), "{failure}");
}
