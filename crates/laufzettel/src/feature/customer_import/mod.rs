//! Customers from a file: CSV of any program, or vCards. First a trial that says what would happen,
//! then the import, some rows at a time; done again, it changes nothing.

mod column;
mod page;
mod person;
mod plan;
mod run;
mod say;
mod store;
mod table;
mod vcard;
mod web;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::App;

/// The addresses of the import.
pub fn routes() -> Router<App> {
    // The limit of an upload is its own, and counted while it comes in.
    let upload = get(web::begin).post(web::upload).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/customers/import", upload)
        .route("/customers/import/done", get(web::done))
        .route("/customers/import/{id}", get(web::check))
        .route("/customers/import/{id}/run", post(web::run))
}
