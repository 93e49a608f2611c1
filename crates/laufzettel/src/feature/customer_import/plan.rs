//! What becomes of each row: a new contact, a changed one, nothing, or a fault. The trial and the
//! import decide by the same function.

use std::collections::{HashMap, HashSet};

use rules::text::fold_text;
use values::{EmailAddress, Timestamp};

use super::person::{Fault, Firm, Person};
use crate::feature::companies::{self, doubles::is_for_everybody};
use crate::feature::contacts::{ADDRESSES_MAX, Detailed, Fields, PHONES_MAX};
use crate::record::contact::name_key;
use crate::record::{CompanyId, ContactId};

/// What is on record of the people and companies of some rows.
#[derive(Debug, Default)]
pub struct Known {
    /// Whose addresses are.
    pub owners: HashMap<String, ContactId>,
    /// The contacts.
    pub contacts: HashMap<ContactId, Detailed>,
    /// Contacts without an address, by name.
    pub unaddressed: HashMap<String, ContactId>,
    /// Addresses of ours.
    pub ours: Vec<String>,
    /// Companies by name.
    pub companies: HashMap<String, Vec<CompanyId>>,
    /// All companies that are known.
    pub company_ids: HashSet<CompanyId>,
    /// Companies by customer number, folded.
    pub numbers: HashMap<String, CompanyId>,
    /// Companies by domain.
    pub domains: HashMap<String, CompanyId>,
    /// Domains of ours.
    pub our_domains: Vec<String>,
    /// Ids that stand for what a trial would have made.
    pub made: i64,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It is as it is on record.
    Same,
    /// Something is written.
    Write(Box<Write>),
    /// It cannot be taken over.
    Fault(Fault),
}

/// What is written.
#[derive(Clone, Debug)]
pub struct Write {
    /// The company to make first.
    pub company: Option<companies::Fields>,
    /// The person; nobody if the row only names a company.
    pub person: Option<(Option<ContactId>, Fields)>,
}

impl Known {
    /// Remembers a contact as it is now.
    pub fn put(&mut self, contact: Detailed) {
        for address in &contact.addresses {
            self.owners.insert(address.clone(), contact.id);
        }
        if contact.addresses.is_empty() {
            self.unaddressed.insert(name_key(&contact.name), contact.id);
        }
        self.contacts.insert(contact.id, contact);
    }

    /// Remembers a company.
    pub fn put_company(
        &mut self,
        id: CompanyId,
        name: &str,
        number: Option<&str>,
        domain: Option<&str>,
    ) {
        if !self.company_ids.insert(id) {
            return;
        }
        self.companies.entry(name_key(name)).or_default().push(id);
        if let Some(number) = number {
            self.numbers.entry(fold_text(number)).or_insert(id);
        }
        if let Some(domain) = domain {
            self.domains.entry(domain.to_owned()).or_insert(id);
        }
    }

    /// Remembers what a trial would have written.
    pub fn pretend(&mut self, write: &Write) {
        let mut id = || {
            self.made -= 1;
            self.made
        };
        let company = write.company.as_ref().map(|company| (id(), company.clone()));
        let (new, now) = (id(), Timestamp::from_millis(0));
        let company = company.map(|(id, company)| {
            let id = CompanyId::from_number(id);
            let (number, domain) = (company.customer_number.flatten(), company.domain.flatten());
            let name = company.name.unwrap_or_default();
            self.put_company(id, &name, number.as_deref(), domain.as_deref());
            id
        });
        let Some((contact, fields)) = &write.person else { return };
        let before = contact.and_then(|contact| self.contacts.get(&contact).cloned());
        let mut contact = before.unwrap_or_else(|| Detailed::new(ContactId::from_number(new), now));
        contact.take(fields);
        contact.company = company.or(contact.company);
        self.put(contact);
    }
}

/// Decides about a row.
pub fn decide(person: &Person, known: &Known) -> Decision {
    match decided(person, known) {
        Ok(decision) => decision,
        Err(fault) => Decision::Fault(fault),
    }
}

