//! SQL of fetching: what is known of a folder, what is still to be done, how a mailbox fares.

use db::{Db, Operation, Query, Result, Tx, from_row, params, sql};
use values::Timestamp;

use crate::record::mailbox::Health;
use crate::record::{MailId, MailboxId};
use crate::service::lease::{self, Fence};
use crate::service::live;

mod sent;
mod uidl;

pub use sent::names_ticket;
pub use uidl::{PendingUidl, known_uidls, pending_uidls};

from_row! {
    /// How far a folder was listed.
    #[derive(Clone, Copy, Debug)]
    pub struct Cursor {
        /// The folder's UIDVALIDITY at that time.
        pub uidvalidity: i64,
        /// All mails below this UID were listed.
        pub uid_next: i64,
        /// When the whole folder was last listed.
        pub relisted_at: Timestamp,
    }
}

/// How far a folder was listed.
pub async fn cursor(db: &Db, mailbox: MailboxId, folder: &str) -> Result<Option<Cursor>> {
    db.optional(
        sql!(
            "select uidvalidity, uid_next, relisted_at
             from mailbox_folder where mailbox = $1 and folder = $2"
        ),
        params![mailbox, folder],
    )
    .await
}

/// Remembers how far a folder was listed.
pub struct SetCursor<'a> {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The folder.
    pub folder: &'a str,
    /// How far.
    pub cursor: Cursor,
    /// The lease under which it was listed.
    pub fence: &'a Fence,
}

impl Operation for SetCursor<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        tx.execute(
            sql!(
                "insert into mailbox_folder (mailbox, folder, uidvalidity, uid_next, relisted_at)
                 values ($1, $2, $3, $4, $5)
                 on conflict (mailbox, folder) do update
                 set uidvalidity = excluded.uidvalidity, uid_next = excluded.uid_next,
                     relisted_at = excluded.relisted_at"
            ),
            params![
                self.mailbox,
                self.folder,
                self.cursor.uidvalidity,
                self.cursor.uid_next,
                self.cursor.relisted_at,
            ],
        )
        .await?;
        Ok(true)
    }
}

from_row! {
    struct UidRow {
        uid: i64,
    }
}

fn uids(rows: Vec<UidRow>) -> Vec<u32> {
    rows.into_iter().filter_map(|row| u32::try_from(row.uid).ok()).collect()
}

/// The UIDs of a folder that are in the journal, from the given one on.
pub async fn known(
    db: &Db,
    mailbox: MailboxId,
    folder: &str,
    uidvalidity: u32,
    from: u32,
) -> Result<Vec<u32>> {
    let rows: Vec<UidRow> = db
        .all(
            sql!(
                "select uid from inbound_mail
                 where mailbox = $1 and folder = $2 and uidvalidity = $3 and uid >= $4"
            ),
            params![mailbox, folder, i64::from(uidvalidity), i64::from(from)],
        )
        .await?;
    Ok(uids(rows))
}

/// The UIDs that were noted and not fetched yet, oldest first.
pub async fn unfetched(
    db: &Db,
    mailbox: MailboxId,
    folder: &str,
    uidvalidity: u32,
    limit: i64,
) -> Result<Vec<u32>> {
    let rows: Vec<UidRow> = db
        .all(
            sql!(
                "select uid from inbound_mail
                 where mailbox = $1 and folder = $2 and uidvalidity = $3 and state = 'seen'
                 order by uid
                 limit $4"
            ),
            params![mailbox, folder, i64::from(uidvalidity), limit],
        )
        .await?;
    Ok(uids(rows))
}

from_row! {
    /// A mail whose step on the server is still to be done.
    #[derive(Clone, Copy, Debug)]
    pub struct Pending {
        /// The mail.
        pub id: MailId,
        /// Its UID.
        pub uid: i64,
        /// Its size, if only its head was taken.
        pub left_bytes: Option<i64>,
    }
}

/// Mails of a folder that are decided, and whose step on the server is still to be done.
pub async fn pending(
    db: &Db,
    mailbox: MailboxId,
    folder: &str,
    uidvalidity: u32,
    limit: i64,
) -> Result<Vec<Pending>> {
    db.all(
        sql!(
            "select id, uid, left_bytes from inbound_mail
             where mailbox = $1 and server = 'pending' and folder = $2 and uidvalidity = $3
               and state in ('applied', 'duplicate', 'filtered', 'quarantined')
             order by id
             limit $4"
        ),
        params![mailbox, folder, i64::from(uidvalidity), limit],
    )
    .await
}

from_row! {
    struct Count {
        count: i64,
    }
}

