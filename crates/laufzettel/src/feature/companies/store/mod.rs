//! SQL of companies.

mod doubles;

use db::{Query, Reading, Result, Tx, View, from_row, json_list, params, sql};
use rules::customer::wanted;
use values::Timestamp;

pub use doubles::{by_domain, by_number, our_domains};

use super::Fields;
use crate::record::CompanyId;
use crate::record::actor::Actor;
use crate::record::contact::name_key;
use crate::record::customers::events::{self, Customer};
use crate::record::customers::keys::{self, Known};
use crate::record::customers::{push_companies_that_have, push_visible_company};

from_row! {
    /// A company with everything that is on record.
    #[derive(Clone, Debug)]
    pub struct Detailed {
        /// The company.
        pub id: CompanyId,
        /// The name.
        pub name: String,
        /// Its number as a customer.
        pub customer_number: Option<String>,
        /// The domain of its addresses.
        pub domain: Option<String>,
        /// The telephone number.
        pub phone: Option<String>,
        /// Where letters go, in several lines.
        pub postal_address: Option<String>,
        /// What the team should know.
        pub notes: Option<String>,
        /// When it was made.
        pub created_at: Timestamp,
        /// Grows with each change.
        pub version: i64,
    }
}

impl Detailed {
    /// A company of which nothing is known yet.
    pub fn new(id: CompanyId, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            customer_number: None,
            domain: None,
            phone: None,
            postal_address: None,
            notes: None,
            created_at: now,
            version: 0,
        }
    }

    /// Takes the fields that are named.
    pub fn take(&mut self, fields: &Fields) {
        self.version += 1;
        if let Some(name) = &fields.name {
            self.name.clone_from(name);
        }
        if let Some(number) = &fields.customer_number {
            self.customer_number.clone_from(number);
        }
        if let Some(domain) = &fields.domain {
            self.domain.clone_from(domain);
        }
        if let Some(phone) = &fields.phone {
            self.phone.clone_from(phone);
        }
        if let Some(address) = &fields.postal_address {
            self.postal_address.clone_from(address);
        }
        if let Some(notes) = &fields.notes {
            self.notes.clone_from(notes);
        }
    }
}

/// A list of companies, newest first.
pub struct Listing<'a> {
    /// Who reads; nobody for an operation that asks itself what may be seen.
    pub actor: Option<&'a Actor>,
    /// Only this one.
    pub company: Option<CompanyId>,
    /// The beginning of a word of the name, of the customer number, the domain or the telephone number.
    pub query: &'a str,
    /// Only older ones than this.
    pub before: i64,
    /// How many.
    pub limit: i64,
}

impl<'a> Listing<'a> {
    /// One company.
    pub fn of(company: CompanyId, actor: Option<&'a Actor>) -> Self {
        Self { actor, company: Some(company), query: "", before: i64::MAX, limit: 1 }
    }
}

impl Reading for Listing<'_> {
    type Outcome = Vec<Detailed>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Detailed>> {
        let mut query = Query::new(
            "select o.id, o.name, o.customer_number, o.domain, o.phone, o.postal_address, o.notes,
                    o.created_at, o.version
             from company o
             where o.id <",
        );
        query.bind(self.before);
        if let Some(company) = self.company {
            query.push("and o.id =").bind(company);
        }
        if !self.query.trim().is_empty() {
            let wanted = wanted(self.query);
            if wanted.parts.is_empty() {
                return Ok(Vec::new());
            }
            push_companies_that_have(&mut query, &wanted);
        }
        if let Some(actor) = self.actor {
            push_visible_company(&mut query, actor);
        }
        query.push("order by o.id desc limit").bind(self.limit);
        view.list(&query).await
    }
}

from_row! {
    struct IdRow {
        id: CompanyId,
    }
}

/// The oldest company with this name that the actor may see.
pub async fn by_name(
    view: &mut View<'_>,
    actor: Option<&Actor>,
    name: &str,
) -> Result<Option<CompanyId>> {
    let mut query = Query::new("select o.id from company o where o.name_key =");
    query.bind(name_key(name));
    if let Some(actor) = actor {
        push_visible_company(&mut query, actor);
    }
    query.push("order by o.id limit 1");
    let found: Vec<IdRow> = view.list(&query).await?;
    Ok(found.first().map(|row| row.id))
}

