//! The accounts by which mails leave: that of the configuration, and those of senders with a mail
//! server of their own.

use mail::smtp::{Login, Patience, Secret, SmtpLogin, SmtpSettings, Tls as Protection};

use crate::App;
use crate::feature::oauth;
use crate::record::mailbox::Tls;
use crate::record::sender::{CONFIGURED, Relay};

/// An account on a mail server.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its number: that of its sender, or 0 for the configured one.
    pub number: i64,
    /// Changes with its settings.
    pub version: i64,
    /// How the server is reached.
    pub settings: SmtpSettings,
}

/// All accounts. One whose password does not open is left out; `check` says so.
pub async fn accounts(app: &App) -> db::Result<Vec<Account>> {
    let directory = app.directory().await?;
    let configured = app.config.smtp.as_ref().map(|smtp| {
        let password = smtp.password.as_ref().map(|password| password.0.clone());
        let settings = settings(app, &smtp.relay, password);
        Account { number: CONFIGURED, version: 0, settings }
    });
    let own = directory.senders.iter().filter_map(|sender| {
        let relay = sender.relay()?;
        let password = match &sender.password {
            Some(sealed) => Some(app.keys.open(sealed)?),
            None => None,
        };
        let settings = settings(app, &relay, password);
        Some(Account { number: sender.id.number(), version: sender.version, settings })
    });
    Ok(configured.into_iter().chain(own).collect())
}

/// How a mail server is reached.
pub fn settings(app: &App, relay: &Relay, password: Option<String>) -> SmtpSettings {
    let login = relay.user.clone().map(|user| {
        let login = match &relay.oauth {
            Some(provider) => oauth::login(app, provider, &user),
            None => Login::Password(Secret::new(password.unwrap_or_default())),
        };
        SmtpLogin { user, login }
    });
    SmtpSettings {
        host: relay.host.clone(),
        port: relay.port,
        tls: match relay.tls {
            Tls::Implicit => Protection::Implicit,
            Tls::Starttls => Protection::Starttls,
            Tls::None if app.config.allow_plaintext_mail => Protection::NoneAnywhere,
            Tls::None => Protection::NoneOnLoopback,
        },
        login,
        trust: app.mail_trust.clone(),
        patience: Patience::default(),
        hello: hello(app.base_url.host()),
    }
}

/// The name that we say: a domain, or an address in brackets (RFC 5321 section 4.1.3).
fn hello(host: &str) -> String {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) => format!("[{address}]"),
        Ok(std::net::IpAddr::V6(address)) => format!("[IPv6:{address}]"),
        Err(_) => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::hello;

    #[test]
    fn the_name_in_ehlo_is_a_domain_or_an_address_in_brackets() {
        assert_eq!(hello("tickets.example.de"), "tickets.example.de");
        assert_eq!(hello("127.0.0.1"), "[127.0.0.1]");
        assert_eq!(hello("[::1]"), "[IPv6:::1]");
    }
}
