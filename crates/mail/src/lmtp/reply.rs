//! What the listener says (RFC 5321 section 4.2, enhanced codes of RFC 3463).

use smtp_proto::Error;

use super::data::Kept;
use super::types::{DeliverAnswer, RecipientAnswer};

pub(super) const OK: &str = "250 2.0.0 OK";
pub(super) const SENDER_OK: &str = "250 2.1.0 Sender OK";
pub(super) const GO_AHEAD: &str = "354 End with CR LF . CR LF";
pub(super) const BYE: &str = "221 2.0.0 Bye";
pub(super) const CANNOT_VERIFY: &str = "252 2.1.5 Cannot verify, send it and see";
pub(super) const HELP: &str = "214 2.0.0 RFC 2033, RFC 5321";
pub(super) const SHUTTING_DOWN: &str = "421 4.3.2 Shutting down";
pub(super) const TOO_MANY_CONNECTIONS: &str = "421 4.3.2 Too many connections";
pub(super) const TOO_MANY_ERRORS: &str = "421 4.7.0 Too many errors";
pub(super) const TIMED_OUT: &str = "421 4.4.2 Time-out";
pub(super) const TOO_MANY_RECIPIENTS: &str = "452 4.5.3 Too many recipients";
pub(super) const LINE_TOO_LONG: &str = "500 5.5.6 Line too long";
pub(super) const BAD_LINE: &str = "500 5.5.2 A line ends with CR LF and has no control characters";
pub(super) const UNKNOWN: &str = "500 5.5.1 Unknown command";
pub(super) const SAY_LHLO: &str = "500 5.5.1 This is LMTP, say LHLO";
pub(super) const SAY_EHLO: &str = "500 5.5.1 This is SMTP, say EHLO";
pub(super) const NOT_OFFERED: &str = "502 5.5.1 Not offered";
pub(super) const HELLO_FIRST: &str = "503 5.5.1 Greet first";
pub(super) const SENDER_TWICE: &str = "503 5.5.1 There is a sender already";
pub(super) const SENDER_FIRST: &str = "503 5.5.1 Name the sender first";
pub(super) const NO_RECIPIENT: &str = "503 5.5.1 No recipient was accepted";
pub(super) const BAD_RECIPIENT: &str = "501 5.1.3 Not an address";
pub(super) const TOO_LARGE: &str = "552 5.3.4 The mail is too large";
pub(super) const PARAMETER: &str = "555 5.5.4 Parameter not offered";

/// A command that could not be read.
pub(super) fn unreadable(error: &Error) -> String {
    match error {
        Error::UnknownCommand => UNKNOWN.to_owned(),
        Error::InvalidSenderAddress => "501 5.1.7 Not an address".to_owned(),
        Error::InvalidRecipientAddress => BAD_RECIPIENT.to_owned(),
        Error::UnsupportedParameter { .. } => PARAMETER.to_owned(),
        Error::InvalidParameter { param } => format!("501 5.5.4 Wrong parameter {param}"),
        Error::SyntaxError { syntax } => format!("501 5.5.2 Say {syntax}"),
        _ => "500 5.5.2 Not understood".to_owned(),
    }
}

pub(super) fn recipient(answer: RecipientAnswer) -> &'static str {
    match answer {
        RecipientAnswer::Accept => "250 2.1.5 Recipient OK",
        RecipientAnswer::Unknown => "550 5.1.1 No such mailbox",
        RecipientAnswer::TryLater => "452 4.3.0 Try again later",
    }
}

pub(super) fn delivery(answer: DeliverAnswer) -> &'static str {
    match answer {
        DeliverAnswer::Stored => "250 2.0.0 Stored",
        DeliverAnswer::TryLater => "451 4.3.0 Not stored, try again later",
        // RFC 5321 section 4.5.3.1.10, and RFC 3463 section 3.4: the mail system is full.
        DeliverAnswer::StorageFull => "452 4.3.1 No room to store it, try again later",
        DeliverAnswer::Refused => "554 5.6.0 Refused",
    }
}

pub(super) fn not_kept(kept: Kept) -> &'static str {
    match kept {
        Kept::TooLarge => TOO_LARGE,
        Kept::All | Kept::NoMemory => "452 4.3.1 No memory, try again later",
    }
}
