//! What a new message consists of, or everything that is wrong with it.

use serde::Deserialize;
use utoipa::ToSchema;
use values::Timestamp;
use web::Problem;

use super::addresses::{NewAddress, recipients};
use crate::api::{
    Call, Findings, Time, agent, body_of, choice, invalid, subject, unknown, uploads,
};
use crate::feature::note::{NewNote, concerned};
use crate::feature::reply::{Then, Wanted};
use crate::http::error::HttpError;
use crate::record::body::Body as Text;
use crate::record::draft::Kind;
use crate::record::message::{Mailbox, Recipients};
use crate::record::{AgentId, AttachmentId, MessageId};
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
    /// To whom an external message goes; without anybody, to the requester. An internal note goes as
    /// a mail to those who are named here, and to nobody without them.
    #[serde(default)]
    to: Vec<NewAddress>,
    /// To whom copies of an external message go.
    #[serde(default)]
    cc: Vec<NewAddress>,
    /// To whom copies go that the others do not see.
    #[serde(default)]
    bcc: Vec<NewAddress>,
    /// Whether an internal note may go to people outside of the team.
    #[serde(default)]
    external_recipients: bool,
    /// The subject of an external message; without one, that of the ticket. Of an internal note, what
    /// it is about in a few words; without them, the beginning of its text.
    subject: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    /// The status that the ticket gets with it. Without one, a mail sets what the area says.
    status: Option<String>,
    /// The address that a mail leaves from; without one, that of the mailbox or area.
    sender: Option<String>,
    /// Whether the signature of the token's agent, or else that of the mailbox, stands below a mail to the
    /// customer, as it does without a word.
    signature: Option<bool>,
    /// The message that was stored last among those that were read; a mail is held back with 409 if others
    /// wrote since, or the same agent answered.
    seen: Option<String>,
    /// When it was written; without one, now. An answer that is sent is always written now.
    at: Option<Time>,
    /// Whom it concerns: agents by address, id or name, whether or not they may see the ticket. Without
    /// anybody, its author.
    #[serde(default)]
    concerns: Vec<String>,
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
    concerns: Option<Vec<AgentId>>,
}

/// The message that a body asks for.
pub fn wanted(call: &Call, body: &Body) -> Result<NewMessage, HttpError> {
    let is_sent = match body.visibility {
        Shown::External => body.send != Some(false),
        Shown::Internal => !body.to.is_empty(),
    };
    let mut findings = Findings::default();
    check_fields(body, is_sent, &mut findings);
    let parts = parts(call, body, &mut findings);
    let at = findings.keep(written_at(call, body.at));
    findings.check()?;
    let (Some(parts), Some(at)) = (parts, at) else { return Err(HttpError::Unreadable) };
    Ok(match is_sent {
        true => NewMessage::Sent(Box::new(as_mail(body, parts, at))),
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
    let concerns = findings.keep(concerns(call, &body.concerns, &[], Some(call.actor.agent)));
    let recipients = named.into_iter().collect::<Option<Vec<_>>>()?.concat();
    Some(Parts {
        text: text?,
        subject,
        recipients,
        uploads: uploads?,
        status,
        seen,
        concerns: concerns?,
    })
}

fn as_mail(body: &Body, parts: Parts, at: Timestamp) -> Wanted {
    let is_note = body.visibility == Shown::Internal;
    Wanted {
        kind: if is_note { Kind::Note } else { Kind::Reply },
        channel: if is_note { "api" } else { "mail" },
        body: parts.text,
        pictures: Vec::new(),
        sender: body.sender.clone().unwrap_or_default(),
        recipients: parts.recipients,
        subject: parts.subject.unwrap_or_default(),
        uploads: parts.uploads,
        kept: Vec::new(),
        is_signed: !is_note && body.signature != Some(false),
        then: parts.status.map_or(Then::AsAreaSays, Then::Status),
        seen: parts.seen,
        knows_strangers: !is_note || body.external_recipients,
        draft: None,
        undo_seconds: 0,
        at: body.at.map(|_| at),
        concerns: parts.concerns,
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
        concerns: parts.concerns,
        status: parts.status,
    }
}

/// A field that would be ignored is refused, so that nobody believes it did something.
fn check_fields(body: &Body, is_sent: bool, findings: &mut Findings) {
    let is_note = body.visibility == Shown::Internal;
    if is_note {
        for (field, list) in [("cc", &body.cc), ("bcc", &body.bcc)] {
            if !list.is_empty() {
                findings.refuse(field, "internal", "an internal note has only main recipients");
            }
        }
        if body.send.is_some_and(|send| send != is_sent) {
            findings.refuse("send", "internal", "an internal note goes to those in `to`");
        }
    }
    if body.external_recipients && !(is_note && is_sent) {
        let message = "only for an internal note with recipients";
        findings.refuse("external_recipients", "not_sent", message);
    }
    if body.signature.is_some() && (is_note || !is_sent) {
        findings.refuse("signature", "not_sent", "only for a mail to the customer");
    }
    if is_sent {
        if body.at.is_some() && !is_note {
            findings.refuse("at", "sent_now", "what is sent is written now");
        }
        return;
    }
    for (field, value) in [("sender", &body.sender), ("seen", &body.seen)] {
        if value.is_some() {
            findings.refuse(field, "not_sent", "only for what is sent");
        }
    }
}

/// Agents as a program names them; `None` for the author alone.
pub fn concerns(
    call: &Call,
    texts: &[String],
    before: &[AgentId],
    author: Option<AgentId>,
) -> Result<Option<Vec<AgentId>>, Problem> {
    let mut agents = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        agents.push(agent(&call.directory, &format!("concerns[{place}]"), text)?);
    }
    concerned(&call.directory, &agents, before, author)
        .map_err(|place| unknown(&format!("concerns[{place}]")))
}

/// The moment at which something was written.
pub fn written_at(call: &Call, at: Option<Time>) -> Result<Timestamp, Problem> {
    let Some(Time(at)) = at else { return Ok(call.now) };
    match (FIRST..=call.now).contains(&at) {
        true => Ok(at),
        false => Err(invalid("at", "out_of_range", "a moment since 1990 that is not to come")),
    }
}
