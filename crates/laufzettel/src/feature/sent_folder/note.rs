//! What is written down about copies.

use std::time::Duration;

use db::{Operation, Reading, Result, Tx, View};
use rules::sending::next_try;
use values::Timestamp;

use super::store::{self, Copy, Tried};
use crate::record::{MailboxId, OutboundId};
use crate::service::lease::{self, Fence};
use crate::service::live;

/// Reads the copies of a mailbox that are due.
pub struct ReadDue {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The present moment.
    pub now: Timestamp,
    /// So many at most.
    pub limit: i64,
}

impl Reading for ReadDue {
    type Outcome = Vec<Copy>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Copy>> {
        store::due(view, self.mailbox, self.now, self.limit).await
    }
}

/// Asks just before a mail is put into its folder whether it is still ours to do so.
pub struct MayPut<'a> {
    /// The lease of the mailbox.
    pub fence: &'a Fence,
    /// The mail.
    pub mail: OutboundId,
}

impl Operation for MayPut<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        Ok(lease::is_held(tx, self.fence).await? && store::still_waits(tx, self.mail).await?)
    }
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail was put there.
    Copied,
    /// The mail lay there.
    Found,
    /// Neither; the words say why. Not tried again before the pause is over.
    Failed {
        /// The server's words, or ours.
        words: String,
        /// At least so long.
        pause: Duration,
    },
    /// Nobody wants it any more.
    Dropped,
}

/// Writes down how a try ended. `false` if the lease is lost.
pub struct NoteTried<'a> {
    /// The lease of the mailbox.
    pub fence: &'a Fence,
    /// The copy.
    pub copy: &'a Copy,
    /// The folder.
    pub folder: Option<&'a str>,
    /// How it ended.
    pub outcome: &'a Outcome,
    /// The present moment.
    pub now: Timestamp,
    /// Any number, to spread the next tries.
    pub chance: u32,
}

impl Operation for NoteTried<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        let next_at = self.next_at();
        let (state, words) = match self.outcome {
            Outcome::Copied => ("copied", None),
            Outcome::Found => ("found", None),
            Outcome::Failed { words, .. } if next_at.is_some() => ("waiting", Some(words.as_str())),
            Outcome::Failed { words, .. } => ("given_up", Some(words.as_str())),
            Outcome::Dropped => ("given_up", None),
        };
        let failed = matches!(self.outcome, Outcome::Failed { .. });
        let (mail, folder) = (self.copy.mail, self.folder);
        let tried = Tried { mail, state, next_at, failed, folder, words };
        store::write_tried(tx, &tried, self.now).await?;
        live::announce(tx, live::OUTBOX, mail);
        Ok(true)
    }
}

impl NoteTried<'_> {
    /// A copy is tried as often and as long as a mail (RFC 5321 section 4.5.4.1).
    fn next_at(&self) -> Option<Timestamp> {
        let Outcome::Failed { pause, .. } = self.outcome else { return None };
        let tries = u32::try_from(self.copy.attempts).unwrap_or(u32::MAX).saturating_add(1);
        let next = next_try(tries, self.copy.created_at, self.now, self.chance)?;
        Some(next.max(self.now.plus(*pause)))
    }
}

/// What was put off is tried at once: the settings of a mailbox are new.
pub struct TryNow {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for TryNow {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::try_now(tx, self.mailbox, self.now).await
    }
}
