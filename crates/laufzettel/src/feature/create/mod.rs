//! Making a ticket by hand or by a program: for a customer on the phone, from another system, or as
//! a task of the team itself (F-NEW-01, F-NEW-15).

mod opening;
mod store;

use db::{Operation, Result, Tx};
use rules::right::{Place, Right, Whose, allows};
use rules::status::StatusKind;
use serde_json::json;
use values::{EmailAddress, Timestamp};

pub use opening::{Opening, OpeningOf, Told, opening};

use crate::record::actor::{self, Acting, Denied};
use crate::record::body::Body;
use crate::record::contact::{self, Contact};
use crate::record::customers::{sees_company, sees_contact};
use crate::record::directory::Directory;
use crate::record::message::Recipients;
use crate::record::tags::{self, Tag};
use crate::record::ticket::{self, Ticket};
use crate::record::upload::{self, Upload};
use crate::record::written::{self, Written};
use crate::record::{
    AgentId, AreaId, AttachmentId, CompanyId, ContactId, EntryId, MessageId, TicketId,
};
use crate::service::live;
use crate::service::search::Visibility;

/// A ticket as it is wanted. Ids are those of the lists.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// The subject.
    pub subject: String,
    /// The first message.
    pub body: Body,
    /// Whether the first message is a mail to the requester: then it is not written down here, but
    /// when it leaves.
    pub is_mail: bool,
    /// The area.
    pub area: AreaId,
    /// The request type.
    pub request_type: Option<EntryId>,
    /// The category.
    pub category: Option<EntryId>,
    /// The priority.
    pub priority: EntryId,
    /// The queue.
    pub queue: Option<EntryId>,
    /// The agent responsible.
    pub assignee: Option<AgentId>,
    /// Who asks; without anybody it is the actor himself.
    pub requester: Option<Requester>,
    /// The company; without one it is that of the contact.
    pub company: Option<CompanyId>,
    /// The tags.
    pub tags: Vec<Tag>,
    /// `phone`, `web` or `api`.
    pub channel: &'static str,
    /// Whether the requester is told of the opening and of what is done (F-FLD-09).
    pub notify: bool,
    /// The files.
    pub uploads: Vec<AttachmentId>,
    /// The kind of its first status: unread, read (F-STAT-07), or done, if it is settled already.
    pub status: StatusKind,
    /// Until when something has to happen.
    pub due_at: Option<Timestamp>,
}

/// Who asks: with an address, a person on record; without one, only a name on the ticket.
#[derive(Clone, Debug)]
pub struct Requester {
    /// The person on record, if that is known; else the address finds it.
    pub contact: Option<ContactId>,
    /// The address.
    pub email: Option<EmailAddress>,
    /// The name; without one that on record counts, else the address.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// Makes a ticket with its first message.
pub struct CreateTicket<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The lists.
    pub directory: &'a Directory,
    /// The ticket.
    pub id: TicketId,
    /// Its first message.
    pub message: MessageId,
    /// A number that was drawn for it.
    pub number: &'a str,
    /// Its public id.
    pub public_id: &'a str,
    /// What is wanted.
    pub new: &'a NewTicket,
    /// The mail that tells the requester.
    pub opening: Option<&'a Opening>,
}

/// How making a ticket ended.
#[derive(Debug)]
pub enum Created {
    /// The ticket.
    Done(Box<Ticket>),
    /// Another ticket has this number; another one has to be drawn.
    NumberTaken,
    /// The actor may not make tickets in that area.
    Denied(Denied),
    /// Whoever shall be responsible may not work in that area (F-PERM-10).
    AssigneeMayNot,
    /// There is no such company, or the actor may not see it.
    UnknownCompany,
    /// There is no such contact, or the actor may not see it.
    UnknownContact,
    /// The upload at this place of the list is not there, or belongs to a message already.
    UnknownUpload(usize),
}

/// The requester as the ticket keeps him.
struct Asking {
    contact: Option<Contact>,
    name: String,
    email: Option<EmailAddress>,
    phone: Option<String>,
    /// The name of the company.
    company: Option<String>,
}

