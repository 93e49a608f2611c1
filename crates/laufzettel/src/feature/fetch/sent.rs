//! Replies that people write in another mail program: what appears in the Sent folder of an account and answers a
//! ticket is taken (by choice). Nothing else there is read beyond its head, and nothing is written down of it.
//!
//! The folder is watched from the moment on at which somebody chose so: what lies there before is left alone.

use mail::imap::{FetchOutcome, Folder, ImapProblem, Session};
use mail::read::{Mail, read};
use rules::subject::{Strength, candidates};

use super::Account;
use super::account::Ended;
use super::store::{self, Cursor, SetCursor};
use crate::App;
use crate::feature::intake::store_mail::Stored;
use crate::feature::intake::{self, Arrival, Way};
use crate::record::mail_rules::is_mailbox;
use crate::service::lease::Fence;
use crate::service::mail_ids::{self, OwnReference};

/// Mails of one visit; the next one goes on.
const LOOKED_AT: usize = 200;

/// Looks through what came into the Sent folder since the last visit.
pub async fn visit(
    app: &App,
    account: &Account,
    fence: &Fence,
    session: &mut Session,
) -> Result<(), Ended> {
    let Some(name) = account.mailbox.sent_folder.as_deref() else { return Ok(()) };
    if !account.mailbox.options().reads_sent {
        return Ok(());
    }
    let folder = match session.select(name).await {
        Ok(folder) => folder,
        // It may be made with the first copy.
        Err(ImapProblem::FolderMissing { .. }) => return Ok(()),
        Err(problem) => return Err(problem.into()),
    };
    Visit { app, account, fence, name, uidvalidity: folder.uid_validity }
        .look(session, &folder)
        .await
}

struct Visit<'a> {
    app: &'a App,
    account: &'a Account,
    fence: &'a Fence,
    name: &'a str,
    uidvalidity: u32,
}

impl Visit<'_> {
    async fn look(&self, session: &mut Session, folder: &Folder) -> Result<(), Ended> {
        let cursor = store::cursor(&self.app.db, self.account.mailbox.id, self.name).await?;
        let same = cursor.filter(|cursor| cursor.uidvalidity == i64::from(self.uidvalidity));
        let Some(cursor) = same else {
            let highest = session.uids(1..=u32::MAX).await?.last().copied().unwrap_or(0);
            let next = folder.uid_next.unwrap_or(0).max(highest + 1);
            return self.remember(next).await;
        };
        let from = u32::try_from(cursor.uid_next).unwrap_or(u32::MAX).max(1);
        let uids = session.uids(from..=u32::MAX).await?;
        // `n:*` names the last mail even where it lies before n (RFC 9051 section 9).
        for uid in uids.into_iter().filter(|uid| *uid >= from).take(LOOKED_AT) {
            self.take(session, uid).await?;
            self.remember(uid.saturating_add(1)).await?;
        }
        Ok(())
    }

    /// Takes a mail if one of the team answers a ticket with it.
    async fn take(&self, session: &mut Session, uid: u32) -> Result<(), Ended> {
        let Some(head) = session.head(uid).await? else { return Ok(()) };
        if !self.is_wanted(&read(&head)).await? {
            return Ok(());
        }
        let FetchOutcome::Whole(mail) = session.fetch(uid).await? else { return Ok(()) };
        let arrival = Arrival {
            mailbox: self.account.mailbox.id,
            way: Way::Imap {
                folder: self.name.to_owned(),
                uidvalidity: self.uidvalidity,
                uid,
                fence: self.fence.clone(),
                left_bytes: None,
                is_sent: true,
                flags: mail.listed.flags,
            },
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: mail.listed.internal_date,
            is_archive: false,
        };
        match intake::store(self.app, &arrival, &mail.bytes).await?.stored() {
            Stored::LeaseLost => Err(Ended::LeaseLost),
            Stored::New(_) | Stored::Known(_) => Ok(()),
        }
    }

    async fn is_wanted(&self, head: &Mail) -> Result<bool, Ended> {
        let keys = &self.app.keys;
        let own = |id: &str| mail_ids::own_reference(keys, id);
        let is_ours = head.message_id.as_deref().and_then(own) == Some(OwnReference::Message);
        if is_ours || !self.is_of_team(head).await? {
            return Ok(false);
        }
        let ids: Vec<&str> =
            head.in_reply_to.iter().chain(&head.references).map(String::as_str).collect();
        if ids.iter().any(|id| own(id).is_some()) {
            return Ok(true);
        }
        let numbers: Vec<String> = candidates(&head.subject)
            .into_iter()
            .filter(|found| found.strength == Strength::OwnTag)
            .map(|found| found.number)
            .collect();
        Ok(store::names_ticket(&self.app.db, &ids, &numbers).await?)
    }

    /// Whether the author has an address of the house.
    async fn is_of_team(&self, head: &Mail) -> Result<bool, Ended> {
        let address = head.from.as_ref().and_then(|from| from.address.as_ref());
        let Some(address) = address else { return Ok(false) };
        let directory = self.app.directory().await?;
        let text = address.as_str();
        Ok(is_mailbox(&directory, address)
            || directory.senders.iter().any(|sender| sender.address == text)
            || directory.agents.iter().any(|agent| agent.email == text))
    }

    async fn remember(&self, uid_next: u32) -> Result<(), Ended> {
        let cursor = Cursor {
            uidvalidity: i64::from(self.uidvalidity),
            uid_next: i64::from(uid_next),
            relisted_at: self.app.now(),
        };
        let mailbox = self.account.mailbox.id;
        let set = SetCursor { mailbox, folder: self.name, cursor, fence: self.fence };
        match self.app.db.write(&set).await? {
            true => Ok(()),
            false => Err(Ended::LeaseLost),
        }
    }
}
