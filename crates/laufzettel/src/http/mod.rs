//! The web server: which address leads to which feature, and what every answer has in common.

pub mod error;
pub mod screen;
pub mod server;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;
use web::AllowedHosts;

use crate::App;
use crate::feature;

/// Bodies of requests: uploads and mails are larger and say so at their route.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The whole web server of a running Laufzettel.
pub fn router(app: &App) -> Router {
    let base = app.base_url.clone();
    let hosts = AllowedHosts::new(&base, app.config.listen.ip());
    let screens = Router::new()
        .merge(feature::setup::routes())
        .merge(feature::signin::routes())
        .merge(feature::list::routes())
        .merge(feature::reply::routes())
        .merge(feature::new_ticket::routes())
        .merge(feature::ticket::routes())
        .merge(feature::act::routes())
        .merge(feature::correct::routes())
        .merge(feature::regroup::routes())
        .merge(feature::presence::routes())
        .merge(feature::search::routes())
        .merge(feature::journal::routes())
        .merge(feature::reconcile::routes())
        .merge(feature::outbox::routes())
        .merge(feature::mailboxes::routes())
        .merge(feature::background::routes())
        .merge(feature::profile::routes())
        .merge(feature::text_blocks::routes())
        .merge(feature::intake_rules::routes())
        .merge(feature::customers::routes())
        .merge(feature::join::routes())
        .merge(feature::customer_import::routes())
        .merge(feature::senders::routes())
        .merge(feature::settings::routes())
        .merge(feature::lists::routes())
        .merge(feature::agents::routes())
        .merge(feature::passwords::routes())
        .merge(feature::oauth::routes())
        .merge(feature::tokens::routes())
        .merge(feature::live_updates::routes());
    let demo = match app.config.is_demo {
        true => feature::demo::web::routes().merge(feature::sandbox::routes()),
        false => Router::new(),
    };
    let all = Router::new()
        .merge(screens)
        .merge(demo)
        .merge(feature::health::routes())
        .fallback(error::no_such_page)
        .layer(from_fn_with_state(app.clone(), error::explain))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(web::asset_routes());
    let api = crate::api::routes(app, hosts.clone());
    let counted = from_fn_with_state(app.clone(), feature::health::count);
    web::guarded(all, base, hosts).merge(api).layer(counted).with_state(app.clone())
}

/// A text for the query of an address (RFC 3986 section 2.1).
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
