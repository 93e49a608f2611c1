//! What requests and answers of the lists consist of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{Named, ShownAgent, agent_named, present};
use crate::feature::lists::Row;
use crate::record::directory::{Directory, by_id};

/// What any request says of an entry.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Its key, if a new entry names one.
    pub key: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The English name.
    pub name_en: Option<Option<String>>,
    /// The place in the list.
    pub position: Option<i64>,
    /// Whether it can be chosen.
    pub active: Option<bool>,
    /// The colour of an area.
    pub hue: Option<i64>,
    /// The colour of a priority, which may have none.
    pub tint: Option<Option<i64>>,
    /// The group of an area.
    pub group_name: Option<Option<String>>,
    /// What an area is for.
    pub description: Option<Option<String>>,
    /// The short name of a queue.
    pub short_name: Option<Option<String>>,
    /// Who distributes the tickets of a queue, by address, id or name.
    pub responsible: Option<Option<String>>,
    /// The area's own mask of ticket numbers.
    pub number_mask: Option<Option<String>>,
    /// As whom answers of the area leave, by address.
    pub sender: Option<Option<String>>,
    /// How much of the conversation stands below an answer: `none`, `last`, `all`.
    pub quote: Option<String>,
    /// The status after an answer: `keep`, or the kind of one.
    pub on_answer: Option<String>,
    /// The status after a customer wrote: `by_assignee`, `unread`, `in_progress`.
    pub on_customer_answer: Option<String>,
    /// What a customer's mail to a closed ticket does: `as_new`, `as_open`, `linked`.
    pub after_closing: Option<String>,
    /// For `linked`: so many days after closing.
    pub linked_after_days: Option<Option<i64>>,
    /// Whether the customer is told that a ticket is closed: `ask`, `send`, `none`.
    pub closing_mail: Option<String>,
    /// Whether closing asks first.
    pub confirm_closing: Option<bool>,
    /// Whether a new assignee is told: `ask`, `always`, `never`.
    pub inform_assignee: Option<String>,
    /// Whether the requester of a new ticket is told of it.
    pub notify_requester: Option<bool>,
    /// The words above the text of mails, as HTML.
    pub mail_header: Option<Option<String>>,
    /// The words at the end of mails, as HTML.
    pub mail_footer: Option<Option<String>>,
    /// What the mail says that a ticket is closed.
    pub closing_text: Option<Option<String>>,
    /// Addresses that hear of each new ticket.
    pub told_new: Option<Option<Vec<String>>>,
    /// What that mail says above its facts.
    pub told_new_text: Option<Option<String>>,
    /// What a status means, as its code.
    pub kind: Option<String>,
    /// The only area of a status, by key or name.
    pub area: Option<Option<String>>,
    /// Whether new tickets get it.
    pub is_default: Option<bool>,
    /// The category it belongs to, by key or name.
    pub parent: Option<Option<String>>,
    /// The priority that the category gives to its tickets, by key or name.
    pub priority: Option<Option<String>>,
    /// Whether customers see the category.
    pub is_public: Option<bool>,
}

/// An entry among the others of its list.
pub struct Entry<'a> {
    /// The entry.
    pub row: &'a Row,
    /// The whole list.
    pub rows: &'a [Row],
    /// The other lists.
    pub lists: &'a Directory,
}

impl Entry<'_> {
    /// The category it belongs to.
    fn parent(&self) -> Option<Named> {
        let parent = self.rows.iter().find(|row| Some(row.id) == self.row.parent)?;
        Some(Named { key: parent.key.clone(), name: parent.name.clone() })
    }

    /// Who distributes the tickets of the queue.
    fn responsible(&self) -> Option<ShownAgent> {
        agent_named(self.lists, self.row.responsible)
    }

    /// The address as whom answers of the area leave.
    fn sender(&self) -> Option<String> {
        self.lists.sender(self.row.sender?).map(|sender| sender.address.clone())
    }

    /// The only area of the status.
    fn area(&self) -> Option<Named> {
        let area = by_id(&self.lists.areas, self.row.area?)?;
        Some(Named { key: area.key.clone(), name: area.name.clone() })
    }

    /// The priority that the category gives.
    fn priority(&self) -> Option<Named> {
        let priority = by_id(&self.lists.priorities, self.row.priority?)?;
        Some(Named { key: priority.key.clone(), name: priority.name.clone() })
    }
}

