//! The protocol of one connection, without I/O.

use std::borrow::Cow;

use super::envelope::Envelope;
use super::exchange::Exchange;
use super::framing::{Answer, Broken, Framing};
use super::offer::Offered;
use super::problem::{Phase, ProblemKind, SmtpProblem};
use super::reply::{Reply, readable};
use super::settings::{SmtpLogin, SmtpSettings};
use super::step::{Outcome, State, Step};
use crate::account::Tls;

/// Longest piece of a broken line that is told, in characters.
const GARBAGE_MAX: usize = 80;

/// The protocol of one connection.
///
/// It begins by itself with the greeting. Call [`Session::next_step`] and do what it says until
/// something is done; then begin the next with one of the `begin_` methods. After a problem the
/// session is closed. How the octets are cut changes nothing.
#[derive(Debug)]
pub struct Session {
    pub(super) hello: String,
    pub(super) login: Option<SmtpLogin>,
    pub(super) wants_starttls: bool,
    pub(super) phase: Phase,
    pub(super) state: State,
    pub(super) framing: Framing,
    pub(super) offered: Offered,
    pub(super) output: Vec<u8>,
    pub(super) outcome: Option<Outcome>,
    replies: u64,
    pub(super) is_writable: bool,
}

impl Session {
    /// A new connection; with implicit TLS, one on which TLS runs already.
    pub fn new(settings: &SmtpSettings) -> Self {
        let hello: String = settings.hello.chars().filter(char::is_ascii_graphic).collect();
        Self {
            hello: if hello.is_empty() { "localhost".to_owned() } else { hello },
            login: settings.login.clone(),
            wants_starttls: settings.tls == Tls::Starttls,
            phase: Phase::Greeting,
            state: State::Greeting,
            framing: Framing::default(),
            offered: Offered::default(),
            output: Vec::new(),
            outcome: None,
            replies: 0,
            is_writable: true,
        }
    }

    /// How far it has come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How many answers were read.
    pub fn replies(&self) -> u64 {
        self.replies
    }

    /// What the server has offered.
    pub fn offered(&self) -> Offered {
        self.offered
    }

    /// Whether nothing more can be done on this connection.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// Takes what was read.
    pub fn feed(&mut self, octets: &[u8]) {
        self.framing.push(octets);
    }

    /// What is to be done next.
    pub fn next_step(&mut self) -> Result<Step, SmtpProblem> {
        loop {
            if self.is_writable && !self.output.is_empty() {
                self.expect_silence()?;
                return Ok(Step::Send(std::mem::take(&mut self.output)));
            }
            if let Some(outcome) = self.outcome.take() {
                return Ok(Step::Done(outcome));
            }
            if self.is_closed() {
                return Err(self.fail(ProblemKind::ConnectionLost { reply: None }));
            }
            match self.answer()? {
                Some(answer) => self.take(answer)?,
                None => return Ok(Step::Read),
            }
        }
    }

    /// Closes the session for what went wrong outside, and says how far it had come.
    pub fn fail(&mut self, kind: ProblemKind) -> SmtpProblem {
        self.state = State::Closed;
        self.output.clear();
        self.outcome = None;
        SmtpProblem::new(self.phase, kind)
    }

    /// The server took no more octets. What it may have said before is still read, and a refusal
    /// among it counts; anything else is no answer to what it never got.
    pub fn write_failed(&mut self) {
        self.is_writable = false;
    }

    /// TLS runs. All that was said in clear text is forgotten.
    pub fn secured(&mut self) -> Result<(), SmtpProblem> {
        if !matches!(self.state, State::Handshake) {
            return Err(self.fail(ProblemKind::OutOfOrder));
        }
        self.wants_starttls = false;
        self.offered = Offered::default();
        self.say_hello();
        Ok(())
    }

