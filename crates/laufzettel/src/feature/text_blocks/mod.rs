//! Text blocks: what is written again and again, put into an answer by `/` (F-ACT-09).
//!
//! A block is somebody's own or shared by all. What a block says is filled in for a ticket when it is
//! chosen; the page here shows it with its variables.

pub mod api;
mod choices;
mod move_block;
mod page;
mod save;
mod show;
mod store;
mod web;

use axum::Router;
use axum::routing::{get, post};
use rules::right::{Level, Place, Right, allows};

use crate::App;
use crate::record::AreaId;
use crate::record::actor::{Actor, Areas};

pub use move_block::{Direction, MoveBlock};
pub use save::{Ended, Fields, RemoveBlock, SaveBlock, Which};
pub use store::{Block, ReadBlocks};

/// Bytes of what a block says.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Letters of a name.
pub const NAME_LETTERS_MAX: usize = 200;

/// The addresses of the text blocks.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/text-blocks", get(web::page).post(web::add))
        .route("/text-blocks/choices", get(choices::choices))
        .route("/text-blocks/{key}", post(web::change))
        .route("/text-blocks/{key}/delete", post(web::delete))
        .route("/text-blocks/{key}/move", post(web::move_it))
}

/// Whether the actor sees a block: it is his own, or shared in an area that he may enter.
pub fn may_see(actor: &Actor, block: &Block) -> bool {
    let is_entered = |area: AreaId| actor.level_in(area).is_some() || may_share(actor);
    match block.owner {
        Some(owner) => owner == actor.agent,
        None => block.area.is_none_or(is_entered),
    }
}

/// Whether the actor may change a block that he sees.
pub fn may_edit(actor: &Actor, block: &Block) -> bool {
    match block.owner {
        Some(owner) => owner == actor.agent && may_have_own(actor),
        None => may_share(actor),
    }
}

/// Whether the actor may make blocks of his own: he works somewhere.
pub fn may_have_own(actor: &Actor) -> bool {
    may_share(actor) || actor.areas_with(Level::Work) != Areas::Some(Vec::new())
}

/// Whether the actor may make blocks for all.
pub fn may_share(actor: &Actor) -> bool {
    allows(&actor.rights, Right::ManageHouse, Place::House)
}
