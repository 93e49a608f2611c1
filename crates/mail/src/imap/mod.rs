//! One account on an IMAP server (RFC 3501, RFC 9051): connect, list, fetch, mark, move, store, wait.
//!
//! A mail is (folder, UIDVALIDITY, UID); sequence numbers are never used. Nothing waits without a
//! time-out, nothing is given out that did not arrive whole, and no problem is hidden: what went
//! wrong is an [`ImapProblem`] with the server's words. What to fetch and when to try again is
//! decided elsewhere; this module remembers nothing between connections.

mod append;
mod back_off;
mod change;
mod connect;
mod date;
mod fetch;
mod framing;
mod idle;
mod name;
mod problem;
mod response;
mod sent;
mod session;
mod settings;
mod uid_set;
mod wire;

pub use crate::account::{Login, Secret, Tls};
pub use back_off::back_off;
pub use change::Removal;
pub use connect::connect;
pub(crate) use connect::{open, secured};
pub use fetch::{FetchBatch, FetchOutcome, Fetched, Flags, Listed};
pub use idle::Woken;
pub use problem::ImapProblem;
pub use session::{Access, Capabilities, Folder, Session};
pub use settings::{ImapSettings, Patience};
