//! One connection: commands out, responses in, nothing without a time-out.

use std::collections::VecDeque;
use std::time::Duration;

use imap_proto::{MailboxDatum, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::framing::{Framing, TooLong};
use super::problem::ImapProblem;
use super::response::{self, Incoming, Status, StatusLine};
use super::settings::Patience;
use crate::dial::Duplex;

/// Octets of literals in one response, where no mail is asked for.
const LITERAL_BYTES_MAX: usize = 1024 * 1024;
const READ_BYTES: usize = 16 * 1024;
const WRITE_BYTES: usize = 64 * 1024;

/// A command with what is said after each `+` of the server: literals, or steps of a login.
pub(super) struct Command {
    line: String,
    at_once: Option<Vec<u8>>,
    answers: VecDeque<Vec<u8>>,
    doing: &'static str,
}

impl Command {
    pub(super) fn new(line: impl Into<String>, doing: &'static str) -> Self {
        Self { line: line.into(), at_once: None, answers: VecDeque::new(), doing }
    }

    /// Adds what to say when the server asks for more, without the CR LF.
    pub(super) fn then(mut self, answer: impl Into<Vec<u8>>) -> Self {
        self.answers.push_back(answer.into());
        self
    }

    /// Adds octets that follow the line before the server asks for them, without the CR LF: a literal
    /// with a plus sign (RFC 7888).
    pub(super) fn with(mut self, octets: impl Into<Vec<u8>>) -> Self {
        self.at_once = Some(octets.into());
        self
    }
}

/// A connection. Once a method has failed, or was not run to its end, the octets of both sides no
/// longer belong together: drop it.
pub(super) struct Wire<'s> {
    stream: Box<dyn Duplex + 's>,
    framing: Framing,
    patience: Patience,
    tags: u32,
    tag: String,
    /// What the server said when it announced the end.
    goodbye: Option<String>,
    /// Whether the server spoke of a mail that came or went since this was last cleared.
    pub(super) folder_changed: bool,
}

impl<'s> Wire<'s> {
    pub(super) fn new(stream: Box<dyn Duplex + 's>, patience: Patience) -> Self {
        Self {
            stream,
            framing: Framing::new(LITERAL_BYTES_MAX),
            patience,
            tags: 0,
            tag: String::new(),
            goodbye: None,
            folder_changed: false,
        }
    }

    /// Says how large a mail may be that is asked for next.
    pub(super) fn allow_literals(&mut self, bytes_max: usize) {
        self.framing.allow_literals(bytes_max.max(LITERAL_BYTES_MAX));
    }

    /// The greeting, the first thing a server says.
    pub(super) async fn greeting(&mut self) -> Result<StatusLine, ImapProblem> {
        let octets = self.receive("waiting for the greeting").await?;
        match response::read(&octets, "") {
            Ok(Incoming::Status(line)) => Ok(line),
            _ => {
                let words = super::problem::readable(octets.get(..80).unwrap_or(&octets));
                Err(ImapProblem::broken(format!("the greeting is not IMAP: {words}")))
            }
        }
    }

    /// Whether the server has sent nothing beyond what was read.
    pub(super) fn is_quiet(&self) -> bool {
        self.framing.is_empty()
    }

