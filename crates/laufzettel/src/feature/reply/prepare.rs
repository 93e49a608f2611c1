//! Everything about a mail that is made before the operation: a read says what the ticket is, then the
//! mail is built and its bytes are put (decision 22).

use db::{Reading, View};
use jiff::tz::TimeZone;
use mail::build::Part;
use rules::right::Right;
use rules::subject::{base_subject, is_reply, short_description};
use values::{EmailAddress, Language, Timestamp};
use web::Times;

use super::note_mail::{Around, NoteFacts};
use super::plain::{self, Plain};
use super::send::{SendReply, Sent, Wanted};
use super::store::{self, FileRow};
use super::{Refusal, readers};
use crate::App;
use crate::record::actor::{Acting, Actor};
use crate::record::body::Body;
use crate::record::directory::{Directory, by_id};
use crate::record::draft::Kind;
use crate::record::message::File;
use crate::record::outgoing::{
    Content, Filling, From, Letter, Quote, ReadThread, Ready, Thread, build, choose, compose,
    mailbox_of,
};
use crate::record::ticket::{self, Ticket};
use crate::record::{AreaId, MessageId, OutboundId, TicketId};
use crate::service::blobs::Blob;
use crate::service::outbox::{Field, Recipient};

/// Recipients of one mail.
const RECIPIENTS_MAX: usize = 200;
/// Files of one mail together; most servers take no more.
const FILES_BYTES_MAX: i64 = 25 * 1024 * 1024;
/// A mail is built again if the ticket changed meanwhile, so often.
const TRIES: usize = 5;

/// A mail with everything that is written of it.
#[derive(Debug)]
pub struct Prepared {
    /// The message.
    pub message: MessageId,
    /// Its mail.
    pub mail: OutboundId,
    /// The ticket; another one if it was merged since.
    pub ticket: TicketId,
    /// The newest message of the ticket when it was built.
    pub newest: Option<MessageId>,
    /// The subject of the ticket when it was built.
    pub subject_before: String,
    /// The area of the ticket when it was built.
    pub area: AreaId,
    /// As whom it leaves.
    pub from: From,
    /// Who gets it.
    pub recipients: Vec<Recipient>,
    /// The subject of the message, without the number.
    pub subject: String,
    /// The signature below it.
    pub signature: Option<Body>,
    /// Its new files.
    pub uploads: Vec<FileRow>,
    /// Copies of the ticket's files that go with it, with the ids they get.
    pub kept: Vec<(FileRow, i64)>,
    /// The mail.
    pub ready: Ready,
}

impl Prepared {
    /// The files as the message lists them.
    pub fn files(&self, wanted: &Wanted) -> Vec<File> {
        let uploads = self.uploads.iter().map(|row| {
            let is_picture = wanted.pictures.contains(&row.id);
            File { inline: is_picture, ..row.file(row.id.number()) }
        });
        uploads.chain(self.kept.iter().map(|(row, id)| row.file(*id))).collect()
    }
}

/// Sends an answer, building its mail as often as the ticket changes under it.
pub async fn send(
    app: &App,
    actor: &Actor,
    number: &str,
    wanted: &Wanted,
    now: Timestamp,
) -> db::Result<Sent> {
    let directory = app.directory().await?;
    for _ in 0..TRIES {
        let prepared = match prepare(app, actor, &directory, number, wanted, now).await? {
            Ok(prepared) => prepared,
            Err(refusal) => return Ok(Sent::Refused(refusal)),
        };
        let acting = Acting { actor, now, ids: &app.ids };
        let send = SendReply { acting, number, directory: &directory, wanted, prepared: &prepared };
        match app.db.write(&send).await? {
            Sent::Stale => {}
            sent => return Ok(sent),
        }
    }
    Ok(Sent::Stale)
}

/// Builds the mail.
pub async fn prepare(
    app: &App,
    actor: &Actor,
    directory: &Directory,
    number: &str,
    wanted: &Wanted,
    now: Timestamp,
) -> db::Result<Result<Prepared, Refusal>> {
    let is_empty = wanted.body.is_empty() && wanted.pictures.is_empty();
    let may_be_empty = match wanted.kind {
        Kind::Reply => false,
        Kind::Note => !wanted.uploads.is_empty(),
        Kind::Forward => true,
    };
    if is_empty && !may_be_empty {
        return Ok(Err(Refusal::Empty));
    }
    if !plain::leaves(&directory.mail_rules, wanted.kind) {
        return Ok(Err(Refusal::MailsOff));
    }
    let read = ReadFor { app, actor, directory, number, wanted };
    let (facts, blobs) = match app.db.read_long(&read).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut files = Vec::with_capacity(blobs.len());
    for (row, blob) in facts.uploads.iter().chain(&facts.kept).zip(blobs) {
        files.push(store::bytes_of(row, app.blobs.load(blob).await?));
    }
    Builder { app, actor, directory, wanted, facts: &facts, files, now }.build()
}

/// What a mail is built from.
struct Facts {
    ticket: Ticket,
    thread: Thread,
    language: Language,
    uploads: Vec<FileRow>,
    kept: Vec<FileRow>,
}

