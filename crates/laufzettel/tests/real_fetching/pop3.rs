//! Fetching by POP3 from a real Dovecot, and mails that are too large, by either protocol.

use std::collections::BTreeSet;
use std::time::Duration;

use testkit::databases::Engine;
use testkit::dovecot::{Dovecot, DovecotOptions};
use testkit::wait;

use super::house::House;
use super::{PATIENCE, mails};

fn server() -> Dovecot {
    Dovecot::start_with(DovecotOptions { pop3: true, ..Default::default() })
}

/// Proves F-MAIL-10, F-MAIL-16.
#[test]
fn mails_fetched_by_pop3_arrive_once_each_although_the_process_is_killed() {
    arrive_once_each(Engine::Sqlite, 300, 8);
}

/// Proves F-MAIL-10, F-MAIL-16.
#[test]
fn so_they_do_with_postgresql() {
    arrive_once_each(Engine::Postgres, 150, 5);
}

fn arrive_once_each(engine: Engine, count: usize, kills: u64) {
    let dovecot = server();
    let mails = &mails::thousand()[..count];
    for mail in mails {
        dovecot.deliver("hilfe", "INBOX", &mail.bytes);
    }
    let house = House::empty(engine, &dovecot);
    house.add_pop3(&dovecot, "hilfe", "delete", None);
    for round in 0..kills {
        let mut process = house.serve();
        wait::pass(Duration::from_millis(150 + (round * 7919) % 700));
        process.kill();
        let stored = house.stored_hashes();
        let there = dovecot.contents("hilfe", "INBOX");
        let there: BTreeSet<&[u8]> = there.iter().map(|mail| mail.bytes.as_slice()).collect();
        for mail in mails.iter().filter(|mail| !there.contains(mail.bytes.as_slice())) {
            let hash = laufzettel::service::keys::sha256(&mail.bytes).to_vec();
            assert!(stored.contains(&hash), "a mail was deleted before it was durable");
        }
    }
    let process = house.serve();
    // A server may hold the lock of a connection that was killed; then the next try comes later.
    wait::until(
        PATIENCE,
        || {
            house.run_now("hilfe");
            dovecot.contents("hilfe", "INBOX").is_empty().then_some(())
        },
        || format!("{:?}\n{}\n{}", house.ledger(), house.log(), dovecot.log()),
    );
    house.wait_until(|ledger| ledger.pending == 0 && ledger.undecided == 0, PATIENCE);
    drop(process);
    let ledger = house.ledger();
    assert_eq!((ledger.applied, ledger.other), (count as i64, 0), "{ledger:?}");
    let arrived = house.message_ids();
    assert_eq!(arrived.len(), count, "nothing is doubled");
    let arrived: BTreeSet<&str> = arrived.iter().map(String::as_str).collect();
    let sent: BTreeSet<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
    assert_eq!(arrived, sent, "nothing is lost");
}

/// A mail that is kept is fetched once, and an account is tried without changing anything.
#[test]
fn an_account_by_pop3_is_tried_and_what_is_kept_comes_once() {
    let dovecot = server();
    dovecot.deliver("hilfe", "INBOX", &mails::one("eins", "Anfrage").bytes);
    let house = House::empty(Engine::Sqlite, &dovecot);
    house.add_pop3(&dovecot, "hilfe", "keep", None);
    let (tested, folders) = house.try_out("hilfe");
    assert_eq!((tested.trouble(), tested.mails, tested.steps.len()), (None, Some(1), 4));
    assert_eq!(folders.unwrap(), Vec::<String>::new());
    assert_eq!(house.ledger().messages, 0, "nothing was fetched");
    let process = house.serve();
    house.wait_until(|ledger| ledger.applied == 1 && ledger.pending == 0, PATIENCE);
    dovecot.deliver("hilfe", "INBOX", &mails::one("zwei", "Anfrage").bytes);
    house.run_now("hilfe");
    house.wait_until(|ledger| ledger.applied == 2 && ledger.pending == 0, PATIENCE);
    drop(process);
    assert_eq!(dovecot.contents("hilfe", "INBOX").len(), 2);
    let ledger = house.ledger();
    assert_eq!((ledger.applied, ledger.other, ledger.messages), (2, 0, 2), "{ledger:?}");
}

/// Whatever becomes of other mails: what was not taken whole stays on the server.
#[test]
fn a_mail_that_is_too_large_is_never_deleted_on_the_server() {
    let dovecot = server();
    let small = mails::one("klein", "Klein").bytes;
    let mut large = mails::one("gross", "Pläne").bytes;
    large.extend(b"0123456789abcdef0123456789abcdef\r\n".repeat(40_000));
    for user in ["imap", "pop"] {
        dovecot.deliver(user, "INBOX", &large);
        dovecot.deliver(user, "INBOX", &small);
    }
    let house = House::empty(Engine::Sqlite, &dovecot);
    let options = Some("{\"mail_mebibytes_max\":1}");
    house.add_pop3(&dovecot, "pop", "delete", options);
    house.add_imap(&dovecot, "imap", "delete", options);
    let process = house.serve();
    house.wait_until(
        |ledger| ledger.applied + ledger.duplicates == 4 && ledger.pending == 0,
        PATIENCE,
    );
    drop(process);
    for user in ["imap", "pop"] {
        let left = dovecot.contents(user, "INBOX");
        assert_eq!(left.len(), 1, "{user}");
        assert!(left[0].bytes == large, "{user}: it lies there whole");
    }
    assert_eq!(house.left_bytes(), [large.len() as i64; 2]);
}
