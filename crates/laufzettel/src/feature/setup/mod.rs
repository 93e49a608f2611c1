//! The set-up at the first start: administrator and company, first mailbox, first mail.
//!
//! A one-time link opens the first step and signs the administrator in. What comes next follows from
//! what is there: without a mailbox that, with one its first mail.

mod autoconfig;
mod begin;
mod first;
mod form;
pub mod link;
mod page;
mod probe;
mod providers;
mod show;
mod store;
mod take;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use link::is_needed;
pub use show::{keep, open_kept};

/// The addresses of the set-up.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/setup", get(web::page))
        .route("/setup/company", post(web::begin))
        .route("/setup/mailbox", get(web::another).post(web::mailbox))
        .route("/setup/test", post(web::test))
}
