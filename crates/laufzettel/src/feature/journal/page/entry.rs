//! One mail of the journal: the decision, its way through the house, the evidence.

use maud::{Markup, html};
use values::Language;

use super::place::{PlaceForm, of_entry};
use super::reason::{Outcome, Reason, explanation};
use super::said::{Words, said};
use crate::record::frame::{Evidence, Moment, evidence, icon, moment};
use crate::texts;

/// One mail of the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The mail's id.
    pub id: String,
    /// The subject; empty if it has none.
    pub subject: String,
    /// The sender with address.
    pub from: String,
    /// The recipients.
    pub to: String,
    /// Into which mailbox it came.
    pub mailbox: String,
    /// Its size, ready to print.
    pub size: String,
    /// How many attachments it has.
    pub attachments: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// Whether it can be tried again.
    pub retry: Retry,
    /// The form that says where it belongs, if it lies in no ticket.
    pub place: Option<PlaceForm>,
    /// The number of the ticket in which it lies now; of a duplicate, that of the mail that came first.
    pub lies_in: Option<String>,
    /// Whether a person brought it there from another ticket.
    pub is_moved: bool,
    /// The address of the entry of which it is a duplicate.
    pub first: Option<String>,
    /// The address of the page that brings its message to another ticket.
    pub elsewhere: Option<String>,
    /// What it says, if it lies in no ticket where that could be read.
    pub words: Option<Words>,
    /// Its way through the house, first step first.
    pub steps: Vec<Step>,
    /// The facts behind the decision.
    pub evidence: Vec<Evidence>,
    /// What is odd about it, one sentence each.
    pub oddities: Vec<String>,
}

/// Whether a mail can be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The button is there.
    Offered,
    /// There is nothing to try, or no right to.
    Withheld,
}

/// One step of a mail's way.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which step.
    pub kind: StepKind,
    /// How it went.
    pub result: StepResult,
    /// What a server or the reader said, word for word.
    pub words: Option<String>,
    /// When.
    pub time: Moment,
}

/// The steps of a mail's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// It was seen on the server.
    Seen {
        /// Into which mailbox it came.
        mailbox: String,
        /// The folder.
        folder: String,
        /// Its number in the folder.
        uid: String,
    },
    /// It came in by itself, for example over LMTP or the API.
    Arrived {
        /// Into which mailbox it came.
        mailbox: String,
        /// By which way, ready to print.
        way: String,
    },
    /// It is stored, byte for byte.
    Stored,
    /// It was read.
    Read {
        /// How many attachments were found.
        attachments: u64,
        /// How many lines are quotes.
        quoted: u64,
    },
    /// It was tried and did not work out.
    Attempt {
        /// Which attempt.
        number: u64,
    },
    /// It was decided and put into a ticket.
    Applied {
        /// The ticket's number.
        ticket: String,
    },
    /// It was decided and put into no ticket.
    Decided,
    /// A person has to say where it belongs.
    Undecided,
    /// It was here before; the number of the ticket in which it lies.
    SameAgain {
        /// The ticket's number.
        ticket: Option<String>,
    },
    /// A person said what becomes of it.
    ByHand {
        /// Who.
        who: String,
        /// What.
        deed: Deed,
    },
    /// It was put into quarantine.
    Quarantined,
    /// It was moved on the server.
    Moved {
        /// Into which folder.
        folder: String,
    },
    /// It was marked as read on the server.
    Marked,
    /// It was deleted on the server.
    Deleted,
    /// It stays on the server as it is.
    Kept,
    /// It is no longer on the server.
    Gone,
}

/// What a person did with a mail that lay in no ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It went to the ticket with this number.
    Assigned(String),
    /// The ticket with this number was made of it.
    Made(String),
    /// It was put aside.
    Discarded,
    /// That was taken back.
    Restored,
    /// It was put back in line for its decision.
    Retried,
    /// Its message went to the ticket with this number.
    Moved(String),
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepResult {
    /// It is done.
    Done,
    /// It will be tried again.
    Later,
    /// It failed.
    Failed,
}

