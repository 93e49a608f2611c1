//! Mails to customers that an agent caused but did not write: that the ticket is closed, that
//! somebody works on it. Each is a message of the conversation as well.

use db::{Operation, Reading, Result, Tx, View};
use mail::build::AutoSubmitted;
use serde_json::json;
use values::{EmailAddress, IdMaker, Timestamp};

use super::{closing, store};
use crate::App;
use crate::record::actor::{self, Acting, Actor};
use crate::record::body::Body;
use crate::record::directory::{Directory, by_id};
use crate::record::message::{Mailbox, Recipients};
use crate::record::outgoing::{
    self, Content, Filling, From, Quote, ReadThread, Thread, choose, compose,
};
use crate::record::ticket::{self, Ticket};
use crate::record::written::{self, Written};
use crate::record::{AgentId, MessageId, OutboundId};
use crate::service::jobs::{self, Due};
use crate::service::lease::Fence;
use crate::service::live;
use crate::service::outbox::{self, Field, NewMail, Recipient};
use crate::service::search::Visibility;
use crate::texts;

/// The kind of jobs that say that a ticket is being worked on (F-KIND-04).
pub const IN_PROGRESS: &str = "in_progress";

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
    thread: Thread,
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
        let quote = if detail.history { Quote::All } else { Quote::None };
        let thread = ReadThread { ticket: ticket.id, quote, is_whole: false }.run(view).await?;
        let to: Vec<Recipient> = detail.to.iter().filter_map(recipient).collect();
        let from = choose(self.directory, ticket.area, &thread.origin, None);
        let Some(from) = from.filter(|_| !to.is_empty()) else { return Ok(None) };
        Ok(Some(Letter { ticket, agent, to, text: detail.text, thread, from }))
    }
}

fn recipient(to: &Mailbox) -> Option<Recipient> {
    let address = EmailAddress::parse(&to.email).ok()?;
    Some(Recipient { field: Field::To, name: to.name.clone(), address })
}

/// Does such a job: the mail and the message, and the job is gone.
pub async fn handle(app: &App, fence: &Fence, job: &Due) -> Result<()> {
    let directory = app.directory().await?;
    let letter = match directory.mail_rules.reaches_customers() {
        true => app.db.read(&ReadLetter { job, directory: &directory }).await?,
        false => None,
    };
    let sent = match &letter {
        Some(letter) => Some(write(app, &directory, job, letter)?),
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
    body: Body,
    mail: outgoing::Ready,
    kind: outbox::Kind,
}

fn write<'a>(app: &App, directory: &Directory, job: &Due, letter: &'a Letter) -> Result<Ready<'a>> {
    let (now, ticket) = (app.now(), &letter.ticket);
    let language = letter.thread.language.unwrap_or(app.config.language);
    let words = texts::notify(language);
    let is_closing = job.kind == closing::JOB;
    let text = letter.text.clone().unwrap_or_else(|| match is_closing {
        true => closing::usual_text(directory, &letter.agent, ticket, language),
        false => words.in_progress_text(&ticket.number),
    });
    let body = Body::from_text(&text);
    let zone = &app.config.time_zone;
    let area = by_id(&directory.areas, ticket.area.number());
    let filling = Filling::of(&letter.agent, directory, ticket, language);
    let filled = |html: &Option<String>| html.as_deref().map(|html| filling.html(html));
    let written = compose(&Content {
        times: &web::Times { language, zone: zone.clone(), now },
        header: area.and_then(|area| filled(&area.mail_header)).as_deref(),
        body: &body,
        signature: None,
        footer: area.and_then(|area| filled(&area.mail_footer)).as_deref(),
        quoted: &letter.thread.quoted,
        is_forward: false,
    });
    let mail = outgoing::build(&outgoing::Letter {
        keys: &app.keys,
        blobs: &app.blobs,
        directory,
        ticket: (&ticket.number, &ticket.public_id, ticket.area),
        thread: &letter.thread,
        from: &letter.from,
        recipients: &letter.to,
        subject: &ticket.subject,
        written: &written,
        parts: &[],
        auto_submitted: Some(AutoSubmitted::Generated),
        is_answer: true,
        answers_to: None,
        at: now,
        zone,
        random: rand::random(),
    })?;
    Ok(Ready {
        letter,
        id: app.ids.next(now),
        message: app.ids.next(now),
        body,
        mail,
        kind: if is_closing { outbox::Kind::Closing } else { outbox::Kind::Automatic },
    })
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
        store::refer(tx, &sent.mail.message_id, ticket.id, sent.message).await?;
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
                envelope_from: &sent.mail.envelope_from,
                subject: &sent.mail.subject,
                message_id: &sent.mail.message_id,
                raw: &sent.mail.raw,
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
            subject: &letter.ticket.subject,
            recipients: &recipients,
            body: &sent.body,
            uploads: &[],
            concerns: None,
        };
        written::insert(tx, &message).await
    }
}
