//! From bytes to everything that is written of a mail: pure work, done before the transaction.

use std::sync::Arc;

use db::{Failure, Result};
use mail::clean::CLEANER_VERSION;
use mail::read::{Attachment, Mail, OddityCode, read};
use mail::report::ReportedRecipient;
use mail::segments::{Segments, segments as split};
use rules::intake::{MailClass, Reference};
use rules::subject::{Candidate, candidates, is_forward};
use rules::text::fold_text;
use values::{EmailAddress, IdMaker, Timestamp, hex};

use super::addressed::recipients;
use super::handling;
use super::sort::{self, Sort};
use super::store::journal::Waiting;
use crate::App;
use crate::record::mailbox::Options;
use crate::record::message::{File, Recipients, Segment, search_text};
use crate::record::{AttachmentId, MessageId};
use crate::service::mail_ids::{self, OwnReference};
use crate::service::search::Document;

/// The `Date` of a mail that is older than this at its arrival is not believed.
const LATE_MILLIS_MAX: i64 = 7 * 24 * 3600 * 1000;
/// A sender's clock may go ahead so far without anybody being told.
const AHEAD_MILLIS_MAX: i64 = 24 * 3600 * 1000;
/// 1990-01-01: there was hardly any mail before.
const FIRST_DATE: Timestamp = Timestamp::from_millis(631_152_000_000);
/// References that are looked up, the nearest first.
const REFERENCES_MAX: usize = 50;
/// Letters of the preview in lists.
const PREVIEW_LETTERS: usize = 200;
/// Letters of the subject of a ticket.
const SUBJECT_LETTERS_MAX: usize = 500;
/// What a ticket is called when its mail has no subject (F-FLD-05).
pub const NO_SUBJECT: &str = "…";

/// A mail that refers to another one.
#[derive(Clone, Debug)]
pub struct Referred {
    /// The Message-ID as written.
    pub message_id: String,
    /// Where it stands.
    pub reference: Reference,
    /// What it says if it is one of ours.
    pub own: Option<OwnReference>,
}

/// Everything that is known of a mail without asking the database.
#[derive(Clone)]
pub struct ReadMail {
    /// The mail as read.
    pub mail: Mail,
    /// The id of its message.
    pub message: MessageId,
    /// When it was written, as far as that can be believed.
    pub at: Timestamp,
    /// The public id of its ticket, if it gets one.
    pub public_id: String,
    /// Its class, and what follows from it alone.
    pub sort: Sort,
    /// Its class.
    pub class: MailClass,
    /// Whether the mail passes on another one: it says so, and the other one stands in it.
    pub has_forwarded_headers: bool,
    /// The parts of its body.
    pub segments: Vec<Segment>,
    /// The HTML of parts, by their place.
    pub html: Vec<(usize, String)>,
    /// How many remote pictures were left out.
    pub blocked_remote: i64,
    /// The version of the cleaner.
    pub cleaner: i64,
    /// Its files, ready for the page.
    pub files: Vec<File>,
    /// Its files as found in the bytes, in the same order.
    pub attachments: Vec<Attachment>,
    /// To whom it went.
    pub recipients: Recipients,
    /// The beginning of its text.
    pub preview: String,
    /// The number that its sender has for the case (F-OUT-25).
    pub reference: Option<String>,
    /// Its search document.
    pub document: Document,
    /// What may be ticket numbers in its subject.
    pub numbers: Vec<Candidate>,
    /// The mails it refers to.
    pub references: Vec<Referred>,
    /// The mail itself, by which others may name it.
    pub named: Option<Referred>,
    /// Tickets by signed reply address.
    pub replied: Vec<String>,
    /// The Message-ID of the mail that a delivery report, a receipt or a complaint is about.
    pub returned: Option<Referred>,
    /// What a delivery report says about each recipient.
    pub reported: Vec<ReportedRecipient>,
    /// Whether its own Message-ID is one of ours.
    pub is_our_message: bool,
    /// Whether it carries our loop mark: an automatic mail of ours that something sends back.
    pub has_our_loop_mark: bool,
    /// What is odd about it, as JSON.
    pub oddities: String,
    /// SHA-256 of its bytes.
    pub raw_hash: Vec<u8>,
}

/// Whether a mail refers to nothing, so that a ticket number is likely to be needed.
pub fn expects_new_ticket(read: &ReadMail) -> bool {
    read.references.is_empty()
        && read.replied.is_empty()
        && read.numbers.is_empty()
        && !read.class.is_automatic()
}

