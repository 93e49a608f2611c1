//! One connection to one account: list, fetch, finish on the server, wait, and again.

use std::collections::BTreeSet;
use std::time::Duration;

use db::Failure;
use mail::imap::{FetchOutcome, Fetched, Folder, ImapProblem, Session, Woken, connect};
use values::Timestamp;

use super::store::{self, Cursor, NoteGone, SetCursor, SetHealth};
use super::{Account, pop3, reconciling, sent, server_step};
use crate::App;
use crate::feature::intake::line::{Line, thread_of};
use crate::feature::intake::store_mail::{NoteSeen, Stored};
use crate::feature::intake::{self, Arrival, Way};
use crate::record::MailId;
use crate::record::mailbox::Health;
use crate::service::lease::Fence;

/// UIDs below the highest known one that are looked at again: some servers show a mail late.
const LOOK_BACK_UIDS: u32 = 1_000;
/// The whole folder is listed again after this time.
const RELIST_MILLIS: i64 = 24 * 3600 * 1000;
/// Mails noted in one operation.
const NOTED_AT_ONCE: usize = 500;
/// Mails fetched by one round.
const FETCHED_AT_ONCE: i64 = 200;
/// Mails and bytes that wait for the disk while the next ones come from the network.
const STORING_MAX: usize = 32;
const STORING_BYTES_MAX: usize = 32 * 1024 * 1024;
/// A folder is looked at this often even if the server tells of nothing.
pub(super) const POLL: Duration = Duration::from_secs(120);
/// How often an odd size is asked for again before what came is believed.
const SIZE_TRIES: u32 = 2;

/// Why a connection ended.
#[derive(Debug)]
pub enum Ended {
    /// The server or the network.
    Problem(ImapProblem),
    /// The own database.
    Failure(Failure),
    /// Another process looks after this account now.
    LeaseLost,
}

impl From<ImapProblem> for Ended {
    fn from(problem: ImapProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Fetches until something ends it.
pub async fn run(app: &App, account: &Account, fence: &Fence) -> Result<(), Ended> {
    if account.speaks_pop3() {
        return pop3::run(app, account, fence).await;
    }
    let mut session = connect(&account.settings).await?;
    let options = account.mailbox.options();
    loop {
        sent::visit(app, account, fence, &mut session).await?;
        let mut uidvalidity = 0;
        // The main folder comes last: it stays selected, and its new mails end the wait.
        for name in options.further_folders.iter().chain([&account.folder]) {
            let folder = session.select(name).await?;
            uidvalidity = folder.uid_validity;
            let visit = Visit { app, account, fence, folder: name, uidvalidity };
            visit.server_steps(&mut session).await?;
            visit.list(&mut session, &folder).await?;
            visit.fetch_run(&mut session).await?;
            visit.server_steps(&mut session).await?;
        }
        reconciling::if_due(app, account, fence, uidvalidity, &mut session).await?;
        well(app, account).await?;
        wait(app, account, &mut session).await?;
    }
}

/// Waits until the server tells of a mail, somebody wants a fetch, or it is time to look.
async fn wait(app: &App, account: &Account, session: &mut Session) -> Result<(), Ended> {
    let mut notices = app.db.listen();
    let mailbox = account.mailbox.id;
    let wanted = async {
        while let Ok(notice) = notices.recv().await {
            let is_ours =
                notice.topic == crate::service::live::MAILBOX && notice.id == mailbox.number();
            if is_ours && store::is_wanted(&app.db, mailbox).await.unwrap_or(false) {
                return;
            }
        }
    };
    match session.idle_until(POLL, wanted).await? {
        Woken::Changed | Woken::Quiet | Woken::Stopped => Ok(()),
    }
}

/// Writes down that an account works.
pub(super) async fn well(app: &App, account: &Account) -> Result<(), Ended> {
    let health = SetHealth {
        mailbox: account.mailbox.id,
        health: Health::Well,
        problem: None,
        words: None,
        now: app.now(),
    };
    Ok(app.db.write(&health).await?)
}

struct Visit<'a> {
    app: &'a App,
    account: &'a Account,
    fence: &'a Fence,
    folder: &'a str,
    uidvalidity: u32,
}

impl Visit<'_> {
    fn folder(&self) -> &str {
        self.folder
    }

