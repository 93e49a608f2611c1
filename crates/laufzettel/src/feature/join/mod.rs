//! Joining two customers that are one, and taking it back (F-REL-15).

pub mod api;
pub mod page;
mod show;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of joining.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/customers/contacts/{id}/join", get(web::contact).post(web::join_contacts))
        .route("/customers/companies/{id}/join", get(web::company).post(web::join_companies))
        .route("/customers/joined/{id}/undo", post(web::undo))
}
