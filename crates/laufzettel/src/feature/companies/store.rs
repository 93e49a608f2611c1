//! SQL of companies.

use db::{Query, Reading, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::Fields;
use crate::record::CompanyId;
use crate::record::contact::name_key;

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
        /// When it was made.
        pub created_at: Timestamp,
        /// Grows with each change.
        pub version: i64,
    }
}

impl Detailed {
    /// A company of which nothing is known yet.
    pub fn new(id: CompanyId, now: Timestamp) -> Self {
        let (customer_number, domain) = (None, None);
        Self { id, name: String::new(), customer_number, domain, created_at: now, version: 0 }
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
    }
}

/// A list of companies, newest first.
pub struct Listing<'a> {
    /// Only this one.
    pub company: Option<CompanyId>,
    /// A part of the name, or the whole number or domain.
    pub query: &'a str,
    /// Only older ones than this.
    pub before: i64,
    /// How many.
    pub limit: i64,
}

impl Reading for Listing<'_> {
    type Outcome = Vec<Detailed>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Detailed>> {
        let mut query = Query::new(
            "select id, name, customer_number, domain, created_at, version from company
             where id <",
        );
        query.bind(self.before);
        if let Some(company) = self.company {
            query.push("and id =").bind(company);
        }
        let text = name_key(self.query);
        if !text.is_empty() {
            query.push("and (replace(name_key,").bind(text.as_str()).push(", '') <> name_key");
            query.push("or domain =").bind(text);
            query.push("or customer_number =").bind(self.query.trim()).push(")");
        }
        query.push("order by id desc limit").bind(self.limit);
        view.list(&query).await
    }
}

from_row! {
    struct IdRow {
        id: CompanyId,
    }
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
    let listing = Listing { company: Some(company), query: "", before: i64::MAX, limit: 1 };
    Ok(listing.run(tx).await?.into_iter().next())
}

/// Writes the company's row.
pub async fn save(tx: &mut Tx<'_>, company: &Detailed) -> Result<()> {
    tx.execute(
        sql!(
            "insert into company (id, name, name_key, customer_number, domain, created_at, version)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (id) do update
             set name = excluded.name, name_key = excluded.name_key,
                 customer_number = excluded.customer_number, domain = excluded.domain,
                 version = excluded.version"
        ),
        params![
            company.id,
            company.name.as_str(),
            name_key(&company.name),
            company.customer_number.as_deref(),
            company.domain.as_deref(),
            company.created_at,
            company.version,
        ],
    )
    .await
    .map(drop)
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

/// Deletes the company.
pub async fn delete(tx: &mut Tx<'_>, company: CompanyId) -> Result<()> {
    tx.execute(sql!("delete from company where id = $1"), params![company]).await.map(drop)
}
