//! SQL of what tells a mail that was taken before, and of mails that know each other by Message-ID.

use db::{Result, Tx, from_row, params, sql};

use crate::record::MailId;

from_row! {
    struct IdRow {
        id: MailId,
    }
}

from_row! {
    struct ClaimRow {
        mail: MailId,
    }
}

/// Claims a key for a mail, or gives the mail that claimed it before.
pub async fn claim(tx: &mut Tx<'_>, key: &[u8], mail: MailId) -> Result<Option<MailId>> {
    let claimed = tx
        .execute(
            sql!("insert into mail_key (key, mail) values ($1, $2) on conflict (key) do nothing"),
            params![key, mail],
        )
        .await?;
    if claimed == 1 {
        return Ok(None);
    }
    let row: Option<ClaimRow> =
        tx.optional(sql!("select mail from mail_key where key = $1"), params![key]).await?;
    Ok(row.map(|row| row.mail).filter(|first| *first != mail))
}

/// An earlier mail with the same Message-ID.
pub async fn same_message_id(
    tx: &mut Tx<'_>,
    message_id: &str,
    mail: MailId,
) -> Result<Option<MailId>> {
    let row: Option<IdRow> = tx
        .optional(
            sql!(
                "select id from inbound_mail where message_id = $1 and id < $2 order by id limit 1"
            ),
            params![message_id, mail],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

/// Whether an earlier mail with one of these Message-IDs (a JSON array) waits for its decision.
pub async fn waits(tx: &mut Tx<'_>, message_ids: String, before: MailId) -> Result<bool> {
    let row: Option<IdRow> = tx
        .optional(
            sql!(
                sqlite: "select id from inbound_mail
                         where message_id in (select value from json_each($1))
                           and state = 'stored' and id < $2
                         limit 1",
                postgres: "select id from inbound_mail
                           where message_id in (select value from json_array_elements_text($1::json))
                             and state = 'stored' and id < $2
                           limit 1"
            ),
            params![message_ids, before],
        )
        .await?;
    Ok(row.is_some())
}

/// Gives back the keys that a mail claimed.
pub async fn unclaim(tx: &mut Tx<'_>, keys: &[Vec<u8>; 2], mail: MailId) -> Result<()> {
    let [one, other] = keys.each_ref().map(Vec::as_slice);
    let delete = sql!("delete from mail_key where key in ($1, $2) and mail = $3");
    tx.execute(delete, params![one, other, mail]).await.map(drop)
}
