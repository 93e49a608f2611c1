//! Hands mails to a mail server: the client side of SMTP submission (RFC 5321, RFC 6409).
//!
//! [`Session`] is the protocol without I/O: octets in, steps out. [`Connection`] puts it on a
//! socket. A mail goes in three calls, so that a caller can note durably what it is about to do
//! before the one moment that cannot be taken back: [`Connection::envelope`],
//! [`Connection::body`], and then the final dot with [`Connection::finish`]. What to send and when
//! to try again is decided elsewhere; nothing here is repeated by itself.

mod auth;
mod connection;
mod envelope;
mod exchange;
mod framing;
mod mailing;
mod offer;
mod opening;
mod problem;
mod reply;
mod session;
mod settings;
mod step;
mod stuffing;
mod wire;

#[cfg(test)]
mod tests;

pub use connection::Connection;
pub use envelope::{Envelope, EnvelopeAnswer};
pub use offer::Offered;
pub use problem::{Phase, ProblemKind, SmtpProblem};
pub use reply::{Reply, ReplyClass, SaidBy};
pub use session::Session;
pub use settings::{Patience, SmtpLogin, SmtpSettings};
pub use step::{Outcome, Step};

pub use crate::account::{Login, Secret, Tls};
