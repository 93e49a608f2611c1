//! Making a ticket by hand or by a program: for a customer on the phone, from another system, or as
//! a task of the team itself (F-NEW-01, F-NEW-15).

mod caller;
mod opening;
mod store;

use db::{Operation, Result, Tx};
use rules::right::{Place, Right, Whose, allows};
use rules::status::StatusKind;
use serde_json::json;
use values::{EmailAddress, Timestamp};

pub use opening::{Opening, OpeningOf, Told, opening};
pub use store::company_name;

use crate::feature::companies;
use crate::feature::contacts::Editor;
use crate::feature::notify::house;
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
    pub company: Option<WantedCompany>,
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

/// The company of a new ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedCompany {
    /// One on record.
    OnRecord(CompanyId),
    /// The one with this name; it is made if the actor sees none.
    Named(String),
}

/// Who asks: a person on record, found by the address or, without one, by name and telephone number.
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
    /// The company with its name.
    company: Option<(CompanyId, String)>,
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
        if let Some(WantedCompany::OnRecord(company)) = self.new.company
            && !sees_company(tx, actor, company).await?
        {
            return Ok(Created::UnknownCompany);
        }
        let uploads = upload::waiting(tx, actor.agent, &self.new.uploads).await?;
        let is_there = |id: &AttachmentId| uploads.iter().any(|upload| upload.id == *id);
        if let Some(missing) = self.new.uploads.iter().position(|id| !is_there(id)) {
            return Ok(Created::UnknownUpload(missing));
        }
        if let Some(contact) = self.new.requester.as_ref().and_then(|requester| requester.contact)
            && !sees_contact(tx, actor, contact).await?
        {
            return Ok(Created::UnknownContact);
        }
        let asking = self.asking(tx).await?;
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

    /// Finds the person and the company on record, or makes them.
    async fn asking(&self, tx: &mut Tx<'_>) -> Result<Asking> {
        let actor = self.acting.actor;
        let company = self.company(tx).await?;
        let Some(requester) = &self.new.requester else {
            let (name, email) = (actor.name.clone(), EmailAddress::parse(&actor.email).ok());
            return Ok(Asking { contact: None, name, email, phone: None, company });
        };
        let contact = match (requester.contact, &requester.email) {
            (Some(contact), _) => contact::by_id(tx, contact).await?,
            (None, Some(address)) => {
                let company = company.as_ref().map(|(company, _)| *company);
                Some(self.contact(tx, requester, address, company).await?)
            }
            (None, None) => {
                let company = company.as_ref().map(|(company, _)| *company);
                caller::find_or_make(tx, &self.acting, requester, company).await?
            }
        };
        let on_record = contact.as_ref().map(|contact| contact.name.clone());
        let phone = contact.as_ref().and_then(|contact| contact.phone.clone());
        let main = contact.as_ref().and_then(|contact| contact.email.as_deref());
        let main = main.and_then(|address| EmailAddress::parse(address).ok());
        let of_contact = contact.as_ref().and_then(|contact| {
            Some((contact.company?, contact.company_name.clone().unwrap_or_default()))
        });
        Ok(Asking {
            name: requester.name.clone().or(on_record).unwrap_or_default(),
            email: requester.email.clone().or(main),
            phone: requester.phone.clone().or(phone),
            company: company.or(of_contact),
            contact,
        })
    }

    async fn company(&self, tx: &mut Tx<'_>) -> Result<Option<(CompanyId, String)>> {
        match &self.new.company {
            None => Ok(None),
            Some(WantedCompany::OnRecord(id)) => {
                let name = store::company_name(tx, *id).await?;
                Ok(name.map(|name| (*id, name)))
            }
            Some(WantedCompany::Named(name)) => {
                let Acting { actor, now, ids } = self.acting;
                let editor = Editor { actor: Some(actor), now, ids };
                Ok(Some((companies::named(tx, editor, name).await?, name.clone())))
            }
        }
    }

    /// The person with an address; who is new works for the company that was named.
    async fn contact(
        &self,
        tx: &mut Tx<'_>,
        requester: &Requester,
        address: &EmailAddress,
        company: Option<CompanyId>,
    ) -> Result<Contact> {
        if let Some(contact) = contact::by_address(tx, address).await? {
            return Ok(contact);
        }
        let name = requester.name.as_deref().unwrap_or_default();
        let made = contact::make(tx, name, address, self.acting.ids, self.acting.now).await?;
        if let Some(phone) = &requester.phone {
            contact::add_phone(tx, &made, phone).await?;
        }
        if let Some(company) = company {
            contact::add_company(tx, &made, company).await?;
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
        let about = (acting.ids, acting.now);
        house::created(tx, self.directory, (self.id, new.area), self.message, about).await?;
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
