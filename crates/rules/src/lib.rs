//! Decisions without a database: the caller gathers facts, a rule gives a decision, the caller
//! applies it.
//!
//! Everything here is a pure function of its arguments: no clock, no network, no file, and no
//! sentence for a screen. Moments and time zones are given.

#![cfg_attr(
    test,
    allow(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        reason = "a test that panics says what is wrong"
    )
)]

pub mod answer;
pub mod away;
pub mod correction;
pub mod customer;
pub mod filter;
pub mod inbox;
pub mod intake;
pub mod number;
pub mod reference;
pub mod regroup;
pub mod right;
pub mod sending;
pub mod status;
pub mod subject;
pub mod tag;
pub mod text;
pub mod variables;
