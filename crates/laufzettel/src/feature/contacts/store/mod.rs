//! SQL of contacts.

mod join;
mod write;

use db::{Db, Query, Reading, Result, Tx, View, from_row, params, sql};
use rules::customer::wanted;
use values::{EmailAddress, Timestamp};

pub use join::{move_addresses, move_tickets, take_addresses, take_tickets};
pub use write::{delete, delete_row, owners, save, set_addresses};

use super::Fields;
use crate::record::actor::{Actor, ids_json};
use crate::record::customers::{push_contacts_that_have, push_visible_contact};
use crate::record::{CompanyId, ContactId};

from_row! {
    struct Row {
        id: ContactId,
        name: String,
        job: Option<String>,
        company: Option<CompanyId>,
        company_name: Option<String>,
        language: Option<String>,
        notes: Option<String>,
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
    /// What the person does at the company.
    pub job: Option<String>,
    /// The company the person works for.
    pub company: Option<CompanyId>,
    /// The company's name.
    pub company_name: Option<String>,
    /// The language of mails to the person.
    pub language: Option<String>,
    /// What the team should know.
    pub notes: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Grows with each change.
    pub version: i64,
    /// The addresses, the main one first.
    pub addresses: Vec<String>,
    /// The telephone numbers, the main one first.
    pub phones: Vec<String>,
}

impl Detailed {
    /// A person of whom nothing is known yet.
    pub fn new(id: ContactId, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            job: None,
            company: None,
            company_name: None,
            language: None,
            notes: None,
            created_at: now,
            version: 0,
            addresses: Vec::new(),
            phones: Vec::new(),
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
        if let Some(job) = &fields.job {
            self.job.clone_from(job);
        }
        if let Some(phones) = &fields.phones {
            self.phones.clone_from(phones);
        }
        if let Some(phone) = &fields.phone {
            self.set_main_phone(phone.as_deref());
        }
        if let Some(company) = fields.company {
            self.company = company;
        }
        if let Some(language) = fields.language {
            self.language = language.map(str::to_owned);
        }
        if let Some(notes) = &fields.notes {
            self.notes.clone_from(notes);
        }
    }

    /// Another main number; without one the next becomes it.
    fn set_main_phone(&mut self, phone: Option<&str>) {
        let rest = self.phones.iter().skip(1).filter(|other| phone != Some(other.as_str()));
        self.phones = phone.map(str::to_owned).into_iter().chain(rest.cloned()).collect();
    }
}

impl From<Row> for Detailed {
    fn from(row: Row) -> Self {
        let Row { id, name, job, company, company_name, language, notes, created_at, version } =
            row;
        let (addresses, phones) = (Vec::new(), Vec::new());
        Self {
            id,
            name,
            job,
            company,
            company_name,
            language,
            notes,
            created_at,
            version,
            addresses,
            phones,
        }
    }
}

/// A list of contacts, newest first.
pub struct Listing<'a> {
    /// Who reads; nobody for an operation that asks itself what may be seen.
    pub actor: Option<&'a Actor>,
    /// Only this one.
    pub contact: Option<ContactId>,
    /// An address or its beginning, the beginning of a word of the name, digits of a number.
    pub query: &'a str,
    /// Only older ones than this.
    pub before: i64,
    /// How many.
    pub limit: i64,
}

impl<'a> Listing<'a> {
    /// One contact.
    pub fn of(contact: ContactId, actor: Option<&'a Actor>) -> Self {
        Self { actor, contact: Some(contact), query: "", before: i64::MAX, limit: 1 }
    }
}

impl Reading for Listing<'_> {
    type Outcome = Vec<Detailed>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Detailed>> {
        let Some(statement) = self.statement() else { return Ok(Vec::new()) };
        let rows: Vec<Row> = view.list(&statement).await?;
        let mut contacts: Vec<Detailed> = rows.into_iter().map(Detailed::from).collect();
        add_reach(view, &mut contacts).await?;
        Ok(contacts)
    }
}

/// These contacts, as far as the actor may see them.
pub async fn these(
    view: &mut View<'_>,
    actor: &Actor,
    contacts: &[ContactId],
) -> Result<Vec<Detailed>> {
    let mut query = select();
    query.push("where").push_in_ids("c.id", ids_json(contacts));
    push_visible_contact(&mut query, actor);
    query.push("order by c.id limit 10000");
    let rows: Vec<Row> = view.list(&query).await?;
    let mut found: Vec<Detailed> = rows.into_iter().map(Detailed::from).collect();
    add_reach(view, &mut found).await?;
    Ok(found)
}

impl Listing<'_> {
    /// Nothing if what was typed names nobody.
    fn statement(&self) -> Option<Query> {
        let mut query = select();
        query.push("where c.id <").bind(self.before);
        if let Some(contact) = self.contact {
            query.push("and c.id =").bind(contact);
        }
        if !self.query.trim().is_empty() {
            let wanted = wanted(self.query);
            if wanted.parts.is_empty() {
                return None;
            }
            push_contacts_that_have(&mut query, &wanted);
        }
        if let Some(actor) = self.actor {
            push_visible_contact(&mut query, actor);
        }
        query.push("order by c.id desc limit").bind(self.limit);
        Some(query)
    }
}

fn select() -> Query {
    Query::new(
        "select c.id, c.name, c.job, c.company, o.name as company_name, c.language, c.notes,
                c.created_at, c.version
         from contact c left join company o on o.id = c.company",
    )
}

from_row! {
    struct ReachRow {
        text: String,
        contact: ContactId,
    }
}

async fn add_reach(view: &mut View<'_>, contacts: &mut [Detailed]) -> Result<()> {
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let mut addresses = Query::new("select address as text, contact from contact_address where");
    addresses.push_in_ids("contact", ids_json(&ids));
    addresses.push("order by contact, position, address limit 10000");
    for row in view.list::<ReachRow>(&addresses).await? {
        if let Some(owner) = contacts.iter_mut().find(|contact| contact.id == row.contact) {
            owner.addresses.push(row.text);
        }
    }
    let mut phones = Query::new("select number as text, contact from contact_phone where");
    phones.push_in_ids("contact", ids_json(&ids)).push("order by contact, position limit 10000");
    for row in view.list::<ReachRow>(&phones).await? {
        if let Some(owner) = contacts.iter_mut().find(|contact| contact.id == row.contact) {
            owner.phones.push(row.text);
        }
    }
    Ok(())
}

from_row! {
    struct AddressRow {
        address: String,
        contact: ContactId,
    }
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
    Ok(Listing::of(contact, None).run(tx).await?.into_iter().next())
}

from_row! {
    struct IdRow {
        id: ContactId,
    }
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
