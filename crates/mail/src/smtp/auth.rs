//! The steps of a login (RFC 4954), without I/O.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smtp_proto::{AUTH_LOGIN, AUTH_OAUTHBEARER, AUTH_PLAIN, AUTH_XOAUTH2};

use super::settings::SmtpLogin;
use crate::account::Login;

/// Longest command with its first answer on the same line (RFC 5321 section 4.5.3.1.4, without
/// CR LF). A longer answer waits for the server to ask.
const LINE_BYTES_MAX: usize = 510;
/// How often a server may ask on when everything is said. Once is for the reason of a refusal.
const FURTHER_QUESTIONS_MAX: u32 = 2;
/// Shorter texts are in everything.
const SECRET_BYTES_MIN: usize = 4;

/// A login that is going on.
pub(super) struct Dialogue {
    command: String,
    answers: VecDeque<String>,
    further: u32,
    secrets: Vec<String>,
}

impl Dialogue {
    /// Chooses how to log in from the mechanisms that are offered, as bits of smtp-proto.
    pub(super) fn new(login: &SmtpLogin, mechanisms: u64) -> Option<Self> {
        let offers = |mechanism: u64| mechanisms & mechanism != 0;
        let user = login.user.as_str();
        let (mechanism, answers, secret) = match &login.login {
            // Its token was fetched before.
            Login::OAuth(_) => return None,
            Login::Password(password) => {
                let password = password.expose();
                match () {
                    () if offers(AUTH_PLAIN) => {
                        ("PLAIN", vec![format!("\0{user}\0{password}")], password)
                    }
                    () if offers(AUTH_LOGIN) => {
                        ("LOGIN", vec![user.to_owned(), password.to_owned()], password)
                    }
                    () => return None,
                }
            }
            Login::OAuthToken(token) => {
                let token = token.expose();
                match () {
                    () if offers(AUTH_XOAUTH2) => {
                        let answer = format!("user={user}\x01auth=Bearer {token}\x01\x01");
                        ("XOAUTH2", vec![answer], token)
                    }
                    () if offers(AUTH_OAUTHBEARER) => {
                        let user = user.replace('=', "=3D").replace(',', "=2C");
                        let answer = format!("n,a={user},\x01auth=Bearer {token}\x01\x01");
                        ("OAUTHBEARER", vec![answer], token)
                    }
                    () => return None,
                }
            }
        };
        let answers: VecDeque<String> =
            answers.iter().map(|answer| STANDARD.encode(answer)).collect();
        let mut secrets: Vec<String> = answers.iter().cloned().collect();
        secrets.push(secret.to_owned());
        let command = format!("AUTH {mechanism}");
        Some(Self { command, answers, further: 0, secrets })
    }

    /// The command without its end.
    pub(super) fn first_line(&mut self) -> String {
        // LOGIN has no first answer: the user name is asked for.
        let fits = |answer: &String| self.command.len() + 1 + answer.len() <= LINE_BYTES_MAX;
        let with_answer = self.answers.len() == 1 && self.answers.front().is_some_and(fits);
        match self.answers.pop_front_if(|_| with_answer) {
            Some(answer) => format!("{} {answer}", self.command),
            None => self.command.clone(),
        }
    }

    /// What to say when the server asks on, without its end; nothing if it asks too often. A login
    /// that failed asks once more, and an empty line lets it say why.
    pub(super) fn next_line(&mut self) -> Option<String> {
        if let Some(answer) = self.answers.pop_front() {
            return Some(answer);
        }
        self.further += 1;
        (self.further <= FURTHER_QUESTIONS_MAX).then(String::new)
    }

    /// A server's words without what we must not repeat: some say what they did not understand.
    pub(super) fn without_secrets(&self, words: &str) -> String {
        let secrets = self.secrets.iter().filter(|secret| secret.len() >= SECRET_BYTES_MIN);
        secrets.fold(words.to_owned(), |words, secret| words.replace(secret, "***"))
    }
}

impl std::fmt::Debug for Dialogue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Dialogue({})", self.command)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::account::Secret;

    fn dialogue(login: Login, mechanisms: u64) -> Option<Dialogue> {
        Dialogue::new(&SmtpLogin { user: "ann".to_owned(), login }, mechanisms)
    }

    fn lines(login: Login, mechanisms: u64) -> Vec<String> {
        let mut dialogue = dialogue(login, mechanisms).unwrap();
        let mut lines = vec![dialogue.first_line()];
        lines.extend(std::iter::from_fn(|| dialogue.next_line()));
        lines
    }

    #[test]
    fn a_password_goes_by_plain_or_else_by_login() {
        let password = || Login::Password(Secret::new("geheim"));
        let plain = ["AUTH PLAIN AGFubgBnZWhlaW0=", "", ""];
        assert_eq!(lines(password(), AUTH_PLAIN | AUTH_LOGIN), plain);
        assert_eq!(lines(password(), AUTH_LOGIN), ["AUTH LOGIN", "YW5u", "Z2VoZWlt", "", ""]);
        assert!(dialogue(password(), AUTH_XOAUTH2).is_none());
    }

    #[test]
    fn a_token_goes_on_its_own_line_if_it_is_long() {
        let token = |length: usize| Login::OAuthToken(Secret::new("t".repeat(length)));
        let short = lines(token(3), AUTH_XOAUTH2 | AUTH_OAUTHBEARER);
        assert_eq!(short[0], "AUTH XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgdHR0AQE=");
        let long = lines(token(2000), AUTH_XOAUTH2);
        assert_eq!((long[0].as_str(), long[1].len(), long[2].as_str()), ("AUTH XOAUTH2", 2700, ""));
        let bearer = lines(token(3), AUTH_OAUTHBEARER);
        assert_eq!(bearer[0], "AUTH OAUTHBEARER bixhPWFubiwBYXV0aD1CZWFyZXIgdHR0AQE=");
        assert!(dialogue(token(3), AUTH_PLAIN).is_none());
    }

    #[test]
    fn what_a_server_repeats_of_the_login_is_hidden() {
        let dialogue = dialogue(Login::Password(Secret::new("geheim")), AUTH_PLAIN).unwrap();
        let words = dialogue.without_secrets("unknown: AUTH PLAIN AGFubgBnZWhlaW0= (geheim)");
        assert_eq!(words, "unknown: AUTH PLAIN *** (***)");
        assert_eq!(format!("{dialogue:?}"), "Dialogue(AUTH PLAIN)");
    }
}