    /// Notes every mail that lies on the server and is not in the journal.
    ///
    /// After a change of UIDVALIDITY all mails are new deliveries. Those that were taken before are
    /// told by their bytes once they are fetched, and become duplicates, not tickets.
    async fn list(&self, session: &mut Session, folder: &Folder) -> Result<(), Ended> {
        let now = self.app.now();
        let mailbox = self.account.mailbox.id;
        let cursor = store::cursor(&self.app.db, mailbox, self.folder()).await?;
        let cursor = cursor.filter(|cursor| cursor.uidvalidity == i64::from(self.uidvalidity));
        let from = first_uid(cursor, now);
        let known: BTreeSet<u32> =
            store::known(&self.app.db, mailbox, self.folder(), self.uidvalidity, from)
                .await?
                .into_iter()
                .collect();
        let uids = session.uids(from..=u32::MAX).await?;
        let new: Vec<u32> = uids.iter().copied().filter(|uid| !known.contains(uid)).collect();
        for part in new.chunks(NOTED_AT_ONCE) {
            self.note(session, part, now).await?;
        }
        let highest = uids.last().copied().or(folder.uid_next.map(|next| next.saturating_sub(1)));
        self.remember(cursor, highest, from, now).await
    }

    async fn note(&self, session: &mut Session, uids: &[u32], now: Timestamp) -> Result<(), Ended> {
        let from_date = self.account.mailbox.from_date;
        let is_wanted = |date: Option<Timestamp>| match (date, from_date) {
            (Some(date), Some(from_date)) => date >= from_date,
            _ => true,
        };
        let listed = session.list(uids).await?;
        let mails: Vec<(MailId, u32, u64)> = listed
            .iter()
            .filter(|mail| is_wanted(mail.internal_date))
            .map(|mail| (self.app.ids.next(now), mail.uid, u64::from(mail.size)))
            .collect();
        let note = NoteSeen {
            mailbox: self.account.mailbox.id,
            folder: self.folder(),
            uidvalidity: self.uidvalidity,
            mails: &mails,
            fence: self.fence,
            now,
        };
        held(self.app.db.write(&note).await?)
    }

    async fn remember(
        &self,
        cursor: Option<Cursor>,
        highest: Option<u32>,
        from: u32,
        now: Timestamp,
    ) -> Result<(), Ended> {
        let uid_next = i64::from(highest.unwrap_or(0)) + 1;
        let relisted_at = match cursor {
            Some(cursor) if from > 1 => cursor.relisted_at,
            _ => now,
        };
        let cursor = Cursor { uidvalidity: i64::from(self.uidvalidity), uid_next, relisted_at };
        let set = SetCursor {
            mailbox: self.account.mailbox.id,
            folder: self.folder(),
            cursor,
            fence: self.fence,
        };
        held(self.app.db.write(&set).await?)
    }

    /// Fetches what waits, at most as many mails as the mailbox takes at a time.
    async fn fetch_run(&self, session: &mut Session) -> Result<(), Ended> {
        let mut left = self.account.mailbox.options().mails_per_run;
        loop {
            let limit = left.map_or(FETCHED_AT_ONCE, |left| left.min(FETCHED_AT_ONCE));
            let fetched = self.fetch(session, limit).await?;
            left = left.map(|left| left - fetched);
            if fetched == 0 || left.is_some_and(|left| left <= 0) {
                return Ok(());
            }
        }
    }

    /// Fetches and stores mails, at most so many, and says how many these were.
    async fn fetch(&self, session: &mut Session, limit: i64) -> Result<i64, Ended> {
        let mailbox = self.account.mailbox.id;
        let (folder, validity) = (self.folder(), self.uidvalidity);
        let uids = store::unfetched(&self.app.db, mailbox, folder, validity, limit).await?;
        if uids.is_empty() {
            return Ok(0);
        }
        let mut storing = Storing::default();
        let mut odd = Vec::new();
        let mut batch = session.fetch_batch(&uids).await?;
        while let Some(outcome) = batch.next().await? {
            match outcome {
                FetchOutcome::Whole(mail) if mail.size_differs() => odd.push(mail.listed.uid),
                FetchOutcome::Whole(mail) => storing.add(self, mail).await?,
                FetchOutcome::TooLarge { listed, header } => {
                    storing.add_head(self, Fetched { listed, bytes: header }).await?;
                }
                FetchOutcome::Gone(uid) => self.gone(uid).await?,
            }
        }
        drop(batch);
        for uid in odd {
            self.fetch_odd(session, uid, &mut storing).await?;
        }
        storing.finish().await?;
        Ok(i64::try_from(uids.len()).unwrap_or(i64::MAX))
    }

