//! What becomes of a mail on the server once it is decided: marked, moved, deleted or kept.
//!
//! Repeating a step does no harm, so it is repeated until the server shows that it happened.

use std::time::Duration;

use mail::imap::{Removal, Session};

use super::Account;
use super::account::Ended;
use super::store::{self, FinishServerStep, Pending};
use crate::App;
use crate::record::MailId;
use crate::service::lease::Fence;
use crate::service::live;

/// Mails handled by one command.
const AT_ONCE: i64 = 200;
/// After a decision others are waited for so long, to be handled by one command.
const COLLECTING: Duration = Duration::from_millis(50);
/// How long a step waits for decisions that are on their way.
const DECISION_WAIT: Duration = Duration::from_secs(30);
/// A notice may be lost; then the journal is asked again after this time.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Does all steps that are due, waiting for the decisions of mails just stored.
pub async fn all(
    app: &App,
    account: &Account,
    fence: &Fence,
    (folder, uidvalidity): (&str, u32),
    session: &mut Session,
) -> Result<(), Ended> {
    let mailbox = account.mailbox.id;
    let mut notices = app.db.listen();
    let mut waited = Duration::ZERO;
    loop {
        let undecided = store::undecided(&app.db, mailbox).await?;
        let pending = store::pending(&app.db, mailbox, folder, uidvalidity, AT_ONCE).await?;
        let is_full = i64::try_from(pending.len()).is_ok_and(|count| count >= AT_ONCE);
        // Each step costs the server a sync, so it is for many mails as long as more are decided.
        let is_time = undecided == 0 || is_full || waited >= LOOK_AGAIN;
        if is_time && !pending.is_empty() {
            if !step(app, account, fence, session, &pending).await? {
                return Ok(());
            }
            continue;
        }
        if undecided == 0 || waited >= DECISION_WAIT {
            return Ok(());
        }
        let decided = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::MAIL {
                    return;
                }
            }
        };
        // The end of the wait and a decision are the same: look again.
        match tokio::time::timeout(LOOK_AGAIN, decided).await {
            Ok(()) => tokio::time::sleep(COLLECTING).await,
            Err(_) => waited += LOOK_AGAIN,
        }
    }
}

/// Does one step; `false` if some mails could not be finished now.
async fn step(
    app: &App,
    account: &Account,
    fence: &Fence,
    session: &mut Session,
    pending: &[Pending],
) -> Result<bool, Ended> {
    let (left, whole): (Vec<Pending>, Vec<Pending>) =
        pending.iter().partition(|mail| mail.left_bytes.is_some());
    // What lies there whole and here in part is nobody's to remove.
    let stays = Some("too large to be taken whole; it stays as it is");
    let ids: Vec<MailId> = left.iter().map(|mail| mail.id).collect();
    finish(app, fence, &ids, "done", stays).await?;
    if whole.is_empty() {
        return Ok(true);
    }
    step_of_whole(app, account, fence, session, &whole).await
}

async fn step_of_whole(
    app: &App,
    account: &Account,
    fence: &Fence,
    session: &mut Session,
    pending: &[Pending],
) -> Result<bool, Ended> {
    let uids: Vec<u32> = pending.iter().filter_map(|mail| u32::try_from(mail.uid).ok()).collect();
    let removal = match (account.mailbox.after_import.as_str(), &account.mailbox.move_to) {
        ("mark_read", _) => {
            session.mark_read(&uids).await?;
            Removal { gone: uids, ..Removal::default() }
        }
        ("move", Some(folder)) => session.move_to(&uids, folder).await?,
        ("delete", _) => session.delete(&uids).await?,
        _ => Removal { gone: uids, ..Removal::default() },
    };
    let ids = |uids: &[u32]| -> Vec<MailId> {
        let is_in = |mail: &&Pending| uids.iter().any(|uid| i64::from(*uid) == mail.uid);
        pending.iter().filter(is_in).map(|mail| mail.id).collect()
    };
    finish(app, fence, &ids(&removal.gone), "done", None).await?;
    let marked = Some("marked as deleted; the server cannot remove single mails");
    finish(app, fence, &ids(&removal.marked), "done", marked).await?;
    let stays = Some("the server said yes, but the mail is still there");
    finish(app, fence, &ids(&removal.still_there), "pending", stays).await?;
    Ok(removal.still_there.is_empty())
}

async fn finish(
    app: &App,
    fence: &Fence,
    mails: &[MailId],
    server: &str,
    words: Option<&str>,
) -> Result<(), Ended> {
    if mails.is_empty() {
        return Ok(());
    }
    match app.db.write(&FinishServerStep { mails, server, words, fence }).await? {
        true => Ok(()),
        false => Err(Ended::LeaseLost),
    }
}
