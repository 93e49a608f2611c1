//! Sees which accounts have something to be done in their Sent folder, and visits each under a lease
//! of its own: of several processes one visits an account.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use db::{Reading, Result, View};
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;
use values::Timestamp;

use super::note::TryNow;
use super::store::{self, Dark};
use super::visit::{Visit, pause_after};
use crate::App;
use crate::feature::fetch::{Account, Ended, account};
use crate::record::directory::Directory;
use crate::record::{MailboxId, OutboundId, sent_copy};
use crate::service::lease::{Fence, FreeLease, RENEW_EVERY, TakeLease};
use crate::service::watch::Round;

/// How often is looked whether there is something to be done.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often a mail in the dark is looked for.
const SEEK_EVERY: Duration = Duration::from_secs(60);
/// Mails in the dark of one look.
const DARK_MAX: i64 = 200;
/// No account is left in peace for longer, whatever the clock did.
const REST_MAX: Duration = Duration::from_secs(3600);

/// Runs until its future is dropped; then all connections end. What was put into a folder and is not
/// written down is found there by the next visit.
pub async fn supervise(app: App) {
    let mut desk =
        Desk { app, accounts: HashMap::new(), sought: HashMap::new(), visits: JoinSet::new() };
    loop {
        let looked = desk.look().await;
        desk.app.watch.ran(Round::SentCopies, desk.app.now(), &looked);
        if let Err(failure) = looked {
            tracing::error!(%failure, "cannot read what is to be done in Sent folders");
        }
        tokio::select! {
            Some(ended) = desk.visits.join_next() => desk.note(ended),
            () = sleep(LOOK_EVERY) => {}
        }
    }
}

/// What is remembered of an account.
struct Known {
    /// Its settings.
    version: i64,
    /// It is left in peace until then.
    rests_until: Option<Timestamp>,
    /// Since when it is visited, if it is.
    visited_at: Option<Timestamp>,
}

struct Desk {
    app: App,
    accounts: HashMap<MailboxId, Known>,
    /// When a mail in the dark was last looked for.
    sought: HashMap<OutboundId, Timestamp>,
    visits: JoinSet<(MailboxId, Duration)>,
}

impl Desk {
    /// Begins all visits that are due.
    async fn look(&mut self) -> Result<()> {
        let (app, now) = (self.app.clone(), self.app.now());
        let directory = app.directory().await?;
        for mailbox in directory.mailboxes.iter().filter(|mailbox| mailbox.sent_folder.is_some()) {
            self.see(mailbox.id, mailbox.version, now).await?;
        }
        let mut work = app.db.read(&ReadWork { directory: &directory, now }).await?;
        self.keep_unsought(&mut work, now);
        for mailbox in directory.mailboxes.iter().filter(|mailbox| mailbox.enabled) {
            let Some(dark) = work.remove(&mailbox.id) else { continue };
            let account = account(&app, mailbox).filter(|account| !account.speaks_pop3());
            let Some(account) = account else { continue };
            self.see(mailbox.id, mailbox.version, now).await?;
            self.begin(account, dark, now);
        }
        Ok(())
    }

    /// Other settings: what was wrong with the old ones says nothing.
    async fn see(&mut self, mailbox: MailboxId, version: i64, now: Timestamp) -> Result<()> {
        let known = self.accounts.get(&mailbox);
        if known.is_some_and(|known| known.version == version) {
            return Ok(());
        }
        let visited_at = known.and_then(|known| known.visited_at);
        self.app.db.write(&TryNow { mailbox, now }).await?;
        self.accounts.insert(mailbox, Known { version, rests_until: None, visited_at });
        Ok(())
    }

    /// Leaves out what was looked for a moment ago, and accounts with nothing else to be done.
    fn keep_unsought(&mut self, work: &mut HashMap<MailboxId, Work>, now: Timestamp) {
        let all: HashSet<OutboundId> =
            work.values().flat_map(|work| &work.dark).map(|mail| mail.id).collect();
        self.sought.retain(|mail, at| all.contains(mail) && now.minus(SEEK_EVERY) < *at);
        for work in work.values_mut() {
            work.dark.retain(|mail| !self.sought.contains_key(&mail.id));
        }
        work.retain(|_, work| work.has_copies || !work.dark.is_empty());
    }

