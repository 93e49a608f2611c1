//! Reading one ticket.

use axum::extract::Path;
use rules::right::Right;

use super::find::FindTicket;
use super::shown::ShownTicket;
use crate::api::{Caller, Problems, TicketsRead, versioned};
use crate::http::error::Answer;

/// Reads a ticket
///
/// The address takes the number, whatever its case, or the public id.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}",
    params(("number" = String, Path, description = "Number or public id")),
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:read"]))
)]
pub async fn read(caller: Caller<TicketsRead>, Path(number): Path<String>) -> Answer {
    let find = FindTicket { actor: &caller.actor, name: &number, right: Right::ReadTicket };
    let ticket = caller.app.db.read(&find).await??;
    Ok(versioned(&ShownTicket::of(&ticket, &caller.directory), ticket.version))
}
