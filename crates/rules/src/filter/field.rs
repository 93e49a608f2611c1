//! What can be asked of a ticket or a mail, and how it is called in both languages.

use values::Language;

use crate::text::fold_text;

/// What a filter is about. Some names mean something in one of them only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Tickets.
    Tickets,
    /// Incoming mails: the conditions of intake rules.
    Mails,
}

/// A property of a ticket or a mail that a filter can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// One of the statuses.
    Status,
    /// A state: open, unread, overdue, …
    Is,
    /// The kind of the status.
    Kind,
    /// The area.
    Area,
    /// The agent who is responsible.
    Assignee,
    /// The queue.
    Queue,
    /// The category.
    Category,
    /// The request type.
    RequestType,
    /// The priority.
    Priority,
    /// One of the tags.
    Tag,
    /// The contact on record.
    Contact,
    /// The company on record.
    Company,
    /// Address or name of the requester.
    From,
    /// The ticket number.
    Number,
    /// The subject.
    Subject,
    /// The deadline.
    Due,
    /// The day on which it comes back.
    Resubmission,
    /// When it was created.
    Created,
    /// When it was last changed.
    Updated,
    /// When the customer wrote last.
    CustomerWrote,
    /// When an agent wrote last.
    AgentWrote,
    /// Words anywhere in the ticket.
    Text,
    /// Attachments.
    Attachment,
    /// The ticket's id.
    Id,
    /// The name of a mail's author.
    FromName,
    /// A mail's `To`.
    To,
    /// A mail's `Cc`.
    Cc,
    /// A mail's `Bcc`, which few mails show.
    Bcc,
    /// A mail's `Reply-To`.
    ReplyTo,
    /// Any address that a mail went to, that of the envelope among them.
    Recipient,
    /// The text of a mail.
    Body,
    /// A header field of a mail, `name: value`.
    Header,
    /// The media type of an attachment of a mail.
    AttachmentType,
    /// The size of a mail.
    Size,
    /// The class of a mail ([`crate::intake::MailClass`]).
    Class,
    /// The mailbox that a mail came to.
    Mailbox,
}

/// How a field is called: in German, in English, and other names that are read.
type Names = (Field, &'static str, &'static str, &'static [&'static str]);

const FIELDS: [Names; 24] = [
    (Field::Status, "status", "status", &[]),
    (Field::Is, "ist", "is", &[]),
    (Field::Kind, "art", "kind", &[]),
    (Field::Area, "bereich", "area", &[]),
    (Field::Assignee, "zuständig", "assignee", &["bearbeiter"]),
    (Field::Queue, "warteschlange", "queue", &[]),
    (Field::Category, "kategorie", "category", &[]),
    (Field::RequestType, "anfrageart", "type", &["request_type"]),
    (Field::Priority, "priorität", "priority", &[]),
    (Field::Tag, "schlagwort", "tag", &[]),
    (Field::Contact, "kontakt", "contact", &[]),
    (Field::Company, "firma", "company", &[]),
    (Field::From, "von", "from", &[]),
    (Field::Number, "nummer", "number", &[]),
    (Field::Subject, "betreff", "subject", &[]),
    (Field::Due, "frist", "due", &[]),
    (Field::Resubmission, "wiedervorlage", "resubmission", &[]),
    (Field::Created, "erstellt", "created", &[]),
    (Field::Updated, "geändert", "updated", &[]),
    (Field::CustomerWrote, "kunde", "customer_wrote", &[]),
    (Field::AgentWrote, "team", "agent_wrote", &[]),
    (Field::Text, "text", "text", &[]),
    (Field::Attachment, "anhang", "attachment", &[]),
    (Field::Id, "id", "id", &[]),
];

const MAIL_FIELDS: [Names; 17] = [
    (Field::From, "von", "from", &["absender", "sender"]),
    (Field::FromName, "absendername", "from_name", &[]),
    (Field::To, "an", "to", &[]),
    (Field::Cc, "kopie", "cc", &[]),
    (Field::Bcc, "blindkopie", "bcc", &[]),
    (Field::Recipient, "empfänger", "recipient", &[]),
    (Field::ReplyTo, "antwort_an", "reply_to", &[]),
    (Field::Subject, "betreff", "subject", &[]),
    (Field::Body, "text", "text", &[]),
    (Field::Header, "kopfzeile", "header", &[]),
    (Field::Attachment, "anhang", "attachment", &[]),
    (Field::AttachmentType, "anhangsart", "attachment_type", &[]),
    (Field::Size, "größe", "size", &[]),
    (Field::Class, "klasse", "class", &[]),
    (Field::Mailbox, "postfach", "mailbox", &[]),
    (Field::Company, "firma", "company", &[]),
    (Field::Is, "ist", "is", &[]),
];

impl Dialect {
    fn fields(self) -> &'static [Names] {
        match self {
            Self::Tickets => &FIELDS,
            Self::Mails => &MAIL_FIELDS,
        }
    }

    /// The signs that turn round what they stand before. In a search, `!` is a letter like others.
    pub(super) fn signs(self) -> &'static [char] {
        match self {
            Self::Tickets => &['-'],
            Self::Mails => &['-', '!'],
        }
    }
}

impl Field {
    /// The field of tickets with this name in either language, whatever its case and its umlauts.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_name_in(name, Dialect::Tickets)
    }

    /// The field with this name in a dialect.
    pub fn from_name_in(name: &str, dialect: Dialect) -> Option<Self> {
        let name = fold_text(name);
        let is_called = |entry: &&Names| {
            [entry.1, entry.2].iter().chain(entry.3).any(|known| fold_text(known) == name)
        };
        dialect.fields().iter().find(is_called).map(|entry| entry.0)
    }

    /// How the field is called in this language.
    pub fn name(self, language: Language) -> &'static str {
        let names = FIELDS.iter().chain(&MAIL_FIELDS).find(|entry| entry.0 == self);
        names.map_or("", |entry| match language {
            Language::German => entry.1,
            Language::English => entry.2,
        })
    }

    /// All fields of tickets.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::all_in(Dialect::Tickets)
    }

    /// All fields of a dialect.
    pub fn all_in(dialect: Dialect) -> impl Iterator<Item = Self> {
        dialect.fields().iter().map(|entry| entry.0)
    }

    /// Whether its values are names of things with ids.
    pub fn has_names(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::Area
                | Self::Assignee
                | Self::Queue
                | Self::Category
                | Self::RequestType
                | Self::Priority
                | Self::Tag
                | Self::Contact
                | Self::Company
                | Self::Mailbox
        )
    }

    /// Whether its values are moments.
    pub fn is_time(self) -> bool {
        self.lies_ahead()
            || matches!(
                self,
                Self::Created | Self::Updated | Self::CustomerWrote | Self::AgentWrote
            )
    }

    /// Whether its values are moments that usually lie ahead.
    pub fn lies_ahead(self) -> bool {
        matches!(self, Self::Due | Self::Resubmission)
    }

    /// Whether a ticket may have no value here.
    pub fn can_be_empty(self) -> bool {
        (self.has_names() && !matches!(self, Self::Status | Self::Area | Self::Mailbox))
            || (self.is_time() && !matches!(self, Self::Created | Self::Updated))
    }
}
