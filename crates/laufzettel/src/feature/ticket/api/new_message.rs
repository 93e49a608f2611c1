//! What a new message consists of, or everything that is wrong with it.

use serde::Deserialize;
use utoipa::ToSchema;
use values::Timestamp;
use web::Problem;

use super::addresses::{NewAddress, recipients};
use crate::api::{Call, Findings, Time, body_of, choice, invalid, subject, unknown, uploads};
use crate::feature::note::NewNote;
use crate::feature::reply::{Then, Wanted};
use crate::http::error::HttpError;
use crate::record::body::Body as Text;
use crate::record::draft::Kind;
use crate::record::message::{Mailbox, Recipients};
use crate::record::{AttachmentId, MessageId};
use crate::service::outbox::{Field, Recipient};
use crate::service::search::Visibility;

/// 1990-01-01: messages are not older.
const FIRST: Timestamp = Timestamp::from_millis(631_152_000_000);

/// A new message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMessage)]
pub struct Body {
    /// Who may see it.
    visibility: Shown,
    /// The body as text; either this or `body_html`.
    body_text: Option<String>,
    /// The body as HTML, which is cleaned like that of a mail.
    body_html: Option<String>,
    /// Whether an external message leaves as a mail, as it does without a word. With `false` it was
    /// given elsewhere.
    send: Option<bool>,
    /// To whom an external message goes; without anybody, to the requester.
    #[serde(default)]
    to: Vec<NewAddress>,
    /// To whom copies of an external message go.
    #[serde(default)]
    cc: Vec<NewAddress>,
    /// To whom copies go that the others do not see.
    #[serde(default)]
    bcc: Vec<NewAddress>,
    /// The subject of an external message; without one, that of the ticket.
    subject: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    /// The status that the ticket gets with it. Without one, a mail sets what the area says.
    status: Option<String>,
    /// The address that a mail leaves from; without one, that of the mailbox or area.
    sender: Option<String>,
    /// The message that was stored last among those that were read; a mail is held back with 409 if others
    /// wrote since, or the same agent answered.
    seen: Option<String>,
    /// When it was written; without one, now. A mail is always written now.
    at: Option<Time>,
}

/// Who may see a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Visibility)]
enum Shown {
    /// The team.
    Internal,
    /// The customer, too.
    External,
}

/// What becomes of a new message.
pub enum NewMessage {
    /// It is written down.
    Kept(Box<NewNote>),
    /// It leaves as a mail.
    Sent(Box<Wanted>),
}

/// What is needed of both.
struct Parts {
    text: Text,
    subject: Option<String>,
    recipients: Vec<Recipient>,
    uploads: Vec<AttachmentId>,
    status: Option<i64>,
    seen: Option<MessageId>,
}

/// The message that a body asks for.
pub fn wanted(call: &Call, body: &Body) -> Result<NewMessage, HttpError> {
    let is_sent = body.visibility == Shown::External && body.send != Some(false);
    let mut findings = Findings::default();
    check_fields(body, is_sent, &mut findings);
    let parts = parts(call, body, &mut findings);
    let at = findings.keep(written_at(call, body.at));
    findings.check()?;
    let (Some(parts), Some(at)) = (parts, at) else { return Err(HttpError::Unreadable) };
    Ok(match is_sent {
        true => NewMessage::Sent(Box::new(as_mail(body, parts))),
        false => NewMessage::Kept(Box::new(as_note(body, parts, at))),
    })
}

fn parts(call: &Call, body: &Body, findings: &mut Findings) -> Option<Parts> {
    let text = findings.keep(body_of(body.body_text.as_deref(), body.body_html.as_deref()));
    let fields = [(Field::To, &body.to), (Field::Cc, &body.cc), (Field::Bcc, &body.bcc)];
    let named: Vec<Option<Vec<Recipient>>> =
        fields.map(|(field, list)| findings.keep(recipients(field, list))).into();
    let uploads = findings.keep(uploads(&body.attachments));
    let subject = body.subject.as_deref().map(|text| subject("subject", text));
    let subject = findings.keep(subject.transpose()).flatten();
    let status = choice(&call.directory.statuses, "status", body.status.as_deref());
    let status = findings.keep(status).flatten();
    let seen = body.seen.as_deref().map(|id| MessageId::parse(id).ok_or_else(|| unknown("seen")));
    let seen = findings.keep(seen.transpose()).flatten();
    let recipients = named.into_iter().collect::<Option<Vec<_>>>()?.concat();
    Some(Parts { text: text?, subject, recipients, uploads: uploads?, status, seen })
}

fn as_mail(body: &Body, parts: Parts) -> Wanted {
    Wanted {
        kind: Kind::Reply,
        body: parts.text,
        pictures: Vec::new(),
        sender: body.sender.clone().unwrap_or_default(),
        recipients: parts.recipients,
        subject: parts.subject.unwrap_or_default(),
        uploads: parts.uploads,
        kept: Vec::new(),
        is_signed: false,
        then: parts.status.map_or(Then::AsAreaSays, Then::Status),
        seen: parts.seen,
        knows_strangers: true,
        draft: None,
        undo_seconds: 0,
    }
}

fn as_note(body: &Body, parts: Parts, at: Timestamp) -> NewNote {
    let of = |field: Field| -> Vec<Mailbox> {
        let of_field = parts.recipients.iter().filter(|one| one.field == field);
        let mailbox =
            |one: &Recipient| Mailbox { name: one.name.clone(), email: one.address.to_string() };
        of_field.map(mailbox).collect()
    };
    let (to, cc, bcc) = (of(Field::To), of(Field::Cc), of(Field::Bcc));
    NewNote {
        visibility: match body.visibility {
            Shown::Internal => Visibility::Internal,
            Shown::External => Visibility::External,
        },
        channel: "api",
        body: parts.text,
        subject: parts.subject,
        recipients: Recipients { to, cc, bcc, ..Recipients::default() },
        uploads: parts.uploads,
        at,
        status: parts.status,
    }
}

/// A field that would be ignored is refused, so that nobody believes it did something.
fn check_fields(body: &Body, is_sent: bool, findings: &mut Findings) {
    if is_sent {
        if body.at.is_some() {
            findings.refuse("at", "sent_now", "what is sent is written now");
        }
        return;
    }
    if body.visibility == Shown::Internal {
        if body.send == Some(true) {
            findings.refuse("send", "internal", "an internal note is not sent");
        }
        for (field, list) in [("to", &body.to), ("cc", &body.cc), ("bcc", &body.bcc)] {
            if !list.is_empty() {
                findings.refuse(field, "internal", "an internal note has no recipients");
            }
        }
    }
    for (field, value) in [("sender", &body.sender), ("seen", &body.seen)] {
        if value.is_some() {
            findings.refuse(field, "not_sent", "only for what is sent");
        }
    }
}

fn written_at(call: &Call, at: Option<Time>) -> Result<Timestamp, Problem> {
    let Some(Time(at)) = at else { return Ok(call.now) };
    match (FIRST..=call.now).contains(&at) {
        true => Ok(at),
        false => Err(invalid("at", "out_of_range", "a moment since 1990 that is not to come")),
    }
}
