//! An SMTP server that keeps what it gets and says what a test wants it to say, in threads of its
//! own on a free port of the loopback address.
//!
//! Left alone it takes every mail. A rule ([`SmtpSink::on`]) replaces what it does at one phase: a
//! refusal, a cut, silence, garbage, or a [`Gate`] at which it waits for the test.

mod client;
mod rules;
mod stream;

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::sync::watch;

use crate::dovecot::Certificate;
use client::Client;
use rules::{Act, Rule};
use stream::server_config;

pub use rules::{Answer, End, Gate, Phase, Received, When};

/// How long a test waits for the server before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the server speaks before SMTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinkTls {
    /// Clear text.
    None,
    /// Clear text, and STARTTLS is offered.
    Starttls(Certificate),
    /// TLS from the first octet on.
    Implicit(Certificate),
}

/// A running server. Dropped, it closes all connections and its port.
pub struct SmtpSink {
    shared: Arc<Shared>,
    port: u16,
    authority: Vec<u8>,
    thread: Option<JoinHandle<()>>,
}

impl SmtpSink {
    /// Starts a server without TLS that takes every mail and wants no login.
    pub fn start() -> Self {
        Self::start_with(SinkTls::None)
    }

    /// Starts a server with TLS or without.
    pub fn start_with(tls: SinkTls) -> Self {
        Self::start_on(0, tls)
    }

    /// Starts a server on a port, for example on that of one that is gone.
    pub fn start_on(port: u16, tls: SinkTls) -> Self {
        let (config, authority) = match tls {
            SinkTls::None => (None, Vec::new()),
            SinkTls::Starttls(certificate) | SinkTls::Implicit(certificate) => {
                let (config, authority) = server_config(certificate);
                (Some(config), authority)
            }
        };
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port");
        let port = listener.local_addr().expect("its address").port();
        let extensions = ["SIZE 10000000", "8BITMIME", "PIPELINING", "SMTPUTF8", "DSN"];
        let inner =
            Inner { extensions: extensions.map(str::to_owned).to_vec(), ..Inner::default() };
        let shared = Arc::new(Shared {
            inner: Mutex::new(inner),
            changed: Condvar::new(),
            is_implicit: matches!(tls, SinkTls::Implicit(_)),
            config,
        });
        let accepting = Arc::clone(&shared);
        let thread = Some(thread::spawn(move || accept(&listener, &accepting)));
        Self { shared, port, authority, thread }
    }

    /// Wants this login before a mail; a token is compared with the password.
    pub fn with_login(self, user: &str, password: &str) -> Self {
        self.shared.inner().login = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// Offers exactly these extensions instead of SIZE, 8BITMIME, PIPELINING, SMTPUTF8 and DSN.
    /// AUTH and STARTTLS are added where they are had.
    pub fn offering(self, extensions: &[&str]) -> Self {
        self.shared.inner().extensions = extensions.iter().map(|&line| line.to_owned()).collect();
        self
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate to believe, as PEM. The server's own is signed by it, for `localhost`,
    /// unless it is self-signed. Empty without TLS.
    pub fn authority_pem(&self) -> &[u8] {
        &self.authority
    }

    /// Says what to do at a phase. Of several rules that fit, the last one holds.
    pub fn on(&self, phase: Phase, when: When, answer: Answer) {
        let act = Act::Answer(answer);
        self.shared.inner().rules.push(Rule { phase, when, act });
    }

    /// Lets the server wait at a phase, before it says anything, the first time that it comes there.
    pub fn gate(&self, phase: Phase, when: When) -> Gate {
        let (reach, reached) = watch::channel(false);
        let (open, opened) = mpsc::channel();
        let act = Act::Wait(Arc::new(Mutex::new(Some((reach, opened)))));
        self.shared.inner().rules.push(Rule { phase, when, act });
        Gate { phase, reached, _open: open }
    }

    /// Forgets all rules.
    pub fn clear_rules(&self) {
        self.shared.inner().rules.clear();
    }

    /// All mails of which at least DATA was accepted, in the order in which they ended.
    pub fn mails(&self) -> Vec<Received> {
        self.shared.inner().mails.clone()
    }

    /// Waits until so many mails were accepted, and gives them.
    pub fn wait_for_accepted(&self, count: usize) -> Vec<Received> {
        let accepted = |inner: &Inner| -> Vec<Received> {
            inner.mails.iter().filter(|mail| mail.is_accepted()).cloned().collect()
        };
        let inner = self.shared.inner();
        let (inner, _) = self
            .shared
            .changed
            .wait_timeout_while(inner, PATIENCE, |inner| accepted(inner).len() < count)
            .expect("the lock");
        let mails = accepted(&inner);
        assert!(mails.len() >= count, "{} of {count} mails were accepted", mails.len());
        mails
    }

    /// How many clients have connected so far.
    pub fn connections(&self) -> usize {
        self.shared.inner().connections
    }

    /// All command lines so far, of all connections, without those of a login.
    pub fn commands(&self) -> Vec<String> {
        self.shared.inner().commands.clone()
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        let open = {
            let mut inner = self.shared.inner();
            inner.is_stopping = true;
            std::mem::take(&mut inner.open)
        };
        for stream in open.into_values() {
            stream.shutdown(Shutdown::Both).ok();
        }
        // The listener wakes up for one more client.
        if TcpStream::connect(("127.0.0.1", self.port)).is_ok()
            && let Some(thread) = self.thread.take()
        {
            thread.join().ok();
        }
    }
}

#[derive(Default)]
struct Inner {
    rules: Vec<Rule>,
    visits: BTreeMap<Phase, usize>,
    login: Option<(String, String)>,
    extensions: Vec<String>,
    mails: Vec<Received>,
    commands: Vec<String>,
    connections: usize,
    open: BTreeMap<usize, TcpStream>,
    is_stopping: bool,
}

struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
    is_implicit: bool,
    config: Option<Arc<ServerConfig>>,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("the lock")
    }

    /// Counts a visit and gives what is to be done.
    fn visit(&self, phase: Phase, recipients: &[String]) -> Option<Act> {
        let mut inner = self.inner();
        let visits = inner.visits.entry(phase).or_default();
        *visits += 1;
        let visits = *visits;
        let rule = inner.rules.iter().rev().find(|rule| {
            rule.phase == phase
                && match &rule.when {
                    When::Always => true,
                    When::Nth(nth) => *nth == visits,
                    When::To(address) => recipients.contains(address),
                }
        });
        rule.map(|rule| rule.act.clone())
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let Ok(other) = stream.try_clone() else { continue };
        let number = {
            let mut inner = shared.inner();
            if inner.is_stopping {
                return;
            }
            inner.connections += 1;
            let number = inner.connections;
            inner.open.insert(number, other);
            number
        };
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            // The client may close at any moment.
            Client::new(stream, &shared).talk().ok();
            shared.inner().open.remove(&number);
        });
    }
}
