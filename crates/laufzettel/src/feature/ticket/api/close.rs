//! Closing a ticket, and telling its contacts.

use axum::extract::Path;
use rules::right::Right;
use serde::Deserialize;
use utoipa::ToSchema;

use super::act::{Lost, answered, lost};
use super::find::FindTicket;
use super::shown::ShownTicket;
use crate::api::{Caller, Post, Problems, TicketsWrite, invalid, present, send, settle};
use crate::feature::change::action::{Act, Action};
use crate::feature::notify::closing::{Close, Closed, Notify, TEXT_LETTERS_MAX, Words};
use crate::http::error::Answer;

/// How a ticket is closed and who hears of it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketClosing)]
pub struct Body {
    /// Who gets a mail: `all` contacts, `none`, or the address of one of them. Without it the area
    /// decides.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    notify: Option<String>,
    /// The text of the mail instead of the usual sentence.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    text: Option<String>,
    /// Whether the conversation stands below the text, without internal notes.
    #[serde(default)]
    history: bool,
    /// Whether the ticket is solved.
    #[serde(default)]
    outcome: Outcome,
}

/// How a ticket ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketOutcome)]
enum Outcome {
    /// It is solved.
    #[default]
    Solved,
    /// It is given up.
    NotSolved,
}

/// Closes a ticket
///
/// Contacts hear of it as `notify` says. 409 with the ticket if it is closed already.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/close",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Body,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn close(
    call: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Body>,
) -> Answer {
    let find = FindTicket { actor: &call.actor, name: &number, right: Right::ReadTicket };
    let ticket = call.app.db.read(&find).await??;
    let (action, notify, words) = wanted(post.body)?;
    let close = Close {
        act: Act {
            acting: call.acting(),
            number: &ticket.number,
            directory: &call.directory,
            action,
        },
        notify: &notify,
        words: &words,
    };
    let answer = |closed| match closed {
        Closed::Acted(acted, _) => answered(&call, acted),
        Closed::NoContact => Err(Lost::Refused(no_contact().into())),
    };
    match settle(&call, &post.repeat, &close, answer).await? {
        Ok(reply) => Ok(send(reply)),
        Err(Lost::To(ticket)) => Ok(lost(&call, action, &ticket)),
        Err(Lost::Refused(error)) => Err(error),
    }
}

fn wanted(body: Body) -> Result<(Action, Notify, Words), web::Problem> {
    if body.text.as_ref().is_some_and(|text| text.chars().count() > TEXT_LETTERS_MAX) {
        return Err(invalid("text", "too_long", "at most 10,000 letters"));
    }
    let notify = match body.notify.as_deref() {
        None => Notify::ByArea,
        Some("all") => Notify::All,
        Some("none") => Notify::Nobody,
        Some(address) => Notify::One(address.to_owned()),
    };
    let action = match body.outcome {
        Outcome::Solved => Action::Close,
        Outcome::NotSolved => Action::Abandon,
    };
    Ok((action, notify, Words { text: body.text, history: body.history }))
}

fn no_contact() -> web::Problem {
    invalid("notify", "unknown", "no contact of the ticket has this address")
}
