//! Handlers of the customers' pages.

pub mod company;
pub mod contact;
pub mod list;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Deserialize;
use web::see_other;

use super::page::form::{self, FormPage};
use super::read::{Asked, Sought};
use super::store::Tickets;
use crate::feature::contacts::{Editor, may_write};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast};

/// What the address of a customer's page says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AskedPage {
    tickets: Option<String>,
    before: Option<i64>,
    /// What was done just now.
    done: Option<String>,
}

impl AskedPage {
    fn asked(&self) -> Asked {
        let tickets = match self.tickets.as_deref() {
            Some("all") => Tickets::All,
            _ => Tickets::Open,
        };
        Asked { tickets, before: self.before }
    }

    fn toasts(&self, screen: &Screen) -> Vec<Toast> {
        let texts = crate::texts::customers(screen.language);
        let text = match self.done.as_deref() {
            Some("saved") => texts.saved(),
            Some("added") => texts.added(),
            Some("joined") => texts.joined(),
            Some("separated") => texts.separated(),
            Some("deleted") => texts.deleted(),
            _ => return Vec::new(),
        };
        vec![Toast { text: text.to_owned(), undo: None }]
    }
}

/// What stands under an address, or the way to where it went.
fn found<T>(sought: Sought<T>, kind: &str) -> Result<Result<T, Response>, HttpError> {
    match sought {
        Sought::Found(view) => Ok(Ok(view)),
        Sought::WentInto(id) => Ok(Err(see_other(&format!("/customers/{kind}/{id}")))),
        Sought::Nothing => Err(Denied::NotFound.into()),
    }
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

/// A form with what was typed; with a problem the answer says so.
async fn form_page(screen: &Screen, page: &FormPage) -> Answer {
    let status = match page.form.is_fine() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let frame = screen.frame(Place::Customers).await?;
    Ok((status, form::page(&frame, page)).into_response())
}
