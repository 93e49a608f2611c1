//! Handlers of people and their rights. Only administrators: whoever gives rights could give himself
//! more.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use values::{EmailAddress, Language};
use web::{Form, see_other};

use super::hand_over::{CanGo, EndAccess, HandOver, ReadHandOver, SignOutEverywhere};
use super::invite::Invite;
use super::page::{InvitePage, invite_page, people_page, person_page};
use super::save::{Fields, IsTaken, SaveAgent, Saved};
use super::store::{Detailed, ReadAgents};
use super::{form, show};
use crate::feature::passwords::{Letter, LetterOf, Link, Purpose, SendLink, letter};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::directory::{Listed, by_id};
use crate::record::frame::{Place, Toast};
use crate::record::{AgentId, our_address};
use crate::texts;

/// The people.
pub async fn people(screen: Screen, asked: Form) -> Answer {
    screen.administrate()?;
    let page = show::people(&screen, asked.text("q"), asked.has("left")).await?;
    Ok(people_page(&screen.frame(Place::Settings).await?, &page).into_response())
}

/// The form that invites somebody.
pub async fn new(screen: Screen) -> Answer {
    screen.administrate()?;
    let form = Form::with_values([("role", "agent")]);
    Ok(invite_page(&screen.frame(Place::Settings).await?, &InvitePage { form }).into_response())
}

