//! How the accounts fare by which mails leave.

use db::{Operation, Result, Tx, from_row, params, sql};
use values::Timestamp;

from_row! {
    struct Paused {
        account: i64,
    }
}

/// Whether an account pauses.
pub async fn is_paused(tx: &mut Tx<'_>, account: i64, now: Timestamp) -> Result<bool> {
    let paused: Option<Paused> = tx
        .optional(
            sql!("select account from relay where account = $1 and paused_until > $2"),
            params![account, now],
        )
        .await?;
    Ok(paused.is_some())
}

/// No mail leaves by an account for a while: its login is refused.
pub async fn pause(
    tx: &mut Tx<'_>,
    account: i64,
    problem: &str,
    words: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into relay (account, state, problem, words, since_at, paused_until)
             values ($1, 'paused', $2, $3, $4, $5)
             on conflict (account) do update
             set problem = excluded.problem, words = excluded.words,
                 paused_until = excluded.paused_until, state = excluded.state,
                 since_at = (case when relay.state = 'paused' then relay.since_at
                                  else excluded.since_at end)"
        ),
        params![account, problem, words, now, until],
    )
    .await
    .map(drop)
}

/// The server of an account answered.
pub async fn note_well(tx: &mut Tx<'_>, account: i64, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "insert into relay (account, state, since_at) values ($1, 'well', $2)
             on conflict (account) do update
             set state = 'well', problem = null, words = null, since_at = excluded.since_at,
                 paused_until = null
             where relay.state <> 'well'"
        ),
        params![account, now],
    )
    .await
    .map(drop)
}

/// The server of an account cannot be reached.
pub async fn note_trouble(
    tx: &mut Tx<'_>,
    account: i64,
    words: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into relay (account, state, problem, words, since_at)
             values ($1, 'troubled', 'unreachable', $2, $3)
             on conflict (account) do update
             set problem = excluded.problem, words = excluded.words, state = excluded.state,
                 since_at = (case when relay.state = 'troubled' then relay.since_at
                                  else excluded.since_at end)"
        ),
        params![account, words, now],
    )
    .await
    .map(drop)
}

/// What waits for another try by an account is due now.
pub async fn try_now(tx: &mut Tx<'_>, account: i64, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update outbound_mail set next_at = $1
             where account = $2 and next_at > $1 and state = 'deferred'"
        ),
        params![now, account],
    )
    .await
    .map(drop)
}

/// Ends the pause of an account: its settings changed, or somebody wants another try.
pub struct FreeRelay {
    /// The account.
    pub account: i64,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for FreeRelay {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!(
                "update relay set paused_until = null, state = 'new', since_at = $1
                 where account = $2 and paused_until is not null"
            ),
            params![self.now, self.account],
        )
        .await
        .map(drop)
    }
}
