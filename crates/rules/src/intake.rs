//! What happens with an incoming mail, and why.
//!
//! The caller looks up what the mail refers to and gives it as facts; [`decide`] says what
//! becomes of the mail, with the evidence that an agent is shown. Signatures of tokens and
//! Message-IDs are verified by the caller. Whether a mail can be read at all is not decided here:
//! quarantine is for what panics or runs out of time.
//!
//! In this order: a duplicate is not taken twice; our own mail coming back and mails that are too
//! old are filtered; a delivery report goes to the mail it is about; a mail joins a ticket by a
//! signed reply address, or by a weaker clue if its sender is a participant of the ticket; a
//! stranger who refers to a ticket gets a new one linked to it, or what the mailbox is set to;
//! senders that the mailbox does not take are listed; everything else is a new ticket.

mod address;
mod decide;
mod effect;
mod evidence;
mod facts;
mod join;
mod outcome;
pub mod rule;
mod ruled;

pub use address::matches_any_pattern;
pub use decide::decide;
pub use effect::{SeenEffect, StatusEffect, status_after_customer_message};
pub use evidence::{Clue, Evidence};
pub use facts::{
    AfterClosing, Found, Known, MailClass, MailFacts, MailboxSettings, OnCustomerAnswer, Reference,
    SenderKind, StrangerWithNumber, TicketCandidate, UnknownSender,
};
pub use outcome::{
    Decided, Decision, DuplicateKey, FilterReason, NewTicket, Notice, UnassignedReason,
};
pub use ruled::{Ruled, decide_with_rules};

#[cfg(test)]
mod tests;
