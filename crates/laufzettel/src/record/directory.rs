//! All lists that an administrator edits, and the agents, as one snapshot in memory.
//!
//! They are small, change rarely and are needed by every page, so a page asks the database for
//! none of them. A notice drops the snapshot; where a notice is lost, it is renewed after a while.

use db::from_row;
use rules::right::{Actor as Rights, Place, Right, Whose, allows};
use rules::status::StatusKind;
use values::Language;

use super::area::Area;
use super::hints::Hints;
use super::intake_rule::IntakeRule;
use super::mail_rules::MailRules;
use super::mailbox::Mailbox;
use super::new_tickets::NewTicketRules;
use super::oauth::{OAuthClient, OAuthLogin};
use super::sender::Sender;
use super::{AgentId, AreaId, EntryId, MailboxId, SenderId};

mod cache;
mod read;

pub use cache::DirectoryCache;
pub use read::ReadDirectory;

from_row! {
    /// A queue.
    #[derive(Clone, Debug)]
    pub struct Queue {
        /// The entry.
        pub id: EntryId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// Its short name, if it has one (F-QUEUE-01).
        pub short_name: Option<String>,
        /// Who distributes its tickets; without anybody people take them (F-QUEUE-02).
        pub responsible: Option<AgentId>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

from_row! {
    /// A status.
    #[derive(Clone, Debug)]
    pub struct Status {
        /// The entry.
        pub id: EntryId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// What it means to rules, as its code.
        pub kind: Kind,
        /// The only area in which it can be chosen, if there is one (F-STAT-04).
        pub area: Option<AreaId>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

from_row! {
    /// A request type.
    #[derive(Clone, Debug)]
    pub struct Choice {
        /// The entry.
        pub id: EntryId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Whether new tickets get it.
        pub is_default: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

from_row! {
    /// A priority.
    #[derive(Clone, Debug)]
    pub struct Priority {
        /// The entry.
        pub id: EntryId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Whether new tickets get it.
        pub is_default: bool,
        /// Its colour, 1 to 6, if it has one (F-FLD-04).
        pub hue: Option<i64>,
        /// Grows with each change.
        pub version: i64,
    }
}

from_row! {
    /// A category: an entry of a tree.
    #[derive(Clone, Debug)]
    pub struct Category {
        /// The entry.
        pub id: EntryId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// The category it belongs to.
        pub parent: Option<EntryId>,
        /// The priority that tickets get with it (F-FLD-03).
        pub priority: Option<EntryId>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Whether customers see it.
        pub is_public: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

from_row! {
    /// An agent, as others see him.
    #[derive(Clone, Debug)]
    pub struct Person {
        /// The agent.
        pub id: AgentId,
        /// The name.
        pub name: String,
        /// The address.
        pub email: String,
        /// Whether the agent still works here.
        pub active: bool,
        /// The telephone number.
        pub phone: Option<String>,
        /// What stands below the agent's answers, as HTML.
        pub signature: Option<String>,
        /// Which mails the agent wants, as codes separated by blanks; all without a word.
        pub notices: Option<String>,
    }
}

impl Person {
    /// Whether the agent wants mails of this kind: `assigned`, `answered`, `failed`.
    pub fn wants(&self, notice: &str) -> bool {
        let listed = |codes: &String| codes.split(' ').any(|code| code == notice);
        self.notices.as_ref().is_none_or(listed)
    }
}

from_row! {
    /// A tag.
    #[derive(Clone, Debug)]
    pub struct TagName {
        /// Its name.
        pub name: String,
    }
}

/// The kind of a status in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub StatusKind);

impl db::FromColumn for Kind {
    fn from_value(value: db::Value<'_>) -> Option<Self> {
        match value {
            db::Value::Text(code) => StatusKind::from_code(code).map(Self),
            _ => None,
        }
    }
}

/// What all lists have in common.
pub trait Listed {
    /// The number of the entry.
    fn number(&self) -> i64;
    /// The name for programs.
    fn key(&self) -> &str;
    /// The name for people, in their language if the entry has one.
    fn name(&self, language: Language) -> &str;
    /// The place in the list.
    fn position(&self) -> i64;
    /// Whether it can be chosen.
    fn is_active(&self) -> bool;
}

macro_rules! listed {
    ($($type:ty),*) => {$(
        impl Listed for $type {
            fn number(&self) -> i64 {
                self.id.number()
            }

            fn key(&self) -> &str {
                &self.key
            }

            fn name(&self, language: Language) -> &str {
                match (language, &self.name_en) {
                    (Language::English, Some(name)) => name,
                    _ => &self.name,
                }
            }

            fn position(&self) -> i64 {
                self.position
            }

            fn is_active(&self) -> bool {
                self.active
            }
        }
    )*};
}

listed!(Queue, Status, Choice, Priority, Category, Area);

/// All lists at one moment, each in its order.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// The areas.
    pub areas: Vec<Area>,
    /// The queues.
    pub queues: Vec<Queue>,
    /// The statuses.
    pub statuses: Vec<Status>,
    /// The priorities.
    pub priorities: Vec<Priority>,
    /// The request types.
    pub request_types: Vec<Choice>,
    /// The categories.
    pub categories: Vec<Category>,
    /// The agents, by name.
    pub agents: Vec<Person>,
    /// What each active agent may do.
    pub rights: Vec<(AgentId, Rights)>,
    /// The mailboxes, by name.
    pub mailboxes: Vec<Mailbox>,
    /// The addresses that mails leave from, the default first.
    pub senders: Vec<Sender>,
    /// Our registrations with providers where people sign in to mail accounts.
    pub oauth_clients: Vec<OAuthClient>,
    /// Who signed in there.
    pub oauth_logins: Vec<OAuthLogin>,
    /// The newest tags, for proposals.
    pub tags: Vec<TagName>,
    /// The mask of ticket numbers of areas without their own.
    pub number_mask: String,
    /// How people make tickets by hand.
    pub new_tickets: NewTicketRules,
    /// What the navigation points out.
    pub hints: Hints,
    /// The intake rules, in their order.
    pub intake_rules: Vec<IntakeRule>,
    /// Those that run, ready for it.
    pub ready_rules: Vec<rules::intake::rule::Rule>,
    /// What holds for the mails of the house.
    pub mail_rules: MailRules,
}

/// The entry with this id.
pub fn by_id<T: Listed>(list: &[T], id: i64) -> Option<&T> {
    list.iter().find(|entry| entry.number() == id)
}

/// The entry with this key or name, whatever the case.
pub fn by_name<'a, T: Listed>(list: &'a [T], text: &str) -> Option<&'a T> {
    let text = text.trim().to_lowercase();
    list.iter().find(|entry| entry.key() == text).or_else(|| {
        let is_name = |entry: &&T, language| entry.name(language).to_lowercase() == text;
        let languages = [Language::German, Language::English];
        list.iter().find(|entry| languages.into_iter().any(|one| is_name(entry, one)))
    })
}

impl Directory {
    /// The first active status of a kind that all areas share; an inactive one where no active one is left.
    pub fn status_of_kind(&self, kind: StatusKind) -> Option<&Status> {
        let is_meant = move |status: &&Status| status.kind.0 == kind && status.area.is_none();
        let of_kind = || self.statuses.iter().filter(is_meant);
        of_kind().find(|status| status.active).or_else(|| of_kind().next())
    }

    /// The agent with this id.
    pub fn agent(&self, id: AgentId) -> Option<&Person> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// Whether an agent could work on a ticket of this area that is his (F-PERM-10).
    pub fn can_get(&self, agent: AgentId, area: AreaId) -> bool {
        let place = Place::Ticket { area: area.number(), whose: Whose::Own };
        let can = |rights: &Rights| allows(rights, Right::WorkOnTicket, place);
        self.rights.iter().any(|(one, rights)| *one == agent && can(rights))
    }

    /// The sender with this id.
    pub fn sender(&self, id: SenderId) -> Option<&Sender> {
        self.senders.iter().find(|sender| sender.id == id)
    }

    /// The mailbox with this name, whatever the case.
    pub fn mailbox(&self, name: &str) -> Option<&Mailbox> {
        let name = name.to_lowercase();
        self.mailboxes.iter().find(|mailbox| mailbox.name == name)
    }

    /// The mailbox with this id.
    pub fn mailbox_by_id(&self, id: MailboxId) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|mailbox| mailbox.id == id)
    }

    /// The priority of a new ticket in a category.
    pub fn priority_in(&self, category: Option<EntryId>) -> Option<EntryId> {
        let category = category.and_then(|id| by_id(&self.categories, id.number()));
        let given = category.and_then(|category| category.priority);
        let default = self.priorities.iter().find(|entry| entry.is_default);
        given.or(default.or(self.priorities.first()).map(|priority| priority.id))
    }

    /// The request type of new tickets.
    pub fn default_request_type(&self) -> Option<&Choice> {
        self.request_types.iter().find(|entry| entry.is_default && entry.active)
    }
}
