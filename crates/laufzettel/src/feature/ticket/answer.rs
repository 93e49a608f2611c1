//! What a change of a ticket is answered with: the fresh sheet with a toast and perhaps a question
//! for the script; without one a way back to the page, or the page with what was wrong.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::html;
use web::{Form, safe_return_path, see_other};

use super::page::{self, FieldProblem};
use super::read::{ReadTicket, TicketView};
use super::show;
use crate::feature::change::{Change, say, undo as way_back};
use crate::feature::reply::{self, Basis};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::{
    Place, Question, Toast, Undo, question_out_of_band, toasts_out_of_band,
};

/// What is said after a change.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What was done.
    pub toast: Option<Toast>,
    /// What is to be decided.
    pub question: Option<Question>,
}

/// The toast that confirms changes and takes them back; none if nothing was different.
pub fn done(screen: &Screen, number: &str, changes: &[Change], undo: Vec<Change>) -> Option<Toast> {
    let text =
        changes.first().map(|change| say::done(change, &screen.directory, &screen.times()))?;
    with_undo(screen, number, text, undo)
}

/// The toast with this text and the changes that lead back; none if nothing was different.
pub fn with_undo(screen: &Screen, number: &str, text: String, undo: Vec<Change>) -> Option<Toast> {
    if undo.is_empty() {
        return None;
    }
    let back = vec![(number.to_owned(), undo)];
    let way = way_back::seal(&screen.app.keys, back, screen.actor.agent, screen.now);
    let action = format!("/tickets/{}/undo", encode(number));
    Some(Toast { text, undo: Some(Undo { action, fields: vec![("way".to_owned(), way)] }) })
}

/// A value that could not be taken, as the form sent it.
pub fn refused(property: &str, form: &Form, sentence: String) -> FieldProblem {
    FieldProblem { property: property.to_owned(), value: form.raw("value").to_owned(), sentence }
}

/// Answers a change.
pub async fn answer(
    screen: &Screen,
    number: &str,
    form: &Form,
    result: Result<Said, FieldProblem>,
) -> Answer {
    let is_sheet = screen.htmx.target.as_deref() == Some("sheet");
    let (said, problem) = match result {
        Ok(said) if !screen.htmx.fragment => return whole_page(screen, number, form, said).await,
        Err(problem) if !screen.htmx.fragment => {
            return refusing_page(screen, number, problem).await;
        }
        Ok(said) => (said, None),
        // Where the field is on the page, the sentence stands below it.
        Err(problem) if is_sheet && !problem.property.is_empty() => {
            (Said::default(), Some(problem))
        }
        Err(problem) => (
            Said { toast: Some(Toast { text: problem.sentence, undo: None }), question: None },
            None,
        ),
    };
    let toasts: Vec<Toast> = said.toast.into_iter().collect();
    let toasts = toasts_out_of_band(screen.language, &toasts);
    // A field that is saved when the question takes its focus must not close the question.
    let question = said.question.as_ref().map(|question| question_out_of_band(Some(question)));
    let said = html! { (toasts) @if let Some(question) = question { (question) } };
    if !is_sheet {
        return Ok(said.into_response());
    }
    let view = read(screen, number).await?;
    let sheet = page::Sheet { problem, ..show::sheet(screen, &view.ticket) };
    let bar = show::bar(screen, &view, back(number, form));
    let actions = page::actions(screen.language, &bar, sheet.access, page::Swap::OutOfBand);
    let sheet = page::sheet(screen.language, &sheet);
    let around = show::around_sheet(screen, &view);
    Ok(html! { (sheet) (actions) (around) (said) }.into_response())
}

/// Back to the page, or the page itself with a question, for readers without a script.
async fn whole_page(screen: &Screen, number: &str, form: &Form, said: Said) -> Answer {
    if said.question.is_none() {
        return Ok(see_other(&back(number, form)));
    }
    let view = read(screen, number).await?;
    let shown = show::ticket_page(screen, &view, "/inbox".to_owned());
    let mut frame = screen.frame_with(Place::Elsewhere, said.toast.into_iter().collect()).await?;
    frame.question = said.question;
    let composer = reply::composer(screen, &Basis::of(&view));
    Ok(page::page(&frame, &shown, &composer).into_response())
}

/// The whole page with what was wrong, for readers without a script.
async fn refusing_page(screen: &Screen, number: &str, problem: FieldProblem) -> Answer {
    let view = read(screen, number).await?;
    let mut shown = show::ticket_page(screen, &view, "/inbox".to_owned());
    let toasts = match problem.property.as_str() {
        "" => vec![Toast { text: problem.sentence, undo: None }],
        _ => {
            shown.sheet.problem = Some(problem);
            Vec::new()
        }
    };
    let frame = screen.frame_with(Place::Elsewhere, toasts).await?;
    let composer = reply::composer(screen, &Basis::of(&view));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::page(&frame, &shown, &composer)).into_response())
}

/// The ticket with everything its page shows.
pub async fn read(screen: &Screen, number: &str) -> Result<TicketView, HttpError> {
    let read = ReadTicket { actor: &screen.actor, number, before: None };
    Ok(screen.app.db.read(&read).await??)
}

/// Where the form was sent from.
pub fn back(number: &str, form: &Form) -> String {
    match safe_return_path(form.raw("back")) {
        Some(path) => path.to_owned(),
        None => format!("/tickets/{}", encode(number)),
    }
}
