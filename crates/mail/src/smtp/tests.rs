//! The protocol without I/O.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use super::*;

const EHLO: &str = "220 mx ESMTP\r\n250-mx\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 8BITMIME\r\n";

fn settings(tls: Tls) -> SmtpSettings {
    SmtpSettings { tls, ..SmtpSettings::new("mx.example", "desk.example") }
}

/// Does what the session says, with these octets of the server, until it is done or needs more.
/// Gives what it sent and how it ended.
fn play(session: &mut Session, server: &str) -> (String, Result<Step, SmtpProblem>) {
    let mut sent = String::new();
    let mut octets = server.as_bytes().chunks(1);
    loop {
        match session.next_step() {
            Ok(Step::Send(octets)) => sent += std::str::from_utf8(&octets).unwrap(),
            Ok(Step::Read) => match octets.next() {
                Some(octet) => session.feed(octet),
                None => return (sent, Ok(Step::Read)),
            },
            end => return (sent, end),
        }
    }
}

/// A session that is open, with these lines of the server so far.
fn open(server: &str) -> Session {
    let mut session = Session::new(&settings(Tls::NoneAnywhere));
    let (_, end) = play(&mut session, server);
    assert_eq!(end, Ok(Step::Done(Outcome::Opened)));
    session
}

fn envelope(recipients: &[String]) -> Envelope<'_> {
    Envelope { from: "a@x", recipients, size_bytes: 9, envelope_id: None, eight_bit: true }
}

fn addresses(addresses: &[&str]) -> Vec<String> {
    addresses.iter().map(|&address| address.to_owned()).collect()
}

