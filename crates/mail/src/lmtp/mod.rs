//! Takes mails from a mail server: LMTP (RFC 2033), or SMTP (RFC 5321) for tools that speak nothing
//! else.
//!
//! [`Session`] is the protocol without I/O: octets in, actions out. [`serve`] puts it on a listener.
//! The listener belongs behind a mail server, on loopback or a private network: it offers no TLS,
//! no login and no check of senders.

mod data;
mod reply;
mod server;
mod session;
mod types;

pub use server::{Handler, ServeLimits, serve};
pub use session::Session;
pub use types::{Action, DeliverAnswer, Dialect, Envelope, Limits, RecipientAnswer};
