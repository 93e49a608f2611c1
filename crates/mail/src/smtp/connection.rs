//! A connection on which mails can go.

use std::time::Duration;

use tokio::time::timeout;

use super::envelope::{Envelope, EnvelopeAnswer};
use super::offer::Offered;
use super::problem::{Phase, ProblemKind, SmtpProblem};
use super::reply::Reply;
use super::session::Session;
use super::settings::SmtpSettings;
use super::step::Outcome;
use super::wire::Wire;
use crate::account::Tls;
use crate::dial::{DialFailed, Duplex, dial};
use crate::tls::{self, HandshakeFailed};

/// How long a server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// A connection to one server, protected and logged in as the settings want it.
///
/// One mail after the other: [`Connection::envelope`], [`Connection::body`],
/// [`Connection::finish`]; [`Connection::reset`] before the next one where a mail was begun and not
/// finished. A problem closes the connection, and so does dropping a method's future before its
/// end; every further call then says that the connection is lost. Dropping the connection after
/// the body and before the final dot discards the mail: without its dot no server keeps it
/// (RFC 5321 section 4.1.1.4).
pub struct Connection {
    /// Taken out while a command runs, so that an unfinished one takes the connection with it.
    wire: Option<Wire>,
    offered: Offered,
}

impl Connection {
    /// Connects, secures, greets and logs in. Ends within the time-outs of the settings, whatever
    /// the server does. Protection that is asked for is had, or there is no connection. An access
    /// token that is refused is renewed once.
    pub async fn open(settings: &SmtpSettings) -> Result<Self, SmtpProblem> {
        let ready = settings.ready(None).await?;
        match Self::open_as(&ready).await {
            Err(SmtpProblem { kind: ProblemKind::LoginRefused { .. }, .. })
                if settings.has_another_token() =>
            {
                Self::open_as(&settings.ready(Some(&ready)).await?).await
            }
            ended => ended,
        }
    }

    async fn open_as(settings: &SmtpSettings) -> Result<Self, SmtpProblem> {
        let patience = settings.patience;
        let tcp = dial(&settings.host, settings.port, settings.tls, patience.connect).await;
        let mut stream: Box<dyn Duplex> = Box::new(tcp.map_err(not_dialled)?);
        if settings.tls == Tls::Implicit {
            stream = secured(settings, stream).await?;
        }
        let mut wire = Wire::new(stream, Session::new(settings), patience);
        loop {
            match wire.run().await? {
                Outcome::Handshake => {
                    let (stream, mut session) = wire.into_parts();
                    let stream = secured(settings, stream).await?;
                    session.secured()?;
                    wire = Wire::new(stream, session, patience);
                }
                Outcome::Opened => {
                    let offered = wire.session.offered();
                    return Ok(Self { wire: Some(wire), offered });
                }
                _ => return Err(out_of_order(wire)),
            }
        }
    }

    /// What the server has offered.
    pub fn limits(&self) -> Offered {
        self.offered
    }

    /// Whether the connection is still there, as far as we know.
    pub fn is_connected(&self) -> bool {
        self.wire.is_some()
    }

    /// Says from whom and to whom the next mail goes. A refused recipient does not stop the others.
    /// What this server can only refuse is answered by us, marked so: a mail over its limit
    /// (552 5.3.4), an address that it cannot take (553 5.6.7) or that is none (553 5.1.3, 5.1.7).
    pub async fn envelope(
        &mut self,
        envelope: &Envelope<'_>,
    ) -> Result<EnvelopeAnswer, SmtpProblem> {
        let mut wire = self.take(Phase::Mail)?;
        wire.listen(Phase::Mail).await?;
        wire.session.begin_envelope(envelope)?;
        let Outcome::Envelope(answer) = wire.run().await? else { return Err(out_of_order(wire)) };
        self.keep(wire);
        Ok(answer)
    }

