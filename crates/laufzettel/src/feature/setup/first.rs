//! The third step: a mail to the own mailbox, which comes back as the first ticket.

use std::cmp::Reverse;

use db::{Operation, Reading, Result, Tx, View};
use mail::build::{Address, Outgoing, build};
use values::{EmailAddress, Language, Timestamp};

use super::store::{self, TestMail};
use crate::App;
use crate::record::OutboundId;
use crate::record::actor::Actor;
use crate::record::mailbox::{Mailbox, Source};
use crate::record::sender::{CONFIGURED, Sender, by_address};
use crate::service::blobs::Prepared;
use crate::service::outbox::{self, Field, Kind, NewMail, Recipient};
use crate::service::setting;
use crate::texts;

/// The setting that names the last test mail.
const SETTING: &str = "setup_test_mail";

/// The mailbox of the set-up: the newest one that fetches its mails, else the newest one.
pub async fn mailbox(app: &App) -> Result<Option<Mailbox>> {
    let directory = app.directory().await?;
    let mut all: Vec<&Mailbox> = directory.mailboxes.iter().filter(|one| one.enabled).collect();
    all.sort_by_key(|mailbox| (mailbox.source() == Source::Push {}, Reverse(mailbox.id.number())));
    Ok(all.first().map(|mailbox| (*mailbox).clone()))
}

/// Whether a mail server takes the mails of a sender: its own, or the configured one.
pub fn has_server(app: &App, sender: &Sender) -> bool {
    sender.account() != CONFIGURED || app.config.smtp.is_some()
}

/// Sends a mail from the mailbox's address to itself. The outcome says whether there is a sender that can.
pub async fn send(app: &App, actor: &Actor, language: Language, mailbox: &Mailbox) -> Result<bool> {
    let directory = app.directory().await?;
    let addresses = mailbox.addresses();
    let Some(address) = addresses.first() else { return Ok(false) };
    let Some(sender) = by_address(&directory.senders, address.as_str()) else { return Ok(false) };
    if !has_server(app, sender) {
        return Ok(false);
    }
    let mail = Letter { actor, sender, address, language, now: app.now() }.written(app)?;
    app.db.write(&mail).await?;
    Ok(true)
}

struct Letter<'a> {
    actor: &'a Actor,
    sender: &'a Sender,
    address: &'a EmailAddress,
    language: Language,
    now: Timestamp,
}

impl<'a> Letter<'a> {
    fn written(&self, app: &App) -> Result<SendTest<'a>> {
        let texts = texts::setup(self.language);
        // Not an id of ours: the mail shall be taken like anybody's.
        let random: [u8; 16] = rand::random();
        let message_id = format!("{}.test@{}", values::hex(&random), self.address.domain());
        let at = Address { name: &self.actor.name, address: self.address.as_str() };
        let bytes = build(&Outgoing {
            from: at,
            reply_to: None,
            to: &[Address { name: "", ..at }],
            cc: &[],
            subject: texts.test_subject(),
            at_millis: self.now.millis(),
            offset_seconds: 0,
            message_id: &message_id,
            in_reply_to: None,
            references: &[],
            boundary_seed: random,
            text: texts.test_text(),
            html: None,
            parts: &[],
            auto_submitted: None,
            headers: &[],
        });
        let recipient =
            Recipient { field: Field::To, name: String::new(), address: self.address.clone() };
        Ok(SendTest {
            id: app.ids.next(self.now),
            actor: self.actor,
            sender: self.sender.clone(),
            subject: texts.test_subject(),
            message_id,
            raw: app.blobs.prepare(&bytes)?,
            recipients: [recipient],
            now: self.now,
        })
    }
}

/// Puts the test mail into the outbox and remembers it.
struct SendTest<'a> {
    id: OutboundId,
    actor: &'a Actor,
    sender: Sender,
    subject: &'static str,
    message_id: String,
    raw: Prepared,
    recipients: [Recipient; 1],
    now: Timestamp,
}

impl Operation for SendTest<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mail = NewMail {
            id: self.id,
            kind: Kind::Automatic,
            ticket: None,
            message: None,
            agent: Some(self.actor.agent),
            account: self.sender.account(),
            from: (&self.actor.name, &self.sender.address),
            envelope_from: &self.sender.address,
            subject: self.subject,
            message_id: &self.message_id,
            raw: &self.raw,
            recipients: &self.recipients,
            now: self.now,
            not_before: self.now,
        };
        outbox::put(tx, &mail).await?;
        setting::set(tx, SETTING, &self.id.to_string()).await
    }
}

/// Reads what became of the last test mail.
pub struct ReadTest;

impl Reading for ReadTest {
    type Outcome = Option<TestMail>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<TestMail>> {
        let id = setting::get(view, SETTING).await?;
        let Some(id) = id.as_deref().and_then(OutboundId::parse) else { return Ok(None) };
        store::test_mail(view, id).await
    }
}
