//! The load client: pages and changes over HTTP and mails over LMTP, each on connections that stay open.

pub mod http;
pub mod lmtp;
pub mod posts;
