//! A mail server that takes every mail and keeps its Message-ID and the moment of its 250.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::figures::now;

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its Message-ID without brackets.
    pub message_id: String,
    /// When it was taken.
    pub at: Instant,
}

#[derive(Default)]
struct Inner {
    is_open: bool,
    connections: usize,
    taken: Vec<Taken>,
}

#[derive(Default)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_until_open(&self) {
        let inner = self.inner();
        let waited = self.changed.wait_while(inner, |inner| !inner.is_open);
        waited.unwrap_or_else(PoisonError::into_inner).connections += 1;
    }
}

/// A mail server on a free port, until the process ends.
pub struct Sink {
    /// Its address.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl Sink {
    /// Starts it. It greets nobody until [`Self::open`].
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&accepting);
                // A client that leaves ends its connection; what it sent is kept.
                thread::spawn(move || talk(stream, &shared).ok());
            }
        });
        Ok(Self { address, shared })
    }

    /// Greets whoever waits and whoever comes.
    pub fn open(&self) {
        self.shared.inner().is_open = true;
        self.shared.changed.notify_all();
    }

    /// The mails of which it said 250, in this order.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.inner().taken.clone()
    }

    /// Connections so far.
    pub fn connections(&self) -> usize {
        self.shared.inner().connections
    }

    /// Waits until so many mails were taken.
    pub fn wait_for(&self, count: usize, patience: Duration) -> Result<()> {
        let inner = self.shared.inner();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(inner, patience, |inner| inner.taken.len() < count);
        let (inner, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match inner.taken.len() >= count {
            true => Ok(()),
            false => Err(format!("{} of {count} mails came", inner.taken.len()).into()),
        }
    }
}

fn talk(stream: TcpStream, shared: &Shared) -> Result<()> {
    stream.set_nodelay(true)?;
    shared.wait_until_open();
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    let mut answers = b"220 sink.example ESMTP\r\n".to_vec();
    let mut line = Vec::new();
    loop {
        // Answers to commands that came together travel together (RFC 2920).
        if reader.buffer().is_empty() {
            reader.get_mut().write_all(&answers)?;
            answers.clear();
        }
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match word.as_slice() {
            b"EHLO" => answers.extend_from_slice(
                b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 50000000\r\n",
            ),
            b"DATA" => {
                answers.extend_from_slice(b"354 go ahead\r\n");
                reader.get_mut().write_all(&answers)?;
                answers.clear();
                let message_id = mail(&mut reader)?;
                reader.get_mut().write_all(b"250 2.0.0 kept\r\n")?;
                shared.inner().taken.push(Taken { message_id, at: now() });
                shared.changed.notify_all();
            }
            b"QUIT" => return Ok(reader.get_mut().write_all(b"221 2.0.0 bye\r\n")?),
            _ => answers.extend_from_slice(b"250 2.0.0 ok\r\n"),
        }
    }
}

/// Reads a mail up to its last dot and gives its Message-ID.
fn mail(reader: &mut BufReader<TcpStream>) -> Result<String> {
    let (mut message_id, mut is_head) = (String::new(), true);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Err("the client left before the last dot".into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(message_id),
            b"\r\n" => is_head = false,
            _ if is_head => {
                let text = String::from_utf8_lossy(&line);
                if let Some(value) = text.strip_prefix("Message-ID:") {
                    message_id = value.trim().trim_matches(['<', '>']).to_owned();
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_taken_once_the_sink_is_open() {
        let sink = Sink::start().unwrap();
        let mut client = TcpStream::connect(sink.address).unwrap();
        sink.open();
        client
            .write_all(
                b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n\
                  Message-ID: <1@x.example>\r\n\r\nMessage-ID: <2@x.example>\r\n..\r\n.\r\nQUIT\r\n",
            )
            .unwrap();
        sink.wait_for(1, Duration::from_secs(10)).unwrap();
        let ids: Vec<String> = sink.taken().into_iter().map(|mail| mail.message_id).collect();
        assert_eq!((ids, sink.connections()), (vec!["1@x.example".to_owned()], 1));
    }
}