struct ReadFor<'a> {
    app: &'a App,
    actor: &'a Actor,
    directory: &'a Directory,
    number: &'a str,
    wanted: &'a Wanted,
}

impl Reading for ReadFor<'_> {
    /// With the bytes of uploads and kept files, in this order.
    type Outcome = Result<(Facts, Vec<Blob>), Refusal>;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(Refusal::Denied(denied))),
        };
        let wanted = self.wanted;
        let is_forward = wanted.kind == Kind::Forward;
        let area = by_id(&self.directory.areas, ticket.area.number());
        let quote = match wanted.kind {
            Kind::Note => Quote::None,
            Kind::Forward => Quote::Last,
            Kind::Reply => area.map_or(Quote::Last, |area| Quote::from_code(&area.quote)),
        };
        let read = ReadThread { ticket: ticket.id, quote, is_whole: is_forward };
        let thread = read.run(view).await?;
        let agent = self.actor.agent;
        let uploads = store::waiting_files(view, agent, &wanted.uploads).await?;
        let is_there = |id: &&crate::record::AttachmentId| uploads.iter().any(|row| row.id == **id);
        if let Some(missing) = wanted.uploads.iter().position(|id| !is_there(&id)) {
            let words = &wanted.body.segment.text;
            let gone = wanted.uploads.get(missing).copied();
            let is_sent = store::news::is_sent_with(view, ticket.id, agent, gone, words).await?;
            return Ok(Err(match is_sent {
                true => Refusal::SentAlready,
                false => Refusal::UnknownUpload(missing),
            }));
        }
        // A picture that was taken out of the text again stays behind.
        let is_used = |row: &FileRow| !row.is_inline || wanted.pictures.contains(&row.id);
        let uploads: Vec<FileRow> = uploads.into_iter().filter(is_used).collect();
        let kept = store::files_of_ticket(view, ticket.id, &wanted.kept).await?;
        let size: i64 = uploads.iter().chain(&kept).map(|row| row.size_bytes).sum();
        if size > FILES_BYTES_MAX {
            return Ok(Err(Refusal::TooLarge));
        }
        let mut blobs = Vec::with_capacity(uploads.len() + kept.len());
        for row in uploads.iter().chain(&kept) {
            blobs.push(store::blob_of(view, row).await?);
        }
        let of_customer = thread.language.filter(|_| wanted.kind != Kind::Note);
        let language = of_customer.unwrap_or(self.app.config.language);
        Ok(Ok((Facts { ticket, thread, language, uploads, kept }, blobs)))
    }
}

struct Builder<'a> {
    app: &'a App,
    actor: &'a Actor,
    directory: &'a Directory,
    wanted: &'a Wanted,
    facts: &'a Facts,
    /// The bytes of uploads and kept files, in this order.
    files: Vec<Vec<u8>>,
    now: Timestamp,
}

