//! StoreMail: the bytes of a mail become durable, before anything is decided about it.

use db::{Failure, Operation, Result, Tx};
use mail::imap::Flags;
use values::Timestamp;

use super::store::journal::{self as store, Waiting};
use super::store::uidl;
use crate::record::{MailId, MailboxId};
use crate::service::blobs::{self, Prepared};
use crate::service::lease::{self, Fence};
use crate::service::live;

/// How a mail came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Fetched from a folder of an account: (folder, UIDVALIDITY, UID) names it (RFC 9051 2.3.1.1).
    Imap {
        /// The folder.
        folder: String,
        /// The folder's UIDVALIDITY.
        uidvalidity: u32,
        /// The mail's UID.
        uid: u32,
        /// The lease under which it was fetched.
        fence: Fence,
        /// Its size, if only its head was taken because it is too large.
        left_bytes: Option<u32>,
        /// Whether it lies in a Sent folder: somebody of the team wrote it.
        is_sent: bool,
        /// Its marks on the server, for rules that ask for them (F-MAIL-46).
        flags: Flags,
    },
    /// Fetched from an account by POP3.
    Pop3 {
        /// The account, and the mail's unique id there (RFC 1939 section 7).
        uidl: String,
        /// The lease under which it was fetched.
        fence: Fence,
        /// Its size, if only its head was taken because it is too large.
        left_bytes: Option<u32>,
    },
    /// Brought by a mail server (RFC 2033).
    Lmtp,
    /// `laufzettel deliver`.
    Deliver,
    /// `laufzettel import`; the same bytes in the same mailbox are stored once.
    Import,
    /// `POST /mailboxes/{name}/mails`.
    Api,
}

impl Way {
    /// The stored word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Imap { is_sent: true, .. } => "sent",
            Self::Imap { .. } => "imap",
            Self::Pop3 { .. } => "pop3",
            Self::Lmtp => "lmtp",
            Self::Deliver => "deliver",
            Self::Import => "import",
            Self::Api => "api",
        }
    }
}

/// The outside of a mail.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The mailbox it is for.
    pub mailbox: MailboxId,
    /// How it came.
    pub way: Way,
    /// The sender in the envelope (RFC 5321 `MAIL FROM`), empty for a bounce.
    pub envelope_from: Option<String>,
    /// The recipients in the envelope.
    pub envelope_to: Vec<String>,
    /// When the server got it.
    pub internal_date: Option<Timestamp>,
    /// Whether it is history: no automatic answers, no notifications, times kept.
    pub is_archive: bool,
}

/// Makes a mail durable.
pub struct StoreMail<'a> {
    /// The entry of the journal it becomes.
    pub id: MailId,
    /// Its outside.
    pub arrival: &'a Arrival,
    /// What it is called, so that its answers wait until it is decided.
    pub message_id: Option<&'a str>,
    /// Its bytes.
    pub raw: &'a Prepared,
    /// The present moment.
    pub now: Timestamp,
}

impl StoreMail<'_> {
    /// What its entry says once it is stored. A fetched mail had one before, which says more.
    pub fn waiting(&self, id: MailId) -> Option<Waiting> {
        let is_brought = !matches!(self.arrival.way, Way::Imap { .. } | Way::Pop3 { .. });
        is_brought.then(|| Waiting {
            id,
            mailbox: self.arrival.mailbox,
            envelope_from: self.arrival.envelope_from.clone(),
            envelope_to: Some(self.arrival.envelope_to.join(" ")),
            internal_date: self.arrival.internal_date,
            arrived_at: self.now,
            raw_hash: self.raw.hash.to_vec(),
            size_bytes: i64::try_from(self.raw.size_bytes).unwrap_or(i64::MAX),
            archive: self.arrival.is_archive,
            attempts: 0,
            deaths: 0,
            left_bytes: None,
            is_sent: false,
            was_seen: false,
            was_answered: false,
        })
    }
}

/// How storing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is durable and waits for its decision.
    New(MailId),
    /// The same delivery was stored before.
    Known(MailId),
    /// Another process fetches this mailbox now; nothing was kept.
    LeaseLost,
}

impl Operation for StoreMail<'_> {
    type Outcome = Stored;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Stored> {
        if let Way::Imap { fence, .. } | Way::Pop3 { fence, .. } = &self.arrival.way
            && !lease::is_held(tx, fence).await?
        {
            return Ok(Stored::LeaseLost);
        }
        if self.arrival.way == Way::Import
            && let Some(known) = store::same_import(tx, self).await?
        {
            return Ok(Stored::Known(known));
        }
        let stored = match &self.arrival.way {
            Way::Imap { .. } => store::insert_fetched(tx, self).await?,
            Way::Pop3 { .. } => uidl::insert_by_uidl(tx, self).await?,
            _ => store::insert_brought(tx, self).await.map(|()| Some(self.id))?,
        };
        match stored {
            Some(id) => {
                blobs::insert(tx, self.raw).await?;
                live::announce(tx, live::STORED, id);
                Ok(Stored::New(id))
            }
            None => store::known_delivery(tx, self)
                .await?
                .map(Stored::Known)
                .ok_or_else(|| Failure::other("a delivery is neither new nor known")),
        }
    }
}

/// Writes down which mails lie on the server, before any of them is fetched.
pub struct NoteSeen<'a> {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The folder.
    pub folder: &'a str,
    /// The folder's UIDVALIDITY.
    pub uidvalidity: u32,
    /// The mails: an id for the journal, the UID, the size in bytes.
    pub mails: &'a [(MailId, u32, u64)],
    /// The lease under which they were listed.
    pub fence: &'a Fence,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for NoteSeen<'_> {
    /// Whether the lease was still held.
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        for (id, uid, size_bytes) in self.mails {
            store::note_seen(tx, self, *id, *uid, *size_bytes).await?;
        }
        Ok(true)
    }
}
