//! Fetching mails by POP3: connect, list, take what is new, delete what is decided, and again after a while.
//!
//! A mail is known by its account and its unique id. The server forgets deletions of a connection that breaks, so
//! a mail counts as deleted only after the farewell; until then the next visit deletes it again.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use mail::pop3::{Listed, Session, connect};
use values::Timestamp;

use super::Account;
use super::account::{Ended, POLL, well};
use super::store::{self, FinishServerStep, PendingUidl};
use super::supervisor::rest;
use crate::App;
use crate::feature::intake::store_mail::Stored;
use crate::feature::intake::{self, Arrival, Way};
use crate::record::MailId;
use crate::service::lease::Fence;

/// Unique ids asked for in one statement.
const ASKED_AT_ONCE: usize = 500;
/// Deletions of one visit.
const DELETED_AT_ONCE: i64 = 10_000;
/// How long a visit waits for the decisions about its mails; what is decided later is deleted by the next one.
const DECISION_WAIT: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Fetches until something ends it.
pub async fn run(app: &App, account: &Account, fence: &Fence) -> Result<(), Ended> {
    let mut visit = Visit { app, account, fence, before: HashSet::new() };
    loop {
        visit.once().await?;
        well(app, account).await?;
        rest(app, account, POLL).await;
    }
}

struct Visit<'a> {
    app: &'a App,
    account: &'a Account,
    fence: &'a Fence,
    /// Unique ids of mails that are older than the day from which mails are wanted.
    before: HashSet<String>,
}

impl Visit<'_> {
    async fn once(&mut self) -> Result<(), Ended> {
        let mut session = connect(&self.account.settings).await?;
        let listed = session.list().await?;
        self.fetch(&mut session, &listed).await?;
        self.decided().await?;
        self.finish(session, &listed).await
    }

    /// What the journal calls a mail: another account has other mails under the same ids.
    fn key(&self, mail: &Listed) -> String {
        let settings = &self.account.settings;
        format!("{}@{} {}", settings.user, settings.host.to_lowercase(), mail.uidl)
    }

    /// Takes what is not in the journal, at most as many mails as the mailbox takes at a time.
    async fn fetch(&mut self, session: &mut Session, listed: &[Listed]) -> Result<(), Ended> {
        let mut left = self.account.mailbox.options().mails_per_run.unwrap_or(i64::MAX);
        for part in listed.chunks(ASKED_AT_ONCE) {
            let keys: Vec<String> = part.iter().map(|mail| self.key(mail)).collect();
            let known: BTreeSet<String> =
                store::known_uidls(&self.app.db, self.account.mailbox.id, &keys).await?;
            let new = part.iter().zip(keys).filter(|(_, key)| !known.contains(key));
            for (mail, key) in new {
                if left <= 0 {
                    return Ok(());
                }
                if !self.before.contains(&mail.uidl) && self.take(session, mail, key).await? {
                    left -= 1;
                }
            }
        }
        Ok(())
    }

    /// Takes one mail; `false` if it is older than is wanted, or gone.
    async fn take(
        &mut self,
        session: &mut Session,
        mail: &Listed,
        key: String,
    ) -> Result<bool, Ended> {
        let from_date = self.account.mailbox.from_date;
        let is_large = mail.size > session.mail_bytes_max();
        let head = match from_date.is_some() || is_large {
            true => session.head(mail).await?,
            false => None,
        };
        if let (Some(from), Some(received)) = (from_date, head.as_deref().and_then(received_at))
            && received < from
        {
            self.before.insert(mail.uidl.clone());
            return Ok(false);
        }
        let bytes = if is_large { head } else { session.fetch(mail).await? };
        let Some(bytes) = bytes else { return Ok(false) };
        let arrival = Arrival {
            mailbox: self.account.mailbox.id,
            way: Way::Pop3 {
                uidl: key,
                fence: self.fence.clone(),
                left_bytes: is_large.then_some(mail.size),
            },
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: received_at(&bytes),
            is_archive: false,
        };
        match intake::store(self.app, &arrival, &bytes).await?.stored() {
            Stored::LeaseLost => Err(Ended::LeaseLost),
            Stored::New(_) | Stored::Known(_) => Ok(true),
        }
    }

    /// Waits a while for decisions that are on their way.
    async fn decided(&self) -> Result<(), Ended> {
        let mut waited = Duration::ZERO;
        while waited < DECISION_WAIT
            && store::undecided(&self.app.db, self.account.mailbox.id).await? > 0
        {
            tokio::time::sleep(LOOK_AGAIN).await;
            waited += LOOK_AGAIN;
        }
        Ok(())
    }

    /// Deletes what is decided, where that is wanted, and ends the connection.
    async fn finish(&self, mut session: Session, listed: &[Listed]) -> Result<(), Ended> {
        let mailbox = &self.account.mailbox;
        let pending = store::pending_uidls(&self.app.db, mailbox.id, DELETED_AT_ONCE).await?;
        let there: HashMap<String, &Listed> =
            listed.iter().map(|mail| (self.key(mail), mail)).collect();
        let is_left = |mail: &&PendingUidl| mail.left_bytes.is_some();
        let (left, whole): (Vec<&PendingUidl>, Vec<&PendingUidl>) =
            pending.iter().partition(is_left);
        if mailbox.after_import == "delete" {
            for mail in whole.iter().filter_map(|mail| there.get(&mail.uidl)) {
                session.delete(mail).await?;
            }
        }
        session.quit().await?;
        self.done(&whole, None).await?;
        self.done(&left, Some("too large to be taken whole; it stays as it is")).await
    }

    async fn done(&self, mails: &[&PendingUidl], words: Option<&str>) -> Result<(), Ended> {
        if mails.is_empty() {
            return Ok(());
        }
        let mails: Vec<MailId> = mails.iter().map(|mail| mail.id).collect();
        let done = FinishServerStep { mails: &mails, server: "done", words, fence: self.fence };
        match self.app.db.write(&done).await? {
            true => Ok(()),
            false => Err(Ended::LeaseLost),
        }
    }
}

/// When the server got a mail, as its own line in the head says; POP3 tells nothing else.
fn received_at(bytes: &[u8]) -> Option<Timestamp> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    mail::read::read(bytes.get(..end).unwrap_or(bytes)).received_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_line_of_the_head_says_when_a_mail_came() {
        let mail = b"Received: from b by c; Sat, 21 Nov 2026 10:00:00 +0100\r\n\
            Received: from a by b; Sat, 21 Nov 2026 09:00:00 +0100\r\nSubject: x\r\n\r\n\
            Received: from x by y; Sun, 22 Nov 2026 10:00:00 +0100\r\n";
        assert_eq!(received_at(mail), Some(Timestamp::from_millis(1_795_251_600_000)));
        assert_eq!(received_at(b"Subject: x\r\n\r\nText"), None);
    }
}
