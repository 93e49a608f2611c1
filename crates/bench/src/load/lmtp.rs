//! An LMTP client (RFC 2033), and several of them at once.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::Result;
use crate::figures::{Figures, millis_since, now};

/// How long a reply may take before the run fails.
const PATIENCE: Duration = Duration::from_secs(120);
/// Mails over one connection, as mail servers send them.
const MAILS_PER_CONNECTION: usize = 100;
/// The sender in the envelope.
const FROM: &str = "kunde@example.net";

/// A connection to a mail server.
pub struct Client {
    reader: BufReader<TcpStream>,
    line: String,
}

impl Client {
    /// Connects and says hello.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut client = Self { reader: BufReader::new(stream), line: String::new() };
        client.expect("220")?;
        client.command("LHLO load.example\r\n", "250")?;
        Ok(client)
    }

    /// Hands a mail over; it is durable when this returns. The commands travel together (RFC 2920),
    /// as mail servers send them.
    pub fn deliver(&mut self, to: &str, mail: &[u8]) -> Result<()> {
        self.command(&format!("MAIL FROM:<{FROM}>\r\nRCPT TO:<{to}>\r\nDATA\r\n"), "250")?;
        self.expect("250")?;
        self.expect("354")?;
        self.reader.get_mut().write_all(&stuffed(mail))?;
        self.expect("250")
    }

    fn command(&mut self, command: &str, wanted: &str) -> Result<()> {
        self.reader.get_mut().write_all(command.as_bytes())?;
        self.expect(wanted)
    }

    fn expect(&mut self, wanted: &str) -> Result<()> {
        loop {
            self.line.clear();
            if self.reader.read_line(&mut self.line)? == 0 {
                return Err("the mail server closed the connection".into());
            }
            if self.line.as_bytes().get(3) != Some(&b'-') {
                break;
            }
        }
        match self.line.starts_with(wanted) {
            true => Ok(()),
            false => Err(format!("{wanted} expected: {}", self.line.trim_end()).into()),
        }
    }
}

/// A mail as it travels: dots at the beginnings of lines doubled, and its end (RFC 5321 4.5.2).
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(mail.len() + 64);
    let mut is_line_start = true;
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if is_line_start && line.first() == Some(&b'.') {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
        is_line_start = line.ends_with(b"\n");
    }
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b".\r\n");
    bytes
}

/// Mails for one recipient, each sent once.
pub struct Delivery<'a> {
    /// The mail server.
    pub address: SocketAddr,
    /// The recipient.
    pub to: &'a str,
    /// The mails.
    pub mails: &'a [Vec<u8>],
    /// Connections at the same time.
    pub clients: usize,
    /// Mails a second of all clients together; without it as fast as they are taken.
    pub per_second: Option<f64>,
}

impl Delivery<'_> {
    /// Sends all mails and says how long each took.
    pub fn run(&self) -> Result<Figures> {
        self.run_until(&AtomicBool::new(false))
    }

    /// Sends mails until all are sent or somebody says stop.
    pub fn run_until(&self, stop: &AtomicBool) -> Result<Figures> {
        let next = AtomicUsize::new(0);
        let start = now();
        let results: Vec<Result<Figures>> = thread::scope(|scope| {
            let client = || scope.spawn(|| self.one_client(&next, stop));
            let threads: Vec<_> = (0..self.clients).map(|_| client()).collect();
            let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ended.map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into()))).collect()
        });
        let mut all = Figures { seconds: start.elapsed().as_secs_f64(), ..Figures::default() };
        for figures in results {
            let figures = figures?;
            all.millis.extend(figures.millis);
            all.bytes += figures.bytes;
        }
        Ok(all)
    }

    fn one_client(&self, next: &AtomicUsize, stop: &AtomicBool) -> Result<Figures> {
        let start = now();
        let mut figures = Figures::default();
        let mut client = Client::connect(self.address)?;
        let mut sent = 0;
        while !stop.load(Ordering::Relaxed) {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(mail) = self.mails.get(place) else { break };
            if let Some(per_second) = self.per_second {
                let due = Duration::from_secs_f64(place as f64 / per_second);
                thread::sleep(due.saturating_sub(start.elapsed()));
            }
            if sent == MAILS_PER_CONNECTION {
                client = Client::connect(self.address)?;
                sent = 0;
            }
            let begun = now();
            client.deliver(self.to, mail)?;
            figures.millis.push(millis_since(begun));
            figures.bytes += mail.len() as u64;
            sent += 1;
        }
        Ok(figures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_at_the_beginning_of_a_line_is_doubled() {
        assert_eq!(stuffed(b".a\r\nb.\r\n..c"), b"..a\r\nb.\r\n...c\r\n.\r\n");
    }
}
