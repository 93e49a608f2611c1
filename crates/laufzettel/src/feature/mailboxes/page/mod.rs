//! The mailboxes as a page: how each one does, what to do, and whether every mail is accounted for.

mod edit;
mod fields;
mod log;
mod muted;
#[cfg(test)]
pub mod samples;
mod state;
mod trial;

use maud::{Markup, html};
use values::Language;

pub use edit::{Choices, EditPage, edit};
pub use log::{Day, Log};
pub use muted::Muted;
pub use state::State;
pub use trial::{Trial, trial};

use crate::feature::reconcile::Relist;
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// The mailboxes, those that need someone first.
#[derive(Clone, Debug)]
pub struct MailboxesPage {
    /// The mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// Whether the reader may add one.
    pub may_add: bool,
}

/// One mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its name in addresses.
    pub name: String,
    /// Its id, by which live notices name it.
    pub live_id: String,
    /// Its name on the screen.
    pub label: String,
    /// Its main address.
    pub address: String,
    /// How it does.
    pub state: State,
    /// What the server said, word for word.
    pub words: Option<String>,
    /// Mails that came today, ready to print.
    pub today: String,
    /// Whether its mails can be fetched by hand.
    pub fetch: Fetch,
    /// Whether it can be reconciled by hand.
    pub reconcile: Fetch,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Whether every mail is accounted for.
    pub figures: Figures,
}

/// Whether mails can be fetched by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// The button is there.
    Offered,
    /// Mails come by themselves, or the person may not.
    Withheld,
}

/// Every mail on the server is in the journal, every mail in the journal in a ticket or among the exceptions.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How its mails come.
    pub way: Way,
    /// Mails seen on the server, or accepted, ready to print; `None` if nobody has counted them.
    pub seen: Option<String>,
    /// What is to be said of them, one short sentence each.
    pub remarks: Vec<String>,
    /// Mails in the journal, ready to print.
    pub stored: String,
    /// Mails in tickets, ready to print.
    pub applied: String,
    /// Mails that were here before.
    pub duplicates: u64,
    /// Mails that were sorted out.
    pub filtered: u64,
    /// Mails that somebody has to place.
    pub unassigned: u64,
    /// Mails that could not be read.
    pub quarantined: u64,
    /// Mails that vanished before they were fetched.
    pub gone: u64,
    /// The journal with the exceptions.
    pub exceptions: String,
    /// What the sum says.
    pub verdict: Verdict,
}

/// How the mails of a mailbox come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// They are fetched from a server.
    Server,
    /// They are brought.
    Brought,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// When it was reckoned, ready to print.
    pub time: String,
    /// Mails of the server that the journal does not have.
    pub missing: u64,
    /// Mails of the journal whose ticket is not there.
    pub lost: u64,
    /// UID and subject of the first missing ones.
    pub named: Vec<(String, String)>,
    /// Whether it is being reconciled anew.
    pub is_running: bool,
}

