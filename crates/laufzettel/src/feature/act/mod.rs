//! Claiming a ticket, giving it back, solving it, giving it up, opening it again: by a button or a
//! key of its page, with the questions before and after.

pub mod closing;
pub mod inform;
mod web;

use axum::Router;
use axum::routing::post;

use crate::App;

/// The addresses of what is done with a ticket.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{number}/claim", post(web::claim))
        .route("/tickets/{number}/unclaim", post(web::unclaim))
        .route("/tickets/{number}/solve", post(web::solve))
        .route("/tickets/{number}/abandon", post(web::abandon))
        .route("/tickets/{number}/reopen", post(web::reopen))
        .route("/tickets/{number}/inform", post(inform::inform))
        .route("/tickets/{number}/closing", post(closing::tell))
}
