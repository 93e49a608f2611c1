//! What this machine can do at best, measured in the same run: the bounds that figures of the
//! product are compared with.

pub mod disk;
pub mod index;
pub mod page;
pub mod parse;
pub mod postgres;
pub mod rows;
pub mod sqlite;
