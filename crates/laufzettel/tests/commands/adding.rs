//! `laufzettel mailbox add` for an account that is read by POP3.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::Value;

use crate::House;

/// A POP3 server with one mail, which takes this password alone. Its port.
fn server(password: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // The client may close at any moment.
            thread::spawn(move || talk(stream, password).ok());
        }
    });
    port
}

fn talk(mut stream: TcpStream, password: &str) -> std::io::Result<()> {
    let lines = BufReader::new(stream.try_clone()?).lines();
    stream.write_all(b"+OK ready\r\n")?;
    for line in lines.map_while(Result::ok) {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "PASS" if line != format!("PASS {password}") => "-ERR [AUTH] no",
            "UIDL" => "+OK\r\n1 abc\r\n.",
            "LIST" => "+OK\r\n1 30\r\n.",
            "TOP" => "+OK\r\nSubject: eins\r\n\r\n.",
            "CAPA" => "-ERR what?",
            _ => "+OK",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

const ADD: [&str; 8] =
    ["mailbox", "add", "--address", "alt@firma.example", "--area", "support", "--pop3-tls", "none"];

fn add(house: &House, name: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let arguments = [&ADD[..], &["--name", name], more].concat();
    let done = house.run(&arguments, b"geheim\n");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn an_account_by_pop3_is_added_and_tried() {
    let house = House::build();
    let port = server("geheim");
    let account = [
        "--pop3-host",
        "127.0.0.1",
        "--pop3-user",
        "alt",
        "--pop3-port",
        &port,
        "--password-stdin",
    ];
    let refused = add(&house, "alt", &[&account[..], &["--after-import", "mark_read"]].concat());
    assert_eq!(refused.0, Some(1), "{refused:?}");
    assert!(refused.2.contains("POP3 knows neither read mails nor folders"), "{}", refused.2);
    let added = add(&house, "alt", &account);
    assert_eq!(added.0, Some(0), "{added:?}");
    assert!(added.1.contains("The account works."), "{}", added.1);
    let listed = house.run(&["mailbox", "list", "--json"], b"");
    let listed = String::from_utf8(listed.stdout).unwrap();
    let lines = listed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let alt = lines.into_iter().find(|one| one["name"] == "alt").unwrap();
    assert_eq!((&alt["source"]["kind"], &alt["after_import"]), (&"pop3".into(), &"keep".into()));
    assert!(!listed.contains("geheim"), "{listed}");
    let tested = house.run(&["mailbox", "test", "alt"], b"");
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
}

#[test]
fn an_account_by_pop3_that_does_not_work_says_why_in_its_own_words() {
    let house = House::build();
    let port = server("anders");
    let account = ["--pop3-host", "127.0.0.1", "--pop3-user", "alt", "--pop3-port"];
    let with = |more: &[&'static str]| [&account[..], &[port.as_str()], more].concat();
    let wrong = add(&house, "alt", &with(&["--password-stdin"]));
    assert_eq!(wrong.0, Some(0), "it is added, and tried again by itself: {wrong:?}");
    assert!(wrong.1.contains("does not take the user alt or its password"), "{}", wrong.1);
    let missing = add(&house, "ohne", &with(&[]));
    assert_eq!(missing.0, Some(1), "{missing:?}");
    assert!(missing.2.contains("--password-stdin"), "{}", missing.2);
    for both in [
        &["--imap-host", "127.0.0.1", "--imap-user", "alt"][..],
        &["--oauth", "microsoft", "--password-stdin"],
    ] {
        let usage = add(&house, "beides", &with(both));
        assert_eq!(usage.0, Some(2), "{both:?} {usage:?}");
    }
    let nobody = add(&house, "niemand", &with(&["--oauth", "microsoft"]));
    assert_eq!(nobody.0, Some(1), "{nobody:?}");
    assert!(nobody.2.contains("nobody has signed in to this account yet"), "{}", nobody.2);
}
