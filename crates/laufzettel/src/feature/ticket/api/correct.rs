//! Correcting a message.

use axum::extract::Path;
use db::{Reading, Result, View};
use rules::right::Right;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Json;

use super::find::FindTicket;
use super::new_message::{concerns, written_at};
use super::shown_message::ShownMessage;
use super::store::{self, Picture, SegmentHtml};
use crate::api::{
    Caller, Findings, Problems, TicketsWrite, Time, body_of, conflict, present, shown, subject,
};
use crate::feature::correct::{Correct, Corrected, Find, Wanted};
use crate::http::error::Answer;
use crate::record::MessageId;
use crate::record::actor::Denied;

/// What shall be different of a message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageChange)]
pub struct Body {
    /// The subject; of an internal note, what it is about in a few words.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    subject: Option<String>,
    /// Its own words as text; quotes and signature stay.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    body_text: Option<String>,
    /// Its own words as HTML.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    body_html: Option<String>,
    /// When it was written; not later than now. The conversation is in this order.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    at: Option<Time>,
    /// Whom it concerns: agents by address, id or name; with an empty list, its author.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    concerns: Option<Vec<String>>,
}

/// Corrects a message
///
/// Its author may, and whoever manages the area; the words that a ticket began with only the latter. 409
/// `sent` for the words of what has left as a mail.
#[utoipa::path(
    patch,
    path = "/api/v1/tickets/{number}/messages/{id}",
    params(
        ("number" = String, Path, description = "Number or public id"),
        ("id" = String, Path, description = "The message"),
    ),
    request_body = Body,
    responses((status = 200, description = "The message", body = ShownMessage), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn correct(
    caller: Caller<TicketsWrite>,
    Path((number, id)): Path<(String, String)>,
    Json(body): Json<Body>,
) -> Answer {
    let message = MessageId::parse(&id).ok_or(Denied::NotFound)?;
    let find = FindTicket { actor: &caller.actor, name: &number, right: Right::ReadTicket };
    let ticket = caller.app.db.read(&find).await??;
    let number = ticket.number.as_str();
    let found = caller.app.db.read(&Find { actor: &caller.actor, number, message }).await??;
    let mut findings = Findings::default();
    let has_text = body.body_text.is_some() || body.body_html.is_some();
    let text = || body_of(body.body_text.as_deref(), body.body_html.as_deref());
    let subject = body.subject.as_deref().map(|text| subject("subject", text)).transpose();
    let at = body.at.map(|at| written_at(&caller, Some(at))).transpose();
    let (known, author) = (found.message.concerns(), found.message.agent);
    let named = body.concerns.as_deref();
    let named = named.map(|texts| concerns(&caller, texts, &known, author)).transpose();
    let wanted = Wanted {
        body: has_text.then(|| findings.keep(text())).flatten(),
        subject: findings.keep(subject).flatten(),
        at: findings.keep(at).flatten(),
        concerns: findings.keep(named).flatten(),
    };
    findings.check()?;
    let correct = Correct { acting: caller.acting(), number, message, wanted: &wanted };
    match caller.app.db.write(&correct).await? {
        Corrected::Done(message) => {
            let (html, pictures) = caller.app.db.read(&ReadParts { message: message.id }).await?;
            Ok(shown(&ShownMessage::of(&message, &html, &pictures)))
        }
        Corrected::Denied(denied) => Err(denied.into()),
        Corrected::HasLeft => Err(conflict("sent", "it has left as a mail").into()),
    }
}

struct ReadParts {
    message: MessageId,
}

impl Reading for ReadParts {
    type Outcome = (Vec<SegmentHtml>, Vec<Picture>);

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let html = store::html(view, &[self.message]).await?;
        Ok((html, store::pictures(view, &[self.message]).await?))
    }
}
