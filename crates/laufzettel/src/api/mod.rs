//! The API's toolbox: who calls and whether he may, bodies and answers, requests that are repeated,
//! problems, and the routes of all features with the document that describes them.
//!
//! What a request means stands in the features; nothing here knows tickets or lists.

mod answer;
mod body;
mod caller;
mod document;
mod fields;
pub mod housekeeping;
mod names;
mod problems;
mod time;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::any;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use web::{AllowedHosts, add_security_headers, compression, pack_whole, refuse_unknown_host};

pub use answer::{
    Page, changed, changed_unversioned, created, done, key_reused, location, once, send, settle,
    shown, versioned,
};
pub use body::{Nothing, Post, Repeat, present};
pub use caller::{
    AnyScope, Call, Caller, ContactsRead, ContactsWrite, ListsRead, MailsRead, MailsWrite, Needs,
    Settings, TicketsRead, TicketsWrite,
};
pub use document::{PREFIX, Problems};
pub use fields::{body_of, html, line, lines, name, short, subject, tags, uploads, word, written};
pub use names::{
    Findings, Named, ShownAgent, agent, agent_named, area, choice, entry, named, sender,
};
pub use problems::{
    conflict, in_state, invalid, invalid_mask, lost_race, refused, stale, taken, too_large, unknown,
};
pub use time::Time;

use crate::App;
use crate::feature;
use crate::http::error;

/// Bodies of requests; uploads and mails have limits of their own.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The routes of the API, each with its description.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(feature::ticket::api::routes())
        .merge(feature::uploads::api::routes())
        .merge(feature::contacts::api::routes())
        .merge(feature::companies::api::routes())
        .merge(feature::lists::api::routes())
        .merge(feature::settings::api::routes())
        .merge(feature::agents::api::routes())
        .merge(feature::tokens::api::routes())
        .merge(feature::mailboxes::api::routes())
        .merge(feature::senders::api::routes())
        .merge(feature::text_blocks::api::routes())
        .merge(feature::intake_rules::api::routes())
        .merge(feature::intake::api::routes())
        .merge(feature::journal::api::routes())
        .merge(feature::reconcile::api::routes())
        .merge(feature::outbox::api::routes())
}

/// The document that describes the API.
pub fn document() -> &'static OpenApi {
    static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(|| {
        let mut document = described().into_openapi();
        document::complete(&mut document);
        document
    });
    &DOCUMENT
}

/// The routes of the API with all layers that they need. No cookie is ever read here, so unlike at
/// the screens it does not matter from which page a request comes.
pub fn routes(app: &App, hosts: AllowedHosts) -> Router<App> {
    let (routes, _) = described().split_for_parts();
    routes
        .route("/api/v1/{*rest}", any(error::no_such_page))
        .merge(feature::api_docs::routes())
        .layer(from_fn_with_state(app.clone(), error::explain))
        .layer(from_fn(problems::complete))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(Arc::new(hosts), refuse_unknown_host))
        .layer(from_fn(pack_whole))
        .layer(compression())
        .layer(from_fn(add_security_headers))
}
