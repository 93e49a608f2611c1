//! The decision about a mail, with the settings of its mailbox and the rules of the house.

use db::{Failure, Result};
use rules::filter::{Header, MailToMatch};
use rules::intake::{Found, Known, MailClass, Ruled, decide_with_rules};
use rules::subject::is_reply;

use super::apply::ApplyMail;
use super::facts::{Gathered, mail_facts, settings};
use super::read::ReadMail;
use super::wanted::empty;
use crate::record::message::Mailbox as Named;
use crate::service::mail_ids::OwnReference;

/// What rules see of a mail, as owned pairs of name and address or type.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    /// `To`.
    pub to: Vec<(String, String)>,
    /// `Cc`.
    pub cc: Vec<(String, String)>,
    /// `Bcc`.
    pub bcc: Vec<(String, String)>,
    /// `Reply-To`.
    pub reply_to: Vec<(String, String)>,
    /// Recipients of the envelope.
    pub envelope_to: Vec<String>,
    /// Attachments.
    pub attachments: Vec<(String, String)>,
}

impl Sides {
    /// What a mail says.
    pub fn of(apply: &ApplyMail<'_>) -> Self {
        let read = apply.read;
        let pairs = |list: &[Named]| -> Vec<(String, String)> {
            list.iter().map(|one| (one.name.clone(), one.email.clone())).collect()
        };
        let bcc = read.mail.bcc.list.iter().map(|one| {
            let address = one.address.as_ref().map_or(one.raw.clone(), ToString::to_string);
            (one.name.clone().unwrap_or_default(), address)
        });
        let files = read.files.iter().filter(|file| !file.inline);
        let envelope = apply.waiting.envelope_to.as_deref().unwrap_or_default();
        Self {
            to: pairs(&read.recipients.to),
            cc: pairs(&read.recipients.cc),
            bcc: bcc.collect(),
            reply_to: pairs(&read.recipients.reply_to),
            envelope_to: envelope
                .split(' ')
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
            attachments: files.map(|file| (file.name.clone(), file.media_type.clone())).collect(),
        }
    }
}

/// The decision.
pub fn decide(apply: &ApplyMail<'_>, gathered: &Gathered) -> Result<Ruled> {
    let rules = match apply.waiting.archive {
        true => &[],
        false => apply.directory.ready_rules.as_slice(),
    };
    let (mail, known) = (mail_facts(apply), &gathered.known);
    let settings = settings(apply.mailbox, apply.waiting.archive);
    let empty = empty(apply, gathered.contact.as_ref());
    if rules.is_empty() {
        let view = MailToMatch::default();
        return decide_with_rules(&mail, known, &settings, rules, &view, &empty).map_err(unread);
    }
    let (sides, text, headers) = (Sides::of(apply), text(apply.read), headers(apply.read));
    let author = apply.read.author();
    let view = MailToMatch {
        text: Some(&text),
        words: Some(apply.read.document.tokens()),
        headers: Some(&headers),
        ..view(apply, gathered, &sides, &author)
    };
    decide_with_rules(&mail, known, &settings, rules, &view, &empty).map_err(unread)
}

fn unread(_: rules::filter::Needs) -> Failure {
    Failure::other("a rule asked for a part of the mail that was not read")
}

/// What rules see, but for the text and the header.
fn view<'a>(
    apply: &'a ApplyMail<'_>,
    gathered: &Gathered,
    sides: &'a Sides,
    author: &'a str,
) -> MailToMatch<'a> {
    let read = apply.read;
    MailToMatch {
        from: (author, read.from().map(values::EmailAddress::as_str).unwrap_or_default()),
        to: &sides.to,
        cc: &sides.cc,
        bcc: &sides.bcc,
        reply_to: &sides.reply_to,
        envelope_to: &sides.envelope_to,
        subject: &read.mail.subject,
        attachments: &sides.attachments,
        size_bytes: u64::try_from(apply.waiting.size_bytes).unwrap_or_default(),
        class: Some(read.class),
        mailbox: apply.mailbox.id.number(),
        company: gathered.contact.as_ref().and_then(|one| one.company).map(|id| id.number()),
        is_known: gathered.contact.is_some(),
        is_answer: is_answer(read),
        is_forwarded: read.has_forwarded_headers,
        is_started_here: is_started_here(read),
        names_ticket: names_ticket(&gathered.known),
        was_seen: apply.waiting.was_seen,
        was_answered: apply.waiting.was_answered,
        ..MailToMatch::default()
    }
}

/// Whether it refers to another mail, or says that it answers one.
pub fn is_answer(read: &ReadMail) -> bool {
    read.class != MailClass::List && (!read.references.is_empty() || is_reply(&read.mail.subject))
}

/// Whether a mail of ours is the first of the conversation. The anchor of a ticket is no mail.
pub fn is_started_here(read: &ReadMail) -> bool {
    let ids = read.mail.references.iter().chain(&read.mail.in_reply_to);
    let own = |id: &String| {
        let referred = read.references.iter().find(|one| one.message_id == *id);
        referred.and_then(|one| one.own.clone())
    };
    let is_anchor = |id: &&String| matches!(own(id), Some(OwnReference::Ticket(_)));
    let first = ids.into_iter().find(|id| !is_anchor(id));
    first.is_some_and(|id| own(id) == Some(OwnReference::Message))
}

/// Whether the subject names a ticket that is there.
pub fn names_ticket(known: &Known) -> bool {
    let is_named = |found: &Found| matches!(found, Found::SubjectNumber(_));
    known.tickets.iter().any(|ticket| ticket.found.iter().any(is_named))
}

fn text(read: &ReadMail) -> String {
    read.segments.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn headers(read: &ReadMail) -> Vec<Header> {
    let fields = read.mail.headers.iter();
    fields.map(|one| Header { name: one.name.clone(), value: one.value.clone() }).collect()
}
