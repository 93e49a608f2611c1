//! The mail with a link, built before the operation that stores both.

use ::web::Times;
use db::{Result, Tx};
use mail::build::{Address, AutoSubmitted, Outgoing, build};
use values::{EmailAddress, Language, Timestamp};

use super::{Link, Purpose};
use crate::App;
use crate::record::directory::Directory;
use crate::record::sender::CONFIGURED;
use crate::record::{OutboundId, our_address};
use crate::service::blobs::Prepared;
use crate::service::mail_ids;
use crate::service::outbox::{self, Field, Kind, NewMail, Recipient};
use crate::texts;

/// What the mail is built from.
pub struct LetterOf<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// The lists.
    pub directory: &'a Directory,
    /// The name of whoever gets it.
    pub name: &'a str,
    /// The address.
    pub address: &'a EmailAddress,
    /// The language; without one that of the configuration.
    pub language: Option<Language>,
    /// Who invites.
    pub by: &'a str,
    /// The link.
    pub link: &'a Link,
}

/// The mail, ready for the outbox.
pub struct Letter {
    id: OutboundId,
    from: (String, String),
    account: i64,
    subject: &'static str,
    message_id: String,
    raw: Prepared,
    recipients: [Recipient; 1],
}

/// Builds the mail; `None` where there is no address that it could leave from, and where it would come
/// back to us: then everybody who sees the mailbox could set the password.
pub fn letter(of: &LetterOf<'_>) -> Result<Option<Letter>> {
    if our_address::is_listed(of.directory, of.address) {
        return Ok(None);
    }
    let Some((from, account)) = sender(of.directory) else { return Ok(None) };
    let domain = from.1.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id = mail_ids::message_id(&of.app.keys, rand::random(), domain);
    let (subject, text) = words(of);
    let bytes = build(&Outgoing {
        from: Address { name: &from.0, address: &from.1 },
        reply_to: None,
        to: &[Address { name: of.name, address: of.address.as_str() }],
        cc: &[],
        subject,
        at_millis: of.link.now.millis(),
        offset_seconds: 0,
        message_id: &message_id,
        in_reply_to: None,
        references: &[],
        boundary_seed: rand::random(),
        text: &text,
        html: None,
        parts: &[],
        auto_submitted: Some(AutoSubmitted::Generated),
        headers: &[],
    });
    let (name, address) = (of.name.to_owned(), of.address.clone());
    Ok(Some(Letter {
        id: of.app.ids.next(of.link.now),
        from,
        account,
        subject,
        message_id,
        raw: of.app.blobs.prepare(&bytes)?,
        recipients: [Recipient { field: Field::To, name, address }],
    }))
}

/// Subject and text.
fn words(of: &LetterOf<'_>) -> (&'static str, String) {
    let config = &of.app.config;
    let language = of.language.unwrap_or(config.language);
    let times = Times { language, zone: config.time_zone.clone(), now: of.link.now };
    let (texts, until) = (texts::passwords(language), times.full(of.link.expires_at()));
    let href = format!("{}{}", config.base_url.trim_end_matches('/'), of.link.path());
    match of.link.purpose {
        Purpose::Invitation => {
            (texts.invitation_subject(), texts.invitation_text(of.name, of.by, &href, &until))
        }
        Purpose::Reset => (texts.reset_subject(), texts.reset_text(of.name, &href, &until)),
    }
}

/// Name and address of the default sender, else of any mailbox, and the account it leaves by.
fn sender(directory: &Directory) -> Option<((String, String), i64)> {
    let default = directory.senders.iter().find(|sender| sender.is_default && sender.active);
    if let Some(sender) = default {
        return Some(((sender.name.clone(), sender.address.clone()), sender.account()));
    }
    let mailbox = directory.mailboxes.first()?;
    let address = mailbox.addresses().into_iter().next()?;
    Some(((mailbox.label.clone(), address.as_str().to_owned()), CONFIGURED))
}

impl Letter {
    /// Puts it into the outbox.
    pub async fn put(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        let mail = NewMail {
            id: self.id,
            kind: Kind::Notice,
            ticket: None,
            message: None,
            agent: None,
            account: self.account,
            from: (&self.from.0, &self.from.1),
            envelope_from: "",
            subject: self.subject,
            message_id: &self.message_id,
            raw: &self.raw,
            recipients: &self.recipients,
            now,
            not_before: now,
        };
        outbox::put(tx, &mail).await
    }
}
