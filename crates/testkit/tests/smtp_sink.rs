//! The scripted SMTP server does what its script says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use testkit::smtp_sink::{Answer, End, Phase, SmtpSink, When};

/// Says these lines, one after each answer, and gives the last lines of the answers.
fn talk(sink: &SmtpSink, lines: &[&str]) -> Vec<String> {
    let stream = TcpStream::connect(("127.0.0.1", sink.port())).unwrap();
    let mut answers = BufReader::new(&stream);
    let mut heard = Vec::new();
    for said in std::iter::once(None).chain(lines.iter().map(Some)) {
        if let Some(said) = said {
            (&stream).write_all(format!("{said}\r\n").as_bytes()).unwrap();
        }
        let mut line = String::new();
        while answers.read_line(&mut line).unwrap_or(0) > 0 && line.as_bytes().get(3) == Some(&b'-')
        {
            line.clear();
        }
        heard.push(line.trim_end().to_owned());
    }
    heard
}

#[test]
fn mails_are_kept_with_their_envelope() {
    let sink = SmtpSink::start();
    let mail = "Subject: x\r\n\r\n..a\r\n.";
    let heard = talk(&sink, &["EHLO me", "MAIL FROM:<a@x>", "RCPT TO:<b@y>", "DATA", mail, "QUIT"]);
    let codes: Vec<&str> = heard.iter().filter_map(|line| line.get(..3)).collect();
    assert_eq!(codes, ["220", "250", "250", "250", "354", "250", "221"]);
    let mails = sink.wait_for_accepted(1);
    let mail = mails.first().unwrap();
    assert_eq!((mail.from.as_str(), mail.recipients.as_slice()), ("a@x", &["b@y".to_owned()][..]));
    assert_eq!(mail.bytes, b"Subject: x\r\n\r\n.a\r\n");
    assert_eq!(mail.end, End::Answered("250 2.0.0 kept".to_owned()));
    assert_eq!(sink.connections(), 1);
}

#[test]
fn rules_hold_for_their_phase_visit_and_recipient() {
    let sink = SmtpSink::start();
    sink.on(Phase::Mail, When::Nth(2), Answer::Reply("451 later".to_owned()));
    sink.on(Phase::Rcpt, When::To("c@z".to_owned()), Answer::Reply("550 no".to_owned()));
    sink.on(Phase::Data, When::Always, Answer::ReplyThenClose("421 bye".to_owned()));
    let lines = ["MAIL FROM:<a@x>", "RCPT TO:<b@y>", "RCPT TO:<c@z>", "DATA"];
    let heard = talk(&sink, &lines);
    assert_eq!(heard.get(1..).unwrap(), ["250 2.1.0 ok", "250 2.1.5 ok", "550 no", "421 bye"]);
    assert_eq!(talk(&sink, &["MAIL FROM:<a@x>"]).get(1).unwrap(), "451 later");
    sink.clear_rules();
    assert_eq!(talk(&sink, &["MAIL FROM:<a@x>"]).get(1).unwrap(), "250 2.1.0 ok");
}

#[tokio::test]
async fn at_a_gate_the_server_waits_for_the_test() {
    let sink = SmtpSink::start();
    let mut gate = sink.gate(Phase::Dot, When::Always);
    assert!(!gate.is_reached());
    let lines = ["MAIL FROM:<a@x>", "RCPT TO:<b@y>", "DATA", "x\r\n."];
    let client = std::thread::spawn(move || (talk(&sink, &lines), sink));
    gate.reached().await;
    assert!(gate.is_reached());
    gate.release();
    let (heard, sink) = client.join().unwrap();
    assert_eq!(heard.last().unwrap(), "250 2.0.0 kept");
    assert_eq!(sink.mails().len(), 1);
}
