//! Operations that stop at a gate, so that a test decides what happens while they run.

#![allow(dead_code, reason = "every test target uses another part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;

use db::{Notice, Operation, Result, Tx, from_row, params, sql};
use tokio::sync::watch;

/// Operations wait here in the middle of their turn.
pub struct Gate {
    is_open: watch::Sender<bool>,
}

impl Gate {
    pub fn shut() -> Self {
        Self { is_open: watch::Sender::new(false) }
    }

    pub fn opened() -> Self {
        Self { is_open: watch::Sender::new(true) }
    }

    pub fn open(&self) {
        self.is_open.send_replace(true);
    }

    /// Inserts a ticket, and then waits at the gate.
    pub fn insert(&self, id: i64) -> Gated {
        self.then(id, Act::Succeed)
    }

    /// Inserts a ticket, waits at the gate, and then does this.
    pub fn then(&self, id: i64, act: Act) -> Gated {
        Gated { ticket: id, is_open: self.is_open.subscribe(), act, arrivals: AtomicU32::new(0) }
    }
}

/// What an operation does after the gate.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Succeed,
    InsertAgain,
    SwallowFailure,
    Panic,
    FillTheDisk,
}

pub struct Gated {
    ticket: i64,
    is_open: watch::Receiver<bool>,
    act: Act,
    arrivals: AtomicU32,
}

impl Gated {
    /// How often it came to the gate.
    pub fn arrived(&self) -> u32 {
        self.arrivals.load(Ordering::Relaxed)
    }
}

impl Operation for Gated {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        insert(tx, self.ticket, "Drucker").await?;
        tx.announce(Notice { topic: "ticket", id: self.ticket });
        self.arrivals.fetch_add(1, Ordering::Relaxed);
        self.is_open.clone().wait_for(|is_open| *is_open).await.unwrap();
        match self.act {
            Act::Succeed => Ok(()),
            Act::InsertAgain => insert(tx, self.ticket, "Drucker").await,
            Act::SwallowFailure => {
                insert(tx, self.ticket, "Drucker").await.unwrap_err();
                Ok(())
            }
            Act::Panic => panic!("the operation panics on purpose"),
            Act::FillTheDisk => fill_the_disk(tx).await,
        }
    }
}

async fn insert(tx: &mut Tx<'_>, ticket: i64, subject: &str) -> Result<()> {
    let statement = sql!("insert into ticket (id, subject, status) values ($1, $2, 'open')");
    tx.execute(statement, params![ticket, subject]).await.map(drop)
}

from_row! {
    struct PageCount {
        max_page_count: i64,
    }
}

/// Lets the file grow no further, writes more than fits, and gives the space back.
async fn fill_the_disk(tx: &mut Tx<'_>) -> Result<()> {
    let limit = sql!(
        sqlite: "pragma max_page_count = 1",
        postgres: "select 1 as max_page_count"
    );
    let limit: PageCount = tx.one(limit, []).await?;
    assert!(limit.max_page_count > 1, "SQLite keeps the pages that are there");
    insert(tx, i64::MAX, &"x".repeat(1_000_000)).await
}

/// Polls once, with a waker that the runtime knows.
pub async fn is_pending<F: Future>(future: &mut Pin<Box<F>>) -> bool {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await
}

/// Polls until the operation stands at its gate. The seat may still be taken for a moment: an
/// operation is answered just before the committing thread leaves.
pub async fn until_at_gate<F: Future>(future: &mut Pin<Box<F>>, operation: &Gated) {
    while operation.arrived() == 0 {
        assert!(is_pending(future).await);
        tokio::task::yield_now().await;
    }
}

/// Waits for something that must come; a test that hangs tells nobody why.
pub async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(20), future).await.unwrap()
}
