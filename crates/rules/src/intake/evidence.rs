//! Why a mail was decided on as it was.

/// A reason for or against a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clue {
    /// The same delivery was taken before.
    SameDelivery,
    /// The same octets were taken before.
    SameContent,
    /// The same mail was taken before, over another way.
    SameFingerprint,
    /// The mail is our own.
    OwnMail,
    /// The mail carries our loop mark.
    LoopMark,
    /// The mail is too old.
    Age,
    /// The mail returns one of ours.
    ReturnedMail,
    /// The recipient address holds a valid reply token.
    ReplyToken,
    /// It refers to a Message-ID that we made and signed.
    OwnMessageId,
    /// It refers to a Message-ID that looks like ours, but the signature is wrong.
    ForgedMessageId,
    /// It refers to a mail that lies in a ticket.
    References,
    /// A ticket number stands in the subject.
    SubjectNumber,
    /// A mail of the ticket names this one: the answer came before what it answers.
    AnsweredBefore,
    /// The subject is like that of an open ticket of the sender.
    SimilarSubject,
    /// The sender takes part in the ticket.
    Participant,
    /// The sender takes no part in the ticket.
    Stranger,
    /// The mail was forwarded to this mailbox.
    Forwarded,
    /// The ticket was closed too long ago.
    ClosedLongAgo,
    /// The class of the mail.
    MailClass,
    /// The sender is not on record.
    UnknownSender,
    /// The sender's address matches a pattern of the mailbox.
    SenderPattern,
    /// A setting of the mailbox.
    Setting,
    /// An intake rule, by name.
    Rule,
}

impl Clue {
    /// The stable code, for the API and for looking up the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameDelivery => "same_delivery",
            Self::SameContent => "same_content",
            Self::SameFingerprint => "same_fingerprint",
            Self::OwnMail => "own_mail",
            Self::LoopMark => "loop_mark",
            Self::Age => "age",
            Self::ReturnedMail => "returned_mail",
            Self::ReplyToken => "reply_token",
            Self::OwnMessageId => "own_message_id",
            Self::ForgedMessageId => "forged_message_id",
            Self::References => "references",
            Self::AnsweredBefore => "answered_before",
            Self::SubjectNumber => "subject_number",
            Self::SimilarSubject => "similar_subject",
            Self::Participant => "participant",
            Self::Stranger => "stranger",
            Self::Forwarded => "forwarded",
            Self::ClosedLongAgo => "closed_long_ago",
            Self::MailClass => "mail_class",
            Self::UnknownSender => "unknown_sender",
            Self::SenderPattern => "sender_pattern",
            Self::Setting => "setting",
            Self::Rule => "rule",
        }
    }
}

/// One reason, as it is stored with the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub clue: Clue,
    /// What it is about, without words of any language: a number, an address, a Message-ID, a
    /// percentage, the code of a setting.
    pub detail: String,
    /// How strongly it speaks for the decision, 0 to 100; 0 if it did not count.
    pub weight: u8,
}

impl Evidence {
    pub(super) fn new(clue: Clue, detail: impl Into<String>, weight: u8) -> Self {
        Self { clue, detail: detail.into(), weight }
    }
}
