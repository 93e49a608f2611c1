//! The automatic answer to a new ticket (F-MAIL-50 to F-MAIL-54), and the silence that keeps machines from
//! answering each other (mail.md 1.8).
//!
//! The mail is built before the transaction, decided on and put into the outbox in it, together with the
//! ticket it speaks of. To an address of which nobody knows whether it is the writer's own, it repeats
//! nothing that the writer chose (S41).

use db::{Reading, Result, Tx, View};
use mail::build::AutoSubmitted;
use rules::intake::{
    AnswerFacts, Clue, Decided, Evidence, MailClass, NewTicket, Notice, PairFacts, falls_silent,
    may_answer,
};
use rules::variables::{Format, Variable, fill};
use serde_json::json;
use values::{EmailAddress, Timestamp};

use super::apply::ApplyMail;
use super::read::ReadMail;
use super::store::answers as store;
use super::store::journal::Waiting;
use crate::App;
use crate::record::autoresponder::Autoresponder;
use crate::record::body::Body;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::mailbox::Mailbox;
use crate::record::outgoing::{self, Content, From, Origin, Thread, choose, compose};
use crate::record::{OutboundId, TicketId};
use crate::service::outbox::{self, Field, NewMail, Recipient};
use crate::texts;

/// An automatic answer that is ready to leave.
pub struct Answer {
    id: OutboundId,
    to: [Recipient; 1],
    from: From,
    mail: outgoing::Ready,
    is_proved: bool,
    once_per_day: bool,
}

struct IsProved<'a>(&'a EmailAddress);

impl Reading for IsProved<'_> {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        store::is_proved(view, self.0).await
    }
}

/// Builds the answer that a mailbox gives to this mail if it becomes a ticket with this number.
pub async fn prepare(
    app: &App,
    directory: &Directory,
    (waiting, mailbox): (&Waiting, &Mailbox),
    read: &ReadMail,
    number: &str,
) -> Result<Option<Answer>> {
    let said = mailbox.autoresponder();
    let is_answered = said.enabled && read.class == MailClass::Personal && !waiting.archive;
    let Some(to) = read.from().filter(|_| is_answered) else { return Ok(None) };
    let origin = Origin { mailbox: Some(mailbox.id), received_by: received_by(read, mailbox) };
    let Some(from) = choose(directory, mailbox.area, &origin, None) else { return Ok(None) };
    let is_proved = app.db.read(&IsProved(to)).await?;
    let values = Values { app, directory, mailbox, read, number, from: &from, is_proved };
    let thread = Thread {
        references: read.mail.message_id.iter().cloned().collect(),
        origin,
        ..Thread::default()
    };
    let recipient = Recipient {
        field: Field::To,
        name: if is_proved { read.author() } else { String::new() },
        address: to.clone(),
    };
    let to = [recipient];
    let now = app.now();
    let mail = outgoing::build(&outgoing::Letter {
        keys: &app.keys,
        blobs: &app.blobs,
        directory,
        ticket: (number, &read.public_id, mailbox.area),
        thread: &thread,
        from: &from,
        recipients: &to,
        subject: &fill(&said.subject, Format::Text, |variable| values.of(variable)),
        written: &values.written(&said, now),
        parts: &[],
        auto_submitted: Some(AutoSubmitted::Replied),
        is_answer: true,
        answers_to: None,
        at: now,
        zone: &app.config.time_zone,
        random: rand::random(),
    })?;
    let once_per_day = said.once_per_day;
    Ok(Some(Answer { id: app.ids.next(now), to, from, mail, is_proved, once_per_day }))
}

/// The address of the mailbox that the mail was written to.
fn received_by(read: &ReadMail, mailbox: &Mailbox) -> Option<String> {
    let own = mailbox.addresses();
    let named = read.recipients.to.iter().chain(&read.recipients.cc);
    let mut named = named.map(|one| one.email.to_lowercase());
    named.find(|email| own.iter().any(|own| own.as_str() == email))
}

/// What variables stand for. Nobody writes: where an agent is meant, the sender is named.
struct Values<'a> {
    app: &'a App,
    directory: &'a Directory,
    mailbox: &'a Mailbox,
    read: &'a ReadMail,
    number: &'a str,
    from: &'a From,
    is_proved: bool,
}

impl Values<'_> {
    fn of(&self, variable: Variable) -> Option<String> {
        let language = self.app.config.language;
        let words = texts::intake(language);
        let author = if self.is_proved { self.read.author() } else { String::new() };
        Some(match variable {
            Variable::AgentName => self.from.name.clone(),
            Variable::AgentPhone => String::new(),
            Variable::AgentEmail => self.from.address.clone(),
            Variable::AreaName => {
                let area = by_id(&self.directory.areas, self.mailbox.area.number());
                area.map(|area| area.name(language).to_owned()).unwrap_or_default()
            }
            Variable::ContactSalutation => match author.trim() {
                "" => texts::text_blocks(language).salutation_nobody().to_owned(),
                name => texts::text_blocks(language).salutation(name),
            },
            Variable::ContactName => author,
            Variable::ContactEmail => self.read.from().map(ToString::to_string).unwrap_or_default(),
            Variable::TicketNumber => self.number.to_owned(),
            Variable::TicketSubject if self.is_proved => self.read.ticket_subject(),
            Variable::TicketSubject => words.your_request().to_owned(),
        })
    }

    fn html(&self, template: &str) -> String {
        fill(template, Format::Html, |variable| self.of(variable))
    }

    fn written(&self, said: &Autoresponder, now: Timestamp) -> outgoing::Written {
        let area = by_id(&self.directory.areas, self.mailbox.area.number());
        let piece = |html: Option<&String>| html.map(|html| self.html(html));
        let signature = piece(self.mailbox.signature.as_ref()).map(|html| Body::from_html(&html));
        let (language, zone) = (self.app.config.language, self.app.config.time_zone.clone());
        compose(&Content {
            times: &web::Times { language, zone, now },
            header: piece(area.and_then(|area| area.mail_header.as_ref())).as_deref(),
            body: &Body::from_html(&self.html(&said.body)),
            signature: signature.as_ref(),
            footer: piece(area.and_then(|area| area.mail_footer.as_ref())).as_deref(),
            quoted: &[],
            is_forward: false,
        })
    }
}

