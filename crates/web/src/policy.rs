//! Headers that tell browsers what a response may do. On every response, errors included.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// The policy of our own pages: only our own scripts and styles, nothing inline but style
/// attributes, which carry custom properties with numbers.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of an HTML mail, which stands in a frame: no script, no form, no foreign address.
pub const MAIL_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; \
    frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// The policy of downloads and of pictures that are shown.
pub const ATTACHMENT_POLICY: &str = "default-src 'none'; img-src 'self'; \
    style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/// The policy of a PDF that is shown. Without `sandbox`, because browsers then refuse to open their
/// PDF viewer, which is itself a sandbox.
pub const PDF_POLICY: &str = "default-src 'none'; object-src 'self'; \
    style-src 'unsafe-inline'; frame-ancestors 'self'";

/// What a response has when its handler has not said otherwise.
const DEFAULTS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: forms would then be sent with `Origin: null`.
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the security headers to a response; for `axum::middleware::from_fn`, outside of all else.
pub async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    complete(response.headers_mut());
    response
}

fn complete(headers: &mut HeaderMap) {
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_without_headers_gets_the_strict_ones() {
        let mut headers = HeaderMap::new();
        complete(&mut headers);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(
            headers[CONTENT_SECURITY_POLICY],
            "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr \
             'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src \
             'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn what_a_handler_has_said_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public"));
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY));
        complete(&mut headers);
        assert_eq!(headers[CACHE_CONTROL], "public");
        assert_eq!(headers[CONTENT_SECURITY_POLICY], MAIL_POLICY);
    }

    #[test]
    fn neither_a_mail_nor_an_attachment_may_run_scripts() {
        for policy in [MAIL_POLICY, ATTACHMENT_POLICY, PDF_POLICY] {
            assert!(
                policy.starts_with("default-src 'none'") && !policy.contains("script"),
                "{policy}"
            );
        }
        assert!(ATTACHMENT_POLICY.ends_with("; sandbox"));
    }
}
