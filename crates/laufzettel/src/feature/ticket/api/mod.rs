//! Tickets in the API (F-NEW-15): list, make, read, change, delete, messages, history, and what only
//! one can win.

mod act;
mod addresses;
mod change;
mod close;
mod correct;
mod create;
mod find;
mod history;
mod list;
mod messages;
mod new_message;
mod read;
mod regroup;
mod sending;
pub mod shown;
mod shown_message;
mod store;
mod wanted;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

/// The routes of tickets.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list::list, create::create))
        .routes(routes!(read::read, change::change, change::delete))
        .routes(routes!(messages::list, messages::add))
        .routes(routes!(correct::correct))
        .routes(routes!(sending::forward))
        .routes(routes!(history::list))
        .routes(routes!(act::claim))
        .routes(routes!(act::unclaim))
        .routes(routes!(close::close))
        .routes(routes!(act::reopen))
        .routes(routes!(regroup::merge))
        .routes(routes!(regroup::split))
        .routes(routes!(regroup::separate))
}
