//! What became of a mail and why, as sentences.

use maud::{Markup, html};
use values::Language;

use super::because::because;
use crate::record::frame::{Evidence, clue_sentence};
use crate::texts;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored and waits for its decision.
    Waiting,
    /// It became a new ticket, by number.
    NewTicket(String),
    /// It belongs to a ticket, by number.
    Joined(String),
    /// It became a new ticket that is linked with an older one.
    Linked {
        /// The new ticket's number.
        ticket: String,
        /// The older ticket's number.
        older: String,
    },
    /// It reports that a mail of ours did not arrive; noted at a ticket if it is known.
    Bounced(Option<String>),
    /// A machine wrote it; noted at a ticket.
    Noted(String),
    /// A person has to say where it belongs.
    Undecided,
    /// It was here before; the number of the ticket in which it lies, if it lies in one.
    Duplicate(Option<String>),
    /// A rule sorted it out.
    Filtered,
    /// It could not be read three times.
    Quarantined,
    /// It vanished from the server before it was fetched.
    Gone,
}

impl Outcome {
    pub(super) fn icon(&self) -> &'static str {
        match self {
            Self::Waiting => "clock",
            Self::NewTicket(_) => "plus",
            Self::Joined(_) => "check",
            Self::Linked { .. } => "split",
            Self::Bounced(_) => "rotate-ccw",
            Self::Noted(_) => "palmtree",
            Self::Undecided => "circle-help",
            Self::Duplicate(_) => "copy",
            Self::Filtered => "trash",
            Self::Quarantined => "triangle-alert",
            Self::Gone => "circle-x",
        }
    }

    pub(super) fn tone(&self) -> Option<&'static str> {
        match self {
            Self::Waiting => Some("blue"),
            Self::Linked { .. } | Self::Undecided => Some("plum"),
            Self::Bounced(_) | Self::Gone => Some("amber"),
            Self::Quarantined => Some("red"),
            _ => None,
        }
    }

    /// The ticket it lies in.
    pub fn ticket(&self) -> Option<&str> {
        match self {
            Self::NewTicket(number) | Self::Joined(number) | Self::Noted(number) => Some(number),
            Self::Linked { ticket, .. } => Some(ticket),
            Self::Bounced(number) | Self::Duplicate(number) => number.as_deref(),
            _ => None,
        }
    }

    /// A few words for the list.
    pub(super) fn short(&self, language: Language) -> String {
        let texts = texts::journal(language);
        match self {
            Self::Waiting => texts.is_waiting().to_owned(),
            Self::NewTicket(number) | Self::Linked { ticket: number, .. } => texts.is_new(number),
            Self::Joined(number) => texts.is_joined(number),
            Self::Bounced(Some(number)) | Self::Noted(number) => texts.is_noted(number),
            Self::Bounced(None) => texts.is_bounced().to_owned(),
            Self::Undecided => texts.is_undecided().to_owned(),
            Self::Duplicate(Some(number)) => texts.is_duplicate_of(number),
            Self::Duplicate(None) => texts.is_duplicate().to_owned(),
            Self::Filtered => texts.is_filtered().to_owned(),
            Self::Quarantined => texts.is_quarantined().to_owned(),
            Self::Gone => texts.is_gone().to_owned(),
        }
    }

    /// The decision as a sentence, with a link to the ticket.
    pub(super) fn sentence(&self, language: Language) -> Markup {
        let texts = texts::journal(language);
        let link = |number: &str| html! { b { a class="linked" href={ "/tickets/" (number) } { (number) } } };
        match self {
            Self::Waiting => html! { (texts.sentence_waiting()) },
            Self::NewTicket(number) => texts.sentence_new_html(link(number)),
            Self::Joined(number) => texts.sentence_joined_html(link(number)),
            Self::Linked { ticket, older } => texts.sentence_linked_html(link(ticket), link(older)),
            Self::Bounced(Some(number)) | Self::Noted(number) => {
                texts.sentence_noted_html(link(number))
            }
            Self::Bounced(None) => html! { (texts.sentence_bounced()) },
            Self::Undecided => html! { (texts.sentence_undecided()) },
            Self::Duplicate(Some(number)) => texts.sentence_duplicate_of_html(link(number)),
            Self::Duplicate(None) => html! { (texts.sentence_duplicate()) },
            Self::Filtered => html! { (texts.sentence_filtered()) },
            Self::Quarantined => html! { (texts.sentence_quarantined()) },
            Self::Gone => html! { (texts.sentence_gone()) },
        }
    }
}

/// What became of a mail and why, in two sentences.
pub fn explanation(language: Language, outcome: &Outcome, reason: &Reason) -> Markup {
    html! { (outcome.sentence(language)) " " (because(language, reason)) }
}

/// Why it became that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The strongest clue.
    Found(Evidence),
    /// Nothing points to an open ticket.
    NothingKnown,
    /// It was not decided yet.
    NotYet,
    /// Reading it was given up.
    GivenUp {
        /// How often it was tried.
        attempts: u64,
    },
    /// It vanished from the server.
    Vanished,
    /// A person brought it from another ticket.
    Moved,
}

impl Reason {
    /// A few words for the list.
    pub(super) fn short(&self, language: Language) -> String {
        let texts = texts::journal(language);
        match self {
            Self::Found(evidence) => clue_sentence(language, evidence),
            Self::NothingKnown => texts.reason_nothing_known().to_owned(),
            Self::NotYet => texts.reason_not_yet().to_owned(),
            Self::GivenUp { attempts } => texts.reason_given_up(*attempts),
            Self::Vanished => texts.reason_vanished().to_owned(),
            Self::Moved => texts.reason_moved().to_owned(),
        }
    }
}