/// Decides whether the sender of a new ticket is answered, and whether the pair falls silent; both stand
/// among the evidence.
pub async fn decide(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    (new, decided): (&NewTicket, &Decided),
) -> Result<Decided> {
    let mut decided = decided.clone();
    let Some(from) = apply.read.from().filter(|_| !apply.waiting.archive) else {
        return Ok(decided);
    };
    let claims_ticket = claims(&decided);
    if apply.answer.is_none() && !claims_ticket {
        return Ok(decided);
    }
    if claims_ticket && carries_token(apply.read) {
        store::note_echo(tx, apply, from).await?;
    }
    let known = store::pair(tx, apply, from).await?;
    let silent =
        falls_silent(&PairFacts { tickets_of_hour: known.tickets_of_hour + 1, ..known.facts() });
    if let Some(reason) = silent.filter(|_| !known.is_muted) {
        store::mute(tx, apply, (from, ticket), reason.code()).await?;
        let detail = json!({ "to": from.as_str(), "by": reason.code() });
        apply.record(tx, ticket, "fell_silent", detail).await?;
        decided.evidence.push(Evidence::new(Clue::FellSilent, reason.code(), 0));
    }
    let Some(answer) = apply.answer else { return Ok(decided) };
    let facts = AnswerFacts {
        is_allowed: new.may_be_answered_automatically,
        is_agent: decided.notices.contains(&Notice::AgentWithoutProof),
        age_millis: apply.now.millis_since(written_at(apply)),
        claims_ticket,
        is_muted: known.is_muted || silent.is_some(),
        is_proved: answer.is_proved,
        once_per_day: answer.once_per_day,
        answers_of_day: known.answers_of_day,
        answers_of_hour: known.answers_of_hour,
    };
    decided.evidence.push(match may_answer(&facts) {
        Ok(()) => Evidence::new(Clue::Answered, from.as_str(), 0),
        Err(withheld) => Evidence::new(Clue::NotAnswered, withheld.code(), 0),
    });
    Ok(decided)
}

/// Whether the mail names a ticket in which its sender takes no part.
fn claims(decided: &Decided) -> bool {
    let is_claim = |notice: &Notice| {
        matches!(
            notice,
            Notice::ClaimsTicket(_) | Notice::ForwardedFrom(_) | Notice::ForgedReference(_)
        )
    };
    decided.notices.iter().any(is_claim)
}

/// Whether a token of ours stands in the mail.
fn carries_token(read: &ReadMail) -> bool {
    !read.replied.is_empty() || read.references.iter().any(|referred| referred.own.is_some())
}

/// When the mail was written or received, whichever is earlier: what lay around is not answered.
fn written_at(apply: &ApplyMail<'_>) -> Timestamp {
    let received = apply.waiting.internal_date.unwrap_or(apply.waiting.arrived_at);
    let written = apply.read.mail.date.filter(|date| date.millis() > 0);
    written.map_or(received, |written| written.min(received))
}

/// Puts the answer into the outbox, if it was decided on.
pub async fn put(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    decided: &Decided,
) -> Result<()> {
    let is_answered = decided.evidence.iter().any(|one| one.clue == Clue::Answered);
    let Some(answer) = apply.answer.filter(|_| is_answered) else { return Ok(()) };
    let from = &answer.from;
    let mail = NewMail {
        id: answer.id,
        kind: outbox::Kind::Automatic,
        ticket: Some(ticket),
        message: None,
        agent: None,
        account: from.account,
        from: (&from.name, &from.address),
        envelope_from: &answer.mail.envelope_from,
        subject: &answer.mail.subject,
        message_id: &answer.mail.message_id,
        raw: &answer.mail.raw,
        recipients: &answer.to,
        now: apply.now,
        not_before: apply.now,
    };
    outbox::put(tx, &mail).await?;
    store::note_answer(tx, apply, answer.id, ticket, &answer.mail.message_id).await?;
    let to = answer.to.iter().map(|one| one.address.as_str()).collect::<String>();
    apply.record(tx, ticket, "acknowledged", json!({ "to": to, "by": "mailbox" })).await
}

/// Whoever answers a mail of ours by its signed name reads what we send to him.
pub async fn prove(tx: &mut Tx<'_>, apply: &ApplyMail<'_>, decided: &Decided) -> Result<()> {
    let is_token = |one: &Evidence| {
        matches!(one.clue, Clue::OwnMessageId | Clue::ReplyToken) && one.weight > 0
    };
    let is_person = apply.read.class == MailClass::Personal && !apply.waiting.archive;
    let is_proof = is_person && decided.evidence.iter().any(is_token);
    match apply.read.from().filter(|_| is_proof) {
        Some(from) => store::prove(tx, from, apply.now).await,
        None => Ok(()),
    }
}
