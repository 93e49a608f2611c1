//! The words around what was written in a mail, and those around an internal note that leaves as one.

use maud::html;
use values::Language;

use crate::http::encode;
use crate::texts;

/// What the words are made of.
pub struct NoteFacts<'a> {
    /// The language of the team.
    pub language: Language,
    /// Who wrote the note.
    pub author: &'a str,
    /// The number of the ticket.
    pub number: &'a str,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// What the note is about in a few words.
    pub short: &'a str,
}

/// The words.
pub struct Around {
    /// The subject of the mail.
    pub subject: String,
    /// HTML above what was written.
    pub above: Option<String>,
    /// HTML below it.
    pub below: Option<String>,
}

impl Around {
    /// The words around a note; with the base address of the pages they lead to the ticket.
    pub fn of(facts: &NoteFacts<'_>, base_url: Option<&str>) -> Self {
        let words = texts::reply(facts.language);
        let above = html! { p { (words.note_mail_by(facts.author, facts.number, facts.subject)) } };
        let below = base_url.map(|base_url| {
            let page = format!("{base_url}/tickets/{}", encode(facts.number));
            html! { p { (words.note_mail_answer()) br; a href=(page) { (page) } } }.into_string()
        });
        let subject = words.note_subject(facts.short);
        Self { subject, above: Some(above.into_string()), below }
    }
}