    /// Runs a command to its end and shows all data on the way to `on_data`.
    pub(super) async fn run(
        &mut self,
        mut command: Command,
        mut on_data: impl FnMut(Incoming<'_>),
    ) -> Result<StatusLine, ImapProblem> {
        self.start(&command).await?;
        loop {
            let octets = self.receive(command.doing).await?;
            match self.read(&octets)? {
                Incoming::Done(line) => return Ok(line),
                Incoming::Continue => {
                    // A login that failed asks once more; an empty line lets it say why.
                    let mut answer = command.answers.pop_front().unwrap_or_default();
                    answer.extend_from_slice(b"\r\n");
                    self.send(&answer, command.doing).await?;
                }
                data => on_data(data),
            }
        }
    }

    /// Sends a command; its end must be waited for before the next.
    pub(super) async fn start(&mut self, command: &Command) -> Result<(), ImapProblem> {
        self.tags += 1;
        self.tag = format!("L{}", self.tags);
        let mut octets = format!("{} {}\r\n", self.tag, command.line).into_bytes();
        if let Some(literal) = &command.at_once {
            octets.extend_from_slice(literal);
            octets.extend_from_slice(b"\r\n");
        }
        self.send(&octets, command.doing).await
    }

    /// Sends octets as they are.
    pub(super) async fn send(
        &mut self,
        octets: &[u8],
        doing: &'static str,
    ) -> Result<(), ImapProblem> {
        let silence = self.patience.silence;
        for chunk in octets.chunks(WRITE_BYTES) {
            let written = timeout(silence, self.stream.write_all(chunk)).await;
            self.check(written, doing)?;
        }
        let flushed = timeout(silence, self.stream.flush()).await;
        self.check(flushed, doing)
    }

    /// The next whole response.
    pub(super) async fn receive(&mut self, doing: &'static str) -> Result<Vec<u8>, ImapProblem> {
        let silence = self.patience.silence;
        match self.receive_within(silence, doing).await? {
            Some(octets) => Ok(octets),
            None => Err(ImapProblem::TimedOut { doing }),
        }
    }

    /// The next whole response, or `None` if nothing at all came for this long.
    pub(super) async fn receive_within(
        &mut self,
        first_octet: Duration,
        doing: &'static str,
    ) -> Result<Option<Vec<u8>>, ImapProblem> {
        let mut begun = (!self.framing.is_empty()).then(Instant::now);
        loop {
            if let Some(octets) = self.framing.next().map_err(too_long)? {
                return Ok(Some(octets));
            }
            let now = Instant::now();
            let until = begun.map_or(now + first_octet, |begun| {
                (begun + self.patience.response).min(now + self.patience.silence)
            });
            let mut chunk = [0; READ_BYTES];
            let read = match timeout_at(until, self.stream.read(&mut chunk)).await {
                Ok(read) => read,
                Err(_) if begun.is_none() => return Ok(None),
                Err(_) => return Err(ImapProblem::TimedOut { doing }),
            };
            let length = read.map_err(|_| self.lost())?;
            if length == 0 {
                return Err(self.lost());
            }
            begun = begun.or_else(|| Some(Instant::now()));
            self.framing.push(chunk.get(..length).unwrap_or_default());
        }
    }

    /// Reads a response and keeps what concerns the connection itself.
    pub(super) fn read<'a>(&mut self, octets: &'a [u8]) -> Result<Incoming<'a>, ImapProblem> {
        let incoming = response::read(octets, &self.tag)?;
        match &incoming {
            Incoming::Status(StatusLine { status: Status::Bye, words }) => {
                self.goodbye = Some(words.clone());
            }
            Incoming::Data(
                Response::MailboxData(MailboxDatum::Exists(_))
                | Response::Expunge(_)
                | Response::Vanished { .. },
            ) => self.folder_changed = true,
            _ => {}
        }
        Ok(incoming)
    }

    fn lost(&self) -> ImapProblem {
        ImapProblem::ConnectionLost { words: self.goodbye.clone() }
    }

    fn check(
        &self,
        outcome: Result<std::io::Result<()>, tokio::time::error::Elapsed>,
        doing: &'static str,
    ) -> Result<(), ImapProblem> {
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(self.lost()),
            Err(_) => Err(ImapProblem::TimedOut { doing }),
        }
    }
}

fn too_long(problem: TooLong) -> ImapProblem {
    match problem {
        TooLong::Line => ImapProblem::broken("a line without end"),
        TooLong::Literal(length) => ImapProblem::broken(format!(
            "{length} octets announced, more than the settings allow for a mail"
        )),
    }
}
