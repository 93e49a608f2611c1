//! Live notices: what open pages and sleeping workers are told after a commit.
//!
//! A notice carries no content. Who receives it reads with its own rights, and also polls.

use db::{Notice, Tx};
use values::Id;

/// Topic of a changed or new ticket.
pub const TICKET: &str = "ticket";
/// Topic of a journal entry.
pub const MAIL: &str = "mail";
/// Topic of a mail that waits for its decision.
pub const STORED: &str = "stored";
/// Topic of a mailbox or its state.
pub const MAILBOX: &str = "mailbox";
/// Topic of a mail that leaves.
pub const OUTBOX: &str = "outbox";
/// Topic of something that somebody must act on.
pub const JOB: &str = "job";
/// Topic of who looks at a ticket and who writes in it.
pub const PRESENCE: &str = "presence";
/// Topic of the lists that an administrator edits, agents and rights included.
pub const LISTS: &str = "lists";
/// Topic of sessions and tokens that ended.
pub const SESSION: &str = "session";

/// Announces a change, once it is committed.
pub fn announce<T: ?Sized>(tx: &mut Tx<'_>, topic: &'static str, id: Id<T>) {
    tx.announce(Notice { topic, id: id.number() });
}
