//! Senders in the API.

use axum::extract::Path;
use axum::http::HeaderMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Problem, Query};

use super::{DeleteSender, Ended, SaveSender, SenderForm, Use};
use crate::App;
use crate::api::{
    Call, Caller, Page, Post, Problems, Settings, conflict, created, done, location, once, shown,
    stale, taken, versioned,
};
use crate::config::Secret;
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::SenderId;
use crate::record::actor::Denied;
use crate::record::sender::Sender;

mod body;

use body::{Body, NewBody, ShownSender, Wanted};

/// The routes of senders.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(read, change, delete))
}

/// Lists all senders
///
/// The one that stands in where nothing else decides first, then by address.
#[utoipa::path(
    get,
    path = "/api/v1/senders",
    params(AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownSender>), Problems),
    security(("token" = ["settings"]))
)]
async fn list(caller: Caller<Settings>, Query(asked): Query<AskedPage>) -> Answer {
    caller.manage_house()?;
    let page = asked.cut("senders", &caller.directory.senders, |one| vec![one.id.number()])?;
    let items = page.rows.iter().map(ShownSender::of).collect();
    Ok(shown(&Page { items, next: page.next }))
}

/// Makes a sender
#[utoipa::path(
    post,
    path = "/api/v1/senders",
    request_body = NewBody,
    responses((status = 201, description = "The sender", body = ShownSender), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: Post<NewBody>) -> Answer {
    caller.manage_house()?;
    let wanted = post.body.wanted(&caller)?;
    let sealed = seal(&caller, wanted.password.as_ref());
    let save = save(&caller, None, None, &wanted, sealed.as_deref());
    let answer = once(&caller, &post.repeat, &save, |ended| {
        let (id, version) = ended_well(ended)?;
        let shown = ShownSender::of_form(id, &wanted.form, version);
        Ok::<_, HttpError>(created(&location("senders", &id.to_string()), Some(version), &shown))
    })
    .await;
    caller.forget_lists();
    answer
}

/// Reads a sender
#[utoipa::path(
    get,
    path = "/api/v1/senders/{sender}",
    params(("sender" = String, Path, description = "The sender's id or address")),
    responses((status = 200, description = "The sender", body = ShownSender), Problems),
    security(("token" = ["settings"]))
)]
async fn read(caller: Caller<Settings>, Path(name): Path<String>) -> Answer {
    let sender = find(&caller, &name)?;
    Ok(versioned(&ShownSender::of(sender), sender.version))
}

/// Changes a sender
///
/// `smtp` is changed as a whole. Its password may be left out as long as it goes to the same user of
/// the same server. The server cannot be taken away while mails have not left by it yet.
#[utoipa::path(
    patch,
    path = "/api/v1/senders/{sender}",
    params(("sender" = String, Path, description = "The sender's id or address")),
    request_body = Body,
    responses((status = 200, description = "The sender", body = ShownSender), Problems),
    security(("token" = ["settings"]))
)]
async fn change(
    caller: Caller<Settings>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    let sender = find(&caller, &name)?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(sender.version)?;
    let wanted = body.wanted(&caller, SenderForm::of(sender), sender.password.is_some())?;
    let sealed = seal(&caller, wanted.password.as_ref());
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(sender.version);
    let save = save(&caller, Some(sender.id), version, &wanted, sealed.as_deref());
    let ended = caller.app.db.write(&save).await?;
    caller.forget_lists();
    let (id, version) = ended_well(ended)?;
    Ok(versioned(&ShownSender::of_form(id, &wanted.form, version), version))
}

/// Deletes a sender
///
/// Refused while a mailbox or an area answers as it, or mails have not left yet by its mail server.
#[utoipa::path(
    delete,
    path = "/api/v1/senders/{sender}",
    params(("sender" = String, Path, description = "The sender's id or address")),
    responses((status = 204, description = "It is gone"), Problems),
    security(("token" = ["settings"]))
)]
async fn delete(caller: Caller<Settings>, Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let sender = find(&caller, &name)?;
    let if_match = IfMatch::read(&headers);
    if_match.require(sender.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(sender.version);
    let delete = DeleteSender { sender: sender.id, version, by: caller.by() };
    let ended = caller.app.db.write(&delete).await?;
    caller.forget_lists();
    ended_well(ended)?;
    Ok(done())
}

fn find<'a>(call: &'a Call, name: &str) -> Result<&'a Sender, Denied> {
    call.manage_house()?;
    let name = name.trim().to_lowercase();
    let is_meant = |one: &&Sender| one.address == name || one.id.to_string() == name;
    call.directory.senders.iter().find(is_meant).ok_or(Denied::NotFound)
}

fn seal(call: &Call, password: Option<&Secret>) -> Option<Vec<u8>> {
    call.app.keys.seal(&password?.0, rand::random())
}

fn save<'a>(
    call: &'a Call,
    sender: Option<SenderId>,
    version: Option<i64>,
    wanted: &'a Wanted,
    sealed: Option<&'a [u8]>,
) -> SaveSender<'a> {
    let form = &wanted.form;
    SaveSender { form, sender, version, sealed, by: call.by() }
}

fn ended_well(ended: Ended) -> Result<(SenderId, i64), HttpError> {
    let problem: Problem = match ended {
        Ended::Done(id, version) => return Ok((id, version)),
        Ended::NotFound => return Err(Denied::NotFound.into()),
        Ended::Stale => stale(),
        Ended::AddressTaken => taken("address"),
        Ended::IsDefault => conflict("is_default", "make another sender the default first"),
        Ended::Used(Use::Mailbox) => conflict("in_use", "a mailbox answers as this sender"),
        Ended::Used(Use::Area) => conflict("in_use", "an area answers as this sender"),
        Ended::Used(Use::Mails) => {
            conflict("in_use", "mails have not left yet by this sender's mail server")
        }
    };
    Err(problem.into())
}
