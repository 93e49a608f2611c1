//! SQL of senders.

use db::{Result, Tx, from_row, params, sql};

use super::{SaveSender, Use};
use crate::record::SenderId;
use crate::record::message::json;
use crate::record::sender::Sender;

/// The sender, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, sender: SenderId) -> Result<Option<Sender>> {
    tx.optional(
        sql!(
            sqlite: "select id, address, name, smtp, password, active, is_default, version
                     from sender where id = $1",
            postgres: "select id, address, name, smtp, password, active, is_default, version
                       from sender where id = $1 for update"
        ),
        params![sender],
    )
    .await
}

from_row! {
    struct SenderRow {
        id: SenderId,
    }
}

/// Whether another sender has this address.
pub async fn is_taken(tx: &mut Tx<'_>, sender: SenderId, address: &str) -> Result<bool> {
    let other: Option<SenderRow> = tx
        .optional(
            sql!("select id from sender where address = $1 and id <> $2"),
            params![address, sender],
        )
        .await?;
    Ok(other.is_some_and(|other| other.id != sender))
}

/// Takes the default away from all others.
pub async fn clear_default(tx: &mut Tx<'_>, sender: SenderId) -> Result<()> {
    tx.execute(
        sql!(
            "update sender set is_default = 0, version = version + 1
             where is_default = 1 and id <> $1"
        ),
        params![sender],
    )
    .await
    .map(drop)
}

/// Makes or changes the row. Without a new password the stored one stays, as long as there is
/// somebody to sign in as.
pub async fn upsert(
    tx: &mut Tx<'_>,
    id: SenderId,
    version: i64,
    save: &SaveSender<'_>,
) -> Result<()> {
    let form = save.form;
    let signs_in =
        form.relay.as_ref().is_some_and(|relay| relay.user.is_some() && relay.oauth.is_none());
    tx.execute(
        sql!(
            "insert into sender (id, address, name, smtp, password, active, is_default, version)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (id) do update
                 set address = excluded.address, name = excluded.name, smtp = excluded.smtp,
                     password = case when cast($9 as bigint) = 1
                                     then coalesce(excluded.password, sender.password) end,
                     active = excluded.active, is_default = excluded.is_default,
                     version = excluded.version"
        ),
        params![
            id,
            form.address.as_str(),
            form.name.as_str(),
            form.relay.as_ref().map(json),
            save.sealed,
            form.active,
            form.is_default,
            version,
            i64::from(signs_in),
        ],
    )
    .await
    .map(drop)
}

/// Forgets how its mail server fared: it may be another one now, or have another password.
pub async fn forget_state(tx: &mut Tx<'_>, sender: SenderId) -> Result<()> {
    tx.execute(sql!("delete from relay where account = $1"), params![sender]).await.map(drop)
}

from_row! {
    struct UseRow {
        used: String,
    }
}

/// Whether mails have not left yet by its own mail server.
pub async fn has_mails(tx: &mut Tx<'_>, sender: SenderId) -> Result<bool> {
    let mail: Option<UseRow> = tx
        .optional(
            sql!(
                "select state as used from outbound_mail
                 where account = $1 and next_at is not null
                 order by next_at, id limit 1"
            ),
            params![sender],
        )
        .await?;
    Ok(mail.is_some_and(|mail| !mail.used.is_empty()))
}

/// Something that needs the sender, if anything does.
pub async fn first_use(tx: &mut Tx<'_>, sender: SenderId) -> Result<Option<Use>> {
    let found: Option<UseRow> = tx
        .optional(
            sql!(
                "select 'mailbox' as used from mailbox where sender = $1
                 union all
                 select 'area' as used from area where sender = $1
                 limit 1"
            ),
            params![sender],
        )
        .await?;
    match found {
        Some(found) if found.used == "area" => Ok(Some(Use::Area)),
        Some(_) => Ok(Some(Use::Mailbox)),
        None => Ok(has_mails(tx, sender).await?.then_some(Use::Mails)),
    }
}

/// Deletes the row.
pub async fn delete(tx: &mut Tx<'_>, sender: SenderId) -> Result<()> {
    tx.execute(sql!("delete from sender where id = $1"), params![sender]).await.map(drop)
}
