//! One change for many tickets: what the bar for a selection sends.

use axum::response::IntoResponse;
use maud::html;
use rules::status::StatusKind;
use web::{Form, safe_return_path, see_other, trigger};

use crate::feature::change::undo::{self, TicketBack};
use crate::feature::change::{Change, ChangeTicket, Changed};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Acting;
use crate::record::directory::{Listed, by_name};
use crate::record::frame::{Toast, Undo, toasts_out_of_band};
use crate::texts;

/// Tickets of one selection.
const SELECTED_MAX: usize = 500;

/// Changes all selected tickets, each in an operation of its own: one that may not be changed
/// does not keep the others from it.
pub async fn change(screen: Screen, form: Form) -> Answer {
    let numbers: Vec<&str> = form.all("ticket").take(SELECTED_MAX).collect();
    let Some(wanted) = wanted(&screen, &form) else { return Err(HttpError::Unreadable) };
    let (mut done, mut refused, mut ways) = (0_u64, 0_u64, Vec::new());
    for number in numbers {
        match run(&screen, number, &wanted).await? {
            Changed::Done { undo, .. } => {
                done += 1;
                ways.push((number.to_owned(), undo));
            }
            _ => refused += 1,
        }
    }
    ways.retain(|(_, undo)| !undo.is_empty());
    let back = safe_return_path(form.raw("back")).unwrap_or("/inbox");
    if !screen.htmx.fragment {
        return Ok(see_other(back));
    }
    let words = texts::change(screen.language);
    let mut toasts = Vec::new();
    if done > 0 {
        let undo = (!ways.is_empty()).then(|| way_back(&screen, ways));
        toasts.push(Toast { text: words.selection_changed(done), undo });
    }
    if refused > 0 {
        toasts.push(Toast { text: words.selection_refused(refused), undo: None });
    }
    let refreshed = super::web::section_at(&screen, back).await?;
    let said = toasts_out_of_band(screen.language, &toasts);
    Ok((trigger("selection:clear"), html! { (refreshed) (said) }).into_response())
}

fn way_back(screen: &Screen, ways: Vec<TicketBack>) -> Undo {
    let way = undo::seal(&screen.app.keys, ways, screen.actor.agent, screen.now);
    let action = "/inbox/selection/undo".to_owned();
    Undo { action, fields: vec![("way".to_owned(), way)] }
}

/// Takes a change of a selection back. The list hears of it like everybody else's.
pub async fn take_back(screen: Screen, form: Form) -> Answer {
    let words = texts::change(screen.language);
    let keys = &screen.app.keys;
    let text = match undo::open(keys, screen.actor.agent, form.raw("way"), screen.now) {
        Some(ways) => {
            for (number, changes) in &ways {
                write(&screen, number, changes).await?;
            }
            words.undone()
        }
        None => words.undo_too_late(),
    };
    if !screen.htmx.fragment {
        return Ok(see_other("/inbox"));
    }
    let toast = Toast { text: text.to_owned(), undo: None };
    let said = toasts_out_of_band(screen.language, &[toast]);
    Ok((trigger("selection:undone"), said).into_response())
}

enum Wanted {
    Change(Change),
    AddTag(String),
}

async fn run(screen: &Screen, number: &str, wanted: &Wanted) -> Result<Changed, HttpError> {
    let change = match wanted {
        Wanted::Change(change) => change.clone(),
        Wanted::AddTag(tag) => match tags_of(screen, number).await? {
            Some(mut tags) => {
                tags.push(tag.clone());
                Change::Tags(tags)
            }
            None => return Ok(Changed::Denied(crate::record::actor::Denied::NotFound)),
        },
    };
    write(screen, number, &[change]).await
}

async fn write(screen: &Screen, number: &str, changes: &[Change]) -> Result<Changed, HttpError> {
    let operation = ChangeTicket {
        acting: Acting { actor: &screen.actor, now: screen.now, ids: &screen.app.ids },
        number,
        directory: &screen.directory,
        version: None,
        changes,
    };
    Ok(screen.app.db.write(&operation).await?)
}

async fn tags_of(screen: &Screen, number: &str) -> Result<Option<Vec<String>>, HttpError> {
    let read =
        crate::feature::ticket::read::ReadTicket { actor: &screen.actor, number, before: None };
    Ok(screen.app.db.read(&read).await?.ok().map(|view| view.ticket.tag_names()))
}

fn wanted(screen: &Screen, form: &Form) -> Option<Wanted> {
    let directory = &screen.directory;
    let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
    let change = if let Some(key) = value("status") {
        Change::Status(by_name(&directory.statuses, &key)?.number())
    } else if let Some(key) = value("priority") {
        Change::Priority(by_name(&directory.priorities, &key)?.number())
    } else if let Some(key) = value("area") {
        Change::Area(by_name(&directory.areas, &key)?.number())
    } else if let Some(agent) = value("assignee") {
        Change::Assignee(agent.parse().ok())
    } else if let Some(tag) = value("tag") {
        return Some(Wanted::AddTag(tag));
    } else {
        return verb(screen, form);
    };
    Some(Wanted::Change(change))
}

fn verb(screen: &Screen, form: &Form) -> Option<Wanted> {
    let change = match form.text("do") {
        "solve" => Change::Status(screen.directory.status_of_kind(StatusKind::Done)?.id.number()),
        "mine" => Change::Assignee(Some(screen.actor.agent.number())),
        "tag" => return Some(Wanted::AddTag(form.text("new_tag").to_owned())),
        "seen" => Change::Unseen(false),
        "unseen" => Change::Unseen(true),
        "spam" => Change::Spam,
        "trash" => Change::Trash,
        _ => return None,
    };
    Some(Wanted::Change(change))
}
