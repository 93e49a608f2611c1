//! Mailboxes: where mails come from and what becomes of them.

use db::{Result, View, from_row, sql};
use serde::{Deserialize, Serialize};
use values::{EmailAddress, Timestamp};

use super::autoresponder::{self, Autoresponder};
use super::message::json;
use super::{AreaId, EntryId, MailboxId, SenderId};

mod options;

pub use options::Options;

/// Where a mailbox gets its mails from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// Fetched from an account by IMAP. The password is kept apart, sealed.
    Imap {
        /// The server's name.
        host: String,
        /// The server's port.
        port: u16,
        /// How the connection is protected.
        tls: Tls,
        /// The name to sign in with.
        user: String,
        /// The folder to read.
        #[serde(default = "inbox")]
        folder: String,
        /// The provider where somebody signed in to the account; without one it has a password.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oauth: Option<String>,
        /// The account that signs in there, where it is another one than that which is read: a shared mailbox.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oauth_account: Option<String>,
    },
    /// Fetched from an account by POP3, which knows neither folders nor what was read.
    Pop3 {
        /// The server's name.
        host: String,
        /// The server's port.
        port: u16,
        /// How the connection is protected.
        tls: Tls,
        /// The name to sign in with.
        user: String,
        /// The provider where somebody signed in to the account; without one it has a password.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oauth: Option<String>,
        /// The account that signs in there, where it is another one than that which is read: a shared mailbox.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oauth_account: Option<String>,
    },
    /// Brought by LMTP, `deliver` or the API.
    Push {},
}

/// An account on a mail server, whatever is spoken there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The server's name.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The name to sign in with.
    pub user: String,
    /// The provider where somebody signed in to the account.
    pub oauth: Option<String>,
    /// The account that signs in there, where it is another one than that which is read.
    pub oauth_account: Option<String>,
    /// The folder to read; POP3 knows none.
    pub folder: Option<String>,
}

impl Server {
    /// The account whose sign-in opens this one.
    pub fn signs_in(&self) -> &str {
        self.oauth_account.as_deref().unwrap_or(&self.user)
    }
}

impl Source {
    /// Whether it is fetched from another account than the one before.
    pub fn is_another_than(&self, before: &Self) -> bool {
        let place =
            |source: &Self| source.server().map(|server| (server.host, server.port, server.user));
        self.is_fetched() && place(before) != place(self)
    }

    /// The account, as two mailboxes would share it. The usual ports lead to the same one.
    pub fn account(&self) -> Option<(String, u16, String)> {
        let Server { host, port, user, .. } = self.server()?;
        let port = if [993, 143, 995, 110].contains(&port) { 0 } else { port };
        Some((host.to_lowercase(), port, user.to_lowercase()))
    }

    /// The folders of the account that are read; all that POP3 knows is the inbox.
    pub fn folders(&self, options: &Options) -> Vec<String> {
        let main = self.server().map(|server| server.folder.unwrap_or_else(inbox));
        let all = main.into_iter().chain(options.further_folders.iter().cloned());
        let named = |name: String| match name.eq_ignore_ascii_case("INBOX") {
            true => inbox(),
            false => name,
        };
        all.map(named).collect()
    }

    /// The account that mails are fetched from.
    pub fn server(&self) -> Option<Server> {
        let (host, port, tls, user, oauth, oauth_account) = match self {
            Self::Imap { host, port, tls, user, oauth, oauth_account, .. }
            | Self::Pop3 { host, port, tls, user, oauth, oauth_account } => {
                (host, *port, *tls, user, oauth.clone(), oauth_account.clone())
            }
            Self::Push {} => return None,
        };
        let folder = match self {
            Self::Imap { folder, .. } => Some(folder.clone()),
            _ => None,
        };
        let (host, user) = (host.clone(), user.clone());
        Some(Server { host, port, tls, user, oauth, oauth_account, folder })
    }

    /// Whether mails are fetched from an account.
    pub fn is_fetched(&self) -> bool {
        !matches!(self, Self::Push {})
    }

    /// Whether they are fetched with a password of the mailbox.
    pub fn has_password(&self) -> bool {
        self.server().is_some_and(|server| server.oauth.is_none())
    }
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// From the first byte (RFC 8314).
    Implicit,
    /// Switched on before signing in.
    Starttls,
    /// Not at all; only for the own machine, or where the configuration allows it.
    None,
}

fn inbox() -> String {
    "INBOX".to_owned()
}

