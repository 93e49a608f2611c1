//! What a session and its caller say to each other.

use values::EmailAddress;

/// Which protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 2033: one reply per accepted recipient after the mail.
    Lmtp,
    /// RFC 5321: one reply after the mail.
    Smtp,
}

/// What one connection may ask of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest mail, in octets.
    pub mail_bytes_max: usize,
    /// Most recipients of one mail; RFC 5321 wants at least 100.
    pub recipients_max: usize,
    /// Longest command line with its CR LF; RFC 5321 wants at least 512, parameters need more.
    pub line_bytes_max: usize,
    /// Wrong commands after which the connection is closed.
    pub errors_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mail_bytes_max: 64 * 1024 * 1024,
            recipients_max: 1000,
            line_bytes_max: 4096,
            errors_max: 20,
        }
    }
}

/// A mail that was handed over, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The return path as the client wrote it; empty for reports and automatic answers.
    pub from: String,
    /// The accepted recipients, in their order; the same one may come twice.
    pub recipients: Vec<EmailAddress>,
    /// Whether addresses in the header may hold other letters than ASCII (RFC 6531).
    pub smtputf8: bool,
    /// The mail, octet by octet as it was sent.
    pub bytes: Vec<u8>,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send these octets.
    Reply(Vec<u8>),
    /// Say whether mails for this address are taken: [`super::Session::answer_recipient`].
    Recipient(EmailAddress),
    /// Store the mail durably and say what became of it: [`super::Session::answer_mail`].
    Mail(Envelope),
    /// Close the connection once all replies are sent.
    Close,
}

/// Whether mails for an address are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientAnswer {
    /// Yes.
    Accept,
    /// There is no such mailbox, and there will be none.
    Unknown,
    /// Not now.
    TryLater,
}

/// What became of a mail for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliverAnswer {
    /// It is stored durably; the client may forget it.
    Stored,
    /// It is not stored; the client keeps it and tries again.
    TryLater,
    /// There is no room for it; the client keeps it and tries again.
    StorageFull,
    /// It will never be stored; the client sends it back.
    Refused,
}
