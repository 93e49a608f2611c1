//! The outbox: hands every mail that leaves to its mail server, tries again, and tells what became of
//! it (mail.md 3.2).
//!
//! Whoever holds the lease of an account sends for it. What a server's answer means is decided by
//! `rules::sending`; here it is asked for and written down.

mod account;
mod act;
pub mod api;
mod hand_over;
mod mark;
mod page;
mod post;
pub mod read;
pub mod settle;
mod show;
pub mod sought;
mod steps;
pub mod store;
mod supervisor;
mod take;
mod trouble;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use account::{Account, accounts, settings};
pub use act::{ActOnMail, Acted, Action};
pub use supervisor::supervise;
pub use trouble::{TryAgain, banners};

/// The addresses of the outbox.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/mails/out", get(web::list))
        .route("/mails/out/{id}", get(web::entry))
        .route("/mails/out/{id}/raw", get(web::raw))
        .route("/mails/out/{id}/retry", post(web::retry))
        .route("/mails/out/{id}/cancel", post(web::cancel))
        .route("/mails/out/try-again", post(trouble::try_again))
        .route("/mails/find", get(web::find))
}
