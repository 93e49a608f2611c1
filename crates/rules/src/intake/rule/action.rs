//! What a rule does.

use values::Language;

use super::extract::Extract;
use crate::filter::Field;
use crate::text::fold_text;

/// One thing that a rule does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sets a property to an entry of a list.
    Set {
        /// The property.
        what: Entry,
        /// The id of the entry.
        to: i64,
        /// Whether only where nothing is set yet (F-MAIL-47).
        only_empty: bool,
    },
    /// Adds a tag, with variables.
    Tag(String),
    /// Sets a mark.
    Mark(Mark),
    /// Sets the company: its customer number or name.
    Company {
        /// The text, with variables.
        text: String,
        /// Whether only where the sender has none.
        only_empty: bool,
        /// Whether it is made where none is called so.
        make: bool,
    },
    /// Sets who asks: an address, and a name beside it.
    Requester {
        /// The address, with variables.
        address: String,
        /// The name, with variables.
        name: Option<String>,
    },
    /// Sets the subject, with variables.
    Subject(String),
    /// Keeps a part of the mail as a variable.
    Extract(Extract),
    /// Puts the mail to the ticket that its subject names (F-MAIL-31).
    Ticket(Join),
    /// Says whether it becomes a ticket at all.
    Mail(Verdict),
    /// The rules below are not looked at.
    End,
}

/// A property whose value is an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// The area.
    Area,
    /// The queue.
    Queue,
    /// The category.
    Category,
    /// The request type.
    RequestType,
    /// The priority.
    Priority,
    /// The status.
    Status,
    /// The agent responsible.
    Assignee,
}

impl Entry {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Area,
        Self::Queue,
        Self::Category,
        Self::RequestType,
        Self::Priority,
        Self::Status,
        Self::Assignee,
    ];

    /// The field of a filter with the same names.
    pub fn field(self) -> Field {
        match self {
            Self::Area => Field::Area,
            Self::Queue => Field::Queue,
            Self::Category => Field::Category,
            Self::RequestType => Field::RequestType,
            Self::Priority => Field::Priority,
            Self::Status => Field::Status,
            Self::Assignee => Field::Assignee,
        }
    }
}

/// A mark of a ticket (F-FLD-24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Private.
    Private,
    /// Personal.
    Personal,
    /// Relevant to the GDPR.
    Gdpr,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Private, Self::Personal, Self::Gdpr];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Personal => "personal",
            Self::Gdpr => "gdpr",
        }
    }

    /// The mark with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

/// How a mail comes to the ticket that its subject names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// It becomes a message there and no ticket of its own.
    Move,
    /// It becomes a ticket of its own, and a message there as well.
    Copy,
}

/// Whether a mail becomes a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It becomes one in the trash, with the tag `spam` (F-MAIL-41).
    Spam,
    /// It becomes none; the journal keeps it.
    Reject,
    /// It becomes one, whatever the mailbox does with its sender.
    Take,
}

/// The name of an action, as it stands before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionField {
    /// [`Action::Set`].
    Set(Entry),
    /// [`Action::Tag`].
    Tag,
    /// [`Action::Mark`].
    Mark,
    /// [`Action::Company`].
    Company,
    /// [`Action::Company`] that is made where none is called so.
    MakeCompany,
    /// [`Action::Requester`].
    Requester,
    /// [`Action::Subject`].
    Subject,
    /// [`Action::Extract`].
    Extract,
    /// [`Action::Ticket`].
    Ticket,
    /// [`Action::Mail`].
    Mail,
    /// [`Action::End`].
    End,
}

const OTHERS: [(ActionField, &str, &str); 10] = [
    (ActionField::Tag, "schlagwort", "tag"),
    (ActionField::Mark, "merkmal", "mark"),
    (ActionField::Company, "firma", "company"),
    (ActionField::MakeCompany, "firma_anlegen", "make_company"),
    (ActionField::Requester, "anfragender", "requester"),
    (ActionField::Subject, "betreff", "subject"),
    (ActionField::Extract, "auslesen", "extract"),
    (ActionField::Ticket, "ticket", "ticket"),
    (ActionField::Mail, "mail", "mail"),
    (ActionField::End, "ende", "end"),
];

impl ActionField {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Entry::ALL.into_iter().map(Self::Set).chain(OTHERS.iter().map(|row| row.0))
    }

    /// The action with this name in either language.
    pub fn from_name(name: &str) -> Option<Self> {
        let entry = Entry::ALL.into_iter().find(|one| Field::from_name(name) == Some(one.field()));
        let name = fold_text(name);
        let is_called = |row: &&(Self, &str, &str)| [row.1, row.2].map(fold_text).contains(&name);
        entry.map(Self::Set).or_else(|| OTHERS.iter().find(is_called).map(|row| row.0))
    }

    /// How the action is called in this language.
    pub fn name(self, language: Language) -> &'static str {
        if let Self::Set(entry) = self {
            return entry.field().name(language);
        }
        OTHERS.iter().find(|row| row.0 == self).map_or("", |row| match language {
            Language::German => row.1,
            Language::English => row.2,
        })
    }
}

impl Action {
    /// Which one it is.
    pub fn field(&self) -> ActionField {
        match self {
            Self::Set { what, .. } => ActionField::Set(*what),
            Self::Tag(_) => ActionField::Tag,
            Self::Mark(_) => ActionField::Mark,
            Self::Company { make: false, .. } => ActionField::Company,
            Self::Company { make: true, .. } => ActionField::MakeCompany,
            Self::Requester { .. } => ActionField::Requester,
            Self::Subject(_) => ActionField::Subject,
            Self::Extract(_) => ActionField::Extract,
            Self::Ticket(_) => ActionField::Ticket,
            Self::Mail(_) => ActionField::Mail,
            Self::End => ActionField::End,
        }
    }
}

/// Fixed words of actions in both languages.
pub(super) const WORDS: [(Word, &str, &str); 11] = [
    (Word::Mark(Mark::Private), "privat", "private"),
    (Word::Mark(Mark::Personal), "persönlich", "personal"),
    (Word::Mark(Mark::Gdpr), "dsgvo", "gdpr"),
    (Word::Join(Join::Move), "verschieben", "move"),
    (Word::Join(Join::Copy), "kopieren", "copy"),
    (Word::Verdict(Verdict::Spam), "spam", "spam"),
    (Word::Verdict(Verdict::Reject), "ablehnen", "reject"),
    (Word::Verdict(Verdict::Take), "annehmen", "take"),
    (Word::Source(super::extract::Source::Subject), "betreff", "subject"),
    (Word::Source(super::extract::Source::Text), "text", "text"),
    (Word::Source(super::extract::Source::Header), "kopfzeile", "header"),
];

/// A fixed word as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Mark(Mark),
    Join(Join),
    Verdict(Verdict),
    Source(super::extract::Source),
}

impl Word {
    /// What a text means, one of those that `wanted` takes.
    pub fn read<T>(text: &str, wanted: impl Fn(Self) -> Option<T>) -> Option<T> {
        let text = fold_text(text);
        let mut meant = WORDS.iter().filter(|row| [row.1, row.2].map(fold_text).contains(&text));
        meant.find_map(|row| wanted(row.0))
    }

    /// How it is written in this language.
    pub fn name(self, language: Language) -> &'static str {
        WORDS.iter().find(|row| row.0 == self).map_or("", |row| match language {
            Language::German => row.1,
            Language::English => row.2,
        })
    }
}
