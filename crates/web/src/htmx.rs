//! What htmx says with a request and understands in a response.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::convert::Infallible;

use crate::safe_return_path;

/// What a request says about itself when htmx has sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Htmx {
    /// The request wants a fragment; without it, a whole page.
    pub fragment: bool,
    /// The id of the element that will be replaced.
    pub target: Option<String>,
    /// The name of the element that was used.
    pub trigger_name: Option<String>,
}

impl Htmx {
    /// Reads the headers of a request. A page that htmx fetches anew for the history is a whole page.
    pub fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let fragment = text("hx-request") == Some("true")
            && text("hx-history-restore-request") != Some("true")
            && text("hx-boosted") != Some("true");
        Self {
            fragment,
            target: text("hx-target").map(str::to_owned),
            trigger_name: text("hx-trigger-name").map(str::to_owned),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Htmx {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::read(&parts.headers))
    }
}

/// The header that dispatches an event on the page, such as `selection:clear`.
pub fn trigger(event: &'static str) -> [(HeaderName, HeaderValue); 1] {
    [(HeaderName::from_static("hx-trigger"), HeaderValue::from_static(event))]
}

/// The header that leaves the target of the request as it is: the answer only has parts for other places.
pub fn keep_target() -> [(HeaderName, HeaderValue); 1] {
    [(HeaderName::from_static("hx-reswap"), HeaderValue::from_static("none"))]
}

/// The header that shows this path as the page's address; none for what is no path of this server.
pub fn push_url(path: &str) -> HeaderMap {
    let value = safe_return_path(path).and_then(|path| HeaderValue::from_str(path).ok());
    value.map(|value| (HeaderName::from_static("hx-push-url"), value)).into_iter().collect()
}

/// Sends the whole page elsewhere in answer to a fragment's request, for example to sign in again.
pub fn go_to(path: &str) -> Response {
    let value = safe_return_path(path).and_then(|path| HeaderValue::from_str(path).ok());
    let value = value.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::NO_CONTENT, [(HeaderName::from_static("hx-redirect"), value)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Htmx {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        Htmx::read(&pairs.iter().map(pair).collect())
    }

    #[test]
    fn a_request_of_htmx_wants_a_fragment_unless_it_restores_a_page() {
        assert!(!read(&[]).fragment);
        assert!(!read(&[("hx-request", "true"), ("hx-history-restore-request", "true")]).fragment);
        assert!(!read(&[("hx-request", "true"), ("hx-boosted", "true")]).fragment);
        let request = read(&[("hx-request", "true"), ("hx-target", "list")]);
        assert!(request.fragment);
        assert_eq!(request.target.as_deref(), Some("list"));
    }

    #[test]
    fn a_page_is_never_sent_to_another_server() {
        assert_eq!(go_to("//evil.example").headers()["hx-redirect"], "/");
        assert_eq!(go_to("/signin").headers()["hx-redirect"], "/signin");
        assert_eq!(push_url("/inbox?q=x")["hx-push-url"], "/inbox?q=x");
        assert!(push_url("https://evil.example").is_empty());
    }
}
