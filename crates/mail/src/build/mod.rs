//! Building mails: what is to be said becomes the octets that travel.
//!
//! Always a mail that needs no extension of a server (7 bits, lines of at most 998 octets), whatever
//! the texts contain: what cannot stand in a header is left out of it, never refused. The same input
//! gives the same octets. Envelopes, signatures and sending are others' business.

mod clean_text;
mod file_name;
mod header;
mod part;
mod text;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;
use values::hex;

use crate::build::part::{attachment_part, image_part, is_inline, text_part};

pub use text::text_of_html;

/// A person or a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The name beside the address; empty if there is none.
    pub name: &'a str,
    /// The address, `local@domain`.
    pub address: &'a str,
}

/// A file of the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What the file is called; a path before the name is left out.
    pub name: &'a str,
    /// `type/subtype`; parameters are left out.
    pub media_type: &'a str,
    /// The octets of the file.
    pub bytes: &'a [u8],
    /// Without angle brackets. `Some` is an inline image that the HTML shows by `cid:`; in a mail
    /// without HTML it is a file like others.
    pub content_id: Option<&'a str>,
}

/// Why a program and not a person sends the mail (RFC 3834 section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoSubmitted {
    /// Without a mail as its cause: a reminder, a digest.
    Generated,
    /// Because a mail came in: a confirmation of receipt.
    Replied,
}

/// A mail to be sent. Its recipients in secret are in no header, so they are not here.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// Who sends it.
    pub from: Address<'a>,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address<'a>>,
    /// Whom it is addressed to; may be empty.
    pub to: &'a [Address<'a>],
    /// Who gets a copy that all see.
    pub cc: &'a [Address<'a>],
    /// The subject, decoded.
    pub subject: &'a str,
    /// The moment that `Date` names, in milliseconds since 1970.
    pub at_millis: i64,
    /// How far the sender's clock is ahead of UTC; `Date` has whole minutes of it.
    pub offset_seconds: i32,
    /// The id of the mail, without angle brackets, like the following ones.
    pub message_id: &'a str,
    /// The mail that it answers.
    pub in_reply_to: Option<&'a str>,
    /// The mails before it, oldest first. Of a long list the first and the last ones are named.
    pub references: &'a [String],
    /// Random octets, from which all boundaries are made.
    pub boundary_seed: [u8; 16],
    /// The text. If it is blank and there is HTML, the text is made of that.
    pub text: &'a str,
    /// The same as HTML.
    pub html: Option<&'a str>,
    /// Files and inline images.
    pub parts: &'a [Part<'a>],
    /// Set for automatic mails, which ask not to be answered by programs.
    pub auto_submitted: Option<AutoSubmitted>,
    /// Further header fields. A name that is none, and a field that is written otherwise or that
    /// servers write, is left out.
    pub headers: &'a [(&'a str, &'a str)],
}

/// The octets of a mail (RFC 5322, RFC 2045 to 2047, RFC 2231).
pub fn build(mail: &Outgoing<'_>) -> Vec<u8> {
    let boundaries = Boundaries::of(mail);
    let mut message = MessageBuilder::new().body(body(mail, &boundaries));
    message.headers = header::fields(mail);
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    bytes
}

/// `mixed(alternative(text, related(html, images)), files)`, each layer only if it is needed.
fn body<'a>(mail: &Outgoing<'a>, boundaries: &Boundaries) -> MimePart<'a> {
    let (images, files): (Vec<&Part<'a>>, Vec<&Part<'a>>) =
        mail.parts.iter().partition(|part| mail.html.is_some() && is_inline(part));
    let text = match mail.html {
        Some(html) if mail.text.trim().is_empty() => Cow::Owned(text_of_html(html)),
        _ => Cow::Borrowed(mail.text),
    };
    let mut body = text_part("text/plain", &text);
    if let Some(html) = mail.html {
        let mut shown = text_part("text/html", html);
        if !images.is_empty() {
            let mut parts = vec![shown];
            parts.extend(images.into_iter().map(image_part));
            // RFC 2387 section 3.1 asks for the type of the part that is shown.
            let related = boundaries.content_type("related").attribute("type", "text/html");
            shown = MimePart::new(related, parts);
        }
        body = MimePart::new(boundaries.content_type("alternative"), vec![body, shown]);
    }
    if files.is_empty() {
        return body;
    }
    let mut parts = vec![body];
    parts.extend(files.into_iter().map(attachment_part));
    MimePart::new(boundaries.content_type("mixed"), parts)
}

/// The lines between the parts.
struct Boundaries(String);

impl Boundaries {
    /// Octets that occur in no part: quoted-printable and base64 never hold `=_`, and what is sent
    /// as it stands is searched.
    fn of(mail: &Outgoing<'_>) -> Self {
        let seed = hex(&mail.boundary_seed);
        let plain = [mail.text.as_bytes(), mail.html.unwrap_or_default().as_bytes()];
        let texts: Vec<&[u8]> =
            plain.into_iter().chain(mail.parts.iter().map(|part| part.bytes)).collect();
        let occurs = |stem: &str| {
            texts.iter().any(|text| memchr::memmem::find(text, stem.as_bytes()).is_some())
        };
        let mut stem = format!("=_{seed}");
        while occurs(&stem) {
            stem.push('_');
        }
        Self(stem)
    }

    fn content_type<'a>(&self, subtype: &str) -> ContentType<'a> {
        let boundary = format!("{}.{subtype}", self.0);
        ContentType::new(format!("multipart/{subtype}")).attribute("boundary", boundary)
    }
}
