//! SQL of mails in the Sent folder: whether one of them is about a ticket.

use db::{Db, Result, from_row, params, sql};

use crate::record::message::json;

from_row! {
    struct Count {
        count: i64,
    }
}

/// Whether one of these Message-IDs lies in a ticket, or one of these folded numbers is a ticket's.
pub async fn names_ticket(db: &Db, message_ids: &[&str], numbers: &[String]) -> Result<bool> {
    if message_ids.is_empty() && numbers.is_empty() {
        return Ok(false);
    }
    let found: Count = db
        .one(
            sql!(
                sqlite: "select (select count(*) from (
                             select 1 from message_reference
                             where message_id in (select value from json_each($1)) limit 1) r)
                         + (select count(*) from (
                             select 1 from ticket
                             where number_key in (select value from json_each($2)) limit 1) t)
                         as count",
                postgres: "select (select count(*) from (
                               select 1 from message_reference
                               where message_id in (select json_array_elements_text(cast($1 as json)))
                               limit 1) r)
                           + (select count(*) from (
                               select 1 from ticket
                               where number_key in (select json_array_elements_text(cast($2 as json)))
                               limit 1) t)
                           as count"
            ),
            params![json(&message_ids), json(&numbers)],
        )
        .await?;
    Ok(found.count > 0)
}