/// Whether the sum comes out even.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is missing.
    Even {
        /// When it was reckoned, ready to print.
        time: String,
    },
    /// Mails are on their way.
    Pending {
        /// How many.
        mails: u64,
    },
    /// Mails are missing.
    Missing {
        /// How many.
        mails: u64,
    },
    /// Mails are missing, and it is known which.
    Differs(Lacking),
    /// It is being reconciled.
    Running,
    /// The server cannot be asked.
    Unknown,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &MailboxesPage) -> Markup {
    let language = frame.language;
    let texts = texts::mailboxes(language);
    let common = texts::common(language);
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                h1 { (common.mailboxes()) " " span class="muted num" { (page.mailboxes.len()) } }
                span class="end row" {
                    a class="btn only-wide" href="/mails" { (icon("mail")) (texts.journal()) }
                    @if page.may_add { a class="btn btn-primary" href="/setup/mailbox" { (icon("plus")) (texts.add()) } }
                }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(common.mailboxes()) {
            div class="boxpage" {
                @if page.mailboxes.is_empty() {
                    div class="empty" { (icon("server")) h2 { (texts.none()) } p { (texts.none_text()) } }
                }
                ul class="boxes" { @for one in &page.mailboxes { (mailbox(language, one)) } }
                p class="muted fine boxnote" { (texts.account()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, common.mailboxes(), &main)
}

/// One mailbox: a fragment that refreshes itself when its state changes.
pub fn mailbox(language: Language, mailbox: &Mailbox) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        li class="box" id={ "box-" (mailbox.name) } data-live-id=(mailbox.live_id)
            hx-get={ "/mailboxes/" (mailbox.name) } hx-trigger="live:mailbox from:body, live:refresh from:body"
            hx-swap="morph:outerHTML" {
            div class="top" {
                div { b class="boxname" { (mailbox.label) } small { (mailbox.address) } }
                (state::print(language, mailbox))
                div class="day" {
                    span title=(texts.today()) {
                        (icon("arrow-down")) span class="vh" { (texts.today()) " " } (mailbox.today)
                    }
                }
                div class="do" {
                    @if mailbox.fetch == Fetch::Offered { (fetch(language, mailbox)) }
                    @if mailbox.may_edit {
                        a class="btn btn-quiet" href={ "/mailboxes/" (mailbox.name) "/edit" }
                            aria-label=(texts.edit(&mailbox.label)) title=(texts.edit(&mailbox.label)) { (icon("pencil")) }
                    }
                }
            }
            (figures(language, mailbox))
        }
    }
}

fn fetch(language: Language, mailbox: &Mailbox) -> Markup {
    let action = format!("/mailboxes/{}/fetch", mailbox.name);
    html! {
        form method="post" action=(action) hx-post=(action) hx-target="closest .box" hx-swap="morph:outerHTML" {
            button class="btn" { (icon("refresh-cw")) (texts::mailboxes(language).fetch()) }
        }
    }
}

fn figures(language: Language, mailbox: &Mailbox) -> Markup {
    let texts = texts::mailboxes(language);
    let figures = &mailbox.figures;
    let cell = |name: &str, value: &str| html! { div { span class="k" { (name) } b { (value) } } };
    html! {
        div class="recon" role="group" aria-label=(texts.figures(&mailbox.label)) {
            div {
                span class="k" { (match figures.way { Way::Server => texts.seen(), Way::Brought => texts.accepted() }) }
                b { (figures.seen.as_deref().unwrap_or(texts.not_counted())) }
                @for remark in &figures.remarks { small class="kinds" { (remark) } }
            }
            (cell(texts.stored(), &figures.stored))
            (cell(texts.applied(), &figures.applied))
            div { span class="k" { (texts.exceptions()) } (exceptions(language, figures)) }
            (verdict(language, mailbox))
            @if let Verdict::Differs(lacking) = &figures.verdict { (differs(language, mailbox, lacking)) }
        }
    }
}

fn exceptions(language: Language, figures: &Figures) -> Markup {
    let texts = texts::mailboxes(language);
    let all = figures.duplicates
        + figures.filtered
        + figures.unassigned
        + figures.quarantined
        + figures.gone;
    let kinds = [
        (figures.duplicates, texts.duplicates(figures.duplicates)),
        (figures.filtered, texts.filtered(figures.filtered)),
        (figures.unassigned, texts.unassigned(figures.unassigned)),
        (figures.quarantined, texts.quarantined(figures.quarantined)),
        (figures.gone, texts.gone(figures.gone)),
    ];
    let parts: Vec<String> =
        kinds.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    html! {
        @if all == 0 { b { (texts.no_exceptions()) } } @else {
            b { a class="linked" href=(figures.exceptions) { (texts.see(all)) } }
            small class="kinds" { (parts.join(", ")) }
        }
    }
}

fn verdict(language: Language, mailbox: &Mailbox) -> Markup {
    let texts = texts::mailboxes(language);
    let (tone, symbol, words) = match &mailbox.figures.verdict {
        Verdict::Even { time } => (None, "circle-check", texts.even(time)),
        Verdict::Pending { mails } => (Some("blue"), "clock", texts.pending(*mails)),
        Verdict::Missing { mails } => (Some("red"), "circle-alert", texts.missing(*mails)),
        Verdict::Differs(lacking) => {
            let all = lacking.missing + lacking.lost;
            (Some("red"), "circle-alert", texts.differs(all, &lacking.time))
        }
        Verdict::Running => (Some("blue"), "refresh-cw", texts.reconciling().to_owned()),
        Verdict::Unknown => (Some("amber"), "clock", texts.cannot_ask().to_owned()),
    };
    let is_running = match &mailbox.figures.verdict {
        Verdict::Differs(lacking) => lacking.is_running,
        verdict => *verdict == Verdict::Running,
    };
    html! {
        div class="verdict" data-tone=[tone] {
            (icon(symbol)) span { (words) }
            @if mailbox.reconcile == Fetch::Offered && !is_running {
                (reconcile(mailbox, texts.reconcile_now(), Relist::New))
            }
        }
    }
}

/// The button that reconciles now, or fetches what is missing.
fn reconcile(mailbox: &Mailbox, name: &str, relist: Relist) -> Markup {
    let action = format!("/mailboxes/{}/reconcile", mailbox.name);
    html! {
        form method="post" action=(action) hx-post=(action) hx-target="closest .box" hx-swap="morph:outerHTML" {
            @if relist == Relist::Whole { input type="hidden" name="fetch" value="1"; }
            button class="btn btn-sm" aria-label={ (name) ": " (mailbox.label) } { (name) }
        }
    }
}

/// What is missing, by name, with what to do.
fn differs(language: Language, mailbox: &Mailbox, lacking: &Lacking) -> Markup {
    let texts = texts::mailboxes(language);
    let more = lacking.missing.saturating_sub(lacking.named.len() as u64);
    html! {
        div class="lacking" data-tone="red" {
            @if lacking.missing > 0 {
                p { (texts.lacking(lacking.missing)) }
                ul {
                    @for (uid, subject) in &lacking.named {
                        li { span class="num muted" { (texts.lacking_uid(uid)) } " " (subject) }
                    }
                }
                @if more > 0 { p class="muted" { (texts.lacking_more(more)) } }
                @if lacking.is_running { p class="soft" { (texts.reconciling()) } }
                @else if mailbox.reconcile == Fetch::Offered { (reconcile(mailbox, texts.fetch_lacking(), Relist::Whole)) }
            }
            @if lacking.lost > 0 { p { (texts.lost(lacking.lost)) } }
        }
    }
}
