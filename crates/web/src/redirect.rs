//! Redirects that stay on this server.

use axum::response::{IntoResponse, Response};
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use percent_encoding::percent_decode_str;

/// Sends the browser on after a POST: 303, so that reloading does not post again.
///
/// Everything that is not a path of this server leads to `/`.
pub fn see_other(path: &str) -> Response {
    let safe = safe_return_path(path).and_then(|path| HeaderValue::from_str(path).ok());
    let location = safe.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// The text, if following it stays on this server: a path with exactly one `/` in front, in ASCII, and
/// without anything that browsers or proxies read as the start of a host, however often it is encoded.
pub fn safe_return_path(text: &str) -> Option<&str> {
    if text.len() > 2000 || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let mut decoded = path.to_owned();
    for _ in 0..4 {
        if !is_plain_path(&decoded) {
            return None;
        }
        let again = percent_decode_str(&decoded).decode_utf8().ok()?.into_owned();
        if again == decoded {
            return Some(text);
        }
        decoded = again;
    }
    None
}

fn is_plain_path(path: &str) -> bool {
    let odd = |character: char| character == '\\' || character.is_control();
    path.starts_with('/') && !path.starts_with("//") && !path.contains(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_ours_is_followed() {
        for path in
            ["/", "/inbox?list=all&q=a%20b", "/tickets/48213#m5", "/search?q=%2F%2Fx", "/t/%C3%BC"]
        {
            assert_eq!(safe_return_path(path), Some(path));
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_not() {
        let foreign = [
            "",
            "inbox",
            "//x",
            "/\\x",
            "\\\\x",
            "\\/x",
            "/%09/x",
            "/%2fx",
            "/%5cx",
            "/%252fx",
            "/%25252fx",
            "/%2525252fx",
            "https:x",
            "https://x",
            "javascript:alert(1)",
            "data:text/html,x",
            "@x",
            "x@y",
            " /x",
            "/a\r\nSet-Cookie: x",
            "/ü",
            "/%00",
            "/%ff",
        ];
        for text in foreign {
            assert_eq!(safe_return_path(text), None, "{text}");
        }
        assert_eq!(safe_return_path(&format!("/{}", "x".repeat(2000))), None);
    }

    #[test]
    fn a_redirect_after_a_post_is_303_and_a_foreign_one_leads_home() {
        let response = see_other("/tickets/1");
        assert_eq!(
            (response.status(), &response.headers()[LOCATION]),
            (StatusCode::SEE_OTHER, &HeaderValue::from_static("/tickets/1"))
        );
        assert_eq!(see_other("//evil.example").headers()[LOCATION], "/");
    }
}
