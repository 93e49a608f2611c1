//! Ticket numbers: the mask language, and how numbers are compared.
//!
//! `TS{yy}{mm}-{0000}` gives `TS2611-0001`. Which counter is drawn from and what it starts with is
//! said here; drawing is the database's work.

mod mask;
mod parse;

pub use mask::{FiscalStart, Mask, Preview, Reset};
pub use parse::{MaskProblem, MaskProblemKind};

/// The mask of the simple scheme with this prefix: `TS2611-0001`, never reset.
pub fn simple_mask(prefix: &str) -> String {
    format!("{prefix}{{yy}}{{mm}}-{{0000}}")
}

/// The number as it is compared and looked up: trimmed, lower case, without control characters,
/// which PostgreSQL would refuse in part.
pub fn fold_number(number: &str) -> String {
    number.trim().to_lowercase().replace(char::is_control, "")
}

#[cfg(test)]
mod tests;
