//! One message: who, to whom, when, what, with what attached.

use maud::{Markup, html};
use values::Language;

use super::delivery::{Delivery, notes, pill};
use crate::feature::regroup::page::origin;
use crate::record::frame::{self, Moment, Person, icon};
use crate::texts;

/// One message of a conversation.
#[derive(Clone, Debug)]
pub struct Message {
    /// The message's id, for addresses.
    pub id: String,
    /// From outside, to outside, or for the team only.
    pub kind: Kind,
    /// Who wrote it.
    pub author: Person,
    /// The recipients, ready to print; empty for notes.
    pub to: String,
    /// What a note is about in a few words, if its author said it.
    pub title: String,
    /// The names of those whom it concerns, if that is not its author alone.
    pub concerns: String,
    /// The address of the page that corrects it, for who may.
    pub correct: Option<String>,
    /// The number of the ticket from which it came.
    pub from: Option<String>,
    /// The address of the page that says why it is here, where something is done with it.
    pub why: Option<String>,
    /// The address of the page that moves it, for who may.
    pub movable: Option<String>,
    /// When it was last corrected.
    pub corrected: Option<Moment>,
    /// What stands in its head: names and values. Notes have none.
    pub heads: Vec<(&'static str, String)>,
    /// When.
    pub time: Moment,
    /// Whether it stands as one line.
    pub fold: Fold,
    /// Whether it is the first unread one, at which the page opens.
    pub first_unread: bool,
    /// Whether it is unread.
    pub unread: bool,
    /// What was written.
    pub segments: Vec<Segment>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// The address of all attachments in one file, if there are several.
    pub archive: Option<String>,
    /// How many pictures and other things from the network were not loaded.
    pub blocked: u64,
    /// Whether only the beginning of its text is shown.
    pub is_cut: bool,
    /// What is odd about the mail, one sentence each.
    pub oddities: Vec<String>,
    /// The id of its mail in the journal, if it came as one.
    pub mail: Option<String>,
    /// What sort of mail it came as, if a program wrote it: an icon and the name.
    pub sort: Option<(&'static str, String)>,
    /// Where its mail stands, if it leaves as one.
    pub delivery: Option<Delivery>,
}

/// Where a message comes from and goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From outside.
    In,
    /// To outside.
    Out,
    /// For the team only.
    Note,
}

/// Whether a message stands as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fold {
    /// It stands open.
    Open,
    /// It was read earlier and stands as one line.
    Folded {
        /// The beginning of its text.
        preview: String,
    },
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Plain text.
    Text(String),
    /// HTML in a frame of its own.
    Frame {
        /// The address of the frame.
        src: String,
    },
    /// What others wrote before.
    Quote(Quote),
    /// The signature.
    Signature(Quote),
}

/// A part that stands folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Its lines.
    pub lines: u64,
    /// Plain text, or the frame that is loaded when it is unfolded.
    pub content: Box<Segment>,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id, for addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size, ready to print.
    pub size: String,
    /// Whether the browser can show it.
    pub preview: Preview,
}

/// Whether and how the browser can show a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
    /// It can only be downloaded.
    None,
}

/// A message as it stands open.
pub fn message(language: Language, message: &Message) -> Markup {
    html! {
        article class="msg" id={ "message-" (message.id) } data-kind=(kind(message.kind))
            data-from=[message.from.as_deref()]
            aria-label=(label(language, message)) {
            (head(language, message))
            (text(language, message))
            (files(language, message))
        }
    }
}

