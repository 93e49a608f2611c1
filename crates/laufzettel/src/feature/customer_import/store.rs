//! SQL of importing customers.

use db::{Result, Tx, View, from_row, params, sql};
use values::{Id, Timestamp};

use super::person::Person;
use super::plan::Known;
use crate::feature::companies::our_domains;
use crate::feature::contacts::{Detailed, these};
use crate::record::actor::Actor;
use crate::record::contact::name_key;
use crate::record::{AgentId, CompanyId, ContactId};

/// A file that was uploaded.
pub enum Import {}

/// The id of a file that was uploaded.
pub type ImportId = Id<Import>;

from_row! {
    /// A file that was uploaded.
    #[derive(Clone, Debug)]
    pub struct Stored {
        /// Its name.
        pub name: String,
        /// Its bytes.
        pub content: Vec<u8>,
    }
}

/// Keeps a file, in place of those that the agent uploaded before.
pub async fn keep(
    tx: &mut Tx<'_>,
    id: ImportId,
    agent: AgentId,
    name: &str,
    content: &[u8],
    now: Timestamp,
) -> Result<()> {
    forget(tx, agent).await?;
    tx.execute(
        sql!(
            "insert into customer_import (id, agent, created_at, name, content)
             values ($1, $2, $3, $4, $5)"
        ),
        params![id, agent, now, name, content.to_vec()],
    )
    .await
    .map(drop)
}

/// Forgets the files that an agent uploaded.
pub async fn forget(tx: &mut Tx<'_>, agent: AgentId) -> Result<()> {
    tx.execute(sql!("delete from customer_import where agent = $1"), params![agent]).await.map(drop)
}

/// The file, if the agent uploaded it.
pub async fn find(view: &mut View<'_>, id: ImportId, agent: AgentId) -> Result<Option<Stored>> {
    view.optional(
        sql!("select name, content from customer_import where id = $1 and agent = $2"),
        params![id, agent],
    )
    .await
}

from_row! {
    struct Owner {
        address: String,
        contact: ContactId,
    }
}

from_row! {
    struct Our {
        address: String,
    }
}

from_row! {
    struct Firm {
        id: CompanyId,
        name: String,
        customer_number: Option<String>,
        domain: Option<String>,
    }
}

from_row! {
    struct Unaddressed {
        id: ContactId,
    }
}

/// Adds what is on record of the people and companies of these rows.
pub async fn look_up(
    view: &mut View<'_>,
    actor: &Actor,
    people: &[&Person],
    known: &mut Known,
) -> Result<()> {
    let addresses = people.iter().flat_map(|person| person.fields.addresses.iter().flatten());
    let addresses: Vec<&str> = addresses.map(|address| address.as_str()).collect();
    let addresses = serde_json::json!(addresses).to_string();
    let owners: Vec<Owner> = view
        .all(
            sql!(
                sqlite: "select address, contact from contact_address
                         where address in (select value from json_each($1)) limit 100000",
                postgres: "select address, contact from contact_address
                           where address in (select json_array_elements_text(cast($1 as json)))
                           limit 100000"
            ),
            params![addresses.as_str()],
        )
        .await?;
    let ours: Vec<Our> = view
        .all(
            sql!(
                sqlite: "select address from (select address from mailbox_address
                                              union select address from sender) o
                         where address in (select value from json_each($1)) limit 1000",
                postgres: "select address from (select address from mailbox_address
                                                union select address from sender) o
                           where address in (select json_array_elements_text(cast($1 as json)))
                           limit 1000"
            ),
            params![addresses.as_str()],
        )
        .await?;
    let mut ids: Vec<ContactId> = owners.iter().map(|owner| owner.contact).collect();
    ids.extend(unaddressed(view, people).await?);
    for owner in owners {
        known.owners.entry(owner.address).or_insert(owner.contact);
    }
    known.ours.extend(ours.into_iter().map(|our| our.address));
    let contacts: Vec<Detailed> = these(view, actor, &ids).await?;
    for contact in contacts.into_iter().rev() {
        if !known.contacts.contains_key(&contact.id) {
            known.put(contact);
        }
    }
    companies(view, people, known).await
}

/// Contacts without an address that have the name of a row without one.
async fn unaddressed(view: &mut View<'_>, people: &[&Person]) -> Result<Vec<ContactId>> {
    let is_meant =
        |person: &&&Person| person.fields.addresses.as_ref().is_none_or(|all| all.is_empty());
    let names = people.iter().filter(is_meant).filter_map(|person| person.fields.name.as_deref());
    let names: Vec<String> = names.map(name_key).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Unaddressed> = view
        .all(
            sql!(
                sqlite: "select c.id from contact c
                         where c.name_key in (select value from json_each($1))
                           and not exists (select 1 from contact_address a where a.contact = c.id)
                         limit 10000",
                postgres: "select c.id from contact c
                           where c.name_key in (select json_array_elements_text(cast($1 as json)))
                             and not exists (select 1 from contact_address a where a.contact = c.id)
                           limit 10000"
            ),
            params![serde_json::json!(names).to_string()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

async fn companies(view: &mut View<'_>, people: &[&Person], known: &mut Known) -> Result<()> {
    let firms = || people.iter().filter_map(|person| person.company.as_ref());
    let names: Vec<String> = firms().map(|firm| name_key(&firm.name)).collect();
    let numbers: Vec<&str> = firms().filter_map(|firm| firm.number.as_deref()).collect();
    let keys: Vec<String> =
        numbers.iter().filter_map(|number| rules::customer::plain_key(number)).collect();
    let domains: Vec<&str> = firms().filter_map(|firm| firm.domain.as_deref()).collect();
    let rows: Vec<Firm> = view
        .all(
            sql!(
                sqlite: "select id, name, customer_number, domain from company
                         where name_key in (select value from json_each($1))
                            or id in (select company from company_key
                                      where key in (select value from json_each($2)))
                            or domain in (select value from json_each($3))
                         order by id limit 10000",
                postgres: "select id, name, customer_number, domain from company
                           where name_key in (select json_array_elements_text(cast($1 as json)))
                              or id in (select company from company_key where key in
                                        (select json_array_elements_text(cast($2 as json))))
                              or domain in (select json_array_elements_text(cast($3 as json)))
                           order by id limit 10000"
            ),
            params![
                serde_json::json!(names).to_string(),
                serde_json::json!(keys).to_string(),
                serde_json::json!(domains).to_string(),
            ],
        )
        .await?;
    for row in rows {
        let (number, domain) = (row.customer_number.as_deref(), row.domain.as_deref());
        known.put_company(row.id, &row.name, number, domain);
    }
    if !domains.is_empty() && known.our_domains.is_empty() {
        known.our_domains = our_domains(view).await?;
    }
    Ok(())
}
