//! A mail is taken into work, put off, or leaves no more.

use std::time::Duration;

use db::{Result, Tx, params, sql};
use rules::sending::{MailState, RecipientState};
use values::Timestamp;

use super::Due;
use crate::record::OutboundId;

/// A mail in work is somebody's; the next one looks here should all else fail.
const IN_WORK: Duration = Duration::from_secs(3600);

/// Marks a mail as being handed over. One that was in the dark may arrive twice now. `false` if it
/// was stopped meanwhile.
pub async fn begin(tx: &mut Tx<'_>, mail: &Due, now: Timestamp) -> Result<bool> {
    let begun = tx
        .execute(
            sql!(
                "update outbound_mail
             set perhaps_twice = (case when state = 'uncertain' then 1 else perhaps_twice end),
                 state = 'sending', next_at = $1
             where id = $2 and state in ('queued', 'deferred', 'uncertain')"
            ),
            params![now.plus(IN_WORK), mail.id],
        )
        .await?;
    Ok(begun == 1)
}

/// Notes that the last dot follows. `false` if the mail is not being handed over any more.
pub async fn note_dot(tx: &mut Tx<'_>, mail: OutboundId) -> Result<bool> {
    let noted = tx
        .execute(
            sql!("update outbound_mail set state = 'dot' where id = $1 and state = 'sending'"),
            params![mail],
        )
        .await?;
    Ok(noted == 1)
}

/// An automatic mail of which nobody knows whether it was taken is not sent again.
pub async fn drop_unconfirmed(tx: &mut Tx<'_>, mail: OutboundId, now: Timestamp) -> Result<()> {
    end(tx, mail, MailState::Unconfirmed, RecipientState::Unconfirmed, now).await
}

/// A mail does not leave.
pub async fn cancel(tx: &mut Tx<'_>, mail: OutboundId, now: Timestamp) -> Result<()> {
    end(tx, mail, MailState::Cancelled, RecipientState::Cancelled, now).await
}

async fn end(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    state: MailState,
    recipient: RecipientState,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!("update outbound_mail set state = $1, next_at = null where id = $2"),
        params![state.code(), mail],
    )
    .await?;
    tx.execute(
        sql!(
            "update outbound_recipient set state = $1, changed_at = $2
             where mail = $3 and state in ('waiting', 'deferred')"
        ),
        params![recipient.code(), now, mail],
    )
    .await
    .map(drop)
}

/// Puts a mail off without a try.
pub async fn put_off(
    tx: &mut Tx<'_>,
    mail: OutboundId,
    until: Timestamp,
    words: &str,
) -> Result<()> {
    tx.execute(
        sql!("update outbound_mail set next_at = $1, words = $2 where id = $3"),
        params![until, words, mail],
    )
    .await
    .map(drop)
}
