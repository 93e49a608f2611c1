//! The intake of a house with rules: under load, tried on the past, after a pause of the mailbox, and looked
//! through (G1 to G4).

pub mod backlog;
pub mod journal;
pub mod machine;
pub mod ruled;
mod rules;
mod sustained;
