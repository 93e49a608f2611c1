//! Mails that other programs bring by LMTP (RFC 2033).

use std::future::Future;
use std::sync::Arc;

use db::{Failure, FailureKind};
use mail::lmtp::{DeliverAnswer, Envelope, Handler, RecipientAnswer, ServeLimits, serve};
use tokio::net::TcpListener;
use values::EmailAddress;

use crate::App;
use crate::feature::intake::{self, Arrival, Way};
use crate::record::MailboxId;
use crate::record::directory::Directory;

/// Takes mails until `shutdown` is ready.
pub async fn listen(app: App, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let limits = ServeLimits { host: app.base_url.host().to_owned(), ..ServeLimits::default() };
    serve(listener, Arc::new(Receiver { app }), limits, shutdown).await;
}

struct Receiver {
    app: App,
}

impl Receiver {
    /// The mailbox that has an address, also with the ticket in it (`hilfe+lz…@example.de`).
    async fn mailbox(&self, address: &EmailAddress) -> db::Result<Found> {
        match Found::of(&*self.app.directory().await?, address) {
            Found::Nothing => Ok(Found::of(&*self.app.directory_anew().await?, address)),
            found => Ok(found),
        }
    }
}

/// What has an address.
enum Found {
    /// This mailbox.
    Mailbox(MailboxId),
    /// A mailbox that takes nothing at present. Whoever brings mails keeps them for days, and
    /// they are not lost if that was a mistake.
    SwitchedOff,
    /// No mailbox.
    Nothing,
}

impl Found {
    fn of(directory: &Directory, address: &EmailAddress) -> Self {
        let plain = plain(address);
        let found = directory.mailboxes.iter().find(|mailbox| {
            let addresses = mailbox.addresses();
            addresses.contains(address) || addresses.contains(&plain)
        });
        found.map_or(Self::Nothing, |mailbox| {
            match mailbox.enabled && directory.mail_rules.processing {
                true => Self::Mailbox(mailbox.id),
                false => Self::SwitchedOff,
            }
        })
    }
}

/// The address without what stands behind the last plus sign (RFC 5233).
fn plain(address: &EmailAddress) -> EmailAddress {
    let local = address.local_part().rsplit_once("+lz").map(|(local, _)| local);
    let plain = local.map(|local| format!("{local}@{}", address.domain()));
    plain.and_then(|plain| EmailAddress::parse(&plain).ok()).unwrap_or_else(|| address.clone())
}

impl Handler for Receiver {
    async fn recipient(&self, address: &EmailAddress) -> RecipientAnswer {
        match self.mailbox(address).await {
            Ok(Found::Mailbox(_)) => RecipientAnswer::Accept,
            Ok(Found::SwitchedOff) => RecipientAnswer::TryLater,
            Ok(Found::Nothing) => RecipientAnswer::Unknown,
            Err(failure) => {
                tracing::error!(%failure, "cannot look up a recipient");
                RecipientAnswer::TryLater
            }
        }
    }

    /// One mail for several mailboxes is stored once for each; equal mailboxes get it once.
    async fn deliver(&self, mail: Envelope) -> Vec<DeliverAnswer> {
        let mut stored: Vec<(MailboxId, DeliverAnswer)> = Vec::new();
        let mut answers = Vec::new();
        for recipient in &mail.recipients {
            let answer = match self.mailbox(recipient).await {
                Ok(Found::Mailbox(mailbox)) => {
                    let known = stored.iter().find(|(known, _)| *known == mailbox);
                    match known.map(|(_, answer)| *answer) {
                        Some(answer) => answer,
                        None => {
                            let answer = self.store(mailbox, &mail).await;
                            stored.push((mailbox, answer));
                            answer
                        }
                    }
                }
                Ok(Found::Nothing) => DeliverAnswer::Refused,
                Ok(Found::SwitchedOff) | Err(_) => DeliverAnswer::TryLater,
            };
            answers.push(answer);
        }
        answers
    }
}

impl Receiver {
    async fn store(&self, mailbox: MailboxId, mail: &Envelope) -> DeliverAnswer {
        let arrival = Arrival {
            mailbox,
            way: Way::Lmtp,
            envelope_from: Some(mail.from.clone()),
            envelope_to: mail.recipients.iter().map(ToString::to_string).collect(),
            internal_date: None,
            is_archive: false,
        };
        match intake::store(&self.app, &arrival, &mail.bytes).await {
            Ok(_) => DeliverAnswer::Stored,
            Err(failure) => {
                if failure.kind() != FailureKind::StorageFull {
                    tracing::error!(%failure, "cannot store a mail");
                }
                not_stored(&failure)
            }
        }
    }
}

/// What the client is told about a mail that could not be stored.
fn not_stored(failure: &Failure) -> DeliverAnswer {
    match failure.kind() {
        FailureKind::StorageFull => DeliverAnswer::StorageFull,
        _ => DeliverAnswer::TryLater,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_other_failures() {
        let full = Failure::of_kind(FailureKind::StorageFull, "no space left on device");
        assert_eq!(not_stored(&full), DeliverAnswer::StorageFull);
        let busy = Failure::of_kind(FailureKind::Busy, "locked");
        assert_eq!(not_stored(&busy), DeliverAnswer::TryLater);
    }
}
