//! Putting a mail into a folder and finding it there, with a server that does what the test wants.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::time::Duration;

use mail::imap::{ImapProblem, ImapSettings, Login, Patience, Secret, Session, Tls, connect};
use testkit::imap_server::{Answer, ImapServer, Step};
use values::Timestamp;

const MAIL: &[u8] =
    b"Message-ID: <a.b@firma.example>\r\nSubject: x\r\n\r\n.\r\nL4 OK done\r\n)\r\n";
const SENT_AT: Timestamp = Timestamp::from_seconds(837_596_665);

async fn session(server: &ImapServer) -> Session {
    let login = Login::Password(Secret::new("geheim"));
    let patience = Duration::from_millis(500);
    let settings = ImapSettings {
        port: server.port(),
        tls: Tls::NoneOnLoopback,
        patience: Patience { connect: patience, silence: patience, response: patience },
        ..ImapSettings::new("127.0.0.1", "hilfe", login)
    };
    connect(&settings).await.unwrap()
}

fn says(words: &str) -> Answer {
    Answer::Say(words.to_owned())
}

fn said(words: &str) -> ImapProblem {
    ImapProblem::ServerSaid { words: words.to_owned() }
}

#[tokio::test]
async fn a_mail_arrives_byte_for_byte_with_its_mark_and_moment() {
    let large = [MAIL, "äöü".repeat(60_000).as_bytes()].concat();
    for offered in ["", "LITERAL+", "LITERAL-"] {
        let server = ImapServer::start().offering(offered).with_folder("Sent");
        let mut session = session(&server).await;
        for (uid, mail) in [(1, MAIL), (2, &large), (3, b"")] {
            let place = session.append("Sent", Some(SENT_AT), mail).await;
            assert_eq!(place, Ok(Some((42, uid))), "{offered}");
        }
        let kept = server.contents("Sent");
        assert_eq!(kept[0].bytes, MAIL);
        assert_eq!(kept[1].bytes, large);
        assert!(kept[2].bytes.is_empty());
        for mail in kept {
            assert_eq!(mail.flags, "\\Seen");
            assert_eq!(mail.date, "17-Jul-1996 09:44:25 +0000");
        }
        session.logout().await.unwrap();
    }
}

#[tokio::test]
async fn only_a_small_mail_follows_unasked_and_only_where_it_is_offered() {
    let large = vec![b'x'; 5000];
    let cases =
        [("", "{65}", "{5000}"), ("LITERAL+", "{65+}", "{5000}"), ("LITERAL-", "{65+}", "{5000}")];
    for (offered, small, long) in cases {
        let server = ImapServer::start().offering(offered).with_folder("Sent");
        let mut session = session(&server).await;
        session.append("Sent", None, MAIL).await.unwrap();
        session.append("Sent", None, &large).await.unwrap();
        let commands = server.commands();
        let appends: Vec<_> = commands.iter().filter(|line| line.starts_with("APPEND")).collect();
        let expected = [small, long].map(|end| format!("APPEND \"Sent\" (\\Seen) {end}"));
        assert_eq!(appends, expected.iter().collect::<Vec<_>>(), "{offered}");
    }
}

#[tokio::test]
async fn a_missing_folder_is_made_once() {
    for offered in ["", "LITERAL+"] {
        let server = ImapServer::start().offering(offered);
        let mut session = session(&server).await;
        let missing = session.append("Sent", None, MAIL).await;
        let folders = vec!["INBOX".to_owned()];
        assert_eq!(missing, Err(ImapProblem::FolderMissing { folders }));
        let place = session.append_making_folder("Sent", None, MAIL).await;
        assert_eq!(place, Ok(Some((42, 1))), "{offered}");
        session.append_making_folder("Sent", None, MAIL).await.unwrap();
        assert_eq!(server.visits(Step::Create), 1);
        assert_eq!(server.contents("Sent").len(), 2);
    }
}

