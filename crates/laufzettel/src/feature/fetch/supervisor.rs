//! Keeps one task for each account that is to be fetched, and starts it again after a problem.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use mail::imap::{ImapProblem, back_off};
use tokio::task::JoinHandle;

use super::account::{self, Ended};
use super::store::{self, SetHealth};
use super::{Account, accounts};
use crate::App;
use crate::record::MailboxId;
use crate::record::mailbox::Health;
use crate::service::lease::{Fence, FreeLease, RENEW_EVERY, TakeLease};
use crate::service::live;
use crate::service::watch::Round;

/// How often the list of mailboxes is compared with the running tasks.
const COMPARE_EVERY: Duration = Duration::from_secs(10);
/// A wrong password is not tried again by itself before this time: it may lock the account.
const PERSON_NEEDED_WAIT: Duration = Duration::from_secs(30 * 60);

struct Running {
    version: i64,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Runs until its future is dropped; then all connections end.
pub async fn supervise(app: App) {
    let mut running: HashMap<MailboxId, Running> = HashMap::new();
    let mut notices = app.db.listen();
    loop {
        let read = accounts(&app).await;
        app.watch.ran(Round::Fetching, app.now(), &read);
        match read {
            Ok(accounts) => compare(&app, &mut running, accounts),
            Err(failure) => tracing::error!(%failure, "cannot read the mailboxes"),
        }
        let changed = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::LISTS {
                    return;
                }
            }
        };
        // Whether a notice came or the time is over: compare again.
        tokio::time::timeout(COMPARE_EVERY, changed).await.ok();
    }
}

fn compare(app: &App, running: &mut HashMap<MailboxId, Running>, accounts: Vec<Arc<Account>>) {
    running.retain(|mailbox, task| {
        let is_same = |account: &Arc<Account>| {
            account.mailbox.id == *mailbox && account.mailbox.version == task.version
        };
        accounts.iter().any(is_same) && !task.task.is_finished()
    });
    for account in accounts {
        running.entry(account.mailbox.id).or_insert_with(|| Running {
            version: account.mailbox.version,
            task: tokio::spawn(keep_fetching(app.clone(), account)),
        });
    }
}

async fn keep_fetching(app: App, account: Arc<Account>) {
    let name = format!("imap/{}", account.mailbox.id);
    let mut attempt = 0;
    loop {
        let take = TakeLease { name: &name, holder: app.process, now: app.now() };
        let pause = match app.db.write(&take).await {
            Ok(Some(fence)) => {
                let started = app.now();
                let ended = under_lease(&app, &account, &fence).await;
                if app.now().millis_since(started) > 60_000 {
                    attempt = 0;
                }
                attempt += 1;
                app.db.write(&FreeLease { fence: &fence }).await.ok();
                report(&app, &account, &ended).await;
                pause(&ended, attempt)
            }
            // Another process fetches it.
            Ok(None) => RENEW_EVERY,
            Err(failure) => {
                tracing::error!(%failure, mailbox = account.mailbox.name, "cannot take the lease");
                RENEW_EVERY
            }
        };
        rest(&app, &account, pause).await;
    }
}

/// Fetches, and renews the lease meanwhile. Whoever loses it stops at once.
async fn under_lease(app: &App, account: &Account, fence: &Fence) -> Ended {
    let renewed = async {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let take = TakeLease { name: &fence.name, holder: app.process, now: app.now() };
            match app.db.write(&take).await {
                Ok(Some(taken)) if taken == *fence => {}
                Ok(_) => return Ended::LeaseLost,
                Err(failure) => return Ended::Failure(failure),
            }
        }
    };
    tokio::select! {
        ended = account::run(app, account, fence) => match ended {
            Ok(()) => Ended::LeaseLost,
            Err(ended) => ended,
        },
        ended = renewed => ended,
    }
}

async fn report(app: &App, account: &Account, ended: &Ended) {
    let (code, words) = match ended {
        Ended::Problem(problem) => (problem.code(), details(problem)),
        Ended::Failure(failure) => ("own_database", Some(failure.to_string())),
        Ended::LeaseLost => return,
    };
    let name = &account.mailbox.name;
    tracing::warn!(mailbox = name, problem = code, "a mailbox cannot be fetched");
    let health = SetHealth {
        mailbox: account.mailbox.id,
        health: Health::Troubled,
        problem: Some(code),
        words: words.as_deref(),
        now: app.now(),
    };
    if let Err(failure) = app.db.write(&health).await {
        tracing::error!(%failure, mailbox = name, "cannot store the state of a mailbox");
    }
}

/// What the page shows below the sentence: the server's words, the folders there are, and so on.
pub fn details(problem: &ImapProblem) -> Option<String> {
    match problem {
        ImapProblem::FolderMissing { folders } => Some(folders.join(", ")),
        ImapProblem::TlsFailed { detail } => Some(detail.code().to_owned()),
        ImapProblem::Unreachable { detail } | ImapProblem::ProtocolBroken { detail } => {
            Some(detail.clone())
        }
        problem => problem.server_words().map(str::to_owned),
    }
}

fn pause(ended: &Ended, attempt: u32) -> Duration {
    match ended {
        Ended::Problem(ImapProblem::LoginRefused { .. }) => PERSON_NEEDED_WAIT,
        Ended::Problem(ImapProblem::NoToken(problem)) if problem.needs_a_person() => {
            PERSON_NEEDED_WAIT
        }
        Ended::LeaseLost => RENEW_EVERY,
        _ => back_off(attempt, rand::random()),
    }
}

/// Waits, unless somebody presses the button.
pub(super) async fn rest(app: &App, account: &Account, pause: Duration) {
    let mut notices = app.db.listen();
    let wanted = async {
        while let Ok(notice) = notices.recv().await {
            let is_ours = notice.topic == live::MAILBOX && notice.id == account.mailbox.id.number();
            if is_ours && store::is_wanted(&app.db, account.mailbox.id).await.unwrap_or(false) {
                return;
            }
        }
    };
    // Whether the button was pressed or the time is over: try again.
    tokio::time::timeout(pause, wanted).await.ok();
}
