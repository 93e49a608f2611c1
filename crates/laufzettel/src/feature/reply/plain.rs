//! What stands around an answer to certain recipients: no links, because marketplaces send such mails back
//! (F-OUT-23), and the number that the customer has for the case (F-OUT-25). What the writer wrote stays.

use mail::build::text_of_html;
use maud::html;
use rules::answer::without_links;
use values::Language;

use super::note_mail::Around;
use crate::record::body::Body;
use crate::record::directory::Directory;
use crate::record::draft::Kind;
use crate::record::mail_rules::MailRules;
use crate::record::outgoing::Last;
use crate::service::outbox::Recipient;
use crate::texts;

/// What stands around an answer.
pub struct Plain {
    /// HTML above it.
    pub above: Option<String>,
    /// HTML below it.
    pub below: Option<String>,
    /// The signature.
    pub signature: Option<Body>,
    /// What is quoted.
    pub quoted: Vec<Last>,
}

impl Plain {
    /// As it is; as text without links where one of the recipients wants none.
    pub fn of(
        directory: &Directory,
        recipients: &[Recipient],
        around: &Around,
        signature: Option<&Body>,
        quoted: &[Last],
    ) -> Self {
        let is_linkless = |one: &Recipient| directory.mail_rules.is_linkless(&one.address);
        let as_it_is = Self {
            above: around.above.clone(),
            below: around.below.clone(),
            signature: signature.cloned(),
            quoted: quoted.to_vec(),
        };
        match recipients.iter().any(is_linkless) {
            true => as_it_is.without_links(),
            false => as_it_is,
        }
    }

    fn without_links(self) -> Self {
        let piece = |html: Option<String>| html.map(|html| paragraphs(&plain_text(&html)));
        let signature = self.signature.map(|body| match &body.html {
            Some(html) => Body::from_html(&paragraphs(&plain_text(html))),
            None => Body::from_text(&without_links(&body.segment.text)),
        });
        let quoted = self.quoted.into_iter().map(|last| Last {
            text: without_links(&last.text),
            html: None,
            ..last
        });
        Self {
            above: piece(self.above),
            below: piece(self.below),
            signature: signature.filter(|body| !body.is_empty()),
            quoted: quoted.collect(),
        }
    }
}

fn plain_text(html: &str) -> String {
    without_links(&text_of_html(html))
}

fn paragraphs(text: &str) -> String {
    html! { p { @for line in text.trim().lines() { (line) br; } } }.into_string()
}

/// A subject with the customer's number at its end, unless it names it already.
pub fn with_reference(language: Language, subject: &str, reference: Option<&str>) -> String {
    match reference.filter(|reference| !subject.contains(reference)) {
        Some(reference) => texts::reply(language).with_reference(subject, reference),
        None => subject.to_owned(),
    }
}

/// Whether a mail of this kind may leave (F-OUT-21).
pub fn leaves(rules: &MailRules, kind: Kind) -> bool {
    match kind {
        Kind::Note => rules.sends,
        Kind::Reply | Kind::Forward => rules.reaches_customers(),
    }
}
