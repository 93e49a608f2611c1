//! Contacts: found by any of their addresses, made from a sender (F-MAIL-29).

use db::{Result, Tx, View, from_row, params, sql};
use rules::customer::{KEY_RULE, name_keys, phone_keys};
use values::{EmailAddress, IdMaker, Timestamp};

use super::customers::keys;
use super::{CompanyId, ContactId};

from_row! {
    /// A person on record.
    #[derive(Clone, Debug)]
    pub struct Contact {
        /// The contact.
        pub id: ContactId,
        /// The name.
        pub name: String,
        /// The main address.
        pub email: Option<String>,
        /// The main telephone number.
        pub phone: Option<String>,
        /// The company the person works for.
        pub company: Option<CompanyId>,
        /// The company's name.
        pub company_name: Option<String>,
        /// Grows with each change.
        pub version: i64,
    }
}

/// The person who has this address, which counts as the main one.
pub async fn by_address(view: &mut View<'_>, address: &EmailAddress) -> Result<Option<Contact>> {
    view.optional(
        sql!(
            "select c.id, c.name, a.address as email,
                    (select p.number from contact_phone p where p.contact = c.id
                     order by p.position limit 1) as phone,
                    c.company, o.name as company_name, c.version
             from contact_address a
             join contact c on c.id = a.contact
             left join company o on o.id = c.company
             where a.address = $1"
        ),
        params![address],
    )
    .await
}

/// The person with this id.
pub async fn by_id(view: &mut View<'_>, contact: ContactId) -> Result<Option<Contact>> {
    view.optional(
        sql!(
            "select c.id, c.name,
                    (select a.address from contact_address a where a.contact = c.id
                     order by a.position, a.address limit 1) as email,
                    (select p.number from contact_phone p where p.contact = c.id
                     order by p.position limit 1) as phone,
                    c.company, o.name as company_name, c.version
             from contact c
             left join company o on o.id = c.company
             where c.id = $1"
        ),
        params![contact],
    )
    .await
}

/// Makes a person from a sender. Somebody else may have made it at the same moment; then that one
/// is given.
pub async fn make(
    tx: &mut Tx<'_>,
    name: &str,
    address: &EmailAddress,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<Contact> {
    let id: ContactId = ids.next(now);
    let name = if name.trim().is_empty() { address.as_str() } else { name.trim() };
    insert(tx, id, name, now).await?;
    let added = tx
        .execute(
            sql!(
                "insert into contact_address (address, contact, position) values ($1, $2, 1)
                 on conflict (address) do nothing"
            ),
            params![address, id],
        )
        .await?;
    if added == 0 {
        tx.execute(sql!("delete from contact where id = $1"), params![id]).await?;
        if let Some(contact) = by_address(tx, address).await? {
            return Ok(contact);
        }
    }
    keys::add_to_contact(tx, id, &name_keys(name)).await?;
    Ok(Contact { email: Some(address.to_string()), ..fresh(id, name) })
}

/// Makes a person of whom no address is known: somebody who calls.
pub async fn make_unaddressed(
    tx: &mut Tx<'_>,
    name: &str,
    ids: &IdMaker,
    now: Timestamp,
) -> Result<Contact> {
    let id: ContactId = ids.next(now);
    insert(tx, id, name, now).await?;
    keys::add_to_contact(tx, id, &name_keys(name)).await?;
    Ok(fresh(id, name))
}

async fn insert(tx: &mut Tx<'_>, id: ContactId, name: &str, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "insert into contact (id, name, name_key, created_at, version, key_rule)
             values ($1, $2, $3, $4, 1, $5)"
        ),
        params![id, name, name_key(name), now, KEY_RULE],
    )
    .await
    .map(drop)
}

fn fresh(id: ContactId, name: &str) -> Contact {
    Contact {
        id,
        name: name.to_owned(),
        email: None,
        phone: None,
        company: None,
        company_name: None,
        version: 1,
    }
}

/// Keeps the telephone number of a person who has none.
pub async fn add_phone(tx: &mut Tx<'_>, contact: &Contact, phone: &str) -> Result<()> {
    let added = tx
        .execute(
            sql!(
                "insert into contact_phone (contact, position, number) values ($1, 1, $2)
                 on conflict do nothing"
            ),
            params![contact.id, phone],
        )
        .await?;
    if added == 1 {
        keys::add_to_contact(tx, contact.id, &phone_keys(phone)).await?;
    }
    Ok(())
}

/// Keeps the company of a person who has none.
pub async fn add_company(tx: &mut Tx<'_>, contact: &Contact, company: CompanyId) -> Result<()> {
    tx.execute(
        sql!("update contact set company = $1 where id = $2 and company is null"),
        params![company, contact.id],
    )
    .await
    .map(drop)
}

/// A name as it is looked up: lower case, single blanks.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

from_row! {
    /// A company that a sender's domain suggests.
    #[derive(Clone, Debug)]
    pub struct ProposedCompany {
        /// The company.
        pub id: CompanyId,
        /// Its name.
        pub name: String,
    }
}

/// The company whose domain an address has. It is only proposed, never linked by itself.
pub async fn company_by_domain(
    view: &mut View<'_>,
    domain: &str,
) -> Result<Option<ProposedCompany>> {
    view.optional(
        sql!("select id, name from company where domain = $1 order by id limit 1"),
        params![domain],
    )
    .await
}
