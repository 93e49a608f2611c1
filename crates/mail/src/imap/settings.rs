//! What is needed to reach one account.

use std::fmt;
use std::time::Duration;

use crate::tls::Trust;

/// A password or token. `Debug` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// How the connection is protected. What is asked for is had, or there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first octet on (RFC 8314), usually port 993.
    Implicit,
    /// Clear text until STARTTLS, usually port 143.
    Starttls,
    /// Clear text to this machine only; any other address is refused before a word is said.
    NoneOnLoopback,
    /// Clear text to wherever it goes. Only if the operator's configuration allows it.
    NoneAnywhere,
}

/// How the account proves who it is.
#[derive(Clone, Debug)]
pub enum Login {
    /// LOGIN, or AUTHENTICATE PLAIN where the server wants that or a character needs it.
    Password(Secret),
    /// XOAUTH2 with a fresh access token.
    OAuthToken(Secret),
}

/// How long we wait. Whenever one of these ends, the connection is closed.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the TCP connection and for the TLS handshake, each.
    pub connect: Duration,
    /// For the next octet.
    pub silence: Duration,
    /// For one whole response, which is one mail when fetching. Ends what a server sends drop by
    /// drop.
    pub response: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            silence: Duration::from_secs(60),
            response: Duration::from_secs(600),
        }
    }
}

/// One account on one server.
#[derive(Clone, Debug)]
pub struct ImapSettings {
    /// Name or address.
    pub host: String,
    /// Port, usually 993 or 143.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The account.
    pub user: String,
    /// Its password or token.
    pub login: Login,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// How long we wait.
    pub patience: Patience,
    /// The largest mail that is fetched whole, in octets.
    pub mail_bytes_max: u32,
}

impl ImapSettings {
    /// The settings with implicit TLS on port 993, the system's certificates, the usual time-outs
    /// and mails up to 64 MiB.
    pub fn new(host: impl Into<String>, user: impl Into<String>, login: Login) -> Self {
        Self {
            host: host.into(),
            port: 993,
            tls: Tls::Implicit,
            user: user.into(),
            login,
            trust: Trust::Platform,
            patience: Patience::default(),
            mail_bytes_max: 64 * 1024 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_the_settings_shows_no_secret() {
        let login = Login::Password(Secret::new("geheim"));
        let printed = format!("{:?}", ImapSettings::new("imap.example.de", "ann", login));
        assert!(printed.contains("Password(***)"), "{printed}");
        assert!(!printed.contains("geheim"), "{printed}");
    }
}