impl ReadMail {
    /// Reads a mail on a thread where a panic or a long calculation harms nobody else.
    pub async fn of(
        app: &App,
        waiting: &Waiting,
        options: Options,
        bytes: Arc<Vec<u8>>,
    ) -> Result<Self> {
        let reader = Reader { app: app.clone(), waiting: waiting.clone(), options };
        // Small mails are read in place: handing them over would cost more than reading them.
        if bytes.len() <= 128 * 1024 {
            return Ok(reader.read(&bytes));
        }
        let read = tokio::task::spawn_blocking(move || reader.read(&bytes)).await;
        match read {
            Ok(read) => Ok(read),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(error) => Err(Failure::other(error)),
        }
    }

    /// The same mail as another message, for a second ticket.
    pub fn copy(&self, ids: &IdMaker) -> Self {
        let message: MessageId = ids.next_by_date(self.at);
        let mut copy = self.clone();
        copy.message = message;
        copy.document = copy.document.of(message.number());
        for file in &mut copy.files {
            let id: AttachmentId = ids.next_by_date(self.at);
            file.id = id.number();
        }
        copy
    }

    /// The author's address, if there is a readable one.
    pub fn from(&self) -> Option<&EmailAddress> {
        self.mail.from.as_ref().and_then(|from| from.address.as_ref())
    }

    /// The author's name, else the address, else what stands there.
    pub fn author(&self) -> String {
        let Some(from) = &self.mail.from else { return String::new() };
        let name = from.name.clone().filter(|name| !name.trim().is_empty());
        let address = from.address.as_ref().map(ToString::to_string);
        clean(&name.or(address).unwrap_or_else(|| from.raw.clone()))
    }

    /// The subject of a ticket made of it.
    pub fn ticket_subject(&self) -> String {
        let subject: String = clean(&self.mail.subject).chars().take(SUBJECT_LETTERS_MAX).collect();
        match subject.trim() {
            "" => NO_SUBJECT.to_owned(),
            subject => subject.to_owned(),
        }
    }
}

struct Reader {
    app: App,
    waiting: Waiting,
    options: Options,
}

impl Reader {
    fn read(&self, bytes: &[u8]) -> ReadMail {
        let mut mail = read(bytes);
        let at = self.written_at(&mail);
        let message: MessageId = super::message_id(&self.app, at);
        let parts = split(&mail);
        let (mut segments, mut html) = bodies(&parts);
        handling::prepare(&self.options, &mut mail, &mut segments, &mut html);
        let attachments: Vec<Attachment> =
            mail.attachments.iter().filter(|file| !file.is_signature).cloned().collect();
        let files: Vec<File> = attachments.iter().map(|file| self.file(file, at)).collect();
        let author = mail.from.as_ref().map(|from| from.raw.clone()).unwrap_or_default();
        let text = search_text(&mail.subject, &author, &segments, &files);
        let zone = &self.app.config.time_zone;
        let (sort, report) = sort::of(&mail, bytes, (&segments, at, zone));
        ReadMail {
            message,
            at,
            public_id: mail_ids::public_id(rand::random()),
            has_forwarded_headers: parts.has_quote && is_forward(&mail.subject),
            preview: preview(&segments),
            reference: handling::reference(&self.options, &mail.subject, &segments),
            document: Document::new(message.number(), &text),
            numbers: candidates(&mail.subject),
            references: self.references(&mail),
            named: self.named(&mail),
            replied: self.replied(&mail),
            returned: (sort.returned.as_deref())
                .map(|returned| self.referred(returned, Reference::InReplyTo)),
            reported: report.map(|report| report.recipients).unwrap_or_default(),
            is_our_message: mail.message_id.as_deref().is_some_and(|id| self.is_ours(id)),
            has_our_loop_mark: self.has_our_loop_mark(&mail),
            oddities: self.oddities(&mail),
            recipients: recipients(&mail),
            blocked_remote: parts.html.as_ref().map_or(0, |html| count(html.blocked_remote)),
            cleaner: i64::from(CLEANER_VERSION),
            raw_hash: self.waiting.raw_hash.clone(),
            class: sort.class,
            sort,
            segments,
            html,
            files,
            attachments,
            mail,
        }
    }

    /// `Date` where it can be believed, else the moment of arrival.
    fn written_at(&self, mail: &Mail) -> Timestamp {
        match mail.date.filter(|date| self.is_plausible(*date)) {
            Some(date) if date <= self.waiting.arrived_at => date,
            _ => self.waiting.internal_date.unwrap_or(self.waiting.arrived_at),
        }
    }

    /// Whether a mail that arrived then can have been written at this moment. History may be old.
    fn is_plausible(&self, date: Timestamp) -> bool {
        let arrived = self.waiting.internal_date.unwrap_or(self.waiting.arrived_at);
        let is_late = arrived.millis_since(date) > LATE_MILLIS_MAX;
        let is_ahead = date.millis_since(self.waiting.arrived_at) > AHEAD_MILLIS_MAX;
        date >= FIRST_DATE && !is_ahead && (self.waiting.archive || !is_late)
    }