fn decided(person: &Person, known: &Known) -> Result<Decision, Fault> {
    let addresses = person.fields.addresses.clone().unwrap_or_default();
    let before = owner(&addresses, person, known)?;
    if let Some(ours) =
        addresses.iter().find(|one| known.ours.iter().any(|our| our == one.as_str()))
        && before.is_none()
    {
        return Err(Fault::Ours(ours.to_string()));
    }
    let (company, make) = match &person.company {
        Some(firm) => company(firm, before, known)?,
        None => (None, None),
    };
    let is_somebody = person.fields.name.is_some() || !addresses.is_empty();
    if !is_somebody {
        let write = make.map(|fields| Write { company: Some(fields), person: None });
        return Ok(write.map_or(Decision::Same, |write| Decision::Write(Box::new(write))));
    }
    let fields = Fields {
        addresses: Some(together(before, &addresses)),
        phones: Some(phones_together(before, person)),
        company: company.map(Some),
        ..person.fields.clone()
    };
    let is_same = before.is_some_and(|before| is_same(before, &fields)) && make.is_none();
    match is_same {
        true => Ok(Decision::Same),
        false => Ok(Decision::Write(Box::new(Write {
            company: make,
            person: Some((before.map(|contact| contact.id), fields)),
        }))),
    }
}

/// The contact on record that has one of the addresses; without addresses, the one of this name that
/// has none either.
fn owner<'a>(
    addresses: &[EmailAddress],
    person: &Person,
    known: &'a Known,
) -> Result<Option<&'a Detailed>, Fault> {
    let mut owners = addresses.iter().filter_map(|one| known.owners.get(one.as_str()));
    let first = owners.next();
    if let Some(first) = first
        && owners.any(|other| other != first)
    {
        return Err(Fault::TwoContacts);
    }
    let by_name = || {
        let name = person.fields.name.as_ref().filter(|_| addresses.is_empty())?;
        known.unaddressed.get(&name_key(name))
    };
    match first.or_else(by_name) {
        // Who owns the address is on record, but not for the reader.
        Some(owner) => known.contacts.get(owner).map(Some).ok_or(Fault::Hidden),
        None => Ok(None),
    }
}

/// The company on record, or what is to be made.
fn company(
    firm: &Firm,
    before: Option<&Detailed>,
    known: &Known,
) -> Result<(Option<CompanyId>, Option<companies::Fields>), Fault> {
    if let Some(id) = firm.number.as_deref().and_then(|one| known.numbers.get(&fold_text(one))) {
        return Ok((Some(*id), None));
    }
    if firm.name.is_empty() {
        return Err(Fault::UnknownNumber(firm.number.clone().unwrap_or_default()));
    }
    let named = known.companies.get(&name_key(&firm.name)).map(Vec::as_slice);
    let present = before.and_then(|contact| contact.company);
    match named {
        Some(ids) if present.is_some_and(|present| ids.contains(&present)) => Ok((present, None)),
        Some([only]) if firm.number.is_none() => Ok((Some(*only), None)),
        Some([_, _, ..]) if firm.number.is_none() => {
            Err(Fault::SeveralCompanies(firm.name.clone()))
        }
        _ => {
            domain_of_new(firm, known)?;
            Ok((
                None,
                Some(companies::Fields {
                    name: Some(firm.name.clone()),
                    customer_number: Some(firm.number.clone()),
                    domain: Some(firm.domain.clone()),
                    ..companies::Fields::default()
                }),
            ))
        }
    }
}

/// Whether a new company may have the domain of its row.
fn domain_of_new(firm: &Firm, known: &Known) -> Result<(), Fault> {
    match firm.domain.clone() {
        Some(domain) if is_for_everybody(&domain) => Err(Fault::DomainOfEverybody(domain)),
        Some(domain) if known.our_domains.contains(&domain) => Err(Fault::DomainOurs(domain)),
        Some(domain) if known.domains.contains_key(&domain) => Err(Fault::DomainTaken(domain)),
        _ => Ok(()),
    }
}

fn together(before: Option<&Detailed>, addresses: &[EmailAddress]) -> Vec<EmailAddress> {
    let stored = before.map(|contact| contact.addresses.as_slice()).unwrap_or_default();
    let mut all: Vec<EmailAddress> =
        stored.iter().filter_map(|text| EmailAddress::parse(text).ok()).collect();
    all.extend(
        addresses.iter().filter(|one| !stored.iter().any(|text| text == one.as_str())).cloned(),
    );
    all.truncate(ADDRESSES_MAX);
    all
}

fn phones_together(before: Option<&Detailed>, person: &Person) -> Vec<String> {
    let mut all = before.map(|contact| contact.phones.clone()).unwrap_or_default();
    for phone in person.fields.phones.iter().flatten() {
        if !all.contains(phone) {
            all.push(phone.clone());
        }
    }
    all.truncate(PHONES_MAX);
    all
}

fn is_same(before: &Detailed, fields: &Fields) -> bool {
    let mut after = before.clone();
    after.take(fields);
    after.name == before.name
        && after.job == before.job
        && after.company == before.company
        && after.language == before.language
        && after.notes == before.notes
        && after.addresses == before.addresses
        && after.phones == before.phones
}
