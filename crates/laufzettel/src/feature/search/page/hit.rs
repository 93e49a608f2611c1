//! One hit: what, where, and the words found in it.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{Moment, Status, icon, moment, status};
use crate::texts;

/// A piece of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text around what was found.
    Plain(String),
    /// What was found.
    Hit(String),
}

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct TicketHit {
    /// Its number.
    pub number: String,
    /// Its status.
    pub status: Status,
    /// Its subject.
    pub subject: Vec<Piece>,
    /// A piece of its text.
    pub snippet: Vec<Piece>,
    /// When something last happened.
    pub time: Moment,
    /// Customer, area, assignee: what is known, ready to print.
    pub about: Vec<String>,
}

/// A message or attachment that was found.
#[derive(Clone, Debug)]
pub struct MessageHit {
    /// The ticket it lies in.
    pub number: String,
    /// What that is about.
    pub subject: Vec<Piece>,
    /// The address of the place in the ticket.
    pub href: String,
    /// What kind of thing it is.
    pub place: Place,
    /// A piece of its text.
    pub snippet: Vec<Piece>,
    /// When it came or was written.
    pub time: Moment,
}

/// What kind of thing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A mail from outside.
    Mail {
        /// Who wrote it.
        author: String,
        /// To whom.
        to: String,
        /// How many attachments it has.
        attachments: u64,
    },
    /// A reply of ours.
    Reply {
        /// Who wrote it.
        author: String,
        /// To whom.
        to: String,
    },
    /// An internal note.
    Note {
        /// Who wrote it.
        author: String,
    },
    /// An attachment.
    File {
        /// Its name.
        name: String,
        /// Its size, ready to print.
        size: String,
    },
}

/// Text with its marks.
pub(super) fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece { Piece::Plain(text) => { (text) }, Piece::Hit(text) => { mark { (text) } } }
        }
    }
}

pub(super) fn ticket(language: Language, hit: &TicketHit) -> Markup {
    html! {
        li class="found" data-row={ "t" (hit.number) } {
            (status(language, &hit.status))
            a href={ "/tickets/" (hit.number) } { (pieces(&hit.subject)) }
            (moment(&hit.time))
            p { (pieces(&hit.snippet)) }
            span class="meta" { span { (hit.number) } @for one in &hit.about { span { (one) } } }
        }
    }
}

pub(super) fn message(language: Language, hit: &MessageHit) -> Markup {
    let texts = texts::search(language);
    let note = matches!(hit.place, Place::Note { .. });
    let (symbol, title) = match &hit.place {
        Place::Mail { author, to, .. } => ("mail", texts.from_to(author, to)),
        Place::Reply { author, to } => ("reply", texts.from_to(author, to)),
        Place::Note { author } => ("lock", texts.note_by(author)),
        Place::File { name, .. } => ("file-text", name.clone()),
    };
    html! {
        li class="found" data-row=(hit.href) data-kind=[note.then_some("note")] {
            (icon(symbol))
            a href=(hit.href) { (title) }
            (moment(&hit.time))
            p { (pieces(&hit.snippet)) }
            span class="meta" { (about(language, hit)) (subject(hit)) }
        }
    }
}

fn about(language: Language, hit: &MessageHit) -> Markup {
    let texts = texts::search(language);
    match &hit.place {
        Place::File { size, .. } => html! { span { (texts.file_in(&hit.number)) } span { (size) } },
        Place::Mail { attachments, .. } if *attachments > 0 => {
            html! { span { (texts.in_ticket(&hit.number)) } span { (texts::journal(language).attachments(*attachments)) } }
        }
        _ => html! { span { (texts.in_ticket(&hit.number)) } },
    }
}

/// What the ticket is about: often the word stands only there.
fn subject(hit: &MessageHit) -> Markup {
    html! { @if !hit.subject.is_empty() { span class="trunc" { (pieces(&hit.subject)) } } }
}
