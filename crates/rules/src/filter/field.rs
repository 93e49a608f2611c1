//! What can be asked of a ticket, and how it is called in both languages.

use values::Language;

use crate::status::StatusKind;
use crate::text::fold_text;

/// A property of a ticket that a filter can name.
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

impl Field {
    /// The field with this name in either language, whatever its case and its umlauts.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = fold_text(name);
        let is_called = |entry: &&Names| {
            [entry.1, entry.2].iter().chain(entry.3).any(|known| fold_text(known) == name)
        };
        FIELDS.iter().find(is_called).map(|entry| entry.0)
    }

    /// How the field is called in this language.
    pub fn name(self, language: Language) -> &'static str {
        let names = FIELDS.iter().find(|entry| entry.0 == self);
        names.map_or("", |entry| match language {
            Language::German => entry.1,
            Language::English => entry.2,
        })
    }

    /// All fields.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|entry| entry.0)
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
        (self.has_names() && !matches!(self, Self::Status | Self::Area))
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
}

const STATES: [(State, &str, &str); 6] = [
    (State::Open, "offen", "open"),
    (State::Closed, "geschlossen", "closed"),
    (State::Unread, "ungelesen", "unread"),
    (State::Trash, "papierkorb", "trash"),
    (State::All, "alle", "all"),
    (State::Overdue, "überfällig", "overdue"),
];

impl State {
    /// The state with this name in either language.
    pub fn from_name(name: &str) -> Option<Self> {
        find(&STATES, name)
    }

    /// How the state is called in this language.
    pub fn name(self, language: Language) -> &'static str {
        word(&STATES, self, language)
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
