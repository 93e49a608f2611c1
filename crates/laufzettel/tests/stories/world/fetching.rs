//! The workers that fetch mails and decide about them.

use std::time::Duration;

use db::{from_row, params, sql};
use laufzettel::feature::{fetch, intake};
use testkit::wait;
use tokio::task::JoinHandle;

use super::World;
use super::browser::Browser;

/// Both workers; dropped, they end.
pub struct Fetching([JoinHandle<()>; 2]);

impl Drop for Fetching {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

from_row! {
    /// A mail of the journal, as its account knows it.
    #[derive(Debug, PartialEq, Eq)]
    pub struct Journal {
        pub folder: String,
        pub state: String,
        pub server: String,
        pub attempts: i64,
    }
}

impl World {
    /// Somebody fetches mails and decides about them.
    pub fn fetching(&self) -> Fetching {
        Fetching([
            tokio::spawn(fetch::supervise(self.app.clone())),
            tokio::spawn(intake::work(self.app.clone())),
        ])
    }

    /// The journal, in the order in which the mails came.
    pub async fn journal(&self) -> Vec<Journal> {
        self.app
            .db
            .all(
                sql!(
                    "select coalesce(folder, '') as folder, state, server, attempts
                     from inbound_mail order by id limit 1000"
                ),
                [],
            )
            .await
            .unwrap()
    }

    /// Waits until the journal is so, and gives it.
    pub async fn journal_when(&self, is_so: impl Fn(&[Journal]) -> bool) -> Vec<Journal> {
        for _ in 0..2000 {
            let journal = self.journal().await;
            if is_so(&journal) {
                return journal;
            }
            tokio::task::yield_now().await;
            wait::pass(Duration::from_millis(10));
        }
        panic!("never so: {:?}", self.journal().await)
    }

    /// Has a mailbox fetched again and again until the journal is so: what is pressed while a run ends is
    /// taken for that run.
    pub async fn fetches_until(&self, by: &Browser, is_so: impl Fn(&[Journal]) -> bool) {
        for _ in 0..200 {
            by.post("/mailboxes/hilfe/fetch", "").await;
            for _ in 0..20 {
                if is_so(&self.journal().await) {
                    return;
                }
                tokio::task::yield_now().await;
                wait::pass(Duration::from_millis(10));
            }
        }
        panic!("never so: {:?}", self.journal().await)
    }

    /// Waits until a mailbox has this problem.
    pub async fn problem_when(&self, mailbox: &str, problem: &str) {
        from_row! {
            struct Row {
                problem: String,
            }
        }
        for _ in 0..2000 {
            let rows: Vec<Row> = self
                .app
                .db
                .all(
                    sql!(
                        "select coalesce(s.problem, '') as problem
                         from mailbox_state s join mailbox m on m.id = s.mailbox
                         where m.name = $1"
                    ),
                    params![mailbox],
                )
                .await
                .unwrap();
            if rows.iter().any(|row| row.problem == problem) {
                return;
            }
            tokio::task::yield_now().await;
            wait::pass(Duration::from_millis(10));
        }
        panic!("{mailbox} never had the problem {problem}")
    }
}
