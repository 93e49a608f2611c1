//! Handlers of the page that corrects a message.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use rules::correction::Correction;
use web::{Form, see_other};

use super::page::{self, CorrectPage};
use super::{Correct, Corrected, Find, Found, Wanted};
use crate::feature::note::concerned;
use crate::feature::reply::one_subject;
use crate::feature::ticket::moment;
use crate::feature::ticket::read::ReadMessage;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::body::Body;
use crate::record::frame::Place;
use crate::record::{AgentId, MessageId};
use crate::{record::show, texts};

/// The page.
pub async fn page(screen: Screen, Path(id): Path<String>) -> Answer {
    let found = find(&screen, &id).await?;
    let shown = shown(&screen, &found);
    Ok(page::page(&screen.frame(Place::Elsewhere).await?, &shown).into_response())
}

/// Corrects the message; what cannot be taken is said beside what was typed.
pub async fn correct(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    let found = find(&screen, &id).await?;
    let wanted = match wanted(&screen, &found, &form) {
        Ok(wanted) => wanted,
        Err(problem) => {
            let shown = CorrectPage { problem: Some(problem), ..typed(&screen, &found, &form) };
            let page = page::page(&screen.frame(Place::Elsewhere).await?, &shown);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let number = &found.ticket.number;
    let acting = screen.acting();
    let correct = Correct { acting, number, message: found.message.id, wanted: &wanted };
    match screen.app.db.write(&correct).await? {
        Corrected::Done(_) => Ok(see_other(&format!("/tickets/{}", encode(number)))),
        Corrected::Denied(denied) => Err(denied.into()),
        Corrected::HasLeft => Err(Denied::NotAllowed.into()),
    }
}

async fn find(screen: &Screen, id: &str) -> Result<Found, HttpError> {
    let message = MessageId::parse(id).ok_or(Denied::NotFound)?;
    let read = ReadMessage { actor: &screen.actor, message };
    let (belonging, _) = screen.app.db.read(&read).await??;
    let find = Find { actor: &screen.actor, number: &belonging.number, message };
    let found = screen.app.db.read(&find).await??;
    match found.allowed {
        Correction::Nothing => Err(Denied::NotAllowed.into()),
        _ => Ok(found),
    }
}

/// The own words of a message.
fn own_words(found: &Found) -> String {
    let segments = found.message.segments();
    let own = segments.iter().filter(|segment| segment.kind == "new");
    let own: Vec<&str> = own.map(|segment| segment.text.trim_end()).collect();
    own.join("\n").trim_end().to_owned()
}

fn shown(screen: &Screen, found: &Found) -> CorrectPage {
    let concerned = found.message.concerns();
    let can_be =
        |agent: &&crate::record::directory::Person| agent.active || concerned.contains(&agent.id);
    let team = screen.directory.agents.iter().filter(can_be);
    CorrectPage {
        id: found.message.id.to_string(),
        number: found.ticket.number.clone(),
        words: found.allowed == Correction::Everything,
        subject: found.message.subject.clone(),
        text: own_words(found),
        at: show::input(&screen.times(), found.message.at),
        team: team
            .map(|agent| (agent.id.to_string(), agent.name.clone(), concerned.contains(&agent.id)))
            .collect(),
        problem: None,
    }
}

/// The page with what was typed.
fn typed(screen: &Screen, found: &Found, form: &Form) -> CorrectPage {
    let before = shown(screen, found);
    let is_chosen = |id: &str| form.all("concerns").any(|chosen| chosen == id);
    let team = before.team.iter().map(|(id, name, _)| (id.clone(), name.clone(), is_chosen(id)));
    CorrectPage {
        subject: form.raw("subject").to_owned(),
        text: form.raw("text").to_owned(),
        at: form.raw("at").to_owned(),
        team: team.collect(),
        ..before
    }
}

/// What is different in the form; or the field that cannot be taken.
fn wanted(screen: &Screen, found: &Found, form: &Form) -> Result<Wanted, (&'static str, String)> {
    let words = texts::reply(screen.language);
    let before = shown(screen, found);
    let mut wanted = Wanted::default();
    if form.text("at") != before.at {
        let at = moment(screen, form.text("at")).map_err(|sentence| ("at", sentence))?;
        if at.is_none_or(|at| at > screen.now) {
            return Err(("at", words.refused_to_come().to_owned()));
        }
        wanted.at = at;
    }
    let ids: Vec<AgentId> = (form.all("concerns"))
        .map(|id| AgentId::from_number(id.parse().unwrap_or_default()))
        .collect();
    let is_known = found.message.concerns();
    let concerns = concerned(&screen.directory, &ids, &is_known, found.message.agent)
        .map_err(|_| ("concerns", words.refused_concerned().to_owned()))?;
    let is_same = concerns.clone().unwrap_or_else(|| found.message.agent.into_iter().collect());
    wanted.concerns = (is_same != is_known).then_some(concerns);
    if !before.words {
        return Ok(wanted);
    }
    let text = form.raw("text").replace("\r\n", "\n").replace('\0', "");
    if text.trim_end() != before.text {
        if text.trim().is_empty() {
            return Err(("text", words.refused_empty().to_owned()));
        }
        wanted.body = Some(Body::from_text(&text));
    }
    let subject = one_subject(form.raw("subject"));
    wanted.subject = (subject != before.subject).then_some(subject);
    Ok(wanted)
}
