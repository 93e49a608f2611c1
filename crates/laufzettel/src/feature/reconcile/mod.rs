//! The daily reconciliation of each mailbox: every mail that lies on its server is in the journal, and
//! every mail of the journal in a ticket or among the exceptions. What is missing is named.
//!
//! The server is asked by whoever fetches the mailbox, over the same connection. For mailboxes whose
//! mails are brought the journal itself says what was accepted: it is written before the acceptance.

pub mod api;
mod compare;
pub mod store;
mod web;

use std::time::Duration;

use axum::Router;
use axum::routing::post;
use db::{Operation, Result, Tx};
use serde::{Deserialize, Serialize};
use values::{IdMaker, Timestamp};

use crate::App;
use crate::record::MailboxId;
use crate::record::mailbox::{Mailbox, Source};
use crate::service::lease::{self, Fence};
use crate::service::live;

pub use compare::{Compared, compare, is_due};
use store::{Journal, NewReconciliation};

/// How often it is looked whether mailboxes are due whose mails are brought.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Missing mails that are named.
pub const NAMED_MAX: usize = 20;

/// The addresses of the reconciliation.
pub fn routes() -> Router<App> {
    Router::new().route("/mailboxes/{name}/reconcile", post(web::now))
}

/// A mail of the server that the journal does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its UID.
    pub uid: u32,
    /// Its subject.
    pub subject: String,
}

/// What the server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnServer {
    /// Mails in the folder that the mailbox takes.
    pub present: usize,
    /// Mails in the folder that are older than it takes mails.
    pub not_wanted: usize,
    /// Mails in the folder that the journal has.
    pub known: usize,
    /// Mails that the journal does not have.
    pub missing: usize,
    /// The first ones of them.
    pub named: Vec<Missing>,
}

/// Writes down a reconciliation.
pub struct Reconcile<'a> {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// What its server said, if it has one.
    pub server: Option<&'a OnServer>,
    /// What the journal said.
    pub journal: &'a Journal,
    /// The lease under which the server was asked.
    pub fence: Option<&'a Fence>,
    /// Makes its id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for Reconcile<'_> {
    /// Whether the lease was still held.
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if let Some(fence) = self.fence
            && !lease::is_held(tx, fence).await?
        {
            return Ok(false);
        }
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let nothing = OnServer::default();
        let server = self.server.unwrap_or(&nothing);
        let new = NewReconciliation {
            id: self.ids.next(self.now),
            mailbox: self.mailbox,
            at: self.now,
            on_server: self.server.map(|server| number(server.present)),
            not_wanted: number(server.not_wanted),
            left_server: self.server.map_or(0, |one| self.journal.all - number(one.known)),
            missing: number(server.missing),
            named: serde_json::json!(server.named).to_string(),
            journal: self.journal,
        };
        store::insert(tx, &new).await?;
        live::announce(tx, live::MAILBOX, self.mailbox);
        Ok(true)
    }
}

/// Reconciles the mailboxes whose mails are brought, once a day each. Runs until it is dropped.
pub async fn work(app: App) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        if let Err(failure) = all_brought(&app).await {
            tracing::warn!(%failure, "cannot reconcile the mailboxes");
        }
    }
}

async fn all_brought(app: &App) -> Result<()> {
    let directory = app.directory().await?;
    let brought = directory.mailboxes.iter();
    for mailbox in brought.filter(|one| one.enabled && !has_server(one)) {
        let last = app.db.read(&store::Last(mailbox.id)).await?;
        if is_due(last, app.now(), &app.config.time_zone) {
            from_journal(app, mailbox.id).await?;
        }
    }
    Ok(())
}

/// Whether a mailbox has a server that can be asked.
pub fn has_server(mailbox: &Mailbox) -> bool {
    !matches!(mailbox.source(), Source::Push {})
}

/// Reconciles a mailbox by the journal alone.
pub async fn from_journal(app: &App, mailbox: MailboxId) -> Result<()> {
    let journal = app.db.read_long(&store::ReadJournal(mailbox)).await?;
    let now = app.now();
    let reconcile =
        Reconcile { mailbox, server: None, journal: &journal, fence: None, ids: &app.ids, now };
    app.db.write(&reconcile).await.map(drop)
}

/// Whether a mailbox is to be reconciled now: it is due, or somebody wants it.
pub async fn is_wanted(app: &App, mailbox: MailboxId) -> Result<bool> {
    let last = app.db.read(&store::Last(mailbox)).await?;
    Ok(is_due(last, app.now(), &app.config.time_zone)
        || app.db.read(&store::Wanted(mailbox)).await?)
}

/// Asks for a mailbox to be reconciled now, in whichever process fetches it.
pub struct WantReconciliation {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Whether the whole folder is listed before, so that what is missing is fetched.
    pub relist: Relist,
    /// The present moment.
    pub now: Timestamp,
}

/// Whether the folder is listed from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relist {
    /// All of it.
    Whole,
    /// What is new.
    New,
}

impl Operation for WantReconciliation {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::want(tx, self.mailbox, self.now).await?;
        if self.relist == Relist::Whole {
            store::list_again(tx, self.mailbox).await?;
        }
        live::announce(tx, live::MAILBOX, self.mailbox);
        Ok(())
    }
}
