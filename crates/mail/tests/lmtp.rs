//! The LMTP listener: dialogues without a network, then a real one with Python's `smtplib`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use mail::lmtp::{Action, DeliverAnswer, Dialect, Envelope, Limits, RecipientAnswer, Session};
use proptest::prelude::*;

const LIMITS: Limits =
    Limits { mail_bytes_max: 200, recipients_max: 3, line_bytes_max: 100, errors_max: 5 };

/// What a client sees and what was handed over.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    replies: String,
    mails: Vec<Envelope>,
    is_closed: bool,
}

/// Knows `ann` and `ben`, is busy for `later`, stores all mails but those for `refused`, `full` and `broken`.
fn talk(dialect: Dialect, chunks: &[&[u8]]) -> Outcome {
    let mut session = Session::new(dialect, LIMITS, "desk");
    let mut outcome = Outcome::default();
    for chunk in [&b""[..]].iter().chain(chunks) {
        session.feed(chunk);
        while let Some(action) = session.next_action() {
            match action {
                Action::Reply(octets) => outcome.replies += std::str::from_utf8(&octets).unwrap(),
                Action::Recipient(address) => {
                    session.answer_recipient(match address.local_part() {
                        "nobody" => RecipientAnswer::Unknown,
                        "later" => RecipientAnswer::TryLater,
                        _ => RecipientAnswer::Accept,
                    });
                }
                Action::Mail(mail) => {
                    let answer = |address: &values::EmailAddress| match address.local_part() {
                        "refused" => DeliverAnswer::Refused,
                        "full" => DeliverAnswer::StorageFull,
                        "broken" => DeliverAnswer::TryLater,
                        _ => DeliverAnswer::Stored,
                    };
                    let answers: Vec<_> = mail.recipients.iter().map(answer).collect();
                    outcome.mails.push(mail);
                    session.answer_mail(&answers);
                }
                Action::Close => outcome.is_closed = true,
            }
        }
    }
    outcome
}

fn lmtp(input: &str) -> Outcome {
    talk(Dialect::Lmtp, &[input.as_bytes()])
}

/// The first three digits of each reply after the greeting and the answer to LHLO.
fn codes(input: &str) -> Vec<String> {
    let outcome = lmtp(&format!("LHLO client\r\n{input}"));
    let lines = outcome.replies.lines().filter(|line| line.as_bytes().get(3) == Some(&b' '));
    lines.skip(2).map(|line| line.get(..9).unwrap_or(line).trim_end().to_owned()).collect()
}

#[test]
fn a_mail_is_handed_over_and_each_recipient_gets_a_reply() {
    let outcome = lmtp(
        "LHLO client\r\nMAIL FROM:<x@example.org> SIZE=20 BODY=8BITMIME\r\n\
         RCPT TO:<Ann@desk.example>\r\nRCPT TO:<nobody@desk.example>\r\n\
         RCPT TO:<full@desk.example>\r\nDATA\r\n..Hi\r\n\r\nj\u{fc}st\r\n.\r\nQUIT\r\n",
    );
    assert_eq!(
        outcome.replies,
        "220 desk LMTP Laufzettel\r\n\
         250-desk\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-SIZE 200\r\n\
         250 ENHANCEDSTATUSCODES\r\n\
         250 2.1.0 Sender OK\r\n\
         250 2.1.5 Recipient OK\r\n\
         550 5.1.1 No such mailbox\r\n\
         250 2.1.5 Recipient OK\r\n\
         354 End with CR LF . CR LF\r\n\
         250 2.0.0 Stored\r\n\
         452 4.3.1 No room to store it, try again later\r\n\
         221 2.0.0 Bye\r\n"
    );
    let [mail] = outcome.mails.as_slice() else { panic!("{outcome:?}") };
    assert_eq!(mail.from, "x@example.org");
    let recipients: Vec<&str> = mail.recipients.iter().map(|to| to.as_str()).collect();
    assert_eq!(recipients, ["ann@desk.example", "full@desk.example"]);
    assert_eq!(mail.bytes, ".Hi\r\n\r\nj\u{fc}st\r\n".as_bytes());
    assert!(!mail.smtputf8);
    assert!(outcome.is_closed);
}

