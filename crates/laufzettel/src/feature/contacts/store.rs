//! SQL of contacts.

use db::{Db, Failure, FailureKind, Query, Reading, Result, Tx, View, from_row, params, sql};
use values::{EmailAddress, Timestamp};

use super::Fields;
use crate::record::actor::ids_json;
use crate::record::contact::name_key;
use crate::record::{CompanyId, ContactId};

from_row! {
    struct Row {
        id: ContactId,
        name: String,
        phone: Option<String>,
        company: Option<CompanyId>,
        company_name: Option<String>,
        language: Option<String>,
        created_at: Timestamp,
        version: i64,
    }
}

/// A person with everything that is on record.
#[derive(Clone, Debug)]
pub struct Detailed {
    /// The contact.
    pub id: ContactId,
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// The company the person works for.
    pub company: Option<CompanyId>,
    /// The company's name.
    pub company_name: Option<String>,
    /// The language of mails to the person.
    pub language: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Grows with each change.
    pub version: i64,
    /// The addresses, the main one first.
    pub addresses: Vec<String>,
}

impl Detailed {
    /// A person of whom nothing is known yet.
    pub fn new(id: ContactId, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            phone: None,
            company: None,
            company_name: None,
            language: None,
            created_at: now,
            version: 0,
            addresses: Vec::new(),
        }
    }

    /// Takes the fields that are named. Without a name the first address is the name.
    pub fn take(&mut self, fields: &Fields) {
        self.version += 1;
        if let Some(addresses) = &fields.addresses {
            self.addresses = addresses.iter().map(ToString::to_string).collect();
        }
        if let Some(name) = &fields.name {
            self.name.clone_from(name);
        }
        if self.name.is_empty() {
            self.name = self.addresses.first().cloned().unwrap_or_default();
        }
        if let Some(phone) = &fields.phone {
            self.phone.clone_from(phone);
        }
        if let Some(company) = fields.company {
            self.company = company;
        }
        if let Some(language) = fields.language {
            self.language = language.map(str::to_owned);
        }
    }
}

impl From<Row> for Detailed {
    fn from(row: Row) -> Self {
        let Row { id, name, phone, company, company_name, language, created_at, version } = row;
        let addresses = Vec::new();
        Self { id, name, phone, company, company_name, language, created_at, version, addresses }
    }
}

/// A list of contacts, newest first.
pub struct Listing<'a> {
    /// Only this one.
    pub contact: Option<ContactId>,
    /// An address or its beginning, or a part of the name.
    pub query: &'a str,
    /// Only older ones than this.
    pub before: i64,
    /// How many.
    pub limit: i64,
}

impl Reading for Listing<'_> {
    type Outcome = Vec<Detailed>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Detailed>> {
        let rows: Vec<Row> = view.list(&self.statement()).await?;
        let mut contacts: Vec<Detailed> = rows.into_iter().map(Detailed::from).collect();
        add_addresses(view, &mut contacts).await?;
        Ok(contacts)
    }
}

impl Listing<'_> {
    fn statement(&self) -> Query {
        let mut query = select();
        query.push("where c.id <").bind(self.before);
        if let Some(contact) = self.contact {
            query.push("and c.id =").bind(contact);
        }
        let text = name_key(self.query);
        match text.as_str() {
            "" => {}
            text if text.contains('@') => {
                query.push("and c.id in (select contact from contact_address where address >=");
                query.bind(text).push("and address <").bind(format!("{text}\u{10ffff}")).push(")");
            }
            text => {
                query.push("and replace(c.name_key,").bind(text).push(", '') <> c.name_key");
            }
        }
        query.push("order by c.id desc limit").bind(self.limit);
        query
    }
}

fn select() -> Query {
    Query::new(
        "select c.id, c.name, c.phone, c.company, o.name as company_name, c.language,
                c.created_at, c.version
         from contact c left join company o on o.id = c.company",
    )
}

from_row! {
    struct AddressRow {
        address: String,
        contact: ContactId,
    }
}

