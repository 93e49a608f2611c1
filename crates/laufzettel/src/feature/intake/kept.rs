//! What was known of a mail when it was decided about, kept so that the decision can be made again
//! with other rules or settings: the time machine.

use rules::filter::MailToMatch;
use rules::intake::rule::{Empty, Entry};
use rules::intake::{
    AfterClosing, Found, Known, MailClass, MailFacts, OnCustomerAnswer, Reference, SenderKind,
    TicketCandidate,
};
use rules::status::StatusKind;
use rules::subject::Strength;
use serde::{Deserialize, Serialize};
use values::{EmailAddress, Language, Timestamp};

use super::apply::ApplyMail;
use super::facts::{Gathered, mail_facts};
use super::ruled::{self, Sides};

type Pairs = Vec<(String, String)>;

/// The facts about a mail, but for its text and its header.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    class: String,
    from: Option<String>,
    author: String,
    subject: String,
    received_at: i64,
    now: i64,
    #[serde(default, skip_serializing_if = "is_false")]
    has_no_message_id: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_our_message: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    has_loop_mark: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_forwarded: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    wants_no_answer: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    back_on: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    is_answer: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    is_started_here: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    was_seen: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    was_answered: bool,
    sender: u8,
    #[serde(default, skip_serializing_if = "is_false")]
    is_known: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<i64>,
    size_bytes: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    to: Pairs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cc: Pairs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bcc: Pairs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reply_to: Pairs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    envelope_to: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Pairs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    empty: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tickets: Vec<KeptTicket>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptTicket {
    id: i64,
    number: String,
    subject: String,
    kind: String,
    has_assignee: bool,
    is_participant: bool,
    #[serde(default)]
    is_customer: bool,
    mailbox_is_new: bool,
    updated_at: i64,
    closed_at: Option<i64>,
    /// -1: opens as new, -2: as open, else the days after which a new one is made.
    after_closing: i32,
    on_answer: u8,
    found: Vec<KeptClue>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptClue {
    Token,
    Own(i32, bool, String),
    Foreign(i32, String),
    Before(String),
    Number(u8),
    OfSender,
    Returned(bool),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

const SENDERS: [SenderKind; 4] =
    [SenderKind::Unknown, SenderKind::Contact, SenderKind::Agent, SenderKind::OwnMailbox];
const STRENGTHS: [Strength; 4] =
    [Strength::Plain, Strength::Hash, Strength::Hook, Strength::OwnTag];
const ON_ANSWER: [OnCustomerAnswer; 3] =
    [OnCustomerAnswer::ByAssignee, OnCustomerAnswer::Unread, OnCustomerAnswer::InProgress];

/// The word by which a property is kept.
fn code(entry: Entry) -> &'static str {
    entry.field().name(Language::English)
}

fn place<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|known| known == one).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn at<T: Copy + Default>(all: &[T], place: u8) -> T {
    all.get(usize::from(place)).copied().unwrap_or_default()
}

impl Kept {
    /// What is known of a mail now.
    pub fn of(apply: &ApplyMail<'_>, gathered: &Gathered, empty: &Empty) -> Self {
        let (read, mail, sides) = (apply.read, mail_facts(apply), Sides::of(apply));
        let known = &gathered.known;
        Self {
            class: mail.class.code().to_owned(),
            from: mail.from.map(ToString::to_string),
            author: read.author(),
            subject: mail.subject.to_owned(),
            received_at: mail.received_at.millis(),
            now: known.now.millis(),
            has_no_message_id: !mail.has_message_id,
            is_our_message: mail.is_our_message,
            has_loop_mark: mail.has_our_loop_mark,
            is_forwarded: mail.has_forwarded_headers,
            wants_no_answer: mail.wants_no_answer,
            back_on: mail.back_on.map(|day| day.to_string()),
            is_answer: ruled::is_answer(read),
            is_started_here: ruled::is_started_here(read),
            was_seen: apply.waiting.was_seen,
            was_answered: apply.waiting.was_answered,
            sender: place(&SENDERS, &known.sender),
            is_known: gathered.contact.is_some(),
            company: gathered.contact.as_ref().and_then(|one| one.company).map(|id| id.number()),
            size_bytes: u64::try_from(apply.waiting.size_bytes).unwrap_or_default(),
            to: sides.to,
            cc: sides.cc,
            bcc: sides.bcc,
            reply_to: sides.reply_to,
            envelope_to: sides.envelope_to,
            attachments: sides.attachments,
            empty: empty.entries.iter().map(|one| code(*one).to_owned()).collect(),
            tickets: known.tickets.iter().map(KeptTicket::of).collect(),
        }
    }

    /// The author's name, or what stands for it.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// The subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Everything that is found by its words, as the search index has it.
    pub fn said(&self, text: &str) -> String {
        let address = self.from.as_deref().unwrap_or_default();
        let files = self.attachments.iter().map(|(name, _)| name.as_str());
        let said = [self.subject.as_str(), &self.author, address, text];
        said.into_iter().chain(files).collect::<Vec<_>>().join("\n")
    }

    /// The author's address.
    pub fn address(&self) -> Option<EmailAddress> {
        self.from.as_deref().and_then(|text| EmailAddress::parse(text).ok())
    }

    /// What the mail says.
    pub fn mail<'a>(&'a self, from: Option<&'a EmailAddress>) -> MailFacts<'a> {
        MailFacts {
            class: self.class(),
            from,
            subject: &self.subject,
            received_at: Timestamp::from_millis(self.received_at),
            has_message_id: !self.has_no_message_id,
            is_our_message: self.is_our_message,
            has_our_loop_mark: self.has_loop_mark,
            has_forwarded_headers: self.is_forwarded,
            wants_no_answer: self.wants_no_answer,
            back_on: self.back_on.as_deref().and_then(|day| day.parse().ok()),
        }
    }

