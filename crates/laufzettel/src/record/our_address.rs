//! Addresses of our own: those of mailboxes and senders. What is sent there comes back to us, and
//! everybody who sees the mailbox reads it.

use db::{Result, Tx, from_row, params, sql};
use values::EmailAddress;

use super::directory::Directory;

from_row! {
    struct Row {
        address: String,
    }
}

/// Those of these addresses that a mailbox or a sender of ours has.
pub async fn among(tx: &mut Tx<'_>, addresses: &[EmailAddress]) -> Result<Vec<String>> {
    let rows: Vec<Row> = tx
        .all(
            sql!(
                sqlite: "select address from (select address from mailbox_address
                                              union select address from sender) o
                         where address in (select value from json_each($1))
                         order by address limit 1000",
                postgres: "select address from (select address from mailbox_address
                                                union select address from sender) o
                           where address in (select json_array_elements_text(cast($1 as json)))
                           order by address limit 1000"
            ),
            params![texts_json(addresses)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

/// Whether this address is one of ours.
pub async fn is_ours(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<bool> {
    Ok(!among(tx, std::slice::from_ref(address)).await?.is_empty())
}

/// Whether this address is one of ours, as far as the lists in memory know.
pub fn is_listed(directory: &Directory, address: &EmailAddress) -> bool {
    directory.mailboxes.iter().any(|mailbox| mailbox.addresses().contains(address))
        || directory.senders.iter().any(|sender| sender.address == address.as_str())
}

/// Addresses as one parameter.
pub fn texts_json(addresses: &[EmailAddress]) -> String {
    let texts: Vec<&str> = addresses.iter().map(EmailAddress::as_str).collect();
    serde_json::json!(texts).to_string()
}