    /// A mail whose size is not what the server said is asked for again; then what comes is kept.
    async fn fetch_odd(
        &self,
        session: &mut Session,
        uid: u32,
        storing: &mut Storing,
    ) -> Result<(), Ended> {
        let mut outcome = session.fetch(uid).await?;
        for _ in 1..SIZE_TRIES {
            if !matches!(&outcome, FetchOutcome::Whole(mail) if mail.size_differs()) {
                break;
            }
            outcome = session.fetch(uid).await?;
        }
        match outcome {
            FetchOutcome::Whole(mail) => storing.add(self, mail).await,
            FetchOutcome::TooLarge { listed, header } => {
                storing.add_head(self, Fetched { listed, bytes: header }).await
            }
            FetchOutcome::Gone(uid) => self.gone(uid).await,
        }
    }

    async fn gone(&self, uid: u32) -> Result<(), Ended> {
        let gone = NoteGone {
            mailbox: self.account.mailbox.id,
            folder: self.folder(),
            uidvalidity: self.uidvalidity,
            uid,
            fence: self.fence,
        };
        held(self.app.db.write(&gone).await?)
    }

    async fn server_steps(&self, session: &mut Session) -> Result<(), Ended> {
        let folder = (self.folder, self.uidvalidity);
        server_step::all(self.app, self.account, self.fence, folder, session).await
    }

    fn arrival(&self, mail: &Fetched, part: Part) -> Arrival {
        Arrival {
            mailbox: self.account.mailbox.id,
            way: Way::Imap {
                folder: self.folder().to_owned(),
                uidvalidity: self.uidvalidity,
                uid: mail.listed.uid,
                fence: self.fence.clone(),
                left_bytes: (part == Part::Head).then_some(mail.listed.size),
                is_sent: false,
                flags: mail.listed.flags,
            },
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: mail.listed.internal_date,
            is_archive: false,
        }
    }
}

/// Where listing begins: the whole folder the first time and once a day.
fn first_uid(cursor: Option<Cursor>, now: Timestamp) -> u32 {
    match cursor {
        Some(cursor) if now.millis_since(cursor.relisted_at) < RELIST_MILLIS => {
            let next = u32::try_from(cursor.uid_next).unwrap_or(u32::MAX);
            next.saturating_sub(LOOK_BACK_UIDS).max(1)
        }
        _ => 1,
    }
}

pub(super) fn held(is_held: bool) -> Result<(), Ended> {
    if is_held { Ok(()) } else { Err(Ended::LeaseLost) }
}

/// How much of a mail was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Head,
}

/// Mails on their way to the disk, so that the network need not wait for it.
#[derive(Default)]
struct Storing {
    line: Line<(usize, db::Result<intake::StoredMail>)>,
    bytes: usize,
}

impl Storing {
    async fn add(&mut self, visit: &Visit<'_>, mail: Fetched) -> Result<(), Ended> {
        self.begin(visit, mail, Part::Whole).await
    }

    /// The head of a mail that is too large; the rest stays where it is.
    async fn add_head(&mut self, visit: &Visit<'_>, mail: Fetched) -> Result<(), Ended> {
        self.begin(visit, mail, Part::Head).await
    }

    async fn begin(&mut self, visit: &Visit<'_>, mail: Fetched, part: Part) -> Result<(), Ended> {
        let thread = thread_of(&mail.bytes);
        while !self.line.is_empty()
            && (self.line.len() >= STORING_MAX
                || self.bytes + mail.bytes.len() > STORING_BYTES_MAX
                || self.line.has_answered(&thread))
        {
            self.take_one().await?;
        }
        let (app, arrival) = (visit.app.clone(), visit.arrival(&mail, part));
        self.bytes += mail.bytes.len();
        self.line.begin(thread, async move {
            let stored = intake::store(&app, &arrival, &mail.bytes).await;
            (mail.bytes.len(), stored)
        });
        Ok(())
    }

    async fn take_one(&mut self) -> Result<(), Ended> {
        let Some(done) = self.line.one_done().await else { return Ok(()) };
        let (bytes, stored) = done?;
        self.bytes = self.bytes.saturating_sub(bytes);
        match stored?.stored() {
            Stored::LeaseLost => Err(Ended::LeaseLost),
            Stored::New(_) | Stored::Known(_) => Ok(()),
        }
    }

    async fn finish(&mut self) -> Result<(), Ended> {
        while !self.line.is_empty() {
            self.take_one().await?;
        }
        Ok(())
    }
}
