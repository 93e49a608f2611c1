//! Asks the server what lies in the folder and writes down how that compares with the journal.

use std::collections::BTreeSet;

use mail::imap::{FetchOutcome, Session};
use mail::read::read;

use super::Account;
use super::account::{Ended, held};
use super::store;
use crate::App;
use crate::feature::reconcile::store::ReadJournal;
use crate::feature::reconcile::{self, Missing, NAMED_MAX, OnServer, Reconcile};
use crate::service::lease::Fence;

/// UIDs that the server is asked about at once.
const ASKED_AT_ONCE: usize = 500;
/// Letters of a subject that are kept.
const SUBJECT_LETTERS_MAX: usize = 200;

/// Reconciles the mailbox if it is due or somebody wants it.
pub async fn if_due(
    app: &App,
    account: &Account,
    fence: &Fence,
    uidvalidity: u32,
    session: &mut Session,
) -> Result<(), Ended> {
    let mailbox = account.mailbox.id;
    if !reconcile::is_wanted(app, mailbox).await? {
        return Ok(());
    }
    let server = ask(app, account, uidvalidity, session).await?;
    let journal = app.db.read_long(&ReadJournal(mailbox)).await?;
    let reconcile = Reconcile {
        mailbox,
        server: Some(&server),
        journal: &journal,
        fence: Some(fence),
        ids: &app.ids,
        now: app.now(),
    };
    held(app.db.write(&reconcile).await?)?;
    if server.missing > 0 {
        let (name, missing) = (&account.mailbox.name, server.missing);
        tracing::error!(mailbox = name, missing, "mails of a mailbox are not in the journal");
    }
    Ok(())
}

/// What lies in the folder, and which of it the journal does not have.
async fn ask(
    app: &App,
    account: &Account,
    uidvalidity: u32,
    session: &mut Session,
) -> Result<OnServer, Ended> {
    let (mailbox, folder) = (account.mailbox.id, account.folder.as_str());
    let cursor = store::cursor(&app.db, mailbox, folder).await?;
    let cursor = cursor.filter(|cursor| cursor.uidvalidity == i64::from(uidvalidity));
    let uid_next = cursor.and_then(|cursor| u32::try_from(cursor.uid_next).ok()).unwrap_or(0);
    let uids = session.uids(1..=u32::MAX).await?;
    let known = store::known(&app.db, mailbox, folder, uidvalidity, 1).await?;
    let known: BTreeSet<u32> = known.into_iter().collect();
    let compared = reconcile::compare(&uids, &known, uid_next);
    let missing = wanted(account, session, &compared.missing).await?;
    let mut named = Vec::new();
    for uid in missing.iter().copied().take(NAMED_MAX) {
        named.extend(name(session, uid).await?);
    }
    Ok(OnServer {
        present: compared.known + missing.len(),
        not_wanted: compared.missing.len() - missing.len(),
        known: compared.known,
        missing: missing.len(),
        named,
    })
}

/// Those of the mails that the mailbox takes: older ones are left alone.
async fn wanted(account: &Account, session: &mut Session, uids: &[u32]) -> Result<Vec<u32>, Ended> {
    let from_date = account.mailbox.from_date;
    let mut wanted = Vec::new();
    for part in uids.chunks(ASKED_AT_ONCE) {
        let listed = session.list(part).await?;
        let is_wanted = |date| match (date, from_date) {
            (Some(date), Some(from_date)) => date >= from_date,
            _ => true,
        };
        wanted.extend(listed.iter().filter(|one| is_wanted(one.internal_date)).map(|one| one.uid));
    }
    Ok(wanted)
}

/// What a mail is called; nothing if it vanished meanwhile.
async fn name(session: &mut Session, uid: u32) -> Result<Option<Missing>, Ended> {
    let bytes = match session.fetch(uid).await? {
        FetchOutcome::Whole(mail) => mail.bytes,
        FetchOutcome::TooLarge { header, .. } => header,
        FetchOutcome::Gone(_) => return Ok(None),
    };
    let subject = read(&bytes).subject.replace('\0', " ");
    let subject = subject.chars().take(SUBJECT_LETTERS_MAX).collect();
    Ok(Some(Missing { uid, subject }))
}
