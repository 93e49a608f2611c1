//! The inbox: open tickets in the order in which they need somebody (decision 27), filtered,
//! paged by key, with changes for a whole selection.

mod asked;
pub mod filter_bar;
pub mod neighbours;
pub mod page;
pub mod read;
pub mod selection;
mod show;
mod web;

pub use web::{neighbours_at, place_at};

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of the inbox.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(web::home))
        .route("/inbox", get(web::inbox))
        .route("/inbox/news", get(web::news))
        .route("/inbox/filters", get(web::filters))
        .route("/inbox/choices", get(web::choices))
        .route("/inbox/selection", post(selection::change))
        .route("/inbox/selection/inform", post(selection::inform))
        .route("/inbox/selection/closing", post(selection::tell_contacts))
        .route("/inbox/selection/undo", post(selection::take_back))
        .route("/counters", get(web::counters))
}
