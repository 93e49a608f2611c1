//! Serving the browser bundle.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

/// The route of the bundle: `/assets/{hashed name}`, kept by browsers forever.
pub fn asset_routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    // Browsers ask for it where a page is none of ours: an attachment they show.
    let icon = || async { Redirect::to(assets::path("favicon.svg")) };
    Router::new().route("/assets/{name}", get(serve)).route("/favicon.ico", get(icon))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = assets::file(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let (encoding, bytes) = choose(file, &headers);
    let mut answer = bytes.into_response();
    let known = answer.headers_mut();
    known.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    known.insert(CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL));
    known.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        known.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    answer
}

/// The smallest form of the file that the browser takes.
fn choose(file: &assets::File, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    match (file.br, file.gz) {
        (Some(br), _) if accepts(accepted, "br") => (Some("br"), br),
        (_, Some(gz)) if accepts(accepted, "gzip") => (Some("gzip"), gz),
        _ => (None, file.bytes),
    }
}

/// Whether `Accept-Encoding` names this coding with a weight above zero (RFC 9110 section 12.5.3).
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::Request;
    use tower::ServiceExt;

    const FILE: assets::File = assets::File {
        name: "a.css",
        path: "/assets/a-1.css",
        bytes: b"plain",
        br: Some(b"br"),
        gz: Some(b"gz"),
        content_type: "text/css",
    };

    fn chosen(accepted: &'static str) -> (Option<&'static str>, &'static [u8]) {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        choose(&FILE, &headers)
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_takes() {
        assert_eq!(chosen("gzip, deflate, br, zstd"), (Some("br"), &b"br"[..]));
        assert_eq!(chosen("gzip, br;q=0"), (Some("gzip"), &b"gz"[..]));
        assert_eq!(chosen("identity"), (None, &b"plain"[..]));
    }

    #[tokio::test]
    async fn a_file_is_kept_forever_and_an_unknown_one_is_not_found() {
        let app: Router = asset_routes();
        let get = |path: &str| app.clone().oneshot(Request::get(path).body(Body::empty()).unwrap());
        let found = get(assets::path("app.css")).await.unwrap();
        assert_eq!(found.status(), 200);
        assert_eq!(found.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(found.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(get("/assets/app.css").await.unwrap().status(), 404);
        assert_eq!(get("/assets/..%2fapp.css").await.unwrap().status(), 404);
    }
}
