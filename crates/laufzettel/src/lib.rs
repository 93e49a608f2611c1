//! Laufzettel, the e-mail-first ticket system: all features of the one binary.

#![cfg_attr(
    test,
    allow(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test that panics says what is wrong"
    )
)]

pub mod api;
pub mod app;
pub mod command;
pub mod config;
pub mod database;
pub mod feature;
pub mod http;
pub mod migrations;
pub mod record;
pub mod run;
pub mod service;
pub mod texts;

pub use app::App;

use tracing_subscriber::EnvFilter;

/// Starts the log on standard error. Servers tell what they do, commands only what went wrong.
pub(crate) fn start_logging(is_server: bool) {
    let usual = if is_server { "info" } else { "warn" };
    let filter = EnvFilter::try_from_env("LAUFZETTEL_LOG").unwrap_or_else(|_| usual.into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in the same process, as in tests, keeps the first log.
    log.try_init().ok();
}