#[test]
fn commands_are_answered_as_the_standards_say() {
    const MAIL: &str = "MAIL FROM:<x@example.org>\r\n";
    const RCPT: &str = "RCPT TO:<ann@desk.example>\r\n";
    let dialogues: &[(&str, &[&str])] = &[
        ("NOOP\r\nRSET\r\nHELP\r\n", &["250 2.0.0", "250 2.0.0", "214 2.0.0"]),
        ("VRFY ann\r\nEXPN all\r\n", &["252 2.1.5", "502 5.5.1"]),
        (
            "STARTTLS\r\nAUTH PLAIN AAAA\r\nBDAT 4 LAST\r\n",
            &["502 5.5.1", "502 5.5.1", "502 5.5.1"],
        ),
        ("EHLO client\r\nHELO client\r\n", &["500 5.5.1", "500 5.5.1"]),
        ("XYZZY\r\n\r\n", &["500 5.5.1", "500 5.5.1"]),
        ("RCPT TO:<ann@desk.example>\r\nDATA\r\n", &["503 5.5.1", "503 5.5.1"]),
        (&format!("{MAIL}{MAIL}"), &["250 2.1.0", "503 5.5.1"]),
        (&format!("{MAIL}DATA\r\n"), &["250 2.1.0", "503 5.5.1"]),
        (&format!("{MAIL}RSET\r\n{RCPT}"), &["250 2.1.0", "250 2.0.0", "503 5.5.1"]),
        (&format!("{MAIL}LHLO again\r\n{RCPT}"), &["250 2.1.0", "250 ENHAN", "503 5.5.1"]),
        (&format!("{MAIL}RCPT TO:<later@desk.example>\r\n"), &["250 2.1.0", "452 4.3.0"]),
        (&format!("{MAIL}RCPT TO:<not an address>\r\n"), &["250 2.1.0", "501 5.1.3"]),
        (
            &format!("{MAIL}RCPT TO:<>\r\nRCPT TO:<a@>\r\n"),
            &["250 2.1.0", "501 5.1.3", "501 5.1.3"],
        ),
        (
            &format!("{MAIL}{}", RCPT.repeat(4)),
            &["250 2.1.0", "250 2.1.5", "250 2.1.5", "250 2.1.5", "452 4.5.3"],
        ),
        ("MAIL FROM:<x@example.org> SIZE=201\r\n", &["552 5.3.4"]),
        ("MAIL FROM:<x@example.org> SIZE=99999999999999999999\r\n", &["501 5.5.4"]),
        ("MAIL FROM:<x@example.org> BODY=BINARYMIME\r\n", &["555 5.5.4"]),
        ("MAIL FROM:<x@example.org> XYZZY=1\r\n", &["555 5.5.4"]),
        ("MAIL x@example.org\r\n", &["501 5.5.2"]),
        ("MAIL FROM:<>\r\n", &["250 2.1.0"]),
        ("MAIL FROM:<a..b@example.jp>\r\n", &["250 2.1.0"]),
        ("MAIL FROM:<j\u{fc}rgen@m\u{fc}ller.example> SMTPUTF8\r\n", &["250 2.1.0"]),
        ("NOOP\nNOOP\r\n", &["500 5.5.2", "250 2.0.0"]),
        ("NO\0OP\r\nNO\rOP\r\n", &["500 5.5.2", "500 5.5.2"]),
    ];
    for (input, expected) in dialogues {
        assert_eq!(&codes(input), expected, "{input:?}");
    }
}

#[test]
fn nothing_is_taken_before_the_greeting() {
    let outcome = lmtp("MAIL FROM:<x@example.org>\r\n");
    assert!(outcome.replies.ends_with("503 5.5.1 Greet first\r\n"), "{}", outcome.replies);
}

#[test]
fn a_mail_over_the_limit_is_refused_for_each_recipient_and_the_next_one_is_taken() {
    let envelope =
        "MAIL FROM:<>\r\nRCPT TO:<ann@desk.example>\r\nRCPT TO:<ben@desk.example>\r\nDATA\r\n";
    let large = "x".repeat(300);
    let input = format!("LHLO c\r\n{envelope}{large}\r\n.\r\n{envelope}small\r\n.\r\n");
    let outcome = lmtp(&input);
    assert_eq!(outcome.replies.matches("552 5.3.4 The mail is too large\r\n").count(), 2);
    let [mail] = outcome.mails.as_slice() else { panic!("{outcome:?}") };
    assert_eq!(mail.bytes, b"small\r\n");
    assert_eq!(mail.from, "");
}

#[test]
fn a_hidden_mail_stays_inside_of_its_mail() {
    for end in ["\n.\n", "\n.\r\n", "\r.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r\n.\r\r\n"] {
        let hidden = format!("a{end}MAIL FROM:<b@example.de>\r\nRCPT TO:<ann@desk.example>\r\n");
        let input = format!(
            "LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<ben@desk.example>\r\nDATA\r\n{hidden}.\r\n"
        );
        let outcome = lmtp(&input);
        let [mail] = outcome.mails.as_slice() else { panic!("{end:?} {outcome:?}") };
        // Only the dot after a real CR LF is taken for a doubled one.
        let expected = hidden.replace("\r\n.", "\r\n");
        assert_eq!(String::from_utf8_lossy(&mail.bytes), expected, "{end:?}");
    }
}

