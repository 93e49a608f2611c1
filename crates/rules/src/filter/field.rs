//! What can be asked of a ticket or a mail, and how it is called in both languages.

use values::Language;

use crate::intake::MailClass;
use crate::status::StatusKind;
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

/// A state that a filter can ask for with `ist:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Neither closed nor in the trash.
    Open,
    /// Closed.
    Closed,
    /// Not seen since the customer wrote.
    Unread,
    /// In the trash.
    Trash,
    /// Whatever its state.
    All,
    /// Open, and its deadline has passed.
    Overdue,
    /// Of a mail: its author is on record.
    Known,
    /// Of a mail: its author is not on record.
    Unknown,
    /// Of a mail: it answers another one.
    Answer,
    /// Of a mail: it passes on another one.
    Forwarded,
    /// Of a mail: no person wrote it.
    Automatic,
    /// Of a mail: it belongs to a conversation that a mail of ours began.
    StartedHere,
    /// Of a mail: its subject names a ticket that is there.
    NamesTicket,
}

const STATES: [(State, &str, &str); 6] = [
    (State::Open, "offen", "open"),
    (State::Closed, "geschlossen", "closed"),
    (State::Unread, "ungelesen", "unread"),
    (State::Trash, "papierkorb", "trash"),
    (State::All, "alle", "all"),
    (State::Overdue, "überfällig", "overdue"),
];

const MAIL_STATES: [(State, &str, &str); 7] = [
    (State::Known, "bekannt", "known"),
    (State::Unknown, "unbekannt", "unknown"),
    (State::Answer, "antwort", "answer"),
    (State::Forwarded, "weitergeleitet", "forwarded"),
    (State::Automatic, "automatisch", "automatic"),
    (State::StartedHere, "von_uns_begonnen", "started_here"),
    (State::NamesTicket, "nennt_ticket", "names_ticket"),
];

impl State {
    /// The state of tickets with this name in either language.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_name_in(name, Dialect::Tickets)
    }

    /// The state with this name in a dialect.
    pub fn from_name_in(name: &str, dialect: Dialect) -> Option<Self> {
        match dialect {
            Dialect::Tickets => find(&STATES, name),
            Dialect::Mails => find(&MAIL_STATES, name),
        }
    }

    /// How the state is called in this language.
    pub fn name(self, language: Language) -> &'static str {
        let of_tickets = word(&STATES, self, language);
        if of_tickets.is_empty() { word(&MAIL_STATES, self, language) } else { of_tickets }
    }

    /// The states of mails.
    pub fn of_mails() -> impl Iterator<Item = Self> {
        MAIL_STATES.iter().map(|row| row.0)
    }
}

/// Classes of mails as a filter calls them in German; in English it uses their codes.
const CLASSES: [(MailClass, &str); 11] = [
    (MailClass::Personal, "persönlich"),
    (MailClass::BounceHard, "unzustellbar"),
    (MailClass::BounceSoft, "vorerst_unzustellbar"),
    (MailClass::Delayed, "verzögert"),
    (MailClass::OutOfOffice, "abwesenheit"),
    (MailClass::AutoAcknowledgement, "eingangsbestätigung"),
    (MailClass::List, "liste"),
    (MailClass::Newsletter, "rundschreiben"),
    (MailClass::CalendarReply, "terminantwort"),
    (MailClass::ReadReceipt, "lesebestätigung"),
    (MailClass::AutoGenerated, "maschinell"),
];

/// The class with this name in either language.
pub(super) fn class_from_name(name: &str) -> Option<MailClass> {
    let name = fold_text(name);
    let german = CLASSES.iter().find(|row| fold_text(row.1) == name).map(|row| row.0);
    german.or_else(|| MailClass::ALL.into_iter().find(|class| fold_text(class.code()) == name))
}

/// How a class is called in a filter of this language.
pub fn class_name(class: MailClass, language: Language) -> &'static str {
    let german = CLASSES.iter().find(|row| row.0 == class).map(|row| row.1);
    match language {
        Language::German => german.unwrap_or(class.code()),
        Language::English => class.code(),
    }
}

