//! Making a contact, or changing one.

use db::{Operation, Result, Tx};
use serde_json::json;

use super::store::{self, Detailed};
use super::{Editor, Fields};
use crate::record::customers::events::{self, Changed, Customer};
use crate::record::{Contact, ContactId, our_address};

/// Makes a contact, or changes one.
pub struct SaveContact<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The contact to change; `None` makes one.
    pub contact: Option<ContactId>,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// The fields.
    pub fields: &'a Fields,
}

/// How saving ended.
#[derive(Debug)]
pub enum Saved {
    /// The contact as it is now.
    Done(Box<Detailed>),
    /// There is no such contact.
    NotFound,
    /// The actor may not do this.
    NotAllowed,
    /// Somebody else changed it.
    Stale,
    /// There is no such company.
    UnknownCompany,
    /// Somebody else has the address at this place of the list.
    AddressTaken(usize, ContactId),
    /// The address at this place of the list is one of our own.
    AddressOurs(usize),
}

impl Operation for SaveContact<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let before = match self.begin(tx).await? {
            Ok(contact) => contact,
            Err(ended) => return Ok(ended),
        };
        if let Some(ended) = self.refuse_addresses(tx, &before).await? {
            return Ok(ended);
        }
        let mut contact = before.clone();
        contact.take(self.fields);
        if !store::name_company(tx, &mut contact).await? {
            return Ok(Saved::UnknownCompany);
        }
        store::save(tx, &contact).await?;
        if let Some(addresses) = &self.fields.addresses {
            store::set_addresses(tx, contact.id, addresses).await?;
        }
        let customer = Customer::Contact(contact.id);
        match self.contact {
            None => {
                events::record(tx, customer, "created", json!({}), self.editor.by()).await?;
            }
            Some(_) => {
                let changes = changes(&before, &contact);
                if !changes.is_empty() {
                    let detail = json!({ "changes": changes });
                    events::record(tx, customer, "changed", detail, self.editor.by()).await?;
                }
            }
        }
        Ok(Saved::Done(Box::new(contact)))
    }
}

impl SaveContact<'_> {
    /// The contact as it was, held.
    async fn begin(&self, tx: &mut Tx<'_>) -> Result<std::result::Result<Detailed, Saved>> {
        let contact = match self.contact {
            Some(id) => match store::hold(tx, id).await? {
                Some(contact) if self.editor.sees(tx, id).await? => contact,
                _ => return Ok(Err(Saved::NotFound)),
            },
            None => {
                Detailed::new(self.editor.ids.next::<Contact>(self.editor.now), self.editor.now)
            }
        };
        if !self.editor.may_write() {
            return Ok(Err(Saved::NotAllowed));
        }
        match self.version.is_some_and(|version| version != contact.version) {
            true => Ok(Err(Saved::Stale)),
            false => Ok(Ok(contact)),
        }
    }

    async fn refuse_addresses(&self, tx: &mut Tx<'_>, contact: &Detailed) -> Result<Option<Saved>> {
        let Some(addresses) = &self.fields.addresses else { return Ok(None) };
        let place = |text: &str| addresses.iter().position(|address| address.as_str() == text);
        for (address, owner) in store::owners(tx, addresses).await? {
            if let Some(place) = place(&address).filter(|_| owner != contact.id) {
                return Ok(Some(Saved::AddressTaken(place, owner)));
            }
        }
        let ours = our_address::among(tx, addresses).await?;
        let known = |text: &&String| !contact.addresses.contains(text);
        let ours = ours.iter().filter(known).find_map(|text| place(text));
        Ok(ours.map(Saved::AddressOurs))
    }
}

/// What is not as it was.
fn changes(before: &Detailed, after: &Detailed) -> Vec<Changed> {
    let list = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", "));
    let fields = |contact: &Detailed| {
        [
            ("name", Some(contact.name.clone())),
            ("job", contact.job.clone()),
            ("addresses", list(&contact.addresses)),
            ("phones", list(&contact.phones)),
            ("company", contact.company_name.clone()),
            ("language", contact.language.clone()),
            ("notes", contact.notes.clone()),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    let differ = pairs.filter(|(before, after)| before.1 != after.1);
    differ.map(|((field, from), (_, to))| Changed { field: field.to_owned(), from, to }).collect()
}
