//! What was typed, and the ticket that it makes.

use rules::right::{Place, Right, allows};
use rules::status::StatusKind;
use values::{EmailAddress, Timestamp};
use web::{Form, SessionToken};

use crate::feature::create::{NewTicket, Requester, WantedCompany};
use crate::record::actor::Actor;
use crate::record::body::Body;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::message::json;
use crate::record::tags::Tag;
use crate::record::{AgentId, AreaId, AttachmentId, CompanyId, ContactId, EntryId};

/// Letters of the mark of a form.
const ONCE_LETTERS_MAX: usize = 60;
/// Files of a ticket.
const UPLOADS_MAX: usize = 100;

/// How a ticket comes about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Somebody called.
    #[default]
    Phone,
    /// A mail is written to somebody.
    Mail,
    /// The team has something to do.
    Internal,
}

impl Kind {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Mail, Self::Internal];

    /// The word in addresses and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Internal => "internal",
        }
    }

    /// The kind with this word; a call without one.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or_default()
    }
}

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// How the ticket comes about.
    pub kind: Kind,
    /// The contact, if one was found.
    pub contact: Option<ContactId>,
    /// The company, if one was found.
    pub company: Option<CompanyId>,
    /// The name of the company; without one that was found it is made under this name.
    pub company_name: String,
    /// The name of who asks.
    pub name: String,
    /// The address of who asks.
    pub email: String,
    /// Where who asks can be called.
    pub phone: String,
    /// What it is about.
    pub subject: String,
    /// The note, or the text of the mail.
    pub text: String,
    /// Numbers of entries of lists; empty for none.
    pub area: String,
    /// The request type.
    pub request_type: String,
    /// The category.
    pub category: String,
    /// The priority.
    pub priority: String,
    /// The queue.
    pub queue: String,
    /// Who is responsible.
    pub assignee: String,
    /// Until when something has to happen, `2026-11-24T14:00`.
    pub due: String,
    /// Tags, separated by commas.
    pub tags: String,
    /// Whether the requester is told.
    pub notify: bool,
    /// The files.
    pub uploads: Vec<AttachmentId>,
    /// What tells this form from others, so that a second click makes no second ticket.
    pub once: String,
}

impl Typed {
    /// An empty form with what is chosen before anybody chose (F-NEW-17, F-NEW-18).
    pub fn new(kind: Kind, actor: &Actor, directory: &Directory) -> Self {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let rules = &directory.new_tickets;
        let request_type = directory.default_request_type().filter(|_| rules.preselects_type);
        let assignee = rules.assigns_creator.then_some(actor.agent.number());
        let area = areas(actor, directory).first().map(|area| area.number());
        Self {
            kind,
            area: number(area),
            request_type: number(request_type.map(Listed::number)),
            priority: number(directory.priority_in(None).map(EntryId::number)),
            assignee: number(assignee),
            once: SessionToken::from_random(rand::random()).as_str().to_owned(),
            ..Self::default()
        }
    }

    /// Reads the form.
    pub fn read(form: &Form) -> Self {
        let field = |name: &str| form.text(name).to_owned();
        Self {
            kind: Kind::from_code(form.text("kind")),
            contact: ContactId::parse(form.text("contact")),
            company: CompanyId::parse(form.text("company")),
            company_name: field("company_name"),
            name: field("name"),
            email: field("email"),
            phone: field("phone"),
            subject: field("subject"),
            text: form.raw("text").replace("\r\n", "\n"),
            area: field("area"),
            request_type: field("request_type"),
            category: field("category"),
            priority: field("priority"),
            queue: field("queue"),
            assignee: field("assignee"),
            due: field("due"),
            tags: field("tags"),
            notify: form.has("notify"),
            uploads: form
                .all("uploads")
                .filter_map(AttachmentId::parse)
                .take(UPLOADS_MAX)
                .collect(),
            once: form.text("once").chars().take(ONCE_LETTERS_MAX).collect(),
        }
    }

    /// The form without anybody who asks.
    pub fn of_nobody(self) -> Self {
        Self {
            contact: None,
            company: None,
            company_name: String::new(),
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            ..self
        }
    }

    /// What was typed, as it is kept until the ticket is made.
    pub fn content(&self) -> String {
        let uploads = self.uploads.iter().map(|upload| ("uploads", upload.to_string()));
        json(&self.fields().into_iter().chain(uploads).collect::<Vec<_>>())
    }

