//! A ticket as the API shows it.

use std::collections::BTreeMap;

use rules::intake::rule::Mark;
use rules::status::StatusKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{Named, ShownAgent, Time, agent_named, named};
use crate::record::EntryId;
use crate::record::directory::{Directory, by_id};
use crate::record::ticket::Ticket;

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct ShownTicket {
    /// The number that the customer has for it, as the first mail says.
    customer_reference: Option<String>,
    /// The number, by which all addresses name it.
    pub number: String,
    /// 16 characters that nobody can guess, for links of customers; addresses take it, too.
    pub public_id: String,
    /// The subject.
    pub subject: String,
    /// The status.
    pub status: StatusName,
    /// The area.
    pub area: Option<Named>,
    /// The request type.
    pub request_type: Option<Named>,
    /// The category.
    pub category: Option<Named>,
    /// The priority.
    pub priority: Option<Named>,
    /// The queue.
    pub queue: Option<Named>,
    /// The agent responsible.
    pub assignee: Option<ShownAgent>,
    /// The agent who made it; `null` if a mail did.
    pub creator: Option<ShownAgent>,
    /// How it came: `mail`, `web`, `phone` or `api`.
    pub channel: String,
    /// Who asks, as it stands on the ticket.
    pub requester: Requester,
    /// The person on record.
    pub contact: Option<ContactName>,
    /// The company on record.
    pub company: Option<CompanyName>,
    /// The project; always `null` as long as there are none.
    pub project: Option<Named>,
    /// The contract; always `null` as long as there are none.
    pub contract: Option<Named>,
    /// The tags.
    pub tags: Vec<String>,
    /// The marks: `private`, `personal`, `gdpr`.
    pub marks: Vec<&'static str>,
    /// Whether nobody has seen what came last.
    pub unread: bool,
    /// Whether the requester is told of the opening and of what is done.
    pub notify: bool,
    /// The deadline.
    pub due_at: Option<Time>,
    /// When it comes back.
    pub resubmit_at: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
    /// When an agent first read it.
    pub first_read_at: Option<Time>,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// When the customer last wrote.
    pub last_customer_message_at: Option<Time>,
    /// When an agent last wrote to the customer.
    pub last_agent_message_at: Option<Time>,
    /// The number of messages.
    pub message_count: i64,
    /// Grows with each change; the entity tag is `"v` and this number and `"`.
    pub version: i64,
    /// Fields of the installation's own; empty as long as there are none.
    pub custom: BTreeMap<String, String>,
}

/// A status and what it means.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusName {
    /// Its name for programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it means to rules.
    pub kind: &'static str,
}

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Requester {
    /// The name.
    pub name: String,
    /// The address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// A person on record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactName {
    /// The contact.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A company on record.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyName {
    /// The company.
    pub id: String,
    /// The name.
    pub name: String,
    /// Its number as a customer.
    pub customer_number: Option<String>,
}

impl ShownTicket {
    /// Shows a ticket.
    pub fn of(ticket: &Ticket, directory: &Directory) -> Self {
        let id = |entry: Option<EntryId>| entry.map_or(0, EntryId::number);
        Self {
            number: ticket.number.clone(),
            public_id: ticket.public_id.clone(),
            customer_reference: ticket.reference.clone(),
            subject: ticket.subject.clone(),
            status: status(directory, ticket.status),
            area: named(&directory.areas, ticket.area.number()),
            request_type: named(&directory.request_types, id(ticket.request_type)),
            category: named(&directory.categories, id(ticket.category)),
            priority: named(&directory.priorities, ticket.priority.number()),
            queue: named(&directory.queues, id(ticket.queue)),
            assignee: agent_named(directory, ticket.assignee),
            creator: agent_named(directory, ticket.creator),
            channel: ticket.channel.clone(),
            requester: Requester {
                name: ticket.requester_name.clone(),
                email: ticket.requester_email.clone(),
                phone: ticket.requester_phone.clone(),
            },
            contact: contact(ticket),
            company: company(ticket),
            project: None,
            contract: None,
            tags: ticket.tag_names(),
            unread: ticket.unseen,
            marks: ticket.marks().into_iter().map(Mark::code).collect(),
            notify: ticket.notify,
            due_at: ticket.due_at.0.map(Time),
            resubmit_at: ticket.resubmit_at.map(Time),
            created_at: Time(ticket.created_at),
            updated_at: Time(ticket.updated_at),
            first_read_at: ticket.first_read_at.map(Time),
            closed_at: ticket.closed_at.map(Time),
            last_customer_message_at: ticket.last_customer_at.map(Time),
            last_agent_message_at: ticket.last_agent_at.map(Time),
            message_count: ticket.message_count,
            version: ticket.version,
            custom: BTreeMap::new(),
        }
    }
}

fn status(directory: &Directory, status: EntryId) -> StatusName {
    let kind = by_id(&directory.statuses, status.number()).map(|status| status.kind.0);
    let named = named(&directory.statuses, status.number());
    StatusName {
        key: named.as_ref().map(|named| named.key.clone()).unwrap_or_default(),
        name: named.map(|named| named.name).unwrap_or_default(),
        kind: kind.map_or("", StatusKind::code),
    }
}

fn contact(ticket: &Ticket) -> Option<ContactName> {
    Some(ContactName { id: ticket.contact?.to_string(), name: ticket.contact_name.clone()? })
}

fn company(ticket: &Ticket) -> Option<CompanyName> {
    Some(CompanyName {
        id: ticket.company?.to_string(),
        name: ticket.company_name.clone()?,
        customer_number: ticket.customer_number.clone(),
    })
}