    fn begin(&mut self, account: Account, work: Work, now: Timestamp) {
        let Some(known) = self.accounts.get_mut(&account.mailbox.id) else { return };
        let rests = |until: Timestamp| now < until && until <= now.plus(REST_MAX);
        if known.visited_at.is_some() || known.rests_until.is_some_and(rests) {
            return;
        }
        known.visited_at = Some(now);
        self.sought.extend(work.dark.iter().map(|mail| (mail.id, now)));
        self.visits.spawn(visit(self.app.clone(), account, work.dark));
    }

    fn note(&mut self, ended: std::result::Result<(MailboxId, Duration), JoinError>) {
        match ended {
            Ok((mailbox, rest)) => {
                if let Some(known) = self.accounts.get_mut(&mailbox) {
                    let begun = known.visited_at.take();
                    let begun = begun.filter(|_| rest > Duration::ZERO);
                    known.rests_until = begun.map(|begun| begun.plus(rest));
                }
            }
            Err(panic) => {
                tracing::error!(%panic, "a visit to a Sent folder ended badly");
                // Nobody knows whose it was; those that still run hold their leases.
                self.accounts.values_mut().for_each(|known| known.visited_at = None);
            }
        }
    }
}

/// What is to be done at an account.
#[derive(Default)]
struct Work {
    has_copies: bool,
    dark: Vec<Dark>,
}

/// Reads what is to be done, by account.
struct ReadWork<'a> {
    directory: &'a Directory,
    now: Timestamp,
}

impl Reading for ReadWork<'_> {
    type Outcome = HashMap<MailboxId, Work>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let mut work: HashMap<MailboxId, Work> = HashMap::new();
        for mailbox in store::with_due(view, self.now).await? {
            work.entry(mailbox).or_default().has_copies = true;
        }
        for mail in store::dark(view, self.now, DARK_MAX).await? {
            let own = sent_copy::account(self.directory, &mail.from_address, mail.of_ticket);
            if let Some(mailbox) = own {
                work.entry(mailbox.id).or_default().dark.push(mail);
            }
        }
        Ok(work)
    }
}

/// Visits an account, and tells for how long it is left in peace then.
async fn visit(app: App, account: Account, dark: Vec<Dark>) -> (MailboxId, Duration) {
    let mailbox = account.mailbox.id;
    let name = format!("sent/{mailbox}");
    let take = TakeLease { name: &name, holder: app.process, now: app.now() };
    let fence = match app.db.write(&take).await {
        Ok(Some(fence)) => fence,
        // Another process is there.
        Ok(None) => return (mailbox, RENEW_EVERY),
        Err(failure) => {
            tracing::error!(%failure, mailbox = account.mailbox.name, "cannot take the lease");
            return (mailbox, RENEW_EVERY);
        }
    };
    let ended = under_lease(&app, &account, &fence, &dark).await;
    app.db.write(&FreeLease { fence: &fence }).await.ok();
    let rest = match ended {
        Ok(()) => Duration::ZERO,
        Err(Ended::LeaseLost) => RENEW_EVERY,
        Err(Ended::Failure(failure)) => {
            let mailbox = &account.mailbox.name;
            tracing::error!(%failure, mailbox, "copying into a Sent folder stopped");
            RENEW_EVERY
        }
        Err(Ended::Problem(problem)) => {
            let (mailbox, code) = (&account.mailbox.name, problem.code());
            tracing::warn!(mailbox, problem = code, "a Sent folder cannot be reached");
            pause_after(&problem)
        }
    };
    (mailbox, rest)
}

/// Renews the lease meanwhile. Whoever loses it stops at once.
async fn under_lease(
    app: &App,
    account: &Account,
    fence: &Fence,
    dark: &[Dark],
) -> std::result::Result<(), Ended> {
    let renewed = async {
        loop {
            sleep(RENEW_EVERY).await;
            let take = TakeLease { name: &fence.name, holder: app.process, now: app.now() };
            match app.db.write(&take).await {
                Ok(Some(taken)) if taken == *fence => {}
                Ok(_) => return Ended::LeaseLost,
                Err(failure) => return Ended::Failure(failure),
            }
        }
    };
    let visit = Visit { app, account, fence, dark };
    tokio::select! {
        ended = visit.run() => ended,
        ended = renewed => Err(ended),
    }
}
