//! The outbox: hands every mail that leaves to its mail server, tries again, and tells what became of
//! it (mail.md 3.2).
//!
//! Whoever holds the lease of an account sends for it. What a server's answer means is decided by
//! `rules::sending`; here it is asked for and written down.

mod account;
mod hand_over;
mod mark;
mod post;
pub mod settle;
pub mod store;
mod supervisor;
mod take;

pub use account::{Account, accounts};
pub use supervisor::supervise;
