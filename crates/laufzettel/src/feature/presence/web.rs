//! Handlers of presence.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use web::Form;

use super::page::{Other, place};
use super::{ReadPresence, Sign, State};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::show;

/// Who else is in a ticket.
pub async fn read(screen: Screen, Path(number): Path<String>) -> Answer {
    shown(&screen, &number).await
}

/// Takes a sign of life and answers who else is there.
pub async fn sign(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let Some(state) = State::from_code(form.text("state")) else {
        return Err(HttpError::Unreadable);
    };
    let sign = Sign { actor: &screen.actor, number: &number, state, now: screen.now };
    screen.app.db.write(&sign).await??;
    match state {
        State::Gone => Ok(StatusCode::NO_CONTENT.into_response()),
        _ => shown(&screen, &number).await,
    }
}

async fn shown(screen: &Screen, number: &str) -> Answer {
    let read = ReadPresence { actor: &screen.actor, number, now: screen.now };
    let (ticket, present) = screen.app.db.read(&read).await??;
    let other = |(agent, state)| {
        let person = show::agent(&screen.directory, Some(agent))?;
        Some(Other { person, state })
    };
    let others: Vec<Other> = present.into_iter().filter_map(other).collect();
    let place = place(screen.language, &encode(number), &ticket.to_string(), &others);
    Ok(place.into_response())
}
