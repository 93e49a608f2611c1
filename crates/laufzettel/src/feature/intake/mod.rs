//! Intake: a mail becomes durable, then a ticket or a message of one, with the evidence for it.
//!
//! Storing and deciding are two operations. A mail is acknowledged when it is stored; its decision
//! follows within moments, or at the next start if the process ended in between.

mod addressed;
mod answer;
pub mod api;
mod apply;
pub mod archive;
mod beside;
mod bounce;
pub mod by_hand;
pub mod facts;
pub mod fresh;
pub mod glance;
mod handling;
pub mod kept;
pub mod line;
mod outcome;
mod pool;
mod read;
mod ruled;
mod sent;
mod silent;
mod sort;
pub mod store;
pub mod store_mail;
mod told;
mod wanted;
mod worker;

use std::time::Duration;

use db::{Failure, Result};
use values::Timestamp;

use crate::App;
use crate::record::{MailId, Message};

pub use apply::{Applied, ApplyMail};
pub use outcome::{Outcome, find};
pub use read::NO_SUBJECT;
pub use store_mail::{Arrival, StoreMail, Stored, Way};
pub use worker::{ENDED, FAILED, TOO_LONG, work};
use worker::{Moment, Try};

/// A stored mail on its way to its decision.
#[derive(Clone, Copy, Debug)]
pub struct StoredMail(Stored);

impl StoredMail {
    /// A mail whose storing ended so.
    pub fn of(stored: Stored) -> Self {
        Self(stored)
    }

    /// How storing ended.
    pub fn stored(self) -> Stored {
        self.0
    }

    /// Whether the mail was not there before.
    pub fn is_new(self) -> bool {
        matches!(self.0, Stored::New(_))
    }

    /// The entry of the journal, unless nothing was kept.
    pub fn mail(self) -> Option<MailId> {
        match self.0 {
            Stored::New(mail) | Stored::Known(mail) => Some(mail),
            Stored::LeaseLost => None,
        }
    }
}

/// Makes a mail durable. When this returns, the sender's side may forget it.
pub async fn store(app: &App, arrival: &Arrival, bytes: &[u8]) -> Result<StoredMail> {
    store_at(app, arrival, bytes, app.now()).await
}

/// Makes a mail durable that arrived at a moment of the past.
pub async fn store_at(
    app: &App,
    arrival: &Arrival,
    bytes: &[u8],
    now: Timestamp,
) -> Result<StoredMail> {
    let raw = app.blobs.prepare(bytes)?;
    let message_id = line::thread_of(bytes).message_id;
    let mail = StoreMail {
        id: app.ids.next(now),
        arrival,
        message_id: message_id.as_deref(),
        raw: &raw,
        now,
    };
    let stored = app.db.write(&mail).await?;
    if let Stored::New(id) = stored {
        app.fresh_mails.put(id, mail.waiting(id), bytes);
    }
    app.stored.notify_one();
    Ok(StoredMail(stored))
}

/// Decides about a stored mail.
pub async fn decide(app: &App, stored: StoredMail) -> Result<Outcome> {
    decide_by(app, stored, Moment::Present).await
}

/// Decides about a stored mail as at a moment of the past.
pub async fn decide_at(app: &App, stored: StoredMail, now: Timestamp) -> Result<Outcome> {
    decide_by(app, stored, Moment::Past(now)).await
}

async fn decide_by(app: &App, stored: StoredMail, moment: Moment) -> Result<Outcome> {
    let mail = stored.mail().ok_or_else(|| Failure::other("the mail was not kept"))?;
    worker::decide(app, mail, moment, Try::Fresh).await?;
    find(app, mail).await
}

/// Decides, and gives up waiting after a while: the mail is durable, its decision will follow.
pub async fn decide_within(app: &App, stored: StoredMail, wait: Duration) -> Result<Outcome> {
    let mail = stored.mail().ok_or_else(|| Failure::other("the mail was not kept"))?;
    match tokio::time::timeout(wait, decide(app, stored)).await {
        Ok(outcome) => outcome,
        Err(_) => Ok(Outcome::accepted(mail)),
    }
}

/// The id of a message: its time part is the message's own time, so that a conversation is in
/// order by id (decision 2).
pub(crate) fn message_id(app: &App, at: Timestamp) -> values::Id<Message> {
    app.ids.next_by_date(at)
}
