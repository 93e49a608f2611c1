//! Senders: as whom mails leave, and by whose mail server (F-OUT-01).
//!
//! Saving asks no server: whether one works is tried on the page of the sender, and known when mails
//! leave by it.

pub mod api;
mod check;
mod facts;
mod form;
mod page;
mod show;
mod store;
mod trial;
mod web;
pub mod words;

use crate::App;
use crate::record::SenderId;
use crate::record::administration::{By, Change, Fact, Kind, Subject, differences};
use crate::record::sender::{Relay, Sender};
use crate::service::live;

use axum::Router;
use axum::routing::{get, post};
use db::{Operation, Result, Tx};
pub use trial::{Refused, Tried, try_account};

/// The addresses of the senders.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/senders", get(web::list).post(web::add))
        .route("/settings/senders/new", get(web::new))
        .route("/settings/senders/{id}", get(web::one).post(web::change))
        .route("/settings/senders/{id}/test", post(web::test))
        .route("/settings/senders/{id}/delete", post(web::delete))
}

/// A sender as somebody wants it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderForm {
    /// The address, as it is compared and stored.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// Whether it can be chosen.
    pub active: bool,
    /// Whether it stands in where nothing else decides.
    pub is_default: bool,
    /// Its own mail server; without one the configured one takes its mails.
    pub relay: Option<Relay>,
}

impl SenderForm {
    /// A sender as it is, to change some of it.
    pub fn of(sender: &Sender) -> Self {
        Self {
            address: sender.address.clone(),
            name: sender.name.clone(),
            active: sender.active,
            is_default: sender.is_default,
            relay: sender.relay(),
        }
    }
}

/// Makes or changes a sender. The form was checked before.
pub struct SaveSender<'a> {
    /// The sender as it shall be.
    pub form: &'a SenderForm,
    /// The one to change; `None` makes one.
    pub sender: Option<SenderId>,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// The sealed password; `None` leaves the stored one.
    pub sealed: Option<&'a [u8]>,
    /// Who does it.
    pub by: By<'a>,
}

/// How saving or deleting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The sender and its version.
    Done(SenderId, i64),
    /// There is no such sender.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// Another sender has this address.
    AddressTaken,
    /// It stands in where nothing else decides, so it cannot be switched off.
    IsDefault,
    /// Something still needs it.
    Used(Use),
}

/// What needs a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Answers of a mailbox leave as it.
    Mailbox,
    /// Answers of an area leave as it.
    Area,
    /// Mails have not left yet by its mail server.
    Mails,
}

impl Operation for SaveSender<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        if self.form.is_default && !self.form.active {
            return Ok(Ended::IsDefault);
        }
        let before = match self.sender {
            Some(sender) => match store::hold(tx, sender).await? {
                Some(before) => Some(before),
                None => return Ok(Ended::NotFound),
            },
            None => None,
        };
        let stored = before.as_ref().map_or(0, |before| before.version);
        if self.version.is_some_and(|version| version != stored) {
            return Ok(Ended::Stale);
        }
        let id = self.sender.unwrap_or_else(|| self.by.ids.next(self.by.now));
        if store::is_taken(tx, id, &self.form.address).await? {
            return Ok(Ended::AddressTaken);
        }
        let loses_server = before.as_ref().is_some_and(|before| before.relay().is_some());
        if loses_server && self.form.relay.is_none() && store::has_mails(tx, id).await? {
            return Ok(Ended::Used(Use::Mails));
        }
        if self.form.is_default {
            store::clear_default(tx, id).await?;
        }
        let version = stored + 1;
        store::upsert(tx, id, version, self).await?;
        self.record(tx, id, before.as_ref()).await?;
        store::forget_state(tx, id).await?;
        live::announce(tx, live::LISTS, id);
        Ok(Ended::Done(id, version))
    }
}

impl SaveSender<'_> {
    /// Writes down what is another now than it was before.
    async fn record(&self, tx: &mut Tx<'_>, id: SenderId, before: Option<&Sender>) -> Result<()> {
        let Some(after) = store::hold(tx, id).await? else { return Ok(()) };
        let values = before.map(facts::values).unwrap_or_default();
        let mut facts = differences(values, facts::values(&after));
        if self.sealed.is_some() {
            facts.push(Fact::new("password", None, None));
        }
        let kind = if before.is_some() { Kind::Changed } else { Kind::Added };
        record(tx, &self.by, &after, kind, facts).await
    }
}

async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    sender: &Sender,
    kind: Kind,
    facts: Vec<Fact>,
) -> Result<()> {
    let (id, name) = (sender.id.number(), sender.address.as_str());
    by.record(tx, &Change { subject: Subject::Sender, id, name, kind, facts }).await
}

/// Deletes a sender that nothing needs.
pub struct DeleteSender<'a> {
    /// The sender.
    pub sender: SenderId,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for DeleteSender<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(before) = store::hold(tx, self.sender).await? else {
            return Ok(Ended::NotFound);
        };
        if self.version.is_some_and(|version| version != before.version) {
            return Ok(Ended::Stale);
        }
        if let Some(used) = store::first_use(tx, self.sender).await? {
            return Ok(Ended::Used(used));
        }
        store::forget_state(tx, self.sender).await?;
        store::delete(tx, self.sender).await?;
        record(tx, &self.by, &before, Kind::Removed, Vec::new()).await?;
        live::announce(tx, live::LISTS, self.sender);
        Ok(Ended::Done(self.sender, before.version))
    }
}
