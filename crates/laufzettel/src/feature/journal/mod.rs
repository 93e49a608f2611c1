//! The journal of mails: every mail that ever arrived, what became of it and why, its original,
//! and another try for those that were put aside.

pub mod api;
mod asked;
mod chips;
mod decided;
pub mod narrow;
mod original;
pub mod page;
mod place;
mod placing_api;
pub mod read;
mod retry;
mod show;
pub mod sought;
mod steps;
pub mod store;
mod web;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use decided::{Decided, decided};
pub use original::{SHOWN_BYTES, original_of, raw_of, visible};
pub use retry::{Retried, RetryMail, retry};
pub use show::{clock_of_day, day_name, hits};
pub use steps::to_the_second;

/// The addresses of the journal.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/mails", get(web::list))
        .route("/mails/place", post(place::place))
        .route("/mails/ticket", get(place::look_up))
        .route("/mails/{id}", get(web::entry))
        .route("/mails/{id}/raw", get(original::raw))
        .route("/mails/{id}/retry", post(web::retry))
}
