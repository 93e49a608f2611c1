//! A mail as filters see it.

use std::cell::OnceCell;

use crate::intake::MailClass;
use crate::text::{Tokens, fold_text};

/// A header field: its name as written, its decoded value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it says.
    pub value: String,
}

/// What a filter may ask of a mail. What is `None` was not read; see [`super::Needs`].
#[derive(Debug, Default)]
pub struct MailToMatch<'a> {
    /// The author.
    pub from: (&'a str, &'a str),
    /// `To`, each a name and an address; so the next ones.
    pub to: &'a [(String, String)],
    /// `Cc`.
    pub cc: &'a [(String, String)],
    /// `Bcc`.
    pub bcc: &'a [(String, String)],
    /// `Reply-To`.
    pub reply_to: &'a [(String, String)],
    /// Recipients of the envelope.
    pub envelope_to: &'a [String],
    /// The decoded subject.
    pub subject: &'a str,
    /// The text, if it was read.
    pub text: Option<&'a str>,
    /// The words of subject, text and file names, if they were analysed.
    pub words: Option<&'a Tokens>,
    /// The header, if it was read.
    pub headers: Option<&'a [Header]>,
    /// Attachments: name and media type.
    pub attachments: &'a [(String, String)],
    /// Bytes of the whole mail.
    pub size_bytes: u64,
    /// Its class.
    pub class: Option<MailClass>,
    /// The id of the mailbox it came to.
    pub mailbox: i64,
    /// The id of the author's company, if it is known.
    pub company: Option<i64>,
    /// Whether the author is on record.
    pub is_known: bool,
    /// Whether it refers to another mail or says that it answers.
    pub is_answer: bool,
    /// Whether it passes on another mail.
    pub is_forwarded: bool,
    /// Whether a mail of ours began the conversation.
    pub is_started_here: bool,
    /// Whether its subject names a ticket that is there.
    pub names_ticket: bool,
    /// Whether somebody had read it on its server before it was fetched.
    pub was_seen: bool,
    /// Whether somebody had answered it there.
    pub was_answered: bool,
    /// The folded subject and text, made when they are first asked for.
    pub folded: Folded,
}

/// Texts of a mail as they are compared.
#[derive(Debug, Default)]
pub struct Folded {
    subject: OnceCell<String>,
    text: OnceCell<String>,
}

impl MailToMatch<'_> {
    /// The folded subject.
    pub(super) fn folded_subject(&self) -> &str {
        self.folded.subject.get_or_init(|| fold_text(self.subject))
    }

    /// The folded text, if the text was read.
    pub(super) fn folded_text(&self) -> Option<&str> {
        let text = self.text?;
        Some(self.folded.text.get_or_init(|| fold_text(text)))
    }
}
