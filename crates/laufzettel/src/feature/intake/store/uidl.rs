//! SQL of mails that were fetched by POP3 and are known by their unique ids.

use db::{Result, Tx, from_row, params, sql};

use super::journal::size;
use crate::feature::intake::store_mail::{StoreMail, Way};
use crate::record::{MailId, MailboxId};

from_row! {
    struct IdRow {
        id: MailId,
    }
}

/// Makes the entry of a mail that was fetched by POP3, unless it was stored before.
pub async fn insert_by_uidl(tx: &mut Tx<'_>, mail: &StoreMail<'_>) -> Result<Option<MailId>> {
    let Way::Pop3 { uidl, left_bytes, .. } = &mail.arrival.way else { return Ok(None) };
    let stored: Option<IdRow> = tx
        .optional(
            sql!(
                "insert into inbound_mail (id, mailbox, source, envelope_to, size_bytes,
                     internal_date, arrived_at, raw_hash, message_id, state, server, archive,
                     attempts, left_bytes, uidl)
                 values ($1, $2, 'pop3', '', $3, $4, $5, $6, $7, 'stored', 'pending', 0, 0, $8, $9)
                 on conflict (mailbox, uidl) where uidl is not null do nothing
                 returning id"
            ),
            params![
                mail.id,
                mail.arrival.mailbox,
                size(mail.raw.size_bytes)?,
                mail.arrival.internal_date,
                mail.now,
                mail.raw.hash.as_slice(),
                mail.message_id,
                left_bytes.map(i64::from),
                uidl.as_str(),
            ],
        )
        .await?;
    Ok(stored.map(|row| row.id))
}

/// The entry of a mail with this unique id.
pub async fn known_uidl(tx: &mut Tx<'_>, mailbox: MailboxId, uidl: &str) -> Result<Option<MailId>> {
    let row: Option<IdRow> = tx
        .optional(
            sql!("select id from inbound_mail where mailbox = $1 and uidl = $2"),
            params![mailbox, uidl],
        )
        .await?;
    Ok(row.map(|row| row.id))
}
