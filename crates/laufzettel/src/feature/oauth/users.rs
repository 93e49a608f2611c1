//! What waits for tokens: mailboxes that are fetched and accounts by which mails leave.

use db::{Operation, Result, Tx};
use values::Timestamp;

use crate::feature::fetch::store::WantFetch;
use crate::feature::outbox::TryAgain;
use crate::record::MailboxId;
use crate::record::directory::Directory;
use crate::record::oauth::Provider;

/// What uses the sign-ins at a provider.
#[derive(Clone, Debug, Default)]
pub struct Users {
    mailboxes: Vec<MailboxId>,
    senders: Vec<i64>,
}

impl Users {
    /// All of a provider, or those of one account there.
    pub fn of(directory: &Directory, provider: Provider, account: Option<&str>) -> Self {
        let is_meant = |oauth: Option<String>, user: &str| {
            let is_there = oauth.as_deref() == Some(provider.code());
            is_there && account.is_none_or(|account| user.to_lowercase() == account)
        };
        let fetched = directory.mailboxes.iter().filter(|mailbox| mailbox.enabled);
        let mailboxes = fetched.filter(|mailbox| {
            let server = mailbox.source().server();
            server.is_some_and(|server| is_meant(server.oauth.clone(), server.signs_in()))
        });
        let senders = directory.senders.iter().filter(|sender| {
            let relay = sender.relay();
            relay.is_some_and(|relay| is_meant(relay.oauth, &relay.user.unwrap_or_default()))
        });
        Self {
            mailboxes: mailboxes.map(|mailbox| mailbox.id).collect(),
            senders: senders.map(|sender| sender.id.number()).collect(),
        }
    }

    /// Whether anything uses them.
    pub fn are_there(&self) -> bool {
        !self.mailboxes.is_empty() || !self.senders.is_empty()
    }

    /// Has them tried at once: what was wrong before may be mended.
    pub async fn wake(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        for mailbox in &self.mailboxes {
            WantFetch { mailbox: *mailbox, now }.run(tx).await?;
        }
        for account in &self.senders {
            TryAgain { account: *account, now }.run(tx).await?;
        }
        Ok(())
    }
}
