//! The description of the API: the OpenAPI document for programs, and a page of our own that lists
//! what stands in it. Both without sign-in, because they tell nothing of an installation.

mod page;
mod read;

use std::sync::LazyLock;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use web::accepted_language;

use crate::App;
use crate::api::document;

/// The addresses of the description.
pub fn routes() -> Router<App> {
    Router::new().route("/api/openapi.json", get(openapi)).route("/api/docs", get(docs))
}

/// The document as JSON, written once.
static JSON: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(document()).unwrap_or_default());

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], JSON.to_string()).into_response()
}

async fn docs(State(app): State<App>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accepted.and_then(accepted_language).unwrap_or(app.config.language);
    page::page(language, &read::described(&JSON)).into_response()
}
