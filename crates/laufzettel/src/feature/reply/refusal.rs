//! Why an answer was not sent, in the reader's words.

use values::Language;

use crate::feature::change::{Refused, say};
use crate::record::actor::Denied;
use crate::texts;

/// Why an answer was not sent. What was written stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No right, or no such ticket.
    Denied(Denied),
    /// There is nothing to read in it (F-ACT-21).
    Empty,
    /// Nobody would get it.
    NoRecipient,
    /// This is not an address.
    NoAddress(String),
    /// This is one of our own mailboxes (F-MAIL-56).
    OwnMailbox(String),
    /// More recipients than one mail may have.
    TooManyRecipients,
    /// There is no address that it could leave from, or the chosen one is none.
    NoSender,
    /// No mails leave at present, or none to customers (F-OUT-21).
    MailsOff,
    /// The ticket was put into the trash meanwhile.
    Trashed,
    /// Others wrote since it was begun.
    News,
    /// The ticket was merged into the one with this number.
    Merged(String),
    /// What was said last lies in another ticket now.
    Elsewhere,
    /// The writer himself has answered since it was begun, with other words.
    OwnNews,
    /// These very words were sent a moment ago.
    SentAlready,
    /// These get mail of this ticket for the first time.
    Strangers(Vec<String>),
    /// These get an internal note and are not of the team (K-18).
    Outside(Vec<String>),
    /// These are of the team, but may not see the ticket, or do not work here any more.
    MayNotSee(Vec<String>),
    /// The file at this place of the list is not there, or belongs to a message already.
    UnknownUpload(usize),
    /// All files together are too large.
    TooLarge,
    /// It cannot have been written then; the sentence says why.
    At(String),
    /// Somebody whom it concerns does not work here.
    NotConcerned,
    /// The status cannot be set.
    Status(Refused),
}

/// What the composer does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The field is to be mended.
    Mend(&'static str),
    /// The writer looks at what is new and sends again.
    LookAndSend,
    /// The writer says that he means it.
    Confirm,
}

impl Refusal {
    /// The sentence.
    pub fn sentence(&self, language: Language) -> String {
        let texts = texts::reply(language);
        match self {
            Self::Denied(_) => texts.refused_denied().to_owned(),
            Self::Empty => texts.refused_empty().to_owned(),
            Self::NoRecipient => texts.refused_no_recipient().to_owned(),
            Self::NoAddress(text) => texts.refused_no_address(text),
            Self::OwnMailbox(text) => texts.refused_own_mailbox(text),
            Self::TooManyRecipients => texts.refused_too_many().to_owned(),
            Self::NoSender => texts.refused_no_sender().to_owned(),
            Self::MailsOff => texts.refused_mails_off().to_owned(),
            Self::Trashed => texts.refused_trashed().to_owned(),
            Self::News => texts.refused_news().to_owned(),
            Self::Merged(number) => texts.refused_merged(number),
            Self::Elsewhere => texts.refused_elsewhere().to_owned(),
            Self::OwnNews => texts.refused_own_news().to_owned(),
            Self::SentAlready => texts.sent_already().to_owned(),
            Self::Strangers(list) => texts.refused_strangers(&list.join(", ")),
            Self::Outside(list) => texts.refused_outside(&list.join(", ")),
            Self::MayNotSee(list) => texts.refused_may_not_see(&list.join(", ")),
            Self::UnknownUpload(_) => texts.refused_upload().to_owned(),
            Self::TooLarge => texts.refused_too_large().to_owned(),
            Self::At(sentence) => sentence.clone(),
            Self::NotConcerned => texts.refused_concerned().to_owned(),
            Self::Status(refused) => say::refused(refused.reason, language).to_owned(),
        }
    }

    /// What to do.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::News | Self::OwnNews | Self::Merged(_) | Self::Elsewhere => Remedy::LookAndSend,
            Self::Strangers(_) | Self::Outside(_) => Remedy::Confirm,
            Self::Empty => Remedy::Mend("text"),
            Self::NoRecipient
            | Self::NoAddress(_)
            | Self::OwnMailbox(_)
            | Self::MayNotSee(_)
            | Self::TooManyRecipients => Remedy::Mend("to"),
            Self::At(_) => Remedy::Mend("at"),
            Self::NotConcerned => Remedy::Mend("concerns"),
            Self::NoSender => Remedy::Mend("sender"),
            _ => Remedy::Mend(""),
        }
    }
}
