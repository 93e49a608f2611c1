//! Requests from foreign pages: refused without tokens in forms, by what browsers say about a request.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, ORIGIN};
use http::{HeaderMap, Method, StatusCode, Uri};
use std::sync::Arc;

use crate::Problem;

/// The address under which people reach the server, without a path: `https://tickets.example.de`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    host: String,
    is_https: bool,
}

/// Why a text is not a base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidBaseUrl {
    /// Not of the form `http(s)://host[:port]`.
    Malformed,
    /// Carries a path, a query or a user.
    MoreThanOrigin,
}

impl BaseUrl {
    /// Reads `http(s)://host[:port]`, with or without a slash at the end.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        let uri: Uri = text.trim().parse().map_err(|_| InvalidBaseUrl::Malformed)?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"));
        let (Some(scheme), Some(authority)) = (scheme, uri.authority()) else {
            return Err(InvalidBaseUrl::Malformed);
        };
        if uri.path() != "/" || uri.query().is_some() || authority.as_str().contains('@') {
            return Err(InvalidBaseUrl::MoreThanOrigin);
        }
        let host = authority.host().to_ascii_lowercase();
        let standard = if scheme == "https" { 443 } else { 80 };
        let port = authority.port_u16().filter(|port| *port != standard);
        let suffix = port.map_or(String::new(), |port| format!(":{port}"));
        let origin = format!("{scheme}://{host}{suffix}");
        Ok(Self { origin, host, is_https: scheme == "https" })
    }

    /// The origin as browsers write it: lower case, no standard port, no slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host without its port, in lower case; an IPv6 address with its brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the address is `https`.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether the host is this machine: `localhost`, `127.0.0.0/8`, `[::1]`.
    pub fn is_loopback(&self) -> bool {
        crate::host::is_loopback(&self.host)
    }
}

/// Answers 403 to what [`allows`] refuses; for `axum::middleware::from_fn_with_state`.
pub async fn refuse_cross_site(
    State(base): State<Arc<BaseUrl>>,
    request: Request,
    next: Next,
) -> Response {
    if allows(request.method(), request.headers(), base.origin()) {
        next.run(request).await
    } else {
        Problem::new(StatusCode::FORBIDDEN, "cross_site").into_response()
    }
}

/// Whether a request may change something: its method is safe, or its browser says that it comes from
/// our own page, or it carries a token, with which cookies are never read.
fn allows(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if bearer_token(headers).is_some() {
        return true;
    }
    match headers.get("sec-fetch-site").map(http::HeaderValue::as_bytes) {
        Some(site) => site == b"same-origin" || site == b"none",
        None => headers.get(ORIGIN).is_some_and(|sent| sent.as_bytes() == origin.as_bytes()),
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1).
pub fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    const OURS: &str = "https://tickets.example.de";

    fn posting(headers: &[(&'static str, &'static str)]) -> bool {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        allows(&Method::POST, &headers.iter().map(pair).collect(), OURS)
    }

    #[test]
    fn a_change_needs_a_sign_that_it_comes_from_our_own_page() {
        assert!(posting(&[("sec-fetch-site", "same-origin")]));
        assert!(posting(&[("sec-fetch-site", "none")]));
        assert!(posting(&[("origin", OURS)]));
        assert!(!posting(&[]));
        assert!(!posting(&[("sec-fetch-site", "same-site")]));
        assert!(!posting(&[("sec-fetch-site", "cross-site"), ("origin", OURS)]));
        assert!(!posting(&[("origin", "https://evil.example")]));
        assert!(!posting(&[("origin", "null")]));
        assert!(!posting(&[("origin", "https://tickets.example.de.evil.example")]));
    }

    #[test]
    fn a_token_needs_no_sign_but_another_scheme_does() {
        assert!(posting(&[("authorization", "Bearer abc"), ("origin", "https://evil.example")]));
        assert!(!posting(&[("authorization", "Basic abc")]));
        assert!(!posting(&[("authorization", "Bearer ")]));
    }

    #[test]
    fn reading_is_always_allowed_and_a_method_in_a_header_does_not_count() {
        assert!(allows(&Method::GET, &HeaderMap::new(), OURS));
        assert!(!allows(&Method::DELETE, &HeaderMap::new(), OURS));
        assert!(!posting(&[("x-http-method-override", "GET")]));
    }

    #[test]
    fn a_base_address_is_an_origin_and_nothing_more() {
        let base = BaseUrl::parse("HTTPS://Tickets.Example.de:443/").unwrap();
        assert_eq!((base.origin(), base.host()), (OURS, "tickets.example.de"));
        assert!(base.is_https() && !base.is_loopback());
        let local = BaseUrl::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(local.origin(), "http://127.0.0.1:8080");
        assert!(local.is_loopback());
        assert_eq!(BaseUrl::parse("tickets.example.de"), Err(InvalidBaseUrl::Malformed));
        assert_eq!(BaseUrl::parse("ftp://tickets.example.de"), Err(InvalidBaseUrl::Malformed));
        assert_eq!(BaseUrl::parse("https://a.de/x"), Err(InvalidBaseUrl::MoreThanOrigin));
        assert_eq!(BaseUrl::parse("https://u@a.de"), Err(InvalidBaseUrl::MoreThanOrigin));
    }
}
