//! The filter language: one way to select tickets for search box, lists and rules.
//!
//! `bereich:technik zuständig:ich frist:<2d -(rechnung oder mahnung)`: a blank is *and*, a comma
//! between values is *or*. A text goes three steps: [`parse`] makes a [`Tree`] in which values are
//! still names, [`resolve`] puts ids in their place (this tree is stored, and printed in the
//! reader's language), [`bind`] puts the moment, the zone and the reader in, which gives the
//! [`Node`] that is compiled to SQL or evaluated by [`matches()`].
//!
//! No text is an error: what is not understood is looked for as words, with a [`Mark`] at its
//! place.
//!
//! Times: a day is a whole day, so `erstellt:2026-11-21` is that day, `<` before it, `>` after it,
//! `<=` and `>=` with it. Of fields that lie ahead (`frist`, `wiedervorlage`) `<2d` is before two
//! days from now and `2d` is from now to then. Of fields that lie behind, `<2d` is younger than
//! two days, `>2d` is older, and `2d` is the same as `<2d`. A span with a minus is a moment before
//! now for both: `frist:<-1d` is overdue for more than a day. `h`, `d` and `w` are 1, 24 and 168
//! hours, `m` is a calendar month.

mod bind;
mod field;
pub(crate) mod lex;
mod mail;
mod matches;
mod node;
mod parse;
pub(crate) mod print;
mod resolve;
mod size;
pub(crate) mod state;
mod time;
mod tree;
mod value;

pub use bind::{Context, bind};
pub use field::{Dialect, Field};
pub use mail::{Header, MailFilter, MailToMatch, Needs, TextMatch};
pub use matches::{TicketFacts, matches};
pub use node::{Attached, Condition, Node, Sender, When};
pub use parse::{parse, parse_in};
pub use print::print;
pub use resolve::{Names, resolve};
pub use state::{State, class_name};
pub use time::{Comparison, Moment, Unit};
pub use tree::{Mark, Name, Parsed, Reason, Tree, Value};

/// So many bytes of a filter are read.
pub const BYTES_MAX: usize = 4096;

/// So deep may parentheses stand in one another.
pub const DEPTH_MAX: usize = 16;

/// So many terms and values of a filter count.
pub const TERMS_MAX: usize = 200;

#[cfg(test)]
mod tests;
