//! The history of the administration on the screen: who changed what, when, from what to what.

mod values;

use ::values::Language;
use axum::response::IntoResponse;
use db::{Reading, Result, View};
use maud::{Markup, html};
use web::{Form, Paged, decode_cursor, encode_cursor};

use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::administration::{Recorded, Subject, events};
use crate::record::frame::{self, Layout, Moment, Person, Place, avatar, icon, moment};
use crate::record::show;
use crate::texts;

/// Events of a page.
const ROWS: u32 = 50;
/// Events beside an entry.
const RECENT: i64 = 5;
/// The name of the list in its cursors.
const CURSOR: &str = "settings history";

/// An event as it is shown.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Who did it.
    pub person: Option<Person>,
    /// Through which program.
    pub caller: Option<String>,
    /// When.
    pub at: Moment,
    /// What kind of thing was changed.
    pub subject: &'static str,
    /// What it was called.
    pub name: String,
    /// Its page, if it has one.
    pub href: Option<String>,
    /// What happened.
    pub done: &'static str,
    /// The fields: label, what it was, what it is.
    pub facts: Vec<(String, String, String)>,
}

/// Reads events before one of them.
struct ReadEvents {
    of: Option<(Subject, i64)>,
    before: i64,
    limit: i64,
}

impl Reading for ReadEvents {
    type Outcome = Vec<Recorded>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Recorded>> {
        events(view, self.of, self.before, self.limit).await
    }
}

/// The page with all changes, or with those of one thing or one list.
pub async fn page(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let subject = Subject::from_code(asked.text("subject"));
    let id: Option<i64> = asked.text("id").parse().ok();
    let of = subject.zip(id);
    let before = decode_cursor(CURSOR, asked.text("after")).unwrap_or_default();
    let before = before.first().copied().unwrap_or(i64::MAX);
    let read = ReadEvents { of, before, limit: i64::from(ROWS) + 1 };
    let page = Paged::from_rows(screen.app.db.read(&read).await?, ROWS);
    let older = page.next(|event| {
        let after = encode_cursor(CURSOR, &[event.id.number()]);
        match of {
            Some((subject, id)) => {
                format!("/settings/history?subject={}&id={id}&after={after}", subject.code())
            }
            None => format!("/settings/history?after={after}"),
        }
    });
    let rows: Vec<EventRow> = page.rows.iter().map(|event| row(&screen, event)).collect();
    let frame = screen.frame(Place::Settings).await?;
    Ok(print(&frame, &rows, older.as_deref()).into_response())
}

/// The last changes of one thing, with the way to all of them.
pub async fn recent(
    screen: &Screen,
    subject: Subject,
    id: i64,
) -> std::result::Result<Markup, HttpError> {
    let of = Some((subject, id));
    let events = screen.app.db.read(&ReadEvents { of, before: i64::MAX, limit: RECENT }).await?;
    let rows: Vec<EventRow> = events.iter().map(|event| row(screen, event)).collect();
    let href = format!("/settings/history?subject={}&id={id}", subject.code());
    let texts = texts::settings(screen.language);
    Ok(html! {
        h2 { (texts.last_changes()) }
        (list(screen.language, &rows))
        @if !rows.is_empty() { a class="linked" href=(href) { (texts.all_changes()) } }
    })
}

/// The last changes of all settings.
pub async fn newest(screen: &Screen) -> std::result::Result<Vec<EventRow>, HttpError> {
    let read = ReadEvents { of: None, before: i64::MAX, limit: RECENT };
    let events = screen.app.db.read(&read).await?;
    // Beside the overview it is enough to say what was changed.
    let short = |event| EventRow { facts: Vec::new(), ..row(screen, event) };
    Ok(events.iter().map(short).collect())
}

