//! A whole house at work: mails out, and fifty agents at the same time (E1 and E2).

mod desk;
pub mod fifty;
mod open_page;
pub mod sending;
mod sink;
mod steps;
