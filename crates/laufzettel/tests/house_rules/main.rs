//! The house rules: what a reviewer would have to say twice, a test says here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod dependencies;
mod documents;
mod floors;
mod operations;
mod plans;
mod schema;
mod sizes;
mod source;
mod sql_places;
mod statements;
mod world;

/// Fails with all findings at once, a line each.
fn assert_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "\n{rule}:\n{}\n", findings.join("\n"));
}