fn row(screen: &Screen, event: &Recorded) -> EventRow {
    let language = screen.language;
    let texts = texts::settings(language);
    let subject = Subject::from_code(&event.subject).unwrap_or(Subject::House);
    let facts = event.facts().into_iter().map(|fact| values::fact(screen, subject, fact));
    // What is new was nothing before.
    let is_new = event.kind == "added";
    let facts = facts.map(|(label, from, to)| match is_new {
        true => (label, String::new(), to),
        false => (label, from, to),
    });
    let done = match event.kind.as_str() {
        "added" => texts.added(),
        "removed" if subject == Subject::Token => texts.revoked(),
        "removed" => texts.removed(),
        _ => texts.changed(),
    };
    EventRow {
        person: show::agent(&screen.directory, event.agent),
        caller: event.caller.clone(),
        at: show::exact_moment(&screen.times(), event.at),
        subject: values::subject(language, subject),
        name: event.name.clone(),
        href: (event.kind != "removed")
            .then(|| values::href(&screen.directory, subject, event.subject_id)),
        done,
        facts: facts.collect(),
    }
}

/// Prints the page.
pub fn print(frame: &frame::Frame, rows: &[EventRow], older: Option<&str>) -> Markup {
    let language = frame.language;
    let (texts, common) = (texts::settings(language), texts::common(language));
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                nav class="row row-tight trunc" aria-label=(common.settings()) {
                    a class="soft" href="/settings" { (common.settings()) }
                    span class="muted" aria-hidden="true" { "/" }
                }
                h1 { (texts.changes()) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.changes()) {
            div class="setpage" {
                (list(language, rows))
                @if let Some(older) = older { a class="btn" href=(older) { (icon("history")) (texts.older()) } }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.changes(), &main)
}

/// Events, newest first.
pub fn list(language: Language, rows: &[EventRow]) -> Markup {
    let texts = texts::settings(language);
    html! {
        @if rows.is_empty() { p class="soft" { (texts.no_changes()) } } @else {
            ol class="setevents" { @for one in rows { (event(language, one)) } }
        }
    }
}

fn event(language: Language, event: &EventRow) -> Markup {
    let texts = texts::settings(language);
    html! {
        li {
            @match &event.person {
                Some(person) => (avatar(person)),
                None => span class="av" data-none title=(texts.somebody()) {},
            }
            div class="stack stack-tight" {
                p {
                    b { (event.person.as_ref().map_or(texts.somebody(), |person| &person.name)) }
                    @if let Some(caller) = &event.caller { " " span class="soft" { (texts.by_program(caller)) } }
                    " " span class="muted" { (moment(&event.at)) }
                }
                p {
                    (event.subject) " "
                    @if !event.name.is_empty() {
                        @match &event.href { Some(href) => a class="linked" href=(href) { (event.name) }, None => b { (event.name) } }
                        " "
                    }
                    (event.done)
                }
                @if !event.facts.is_empty() {
                    dl class="setfacts" {
                        @for (label, from, to) in &event.facts {
                            dt { (label) }
                            dd {
                                @if !from.is_empty() {
                                    del { (from) } " " span aria-hidden="true" { "→" } span class="vh" { (texts.becomes()) } " "
                                }
                                (to)
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, at, check, frame, person};

    #[test]
    fn a_change_says_who_did_what_and_what_it_was_before() {
        for language in LANGUAGES {
            let texts = texts::settings(language);
            let row = EventRow {
                person: Some(person("Mareike Thoms", 160)),
                caller: Some("ERP".to_owned()),
                at: at("09:12"),
                subject: values::subject(language, Subject::Area),
                name: "<b>Retouren</b>".to_owned(),
                href: Some("/settings/areas/7".to_owned()),
                done: texts.changed(),
                facts: vec![("Name".to_owned(), "Rücksendung".to_owned(), "Retouren".to_owned())],
            };
            let other = EventRow { person: None, caller: None, href: None, ..row.clone() };
            let page = print(&frame(language, Place::Settings), &[row, other], Some("/x"));
            check(language, &page);
            assert!(page.0.contains("<del>Rücksendung</del>"), "{}", page.0);
            assert!(!page.0.contains("<b>Retouren"), "{}", page.0);
            check(language, &print(&frame(language, Place::Settings), &[], None));
        }
    }
}
