//! Keeps one task for each account by which mails leave, under a lease: of several processes one
//! sends for an account.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::store::{FreeRelay, Recover};
use super::{Account, accounts, post};
use crate::App;
use crate::service::lease::{Fence, FreeLease, RENEW_EVERY, TakeLease};
use crate::service::live;
use crate::service::watch::Round;

/// How often the list of accounts is compared with the running tasks.
const COMPARE_EVERY: Duration = Duration::from_secs(10);

/// How long all accounts together may take to end, more or less: they end at the same time.
const END_TIME: Duration = Duration::from_secs(6);

/// The task of an account.
struct Running {
    version: i64,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// Begins to send for an account, once the task before it has ended: a mail that is in work when the
    /// settings change would be in the dark otherwise.
    fn begin(app: &App, account: Account, before: Option<Self>) -> Self {
        let (version, stop) = (account.version, watch::Sender::new(false));
        let end = End { app: app.clone(), stop: stop.subscribe() };
        let app = app.clone();
        let task = tokio::spawn(async move {
            if let Some(mut before) = before {
                before.stop.send_replace(true);
                (&mut before.task).await.ok();
            }
            keep_sending(app, Arc::new(account), end).await;
        });
        Self { version, stop, task }
    }

    fn is_for(&self, account: &Account) -> bool {
        self.version == account.version && !self.task.is_finished() && !*self.stop.borrow()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// When sending for an account ends: with the process, or because its settings changed.
#[derive(Clone)]
pub struct End {
    app: App,
    stop: watch::Receiver<bool>,
}

impl End {
    /// Returns when it is to end.
    pub async fn comes(&self) {
        let mut stop = self.stop.clone();
        tokio::select! {
            () = self.app.stopping() => {}
            // An error: nobody is there any more who could say so.
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

/// Runs until the process is about to end, and a moment longer: mails in work may end. Dropped before,
/// all connections end; a mail without its final dot is kept by no server, and what had its dot is
/// looked after at the next start.
pub async fn supervise(app: App) {
    let mut running: HashMap<i64, Running> = HashMap::new();
    let mut notices = app.db.listen();
    loop {
        let read = accounts(&app).await;
        app.watch.ran(Round::Sending, app.now(), &read);
        match read {
            Ok(accounts) => compare(&app, &mut running, accounts),
            Err(failure) => tracing::error!(%failure, "cannot read the senders"),
        }
        let changed = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::LISTS {
                    return;
                }
            }
        };
        // Whether a notice came or the time is over: compare again.
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep(COMPARE_EVERY) => {}
            () = app.stopping() => break,
        }
    }
    for mut sending in running.into_values() {
        tokio::time::timeout(END_TIME, &mut sending.task).await.ok();
    }
}

fn compare(app: &App, running: &mut HashMap<i64, Running>, accounts: Vec<Account>) {
    let mut before = std::mem::take(running);
    for account in accounts {
        let number = account.number;
        let task = match before.remove(&number) {
            Some(task) if task.is_for(&account) => task,
            task => Running::begin(app, account, task),
        };
        running.insert(number, task);
    }
    for (number, gone) in before.into_iter().filter(|(_, gone)| !gone.task.is_finished()) {
        gone.stop.send_replace(true);
        running.insert(number, gone);
    }
}

async fn keep_sending(app: App, account: Arc<Account>, end: End) {
    let name = format!("smtp/{}", account.number);
    // Other settings: what was wrong with the old ones says nothing.
    if let Err(failure) = app.db.write(&FreeRelay { account: account.number, now: app.now() }).await
    {
        tracing::error!(%failure, "cannot store the state of an account");
    }
    loop {
        let take = TakeLease { name: &name, holder: app.process, now: app.now() };
        match app.db.write(&take).await {
            Ok(Some(fence)) => {
                if let Err(failure) = under_lease(&app, &account, &fence, &end).await {
                    tracing::error!(%failure, account = account.number, "sending mails stopped");
                }
                app.db.write(&FreeLease { fence: &fence }).await.ok();
            }
            // Another process sends.
            Ok(None) => {}
            Err(failure) => {
                tracing::error!(%failure, account = account.number, "cannot take the lease");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(RENEW_EVERY) => {}
            () = end.comes() => return,
        }
    }
}

/// Sends, and renews the lease meanwhile. Whoever loses it stops at once.
async fn under_lease(
    app: &App,
    account: &Arc<Account>,
    fence: &Fence,
    end: &End,
) -> db::Result<()> {
    let recover = Recover { account: account.number, fence, now: app.now() };
    if !app.db.write(&recover).await? {
        return Ok(());
    }
    let renewed = async {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let take = TakeLease { name: &fence.name, holder: app.process, now: app.now() };
            if app.db.write(&take).await?.as_ref() != Some(fence) {
                return Ok(());
            }
        }
    };
    tokio::select! {
        ended = post::run(app, account, fence, end) => ended,
        ended = renewed => ended,
    }
}
