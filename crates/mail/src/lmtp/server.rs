//! Puts the protocol on a listener.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use values::EmailAddress;

use super::reply;
use super::session::Session;
use super::types::{Action, DeliverAnswer, Dialect, Envelope, Limits, RecipientAnswer};

/// Most mails come in one piece.
const READ_BYTES: usize = 64 * 1024;
/// The pause after a connection could not be accepted, usually because file handles ran out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Decides about recipients and stores mails.
pub trait Handler: Send + Sync + 'static {
    /// Whether mails for this address are taken.
    fn recipient(&self, address: &EmailAddress) -> impl Future<Output = RecipientAnswer> + Send;

    /// Stores a mail durably and says what became of it for each recipient, in their order.
    fn deliver(&self, mail: Envelope) -> impl Future<Output = Vec<DeliverAnswer>> + Send;
}

/// What all connections together may ask of us.
#[derive(Clone, Debug)]
pub struct ServeLimits {
    /// LMTP or SMTP.
    pub dialect: Dialect,
    /// The name of this host in the greeting.
    pub host: String,
    /// What one connection may ask.
    pub session: Limits,
    /// Most connections at a time; further ones are sent away.
    pub connections_max: usize,
    /// Most memory for arriving mails of all connections, in octets. Mails beyond it are to be sent
    /// again later.
    pub memory_bytes_max: usize,
    /// How long a client may be silent; RFC 5321 section 4.5.3.2.7 wants 5 minutes.
    pub idle: Duration,
    /// How long connections may take to end after the shutdown.
    pub grace: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            dialect: Dialect::Lmtp,
            host: "localhost".to_owned(),
            session: Limits::default(),
            connections_max: 100,
            memory_bytes_max: 256 * 1024 * 1024,
            idle: Duration::from_secs(300),
            grace: Duration::from_secs(8),
        }
    }
}

/// Serves until `shutdown` is ready. Then nothing new begins: idle connections end with 421, a mail
/// that is being stored is answered first, and what is left after the grace is cut off; its client
/// sends it again.
pub async fn serve<H: Handler>(
    listener: TcpListener,
    handler: Arc<H>,
    limits: ServeLimits,
    shutdown: impl Future<Output = ()>,
) {
    let (stop, stopped) = watch::channel(());
    let shared = Arc::new(Shared { handler, limits, held: AtomicUsize::new(0) });
    let seats = Arc::new(Semaphore::new(shared.limits.connections_max));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let seat = Arc::clone(&seats).try_acquire_owned().ok();
                let shared = Arc::clone(&shared);
                connections.spawn(welcome(shared, stream, seat, stopped.clone()));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
    drop(listener);
    drop(stop);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if timeout(shared.limits.grace, all_ended).await.is_err() {
        connections.shutdown().await;
    }
}

/// What all connections share.
struct Shared<H> {
    handler: Arc<H>,
    limits: ServeLimits,
    /// Octets of mails that are arriving.
    held: AtomicUsize,
}

/// A connection that broke is the client's matter: it sends again what was not answered.
async fn welcome<H: Handler>(
    shared: Arc<Shared<H>>,
    mut stream: TcpStream,
    seat: Option<OwnedSemaphorePermit>,
    stopped: watch::Receiver<()>,
) {
    if seat.is_none() {
        let line = format!("{}\r\n", reply::TOO_MANY_CONNECTIONS);
        timeout(shared.limits.idle, stream.write_all(line.as_bytes())).await.ok();
        return;
    }
    Connection { shared: &shared, stream, stopped, counted: 0 }.run().await.ok();
}

struct Connection<'h, H> {
    shared: &'h Shared<H>,
    stream: TcpStream,
    stopped: watch::Receiver<()>,
    /// The octets of this connection in the common count.
    counted: usize,
}

impl<H: Handler> Connection<'_, H> {
    async fn run(&mut self) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        let limits = &self.shared.limits;
        let mut session = Session::new(limits.dialect, limits.session, &limits.host);
        let mut chunk = vec![0; READ_BYTES];
        while self.act(&mut session).await? == Then::Read {
            let length = tokio::select! {
                read = timeout(limits.idle, self.stream.read(&mut chunk)) => match read {
                    Ok(read) => read?,
                    Err(_) => {
                        session.close_with(reply::TIMED_OUT);
                        continue;
                    }
                },
                _ = self.stopped.changed() => {
                    session.close_with(reply::SHUTTING_DOWN);
                    continue;
                }
            };
            if length == 0 {
                return Ok(());
            }
            session.feed(chunk.get(..length).unwrap_or_default());
            if !self.count(session.held()) {
                session.refuse_mail();
                self.count(0);
            }
        }
        Ok(())
    }

    /// Does what the session asks for until it needs more octets.
    async fn act(&mut self, session: &mut Session) -> io::Result<Then> {
        let mut replies = Vec::new();
        while let Some(action) = session.next_action() {
            match action {
                Action::Reply(octets) => replies.extend(octets),
                Action::Recipient(address) => {
                    session.answer_recipient(self.shared.handler.recipient(&address).await);
                }
                Action::Mail(mail) => {
                    // The next command may be here already (RFC 2920), the client waits anyway.
                    self.send(&mut replies).await?;
                    let answers = self.shared.handler.deliver(mail).await;
                    self.count(0);
                    session.answer_mail(&answers);
                }
                Action::Close => {
                    self.send(&mut replies).await?;
                    self.stream.shutdown().await?;
                    return Ok(Then::End);
                }
            }
        }
        self.send(&mut replies).await?;
        Ok(Then::Read)
    }

    async fn send(&mut self, replies: &mut Vec<u8>) -> io::Result<()> {
        let written = timeout(self.shared.limits.idle, self.stream.write_all(replies)).await;
        replies.clear();
        written.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// Puts the octets of this connection into the common count; false if that is too much.
    fn count(&mut self, held: usize) -> bool {
        self.shared.held.fetch_add(held, Ordering::Relaxed);
        let before = self.shared.held.fetch_sub(self.counted, Ordering::Relaxed);
        let all = before.saturating_sub(self.counted);
        self.counted = held;
        all <= self.shared.limits.memory_bytes_max
    }
}

impl<H> Drop for Connection<'_, H> {
    fn drop(&mut self) {
        self.shared.held.fetch_sub(self.counted, Ordering::Relaxed);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Read,
    End,
}
