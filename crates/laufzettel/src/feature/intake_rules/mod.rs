//! Intake rules: what becomes of new mails beyond the settings of their mailbox (F-MAIL-31, 40 to 48),
//! written by form or as text, tried on the mails of the last days before they are saved.

pub mod again;
pub mod api;
mod choices;
mod clause;
mod form;
mod from_ticket;
mod machine;
mod machine_web;
mod names;
mod page;
mod row_value;
mod save;
mod show;
mod store;
mod text_of;
mod web;
mod words;

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use machine_web::{Trial, answer as trial};
pub use page::{TriedKind, TriedThing};
pub use save::{Ended, HandleRule, Handling, Refused, RuleForm, SaveRule};
pub use words::said_of as said;

/// Mails that came since then are counted on the screen.
pub const RECKONED: Duration = Duration::from_secs(30 * 24 * 3600);

/// The addresses of the rules.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/inbox/selection/spam-rules", post(again::spam))
        .route("/settings/rules", get(web::page))
        .route("/settings/rules/new", get(web::new).post(web::add))
        .route("/settings/rules/new/draft", post(web::draft_of_new))
        .route("/settings/rules/new/machine", post(machine_web::of_new))
        .route("/settings/rules/{id}", get(web::one).post(web::change))
        .route("/settings/rules/{id}/draft", post(web::draft_of_one))
        .route("/settings/rules/{id}/machine", post(machine_web::of_one))
        .route("/settings/rules/{id}/move", post(web::move_it))
        .route("/settings/rules/{id}/switch", post(web::switch))
        .route("/settings/rules/{id}/delete", post(web::delete))
}
