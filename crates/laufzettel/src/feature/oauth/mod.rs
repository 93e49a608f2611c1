//! Signing in to mail accounts with OAuth 2 instead of a password (RFC 6749, RFC 9700): by
//! authorisation code with PKCE, for Microsoft 365 and Google, or for Laufzettel itself by client credentials, for
//! Microsoft 365.
//!
//! An administrator registers Laufzettel with the provider and enters what it was given. Then
//! somebody signs in there and is sent back with a code; the code becomes tokens. No request of a
//! browser that comes back changes anything before a button was pressed, because it is a GET.

mod attempt;
pub mod choice;
mod exchange;
mod expiry;
mod finish;
mod page;
mod provider;
mod register;
mod show;
pub mod store;
mod tokens;
mod users;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use expiry::banners;
pub use register::{field, value};
pub use tokens::login;

/// The addresses of signing in.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/oauth/{provider}", get(web::page).post(web::begin))
        .route("/oauth/{provider}/callback", get(web::callback))
        .route("/oauth/{provider}/finish", post(web::finish))
}

/// The page where somebody signs in to an account. `back` is where he goes afterwards.
pub fn sign_in_page(provider: &str, account: &str, back: &str) -> String {
    use crate::http::encode;
    format!("/settings/oauth/{provider}?account={}&back={}", encode(account), encode(back))
}