    /// What is odd about the mail, as JSON: what its reader found, and its date beside its arrival.
    fn oddities(&self, mail: &Mail) -> String {
        let told = mail.oddities.iter().map(|oddity| (oddity.code, oddity.detail.as_str()));
        let left = self.waiting.left_bytes.map(|bytes| format!("left_on_server: {bytes}"));
        let is_wrong = mail.date.is_some_and(|date| !self.is_plausible(date));
        let raw = mail.date_raw.as_deref().unwrap_or_default();
        let date = is_wrong.then_some((OddityCode::ImplausibleDate, raw));
        let odd = told.chain(date).map(|(code, detail)| match detail.is_empty() {
            true => code.as_str().to_owned(),
            false => format!("{}: {}", code.as_str(), clean(detail)),
        });
        crate::record::message::json(&left.into_iter().chain(odd).collect::<Vec<_>>())
    }

    fn file(&self, file: &Attachment, at: Timestamp) -> File {
        let id: AttachmentId = self.app.ids.next_by_date(at);
        File {
            id: id.number(),
            name: clean(&file.name),
            media_type: file.detected_type.unwrap_or(&file.declared_type).to_owned(),
            size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
            sha256: hex(&file.sha256),
            inline: file.is_inline,
        }
    }

    fn is_ours(&self, message_id: &str) -> bool {
        mail_ids::own_reference(&self.app.keys, message_id) == Some(OwnReference::Message)
    }

    fn has_our_loop_mark(&self, mail: &Mail) -> bool {
        let mut marks = mail.headers_named(mail_ids::LOOP_HEADER).take(5);
        marks.any(|mark| mail_ids::is_loop_mark(&self.app.keys, mark))
    }

    fn referred(&self, message_id: &str, reference: Reference) -> Referred {
        Referred {
            message_id: clean(message_id),
            reference,
            own: mail_ids::own_reference(&self.app.keys, message_id),
        }
    }

    fn references(&self, mail: &Mail) -> Vec<Referred> {
        let replied = mail.in_reply_to.iter().map(|id| (id, Reference::InReplyTo));
        let places = 0..u16::MAX;
        let others = mail.references.iter().rev().zip(places);
        let others = others.map(|(id, place)| (id, Reference::References(place)));
        // The anchor stands first in the References, far from the right end of a long thread.
        let anchor = mail.references.first().map(|id| (id, Reference::References(u16::MAX)));
        let mut all: Vec<Referred> = Vec::new();
        for (id, reference) in replied.chain(others.take(REFERENCES_MAX)).chain(anchor) {
            if !all.iter().any(|known| known.message_id == *id) {
                all.push(self.referred(id, reference));
            }
        }
        all
    }

    fn named(&self, mail: &Mail) -> Option<Referred> {
        let message_id = mail.message_id.as_deref()?;
        Some(Referred { own: None, ..self.referred(message_id, Reference::InReplyTo) })
    }

    fn replied(&self, mail: &Mail) -> Vec<String> {
        let envelope = self.waiting.envelope_to.as_deref().unwrap_or_default();
        let envelope = envelope.split(' ').filter_map(|text| EmailAddress::parse(text).ok());
        let named = mail.to.list.iter().chain(&mail.cc.list).filter_map(|to| to.address.clone());
        let delivered = mail.headers_named("Delivered-To");
        let delivered = delivered.filter_map(|text| EmailAddress::parse(text).ok());
        let mut found: Vec<String> = Vec::new();
        for address in envelope.chain(named).chain(delivered) {
            let ticket = mail_ids::replied_ticket(&self.app.keys, &address);
            found.extend(ticket.filter(|ticket| !found.contains(ticket)));
        }
        found
    }
}

/// The parts of a body as they are kept, and the HTML of those that have some.
pub(super) fn bodies(parts: &Segments) -> (Vec<Segment>, Vec<(usize, String)>) {
    let mut html = Vec::new();
    let segments = parts.list.iter().enumerate().map(|(place, part)| {
        if let Some(part_html) = &part.html {
            html.push((place, without_nul(part_html)));
        }
        Segment {
            kind: part.kind.as_str().to_owned(),
            text: without_nul(&part.text),
            html: part.html.is_some(),
        }
    });
    (segments.collect(), html)
}

fn preview(segments: &[Segment]) -> String {
    let new = segments.iter().filter(|segment| segment.kind == "new");
    let text: String = new.map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = if text.trim().is_empty() {
        segments.first().map(|segment| segment.text.clone()).unwrap_or_default()
    } else {
        text
    };
    let words = text.split_whitespace().take(PREVIEW_LETTERS).collect::<Vec<_>>().join(" ");
    words.chars().take(PREVIEW_LETTERS).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Text on one line without NUL, which PostgreSQL cannot store.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// What an attachment's name is found by.
pub fn name_key(name: &str) -> String {
    fold_text(name)
}
