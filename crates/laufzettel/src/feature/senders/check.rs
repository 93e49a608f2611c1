//! What is wrong with the mail server of a sender before it is saved: a pure look at it.

use crate::config::{Secret, is_loopback};
use crate::record::mailbox::Tls;
use crate::record::sender::Relay;

/// Why a mail server cannot be a sender's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerProblem {
    /// It would be spoken to in clear text, and stands on another machine.
    Plaintext,
    /// Whoever signs in needs a password.
    NoPassword,
    /// There is a password, and nobody to sign in as.
    NoUser,
}

/// What is wrong with a server. `before` is the one that the stored password is for, and
/// `allow_plain` the configuration's word about servers without TLS beyond the own machine.
pub fn server(
    relay: &Relay,
    before: Option<&Relay>,
    password: Option<&Secret>,
    allow_plain: bool,
) -> Option<ServerProblem> {
    if relay.tls == Tls::None && !allow_plain && !is_loopback(&relay.host) {
        return Some(ServerProblem::Plaintext);
    }
    if relay.oauth.is_some() {
        return relay.user.is_none().then_some(ServerProblem::NoUser);
    }
    let account =
        |relay: &Relay| (relay.host.clone(), relay.port, relay.user.clone(), relay.oauth.clone());
    // A stored password must not go to another server by a change of its address.
    let is_same = before.is_some_and(|before| account(before) == account(relay));
    let is_missing = match password {
        Some(password) => password.0.is_empty(),
        None => !is_same,
    };
    match (&relay.user, password) {
        (Some(_), _) if is_missing => Some(ServerProblem::NoPassword),
        (None, Some(_)) => Some(ServerProblem::NoUser),
        _ => None,
    }
}

/// Whether the tokens of a sign-in would go to a server that no administrator has chosen. Who may
/// set up senders is not always one of those who may open mailboxes.
pub fn gives_tokens_away(relay: &Relay, stored: Option<&Relay>, is_administrator: bool) -> bool {
    relay.oauth.is_some() && !is_administrator && stored != Some(relay)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(host: &str, tls: Tls, user: Option<&str>) -> Relay {
        Relay { host: host.to_owned(), port: 587, tls, user: user.map(str::to_owned), oauth: None }
    }

    #[test]
    fn tokens_go_only_where_an_administrator_says() {
        let stored = Relay {
            oauth: Some("google".to_owned()),
            ..relay("smtp.gmail.com", Tls::Implicit, Some("a@firma.example"))
        };
        let elsewhere = Relay { host: "mx.attacker.example".to_owned(), ..stored.clone() };
        assert!(!gives_tokens_away(&stored, Some(&stored), false));
        assert!(gives_tokens_away(&elsewhere, Some(&stored), false));
        assert!(gives_tokens_away(&stored, None, false));
        assert!(!gives_tokens_away(&elsewhere, Some(&stored), true));
        let plain = Relay { oauth: None, ..elsewhere };
        assert!(!gives_tokens_away(&plain, Some(&stored), false));
    }

    #[test]
    fn a_stored_password_is_for_the_same_user_of_the_same_server() {
        let own = relay("mail.example.de", Tls::Starttls, Some("max"));
        let other = relay("mail.example.de", Tls::Starttls, Some("anna"));
        let typed = Secret("geheim".to_owned());
        let found = |before, password| server(&own, before, password, false);
        assert_eq!(found(Some(&own), None), None);
        assert_eq!(found(Some(&other), None), Some(ServerProblem::NoPassword));
        assert_eq!(found(None, None), Some(ServerProblem::NoPassword));
        assert_eq!(found(None, Some(&typed)), None);
        let empty = Secret(String::new());
        assert_eq!(found(Some(&own), Some(&empty)), Some(ServerProblem::NoPassword));
        let nobody = relay("mail.example.de", Tls::Starttls, None);
        assert_eq!(server(&nobody, None, None, false), None);
        assert_eq!(server(&nobody, None, Some(&typed), false), Some(ServerProblem::NoUser));
    }

    #[test]
    fn clear_text_is_for_the_own_machine_unless_allowed() {
        let away = relay("mail.example.de", Tls::None, None);
        assert_eq!(server(&away, None, None, false), Some(ServerProblem::Plaintext));
        assert_eq!(server(&away, None, None, true), None);
        assert_eq!(server(&relay("127.0.0.1", Tls::None, None), None, None, false), None);
    }
}
