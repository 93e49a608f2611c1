//! The mail that tells the requester of a ticket that was opened for him (F-FLD-09). It is built
//! before the operation that makes the ticket, and is a row of the outbox with it or not at all.

use db::{Reading, Result, Tx, View};
use mail::build::AutoSubmitted;
use values::{EmailAddress, Language, Timestamp};
use web::Times;

use super::{CreateTicket, NewTicket, store};
use crate::App;
use crate::record::OutboundId;
use crate::record::actor::Actor;
use crate::record::body::Body;
use crate::record::directory::{Directory, by_id};
use crate::record::message::Recipients;
use crate::record::outgoing::{
    Content, Filling, From, Last, Letter, Origin, Ready, Thread, build, choose, compose,
};
use crate::service::outbox::{self, Field, Kind, NewMail, Recipient};
use crate::texts;

/// The mail, ready for the outbox.
#[derive(Debug)]
pub struct Opening {
    /// The mail.
    pub id: OutboundId,
    from: From,
    to: Recipient,
    ready: Ready,
}

/// What it is built from.
pub struct OpeningOf<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// The lists.
    pub directory: &'a Directory,
    /// Who makes the ticket.
    pub actor: &'a Actor,
    /// The number that was drawn for the ticket.
    pub number: &'a str,
    /// Its public id.
    pub public_id: &'a str,
    /// What is wanted.
    pub new: &'a NewTicket,
    /// The present moment.
    pub now: Timestamp,
}

/// Whether somebody is told, and could be.
#[derive(Debug)]
pub enum Told {
    /// By this mail.
    By(Box<Opening>),
    /// Nobody is to be told, or there is no address of a customer.
    Nobody,
    /// There is no address that it could leave from.
    NoSender,
}

/// Builds the mail.
pub async fn opening(of: &OpeningOf<'_>) -> Result<Told> {
    let address = of.new.requester.as_ref().and_then(|requester| requester.email.as_ref());
    let is_wanted = of.new.notify && of.directory.mail_rules.reaches_customers();
    let Some(address) = address.filter(|address| is_wanted && !of.is_ours(address)) else {
        return Ok(Told::Nobody);
    };
    let Some(from) = choose(of.directory, of.new.area, &Origin::default(), None) else {
        return Ok(Told::NoSender);
    };
    let known = of.app.db.read(&Known { address }).await?;
    let given = of.new.requester.as_ref().and_then(|requester| requester.name.clone());
    let language = known.language.as_deref().and_then(Language::from_code);
    let language = language.unwrap_or(of.app.config.language);
    let name = given.or(known.name).unwrap_or_default();
    let to = Recipient { field: Field::To, name, address: address.clone() };
    let ready = of.ready(&from, &to, language)?;
    Ok(Told::By(Box::new(Opening { id: of.app.ids.next(of.now), from, to, ready })))
}

struct Known<'a> {
    address: &'a EmailAddress,
}

impl Reading for Known<'_> {
    type Outcome = store::Known;

    async fn run(&self, view: &mut View<'_>) -> Result<store::Known> {
        store::known(view, self.address).await
    }
}

impl OpeningOf<'_> {
    fn is_ours(&self, address: &EmailAddress) -> bool {
        self.directory.mailboxes.iter().any(|mailbox| mailbox.addresses().contains(address))
    }

    fn ready(&self, from: &From, to: &Recipient, language: Language) -> Result<Ready> {
        let zone = &self.app.config.time_zone;
        let times = Times { language, zone: zone.clone(), now: self.now };
        let texts = texts::create(language);
        let words = [
            texts.opening_greeting().to_owned(),
            texts.opening_text(self.number),
            texts.opening_answer().to_owned(),
        ];
        let body = Body::from_text(&words.join("\n\n"));
        let thread = Thread { quoted: vec![self.quoted(to)], ..Thread::default() };
        let area = by_id(&self.directory.areas, self.new.area.number());
        let filling = Filling {
            actor: self.actor,
            directory: self.directory,
            language,
            area: self.new.area,
            number: self.number,
            subject: &self.new.subject,
            contact: &to.name,
            email: Some(to.address.as_str()),
        };
        let filled = |html: &Option<String>| html.as_deref().map(|html| filling.html(html));
        let written = compose(&Content {
            times: &times,
            header: area.and_then(|area| filled(&area.mail_header)).as_deref(),
            body: &body,
            signature: None,
            footer: area.and_then(|area| filled(&area.mail_footer)).as_deref(),
            quoted: &thread.quoted,
            is_forward: false,
        });
        build(&Letter {
            keys: &self.app.keys,
            blobs: &self.app.blobs,
            directory: self.directory,
            ticket: (self.number, self.public_id, self.new.area),
            thread: &thread,
            from,
            recipients: std::slice::from_ref(to),
            subject: &self.new.subject,
            written: &written,
            parts: &[],
            auto_submitted: Some(AutoSubmitted::Generated),
            is_answer: true,
            answers_to: None,
            at: self.now,
            zone,
            random: rand::random(),
        })
    }

    /// What the customer said, as far as it was written down.
    fn quoted(&self, by: &Recipient) -> Last {
        Last {
            at: self.now,
            author: by.name.clone(),
            address: Some(by.address.to_string()),
            subject: self.new.subject.clone(),
            recipients: Recipients::default(),
            text: self.new.body.segment.text.trim().to_owned(),
            html: None,
        }
    }
}

/// Puts the mail into the outbox. An answer to it belongs to the ticket.
pub async fn put(tx: &mut Tx<'_>, create: &CreateTicket<'_>, opening: &Opening) -> Result<()> {
    let (ready, now) = (&opening.ready, create.acting.now);
    let mail = NewMail {
        id: opening.id,
        kind: Kind::Automatic,
        ticket: Some(create.id),
        message: None,
        agent: Some(create.acting.actor.agent),
        account: opening.from.account,
        from: (&opening.from.name, &opening.from.address),
        envelope_from: &ready.envelope_from,
        subject: &ready.subject,
        message_id: &ready.message_id,
        raw: &ready.raw,
        recipients: std::slice::from_ref(&opening.to),
        now,
        not_before: now,
    };
    outbox::put(tx, &mail).await?;
    store::refer(tx, create, &ready.message_id).await
}
