//! The session cookie.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::time::Duration;

use crate::{BaseUrl, bearer_token};

/// The secret of a session: 32 random bytes in base64url. Stored is only its SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// A new token from random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The token in a cookie, if it has the right form.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The text in the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// How the session cookie is named and flagged for one base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// The cookie for a base address. Browsers take secure cookies over https and from this machine.
    pub fn new(base: &BaseUrl) -> Self {
        Self { secure: base.is_https() || base.is_loopback() }
    }

    /// The name; the prefix `__Host-` binds the cookie to this host and to secure connections.
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-laufzettel" } else { "laufzettel" }
    }

    /// The token of a request. None when it carries an API token, with which cookies do not count.
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        if bearer_token(headers).is_some() {
            return None;
        }
        let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name())
            .and_then(|(_, value)| SessionToken::parse(value))
    }

    /// The value of `Set-Cookie` that keeps the token so long; without a time, until the browser ends.
    pub fn set(self, token: &SessionToken, max_age: Option<Duration>) -> HeaderValue {
        let age = max_age.map_or(String::new(), |age| format!("; Max-Age={}", age.as_secs()));
        self.line(&format!("{}{age}", token.as_str()))
    }

    /// The value of `Set-Cookie` that removes the cookie.
    pub fn clear(self) -> HeaderValue {
        self.line("; Max-Age=0")
    }

    fn line(self, value: &str) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", self.name());
        HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

    fn cookie(base: &str) -> SessionCookie {
        SessionCookie::new(&BaseUrl::parse(base).unwrap())
    }

    fn sent(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn the_cookie_is_bound_to_the_host_over_https_and_on_this_machine() {
        assert_eq!(cookie("https://a.de").name(), "__Host-laufzettel");
        assert_eq!(cookie("http://localhost:8080").name(), "__Host-laufzettel");
        assert_eq!(cookie("http://a.de").name(), "laufzettel");
    }

    #[test]
    fn a_token_is_set_with_all_flags_and_removed_with_the_same() {
        let token = SessionToken::from_random([7; 32]);
        assert_eq!(
            cookie("https://a.de").set(&token, Some(Duration::from_secs(3600))),
            "__Host-laufzettel=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc; Max-Age=3600; Path=/; \
             HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            cookie("http://a.de").clear(),
            "laufzettel=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn a_token_is_found_among_other_cookies() {
        let secure = cookie("https://a.de");
        let lines =
            ["a=b; laufzettel=x", "__Host-laufzettel=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"];
        assert_eq!(secure.read(&sent(&lines)).unwrap().as_str(), TOKEN);
        assert_eq!(secure.read(&sent(&["__Host-laufzettel=short"])), None);
        assert_eq!(
            secure.read(&sent(&["laufzettel=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"])),
            None
        );
    }

    #[test]
    fn with_an_api_token_no_cookie_is_read() {
        let mut headers = sent(&["__Host-laufzettel=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"]);
        headers.insert("authorization", HeaderValue::from_static("Bearer abc"));
        assert_eq!(cookie("https://a.de").read(&headers), None);
    }

    #[test]
    fn a_token_is_never_printed_in_a_log() {
        assert_eq!(format!("{:?}", SessionToken::from_random([7; 32])), "***");
    }
}