async fn add_addresses(view: &mut View<'_>, contacts: &mut [Detailed]) -> Result<()> {
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let mut query = Query::new("select address, contact from contact_address where");
    query.push_in_ids("contact", ids_json(&ids)).push("order by contact, position, address");
    query.push("limit 10000");
    for row in view.list::<AddressRow>(&query).await? {
        let owner = contacts.iter_mut().find(|contact| contact.id == row.contact);
        if let Some(owner) = owner {
            owner.addresses.push(row.address);
        }
    }
    Ok(())
}

/// The contact, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<Detailed>> {
    let held: Option<IdRow> = tx
        .optional(
            sql!(
                sqlite: "select id from contact where id = $1",
                postgres: "select id from contact where id = $1 for update"
            ),
            params![contact],
        )
        .await?;
    if held.is_none_or(|held| held.id != contact) {
        return Ok(None);
    }
    let listing = Listing { contact: Some(contact), query: "", before: i64::MAX, limit: 1 };
    Ok(listing.run(tx).await?.into_iter().next())
}

from_row! {
    struct IdRow {
        id: ContactId,
    }
}

/// Whose address it is.
pub async fn owner(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<ContactId>> {
    let row: Option<AddressRow> = tx
        .optional(
            sql!("select address, contact from contact_address where address = $1"),
            params![address],
        )
        .await?;
    Ok(row.map(|row| row.contact))
}

from_row! {
    struct CompanyRow {
        id: CompanyId,
        name: String,
    }
}

/// Brings the company's name in line; `false` if there is no such company.
pub async fn name_company(tx: &mut Tx<'_>, contact: &mut Detailed) -> Result<bool> {
    let found: Option<CompanyRow> = tx
        .optional(sql!("select id, name from company where id = $1"), params![contact.company])
        .await?;
    contact.company_name = found.map(|company| company.name);
    Ok(contact.company.is_none() || contact.company_name.is_some())
}

/// Writes the contact's row.
pub async fn save(tx: &mut Tx<'_>, contact: &Detailed, name_key: &str) -> Result<()> {
    tx.execute(
        sql!(
            "insert into contact (id, name, name_key, phone, company, language, created_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (id) do update
             set name = excluded.name, name_key = excluded.name_key, phone = excluded.phone,
                 company = excluded.company, language = excluded.language,
                 version = excluded.version"
        ),
        params![
            contact.id,
            contact.name.as_str(),
            name_key,
            contact.phone.as_deref(),
            contact.company,
            contact.language.as_deref(),
            contact.created_at,
            contact.version,
        ],
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

from_row! {
    struct Used {
        used: i64,
    }
}

/// Whether a ticket refers to the contact.
pub async fn is_used(tx: &mut Tx<'_>, contact: ContactId) -> Result<bool> {
    let used: Option<Used> = tx
        .optional(sql!("select 1 as used from ticket where contact = $1 limit 1"), params![contact])
        .await?;
    Ok(used.is_some_and(|used| used.used == 1))
}

/// Deletes the contact and its addresses.
pub async fn delete(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    tx.execute(sql!("delete from contact_address where contact = $1"), params![contact]).await?;
    tx.execute(sql!("delete from contact where id = $1"), params![contact]).await.map(drop)
}

/// The contact with this address.
pub async fn by_address(db: &Db, address: &EmailAddress) -> Result<Option<ContactId>> {
    let row: Option<AddressRow> = db
        .optional(
            sql!("select address, contact from contact_address where address = $1"),
            params![address],
        )
        .await?;
    Ok(row.map(|row| row.contact))
}

/// The only company with this name.
pub async fn company_by_name(db: &Db, name_key: &str) -> Result<Option<CompanyId>> {
    let rows: Vec<CompanyRow> = db
        .all(
            sql!("select id, name from company where name_key = $1 order by id limit 2"),
            params![name_key],
        )
        .await?;
    match rows.as_slice() {
        [only] => Ok(Some(only.id)),
        _ => Ok(None),
    }
}
