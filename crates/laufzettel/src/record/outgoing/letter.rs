//! The bytes of a mail about a ticket, with its names for threading (F-OUT-05 to F-OUT-07).

use jiff::tz::TimeZone;
use mail::build::{Address, AutoSubmitted, Outgoing, Part, build as build_mail};
use rules::subject::with_tag;
use values::{EmailAddress, Timestamp};

use super::content::Written;
use super::sender::{From, mailbox};
use super::thread::Thread;
use crate::record::AreaId;
use crate::record::directory::Directory;
use crate::service::blobs::{Blobs, Prepared};
use crate::service::keys::Keys;
use crate::service::mail_ids;
use crate::service::outbox::{Field, Recipient};

/// What a mail is made of.
pub struct Letter<'a> {
    /// The keys.
    pub keys: &'a Keys,
    /// The large blobs.
    pub blobs: &'a Blobs,
    /// The lists.
    pub directory: &'a Directory,
    /// Number, public id and area of the ticket.
    pub ticket: (&'a str, &'a str, AreaId),
    /// The conversation so far.
    pub thread: &'a Thread,
    /// As whom it leaves.
    pub from: &'a From,
    /// Who gets it.
    pub recipients: &'a [Recipient],
    /// The subject without the number.
    pub subject: &'a str,
    /// What stands in it.
    pub written: &'a Written,
    /// Files and pictures.
    pub parts: &'a [Part<'a>],
    /// Whether nobody wrote it by hand, and why it is sent then.
    pub auto_submitted: Option<AutoSubmitted>,
    /// Whether it answers the mails before it; a forwarded mail begins a thread of its own.
    pub is_answer: bool,
    /// Who gets the answers to it, if that is not a mailbox of ours: what is answered to a note must not
    /// become a message of the customer's conversation.
    pub answers_to: Option<&'a str>,
    /// The moment in its head.
    pub at: Timestamp,
    /// The zone of that moment.
    pub zone: &'a TimeZone,
    /// Random octets: 16 for the Message-ID, 16 for the boundaries.
    pub random: [u8; 32],
}

/// A mail that is ready for the outbox.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its Message-ID without angle brackets.
    pub message_id: String,
    /// The ticket's anchor, which stands first in its references.
    pub anchor: String,
    /// The subject with the number.
    pub subject: String,
    /// The return path.
    pub envelope_from: String,
    /// Its bytes.
    pub raw: Prepared,
    /// Its octets, counted.
    pub size_bytes: usize,
}

/// Builds the mail.
pub fn build(letter: &Letter<'_>) -> db::Result<Ready> {
    let (number, public_id, area) = letter.ticket;
    let domain = letter.from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let (for_id, seed) = halves(letter.random);
    let message_id = mail_ids::message_id(letter.keys, for_id, domain);
    let anchor = mail_ids::anchor(letter.keys, public_id, domain);
    let mut references = vec![anchor.clone()];
    if letter.is_answer {
        references.extend(letter.thread.references.iter().cloned());
    }
    let in_reply_to = letter.is_answer.then(|| letter.thread.references.last()).flatten();
    let subject = with_tag(letter.subject, number);
    let back = Back::of(letter, public_id, area);
    let offset = letter
        .zone
        .to_offset(jiff::Timestamp::from_millisecond(letter.at.millis()).unwrap_or_default());
    let in_field = |field| -> Vec<Address<'_>> {
        let of_field = letter.recipients.iter().filter(|recipient| recipient.field == field);
        of_field.map(|one| Address { name: &one.name, address: one.address.as_str() }).collect()
    };
    let mark = mail_ids::loop_mark(letter.keys, &message_id);
    let marked = [(mail_ids::LOOP_HEADER, mark.as_str())];
    let bytes = build_mail(&Outgoing {
        from: Address { name: &letter.from.name, address: &letter.from.address },
        reply_to: match letter.answers_to {
            Some(address) => Some(Address { name: "", address }),
            None => (back.reply_to.as_deref())
                .map(|address| Address { name: &letter.from.name, address }),
        },
        to: &in_field(Field::To),
        cc: &in_field(Field::Cc),
        subject: &subject,
        at_millis: letter.at.millis(),
        offset_seconds: offset.seconds(),
        message_id: &message_id,
        in_reply_to: in_reply_to.map(String::as_str),
        references: &references,
        boundary_seed: seed,
        text: &letter.written.text,
        html: letter.written.html.as_deref(),
        parts: letter.parts,
        auto_submitted: letter.auto_submitted,
        headers: if letter.auto_submitted.is_some() { &marked } else { &[] },
    });
    Ok(Ready {
        message_id,
        anchor,
        subject,
        envelope_from: if letter.auto_submitted.is_some() { String::new() } else { back.path },
        raw: letter.blobs.prepare(&bytes)?,
        size_bytes: bytes.len(),
    })
}

fn halves(random: [u8; 32]) -> ([u8; 16], [u8; 16]) {
    let half =
        |from: usize| std::array::from_fn(|place| random.get(from + place).copied().unwrap_or(0));
    (half(0), half(16))
}

/// Where answers and reports come back to.
struct Back {
    reply_to: Option<String>,
    path: String,
}

impl Back {
    /// Answers shall come to a mailbox of ours; with the ticket in the address where the mailbox
    /// says that its server knows such addresses (decision 16).
    fn of(letter: &Letter<'_>, public_id: &str, area: AreaId) -> Self {
        let from = &letter.from.address;
        let is_mailbox = |address: &EmailAddress| address.as_str() == from.as_str();
        let comes_back =
            letter.directory.mailboxes.iter().any(|one| one.addresses().iter().any(is_mailbox));
        let mailbox = mailbox(letter.directory, area, &letter.thread.origin);
        let main = mailbox.and_then(|mailbox| mailbox.addresses().into_iter().next());
        match (mailbox, main) {
            (Some(mailbox), Some(main)) if mailbox.plus_addressing => {
                let with_ticket = mail_ids::reply_address(letter.keys, public_id, &main);
                Self { reply_to: Some(with_ticket.clone()), path: with_ticket }
            }
            (_, Some(main)) if !comes_back => {
                Self { reply_to: Some(main.to_string()), path: from.clone() }
            }
            _ => Self { reply_to: None, path: from.clone() },
        }
    }
}
