//! Fetching from a real Dovecot over TLS, by the real binary, which is killed again and again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and real servers are waited for in real time"
)]

mod house;
mod mails;
mod pop3;

use std::collections::BTreeSet;
use std::time::Duration;

use house::House;
use laufzettel::feature::reconcile::Relist;
use testkit::databases::Engine;
use testkit::dovecot::Dovecot;
use testkit::wait;

/// How long the rest may take after the last kill.
const PATIENCE: Duration = Duration::from_secs(240);

/// Proves F-MAIL-01, F-MAIL-06, F-MAIL-12.
#[test]
fn a_thousand_mails_arrive_once_each_although_the_process_is_killed_twenty_times() {
    let mails = mails::thousand();
    assert_eq!(mails.len(), 1_000);
    arrive_once_each(Engine::Sqlite, &mails, 20);
}

/// Proves F-MAIL-01, F-MAIL-06, F-MAIL-12.
#[test]
fn so_do_three_hundred_with_postgresql() {
    arrive_once_each(Engine::Postgres, &mails::thousand()[..300], 8);
}

/// The process is killed so often while it fetches.
fn arrive_once_each(engine: Engine, mails: &[mails::Numbered], kills: u64) {
    let dovecot = Dovecot::start();
    for mail in mails {
        dovecot.deliver("hilfe", "INBOX", &mail.bytes);
    }
    let house = House::build(engine, &dovecot, "hilfe", "move", Some("Erledigt"));
    for round in 0..kills {
        let mut process = house.serve();
        // Spread over the whole run by a fixed sequence, so that a failure can be repeated.
        wait::pass(Duration::from_millis(150 + (round * 7919) % 700));
        process.kill();
        nothing_moved_is_missing(&dovecot, &house);
    }
    let process = house.serve();
    wait::until(
        PATIENCE,
        || (dovecot.contents("hilfe", "Erledigt").len() == mails.len()).then_some(()),
        || format!("{:?}\n{}", house.ledger(), house.log()),
    );
    house.wait_until(|ledger| ledger.pending == 0 && ledger.undecided == 0, PATIENCE);
    drop(process);
    the_ledger_is_exact(&dovecot, &house, mails);
}

/// What was moved on the server is durable here, whatever happened.
fn nothing_moved_is_missing(dovecot: &Dovecot, house: &House) {
    let moved = dovecot.contents("hilfe", "Erledigt");
    let stored: BTreeSet<Vec<u8>> = house.stored_hashes();
    for mail in &moved {
        let hash = laufzettel::service::keys::sha256(&mail.bytes).to_vec();
        assert!(stored.contains(&hash), "a mail was moved before it was durable");
    }
}

fn the_ledger_is_exact(dovecot: &Dovecot, house: &House, mails: &[mails::Numbered]) {
    let (ledger, count) = (house.ledger(), mails.len());
    assert_eq!(dovecot.contents("hilfe", "INBOX").len(), 0);
    assert_eq!(dovecot.contents("hilfe", "Erledigt").len(), count);
    assert_eq!((ledger.applied, ledger.other), (count as i64, 0), "{ledger:?}");
    assert_eq!(ledger.messages, count as i64, "{ledger:?}");
    let ids: BTreeSet<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
    let arrived = house.message_ids();
    assert_eq!(arrived.len(), count, "nothing is doubled");
    let arrived: BTreeSet<&str> = arrived.iter().map(String::as_str).collect();
    assert_eq!(arrived, ids, "nothing is lost");
    println!("{ledger:?}");
}

/// Proves F-MAIL-13.
#[test]
fn trying_an_account_and_reading_its_folders_changes_nothing_on_the_server() {
    let dovecot = Dovecot::start();
    for (folder, id) in [("INBOX", "eins"), ("INBOX", "zwei"), ("Erledigt", "drei")] {
        dovecot.deliver("hilfe", folder, &mails::one(id, "Anfrage").bytes);
    }
    let house = House::build(Engine::Sqlite, &dovecot, "hilfe", "delete", None);
    let (tested, folders) = house.try_out("hilfe");
    assert_eq!((tested.trouble(), tested.mails, tested.steps.len()), (None, Some(2), 4));
    assert_eq!(folders.unwrap(), ["INBOX", "Erledigt"]);
    let flags = |folder| dovecot.contents("hilfe", folder).into_iter().map(|mail| mail.flags);
    assert_eq!(flags("INBOX").collect::<Vec<_>>(), ["", ""]);
    assert_eq!(flags("Erledigt").collect::<Vec<_>>(), [""]);
    assert_eq!(house.ledger().messages, 0, "nothing was fetched");
    house.add_mailbox_with_password(&dovecot, "falsch", "falsches Passwort");
    let (tested, folders) = house.try_out("falsch");
    assert_eq!(tested.trouble().map(|trouble| trouble.code), Some("login_refused"));
    assert_eq!(folders.unwrap_err().code, "login_refused");
}

/// Proves F-MAIL-13.
#[test]
fn fetching_now_does_not_wait_for_the_next_try() {
    let dovecot = Dovecot::start();
    // The button is pressed in another process than the one that fetches.
    let house = House::build(Engine::Postgres, &dovecot, "hilfe", "keep", None);
    house.add_mailbox_with_password(&dovecot, "falsch", "falsches Passwort");
    let process = house.serve();
    house.wait_for_problem("falsch", "login_refused", PATIENCE);
    // By itself it is tried again after half an hour, so that the account is not locked.
    let before = house.tried_at("falsch");
    house.run_now("falsch");
    wait::until(
        PATIENCE,
        || (house.tried_at("falsch") > before).then_some(()),
        || format!("{}\n{}", dovecot.log(), house.log()),
    );
    drop(process);
}