/// The bodies of one list: of a new entry, of a change, and of the answer.
macro_rules! bodies {
    (
        $title:literal, $new:ident, $change:ident, $shown:ident as $name:ident;
        new { $($(#[$new_meta:meta])* $new_field:ident: $new_type:ty => $new_value:expr,)* }
        change { $($(#[$meta:meta])* $field:ident: $type:ty,)* }
        shown { $($(#[$shown_meta:meta])* $shown_field:ident: $shown_type:ty = $value:expr,)* }
    ) => {
        #[doc = concat!("A new ", $title, ".")]
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $new {
            /// Its name for programs: small letters, digits, `_` and `-`; without one it is made
            /// from the name. It never changes.
            key: Option<String>,
            /// Its name for people.
            name: String,
            /// Its English name.
            name_en: Option<String>,
            /// Its place in the list; without one it is the last.
            position: Option<i64>,
            /// Whether it can be chosen; yes without a word.
            active: Option<bool>,
            $($(#[$new_meta])* $new_field: $new_type,)*
        }

        impl From<$new> for Body {
            fn from(new: $new) -> Self {
                $(let $new_field = $new_value(new.$new_field);)*
                Self {
                    key: new.key,
                    name: Some(new.name),
                    name_en: Some(new.name_en),
                    position: new.position,
                    active: new.active,
                    $($new_field,)*
                    ..Self::default()
                }
            }
        }

        #[doc = concat!("What is changed of a ", $title, ". A field that is missing stays, one that is `null` is cleared.")]
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $change {
            /// Its name for people.
            #[serde(default, deserialize_with = "present")]
            #[schema(nullable = false)]
            name: Option<String>,
            /// Its English name.
            #[serde(default, deserialize_with = "present")]
            #[schema(value_type = Option<String>)]
            name_en: Option<Option<String>>,
            /// Its place in the list.
            #[serde(default, deserialize_with = "present")]
            #[schema(nullable = false)]
            position: Option<i64>,
            /// Whether it can be chosen.
            #[serde(default, deserialize_with = "present")]
            #[schema(nullable = false)]
            active: Option<bool>,
            $($(#[$meta])* $field: $type,)*
        }

        impl From<$change> for Body {
            fn from(change: $change) -> Self {
                Self {
                    name: change.name,
                    name_en: change.name_en,
                    position: change.position,
                    active: change.active,
                    $($field: change.$field,)*
                    ..Self::default()
                }
            }
        }

        #[doc = concat!("A ", $title, ".")]
        #[derive(Debug, Serialize, ToSchema)]
        #[schema(as = $name)]
        pub struct $shown {
            /// Its name for programs.
            key: String,
            /// Its name for people.
            name: String,
            /// Its English name.
            name_en: Option<String>,
            /// Its place in the list.
            position: i64,
            /// Whether it can be chosen.
            active: bool,
            $($(#[$shown_meta])* $shown_field: $shown_type,)*
            /// Grows with each change.
            version: i64,
        }

        impl From<&Entry<'_>> for $shown {
            fn from(entry: &Entry<'_>) -> Self {
                $(let $shown_field = $value(entry);)*
                Self {
                    key: entry.row.key.clone(),
                    name: entry.row.name.clone(),
                    name_en: entry.row.name_en.clone(),
                    position: entry.row.position,
                    active: entry.row.active,
                    $($shown_field,)*
                    version: entry.row.version,
                }
            }
        }
    };
}

mod area;

pub use area::{AreaChange, NewArea, ShownArea};

bodies! {
    "queue", NewQueue, QueueChange, ShownQueue as Queue;
    new {
        /// Its short name, at most 12 letters.
        short_name: Option<String> => Some,
        /// Who distributes its tickets, by address, id or name; without anybody people take them.
        responsible: Option<String> => Some,
    }
    change {
        /// Its short name, at most 12 letters.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        short_name: Option<Option<String>>,
        /// Who distributes its tickets, by address, id or name; `null` lets people take them.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        responsible: Option<Option<String>>,
    }
    shown {
        /// Its short name.
        short_name: Option<String> = |entry: &Entry<'_>| entry.row.short_name.clone(),
        /// Who distributes its tickets.
        responsible: Option<ShownAgent> = Entry::responsible,
    }
}

bodies! {
    "request type", NewRequestType, RequestTypeChange, ShownRequestType as RequestType;
    new {
        /// Whether new tickets get it.
        is_default: Option<bool> => std::convert::identity,
    }
    change {
        /// Whether new tickets get it. Only `true`: another one then is no default any more.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        is_default: Option<bool>,
    }
    shown {
        /// Whether new tickets get it.
        is_default: bool = |entry: &Entry<'_>| entry.row.is_default == Some(true),
    }
}

bodies! {
    "priority", NewPriority, PriorityChange, ShownPriority as Priority;
    new {
        /// Whether new tickets get it.
        is_default: Option<bool> => std::convert::identity,
        /// Its colour, 1 to 6, if it has one.
        #[serde(rename = "hue")]
        tint: Option<i64> => Some,
    }
    change {
        /// Whether new tickets get it. Only `true`: another one then is no default any more.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        is_default: Option<bool>,
        /// Its colour, 1 to 6.
        #[serde(default, rename = "hue", deserialize_with = "present")]
        #[schema(value_type = Option<i64>)]
        tint: Option<Option<i64>>,
    }
    shown {
        /// Whether new tickets get it.
        is_default: bool = |entry: &Entry<'_>| entry.row.is_default == Some(true),
        /// Its colour, 1 to 6, if it has one.
        #[serde(rename = "hue")]
        tint: Option<i64> = |entry: &Entry<'_>| entry.row.hue,
    }
}

bodies! {
    "category", NewCategory, CategoryChange, ShownCategory as Category;
    new {
        /// The category it belongs to, by key or name.
        parent: Option<String> => Some,
        /// The priority that tickets get with it, by key or name.
        priority: Option<String> => Some,
        /// Whether customers see it; yes without a word.
        is_public: Option<bool> => std::convert::identity,
    }
    change {
        /// The category it belongs to, by key or name.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        parent: Option<Option<String>>,
        /// The priority that tickets get with it, by key or name.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        priority: Option<Option<String>>,
        /// Whether customers see it.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        is_public: Option<bool>,
    }
    shown {
        /// The category it belongs to.
        parent: Option<Named> = Entry::parent,
        /// The priority that tickets get with it.
        priority: Option<Named> = Entry::priority,
        /// Whether customers see it.
        is_public: bool = |entry: &Entry<'_>| entry.row.is_public != Some(false),
    }
}

bodies! {
    "status", NewStatus, StatusChange, ShownStatus as Status;
    new {
        /// What it means to rules: `unread`, `read`, `assigned`, `in_progress`, `waiting_requester`,
        /// `waiting_internal`, `to_clarify`, `on_hold`, `done`, `cancelled` or `trash`. It never
        /// changes.
        kind: String => Some,
        /// The only area in which it can be chosen, by key or name; without one everywhere.
        area: Option<String> => Some,
    }
    change {
        /// The only area in which it can be chosen, by key or name.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        area: Option<Option<String>>,
    }
    shown {
        /// What it means to rules.
        kind: String = |entry: &Entry<'_>| entry.row.kind.clone().unwrap_or_default(),
        /// The only area in which it can be chosen.
        area: Option<Named> = Entry::area,
    }
}
