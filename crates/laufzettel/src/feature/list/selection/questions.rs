//! What is asked after many tickets were given to somebody or closed, once for all of them.

use axum::response::IntoResponse;
use maud::html;
use web::{Form, see_other};

use super::SELECTED_MAX;
use crate::feature::act::{closing, inform as informing};
use crate::feature::change::Change;
use crate::feature::notify::closing::{TellContacts, Told};
use crate::feature::notify::tell::{former, is_closing};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::area::Area;
use crate::record::directory::by_id;
use crate::record::frame::{Question, Toast, question_out_of_band, toasts_out_of_band};
use crate::record::ticket::Ticket;
use crate::texts;

/// The question after a change of many tickets, for those whose area wants it asked.
pub fn after(screen: &Screen, changed: &[(Box<Ticket>, Vec<Change>)]) -> Option<Question> {
    let area = |ticket: &Ticket| by_id(&screen.directory.areas, ticket.area.number());
    let asks = |ticket: &Ticket, is_asked: fn(&Area) -> bool| area(ticket).is_some_and(is_asked);
    let given = changed.iter().filter(|(ticket, undo)| {
        former(undo).is_some() && asks(ticket, |area| area.inform_assignee == "ask")
    });
    let given: Vec<&Ticket> = given.map(|(ticket, _)| &**ticket).collect();
    let numbers = |tickets: &[&Ticket]| -> Vec<String> {
        tickets.iter().map(|ticket| ticket.number.clone()).collect()
    };
    if let Some(agent) = given.first().and_then(|ticket| ticket.assignee) {
        return informing::question_of_many(screen, agent, &numbers(&given));
    }
    let closed = changed.iter().filter(|(ticket, undo)| {
        is_closing(ticket, undo, &screen.directory)
            && asks(ticket, |area| area.closing_mail == "ask")
    });
    let closed: Vec<&Ticket> = closed.map(|(ticket, _)| &**ticket).collect();
    let has_address = closed.iter().any(|ticket| ticket.requester_email.is_some());
    has_address.then(|| closing::question_of_many(screen, &numbers(&closed)))
}

/// Tells the agents who were marked, of each ticket. One that is gone meanwhile does not keep them from
/// hearing of the others.
pub async fn inform(screen: Screen, form: Form) -> Answer {
    for number in form.all("ticket").take(SELECTED_MAX) {
        match informing::tell(&screen, number, &form).await {
            Ok(()) | Err(HttpError::Denied(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(said(&screen, informing::told(&screen, &form)))
}

/// Tells the contacts of each ticket that it is closed.
pub async fn tell_contacts(screen: Screen, form: Form) -> Answer {
    let (notify, words) = closing::wanted(&form);
    let mut told = 0;
    for number in form.all("ticket").take(SELECTED_MAX) {
        let tell = TellContacts {
            acting: screen.acting(),
            number,
            directory: &screen.directory,
            notify: &notify,
            words: &words,
        };
        if let Told::Done(count) = screen.app.db.write(&tell).await? {
            told += count;
        }
    }
    let text = texts::act(screen.language).informed().to_owned();
    Ok(said(&screen, (told > 0).then_some(Toast { text, undo: None })))
}

fn said(screen: &Screen, toast: Option<Toast>) -> axum::response::Response {
    if !screen.htmx.fragment {
        return see_other("/inbox");
    }
    let toasts: Vec<Toast> = toast.into_iter().collect();
    let toasts = toasts_out_of_band(screen.language, &toasts);
    html! { (toasts) (question_out_of_band(None)) }.into_response()
}
