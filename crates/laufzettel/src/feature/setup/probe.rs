//! Trying an account before it is used: fetching and sending at the same time. Nothing is changed,
//! and no mail leaves.

use mail::smtp::Connection;

use super::form::Account;
use crate::App;
use crate::feature::{fetch, mailboxes, outbox};
use crate::record::mailbox::Source;
use crate::record::sender::Relay;

/// Why it does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The code of the problem.
    pub code: &'static str,
    /// The server that was asked last.
    pub host: String,
    /// The name that was used to sign in.
    pub user: String,
    /// What the server or the system said.
    pub words: Option<String>,
}

impl Trouble {
    /// Whether there is no such server at all, so that another name may be the right one.
    fn is_elsewhere(&self) -> bool {
        matches!(self.code, "host_unknown" | "lookup_failed" | "refused")
    }
}

/// An inbox that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// Where it is.
    pub source: Source,
    /// How many mails lie in it.
    pub mails: u64,
    /// How many of them came before the first day.
    pub mails_before: u64,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probed {
    /// Fetching.
    pub receive: Result<Inbox, Trouble>,
    /// Sending.
    pub send: Result<Relay, Trouble>,
}

impl Probed {
    /// Whether everything works.
    pub fn is_fine(&self) -> bool {
        self.receive.is_ok() && self.send.is_ok()
    }
}

/// Tries both.
pub async fn probe(app: &App, account: &Account) -> Probed {
    let (receive, send) = tokio::join!(receive(app, account), send(app, account));
    Probed { receive, send }
}

async fn receive(app: &App, account: &Account) -> Result<Inbox, Trouble> {
    let mut last = Trouble::nowhere();
    for source in &account.sources {
        match read(app, account, source).await {
            Err(trouble) if trouble.is_elsewhere() => last = trouble,
            known => return known,
        }
    }
    Err(last)
}

async fn read(app: &App, account: &Account, source: &Source) -> Result<Inbox, Trouble> {
    let password = account.typed_password();
    let Some((settings, folder)) = fetch::settings(app, source, password) else {
        return Err(Trouble::nowhere());
    };
    let tried = mailboxes::try_out(&settings, &folder, Some(account.from)).await;
    match tried.trouble() {
        Some(trouble) => Err(Trouble {
            code: trouble.code,
            host: settings.host.clone(),
            user: settings.user.clone(),
            words: trouble.words.clone(),
        }),
        None => Ok(Inbox {
            source: source.clone(),
            mails: tried.mails.unwrap_or_default(),
            mails_before: tried.mails_before.unwrap_or_default(),
        }),
    }
}

async fn send(app: &App, account: &Account) -> Result<Relay, Trouble> {
    let mut last = Trouble::nowhere();
    for relay in &account.relays {
        match sign_in(app, account, relay).await {
            Err(trouble) if trouble.is_elsewhere() => last = trouble,
            known => return known,
        }
    }
    Err(last)
}

async fn sign_in(app: &App, account: &Account, relay: &Relay) -> Result<Relay, Trouble> {
    let settings = outbox::settings(app, relay, Some(account.typed_password()));
    match Connection::open(&settings).await {
        Ok(connection) => {
            connection.quit().await;
            Ok(relay.clone())
        }
        Err(problem) => Err(Trouble {
            code: problem.code(),
            host: relay.host.clone(),
            user: relay.user.clone().unwrap_or_default(),
            words: problem.server_words().map(str::to_owned),
        }),
    }
}

impl Trouble {
    fn nowhere() -> Self {
        Self { code: "host_unknown", host: String::new(), user: String::new(), words: None }
    }
}
