//! The worker that brings tickets back. Of several processes one does it.

use std::time::Duration;

use db::{Operation, Reading, Result, Tx, View};
use rules::status::{Stage, StatusKind};
use serde_json::json;
use values::{IdMaker, Timestamp};

use super::store;
use crate::App;
use crate::record::TicketId;
use crate::record::directory::Directory;
use crate::service::history::{self, Event};
use crate::service::lease::{self, Fence, TakeLease};
use crate::service::live;
use crate::service::watch::Round;

/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Tickets of one look.
const TICKETS_MAX: i64 = 100;
/// The name of the lease.
const LEASE: &str = "resubmissions";

/// Runs until its future is dropped.
pub async fn work(app: App) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        let take = TakeLease { name: LEASE, holder: app.process, now: app.now() };
        let looked = match app.db.write(&take).await {
            Ok(Some(fence)) => due(&app, &fence).await,
            // Another process does it.
            Ok(None) => Ok(()),
            Err(failure) => Err(failure),
        };
        app.watch.ran(Round::Resubmissions, app.now(), &looked);
        if let Err(failure) = looked {
            tracing::error!(%failure, "cannot bring tickets back");
        }
    }
}

/// Brings back all tickets that are due.
pub async fn due(app: &App, fence: &Fence) -> Result<()> {
    let directory = app.directory().await?;
    for ticket in app.db.read(&FindDue { now: app.now() }).await? {
        let (ids, now) = (&app.ids, app.now());
        let back = ComeBack { ticket, fence, directory: &directory, ids, now };
        if app.db.write(&back).await? == Back::LeaseLost {
            return Ok(());
        }
    }
    Ok(())
}

struct FindDue {
    now: Timestamp,
}

impl Reading for FindDue {
    type Outcome = Vec<TicketId>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<TicketId>> {
        store::due(view, self.now, TICKETS_MAX).await
    }
}

/// Brings a ticket back.
pub struct ComeBack<'a> {
    /// The ticket.
    pub ticket: TicketId,
    /// The lease under which it is done.
    pub fence: &'a Fence,
    /// The lists.
    pub directory: &'a Directory,
    /// Makes ids.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

/// How bringing back ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// It is back.
    Done,
    /// Somebody chose another day meanwhile.
    NotDue,
    /// Another process does this now.
    LeaseLost,
}

impl Operation for ComeBack<'_> {
    type Outcome = Back;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Back> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(Back::LeaseLost);
        }
        let Some(waiting) = store::hold(tx, self.ticket, self.now).await? else {
            return Ok(Back::NotDue);
        };
        let stage = waiting.stage.0;
        let becomes = match stage {
            Stage::Waiting => self.directory.status_of_kind(StatusKind::InProgress),
            _ => None,
        };
        // What is closed stays closed: the day was forgotten, not meant.
        let unseen = waiting.unseen || matches!(stage, Stage::Open | Stage::Waiting);
        store::bring_back(tx, self.ticket, becomes, unseen, self.now).await?;
        self.record(tx, "resubmitted", json!({ "at": waiting.resubmit_at.millis() })).await?;
        if let Some(status) = becomes {
            let detail = json!({
                "from": waiting.status.to_string(), "to": status.id.to_string(), "by": "resubmission",
            });
            self.record(tx, "status_changed", detail).await?;
        }
        live::announce(tx, live::TICKET, self.ticket);
        Ok(Back::Done)
    }
}

impl ComeBack<'_> {
    async fn record(
        &self,
        tx: &mut Tx<'_>,
        kind: &'static str,
        detail: serde_json::Value,
    ) -> Result<()> {
        let (ticket, ids) = (self.ticket, self.ids);
        history::record(tx, Event { ticket, kind, agent: None, at: self.now, detail, ids }).await
    }
}
