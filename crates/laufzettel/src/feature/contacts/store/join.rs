//! SQL of joining contacts and taking it back.

use db::{Result, Tx, from_row, json_list, params, sql};
use values::EmailAddress;

use crate::record::our_address::texts_json;
use crate::record::{ContactId, TicketId};

from_row! {
    struct MovedTicket {
        id: TicketId,
    }
}

/// All tickets of one contact become another one's; which they are.
pub async fn move_tickets(tx: &mut Tx<'_>, from: ContactId, to: ContactId) -> Result<Vec<i64>> {
    let moved: Vec<MovedTicket> = tx
        .all(
            sql!("update ticket set contact = $1 where contact = $2 returning id"),
            params![to, from],
        )
        .await?;
    Ok(moved.into_iter().map(|ticket| ticket.id.number()).collect())
}

/// All addresses of one contact stand behind those of another one.
pub async fn move_addresses(tx: &mut Tx<'_>, from: ContactId, to: ContactId) -> Result<()> {
    tx.execute(
        sql!(
            "update contact_address set contact = $1, position = position + 1000
             where contact = $2"
        ),
        params![to, from],
    )
    .await
    .map(drop)
}

/// Those of these addresses that the one has become the other's.
pub async fn take_addresses(
    tx: &mut Tx<'_>,
    from: ContactId,
    to: ContactId,
    addresses: &[EmailAddress],
) -> Result<()> {
    tx.execute(
        sql!(
            sqlite: "update contact_address set contact = $1
                     where contact = $2 and address in (select value from json_each($3))",
            postgres: "update contact_address set contact = $1
                       where contact = $2
                         and address in (select json_array_elements_text(cast($3 as json)))"
        ),
        params![to, from, texts_json(addresses)],
    )
    .await
    .map(drop)
}

/// Those of these tickets that the one still has become the other's.
pub async fn take_tickets(
    tx: &mut Tx<'_>,
    from: ContactId,
    to: ContactId,
    tickets: &[i64],
) -> Result<()> {
    tx.execute(
        sql!(
            sqlite: "update ticket set contact = $1
                     where contact = $2 and id in (select value from json_each($3))",
            postgres: "update ticket set contact = $1
                       where contact = $2 and id in
                         (select cast(value as bigint) from json_array_elements_text(cast($3 as json)))"
        ),
        params![to, from, json_list(tickets.iter().copied())],
    )
    .await
    .map(drop)
}
