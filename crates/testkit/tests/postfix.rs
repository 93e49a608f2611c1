//! A mail on its way through the real servers: from Python's client over Postfix to Dovecot.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use testkit::dovecot::{Accounts, Dovecot, DovecotOptions, PASSWORD};
use testkit::postfix::{Postfix, PostfixSettings, Submission};

const PYTHON: &str = r#"
import smtplib, ssl, sys
way, port, authority, password, recipient = sys.argv[1:]
context = ssl.create_default_context(cadata=authority)
if way == "tls":
    client = smtplib.SMTP_SSL("localhost", int(port), context=context)
else:
    client = smtplib.SMTP("localhost", int(port))
if way == "starttls":
    client.starttls(context=context)
try:
    client.ehlo()
    client.user, client.password = "ann@desk.test", password
    if password and way == "starttls":
        client.auth("LOGIN", client.auth_login)
    elif password:
        client.auth("PLAIN", client.auth_plain)
    client.sendmail("ann@desk.test", [recipient], b"Subject: way\r\n\r\n" + way.encode() + b"\r\n")
    print("sent")
except smtplib.SMTPRecipientsRefused as problem:
    print(problem.recipients[recipient][0])
except smtplib.SMTPResponseException as problem:
    print(problem.smtp_code)
client.quit()
"#;

fn dovecot() -> Dovecot {
    let users = ["ann@desk.test", "ben@desk.test"].map(str::to_owned).to_vec();
    Dovecot::start_with(DovecotOptions { accounts: Accounts::Only(users), ..Default::default() })
}

/// Sends a mail from Ann and tells how the server answered.
fn send(postfix: &Postfix, way: &str, password: &str, recipient: &str) -> String {
    let port = match way {
        "tls" => postfix.submissions_port(),
        _ => postfix.submission_port(),
    };
    let authority = std::str::from_utf8(postfix.authority_pem()).unwrap();
    let output = Command::new("python3")
        .args(["-c", PYTHON, way, &port.to_string(), authority, password, recipient])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}\n{}", postfix.log());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn contains(mail: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(mail).contains(text)
}

#[test]
fn a_mail_reaches_the_mailbox_of_its_recipient() {
    let dovecot = dovecot();
    let postfix = Postfix::start(PostfixSettings::new(&dovecot, &["desk.test"]));
    for way in ["tls", "starttls", "clear"] {
        assert_eq!(send(&postfix, way, PASSWORD, "ben@desk.test"), "sent", "{way}");
        let mail = dovecot.wait_for("ben@desk.test", |mail| contains(mail, way));
        assert!(contains(&mail.bytes, "Subject: way"), "{mail:?}");
    }
    assert_eq!(dovecot.contents("ben@desk.test", "INBOX").len(), 3);
}

#[test]
fn a_mail_to_nobody_comes_back_with_a_report() {
    let dovecot = dovecot();
    let postfix = Postfix::start(PostfixSettings::new(&dovecot, &["desk.test"]));
    assert_eq!(send(&postfix, "tls", PASSWORD, "nobody@desk.test"), "sent");
    let report = dovecot.wait_for("ann@desk.test", |mail| contains(mail, "nobody@desk.test"));
    for line in [
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status;",
        "Final-Recipient: rfc822; nobody@desk.test",
        "Action: failed",
        "Status: 5.1.1",
        "Subject: way",
    ] {
        assert!(contains(&report.bytes, line), "{line} is not in {report:?}");
    }
}

#[test]
fn a_recipient_beyond_the_domains_is_refused_at_once() {
    let dovecot = dovecot();
    let postfix = Postfix::start(PostfixSettings::new(&dovecot, &["desk.test"]));
    assert_eq!(send(&postfix, "tls", PASSWORD, "ann@elsewhere.test"), "550");
}

#[test]
fn where_a_login_is_asked_for_only_the_right_password_opens() {
    let dovecot = dovecot();
    let postfix = Postfix::start(PostfixSettings {
        submission: Submission::LoggedIn,
        ..PostfixSettings::new(&dovecot, &["desk.test"])
    });
    assert_eq!(send(&postfix, "tls", "falsch", "ben@desk.test"), "535");
    assert_eq!(send(&postfix, "clear", "", "ben@desk.test"), "554");
    assert_eq!(send(&postfix, "starttls", PASSWORD, "ben@desk.test"), "sent");
}

#[test]
fn a_server_leaves_nothing_behind() {
    let dovecot = dovecot();
    let postfix = Postfix::start(PostfixSettings::new(&dovecot, &["desk.test"]));
    let id = postfix.process_id();
    assert_eq!(send(&postfix, "tls", PASSWORD, "ben@desk.test"), "sent");
    drop(postfix);
    let processes = Command::new("ps").args(["-A", "-o", "pgid=,stat="]).output().unwrap();
    let processes = String::from_utf8(processes.stdout).unwrap();
    // What has ended and is not yet collected has a Z.
    let is_left = |line: &&str| {
        line.split_once(' ')
            .is_some_and(|(group, state)| group == id.to_string() && !state.trim().starts_with('Z'))
    };
    let left: Vec<&str> = processes.lines().map(str::trim).filter(is_left).collect();
    assert!(left.is_empty(), "{left:?}");
}