/// The company, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, company: CompanyId) -> Result<Option<Detailed>> {
    let held: Option<IdRow> = tx
        .optional(
            sql!(
                sqlite: "select id from company where id = $1",
                postgres: "select id from company where id = $1 for update"
            ),
            params![company],
        )
        .await?;
    if held.is_none_or(|held| held.id != company) {
        return Ok(None);
    }
    Ok(Listing::of(company, None).run(tx).await?.into_iter().next())
}

/// Writes the company's row and keys.
pub async fn save(tx: &mut Tx<'_>, company: &Detailed) -> Result<()> {
    tx.execute(
        sql!(
            "insert into company (id, name, name_key, customer_number, domain, phone,
                 postal_address, notes, created_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (id) do update
             set name = excluded.name, name_key = excluded.name_key,
                 customer_number = excluded.customer_number, domain = excluded.domain,
                 phone = excluded.phone, postal_address = excluded.postal_address,
                 notes = excluded.notes, version = excluded.version"
        ),
        params![
            company.id,
            company.name.as_str(),
            name_key(&company.name),
            company.customer_number.as_deref(),
            company.domain.as_deref(),
            company.phone.as_deref(),
            company.postal_address.as_deref(),
            company.notes.as_deref(),
            company.created_at,
            company.version,
        ],
    )
    .await?;
    let known = Known {
        name: &company.name,
        customer_number: company.customer_number.as_deref(),
        domain: company.domain.as_deref(),
        phone: company.phone.as_deref(),
    };
    keys::of_company(tx, company.id, known).await
}

from_row! {
    struct Used {
        used: i64,
    }
}

/// Whether a contact or a ticket refers to the company.
pub async fn is_used(tx: &mut Tx<'_>, company: CompanyId) -> Result<bool> {
    let used: Option<Used> = tx
        .optional(
            sql!(
                "select 1 as used from (
                     select id from (select id from contact where company = $1 limit 1) c
                     union all
                     select id from (select id from ticket where company = $1 limit 1) t
                 ) found
                 limit 1"
            ),
            params![company],
        )
        .await?;
    Ok(used.is_some_and(|used| used.used == 1))
}

/// Deletes the company with everything that is its own.
pub async fn delete(tx: &mut Tx<'_>, company: CompanyId) -> Result<()> {
    events::forget(tx, Customer::Company(company)).await?;
    delete_row(tx, company).await
}

/// Deletes the company's row and keys.
pub async fn delete_row(tx: &mut Tx<'_>, company: CompanyId) -> Result<()> {
    tx.execute(sql!("delete from company_key where company = $1"), params![company]).await?;
    tx.execute(sql!("delete from company where id = $1"), params![company]).await.map(drop)
}

from_row! {
    struct Moved {
        id: i64,
    }
}

/// All tickets and all people of one company become another one's; which they are.
pub async fn move_all(
    tx: &mut Tx<'_>,
    from: CompanyId,
    to: CompanyId,
) -> Result<(Vec<i64>, Vec<i64>)> {
    let tickets: Vec<Moved> = tx
        .all(
            sql!("update ticket set company = $1 where company = $2 returning id"),
            params![to, from],
        )
        .await?;
    let contacts: Vec<Moved> = tx
        .all(
            sql!("update contact set company = $1 where company = $2 returning id"),
            params![to, from],
        )
        .await?;
    let ids = |moved: Vec<Moved>| moved.into_iter().map(|one| one.id).collect();
    Ok((ids(tickets), ids(contacts)))
}

/// Those of these tickets and people that the one still has become the other's.
pub async fn take_back(
    tx: &mut Tx<'_>,
    from: CompanyId,
    to: CompanyId,
    tickets: &[i64],
    contacts: &[i64],
) -> Result<()> {
    tx.execute(
        sql!(
            sqlite: "update ticket set company = $1
                     where company = $2 and id in (select value from json_each($3))",
            postgres: "update ticket set company = $1
                       where company = $2 and id in
                         (select cast(value as bigint) from json_array_elements_text(cast($3 as json)))"
        ),
        params![to, from, json_list(tickets.iter().copied())],
    )
    .await?;
    tx.execute(
        sql!(
            sqlite: "update contact set company = $1
                     where company = $2 and id in (select value from json_each($3))",
            postgres: "update contact set company = $1
                       where company = $2 and id in
                         (select cast(value as bigint) from json_array_elements_text(cast($3 as json)))"
        ),
        params![to, from, json_list(contacts.iter().copied())],
    )
    .await
    .map(drop)
}
