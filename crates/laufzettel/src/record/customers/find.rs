//! Finding customers by the beginning of a word of their name, an address, digits of a telephone
//! number, their company or its number.
//!
//! The most telling part of what was typed is looked up in an index and cut; the other parts are
//! checked for what was found. So a look-up costs the same, however many customers there are.

use db::{Query, Reading, Result, View, from_row};
use rules::customer::{Sought, Wanted, wanted};

use super::visible::{
    push_open_of_company, push_open_of_contact, push_visible_company, push_visible_contact,
};
use crate::record::actor::{Actor, ids_json};
use crate::record::{CompanyId, ContactId};

/// The end of every text that begins with some text, in the order of bytes.
const AFTER_ALL: char = '\u{10ffff}';
/// Customers that are read for one that is shown: some may not be seen, and they are shown by name.
const READ_FOR_ONE: i64 = 10;
/// Customers with the most telling part that are checked for the other parts.
const CHECKED_MAX: i64 = 1_000;
/// Letters of what was typed that count.
const LETTERS_MAX: usize = 200;

/// Looks for contacts and companies.
pub struct FindCustomers<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// What was typed.
    pub words: &'a str,
    /// How many contacts, and how many companies.
    pub limit: i64,
}

/// What was found, by name.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Persons.
    pub contacts: Vec<FoundContact>,
    /// Companies.
    pub companies: Vec<FoundCompany>,
}

/// A person that was found.
#[derive(Clone, Debug)]
pub struct FoundContact {
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
    /// The addresses, the main one first.
    pub addresses: Vec<String>,
    /// The telephone numbers, the main one first.
    pub phones: Vec<String>,
    /// Open tickets that the reader may see.
    pub open: i64,
}

from_row! {
    /// A company that was found.
    #[derive(Clone, Debug)]
    pub struct FoundCompany {
        /// The company.
        pub id: CompanyId,
        /// The name.
        pub name: String,
        /// Its number as a customer.
        pub customer_number: Option<String>,
        /// The domain of its addresses.
        pub domain: Option<String>,
        /// Its telephone number.
        pub phone: Option<String>,
        /// Open tickets that the reader may see.
        pub open: i64,
    }
}

from_row! {
    struct ContactRow {
        id: ContactId,
        name: String,
        job: Option<String>,
        company: Option<CompanyId>,
        company_name: Option<String>,
        open: i64,
    }
}

impl Reading for FindCustomers<'_> {
    type Outcome = Found;

    async fn run(&self, view: &mut View<'_>) -> Result<Found> {
        let wanted = self.wanted();
        let Some(first) = wanted.parts.first() else { return Ok(Found::default()) };
        // Words in their order are a beginning of one key: that is found at once, and mostly enough.
        let mut rows: Vec<ContactRow> = match &wanted.phrase {
            Some(phrase) => {
                let whole = Sought { keys: vec![phrase.clone()], address: None };
                let alone = Wanted { parts: Vec::new(), phrase: None };
                view.list(&self.contacts(&alone, &whole)).await?
            }
            None => Vec::new(),
        };
        if i64::try_from(rows.len()).is_ok_and(|found| found < self.limit) {
            rows = view.list(&self.contacts(&wanted, first)).await?;
        }
        let contact = |row: ContactRow| FoundContact {
            id: row.id,
            name: row.name,
            job: row.job,
            company: row.company,
            company_name: row.company_name,
            addresses: Vec::new(),
            phones: Vec::new(),
            open: row.open,
        };
        let mut contacts: Vec<FoundContact> = rows.into_iter().map(contact).collect();
        add_reach(view, &mut contacts).await?;
        let companies = match first.keys.is_empty() {
            true => Vec::new(),
            false => view.list(&self.companies(&wanted, first)).await?,
        };
        Ok(Found { contacts, companies })
    }
}

impl FindCustomers<'_> {
    /// The statements that look for contacts and companies, to see how they are planned.
    pub fn statements(&self) -> Vec<Query> {
        let wanted = self.wanted();
        let Some(first) = wanted.parts.first() else { return Vec::new() };
        let companies = (!first.keys.is_empty()).then(|| self.companies(&wanted, first));
        std::iter::once(self.contacts(&wanted, first)).chain(companies).collect()
    }

    fn wanted(&self) -> Wanted {
        let typed: String = self.words.replace('\0', " ").chars().take(LETTERS_MAX).collect();
        wanted(&typed)
    }

    fn contacts(&self, wanted: &Wanted, first: &Sought) -> Query {
        let mut query =
            Query::new("select c.id, c.name, c.job, c.company, o.name as company_name,");
        push_open_of_contact(&mut query, self.actor);
        query.push("as open from (select c.id from contact c where c.id in (");
        let keys = wanted.phrase.iter().chain(&first.keys);
        push_contacts_with(&mut query, keys, first, Some(self.read_at_most(wanted)));
        query.push(")");
        for part in wanted.parts.iter().skip(1) {
            query.push("and (").append(&contact_has_part(part)).push(")");
        }
        push_visible_contact(&mut query, self.actor);
        query.push("order by c.name_key, c.id limit").bind(self.limit);
        query.push(") m join contact c on c.id = m.id left join company o on o.id = c.company");
        query.push("order by c.name_key, c.id limit").bind(self.limit);
        query
    }

    fn companies(&self, wanted: &Wanted, first: &Sought) -> Query {
        let most = self.read_at_most(wanted);
        let mut query = Query::new("select o.id, o.name, o.customer_number, o.domain, o.phone,");
        push_open_of_company(&mut query, self.actor);
        query.push("as open from (select o.id from company o where o.id in (");
        let mut word = "";
        for key in wanted.phrase.iter().chain(&first.keys) {
            query.push(word).push("select company from (select company from company_key where");
            push_beginning(&mut query, "key", key);
            query.push("order by key, company limit").bind(most).push(") named");
            word = "union all";
        }
        query.push(")");
        for part in wanted.parts.iter().skip(1) {
            query.push("and (").append(&company_has_part(part, "o.id")).push(")");
        }
        push_visible_company(&mut query, self.actor);
        query.push("order by o.name_key, o.id limit").bind(self.limit);
        query.push(") m join company o on o.id = m.id");
        query.push("order by o.name_key, o.id limit").bind(self.limit);
        query
    }

    fn read_at_most(&self, wanted: &Wanted) -> i64 {
        match wanted.parts.len() {
            0 | 1 => READ_FOR_ONE * self.limit,
            _ => CHECKED_MAX,
        }
    }
}