    /// Sends everything of a mail but its final dot, with lines ending in CR LF. The inner error is
    /// what the server said instead of taking it; the mail was not handed over. So it is with the
    /// outer error.
    pub async fn body(&mut self, mail: &[u8]) -> Result<Result<(), Reply>, SmtpProblem> {
        let mut wire = self.take(Phase::Data)?;
        wire.listen(Phase::Data).await?;
        wire.session.begin_data()?;
        let Outcome::Data(answer) = wire.run().await? else { return Err(out_of_order(wire)) };
        let answer = match answer {
            Ok(()) => wire.send_body(mail).await?,
            Err(reply) => Err(reply),
        };
        self.keep(wire);
        Ok(answer)
    }

    /// Sends the final dot and reads the answer. Only a positive answer means that the server has
    /// the mail, a negative one that it does not. After an error it is not known, unless
    /// [`SmtpProblem::may_have_been_taken`] says that the dot was not sent.
    pub async fn finish(&mut self) -> Result<Reply, SmtpProblem> {
        let mut wire = self.take(Phase::Body)?;
        wire.listen(Phase::Body).await?;
        wire.session.begin_finish()?;
        let Outcome::Finished(reply) = wire.run().await? else { return Err(out_of_order(wire)) };
        self.keep(wire);
        Ok(reply)
    }

    /// Forgets a mail that had begun, for the next one on the same connection. Needed where the
    /// sender was taken and the mail was not finished, and never wrong. After the body of a mail
    /// there is no way back but to close the connection, and this does so.
    pub async fn reset(&mut self) -> Result<(), SmtpProblem> {
        let mut wire = self.take(Phase::Reset)?;
        wire.listen(Phase::Reset).await?;
        wire.session.begin_reset()?;
        let Outcome::Reset = wire.run().await? else { return Err(out_of_order(wire)) };
        self.keep(wire);
        Ok(())
    }

    /// Says goodbye. The connection is closed whatever the server answers.
    pub async fn quit(mut self) {
        let Some(mut wire) = self.wire.take() else { return };
        if wire.session.begin_quit().is_ok() {
            // Nothing depends on the answer; waiting for it spares the server an error in its log.
            timeout(GOODBYE, wire.run()).await.ok();
        }
    }

    fn take(&mut self, phase: Phase) -> Result<Wire, SmtpProblem> {
        let lost = SmtpProblem::new(phase, ProblemKind::ConnectionLost { reply: None });
        self.wire.take().ok_or(lost)
    }

    fn keep(&mut self, wire: Wire) {
        self.wire = Some(wire).filter(|wire| !wire.session.is_closed());
    }
}

fn out_of_order(mut wire: Wire) -> SmtpProblem {
    wire.session.fail(ProblemKind::OutOfOrder)
}

async fn secured(
    settings: &SmtpSettings,
    stream: Box<dyn Duplex>,
) -> Result<Box<dyn Duplex>, SmtpProblem> {
    let handshake = tls::connect(&settings.trust, &settings.host, stream);
    let kind = match timeout(settings.patience.connect, handshake).await {
        Ok(Ok(stream)) => return Ok(Box::new(stream)),
        Ok(Err(HandshakeFailed::Tls(detail))) => ProblemKind::TlsFailed { detail },
        Ok(Err(HandshakeFailed::Connection(_))) => ProblemKind::ConnectionLost { reply: None },
        Err(_) => ProblemKind::TimedOut,
    };
    Err(SmtpProblem::new(Phase::Tls, kind))
}

fn not_dialled(failed: DialFailed) -> SmtpProblem {
    let kind = match failed {
        DialFailed::HostUnknown => ProblemKind::HostUnknown,
        DialFailed::LookupFailed(detail) => ProblemKind::LookupFailed { detail },
        DialFailed::LookupTimedOut | DialFailed::TimedOut => ProblemKind::TimedOut,
        DialFailed::Refused => ProblemKind::Refused,
        DialFailed::Unreachable(detail) => ProblemKind::Unreachable { detail },
        DialFailed::PlaintextRefused => ProblemKind::PlaintextRefused,
    };
    SmtpProblem::new(Phase::Connect, kind)
}
