//! The page of a mailbox, for those who set it up: one tab at a time, with how it does beside it.

use maud::{Markup, html};
use values::Language;
use web::Form;

use super::super::tab::Tab;
use super::log::{Log, log};
use super::muted::{self, Muted};
use super::trial::{Trial, trial};
use super::{Fetch, Mailbox, fields, state};
use crate::record::administration::Subject;
use crate::record::frame::fields::trouble;
use crate::record::frame::{self, Current, Frame, Layout, icon};
use crate::texts;

/// A value with its words.
type Choice = (String, String);

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EditPage {
    /// The mailbox as the list shows it.
    pub mailbox: Mailbox,
    /// Its id, for its history.
    pub id: i64,
    /// The tab.
    pub tab: Tab,
    /// What its fields say.
    pub form: Form,
    /// Whether mails are fetched with a password.
    pub has_account: bool,
    /// What can be chosen.
    pub choices: Choices,
    /// What came out of a test.
    pub trial: Option<Trial>,
    /// When mails were last fetched, ready to print.
    pub last: Option<String>,
    /// Its last mails, on their tab.
    pub log: Option<Log>,
    /// Addresses that get no automatic answers, on their tab.
    pub muted: Vec<Muted>,
    /// Its last changes.
    pub changes: Markup,
}

/// What can be chosen in the fields of a mailbox.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The areas.
    pub areas: Vec<Choice>,
    /// The queues, with none.
    pub queues: Vec<Choice>,
    /// The categories, with none.
    pub categories: Vec<Choice>,
    /// The senders, with that of the area.
    pub senders: Vec<Choice>,
    /// The folders on the server, once they were asked for.
    pub folders: Option<Vec<String>>,
}

/// Prints the page.
pub fn edit(frame: &Frame, page: &EditPage) -> Markup {
    let language = frame.language;
    let label = page.mailbox.label.as_str();
    let title = format!("{label} · {}", page.tab.title(language));
    let main = html! {
        header {
            (bar(language, page))
            div class="bar bar-sub" { (tabs(language, page)) }
            (frame::banners(frame))
        }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(page.tab.title(language)) {
                @match &page.log {
                    Some(rows) => (log(language, rows)),
                    None => {
                        (form(language, page))
                        @if page.tab == Tab::Answer { (muted::list(language, &page.mailbox.name, &page.muted)) }
                    }
                }
            }
            aside class="pane pane-aside flow" aria-label=(texts::mailboxes(language).state()) { (aside(language, page)) }
        }
    };
    frame::page(frame, Layout::Overview, &title, &main)
}

fn bar(language: Language, page: &EditPage) -> Markup {
    let (texts, common) = (texts::mailboxes(language), texts::common(language));
    let changes = format!("/settings/history?subject={}&id={}", Subject::Mailbox.code(), page.id);
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class="row row-tight trunc" aria-label=(common.mailboxes()) {
                a class="soft" href="/mailboxes" { (common.mailboxes()) }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 { (page.mailbox.label) }
            span class="end row" {
                a class="btn" href=(changes) aria-label=(texts.changes()) {
                    (icon("history")) span class="only-wide" { (texts.changes()) }
                }
            }
        }
    }
}

fn tabs(language: Language, page: &EditPage) -> Markup {
    let state = |tab: Tab| if tab == page.tab { Current::Yes } else { Current::No };
    html! {
        nav class="tabs" aria-label=(page.mailbox.label) {
            @for tab in Tab::ALL {
                a href=(tab.href(&page.mailbox.name)) aria-current=[state(tab).mark().map(|_| "page")] { (tab.title(language)) }
            }
            a href="/settings/rules" { (texts::intake_rules(language).rules()) }
        }
    }
}

