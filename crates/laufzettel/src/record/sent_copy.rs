//! Copies of sent mails in the Sent folder of the account as which they left, by choice of its
//! mailbox (decision 20). What is to be copied is written in the transaction that records a mail as
//! taken; a worker copies it later and touches nothing else.

use std::time::Duration;

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::directory::Directory;
use super::mailbox::{Mailbox, Source};
use super::{MailboxId, OutboundId, TicketId};
use crate::service::outbox::Kind;

/// Providers that file a copy themselves are given this time to do so.
const COPY_AFTER: Duration = Duration::from_secs(5);

/// A mail that a server has taken for somebody.
pub struct Left<'a> {
    /// The mail.
    pub mail: OutboundId,
    /// Its ticket.
    pub ticket: Option<TicketId>,
    /// What it is ([`Kind`]).
    pub kind: &'a str,
    /// As whom it left.
    pub from_address: &'a str,
}

/// The mailbox with an account as which a mail leaves: the one with the sender's address, else the
/// ticket's own if it sends as this sender.
pub fn account<'a>(
    directory: &'a Directory,
    from_address: &str,
    of_ticket: Option<MailboxId>,
) -> Option<&'a Mailbox> {
    let has_address = |mailbox: &&Mailbox| {
        let addresses = mailbox.addresses();
        addresses.iter().any(|own| own.as_str().eq_ignore_ascii_case(from_address))
    };
    let sends_so = |mailbox: &&Mailbox| {
        let sender = mailbox.sender.and_then(|id| directory.sender(id));
        sender.is_some_and(|sender| sender.address.eq_ignore_ascii_case(from_address))
    };
    let by_address = directory.mailboxes.iter().find(has_address);
    let by_ticket =
        || of_ticket.and_then(|id| directory.mailbox_by_id(id)).filter(|mailbox| sends_so(mailbox));
    let mailbox = by_address.or_else(by_ticket)?;
    let is_fetched = matches!(mailbox.source(), Source::Imap { .. });
    (mailbox.enabled && is_fetched).then_some(mailbox)
}

/// Notes that a mail is to be copied, once, if its mailbox asks for it. Notices to the team are no
/// correspondence of the mailbox.
pub async fn put(
    tx: &mut Tx<'_>,
    directory: &Directory,
    left: &Left<'_>,
    now: Timestamp,
) -> Result<()> {
    let is_asked = directory.mailboxes.iter().any(|mailbox| mailbox.sent_folder.is_some());
    if !is_asked || left.kind == Kind::Notice.code() {
        return Ok(());
    }
    let of_ticket = match left.ticket {
        Some(ticket) => mailbox_of(tx, ticket).await?,
        None => None,
    };
    let mailbox = account(directory, left.from_address, of_ticket);
    let Some(mailbox) = mailbox.filter(|mailbox| mailbox.sent_folder.is_some()) else {
        return Ok(());
    };
    tx.execute(
        sql!(
            "insert into sent_copy (mail, mailbox, state, created_at, next_at, attempts, changed_at)
             values ($1, $2, 'waiting', $3, $4, 0, $3)
             on conflict (mail) do nothing"
        ),
        params![left.mail, mailbox.id, now, now.plus(COPY_AFTER)],
    )
    .await
    .map(drop)
}

from_row! {
    struct MailboxRow {
        mailbox: Option<MailboxId>,
    }
}

/// The mailbox of the last mail in a ticket.
async fn mailbox_of(view: &mut View<'_>, ticket: TicketId) -> Result<Option<MailboxId>> {
    let row: Option<MailboxRow> = view
        .optional(
            sql!(
                "select j.mailbox from message m join inbound_mail j on j.id = m.mail
                 where m.ticket = $1 order by m.id desc limit 1"
            ),
            params![ticket],
        )
        .await?;
    Ok(row.and_then(|row| row.mailbox))
}

from_row! {
    /// Where the copy of a mail stands.
    #[derive(Clone, Debug)]
    pub struct SentCopy {
        /// `waiting`, `copied`, `found` or `given_up`.
        pub state: String,
        /// When it is tried next.
        pub next_at: Option<Timestamp>,
        /// Tries that failed.
        pub attempts: i64,
        /// The folder in which it lies, or was to lie at the last try.
        pub folder: Option<String>,
        /// What the server said last.
        pub words: Option<String>,
        /// When that was.
        pub changed_at: Timestamp,
    }
}

/// The copy of a mail, if one is asked for.
pub async fn of_mail(view: &mut View<'_>, mail: OutboundId) -> Result<Option<SentCopy>> {
    view.optional(
        sql!(
            "select state, next_at, attempts, folder, words, changed_at
             from sent_copy where mail = $1"
        ),
        params![mail],
    )
    .await
}