/// The open mail. `back` is the list it was opened from.
///
/// One that waits for its decision shows it by itself.
pub fn entry(language: Language, entry: &Entry, back: &str) -> Markup {
    let waits = entry.outcome == Outcome::Waiting;
    let query = back.strip_prefix("/mails").unwrap_or_default();
    let here = format!("/mails/{}{query}", entry.id);
    html! {
        div class="jdetail" id="entry" hx-get=[waits.then_some(here)] hx-select=[waits.then_some("#entry")]
            hx-trigger=[waits.then_some("live:mail from:body")] hx-swap=[waits.then_some("morph:outerHTML")] {
            a class="btn btn-quiet backlink" href=(back) { (icon("arrow-left")) (texts::journal(language).all_mails()) }
            (head(language, entry))
            @if let Some(words) = &entry.words { (said(language, words)) }
            (way(language, &entry.steps))
            (reasons(language, entry))
        }
    }
}

fn head(language: Language, entry: &Entry) -> Markup {
    let texts = texts::journal(language);
    let subject = if entry.subject.trim().is_empty() { texts.no_subject() } else { &entry.subject };
    html! {
        header class="stack" {
            h2 { (subject) }
            dl class="kv fine" {
                dt { (texts.from()) }
                dd { (entry.from) }
                dt { (texts.to()) }
                dd { (entry.to) }
                dt { (texts.mailbox()) }
                dd { (entry.mailbox) }
                dt { (texts.size()) }
                dd class="num" { (texts.size_and_attachments(entry.attachments, &entry.size)) }
            }
            p class="plain" {
                (icon("info"))
                span {
                    (explanation(language, &entry.outcome, &entry.reason))
                    @if let Some(number) = entry.lies_in.as_ref().filter(|_| entry.is_moved) {
                        " " (texts.moved_since_html(html! { b { a class="linked" href={ "/tickets/" (number) } { (number) } } }))
                    }
                }
            }
            @if let Some(form) = &entry.place { (of_entry(language, &entry.id, form)) }
            (actions(language, entry))
        }
    }
}

fn actions(language: Language, entry: &Entry) -> Markup {
    let texts = texts::journal(language);
    let retry = format!("/mails/{}/retry", entry.id);
    html! {
        div class="acts" {
            @if let Some(number) = &entry.lies_in {
                a class="btn" href={ "/tickets/" (number) } { (icon("message-square")) (texts.show_ticket()) }
            }
            @if let Some(href) = &entry.first {
                a class="btn" href=(href) { (icon("copy")) (texts.show_first()) }
            }
            @if let Some(href) = &entry.elsewhere {
                a class="btn" href=(href) { (icon("folder-input")) (texts::regroup(language).belongs_elsewhere()) }
            }
            @if entry.retry == Retry::Offered {
                form method="post" action=(retry) hx-post=(retry) hx-target="#entry" hx-swap="morph:outerHTML" {
                    button class="btn" { (icon("refresh-cw")) (texts.retry()) }
                }
            }
            a class="btn btn-quiet" href={ "/mails/" (entry.id) "/raw" } { (icon("file-text")) (texts.view_original()) }
            a class="btn btn-quiet" href={ "/mails/" (entry.id) "/raw?download=1" } {
                (icon("download")) (texts.download_original())
            }
            a class="btn btn-quiet" href={ "/mails/" (entry.id) "/raw?anonymous=1" } title=(texts.download_anonymous_hint()) {
                (icon("shield-check")) (texts.download_anonymous())
            }
        }
    }
}

fn way(language: Language, steps: &[Step]) -> Markup {
    html! {
        section aria-labelledby="entry-way" {
            h3 id="entry-way" { (texts::journal(language).way()) }
            ol class="trace" { @for one in steps { (step(language, one)) } }
        }
    }
}

