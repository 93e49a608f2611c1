//! Bodies of requests.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use web::{IdempotencyKey, Json, Problem, idempotency_key};

use super::caller::Call;
use crate::service::blobs::Hash;
use crate::service::idempotency::Claim;

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

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Post<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let key = idempotency_key(&parts.headers).map_err(IntoResponse::into_response)?;
        let whole = Request::from_parts(parts.clone(), body);
        let mut bytes =
            Bytes::from_request(whole, state).await.map_err(IntoResponse::into_response)?;
        let repeat = Repeat(key.map(|key| (key, hash(&parts.uri, &[&bytes]))));
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
    pub fn of(headers: &axum::http::HeaderMap, uri: &Uri, told: &[&[u8]]) -> Result<Self, Problem> {
        let key = idempotency_key(headers)?;
        Ok(Self(key.map(|key| (key, hash(uri, told)))))
    }

    /// The claim on the key in the name of the agent who calls.
    pub fn claim(&self, call: &Call) -> Option<Claim> {
        let (key, request_hash) = self.0.as_ref()?;
        Some(Claim {
            agent: call.actor.agent,
            key: key.as_str().to_owned(),
            request_hash: *request_hash,
            now: call.now,
        })
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
