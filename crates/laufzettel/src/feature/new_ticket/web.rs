//! Handlers of the form for new tickets.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::html;
use serde::Deserialize;
use web::{Form, Query, see_other};

use super::begun::{Begun, FindBegun, ReadBegun};
use super::check::{Odd, Problems};
use super::form::{Kind, Typed};
use super::page::{self, NewTicketPage};
use super::typing::{Sent, take};
use super::{make, note as notes, show};
use crate::feature::ticket::moment;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::record::{CompanyId, ContactId};

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
    contact: Option<String>,
    company: Option<String>,
    draft: Option<String>,
}

impl Asked {
    /// The last ticket that was begun, where the address says nothing at all.
    fn last(&self, begun: &[Begun]) -> Option<Begun> {
        let says_more = self.kind.is_some() || self.contact.is_some() || self.company.is_some();
        if says_more { None } else { begun.first().cloned() }
    }
}

/// The form: one that was begun, or an empty one with what is known where it was opened.
pub async fn page(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    may_create(&screen)?;
    let begun = screen.app.db.read(&ReadBegun(screen.actor.agent)).await?;
    let named = match &asked.draft {
        Some(mark) => screen.app.db.read(&FindBegun(screen.actor.agent, mark)).await?,
        None => asked.last(&begun),
    };
    let shown = match named {
        Some(one) => show::restored(&screen, one).await?,
        None => show::page(&screen, empty(&screen, &asked).await?, Vec::new()).await?,
    };
    whole(&screen, &show::with_others(&screen, shown, begun)).await
}

async fn empty(screen: &Screen, asked: &Asked) -> Result<Typed, HttpError> {
    let kind = Kind::from_code(asked.kind.as_deref().unwrap_or_default());
    let mut typed = Typed::new(kind, &screen.actor, &screen.directory);
    if let Some(company) = asked.company.as_deref().and_then(CompanyId::parse) {
        typed = show::with_company(screen, typed, company).await?;
    }
    if let Some(contact) = asked.contact.as_deref().and_then(ContactId::parse) {
        typed = show::with_contact(screen, typed, contact).await?;
    }
    Ok(typed)
}

async fn whole(screen: &Screen, shown: &NewTicketPage) -> Answer {
    Ok(page::page(&screen.frame(Place::Elsewhere).await?, shown).into_response())
}

/// Makes the ticket, or says what is wrong with the form.
pub async fn create(screen: Screen, request: Request) -> Answer {
    let Sent { form, typed, has_too_much } = take(&screen, request).await?;
    let mut problems = typed.problems(&screen.actor, &screen.directory);
    problems.extend(has_too_much.then_some(TOO_MUCH));
    let due_at = moment(&screen, &typed.due);
    problems.extend(due_at.is_err().then_some(("due", Odd::NoMoment)));
    if !problems.is_empty() {
        return refuse(&screen, typed, &problems).await;
    }
    let (wanted, due_at) = (form.text("do"), due_at.unwrap_or_default());
    match make::make(&screen, &typed, due_at, wanted == "settled").await? {
        Err(problems) => refuse(&screen, typed, &problems).await,
        Ok(made) => {
            if made.is_new && typed.kind == Kind::Mail {
                make::send(&screen, &typed, &made.number).await?;
            }
            Ok(see_other(&match wanted {
                "open" => format!("/tickets/{}", encode(&made.number)),
                _ => format!("/inbox?made={}", encode(&made.number)),
            }))
        }
    }
}

/// Files that are too large were not taken: whoever sent them is told, whatever he wanted.
pub const TOO_MUCH: (&str, Odd) = ("files", Odd::FilesTooLarge);

/// The form once more, with what is wrong.
pub async fn refuse(screen: &Screen, typed: Typed, problems: &Problems) -> Answer {
    let sentences = show::sentences(screen.language, problems);
    let shown = show::page(screen, typed, sentences).await?;
    let page = whole(screen, &shown).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Who may be meant; without a script the page with them.
pub async fn callers(screen: Screen, request: Request) -> Answer {
    let Sent { typed, has_too_much, .. } = take(&screen, request).await?;
    if has_too_much {
        return refuse(&screen, typed, &vec![TOO_MUCH]).await;
    }
    let proposals = show::proposals(&screen, &typed).await?;
    if screen.htmx.fragment {
        return Ok(page::proposals(screen.language, &proposals).into_response());
    }
    let shown = show::page(&screen, typed, Vec::new()).await?;
    whole(&screen, &NewTicketPage { proposals, ..shown }).await
}

/// The fields of somebody who was chosen, or empty ones; and what stands beside.
pub async fn caller(screen: Screen, request: Request) -> Answer {
    let Sent { form, mut typed, has_too_much } = take(&screen, request).await?;
    if has_too_much {
        return refuse(&screen, typed, &vec![TOO_MUCH]).await;
    }
    if form.has("forget") {
        typed = typed.of_nobody();
    }
    if let Some(contact) = ContactId::parse(form.text("chosen_contact")) {
        typed = show::with_contact(&screen, typed, contact).await?;
    } else if let Some(company) = CompanyId::parse(form.text("chosen_company")) {
        typed = show::with_company(&screen, typed, company).await?;
    }
    let shown = show::page(&screen, typed, Vec::new()).await?;
    if !screen.htmx.fragment {
        return whole(&screen, &shown).await;
    }
    let beside = html! {
        div hx-swap-oob="outerHTML:#beside" { (page::beside(screen.language, &shown.beside)) }
    };
    Ok(html! { (page::caller(screen.language, &shown)) (beside) }.into_response())
}

/// What is known of the customer and the subject.
pub async fn beside(screen: Screen, form: Form) -> Answer {
    may_create(&screen)?;
    let beside = show::beside(&screen, &Typed::read(&form)).await?;
    Ok(page::beside(screen.language, &beside).into_response())
}

/// Who can be responsible in the area that was chosen.
pub async fn assignees(screen: Screen, form: Form) -> Answer {
    may_create(&screen)?;
    let typed = Typed::read(&form);
    let choices = show::assignees(&screen, &typed);
    Ok(page::assignees(screen.language, &typed.assignee, &choices).into_response())
}

/// Adds what was typed to a ticket that is about the same.
pub async fn note(screen: Screen, request: Request) -> Answer {
    let Sent { form, typed, has_too_much } = take(&screen, request).await?;
    if has_too_much {
        return refuse(&screen, typed, &vec![TOO_MUCH]).await;
    }
    if typed.text.trim().is_empty() {
        return refuse(&screen, typed, &vec![("text", Odd::Missing)]).await;
    }
    let number = form.text("ticket");
    match notes::add(&screen, number, &typed).await? {
        Ok(()) => Ok(see_other(&format!("/tickets/{}", encode(number)))),
        Err(odd) => refuse(&screen, typed, &vec![("files", odd)]).await,
    }
}

/// Refuses who may not make tickets anywhere.
pub fn may_create(screen: &Screen) -> Result<(), HttpError> {
    match super::may_create(&screen.actor, &screen.directory) {
        true => Ok(()),
        false => Err(Denied::NotAllowed.into()),
    }
}
