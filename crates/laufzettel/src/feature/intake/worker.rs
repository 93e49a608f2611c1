//! Decides about stored mails, a few at a time, oldest first; none is forgotten, and none stops
//! the others.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use db::{Failure, Operation, Result, Tx};
use futures_util::FutureExt;
use tokio::time::{Instant, sleep, timeout};
use values::Timestamp;

use super::answer;
use super::apply::{Applied, ApplyMail};
use super::pool::Pool;
use super::read::{ReadMail, expects_new_ticket};
use super::store::journal::{self as store, Waiting};
use crate::App;
use crate::app::day_of;
use crate::record::directory::Directory;
use crate::record::{AreaId, MailId, number};
use crate::service::blobs::{self, Blob};
use crate::service::live;
use crate::service::watch::Round;

/// Mails in work at the same time: enough to share commits.
const AT_A_TIME: usize = 16;
/// Mails taken from the journal in one look.
const LOOKED_AT: i64 = 64;
/// How often the journal is asked even if nobody rang.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A mail that takes longer is put aside for another try.
const TRY_TIME: Duration = Duration::from_secs(20);
/// A mail whose reading failed so often is put into quarantine.
const FAILURES_MAX: i64 = 3;
/// So is one over which so many processes in a row ended: more than a failure, because a process
/// can be ended from outside at any moment, and mostly over an innocent mail.
const DEATHS_MAX: i64 = 10;
/// The pause after the database failed.
const FAILURE_PAUSE: Duration = Duration::from_millis(200);
/// How long an answer waits for the decision about the mail it answers. Mails are decided within
/// moments; where that one is not, its answer goes on without it.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks.
const PATIENCE_PAUSE: Duration = Duration::from_millis(10);
/// Draws of a number that a mail may need because the decision changed under way.
pub const DRAWS_MAX: u32 = 5;

/// Whether somebody may have tried before, and what became of it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// This process stored the mail.
    Fresh,
    /// A process before this one stored it, and may have died over it.
    LeftOver,
}

/// When a decision is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The moment at which it is written.
    Present,
    /// A moment of the past, for writing a history.
    Past(Timestamp),
}

impl Moment {
    fn now(self, app: &App) -> Timestamp {
        match self {
            Self::Present => app.now(),
            Self::Past(moment) => moment,
        }
    }
}

/// Decides about all mails that wait, and then about each that comes. Runs until it is dropped.
pub async fn work(app: App) {
    let mut notices = app.db.listen();
    let mut pool = Pool::new(AT_A_TIME);
    let mut line = VecDeque::new();
    let mut may_have_more = true;
    loop {
        if line.is_empty() && may_have_more {
            let looked = look(&app, &pool).await;
            app.watch.ran(Round::Intake, app.now(), &looked);
            match looked {
                Ok((waiting, is_all)) => (line, may_have_more) = (waiting, !is_all),
                Err(failure) => tracing::error!(%failure, "cannot read the journal"),
            }
        }
        begin(&app, &mut pool, &mut line).await;
        if pool.is_full() {
            pool.one_done().await;
            continue;
        }
        let noticed = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::STORED {
                    return;
                }
            }
        };
        // Whether somebody rang or the time is over: look again.
        may_have_more |= tokio::select! {
            () = app.stored.notified() => true,
            () = noticed => true,
            () = pool.one_done() => false,
            () = sleep(LOOK_EVERY) => true,
        };
    }
}

/// Begins work on the mails in line as far as there is room. Mails that a process before this one
/// may have died over are decided one by one, so that the guilty one does not take innocent ones
/// with it.
async fn begin(app: &App, pool: &mut Pool, line: &mut VecDeque<MailId>) {
    while !pool.is_full() {
        let Some(mail) = line.pop_front() else { return };
        if mail.made_at() < app.started_at {
            pool.all_done().await;
            let decided = decide(app, mail, Moment::Present, Try::LeftOver).await;
            log_failure(mail, decided).await;
        } else {
            let app = app.clone();
            pool.begin(mail, async move {
                let decided = decide(&app, mail, Moment::Present, Try::Fresh).await;
                log_failure(mail, decided).await;
            });
        }
    }
}

