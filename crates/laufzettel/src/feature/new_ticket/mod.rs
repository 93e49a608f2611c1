//! The form for new tickets: a call that is taken, a mail that is written, a task of the team
//! (F-NEW-01). It knows who calls, what that customer asked already, and which fields must be filled in.

mod begun;
mod check;
mod form;
mod keep;
mod known;
mod make;
mod note;
mod page;
mod show;
mod store;
mod typing;
mod web;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::App;
use crate::feature::uploads::FORM_BYTES_MAX;
use crate::record::actor::Actor;
use crate::record::directory::Directory;

/// Whether somebody may make tickets at all.
pub fn may_create(actor: &Actor, directory: &Directory) -> bool {
    !form::areas(actor, directory).is_empty()
}

/// What a browser may send with the form: more than is taken, so that it hears so.
const BODY_BYTES_MAX: usize = 4 * FORM_BYTES_MAX;

/// The addresses of the form. Without a script files come with any of its buttons.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/new", get(web::page).post(web::create))
        .route("/tickets/new/caller", post(web::caller))
        .route("/tickets/new/callers", post(web::callers))
        .route("/tickets/new/note", post(web::note))
        .route("/tickets/new/kind", post(keep::turn))
        .route("/tickets/new/discard", post(keep::discard))
        .route("/tickets/new/files", post(keep::upload))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .route("/tickets/new/assignees", post(web::assignees))
        .route("/tickets/new/beside", post(web::beside))
        .route("/tickets/new/draft", post(keep::save))
        .route("/tickets/new/restore", post(keep::bring_back))
}