/// Adds the ids of contacts that have one of these keys, or the part's address, or work for a company
/// with the part; at most so many of each.
fn push_contacts_with<'a>(
    query: &mut Query,
    keys: impl Iterator<Item = &'a String>,
    part: &'a Sought,
    most: Option<i64>,
) {
    let most = most.unwrap_or(i64::MAX);
    let mut word = "";
    for key in keys {
        query.push(word).push("select contact from (select contact from contact_key where");
        push_beginning(query, "key", key);
        query.push("order by key, contact limit").bind(most).push(") named");
        word = "union all";
    }
    if let Some(address) = &part.address {
        query.push(word).push("select contact from (select contact from contact_address where");
        push_beginning(query, "address", address);
        query.push("order by address limit").bind(most).push(") addressed");
        word = "union all";
    }
    for key in &part.keys {
        query.push(word).push(
            "select contact from (select p.id as contact
                 from company_key k join contact p on p.company = k.company where",
        );
        push_beginning(query, "k.key", key);
        query.push("order by k.key, k.company, p.id limit").bind(most).push(") employed");
    }
}

/// Adds `and …` that keeps the contacts `c` that have every part of what was typed.
pub fn push_contacts_that_have(query: &mut Query, wanted: &Wanted) {
    for part in &wanted.parts {
        query.push("and c.id in (");
        push_contacts_with(query, part.keys.iter(), part, None);
        query.push(")");
    }
}

/// Adds `and …` that keeps the companies `o` that have every part of what was typed.
pub fn push_companies_that_have(query: &mut Query, wanted: &Wanted) {
    for part in &wanted.parts {
        query.push("and (1 = 0");
        for key in &part.keys {
            query.push("or o.id in (select company from company_key where");
            push_beginning(query, "key", key);
            query.push(")");
        }
        query.push(")");
    }
}

fn push_beginning(query: &mut Query, column: &'static str, beginning: &str) {
    query.push(column).push(">=").bind(beginning).push("and").push(column).push("<");
    query.bind(format!("{beginning}{AFTER_ALL}"));
}

/// Whether the contact `c` has a part by itself or by its company.
fn contact_has_part(part: &Sought) -> Query {
    let mut query = company_has_part(part, "c.company");
    for key in &part.keys {
        query.push("or exists (select 1 from contact_key k where k.contact = c.id and");
        push_beginning(&mut query, "k.key", key);
        query.push(")");
    }
    if let Some(address) = &part.address {
        query.push("or exists (select 1 from contact_address a where a.contact = c.id and");
        push_beginning(&mut query, "a.address", address);
        query.push(")");
    }
    query
}

/// Whether the company with this id has a part.
fn company_has_part(part: &Sought, company: &'static str) -> Query {
    let mut query = Query::new("1 = 0");
    for key in &part.keys {
        query.push("or exists (select 1 from company_key k where k.company =").push(company);
        query.push("and");
        push_beginning(&mut query, "k.key", key);
        query.push(")");
    }
    query
}

from_row! {
    struct ReachRow {
        text: String,
        contact: ContactId,
    }
}

/// Adds the addresses and telephone numbers.
async fn add_reach(view: &mut View<'_>, contacts: &mut [FoundContact]) -> Result<()> {
    if contacts.is_empty() {
        return Ok(());
    }
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let mut addresses = Query::new("select address as text, contact from contact_address where");
    addresses.push_in_ids("contact", ids_json(&ids));
    addresses.push("order by contact, position, address limit 10000");
    for row in view.list::<ReachRow>(&addresses).await? {
        if let Some(contact) = contacts.iter_mut().find(|contact| contact.id == row.contact) {
            contact.addresses.push(row.text);
        }
    }
    let mut phones = Query::new("select number as text, contact from contact_phone where");
    phones.push_in_ids("contact", ids_json(&ids));
    phones.push("order by contact, position limit 10000");
    for row in view.list::<ReachRow>(&phones).await? {
        if let Some(contact) = contacts.iter_mut().find(|contact| contact.id == row.contact) {
            contact.phones.push(row.text);
        }
    }
    Ok(())
}
