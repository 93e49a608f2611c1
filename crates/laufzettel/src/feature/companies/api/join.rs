//! Joining companies in the API, and taking it back.

use axum::extract::Path;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Json;

use super::{ShownCompany, editor, find};
use crate::App;
use crate::api::{Call, Caller, ContactsWrite, Problems, unknown, versioned};
use crate::feature::companies::{Chosen, JoinCompanies, SeparateCompanies};
use crate::feature::contacts::Ended;
use crate::feature::join::api::{JoinBody, stayed};
use crate::http::error::Answer;
use crate::record::CompanyId;
use crate::record::actor::Denied;

/// The routes of joining.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(join)).routes(routes!(separate))
}

/// Joins two companies
///
/// Tickets, people and notes of the other one go to this one; the other one is gone.
#[utoipa::path(
    post,
    path = "/api/v1/companies/{id}/join",
    params(("id" = String, Path, description = "The company that stays")),
    request_body = JoinBody,
    responses((status = 200, description = "The company", body = ShownCompany), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn join(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    Json(body): Json<JoinBody>,
) -> Answer {
    let kept = CompanyId::parse(&id).ok_or(Denied::NotFound)?;
    let gone = CompanyId::parse(&body.other).ok_or_else(|| unknown("other"))?;
    let mut chosen = Chosen::default();
    body.choose(&mut [
        ("name", &mut chosen.name),
        ("customer_number", &mut chosen.customer_number),
        ("domain", &mut chosen.domain),
        ("phone", &mut chosen.phone),
        ("postal_address", &mut chosen.postal_address),
    ])?;
    let join = JoinCompanies { editor: editor(&caller), kept, gone, chosen };
    let ended = caller.app.db.write(&join).await?;
    if ended == Ended::NotFound && find(&caller, &id).await.is_ok() {
        return Err(unknown("other").into());
    }
    ended_well(&caller, ended).await
}

/// Separates a company again
///
/// Tickets and people that came from the other one go back to it.
#[utoipa::path(
    post,
    path = "/api/v1/companies/{id}/separate",
    params(("id" = String, Path, description = "The company that went into another one")),
    responses((status = 200, description = "The company that stayed", body = ShownCompany), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn separate(caller: Caller<ContactsWrite>, Path(id): Path<String>) -> Answer {
    let gone = CompanyId::parse(&id).ok_or(Denied::NotFound)?;
    let separate = SeparateCompanies { editor: editor(&caller), gone };
    let ended = caller.app.db.write(&separate).await?;
    ended_well(&caller, ended).await
}

async fn ended_well(call: &Call, ended: Ended) -> Answer {
    let company = find(call, &stayed(ended)?.to_string()).await?;
    Ok(versioned(&ShownCompany::of(&company), company.version))
}
