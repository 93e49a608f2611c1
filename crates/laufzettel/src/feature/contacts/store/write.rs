//! SQL that writes contacts, and asks whose an address is.

use db::{Failure, FailureKind, Result, Tx, from_row, params, sql};
use values::EmailAddress;

use super::Detailed;
use crate::record::ContactId;
use crate::record::contact::name_key;
use crate::record::customers::events::{self, Customer};
use crate::record::customers::keys;
use crate::record::our_address::texts_json;

from_row! {
    struct AddressRow {
        address: String,
        contact: ContactId,
    }
}

/// Whose these addresses are, as far as they are anybody's.
pub async fn owners(
    tx: &mut Tx<'_>,
    addresses: &[EmailAddress],
) -> Result<Vec<(String, ContactId)>> {
    let rows: Vec<AddressRow> = tx
        .all(
            sql!(
                sqlite: "select address, contact from contact_address
                         where address in (select value from json_each($1)) limit 1000",
                postgres: "select address, contact from contact_address
                           where address in (select json_array_elements_text(cast($1 as json)))
                           limit 1000"
            ),
            params![texts_json(addresses)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.address, row.contact)).collect())
}

/// Writes the contact's row, telephone numbers and keys.
pub async fn save(tx: &mut Tx<'_>, contact: &Detailed) -> Result<()> {
    tx.execute(
        sql!(
            "insert into contact (id, name, name_key, job, company, language, notes, created_at,
                 version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (id) do update
             set name = excluded.name, name_key = excluded.name_key, job = excluded.job,
                 company = excluded.company, language = excluded.language,
                 notes = excluded.notes, version = excluded.version"
        ),
        params![
            contact.id,
            contact.name.as_str(),
            name_key(&contact.name),
            contact.job.as_deref(),
            contact.company,
            contact.language.as_deref(),
            contact.notes.as_deref(),
            contact.created_at,
            contact.version,
        ],
    )
    .await?;
    set_phones(tx, contact.id, &contact.phones).await?;
    keys::of_contact(tx, contact.id, &contact.name, &contact.phones).await
}

/// Writes the telephone numbers of a contact.
async fn set_phones(tx: &mut Tx<'_>, contact: ContactId, phones: &[String]) -> Result<()> {
    tx.execute(sql!("delete from contact_phone where contact = $1"), params![contact]).await?;
    tx.execute(
        sql!(
            sqlite: "insert into contact_phone (contact, position, number)
                     select $1, key + 1, value from json_each($2)",
            postgres: "insert into contact_phone (contact, position, number)
                       select cast($1 as bigint), position, value
                       from json_array_elements_text(cast($2 as json))
                            with ordinality as listed (value, position)"
        ),
        params![contact, serde_json::json!(phones).to_string()],
    )
    .await
    .map(drop)
}

/// Writes the addresses of a contact. Whoever asks has seen that they are free; if somebody else
/// took one meanwhile, the race is lost.
pub async fn set_addresses(
    tx: &mut Tx<'_>,
    contact: ContactId,
    addresses: &[EmailAddress],
) -> Result<()> {
    tx.execute(sql!("delete from contact_address where contact = $1"), params![contact]).await?;
    for (position, address) in (1_i64..).zip(addresses) {
        let added = tx
            .execute(
                sql!(
                    "insert into contact_address (address, contact, position) values ($1, $2, $3)
                     on conflict (address) do nothing"
                ),
                params![address, contact, position],
            )
            .await?;
        if added == 0 {
            return Err(Failure::of_kind(FailureKind::LostRace, "an address was taken meanwhile"));
        }
    }
    Ok(())
}

/// Deletes the contact with everything that is its own.
pub async fn delete(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    events::forget(tx, Customer::Contact(contact)).await?;
    delete_row(tx, contact).await
}

/// Deletes the contact's row, telephone numbers, addresses and keys.
pub async fn delete_row(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    tx.execute(sql!("delete from contact_key where contact = $1"), params![contact]).await?;
    tx.execute(sql!("delete from contact_phone where contact = $1"), params![contact]).await?;
    tx.execute(sql!("delete from contact_address where contact = $1"), params![contact]).await?;
    tx.execute(sql!("delete from contact where id = $1"), params![contact]).await.map(drop)
}
