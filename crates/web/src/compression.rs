//! Compression of what is made per request. The bundle comes compressed already.

use std::cell::RefCell;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};
use zstd::bulk::Compressor;

/// Below this, the headers cost more than compression saves.
const SIZE_BYTES_MIN: u16 = 860;
/// Larger answers are packed while they are sent.
const WHOLE_BYTES_MAX: usize = 1024 * 1024;

type Chosen = And<SizeAbove, fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool>;

/// The level of zstd and gzip. Brotli is left out: at a level of the same size it takes ten times as
/// long as zstd, which was half of the processor time of a page.
const LEVEL: i32 = 3;

thread_local! {
    /// To make a compressor anew for each page takes as long as to pack it.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Compresses text in zstd or gzip at a level that costs little time. Streams of events and
/// pictures pass unchanged; what already has an encoding, too.
pub fn compression() -> CompressionLayer<Chosen> {
    let text: fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool = is_text;
    let chosen = SizeAbove::new(SIZE_BYTES_MIN).and(text);
    CompressionLayer::new().quality(CompressionLevel::Precise(LEVEL)).compress_when(chosen)
}

/// Packs an answer that is there as a whole in zstd (RFC 8878), if the client takes that. It knows
/// the size and needs no buffers in between, so it takes half of the time of [`compression`], which
/// stays for all other answers.
pub async fn pack_whole(request: Request, next: Next) -> Response {
    let takes_zstd = takes_zstd(request.headers());
    let response = next.run(request).await;
    if !takes_zstd || !is_to_be_packed(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The size is known and below the bound, and the body is in memory.
    let Ok(whole) = to_bytes(body, WHOLE_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Some(packed) = pack(&whole) else { return Response::from_parts(parts, Body::from(whole)) };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("zstd"));
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(parts, Body::from(packed))
}

fn is_to_be_packed(response: &Response) -> bool {
    let size = response.body().size_hint().exact();
    let fits = size
        .is_some_and(|size| size >= u64::from(SIZE_BYTES_MIN) && size <= WHOLE_BYTES_MAX as u64);
    fits && has_text(response.headers()) && !response.headers().contains_key(CONTENT_ENCODING)
}

fn pack(whole: &Bytes) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        if compressor.is_none() {
            *compressor = Compressor::new(LEVEL).ok();
        }
        compressor.as_mut()?.compress(whole).ok()
    })
}

/// Whether `zstd` is named and not refused with a weight of zero (RFC 9110 section 12.5.3).
fn takes_zstd(headers: &HeaderMap) -> bool {
    let fields = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|field| field.to_str().ok());
    fields.flat_map(|field| field.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_zstd = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("zstd"));
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok());
        is_zstd && weight.is_none_or(|weight| weight > 0.0)
    })
}

fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    has_text(headers)
}

fn has_text(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim();
    match kind {
        "text/event-stream" => false,
        "application/json" | "application/problem+json" | "application/x-ndjson" => true,
        kind => kind.starts_with("text/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn encoding(kind: &'static str, accepted: &str, length: usize) -> Option<String> {
        let handler = move || async move { ([(CONTENT_TYPE, kind)], "x".repeat(length)) };
        let app: Router =
            Router::new().route("/", get(handler)).layer(from_fn(pack_whole)).layer(compression());
        let request = Request::get("/").header("accept-encoding", accepted).body(Body::empty());
        let response = app.oneshot(request.unwrap()).await.unwrap();
        let value = response.headers().get(CONTENT_ENCODING)?;
        Some(value.to_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn pages_and_json_are_compressed_as_the_client_likes() {
        let page = "text/html; charset=utf-8";
        assert_eq!(encoding(page, "gzip, br, zstd", 5000).await.as_deref(), Some("zstd"));
        assert_eq!(encoding("application/json", "gzip", 5000).await.as_deref(), Some("gzip"));
        assert_eq!(encoding(page, "identity", 5000).await, None);
        assert_eq!(encoding(page, "zstd;q=0, gzip", 5000).await.as_deref(), Some("gzip"));
        assert_eq!(encoding(page, "gzip, zstd;q=0.5", 5000).await.as_deref(), Some("zstd"));
    }

    #[tokio::test]
    async fn a_packed_page_is_the_page() {
        let text = "Guten Tag, ".repeat(1_000);
        let page = text.clone();
        let app: Router =
            Router::new().route("/", get(|| async { page })).layer(from_fn(pack_whole));
        let request = Request::get("/").header("accept-encoding", "zstd").body(Body::empty());
        let response = app.oneshot(request.unwrap()).await.unwrap();
        assert_eq!(response.headers()[VARY], "accept-encoding");
        let packed = to_bytes(response.into_body(), 1_000).await.unwrap();
        assert_eq!(zstd::decode_all(packed.as_ref()).unwrap(), text.as_bytes());
    }

    #[tokio::test]
    async fn streams_pictures_and_short_answers_are_not() {
        assert_eq!(encoding("text/event-stream", "zstd", 5000).await, None);
        assert_eq!(encoding("image/png", "zstd", 5000).await, None);
        assert_eq!(encoding("application/octet-stream", "zstd", 5000).await, None);
        assert_eq!(encoding("text/html", "zstd", 100).await, None);
    }
}
