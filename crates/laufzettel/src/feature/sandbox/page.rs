//! The pages of the sandbox: what was sent, as the customer sees it.

use maud::{DOCTYPE, Markup, html};
use values::Language;

use crate::record::frame::{Moment, Person, avatar_beside_name, head_of_page, icon, moment};
use crate::texts;

/// The sandbox.
#[derive(Clone, Debug)]
pub struct SandboxPage {
    /// The language of the screen.
    pub language: Language,
    /// All mails, newest first.
    pub rows: Vec<CaughtRow>,
    /// The open one.
    pub open: Option<CaughtPage>,
    /// Whether an answer has just been sent.
    pub answered: bool,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct CaughtRow {
    /// The mail's id, for addresses.
    pub id: String,
    /// To whom it went.
    pub to: String,
    /// The first of them.
    pub person: Person,
    /// Its subject.
    pub subject: String,
    /// When it came.
    pub time: Moment,
    /// Whether it is the open one.
    pub open: bool,
}

/// A mail.
#[derive(Clone, Debug)]
pub struct CaughtPage {
    /// The mail's id, for addresses.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// Who sent it.
    pub from: String,
    /// Who sent it, as a disc.
    pub person: Person,
    /// The main recipients.
    pub to: String,
    /// The copies.
    pub cc: String,
    /// When it came.
    pub time: Moment,
    /// Its text.
    pub text: String,
    /// Whether it has HTML, which is shown in a frame then.
    pub has_html: bool,
    /// Its files.
    pub files: Vec<CaughtFile>,
    /// As whom it can be answered.
    pub answerers: Vec<String>,
    /// What was typed, if it could not be sent.
    pub refused: Option<String>,
}

/// A file of a mail.
#[derive(Clone, Debug)]
pub struct CaughtFile {
    /// Its place, for addresses.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// Its size, ready to print.
    pub size: String,
}

/// Prints the page.
pub fn page(page: &SandboxPage) -> Markup {
    let texts = texts::sandbox(page.language);
    html! {
        (DOCTYPE)
        html lang=(page.language.code()) {
            (head_of_page(&format!("{} · Laufzettel", texts.title())))
            body hx-ext="morph" {
                a class="skip" href="#mail" { (texts::common(page.language).skip_to_content()) }
                div class="sandbox" {
                    header {
                        h1 { (texts.title()) }
                        p class="soft" { (texts.explained()) }
                        a class="btn" href="/inbox" { (icon("inbox")) (texts::common(page.language).inbox()) }
                    }
                    (list(page))
                    main id="mail" {
                        @match &page.open {
                            Some(open) => { (mail(page, open)) }
                            None => { div class="empty" { p { b { (texts.nothing_open()) } } p { (texts.nothing_open_text()) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The list, a fragment that looks for new mails by itself.
pub fn list(page: &SandboxPage) -> Markup {
    let texts = texts::sandbox(page.language);
    let open = page.open.as_ref().map_or(String::new(), |open| format!("/{}", open.id));
    html! {
        nav id="caught" aria-label=(texts.mails()) hx-get={ "/sandbox" (open) } hx-select="#caught" hx-trigger="every 2s"
            hx-swap="morph:outerHTML" {
            @if page.rows.is_empty() {
                div class="empty" { p { b { (texts.empty()) } } p { (texts.empty_text()) } }
            }
            ul class="plain" {
                @for row in &page.rows {
                    li id={ "caught-" (row.id) } {
                        a class="caught" href={ "/sandbox/" (row.id) } aria-current=[row.open.then_some("page")] {
                            (avatar_beside_name(&row.person))
                            span class="grow" { b class="trunc" { (row.to) } span class="trunc soft" { (row.subject) } }
                            (moment(&row.time))
                        }
                    }
                }
            }
        }
    }
}

fn mail(page: &SandboxPage, mail: &CaughtPage) -> Markup {
    let texts = texts::sandbox(page.language);
    html! {
        @if page.answered {
            div class="banner" data-tone="accent" role="status" {
                (icon("check-check")) span class="grow" { (texts.answered()) }
            }
        }
        article class="msg" data-kind="in" {
            h2 { (mail.subject) }
            header {
                (avatar_beside_name(&mail.person))
                span class="grow" {
                    b { (mail.from) } br;
                    span class="muted" { (texts.to(&mail.to)) @if !mail.cc.is_empty() { " · " (texts.cc(&mail.cc)) } }
                }
                (moment(&mail.time))
            }
            div class="text" {
                @if mail.has_html {
                    iframe class="mailframe" title=(texts.frame()) src={ "/sandbox/" (mail.id) "/body" }
                        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" {}
                } @else { p class="mailtext" { (mail.text) } }
            }
            @if !mail.files.is_empty() {
                footer {
                    @for file in &mail.files {
                        a class="attach" href={ "/sandbox/" (mail.id) "/files/" (file.place) } {
                            (icon("file-text")) span { (file.name) small { (file.size) } }
                        }
                    }
                }
            }
        }
        (answer(page, mail))
    }
}

fn answer(page: &SandboxPage, mail: &CaughtPage) -> Markup {
    let texts = texts::sandbox(page.language);
    html! {
        form class="sandbox-answer stack" method="post" action={ "/sandbox/" (mail.id) "/answer" } {
            div class="field" {
                label for="answer" { (texts.answer_label()) }
                textarea class="textarea" id="answer" name="text" rows="4" required aria-invalid=[mail.refused.as_ref().map(|_| "true")] {
                    (mail.refused.as_deref().unwrap_or_default())
                }
                @if mail.refused.is_some() { p class="error" role="alert" { (texts.refused()) } }
            }
            div class="row" {
                @if mail.answerers.len() > 1 {
                    label class="row row-tight" {
                        (texts.answer_as()) " "
                        select class="select" name="from" {
                            @for one in &mail.answerers { option value=(one) { (one) } }
                        }
                    }
                } @else {
                    @for one in &mail.answerers { input type="hidden" name="from" value=(one); }
                }
                button class="btn btn-primary end" { (icon("reply")) (texts.answer()) }
            }
        }
    }
}
