//! SQL of the reconciliation: what the journal has of a mailbox, the reconciliations, who wants one.

use db::{Reading, Result, Tx, View, from_row, params, sql};
use values::{Id, Timestamp};

use super::Missing;
use crate::record::MailboxId;

/// A reconciliation.
pub enum Reconciliation {}

from_row! {
    struct Group {
        state: String,
        outcome: Option<String>,
        count: i64,
        lost: i64,
    }
}

/// What the journal has of a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// All entries.
    pub all: i64,
    /// Those in tickets.
    pub in_tickets: i64,
    /// Those that were here before.
    pub duplicates: i64,
    /// Those that were sorted out.
    pub filtered: i64,
    /// Those that somebody has to place.
    pub unassigned: i64,
    /// Those that could not be read.
    pub quarantined: i64,
    /// Those that vanished before they were fetched.
    pub vanished: i64,
    /// Those that are on their way.
    pub waiting: i64,
    /// Those whose ticket is not there.
    pub lost: i64,
}

/// Counts the entries of a mailbox, all of them, along its own index.
pub struct ReadJournal(pub MailboxId);

impl Reading for ReadJournal {
    type Outcome = Journal;

    async fn run(&self, view: &mut View<'_>) -> Result<Journal> {
        let groups: Vec<Group> = view
            .all(
                sql!(
                    "select m.state, m.outcome, count(*) as count,
                            sum(case when m.state = 'applied' and not exists (
                                    select 1 from ticket t where t.id = m.ticket)
                                then 1 else 0 end) as lost
                     from inbound_mail m
                     where m.mailbox = $1
                     group by m.state, m.outcome
                     limit 100"
                ),
                params![self.0],
            )
            .await?;
        let mut journal = Journal::default();
        for group in groups {
            journal.all += group.count;
            journal.lost += group.lost;
            let place = match (group.state.as_str(), group.outcome.as_deref()) {
                ("applied", _) => &mut journal.in_tickets,
                ("duplicate", _) => &mut journal.duplicates,
                (_, Some("unassigned")) => &mut journal.unassigned,
                ("filtered", _) => &mut journal.filtered,
                ("quarantined", _) => &mut journal.quarantined,
                ("gone", _) => &mut journal.vanished,
                _ => &mut journal.waiting,
            };
            *place += group.count - group.lost;
        }
        Ok(journal)
    }
}

/// A reconciliation as it is written.
pub struct NewReconciliation<'a> {
    /// Its id.
    pub id: Id<Reconciliation>,
    /// The mailbox.
    pub mailbox: MailboxId,
    /// When.
    pub at: Timestamp,
    /// Mails in the folder; `None` if there is no server.
    pub on_server: Option<i64>,
    /// Mails in the folder that are too old.
    pub not_wanted: i64,
    /// Entries whose mail is not in the folder.
    pub left_server: i64,
    /// Mails that the journal does not have.
    pub missing: i64,
    /// The first ones of them, as JSON.
    pub named: String,
    /// What the journal has.
    pub journal: &'a Journal,
}

/// Writes a reconciliation; nobody waits for one any more.
pub async fn insert(tx: &mut Tx<'_>, new: &NewReconciliation<'_>) -> Result<()> {
    let journal = new.journal;
    tx.execute(
        sql!(
            "insert into reconciliation (id, mailbox, at, on_server, not_wanted, left_server,
                 in_journal, in_tickets, duplicates, filtered, unassigned, quarantined, vanished,
                 waiting, missing, lost, named)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        params![
            new.id,
            new.mailbox,
            new.at,
            new.on_server,
            new.not_wanted,
            new.left_server,
            journal.all,
            journal.in_tickets,
            journal.duplicates,
            journal.filtered,
            journal.unassigned,
            journal.quarantined,
            journal.vanished,
            journal.waiting,
            new.missing,
            journal.lost,
            new.named.as_str(),
        ],
    )
    .await?;
    tx.execute(
        sql!("update mailbox_state set reconcile_wanted = null where mailbox = $1"),
        params![new.mailbox],
    )
    .await
    .map(drop)
}

