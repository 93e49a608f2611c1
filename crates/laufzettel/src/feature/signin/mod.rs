//! Signing in with a password, and out again.

pub mod page;
pub mod password;
pub mod store;
pub mod web;

pub use web::begin;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of signing in and out.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/signin", get(web::form).post(web::sign_in))
        .route("/signout", post(web::sign_out))
}
