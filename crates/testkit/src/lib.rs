//! What tests need of the world: databases, and the real servers that the product talks to.
//!
//! Nothing here stands in for our own code, and nothing here is part of the product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(clippy::disallowed_methods, reason = "servers that start are waited for in real time")]

pub mod databases;
pub mod dovecot;
pub mod imap_server;
pub mod oauth_server;
pub mod ports;
pub mod postfix;
pub mod postgres;
pub mod s3_server;
pub mod smtp_sink;
pub mod wait;

pub use databases::{FromDb, world};

/// Declares a story as two tests, `story::sqlite` and `story::postgres`.
///
/// The story takes one value that implements [`FromDb`], usually the `World` of its crate.
///
/// ```ignore
/// testkit::on_both_engines!(a_customer_answers_and_the_ticket_opens_again);
/// async fn a_customer_answers_and_the_ticket_opens_again(world: World) {
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story($crate::world($crate::databases::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$story($crate::world($crate::databases::Engine::Postgres).await).await;
            }
        })+
    };
}
