//! The LMTP listener on a real port.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::lmtp::{
    DeliverAnswer, Dialect, Envelope, Handler, Limits, RecipientAnswer, ServeLimits, serve,
};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use values::EmailAddress;

/// Keeps what it gets; waits for a permit before each delivery.
struct Desk {
    mails: Mutex<Vec<Envelope>>,
    permits: Semaphore,
}

impl Handler for Desk {
    async fn recipient(&self, address: &EmailAddress) -> RecipientAnswer {
        match address.as_str() {
            "nobody@desk.example" => RecipientAnswer::Unknown,
            _ => RecipientAnswer::Accept,
        }
    }

    async fn deliver(&self, mail: Envelope) -> Vec<DeliverAnswer> {
        self.permits.acquire().await.unwrap().forget();
        let answers = vec![DeliverAnswer::Stored; mail.recipients.len()];
        self.mails.lock().unwrap().push(mail);
        answers
    }
}

struct Running {
    desk: Arc<Desk>,
    port: u16,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

async fn running(permits: usize, limits: ServeLimits) -> Running {
    let desk = Desk { mails: Mutex::default(), permits: Semaphore::new(permits) };
    let desk = Arc::new(desk);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async { stopped.await.unwrap_or(()) };
    let task = tokio::spawn(serve(listener, Arc::clone(&desk), limits, shutdown));
    Running { desk, port, stop, task }
}

/// A client that reads replies line by line.
struct Client(BufReader<TcpStream>);

impl Client {
    async fn new(port: u16) -> Self {
        Self(BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap()))
    }

    async fn say(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).await.unwrap();
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    /// Reads lines up to one that begins so.
    async fn until(&mut self, begin: &str) -> String {
        loop {
            let line = self.line().await;
            assert!(!line.is_empty(), "closed before {begin}");
            if line.starts_with(begin) {
                return line;
            }
        }
    }
}

const ENVELOPE: &str =
    "LHLO c\r\nMAIL FROM:<x@example.org>\r\nRCPT TO:<ann@desk.example>\r\nDATA\r\n";

/// Python's client, which shares no code with us. Its answer names the refused recipients.
const PYTHON: &str = r#"
import smtplib, sys
client = smtplib.LMTP("127.0.0.1", int(sys.argv[1]))
body = b"Subject: dots\r\n\r\n.\r\n..two\r\nj\xc3\xbcst\r\n" + b"0123456789" * 100000 + b"\r\n"
refused = client.sendmail("x@example.org", ["ann@desk.example", "nobody@desk.example"], body, ["BODY=8BITMIME"])
print(sorted((address, code) for address, (code, text) in refused.items()))
print(client.noop()[0], client.vrfy("ann")[0], client.quit()[0])
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pythons_client_hands_over_a_mail_octet_by_octet() {
    let server = running(1, ServeLimits::default()).await;
    let port = server.port.to_string();
    let client = move || std::process::Command::new("python3").args(["-c", PYTHON, &port]).output();
    let output = tokio::task::spawn_blocking(client).await.unwrap().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "[('nobody@desk.example', 550)]\n250 252 221\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mails = server.desk.mails.lock().unwrap();
    let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    let mut expected = "Subject: dots\r\n\r\n.\r\n..two\r\nj\u{fc}st\r\n".as_bytes().to_vec();
    expected.extend(b"0123456789".repeat(100_000));
    expected.extend(b"\r\n");
    assert_eq!(mail.bytes, expected);
    assert_eq!(mail.from, "x@example.org");
}

#[tokio::test]
async fn a_mail_that_is_being_stored_is_answered_after_the_shutdown_and_nothing_else_is() {
    let server = running(0, ServeLimits::default()).await;
    let mut busy = Client::new(server.port).await;
    busy.say(&format!("{ENVELOPE}x\r\n.\r\n")).await;
    busy.until("354").await;
    let mut idle = Client::new(server.port).await;
    idle.until("220").await;
    server.stop.send(()).unwrap();
    assert_eq!(idle.line().await, "421 4.3.2 Shutting down");
    assert_eq!(idle.line().await, "");
    server.desk.permits.add_permits(1);
    assert_eq!(busy.line().await, "250 2.0.0 Stored");
    assert_eq!(busy.line().await, "421 4.3.2 Shutting down");
    server.task.await.unwrap();
    assert_eq!(server.desk.mails.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn the_grace_ends_a_delivery_that_hangs_without_an_answer() {
    let limits = ServeLimits { grace: Duration::from_millis(50), ..ServeLimits::default() };
    let server = running(0, limits).await;
    let mut client = Client::new(server.port).await;
    client.say(&format!("{ENVELOPE}x\r\n.\r\n")).await;
    client.until("354").await;
    server.stop.send(()).unwrap();
    server.task.await.unwrap();
    assert_eq!(client.line().await, "");
    assert_eq!(server.desk.mails.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn one_connection_too_many_is_sent_away() {
    let limits = ServeLimits { connections_max: 1, ..ServeLimits::default() };
    let server = running(0, limits).await;
    let mut first = Client::new(server.port).await;
    first.until("220").await;
    let mut second = Client::new(server.port).await;
    assert_eq!(second.line().await, "421 4.3.2 Too many connections");
    first.say("QUIT\r\n").await;
    first.until("221").await;
    let mut rest = String::new();
    first.0.read_to_string(&mut rest).await.unwrap();
    // The seat is free once the first connection's task has ended, a moment after its last octet.
    loop {
        let mut third = Client::new(server.port).await;
        if third.line().await.starts_with("220") {
            break;
        }
    }
}

#[tokio::test]
async fn a_silent_client_is_told_and_dropped() {
    let limits = ServeLimits { idle: Duration::from_millis(50), ..ServeLimits::default() };
    let server = running(0, limits).await;
    let mut client = Client::new(server.port).await;
    client.say(ENVELOPE).await;
    client.until("354").await;
    assert_eq!(client.line().await, "421 4.4.2 Time-out");
    assert_eq!(client.line().await, "");
}

#[tokio::test]
async fn mails_beyond_the_common_memory_are_to_come_again_and_the_memory_is_given_back() {
    let session = Limits { mail_bytes_max: 4_000_000, ..Limits::default() };
    let limits = ServeLimits { session, memory_bytes_max: 1_000_000, ..ServeLimits::default() };
    let server = running(9, limits).await;
    for _ in 0..3 {
        let mut large = Client::new(server.port).await;
        large.say(ENVELOPE).await;
        large.until("354").await;
        large.say(&"x".repeat(2_000_000)).await;
        large.say("\r\n.\r\n").await;
        assert_eq!(large.line().await, "452 4.3.1 No memory, try again later");
        large.say("MAIL FROM:<>\r\nRCPT TO:<ann@desk.example>\r\nDATA\r\nsmall\r\n.\r\n").await;
        large.until("354").await;
        assert_eq!(large.line().await, "250 2.0.0 Stored");
    }
    assert_eq!(server.desk.mails.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn tools_that_speak_only_smtp_are_served_too() {
    let limits = ServeLimits { dialect: Dialect::Smtp, ..ServeLimits::default() };
    let server = running(1, limits).await;
    let mut client = Client::new(server.port).await;
    client.say(&format!("{}x\r\n.\r\nQUIT\r\n", ENVELOPE.replace("LHLO", "EHLO"))).await;
    client.until("354").await;
    assert_eq!(client.line().await, "250 2.0.0 Stored");
    assert_eq!(client.line().await, "221 2.0.0 Bye");
}
