//! The senders as a list, and the page of one.

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::feature::mailboxes::page::{Trial, trial};
use crate::feature::oauth::choice;
use crate::record::administration::Subject;
use crate::record::frame::fields::{Labelled, Typed, check, line, select, trouble};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// The list.
#[derive(Clone, Debug)]
pub struct SendersPage {
    /// The senders, the default first.
    pub rows: Vec<SenderRow>,
}

/// A sender in the list.
#[derive(Clone, Debug)]
pub struct SenderRow {
    /// Its page.
    pub href: String,
    /// The address.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// Its mail server; without one the configured one.
    pub server: Option<String>,
    /// Who chose it: names of mailboxes and areas.
    pub chosen_by: Vec<String>,
    /// Whether it stands in where nothing else decides.
    pub is_default: bool,
    /// Whether it can be chosen.
    pub active: bool,
}

/// A sender, or a new one.
#[derive(Clone, Debug)]
pub struct SenderPage {
    /// How it stands; a new one has no state yet.
    pub state: Option<State>,
    /// What its fields say.
    pub form: Form,
    /// Whether there is a mail server in the configuration.
    pub has_configured: bool,
    /// What came out of a test.
    pub trial: Option<Trial>,
    /// Its last changes.
    pub changes: Markup,
}

/// How a sender stands.
#[derive(Clone, Debug)]
pub struct State {
    /// Its id.
    pub id: i64,
    /// Its address.
    pub address: String,
    /// Who chose it.
    pub chosen_by: Vec<String>,
    /// Whether it stands in where nothing else decides.
    pub is_default: bool,
}

/// The address of a sender's page.
pub fn href(id: i64) -> String {
    format!("/settings/senders/{id}")
}

/// Prints the list.
pub fn senders_page(frame: &Frame, page: &SendersPage) -> Markup {
    let language = frame.language;
    let texts = texts::senders(language);
    let main = html! {
        header { (bar(language, texts.senders(), Some(page.rows.len()))) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.senders()) {
            div class="setpage setform" {
                header { p class="soft" { (texts.about()) } }
                @if page.rows.is_empty() { p class="soft" { (texts.none()) } } @else { (table(language, page)) }
                a class="btn btn-primary" href="/settings/senders/new" { (icon("plus")) (texts.add()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.senders(), &main)
}

fn bar(language: Language, title: &str, count: Option<usize>) -> Markup {
    let (texts, common) = (texts::senders(language), texts::common(language));
    let (above, href) = match count {
        Some(_) => (common.settings(), "/settings"),
        None => (texts.senders(), "/settings/senders"),
    };
    let changes = format!("/settings/history?subject={}", Subject::Sender.code());
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class="row row-tight trunc" aria-label=(common.settings()) {
                a class="soft" href=(href) { (above) }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 class="trunc" { (title) @if let Some(count) = count { " " span class="muted num" { (count) } } }
            span class="end row" {
                a class="btn" href=(changes) aria-label=(texts.changes()) {
                    (icon("history")) span class="only-wide" { (texts.changes()) }
                }
            }
        }
    }
}

fn table(language: Language, page: &SendersPage) -> Markup {
    let texts = texts::senders(language);
    html! {
        div class="card tablewrap" tabindex="0" role="region" aria-label=(texts.senders()) {
            table class="table" {
                caption class="vh" { (texts.senders()) }
                thead {
                    tr {
                        th scope="col" { (texts.address()) }
                        th scope="col" { (texts.name()) }
                        th scope="col" { (texts.server()) }
                        th scope="col" { (texts.used_by()) }
                        td {}
                    }
                }
                tbody { @for one in &page.rows { (row(language, one)) } }
            }
        }
    }
}

fn row(language: Language, one: &SenderRow) -> Markup {
    let texts = texts::senders(language);
    html! {
        tr data-off[!one.active] {
            th scope="row" { a href=(one.href) { (one.address) } }
            td { (one.name) }
            td { (one.server.as_deref().unwrap_or(texts.server_configured())) }
            td { (one.chosen_by.join(", ")) }
            td {
                @if one.is_default { span class="pill" data-tone="accent" { (icon("check")) (texts.default()) } }
                @if !one.active { span class="pill" { (texts.off()) } }
            }
        }
    }
}

/// Prints the page of a sender.
pub fn sender_page(frame: &Frame, page: &SenderPage) -> Markup {
    let language = frame.language;
    let texts = texts::senders(language);
    let title = page.state.as_ref().map_or(texts.new_sender(), |state| state.address.as_str());
    let action = page.state.as_ref().map_or("/settings/senders".to_owned(), |state| href(state.id));
    let main = html! {
        header { (bar(language, title, None)) (frame::banners(frame)) }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(title) {
                form class="setpage setform" method="post" action=(action) {
                    (trouble(&page.form, "form"))
                    @if let Some(result) = &page.trial { (trial(language, result)) }
                    input type="hidden" name="version" value=(page.form.raw("version"));
                    (basics(language, page))
                    (server(language, page))
                    div class="row wrap" {
                        button class="btn btn-primary" name="do" value="save" {
                            @if page.state.is_some() { (texts.save()) } @else { (texts.create()) }
                        }
                        button class="btn" name="do" value="test" { (texts.save_and_test()) }
                        a class="btn" href="/settings/senders" { (texts.to_list()) }
                    }
                }
            }
            aside class="pane pane-aside flow" aria-label=(texts.changes()) { (aside(language, page, &action)) }
        }
    };
    frame::page(frame, Layout::Overview, title, &main)
}

fn labelled<'a>(name: &'a str, label: &'a str, hint: &'a str) -> Labelled<'a> {
    Labelled::new(name, label).with(hint)
}

