//! Which messages belong together: moving some to another ticket or to one of their own, merging two
//! tickets, and the way back of each.
//!
//! The number of a merged ticket leads to the other one from then on: for people, programs and mails
//! that come. Its row stays as it was, out of all lists, so that it can be separated again.

mod carry;
mod merge;
mod merging;
mod merging_several;
mod moving;
pub mod page;
mod separate;
mod several;
pub mod show;
mod split;
mod store;
mod way_back;
mod web;

use axum::Router;
use axum::routing::{get, post};
use rules::regroup::Hindrance;

pub use merge::MergeTickets;
pub use merging_several::{address, how_many};
pub use moving::MoveMessages;
pub use separate::{Reach, Separate, Separated};
pub use several::{MergeSeveral, Merged, Standing};
pub use split::SplitMessages;
pub use store::{Origin, ReadOrigin};

use crate::App;
use crate::record::RegroupingId;
use crate::record::actor::Denied;
use crate::record::ticket::Ticket;

/// The addresses of moving, merging and the way back.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/choices", get(web::choices))
        .route("/tickets/merge", get(merging_several::merging).post(merging_several::merge))
        .route("/tickets/{number}/move", get(web::moving).post(web::moves))
        .route("/tickets/{number}/merge", get(merging::merging).post(merging::merge))
        .route("/tickets/{number}/distinct", post(merging::distinct))
        .route("/regroupings/{id}/undo", post(web::undo))
}

/// Messages that one step may carry: it is one transaction.
pub const MESSAGES_MAX: usize = 2_000;

/// Which of the two tickets is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That which the messages leave.
    Source,
    /// That to which they go.
    Target,
}

/// What was done.
#[derive(Debug)]
pub struct Done {
    /// What leads back.
    pub regrouping: RegroupingId,
    /// The ticket that the messages left. After merging it is in no list any more.
    pub source: Ticket,
    /// The ticket in which they are, as it is now.
    pub target: Ticket,
    /// How many messages went.
    pub messages: usize,
    /// Whether all of them did, so that the tickets are one now.
    pub is_merged: bool,
    /// Whether they got a ticket of their own.
    pub is_new: bool,
}

/// How regrouping ended.
#[derive(Debug)]
pub enum Regrouped {
    /// It is done.
    Done(Box<Done>),
    /// No right on one of the tickets, or no such ticket.
    Denied(Side, Denied),
    /// They stay where they are; the ticket that they lie in as it is now.
    Hindered(Hindrance, Box<Ticket>),
    /// The number that was drawn belongs to another ticket.
    NumberTaken,
}
