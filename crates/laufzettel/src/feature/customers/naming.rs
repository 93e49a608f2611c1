//! The company that a person works for, as somebody names it in a form: by name, or by its customer
//! number where several have the name.

use db::{Reading, View, json_list};

use super::read::proposed;
use super::store::{self, NamedCompany};
use crate::api::line;
use crate::feature::companies::{self, Namesakes, SaveCompany};
use crate::feature::contacts::{Editor, Fields};
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::CompanyId;
use crate::record::actor::{Actor, Denied};
use crate::record::contact::name_key;
use crate::record::customers::{FindCustomers, sees_company};

/// Companies that are proposed for a field.
const PROPOSED_MAX: i64 = 8;

/// Which company is meant.
pub struct Named<'a> {
    /// Who names it.
    pub actor: &'a Actor,
    /// What was typed.
    pub text: &'a str,
    /// The company that it was before: meant if it has the name.
    pub present: Option<CompanyId>,
}

/// What is meant.
pub enum Naming {
    /// None.
    Nothing,
    /// This one.
    One(CompanyId),
    /// Several have the name.
    Several,
    /// None has it.
    Unknown,
}

impl Reading for Named<'_> {
    type Outcome = Naming;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Naming> {
        let Some(text) = line(self.text) else { return Ok(Naming::Nothing) };
        let found = store::companies_named(view, self.actor, &name_key(&text), &text).await?;
        let is_present = |company: &&NamedCompany| Some(company.id) == self.present;
        Ok(match (found.as_slice(), found.iter().find(is_present)) {
            (_, Some(present)) => Naming::One(present.id),
            ([], _) => Naming::Unknown,
            ([only], _) => Naming::One(only.id),
            _ => Naming::Several,
        })
    }
}

/// Looks for companies for a field: those whose domain an address has come first.
pub struct ProposeCompanies<'a> {
    /// Who types.
    pub actor: &'a Actor,
    /// What was typed.
    pub typed: &'a str,
    /// The addresses beside it.
    pub addresses: &'a [String],
}

/// A choice: what is put into the field, and what tells it from others.
pub struct Choice {
    /// The value.
    pub value: String,
    /// The label.
    pub label: String,
}

impl Reading for ProposeCompanies<'_> {
    type Outcome = Vec<Choice>;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Vec<Choice>> {
        let mut ids = Vec::new();
        if let Some(company) = proposed(view, self.addresses).await?
            && sees_company(view, self.actor, company.id).await?
        {
            ids.push(company.id.number());
        }
        let find = FindCustomers { actor: self.actor, words: self.typed, limit: PROPOSED_MAX };
        ids.extend(find.run(view).await?.companies.iter().map(|company| company.id.number()));
        let found = store::companies_of(view, json_list(ids)).await?;
        let is_one_of_several = |company: &NamedCompany| {
            let same = |other: &&NamedCompany| name_key(&other.name) == name_key(&company.name);
            found.iter().filter(same).count() > 1
        };
        Ok(found.iter().map(|company| choice(company, is_one_of_several(company))).collect())
    }
}

fn choice(company: &NamedCompany, is_one_of_several: bool) -> Choice {
    let NamedCompany { name, customer_number, domain, .. } = company;
    let tells = [Some(name), customer_number.as_ref(), domain.as_ref()];
    let tells: Vec<&str> = tells.into_iter().flatten().map(String::as_str).collect();
    let value = customer_number.clone().filter(|_| is_one_of_several);
    Choice { value: value.unwrap_or_else(|| name.clone()), label: tells.join(" · ") }
}

struct Visible<'a>(&'a Actor, CompanyId);

impl Reading for Visible<'_> {
    type Outcome = Option<String>;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Option<String>> {
        let listing = companies::Listing::of(self.1, Some(self.0));
        Ok(listing.run(view).await?.into_iter().next().map(|company| company.name))
    }
}

/// The name of the company with this id.
pub async fn company_name(screen: &Screen, id: &str) -> Result<Option<String>, HttpError> {
    let Some(company) = CompanyId::parse(id) else { return Ok(None) };
    Ok(screen.app.db.read(&Visible(&screen.actor, company)).await?)
}

/// Makes the company that a person works for. Its domain is that of the person's address, unless that
/// is another's or everybody's.
pub async fn make_company(
    screen: &Screen,
    editor: Editor<'_>,
    name: &str,
    person: &Fields,
) -> Result<Option<CompanyId>, HttpError> {
    let address = person.addresses.iter().flatten().next();
    for domain in [address.map(|address| address.domain().to_owned()), None] {
        let fields = companies::Fields {
            name: line(name),
            domain: Some(domain),
            ..companies::Fields::default()
        };
        let namesakes = Namesakes::AreAllowed;
        let save = SaveCompany { editor, company: None, version: None, fields: &fields, namesakes };
        match screen.app.db.write(&save).await? {
            companies::Saved::Done(company) => return Ok(Some(company.id)),
            companies::Saved::Doubles(_) => {}
            _ => break,
        }
    }
    Err(Denied::NotAllowed.into())
}
