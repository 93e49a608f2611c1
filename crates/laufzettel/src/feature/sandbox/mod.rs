//! The sandbox of the demo: it catches everything that is sent, shows each mail as the customer would
//! see it, and lets one answer as the customer. The answer is a real mail that comes in by LMTP, so
//! that the whole loop can be played in a browser.

mod answer;
mod catch;
mod deliver;
mod page;
mod read;
mod store;
mod web;

use axum::Router;
use axum::routing::{get, post};

pub use catch::listen;

use crate::App;

/// The addresses of the sandbox. They exist only while the demo runs.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox", get(web::list))
        .route("/sandbox/{id}", get(web::one))
        .route("/sandbox/{id}/body", get(web::body))
        .route("/sandbox/{id}/files/{place}", get(web::file))
        .route("/sandbox/{id}/answer", post(answer::answer))
}