fn codes(outcome: Result<Step, SmtpProblem>) -> Vec<u16> {
    match outcome {
        Ok(Step::Done(Outcome::Envelope(answer))) => {
            assert_eq!(answer.refused_sender, None);
            answer.recipients.iter().map(|reply| reply.code).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_whole_mail_goes_in_the_order_of_the_calls() {
    let mut session = open(EHLO);
    session.begin_envelope(&envelope(&addresses(&["b@y", "c@z"]))).unwrap();
    let (sent, end) = play(&mut session, "250 ok\r\n250 ok\r\n550 no\r\n");
    let expected = "MAIL FROM:<a@x> SIZE=9 BODY=8BITMIME\r\nRCPT TO:<b@y>\r\nRCPT TO:<c@z>\r\n";
    assert_eq!((sent.as_str(), codes(end)), (expected, vec![250, 550]));
    session.begin_data().unwrap();
    let (sent, end) = play(&mut session, "354 go\r\n");
    assert_eq!((sent.as_str(), end), ("DATA\r\n", Ok(Step::Done(Outcome::Data(Ok(()))))));
    assert_eq!(session.stuff(b"a\r\n.b").unwrap(), b"a\r\n..b");
    assert_eq!(session.end_of_body().unwrap(), b"\r\n");
    session.end_body().unwrap();
    assert_eq!(session.phase(), Phase::Body);
    session.begin_finish().unwrap();
    assert_eq!(session.phase(), Phase::Dot);
    let (sent, end) = play(&mut session, "250 2.0.0 kept\r\n");
    assert_eq!(sent, ".\r\n");
    let Ok(Step::Done(Outcome::Finished(reply))) = end else { panic!("{end:?}") };
    assert_eq!(reply.to_string(), "250 2.0.0 kept");
    session.begin_quit().unwrap();
    assert_eq!(play(&mut session, "221 bye\r\n").1, Ok(Step::Done(Outcome::Quit)));
    assert!(session.is_closed());
}

#[test]
fn without_pipelining_each_command_waits_for_its_answer() {
    let mut session = open("220 mx\r\n250 mx\r\n");
    session.begin_envelope(&envelope(&addresses(&["b@y", "c@z"]))).unwrap();
    assert_eq!(play(&mut session, "").0, "MAIL FROM:<a@x>\r\n");
    assert_eq!(play(&mut session, "250 ok\r\n").0, "RCPT TO:<b@y>\r\n");
    assert_eq!(play(&mut session, "450 later\r\n").0, "RCPT TO:<c@z>\r\n");
    assert_eq!(codes(play(&mut session, "250\r\n").1), [450, 250]);
}

#[test]
fn many_recipients_are_not_asked_for_all_at_once() {
    let mut session = open(EHLO);
    let many: Vec<String> = (0..250).map(|number| format!("r{number}@y")).collect();
    session.begin_envelope(&envelope(&many)).unwrap();
    let mut lines = Vec::new();
    for answers in [0, 100, 100, 51] {
        let (sent, end) = play(&mut session, &"250 ok\r\n".repeat(answers));
        lines.push(sent.lines().count());
        if answers == 51 {
            assert_eq!(codes(end), [250; 250]);
        }
    }
    assert_eq!(lines, [100, 100, 51, 0]);
}

#[test]
fn a_refused_sender_ends_the_envelope_and_the_next_can_begin() {
    let mut session = open(EHLO);
    let recipients = addresses(&["b@y"]);
    session.begin_envelope(&envelope(&recipients)).unwrap();
    let (_, end) = play(&mut session, "451 4.7.1 later\r\n503 what?\r\n");
    let Ok(Step::Done(Outcome::Envelope(answer))) = end else { panic!("{end:?}") };
    assert_eq!(answer.refused_sender.unwrap().to_string(), "451 4.7.1 later");
    assert!(answer.recipients.is_empty());
    session.begin_envelope(&envelope(&recipients)).unwrap();
    assert_eq!(codes(play(&mut session, "250 ok\r\n250 ok\r\n").1), [250]);
}

#[test]
fn what_can_only_be_refused_is_not_asked() {
    let mut session = open(EHLO);
    let recipients = addresses(&["j\u{fc}rgen@y", "b@y", "c@z\r\nRSET"]);
    session.begin_envelope(&envelope(&recipients)).unwrap();
    let (sent, end) = play(&mut session, "250 ok\r\n250 ok\r\n");
    assert_eq!(sent.lines().count(), 2, "{sent}");
    assert_eq!(codes(end), [553, 250, 553]);
    session.begin_reset().unwrap();
    assert_eq!(play(&mut session, "250 ok\r\n").1, Ok(Step::Done(Outcome::Reset)));
    let hopeless = Envelope { size_bytes: 1001, ..envelope(&recipients) };
    session.begin_envelope(&hopeless).unwrap();
    let (sent, end) = play(&mut session, "");
    let Ok(Step::Done(Outcome::Envelope(answer))) = end else { panic!("{end:?}") };
    let reply = answer.refused_sender.unwrap();
    assert_eq!((sent.as_str(), reply.code, reply.said_by), ("", 552, SaidBy::Us));
    let nobody = addresses(&["no address\n"]);
    session.begin_envelope(&envelope(&nobody)).unwrap();
    let (sent, end) = play(&mut session, "");
    assert_eq!((sent.as_str(), codes(end)), ("", vec![553]));
    session.begin_data().unwrap();
    let (sent, end) = play(&mut session, "");
    let Ok(Step::Done(Outcome::Data(Err(reply)))) = end else { panic!("{end:?}") };
    assert_eq!((sent.as_str(), reply.code, reply.said_by), ("", 554, SaidBy::Us));
}

#[test]
fn smtputf8_is_said_where_it_is_needed_and_offered() {
    let mut session = open("220 mx\r\n250-mx\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n");
    let recipients = addresses(&["j\u{fc}rgen@y", "b@y"]);
    session.begin_envelope(&envelope(&recipients)).unwrap();
    let (sent, end) = play(&mut session, "250 ok\r\n250 ok\r\n250 ok\r\n");
    let expected = "MAIL FROM:<a@x> SMTPUTF8\r\nRCPT TO:<j\u{fc}rgen@y>\r\nRCPT TO:<b@y>\r\n";
    assert_eq!((sent.as_str(), codes(end)), (expected, vec![250, 250]));
}

#[test]
fn an_answer_to_nothing_ends_the_connection() {
    let recipients = addresses(&["b@y"]);
    for (extra, code) in [
        ("250 ok\r\n", "protocol_broken"),
        ("25", "protocol_broken"),
        ("421 x\r\n", "connection_lost"),
    ] {
        let mut session = open(EHLO);
        session.feed(extra.as_bytes());
        let problem = session.begin_envelope(&envelope(&recipients)).unwrap_err();
        assert_eq!((problem.code(), problem.phase), (code, Phase::Mail));
        assert!(session.is_closed());
    }
}

#[test]
fn an_answer_too_many_is_not_taken_for_the_next() {
    let mut session = open("220 mx\r\n250 mx\r\n");
    session.begin_envelope(&envelope(&addresses(&["b@y"]))).unwrap();
    assert_eq!(play(&mut session, "").0, "MAIL FROM:<a@x>\r\n");
    session.feed(b"250 f\xfcr ok\r\n250 ok\r\n");
    assert_eq!(session.next_step().unwrap_err().code(), "protocol_broken");
    let mut session = Session::new(&settings(Tls::NoneAnywhere));
    session.feed(b"220 mx\r\n421 4.3.2 not now\r\n");
    let problem = session.next_step().unwrap_err();
    assert_eq!(problem.server_words(), Some("not now"));
}

/// A session that waits with the final dot.
fn before_the_dot() -> Session {
    let mut session = open(EHLO);
    session.begin_envelope(&envelope(&addresses(&["b@y"]))).unwrap();
    assert_eq!(codes(play(&mut session, "250 ok\r\n250 ok\r\n").1), [250]);
    session.begin_data().unwrap();
    assert_eq!(play(&mut session, "354 go\r\n").1, Ok(Step::Done(Outcome::Data(Ok(())))));
    session.stuff(b"a\r\n").unwrap();
    session.end_body().unwrap();
    session
}

#[test]
fn a_refusal_before_the_dot_holds_and_an_acceptance_before_it_does_not() {
    for words in ["552 5.3.4 too large", "421 4.3.2 going down"] {
        let mut session = before_the_dot();
        session.feed(format!("{words}\r\n").as_bytes());
        session.begin_finish().unwrap();
        let (sent, end) = play(&mut session, "");
        let Ok(Step::Done(Outcome::Finished(reply))) = end else { panic!("{end:?}") };
        assert_eq!((sent.as_str(), reply.to_string().as_str()), ("", words));
        assert!(session.is_closed());
    }
    for words in ["250 kept\r\n", "250 ke", "552 to"] {
        let mut session = before_the_dot();
        session.feed(words.as_bytes());
        let problem = session.begin_finish().unwrap_err();
        assert_eq!((problem.code(), problem.may_have_been_taken()), ("protocol_broken", false));
    }
}

#[test]
fn a_dot_that_did_not_go_out_cannot_be_accepted() {
    for (words, code) in [("250 kept", None), ("451 no", Some(451))] {
        let mut session = before_the_dot();
        session.begin_finish().unwrap();
        assert_eq!(session.next_step(), Ok(Step::Send(b".\r\n".to_vec())));
        session.write_failed();
        let (_, end) = play(&mut session, &format!("{words}\r\n"));
        match (end, code) {
            (Ok(Step::Done(Outcome::Finished(reply))), Some(code)) => assert_eq!(reply.code, code),
            (Err(problem), None) => assert!(problem.may_have_been_taken(), "{problem}"),
            (end, _) => panic!("{end:?}"),
        }
        assert!(session.is_closed());
    }
}

#[test]
fn a_mail_that_was_begun_cannot_be_taken_back() {
    let mut session = before_the_dot();
    assert_eq!(session.begin_reset().unwrap_err().code(), "out_of_order");
    assert!(session.is_closed());
    let mut session = before_the_dot();
    assert_eq!(session.begin_quit().unwrap_err().code(), "out_of_order");
    let mut session = open(EHLO);
    assert_eq!(session.begin_finish().unwrap_err().code(), "out_of_order");
    assert_eq!(session.begin_data().unwrap_err().code(), "connection_lost");
}

#[test]
fn starttls_is_had_or_there_is_no_connection() {
    let begin = |server: &str| {
        let mut session = Session::new(&settings(Tls::Starttls));
        let (sent, end) = play(&mut session, server);
        (session, sent, end)
    };
    let offer = "220 mx\r\n250-mx\r\n250 STARTTLS\r\n";
    for (server, code) in [
        ("220 mx\r\n250 mx\r\n".to_owned(), "starttls_missing"),
        ("220 mx\r\n502 what\r\n250 mx\r\n".to_owned(), "starttls_missing"),
        (format!("{offer}454 not now\r\n"), "starttls_missing"),
        (format!("{offer}250 fine\r\n"), "protocol_broken"),
        (format!("{offer}421 bye\r\n"), "connection_lost"),
    ] {
        let (_, _, end) = begin(&server);
        assert_eq!(end.unwrap_err().code(), code, "{server}");
    }
    let (mut session, sent, end) = begin(&format!("{offer}220 go\r\n"));
    assert_eq!(
        (sent.as_str(), end),
        ("EHLO desk.example\r\nSTARTTLS\r\n", Ok(Step::Done(Outcome::Handshake)))
    );
    session.secured().unwrap();
    let (sent, end) = play(&mut session, "250-mx\r\n250 DSN\r\n");
    assert_eq!((sent.as_str(), end), ("EHLO desk.example\r\n", Ok(Step::Done(Outcome::Opened))));
    assert_eq!(session.offered(), Offered { dsn: true, ..Offered::default() });
}

#[test]
fn clear_text_after_the_answer_to_starttls_is_not_believed() {
    let mut session = Session::new(&settings(Tls::Starttls));
    let (_, end) = play(&mut session, "220 mx\r\n250-mx\r\n250 STARTTLS\r\n");
    assert_eq!(end, Ok(Step::Read));
    session.feed(b"220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n");
    assert_eq!(session.next_step().unwrap_err().code(), "protocol_broken");
}

#[test]
fn the_name_we_say_cannot_hold_a_command() {
    let hello = "desk\r\nRSET x.example".to_owned();
    let mut session = Session::new(&SmtpSettings { hello, ..settings(Tls::NoneAnywhere) });
    assert_eq!(play(&mut session, "220 mx\r\n").0, "EHLO deskRSETx.example\r\n");
}