/// Invites somebody.
pub async fn invite(screen: Screen, mut typed: Form) -> Answer {
    screen.administrate()?;
    let fields = form::read(&screen, &mut typed, None);
    refuse_taken(&screen, &mut typed, None, &fields).await?;
    if let (true, Some(email)) = (typed.is_fine(), &fields.email) {
        let link = Link::make(Purpose::Invitation, screen.now);
        let name = fields.name.clone().unwrap_or_default();
        let language = fields.language.flatten().and_then(Language::from_code);
        match written(&screen, (&name, email), language, &link)? {
            Some(letter) => {
                let save =
                    SaveAgent { agent: None, version: None, fields: &fields, by: screen.by() };
                let invite = Invite { save, link: &link, letter: &letter };
                let saved = screen.app.db.write(&invite).await?;
                screen.app.forget_lists();
                if let Saved::Done(agent) = saved {
                    return Ok(told(&agent, "invited"));
                }
                refuse(&screen, &mut typed, &saved)?;
            }
            None if our_address::is_listed(&screen.directory, email) => {
                typed.refuse("email", texts::agents(screen.language).email_ours());
            }
            None => typed.refuse("form", texts::agents(screen.language).no_sender()),
        }
    }
    let page = invite_page(&screen.frame(Place::Settings).await?, &InvitePage { form: typed });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The mail with a link.
fn written(
    screen: &Screen,
    (name, address): (&str, &EmailAddress),
    language: Option<Language>,
    link: &Link,
) -> Result<Option<Letter>, HttpError> {
    let of = LetterOf {
        app: &screen.app,
        directory: &screen.directory,
        name,
        address,
        language,
        by: &screen.actor.name,
        link,
    };
    Ok(letter(&of)?)
}

/// One person.
pub async fn person(screen: Screen, Path(id): Path<String>, asked: Form) -> Answer {
    let one = find(&screen, &id).await?;
    let texts = texts::agents(screen.language);
    let text = match asked.text("told") {
        "invited" => Some(texts.invited_toast(&one.name)),
        "reset" => Some(texts.reset_toast(&one.name)),
        "saved" => Some(texts.saved(&one.name)),
        "signed-out" => Some(texts.signed_out(&one.name)),
        "ended" => Some(texts.deactivated(&one.name)),
        "opened" => Some(texts.activated(&one.name)),
        _ => None,
    };
    let toasts = text.map(|text| Toast { text, undo: None }).into_iter().collect();
    let page = show::person(&screen, &one, None).await?;
    let frame = screen.frame_with(Place::Settings, toasts).await?;
    Ok(person_page(&frame, &page).into_response())
}

/// Changes a person.
pub async fn change(screen: Screen, Path(id): Path<String>, mut typed: Form) -> Answer {
    let one = find(&screen, &id).await?;
    let fields = form::read(&screen, &mut typed, Some(&one));
    refuse_taken(&screen, &mut typed, Some(one.id), &fields).await?;
    if typed.is_fine() {
        let version = typed.text("version").parse().ok();
        let save = SaveAgent { agent: Some(one.id), version, fields: &fields, by: screen.by() };
        let saved = screen.app.db.write(&save).await?;
        screen.app.forget_lists();
        if let Saved::Done(agent) = saved {
            return Ok(told(&agent, "saved"));
        }
        refuse(&screen, &mut typed, &saved)?;
    }
    refused(&screen, &one, typed).await
}

/// Sends the invitation again, or a link for a new password.
pub async fn send_link(screen: Screen, Path(id): Path<String>) -> Answer {
    let one = find(&screen, &id).await?;
    let invited = show::is_invited(&screen, one.id).await?;
    let (purpose, said) = match invited {
        true => (Purpose::Invitation, "invited"),
        false => (Purpose::Reset, "reset"),
    };
    let address = EmailAddress::parse(&one.email).ok().filter(|_| one.active);
    let address = address.ok_or(Denied::NotAllowed)?;
    let link = Link::make(purpose, screen.now);
    let language = one.language.as_deref().and_then(Language::from_code);
    match written(&screen, (&one.name, &address), language, &link)? {
        Some(letter) => {
            let send = SendLink { agent: Some(one.id), link: &link, letter: &letter };
            screen.app.db.write(&send).await?;
            Ok(told(&one, said))
        }
        None => {
            let mut form = form::values(&one);
            form.refuse("form", texts::agents(screen.language).no_sender());
            refused(&screen, &one, form).await
        }
    }
}

/// Ends all sessions of a person.
pub async fn sign_out(screen: Screen, Path(id): Path<String>) -> Answer {
    let one = find(&screen, &id).await?;
    let sign_out = SignOutEverywhere { agent: one.id, name: &one.name, by: screen.by() };
    screen.app.db.write(&sign_out).await?;
    screen.app.sessions.drop_actors();
    Ok(told(&one, "signed-out"))
}

/// Ends the access of a person, or opens it again.
pub async fn access(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let one = find(&screen, &id).await?;
    if typed.has("end") {
        return end(&screen, &one, &typed).await;
    }
    let fields = Fields { active: Some(true), ..Fields::default() };
    let save = SaveAgent { agent: Some(one.id), version: None, fields: &fields, by: screen.by() };
    screen.app.db.write(&save).await?;
    screen.app.forget_lists();
    Ok(told(&one, "opened"))
}

/// Hands the open tickets over and ends the access; nothing happens where that is not possible.
async fn end(screen: &Screen, one: &Detailed, typed: &Form) -> Answer {
    let is_administrator = one.active && one.role == "administrator";
    let mut form = form::values(one);
    if is_administrator && !screen.app.db.write(&CanGo(one.id)).await? {
        form.refuse("role", texts::agents(screen.language).last_administrator());
        return refused(screen, one, form).await;
    }
    let successor = AgentId::parse(typed.text("successor"));
    let hand_over = ReadHandOver { agent: one.id, successor };
    let hand_over = screen.app.db.read(&hand_over).await?;
    if let Some(sentence) = hindrance(screen, typed, one, &hand_over) {
        form.refuse("successor", sentence);
        return refused(screen, one, form).await;
    }
    let (app, directory) = (&screen.app, &*screen.directory);
    let ending = EndAccess { app, directory, acting: screen.acting(), agent: one.id };
    let saved = ending.run(&hand_over).await?;
    screen.app.forget_lists();
    screen.app.forget_counters();
    if let Saved::Done(_) = saved {
        return Ok(told(one, "ended"));
    }
    refuse(screen, &mut form, &saved)?;
    refused(screen, one, form).await
}

/// Why the tickets cannot go to whoever was chosen.
fn hindrance(screen: &Screen, typed: &Form, one: &Detailed, over: &HandOver) -> Option<String> {
    let texts = texts::agents(screen.language);
    if typed.text("successor").is_empty() {
        return None;
    }
    let Some(successor) = over.successor.as_ref().filter(|actor| actor.agent != one.id) else {
        return Some(texts.no_successor().to_owned());
    };
    let area = by_id(&screen.directory.areas, over.closed_area()?.number());
    let area = area.map_or("", |area| area.name(screen.language));
    Some(texts.cannot_work(&successor.name, area))
}

async fn find(screen: &Screen, id: &str) -> Result<Detailed, HttpError> {
    screen.administrate()?;
    let agent = AgentId::parse(id).ok_or(Denied::NotFound)?;
    let found = screen.app.db.read(&ReadAgents { agent: Some(agent) }).await?;
    Ok(found.into_iter().next().ok_or(Denied::NotFound)?)
}

fn told(one: &Detailed, what: &str) -> axum::response::Response {
    see_other(&format!("/settings/people/{}?told={what}", one.id))
}

async fn refused(screen: &Screen, one: &Detailed, typed: Form) -> Answer {
    let page = show::person(screen, one, Some(typed)).await?;
    let page = person_page(&screen.frame(Place::Settings).await?, &page);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Says that another person has the address, in the same answer as what else is wrong.
async fn refuse_taken(
    screen: &Screen,
    typed: &mut Form,
    agent: Option<AgentId>,
    fields: &Fields,
) -> Result<(), HttpError> {
    let Some(email) = fields.email.as_ref().filter(|_| !typed.is_fine()) else { return Ok(()) };
    if screen.app.db.read(&IsTaken { agent, email }).await? {
        refuse(screen, typed, &Saved::EmailTaken)?;
    }
    Ok(())
}

/// Says beside its field why a person cannot be so.
fn refuse(screen: &Screen, typed: &mut Form, saved: &Saved) -> Result<(), HttpError> {
    let texts = texts::agents(screen.language);
    match saved {
        Saved::Done(_) | Saved::NotFound => return Err(Denied::NotFound.into()),
        Saved::Stale => typed.refuse("form", texts.stale()),
        Saved::EmailTaken => typed.refuse("email", texts.email_taken()),
        Saved::EmailOurs => typed.refuse("email", texts.email_ours()),
        Saved::LastAdministrator => typed.refuse("role", texts.last_administrator()),
    }
    Ok(())
}
