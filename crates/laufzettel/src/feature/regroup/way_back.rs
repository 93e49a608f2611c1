//! What has to be known to take a regrouping back.

use db::from_row;
use serde::{Deserialize, Serialize};
use values::Timestamp;

use crate::record::MessageId;

from_row! {
    /// What a ticket knows of its messages.
    #[derive(Clone, Debug)]
    pub struct Figures {
        /// How many there are.
        pub message_count: i64,
        /// The newest of them.
        pub newest: Option<MessageId>,
        /// The beginning of the last one, for lists.
        pub preview: String,
        /// Whether nobody has seen what came last.
        pub unseen: bool,
        /// Since when the customer waits.
        pub queue_at: Timestamp,
        /// When the customer last wrote.
        pub last_customer_at: Option<Timestamp>,
        /// When an agent last wrote.
        pub last_agent_at: Option<Timestamp>,
    }
}

/// [`Figures`] as they are kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    count: i64,
    newest: Option<i64>,
    preview: String,
    queue_at: i64,
    last_customer_at: Option<i64>,
    last_agent_at: Option<i64>,
}

impl Kept {
    /// Keeps figures.
    pub fn of(figures: &Figures) -> Self {
        Self {
            count: figures.message_count,
            newest: figures.newest.map(MessageId::number),
            preview: figures.preview.clone(),
            queue_at: figures.queue_at.millis(),
            last_customer_at: figures.last_customer_at.map(Timestamp::millis),
            last_agent_at: figures.last_agent_at.map(Timestamp::millis),
        }
    }

    /// The figures of before, if the ticket has its messages of before again. Those that are counted
    /// anew can differ: an automatic mail has not moved them.
    pub fn restored(&self, now: Figures) -> Figures {
        let is_same =
            self.count == now.message_count && self.newest == now.newest.map(MessageId::number);
        if !is_same {
            return now;
        }
        Figures {
            preview: self.preview.clone(),
            queue_at: Timestamp::from_millis(self.queue_at),
            last_customer_at: self.last_customer_at.map(Timestamp::from_millis),
            last_agent_at: self.last_agent_at.map(Timestamp::from_millis),
            ..now
        }
    }
}

/// A draft that was put into the other ticket, too. That of the ticket it was begun in stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftThere {
    /// Whose it is.
    pub agent: i64,
    /// What it is.
    pub kind: String,
    /// What there was before, if there was something.
    pub before: Option<String>,
    /// What there is now.
    pub after: String,
}

/// The way back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WayBack {
    /// Messages that had been regrouped before, and by what.
    pub before: Vec<(i64, i64)>,
    /// The figures of the ticket that they left.
    pub source: Kept,
    /// The figures of the ticket to which they went.
    pub target: Kept,
    /// Who takes part in it since.
    pub participants: Vec<String>,
    /// Who was only proposed there before.
    pub accepted: Vec<String>,
    /// The tags that it got.
    pub tags: Vec<String>,
    /// Its marks of before: private, personal, GDPR.
    #[serde(default)]
    pub marks: [bool; 3],
    /// The tickets with which it was linked.
    pub links: Vec<i64>,
    /// Mails without a message that belong to it since.
    pub mails: Vec<i64>,
    /// Tickets whose numbers lead to it since.
    pub followers: Vec<i64>,
    /// The drafts in it.
    pub drafts: Vec<DraftThere>,
    /// The regroupings of all tickets that were merged in the same step, this one among them; none if
    /// it was the only one.
    #[serde(default)]
    pub step: Vec<i64>,
}
