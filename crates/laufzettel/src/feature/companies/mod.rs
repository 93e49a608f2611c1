//! Companies: the business partners that contacts work for (F-FLD-08, F-FLD-15).

pub mod api;
pub mod doubles;
mod join;
mod store;

use db::{Operation, Result, Tx};
use serde_json::json;
use values::EmailAddress;

use crate::feature::contacts::{Deleted, Editor};
use crate::record::customers::events::{self, Changed, Customer};
use crate::record::customers::sees_company;
use crate::record::{Company, CompanyId};

pub use doubles::{Double, Namesakes};
pub use join::{Chosen, JoinCompanies, SeparateCompanies};
pub use store::{Detailed, Listing, our_domains};

/// Letters of a customer number.
pub const NUMBER_LETTERS_MAX: usize = 60;
/// Letters of a postal address.
pub const POSTAL_LETTERS_MAX: usize = 1_000;

/// A domain in the form in which those of addresses are compared; nothing if it is none.
pub fn domain(text: &str) -> Option<String> {
    let address = EmailAddress::parse(&format!("x@{}", text.trim())).ok()?;
    Some(address.domain().to_owned())
}

/// What is known of a company. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// Its number as a customer.
    pub customer_number: Option<Option<String>>,
    /// The domain of its addresses, as A-labels; contacts with it are proposed as its people.
    pub domain: Option<Option<String>>,
    /// The telephone number.
    pub phone: Option<Option<String>>,
    /// Where letters go, in several lines.
    pub postal_address: Option<Option<String>>,
    /// What the team should know.
    pub notes: Option<Option<String>>,
}

/// Makes a company, or changes one.
pub struct SaveCompany<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The company to change; `None` makes one.
    pub company: Option<CompanyId>,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// The fields.
    pub fields: &'a Fields,
    /// Whether it may have the name of another company.
    pub namesakes: Namesakes,
}

/// How saving ended.
#[derive(Debug)]
pub enum Saved {
    /// The company as it is now.
    Done(Box<Detailed>),
    /// There is no such company.
    NotFound,
    /// The actor may not do this.
    NotAllowed,
    /// Somebody else changed it.
    Stale,
    /// Others have what only one can have.
    Doubles(Vec<Double>),
}

impl Operation for SaveCompany<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let now = self.editor.now;
        let before = match self.company {
            Some(id) => match store::hold(tx, id).await? {
                Some(company) if sees(tx, self.editor, id).await? => company,
                _ => return Ok(Saved::NotFound),
            },
            None => Detailed::new(self.editor.ids.next::<Company>(now), now),
        };
        if !self.editor.may_write() {
            return Ok(Saved::NotAllowed);
        }
        if self.version.is_some_and(|version| version != before.version) {
            return Ok(Saved::Stale);
        }
        let mut company = before.clone();
        company.take(self.fields);
        let (pair, actor) = ((&before, &company), self.editor.actor);
        let doubles = doubles::find(tx, actor, pair, self.namesakes).await?;
        if !doubles.is_empty() {
            return Ok(Saved::Doubles(doubles));
        }
        store::save(tx, &company).await?;
        let customer = Customer::Company(company.id);
        let changes = changes(&before, &company);
        if self.company.is_none() {
            events::record(tx, customer, "created", json!({}), self.editor.by()).await?;
        } else if !changes.is_empty() {
            let detail = json!({ "changes": changes });
            events::record(tx, customer, "changed", detail, self.editor.by()).await?;
        }
        Ok(Saved::Done(Box::new(company)))
    }
}

/// The company with this name that the editor sees, the oldest of several; else it is made.
/// Whoever takes a new customer's question may bring the customer, too.
pub async fn named(tx: &mut Tx<'_>, editor: Editor<'_>, name: &str) -> Result<CompanyId> {
    if let Some(company) = store::by_name(tx, editor.actor, name).await? {
        return Ok(company);
    }
    let mut company = Detailed::new(editor.ids.next::<Company>(editor.now), editor.now);
    company.take(&Fields { name: Some(name.to_owned()), ..Fields::default() });
    store::save(tx, &company).await?;
    let customer = Customer::Company(company.id);
    events::record(tx, customer, "created", json!({}), editor.by()).await?;
    Ok(company.id)
}

/// Whether there is such a company for the editor.
async fn sees(tx: &mut Tx<'_>, editor: Editor<'_>, company: CompanyId) -> Result<bool> {
    match editor.actor {
        Some(actor) => sees_company(tx, actor, company).await,
        None => Ok(true),
    }
}

/// What is not as it was.
fn changes(before: &Detailed, after: &Detailed) -> Vec<Changed> {
    let fields = |company: &Detailed| {
        [
            ("name", Some(company.name.clone())),
            ("customer_number", company.customer_number.clone()),
            ("domain", company.domain.clone()),
            ("phone", company.phone.clone()),
            ("postal_address", company.postal_address.clone()),
            ("notes", company.notes.clone()),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    let differ = pairs.filter(|(before, after)| before.1 != after.1);
    differ.map(|((field, from), (_, to))| Changed { field: field.to_owned(), from, to }).collect()
}

/// Deletes a company that neither contact nor ticket refers to.
pub struct DeleteCompany<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The company.
    pub company: CompanyId,
    /// The version that the actor saw; `None` deletes any.
    pub version: Option<i64>,
}

impl Operation for DeleteCompany<'_> {
    type Outcome = Deleted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Deleted> {
        let Some(company) = store::hold(tx, self.company).await? else {
            return Ok(Deleted::NotFound);
        };
        if !sees(tx, self.editor, self.company).await? {
            return Ok(Deleted::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Deleted::NotAllowed);
        }
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
