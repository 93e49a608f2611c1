//! Joining contacts in the API, and taking it back.

use axum::extract::Path;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Json;

use super::{ShownContact, editor, find};
use crate::App;
use crate::api::{Call, Caller, ContactsWrite, Problems, unknown, versioned};
use crate::feature::contacts::{Chosen, Ended, JoinContacts, SeparateContacts};
use crate::feature::join::api::{JoinBody, stayed};
use crate::http::error::Answer;
use crate::record::ContactId;
use crate::record::actor::Denied;

/// The routes of joining.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(join)).routes(routes!(separate))
}

/// Joins two contacts
///
/// Tickets, addresses, telephone numbers and notes of the other one go to this one; the other one is
/// gone.
#[utoipa::path(
    post,
    path = "/api/v1/contacts/{id}/join",
    params(("id" = String, Path, description = "The contact that stays")),
    request_body = JoinBody,
    responses((status = 200, description = "The contact", body = ShownContact), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn join(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    Json(body): Json<JoinBody>,
) -> Answer {
    let kept = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = ContactId::parse(&body.other).ok_or_else(|| unknown("other"))?;
    let mut chosen = Chosen::default();
    body.choose(&mut [
        ("name", &mut chosen.name),
        ("job", &mut chosen.job),
        ("company", &mut chosen.company),
        ("language", &mut chosen.language),
    ])?;
    let join = JoinContacts { editor: editor(&caller), kept, gone, chosen };
    let ended = caller.app.db.write(&join).await?;
    if ended == Ended::NotFound && find(&caller, &id).await.is_ok() {
        return Err(unknown("other").into());
    }
    ended_well(&caller, ended).await
}

/// Separates a contact again
///
/// Tickets, addresses and telephone numbers that came from the other one go back to it.
#[utoipa::path(
    post,
    path = "/api/v1/contacts/{id}/separate",
    params(("id" = String, Path, description = "The contact that went into another one")),
    responses((status = 200, description = "The contact that stayed", body = ShownContact), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn separate(caller: Caller<ContactsWrite>, Path(id): Path<String>) -> Answer {
    let gone = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let separate = SeparateContacts { editor: editor(&caller), gone };
    let ended = caller.app.db.write(&separate).await?;
    ended_well(&caller, ended).await
}

async fn ended_well(call: &Call, ended: Ended) -> Answer {
    let contact = find(call, &stayed(ended)?.to_string()).await?;
    Ok(versioned(&ShownContact::of(&contact), contact.version))
}
