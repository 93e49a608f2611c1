//! From the greeting to the moment at which a mail can begin: EHLO, STARTTLS, AUTH.

use super::auth::Dialogue;
use super::framing::Answer;
use super::offer::Offered;
use super::problem::{Phase, ProblemKind, SmtpProblem};
use super::reply::Reply;
use super::session::Session;
use super::step::{Outcome, State};

impl Session {
    pub(super) fn take_greeting(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        match reply.code {
            220 => {
                self.say_hello();
                Ok(())
            }
            _ if reply.is_negative() => Err(self.fail(ProblemKind::GreetingRefused { reply })),
            _ => Err(self.unexpected(&reply)),
        }
    }

    pub(super) fn take_hello(&mut self, answer: &Answer, reply: Reply) -> Result<(), SmtpProblem> {
        if reply.is_positive() {
            self.offered = Offered::read(&answer.lines);
            return self.introduced();
        }
        if matches!(reply.code, 500 | 502) {
            let line = format!("HELO {}", self.hello);
            self.say(&line, State::Helo);
            return Ok(());
        }
        Err(self.refused(reply))
    }

    pub(super) fn introduced(&mut self) -> Result<(), SmtpProblem> {
        if self.wants_starttls {
            self.phase = Phase::Starttls;
            if !self.offered.starttls {
                return Err(self.fail(ProblemKind::StarttlsMissing { reply: None }));
            }
            self.say("STARTTLS", State::Starttls);
            return Ok(());
        }
        let Some(login) = self.login.clone() else {
            self.opened();
            return Ok(());
        };
        self.phase = Phase::Auth;
        let Some(mut dialogue) = Dialogue::new(&login, self.offered.mechanisms) else {
            // Before TLS many servers keep silent about logins.
            let kind = match self.offered.starttls && !self.offered.auth {
                true => ProblemKind::PlaintextRefused,
                false => ProblemKind::LoginUnsupported,
            };
            return Err(self.fail(kind));
        };
        let line = dialogue.first_line();
        self.say(&line, State::Auth(dialogue));
        Ok(())
    }

    /// What came along with the answer to STARTTLS was put there by somebody in between.
    pub(super) fn take_starttls(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        if reply.is_negative() {
            return Err(self.fail(ProblemKind::StarttlsMissing { reply: Some(reply) }));
        }
        if reply.code != 220 {
            return Err(self.unexpected(&reply));
        }
        if !self.framing.is_empty() {
            return Err(self.broken("clear text after the answer to STARTTLS".to_owned()));
        }
        self.phase = Phase::Tls;
        self.state = State::Handshake;
        self.outcome = Some(Outcome::Handshake);
        Ok(())
    }

    pub(super) fn take_auth(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        match (&mut self.state, reply.code) {
            (State::Auth(dialogue), 334) => {
                let Some(line) = dialogue.next_line() else { return Err(self.unexpected(&reply)) };
                self.output.extend_from_slice(line.as_bytes());
                self.output.extend_from_slice(b"\r\n");
                Ok(())
            }
            _ if reply.is_positive() => {
                self.opened();
                Ok(())
            }
            _ if reply.is_permanent() => Err(self.fail(ProblemKind::LoginRefused { reply })),
            _ => Err(self.refused(reply)),
        }
    }

    fn opened(&mut self) {
        self.state = State::Ready;
        self.outcome = Some(Outcome::Opened);
    }
}
