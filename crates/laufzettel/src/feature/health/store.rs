//! What the figures need of the database: counts over small indexes that end at a bound, and the
//! oldest of each state.

use db::{Reading, Result, View, from_row, params, sql};
use values::Timestamp;

use crate::feature::reconcile::store::{self as reconciliation, Reconciled};
use crate::record::MailboxId;
use crate::service::watch::{self, KnownRound};

/// Nobody needs to know more than that there are so many.
pub const COUNTED_MAX: i64 = 10_000;

from_row! {
    /// How many mails are in a state.
    #[derive(Clone, Debug)]
    pub struct InState {
        /// The state.
        pub state: String,
        /// How many, up to [`COUNTED_MAX`].
        pub count: i64,
        /// When the first of them came or was written.
        pub oldest_at: Option<Timestamp>,
    }
}

from_row! {
    /// A mailbox that is fetched.
    #[derive(Clone, Debug)]
    pub struct MailboxFigure {
        /// Its name.
        pub name: String,
        /// `new`, `well` or `troubled`.
        pub state: String,
        /// When mails were last fetched.
        pub succeeded_at: Option<Timestamp>,
    }
}

from_row! {
    /// An account by which mails leave and that has a problem.
    #[derive(Clone, Debug)]
    pub struct TroubledAccount {
        /// Its number.
        pub account: i64,
        /// `paused` or `troubled`.
        pub state: String,
    }
}

from_row! {
    struct MailboxName {
        id: MailboxId,
        name: String,
    }
}

/// What was read of the database at one moment.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Mails of the journal that somebody or something must act on.
    pub inbound: Vec<InState>,
    /// Mails of the outbox that are not done.
    pub outbound: Vec<InState>,
    /// The mailboxes that are switched on and fetched.
    pub mailboxes: Vec<MailboxFigure>,
    /// Their last reconciliations, by name.
    pub reconciled: Vec<(String, Reconciled)>,
    /// Accounts with a problem.
    pub accounts: Vec<TroubledAccount>,
    /// The rounds of the workers, of all processes.
    pub rounds: Vec<KnownRound>,
}

/// Reads the figures.
pub struct ReadFigures;

impl Reading for ReadFigures {
    type Outcome = Figures;

    async fn run(&self, view: &mut View<'_>) -> Result<Figures> {
        Ok(Figures {
            inbound: inbound(view).await?,
            outbound: outbound(view).await?,
            mailboxes: mailboxes(view).await?,
            reconciled: reconciled(view).await?,
            accounts: accounts(view).await?,
            rounds: watch::rounds(view).await?,
        })
    }
}

async fn inbound(view: &mut View<'_>) -> Result<Vec<InState>> {
    view.all(
        sql!(
            "with wanted (state) as (values ('seen'), ('stored'), ('quarantined'))
             select w.state,
                    (select count(*) from
                        (select 1 from inbound_mail m where m.state = w.state limit $1) counted)
                        as count,
                    (select m.arrived_at from inbound_mail m where m.state = w.state
                     order by m.id limit 1) as oldest_at
             from wanted w order by w.state limit 10"
        ),
        params![COUNTED_MAX],
    )
    .await
}

async fn outbound(view: &mut View<'_>) -> Result<Vec<InState>> {
    view.all(
        sql!(
            "with wanted (state) as (values ('queued'), ('sending'), ('dot'), ('uncertain'),
                 ('deferred'), ('failed'))
             select w.state,
                    (select count(*) from
                        (select 1 from outbound_mail m where m.state = w.state limit $1) counted)
                        as count,
                    (select m.created_at from outbound_mail m where m.state = w.state
                     order by m.id limit 1) as oldest_at
             from wanted w order by w.state limit 10"
        ),
        params![COUNTED_MAX],
    )
    .await
}

async fn mailboxes(view: &mut View<'_>) -> Result<Vec<MailboxFigure>> {
    view.all(
        sql!(
            "select m.name, s.state, s.succeeded_at
             from mailbox_state s join mailbox m on m.id = s.mailbox
             where m.enabled = 1
             order by m.name limit 1000"
        ),
        [],
    )
    .await
}

async fn reconciled(view: &mut View<'_>) -> Result<Vec<(String, Reconciled)>> {
    let names: Vec<MailboxName> =
        view.all(sql!("select id, name from mailbox order by id limit 1000"), []).await?;
    let newest = reconciliation::newest(view).await?;
    let named = newest.into_iter().filter_map(|one| {
        let name = names.iter().find(|name| name.id == one.mailbox)?.name.clone();
        Some((name, one))
    });
    Ok(named.collect())
}

async fn accounts(view: &mut View<'_>) -> Result<Vec<TroubledAccount>> {
    view.all(
        sql!(
            "select account, state from relay where state in ('paused', 'troubled')
             order by account limit 1000"
        ),
        [],
    )
    .await
}
