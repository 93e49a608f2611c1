//! The lists that an administrator edits: areas, queues, request types, categories, priorities,
//! statuses (decision 10). All are edited alike; what only some have stands beside it.
//!
//! An entry that something refers to is switched off rather than deleted, so that old tickets keep
//! their names.

pub mod api;
mod facts;
mod form;
mod move_entry;
pub mod page;
mod save;
mod show;
mod store;
mod told;
mod web;
pub mod words;

use axum::Router;
use axum::routing::{get, post};
use rules::status::StatusKind;

use crate::App;
use crate::record::administration::Subject;
use crate::record::{AgentId, SenderId};

pub use move_entry::{Direction, MoveEntry};
pub use save::{AddEntry, ChangeEntry, Ended, RemoveEntry, remove};
pub use store::{CountUses, ReadRows, Row};

/// The addresses of the lists.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/{list}", get(web::page).post(web::add))
        .route("/settings/{list}/new", get(web::new))
        .route("/settings/{list}/{id}", get(web::one).post(web::change))
        .route("/settings/{list}/{id}/active", post(web::switch))
        .route("/settings/{list}/{id}/move", post(web::move_it))
        .route("/settings/{list}/{id}/delete", post(web::delete))
}

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Areas.
    Areas,
    /// Queues.
    Queues,
    /// Request types.
    RequestTypes,
    /// Categories.
    Categories,
    /// Priorities.
    Priorities,
    /// Statuses.
    Statuses,
}

impl List {
    /// All lists.
    pub const ALL: [Self; 6] = [
        Self::Areas,
        Self::Queues,
        Self::Statuses,
        Self::Priorities,
        Self::RequestTypes,
        Self::Categories,
    ];

    /// The last part of its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Queues => "queues",
            Self::RequestTypes => "request_types",
            Self::Categories => "categories",
            Self::Priorities => "priorities",
            Self::Statuses => "statuses",
        }
    }

    /// The list with this last part of its address.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.path() == path)
    }

    /// What the history of the administration calls its entries.
    pub fn subject(self) -> Subject {
        match self {
            Self::Areas => Subject::Area,
            Self::Queues => Subject::Queue,
            Self::RequestTypes => Subject::RequestType,
            Self::Categories => Subject::Category,
            Self::Priorities => Subject::Priority,
            Self::Statuses => Subject::Status,
        }
    }

    /// Whether one of its entries is that of new tickets.
    pub fn has_default(self) -> bool {
        matches!(self, Self::RequestTypes | Self::Priorities)
    }
}

/// Letters of the short name of a queue.
pub const SHORT_NAME_LETTERS_MAX: usize = 12;

/// Statuses of these kinds are set by rules, so one of each must be left.
const NEEDED_KINDS: [StatusKind; 4] =
    [StatusKind::Unread, StatusKind::InProgress, StatusKind::Done, StatusKind::Trash];

/// What is set of an entry. `None` leaves a field as it is; fields that a list does not have are
/// not looked at.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// The English name.
    pub name_en: Option<Option<String>>,
    /// The place in the list.
    pub position: Option<i64>,
    /// Whether it can be chosen.
    pub active: Option<bool>,
    /// The colour of an area or a priority, 1 to 6.
    pub hue: Option<Option<i64>>,
    /// The group of an area (F-TYPE-02).
    pub group_name: Option<Option<String>>,
    /// What an area is for (F-TYPE-03).
    pub description: Option<Option<String>>,
    /// The short name of a queue (F-QUEUE-01).
    pub short_name: Option<Option<String>>,
    /// Who distributes the tickets of a queue (F-QUEUE-01).
    pub responsible: Option<Option<AgentId>>,
    /// The area's own mask of ticket numbers.
    pub number_mask: Option<Option<String>>,
    /// What an area says about answers.
    pub answers: AnswerFields,
    /// What a status means.
    pub kind: Option<StatusKind>,
    /// The only area of a status (F-STAT-04).
    pub area: Option<Option<i64>>,
    /// Whether new tickets get it.
    pub is_default: Option<bool>,
    /// The category it belongs to.
    pub parent: Option<Option<i64>>,
    /// The priority that a category gives to its tickets (F-FLD-03).
    pub priority: Option<Option<i64>>,
    /// Whether customers see the category.
    pub is_public: Option<bool>,
}