    /// Begins a mail.
    pub fn begin_envelope(&mut self, envelope: &Envelope<'_>) -> Result<(), SmtpProblem> {
        self.begin(Phase::Mail, |state| matches!(state, State::Ready))?;
        self.state = State::Envelope(Exchange::new(envelope, &self.offered));
        self.go_on_with_envelope();
        Ok(())
    }

    /// Asks whether the mail may follow.
    pub fn begin_data(&mut self) -> Result<(), SmtpProblem> {
        self.begin(Phase::Data, |state| matches!(state, State::Ready | State::Addressed(_)))?;
        match self.state {
            State::Ready | State::Addressed(0) => {
                let reply = Reply::ours(554, [5, 5, 1], "no recipient was accepted");
                self.outcome = Some(Outcome::Data(Err(reply)));
            }
            _ => self.say("DATA", State::Data),
        }
        Ok(())
    }

    /// The next octets of the mail as they go over the wire.
    pub fn stuff(&mut self, octets: &[u8]) -> Result<Vec<u8>, SmtpProblem> {
        match &mut self.state {
            State::Body(stuffing) => Ok(stuffing.push(octets)),
            _ => Err(self.fail(ProblemKind::OutOfOrder)),
        }
    }

    /// The last octets of the mail before its final dot.
    pub fn end_of_body(&mut self) -> Result<&'static [u8], SmtpProblem> {
        match &self.state {
            State::Body(stuffing) => Ok(stuffing.end()),
            _ => Err(self.fail(ProblemKind::OutOfOrder)),
        }
    }

    /// All of the mail but its final dot is sent.
    pub fn end_body(&mut self) -> Result<(), SmtpProblem> {
        match &self.state {
            State::Body(_) => {
                self.state = State::BodySent;
                Ok(())
            }
            _ => Err(self.fail(ProblemKind::OutOfOrder)),
        }
    }

    /// Says the final dot, unless the server has refused the mail already.
    pub fn begin_finish(&mut self) -> Result<(), SmtpProblem> {
        if !matches!(self.state, State::BodySent) {
            return Err(self.fail(ProblemKind::OutOfOrder));
        }
        if let Some(answer) = self.answer()? {
            let reply = self.reply(&answer);
            if !reply.is_negative() {
                return Err(self.unexpected(&reply));
            }
            self.state = State::Closed;
            self.outcome = Some(Outcome::Finished(reply));
            return Ok(());
        }
        self.expect_silence()?;
        self.phase = Phase::Dot;
        self.say(".", State::Dot);
        Ok(())
    }

    /// Forgets a mail that had begun.
    pub fn begin_reset(&mut self) -> Result<(), SmtpProblem> {
        self.begin(Phase::Reset, |state| matches!(state, State::Ready | State::Addressed(_)))?;
        self.say("RSET", State::Reset);
        Ok(())
    }

    /// Says goodbye.
    pub fn begin_quit(&mut self) -> Result<(), SmtpProblem> {
        self.begin(Phase::Quit, |state| matches!(state, State::Ready | State::Addressed(_)))?;
        self.say("QUIT", State::Quit);
        Ok(())
    }

    fn begin(&mut self, phase: Phase, may: impl Fn(&State) -> bool) -> Result<(), SmtpProblem> {
        if self.is_closed() {
            self.phase = phase;
            return Err(self.fail(ProblemKind::ConnectionLost { reply: None }));
        }
        if !may(&self.state) {
            return Err(self.fail(ProblemKind::OutOfOrder));
        }
        self.phase = phase;
        self.expect_silence()
    }

    /// An answer that is there before anything was asked ends the connection: it would be taken
    /// for the answer to what is asked next, and in the end a mail for delivered that is not.
    fn expect_silence(&mut self) -> Result<(), SmtpProblem> {
        if let Some(answer) = self.answer()? {
            let reply = self.reply(&answer);
            return Err(self.goodbye_or_unexpected(reply));
        }
        match self.framing.is_empty() {
            true => Ok(()),
            false => Err(self.broken("an answer to nothing".to_owned())),
        }
    }

    pub(super) fn say(&mut self, line: &str, state: State) {
        self.output.extend_from_slice(line.as_bytes());
        self.output.extend_from_slice(b"\r\n");
        self.state = state;
    }

    pub(super) fn say_hello(&mut self) {
        self.phase = Phase::Hello;
        let line = format!("EHLO {}", self.hello);
        self.say(&line, State::Ehlo);
    }

    fn answer(&mut self) -> Result<Option<Answer>, SmtpProblem> {
        let answer = self.framing.next();
        answer.map_err(|broken| match broken {
            Broken::TooLong => self.fail(ProblemKind::TooLong),
            Broken::Line(line) => {
                let words = self.without_secrets(&line);
                let begin: String = words.chars().take(GARBAGE_MAX).collect();
                self.broken(format!("no answer: {}", readable(&begin)))
            }
        })
    }

    fn reply(&mut self, answer: &Answer) -> Reply {
        self.replies += 1;
        let lines = answer.lines.iter().map(|line| self.without_secrets(line));
        Reply::from_lines(answer.code, &lines.collect::<Vec<_>>())
    }

    /// A line of the server without what it repeats of the login.
    fn without_secrets<'l>(&self, line: &'l [u8]) -> Cow<'l, str> {
        let words = String::from_utf8_lossy(line);
        match &self.state {
            State::Auth(dialogue) => dialogue.without_secrets(&words).into(),
            _ => words,
        }
    }

    pub(super) fn broken(&mut self, detail: String) -> SmtpProblem {
        self.fail(ProblemKind::ProtocolBroken { detail })
    }

    pub(super) fn unexpected(&mut self, reply: &Reply) -> SmtpProblem {
        self.broken(format!("unexpected answer: {reply}"))
    }

    fn goodbye_or_unexpected(&mut self, reply: Reply) -> SmtpProblem {
        match reply.code {
            421 => self.fail(ProblemKind::ConnectionLost { reply: Some(reply) }),
            _ => self.unexpected(&reply),
        }
    }

    /// Takes the next answer.
    fn take(&mut self, answer: Answer) -> Result<(), SmtpProblem> {
        let reply = self.reply(&answer);
        if !self.is_writable && !reply.is_negative() {
            return Err(self.fail(ProblemKind::ConnectionLost { reply: None }));
        }
        if reply.code == 421 && !matches!(self.state, State::Dot | State::Body(_)) {
            return Err(self.goodbye_or_unexpected(reply));
        }
        match &self.state {
            State::Greeting => self.take_greeting(reply),
            State::Ehlo => self.take_hello(&answer, reply),
            State::Helo => match reply.is_positive() {
                true => self.introduced(),
                false => Err(self.refused(reply)),
            },
            State::Starttls => self.take_starttls(reply),
            State::Auth(_) => self.take_auth(reply),
            State::Envelope(_) => self.take_envelope(reply),
            State::Data => self.take_data(reply),
            // A mail is refused before its end; the server will not read on.
            State::Body(_) if reply.is_negative() => {
                self.state = State::Closed;
                self.outcome = Some(Outcome::Data(Err(reply)));
                Ok(())
            }
            State::Dot => self.take_verdict(reply),
            State::Reset if reply.is_positive() => {
                self.state = State::Ready;
                self.outcome = Some(Outcome::Reset);
                Ok(())
            }
            State::Reset => Err(self.refused(reply)),
            State::Quit => {
                self.state = State::Closed;
                self.outcome = Some(Outcome::Quit);
                Ok(())
            }
            State::Handshake
            | State::Ready
            | State::Addressed(_)
            | State::Body(_)
            | State::BodySent
            | State::Closed => Err(self.unexpected(&reply)),
        }
    }

    /// A command was not taken, and there is no way on.
    pub(super) fn refused(&mut self, reply: Reply) -> SmtpProblem {
        match reply.is_negative() {
            true => self.fail(ProblemKind::ServerSaid { reply }),
            false => self.unexpected(&reply),
        }
    }
}
