//! Compression of what is made per request. The bundle comes compressed already.

use http::header::CONTENT_TYPE;
use http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

/// Below this, the headers cost more than compression saves.
const SIZE_BYTES_MIN: u16 = 860;

type Chosen = And<SizeAbove, fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool>;

/// The level of zstd and gzip. Brotli is left out: at a level of the same size it takes ten times as
/// long as zstd, which was half of the processor time of a page.
const LEVEL: i32 = 3;

/// Compresses text in zstd or gzip at a level that costs little time. Streams of events and
/// pictures pass unchanged; what already has an encoding, too.
pub fn compression() -> CompressionLayer<Chosen> {
    let text: fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool = is_text;
    let chosen = SizeAbove::new(SIZE_BYTES_MIN).and(text);
    CompressionLayer::new().quality(CompressionLevel::Precise(LEVEL)).compress_when(chosen)
}

fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
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
    use axum::body::Body;
    use axum::routing::get;
    use http::Request;
    use http::header::CONTENT_ENCODING;
    use tower::ServiceExt;

    async fn encoding(kind: &'static str, accepted: &str, length: usize) -> Option<String> {
        let handler = move || async move { ([(CONTENT_TYPE, kind)], "x".repeat(length)) };
        let app: Router = Router::new().route("/", get(handler)).layer(compression());
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
    }

    #[tokio::test]
    async fn streams_pictures_and_short_answers_are_not() {
        assert_eq!(encoding("text/event-stream", "zstd", 5000).await, None);
        assert_eq!(encoding("image/png", "zstd", 5000).await, None);
        assert_eq!(encoding("application/octet-stream", "zstd", 5000).await, None);
        assert_eq!(encoding("text/html", "zstd", 100).await, None);
    }
}
