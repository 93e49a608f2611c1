//! Messages: what a conversation consists of.
//!
//! Segments, recipients and the list of attachments stand in the message's row as JSON, so that a
//! conversation of any length is one statement. HTML of segments is kept apart, because the page
//! prints only text and a frame loads the HTML.

use db::{Result, Tx, View, from_row, params, sql};
use rules::sending::MailState;
use serde::{Deserialize, Serialize};
use values::Timestamp;

use super::packed::{Packed, pack};
use super::{AgentId, MailId, MessageId, OutboundId, RegroupingId, TicketId};

/// A part of a message's body: new text, a quote, a signature, a disclaimer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// `new`, `quote`, `signature` or `disclaimer`.
    pub kind: String,
    /// The text.
    pub text: String,
    /// Whether `message_html` holds it as HTML.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub html: bool,
}

/// To whom a message went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipients {
    /// The main recipients.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Mailbox>,
    /// Copies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Mailbox>,
    /// Copies that the others do not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<Mailbox>,
    /// Where answers shall go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reply_to: Vec<Mailbox>,
    /// How many more there were than are kept here.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A name with an address, as in a mail's header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The name, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The address as written.
    pub email: String,
}

/// A file of a message, as far as the page needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The attachment.
    pub id: i64,
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

from_row! {
    /// A message, as it is read.
    #[derive(Clone, Debug)]
    pub struct Message {
        /// The message.
        pub id: MessageId,
        /// `internal` or `external`.
        pub visibility: String,
        /// `in`, `out`, or nothing for an internal one.
        pub direction: Option<String>,
        /// `mail`, `web`, `phone`, `api` or `system`.
        pub channel: String,
        /// The name of who wrote it.
        pub author_name: String,
        /// The address of who wrote it.
        pub author_email: Option<String>,
        /// The agent who wrote it.
        pub agent: Option<AgentId>,
        /// When it was written.
        pub at: Timestamp,
        /// When it was stored. A mail may come long after others that were written later.
        pub created_at: Timestamp,
        /// The subject.
        pub subject: String,
        /// [`Recipients`] as JSON.
        pub recipients: String,
        /// A list of [`Segment`] as JSON.
        pub segments: Packed,
        /// A list of [`File`] as JSON.
        pub attachments: String,
        /// How many remote pictures were left out.
        pub blocked_remote: i64,
        /// The journal entry it came with.
        pub mail: Option<MailId>,
        /// The class of an automatic mail.
        pub mail_class: Option<String>,
        /// Why it is in this ticket, as JSON.
        pub evidence: Option<String>,
        /// What is odd about the mail, as JSON.
        pub oddities: Option<String>,
        /// Whom it concerns, as JSON; nothing for its author alone.
        pub concerns: Option<String>,
        /// When it was last changed after it was written.
        pub corrected_at: Option<Timestamp>,
        /// What brought it here from another ticket.
        pub regrouped: Option<RegroupingId>,
        /// The mail by which it leaves.
        pub outbound: Option<OutboundId>,
        /// Where that mail stands ([`rules::sending::MailState`]).
        pub delivery: Option<String>,
        /// What was said last about it.
        pub delivery_words: Option<String>,
        /// Whether it may have arrived twice.
        pub perhaps_twice: Option<bool>,
        /// The addresses that it did not reach, if it is known that there are some.
        pub missed: Option<String>,
    }
}

impl Message {
    /// Where its mail stands, if it leaves as one.
    pub fn mail_state(&self) -> Option<MailState> {
        MailState::from_code(self.delivery.as_deref()?)
    }

    /// The parts of the body.
    pub fn segments(&self) -> Vec<Segment> {
        serde_json::from_str(&self.segments).unwrap_or_default()
    }

    /// Whether its own words are these.
    pub fn says(&self, text: &str) -> bool {
        let segments = self.segments();
        let words = segments.iter().find(|segment| segment.kind == "new");
        words.map_or("", |segment| segment.text.as_str()) == text
    }

    /// To whom it went.
    pub fn recipients(&self) -> Recipients {
        recipients_of(&self.recipients)
    }

    /// The files.
    pub fn files(&self) -> Vec<File> {
        files_of(&self.attachments)
    }

    /// Whom it concerns (F-ACT-05): its author, unless somebody said otherwise.
    pub fn concerns(&self) -> Vec<AgentId> {
        match self.concerns.as_deref() {
            Some(json) => agents_of(json),
            None => self.agent.into_iter().collect(),
        }
    }

    /// What is odd about the mail, as codes.
    pub fn oddities(&self) -> Vec<String> {
        self.oddities
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default()
    }
}

