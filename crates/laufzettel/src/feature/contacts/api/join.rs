//! Joining contacts in the API, and taking it back.

use axum::extract::Path;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Json, Problem};

use super::{ShownContact, editor, find};
use crate::App;
use crate::api::{Call, Caller, ContactsWrite, Problems, invalid, unknown, versioned};
use crate::feature::contacts::{Chosen, Ended, From, JoinContacts, SeparateContacts};
use crate::http::error::{Answer, HttpError};
use crate::record::ContactId;
use crate::record::actor::Denied;

/// The routes of joining.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(join)).routes(routes!(separate))
}

/// Which other contact, and whose values count where both have one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactJoin)]
pub struct JoinBody {
    /// The contact that goes into this one.
    other: String,
    /// Fields whose value is the other's: `name`, `job`, `company`, `language`.
    #[serde(default)]
    of_other: Vec<String>,
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
    for (place, field) in body.of_other.iter().enumerate() {
        choose(&mut chosen, field).ok_or_else(|| not_a_field(place))?;
    }
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

fn choose(chosen: &mut Chosen, field: &str) -> Option<()> {
    let place = match field {
        "name" => &mut chosen.name,
        "job" => &mut chosen.job,
        "company" => &mut chosen.company,
        "language" => &mut chosen.language,
        _ => return None,
    };
    *place = From::Gone;
    Some(())
}

fn not_a_field(place: usize) -> Problem {
    invalid(&format!("of_other[{place}]"), "unknown", "name, job, company, language")
}

async fn ended_well(call: &Call, ended: Ended) -> Answer {
    match ended {
        Ended::Done(kept) => {
            let contact = find(call, &kept.to_string()).await?;
            Ok(versioned(&ShownContact::of(&contact), contact.version))
        }
        Ended::Same => Err(unknown("other").into()),
        Ended::NotFound => Err(HttpError::from(Denied::NotFound)),
        Ended::NotAllowed => Err(Denied::NotAllowed.into()),
    }
}