    /// The fields, without the files.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let texts = [
            ("kind", self.kind.code()),
            ("contact", &id(self.contact.map(ContactId::number))),
            ("company", &id(self.company.map(CompanyId::number))),
            ("company_name", &self.company_name),
            ("name", &self.name),
            ("email", &self.email),
            ("phone", &self.phone),
            ("subject", &self.subject),
            ("text", &self.text),
            ("area", &self.area),
            ("request_type", &self.request_type),
            ("category", &self.category),
            ("priority", &self.priority),
            ("queue", &self.queue),
            ("assignee", &self.assignee),
            ("due", &self.due),
            ("tags", &self.tags),
        ];
        let texts = texts.into_iter().map(|(name, text)| (name, text.to_owned()));
        let notify = self.notify.then(|| ("notify", "yes".to_owned()));
        texts.chain(notify).collect()
    }

    /// What was kept.
    pub fn from_content(content: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_json::from_str(content).unwrap_or_default();
        let pairs = pairs.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Self::read(&Form::with_values(pairs))
    }

    /// Whether anything was typed that would be lost.
    pub fn is_begun(&self) -> bool {
        let is_named = self.contact.is_none() && self.names_somebody();
        let is_firm = self.contact.is_none() && self.company.is_none();
        let is_written = [&self.subject, &self.text].iter().any(|text| !text.trim().is_empty());
        is_written
            || is_named
            || (is_firm && !self.company_name.is_empty())
            || !self.uploads.is_empty()
    }

    /// Whether anybody was named who asks.
    pub fn names_somebody(&self) -> bool {
        self.contact.is_some()
            || [&self.name, &self.email, &self.phone].iter().any(|text| !text.is_empty())
    }

    /// The company that was found, else the one that was named.
    pub fn company(&self) -> Option<WantedCompany> {
        let words: Vec<&str> = self.company_name.split_whitespace().collect();
        let named = (!words.is_empty()).then(|| WantedCompany::Named(words.join(" ")));
        self.company.map(WantedCompany::OnRecord).or(named)
    }

    /// The tags.
    pub fn tags(&self) -> Vec<Tag> {
        self.tags.split(',').filter_map(Tag::parse).collect()
    }

    /// The area, if the actor may make tickets in it.
    pub fn area(&self, actor: &Actor, directory: &Directory) -> Option<AreaId> {
        let number: i64 = self.area.parse().ok()?;
        let may = areas(actor, directory).into_iter().any(|area| area.number() == number);
        may.then(|| AreaId::from_number(number))
    }

    /// Who is responsible, if that is somebody who works here.
    pub fn assignee(&self, directory: &Directory) -> Option<AgentId> {
        let agent = AgentId::parse(&self.assignee)?;
        directory.agent(agent).filter(|agent| agent.active).map(|agent| agent.id)
    }

    /// The ticket, if nothing is wrong.
    pub fn ticket(
        &self,
        actor: &Actor,
        directory: &Directory,
        due_at: Option<Timestamp>,
        status: StatusKind,
    ) -> Option<NewTicket> {
        let category = entry(&directory.categories, &self.category);
        let priority = entry(&directory.priorities, &self.priority);
        let line = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let requester = Requester {
            contact: self.contact,
            email: EmailAddress::parse(&self.email).ok(),
            name: line(&self.name),
            phone: line(&self.phone),
        };
        Some(NewTicket {
            subject: self.subject.clone(),
            body: Body::from_text(&self.text),
            is_mail: self.kind == Kind::Mail,
            area: self.area(actor, directory)?,
            request_type: entry(&directory.request_types, &self.request_type),
            category,
            priority: priority.or(directory.priority_in(category))?,
            queue: entry(&directory.queues, &self.queue),
            assignee: self.assignee(directory),
            requester: Some(requester)
                .filter(|_| self.kind != Kind::Internal && self.names_somebody()),
            company: self.company().filter(|_| self.kind != Kind::Internal),
            tags: self.tags(),
            channel: if self.kind == Kind::Phone { "phone" } else { "web" },
            notify: self.notify,
            // Those of a mail belong to it, and wait with its draft.
            uploads: if self.kind == Kind::Mail { Vec::new() } else { self.uploads.clone() },
            status,
            due_at,
        })
    }
}

/// The areas in which the actor may make tickets, in their order.
pub fn areas<'a>(actor: &Actor, directory: &'a Directory) -> Vec<&'a crate::record::area::Area> {
    let may = |area: AreaId| allows(&actor.rights, Right::CreateTicket, Place::Area(area.number()));
    directory.areas.iter().filter(|area| area.active && may(area.id)).collect()
}

/// The active entry of a list with this number.
pub fn entry<T: Listed>(list: &[T], text: &str) -> Option<EntryId> {
    let found = by_id(list, text.parse().ok()?).filter(|entry| entry.is_active());
    found.map(|entry| EntryId::from_number(entry.number()))
}
