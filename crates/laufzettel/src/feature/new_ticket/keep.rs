//! Handlers that keep what was typed: while one types, when another kind is chosen, when it is thrown
//! away and brought back.

use axum::extract::Request;
use axum::response::IntoResponse;
use web::{Form, go_to, see_other};

use super::begun::{BringBack, DiscardBegun, SaveBegun};
use super::form::{Kind, Typed};
use super::typing::{Sent, take};
use super::web::{TOO_MUCH, may_create, refuse};
use crate::feature::uploads::web::{Manner, take as take_file};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::texts;

/// Keeps what was typed, and says when.
pub async fn save(screen: Screen, form: Form) -> Answer {
    may_create(&screen)?;
    let typed = Typed::read(&form);
    keep(&screen, &typed).await?;
    if !typed.is_begun() {
        return Ok(String::new().into_response());
    }
    let at = screen.times().clock(screen.now);
    Ok(texts::reply(screen.language).saved(&at).into_response())
}

async fn keep(screen: &Screen, typed: &Typed) -> Result<(), HttpError> {
    let save = SaveBegun { agent: screen.actor.agent, typed, now: screen.now };
    Ok(screen.app.db.write(&save).await?)
}

/// Goes on as another kind of ticket, with everything that was typed.
pub async fn turn(screen: Screen, request: Request) -> Answer {
    let Sent { form, typed, has_too_much } = take(&screen, request).await?;
    if has_too_much {
        return refuse(&screen, typed, &vec![TOO_MUCH]).await;
    }
    let typed = Typed { kind: Kind::from_code(form.text("turn_to")), ..typed };
    keep(&screen, &typed).await?;
    Ok(see_other(&match typed.is_begun() {
        true => here(&typed.once),
        false => address(&typed),
    }))
}

/// The address of a form that was begun.
pub fn here(mark: &str) -> String {
    format!("/tickets/new?draft={}", encode(mark))
}

/// The address of an empty form of this kind for this customer.
fn address(typed: &Typed) -> String {
    let contact = typed.contact.map(|id| format!("&contact={id}")).unwrap_or_default();
    let company = typed.company.map(|id| format!("&company={id}")).unwrap_or_default();
    format!("/tickets/new?kind={}{contact}{company}", typed.kind.code())
}

/// Throws a form away; the inbox offers to bring it back.
pub async fn discard(screen: Screen, request: Request) -> Answer {
    let Sent { typed, .. } = take(&screen, request).await?;
    let save = SaveBegun { agent: screen.actor.agent, typed: &typed, now: screen.now };
    screen.app.db.write(&DiscardBegun(save)).await?;
    Ok(see_other(&match typed.is_begun() {
        true => format!("/inbox?discarded={}", encode(&typed.once)),
        false => "/inbox".to_owned(),
    }))
}

/// Brings back what was thrown away.
pub async fn bring_back(screen: Screen, form: Form) -> Answer {
    let mark = form.text("mark");
    let back = BringBack { agent: screen.actor.agent, mark };
    if !screen.app.db.write(&back).await? {
        return Err(Denied::NotFound.into());
    }
    Ok(match screen.htmx.fragment {
        true => go_to(&here(mark)),
        false => see_other(&here(mark)),
    })
}

/// Takes a file in and answers with its chip.
pub async fn upload(screen: Screen, request: Request) -> Answer {
    may_create(&screen)?;
    take_file(&screen, Manner::Attached, request).await
}
