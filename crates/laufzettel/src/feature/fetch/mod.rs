//! Fetching mails by IMAP or POP3: one task for each mailbox, under a lease, with its state on the page.
//!
//! The order is that of mail.md 3.1: list, note what lies there, fetch, store durably, and only
//! when a mail is decided change anything on the server. `\Seen` is never our memory.

mod account;
mod pop3;
mod reconciling;
mod sent;
mod server_step;
pub mod store;
mod supervisor;

use std::sync::Arc;

use db::Result;
use mail::imap::{ImapSettings, Login, Secret, Tls as Protection};

use crate::App;
use crate::config::is_loopback;
use crate::feature::oauth;
use crate::record::mailbox::{Mailbox, Server, Source, Tls};

pub use account::Ended;
pub use supervisor::supervise;

/// The largest mail that is fetched whole, in bytes.
pub const MAIL_BYTES_MAX: u32 = 64 * 1024 * 1024;

/// An account as its mailbox describes it.
#[derive(Clone)]
pub struct Account {
    /// The mailbox.
    pub mailbox: Mailbox,
    /// How to reach it.
    pub settings: ImapSettings,
    /// The folder to read; POP3 knows none.
    pub folder: String,
}

impl Account {
    /// Whether POP3 is spoken there.
    pub fn speaks_pop3(&self) -> bool {
        matches!(self.mailbox.source(), Source::Pop3 { .. })
    }
}

/// The account of a mailbox, or `None` if its mails are brought.
pub fn account(app: &App, mailbox: &Mailbox) -> Option<Account> {
    let password = mailbox.password.as_deref().and_then(|sealed| app.keys.open(sealed));
    let (mut settings, folder) = settings(app, &mailbox.source(), password.unwrap_or_default())?;
    settings.mail_bytes_max = mailbox.options().mail_bytes_max();
    Some(Account { mailbox: mailbox.clone(), settings, folder })
}

/// How the server of a source is reached, and the folder to read. The password does not matter where
/// somebody signed in.
pub fn settings(app: &App, source: &Source, password: String) -> Option<(ImapSettings, String)> {
    let server = source.server()?;
    let login = match &server.oauth {
        Some(provider) => oauth::login(app, provider, server.signs_in()),
        None => Login::Password(Secret::new(password)),
    };
    let Server { host, port, tls, user, folder, .. } = server;
    let mut settings = ImapSettings::new(host, user, login);
    settings.port = port;
    settings.mail_bytes_max = MAIL_BYTES_MAX;
    settings.tls = match tls {
        Tls::Implicit => Protection::Implicit,
        Tls::Starttls => Protection::Starttls,
        Tls::None if app.config.allow_plaintext_mail => Protection::NoneAnywhere,
        Tls::None => Protection::NoneOnLoopback,
    };
    settings.trust = app.mail_trust.clone();
    Some((settings, folder.unwrap_or_default()))
}

/// Whether clear text may be spoken to a host.
pub fn may_be_plain(app: &App, host: &str) -> bool {
    app.config.allow_plaintext_mail || is_loopback(host)
}

/// The accounts to be fetched now.
async fn accounts(app: &App) -> Result<Vec<Arc<Account>>> {
    let directory = app.directory().await?;
    let is_on = directory.mail_rules.processing;
    let enabled = directory.mailboxes.iter().filter(|mailbox| is_on && mailbox.enabled);
    Ok(enabled.filter_map(|mailbox| account(app, mailbox)).map(Arc::new).collect())
}
