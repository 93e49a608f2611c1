//! The web toolbox: what every screen and every API handler needs, and no feature.
//!
//! No sentence in any language stands here; only the words of dates and units, which are formatting.
//! Clocks and random numbers are arguments.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

mod accept_language;
mod bundle;
mod compression;
mod cookie;
mod csrf;
mod cursor;
mod download;
mod etag;
mod form;
mod format;
mod guard;
mod host;
mod htmx;
mod idempotency;
mod json;
mod limiter;
mod live;
mod paging;
mod policy;
mod problem;
mod proxy;
mod redirect;

pub use accept_language::accepted_language;
pub use bundle::asset_routes;
pub use compression::{compression, pack_whole};
pub use cookie::{SessionCookie, SessionToken};
pub use csrf::{BaseUrl, InvalidBaseUrl, bearer_token, refuse_cross_site};
pub use cursor::{BadCursor, decode_cursor, encode_cursor};
pub use download::{
    Shown, attachment_headers, content_disposition, safe_type, shown, view_headers,
};
pub use etag::{IfMatch, etag};
pub use form::Form;
pub use format::{
    Times, bytes_size, decimal, duration, euros, iso, iso_minute, number, percent, weekday_name,
};
pub use guard::guarded;
pub use host::{AllowedHosts, refuse_unknown_host};
pub use htmx::{Htmx, go_to, keep_target, push_url, trigger};
pub use idempotency::{IdempotencyKey, idempotency_key};
pub use json::{Json, Query};
pub use limiter::Limiter;
pub use live::{Announcement, last_event_id, live_stream};
pub use paging::{LIMIT_MAX, Paged, limit};
pub use policy::{ATTACHMENT_POLICY, MAIL_POLICY, PAGE_POLICY, PDF_POLICY, add_security_headers};
pub use problem::{FieldProblem, Problem};
pub use proxy::{InvalidNetwork, Network, client_address};
pub use redirect::{safe_return_path, see_other};
