//! The mail server that outgoing mails are handed to, as `[smtp]` describes it. Whether it works is
//! known when it is asked.

use toml::Table;

use super::read::{flag, secret, section, text};
use super::{ConfigProblem, Secret, is_loopback, problem};
use crate::record::mailbox::Tls;
use crate::record::relay::RelayProblem;
use crate::record::sender::Relay;

/// The mail server for all senders without their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredRelay {
    /// Where it is and how it is spoken to.
    pub relay: Relay,
    /// The password of its user; there is one if there is a user.
    pub password: Option<Secret>,
}

/// Reads `[smtp]`, if it is there, and refuses what no mail could be sent with.
pub fn read(table: &Table) -> Result<Option<ConfiguredRelay>, ConfigProblem> {
    let Some(smtp) = section(table, "smtp")? else { return Ok(None) };
    let url = text(smtp, "url")?.unwrap_or_default();
    let tls = text(smtp, "tls")?;
    let relay = Relay::parse(&url, tls.as_deref()).map_err(|odd| said(odd).to_owned());
    let relay = relay.map_err(ConfigProblem)?;
    if relay.tls == Tls::None && !flag(table, "allow_plaintext_mail")? && !is_loopback(&relay.host)
    {
        return problem(format!(
            "smtp.tls is \"none\", so {} would get mails and password in clear text: write \"implicit\" or \"starttls\", or set allow_plaintext_mail = true",
            relay.host
        ));
    }
    let password = secret(smtp, "password", "smtp.password")?;
    match (&relay.user, password) {
        (Some(user), None) => problem(format!(
            "the password of {user} is missing: name in smtp.password_file the file that holds it"
        )),
        (Some(_), Some(password)) if password.is_empty() => problem(
            "smtp.password is empty: write the password of the mail server's user".to_owned(),
        ),
        (None, Some(_)) => problem(
            "smtp.password has no user: write smtp.url like smtps://user@mail.example.de:465"
                .to_owned(),
        ),
        (_, password) => Ok(Some(ConfiguredRelay { password: password.map(Secret), relay })),
    }
}

fn said(odd: RelayProblem) -> &'static str {
    match odd {
        RelayProblem::Form => "smtp.url must be like smtps://user@mail.example.de:465",
        RelayProblem::Password => {
            "smtp.url holds a password: write it to a file and name that in smtp.password_file"
        }
        RelayProblem::Tls => "smtp.tls must be \"implicit\", \"starttls\" or \"none\"",
        RelayProblem::Contradiction => {
            "smtp.url begins with smtps://, which is TLS from the first byte: leave smtp.tls out, or begin with smtp://"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(more: &str, smtp: &str) -> Result<Option<ConfiguredRelay>, String> {
        let table: Table = format!("{more}\n[smtp]\n{smtp}").parse().unwrap();
        read(&table).map_err(|problem| problem.0)
    }

    fn refused(smtp: &str) -> String {
        loaded("", smtp).unwrap_err()
    }

    #[test]
    fn a_mail_server_is_read_with_its_password() {
        let smtp = "url = \"smtps://max%40firma.de@mail.firma.de\"\npassword = \"geheim\"";
        let read = loaded("", smtp).unwrap().unwrap();
        assert_eq!(read.relay.user.as_deref(), Some("max@firma.de"));
        assert_eq!((read.relay.host.as_str(), read.relay.port), ("mail.firma.de", 465));
        assert_eq!(read.password, Some(Secret("geheim".to_owned())));
        assert!(!format!("{read:?}").contains("geheim"));
        assert_eq!(super::read(&Table::new()), Ok(None));
    }

    #[test]
    fn whoever_signs_in_needs_user_and_password() {
        assert!(loaded("", "url = \"smtp://mail.firma.de\"").unwrap().unwrap().password.is_none());
        let missing = refused("url = \"smtps://max@mail.firma.de\"");
        assert!(missing.contains("name in smtp.password_file"), "{missing}");
        let empty = refused("url = \"smtps://max@mail.firma.de\"\npassword = \"\"");
        assert!(empty.starts_with("smtp.password is empty"), "{empty}");
        let nobody = refused("url = \"smtps://mail.firma.de\"\npassword = \"x\"");
        assert!(nobody.starts_with("smtp.password has no user"), "{nobody}");
        let inside = refused("url = \"smtps://max:geheim@mail.firma.de\"");
        assert!(inside.starts_with("smtp.url holds a password"), "{inside}");
        assert!(!inside.contains("geheim"), "{inside}");
    }

    #[test]
    fn clear_text_is_for_the_own_machine_unless_allowed() {
        let plain = "url = \"smtp://mail.firma.de\"\ntls = \"none\"";
        assert!(refused(plain).starts_with("smtp.tls is \"none\", so mail.firma.de would get"));
        assert!(loaded("allow_plaintext_mail = true", plain).is_ok());
        for host in ["127.0.0.1:2525", "[::1]:2525", "localhost"] {
            assert!(
                loaded("", &format!("url = \"smtp://{host}\"\ntls = \"none\"")).is_ok(),
                "{host}"
            );
        }
    }

    #[test]
    fn a_wrong_protection_says_which_there_are() {
        let odd = refused("url = \"smtp://a.de\"\ntls = \"ssl\"");
        assert_eq!(odd, "smtp.tls must be \"implicit\", \"starttls\" or \"none\"");
        let both = refused("url = \"smtps://a.de\"\ntls = \"starttls\"");
        assert!(both.contains("leave smtp.tls out"), "{both}");
    }
}
