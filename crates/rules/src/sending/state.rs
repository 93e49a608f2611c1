//! The states of a mail and of each of its recipients.

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// It waits for its first try.
    Queued,
    /// It is being handed over; nothing has been taken yet.
    Sending,
    /// Everything but the last dot has been said, and the dot may have been.
    Dot,
    /// Whether the server took it is not known.
    Uncertain,
    /// At least one recipient is tried again later.
    Deferred,
    /// The server took it for all recipients.
    Sent,
    /// At least one recipient does not get it.
    Failed,
    /// It was taken and came back for at least one recipient.
    Bounced,
    /// An automatic mail of which it is not known whether it was taken.
    Unconfirmed,
    /// It was recalled before it left.
    Cancelled,
}

/// Where a mail stands for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientState {
    /// Not tried yet.
    Waiting,
    /// The server took it.
    Accepted,
    /// It is tried again later.
    Deferred,
    /// It was refused for good, or tried for too long.
    Failed,
    /// It was taken and came back.
    Bounced,
    /// It was taken, and a server on the way says that it is late.
    Delayed,
    /// Whether the server took it is not known.
    Unconfirmed,
    /// It was recalled before it left.
    Cancelled,
}

macro_rules! codes {
    ($type:ident: $($variant:ident = $code:literal),* $(,)?) => {
        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code in the API and in the database.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),*
                }
            }

            /// The state with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.code() == code)
            }
        }
    };
}

codes!(MailState:
    Queued = "queued",
    Sending = "sending",
    Dot = "dot",
    Uncertain = "uncertain",
    Deferred = "deferred",
    Sent = "sent",
    Failed = "failed",
    Bounced = "bounced",
    Unconfirmed = "unconfirmed",
    Cancelled = "cancelled",
);

codes!(RecipientState:
    Waiting = "waiting",
    Accepted = "accepted",
    Deferred = "deferred",
    Failed = "failed",
    Bounced = "bounced",
    Delayed = "delayed",
    Unconfirmed = "unconfirmed",
    Cancelled = "cancelled",
);

impl RecipientState {
    /// Whether the mail still has to be handed over for this recipient.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Deferred)
    }
}

/// What a delivery report says of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Given up.
    Failed,
    /// Still being tried.
    Delayed,
    /// Arrived, or handed on.
    Arrived,
}

/// What a recipient becomes by a report; `None` if it says nothing new. What was refused at once is
/// refused, and what came back does not arrive any more.
pub fn after_report(now: RecipientState, reported: Reported) -> Option<RecipientState> {
    let is_open_end = matches!(
        now,
        RecipientState::Accepted | RecipientState::Delayed | RecipientState::Unconfirmed
    );
    let becomes = match reported {
        Reported::Failed => RecipientState::Bounced,
        Reported::Delayed => RecipientState::Delayed,
        Reported::Arrived => RecipientState::Accepted,
    };
    (is_open_end && becomes != now).then_some(becomes)
}

/// What the recipients say about the whole mail: the worst that somebody has to act on counts.
pub fn mail_state(recipients: &[RecipientState]) -> MailState {
    let has = |state| recipients.contains(&state);
    match () {
        () if has(RecipientState::Deferred) => MailState::Deferred,
        () if has(RecipientState::Waiting) => MailState::Queued,
        () if has(RecipientState::Failed) => MailState::Failed,
        () if has(RecipientState::Bounced) => MailState::Bounced,
        () if has(RecipientState::Unconfirmed) => MailState::Unconfirmed,
        () if has(RecipientState::Accepted) || has(RecipientState::Delayed) => MailState::Sent,
        () => MailState::Cancelled,
    }
}
