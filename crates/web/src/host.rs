//! The host a request is addressed to. Links in mails and redirects never come from it; a request for
//! an unknown one is refused, so that a foreign name cannot be pointed at this server.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, StatusCode, Uri};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use crate::{BaseUrl, Problem};

/// The names under which this server answers.
#[derive(Clone, Debug)]
pub struct AllowedHosts {
    host: String,
    loopback: bool,
}

impl AllowedHosts {
    /// The host of the base address, and every name of this machine if the server `listens` there.
    pub fn new(base: &BaseUrl, listens: IpAddr) -> Self {
        Self { host: base.host().to_owned(), loopback: listens.is_loopback() }
    }

    /// Whether a request may be answered: exactly one `Host`, and that and the address known.
    pub fn allow(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let mut named = headers.get_all(HOST).iter();
        let (first, second) = (named.next(), named.next());
        if second.is_some() || (first.is_none() && uri.authority().is_none()) {
            return false;
        }
        let header = first.is_none_or(|value| value.to_str().is_ok_and(|text| self.knows(text)));
        header && uri.authority().is_none_or(|authority| self.knows(authority.as_str()))
    }

    fn knows(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        if authority.as_str().contains('@') {
            return false;
        }
        let host = authority.host().to_ascii_lowercase();
        host == self.host || (self.loopback && is_loopback(&host))
    }
}

/// Answers 421 to requests for an unknown host; for `axum::middleware::from_fn_with_state`.
pub async fn refuse_unknown_host(
    State(allowed): State<Arc<AllowedHosts>>,
    request: Request,
    next: Next,
) -> Response {
    if allowed.allow(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown_host").into_response()
    }
}

/// Whether a host names this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match bare {
        Some(address) => address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn allows(hosts: &[&'static str], uri: &'static str, listens: &str) -> bool {
        let base = BaseUrl::parse("https://tickets.example.de").unwrap();
        let headers =
            hosts.iter().map(|host| (HOST, HeaderValue::from_static(host))).collect::<HeaderMap>();
        AllowedHosts::new(&base, listens.parse().unwrap()).allow(&headers, &Uri::from_static(uri))
    }

    #[test]
    fn the_host_of_the_base_address_is_answered_whatever_its_port() {
        assert!(allows(&["tickets.example.de"], "/", "0.0.0.0"));
        assert!(allows(&["Tickets.Example.DE:8443"], "/", "0.0.0.0"));
        assert!(allows(&["tickets.example.de"], "https://tickets.example.de/x", "0.0.0.0"));
    }

    #[test]
    fn another_host_two_hosts_or_none_are_refused() {
        assert!(!allows(&["evil.example"], "/", "0.0.0.0"));
        assert!(!allows(&["tickets.example.de", "evil.example"], "/", "0.0.0.0"));
        assert!(!allows(&["tickets.example.de"], "http://evil.example/", "0.0.0.0"));
        assert!(!allows(&["tickets.example.de:80@evil.example"], "/", "0.0.0.0"));
        assert!(!allows(&["x@tickets.example.de"], "/", "0.0.0.0"));
        assert!(!allows(&[], "/", "0.0.0.0"));
    }

    #[test]
    fn names_of_this_machine_are_known_only_when_the_server_listens_there() {
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(allows(&[host], "/", "127.0.0.1"), "{host}");
            assert!(!allows(&[host], "/", "0.0.0.0"), "{host}");
        }
        assert!(!allows(&["localhost.evil.example"], "/", "127.0.0.1"));
    }
}
