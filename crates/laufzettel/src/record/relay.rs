//! The address of a mail server that takes mails: `smtps://user@mail.example.de:465`.
//!
//! The configuration and senders write it alike. Whether the server works is known when it is asked.

use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::mailbox::Tls;
use super::sender::Relay;

/// The port for TLS from the first byte (RFC 8314 section 3.3).
const IMPLICIT_PORT: u16 = 465;
/// The port for handing mails in (RFC 6409 section 3.1).
const SUBMISSION_PORT: u16 = 587;
/// What a user is not encoded in (RFC 3986 section 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Letters of an address and of a user.
const LETTERS_MAX: usize = 500;

/// Why a text is no address of a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelayProblem {
    /// It is not written like one.
    Form,
    /// A password stands in it, where everybody would read it.
    Password,
    /// `tls` is none of its words.
    Tls,
    /// `smtps` is TLS from the first byte, and nothing else.
    Contradiction,
}

/// The protection that a word means.
fn tls_of(word: &str) -> Option<Tls> {
    match word {
        "implicit" => Some(Tls::Implicit),
        "starttls" => Some(Tls::Starttls),
        "none" => Some(Tls::None),
        _ => None,
    }
}

impl Tls {
    /// The word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Starttls => "starttls",
            Self::None => "none",
        }
    }
}

impl Relay {
    /// Reads an address. `tls` is `implicit`, `starttls` or `none`; without it the scheme decides:
    /// `smtps` is implicit, `smtp` is starttls. The user part may hold any letter as `%` and two
    /// hexadecimal digits (RFC 3986 section 2.1), an `@` for example.
    pub fn parse(url: &str, tls: Option<&str>) -> Result<Self, RelayProblem> {
        let url = url.trim();
        let (scheme, rest) = url.split_once("://").ok_or(RelayProblem::Form)?;
        let is_safe = |c: char| c.is_ascii_graphic();
        if url.len() > LETTERS_MAX || !url.chars().all(is_safe) {
            return Err(RelayProblem::Form);
        }
        let by_scheme = match scheme.to_ascii_lowercase().as_str() {
            "smtps" => Tls::Implicit,
            "smtp" => Tls::Starttls,
            _ => return Err(RelayProblem::Form),
        };
        let tls = tls.map(|word| tls_of(word).ok_or(RelayProblem::Tls)).transpose()?;
        let tls = tls.unwrap_or(by_scheme);
        if by_scheme == Tls::Implicit && tls != Tls::Implicit {
            return Err(RelayProblem::Contradiction);
        }
        let (user, server) = match rest.rsplit_once('@') {
            Some((user, server)) => (Some(user_of(user)?), server),
            None => (None, rest),
        };
        let (host, port) = host_and_port(server)?;
        let usual = if tls == Tls::Implicit { IMPLICIT_PORT } else { SUBMISSION_PORT };
        Ok(Self { host, port: port.unwrap_or(usual), tls, user, oauth: None })
    }
}

fn user_of(text: &str) -> Result<String, RelayProblem> {
    if text.contains(':') {
        return Err(RelayProblem::Password);
    }
    let user = percent_decode_str(text).decode_utf8().map_err(|_| RelayProblem::Form)?;
    let is_fine = !user.is_empty() && !user.contains(char::is_control);
    if is_fine { Ok(user.into_owned()) } else { Err(RelayProblem::Form) }
}

fn host_and_port(server: &str) -> Result<(String, Option<u16>), RelayProblem> {
    let server = server.strip_suffix('/').unwrap_or(server);
    if server.contains(['/', '?', '#']) {
        return Err(RelayProblem::Form);
    }
    let uri: Uri = format!("smtp://{server}/").parse().map_err(|_| RelayProblem::Form)?;
    let host = uri.host().unwrap_or_default();
    let port = match server.get(host.len()..) {
        None | Some("") => None,
        Some(rest) => {
            let port = rest.strip_prefix(':').and_then(|port| port.parse().ok());
            Some(port.filter(|port: &u16| *port > 0).ok_or(RelayProblem::Form)?)
        }
    };
    let host = host.strip_prefix('[').and_then(|v6| v6.strip_suffix(']')).unwrap_or(host);
    match host.is_empty() {
        true => Err(RelayProblem::Form),
        false => Ok((host.to_ascii_lowercase(), port)),
    }
}

/// A user as it stands in an address.
pub fn encoded(user: &str) -> String {
    utf8_percent_encode(user, UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str, tls: Option<&str>) -> Result<String, RelayProblem> {
        let relay = Relay::parse(url, tls)?;
        let user = relay.user.as_deref().unwrap_or("-");
        Ok(format!("{} {} {} {user}", relay.host, relay.port, relay.tls.code()))
    }

    #[test]
    fn the_scheme_decides_protection_and_port_unless_they_are_named() {
        let table = [
            ("smtps://max@mail.example.de", None, "mail.example.de 465 implicit max"),
            ("smtp://max@mail.example.de/", None, "mail.example.de 587 starttls max"),
            ("SMTP://Mail.example.de:25", Some("none"), "mail.example.de 25 none -"),
            ("smtp://mail.example.de:2465", Some("implicit"), "mail.example.de 2465 implicit -"),
            ("smtp://mail.example.de", Some("implicit"), "mail.example.de 465 implicit -"),
            ("smtp://[::1]:2525", Some("none"), "::1 2525 none -"),
        ];
        for (url, tls, expected) in table {
            assert_eq!(parsed(url, tls).as_deref(), Ok(expected), "{url}");
        }
    }

    #[test]
    fn a_user_may_hold_any_letter() {
        let relay = Relay::parse("smtps://max%40firma.de@mail.firma.de", None).unwrap();
        assert_eq!(relay.user.as_deref(), Some("max@firma.de"));
        assert_eq!(relay.to_string(), "smtps://max%40firma.de@mail.firma.de:465");
        assert_eq!(Relay::parse(&relay.to_string(), None), Ok(relay));
        let plain = Relay::parse("smtps://max@firma.de@mail.firma.de", None).unwrap();
        assert_eq!(plain.user.as_deref(), Some("max@firma.de"));
        let umlaut = Relay::parse("smtps://m%C3%BCller@mail.firma.de", None).unwrap();
        assert_eq!(umlaut.user.as_deref(), Some("müller"));
        let v6 = Relay::parse("smtp://[::1]:25", None).unwrap();
        assert_eq!(v6.to_string(), "smtp://[::1]:25");
    }

    #[test]
    fn what_is_no_address_says_why() {
        let form = [
            "quatsch",
            "https://mail.example.de",
            "smtps://",
            "smtps://a.de/x",
            "smtps://a.de?x",
            "smtps://a.de:0",
            "smtps://a.de:99999",
            "smtps://a.de:",
            "smtps://@a.de",
            "smtps://%FF@a.de",
            "smtps://%0D%0A@a.de",
            "smtps://a b@a.de",
            "",
        ];
        for url in form {
            assert_eq!(parsed(url, None), Err(RelayProblem::Form), "{url}");
        }
        assert_eq!(parsed("smtps://max:geheim@a.de", None), Err(RelayProblem::Password));
        assert_eq!(parsed("smtp://a.de", Some("ssl")), Err(RelayProblem::Tls));
        assert_eq!(parsed("smtps://a.de", Some("none")), Err(RelayProblem::Contradiction));
    }
}
