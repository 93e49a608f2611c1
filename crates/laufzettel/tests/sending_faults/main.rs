//! Sending by the real binary to a scripted mail server, with faults at every named point (F02, F14,
//! F17, F18). The ledger: every mail reaches each of its recipients at least once, and twice only if
//! the fault hit between the last dot and the note of its answer; then the mail is marked so and has
//! the same Message-ID.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and processes are waited for in real time"
)]

mod accounts;
mod copies;
mod crowd;
mod drafts;
#[path = "../sending_house/mod.rs"]
mod house;
mod kills;
mod ledger;
mod office;
mod pauses;
mod terms;
