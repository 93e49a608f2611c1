//! Senders: as whom mails leave, and by whose mail server (F-OUT-01).

use std::fmt;

use db::{Result, View, from_row, sql};
use serde::{Deserialize, Serialize};

use super::SenderId;
use super::mailbox::Tls;
use super::relay::encoded;

/// The account of the mail server in the configuration.
pub const CONFIGURED: i64 = 0;

/// A mail server that takes mails. Its password is kept apart, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// The server's name.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The name to sign in with; without one nobody signs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The provider where the user signed in; without one there is a password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth: Option<String>,
}

impl fmt::Display for Relay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls == Tls::Implicit { "smtps" } else { "smtp" };
        let user = self.user.as_ref().map(|user| format!("{}@", encoded(user)));
        let user = user.unwrap_or_default();
        match self.host.contains(':') {
            true => write!(formatter, "{scheme}://{user}[{}]:{}", self.host, self.port),
            false => write!(formatter, "{scheme}://{user}{}:{}", self.host, self.port),
        }
    }
}

from_row! {
    /// A sender.
    #[derive(Clone, Debug)]
    pub struct Sender {
        /// The sender.
        pub id: SenderId,
        /// The address.
        pub address: String,
        /// The name beside it.
        pub name: String,
        /// [`Relay`] as JSON, if it has a mail server of its own.
        pub smtp: Option<String>,
        /// The sealed password for it.
        pub password: Option<Vec<u8>>,
        /// Whether it can be chosen.
        pub active: bool,
        /// Whether it stands in where nothing else decides.
        pub is_default: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

impl Sender {
    /// Its own mail server.
    pub fn relay(&self) -> Option<Relay> {
        serde_json::from_str(self.smtp.as_deref()?).ok()
    }

    /// The account by which its mails leave.
    pub fn account(&self) -> i64 {
        if self.smtp.is_some() { self.id.number() } else { CONFIGURED }
    }
}

/// The sender with this address, whatever the case.
pub fn by_address<'a>(senders: &'a [Sender], address: &str) -> Option<&'a Sender> {
    let address = address.trim().to_lowercase();
    senders.iter().find(|sender| sender.address == address)
}

/// All senders, the default first. There are tens of them.
pub async fn all(view: &mut View<'_>) -> Result<Vec<Sender>> {
    view.all(
        sql!(
            "select id, address, name, smtp, password, active, is_default, version
             from sender order by is_default desc, address limit 1000"
        ),
        [],
    )
    .await
}
