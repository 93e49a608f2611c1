//! The words that all crates share: ids, moments, addresses, languages.
//!
//! No clock, no random numbers, no database: whoever makes a value is told everything it needs.

mod email;
mod hex;
mod histogram;
mod id;
mod language;
mod timestamp;

pub use email::{EmailAddress, InvalidEmailAddress};
pub use hex::{from_hex, hex};
pub use histogram::{Counted, Histogram};
pub use id::{Id, IdMaker};
pub use language::Language;
pub use timestamp::Timestamp;
