//! Mails in: how many, how fast, and what one costs (A1 to A6).

pub mod fetch;
pub mod import;
pub mod ingest;
pub mod latency;
pub mod throughput;
pub mod visible;
