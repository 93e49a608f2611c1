//! Writing to the customer: an answer, or a mail that is handed on; or a note that chosen people get
//! as a mail. The message, its mail and what it does to the ticket are one operation; the mail is a
//! row of the outbox from the first second (decision 22).
//!
//! The composer, its drafts and the way back of what was sent are here, too. A note that nobody gets
//! is written with it, but is `feature::note`'s.

mod addressees;
mod basis;
mod composer;
mod drafts;
mod files;
mod filing;
mod form;
mod head;
mod note_mail;
pub mod page;
mod plain;
pub mod prepare;
mod readers;
mod recall;
mod refusal;
pub mod send;
mod store;
mod web;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use basis::{Basis, ReadBasis};
pub use composer::composer;
pub use drafts::SaveDraft;
pub use form::subject as one_subject;
pub use recall::{Recall, Recalled};
pub use refusal::Refusal;
pub use send::{SendReply, Sent, Then, Wanted};

use crate::App;
use crate::feature::uploads::FILE_BYTES_MAX;

/// The addresses of the composer.
pub fn routes() -> Router<App> {
    let files = post(files::upload).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024));
    Router::new()
        .route("/tickets/{number}/composer", get(web::composer))
        .route("/tickets/{number}/reply", post(web::reply))
        .route("/tickets/{number}/forward", post(web::forward))
        .route("/tickets/{number}/note", post(web::note))
        .route("/tickets/{number}/draft/{kind}", post(drafts::save))
        .route("/tickets/{number}/draft/{kind}/discard", post(drafts::discard))
        .route("/tickets/{number}/recall", post(web::recall))
        .route("/tickets/{number}/files", files)
        .route("/recipients", get(addressees::proposals))
}