from_row! {
    /// A reconciliation as it is read.
    #[derive(Clone, Debug)]
    pub struct Reconciled {
        /// The mailbox.
        pub mailbox: MailboxId,
        /// When.
        pub at: Timestamp,
        /// Mails in the folder; `None` if there is no server.
        pub on_server: Option<i64>,
        /// Mails in the folder that are too old.
        pub not_wanted: i64,
        /// Entries whose mail is not in the folder.
        pub left_server: i64,
        /// Entries of the journal.
        pub in_journal: i64,
        /// Those in tickets.
        pub in_tickets: i64,
        /// Those that were here before.
        pub duplicates: i64,
        /// Those that were sorted out.
        pub filtered: i64,
        /// Those that somebody has to place.
        pub unassigned: i64,
        /// Those that could not be read.
        pub quarantined: i64,
        /// Those that vanished before they were fetched.
        pub vanished: i64,
        /// Those that are on their way.
        pub waiting: i64,
        /// Mails that the journal does not have.
        pub missing: i64,
        /// Entries whose ticket is not there.
        pub lost: i64,
        /// The first missing mails, as JSON.
        pub named: String,
    }
}

impl Reconciled {
    /// How many mails are not accounted for.
    pub fn difference(&self) -> i64 {
        self.missing + self.lost
    }

    /// The first missing mails.
    pub fn named(&self) -> Vec<Missing> {
        serde_json::from_str(&self.named).unwrap_or_default()
    }
}

/// The last reconciliation of each mailbox. There are tens of mailboxes, not thousands.
pub struct Newest;

impl Reading for Newest {
    type Outcome = Vec<Reconciled>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Reconciled>> {
        newest(view).await
    }
}

/// See [`Newest`].
pub async fn newest(view: &mut View<'_>) -> Result<Vec<Reconciled>> {
    view.all(
        sql!(
            "select r.mailbox, r.at, r.on_server, r.not_wanted, r.left_server, r.in_journal,
                    r.in_tickets, r.duplicates, r.filtered, r.unassigned, r.quarantined,
                    r.vanished, r.waiting, r.missing, r.lost, r.named
             from mailbox b
             join reconciliation r on r.id = (
                 select max(one.id) from reconciliation one where one.mailbox = b.id)
             order by r.mailbox limit 1000"
        ),
        [],
    )
    .await
}

/// The last reconciliations of a mailbox, newest first.
pub struct OfMailbox {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// How many.
    pub limit: i64,
}

impl Reading for OfMailbox {
    type Outcome = Vec<Reconciled>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Reconciled>> {
        view.all(
            sql!(
                "select mailbox, at, on_server, not_wanted, left_server, in_journal, in_tickets,
                        duplicates, filtered, unassigned, quarantined, vanished, waiting, missing,
                        lost, named
                 from reconciliation where mailbox = $1
                 order by id desc limit $2"
            ),
            params![self.mailbox, self.limit],
        )
        .await
    }
}

from_row! {
    struct At {
        at: Timestamp,
    }
}

/// When a mailbox was last reconciled.
pub struct Last(pub MailboxId);

impl Reading for Last {
    type Outcome = Option<Timestamp>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Timestamp>> {
        let row: Option<At> = view
            .optional(
                sql!("select at from reconciliation where mailbox = $1 order by id desc limit 1"),
                params![self.0],
            )
            .await?;
        Ok(row.map(|row| row.at))
    }
}

from_row! {
    struct Asked {
        mailbox: MailboxId,
    }
}

/// Whether somebody waits for the reconciliation of a mailbox.
pub struct Wanted(pub MailboxId);

impl Reading for Wanted {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        let row: Option<Asked> = view
            .optional(
                sql!(
                    "select mailbox from mailbox_state
                     where mailbox = $1 and reconcile_wanted is not null"
                ),
                params![self.0],
            )
            .await?;
        Ok(row.is_some())
    }
}

/// The mailboxes whose reconciliation somebody waits for.
pub struct AllWanted;

impl Reading for AllWanted {
    type Outcome = Vec<MailboxId>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<MailboxId>> {
        let rows: Vec<Asked> = view
            .all(
                sql!(
                    "select mailbox from mailbox_state
                     where reconcile_wanted is not null order by mailbox limit 1000"
                ),
                [],
            )
            .await?;
        Ok(rows.into_iter().map(|row| row.mailbox).collect())
    }
}

/// Writes down that somebody wants a mailbox fetched and reconciled.
pub async fn want(tx: &mut Tx<'_>, mailbox: MailboxId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "insert into mailbox_state (mailbox, state, since_at, fetch_wanted, reconcile_wanted)
             values ($1, 'new', $2, 1, $2)
             on conflict (mailbox) do update set fetch_wanted = 1, reconcile_wanted = $2"
        ),
        params![mailbox, now],
    )
    .await
    .map(drop)
}

/// Has the folders of a mailbox listed from their beginning at the next round.
pub async fn list_again(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<()> {
    tx.execute(
        sql!("update mailbox_folder set relisted_at = 0 where mailbox = $1"),
        params![mailbox],
    )
    .await
    .map(drop)
}