/// The conversation of a ticket, oldest first, from the newest `limit` messages before `before`.
/// Whoever asks has loaded the ticket with a right.
pub async fn of_ticket(
    view: &mut View<'_>,
    ticket: TicketId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>> {
    let before = before.map_or(i64::MAX, |id| id.number());
    let mut messages: Vec<Message> = view
        .all(
            sql!(
                "select m.id, m.visibility, m.direction, m.channel, m.author_name, m.author_email,
                        m.agent, m.at, m.created_at, m.subject, m.recipients, m.segments,
                        m.attachments, m.blocked_remote, m.mail, m.mail_class, m.evidence, m.oddities,
                        m.concerns, m.corrected_at, m.regrouped, o.id as outbound, o.state as delivery, o.words as delivery_words,
                        o.perhaps_twice,
                        (select string_agg(r.address, ', ') from outbound_recipient r
                         where r.mail = o.id and r.state in ('failed', 'bounced')) as missed
                 from message m left join outbound_mail o on o.message = m.id
                 where m.ticket = $1 and m.id < $2
                 order by m.id desc
                 limit $3"
            ),
            params![ticket, before, limit],
        )
        .await?;
    messages.reverse();
    Ok(messages)
}

/// [`Recipients`] as they are stored.
pub fn recipients_of(json: &str) -> Recipients {
    serde_json::from_str(json).unwrap_or_default()
}

/// Files as they are stored.
pub fn files_of(json: &str) -> Vec<File> {
    serde_json::from_str(json).unwrap_or_default()
}

/// A message, as it is written.
pub struct NewMessage<'a> {
    /// The message.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// `internal` or `external`.
    pub visibility: &'a str,
    /// `in`, `out`, or nothing for an internal one.
    pub direction: Option<&'a str>,
    /// `mail`, `web`, `phone`, `api` or `system`.
    pub channel: &'a str,
    /// The name of who wrote it.
    pub author_name: &'a str,
    /// The address of who wrote it.
    pub author_email: Option<&'a str>,
    /// The agent who wrote it.
    pub agent: Option<AgentId>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was stored.
    pub created_at: Timestamp,
    /// The subject.
    pub subject: &'a str,
    /// To whom it went.
    pub recipients: &'a Recipients,
    /// The parts of the body.
    pub segments: &'a [Segment],
    /// The files.
    pub files: &'a [File],
    /// How many remote pictures were left out.
    pub blocked_remote: i64,
    /// The version of the cleaner that made the HTML.
    pub cleaner: i64,
    /// The journal entry it came with.
    pub mail: Option<MailId>,
    /// The class of an automatic mail.
    pub mail_class: Option<&'a str>,
    /// Why it is in this ticket, as JSON.
    pub evidence: Option<String>,
    /// What is odd about the mail, as JSON.
    pub oddities: Option<String>,
    /// Whom it concerns, as JSON; nothing for its author alone.
    pub concerns: Option<String>,
}

/// Writes a message.
pub async fn insert(tx: &mut Tx<'_>, message: &NewMessage<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into message (id, ticket, visibility, direction, channel, author_name,
                 author_email, agent, at, created_at, subject, recipients, segments, attachments,
                 blocked_remote, cleaner, mail, mail_class, evidence, oddities, concerns)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19, $20, $21)"
        ),
        params![
            message.id,
            message.ticket,
            message.visibility,
            message.direction,
            message.channel,
            message.author_name,
            message.author_email,
            message.agent,
            message.at,
            message.created_at,
            message.subject,
            json(message.recipients),
            pack(&json(&message.segments)),
            json(&message.files),
            message.blocked_remote,
            message.cleaner,
            message.mail,
            message.mail_class,
            message.evidence.as_deref(),
            message.oddities.as_deref(),
            message.concerns.as_deref(),
        ],
    )
    .await
    .map(drop)
}

/// The agents in a list of ids as JSON.
fn agents_of(json: &str) -> Vec<AgentId> {
    let numbers: Vec<i64> = serde_json::from_str(json).unwrap_or_default();
    numbers.into_iter().map(AgentId::from_number).collect()
}

/// Writes the HTML of one segment.
pub async fn insert_html(
    tx: &mut Tx<'_>,
    message: MessageId,
    segment: usize,
    html: &str,
) -> Result<()> {
    let segment = i64::try_from(segment).map_err(db::Failure::other)?;
    tx.execute(
        sql!("insert into message_html (message, segment, html) values ($1, $2, $3)"),
        params![message, segment, pack(html)],
    )
    .await
    .map(drop)
}

/// What a message is found by.
pub fn search_text(
    subject: &str,
    author_name: &str,
    segments: &[Segment],
    files: &[File],
) -> String {
    let texts = segments.iter().map(|segment| segment.text.as_str());
    let names = files.iter().filter(|file| !file.inline).map(|file| file.name.as_str());
    [subject, author_name].into_iter().chain(texts).chain(names).collect::<Vec<_>>().join("\n")
}

/// JSON of a value that always has one: structs of texts and numbers.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
