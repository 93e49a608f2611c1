//! One mail of the outbox: where it stands, what can be done, every attempt, each recipient.

use maud::{Markup, html};
use rules::sending::MailState;
use values::Language;

use super::state;
use crate::record::frame::{Moment, icon, moment};
use crate::texts;

/// One mail of the outbox.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The mail's id.
    pub id: String,
    /// The subject; empty if it has none.
    pub subject: String,
    /// The sender with address.
    pub from: String,
    /// The recipients by field, ready to print; empty ones are left out.
    pub to: [String; 3],
    /// What it is.
    pub kind: &'static str,
    /// The Message-ID.
    pub message_id: String,
    /// Where it stands.
    pub state: MailState,
    /// What the mail server says to our login, if it refuses.
    pub paused: Option<String>,
    /// The number of its ticket.
    pub ticket: Option<String>,
    /// Whether it can be sent again, or now.
    pub again: Offer,
    /// Whether it can be kept from leaving.
    pub stop: Offer,
    /// Its way, first step first.
    pub steps: Vec<Step>,
    /// What became of it for each recipient.
    pub recipients: Vec<Step>,
    /// What has to be said first.
    pub remark: Option<&'static str>,
}

/// Whether something can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The button is there.
    Offered,
    /// There is nothing to do, or no right to.
    Withheld,
}

/// One step of a mail's way, or one recipient.
#[derive(Clone, Debug)]
pub struct Step {
    /// How it went.
    pub result: StepResult,
    /// Its name.
    pub name: String,
    /// The line below it.
    pub detail: Option<String>,
    /// What the server said, word for word.
    pub words: Option<String>,
    /// Where more of it stands.
    pub href: Option<String>,
    /// When.
    pub time: Moment,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepResult {
    /// It is done.
    Done,
    /// It is to come, or will be tried again.
    Later,
    /// It failed.
    Failed,
}

/// The open mail. `back` is the list it was opened from.
pub fn entry(language: Language, entry: &Entry, back: &str) -> Markup {
    let texts = texts::outbox(language);
    html! {
        div class="jdetail" id="entry" data-live-id=(entry.id) hx-get={ "/mails/out/" (entry.id) }
            hx-select="#entry" hx-trigger="live:outbox from:body" hx-swap="morph:outerHTML" {
            a class="btn btn-quiet backlink" href=(back) { (icon("arrow-left")) (texts.all_mails()) }
            (head(language, entry))
            (trace("entry-way", texts.way(), &entry.steps))
            (trace("entry-recipients", texts.recipients(), &entry.recipients))
        }
    }
}

fn head(language: Language, entry: &Entry) -> Markup {
    let texts = texts::outbox(language);
    let subject = if entry.subject.trim().is_empty() { texts.no_subject() } else { &entry.subject };
    let fields = [texts.to(), texts.cc(), texts.bcc()];
    html! {
        header class="stack" {
            h2 { (subject) }
            dl class="kv fine" {
                dt { (texts.from()) }
                dd { (entry.from) }
                @for (name, list) in fields.into_iter().zip(&entry.to).filter(|(_, list)| !list.is_empty()) {
                    dt { (name) }
                    dd { (list) }
                }
                dt { (texts.kind()) }
                dd { (entry.kind) }
                dt { (texts.message_id()) }
                dd { code class="words" { (entry.message_id) } }
            }
            @if let Some(remark) = entry.remark { p class="plain" role="status" { (icon("info")) span { (remark) } } }
            @let tone = state::tone(entry.state).filter(|tone| *tone != "blue");
            p class=(if tone.is_some() { "note-line" } else { "plain" }) data-tone=[tone] {
                (icon(state::symbol(entry.state))) span { (state::sentence(entry.state, language)) }
            }
            @if let Some(words) = &entry.paused {
                p class="note-line" data-tone="red" { (icon("circle-alert")) span { (texts.paused()) " " q { (words) } } }
            }
            (actions(language, entry))
        }
    }
}

fn actions(language: Language, entry: &Entry) -> Markup {
    let texts = texts::outbox(language);
    let raw = format!("/mails/out/{}/raw", entry.id);
    let again = match entry.state {
        MailState::Deferred => texts.try_now(),
        _ => texts.send_again(),
    };
    html! {
        div class="acts" {
            @if let Some(number) = &entry.ticket {
                a class="btn" href={ "/tickets/" (number) } { (icon("message-square")) (texts.show_ticket()) }
            }
            @if entry.again == Offer::Offered { (act(entry, "retry", "refresh-cw", again)) }
            @if entry.stop == Offer::Offered { (act(entry, "cancel", "circle-x", texts.stop())) }
            a class="btn btn-quiet" href=(raw) { (icon("file-text")) (texts.view_original()) }
            a class="btn btn-quiet" href={ (raw) "?download=1" } { (icon("download")) (texts.download_original()) }
        }
    }
}

fn act(entry: &Entry, what: &str, symbol: &str, word: &str) -> Markup {
    let action = format!("/mails/out/{}/{what}", entry.id);
    html! {
        form method="post" action=(action) hx-post=(action) hx-target="#entry" hx-swap="morph:outerHTML" {
            button class="btn" { (icon(symbol)) (word) }
        }
    }
}

fn trace(id: &str, name: &str, steps: &[Step]) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h3 id=(id) { (name) }
            ol class="trace" { @for one in steps { (step(one)) } }
        }
    }
}

fn step(step: &Step) -> Markup {
    let (result, symbol) = match step.result {
        StepResult::Done => ("ja", "check"),
        StepResult::Later => ("spaeter", "clock"),
        StepResult::Failed => ("fehl", "circle-x"),
    };
    html! {
        li data-r=(result) {
            (icon(symbol))
            div class="grow" {
                b {
                    @match &step.href {
                        Some(href) => a class="linked" href=(href) { (step.name) },
                        None => (step.name),
                    }
                }
                @if let Some(detail) = &step.detail { small { (detail) } }
                @if let Some(words) = &step.words { code class="words" { (words) } }
            }
            (moment(&step.time))
        }
    }
}
