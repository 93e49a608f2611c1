//! The mail server that outgoing mails are handed to. Only its form is checked here; whether it works
//! is known when it is asked.

use axum::http::Uri;
use toml::Table;

use super::read::{secret, section, text};
use super::{ConfigProblem, problem};

/// Refuses a `[smtp]` section that no mail could be sent with.
pub fn check(table: &Table) -> Result<(), ConfigProblem> {
    let Some(smtp) = section(table, "smtp")? else { return Ok(()) };
    match text(smtp, "url")? {
        Some(url) if is_relay(&url) => secret(smtp, "password", "smtp.password").map(drop),
        _ => problem("smtp.url must be like smtps://user@mail.example.de:465".to_owned()),
    }
}

fn is_relay(url: &str) -> bool {
    let Ok(url) = url.parse::<Uri>() else { return false };
    let is_mail = matches!(url.scheme_str(), Some("smtp" | "smtps"));
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
    is_mail && is_bare && url.host().is_some_and(|host| !host.is_empty())
}

/// The mail server of the configuration, with its password.
#[derive(Clone, Debug)]
pub struct ConfiguredRelay {
    /// The server.
    pub relay: crate::record::sender::Relay,
    /// The password.
    pub password: Option<super::Secret>,
}
