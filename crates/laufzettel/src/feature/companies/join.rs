//! Two companies that are one: tickets, people and notes of one go to the other (F-REL-15), with a
//! way back.

use db::{Operation, Result, Tx};
use serde::{Deserialize, Serialize};
use values::Timestamp;

use super::sees;
use super::store::{self, Detailed};
use crate::feature::contacts::{Editor, Ended, From, both, choose};
use crate::record::CompanyId;
use crate::record::customers::events::Customer;
use crate::record::customers::joined;

/// Whose values count where both have one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen {
    /// The name.
    pub name: From,
    /// The customer number.
    pub customer_number: From,
    /// The domain.
    pub domain: From,
    /// The telephone number.
    pub phone: From,
    /// The postal address.
    pub postal_address: From,
}

/// Joins two companies.
pub struct JoinCompanies<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The company that stays.
    pub kept: CompanyId,
    /// The company that goes into it.
    pub gone: CompanyId,
    /// Whose values count.
    pub chosen: Chosen,
}

/// A company as it was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Before {
    name: String,
    customer_number: Option<String>,
    domain: Option<String>,
    phone: Option<String>,
    postal_address: Option<String>,
    notes: Option<String>,
    created_at: i64,
}

/// The way back.
#[derive(Debug, Serialize, Deserialize)]
struct WayBack {
    gone: Before,
    kept: Before,
    /// The version of the company that stayed, right after.
    version: i64,
    tickets: Vec<i64>,
    contacts: Vec<i64>,
}

impl Before {
    fn of(company: &Detailed) -> Self {
        Self {
            name: company.name.clone(),
            customer_number: company.customer_number.clone(),
            domain: company.domain.clone(),
            phone: company.phone.clone(),
            postal_address: company.postal_address.clone(),
            notes: company.notes.clone(),
            created_at: company.created_at.millis(),
        }
    }

    fn restore(&self, company: &mut Detailed) {
        company.name.clone_from(&self.name);
        company.customer_number.clone_from(&self.customer_number);
        company.domain.clone_from(&self.domain);
        company.phone.clone_from(&self.phone);
        company.postal_address.clone_from(&self.postal_address);
        company.notes.clone_from(&self.notes);
    }
}

impl Operation for JoinCompanies<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        if self.kept == self.gone {
            return Ok(Ended::Same);
        }
        let (first, second) = (self.kept.min(self.gone), self.kept.max(self.gone));
        let (first, second) = (store::hold(tx, first).await?, store::hold(tx, second).await?);
        let (Some(first), Some(second)) = (first, second) else { return Ok(Ended::NotFound) };
        let is_first = first.id == self.kept;
        let (mut kept, gone) = if is_first { (first, second) } else { (second, first) };
        let sees_both =
            sees(tx, self.editor, kept.id).await? && sees(tx, self.editor, gone.id).await?;
        if !sees_both {
            return Ok(Ended::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Ended::NotAllowed);
        }
        let (before, gone_before) = (Before::of(&kept), Before::of(&gone));
        merge(&mut kept, &gone, self.chosen);
        let (tickets, contacts) = store::move_all(tx, gone.id, kept.id).await?;
        store::delete_row(tx, gone.id).await?;
        store::save(tx, &kept).await?;
        let version = kept.version;
        let way_back = WayBack { gone: gone_before, kept: before, version, tickets, contacts };
        let (kept_id, gone) =
            (Customer::Company(kept.id), (Customer::Company(gone.id), &*gone.name));
        joined::went(tx, gone, kept_id, &way_back, self.editor.by()).await?;
        Ok(Ended::Done(kept.id.number()))
    }
}

fn merge(kept: &mut Detailed, gone: &Detailed, chosen: Chosen) {
    kept.version += 1;
    if chosen.name == From::Gone {
        kept.name.clone_from(&gone.name);
    }
    choose(&mut kept.customer_number, gone.customer_number.clone(), chosen.customer_number);
    choose(&mut kept.domain, gone.domain.clone(), chosen.domain);
    choose(&mut kept.phone, gone.phone.clone(), chosen.phone);
    choose(&mut kept.postal_address, gone.postal_address.clone(), chosen.postal_address);
    kept.notes = both(kept.notes.take(), gone.notes.clone());
}

/// Takes the joining of two companies back.
pub struct SeparateCompanies<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// The company that went.
    pub gone: CompanyId,
}

impl Operation for SeparateCompanies<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let found = joined::way_back::<WayBack>(tx, self.gone.number()).await?;
        let Some((kept, way_back)) = found else { return Ok(Ended::NotFound) };
        let Some(mut kept) = store::hold(tx, CompanyId::from_number(kept)).await? else {
            return Ok(Ended::NotFound);
        };
        if !sees(tx, self.editor, kept.id).await? {
            return Ok(Ended::NotFound);
        }
        if !self.editor.may_write() {
            return Ok(Ended::NotAllowed);
        }
        let created_at = Timestamp::from_millis(way_back.gone.created_at);
        let mut gone = Detailed::new(self.gone, created_at);
        way_back.gone.restore(&mut gone);
        gone.version = 1;
        store::save(tx, &gone).await?;
        store::take_back(tx, kept.id, gone.id, &way_back.tickets, &way_back.contacts).await?;
        if kept.version == way_back.version {
            way_back.kept.restore(&mut kept);
            kept.version += 1;
            store::save(tx, &kept).await?;
        }
        let back = (Customer::Company(gone.id), &*gone.name);
        let stayed = (Customer::Company(kept.id), &*kept.name);
        joined::came_back(tx, back, stayed, self.editor.by()).await?;
        Ok(Ended::Done(kept.id.number()))
    }
}