fn basics(language: Language, page: &SenderPage) -> Markup {
    let (texts, form) = (texts::senders(language), &page.form);
    let email = Typed { kind: "email", ..Typed::NEEDED };
    html! {
        div class="fields" {
            (line(form, &labelled("address", texts.address(), texts.address_hint()), email))
            (line(form, &labelled("name", texts.name(), texts.name_hint()), Typed::NEEDED))
        }
        (check(form, &labelled("active", texts.active(), texts.active_hint())))
        @if page.state.as_ref().is_some_and(|state| state.is_default) {
            input type="hidden" name="is_default" value="on";
            div class="note-line" { (icon("info")) span { b { (texts.default()) "." } " " (texts.is_default_now()) } }
        } @else { (check(form, &labelled("is_default", texts.default(), texts.default_hint()))) }
    }
}

fn server(language: Language, page: &SenderPage) -> Markup {
    let (texts, form) = (texts::senders(language), &page.form);
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let servers =
        [choice("configured", texts.server_configured()), choice("own", texts.server_own())];
    let protections = [
        choice("implicit", texts.tls_implicit()),
        choice("starttls", "STARTTLS"),
        choice("none", texts.tls_none()),
    ];
    let none =
        if page.has_configured { String::new() } else { format!(" {}", texts.no_configured()) };
    let about = format!("{}{none}", texts.server_hint());
    let kept = form.raw("kept");
    let hint = if kept.is_empty() { texts.password_hint() } else { texts.password_kept() };
    let secret = Typed { kind: "password", ..Typed::OPTIONAL };
    html! {
        h2 { (texts.sending()) }
        (select(form, &labelled("server", texts.server(), &about), &servers))
        div class="fields of-account" {
            (line(form, &Labelled::new("host", texts.host()), Typed::OPTIONAL))
            (line(form, &labelled("port", texts.port(), texts.port_hint()), Typed::OPTIONAL))
            (select(form, &Labelled::new("tls", texts.tls()), &protections))
        }
        div class="fields of-account" {
            (choice::field(language, form))
            (line(form, &labelled("user", texts.user(), texts.user_hint()), Typed::OPTIONAL))
            (line(form, &labelled("password", texts.password(), hint), secret))
        }
        input type="hidden" name="kept" value=(kept);
    }
}

/// Who chose the sender, a test, how to delete it, what was changed.
fn aside(language: Language, page: &SenderPage, action: &str) -> Markup {
    let texts = texts::senders(language);
    html! {
        div class="testpanel" {
            @if let Some(state) = &page.state {
                h2 { (texts.used_by()) }
                @if state.chosen_by.is_empty() { p class="soft" { (texts.used_by_nobody()) } } @else {
                    ul { @for name in &state.chosen_by { li { (name) } } }
                }
                form method="post" action={ (action) "/test" } {
                    button class="btn" { (icon("scan-search")) (texts.test()) }
                }
                @if state.chosen_by.is_empty() && !state.is_default { (removal(language, page, action)) }
                (page.changes)
            } @else { p class="soft" { (texts.about()) } }
        }
    }
}

fn removal(language: Language, page: &SenderPage, action: &str) -> Markup {
    let texts = texts::senders(language);
    html! {
        details class="delentry" {
            summary class="btn" { (icon("trash")) (texts.delete()) }
            form class="stack stack-tight" method="post" action={ (action) "/delete" } {
                p { (texts.delete_question()) }
                input type="hidden" name="version" value=(page.form.raw("version"));
                button class="btn btn-danger" { (texts.delete_now()) }
            }
        }
    }
}
