//! Subjects of mails: ticket numbers in them, reply and forward prefixes, likeness.
//!
//! Subjects come from strangers and may be megabytes long; only the beginning is looked at.

mod candidate;
mod likeness;
mod prefix;
mod short;

pub use candidate::{Candidate, Strength, candidates};
pub use likeness::similarity_percent;
pub use prefix::{base_subject, is_forward, is_reply, with_tag};
pub use short::short_description;

/// So much of a subject is looked at, in bytes.
const BYTES_MAX: usize = 2000;

/// The beginning of a subject that is looked at.
fn beginning(subject: &str) -> &str {
    subject.get(..subject.floor_char_boundary(BYTES_MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
