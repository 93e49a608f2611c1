//! What an account on a mail server needs, whatever the protocol.

use std::fmt;

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
    /// TLS from the first octet on (RFC 8314), usually port 993 or 465.
    Implicit,
    /// Clear text until STARTTLS, usually port 143 or 587.
    Starttls,
    /// Clear text to this machine only; any other address is refused before a word is said.
    NoneOnLoopback,
    /// Clear text to wherever it goes. Only if the operator's configuration allows it.
    NoneAnywhere,
}

/// How the account proves who it is.
#[derive(Clone, Debug)]
pub enum Login {
    /// A password, by the mechanism that the protocol prefers.
    Password(Secret),
    /// XOAUTH2, or OAUTHBEARER, with a fresh access token.
    OAuthToken(Secret),
}
