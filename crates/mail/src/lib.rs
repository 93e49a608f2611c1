//! Mails: bytes to mails and back, and the protocols they travel by. Knows no tickets.
//!
//! [`read`] turns any bytes into a [`read::Mail`]; [`clean`], [`segments`], [`class`] and
//! [`report`] say what is in it. [`build`] makes the mails that are sent, [`anonymous`] those that may be shown to
//! others. Nothing here fails on a
//! broken mail, and nothing costs more than a moment on a hostile one.

pub mod account;
pub mod anonymous;
pub mod build;
pub mod class;
pub mod clean;
mod dial;
pub mod imap;
pub mod lmtp;
pub mod pop3;
pub mod read;
pub mod report;
pub mod segments;
pub mod smtp;
pub mod text;
pub mod tls;
