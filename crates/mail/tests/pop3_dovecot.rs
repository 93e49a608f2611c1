//! The POP3 client against a real Dovecot.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use mail::imap::{ImapProblem, ImapSettings, Login, Secret, Tls};
use mail::pop3::connect;
use mail::tls::{TlsProblem, Trust};
use testkit::dovecot::{Dovecot, DovecotOptions, PASSWORD};

fn server() -> Dovecot {
    Dovecot::start_with(DovecotOptions { pop3: true, ..Default::default() })
}

fn settings(server: &Dovecot) -> ImapSettings {
    let login = Login::Password(Secret::new(PASSWORD));
    ImapSettings {
        port: server.pop3s_port(),
        trust: Trust::from_pem(server.authority_pem()).unwrap(),
        ..ImapSettings::new("localhost", "desk", login)
    }
}

fn mail(number: usize) -> Vec<u8> {
    let body = ".ein Punkt\r\n..\r\n.\r\nText\r\n".repeat(number * 7);
    format!("Message-ID: <{number}@example.org>\r\nSubject: Mail {number}\r\n\r\n{body}")
        .into_bytes()
}

async fn problem(settings: ImapSettings) -> ImapProblem {
    connect(&settings).await.err().unwrap()
}

#[tokio::test]
async fn mails_come_octet_for_octet_by_every_way_in() {
    let server = server();
    for number in 0..3 {
        server.deliver("desk", "INBOX", &mail(number));
    }
    let implicit = settings(&server);
    let stls = ImapSettings { tls: Tls::Starttls, port: server.pop3_port(), ..implicit.clone() };
    let clear = ImapSettings { tls: Tls::NoneOnLoopback, ..stls.clone() };
    let token = ImapSettings { login: Login::OAuthToken(Secret::new(PASSWORD)), ..stls.clone() };
    let mut ids = Vec::new();
    for settings in [implicit, stls, clear, token] {
        let mut session = connect(&settings).await.unwrap();
        let listed = session.list().await.unwrap();
        assert_eq!(listed.len(), 3);
        for (number, one) in listed.iter().enumerate() {
            let whole = session.fetch(one).await.unwrap().unwrap();
            assert_eq!(whole, mail(number));
            assert_eq!(whole.len(), one.size as usize);
            let head = session.head(one).await.unwrap().unwrap();
            assert!(head.starts_with(b"Message-ID: <") && !head.ends_with(b"Text\r\n"));
        }
        ids.push(listed.into_iter().map(|one| one.uidl).collect::<Vec<_>>());
        session.quit().await.unwrap();
    }
    assert!(ids.iter().all(|found| *found == ids[0]), "the same on every connection: {ids:?}");
}

#[tokio::test]
async fn what_was_deleted_is_gone_only_after_a_proper_end() {
    let server = server();
    for number in 0..3 {
        server.deliver("desk", "INBOX", &mail(number));
    }
    let settings = settings(&server);
    let mut session = connect(&settings).await.unwrap();
    let listed = session.list().await.unwrap();
    session.delete(&listed[0]).await.unwrap();
    assert_eq!(session.fetch(&listed[0]).await.unwrap(), None, "it is marked");
    drop(session);
    let mut session = connect(&settings).await.unwrap();
    let again = session.list().await.unwrap();
    assert_eq!(again.len(), 3, "the connection broke: nothing is deleted");
    session.delete(&again[1]).await.unwrap();
    session.quit().await.unwrap();
    let mut session = connect(&settings).await.unwrap();
    let left: Vec<String> = session.list().await.unwrap().into_iter().map(|one| one.uidl).collect();
    assert_eq!(left, [listed[0].uidl.clone(), listed[2].uidl.clone()]);
}

#[tokio::test]
async fn what_is_wrong_is_told_apart() {
    let server = server();
    for wrong in ["falsch", "f\u{e4}lsch"] {
        for login in [Login::Password(Secret::new(wrong)), Login::OAuthToken(Secret::new(wrong))] {
            let refused = problem(ImapSettings { login, ..settings(&server) }).await;
            assert_eq!(refused.code(), "login_refused");
        }
    }
    let break_in = Login::Password(Secret::new("x\r\nQUIT"));
    let refused = problem(ImapSettings { login: break_in, ..settings(&server) }).await;
    assert_eq!(refused.code(), "protocol_broken");
    let other = ImapSettings { trust: Trust::Platform, ..settings(&server) };
    let refused = problem(other).await;
    assert!(
        matches!(refused, ImapProblem::TlsFailed { detail: TlsProblem::UnknownIssuer }),
        "{refused:?}"
    );
    let plain = ImapSettings { port: server.pop3_port(), ..settings(&server) };
    assert_eq!(problem(plain).await.code(), "tls_failed");
    let nobody = ImapSettings { port: 1, ..settings(&server) };
    assert_eq!(problem(nobody).await.code(), "refused");
}
