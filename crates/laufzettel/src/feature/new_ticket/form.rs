//! What was typed, and what of it makes a ticket.

use rules::right::{Place, Right, allows};
use rules::status::StatusKind;
use values::{EmailAddress, Timestamp};
use web::{Form, SessionToken};

use crate::feature::create::{NewTicket, Requester};
use crate::record::actor::Actor;
use crate::record::body::Body;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::new_tickets::Field;
use crate::record::tags::Tag;
use crate::record::{AgentId, AreaId, CompanyId, ContactId, EntryId};

/// Letters of a subject and of names.
const LINE_LETTERS_MAX: usize = 200;
/// Letters of the mark of a form.
const ONCE_LETTERS_MAX: usize = 60;
/// Letters of a note.
const TEXT_LETTERS_MAX: usize = 100_000;

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
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// How the ticket comes about.
    pub kind: Kind,
    /// The contact, if one was found.
    pub contact: Option<ContactId>,
    /// The company, if one was found.
    pub company: Option<CompanyId>,
    /// The name of the company, to be shown.
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
    /// What tells this form from others, so that a second click makes no second ticket.
    pub once: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// It must be filled in.
    Missing,
    /// It is too long.
    TooLong,
    /// It is no address.
    NoAddress,
    /// It is an address of ours.
    OwnAddress,
    /// It cannot be chosen, or no more.
    NotThere,
    /// Whoever was chosen may not work in the area.
    MayNot,
    /// It is no moment.
    NoMoment,
    /// There is no address of ours to send from.
    NoSender,
}

/// Fields with what is wrong with them.
pub type Problems = Vec<(&'static str, Odd)>;

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
            once: form.text("once").chars().take(ONCE_LETTERS_MAX).collect(),
        }
    }

    /// Whether anybody was named who asks.
    fn names_somebody(&self) -> bool {
        self.contact.is_some()
            || [&self.name, &self.email, &self.phone].iter().any(|text| !text.is_empty())
    }

    /// Everything that is wrong with it.
    pub fn problems(&self, actor: &Actor, directory: &Directory) -> Problems {
        let mut found = Problems::new();
        let lines = [
            ("name", &self.name),
            ("phone", &self.phone),
            ("subject", &self.subject),
            ("tags", &self.tags),
        ];
        for (field, text) in lines {
            found.extend(is_long(text, LINE_LETTERS_MAX).then_some((field, Odd::TooLong)));
        }
        found.extend(is_long(&self.text, TEXT_LETTERS_MAX).then_some(("text", Odd::TooLong)));
        found.extend(self.subject.is_empty().then_some(("subject", Odd::Missing)));
        found.extend(self.text.trim().is_empty().then_some(("text", Odd::Missing)));
        found.extend(self.odd_address(directory).map(|odd| ("email", odd)));
        if self.area(actor, directory).is_none() {
            found.push(("area", Odd::NotThere));
        }
        found.extend(self.odd_choices(directory));
        for field in &directory.new_tickets.required {
            if self.is_left_out(*field) && !found.iter().any(|(name, _)| *name == input(*field)) {
                found.push((input(*field), Odd::Missing));
            }
        }
        found
    }

    fn odd_address(&self, directory: &Directory) -> Option<Odd> {
        if self.kind == Kind::Internal || (self.email.is_empty() && self.kind == Kind::Phone) {
            return None;
        }
        match EmailAddress::parse(&self.email) {
            _ if self.email.is_empty() => Some(Odd::Missing),
            Err(_) => Some(Odd::NoAddress),
            Ok(address) => {
                let mut mailboxes = directory.mailboxes.iter();
                let is_own = mailboxes.any(|mailbox| mailbox.addresses().contains(&address));
                is_own.then_some(Odd::OwnAddress)
            }
        }
    }

    fn odd_choices(&self, directory: &Directory) -> Problems {
        let is_odd = |text: &str, is_there: bool| !text.is_empty() && !is_there;
        let checks = [
            (
                "request_type",
                is_odd(
                    &self.request_type,
                    entry(&directory.request_types, &self.request_type).is_some(),
                ),
            ),
            (
                "category",
                is_odd(&self.category, entry(&directory.categories, &self.category).is_some()),
            ),
            (
                "priority",
                is_odd(&self.priority, entry(&directory.priorities, &self.priority).is_some()),
            ),
            ("queue", is_odd(&self.queue, entry(&directory.queues, &self.queue).is_some())),
            ("assignee", is_odd(&self.assignee, self.assignee(directory).is_some())),
        ];
        let odd = checks.into_iter().filter(|(_, is_odd)| *is_odd);
        odd.map(|(field, _)| (field, Odd::NotThere)).collect()
    }

    /// Whether a field that must be filled in is not.
    fn is_left_out(&self, field: Field) -> bool {
        match field {
            Field::Requester => self.kind != Kind::Internal && !self.names_somebody(),
            Field::Company => self.kind != Kind::Internal && self.company.is_none(),
            Field::RequestType => self.request_type.is_empty(),
            Field::Category => self.category.is_empty(),
            Field::Queue => self.queue.is_empty(),
            Field::Assignee => self.assignee.is_empty(),
            Field::Tags => self.tags().is_empty(),
        }
    }

    fn tags(&self) -> Vec<Tag> {
        self.tags.split(',').filter_map(Tag::parse).collect()
    }

    fn area(&self, actor: &Actor, directory: &Directory) -> Option<AreaId> {
        let number: i64 = self.area.parse().ok()?;
        let may = areas(actor, directory).into_iter().any(|area| area.number() == number);
        may.then(|| AreaId::from_number(number))
    }

    fn assignee(&self, directory: &Directory) -> Option<AgentId> {
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
            company: self.company.filter(|_| self.kind != Kind::Internal),
            tags: self.tags(),
            channel: if self.kind == Kind::Phone { "phone" } else { "web" },
            notify: self.notify,
            uploads: Vec::new(),
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

fn entry<T: Listed>(list: &[T], text: &str) -> Option<EntryId> {
    let found = by_id(list, text.parse().ok()?).filter(|entry| entry.is_active());
    found.map(|entry| EntryId::from_number(entry.number()))
}

fn is_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// The input that holds a field.
fn input(field: Field) -> &'static str {
    match field {
        Field::Requester => "name",
        field => field.code(),
    }
}