#[tokio::test]
async fn a_folder_that_must_not_be_made_is_told_in_the_servers_words() {
    let server = ImapServer::start();
    server.on(Step::Create, says("NO [NOPERM] not you"));
    let mut session = session(&server).await;
    let ended = session.append_making_folder("Sent", None, MAIL).await;
    assert_eq!(ended, Err(said("[NOPERM] not you")));
    // A server that says TRYCREATE for ever is asked twice.
    server.on(Step::Create, says("OK made"));
    server.on(Step::Append, says("NO [TRYCREATE] again"));
    let ended = session.append_making_folder("INBOX", None, MAIL).await.unwrap_err();
    assert_eq!(ended.code(), "folder_missing");
    assert_eq!(server.visits(Step::Append), 3);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words_and_the_connection_stays() {
    for offered in ["", "LITERAL+"] {
        let server = ImapServer::start().offering(offered).with_folder("Sent");
        let mut session = session(&server).await;
        for words in ["NO [OVERQUOTA] mailbox full", "BAD what is this?", "NO"] {
            for step in [Step::Append, Step::Stored] {
                server.on(step, says(words));
                let ended = session.append_making_folder("Sent", None, MAIL).await;
                let expected = words.split_once(' ').map_or("", |(_, words)| words);
                assert_eq!(ended, Err(said(expected)), "{words} {offered}");
                server.clear_rules();
            }
        }
        session.append("Sent", None, MAIL).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_ends_leaves_it_open_and_the_search_tells() {
    let server = ImapServer::start().with_folder("Sent");
    for (step, stored) in [(Step::Append, 0), (Step::Stored, 1)] {
        server.on(step, Answer::Close);
        let mut before = session(&server).await;
        let ended = before.append("Sent", None, MAIL).await;
        assert_eq!(ended, Err(ImapProblem::ConnectionLost { words: None }));
        assert!(!before.is_connected());
        server.clear_rules();
        let mut after = session(&server).await;
        after.select("Sent").await.unwrap();
        let found = after.with_message_id("a.b@firma.example").await.unwrap();
        assert_eq!(found.len(), stored, "{step:?}");
    }
    server.on(Step::Stored, Answer::Wait);
    let ended = session(&server).await.append("Sent", None, MAIL).await;
    assert_eq!(ended, Err(ImapProblem::TimedOut { doing: "storing a mail" }));
}

#[tokio::test]
async fn a_mail_is_found_by_its_message_id_alone() {
    let server = ImapServer::start().with_folder("Sent");
    server.put("Sent", b"Message-ID: <other@firma.example>\r\n\r\na.b@firma.example\r\n");
    server.put("Sent", MAIL);
    let mut session = session(&server).await;
    session.select("Sent").await.unwrap();
    assert_eq!(session.with_message_id("a.b@firma.example").await, Ok(vec![2]));
    for odd in ["", "b@firma.example", "x\r\nL9 LOGOUT", "ü@firma.example", "\" ALL \""] {
        assert_eq!(session.with_message_id(odd).await, Ok(vec![]), "{odd}");
    }
    server.on(Step::Search, says("NO not now"));
    assert_eq!(session.with_message_id("a.b@firma.example").await, Err(said("not now")));
}

#[tokio::test]
async fn the_server_says_which_folder_is_for_sent_mails() {
    let cases = [
        ("", "LIST \"\" \"*\""),
        ("SPECIAL-USE", "LIST \"\" \"*\""),
        ("SPECIAL-USE LIST-EXTENDED", "LIST \"\" \"*\" RETURN (SPECIAL-USE)"),
    ];
    for (offered, command) in cases {
        let server =
            ImapServer::start().offering(offered).with_folder("Sent").with_sent_folder("Gesendete");
        let mut session = session(&server).await;
        assert_eq!(session.sent_folder().await, Ok(Some("Gesendete".to_owned())));
        assert_eq!(server.commands().last().unwrap(), command);
    }
    let server = ImapServer::start().with_folder("Sent");
    assert_eq!(session(&server).await.sent_folder().await, Ok(None));
}
