//! Trying the mail server by which mails of a sender leave: it is signed in to, and no mail leaves.

use mail::smtp::Connection;

use crate::App;
use crate::feature::outbox;

/// Why a server did not do what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code of the problem.
    pub code: &'static str,
    /// The server that was asked.
    pub host: String,
    /// The name that was used to sign in.
    pub user: String,
    /// What the server or the system said.
    pub words: Option<String>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// There is no mail server to be tried.
    NoServer,
    /// This server takes mails.
    Works(String),
    /// It does not.
    Refused(Refused),
}

/// Tries the account with this number.
pub async fn try_account(app: &App, number: i64) -> db::Result<Tried> {
    let accounts = outbox::accounts(app).await?;
    let Some(account) = accounts.into_iter().find(|account| account.number == number) else {
        return Ok(Tried::NoServer);
    };
    let settings = account.settings;
    let host = settings.host.clone();
    Ok(match Connection::open(&settings).await {
        Ok(connection) => {
            connection.quit().await;
            Tried::Works(host)
        }
        Err(problem) => Tried::Refused(Refused {
            code: problem.code(),
            host,
            user: settings.login.map(|login| login.user).unwrap_or_default(),
            words: problem.server_words().map(str::to_owned),
        }),
    })
}
