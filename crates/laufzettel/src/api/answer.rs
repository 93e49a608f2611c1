//! Answers: JSON with its version, pages of lists, and what is given again to a repeated request.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::Operation;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Problem, etag};

use super::body::Repeat;
use super::caller::Call;
use crate::http::error::{Answer, HttpError};
use crate::record::message::json;
use crate::service::idempotency::{Once, Reply, Settled};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last page.
    pub next: Option<String>,
}

/// A body as JSON.
pub fn shown(body: &impl Serialize) -> Response {
    ([(header::CONTENT_TYPE, JSON)], json(body)).into_response()
}

/// A body as JSON with its version.
pub fn versioned(body: &impl Serialize, version: i64) -> Response {
    ([(header::ETAG, etag(version))], shown(body)).into_response()
}

/// Nothing more to say.
pub fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// 201 with what was made and where it is.
pub fn created(location: &str, version: Option<i64>, body: &impl Serialize) -> Reply {
    let location = Some(location.to_owned());
    Reply { location, ..replied(StatusCode::CREATED, version, body) }
}

/// 200 with what was changed.
pub fn changed(version: i64, body: &impl Serialize) -> Reply {
    replied(StatusCode::OK, Some(version), body)
}

/// 200 with what has no version.
pub fn changed_unversioned(body: &impl Serialize) -> Reply {
    replied(StatusCode::OK, None, body)
}

fn replied(status: StatusCode, version: Option<i64>, body: &impl Serialize) -> Reply {
    let tag = |version| etag(version).to_str().map(str::to_owned).unwrap_or_default();
    Reply { status: status.as_u16(), location: None, etag: version.map(tag), body: json(body) }
}

/// The answer on its way.
pub fn send(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, JSON)], reply.body).into_response();
    let named = [(header::LOCATION, reply.location), (header::ETAG, reply.etag)];
    for (name, value) in named {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Runs an operation once, however often its request is sent.
pub async fn once<O, F>(call: &Call, repeat: &Repeat, operation: &O, answer: F) -> Answer
where
    O: Operation,
    F: Fn(O::Outcome) -> Result<Reply, HttpError> + Send + Sync,
{
    match settle(call, repeat, operation, answer).await? {
        Ok(reply) => Ok(send(reply)),
        Err(error) => Err(error),
    }
}

/// As [`once`], for answers that are not ready yet, or refusals that are tried again.
pub async fn settle<O, F, E>(
    call: &Call,
    repeat: &Repeat,
    operation: &O,
    answer: F,
) -> Result<Result<Reply, E>, HttpError>
where
    O: Operation,
    F: Fn(O::Outcome) -> Result<Reply, E> + Send + Sync,
    E: Send,
{
    let claim = repeat.claim(call.actor.agent, call.now);
    let once = Once { claim: claim.as_ref(), operation, answer };
    match call.app.db.write(&once).await? {
        Settled::Answered(reply) => Ok(Ok(reply)),
        Settled::Refused(error) => Ok(Err(error)),
        Settled::OtherRequest => Err(key_reused().into()),
    }
}

/// The key of a repeated request belongs to another one.
pub fn key_reused() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused")
        .with_detail("another request was sent with this Idempotency-Key")
}

/// The address of one thing of the API. Its name is encoded.
pub fn location(kind: &str, name: &str) -> String {
    format!("/api/v1/{kind}/{}", crate::http::encode(name))
}
