//! Contacts: the people who ask, each with any number of addresses (F-FLD-15).

pub mod api;
mod store;

use db::{Db, Operation, Result, Tx};
use values::{EmailAddress, IdMaker, Timestamp};

use crate::record::contact::name_key;
use crate::record::{CompanyId, Contact, ContactId};

pub use store::{Detailed, Listing};

/// What is known of a person. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<Option<String>>,
    /// The company the person works for.
    pub company: Option<Option<CompanyId>>,
    /// `de` or `en`: the language of mails to the person.
    pub language: Option<Option<&'static str>>,
    /// All addresses, the main one first.
    pub addresses: Option<Vec<EmailAddress>>,
}

/// Makes a contact, or changes one.
pub struct SaveContact<'a> {
    /// The contact to change; `None` makes one.
    pub contact: Option<ContactId>,
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
    /// The contact as it is now.
    Done(Box<Detailed>),
    /// There is no such contact.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// There is no such company.
    UnknownCompany,
    /// Somebody else has the address at this place of the list.
    AddressTaken(usize),
}

impl Operation for SaveContact<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let mut contact = match self.contact {
            Some(id) => match store::hold(tx, id).await? {
                Some(contact) => contact,
                None => return Ok(Saved::NotFound),
            },
            None => Detailed::new(self.ids.next::<Contact>(self.now), self.now),
        };
        if self.version.is_some_and(|version| version != contact.version) {
            return Ok(Saved::Stale);
        }
        for (place, address) in self.fields.addresses.iter().flatten().enumerate() {
            if store::owner(tx, address).await?.is_some_and(|owner| owner != contact.id) {
                return Ok(Saved::AddressTaken(place));
            }
        }
        contact.take(self.fields);
        if !store::name_company(tx, &mut contact).await? {
            return Ok(Saved::UnknownCompany);
        }
        store::save(tx, &contact, &name_key(&contact.name)).await?;
        if let Some(addresses) = &self.fields.addresses {
            store::set_addresses(tx, contact.id, addresses).await?;
        }
        Ok(Saved::Done(Box::new(contact)))
    }
}

/// Deletes a contact that no ticket refers to.
pub struct DeleteContact {
    /// The contact.
    pub contact: ContactId,
    /// The version that the actor saw; `None` deletes any.
    pub version: Option<i64>,
}

/// How deleting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Done,
    /// There is no such thing.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// Something refers to it.
    InUse,
}

impl Operation for DeleteContact {
    type Outcome = Deleted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Deleted> {
        let Some(contact) = store::hold(tx, self.contact).await? else {
            return Ok(Deleted::NotFound);
        };
        if self.version.is_some_and(|version| version != contact.version) {
            return Ok(Deleted::Stale);
        }
        if store::is_used(tx, self.contact).await? {
            return Ok(Deleted::InUse);
        }
        store::delete(tx, self.contact).await?;
        Ok(Deleted::Done)
    }
}

/// The person with this address or id.
pub async fn contact_named(db: &Db, text: &str) -> Result<Option<ContactId>> {
    match EmailAddress::parse(text) {
        Ok(address) => store::by_address(db, &address).await,
        Err(_) => Ok(ContactId::parse(text.trim())),
    }
}

/// The company with this id, or the only one with this name.
pub async fn company_named(db: &Db, text: &str) -> Result<Option<CompanyId>> {
    if let Some(id) = CompanyId::parse(text.trim()) {
        return Ok(Some(id));
    }
    store::company_by_name(db, &name_key(text)).await
}
