//! The mails of [`super::house`]: read what a job is about, write one mail for each who is told, and put
//! them into the outbox with the end of the job, all or nothing.

use db::{Operation, Reading, Result, Tx, View};
use mail::build::AutoSubmitted;
use rules::answer::without_links;
use values::{EmailAddress, Language};

use super::house::{self, Detail, Told};
use super::render::excerpt;
use super::store::{self, HouseTicket};
use crate::App;
use crate::http::encode;
use crate::record::MessageId;
use crate::record::OutboundId;
use crate::record::body::Body;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::mail_rules::is_mailbox;
use crate::record::message::{self, Message};
use crate::record::outgoing::{
    self, Content, From, Origin, Quote, ReadThread, Thread, choose, compose,
};
use crate::service::jobs::{self, Due};
use crate::service::lease::Fence;
use crate::service::outbox::{self, Field, Kind, NewMail, Recipient};
use crate::texts;

/// What a job is about.
struct Facts {
    ticket: HouseTicket,
    message: Option<Message>,
    thread: Thread,
    detail: Detail,
}

struct ReadFacts<'a>(&'a Due);

impl Reading for ReadFacts<'_> {
    type Outcome = Option<Facts>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Facts>> {
        let detail: Detail = serde_json::from_str(&self.0.detail).unwrap_or_default();
        let Some(id) = self.0.ticket else { return Ok(None) };
        let Some(ticket) = store::house_ticket(view, id).await? else { return Ok(None) };
        let message = match detail.message.as_deref().and_then(|text| text.parse::<i64>().ok()) {
            Some(id) => {
                let after = MessageId::from_number(id.saturating_add(1));
                message::of_ticket(view, ticket.id, Some(after), 1).await?.pop()
            }
            None => None,
        };
        let read = ReadThread { ticket: ticket.id, quote: Quote::None, is_whole: false };
        let thread = read.run(view).await?;
        Ok(Some(Facts { ticket, message, thread, detail }))
    }
}

/// A mail that is ready.
struct Ready {
    id: OutboundId,
    kind: Kind,
    from: From,
    to: Recipient,
    mail: outgoing::Ready,
}

/// Does such a job.
pub async fn handle(app: &App, fence: &Fence, job: &Due) -> Result<()> {
    let directory = app.directory().await?;
    let facts = app.db.read(&ReadFacts(job)).await?;
    let mails = match &facts {
        Some(facts) => Writer { app, directory: &directory, facts }.mails(&job.kind)?,
        None => Vec::new(),
    };
    let ticket = facts.as_ref().map(|facts| &facts.ticket);
    app.db.write(&Done { job, fence, ticket, mails: &mails, now: app.now() }).await
}

struct Writer<'a> {
    app: &'a App,
    directory: &'a Directory,
    facts: &'a Facts,
}

