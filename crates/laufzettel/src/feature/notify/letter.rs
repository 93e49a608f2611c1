//! Mails to customers that an agent caused but did not write: that the ticket is closed, that
//! somebody works on it. Each is a message of the conversation as well.

use db::{Operation, Reading, Result, Tx, View};
use mail::build::{Address, AutoSubmitted, Outgoing, build};
use serde_json::json;
use values::{EmailAddress, IdMaker, Timestamp};

use super::notice::From;
use super::{closing, store};
use crate::App;
use crate::record::actor::{self, Acting, Actor};
use crate::record::body::Body;
use crate::record::directory::{Directory, by_id};
use crate::record::message::{self, Mailbox, Message, Recipients};
use crate::record::sender::CONFIGURED;
use crate::record::ticket::{self, Ticket};
use crate::record::written::{self, Written};
use crate::record::{AgentId, MessageId, OutboundId};
use crate::service::blobs::Prepared;
use crate::service::jobs::{self, Due};
use crate::service::lease::Fence;
use crate::service::outbox::{self, Field, NewMail, Recipient};
use crate::service::search::Visibility;
use crate::service::{live, mail_ids};
use crate::texts;

/// The kind of jobs that say that a ticket is being worked on (F-KIND-04).
pub const IN_PROGRESS: &str = "in_progress";
/// Messages below a closing mail.
const HISTORY_MAX: i64 = 200;

/// Whether a job is one of these.
pub fn is_letter(kind: &str) -> bool {
    kind == closing::JOB || kind == IN_PROGRESS
}

/// What a letter is made of.
#[derive(Debug)]
pub struct Letter {
    ticket: Ticket,
    agent: Actor,
    to: Vec<Recipient>,
    text: Option<String>,
    history: Vec<Message>,
    from: From,
}

/// Reads what a job needs. `None`: there is nobody to write to, or nobody to write as.
struct ReadLetter<'a> {
    job: &'a Due,
    directory: &'a Directory,
}

impl Reading for ReadLetter<'_> {
    type Outcome = Option<Letter>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Letter>> {
        let detail: closing::Detail = serde_json::from_str(&self.job.detail).unwrap_or_default();
        let agent = detail.agent.parse().ok().map(AgentId::from_number);
        let (Some(agent), Some(ticket)) = (agent, self.job.ticket) else { return Ok(None) };
        let Some(agent) = actor::load(view, agent).await? else { return Ok(None) };
        let Some(ticket) = ticket::visible(view, &agent, &[ticket]).await?.pop() else {
            return Ok(None);
        };
        let history = match detail.history {
            true => message::of_ticket(view, ticket.id, None, HISTORY_MAX).await?,
            false => Vec::new(),
        };
        let to: Vec<Recipient> = detail.to.iter().filter_map(recipient).collect();
        let Some(from) = sender(self.directory, &ticket).filter(|_| !to.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(Letter { ticket, agent, to, text: detail.text, history, from }))
    }
}

fn recipient(to: &Mailbox) -> Option<Recipient> {
    let address = EmailAddress::parse(&to.email).ok()?;
    Some(Recipient { field: Field::To, name: to.name.clone(), address })
}

/// The sender of the area, else a mailbox of the area, so that answers come back, else the default.
fn sender(directory: &Directory, ticket: &Ticket) -> Option<From> {
    let area = by_id(&directory.areas, ticket.area.number())?;
    let of_area = directory.senders.iter().find(|one| Some(one.id) == area.sender && one.active);
    if let Some(sender) = of_area {
        let (name, address) = (sender.name.clone(), sender.address.clone());
        return Some(From { name, address, account: sender.account() });
    }
    let mailbox = directory.mailboxes.iter().find(|mailbox| mailbox.area == ticket.area);
    let address = mailbox.and_then(|mailbox| mailbox.addresses().into_iter().next());
    match (mailbox, address) {
        (Some(mailbox), Some(address)) => {
            let (name, address) = (mailbox.label.clone(), address.as_str().to_owned());
            Some(From { name, address, account: CONFIGURED })
        }
        _ => super::notice::sender(directory, ticket),
    }
}

/// Does such a job: the mail and the message, and the job is gone.
pub async fn handle(app: &App, fence: &Fence, job: &Due) -> Result<()> {
    let directory = app.directory().await?;
    let letter = app.db.read(&ReadLetter { job, directory: &directory }).await?;
    let sent = match &letter {
        Some(letter) => Some(write(app, job, letter)?),
        None => None,
    };
    let (ids, now) = (&app.ids, app.now());
    app.db.write(&Done { job, fence, sent: sent.as_ref(), ids, now }).await
}

/// A letter that is ready.
struct Ready<'a> {
    letter: &'a Letter,
    id: OutboundId,
    message: MessageId,
    subject: String,
    message_id: String,
    body: Body,
    raw: Prepared,
    kind: outbox::Kind,
}

