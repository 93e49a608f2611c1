//! The conversation: messages, oldest first, and what happened between them.

use maud::{Markup, html};
use values::Language;

use super::event::{Event, event};
use super::message::{Fold, Kind, Message, folded, message};
use crate::feature::regroup::page::{Joined, joined, moved_on};
use crate::record::frame::icon;
use crate::texts;

/// The conversation of a ticket.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// The ticket's number.
    pub number: String,
    /// The ticket's id in live messages.
    pub live_id: String,
    /// Older entries that are not on the page.
    pub earlier: Option<Earlier>,
    /// The number to which the ticket belongs since it was opened.
    pub moved_on: Option<String>,
    /// Messages and events, oldest first.
    pub entries: Vec<Entry>,
}

/// Older entries that are not on the page.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// How many messages.
    pub messages: u64,
    /// The page that shows them.
    pub href: String,
}

/// One entry of a conversation.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Somebody wrote.
    Message(Box<Message>),
    /// Something happened.
    Event(Event),
    /// Messages came from elsewhere or went there.
    Joined(Box<Joined>),
}

/// How an entry stands among its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Open,
    Folded,
    Events,
}

impl Entry {
    fn run(&self) -> Run {
        match self {
            Self::Event(_) => Run::Events,
            Self::Message(message) if matches!(message.fold, Fold::Folded { .. }) => Run::Folded,
            Self::Message(_) | Self::Joined(_) => Run::Open,
        }
    }
}

/// The thread: a fragment that refreshes itself when its ticket changes.
pub fn conversation(language: Language, conversation: &Conversation) -> Markup {
    let refresh = format!("/tickets/{}/thread", conversation.number);
    html! {
        div class="thread" id="thread" data-live-id=(conversation.live_id) hx-get=(refresh)
            hx-trigger="live:ticket from:body, live:refresh from:body" hx-swap="morph:outerHTML" {
            p class="vh" role="status" { (newest(language, &conversation.entries)) }
            @if let Some(earlier) = &conversation.earlier {
                a class="msg-fold" href=(earlier.href) {
                    (icon("history")) (texts::ticket(language).earlier(earlier.messages))
                }
            }
            @for run in conversation.entries.chunk_by(|one, next| one.run() == next.run() && one.run() != Run::Open) {
                (print(language, run))
            }
            @if let Some(number) = &conversation.moved_on { (moved_on(language, number)) }
        }
    }
}

/// Who wrote last, if it is unread: a screen reader hears it when the thread was refreshed, not when it is opened.
fn newest(language: Language, entries: &[Entry]) -> String {
    let message = entries.iter().rev().find_map(|entry| match entry {
        Entry::Message(message) if message.unread && message.kind == Kind::In => Some(message),
        _ => None,
    });
    message
        .map(|message| {
            texts::ticket(language).new_message(&message.author.name, &message.time.short)
        })
        .unwrap_or_default()
}

fn print(language: Language, run: &[Entry]) -> Markup {
    match run.first().map(Entry::run) {
        Some(Run::Folded) => {
            html! { div class="fold-stack" { @for one in run { (entry(language, one)) } } }
        }
        Some(Run::Events) => {
            html! { div class="events" { @for one in run { (entry(language, one)) } } }
        }
        _ => html! { @for one in run { (entry(language, one)) } },
    }
}

fn entry(language: Language, entry: &Entry) -> Markup {
    match entry {
        Entry::Event(one) => event(language, one),
        Entry::Joined(one) => joined(language, one),
        Entry::Message(one) => match &one.fold {
            Fold::Folded { preview } => folded(language, one, preview),
            Fold::Open => message(language, one),
        },
    }
}