#[test]
fn a_long_line_is_one_error_and_the_next_command_is_understood() {
    let line = |length: usize| format!("NOOP {}\r\nRSET\r\n", "x".repeat(length - 7));
    assert_eq!(codes(&line(100)), ["250 2.0.0", "250 2.0.0"]);
    assert_eq!(codes(&line(101)), ["500 5.5.6", "250 2.0.0"]);
    assert_eq!(codes(&line(10_000)), ["500 5.5.6", "250 2.0.0"]);
}

#[test]
fn too_many_errors_end_the_connection() {
    let outcome = lmtp(&"GET / HTTP/1.1\r\n".repeat(10));
    assert_eq!(outcome.replies.matches("500 5.5.1").count(), 5);
    assert!(outcome.replies.ends_with("421 4.7.0 Too many errors\r\n"));
    assert!(outcome.is_closed);
}

#[test]
fn where_an_answer_is_missing_the_client_tries_again() {
    let mut session = Session::new(Dialect::Lmtp, LIMITS, "desk");
    session.feed(
        b"LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.de>\r\nRCPT TO:<c@d.de>\r\nDATA\r\nx\r\n.\r\n",
    );
    let mut replies = String::new();
    while let Some(action) = session.next_action() {
        match action {
            Action::Reply(octets) => replies += std::str::from_utf8(&octets).unwrap(),
            Action::Recipient(_) => session.answer_recipient(RecipientAnswer::Accept),
            Action::Mail(_) => session.answer_mail(&[DeliverAnswer::Stored]),
            Action::Close => panic!("closed"),
        }
    }
    assert!(replies.ends_with("250 2.0.0 Stored\r\n451 4.3.0 Not stored, try again later\r\n"));
}

#[test]
fn smtp_gives_one_reply_which_is_the_safest() {
    let last_reply = |recipients: &[&str]| {
        let recipients: String =
            recipients.iter().map(|name| format!("RCPT TO:<{name}@desk.example>\r\n")).collect();
        let input = format!("EHLO c\r\nMAIL FROM:<>\r\n{recipients}DATA\r\nx\r\n.\r\n");
        let outcome = talk(Dialect::Smtp, &[input.as_bytes()]);
        assert_eq!(outcome.mails.len(), 1);
        let lines: Vec<&str> = outcome.replies.lines().collect();
        let place = lines.iter().position(|line| line.starts_with("354")).unwrap();
        assert_eq!(lines.len(), place + 2, "one reply");
        lines.last().unwrap().get(..9).unwrap().to_owned()
    };
    assert_eq!(last_reply(&["ann", "ben"]), "250 2.0.0");
    assert_eq!(last_reply(&["ann", "refused"]), "250 2.0.0");
    assert_eq!(last_reply(&["ann", "full"]), "452 4.3.1");
    assert_eq!(last_reply(&["broken", "full"]), "451 4.3.0");
    assert_eq!(last_reply(&["refused"]), "554 5.6.0");
    let refused = talk(Dialect::Smtp, &[b"LHLO c\r\n"]);
    assert!(refused.replies.ends_with("500 5.5.1 This is SMTP, say EHLO\r\n"));
}

proptest! {
    #[test]
    fn how_the_octets_are_cut_changes_nothing(
        parts in prop::collection::vec(prop::sample::select(vec![
            "LHLO c\r\n", "MAIL FROM:<x@y.de>\r\n", "RCPT TO:<ann@y.de>\r\n", "RCPT TO:<nobody@y.de>\r\n",
            "DATA\r\n", "text\r\n", "..dot\r\n", ".\r\n", "\n.\n", "\r\n.\r", "RSET\r\n", "QUIT\r\n",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\r\n", "\0",
        ]), 0..25),
        cuts in prop::collection::vec(1_usize..9, 1..40),
    ) {
        let input = parts.concat().into_bytes();
        let mut chunks = Vec::new();
        let mut rest = input.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (chunk, after) = rest.split_at((*cut).min(rest.len()));
            chunks.push(chunk);
            rest = after;
        }
        prop_assert_eq!(talk(Dialect::Lmtp, &chunks), talk(Dialect::Lmtp, &[&input]));
    }

    #[test]
    fn no_octets_make_it_panic_or_answer_ok_without_storing(input: Vec<u8>) {
        let outcome = talk(Dialect::Lmtp, &[&input]);
        prop_assert!(outcome.replies.starts_with("220 desk"));
        prop_assert!(outcome.mails.is_empty());
    }
}
