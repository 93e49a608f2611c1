//! What is decided about a mail.

use super::effect::{SeenEffect, StatusEffect};
use super::evidence::Evidence;
use super::facts::MailClass;

/// A decision with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What becomes of the mail.
    pub decision: Decision,
    /// Why, the strongest reason first.
    pub evidence: Vec<Evidence>,
    /// What an agent should know about it.
    pub notices: Vec<Notice>,
}

/// What becomes of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It becomes a ticket.
    NewTicket(NewTicket),
    /// It joins a ticket.
    FollowUp {
        /// The ticket.
        ticket: i64,
        /// What becomes of the ticket's status.
        status: StatusEffect,
        /// What becomes of the ticket's unseen mark.
        seen: SeenEffect,
        /// Its class; if automatic, the message is flagged.
        class: MailClass,
    },
    /// It is a delivery report.
    Bounce {
        /// The ticket of the returned mail, if that mail is proved to be ours: only then the
        /// report may change its delivery state.
        ticket: Option<i64>,
        /// Which report it is.
        class: MailClass,
    },
    /// It was taken before.
    Duplicate {
        /// The mail it repeats.
        of: i64,
        /// By what it is the same.
        key: DuplicateKey,
    },
    /// It is not taken, but kept and listed.
    Filtered(FilterReason),
    /// A person has to say where it belongs.
    Unassigned {
        /// Why.
        reason: UnassignedReason,
        /// The ticket that it refers to, if any.
        about: Option<i64>,
    },
}

impl Decision {
    /// The outcome in the API and in the journal.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::NewTicket(_) => "new_ticket",
            Self::FollowUp { .. } => "follow_up",
            Self::Bounce { .. } => "bounce",
            Self::Duplicate { .. } => "duplicate",
            Self::Filtered(_) => "filtered",
            Self::Unassigned { .. } => "unassigned",
        }
    }
}

/// A ticket to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// The ticket to link it to.
    pub linked_to: Option<i64>,
    /// The mail's class; if automatic, the ticket is flagged.
    pub class: MailClass,
    /// Whether an automatic answer may go out.
    pub may_be_answered_automatically: bool,
}

/// By what a mail is the same as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateKey {
    /// The same delivery.
    Delivery,
    /// The same octets.
    Content,
    /// The same fingerprint, with a Message-ID.
    Fingerprint,
}

/// Why a mail is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterReason {
    /// It is our own.
    OwnMail,
    /// It carries our loop mark: something sends our mails back.
    Loop,
    /// It came before the moment from which the mailbox takes mails.
    BeforeStart,
    /// It is older than the mailbox takes mails.
    TooOld,
    /// An intake rule rejects it.
    Rule,
}

impl FilterReason {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnMail => "own_mail",
            Self::Loop => "loop",
            Self::BeforeStart => "before_start",
            Self::TooOld => "too_old",
            Self::Rule => "rule",
        }
    }
}

/// Why a person has to say where a mail belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnassignedReason {
    /// Its sender is not on record.
    UnknownSender,
    /// Its sender takes no part in the ticket it refers to.
    Stranger,
}

impl UnassignedReason {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownSender => "unknown_sender",
            Self::Stranger => "stranger",
        }
    }
}

/// What an agent should know about a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The mail claims to belong to this ticket, but its sender takes no part in it.
    ClaimsTicket(String),
    /// The mail joined a ticket although its sender takes no part in it.
    StrangerJoined,
    /// The subject names a ticket number that does not exist.
    UnknownNumber(String),
    /// The mail refers to other tickets, too.
    OtherTickets(Vec<String>),
    /// The ticket was closed too long ago, so a new one was made.
    ClosedLongAgo(String),
    /// The mail was forwarded, so a new ticket was made although it names this one.
    ForwardedFrom(String),
    /// The sender has the address of an agent, which proves nothing.
    AgentWithoutProof,
    /// The sender has the address of one of our mailboxes, which proves nothing.
    OwnAddressAsSender,
    /// Another mail has the same Message-ID.
    ReusedMessageId,
    /// A Message-ID looks like ours, but its signature is wrong.
    ForgedReference(String),
    /// A delivery report of which the returned mail is not known.
    UnmatchedReport,
}

impl Notice {
    /// The stable code, for the API and for looking up the sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ClaimsTicket(_) => "claims_ticket",
            Self::StrangerJoined => "stranger_joined",
            Self::UnknownNumber(_) => "unknown_number",
            Self::OtherTickets(_) => "other_tickets",
            Self::ClosedLongAgo(_) => "closed_long_ago",
            Self::ForwardedFrom(_) => "forwarded_from",
            Self::AgentWithoutProof => "agent_without_proof",
            Self::OwnAddressAsSender => "own_address_as_sender",
            Self::ReusedMessageId => "reused_message_id",
            Self::ForgedReference(_) => "forged_reference",
            Self::UnmatchedReport => "unmatched_report",
        }
    }

    /// The value that its sentence names, such as a ticket number; empty if there is none.
    pub fn detail(&self) -> String {
        match self {
            Self::ClaimsTicket(detail)
            | Self::UnknownNumber(detail)
            | Self::ClosedLongAgo(detail)
            | Self::ForwardedFrom(detail)
            | Self::ForgedReference(detail) => detail.clone(),
            Self::OtherTickets(numbers) => numbers.join(", "),
            _ => String::new(),
        }
    }
}
