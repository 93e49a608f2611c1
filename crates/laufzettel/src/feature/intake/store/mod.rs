//! SQL of the intake: the journal, the tickets and messages that mails make, and the tickets that
//! a mail may mean.

pub mod answers;
pub mod bounce;
pub mod by_hand;
pub mod candidates;
pub mod company;
pub mod hits;
pub mod journal;
pub mod keys;
pub mod message;
pub mod tickets;
pub mod uidl;
