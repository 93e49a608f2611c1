//! SQL of the customers' pages.

use db::{Query, Result, View, from_row, params, sql};
use rules::customer::plain_key;
use values::Timestamp;

use crate::record::actor::Actor;
use crate::record::customers::events::Customer;
use crate::record::customers::{
    push_open_of_company, push_open_of_contact, push_visible_company, push_visible_contact,
};
use crate::record::{AgentId, AreaId, CompanyId, ContactId, EntryId, TicketId};

/// Beyond so many only "1.000+" is said.
pub const COUNTED_MAX: i64 = 1_001;

from_row! {
    /// A company in the list.
    #[derive(Clone, Debug)]
    pub struct CompanyRow {
        /// The company.
        pub id: CompanyId,
        /// The name.
        pub name: String,
        /// Its number as a customer.
        pub customer_number: Option<String>,
        /// The domain of its addresses.
        pub domain: Option<String>,
        /// The person known for longest.
        pub person: Option<String>,
        /// Its telephone number.
        pub phone: Option<String>,
        /// Open tickets.
        pub open: i64,
        /// When something last happened in the newest ticket.
        pub last_at: Option<Timestamp>,
    }
}

from_row! {
    /// A contact in the list.
    #[derive(Clone, Debug)]
    pub struct ContactRow {
        /// The contact.
        pub id: ContactId,
        /// The name.
        pub name: String,
        /// What the person does at the company.
        pub job: Option<String>,
        /// The main address.
        pub email: Option<String>,
        /// The main telephone number.
        pub phone: Option<String>,
        /// The company's name.
        pub company_name: Option<String>,
        /// Open tickets.
        pub open: i64,
        /// When something last happened in the newest ticket.
        pub last_at: Option<Timestamp>,
    }
}

/// Which rows of a list.
pub enum Which {
    /// By name, after this one.
    After(Option<i64>),
    /// These, as a JSON list.
    These(String),
    /// The people of a company by name.
    Of(CompanyId),
}

from_row! {
    struct Key {
        name_key: String,
        id: i64,
    }
}

/// Companies by name.
pub async fn companies(
    view: &mut View<'_>,
    actor: &Actor,
    which: Which,
    limit: i64,
) -> Result<Vec<CompanyRow>> {
    let mut query = Query::new(
        "select o.id, o.name, o.customer_number, o.domain, o.phone,
                (select c.name from contact c where c.company = o.id order by c.id limit 1) as person,",
    );
    push_open_of_company(&mut query, actor);
    query.push("as open, (select t.updated_at from ticket t where t.company = o.id");
    actor.push_visible(&mut query);
    query.push("order by t.id desc limit 1) as last_at");
    query.push("from (select o.id from company o where 1 = 1");
    match which {
        Which::These(ids) => drop(query.push("and").push_in_ids("o.id", ids)),
        Which::After(Some(id)) => {
            let statement = sql!("select name_key, id from company where id = $1");
            let Some(key) = view.optional::<Key>(statement, params![id]).await? else {
                return Ok(Vec::new());
            };
            query.push("and (o.name_key, o.id) > (").bind(key.name_key).push(",");
            query.bind(key.id).push(")");
        }
        Which::After(None) | Which::Of(_) => {}
    }
    push_visible_company(&mut query, actor);
    query.push("order by o.name_key, o.id limit").bind(limit);
    query.push(") m join company o on o.id = m.id order by o.name_key, o.id limit").bind(limit);
    view.list(&query).await
}

/// Contacts by name.
pub async fn contacts(
    view: &mut View<'_>,
    actor: &Actor,
    which: Which,
    limit: i64,
) -> Result<Vec<ContactRow>> {
    let mut query = Query::new(
        "select c.id, c.name, c.job,
                (select a.address from contact_address a where a.contact = c.id
                 order by a.position, a.address limit 1) as email,
                (select p.number from contact_phone p where p.contact = c.id
                 order by p.position limit 1) as phone,
                (select w.name from company w where w.id = c.company) as company_name,",
    );
    push_open_of_contact(&mut query, actor);
    query.push("as open, (select t.updated_at from ticket t where t.contact = c.id");
    actor.push_visible(&mut query);
    query.push("order by t.id desc limit 1) as last_at");
    query.push("from (select c.id from contact c where 1 = 1");
    match which {
        Which::These(ids) => drop(query.push("and").push_in_ids("c.id", ids)),
        Which::Of(company) => drop(query.push("and c.company =").bind(company)),
        Which::After(Some(id)) => {
            let statement = sql!("select name_key, id from contact where id = $1");
            let Some(key) = view.optional::<Key>(statement, params![id]).await? else {
                return Ok(Vec::new());
            };
            query.push("and (c.name_key, c.id) > (").bind(key.name_key).push(",");
            query.bind(key.id).push(")");
        }
        Which::After(None) => {}
    }
    push_visible_contact(&mut query, actor);
    query.push("order by c.name_key, c.id limit").bind(limit);
    query.push(") m join contact c on c.id = m.id order by c.name_key, c.id limit").bind(limit);
    view.list(&query).await
}

from_row! {
    struct Count {
        count: i64,
    }
}

/// Companies and contacts, each up to [`COUNTED_MAX`].
pub async fn counts(view: &mut View<'_>) -> Result<(i64, i64)> {
    let companies: Count = view
        .one(
            sql!("select count(*) as count from (select id from company order by name_key, id limit $1) o"),
            params![COUNTED_MAX],
        )
        .await?;
    let contacts: Count = view
        .one(
            sql!("select count(*) as count from (select id from contact order by name_key, id limit $1) c"),
            params![COUNTED_MAX],
        )
        .await?;
    Ok((companies.count, contacts.count))
}

