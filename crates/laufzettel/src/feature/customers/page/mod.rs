//! The customers' pages.

pub mod customer;
pub mod form;
pub mod list;
pub mod parts;
#[cfg(test)]
mod samples;
