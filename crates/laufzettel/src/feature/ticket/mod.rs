//! The page of a ticket: conversation, history, properties, files, the customer's other tickets.

pub mod answer;
pub mod api;
mod change;
mod delivery;
mod explain;
mod files;
mod heads;
mod history;
mod mail_frame;
pub mod page;
mod pager;
pub mod read;
mod show;
mod store;
mod view;
mod who_asks;

pub use change::moment;
pub use view::refusing_page;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of a ticket.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{number}", get(view::page))
        .route("/tickets/{number}/thread", get(view::thread))
        .route("/tickets/{number}/sheet", get(view::sheet))
        .route("/tickets/{number}/pager", get(pager::pager))
        .route("/tickets/{number}/preview", get(view::preview))
        .route("/tickets/{number}/print", get(view::print))
        .route("/tickets/{number}/attachments.zip", get(files::ticket_archive))
        .route("/tickets/{number}/seen", post(change::seen))
        .route("/tickets/{number}/undo", post(change::undo))
        .route("/tickets/{number}/{property}", post(change::property))
        .route("/messages/{id}/why", get(view::why))
        .route("/messages/{id}/body/{segment}", get(mail_frame::body))
        .route("/messages/{id}/original", get(files::original))
        .route("/messages/{id}/attachments.zip", get(files::message_archive))
        .route("/attachments/{id}", get(files::download))
        .route("/attachments/{id}/view", get(files::view))
}