/// How many mails of a mailbox wait for their decision; at most a thousand are counted.
pub async fn undecided(db: &Db, mailbox: MailboxId) -> Result<i64> {
    let row: Count = db
        .one(
            sql!(
                "select count(*) as count from (
                     select 1 from inbound_mail
                     where mailbox = $1 and server = 'pending' and state = 'stored' limit 1000
                 ) waiting"
            ),
            params![mailbox],
        )
        .await?;
    Ok(row.count)
}

/// Writes down what became of mails on the server.
pub struct FinishServerStep<'a> {
    /// The mails.
    pub mails: &'a [MailId],
    /// `done`, or `pending` to try again at the next round.
    pub server: &'a str,
    /// What the server said, or what is odd.
    pub words: Option<&'a str>,
    /// The lease under which it was done.
    pub fence: &'a Fence,
}

impl Operation for FinishServerStep<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        for mail in self.mails {
            tx.execute(
                sql!("update inbound_mail set server = $1, server_words = $2 where id = $3"),
                params![self.server, self.words, *mail],
            )
            .await?;
        }
        Ok(true)
    }
}

/// Notes that mails vanished before they were fetched.
pub struct NoteGone<'a> {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The folder.
    pub folder: &'a str,
    /// The folder's UIDVALIDITY.
    pub uidvalidity: u32,
    /// The mails.
    pub uid: u32,
    /// The lease under which it was noticed.
    pub fence: &'a Fence,
}

impl Operation for NoteGone<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        tx.execute(
            sql!(
                "update inbound_mail set state = 'gone'
                 where mailbox = $1 and folder = $2 and uidvalidity = $3 and uid = $4
                   and state = 'seen'"
            ),
            params![self.mailbox, self.folder, i64::from(self.uidvalidity), i64::from(self.uid)],
        )
        .await?;
        Ok(true)
    }
}

/// Writes down how a mailbox fares.
pub struct SetHealth<'a> {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// How it fares.
    pub health: Health,
    /// The code of the problem.
    pub problem: Option<&'a str>,
    /// The server's words, or details.
    pub words: Option<&'a str>,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for SetHealth<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let succeeded_at = (self.health == Health::Well).then_some(self.now);
        tx.execute(
            sql!(
                "insert into mailbox_state (mailbox, state, problem, words, since_at, tried_at,
                     succeeded_at, fetch_wanted)
                 values ($1, $2, $3, $4, $5, $5, $6, 0)
                 on conflict (mailbox) do update
                 set since_at = (case when mailbox_state.state = excluded.state
                                           and mailbox_state.problem is not distinct from excluded.problem
                                      then mailbox_state.since_at else excluded.since_at end),
                     state = excluded.state, problem = excluded.problem, words = excluded.words,
                     tried_at = excluded.tried_at, fetch_wanted = 0,
                     succeeded_at = coalesce(excluded.succeeded_at, mailbox_state.succeeded_at)"
            ),
            params![
                self.mailbox,
                self.health.code(),
                self.problem,
                self.words.map(|words| words.replace('\0', " ")),
                self.now,
                succeeded_at,
            ],
        )
        .await?;
        live::announce(tx, live::MAILBOX, self.mailbox);
        Ok(())
    }
}

/// Asks for a mailbox to be fetched now, in whichever process fetches it.
pub struct WantFetch {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for WantFetch {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!(
                "insert into mailbox_state (mailbox, state, since_at, fetch_wanted)
                 values ($1, 'new', $2, 1)
                 on conflict (mailbox) do update set fetch_wanted = 1"
            ),
            params![self.mailbox, self.now],
        )
        .await?;
        live::announce(tx, live::MAILBOX, self.mailbox);
        Ok(())
    }
}

from_row! {
    struct Wanted {
        fetch_wanted: bool,
    }
}

/// Whether somebody wants a mailbox to be fetched now.
pub async fn is_wanted(db: &Db, mailbox: MailboxId) -> Result<bool> {
    let row: Option<Wanted> = db
        .optional(
            sql!("select fetch_wanted from mailbox_state where mailbox = $1"),
            params![mailbox],
        )
        .await?;
    Ok(row.is_some_and(|row| row.fetch_wanted))
}

from_row! {
    /// The figures of a mailbox's journal, for the reconciliation.
    #[derive(Clone, Debug)]
    pub struct Figure {
        /// The mailbox.
        pub mailbox: MailboxId,
        /// The state.
        pub state: String,
        /// How many mails are in it.
        pub count: i64,
    }
}

/// How many mails of each mailbox are in each state, of those that arrived since a moment.
pub async fn figures(db: &Db, since: MailId) -> Result<Vec<Figure>> {
    let mut query =
        Query::new("select mailbox, state, count(*) as count from inbound_mail where id >=");
    query.bind(since).push("group by mailbox, state order by mailbox, state");
    db.list(&query).await
}
