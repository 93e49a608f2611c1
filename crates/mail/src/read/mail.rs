//! A mail as read.

use values::Timestamp;

use crate::read::address::{NamedAddress, Recipients};
use crate::read::attachment::Attachment;
use crate::read::oddity::{Oddity, OddityCode};
use crate::read::transfer::Encoding;

/// A mail as far as it could be read. Every list is bounded; what was left out is in
/// [`Mail::oddities`].
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// `Message-ID` without angle brackets.
    pub message_id: Option<String>,
    /// Message ids of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// Message ids of `References`, oldest first. Of a very long list the first and the last ones.
    pub references: Vec<String>,
    /// The first address of `From`.
    pub from: Option<NamedAddress>,
    /// `Sender`.
    pub sender: Option<NamedAddress>,
    /// `Reply-To`.
    pub reply_to: Recipients,
    /// `To`.
    pub to: Recipients,
    /// `Cc`.
    pub cc: Recipients,
    /// `Bcc`.
    pub bcc: Recipients,
    /// `Subject`, decoded, on one line; empty if there is none.
    pub subject: String,
    /// `Date`, whatever year it names.
    pub date: Option<Timestamp>,
    /// `Date` as written.
    pub date_raw: Option<String>,
    /// When the last server that wrote a `Received` field took the mail.
    pub received_at: Option<Timestamp>,
    /// `Return-Path`, which the last server writes.
    pub return_path: ReturnPath,
    /// Header fields in their order, decoded.
    pub headers: Vec<HeaderField>,
    /// The text, lines ended by LF, if the mail has a plain text part.
    pub text: Option<String>,
    /// The HTML as sent: hostile until it went through [`crate::clean::clean`].
    pub html: Option<String>,
    /// All parts, a multipart before what it contains.
    pub parts: Vec<Part>,
    /// Parts that are not shown as text.
    pub attachments: Vec<Attachment>,
    /// What is odd about the mail.
    pub oddities: Vec<Oddity>,
    /// SHA-256 over sender, date, subject, message id and the sorted hashes of the parts, without
    /// trace headers: the same mail on two ways has the same.
    pub fingerprint: [u8; 32],
}

/// Who is told when the mail cannot be delivered (RFC 5321 section 4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReturnPath {
    /// No such field.
    #[default]
    Missing,
    /// `<>`: nobody; the mail is a report or an automatic answer.
    Null,
    /// An address, as written, without angle brackets.
    Address(String),
}

/// One header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// The name as written.
    pub name: String,
    /// The value on one line, encoded words decoded.
    pub value: String,
}

/// One part of the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Numbers of the parts from the outside in, like `1.2`; empty for the outermost multipart.
    pub path: String,
    /// `type/subtype`, lower case.
    pub media_type: String,
    /// Whether it contains other parts.
    pub is_multipart: bool,
    /// How its bytes are encoded.
    pub encoding: Encoding,
    /// Size of the encoded bytes.
    pub encoded_bytes: usize,
}

impl Mail {
    /// The value of the first listed header field with this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let field = self.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
        field.map(|field| field.value.as_str())
    }

    /// The values of all listed header fields with this name.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let fields = self.headers.iter().filter(move |field| field.name.eq_ignore_ascii_case(name));
        fields.map(|field| field.value.as_str())
    }

    /// Whether something of this kind is odd.
    pub fn is_odd(&self, code: OddityCode) -> bool {
        self.oddities.iter().any(|oddity| oddity.code == code)
    }
}