    /// What was known about it. Doubles are not tried again.
    pub fn known(&self) -> Known {
        Known {
            same_delivery: None,
            same_octets: None,
            same_fingerprint: None,
            reused_message_id: None,
            sender: SENDERS.get(usize::from(self.sender)).copied().unwrap_or(SenderKind::Unknown),
            tickets: self.tickets.iter().map(KeptTicket::candidate).collect(),
            now: Timestamp::from_millis(self.now),
        }
    }

    /// What rules see of it.
    pub fn view(&self, mailbox: i64) -> MailToMatch<'_> {
        MailToMatch {
            from: (&self.author, self.from.as_deref().unwrap_or_default()),
            to: &self.to,
            cc: &self.cc,
            bcc: &self.bcc,
            reply_to: &self.reply_to,
            envelope_to: &self.envelope_to,
            subject: &self.subject,
            attachments: &self.attachments,
            size_bytes: self.size_bytes,
            class: Some(self.class()),
            mailbox,
            company: self.company,
            is_known: self.is_known,
            is_answer: self.is_answer,
            is_forwarded: self.is_forwarded,
            is_started_here: self.is_started_here,
            was_seen: self.was_seen,
            was_answered: self.was_answered,
            names_ticket: ruled::names_ticket(&self.known()),
            ..MailToMatch::default()
        }
    }

    /// Which properties its ticket had no value for.
    pub fn empty(&self) -> Empty {
        let is_meant = |entry: &Entry| self.empty.iter().any(|name| name == code(*entry));
        let entries = Entry::ALL.into_iter().filter(is_meant).collect();
        Empty { entries, company: self.company.is_none() }
    }

    fn class(&self) -> MailClass {
        MailClass::from_code(&self.class).unwrap_or(MailClass::Personal)
    }
}

impl KeptTicket {
    fn of(ticket: &TicketCandidate) -> Self {
        Self {
            id: ticket.id,
            number: ticket.number.clone(),
            subject: ticket.subject.clone(),
            kind: ticket.kind.code().to_owned(),
            has_assignee: ticket.has_assignee,
            is_participant: ticket.sender_is_participant,
            is_customer: ticket.sender_is_customer,
            mailbox_is_new: ticket.mailbox_is_new,
            updated_at: ticket.updated_at.millis(),
            closed_at: ticket.closed_at.map(Timestamp::millis),
            after_closing: match ticket.after_closing {
                AfterClosing::ReopenAsNew => -1,
                AfterClosing::ReopenAsOpen => -2,
                AfterClosing::NewTicketAfterDays(days) => i32::from(days),
            },
            on_answer: place(&ON_ANSWER, &ticket.on_customer_answer),
            found: ticket.found.iter().map(KeptClue::of).collect(),
        }
    }

    fn candidate(&self) -> TicketCandidate {
        TicketCandidate {
            id: self.id,
            number: self.number.clone(),
            subject: self.subject.clone(),
            kind: StatusKind::from_code(&self.kind).unwrap_or(StatusKind::InProgress),
            has_assignee: self.has_assignee,
            sender_is_participant: self.is_participant,
            sender_is_customer: self.is_customer,
            mailbox_is_new: self.mailbox_is_new,
            updated_at: Timestamp::from_millis(self.updated_at),
            closed_at: self.closed_at.map(Timestamp::from_millis),
            after_closing: match self.after_closing {
                -2 => AfterClosing::ReopenAsOpen,
                days => u16::try_from(days)
                    .map_or(AfterClosing::ReopenAsNew, AfterClosing::NewTicketAfterDays),
            },
            on_customer_answer: at(&ON_ANSWER, self.on_answer),
            found: self.found.iter().map(KeptClue::found).collect(),
        }
    }
}

impl KeptClue {
    fn of(found: &Found) -> Self {
        let place_of = |reference: &Reference| match reference {
            Reference::InReplyTo => -1,
            Reference::References(place) => i32::from(*place),
        };
        match found {
            Found::ReplyToken => Self::Token,
            Found::OwnMessageId { reference, is_valid, message_id } => {
                Self::Own(place_of(reference), *is_valid, message_id.clone())
            }
            Found::ForeignMessageId { reference, message_id } => {
                Self::Foreign(place_of(reference), message_id.clone())
            }
            Found::AnsweredBefore { message_id } => Self::Before(message_id.clone()),
            Found::SubjectNumber(strength) => Self::Number(place(&STRENGTHS, strength)),
            Found::TicketOfSender => Self::OfSender,
            Found::ReturnedMail { is_valid } => Self::Returned(*is_valid),
        }
    }

    fn found(&self) -> Found {
        let reference =
            |place: i32| u16::try_from(place).map_or(Reference::InReplyTo, Reference::References);
        match self {
            Self::Token => Found::ReplyToken,
            Self::Own(place, is_valid, message_id) => Found::OwnMessageId {
                reference: reference(*place),
                is_valid: *is_valid,
                message_id: message_id.clone(),
            },
            Self::Foreign(place, message_id) => Found::ForeignMessageId {
                reference: reference(*place),
                message_id: message_id.clone(),
            },
            Self::Before(message_id) => Found::AnsweredBefore { message_id: message_id.clone() },
            Self::Number(strength) => {
                let strength = STRENGTHS.get(usize::from(*strength)).copied();
                Found::SubjectNumber(strength.unwrap_or(Strength::Plain))
            }
            Self::OfSender => Found::TicketOfSender,
            Self::Returned(is_valid) => Found::ReturnedMail { is_valid: *is_valid },
        }
    }
}
