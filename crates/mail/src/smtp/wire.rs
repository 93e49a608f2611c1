//! Puts a session on a stream: octets out, octets in, nothing without a time-out.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::time::{Instant, timeout, timeout_at};

use super::problem::{Phase, ProblemKind, SmtpProblem};
use super::reply::Reply;
use super::session::Session;
use super::settings::Patience;
use super::step::{Outcome, Step};
use crate::dial::Duplex;

const READ_BYTES: usize = 4096;
/// What goes out in one piece, each with its own time-out.
const WRITE_BYTES: usize = 64 * 1024;
/// How long we look for the last words of a server that takes nothing more.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A connection. Once a method has failed, or was not run to its end, the octets of both sides no
/// longer belong together: drop it.
pub(super) struct Wire {
    stream: Box<dyn Duplex>,
    pub(super) session: Session,
    patience: Patience,
    is_writable: bool,
}

/// Why octets did not go out.
enum NotSent {
    TimedOut,
    Broken,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Duplex>, session: Session, patience: Patience) -> Self {
        Self { stream, session, patience, is_writable: true }
    }

    /// Gives the stream away, for TLS to begin on it.
    pub(super) fn into_parts(self) -> (Box<dyn Duplex>, Session) {
        (self.stream, self.session)
    }

    /// Does what the session says until something is done.
    pub(super) async fn run(&mut self) -> Result<Outcome, SmtpProblem> {
        let mut answered = self.session.replies();
        let mut limit = self.limit();
        let mut until = Instant::now() + limit;
        loop {
            match self.session.next_step()? {
                Step::Done(outcome) => return Ok(outcome),
                Step::Send(octets) => {
                    match self.send(&octets).await {
                        Ok(()) => {}
                        Err(NotSent::Broken) => self.give_up_writing(),
                        Err(NotSent::TimedOut) => return Err(self.timed_out()),
                    }
                    limit = self.limit();
                    until = Instant::now() + limit;
                }
                Step::Read => {
                    if self.session.replies() != answered {
                        answered = self.session.replies();
                        until = Instant::now() + limit;
                    }
                    self.read(until).await?;
                }
            }
        }
    }

    /// Sends a mail without its final dot, or tells what the server said if it refused the mail on
    /// the way.
    pub(super) async fn send_body(
        &mut self,
        mail: &[u8],
    ) -> Result<Result<(), Reply>, SmtpProblem> {
        for octets in mail.chunks(WRITE_BYTES) {
            let wire = self.session.stuff(octets)?;
            if let Err(not_sent) = self.send(&wire).await {
                return self.refused_on_the_way(not_sent).await;
            }
        }
        let end = self.session.end_of_body()?;
        if let Err(not_sent) = self.send(end).await {
            return self.refused_on_the_way(not_sent).await;
        }
        self.session.end_body()?;
        Ok(Ok(()))
    }

    async fn refused_on_the_way(
        &mut self,
        not_sent: NotSent,
    ) -> Result<Result<(), Reply>, SmtpProblem> {
        if matches!(not_sent, NotSent::TimedOut) {
            return Err(self.timed_out());
        }
        self.give_up_writing();
        match self.run().await? {
            Outcome::Data(answer) => Ok(answer),
            _ => Err(self.session.fail(ProblemKind::OutOfOrder)),
        }
    }

    /// Takes what the server has said unasked before something begins, without waiting for it.
    pub(super) async fn listen(&mut self, next: Phase) -> Result<(), SmtpProblem> {
        let mut chunk = [0; READ_BYTES];
        let mut buffer = ReadBuf::new(&mut chunk);
        let stream = &mut self.stream;
        let read = poll_fn(|context| {
            let read = Pin::new(&mut *stream).poll_read(context, &mut buffer);
            Poll::Ready(read)
        })
        .await;
        match read {
            Poll::Pending => Ok(()),
            Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                self.session.feed(buffer.filled());
                Ok(())
            }
            Poll::Ready(_) => {
                let lost = self.lost();
                Err(SmtpProblem { phase: next, ..lost })
            }
        }
    }

    fn limit(&self) -> Duration {
        let limit = match self.session.phase() {
            Phase::Dot => self.patience.final_dot,
            Phase::Body => self.patience.data_block,
            _ => self.patience.command,
        };
        match self.is_writable {
            true => limit,
            false => limit.min(LAST_WORDS),
        }
    }

    fn give_up_writing(&mut self) {
        self.is_writable = false;
        self.session.write_failed();
    }

    async fn send(&mut self, octets: &[u8]) -> Result<(), NotSent> {
        let stream = &mut self.stream;
        let sent = async {
            stream.write_all(octets).await?;
            stream.flush().await
        };
        // A dot goes out at once or not at all; waiting long is for its answer.
        let patience = match self.session.phase() {
            Phase::Body | Phase::Dot => self.patience.data_block,
            _ => self.patience.command,
        };
        match timeout(patience, sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(NotSent::Broken),
            Err(_) => Err(NotSent::TimedOut),
        }
    }

    async fn read(&mut self, until: Instant) -> Result<(), SmtpProblem> {
        let mut chunk = [0; READ_BYTES];
        let read: io::Result<usize> = match timeout_at(until, self.stream.read(&mut chunk)).await {
            Ok(read) => read,
            Err(_) => return Err(self.timed_out()),
        };
        match read {
            Ok(length) if length > 0 => {
                self.session.feed(chunk.get(..length).unwrap_or_default());
                Ok(())
            }
            _ => Err(self.lost()),
        }
    }

    fn lost(&mut self) -> SmtpProblem {
        self.session.fail(ProblemKind::ConnectionLost { reply: None })
    }

    fn timed_out(&mut self) -> SmtpProblem {
        self.session.fail(ProblemKind::TimedOut)
    }
}
