//! Addresses that get no automatic answers of a mailbox, in the API.

use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::EmailAddress;
use web::Query;

use super::{find, manage};
use crate::App;
use crate::api::{Caller, Page, Problems, Settings, Time, done, shown};
use crate::feature::lists::api::AskedPage;
use crate::feature::mailboxes::muted::{Lift, Lifted, ReadMuted};
use crate::feature::mailboxes::store::Muted;
use crate::http::error::Answer;
use crate::record::actor::Denied;

/// The routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(lift))
}

/// An address that gets no automatic answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MutedAddress)]
struct ShownMuted {
    /// The address.
    address: String,
    /// Why: `rate`, it wrote too often after an automatic answer; `echo`, tokens of ours came back from it.
    reason: String,
    /// The number of the ticket at which it happened.
    ticket: Option<String>,
    /// Since when.
    since: Time,
}

impl ShownMuted {
    fn of(muted: Muted) -> Self {
        let Muted { address, why, number, since_at } = muted;
        Self { address, reason: why, ticket: number, since: Time(since_at) }
    }
}

/// Lists the muted addresses of a mailbox
///
/// They answer our automatic mails automatically themselves, so they get none any more. The longest silent
/// first.
#[utoipa::path(
    get,
    path = "/api/v1/mailboxes/{name}/muted",
    params(("name" = String, Path, description = "The mailbox"), AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownMuted>), Problems),
    security(("token" = ["settings"]))
)]
async fn list(
    caller: Caller<Settings>,
    Path(name): Path<String>,
    Query(asked): Query<AskedPage>,
) -> Answer {
    let mailbox = find(&caller, &name)?;
    let muted = caller.app.db.read(&ReadMuted(mailbox.id)).await?;
    let places: Vec<(i64, Muted)> = (0..).zip(muted).collect();
    let page = asked.cut(&format!("muted {name}"), &places, |(place, _)| vec![*place])?;
    let items = page.rows.iter().map(|(_, muted)| ShownMuted::of(muted.clone())).collect();
    Ok(shown(&Page::<ShownMuted> { items, next: page.next }))
}

/// Lifts the silence of an address
///
/// It gets automatic answers again.
#[utoipa::path(
    delete,
    path = "/api/v1/mailboxes/{name}/muted/{address}",
    params(
        ("name" = String, Path, description = "The mailbox"),
        ("address" = String, Path, description = "The address")
    ),
    responses((status = 204, description = "It is answered again"), Problems),
    security(("token" = ["settings"]))
)]
async fn lift(caller: Caller<Settings>, Path((name, address)): Path<(String, String)>) -> Answer {
    let mailbox = find(&caller, &name)?;
    manage(&caller, mailbox)?;
    let address = EmailAddress::parse(&address).map_err(|_| Denied::NotFound)?;
    let lift = Lift { mailbox, address: &address, by: caller.by() };
    match caller.app.db.write(&lift).await? {
        Lifted::Done => Ok(done()),
        Lifted::NotMuted => Err(Denied::NotFound.into()),
    }
}
