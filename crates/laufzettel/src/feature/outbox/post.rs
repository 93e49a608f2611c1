//! Sends for one account: takes the mails that are due and hands them over on a few connections.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail::smtp::{Connection, SmtpProblem};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::account::Account;
use super::hand_over::{Handed, hand_over};
use super::settle::{Ended, settle};
use super::store::{self, GiveBack};
use super::supervisor::End;
use super::take::{Take, Taken};
use crate::App;
use crate::service::lease::Fence;
use crate::service::live;

/// Connections to one server at a time. Providers turn more than a few away.
const CONNECTIONS_MAX: usize = 4;
/// Mails taken from the outbox in one look.
const TAKEN_MAX: usize = 32;
/// How often the outbox is asked even if nobody rang.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a connection waits for the next mail.
const IDLE: Duration = Duration::from_secs(4);
/// For so long after a server could not be reached it is not asked again.
const DOWN_FOR: Duration = Duration::from_secs(2);

/// How long mails in work may take to end.
const END_TIME: Duration = Duration::from_secs(5);

/// What the connections of one account share.
struct Shared {
    app: App,
    account: Arc<Account>,
    fence: Fence,
    waiting: Mutex<VecDeque<Taken>>,
    /// Open connections that nobody uses, with the end of their last use.
    idle: Mutex<Vec<(Instant, Connection)>>,
    down: Mutex<Option<(Instant, SmtpProblem)>>,
    /// Held while a connection is opened: a login that is refused must not be tried on all of them
    /// at once, or the server locks the account.
    opening: tokio::sync::Mutex<()>,
}

/// A connection, new or used before.
enum Line {
    New(Connection),
    Used(Connection),
}

/// Sends until the lease is lost or the end comes.
pub async fn run(app: &App, account: &Arc<Account>, fence: &Fence, end: &End) -> db::Result<()> {
    let shared = Arc::new(Shared {
        app: app.clone(),
        account: Arc::clone(account),
        fence: fence.clone(),
        waiting: Mutex::default(),
        idle: Mutex::default(),
        down: Mutex::default(),
        opening: tokio::sync::Mutex::default(),
    });
    let mut notices = app.db.listen();
    let mut hands: JoinSet<db::Result<bool>> = JoinSet::new();
    loop {
        let is_lost = shared.refill().await?;
        if is_lost {
            return Ok(());
        }
        while hands.len() < CONNECTIONS_MAX.min(hands.len() + shared.left()) {
            hands.spawn(work(Arc::clone(&shared)));
        }
        let noticed = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::OUTBOX {
                    return;
                }
            }
        };
        // Whether somebody rang, a hand is free or the time is over: look again.
        tokio::select! {
            Some(ended) = hands.join_next() => match ended {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => return Ok(()),
                Ok(Err(failure)) => return Err(failure),
                Err(panic) => return Err(db::Failure::other(panic)),
            },
            () = noticed => {}
            () = sleep(LOOK_EVERY) => {}
            () = end.comes() => return shared.end(hands).await,
        }
        shared.close_idle();
    }
}

/// Hands over what waits, one mail after the other. `false` if the lease is lost.
async fn work(shared: Arc<Shared>) -> db::Result<bool> {
    while let Some(taken) = shared.next() {
        if !shared.send(&taken).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Shared {
    /// Nothing new begins: what was taken and not begun goes back, what is in work may end. A mail
    /// behind its dot would be in the dark otherwise.
    async fn end(&self, mut hands: JoinSet<db::Result<bool>>) -> db::Result<()> {
        let mut left = Vec::new();
        while let Some(taken) = self.next() {
            left.push(taken.id);
        }
        let give_back = GiveBack { fence: &self.fence, mails: &left, now: self.app.now() };
        self.app.db.write(&give_back).await?;
        let ended = async { while hands.join_next().await.is_some() {} };
        // What does not end in time is looked after at the next start.
        timeout(END_TIME, ended).await.ok();
        Ok(())
    }

    /// Takes what is due, if nearly everything before is done. `true` if the lease is lost.
    async fn refill(&self) -> db::Result<bool> {
        if self.left() > 0 {
            return Ok(false);
        }
        let due = store::next_due(&self.app.db, self.account.number).await?;
        let now = self.app.now();
        if due.is_none_or(|due| due > now) {
            return Ok(false);
        }
        let take = Take { account: self.account.number, fence: &self.fence, now, limit: TAKEN_MAX };
        let Some(taken) = self.app.db.write(&take).await? else { return Ok(true) };
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(taken);
        Ok(false)
    }

    fn left(&self) -> usize {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn next(&self) -> Option<Taken> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Sends one mail and writes down what became of it. `false` if the lease is lost.
    async fn send(&self, taken: &Taken) -> db::Result<bool> {
        let started = self.app.now();
        let handed = match self.idle_or_new().await {
            Ok(Line::New(connection)) => self.hand_over(connection, taken).await?,
            Ok(Line::Used(connection)) => {
                let handed = self.hand_over(connection, taken).await?;
                match handed.is_lost_before_mail() {
                    // Servers end a connection after so many mails or so much time, which says
                    // nothing about this mail.
                    true => self.send_on_new_connection(taken).await?,
                    false => handed,
                }
            }
            Err(problem) => Handed::not_reached(&problem),
        };
        let Handed::Ended(ended) = handed else { return Ok(false) };
        self.write_down(taken, &ended, started).await
    }

    async fn send_on_new_connection(&self, taken: &Taken) -> db::Result<Handed> {
        match self.new_connection().await {
            Ok(connection) => self.hand_over(connection, taken).await,
            Err(problem) => Ok(Handed::not_reached(&problem)),
        }
    }

    async fn hand_over(&self, mut connection: Connection, taken: &Taken) -> db::Result<Handed> {
        let handed = hand_over(&self.app, &self.fence, &mut connection, taken).await?;
        // What has begun is discarded with its connection.
        if connection.is_connected() && matches!(handed, Handed::Ended(_)) {
            self.keep(connection);
        }
        Ok(handed)
    }

    async fn write_down(
        &self,
        taken: &Taken,
        ended: &Ended,
        started: values::Timestamp,
    ) -> db::Result<bool> {
        settle(&self.app, &self.fence, self.account.number, taken, ended, started).await
    }

    /// An open connection, or a new one.
    async fn idle_or_new(&self) -> Result<Line, SmtpProblem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some((_, connection)) => Ok(Line::Used(connection)),
            None => self.new_connection().await.map(Line::New),
        }
    }

    /// A new connection. A server that could not be reached is left in peace for a moment.
    async fn new_connection(&self) -> Result<Connection, SmtpProblem> {
        let _turn = self.opening.lock().await;
        let down = self.down.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, problem)) = down.filter(|(at, _)| at.elapsed() < DOWN_FOR) {
            return Err(problem);
        }
        let opened = Connection::open(&self.account.settings).await;
        let problem = opened.as_ref().err().cloned();
        *self.down.lock().unwrap_or_else(PoisonError::into_inner) =
            problem.map(|problem| (Instant::now(), problem));
        opened
    }

    fn keep(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((Instant::now(), connection));
    }

    /// Says goodbye on connections that nobody needed for a while.
    fn close_idle(&self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let (stale, fresh) = idle.drain(..).partition(|(at, _)| at.elapsed() > IDLE);
        *idle = fresh;
        drop(idle);
        let stale: Vec<(Instant, Connection)> = stale;
        for (_, connection) in stale {
            // Nobody waits for a goodbye.
            tokio::spawn(async move { timeout(IDLE, connection.quit()).await.ok() });
        }
    }
}