impl Writer<'_> {
    fn mails(&self, kind: &str) -> Result<Vec<Ready>> {
        let ticket = &self.facts.ticket;
        let origin = match kind {
            house::TOO_LARGE => self.facts.thread.origin.clone(),
            _ => Origin::default(),
        };
        let Some(from) = choose(self.directory, ticket.area, &origin, None) else {
            return Ok(Vec::new());
        };
        let told = match kind {
            house::NEW => house::told_of_new(self.directory, ticket.area),
            house::ANSWER => house::told_of_answers(self.directory),
            _ => return self.too_large(&from).map(|mail| mail.into_iter().collect()),
        };
        // Who wrote it himself need not be told.
        let requester = ticket.requester_email.as_deref();
        let told = told.iter().filter(|one| Some(one.address.as_str()) != requester);
        told.map(|one| self.to_house(kind, &from, one)).collect()
    }

    fn to_house(&self, kind: &str, from: &From, told: &Told) -> Result<Ready> {
        let (language, ticket) = (self.app.config.language, &self.facts.ticket);
        let words = texts::notify(language);
        let heading = if kind == house::NEW { words.house_new() } else { words.house_answer() };
        let usual =
            if kind == house::NEW { words.house_new_text() } else { words.house_answer_text() };
        let first = told.words.clone().unwrap_or_else(|| usual.to_owned());
        let subject = format!("{heading}: {}", ticket.subject);
        let to = Recipient { field: Field::To, name: String::new(), address: told.address.clone() };
        let thread = Thread::default();
        let text = self.text(language, &first);
        self.ready((Kind::Notice, from, to), &thread, (language, &subject, &text))
    }

    /// Title, classification, who asks, the text and the way to the ticket (F-MAIL-64).
    fn text(&self, language: Language, first: &str) -> String {
        let (words, ticket) = (texts::notify(language), &self.facts.ticket);
        let mut lines = vec![first.trim().to_owned(), String::new()];
        lines.push(format!("{} {}", ticket.number, ticket.subject));
        lines.extend(self.properties(language));
        if let Some(message) = &self.facts.message {
            lines.extend([String::new(), words.wrote(&message.author_name)]);
            lines.extend(excerpt(message).lines().map(|line| format!("> {line}")));
        }
        let page = format!("{}/tickets/{}", self.app.config.base_url, encode(&ticket.number));
        lines.extend([String::new(), page, String::new(), words.answer_on_the_page().to_owned()]);
        lines.join("\n")
    }

    fn properties(&self, language: Language) -> Vec<String> {
        let (common, settings) = (texts::common(language), texts::settings(language));
        let lists = self.directory;
        let ticket = &self.facts.ticket;
        let area = by_id(&lists.areas, ticket.area.number()).map(|one| one.name(language));
        let kind = ticket.request_type.and_then(|id| by_id(&lists.request_types, id.number()));
        let category = ticket.category.and_then(|id| by_id(&lists.categories, id.number()));
        let priority = by_id(&lists.priorities, ticket.priority.number());
        let from = match (ticket.requester_name.as_str(), ticket.requester_email.as_deref()) {
            (name, Some(email)) if name != email => format!("{name} <{email}>"),
            (name, _) => name.to_owned(),
        };
        let facts = [
            (common.area(), area.map(str::to_owned)),
            (common.request_type(), kind.map(|one| one.name(language).to_owned())),
            (common.category(), category.map(|one| one.name(language).to_owned())),
            (common.priority(), priority.map(|one| one.name(language).to_owned())),
            (settings.required_requester(), Some(from)),
            (settings.required_company(), ticket.company_name.clone()),
        ];
        let said = facts.into_iter().filter_map(|(label, value)| {
            value.filter(|value| !value.is_empty()).map(|value| format!("{label}: {value}"))
        });
        said.collect()
    }

    /// The sender of a mail that was too large is told in his language and in the thread of his mail.
    fn too_large(&self, from: &From) -> Result<Option<Ready>> {
        let Some(to) = &self.facts.detail.to else { return Ok(None) };
        let Ok(address) = EmailAddress::parse(&to.email) else { return Ok(None) };
        let rules = &self.directory.mail_rules;
        if !rules.reaches_customers() || is_mailbox(self.directory, &address) {
            return Ok(None);
        }
        let (thread, ticket) = (&self.facts.thread, &self.facts.ticket);
        let language = thread.language.unwrap_or(self.app.config.language);
        let mebibytes = self.facts.detail.mebibytes.to_string();
        let text = texts::notify(language).too_large_text(&ticket.subject, &mebibytes);
        let text = if rules.is_linkless(&address) { without_links(&text) } else { text };
        let to = Recipient { field: Field::To, name: to.name.clone(), address };
        let about = (language, ticket.subject.as_str(), text.as_str());
        self.ready((Kind::Automatic, from, to), thread, about).map(Some)
    }

    fn ready(
        &self,
        (kind, from, to): (Kind, &From, Recipient),
        thread: &Thread,
        (language, subject, text): (Language, &str, &str),
    ) -> Result<Ready> {
        let (app, ticket, now) = (self.app, &self.facts.ticket, self.app.now());
        let zone = &app.config.time_zone;
        let written = compose(&Content {
            times: &web::Times { language, zone: zone.clone(), now },
            header: None,
            body: &Body::from_text(text),
            signature: None,
            footer: None,
            quoted: &[],
            is_forward: false,
        });
        let mail = outgoing::build(&outgoing::Letter {
            keys: &app.keys,
            blobs: &app.blobs,
            directory: self.directory,
            ticket: (&ticket.number, &ticket.public_id, ticket.area),
            thread,
            from,
            recipients: std::slice::from_ref(&to),
            subject,
            written: &written,
            parts: &[],
            auto_submitted: Some(AutoSubmitted::Generated),
            is_answer: kind == Kind::Automatic,
            answers_to: None,
            at: now,
            zone,
            random: rand::random(),
        })?;
        Ok(Ready { id: app.ids.next(now), kind, from: from.clone(), to, mail })
    }
}

/// Deletes the job and puts its mails into the outbox.
struct Done<'a> {
    job: &'a Due,
    fence: &'a Fence,
    ticket: Option<&'a HouseTicket>,
    mails: &'a [Ready],
    now: values::Timestamp,
}

impl Operation for Done<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        if !jobs::done(tx, self.fence, self.job.id).await? {
            return Ok(());
        }
        for ready in self.mails {
            let mail = NewMail {
                id: ready.id,
                kind: ready.kind,
                ticket: self.ticket.map(|ticket| ticket.id),
                message: None,
                agent: None,
                account: ready.from.account,
                from: (&ready.from.name, &ready.from.address),
                envelope_from: &ready.mail.envelope_from,
                subject: &ready.mail.subject,
                message_id: &ready.mail.message_id,
                raw: &ready.mail.raw,
                recipients: std::slice::from_ref(&ready.to),
                now: self.now,
                not_before: self.now,
            };
            outbox::put(tx, &mail).await?;
        }
        Ok(())
    }
}
