//! The Sent folders of the accounts: what left is copied there where a mailbox asks for it, and a
//! mail of which nobody knows whether it left is looked for there (decision 20; mail.md 3.2).
//!
//! Nothing here hands a mail to a mail server or keeps one from leaving: a copy that fails changes
//! nothing but its own row, and without evidence the rules of the outbox go on as ever.

mod evidence;
mod note;
mod store;
mod supervisor;
mod visit;

pub use supervisor::supervise;
