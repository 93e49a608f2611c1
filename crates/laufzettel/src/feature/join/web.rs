//! Handlers of joining.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use web::{Form, Query, see_other};

use super::page;
use super::show::{self, ReadCompanies, ReadContacts};
use crate::feature::companies::{self, JoinCompanies, SeparateCompanies};
use crate::feature::contacts::{
    self, Editor, Ended, From, JoinContacts, SeparateContacts, may_write,
};
use crate::feature::customers::{company_href, contact_href};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::record::{CompanyId, ContactId};

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The other one.
    with: Option<String>,
    /// What is looked for.
    q: Option<String>,
}

impl Asked {
    fn query(&self) -> Option<String> {
        let query = self.q.as_deref().map(|query| query.replace('\0', " ").trim().to_owned());
        query.filter(|query| !query.is_empty())
    }
}

/// The other contact, or what the one will be.
pub async fn contact(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    ask_to_write(&screen)?;
    let kept = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = asked.with.as_deref().and_then(ContactId::parse);
    let query = asked.query();
    let read = ReadContacts { actor: &screen.actor, kept, gone, query: query.as_deref() };
    let pair = screen.app.db.read(&read).await?.ok_or(Denied::NotFound)?;
    let page = show::contacts(&screen, &pair, query.as_deref());
    Ok(page::page(&screen.frame(Place::Customers).await?, &page).into_response())
}

/// Joins two contacts.
pub async fn join_contacts(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    let kept = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = ContactId::parse(form.text("with")).ok_or(Denied::NotFound)?;
    let chosen = contacts::Chosen {
        name: chosen(&form, "name"),
        job: chosen(&form, "job"),
        company: chosen(&form, "company"),
        language: chosen(&form, "language"),
    };
    let join = JoinContacts { editor: editor(&screen), kept, gone, chosen };
    let ended = screen.app.db.write(&join).await?;
    done(ended, |_| format!("{}?done=joined", contact_href(kept)))
}

/// The other company, or what the one will be.
pub async fn company(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    ask_to_write(&screen)?;
    let kept = CompanyId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = asked.with.as_deref().and_then(CompanyId::parse);
    let query = asked.query();
    let read = ReadCompanies { actor: &screen.actor, kept, gone, query: query.as_deref() };
    let pair = screen.app.db.read(&read).await?.ok_or(Denied::NotFound)?;
    let page = show::companies(&screen, &pair, query.as_deref());
    Ok(page::page(&screen.frame(Place::Customers).await?, &page).into_response())
}

/// Joins two companies.
pub async fn join_companies(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    let kept = CompanyId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = CompanyId::parse(form.text("with")).ok_or(Denied::NotFound)?;
    let chosen = companies::Chosen {
        name: chosen(&form, "name"),
        customer_number: chosen(&form, "customer_number"),
        domain: chosen(&form, "domain"),
        phone: chosen(&form, "phone"),
        postal_address: chosen(&form, "postal_address"),
    };
    let join = JoinCompanies { editor: editor(&screen), kept, gone, chosen };
    let ended = screen.app.db.write(&join).await?;
    done(ended, |_| format!("{}?done=joined", company_href(kept)))
}

/// Takes a joining back, of contacts or of companies.
pub async fn undo(screen: Screen, Path(id): Path<String>) -> Answer {
    ask_to_write(&screen)?;
    let gone = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let contacts = SeparateContacts { editor: editor(&screen), gone };
    let ended = screen.app.db.write(&contacts).await?;
    if let Ended::Done(kept) = ended {
        let href = contact_href(ContactId::from_number(kept));
        return Ok(see_other(&format!("{href}?done=separated")));
    }
    let gone = CompanyId::from_number(gone.number());
    let companies = SeparateCompanies { editor: editor(&screen), gone };
    let ended = screen.app.db.write(&companies).await?;
    done(ended, |kept| format!("{}?done=separated", company_href(CompanyId::from_number(kept))))
}

fn chosen(form: &Form, field: &str) -> From {
    if form.text(field) == "gone" { From::Gone } else { From::Kept }
}

fn editor(screen: &Screen) -> Editor<'_> {
    Editor { actor: Some(&screen.actor), now: screen.now, ids: &screen.app.ids }
}

fn ask_to_write(screen: &Screen) -> Result<(), HttpError> {
    match may_write(&screen.actor) {
        true => Ok(()),
        false => Err(Denied::NotAllowed.into()),
    }
}

fn done(ended: Ended, href: impl FnOnce(i64) -> String) -> Result<Response, HttpError> {
    match ended {
        Ended::Done(kept) => Ok(see_other(&href(kept))),
        Ended::NotFound | Ended::Same => Err(Denied::NotFound.into()),
        Ended::NotAllowed => Err(Denied::NotAllowed.into()),
    }
}
