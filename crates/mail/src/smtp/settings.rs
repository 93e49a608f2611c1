//! What is needed to reach one mail server.

use std::time::Duration;

use super::problem::{Phase, ProblemKind, SmtpProblem};
use crate::account::{Login, Tls};
use crate::tls::Trust;

/// How long we wait. Whenever one of these ends, the connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the look-up of the name, the TCP connection and the TLS handshake, each.
    pub connect: Duration,
    /// For the greeting and for the whole answer to each command.
    pub command: Duration,
    /// For the server to take the next piece of a mail.
    pub data_block: Duration,
    /// For the answer to the final dot. The server may be working on the mail; giving up too early
    /// makes doubled mails.
    pub final_dot: Duration,
}

impl Default for Patience {
    /// The times of RFC 5321 section 4.5.3.2.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(300),
            data_block: Duration::from_secs(180),
            final_dot: Duration::from_secs(600),
        }
    }
}

/// Who hands the mails over.
#[derive(Clone, Debug)]
pub struct SmtpLogin {
    /// The account.
    pub user: String,
    /// Its password, for AUTH PLAIN or LOGIN, or its token, for XOAUTH2 or OAUTHBEARER.
    pub login: Login,
}

/// One mail server.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name or address.
    pub host: String,
    /// Port, usually 465 or 587; 25 for a relay in the own network.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The account, or `None` where the server knows us by our address.
    pub login: Option<SmtpLogin>,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// How long we wait.
    pub patience: Patience,
    /// The name of this machine, said in EHLO: a domain, or an address in brackets.
    pub hello: String,
}

impl SmtpSettings {
    /// The settings with implicit TLS on port 465, no account, the system's certificates and the
    /// usual time-outs.
    pub fn new(host: impl Into<String>, hello: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            port: 465,
            tls: Tls::Implicit,
            login: None,
            trust: Trust::Platform,
            patience: Patience::default(),
            hello: hello.into(),
        }
    }

    /// The settings with what is said to log in: a token is fetched, another one than in the
    /// settings that were refused.
    pub(super) async fn ready(&self, refused: Option<&Self>) -> Result<Self, SmtpProblem> {
        let Some(SmtpLogin { user, login }) = &self.login else { return Ok(self.clone()) };
        let refused = refused.and_then(|settings| settings.login.as_ref()).map(|said| &said.login);
        let login = login
            .ready(refused)
            .await
            .map_err(|problem| SmtpProblem::new(Phase::Auth, ProblemKind::NoToken(problem)))?;
        Ok(Self { login: Some(SmtpLogin { user: user.clone(), login }), ..self.clone() })
    }

    pub(super) fn has_another_token(&self) -> bool {
        self.login.as_ref().is_some_and(|said| said.login.has_another())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Secret;

    #[test]
    fn printing_the_settings_shows_no_secret() {
        let login = Login::OAuthToken(Secret::new("geheim"));
        let login = Some(SmtpLogin { user: "ann".to_owned(), login });
        let settings = SmtpSettings { login, ..SmtpSettings::new("mx.example", "desk.example") };
        let printed = format!("{settings:?}");
        assert!(printed.contains("OAuthToken(***)"), "{printed}");
        assert!(!printed.contains("geheim"), "{printed}");
    }
}
