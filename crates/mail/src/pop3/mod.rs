//! Fetching mails by POP3 (RFC 1939): for accounts whose server speaks nothing better.
//!
//! Only what fetching needs: STLS or TLS from the start, USER and PASS or a SASL mechanism (RFC 5034), UIDL, LIST,
//! TOP, RETR, DELE, QUIT. A mail is known by its unique id (UIDL). A server forgets all deletions of a
//! connection that does not end with QUIT, so they are done only when [`Session::quit`] says so.
//!
//! Problems are those of [`crate::imap::ImapProblem`]: the screen explains both kinds of accounts in the same
//! sentences.

mod connect;
mod session;
mod wire;

pub use connect::connect;
pub use session::{Listed, Session};
