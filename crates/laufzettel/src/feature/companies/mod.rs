//! Companies: the business partners that contacts work for (F-FLD-08, F-FLD-15).

pub mod api;
mod store;

use db::{Operation, Result, Tx};
use values::{IdMaker, Timestamp};

use crate::feature::contacts::Deleted;
use crate::record::{Company, CompanyId};

pub use store::{Detailed, Listing};

/// What is known of a company. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// Its number as a customer.
    pub customer_number: Option<Option<String>>,
    /// The domain of its addresses, as A-labels; contacts with it are proposed as its people.
    pub domain: Option<Option<String>>,
}

/// Makes a company, or changes one.
pub struct SaveCompany<'a> {
    /// The company to change; `None` makes one.
    pub company: Option<CompanyId>,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// The fields.
    pub fields: &'a Fields,
    /// Makes the id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

/// How saving ended.
#[derive(Debug)]
pub enum Saved {
    /// The company as it is now.
    Done(Box<Detailed>),
    /// There is no such company.
    NotFound,
    /// Somebody else changed it.
    Stale,
}

impl Operation for SaveCompany<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let mut company = match self.company {
            Some(id) => match store::hold(tx, id).await? {
                Some(company) => company,
                None => return Ok(Saved::NotFound),
            },
            None => Detailed::new(self.ids.next::<Company>(self.now), self.now),
        };
        if self.version.is_some_and(|version| version != company.version) {
            return Ok(Saved::Stale);
        }
        company.take(self.fields);
        store::save(tx, &company).await?;
        Ok(Saved::Done(Box::new(company)))
    }
}

/// Deletes a company that neither contact nor ticket refers to.
pub struct DeleteCompany {
    /// The company.
    pub company: CompanyId,
    /// The version that the actor saw; `None` deletes any.
    pub version: Option<i64>,
}

impl Operation for DeleteCompany {
    type Outcome = Deleted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Deleted> {
        let Some(company) = store::hold(tx, self.company).await? else {
            return Ok(Deleted::NotFound);
        };
        if self.version.is_some_and(|version| version != company.version) {
            return Ok(Deleted::Stale);
        }
        if store::is_used(tx, self.company).await? {
            return Ok(Deleted::InUse);
        }
        store::delete(tx, self.company).await?;
        Ok(Deleted::Done)
    }
}
