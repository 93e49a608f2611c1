//! Asking other servers by HTTP. Only over TLS, but for the own machine; no redirects, no proxies,
//! and answers of a bounded size in a bounded time.

use std::fmt;
use std::time::Duration;

use mail::tls::Trust;
use reqwest::redirect::Policy;
use reqwest::{Client, Request};

use crate::config::is_loopback;

/// A server that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebFailure {
    /// The address is not one of https.
    Unprotected,
    /// The answer is too long.
    TooLong,
    /// The server cannot be reached, or does not speak HTTP; in words.
    Failed(String),
}

impl fmt::Display for WebFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unprotected => formatter.write_str("the address does not begin with https://"),
            Self::TooLong => formatter.write_str("the answer is too long"),
            Self::Failed(words) => formatter.write_str(words),
        }
    }
}

impl std::error::Error for WebFailure {}

impl From<reqwest::Error> for WebFailure {
    /// Without the address: it may hold what nobody else should read.
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut words = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            words = format!("{words}: {cause}");
            source = cause.source();
        }
        Self::Failed(words)
    }
}

/// Whether a server may be asked: over TLS, or on the own machine.
pub fn may_ask(url: &str) -> bool {
    let Ok(uri) = url.parse::<http::Uri>() else { return false };
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_loopback(host.trim_matches(['[', ']'])),
        _ => false,
    }
}

/// Asks, and reads the whole answer.
pub async fn ask(
    trust: &Trust,
    request: http::Request<Vec<u8>>,
) -> Result<http::Response<Vec<u8>>, WebFailure> {
    if !may_ask(&request.uri().to_string()) {
        return Err(WebFailure::Unprotected);
    }
    let tls = trust.client_config().map_err(|error| WebFailure::Failed(error.to_string()))?;
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .build()?;
    let mut answer = client.execute(Request::try_from(request)?).await?;
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(WebFailure::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    let mut whole = http::Response::new(body);
    *whole.status_mut() = answer.status();
    *whole.headers_mut() = answer.headers().clone();
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::may_ask;

    #[test]
    fn only_tls_leaves_the_own_machine() {
        assert!(may_ask("https://login.example/token"));
        assert!(may_ask("http://127.0.0.1:4000/token") && may_ask("http://[::1]:4000/token"));
        for odd in ["http://login.example/token", "ftp://127.0.0.1/", "login.example", ""] {
            assert!(!may_ask(odd), "{odd}");
        }
    }
}