/// Proves F-MAIL-09, F-MAIL-10, F-MAIL-15.
#[test]
fn after_the_import_a_mail_is_marked_deleted_or_kept_and_troubles_stay_apart() {
    troubles_stay_apart(Engine::Sqlite);
}

/// Proves F-MAIL-09, F-MAIL-10, F-MAIL-15.
#[test]
fn so_it_is_with_postgresql() {
    troubles_stay_apart(Engine::Postgres);
}

fn troubles_stay_apart(engine: Engine) {
    let dovecot = Dovecot::start();
    let first = mails::one("erste", "Erste Mail");
    for user in ["lesen", "loeschen", "behalten", "falsch"] {
        dovecot.deliver(user, "INBOX", &first.bytes);
    }
    let house = House::build(engine, &dovecot, "lesen", "mark_read", None);
    house.add_mailbox(&dovecot, "loeschen", "delete", None);
    house.add_mailbox(&dovecot, "behalten", "keep", None);
    house.add_mailbox_with_password(&dovecot, "falsch", "falsches Passwort");
    let process = house.serve();
    house.wait_until(
        |ledger| ledger.applied + ledger.duplicates == 3 && ledger.pending == 0,
        PATIENCE,
    );
    assert_eq!(dovecot.contents("lesen", "INBOX")[0].flags, "S");
    assert_eq!(dovecot.contents("loeschen", "INBOX").len(), 0);
    assert_eq!(dovecot.contents("behalten", "INBOX")[0].flags, "");
    house.wait_for_problem("falsch", "login_refused", PATIENCE);
    assert_eq!(dovecot.contents("falsch", "INBOX")[0].flags, "");
    // Somebody else has read the mail before we came: the cursor counts, not the mark.
    let second = mails::one("zweite", "Zweite Mail");
    dovecot.deliver("behalten", "INBOX", &second.bytes);
    house.wait_until(|ledger| ledger.applied + ledger.duplicates == 4, PATIENCE);
    drop(process);
}

/// Proves F-MAIL-16.
#[test]
fn every_mail_of_a_folder_is_accounted_for_whatever_others_do_with_it() {
    let dovecot = Dovecot::start();
    for id in ["eins", "zwei", "drei"] {
        dovecot.deliver("hilfe", "INBOX", &mails::one(id, "Anfrage").bytes);
    }
    let house = House::build(Engine::Postgres, &dovecot, "hilfe", "keep", None);
    let process = house.serve();
    // The first one comes by itself as soon as the folder was fetched.
    let first = house.wait_for_reconciliation(|one| one.in_tickets == 3, PATIENCE);
    assert_eq!(
        (first.on_server, first.in_journal, first.difference()),
        (Some(3), 3, 0),
        "{first:?}"
    );

    // Another mail program removed one: it is in the journal, so nothing is missing.
    dovecot.expunge("hilfe", "INBOX", 1);
    house.reconcile("hilfe", Relist::New);
    let second = house.wait_for_reconciliation(|one| one.on_server == Some(2), PATIENCE);
    assert_eq!(
        (second.left_server, second.in_journal, second.difference()),
        (1, 3, 0),
        "{second:?}"
    );

    // One came late, with a UID far below those that are looked at again: it is a difference, named.
    house.came_late(2, 5_000);
    house.reconcile("hilfe", Relist::New);
    let third = house.wait_for_reconciliation(|one| one.missing == 1, PATIENCE);
    let named = third.named();
    assert_eq!((named[0].uid, named[0].subject.as_str()), (2, "Anfrage zwei"), "{third:?}");
    assert_eq!((third.on_server, third.in_journal), (Some(2), 3), "{third:?}");
    // The button lists the folder from its beginning; the mail is known by its bytes.
    house.reconcile("hilfe", Relist::Whole);
    let fourth = house.wait_for_reconciliation(|one| one.missing == 0, PATIENCE);
    assert_eq!((fourth.in_journal, fourth.duplicates), (4, 1), "{fourth:?}");
    assert_eq!(fourth.difference(), 0, "{fourth:?}");
    drop(process);

    // The folder was made anew: all its mails are new deliveries, known by their bytes.
    dovecot.make_anew("hilfe", "INBOX");
    dovecot.deliver("hilfe", "INBOX", &mails::one("drei", "Anfrage").bytes);
    dovecot.deliver("hilfe", "INBOX", &mails::one("vier", "Anfrage").bytes);
    let process = house.serve();
    house.wait_until(|ledger| ledger.applied + ledger.duplicates == 6, PATIENCE);
    house.reconcile("hilfe", Relist::New);
    let fifth = house.wait_for_reconciliation(|one| one.in_journal == 6, PATIENCE);
    assert_eq!((fifth.on_server, fifth.left_server), (Some(2), 4), "{fifth:?}");
    assert_eq!((fifth.duplicates, fifth.waiting, fifth.difference()), (2, 0, 0), "{fifth:?}");
    drop(process);
}
