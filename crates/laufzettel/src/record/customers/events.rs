//! What became of a customer: who made, changed, joined it, and when.

use db::{Result, Tx, View, from_row, params, sql};
use serde::{Deserialize, Serialize};
use values::{Id, IdMaker, Timestamp};

use crate::record::{AgentId, CompanyId, ContactId};

/// An event in the life of a customer.
pub enum CustomerEvent {}

/// Whose event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Customer {
    /// A contact's.
    Contact(ContactId),
    /// A company's.
    Company(CompanyId),
}

impl Customer {
    /// The number, whichever it is.
    pub fn number(self) -> i64 {
        match self {
            Self::Contact(contact) => contact.number(),
            Self::Company(company) => company.number(),
        }
    }

    /// The contact, if it is one.
    pub fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(contact) => Some(contact),
            Self::Company(_) => None,
        }
    }

    /// The company, if it is one.
    pub fn company(self) -> Option<CompanyId> {
        match self {
            Self::Contact(_) => None,
            Self::Company(company) => Some(company),
        }
    }
}

/// Who does it, and when.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// The agent; nobody while a sample company is written.
    pub agent: Option<AgentId>,
    /// The present moment.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: &'a IdMaker,
}

/// A field that has another value now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The field, as the API names it.
    pub field: String,
    /// What it was.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
}

from_row! {
    /// An event, as it is read.
    #[derive(Clone, Debug)]
    pub struct Recorded {
        /// The event.
        pub id: Id<CustomerEvent>,
        /// What happened.
        pub kind: String,
        /// Who did it.
        pub agent: Option<AgentId>,
        /// When it happened.
        pub at: Timestamp,
        /// Further facts by kind, as JSON.
        pub detail: String,
    }
}

/// Writes an event.
pub async fn record(
    tx: &mut Tx<'_>,
    customer: Customer,
    kind: &'static str,
    detail: serde_json::Value,
    by: By<'_>,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into customer_event (id, contact, company, at, kind, agent, detail)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            by.ids.next::<CustomerEvent>(by.now),
            customer.contact(),
            customer.company(),
            by.now,
            kind,
            by.agent,
            detail.to_string(),
        ],
    )
    .await
    .map(drop)
}

/// The newest events.
pub async fn newest(view: &mut View<'_>, customer: Customer, limit: i64) -> Result<Vec<Recorded>> {
    match customer {
        Customer::Contact(contact) => {
            let statement = sql!(
                "select id, kind, agent, at, detail from customer_event where contact = $1
                 order by id desc limit $2"
            );
            view.all(statement, params![contact, limit]).await
        }
        Customer::Company(company) => {
            let statement = sql!(
                "select id, kind, agent, at, detail from customer_event where company = $1
                 order by id desc limit $2"
            );
            view.all(statement, params![company, limit]).await
        }
    }
}

/// Deletes the events of a customer that is deleted itself.
pub async fn forget(tx: &mut Tx<'_>, customer: Customer) -> Result<()> {
    match customer {
        Customer::Contact(contact) => {
            let statement = sql!("delete from customer_event where contact = $1");
            tx.execute(statement, params![contact]).await.map(drop)
        }
        Customer::Company(company) => {
            let statement = sql!("delete from customer_event where company = $1");
            tx.execute(statement, params![company]).await.map(drop)
        }
    }
}
