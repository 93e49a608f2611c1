//! Mails that lie in no ticket, in the API: to a ticket, into one of their own, nowhere, and back (F-MAIL-32).

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::api::{
    Call, Caller, MailsWrite, Nothing, Post, Problems, Repeat, changed_unversioned, conflict,
    created, location, once, send, settle, unknown,
};
use crate::feature::intake::by_hand::{
    Aside, DRAWS_MAX, Placed, PutAside, Ready, SetAside, Target, Tried,
};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::{AreaId, MailId};
use crate::service::idempotency::Reply;

/// The routes of placing mails.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(assign))
        .routes(routes!(create_ticket))
        .routes(routes!(discard))
        .routes(routes!(restore))
}

/// Where a mail belongs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailAssignment)]
struct Assignment {
    /// The number of the ticket.
    ticket: String,
}

/// What became of a mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailPlacing)]
struct Placing {
    /// The entry of the journal.
    mail: String,
    /// `follow_up`, `new_ticket`, `filtered` if it was discarded, or `unassigned` if it has to be placed again.
    outcome: &'static str,
    /// The number of the ticket.
    ticket: Option<String>,
}

/// Puts a mail into a ticket
///
/// It becomes a message as if it had been decided so, and its sender takes part in the ticket. Any mail can be placed that
/// is decided and lies in no ticket: one that nobody could place, and one that was sorted out. 409 for any other.
#[utoipa::path(
    post,
    path = "/api/v1/mails/{id}/assign",
    params(("id" = String, Path, description = "The entry of the journal")),
    request_body = Assignment,
    responses((status = 200, description = "It lies in the ticket", body = Placing), Problems),
    security(("token" = ["mails:write"]))
)]
async fn assign(
    caller: Caller<MailsWrite>,
    Path(id): Path<String>,
    post: Post<Assignment>,
) -> Answer {
    place(&caller, &id, &post.repeat, Target::Ticket(post.body.ticket.trim())).await
}

/// Makes a ticket of a mail
///
/// The contact is found or made, and rules count, as for any mail; nobody is answered automatically. As with
/// assigning, it may have been sorted out; 409 if it lies in a ticket.
#[utoipa::path(
    post,
    path = "/api/v1/mails/{id}/create_ticket",
    params(("id" = String, Path, description = "The entry of the journal")),
    request_body = Nothing,
    responses((status = 201, description = "It lies in a ticket of its own", body = Placing), Problems),
    security(("token" = ["mails:write"]))
)]
async fn create_ticket(
    caller: Caller<MailsWrite>,
    Path(id): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    place(&caller, &id, &post.repeat, Target::New).await
}

/// Discards a mail
///
/// It stays in the journal, and nothing comes of it. 409 if it has not to be placed.
#[utoipa::path(
    post,
    path = "/api/v1/mails/{id}/discard",
    params(("id" = String, Path, description = "The entry of the journal")),
    request_body = Nothing,
    responses((status = 200, description = "It is discarded", body = Placing), Problems),
    security(("token" = ["mails:write"]))
)]
async fn discard(
    caller: Caller<MailsWrite>,
    Path(id): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    set_aside(&caller, &id, &post.repeat, Aside::Discard).await
}

/// Takes the discarding of a mail back
///
/// It has to be placed again. 409 if it was not discarded.
#[utoipa::path(
    post,
    path = "/api/v1/mails/{id}/restore",
    params(("id" = String, Path, description = "The entry of the journal")),
    request_body = Nothing,
    responses((status = 200, description = "It has to be placed again", body = Placing), Problems),
    security(("token" = ["mails:write"]))
)]
async fn restore(
    caller: Caller<MailsWrite>,
    Path(id): Path<String>,
    post: Post<Nothing>,
) -> Answer {
    set_aside(&caller, &id, &post.repeat, Aside::Restore).await
}

/// Why there is no answer yet.
enum Not {
    Refused(HttpError),
    /// Another number is needed, perhaps one of this area.
    Draw(Option<AreaId>),
}

async fn place(call: &Call, id: &str, repeat: &Repeat, target: Target<'_>) -> Answer {
    let mail = MailId::parse(id).ok_or(Denied::NotFound)?;
    let ready = match Ready::of(&call.app, &call.actor, mail, target).await? {
        Ok(ready) => ready,
        Err(placed) => return Err(refused(placed)),
    };
    let mut area = ready.area();
    for _ in 0..DRAWS_MAX {
        let number = ready.number(&call.app, area).await?;
        let operation = ready.operation(&call.app, number.as_ref());
        match settle(call, repeat, &operation, |tried| answered(mail, target, tried)).await? {
            Ok(reply) => return Ok(send(reply)),
            Err(Not::Refused(error)) => return Err(error),
            Err(Not::Draw(of)) => area = of.unwrap_or(area),
        }
    }
    Err(db::Failure::other("no free ticket number was found; check the mask").into())
}

fn answered(mail: MailId, target: Target<'_>, tried: Tried) -> Result<Reply, Not> {
    let number = match tried {
        Tried::Ended(Placed::Done(number)) => number,
        Tried::Ended(placed) => return Err(Not::Refused(refused(placed))),
        Tried::NumberTaken => return Err(Not::Draw(None)),
        Tried::NumberNeeded(area) => return Err(Not::Draw(Some(area))),
    };
    let address = location("tickets", &number);
    let placing =
        |outcome| Placing { mail: mail.to_string(), outcome, ticket: Some(number.clone()) };
    Ok(match target {
        Target::Ticket(_) => changed_unversioned(&placing("follow_up")),
        Target::New => created(&address, None, &placing("new_ticket")),
    })
}

fn refused(placed: Placed) -> HttpError {
    match placed {
        Placed::NoTicket => unknown("ticket").into(),
        Placed::TicketNotAllowed | Placed::MayNotCreate => Denied::NotAllowed.into(),
        Placed::Denied(denied) => denied.into(),
        Placed::NotOpen | Placed::Done(_) => not_open(),
    }
}

fn not_open() -> HttpError {
    conflict("not_open", "the mail is not in this state, or somebody was faster").into()
}

async fn set_aside(call: &Call, id: &str, repeat: &Repeat, which: Aside) -> Answer {
    let mail = MailId::parse(id).ok_or(Denied::NotFound)?;
    let set = SetAside {
        actor: &call.actor,
        directory: &call.directory,
        mail,
        which,
        ids: &call.app.ids,
        now: call.now,
    };
    let outcome = match which {
        Aside::Discard => "filtered",
        Aside::Restore => "unassigned",
    };
    once(call, repeat, &set, |put| match put {
        PutAside::Done => {
            let placing = Placing { mail: mail.to_string(), outcome, ticket: None };
            Ok(changed_unversioned(&placing))
        }
        PutAside::NotOpen => Err(not_open()),
        PutAside::Denied(denied) => Err(denied.into()),
    })
    .await
}
