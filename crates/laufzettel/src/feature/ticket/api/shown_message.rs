//! A message as the API shows it.

use mail::clean::{CLEANER_VERSION, ImageSource, address_images, clean};
use rules::subject::short_description;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::store::{Picture, SegmentHtml};
use crate::api::Time;
use crate::record::message::{File, Mailbox, Message, Segment};

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub struct ShownMessage {
    /// The message.
    pub id: String,
    /// `internal` or `external`.
    pub visibility: String,
    /// `in`, `out`, or `null` for an internal one.
    pub direction: Option<String>,
    /// `mail`, `web`, `phone`, `api` or `system`.
    pub channel: String,
    /// Who wrote it.
    pub author: Author,
    /// From which address it came; `null` for an internal one.
    pub from: Option<Address>,
    /// The main recipients.
    pub to: Vec<Address>,
    /// Copies.
    pub cc: Vec<Address>,
    /// Copies that the others did not see.
    pub bcc: Vec<Address>,
    /// When it was written.
    pub at: Time,
    /// When it was stored: a mail may come long after it was written.
    pub created_at: Time,
    /// The subject; of an internal message without one, the beginning of its text.
    pub subject: String,
    /// The whole body as text.
    pub body_text: String,
    /// The whole body as cleaned HTML, if it was written as HTML. Pictures inside it have addresses
    /// of this API; those of other servers are left out.
    pub body_html: Option<String>,
    /// The parts of the body.
    pub segments: Vec<ShownSegment>,
    /// Ids of the agents whom it concerns: its author, unless somebody said otherwise.
    pub concerns: Vec<String>,
    /// When it was last changed after it was written.
    pub corrected_at: Option<Time>,
    /// The files.
    pub attachments: Vec<ShownFile>,
    /// The journal entry it came with.
    pub mail_id: Option<String>,
    /// Where the mail stands as which it leaves; `null` for a message that is no mail of ours.
    pub delivery: Option<Delivery>,
    /// Why it is in this ticket: clue, detail and weight of each piece of evidence.
    #[schema(value_type = Vec<serde_json::Value>)]
    pub evidence: Value,
    /// What is odd about its mail.
    pub oddities: Vec<String>,
}

/// Where a mail that leaves stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// `queued`, `sending`, `dot`, `uncertain`, `deferred`, `sent`, `failed`, `bounced`,
    /// `unconfirmed` or `cancelled`.
    pub state: String,
    /// What the server said last.
    pub detail: Option<String>,
    /// The mail in the outbox.
    pub mail_id: String,
    /// Whether it may have arrived twice.
    pub perhaps_twice: bool,
    /// The addresses that it did not reach, as far as that is known.
    pub missed: Vec<String>,
}

/// Who wrote a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The address.
    pub email: Option<String>,
    /// The agent who wrote it, or who wrote it down for somebody.
    pub agent: Option<String>,
}

/// A name with an address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Address {
    /// The name, or an empty text.
    pub name: String,
    /// The address.
    pub email: String,
}

/// A part of a body.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Segment)]
pub struct ShownSegment {
    /// `new`, `quote`, `signature` or `disclaimer`.
    pub kind: String,
    /// The text.
    pub text: String,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attachment)]
pub struct ShownFile {
    /// The attachment; its bytes are at `/api/v1/attachments/` and this id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The size in bytes.
    pub size_bytes: i64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Whether it is a picture inside the text.
    pub inline: bool,
}

impl ShownMessage {
    /// Shows a message with its HTML.
    pub fn of(message: &Message, html: &[SegmentHtml], pictures: &[Picture]) -> Self {
        let segments = message.segments();
        let recipients = message.recipients();
        let external = message.visibility == "external";
        let from = message.author_email.as_ref().filter(|_| external);
        Self {
            id: message.id.to_string(),
            visibility: message.visibility.clone(),
            direction: message.direction.clone(),
            channel: message.channel.clone(),
            author: Author {
                name: message.author_name.clone(),
                email: message.author_email.clone(),
                agent: message.agent.map(|agent| agent.to_string()),
            },
            from: from
                .map(|email| Address { name: message.author_name.clone(), email: email.clone() }),
            to: recipients.to.into_iter().map(address).collect(),
            cc: recipients.cc.into_iter().map(address).collect(),
            bcc: recipients.bcc.into_iter().map(address).collect(),
            at: Time(message.at),
            created_at: Time(message.created_at),
            subject: subject(message, &segments),
            body_text: text(&segments),
            body_html: body_html(message, &segments, html, pictures),
            segments: segments.into_iter().map(segment).collect(),
            concerns: message.concerns().iter().map(ToString::to_string).collect(),
            corrected_at: message.corrected_at.map(Time),
            attachments: message.files().into_iter().map(file).collect(),
            mail_id: message.mail.map(|mail| mail.to_string()),
            delivery: delivery(message),
            evidence: parsed(message.evidence.as_deref()),
            oddities: message.oddities(),
        }
    }
}

/// The subject; of an internal message that has none, the beginning of its text (F-ACT-08).
fn subject(message: &Message, segments: &[Segment]) -> String {
    if message.visibility == "external" {
        return message.subject.clone();
    }
    let text = segments.first().map(|segment| segment.text.as_str()).unwrap_or_default();
    short_description(&message.subject, text)
}

fn delivery(message: &Message) -> Option<Delivery> {
    let missed = message.missed.as_deref().unwrap_or_default();
    Some(Delivery {
        state: message.delivery.clone()?,
        detail: message.delivery_words.clone().filter(|words| !words.is_empty()),
        mail_id: message.outbound?.to_string(),
        perhaps_twice: message.perhaps_twice.unwrap_or_default(),
        missed: missed.split(", ").filter(|one| !one.is_empty()).map(str::to_owned).collect(),
    })
}

fn address(mailbox: Mailbox) -> Address {
    Address { name: mailbox.name, email: mailbox.email }
}

fn segment(segment: Segment) -> ShownSegment {
    ShownSegment { kind: segment.kind, text: segment.text }
}

fn file(file: File) -> ShownFile {
    ShownFile {
        id: file.id.to_string(),
        name: file.name,
        media_type: file.media_type,
        size_bytes: file.size_bytes,
        sha256: file.sha256,
        inline: file.inline,
    }
}

fn parsed(json: Option<&str>) -> Value {
    let list = json.and_then(|json| serde_json::from_str(json).ok());
    list.unwrap_or_else(|| Value::Array(Vec::new()))
}

/// The texts of all segments, each beginning on a line of its own.
fn text(segments: &[Segment]) -> String {
    let mut text = String::new();
    for segment in segments {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&segment.text);
    }
    text
}

/// The HTML of all segments. What an older cleaner made is cleaned again.
fn body_html(
    message: &Message,
    segments: &[Segment],
    html: &[SegmentHtml],
    pictures: &[Picture],
) -> Option<String> {
    if !segments.iter().any(|segment| segment.html) {
        return None;
    }
    let own = html.iter().filter(|part| part.message == message.id);
    let cleaned: String = own
        .map(|part| match part.cleaner < i64::from(CLEANER_VERSION) {
            true => clean(&part.html).html,
            false => part.html.clone().into(),
        })
        .collect();
    let is_meant =
        |picture: &&Picture, id: &str| picture.message == message.id && picture.content_id == id;
    Some(address_images(&cleaned, |source| match source {
        ImageSource::Inline(id) => pictures
            .iter()
            .find(|picture| is_meant(picture, &id))
            .map(|picture| format!("/api/v1/attachments/{}", picture.id)),
        ImageSource::Remote(_) => None,
    }))
}
