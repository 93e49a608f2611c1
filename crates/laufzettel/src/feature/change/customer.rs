//! Who asks: the person on record with the requester's own data (F-FLD-14), and the company. Pure.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::plan::{Facts, Planned, Step, refused};
use super::{Change, Reason};
use crate::record::ticket::Ticket;
use crate::record::{CompanyId, ContactId};

/// Who asked before, to go back to exactly that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The person on record.
    pub contact: Option<i64>,
    /// The name on the ticket.
    pub name: String,
    /// The address on the ticket.
    pub email: Option<String>,
    /// The telephone number on the ticket.
    pub phone: Option<String>,
}

impl Requester {
    fn of(ticket: &Ticket) -> Self {
        Self {
            contact: ticket.contact.map(ContactId::number),
            name: ticket.requester_name.clone(),
            email: ticket.requester_email.clone(),
            phone: ticket.requester_phone.clone(),
        }
    }
}

/// Somebody else asks: his name, address and number stand on the ticket, and answers go to him.
/// Without anybody on record the requester's own data stay.
pub fn set_contact(ticket: &mut Ticket, contact: Option<i64>, facts: &Facts) -> Planned {
    let before = Requester::of(ticket);
    if before.contact == contact {
        return Ok(None);
    }
    let after = match (contact, &facts.contact) {
        (None, _) => Requester { contact: None, ..before.clone() },
        (Some(id), Some(found)) if found.id.number() == id => Requester {
            contact,
            name: found.name.clone(),
            email: found.email.clone(),
            phone: found.phone.clone(),
        },
        _ => return refused("contact", Reason::Unknown),
    };
    Ok(Some(replace(ticket, before, &after, facts)))
}

/// Back to who asked before.
pub fn restore_requester(ticket: &mut Ticket, wanted: &Requester, facts: &Facts) -> Planned {
    let before = Requester::of(ticket);
    if before == *wanted {
        return Ok(None);
    }
    if wanted.contact.is_some() && facts.contact.is_none() {
        return refused("contact", Reason::Unknown);
    }
    Ok(Some(replace(ticket, before, wanted, facts)))
}

fn replace(ticket: &mut Ticket, before: Requester, after: &Requester, facts: &Facts) -> Step {
    let name = facts.contact.as_ref().map(|contact| contact.name.clone());
    let from = std::mem::replace(&mut ticket.contact_name, name);
    ticket.contact = after.contact.map(ContactId::from_number);
    ticket.requester_name.clone_from(&after.name);
    ticket.requester_email.clone_from(&after.email);
    ticket.requester_phone.clone_from(&after.phone);
    Step {
        kind: "contact_changed",
        detail: json!({ "from": from, "to": ticket.contact_name }),
        undo: Change::Requester(before),
        tags: None,
    }
}

/// Another company.
pub fn set_company(ticket: &mut Ticket, company: Option<i64>, facts: &Facts) -> Planned {
    let wanted = company.map(CompanyId::from_number);
    if ticket.company == wanted {
        return Ok(None);
    }
    let name = match (wanted, &facts.company) {
        (None, _) => None,
        (Some(id), Some((found, name))) if *found == id => Some(name.clone()),
        _ => return refused("company", Reason::Unknown),
    };
    let before = std::mem::replace(&mut ticket.company, wanted);
    let from = std::mem::replace(&mut ticket.company_name, name);
    Ok(Some(Step {
        kind: "company_changed",
        detail: json!({ "from": from, "to": ticket.company_name }),
        undo: Change::Company(before.map(CompanyId::number)),
        tags: None,
    }))
}
