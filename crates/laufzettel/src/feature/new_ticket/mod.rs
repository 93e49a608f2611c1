//! The form for new tickets: a call that is taken, a mail that is written, a task of the team
//! (F-NEW-01). It knows who calls, what that customer asked already, and which fields must be filled in.

mod form;
mod known;
mod make;
mod page;
mod show;
mod store;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;
use crate::record::actor::Actor;
use crate::record::directory::Directory;

/// Whether somebody may make tickets at all.
pub fn may_create(actor: &Actor, directory: &Directory) -> bool {
    !form::areas(actor, directory).is_empty()
}

/// The addresses of the form.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/new", get(web::page).post(web::create))
        .route("/tickets/new/caller", post(web::caller))
        .route("/tickets/new/callers", post(web::callers))
        .route("/tickets/new/beside", post(web::beside))
        .route("/tickets/new/note", post(web::note))
}
