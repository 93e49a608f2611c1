//! SQL that asks for companies with the same number or domain, and for our own domains.

use db::{Query, Result, View, from_row, params, sql};
use rules::customer::plain_key;
use rules::text::fold_text;

use crate::record::CompanyId;

from_row! {
    struct Other {
        id: CompanyId,
        customer_number: Option<String>,
    }
}

/// Another company with this customer number, whatever the case.
pub async fn by_number(
    view: &mut View<'_>,
    number: &str,
    but: CompanyId,
) -> Result<Option<CompanyId>> {
    let others: Vec<Other> = view
        .all(
            sql!(
                "select o.id, o.customer_number
                 from company_key k
                 join company o on o.id = k.company
                 where k.key = $1 and o.id <> $2 and o.customer_number is not null
                 order by o.id limit 1000"
            ),
            params![plain_key(number), but],
        )
        .await?;
    let is_it = |other: &&Other| {
        other.customer_number.as_deref().is_some_and(|one| fold_text(one) == fold_text(number))
    };
    Ok(others.iter().find(is_it).map(|other| other.id))
}

/// Another company with this domain.
pub async fn by_domain(
    view: &mut View<'_>,
    domain: &str,
    but: CompanyId,
) -> Result<Option<CompanyId>> {
    let mut query = Query::new("select id, customer_number from company where domain =");
    query.bind(domain).push("and id <>").bind(but).push("order by id limit 1");
    let others: Vec<Other> = view.list(&query).await?;
    Ok(others.first().map(|other| other.id))
}

from_row! {
    struct Our {
        address: String,
    }
}

/// The domains of our mailboxes and senders.
pub async fn our_domains(view: &mut View<'_>) -> Result<Vec<String>> {
    let ours: Vec<Our> = view
        .all(
            sql!(
                "select address from (select address from mailbox_address
                                      union select address from sender) o
                 order by address limit 10000"
            ),
            params![],
        )
        .await?;
    let domain = |our: &Our| our.address.rsplit('@').next().map(str::to_owned);
    Ok(ours.iter().filter_map(domain).collect())
}