const KINDS: [(StatusKind, &str, &str); 11] = [
    (StatusKind::Unread, "ungelesen", "unread"),
    (StatusKind::Read, "gelesen", "read"),
    (StatusKind::Assigned, "zugewiesen", "assigned"),
    (StatusKind::InProgress, "in_bearbeitung", "in_progress"),
    (StatusKind::WaitingRequester, "wartet_auf_kunde", "waiting_requester"),
    (StatusKind::WaitingInternal, "rückfrage_intern", "waiting_internal"),
    (StatusKind::ToClarify, "zu_klären", "to_clarify"),
    (StatusKind::OnHold, "zurückgestellt", "on_hold"),
    (StatusKind::Done, "gelöst", "done"),
    (StatusKind::Cancelled, "abgebrochen", "cancelled"),
    (StatusKind::Trash, "papierkorb", "trash"),
];

/// The kind with this name in either language.
pub(super) fn kind_from_name(name: &str) -> Option<StatusKind> {
    find(&KINDS, name)
}

/// How the kind is called in a filter of this language.
pub(super) fn kind_name(kind: StatusKind, language: Language) -> &'static str {
    word(&KINDS, kind, language)
}

/// Fixed values besides states and kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    Me,
    Nothing,
    Yes,
    No,
    Today,
    Yesterday,
    Tomorrow,
    Or,
}

const FIXED: [(Fixed, &str, &str); 8] = [
    (Fixed::Me, "ich", "me"),
    (Fixed::Nothing, "leer", "none"),
    (Fixed::Yes, "ja", "yes"),
    (Fixed::No, "nein", "no"),
    (Fixed::Today, "heute", "today"),
    (Fixed::Yesterday, "gestern", "yesterday"),
    (Fixed::Tomorrow, "morgen", "tomorrow"),
    (Fixed::Or, "oder", "or"),
];

impl Fixed {
    pub fn from_name(name: &str) -> Option<Self> {
        find(&FIXED, name)
    }

    pub fn name(self, language: Language) -> &'static str {
        word(&FIXED, self, language)
    }
}

fn find<T: Copy>(table: &[(T, &str, &str)], name: &str) -> Option<T> {
    let name = fold_text(name);
    let is_called = |row: &&(T, &str, &str)| [row.1, row.2].map(fold_text).contains(&name);
    table.iter().find(is_called).map(|row| row.0)
}

fn word<T: Copy + PartialEq>(
    table: &[(T, &'static str, &'static str)],
    value: T,
    language: Language,
) -> &'static str {
    table.iter().find(|row| row.0 == value).map_or("", |row| match language {
        Language::German => row.1,
        Language::English => row.2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_in_both_languages_and_with_any_spelling() {
        for field in Field::all() {
            assert_eq!(Field::from_name(field.name(Language::German)), Some(field));
            assert_eq!(Field::from_name(field.name(Language::English)), Some(field));
        }
        for name in ["Zuständig", "zustaendig", "ZUSTANDIG", "bearbeiter", "assignee"] {
            assert_eq!(Field::from_name(name), Some(Field::Assignee), "{name}");
        }
        assert_eq!(Field::from_name("zustand"), None);
        assert_eq!(State::from_name("ueberfaellig"), Some(State::Overdue));
        assert_eq!(kind_from_name("Zu_Klaeren"), Some(StatusKind::ToClarify));
        for language in [Language::German, Language::English] {
            for (state, ..) in STATES {
                assert_eq!(State::from_name(state.name(language)), Some(state));
            }
            for (fixed, ..) in FIXED {
                assert_eq!(Fixed::from_name(fixed.name(language)), Some(fixed));
            }
            for kind in StatusKind::ALL {
                assert_eq!(kind_from_name(kind_name(kind, language)), Some(kind));
            }
        }
        for kind in StatusKind::ALL {
            assert_eq!(kind_from_name(kind.code()), Some(kind));
        }
    }
}
