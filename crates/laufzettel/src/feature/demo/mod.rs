//! The demo: a sample company whose past is written through the ordinary operations.
//!
//! The company, its customers and their conversations are text files in `data`, easy to read and to
//! edit. Some conversations are written out; most are put together from building blocks, always
//! the same ones. Customers' mails are real mails and go through the real intake; nothing leaves
//! the machine.

mod blocks;
pub mod calendar;
mod chance;
pub mod company;
pub mod concern;
pub mod conversation;
mod draft;
pub mod file;
pub mod fill;
mod invent;
pub mod mails;
pub mod page;
pub mod past;
mod setup;
mod store;
mod story;
mod thread;
pub mod web;

pub use fill::{Filled, fill};

use std::fmt;

/// The name of the sample company.
pub const COMPANY: &str = "Brückner Objektmöbel GmbH";
/// The password of everybody in the sample company.
pub const PASSWORD: &str = "demo";

/// A line of the sample data that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadData(pub String);

impl fmt::Display for BadData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the sample data cannot be read: {}", self.0)
    }
}

impl std::error::Error for BadData {}

/// What reading the sample data gives.
pub type Read<T> = Result<T, BadData>;

fn bad<T>(what: &str, line: &str) -> Read<T> {
    Err(BadData(format!("{what}: {line}")))
}

/// The lines of a data file that say something: no comments, no blanks at the end.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim_end).filter(|line| !line.starts_with('#'))
}

/// The fields of a line, between bars.
fn fields(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests;
