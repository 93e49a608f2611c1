//! The load client: pages over HTTP and mails over LMTP, each on connections that stay open.

pub mod http;
pub mod lmtp;
