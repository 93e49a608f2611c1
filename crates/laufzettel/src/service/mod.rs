//! Mechanisms that know ids but no features: bytes, history, search documents, keys, live notices.

pub mod blobs;
pub mod clock;
pub mod history;
pub mod idempotency;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod lease;
pub mod live;
pub mod mail_ids;
pub mod open_files;
pub mod outbox;
pub mod process;
pub mod search;
pub mod setting;
pub mod watch;
pub mod web_client;
