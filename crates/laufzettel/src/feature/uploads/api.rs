//! Uploads and attachments in the API.

use axum::extract::{DefaultBodyLimit, Path, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::hex;
use web::{Problem, Query, attachment_headers, safe_type};

use super::receive::{Received, receive};
use super::{StoreUpload, load, prepare};
use crate::App;
use crate::api::{Caller, Problems, Repeat, TicketsRead, TicketsWrite, created, location, once};
use crate::http::error::{Answer, HttpError};
use crate::record::AttachmentId;
use crate::record::actor::Denied;
use crate::service::idempotency::Reply;

/// The routes of files.
pub fn routes() -> OpenApiRouter<App> {
    let upload = OpenApiRouter::default().routes(routes!(create));
    // The limit of an upload is its own, and counted while it comes in.
    let upload = upload.layer(DefaultBodyLimit::disable());
    OpenApiRouter::default().merge(upload).routes(routes!(read))
}

/// What is said of a file beside its bytes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Told {
    /// The name of the file; a form tells it itself.
    pub name: Option<String>,
}

/// A file that waits for its message.
#[derive(Debug, Serialize, ToSchema)]
struct Upload {
    /// The upload; `attachments` of a new ticket or message take it, for a day.
    id: String,
    /// The name.
    name: String,
    /// The media type under which it will be offered.
    #[serde(rename = "type")]
    media_type: String,
    /// The size in bytes.
    size_bytes: u64,
    /// SHA-256 in hexadecimal digits.
    sha256: String,
}

/// Uploads a file
///
/// Either its bytes as the body with its type as `Content-Type` and its name in the address, or a
/// form (`multipart/form-data`) with one file. At most 25 MB.
#[utoipa::path(
    post,
    path = "/api/v1/uploads",
    params(Told),
    request_body(content_type = "application/octet-stream", description = "The bytes of the file"),
    responses((status = 201, description = "The upload", body = Upload), Problems),
    security(("token" = ["tickets:write"]))
)]
async fn create(
    caller: Caller<TicketsWrite>,
    Query(told): Query<Told>,
    request: Request,
) -> Answer {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let Received { name, media_type, file } = receive(&caller.app, told.name, request).await?;
    let blob = prepare(&caller.app, file).await?;
    if blob.size_bytes == 0 {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "empty_file").into());
    }
    let told: [&[u8]; 3] = [&blob.hash, name.as_bytes(), media_type.as_bytes()];
    let repeat = Repeat::of(&headers, &uri, &told)?;
    let (id, agent, now) = (caller.app.ids.next(caller.now), caller.actor.agent, caller.now);
    let is_inline = false;
    let upload = StoreUpload {
        id,
        agent,
        name: &name,
        media_type: &media_type,
        blob: &blob,
        is_inline,
        now,
    };
    once(&caller, &repeat, &upload, |()| Ok::<Reply, HttpError>(answered(&upload))).await
}

fn answered(upload: &StoreUpload<'_>) -> Reply {
    let id = upload.id.to_string();
    let shown = Upload {
        name: upload.name.to_owned(),
        media_type: safe_type(upload.media_type).to_owned(),
        size_bytes: upload.blob.size_bytes,
        sha256: hex(&upload.blob.hash),
        id: id.clone(),
    };
    created(&location("attachments", &id), None, &shown)
}

/// Downloads a file
///
/// Of a ticket that the agent may see, or an upload of the agent. Always as a download, under a type
/// from a fixed list.
#[utoipa::path(
    get,
    path = "/api/v1/attachments/{id}",
    params(("id" = String, Path, description = "The attachment")),
    responses(
        (status = 200, description = "The bytes", content_type = "application/octet-stream"),
        Problems
    ),
    security(("token" = ["tickets:read"]))
)]
async fn read(caller: Caller<TicketsRead>, Path(id): Path<String>) -> Answer {
    let attachment = AttachmentId::parse(&id).ok_or(Denied::NotFound)?;
    let file = load(&caller.app, &caller.actor, attachment).await??;
    let size = file.bytes.len() as u64;
    let headers = attachment_headers(&file.name, &file.media_type, size);
    Ok((headers, file.bytes).into_response())
}
