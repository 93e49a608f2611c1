//! The keys by which customers are found: written with every change, and made anew in the background
//! where an older rule made them.

use db::{Db, Operation, Result, Tx, from_row, params, sql};
use rules::customer::{KEY_RULE, name_keys, phone_keys, plain_key};

use crate::record::{CompanyId, ContactId};

/// Customers whose keys are made in one go.
const AT_ONCE: i64 = 500;

/// Writes the keys of a contact.
pub async fn of_contact(
    tx: &mut Tx<'_>,
    contact: ContactId,
    name: &str,
    phones: &[String],
) -> Result<()> {
    let mut keys = name_keys(name);
    keys.extend(phones.iter().flat_map(|phone| phone_keys(phone)));
    tx.execute(sql!("delete from contact_key where contact = $1"), params![contact]).await?;
    add_to_contact(tx, contact, &keys).await?;
    tx.execute(sql!("update contact set key_rule = $1 where id = $2"), params![KEY_RULE, contact])
        .await
        .map(drop)
}

/// Adds keys to those of a contact.
pub async fn add_to_contact(tx: &mut Tx<'_>, contact: ContactId, keys: &[String]) -> Result<()> {
    tx.execute(
        sql!(
            sqlite: "insert into contact_key (key, contact)
                     select value, $1 from json_each($2) where 1 = 1 on conflict do nothing",
            postgres: "insert into contact_key (key, contact)
                       select value, cast($1 as bigint)
                       from json_array_elements_text(cast(cast($2 as text) as json))
                       on conflict do nothing"
        ),
        params![contact, serde_json::json!(keys).to_string()],
    )
    .await
    .map(drop)
}

/// What a company is found by.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The name.
    pub name: &'a str,
    /// Its number as a customer.
    pub customer_number: Option<&'a str>,
    /// The domain of its addresses.
    pub domain: Option<&'a str>,
    /// Its telephone number.
    pub phone: Option<&'a str>,
}

/// Writes the keys of a company.
pub async fn of_company(tx: &mut Tx<'_>, company: CompanyId, known: Known<'_>) -> Result<()> {
    let mut keys = name_keys(known.name);
    keys.extend(known.customer_number.and_then(plain_key));
    keys.extend(known.domain.and_then(plain_key));
    keys.extend(known.phone.map(phone_keys).unwrap_or_default());
    tx.execute(sql!("delete from company_key where company = $1"), params![company]).await?;
    tx.execute(
        sql!(
            sqlite: "insert into company_key (key, company)
                     select value, $1 from json_each($2) where 1 = 1 on conflict do nothing",
            postgres: "insert into company_key (key, company)
                       select value, cast($1 as bigint) from json_array_elements_text(cast(cast($2 as text) as json))
                       on conflict do nothing"
        ),
        params![company, serde_json::json!(keys).to_string()],
    )
    .await?;
    tx.execute(sql!("update company set key_rule = $1 where id = $2"), params![KEY_RULE, company])
        .await
        .map(drop)
}

/// Makes the keys anew that an older rule made, until there are none.
pub async fn bring_in_line(db: &Db) -> Result<()> {
    while db.write(&ContactsInLine).await? + db.write(&CompaniesInLine).await? > 0 {}
    Ok(())
}

struct ContactsInLine;

from_row! {
    struct OldContact {
        id: ContactId,
        name: String,
    }
}

from_row! {
    struct Phone {
        number: String,
    }
}

impl Operation for ContactsInLine {
    type Outcome = usize;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize> {
        let old: Vec<OldContact> = tx
            .all(
                sql!(
                    "select id, name from contact where key_rule < $1
                     order by key_rule, id limit $2"
                ),
                params![KEY_RULE, AT_ONCE],
            )
            .await?;
        for contact in &old {
            let phones = phones(tx, contact.id).await?;
            of_contact(tx, contact.id, &contact.name, &phones).await?;
        }
        Ok(old.len())
    }
}

/// The telephone numbers of a contact, the main one first.
pub async fn phones(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<String>> {
    let rows: Vec<Phone> = tx
        .all(
            sql!("select number from contact_phone where contact = $1 order by position limit 100"),
            params![contact],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

struct CompaniesInLine;

from_row! {
    struct OldCompany {
        id: CompanyId,
        name: String,
        customer_number: Option<String>,
        domain: Option<String>,
        phone: Option<String>,
    }
}

impl Operation for CompaniesInLine {
    type Outcome = usize;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize> {
        let old: Vec<OldCompany> = tx
            .all(
                sql!(
                    "select id, name, customer_number, domain, phone from company
                     where key_rule < $1
                     order by key_rule, id limit $2"
                ),
                params![KEY_RULE, AT_ONCE],
            )
            .await?;
        for company in &old {
            let known = Known {
                name: &company.name,
                customer_number: company.customer_number.as_deref(),
                domain: company.domain.as_deref(),
                phone: company.phone.as_deref(),
            };
            of_company(tx, company.id, known).await?;
        }
        Ok(old.len())
    }
}
