//! Stops a process between a commit on PostgreSQL and whatever it does next.

use std::time::Duration;

use db::testing::Server;
use db::{from_row, sql};
use testkit::wait;

use super::{House, PATIENCE, Process};

/// While this lock is held, no note of a dot is committed.
const HOLD: &str = "
    create function hold_dot() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(77); return null; end $$;
    create constraint trigger hold_dot after update on outbound_mail
        deferrable initially deferred for each row when (new.state = 'dot')
        execute function hold_dot();
    select pg_advisory_lock(77)";

const LET_GO: &str = "select pg_advisory_unlock(77)";

const TIDY_UP: &str = "drop trigger hold_dot on outbound_mail; drop function hold_dot()";

from_row! {
    struct Waiting {
        count: i64,
    }
}

/// The commit of the note before a dot waits for the test.
pub struct StopCommit(Server);

impl StopCommit {
    /// `None` on SQLite, where the commit is the process's own.
    pub async fn begin(house: &House) -> Option<Self> {
        let server = Server::connect(house.database.as_deref()?).await.unwrap();
        server.run(HOLD).await.unwrap();
        Some(Self(server))
    }

    /// Once the process waits for its commit, it stands still and the commit is made.
    pub async fn pause_behind(self, house: &House, process: &Process) {
        let begun = tokio::time::Instant::now();
        while waiting(house).await == 0 {
            assert!(begun.elapsed() < PATIENCE, "no commit\n{}", house.log());
            wait::pass(Duration::from_millis(10));
        }
        process.pause();
        self.0.run(LET_GO).await.unwrap();
        house.wait_for("dot").await;
        self.0.run(TIDY_UP).await.unwrap();
    }
}

async fn waiting(house: &House) -> i64 {
    let waiting: Waiting = house
        .app
        .db
        .one(
            sql!(
                sqlite: "select 0 as count",
                postgres: "select count(*) as count from pg_locks
                           where locktype = 'advisory' and not granted and database =
                               (select oid from pg_database where datname = current_database())"
            ),
            [],
        )
        .await
        .unwrap();
    waiting.count
}