/// A message that was read earlier: one line that unfolds.
pub(super) fn folded(language: Language, message: &Message, preview: &str) -> Markup {
    html! {
        details class="folded" {
            summary class="msg-fold" data-from=[message.from.as_deref()] {
                (frame::avatar_beside_name(&message.author))
                b class="nowrap" { (message.author.name) }
                @if message.kind == Kind::Note { (note_pill(language)) }
                (sort_pill(message))
                span class="trunc grow muted" { (preview) }
                @if let Some(number) = &message.from { (origin(language, number)) }
                (frame::moment(&message.time))
            }
            (self::message(language, message))
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::In => "in",
        Kind::Out => "out",
        Kind::Note => "note",
    }
}

fn label(language: Language, message: &Message) -> String {
    let texts = texts::ticket(language);
    let (name, time) = (&message.author.name, &message.time.short);
    match message.kind {
        Kind::In => texts.mail_from(name, time),
        Kind::Out => texts.reply_from(name, time),
        Kind::Note => texts.note_from(name, time),
    }
}

fn note_pill(language: Language) -> Markup {
    html! { span class="pill" data-tone="note" { (icon("lock")) (texts::ticket(language).note()) } }
}

/// That a program wrote it is seen at once: nobody waits for an answer.
fn sort_pill(message: &Message) -> Markup {
    html! { @if let Some((symbol, name)) = &message.sort { span class="pill" { (icon(symbol)) (name) } } }
}

fn head(language: Language, message: &Message) -> Markup {
    html! {
        header id=[message.first_unread.then_some("unread")] {
            (frame::avatar_beside_name(&message.author))
            b { (message.author.name) }
            @if message.kind == Kind::Note { (note_pill(language)) }
            (sort_pill(message))
            (recipients(language, message))
            @if message.unread { (frame::unread(language)) }
            @if let Some(delivery) = &message.delivery { (pill(language, delivery)) }
            @if let Some(number) = &message.from { (origin(language, number)) }
            (frame::moment(&message.time))
            @if let Some(why) = &message.why { (ask_why(language, message, why)) }
            @if message.mail.is_some() || message.movable.is_some() || message.correct.is_some() || !message.heads.is_empty() {
                (menu(language, message))
            }
        }
    }
}

/// To whom it went; subject and all recipients open from there (F-ACT-12).
fn recipients(language: Language, message: &Message) -> Markup {
    let texts = texts::ticket(language);
    let (opens, words) = (format!("heads-{}", message.id), texts.heads());
    let said = html! {
        @if message.kind == Kind::Note {
            (texts.only_team())
            @if !message.concerns.is_empty() { " · " (texts.concerns(&message.concerns)) }
        } @else { (texts.to(&message.to)) }
    };
    html! {
        @if message.heads.is_empty() { span class="to trunc grow" { (said) } }
        @else {
            button class="to trunc grow" type="button" popovertarget=(opens) title=(words) { (said) }
            div class="pop whypop" id=(opens) popover role="dialog" aria-label=(words) {
                div class="body" { dl class="kv" { @for (name, value) in &message.heads { dt { (name) } dd { (value) } } } }
            }
        }
    }
}

fn ask_why(language: Language, message: &Message, href: &str) -> Markup {
    let texts = texts::ticket(language);
    let why = format!("why-{}", message.id);
    html! {
        button class="btn btn-quiet btn-sm" type="button" popovertarget=(why) aria-label=(texts.why())
            title=(texts.why()) hx-get=(href) hx-target={ "#" (why) } hx-swap="innerHTML" hx-trigger="click once" {
            (icon("circle-help"))
        }
        div class="pop whypop" id=(why) popover role="dialog" aria-label=(texts.why()) {
            div class="body" { a class="linked" href=(href) { (texts.why()) } }
        }
    }
}

fn menu(language: Language, message: &Message) -> Markup {
    let texts = texts::ticket(language);
    let (menu, id) = (format!("menu-{}", message.id), &message.id);
    html! {
        button class="btn btn-quiet btn-sm" type="button" popovertarget=(menu) aria-label=(texts.message_actions())
            title=(texts.message_actions()) { (icon("ellipsis")) }
        div class="pop pop-end" id=(menu) popover {
            @if !message.heads.is_empty() {
                button class="menu-item only-narrow" type="button" popovertarget={ "heads-" (id) } {
                    (icon("info")) (texts.heads())
                }
            }
            @if let Some(href) = &message.movable {
                a class="menu-item" href=(href) { (icon("folder-input")) (texts::regroup(language).move_action()) }
            }
            @if let Some(href) = &message.correct {
                a class="menu-item" href=(href) { (icon("pencil")) (texts.correct()) }
            }
            @if let Some(mail) = &message.mail {
                a class="menu-item" href={ "/messages/" (id) "/original" } { (icon("file-text")) (texts.original()) }
                a class="menu-item" href={ "/mails/" (mail) "/raw?download" } { (icon("download")) (texts.download_original()) }
                a class="menu-item" href={ "/mails/" (mail) "#entry" } { (icon("history")) (texts.in_journal()) }
            }
        }
    }
}

fn text(language: Language, message: &Message) -> Markup {
    let texts = texts::ticket(language);
    html! {
        div class="text" {
            @if !message.title.is_empty() { p { b { (message.title) } } }
            @if message.blocked > 0 {
                p class="note-line" data-tone="blue" { (icon("image")) span { (texts.blocked(message.blocked)) } }
            }
            @if let Some(delivery) = &message.delivery { (notes(language, delivery)) }
            @if message.segments.is_empty() && message.mail.is_some() {
                p class="muted" { (texts::journal(language).no_text()) }
            }
            @for part in &message.segments { (segment(language, part)) }
            @if message.is_cut {
                p class="note-line" data-tone="blue" {
                    (icon("info"))
                    span {
                        (texts.too_long()) " "
                        a class="linked" href={ "/messages/" (message.id) "/original" } { (texts.original()) }
                    }
                }
            }
            @if let Some(moment) = &message.corrected {
                p class="muted fine" { (texts.corrected()) " " (frame::moment(moment)) }
            }
            @if !message.oddities.is_empty() {
                details class="quote" {
                    summary { (icon("triangle-alert")) (texts.oddities(as_number(message.oddities.len()))) }
                    ul { @for oddity in &message.oddities { li { (oddity) } } }
                }
            }
        }
    }
}

fn as_number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A part of a message's text.
pub fn segment(language: Language, segment: &Segment) -> Markup {
    match segment {
        Segment::Text(text) => paragraphs(text),
        Segment::Frame { src } => html! {
            iframe class="mailframe" title=(texts::ticket(language).mail_frame())
                sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" src=(src) loading="lazy" {}
        },
        Segment::Quote(quote) => {
            unfolding(language, texts::common(language).quoted_lines(quote.lines), quote)
        }
        Segment::Signature(quote) => {
            unfolding(language, texts::ticket(language).signature_lines(quote.lines), quote)
        }
    }
}

fn unfolding(language: Language, summary: String, quote: &Quote) -> Markup {
    html! {
        details class="quote" {
            summary { (icon("ellipsis")) (summary) }
            blockquote { (segment(language, &quote.content)) }
        }
    }
}

/// Paragraphs where blank lines stand; line ends and indents inside stay.
fn paragraphs(text: &str) -> Markup {
    let text = text.replace("\r\n", "\n");
    let parts = text
        .split("\n\n")
        .map(|part| part.trim_matches('\n'))
        .filter(|part| !part.trim().is_empty());
    html! { @for part in parts { p class="mailtext" { (part) } } }
}

fn files(language: Language, message: &Message) -> Markup {
    html! {
        @if !message.attachments.is_empty() {
            footer {
                @for one in &message.attachments { (attachment(language, one)) }
                @if let Some(href) = &message.archive {
                    a class="attach" href=(href) { (icon("download")) (texts::ticket(language).download_all()) }
                }
            }
        }
    }
}

fn attachment(language: Language, attachment: &Attachment) -> Markup {
    let symbol = if attachment.preview == Preview::Picture { "image" } else { "file-text" };
    let shown = html! { (icon(symbol)) span { (attachment.name) small { (attachment.size) } } };
    let download = format!("/attachments/{}", attachment.id);
    match attachment.preview {
        Preview::None => html! { a class="attach" href=(download) { (shown) } },
        _ => html! {
            span class="attach" {
                a href={ (download) "/view" } target="_blank" rel="noopener" { (shown) }
                a href=(download) aria-label=(texts::ticket(language).download(&attachment.name))
                    title=(texts::ticket(language).download(&attachment.name)) { (icon("download")) }
            }
        },
    }
}
