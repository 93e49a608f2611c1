//! Contacts: the people who ask, each with any number of addresses and telephone numbers (F-FLD-15).

pub mod api;
mod join;
mod save;
mod store;

use db::{Db, Operation, Reading, Result, Tx, View};
use rules::right::Level;
use values::{EmailAddress, IdMaker, Timestamp};

use crate::record::actor::{Actor, Areas};
use crate::record::contact::name_key;
use crate::record::customers::events::{By, Customer};
use crate::record::customers::{sees_company, sees_contact};
use crate::record::{CompanyId, ContactId};

pub use join::{Chosen, Ended, From, JoinContacts, SeparateContacts, both, choose};
pub use save::{SaveContact, Saved};
pub use store::{Detailed, Listing, these};

/// Letters of a name or of another text on one line.
pub const LINE_LETTERS_MAX: usize = 200;
/// Letters of a telephone number.
pub const PHONE_LETTERS_MAX: usize = 60;
/// Letters of the notes.
pub const NOTES_LETTERS_MAX: usize = 10_000;
/// Addresses of one person.
pub const ADDRESSES_MAX: usize = 50;
/// Telephone numbers of one person.
pub const PHONES_MAX: usize = 20;

/// What is known of a person. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// What the person does at the company.
    pub job: Option<Option<String>>,
    /// The main telephone number.
    pub phone: Option<Option<String>>,
    /// All telephone numbers, the main one first.
    pub phones: Option<Vec<String>>,
    /// The company the person works for.
    pub company: Option<Option<CompanyId>>,
    /// `de` or `en`: the language of mails to the person.
    pub language: Option<Option<&'static str>>,
    /// What the team should know.
    pub notes: Option<Option<String>>,
    /// All addresses, the main one first.
    pub addresses: Option<Vec<EmailAddress>>,
}

/// Who saves or deletes customers.
#[derive(Clone, Copy)]
pub struct Editor<'a> {
    /// Who it is; nobody while a sample company is written, which may do everything.
    pub actor: Option<&'a Actor>,
    /// The present moment.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: &'a IdMaker,
}

impl Editor<'_> {
    /// Whether customers may be written: by those who work somewhere.
    pub fn may_write(&self) -> bool {
        self.actor.is_none_or(may_write)
    }

    /// Who it is, for the events.
    pub fn by(&self) -> By<'_> {
        By { agent: self.actor.map(|actor| actor.agent), now: self.now, ids: self.ids }
    }

    /// Whether there is such a contact for the editor.
    pub async fn sees(&self, tx: &mut Tx<'_>, contact: ContactId) -> Result<bool> {
        match self.actor {
            Some(actor) => sees_contact(tx, actor, contact).await,
            None => Ok(true),
        }
    }
}

/// Whether the actor may make and change customers: he works somewhere.
pub fn may_write(actor: &Actor) -> bool {
    actor.areas_with(Level::Work) != Areas::Some(Vec::new())
}

/// Whether the actor may import customers: it changes many of them, so he works everywhere.
pub fn may_import(actor: &Actor) -> bool {
    actor.areas_with(Level::Work) == Areas::All
}

/// Deletes a contact that no ticket refers to.
pub struct DeleteContact<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
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
    /// The actor may not do this.
    NotAllowed,
    /// Somebody else changed it.
    Stale,
    /// Something refers to it.
    InUse,
}

impl Operation for DeleteContact<'_> {
    type Outcome = Deleted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Deleted> {
        let Some(contact) = store::hold(tx, self.contact).await? else {
            return Ok(Deleted::NotFound);
        };
        if !self.editor.sees(tx, self.contact).await? {
            return Ok(Deleted::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Deleted::NotAllowed);
        }
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

/// The person with this address, or with this id if the actor may see it. Whoever knows an address may
/// write to it; ids can be guessed.
pub async fn contact_named(db: &Db, actor: &Actor, text: &str) -> Result<Option<ContactId>> {
    if let Ok(address) = EmailAddress::parse(text) {
        return store::by_address(db, &address).await;
    }
    let Some(contact) = ContactId::parse(text.trim()) else { return Ok(None) };
    Ok(db.read(&Sees(actor, Customer::Contact(contact))).await?.then_some(contact))
}

/// The company with this id, or the only one with this name, if the actor may see it.
pub async fn company_named(db: &Db, actor: &Actor, text: &str) -> Result<Option<CompanyId>> {
    let named = match CompanyId::parse(text.trim()) {
        Some(id) => Some(id),
        None => store::company_by_name(db, &name_key(text)).await?,
    };
    let Some(company) = named else { return Ok(None) };
    Ok(db.read(&Sees(actor, Customer::Company(company))).await?.then_some(company))
}

/// Whether an actor may see a customer.
struct Sees<'a>(&'a Actor, Customer);

impl Reading for Sees<'_> {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        match self.1 {
            Customer::Contact(contact) => sees_contact(view, self.0, contact).await,
            Customer::Company(company) => sees_company(view, self.0, company).await,
        }
    }
}
