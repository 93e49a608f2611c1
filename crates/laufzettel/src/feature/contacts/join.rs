//! Two contacts that are one person: tickets, addresses, telephone numbers and notes of one go to
//! the other (F-REL-15). What went where is kept, so that it can be taken back.

use db::{Operation, Result, Tx};
use serde::{Deserialize, Serialize};
use values::{EmailAddress, Timestamp};

use super::Editor;
use super::store::{self, Detailed};
use crate::record::customers::events::Customer;
use crate::record::customers::joined;
use crate::record::{CompanyId, ContactId};

/// Whose value counts where both have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// That of the contact that stays.
    #[default]
    Kept,
    /// That of the contact that goes.
    Gone,
}

/// Whose values count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen {
    /// The name.
    pub name: From,
    /// What the person does at the company.
    pub job: From,
    /// The company.
    pub company: From,
    /// The language.
    pub language: From,
}

/// Joins two contacts.
pub struct JoinContacts<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The contact that stays.
    pub kept: ContactId,
    /// The contact that goes into it.
    pub gone: ContactId,
    /// Whose values count.
    pub chosen: Chosen,
}

/// How joining or separating ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is done; the one that stayed.
    Done(i64),
    /// There is no such thing.
    NotFound,
    /// The actor may not do this.
    NotAllowed,
    /// Both are the same.
    Same,
}

/// A contact as it was before it went.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Before {
    name: String,
    job: Option<String>,
    company: Option<i64>,
    language: Option<String>,
    notes: Option<String>,
    created_at: i64,
    addresses: Vec<String>,
    phones: Vec<String>,
}

/// The way back.
#[derive(Debug, Serialize, Deserialize)]
struct WayBack {
    gone: Before,
    kept: Before,
    /// The version of the contact that stayed, right after.
    version: i64,
    tickets: Vec<i64>,
}

impl Before {
    fn of(contact: &Detailed) -> Self {
        Self {
            name: contact.name.clone(),
            job: contact.job.clone(),
            company: contact.company.map(CompanyId::number),
            language: contact.language.clone(),
            notes: contact.notes.clone(),
            created_at: contact.created_at.millis(),
            addresses: contact.addresses.clone(),
            phones: contact.phones.clone(),
        }
    }

    fn restore(&self, contact: &mut Detailed) {
        contact.name.clone_from(&self.name);
        contact.job.clone_from(&self.job);
        contact.company = self.company.map(CompanyId::from_number);
        contact.language.clone_from(&self.language);
        contact.notes.clone_from(&self.notes);
    }
}

impl Operation for JoinContacts<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        if self.kept == self.gone {
            return Ok(Ended::Same);
        }
        // In one order, so that two who join the same contacts wait for each other.
        let (first, second) = (self.kept.min(self.gone), self.kept.max(self.gone));
        let (first, second) = (store::hold(tx, first).await?, store::hold(tx, second).await?);
        let (Some(first), Some(second)) = (first, second) else { return Ok(Ended::NotFound) };
        let is_first = first.id == self.kept;
        let (mut kept, gone) = if is_first { (first, second) } else { (second, first) };
        if !self.editor.sees(tx, kept.id).await? || !self.editor.sees(tx, gone.id).await? {
            return Ok(Ended::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Ended::NotAllowed);
        }
        let (before, gone_before) = (Before::of(&kept), Before::of(&gone));
        merge(&mut kept, &gone, self.chosen);
        let tickets = store::move_tickets(tx, gone.id, kept.id).await?;
        store::move_addresses(tx, gone.id, kept.id).await?;
        store::delete_row(tx, gone.id).await?;
        store::save(tx, &kept).await?;
        let way_back = WayBack { gone: gone_before, kept: before, version: kept.version, tickets };
        let (kept_id, gone) =
            (Customer::Contact(kept.id), (Customer::Contact(gone.id), &*gone.name));
        joined::went(tx, gone, kept_id, &way_back, self.editor.by()).await?;
        Ok(Ended::Done(kept.id.number()))
    }
}

fn merge(kept: &mut Detailed, gone: &Detailed, chosen: Chosen) {
    kept.version += 1;
    if chosen.name == From::Gone {
        kept.name.clone_from(&gone.name);
    }
    choose(&mut kept.job, gone.job.clone(), chosen.job);
    choose(&mut kept.company, gone.company, chosen.company);
    choose(&mut kept.language, gone.language.clone(), chosen.language);
    kept.notes = both(kept.notes.take(), gone.notes.clone());
    for phone in &gone.phones {
        if !kept.phones.contains(phone) {
            kept.phones.push(phone.clone());
        }
    }
}

/// What only one has stays in any case.
pub fn choose<T>(kept: &mut Option<T>, gone: Option<T>, from: From) {
    if gone.is_some() && (from == From::Gone || kept.is_none()) {
        *kept = gone;
    }
}

/// Both notes, one below the other.
pub fn both(kept: Option<String>, gone: Option<String>) -> Option<String> {
    match (kept, gone) {
        (Some(kept), Some(gone)) if kept != gone => Some(format!("{kept}\n\n{gone}")),
        (kept, gone) => kept.or(gone),
    }
}

/// Takes the joining of two contacts back.
pub struct SeparateContacts<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The contact that went.
    pub gone: ContactId,
}

impl Operation for SeparateContacts<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let found = joined::way_back::<WayBack>(tx, self.gone.number()).await?;
        let Some((kept, way_back)) = found else { return Ok(Ended::NotFound) };
        let Some(mut kept) = store::hold(tx, ContactId::from_number(kept)).await? else {
            return Ok(Ended::NotFound);
        };
        if !self.editor.sees(tx, kept.id).await? {
            return Ok(Ended::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Ended::NotAllowed);
        }
        let gone = self.back(&way_back);
        store::save(tx, &gone).await?;
        let own: Vec<EmailAddress> =
            gone.addresses.iter().filter_map(|text| EmailAddress::parse(text).ok()).collect();
        store::take_addresses(tx, kept.id, gone.id, &own).await?;
        store::take_tickets(tx, kept.id, gone.id, &way_back.tickets).await?;
        if kept.version == way_back.version {
            way_back.kept.restore(&mut kept);
        }
        let is_own = |phone: &String| {
            way_back.kept.phones.contains(phone) || !way_back.gone.phones.contains(phone)
        };
        kept.phones.retain(is_own);
        kept.version += 1;
        store::save(tx, &kept).await?;
        let back = (Customer::Contact(gone.id), &*gone.name);
        let stayed = (Customer::Contact(kept.id), &*kept.name);
        joined::came_back(tx, back, stayed, self.editor.by()).await?;
        Ok(Ended::Done(kept.id.number()))
    }
}

impl SeparateContacts<'_> {
    /// The contact as it comes back.
    fn back(&self, way_back: &WayBack) -> Detailed {
        let before = &way_back.gone;
        let mut gone = Detailed::new(self.gone, Timestamp::from_millis(before.created_at));
        before.restore(&mut gone);
        gone.addresses.clone_from(&before.addresses);
        gone.phones.clone_from(&before.phones);
        gone.version = 1;
        gone
    }
}
