//! A mail about a ticket, ready for the outbox: as whom it leaves, how it threads, what stands in it.
//!
//! Everything is fixed before the operation that puts it into the outbox: Message-ID, date,
//! boundaries, bytes (decision 22). Whoever asks has loaded the ticket with a right.

mod content;
mod filling;
mod letter;
mod sender;
mod thread;

pub use content::{Content, Written, compose};
pub use filling::Filling;
pub use letter::{Letter, Ready, build};
pub use sender::{From, Origin, candidates, choose, mailbox as mailbox_of};
pub use thread::{Last, Quote, ReadThread, Thread};
