//! Handlers of the buttons.

use axum::extract::Path;
use maud::html;
use web::Form;

use super::closing;
use crate::feature::change::action::{Act, Acted, Action};
use crate::feature::change::say;
use crate::feature::notify::closing::{Close, Closed, Notify, Words};
use crate::feature::ticket::answer::{Said, answer, read, refused, with_undo};
use crate::http::encode;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::directory::by_id;
use crate::record::frame::Question;
use crate::record::ticket::Ticket;
use crate::texts;

/// Takes a ticket of nobody.
pub async fn claim(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    act(&screen, &number, &form, Action::Claim).await
}

/// Gives a ticket of one's own back.
pub async fn unclaim(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    act(&screen, &number, &form, Action::Unclaim).await
}

/// Solves a ticket; asks before where the area wants it (F-CLOSE-04).
pub async fn solve(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let ticket = read(&screen, &number).await?.ticket;
    let area = by_id(&screen.directory.areas, ticket.area.number());
    match area.is_some_and(|area| area.confirm_closing) {
        true => sure(&screen, &number, &form, Action::Close).await,
        false => act(&screen, &number, &form, Action::Close).await,
    }
}

/// Closes a ticket without a solution, once that is confirmed.
pub async fn abandon(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    sure(&screen, &number, &form, Action::Abandon).await
}

/// Opens a ticket again, once that is confirmed.
pub async fn reopen(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    sure(&screen, &number, &form, Action::Reopen).await
}

/// Does it if the form says that it is meant, else asks.
async fn sure(screen: &Screen, number: &str, form: &Form, action: Action) -> Answer {
    if form.has("sure") {
        return act(screen, number, form, action).await;
    }
    let ticket = read(screen, number).await?.ticket;
    let question = Some(confirmation(screen, &ticket, form, action));
    answer(screen, number, form, Ok(Said { toast: None, question })).await
}

fn confirmation(screen: &Screen, ticket: &Ticket, form: &Form, action: Action) -> Question {
    let words = texts::act(screen.language);
    let (verb, heading, text, yes) = match action {
        Action::Abandon => {
            ("abandon", words.abandon_question(), words.abandon_text(), words.abandon())
        }
        Action::Reopen => ("reopen", words.reopen_question(), words.reopen_text(), words.reopen()),
        _ => ("solve", words.solve_question(), words.solve_text(), words.solve()),
    };
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Question {
        heading: heading.to_owned(),
        action: format!("/tickets/{}/{verb}", encode(&ticket.number)),
        fields: vec![field("sure", "1"), field("back", form.raw("back"))],
        body: html! { p { b { (ticket.number) " " (ticket.subject) } } p { (text) } },
        yes: yes.to_owned(),
        no: words.leave().to_owned(),
        target: screen.htmx.target.as_deref().filter(|target| *target == "sheet").map(|_| "#sheet"),
    }
}

async fn act(screen: &Screen, number: &str, form: &Form, action: Action) -> Answer {
    let act = Act { acting: screen.acting(), number, directory: &screen.directory, action };
    let by_area = Close { act, notify: &Notify::ByArea, words: &Words::default() };
    let acted = match screen.app.db.write(&by_area).await? {
        Closed::Acted(acted, _) => acted,
        Closed::NoContact => return Err(Denied::NotFound.into()),
    };
    let sentence = match acted {
        Acted::Done { ticket, undo } => {
            let question = closing::question(screen, &ticket, &undo).await?;
            let toast = with_undo(screen, number, done(screen, action), undo);
            return answer(screen, number, form, Ok(Said { toast, question })).await;
        }
        Acted::Lost(ticket) => lost(screen, action, &ticket),
        Acted::Denied(denied) => return Err(denied.into()),
        Acted::Refused(why) => say::refused(why.reason, screen.language).to_owned(),
    };
    answer(screen, number, form, Err(refused("", form, sentence))).await
}

/// What is said when it is done.
fn done(screen: &Screen, action: Action) -> String {
    let words = texts::act(screen.language);
    let text = match action {
        Action::Claim => words.claimed(),
        Action::Unclaim => words.unclaimed(),
        Action::Close => words.solved(),
        Action::Abandon => words.abandoned(),
        Action::Reopen => words.reopened(),
    };
    text.to_owned()
}

/// Why it was not done: who has the ticket (F-ASG-02), or how it stands.
fn lost(screen: &Screen, action: Action, ticket: &Ticket) -> String {
    let words = texts::act(screen.language);
    let holder = ticket.assignee.and_then(|agent| screen.directory.agent(agent));
    let holder = holder.map_or("", |agent| agent.name.as_str());
    match action {
        Action::Claim => words.claimed_by(holder),
        Action::Unclaim => words.not_yours(holder),
        Action::Close | Action::Abandon => words.closed_already().to_owned(),
        Action::Reopen => words.open_already().to_owned(),
    }
}
