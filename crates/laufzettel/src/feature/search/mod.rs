//! The search over tickets, messages and names of attachments, and the palette of commands.

mod commands;
mod find;
pub mod mark;
pub mod page;
mod show;
mod store;
mod web;
mod wider;

use axum::Router;
use axum::routing::get;

use crate::App;

pub use commands::FindTickets;
pub use store::ProposedTicket;

/// The addresses of the search.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/search", get(web::search))
        .route("/palette", get(commands::palette))
        .route("/contacts/choices", get(commands::contacts))
}
