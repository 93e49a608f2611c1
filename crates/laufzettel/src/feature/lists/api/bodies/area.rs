//! What requests and answers say of an area.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Body, Entry};
use crate::api::present;

bodies! {
    "area", NewArea, AreaChange, ShownArea as Area;
    new {
        /// Its colour, 1 to 6.
        hue: Option<i64> => std::convert::identity,
        /// The group it lies in.
        group_name: Option<String> => Some,
        /// What it is for, in a sentence.
        description: Option<String> => Some,
        /// Its own mask of ticket numbers; without one that of the installation counts.
        number_mask: Option<String> => Some,
        /// As whom answers leave where the mailbox says nothing, by address.
        sender: Option<String> => Some,
        /// How much of the conversation stands below an answer: `none`, `last` or `all`.
        quote: Option<String> => std::convert::identity,
        /// The status after an answer: `keep`, `in_progress`, `waiting_requester` or `done`.
        on_answer: Option<String> => std::convert::identity,
        /// The status after a customer wrote: `by_assignee`, `unread` or `in_progress`.
        on_customer_answer: Option<String> => std::convert::identity,
        /// What a customer's mail to a closed ticket does: `as_new` or `as_open` opens it again,
        /// `linked` makes a new ticket once `linked_after_days` are over.
        after_closing: Option<String> => std::convert::identity,
        /// For `linked`: so many days after closing, 0 to 3650.
        linked_after_days: Option<i64> => Some,
        /// Whether the customer is told that a ticket is closed: `ask`, `send` or `none`.
        closing_mail: Option<String> => std::convert::identity,
        /// Whether closing asks first.
        confirm_closing: Option<bool> => std::convert::identity,
        /// Whether a new assignee is told: `ask`, `always` or `never`.
        inform_assignee: Option<String> => std::convert::identity,
        /// Whether the requester of a new ticket is told of it unless somebody says otherwise.
        notify_requester: Option<bool> => std::convert::identity,
        /// The words above the text of mails, as HTML.
        mail_header: Option<String> => Some,
        /// The words at the end of mails, as HTML.
        mail_footer: Option<String> => Some,
        /// What the mail says that a ticket is closed, as text with variables of text blocks; without it
        /// the usual sentence.
        closing_text: Option<String> => Some,
        /// Addresses that hear of each new ticket.
        told_new: Option<Vec<String>> => Some,
        /// What that mail says above its facts; without it the usual sentence.
        told_new_text: Option<String> => Some,
    }
    change {
        /// Its colour, 1 to 6.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        hue: Option<i64>,
        /// The group it lies in.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        group_name: Option<Option<String>>,
        /// What it is for, in a sentence.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        description: Option<Option<String>>,
        /// Its own mask of ticket numbers.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        number_mask: Option<Option<String>>,
        /// As whom answers leave where the mailbox says nothing, by address.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        sender: Option<Option<String>>,
        /// How much of the conversation stands below an answer: `none`, `last` or `all`.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        quote: Option<String>,
        /// The status after an answer: `keep`, `in_progress`, `waiting_requester` or `done`.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        on_answer: Option<String>,
        /// The status after a customer wrote: `by_assignee`, `unread` or `in_progress`.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        on_customer_answer: Option<String>,
        /// What a customer's mail to a closed ticket does: `as_new` or `as_open` opens it again,
        /// `linked` makes a new ticket once `linked_after_days` are over.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        after_closing: Option<String>,
        /// For `linked`: so many days after closing, 0 to 3650.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<i64>)]
        linked_after_days: Option<Option<i64>>,
        /// Whether the customer is told that a ticket is closed: `ask`, `send` or `none`.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        closing_mail: Option<String>,
        /// Whether closing asks first.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        confirm_closing: Option<bool>,
        /// Whether a new assignee is told: `ask`, `always` or `never`.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        inform_assignee: Option<String>,
        /// Whether the requester of a new ticket is told of it unless somebody says otherwise.
        #[serde(default, deserialize_with = "present")]
        #[schema(nullable = false)]
        notify_requester: Option<bool>,
        /// The words above the text of mails, as HTML.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        mail_header: Option<Option<String>>,
        /// The words at the end of mails, as HTML.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        mail_footer: Option<Option<String>>,
        /// What the mail says that a ticket is closed, as text with variables of text blocks; `null` for
        /// the usual sentence.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        closing_text: Option<Option<String>>,
        /// Addresses that hear of each new ticket.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<Vec<String>>)]
        told_new: Option<Option<Vec<String>>>,
        /// What that mail says above its facts; without it the usual sentence.
        #[serde(default, deserialize_with = "present")]
        #[schema(value_type = Option<String>)]
        told_new_text: Option<Option<String>>,
    }
    shown {
        /// Its colour, 1 to 6.
        hue: i64 = |entry: &Entry<'_>| entry.row.hue.unwrap_or(1),
        /// The group it lies in.
        group_name: Option<String> = |entry: &Entry<'_>| entry.row.group_name.clone(),
        /// What it is for, in a sentence.
        description: Option<String> = |entry: &Entry<'_>| entry.row.description.clone(),
        /// Its own mask of ticket numbers.
        number_mask: Option<String> = |entry: &Entry<'_>| entry.row.number_mask.clone(),
        /// As whom answers leave where the mailbox says nothing, by address.
        sender: Option<String> = Entry::sender,
        /// How much of the conversation stands below an answer: `none`, `last` or `all`.
        quote: String = |entry: &Entry<'_>| entry.row.quote.clone().unwrap_or_default(),
        /// The status after an answer: `keep`, `in_progress`, `waiting_requester` or `done`.
        on_answer: String = |entry: &Entry<'_>| entry.row.on_answer.clone().unwrap_or_default(),
        /// The status after a customer wrote: `by_assignee`, `unread` or `in_progress`.
        on_customer_answer: String = |entry: &Entry<'_>| entry.row.on_customer_answer.clone().unwrap_or_default(),
        /// What a customer's mail to a closed ticket does: `as_new` or `as_open` opens it again,
        /// `linked` makes a new ticket once `linked_after_days` are over.
        after_closing: String = |entry: &Entry<'_>| entry.row.after_closing.clone().unwrap_or_default(),
        /// For `linked`: so many days after closing, 0 to 3650.
        linked_after_days: Option<i64> = |entry: &Entry<'_>| entry.row.linked_after_days,
        /// Whether the customer is told that a ticket is closed: `ask`, `send` or `none`.
        closing_mail: String = |entry: &Entry<'_>| entry.row.closing_mail.clone().unwrap_or_default(),
        /// Whether closing asks first.
        confirm_closing: bool = |entry: &Entry<'_>| entry.row.confirm_closing == Some(true),
        /// Whether a new assignee is told: `ask`, `always` or `never`.
        inform_assignee: String = |entry: &Entry<'_>| entry.row.inform_assignee.clone().unwrap_or_default(),
        /// Whether the requester of a new ticket is told of it unless somebody says otherwise.
        notify_requester: bool = |entry: &Entry<'_>| entry.row.notify_requester == Some(true),
        /// The words above the text of mails, as HTML.
        mail_header: Option<String> = |entry: &Entry<'_>| entry.row.mail_header.clone(),
        /// The words at the end of mails, as HTML.
        mail_footer: Option<String> = |entry: &Entry<'_>| entry.row.mail_footer.clone(),
        /// What the mail says that a ticket is closed, as text with variables of text blocks.
        closing_text: Option<String> = |entry: &Entry<'_>| entry.row.closing_text.clone(),
        /// Addresses that hear of each new ticket.
        told_new: Vec<String> = |entry: &Entry<'_>| crate::feature::lists::told::shown(entry.row.told_new.as_deref()),
        /// What that mail says above its facts.
        told_new_text: Option<String> = |entry: &Entry<'_>| entry.row.told_new_text.clone(),
    }
}
