//! The company that a rule names.

use db::{Result, Tx, from_row, params, sql};

use crate::record::CompanyId;
use crate::record::contact::name_key;

from_row! {
    struct CompanyRow {
        id: CompanyId,
    }
}

/// The company with this customer number, else with this name; none if several bear the name.
pub async fn find(tx: &mut Tx<'_>, text: &str) -> Result<Option<CompanyId>> {
    let by_number: Vec<CompanyRow> = tx
        .all(
            sql!("select id from company where customer_number = $1 order by id limit 2"),
            params![text.trim()],
        )
        .await?;
    if let [only] = by_number.as_slice() {
        return Ok(Some(only.id));
    }
    let by_name: Vec<CompanyRow> = tx
        .all(
            sql!("select id from company where name_key = $1 order by id limit 2"),
            params![name_key(text)],
        )
        .await?;
    Ok(match by_name.as_slice() {
        [only] => Some(only.id),
        _ => None,
    })
}