/// What is set of what an area says about answers. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct AnswerFields {
    /// As whom answers leave.
    pub sender: Option<Option<SenderId>>,
    /// How much of the conversation stands below an answer.
    pub quote: Option<String>,
    /// The status after an answer.
    pub on_answer: Option<String>,
    /// The status after a customer wrote.
    pub on_customer_answer: Option<String>,
    /// What a customer's mail to a closed ticket does.
    pub after_closing: Option<String>,
    /// For `linked`: so many days after closing.
    pub linked_after_days: Option<Option<i64>>,
    /// Whether the customer is told that a ticket is closed.
    pub closing_mail: Option<String>,
    /// Whether closing asks first.
    pub confirm_closing: Option<bool>,
    /// Whether a new assignee is told.
    pub inform_assignee: Option<String>,
    /// Whether the requester of a new ticket is told of it.
    pub notify_requester: Option<bool>,
    /// The words above the text of mails, as HTML.
    pub mail_header: Option<Option<String>>,
    /// The words at the end of mails, as HTML.
    pub mail_footer: Option<Option<String>>,
    /// What the mail says that a ticket is closed.
    pub closing_text: Option<Option<String>>,
    /// Addresses that hear of each new ticket, separated by commas.
    pub told_new: Option<Option<String>>,
    /// What that mail says above its facts.
    pub told_new_text: Option<Option<String>>,
}

/// Why an entry cannot be as it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another entry has this key.
    KeyTaken,
    /// An entry that stands beside it has this name.
    NameTaken,
    /// A category cannot stand below itself.
    Circle,
    /// New tickets need it: another entry must become the default first.
    IsDefault,
    /// It is the last one, and rules need one.
    LastOne,
    /// A mailbox makes tickets in the area.
    HasMailbox,
}

/// The key that a name gives: small letters, digits and `_`. Umlauts become two letters.
pub fn key_of(name: &str) -> String {
    let spelled: String = name.to_lowercase().chars().map(spelled).collect();
    let kept: String =
        spelled.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let parts: Vec<&str> = kept.split('_').filter(|part| !part.is_empty()).collect();
    parts.join("_").chars().take(40).collect()
}

/// A key that no entry has yet: made from the name, or `usual` if it has no letters, with a number
/// behind it if need be.
pub fn free_key(name: &str, usual: &str, taken: &[String]) -> String {
    let key = key_of(name);
    let key = if key.is_empty() { usual.to_owned() } else { key };
    let numbered = (2_u32..).map(|number| format!("{key}_{number}"));
    let mut keys = std::iter::once(key.clone()).chain(numbered);
    keys.find(|key| !taken.contains(key)).unwrap_or(key)
}

fn spelled(c: char) -> String {
    match c {
        'ä' => "ae".to_owned(),
        'ö' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        _ if c.is_alphanumeric() => rules::text::fold_text(&c.to_string()),
        _ => c.to_string(),
    }
}

/// Whether a text is a key.
pub fn is_key(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    (1..=40).contains(&text.len()) && text.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_from_a_name() {
        let table = [
            ("Technik", "technik"),
            ("Rückfrage  (intern)", "rueckfrage_intern"),
            ("  ", ""),
            ("Straße 7", "strasse_7"),
        ];
        for (name, key) in table {
            assert_eq!(key_of(name), key, "{name}");
        }
    }

    #[test]
    fn keys_are_small_letters_digits_and_lines() {
        for (text, expected) in
            [("a-1_b", true), ("", false), ("A", false), ("ä", false), ("a b", false)]
        {
            assert_eq!(is_key(text), expected, "{text}");
        }
        assert!(!is_key(&"a".repeat(41)));
    }
}