impl Builder<'_> {
    fn build(&self) -> db::Result<Result<Prepared, Refusal>> {
        let (wanted, ticket) = (self.wanted, &self.facts.ticket);
        let origin = &self.facts.thread.origin;
        let Some(from) = choose(self.directory, ticket.area, origin, Some(&wanted.sender)) else {
            return Ok(Err(Refusal::NoSender));
        };
        let recipients = match self.recipients() {
            Ok(recipients) => recipients,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let subject = self.subject();
        let signature = self.signature();
        let kept: Vec<(FileRow, i64)> = (self.facts.kept.iter())
            .map(|row| {
                (row.clone(), self.app.ids.next::<crate::record::Attachment>(self.now).number())
            })
            .collect();
        let ready = self.ready(&from, &recipients, &subject, signature.as_ref())?;
        Ok(Ok(Prepared {
            message: self.app.ids.next_by_date(wanted.at.unwrap_or(self.now)),
            mail: self.app.ids.next(self.now),
            newest: self.facts.thread.newest,
            ticket: ticket.id,
            subject_before: ticket.subject.clone(),
            area: ticket.area,
            from,
            recipients,
            subject,
            signature,
            uploads: self.facts.uploads.clone(),
            kept,
            ready,
        }))
    }

    /// Those that were named, else the requester. None of our own mailboxes is among them.
    fn recipients(&self) -> Result<Vec<Recipient>, Refusal> {
        let ticket = &self.facts.ticket;
        let mut recipients = self.wanted.recipients.clone();
        if recipients.is_empty() && self.wanted.kind == Kind::Reply {
            let address = ticket.requester_email.as_deref().map(EmailAddress::parse);
            if let Some(Ok(address)) = address {
                let name = ticket.requester_name.clone();
                recipients.push(Recipient { field: Field::To, name, address });
            }
        }
        let is_own = |recipient: &&Recipient| {
            let mut mailboxes = self.directory.mailboxes.iter();
            mailboxes.any(|mailbox| mailbox.addresses().contains(&recipient.address))
        };
        match recipients.iter().find(is_own) {
            Some(own) => Err(Refusal::OwnMailbox(own.address.to_string())),
            None if recipients.is_empty() => Err(Refusal::NoRecipient),
            None if recipients.len() > RECIPIENTS_MAX => Err(Refusal::TooManyRecipients),
            None => Ok(readers::once_each(recipients)),
        }
    }

    /// The subject with one mark of what it is in front (F-OUT-13); of a note, its short description.
    fn subject(&self) -> String {
        let wanted = self.wanted.subject.trim();
        if self.wanted.kind == Kind::Note {
            return wanted.to_owned();
        }
        let given = if wanted.is_empty() { self.facts.ticket.subject.as_str() } else { wanted };
        match self.wanted.kind {
            Kind::Forward => match self.facts.language {
                Language::German => format!("WG: {}", base_subject(given)),
                Language::English => format!("Fwd: {}", base_subject(given)),
            },
            _ if is_reply(given) => given.to_owned(),
            _ => format!("Re: {}", base_subject(given)),
        }
    }

    /// The agent's own signature, else that of the mailbox (F-OUT-09).
    fn signature(&self) -> Option<Body> {
        if !self.wanted.is_signed {
            return None;
        }
        let ticket = &self.facts.ticket;
        let mailbox = mailbox_of(self.directory, ticket.area, &self.facts.thread.origin);
        let own = self.actor.signature.as_deref();
        let html = own.or(mailbox.and_then(|mailbox| mailbox.signature.as_deref()))?;
        let body = Body::from_html(&super::composer::filled(
            html,
            self.actor,
            self.directory,
            ticket.area,
        ));
        let body = match self.wanted.body.html {
            Some(_) => body,
            None => Body::from_text(&mail::build::text_of_html(&body.html.unwrap_or_default())),
        };
        (!body.is_empty()).then_some(body)
    }

    /// The subject of the mail, and HTML above and below what was written. Around an internal note
    /// stands who wrote it; the page of the ticket is named to the team only.
    fn around(&self, recipients: &[Recipient], subject: &str) -> Around {
        let (facts, ticket) = (self.facts, &self.facts.ticket);
        if self.wanted.kind == Kind::Note {
            let is_of_team = |one: &Recipient| readers::agent_of(self.directory, one).is_some();
            let base_url = self.app.config.base_url.as_str();
            let note = NoteFacts {
                language: facts.language,
                author: &self.actor.name,
                number: &ticket.number,
                subject: &ticket.subject,
                short: &short_description(&self.wanted.subject, &self.wanted.body.segment.text),
            };
            return Around::of(&note, recipients.iter().all(is_of_team).then_some(base_url));
        }
        let reference = ticket.reference.as_deref().filter(|_| self.wanted.kind == Kind::Reply);
        let subject = plain::with_reference(facts.language, subject, reference);
        let filling = Filling::of(self.actor, self.directory, ticket, facts.language);
        let filled = |html: &Option<String>| html.as_deref().map(|html| filling.html(html));
        let area = by_id(&self.directory.areas, ticket.area.number());
        Around {
            subject,
            above: area.and_then(|area| filled(&area.mail_header)),
            below: area.and_then(|area| filled(&area.mail_footer)),
        }
    }

    fn ready(
        &self,
        from: &From,
        recipients: &[Recipient],
        subject: &str,
        signature: Option<&Body>,
    ) -> db::Result<Ready> {
        let (facts, wanted) = (self.facts, self.wanted);
        let zone: &TimeZone = &self.app.config.time_zone;
        let times = Times { language: facts.language, zone: zone.clone(), now: self.now };
        let around = self.around(recipients, subject);
        let plain = Plain::of(self.directory, recipients, &around, signature, &facts.thread.quoted);
        let written = compose(&Content {
            times: &times,
            header: plain.above.as_deref(),
            body: &wanted.body,
            signature: plain.signature.as_ref(),
            footer: plain.below.as_deref(),
            quoted: &plain.quoted,
            is_forward: wanted.kind == Kind::Forward,
        });
        let names: Vec<Option<String>> = (facts.uploads.iter())
            .map(|row| wanted.pictures.contains(&row.id).then(|| row.content_id()))
            .collect();
        let rows = facts.uploads.iter().chain(&facts.kept).zip(&self.files);
        let parts: Vec<Part<'_>> = rows
            .enumerate()
            .map(|(place, (row, bytes))| Part {
                name: &row.name,
                media_type: &row.media_type,
                bytes,
                content_id: names.get(place).and_then(|name| name.as_deref()),
            })
            .collect();
        build(&Letter {
            keys: &self.app.keys,
            blobs: &self.app.blobs,
            directory: self.directory,
            ticket: (&facts.ticket.number, &facts.ticket.public_id, facts.ticket.area),
            thread: &facts.thread,
            from,
            recipients,
            subject: &around.subject,
            written: &written,
            parts: &parts,
            auto_submitted: None,
            is_answer: wanted.kind == Kind::Reply,
            answers_to: (wanted.kind == Kind::Note).then_some(self.actor.email.as_str()),
            at: self.now,
            zone,
            random: rand::random(),
        })
    }
}
