//! The IMAP client against a real Dovecot, over TLS.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::account::{ComingToken, NoToken, TokenSource};
use mail::imap::{
    Access, Capabilities, FetchOutcome, ImapProblem, ImapSettings, Login, Patience, Secret,
    Session, Tls, Woken, connect,
};
use mail::tls::{TlsProblem, Trust};
use testkit::dovecot::{Certificate, Dovecot, DovecotOptions, PASSWORD};
use values::Timestamp;

fn settings(server: &Dovecot) -> ImapSettings {
    let login = Login::Password(Secret::new(PASSWORD));
    ImapSettings {
        port: server.imaps_port(),
        trust: Trust::from_pem(server.authority_pem()).unwrap(),
        ..ImapSettings::new("localhost", "desk", login)
    }
}

async fn session(server: &Dovecot) -> Session {
    let mut session = connect(&settings(server)).await.unwrap();
    session.select("INBOX").await.unwrap();
    session
}

fn mail(number: usize) -> Vec<u8> {
    let body = "Der Drucker raucht.\r\n".repeat(number * 7 % 300);
    format!("Message-ID: <{number}@example.org>\r\nSubject: Mail {number}\r\n\r\n{body}")
        .into_bytes()
}

/// A server with so many mails in the inbox.
fn server_with(mails: usize) -> Dovecot {
    let server = Dovecot::start();
    for number in 0..mails {
        server.deliver("desk", "INBOX", &mail(number));
    }
    server
}

async fn problem(settings: ImapSettings) -> ImapProblem {
    connect(&settings).await.err().unwrap()
}