impl Operation for CreateTicket<'_> {
    type Outcome = Created;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Created> {
        let actor = self.acting.actor;
        let place = Place::Area(self.new.area.number());
        if !allows(&actor.rights, Right::CreateTicket, place) {
            return Ok(Created::Denied(Denied::NotAllowed));
        }
        if !self.may_be_given(tx).await? {
            return Ok(Created::AssigneeMayNot);
        }
        if let Some(company) = self.new.company
            && !sees_company(tx, actor, company).await?
        {
            return Ok(Created::UnknownCompany);
        }
        let company = store::company_name(tx, self.new.company).await?;
        let uploads = upload::waiting(tx, actor.agent, &self.new.uploads).await?;
        let is_there = |id: &AttachmentId| uploads.iter().any(|upload| upload.id == *id);
        if let Some(missing) = self.new.uploads.iter().position(|id| !is_there(id)) {
            return Ok(Created::UnknownUpload(missing));
        }
        let Some(asking) = self.asking(tx, company).await? else {
            return Ok(Created::UnknownContact);
        };
        if !store::insert(tx, self, &asking).await? {
            return Ok(Created::NumberTaken);
        }
        self.write(tx, &asking, &uploads).await?;
        match ticket::open(tx, actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => Ok(Created::Done(Box::new(ticket))),
            Err(denied) => Ok(Created::Denied(denied)),
        }
    }
}

impl CreateTicket<'_> {
    /// Whether the one who shall be responsible could work on the ticket.
    async fn may_be_given(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(agent) = self.new.assignee else { return Ok(true) };
        let place = Place::Ticket { area: self.new.area.number(), whose: Whose::Own };
        let found = actor::load_in(tx, &[agent], self.new.area).await?;
        Ok(found.iter().all(|actor| allows(&actor.rights, Right::WorkOnTicket, place)))
    }

    /// Finds the person on record, or makes it.
    async fn asking(&self, tx: &mut Tx<'_>, company: Option<String>) -> Result<Option<Asking>> {
        let actor = self.acting.actor;
        let Some(requester) = &self.new.requester else {
            let (name, email) = (actor.name.clone(), EmailAddress::parse(&actor.email).ok());
            return Ok(Some(Asking { contact: None, name, email, phone: None, company }));
        };
        let contact = match (requester.contact, &requester.email) {
            (Some(contact), _) if !sees_contact(tx, actor, contact).await? => return Ok(None),
            (Some(contact), _) => contact::by_id(tx, contact).await?,
            (None, Some(address)) => Some(self.contact(tx, requester, address).await?),
            (None, None) => None,
        };
        let on_record = contact.as_ref().map(|contact| contact.name.clone());
        let phone = contact.as_ref().and_then(|contact| contact.phone.clone());
        let main = contact.as_ref().and_then(|contact| contact.email.as_deref());
        let main = main.and_then(|address| EmailAddress::parse(address).ok());
        Ok(Some(Asking {
            name: requester.name.clone().or(on_record).unwrap_or_default(),
            email: requester.email.clone().or(main),
            phone: requester.phone.clone().or(phone),
            company: company.or(contact.as_ref().and_then(|contact| contact.company_name.clone())),
            contact,
        }))
    }

    async fn contact(
        &self,
        tx: &mut Tx<'_>,
        requester: &Requester,
        address: &EmailAddress,
    ) -> Result<Contact> {
        if let Some(contact) = contact::by_address(tx, address).await? {
            return Ok(contact);
        }
        let name = requester.name.as_deref().unwrap_or_default();
        let made = contact::make(tx, name, address, self.acting.ids, self.acting.now).await?;
        if let Some(phone) = &requester.phone {
            contact::add_phone(tx, &made, phone).await?;
        }
        Ok(made)
    }

    async fn write(&self, tx: &mut Tx<'_>, asking: &Asking, uploads: &[Upload]) -> Result<()> {
        let (new, acting) = (self.new, &self.acting);
        if !new.is_mail {
            self.write_message(tx, asking, uploads).await?;
        }
        if !new.tags.is_empty() {
            let names = tags::set(tx, self.id, &new.tags, acting.ids, acting.now).await?;
            store::set_tags(tx, self.id, &names).await?;
        }
        if let Some(email) = &asking.email {
            store::add_requester(tx, self.id, email, &asking.name).await?;
        }
        store::index(tx, self, asking).await?;
        acting.record(tx, self.id, "created", json!({ "by": new.channel })).await?;
        if let Some(opening) = self.opening {
            opening::put(tx, self, opening).await?;
        }
        live::announce(tx, live::TICKET, self.id);
        Ok(())
    }

    async fn write_message(
        &self,
        tx: &mut Tx<'_>,
        asking: &Asking,
        uploads: &[Upload],
    ) -> Result<()> {
        let (new, acting) = (self.new, &self.acting);
        let written = Written {
            id: self.message,
            ticket: self.id,
            area: new.area,
            visibility: Visibility::External,
            direction: Some("in"),
            channel: new.channel,
            author: (&asking.name, asking.email.as_ref().map(EmailAddress::as_str)),
            agent: acting.actor.agent,
            at: acting.now,
            now: acting.now,
            subject: &new.subject,
            recipients: &Recipients::default(),
            body: &new.body,
            uploads,
            concerns: None,
        };
        written::insert(tx, &written).await
    }
}
