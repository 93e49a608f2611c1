//! What an agent sets of himself: language, appearance and keys, also in the menu; name, telephone,
//! signature, time to call a mail back and mails about tickets; his password and his sessions.

mod access;
mod browser;
mod page;
mod sessions;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use page::notice;

/// The addresses of the profile.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile", get(web::show).post(web::save))
        .route("/profile/password", post(access::change_password))
        .route("/profile/sign-out", post(access::sign_out_elsewhere))
        .route("/profile/sessions/{mark}/end", post(access::end_session))
        .route("/profile/{setting}", post(web::set))
        .route("/dialogs/{name}", get(web::dialogs))
}