fn write<'a>(app: &App, job: &Due, letter: &'a Letter) -> Result<Ready<'a>> {
    let (now, ticket) = (app.now(), &letter.ticket);
    let domain = letter.from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id = mail_ids::message_id(&app.keys, rand::random(), domain);
    let anchor = mail_ids::anchor(&app.keys, &ticket.public_id, domain);
    let subject = format!("[#{}] {}", ticket.number, ticket.subject);
    let words = texts::notify(app.config.language);
    let is_closing = job.kind == closing::JOB;
    let text = letter.text.clone().unwrap_or_else(|| match is_closing {
        true => words.closing_text(&ticket.number),
        false => words.in_progress_text(&ticket.number),
    });
    let whole = format!("{text}{}", history(app, letter));
    let to: Vec<Address<'_>> = letter
        .to
        .iter()
        .map(|to| Address { name: &to.name, address: to.address.as_str() })
        .collect();
    let bytes = build(&Outgoing {
        from: Address { name: &letter.from.name, address: &letter.from.address },
        reply_to: None,
        to: &to,
        cc: &[],
        subject: &subject,
        at_millis: now.millis(),
        offset_seconds: 0,
        message_id: &message_id,
        in_reply_to: None,
        references: &[anchor],
        boundary_seed: rand::random(),
        text: &whole,
        html: None,
        parts: &[],
        auto_submitted: Some(AutoSubmitted::Generated),
        headers: &[],
    });
    Ok(Ready {
        letter,
        id: app.ids.next(now),
        message: app.ids.next(now),
        subject,
        message_id,
        body: Body::from_text(&text),
        raw: app.blobs.prepare(&bytes)?,
        kind: if is_closing { outbox::Kind::Closing } else { outbox::Kind::Automatic },
    })
}

/// The conversation, newest first, without what is for the team alone.
fn history(app: &App, letter: &Letter) -> String {
    let words = texts::notify(app.config.language);
    let zone = app.config.time_zone.clone();
    let times = web::Times { language: app.config.language, zone, now: app.now() };
    let mut text = String::new();
    for message in letter.history.iter().rev().filter(|one| one.visibility == "external") {
        text.push_str("\n\n");
        text.push_str(&words.wrote_at(&times.date_and_clock(message.at), &message.author_name));
        for line in new_text(message).lines() {
            text.push_str("\n> ");
            text.push_str(line);
        }
    }
    text
}

/// The new text of a message, without what it quotes.
pub fn new_text(message: &Message) -> String {
    let segments = message.segments();
    let new = segments.iter().filter(|segment| segment.kind == "new");
    new.map(|segment| segment.text.trim()).collect::<Vec<_>>().join("\n\n")
}

/// Deletes the job, and writes mail and message that it led to: all or nothing.
struct Done<'a> {
    job: &'a Due,
    fence: &'a Fence,
    sent: Option<&'a Ready<'a>>,
    ids: &'a IdMaker,
    now: Timestamp,
}

impl Operation for Done<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        if !jobs::done(tx, self.fence, self.job.id).await? {
            return Ok(());
        }
        let Some(sent) = self.sent else { return Ok(()) };
        let letter = sent.letter;
        let ticket = &letter.ticket;
        self.write_message(tx, sent).await?;
        store::refer(tx, &sent.message_id, ticket.id, sent.message).await?;
        store::touch_sent(tx, ticket.id, self.now).await?;
        outbox::put(
            tx,
            &NewMail {
                id: sent.id,
                kind: sent.kind,
                ticket: Some(ticket.id),
                message: Some(sent.message),
                agent: Some(letter.agent.agent),
                account: letter.from.account,
                from: (&letter.from.name, &letter.from.address),
                envelope_from: "",
                subject: &sent.subject,
                message_id: &sent.message_id,
                raw: &sent.raw,
                recipients: &letter.to,
                now: self.now,
                not_before: self.now,
            },
        )
        .await?;
        let acting = Acting { actor: &letter.agent, now: self.now, ids: self.ids };
        let detail = json!({ "message": sent.message.to_string() });
        acting.record(tx, ticket.id, "message_added", detail).await?;
        live::announce(tx, live::TICKET, ticket.id);
        Ok(())
    }
}

impl Done<'_> {
    async fn write_message(&self, tx: &mut Tx<'_>, sent: &Ready<'_>) -> Result<()> {
        let letter = sent.letter;
        let to = letter
            .to
            .iter()
            .map(|to| Mailbox { name: to.name.clone(), email: to.address.as_str().to_owned() });
        let recipients = Recipients { to: to.collect(), ..Recipients::default() };
        let message = Written {
            id: sent.message,
            ticket: letter.ticket.id,
            area: letter.ticket.area,
            visibility: Visibility::External,
            direction: Some("out"),
            channel: "mail",
            author: (&letter.agent.name, Some(&letter.from.address)),
            agent: letter.agent.agent,
            at: self.now,
            now: self.now,
            subject: &sent.subject,
            recipients: &recipients,
            body: &sent.body,
            uploads: &[],
        };
        written::insert(tx, &message).await
    }
}
