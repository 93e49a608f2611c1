//! What the customers' pages read.

use db::{Reading, Result, View, json_list};
use values::EmailAddress;

use super::store::{self, CompanyRow, ContactRow, TicketRow, Tickets, Which};
use crate::feature::{companies, contacts};
use crate::record::actor::{Actor, Areas};
use crate::record::contact::{ProposedCompany, company_by_domain};
use crate::record::customers::FindCustomers;
use crate::record::customers::events::{self, Customer, Recorded};
use crate::record::{CompanyId, ContactId};
use rules::right::Level;

/// Rows of a list.
pub const ROWS: i64 = 50;
/// Tickets of a customer on one page.
pub const TICKETS: i64 = 20;
/// People on the page of their company.
pub const PEOPLE: i64 = 40;
/// Events on the page of a customer.
const EVENTS: i64 = 30;

/// Companies or contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Companies.
    #[default]
    Companies,
    /// Contacts.
    Contacts,
}

/// Reads the list.
pub struct ReadList<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// Which kind.
    pub kind: Kind,
    /// What is looked for; empty for all by name.
    pub query: &'a str,
    /// The last one of the page before.
    pub after: Option<i64>,
}

/// The rows of one kind, one more than a page has if there are more.
pub enum Rows {
    /// Companies.
    Companies(Vec<CompanyRow>),
    /// Contacts.
    Contacts(Vec<ContactRow>),
}

/// The list.
pub struct List {
    /// The rows.
    pub rows: Rows,
    /// Companies and contacts that there are or that were found, if it is known.
    pub counts: Option<(i64, i64)>,
}

impl Reading for ReadList<'_> {
    type Outcome = List;

    async fn run(&self, view: &mut View<'_>) -> Result<List> {
        if !self.query.is_empty() {
            return self.found(view).await;
        }
        let which = Which::After(self.after);
        let rows = match self.kind {
            Kind::Companies => {
                Rows::Companies(store::companies(view, self.actor, which, ROWS + 1).await?)
            }
            Kind::Contacts => {
                Rows::Contacts(store::contacts(view, self.actor, which, ROWS + 1).await?)
            }
        };
        let counts = match self.actor.areas_with(Level::Read) {
            Areas::All => Some(store::counts(view).await?),
            Areas::Some(_) => None,
        };
        Ok(List { rows, counts })
    }
}

impl ReadList<'_> {
    async fn found(&self, view: &mut View<'_>) -> Result<List> {
        let find = FindCustomers { actor: self.actor, words: self.query, limit: ROWS + 1 };
        let found = find.run(view).await?;
        let counts = Some((count(found.companies.len()), count(found.contacts.len())));
        let rows = match self.kind {
            Kind::Companies => {
                let ids = json_list(found.companies.iter().map(|company| company.id.number()));
                let which = Which::These(ids);
                Rows::Companies(store::companies(view, self.actor, which, ROWS + 1).await?)
            }
            Kind::Contacts => {
                let ids = json_list(found.contacts.iter().map(|contact| contact.id.number()));
                let which = Which::These(ids);
                Rows::Contacts(store::contacts(view, self.actor, which, ROWS + 1).await?)
            }
        };
        Ok(List { rows, counts })
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// What a customer asked, and what became of the record.
pub struct Story {
    /// The tickets.
    pub tickets: Vec<TicketRow>,
    /// How many are open.
    pub open: i64,
    /// How many there are, without those in the trash.
    pub all: i64,
    /// The newest events.
    pub events: Vec<Recorded>,
    /// The customers that went into this one and can be taken out again.
    pub joined: Vec<i64>,
}

/// Which tickets a page shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Open ones or all.
    pub tickets: Tickets,
    /// Before this one.
    pub before: Option<i64>,
}

async fn story(
    view: &mut View<'_>,
    actor: &Actor,
    customer: Customer,
    asked: Asked,
) -> Result<Story> {
    let before = asked.before.unwrap_or(i64::MAX);
    let contact = customer.contact().map(ContactId::number);
    let id = contact.or(customer.company().map(CompanyId::number)).unwrap_or_default();
    Ok(Story {
        joined: store::went_here(view, id).await?,
        tickets: store::tickets(view, actor, customer, asked.tickets, before, TICKETS + 1).await?,
        open: store::count_tickets(view, actor, customer, Tickets::Open).await?,
        all: store::count_tickets(view, actor, customer, Tickets::All).await?,
        events: events::newest(view, customer, EVENTS).await?,
    })
}

/// Reads the page of a contact.
pub struct ReadContact<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The contact.
    pub contact: ContactId,
    /// Which tickets.
    pub asked: Asked,
}

/// A contact with everything around it.
pub struct ContactView {
    /// The contact.
    pub contact: contacts::Detailed,
    /// The tickets and the events.
    pub story: Story,
    /// The company that an address suggests, if none is known.
    pub proposed: Option<ProposedCompany>,
}

/// What is found under an address.
pub enum Sought<T> {
    /// It.
    Found(T),
    /// It went into another one.
    WentInto(i64),
    /// Nothing that the actor may see.
    Nothing,
}

impl Reading for ReadContact<'_> {
    type Outcome = Sought<ContactView>;

    async fn run(&self, view: &mut View<'_>) -> Result<Sought<ContactView>> {
        let listing = contacts::Listing::of(self.contact, Some(self.actor));
        let Some(contact) = listing.run(view).await?.into_iter().next() else {
            return gone(view, self.contact.number()).await;
        };
        let customer = Customer::Contact(self.contact);
        let story = story(view, self.actor, customer, self.asked).await?;
        let proposed = match contact.company {
            Some(_) => None,
            None => proposed(view, &contact.addresses).await?,
        };
        Ok(Sought::Found(ContactView { contact, story, proposed }))
    }
}

async fn gone<T>(view: &mut View<'_>, id: i64) -> Result<Sought<T>> {
    let into = store::went_into(view, id).await?;
    Ok(into.map_or(Sought::Nothing, Sought::WentInto))
}

/// The company whose domain one of the addresses has.
pub async fn proposed(
    view: &mut View<'_>,
    addresses: &[String],
) -> Result<Option<ProposedCompany>> {
    for address in addresses.iter().filter_map(|text| EmailAddress::parse(text).ok()).take(5) {
        if let Some(company) = company_by_domain(view, address.domain()).await? {
            return Ok(Some(company));
        }
    }
    Ok(None)
}

/// Reads the page of a company.
pub struct ReadCompany<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The company.
    pub company: CompanyId,
    /// Which tickets.
    pub asked: Asked,
}

/// A company with everything around it.
pub struct CompanyView {
    /// The company.
    pub company: companies::Detailed,
    /// Its people, one more than are shown if there are more.
    pub people: Vec<ContactRow>,
    /// The tickets and the events.
    pub story: Story,
}

impl Reading for ReadCompany<'_> {
    type Outcome = Sought<CompanyView>;

    async fn run(&self, view: &mut View<'_>) -> Result<Sought<CompanyView>> {
        let listing = companies::Listing::of(self.company, Some(self.actor));
        let Some(company) = listing.run(view).await?.into_iter().next() else {
            return gone(view, self.company.number()).await;
        };
        let customer = Customer::Company(self.company);
        let story = story(view, self.actor, customer, self.asked).await?;
        let which = Which::Of(self.company);
        let people = store::contacts(view, self.actor, which, PEOPLE + 1).await?;
        Ok(Sought::Found(CompanyView { company, people, story }))
    }
}

/// Asks whether a contact or a ticket refers to a customer.
pub struct IsUsed(pub Customer);

impl Reading for IsUsed {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        store::is_used(view, self.0).await
    }
}