from_row! {
    /// A ticket of a customer.
    #[derive(Clone, Debug)]
    pub struct TicketRow {
        /// The ticket.
        pub id: TicketId,
        /// Its number.
        pub number: String,
        /// Its subject.
        pub subject: String,
        /// Its status.
        pub status: EntryId,
        /// Its area.
        pub area: AreaId,
        /// The agent responsible.
        pub assignee: Option<AgentId>,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

/// Which tickets of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tickets {
    /// Open ones.
    #[default]
    Open,
    /// All but those in the trash.
    All,
}

fn push_whose(query: &mut Query, customer: Customer, tickets: Tickets) {
    match customer {
        Customer::Contact(contact) => query.push("t.contact =").bind(contact),
        Customer::Company(company) => query.push("t.company =").bind(company),
    };
    match tickets {
        Tickets::Open => query.push("and t.stage < 2"),
        Tickets::All => query.push("and t.stage <> 3"),
    };
}

/// Tickets of a customer, newest first.
pub async fn tickets(
    view: &mut View<'_>,
    actor: &Actor,
    customer: Customer,
    tickets: Tickets,
    before: i64,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let mut query = Query::new(
        "select t.id, t.number, t.subject, t.status, t.area, t.assignee, t.updated_at
         from ticket t where",
    );
    push_whose(&mut query, customer, tickets);
    query.push("and t.id <").bind(before);
    actor.push_visible(&mut query);
    query.push("order by t.id desc limit").bind(limit);
    view.list(&query).await
}

/// How many tickets of a customer the actor sees, up to [`COUNTED_MAX`].
pub async fn count_tickets(
    view: &mut View<'_>,
    actor: &Actor,
    customer: Customer,
    tickets: Tickets,
) -> Result<i64> {
    let mut query = Query::new("select count(*) as count from (select t.id from ticket t where");
    push_whose(&mut query, customer, tickets);
    actor.push_visible(&mut query);
    query.push("limit").bind(COUNTED_MAX).push(") found");
    Ok(view.list::<Count>(&query).await?.first().map_or(0, |row| row.count))
}

/// How many tickets of a customer the actor sees, without those in the trash.
pub async fn count_tickets_of(
    view: &mut View<'_>,
    actor: &Actor,
    customer: Customer,
) -> Result<i64> {
    count_tickets(view, actor, customer, Tickets::All).await
}

from_row! {
    struct Kept {
        kept: i64,
    }
}

/// Into which customer one went that is there no more.
pub async fn went_into(view: &mut View<'_>, gone: i64) -> Result<Option<i64>> {
    let row: Option<Kept> = view
        .optional(sql!("select kept from customer_joined where gone = $1"), params![gone])
        .await?;
    Ok(row.map(|row| row.kept))
}

from_row! {
    /// A company with what tells it from others of its name.
    #[derive(Clone, Debug)]
    pub struct NamedCompany {
        /// The company.
        pub id: CompanyId,
        /// The name.
        pub name: String,
        /// Its number as a customer.
        pub customer_number: Option<String>,
        /// The domain of its addresses.
        pub domain: Option<String>,
    }
}

/// Companies with this name, or, if there is none, those with this customer number; three at most.
pub async fn companies_named(
    view: &mut View<'_>,
    actor: &Actor,
    name_key: &str,
    number: &str,
) -> Result<Vec<NamedCompany>> {
    let mut query = Query::new(
        "select o.id, o.name, o.customer_number, o.domain from company o where o.name_key =",
    );
    query.bind(name_key);
    push_visible_company(&mut query, actor);
    query.push("order by o.id limit 3");
    let named: Vec<NamedCompany> = view.list(&query).await?;
    if !named.is_empty() {
        return Ok(named);
    }
    let mut query = Query::new(
        "select o.id, o.name, o.customer_number, o.domain
         from company_key k join company o on o.id = k.company
         where k.key =",
    );
    query.bind(plain_key(number)).push("and o.customer_number =").bind(number);
    push_visible_company(&mut query, actor);
    query.push("order by o.id limit 3");
    view.list(&query).await
}

/// These companies.
pub async fn companies_of(view: &mut View<'_>, ids_json: String) -> Result<Vec<NamedCompany>> {
    let mut query = Query::new("select id, name, customer_number, domain from company where");
    query.push_in_ids("id", ids_json).push("order by name_key, id limit 100");
    view.list(&query).await
}

from_row! {
    struct Used {
        used: i64,
    }
}

/// Whether a contact or a ticket refers to a customer.
pub async fn is_used(view: &mut View<'_>, customer: Customer) -> Result<bool> {
    let used: Option<Used> = view
        .optional(
            sql!(
                "select 1 as used from (
                     select id from (select id from ticket where contact = $1 limit 1) a
                     union all
                     select id from (select id from ticket where company = $2 limit 1) b
                     union all
                     select id from (select id from contact where company = $2 limit 1) c
                 ) found
                 limit 1"
            ),
            params![customer.contact(), customer.company()],
        )
        .await?;
    Ok(used.is_some_and(|used| used.used == 1))
}

from_row! {
    struct Gone {
        gone: i64,
    }
}

/// Which customers went into this one.
pub async fn went_here(view: &mut View<'_>, kept: i64) -> Result<Vec<i64>> {
    let rows: Vec<Gone> = view
        .all(
            sql!("select gone from customer_joined where kept = $1 order by gone limit 1000"),
            params![kept],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.gone).collect())
}
