//! Claiming, closing and reopening a ticket.

use axum::extract::Path;
use axum::response::Response;
use rules::right::Right;

use super::find::FindTicket;
use super::shown::ShownTicket;
use crate::api::{
    Call, Caller, Nothing, Post, Problems, TicketsWrite, changed, conflict, lost_race, refused,
    send, settle,
};
use crate::feature::change::action::{Act, Acted, Action};
use crate::http::error::{Answer, HttpError};
use crate::record::ticket::Ticket;
use crate::service::idempotency::Reply;

/// Claims a ticket
///
/// The agent of the token becomes responsible. 409 with the ticket if somebody else is.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/claim",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Nothing,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn claim(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    act(&caller, &number, &post, Action::Claim).await
}

/// Gives a claimed ticket back
///
/// Nobody is responsible then. 409 with the ticket if somebody else is.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/unclaim",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Nothing,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn unclaim(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    act(&caller, &number, &post, Action::Unclaim).await
}

/// Reopens a ticket
///
/// Its status has the kind `assigned` if somebody is responsible, else `unread`. One in the trash
/// comes back to the status it had. 409 with the ticket if it is open already.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/reopen",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Nothing,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn reopen(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    act(&caller, &number, &post, Action::Reopen).await
}

async fn act(call: &Call, name: &str, post: &Post<Nothing>, action: Action) -> Answer {
    let find = FindTicket { actor: &call.actor, name, right: Right::ReadTicket };
    let ticket = call.app.db.read(&find).await??;
    let act =
        Act { acting: call.acting(), number: &ticket.number, directory: &call.directory, action };
    match settle(call, &post.repeat, &act, |acted| answered(call, acted)).await? {
        Ok(reply) => Ok(send(reply)),
        Err(Lost::To(ticket)) => Ok(lost(call, action, &ticket)),
        Err(Lost::Refused(error)) => Err(error),
    }
}

pub(super) enum Lost {
    To(Box<Ticket>),
    Refused(HttpError),
}

pub(super) fn answered(call: &Call, acted: Acted) -> Result<Reply, Lost> {
    match acted {
        Acted::Done { ticket, .. } => {
            Ok(changed(ticket.version, &ShownTicket::of(&ticket, &call.directory)))
        }
        Acted::Lost(ticket) => Err(Lost::To(ticket)),
        Acted::Denied(denied) => Err(Lost::Refused(denied.into())),
        Acted::Refused(why) => Err(Lost::Refused(refused(why).into())),
    }
}

/// 409 with the ticket as it is now.
pub(super) fn lost(call: &Call, action: Action, ticket: &Ticket) -> Response {
    let holder = ticket.assignee.and_then(|agent| call.directory.agent(agent));
    let holder = holder.map_or("somebody else", |agent| agent.name.as_str());
    let problem = match action {
        Action::Claim => conflict("already_assigned", &format!("{holder} is responsible")),
        Action::Unclaim => conflict("assigned_to_other", &format!("{holder} is responsible")),
        Action::Close | Action::Abandon => closed_already(),
        Action::Reopen => conflict("already_open", "the ticket is open"),
    };
    lost_race(problem, &ShownTicket::of(ticket, &call.directory))
}

fn closed_already() -> web::Problem {
    conflict("already_closed", "the ticket is closed or in the trash")
}
