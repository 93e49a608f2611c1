//! What is needed to reach one account.

use std::time::Duration;

use crate::account::{Login, Tls};
use crate::tls::Trust;

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
    /// Its password, for LOGIN or AUTHENTICATE PLAIN, or its token.
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
    use crate::account::Secret;

    #[test]
    fn printing_the_settings_shows_no_secret() {
        let login = Login::Password(Secret::new("geheim"));
        let printed = format!("{:?}", ImapSettings::new("imap.example.de", "ann", login));
        assert!(printed.contains("Password(***)"), "{printed}");
        assert!(!printed.contains("geheim"), "{printed}");
    }
}
