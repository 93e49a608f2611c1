//! Bodies of requests.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use db::{Reading, View};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use values::Timestamp;
use web::{IdempotencyKey, Json, Problem, bearer_token, idempotency_key};

use super::answer::{key_reused, send};
use crate::App;
use crate::http::error::HttpError;
use crate::record::AgentId;
use crate::service::blobs::Hash;
use crate::service::idempotency::{self, Claim, Known, Reply};

/// The JSON body of a POST. A missing body counts as `{}`.
pub struct Post<T> {
    /// The body.
    pub body: T,
    /// What is needed to know the request again.
    pub repeat: Repeat,
}

/// What is needed to know a request again, if its client gave it a key.
#[derive(Clone, Debug)]
pub struct Repeat(Option<(IdempotencyKey, Hash)>);

/// The body of a POST that says all by its address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl<T: DeserializeOwned> FromRequest<App> for Post<T> {
    type Rejection = Response;

    /// A request that was answered before is answered here, before anything is checked that may
    /// have changed since.
    async fn from_request(request: Request, state: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let key = idempotency_key(&parts.headers).map_err(IntoResponse::into_response)?;
        let whole = Request::from_parts(parts.clone(), body);
        let mut bytes =
            Bytes::from_request(whole, state).await.map_err(IntoResponse::into_response)?;
        let repeat = Repeat(key.map(|key| (key, hash(&parts.uri, &[&bytes]))));
        if let Some(reply) = answered_before(state, &parts.headers, &repeat).await? {
            return Err(send(reply));
        }
        if bytes.is_empty() && !parts.headers.contains_key(header::CONTENT_TYPE) {
            bytes = Bytes::from_static(b"{}");
            let json = HeaderValue::from_static("application/json");
            parts.headers.insert(header::CONTENT_TYPE, json);
        }
        let read = Json::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
        let Json(body) = read.map_err(IntoResponse::into_response)?;
        Ok(Self { body, repeat })
    }
}

impl Repeat {
    /// What is needed to know a request again whose body is not JSON: `told` is its content.
    pub fn of(headers: &HeaderMap, uri: &Uri, told: &[&[u8]]) -> Result<Self, Problem> {
        let key = idempotency_key(headers)?;
        Ok(Self(key.map(|key| (key, hash(uri, told)))))
    }

    /// The claim on the key in the name of an agent.
    pub fn claim(&self, agent: AgentId, now: Timestamp) -> Option<Claim> {
        let (key, request_hash) = self.0.as_ref()?;
        let (key, request_hash) = (key.as_str().to_owned(), *request_hash);
        Some(Claim { agent, key, request_hash, now })
    }
}

/// The answer that a request got before, if it is repeated. Whose token it is was seen before.
async fn answered_before(
    app: &App,
    headers: &HeaderMap,
    repeat: &Repeat,
) -> Result<Option<Reply>, Response> {
    let failed = |failure: db::Failure| HttpError::from(failure).into_response();
    let (Some(secret), now) = (bearer_token(headers), app.now()) else { return Ok(None) };
    let actor = app.sessions.of_token(&app.db, secret, now).await.map_err(failed)?;
    let Some(claim) = actor.and_then(|actor| repeat.claim(actor.agent, now)) else {
        return Ok(None);
    };
    match app.db.read(&Find { claim: &claim }).await.map_err(failed)? {
        Known::Nothing => Ok(None),
        Known::Answered(reply) => Ok(Some(reply)),
        Known::OtherRequest => Err(key_reused().into_response()),
    }
}

struct Find<'a> {
    claim: &'a Claim,
}

impl Reading for Find<'_> {
    type Outcome = Known;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Known> {
        idempotency::find(view, self.claim).await
    }
}

/// SHA-256 of a request: its address with its query, and its content.
fn hash(uri: &Uri, told: &[&[u8]]) -> Hash {
    let address = uri.path_and_query().map_or("", |path| path.as_str());
    let mut digest = Sha256::new().chain_update(address).chain_update([0]);
    for part in told {
        digest.update(part);
        digest.update([0]);
    }
    digest.finalize().into()
}

/// Tells a field that is missing from one that is `null`; for `deserialize_with` beside `default`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
