//! One change for many tickets: what the bar for a selection sends.

mod questions;
mod wanted;

use axum::response::{IntoResponse, Response};
use maud::html;
use web::{Form, go_to, keep_target, safe_return_path, see_other, trigger};

pub use questions::{inform, tell_contacts};

use self::wanted::{Wanted, wanted};
use crate::feature::change::action::{Act, Acted, Action};
use crate::feature::change::undo::{self, TicketBack};
use crate::feature::change::{Change, ChangeTicket, Changed};
use crate::feature::intake_rules::again;
use crate::feature::notify::tell::{ChangeAndTell, Tell};
use crate::feature::regroup;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::{Toast, Undo, question_out_of_band, toasts_out_of_band};
use crate::record::ticket::Ticket;
use crate::texts;

/// Tickets of one selection.
const SELECTED_MAX: usize = 500;

/// Changes all selected tickets, each in an operation of its own: one that may not be changed
/// does not keep the others from it.
pub async fn change(screen: Screen, form: Form) -> Answer {
    let numbers: Vec<&str> = form.all("ticket").take(SELECTED_MAX).collect();
    let Some(wanted) = wanted(&screen, &form) else { return Err(HttpError::Unreadable) };
    match wanted {
        Wanted::SpamRule => return ask_about_spam(&screen, &numbers).await,
        Wanted::Merge => return Ok(lead_to_merging(&screen, &numbers, form.raw("back"))),
        _ => {}
    }
    let (mut done, mut refused, mut ways) = (0_u64, 0_u64, Vec::new());
    let mut changed = Vec::new();
    for number in numbers {
        match run(&screen, number, &wanted).await? {
            Some((ticket, undo)) => {
                done += 1;
                if !undo.is_empty() {
                    ways.push((number.to_owned(), undo.clone()));
                    changed.push((ticket, undo));
                }
            }
            None => refused += 1,
        }
    }
    let question = questions::after(&screen, &changed);
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
    let asked = question.map(|question| question_out_of_band(Some(&question)));
    let asked = html! { @if let Some(asked) = asked { (asked) } };
    Ok((trigger("selection:clear"), html! { (refreshed) (said) (asked) }).into_response())
}

/// Asks before senders are kept away. Without a script the form of a rule is the question.
async fn ask_about_spam(screen: &Screen, numbers: &[&str]) -> Answer {
    if !screen.htmx.fragment {
        let first = numbers.first().copied().unwrap_or_default();
        return Ok(see_other(&format!("/settings/rules/new?ticket={first}&spam=yes")));
    }
    let question = again::ask(screen, numbers).await?;
    Ok((keep_target(), question_out_of_band(Some(&question))).into_response())
}

/// Merging is chosen on a page of its own. What cannot be merged for its number stays selected.
fn lead_to_merging(screen: &Screen, numbers: &[&str], back: &str) -> Response {
    let path = regroup::address(numbers, back);
    if !screen.htmx.fragment {
        return see_other(&path);
    }
    let Some(text) = regroup::how_many(screen, numbers.len()) else { return go_to(&path) };
    let said = toasts_out_of_band(screen.language, &[Toast { text, undo: None }]);
    (keep_target(), said).into_response()
}

/// Changes one ticket, of which nobody is told.
pub async fn write_one(
    screen: &Screen,
    number: &str,
    changes: &[Change],
) -> Result<Changed, HttpError> {
    write(screen, number, changes, Tell::Nobody).await
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
                // What is taken back tells nobody.
                write(&screen, number, changes, Tell::Nobody).await?;
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

/// Changes one ticket; gives it with the way back, or nothing if it may not be changed like that.
async fn run(
    screen: &Screen,
    number: &str,
    wanted: &Wanted,
) -> Result<Option<(Box<Ticket>, Vec<Change>)>, HttpError> {
    let change = match wanted {
        Wanted::Change(change) => change.clone(),
        Wanted::AddTag(_) | Wanted::RemoveTag(_) => match tags_of(screen, number).await? {
            Some(tags) => Change::Tags(wanted.tags(tags)),
            None => return Ok(None),
        },
        Wanted::Claim => return claim(screen, number).await,
        Wanted::Rules => match again::changes(screen, number).await? {
            Some(changes) => return run_all(screen, number, &changes).await,
            None => return Ok(None),
        },
        Wanted::SpamRule | Wanted::Merge => return Ok(None),
    };
    run_all(screen, number, &[change]).await
}

async fn run_all(
    screen: &Screen,
    number: &str,
    changes: &[Change],
) -> Result<Option<(Box<Ticket>, Vec<Change>)>, HttpError> {
    match write(screen, number, changes, Tell::ByArea).await? {
        Changed::Done { ticket, undo } => Ok(Some((ticket, undo))),
        _ => Ok(None),
    }
}

/// Takes a ticket of nobody; who has one already keeps it.
async fn claim(
    screen: &Screen,
    number: &str,
) -> Result<Option<(Box<Ticket>, Vec<Change>)>, HttpError> {
    let act = Act {
        acting: screen.acting(),
        number,
        directory: &screen.directory,
        action: Action::Claim,
    };
    match screen.app.db.write(&act).await? {
        Acted::Done { ticket, undo } => Ok(Some((ticket, undo))),
        _ => Ok(None),
    }
}

async fn write(
    screen: &Screen,
    number: &str,
    changes: &[Change],
    tell: Tell<'_>,
) -> Result<Changed, HttpError> {
    let change = ChangeTicket {
        acting: screen.acting(),
        number,
        directory: &screen.directory,
        version: None,
        changes,
    };
    Ok(screen.app.db.write(&ChangeAndTell { change, tell }).await?)
}

async fn tags_of(screen: &Screen, number: &str) -> Result<Option<Vec<String>>, HttpError> {
    let read =
        crate::feature::ticket::read::ReadTicket { actor: &screen.actor, number, before: None };
    Ok(screen.app.db.read(&read).await?.ok().map(|view| view.ticket.tag_names()))
}