#[tokio::test]
async fn tls_starttls_and_a_token_lead_to_the_inbox() {
    let server = server_with(2);
    let implicit = settings(&server);
    let starttls =
        ImapSettings { tls: Tls::Starttls, port: server.imap_port(), ..implicit.clone() };
    let clear = ImapSettings { tls: Tls::NoneOnLoopback, ..starttls.clone() };
    let token =
        ImapSettings { login: Login::OAuthToken(Secret::new(PASSWORD)), ..starttls.clone() };
    for settings in [implicit, starttls, clear, token] {
        let mut session = connect(&settings).await.unwrap();
        assert_eq!(
            session.capabilities(),
            Capabilities { r#move: true, uidplus: true, idle: true }
        );
        let folder = session.select("INBOX").await.unwrap();
        assert_eq!((folder.exists, folder.uid_next), (2, Some(3)));
        assert_eq!(folder.access, Access::ReadWrite);
        assert!(folder.uid_validity > 0);
        session.logout().await.unwrap();
    }
}

#[tokio::test]
async fn wrong_passwords_and_tokens_are_refused_with_the_servers_words() {
    let server = Dovecot::start();
    for wrong in ["falsch", "f\u{e4}lsch", "a\"b\\c"] {
        for login in [Login::Password(Secret::new(wrong)), Login::OAuthToken(Secret::new(wrong))] {
            let problem = problem(ImapSettings { login, ..settings(&server) }).await;
            assert_eq!(problem.code(), "login_refused");
            assert_eq!(
                problem.server_words(),
                Some("[AUTHENTICATIONFAILED] Authentication failed.")
            );
        }
    }
}

/// Gives these tokens one after the other, the next one only if the former was refused.
#[derive(Debug)]
struct Tokens(Mutex<Vec<&'static str>>);

impl TokenSource for Tokens {
    fn token<'a>(&'a self, refused: Option<&'a Secret>) -> ComingToken<'a> {
        let mut tokens = self.0.lock().unwrap();
        if let Some(refused) = refused {
            assert_eq!(refused, &Secret::new(tokens.remove(0)));
        }
        let token = tokens.first().map(|token| Secret::new(*token));
        let ended = NoToken::SignInAgain { words: "it was taken back".to_owned() };
        Box::pin(async move { token.ok_or(ended) })
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let server = server_with(1);
    let with = |tokens: &[&'static str]| {
        let login = Login::OAuth(Arc::new(Tokens(Mutex::new(tokens.to_vec()))));
        ImapSettings { login, ..settings(&server) }
    };
    for tokens in [vec![PASSWORD], vec!["ended", PASSWORD]] {
        connect(&with(&tokens)).await.unwrap().logout().await.unwrap();
    }
    let refused = problem(with(&["ended", "ended, too", PASSWORD])).await;
    assert_eq!(refused.code(), "login_refused", "twice is enough");
    for tokens in [vec![], vec!["ended"]] {
        let ended = problem(with(&tokens)).await;
        assert_eq!((ended.code(), ended.needs_a_person()), ("sign_in_again", true));
        assert_eq!(ended.server_words(), Some("it was taken back"));
    }
}

#[tokio::test]
async fn wrong_certificates_are_refused_and_told_apart() {
    let server = Dovecot::start();
    let failed = |detail| ImapProblem::TlsFailed { detail };
    let other_name = ImapSettings { host: "127.0.0.1".to_owned(), ..settings(&server) };
    assert_eq!(problem(other_name).await, failed(TlsProblem::WrongName));
    let platform = ImapSettings { trust: Trust::Platform, ..settings(&server) };
    assert_eq!(problem(platform.clone()).await, failed(TlsProblem::UnknownIssuer));
    let starttls = ImapSettings { tls: Tls::Starttls, port: server.imap_port(), ..platform };
    assert_eq!(problem(starttls).await, failed(TlsProblem::UnknownIssuer));
    let no_tls = ImapSettings { port: server.imap_port(), ..settings(&server) };
    assert_eq!(problem(no_tls).await, failed(TlsProblem::NotTls));
    let expired = Dovecot::start_with(DovecotOptions {
        certificate: Certificate::Expired,
        ..Default::default()
    });
    assert_eq!(problem(settings(&expired)).await, failed(TlsProblem::Expired));
}

#[tokio::test]
async fn a_missing_folder_is_answered_with_the_folders_there_are() {
    let server = Dovecot::start();
    let mut session = session(&server).await;
    for folder in ["Erledigt & gel\u{f6}scht", "a\"b\\c %*"] {
        session.create_folder(folder).await.unwrap();
        session.create_folder(folder).await.unwrap();
        assert_eq!(session.select(folder).await.unwrap().exists, 0);
    }
    let problem = session.select("Fehlt").await.unwrap_err();
    let ImapProblem::FolderMissing { mut folders } = problem else { panic!("{problem}") };
    folders.sort();
    assert_eq!(folders, ["Erledigt & gel\u{f6}scht", "INBOX", "a\"b\\c %*"]);
    assert_eq!(session.select("inbox").await.unwrap().exists, 0);
}

#[tokio::test]
async fn two_hundred_mails_arrive_octet_by_octet() {
    let server = server_with(200);
    let mut session = session(&server).await;
    let uids = session.uids(1..=u32::MAX).await.unwrap();
    assert_eq!(uids, (1..=200).collect::<Vec<u32>>());
    let mut batch = session.fetch_batch(&uids).await.unwrap();
    let mut mails = Vec::new();
    while let Some(outcome) = batch.next().await.unwrap() {
        let FetchOutcome::Whole(fetched) = outcome else { panic!("{outcome:?}") };
        assert!(!fetched.size_differs());
        assert!(!fetched.listed.flags.seen);
        assert!(fetched.listed.internal_date.is_some());
        mails.push(fetched.bytes);
    }
    assert_eq!(mails, (0..200).map(mail).collect::<Vec<_>>());
    assert!(server.contents("desk", "INBOX").iter().all(|mail| mail.flags.is_empty()));
    assert!(session.is_connected());
}

#[tokio::test]
async fn lists_tell_size_marks_and_message_ids() {
    let server = server_with(3);
    let mut session = session(&server).await;
    session.mark_read(&[2]).await.unwrap();
    let listed = session.list_uids(2..=u32::MAX).await.unwrap();
    let facts: Vec<_> = listed.iter().map(|mail| (mail.uid, mail.size, mail.flags.seen)).collect();
    assert_eq!(facts, [(2, 48 + 147, true), (3, 48 + 294, false)]);
    assert_eq!(session.list_uids(4..=u32::MAX).await.unwrap(), []);
    assert_eq!(
        session.message_ids(&[1, 3, 9]).await.unwrap(),
        [(1, Some("<0@example.org>".to_owned())), (3, Some("<2@example.org>".to_owned()))]
    );
}

#[tokio::test]
async fn mails_before_a_day_are_counted() {
    let server = Dovecot::start();
    let mut session = session(&server).await;
    let day = 24 * 3600;
    for days in [10, 20, 30] {
        let received = Timestamp::from_seconds(1_700_000_000 + days * day);
        session.append("INBOX", Some(received), &mail(1)).await.unwrap();
    }
    for (days, count) in [(10, 0), (11, 1), (20, 1), (40, 3)] {
        let moment = Timestamp::from_seconds(1_700_000_000 + days * day);
        assert_eq!(session.count_before(moment).await, Ok(count), "{days}");
    }
}

#[tokio::test]
async fn a_mail_over_the_limit_comes_as_its_header_and_the_others_whole() {
    let server = Dovecot::start();
    let body = "x".repeat(998) + "\r\n";
    for (number, lines) in [(1, 1), (2, 2000), (3, 1)] {
        let mail = format!("Subject: {number}\r\n\r\n{}", body.repeat(lines));
        server.deliver("desk", "INBOX", mail.as_bytes());
    }
    let small = ImapSettings { mail_bytes_max: 100_000, ..settings(&server) };
    let mut session = connect(&small).await.unwrap();
    session.select("INBOX").await.unwrap();
    let mut batch = session.fetch_batch(&[1, 2, 3, 4]).await.unwrap();
    let mut outcomes = Vec::new();
    while let Some(outcome) = batch.next().await.unwrap() {
        outcomes.push(match outcome {
            FetchOutcome::Whole(mail) => format!("{} whole {}", mail.listed.uid, mail.bytes.len()),
            FetchOutcome::TooLarge { listed, header } => {
                format!("{} {} {:?}", listed.uid, listed.size, String::from_utf8(header).unwrap())
            }
            FetchOutcome::Gone(uid) => format!("{uid} gone"),
        });
    }
    assert_eq!(
        outcomes,
        ["4 gone", "1 whole 1014", "3 whole 1014", "2 2000014 \"Subject: 2\\r\\n\\r\\n\""]
    );
}

#[tokio::test]
async fn mails_are_marked_moved_and_deleted() {
    let server = server_with(6);
    let mut session = session(&server).await;
    session.mark_read(&[1, 2]).await.unwrap();
    let flags = |folder| -> Vec<String> {
        server.contents("desk", folder).into_iter().map(|mail| mail.flags).collect()
    };
    assert_eq!(flags("INBOX"), ["S", "S", "", "", "", ""]);
    // The target is made; 99 is not there and counts as gone.
    let removal = session.move_to(&[2, 3, 99], "Archiv").await.unwrap();
    assert_eq!(removal.gone, [2, 3, 99]);
    assert_eq!((removal.marked.len(), removal.still_there.len()), (0, 0));
    let archived: Vec<_> =
        server.contents("desk", "Archiv").into_iter().map(|mail| mail.bytes).collect();
    assert_eq!(archived, [mail(1), mail(2)]);
    assert_eq!(session.delete(&[4]).await.unwrap().gone, [4]);
    assert_eq!(session.uids(1..=u32::MAX).await.unwrap(), [1, 5, 6]);
    assert_eq!(session.move_to(&[2], "Archiv").await.unwrap().gone, [2]);
}

#[tokio::test]
async fn without_move_a_mail_is_copied_and_only_its_own_copy_removed() {
    let options = DovecotOptions { capability: Some("IMAP4rev1 UIDPLUS"), ..Default::default() };
    let server = Dovecot::start_with(options);
    for number in 0..3 {
        server.deliver("desk", "INBOX", &mail(number));
    }
    let mut other = session(&server).await;
    let mut session = session(&server).await;
    assert_eq!(session.capabilities(), Capabilities { r#move: false, uidplus: true, idle: false });
    assert_eq!(session.move_to(&[2], "Archiv").await.unwrap().gone, [2]);
    assert_eq!(session.uids(1..=u32::MAX).await.unwrap(), [1, 3]);
    assert_eq!(server.contents("desk", "Archiv").len(), 1);
    assert_eq!(other.uids(1..=u32::MAX).await.unwrap(), [1, 3]);
}

#[tokio::test]
async fn what_another_program_marked_as_deleted_stays() {
    let options = DovecotOptions { capability: Some("IMAP4rev1"), ..Default::default() };
    let server = Dovecot::start_with(options);
    for number in 0..3 {
        server.deliver("desk", "INBOX", &mail(number));
    }
    // Without UIDPLUS this only marks, as a mail program does.
    let mut program = session(&server).await;
    assert_eq!(program.delete(&[1]).await.unwrap().marked, [1]);
    let mut session = session(&server).await;
    let removal = session.move_to(&[2], "Archiv").await.unwrap();
    assert_eq!((removal.marked.as_slice(), removal.gone.len()), (&[2][..], 0));
    let inbox = server.contents("desk", "INBOX");
    let flags: Vec<&str> = inbox.iter().map(|mail| mail.flags.as_str()).collect();
    assert_eq!(flags, ["T", "T", ""]);
}

#[tokio::test]
async fn a_mail_that_vanished_is_reported_as_gone_and_the_others_arrive() {
    let server = server_with(3);
    let mut session = session(&server).await;
    let uids = session.uids(1..=u32::MAX).await.unwrap();
    let mut other = connect(&settings(&server)).await.unwrap();
    other.select("INBOX").await.unwrap();
    assert_eq!(other.delete(&[2]).await.unwrap().gone, [2]);
    let mut batch = session.fetch_batch(&uids).await.unwrap();
    let mut outcomes = Vec::new();
    while let Some(outcome) = batch.next().await.unwrap() {
        outcomes.push(match outcome {
            FetchOutcome::Whole(mail) => (mail.listed.uid, "whole"),
            FetchOutcome::Gone(uid) => (uid, "gone"),
            FetchOutcome::TooLarge { listed, .. } => (listed.uid, "too large"),
        });
    }
    outcomes.sort_unstable();
    assert_eq!(outcomes, [(1, "whole"), (2, "gone"), (3, "whole")]);
    assert_eq!(session.fetch(2).await, Ok(FetchOutcome::Gone(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_mail_wakes_who_waits() {
    let server = server_with(1);
    let mut session = session(&server).await;
    assert_eq!(session.uids(1..=u32::MAX).await.unwrap(), [1]);
    let (ready, waiting) = tokio::sync::oneshot::channel();
    let task = tokio::spawn(async move {
        ready.send(()).unwrap();
        let woken = session.idle_until_change(Duration::from_secs(60)).await;
        (woken, session.uids(2..=u32::MAX).await)
    });
    waiting.await.unwrap();
    server.deliver("desk", "INBOX", &mail(2));
    let (woken, uids) = task.await.unwrap();
    assert_eq!((woken, uids), (Ok(Woken::Changed), Ok(vec![2])));
}

#[tokio::test]
async fn waiting_ends_when_it_is_told_to_or_nothing_happens_and_the_session_goes_on() {
    let server = server_with(1);
    let mut session = session(&server).await;
    session.uids(1..=u32::MAX).await.unwrap();
    let quiet = session.idle_until_change(Duration::from_millis(50)).await;
    assert_eq!(quiet, Ok(Woken::Quiet));
    let stopped = session.idle_until(Duration::from_secs(60), async {}).await;
    assert_eq!(stopped, Ok(Woken::Stopped));
    assert_eq!(session.uids(1..=u32::MAX).await.unwrap(), [1]);
}

#[tokio::test]
async fn an_appended_mail_has_its_uid_date_and_mark() {
    let server = Dovecot::start();
    let mut session = session(&server).await;
    let folder = session.select("INBOX").await.unwrap();
    let received = Timestamp::from_seconds(837_596_665);
    let place = session.append("INBOX", Some(received), &mail(5)).await.unwrap();
    assert_eq!(place, Some((folder.uid_validity, 1)));
    let listed = session.list_uids(1..=u32::MAX).await.unwrap();
    let [appended] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((appended.internal_date, appended.flags.seen), (Some(received), true));
    let missing = session.append("Fehlt", None, &mail(5)).await.unwrap_err();
    assert_eq!(missing, ImapProblem::FolderMissing { folders: vec!["INBOX".to_owned()] });
}

#[tokio::test]
async fn a_copy_is_put_where_the_server_keeps_sent_mails_and_found_there() {
    let options = DovecotOptions { sent_folder: Some("Gesendet"), ..Default::default() };
    let server = Dovecot::start_with(options);
    let mut session = session(&server).await;
    assert_eq!(session.sent_folder().await, Ok(Some("Gesendet".to_owned())));
    session.append_making_folder("Kopien & mehr", None, &mail(5)).await.unwrap();
    session.select("Kopien & mehr").await.unwrap();
    assert_eq!(session.with_message_id("5@example.org").await, Ok(vec![1]));
    assert_eq!(session.with_message_id("6@example.org").await, Ok(vec![]));
    session.append_making_folder("Kopien & mehr", None, &mail(6)).await.unwrap();
    assert_eq!(session.with_message_id("6@example.org").await, Ok(vec![2]));
}

#[tokio::test]
async fn a_server_that_ends_is_a_lost_connection() {
    let server = server_with(1);
    let patience = Duration::from_secs(5);
    let patience = Patience { connect: patience, silence: patience, response: patience };
    let mut session = connect(&ImapSettings { patience, ..settings(&server) }).await.unwrap();
    session.select("INBOX").await.unwrap();
    let port = server.imaps_port();
    let again = settings(&server);
    drop(server);
    let problem = session.uids(1..=u32::MAX).await.unwrap_err();
    assert_eq!(problem.code(), "connection_lost", "{problem}");
    assert!(!session.is_connected());
    assert_eq!(again.port, port);
    assert_eq!(connect(&again).await.err(), Some(ImapProblem::Refused));
}