fn form(language: Language, page: &EditPage) -> Markup {
    let (texts, typed) = (texts::mailboxes(language), &page.form);
    html! {
        form class="setpage setform" method="post" action=(page.tab.href(&page.mailbox.name)) {
            (trouble(typed, "form"))
            @if let Some(result) = &page.trial { (trial(language, result)) }
            input type="hidden" name="version" value=(typed.raw("version"));
            @match page.tab {
                Tab::General => (fields::general(language, page)),
                Tab::Receive => (fields::receive(language, page)),
                Tab::Send => (fields::send(language, page)),
                Tab::Answer => (fields::answer(language, typed)),
                Tab::Signature | Tab::Log => (fields::signature(language, typed)),
            }
            div class="row wrap" {
                button class="btn btn-primary" name="do" value="save" { (texts.save()) }
                @if matches!(page.tab, Tab::General | Tab::Receive) {
                    button class="btn" name="do" value="machine" { (texts::intake_rules(language).what_if()) }
                }
                @if matches!(page.tab, Tab::Receive | Tab::Send) {
                    button class="btn" name="do" value="test" { (texts.save_and_test()) }
                }
                a class="btn" href="/mailboxes" { (texts.back()) }
            }
        }
    }
}

/// How the mailbox does, what can be done about it, and what was changed last.
fn aside(language: Language, page: &EditPage) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        div class="testpanel box-aside" {
            h2 { (texts.state()) }
            (state::print(language, &page.mailbox))
            @if page.has_account {
                p class="soft" { (texts.last_success()) ": " (page.last.as_deref().unwrap_or(texts.never())) }
            }
            div class="row wrap" { (acts(language, page)) }
            (page.changes)
        }
    }
}

fn acts(language: Language, page: &EditPage) -> Markup {
    let (texts, name) = (texts::mailboxes(language), &page.mailbox.name);
    let tested = if page.tab == Tab::Send { Tab::Send } else { Tab::Receive };
    html! {
        @if page.mailbox.fetch == Fetch::Offered {
            form method="post" action={ "/mailboxes/" (name) "/fetch" } {
                button class="btn" name="back" value="log" { (icon("refresh-cw")) (texts.run_now()) }
            }
        }
        @if page.has_account || tested == Tab::Send {
            form method="post" action={ "/mailboxes/" (name) "/test" } {
                button class="btn" name="tab" value=(tested.path()) { (icon("scan-search")) (texts.test_only()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::mailboxes;
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    fn shown(language: Language, tab: Tab) -> EditPage {
        let mailbox = mailboxes(language).mailboxes.remove(1);
        let trial = Trial {
            heading: "42".to_owned(),
            steps: vec![("42", true), ("43", false)],
            sentences: vec!["<i>".to_owned()],
            help: Some("44".to_owned()),
            words: Some("NO".to_owned()),
            works: false,
        };
        EditPage {
            mailbox,
            id: 7,
            tab,
            form: Form::with_values([("source", "imap"), ("folder", "Weg")]),
            has_account: true,
            choices: Choices { folders: Some(vec!["INBOX".to_owned()]), ..Choices::default() },
            trial: Some(trial),
            last: Some("10:42".to_owned()),
            log: (tab == Tab::Log).then(|| Log {
                rows: Vec::new(),
                all: "/mails".to_owned(),
                days: Vec::new(),
            }),
            muted: muted::samples(tab == Tab::Answer),
            changes: html! {},
        }
    }

    #[test]
    fn every_tab_speaks_both_languages() {
        for language in LANGUAGES {
            for tab in Tab::ALL {
                let page = edit(&frame(language, Place::Mailboxes), &shown(language, tab));
                check(language, &page);
                assert_eq!(page.0.matches("aria-current=\"page\"").count(), 2, "{}", page.0);
                assert!(page.0.contains("action=\"/mailboxes/service/test\""), "{}", page.0);
            }
        }
    }

    #[test]
    fn a_folder_that_is_not_on_the_server_stays_chosen() {
        let language = Language::German;
        let page = edit(&frame(language, Place::Mailboxes), &shown(language, Tab::Receive)).0;
        assert!(page.contains("<option value=\"Weg\" selected>Weg</option>"), "{page}");
        assert!(page.contains("<option value=\"INBOX\">INBOX</option>"), "{page}");
        assert!(!page.contains("<i>"), "{page}");
    }
}