async fn log_failure(mail: MailId, decided: Result<()>) {
    if let Err(failure) = decided {
        tracing::error!(%failure, mail = %mail, "cannot decide about a mail");
        // The database may need a moment; the mail waits in the journal.
        sleep(FAILURE_PAUSE).await;
    }
}

struct Look {
    limit: i64,
}

impl db::Reading for Look {
    type Outcome = Vec<Waiting>;

    async fn run(&self, view: &mut db::View<'_>) -> Result<Vec<Waiting>> {
        store::waiting(view, MailId::from_number(0), self.limit).await
    }
}

/// The oldest mails that wait and are not in work, and whether these are all that wait. Those over
/// which a process ended come last, so that they do not delay the others again.
async fn look(app: &App, pool: &Pool) -> Result<(VecDeque<MailId>, bool)> {
    let mut waiting = app.db.read(&Look { limit: LOOKED_AT }).await?;
    let is_all = i64::try_from(waiting.len()).is_ok_and(|count| count < LOOKED_AT);
    waiting.sort_by_key(|mail| mail.deaths);
    let waiting = waiting.into_iter().map(|mail| mail.id).filter(|mail| !pool.has(*mail));
    Ok((waiting.collect(), is_all))
}

/// Decides about one mail. Nothing happens if it is decided already.
pub async fn decide(app: &App, mail: MailId, moment: Moment, this: Try) -> Result<()> {
    match open(app, mail, this).await? {
        Some((waiting, bytes)) => decide_opened(app, &waiting, bytes, moment, this).await,
        None => Ok(()),
    }
}

/// Why a mail is put into quarantine: a process ended over it.
pub const ENDED: &str = "the process ended while reading it";
/// Why a mail is put into quarantine: the reader broke.
pub const FAILED: &str = "reading it failed";
/// Why a mail is put into quarantine: the reader took longer than it may.
pub const TOO_LONG: &str = "it took too long";

async fn decide_opened(
    app: &App,
    waiting: &Waiting,
    bytes: Arc<Vec<u8>>,
    moment: Moment,
    this: Try,
) -> Result<()> {
    let (mail, failed) = (waiting.id, waiting.attempts + 1);
    let quarantine = |problem| Quarantine { mail, problem, now: moment.now(app) };
    if waiting.deaths >= DEATHS_MAX {
        app.watch.decided("quarantined");
        return app.db.write(&quarantine(ENDED)).await;
    }
    // A try that may end the process is counted before it is made.
    if this == Try::LeftOver {
        let died = waiting.deaths + 1;
        app.db.write(&CountTries { mail, failed: waiting.attempts, died }).await?;
    }
    let tried = AssertUnwindSafe(try_once(app, waiting, bytes, moment)).catch_unwind();
    let problem = match timeout(TRY_TIME, tried).await {
        Ok(Ok(result)) => return result,
        Ok(Err(_)) => FAILED,
        Err(_) => TOO_LONG,
    };
    tracing::error!(mail = %mail, problem, "a mail could not be taken in");
    match failed {
        FAILURES_MAX.. => {
            app.watch.decided("quarantined");
            app.db.write(&quarantine(problem)).await
        }
        _ => app.db.write(&CountTries { mail, failed, died: 0 }).await,
    }
}

/// What the journal says of a mail that waits, and its bytes; `None` if it does not wait. Whoever
/// applies a decision looks once more.
async fn open(app: &App, mail: MailId, this: Try) -> Result<Option<(Waiting, Arc<Vec<u8>>)>> {
    // What was left over is told by the journal alone.
    let fresh = if this == Try::Fresh { app.fresh_mails.take(mail) } else { None };
    match fresh {
        Some((Some(waiting), bytes)) => Ok(Some((waiting, bytes))),
        fresh => {
            let bytes = fresh.map(|(_, bytes)| bytes);
            let open = Open { mail, with_bytes: bytes.is_none() };
            let Some((waiting, blob)) = app.db.read(&open).await? else { return Ok(None) };
            let bytes = match (bytes, blob) {
                (Some(bytes), _) => bytes,
                (None, Some(blob)) => Arc::new(app.blobs.load(blob).await?),
                (None, None) => return Ok(None),
            };
            Ok(Some((waiting, bytes)))
        }
    }
}

