//! What runs in the background, for administrators: when each worker last ended a round, how, and
//! when it runs next. A worker that is late says so.

mod page;
mod web;

use axum::Router;
use axum::routing::get;
use db::{Reading, Result, View};

use crate::App;
use crate::service::watch::{self, KnownRound};

/// The address of the page.
pub fn routes() -> Router<App> {
    Router::new().route("/jobs", get(web::page))
}

struct ReadRounds;

impl Reading for ReadRounds {
    type Outcome = Vec<KnownRound>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<KnownRound>> {
        watch::rounds(view).await
    }
}
