//! What an attempt came to.

use db::{Result, Tx, params, sql};
use rules::sending::{MailState, Settled};

use crate::feature::outbox::settle::Settle;

/// Writes what an attempt came to.
pub async fn write_settled(tx: &mut Tx<'_>, settle: &Settle<'_>, settled: &Settled) -> Result<()> {
    let mail = settle.taken.id;
    for (place, state, words) in &settled.recipients {
        tx.execute(
            sql!(
                "update outbound_recipient set state = $1, words = $2, changed_at = $3
                 where mail = $4 and position = $5 and state in ('waiting', 'deferred')"
            ),
            params![
                state.code(),
                Some(words.as_str()).filter(|words| !words.is_empty()),
                settle.now,
                mail,
                i64::try_from(*place).unwrap_or(i64::MAX),
            ],
        )
        .await?;
    }
    let is_sent = settled.state == MailState::Sent;
    tx.execute(
        sql!(
            "update outbound_mail
             set state = $1, next_at = $2, attempts = attempts + $3, words = $4,
                 warned = (case when $5 = 1 then 1 else warned end),
                 sent_at = (case when $6 = 1 then $7 else sent_at end)
             where id = $8"
        ),
        params![
            settled.state.code(),
            settled.next_at,
            i64::from(settled.is_counted),
            settle.words(settled),
            settled.warns,
            is_sent,
            settle.now,
            mail,
        ],
    )
    .await
    .map(drop)
}

/// Keeps an attempt with the server's words.
pub async fn insert_attempt(tx: &mut Tx<'_>, settle: &Settle<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into outbound_attempt (mail, number, at, ended_at, outcome, phase, words)
             values ($1, (select count(*) from outbound_attempt where mail = $1) + 1,
                 $2, $3, $4, $5, $6)"
        ),
        params![
            settle.taken.id,
            settle.started,
            settle.now,
            settle.outcome(),
            settle.ended.phase.code(),
            settle.ended.words.as_str(),
        ],
    )
    .await
    .map(drop)
}
