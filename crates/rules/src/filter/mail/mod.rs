//! Filters of mails: the conditions of intake rules.
//!
//! The same language as for tickets, with the fields of a mail. A value of a text field is a part of
//! the text, whatever its case and its umlauts; with `*` or `%`, which stand for any text, it is a
//! pattern for the whole (catalogue K-10). An empty filter matches every mail (F-MAIL-40).

mod bind;
mod facts;
mod matches;
mod text_match;

pub use bind::MailFilter;
pub use facts::{Header, MailToMatch};
pub use matches::Needs;
pub use text_match::TextMatch;

#[cfg(test)]
mod tests;