fn step(language: Language, step: &Step) -> Markup {
    let (result, symbol) = match step.result {
        StepResult::Done => ("ja", "check"),
        StepResult::Later => ("spaeter", "clock"),
        StepResult::Failed => ("fehl", "circle-x"),
    };
    let (name, detail) = words(language, &step.kind);
    html! {
        li data-r=(result) {
            (icon(symbol))
            div class="grow" {
                b { (name) }
                @if let Some(detail) = detail { small { (detail) } }
                @if let Some(words) = &step.words { code class="words" { (words) } }
            }
            (moment(&step.time))
        }
    }
}

/// A step's name and the line below it.
fn words(language: Language, kind: &StepKind) -> (String, Option<String>) {
    let texts = texts::journal(language);
    let plain = |name: &str, detail: &str| (name.to_owned(), Some(detail.to_owned()));
    match kind {
        StepKind::Seen { mailbox, folder, uid } => {
            (texts.step_arrived().to_owned(), Some(texts.step_folder(mailbox, folder, uid)))
        }
        StepKind::Arrived { mailbox, way } => {
            (texts.step_arrived().to_owned(), Some(texts.step_way(mailbox, way)))
        }
        StepKind::Stored => plain(texts.step_stored(), texts.step_stored_text()),
        StepKind::Read { attachments, quoted: 0 } => {
            (texts.step_read().to_owned(), Some(texts.step_files(*attachments)))
        }
        StepKind::Read { attachments, quoted } => {
            (texts.step_read().to_owned(), Some(texts.step_read_text(*attachments, *quoted)))
        }
        StepKind::Attempt { number } => (texts.step_attempt(*number), None),
        StepKind::Applied { ticket } => {
            (texts.step_applied().to_owned(), Some(texts.step_ticket(ticket)))
        }
        StepKind::ByHand { who, deed } => by_hand(language, who, deed),
        StepKind::Decided => plain(texts.step_decided(), texts.step_decided_text()),
        StepKind::Undecided => plain(texts.step_undecided(), texts.step_undecided_text()),
        StepKind::SameAgain { ticket } => {
            let counts = match ticket {
                Some(ticket) => texts.step_same_again_in(ticket),
                None => texts.step_same_again_once().to_owned(),
            };
            (texts.step_same_again().to_owned(), Some(counts))
        }
        StepKind::Quarantined => plain(texts.step_quarantined(), texts.step_quarantined_text()),
        StepKind::Moved { folder } => {
            (texts.step_moved().to_owned(), Some(texts.step_moved_text(folder)))
        }
        StepKind::Marked => (texts.step_marked().to_owned(), None),
        StepKind::Deleted => (texts.step_deleted().to_owned(), None),
        StepKind::Kept => (texts.step_kept().to_owned(), None),
        StepKind::Gone => (texts.step_gone().to_owned(), None),
    }
}

fn by_hand(language: Language, who: &str, deed: &Deed) -> (String, Option<String>) {
    let texts = texts::journal(language);
    let (name, detail) = match deed {
        Deed::Assigned(ticket) => (texts.step_applied(), texts.step_assigned_by(ticket, who)),
        Deed::Made(ticket) => (texts.step_made(), texts.step_made_by(ticket, who)),
        Deed::Discarded => (texts.step_discarded(), texts.step_by(who)),
        Deed::Restored => (texts.step_restored(), texts.step_by(who)),
        Deed::Retried => (texts.step_retried(), texts.step_by(who)),
        Deed::Moved(ticket) => (texts.step_brought(), texts.step_assigned_by(ticket, who)),
    };
    (name.to_owned(), Some(detail))
}

fn reasons(language: Language, entry: &Entry) -> Markup {
    let texts = texts::journal(language);
    html! {
        @if !entry.evidence.is_empty() {
            section aria-labelledby="entry-evidence" {
                h3 id="entry-evidence" { (texts.evidence()) }
                (evidence(language, &entry.evidence))
            }
        }
        @if !entry.oddities.is_empty() {
            section aria-labelledby="entry-odd" {
                h3 id="entry-odd" { (texts.odd()) }
                ul class="stack stack-tight" { @for oddity in &entry.oddities { li { (oddity) } } }
            }
        }
    }
}