from_row! {
    /// A mailbox with its settings.
    #[derive(Clone, Debug)]
    pub struct Mailbox {
        /// The mailbox.
        pub id: MailboxId,
        /// Its name for programs.
        pub name: String,
        /// Its name for people.
        pub label: String,
        /// Whether it takes mails.
        pub enabled: bool,
        /// The area of its tickets.
        pub area: AreaId,
        /// The queue of its tickets.
        pub queue: Option<EntryId>,
        /// The category of its tickets.
        pub category: Option<EntryId>,
        /// [`Source`] as JSON.
        pub source: String,
        /// The sealed password.
        pub password: Option<Vec<u8>>,
        /// What becomes of a mail on the server: `mark_read`, `move`, `delete`, `keep`.
        pub after_import: String,
        /// The folder for `move`.
        pub move_to: Option<String>,
        /// Older mails are left alone.
        pub from_date: Option<Timestamp>,
        /// Older mails are not made into tickets.
        pub max_age_days: Option<i64>,
        /// `ticket`, `known_only` or `known_or_domains`.
        pub unknown_sender: String,
        /// `linked_ticket`, `append` or `unassigned`.
        pub stranger_with_number: String,
        /// Whether a mail without a number joins an open ticket of its sender (F-MAIL-23).
        pub join_open_ticket: bool,
        /// How alike the subjects must be for that (F-MAIL-24).
        pub similarity_percent: i64,
        /// Domain patterns for `known_or_domains`, separated by commas.
        pub domains: String,
        /// As whom answers to its mails leave; without one what the area says (F-OUT-02).
        pub sender: Option<SenderId>,
        /// Whether an answer leaves from the address that the mail was written to.
        pub answer_as_received: bool,
        /// Whether its addresses may carry the token of a ticket behind a plus sign (decision 16).
        pub plus_addressing: bool,
        /// The folder that gets a copy of what was sent, if one shall (decision 20).
        pub sent_folder: Option<String>,
        /// What stands below answers of agents without a signature of their own, as HTML.
        pub signature: Option<String>,
        /// [`Autoresponder`] as JSON.
        pub autoresponder: String,
        /// [`Options`] as JSON.
        pub options: Option<String>,
        /// Grows with each change.
        pub version: i64,
        /// The addresses, separated by blanks, the main one first.
        pub addresses: String,
    }
}

impl Mailbox {
    /// Where it gets its mails from.
    pub fn source(&self) -> Source {
        serde_json::from_str(&self.source).unwrap_or(Source::Push {})
    }

    /// What it says by itself to whoever writes a new ticket.
    pub fn autoresponder(&self) -> Autoresponder {
        serde_json::from_str(&self.autoresponder).unwrap_or_default()
    }

    /// What it does with its mails.
    pub fn options(&self) -> Options {
        Options::of(self.options.as_deref())
    }

    /// Its addresses, the main one first.
    pub fn addresses(&self) -> Vec<EmailAddress> {
        self.addresses.split(' ').filter_map(|text| EmailAddress::parse(text).ok()).collect()
    }
}

from_row! {
    struct Address {
        mailbox: MailboxId,
        address: String,
    }
}

/// All mailboxes by name, with their addresses. There are tens of them, not thousands.
pub async fn all(view: &mut View<'_>) -> Result<Vec<Mailbox>> {
    let mut mailboxes: Vec<Mailbox> = view
        .all(
            sql!(
                "select id, name, label, enabled, area, queue, category, source, password,
                        after_import, move_to, from_date, max_age_days, unknown_sender,
                        stranger_with_number, join_open_ticket, similarity_percent, domains,
                        sender, answer_as_received, plus_addressing, sent_folder, signature,
                        options, '' as autoresponder, version, '' as addresses
                 from mailbox
                 order by name
                 limit 1000"
            ),
            [],
        )
        .await?;
    let addresses: Vec<Address> = view
        .all(
            sql!(
                "select mailbox, address from mailbox_address
                 order by mailbox, position, address limit 10000"
            ),
            [],
        )
        .await?;
    let said = autoresponder::all(view).await?;
    for mailbox in &mut mailboxes {
        let own = said.iter().find(|(id, _)| *id == mailbox.id);
        mailbox.autoresponder = own.map(|(_, said)| json(said)).unwrap_or_default();
        let own = addresses.iter().filter(|address| address.mailbox == mailbox.id);
        mailbox.addresses =
            own.map(|address| address.address.as_str()).collect::<Vec<_>>().join(" ");
    }
    Ok(mailboxes)
}

/// How a mailbox fares, for the page and for `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It was never tried.
    New,
    /// It works.
    Well,
    /// It does not work; the problem says why.
    Troubled,
}

impl Health {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Well => "well",
            Self::Troubled => "troubled",
        }
    }

    /// The health with this word.
    pub fn from_code(code: &str) -> Self {
        match code {
            "well" => Self::Well,
            "troubled" => Self::Troubled,
            _ => Self::New,
        }
    }
}