struct Open {
    mail: MailId,
    with_bytes: bool,
}

impl db::Reading for Open {
    type Outcome = Option<(Waiting, Option<Blob>)>;

    async fn run(&self, view: &mut db::View<'_>) -> Result<Self::Outcome> {
        let before = MailId::from_number(self.mail.number() - 1);
        let waiting = store::waiting(view, before, 1).await?;
        let Some(waiting) = waiting.into_iter().find(|waiting| waiting.id == self.mail) else {
            return Ok(None);
        };
        let blob = match self.with_bytes {
            true => Some(blobs::find(view, &waiting.raw_hash).await?),
            false => None,
        };
        Ok(Some((waiting, blob)))
    }
}

/// Reads the mail, draws a number if it is likely to need one, and applies the decision.
async fn try_once(app: &App, waiting: &Waiting, bytes: Arc<Vec<u8>>, moment: Moment) -> Result<()> {
    let directory = app.directory().await?;
    let Some(mailbox) = directory.mailbox_by_id(waiting.mailbox) else {
        return Err(Failure::other("the mailbox of a mail is unknown"));
    };
    let read = ReadMail::of(app, waiting, mailbox.options(), bytes).await?;
    let (mut area, mut number, mut draws) = (mailbox.area, None, 0);
    let mut wants_number = expects_new_ticket(&read);
    let patience = Instant::now() + PATIENCE;
    while draws < DRAWS_MAX {
        if wants_number && number.is_none() {
            number = Some((draw(app, area, &directory, moment.now(app)).await?, area));
            draws += 1;
        }
        let answer = match &number {
            Some((number, _)) => {
                answer::prepare(app, &directory, (waiting, mailbox), &read, number).await?
            }
            None => None,
        };
        let apply = ApplyMail {
            waiting,
            mailbox,
            directory: &directory,
            read: &read,
            number: number.as_ref().map(|(number, area)| (number.as_str(), *area)),
            public_id: &read.public_id,
            answer: answer.as_ref(),
            ids: &app.ids,
            may_wait: Instant::now() < patience,
            // The decision is written now; reading the mail may have taken its time.
            now: moment.now(app),
        };
        match app.db.write(&apply).await? {
            Applied::Done(outcome) => {
                app.watch.decided(outcome);
                return Ok(());
            }
            Applied::DecidedBefore => return Ok(()),
            Applied::NumberTaken => number = None,
            Applied::NumberNeeded(of) => (area, number, wants_number) = (of, None, true),
            Applied::Early => sleep(PATIENCE_PAUSE).await,
        }
    }
    Err(Failure::other("no free ticket number was found; check the mask of ticket numbers"))
}

/// Draws a number for a ticket of an area.
pub(super) async fn draw(
    app: &App,
    area: AreaId,
    directory: &Directory,
    now: Timestamp,
) -> Result<String> {
    let scheme = number::scheme(directory, area)?;
    number::draw(&app.draws, &app.db, &scheme, day_of(now, &app.config.time_zone)).await
}

struct CountTries {
    mail: MailId,
    failed: i64,
    died: i64,
}

impl Operation for CountTries {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::count_tries(tx, self.mail, self.failed, self.died).await
    }
}

/// Puts a mail aside; its bytes stay.
struct Quarantine<'a> {
    mail: MailId,
    problem: &'a str,
    now: Timestamp,
}

impl Operation for Quarantine<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::quarantine(tx, self.mail, self.problem, self.now).await?;
        live::announce(tx, live::MAIL, self.mail);
        Ok(())
    }
}
