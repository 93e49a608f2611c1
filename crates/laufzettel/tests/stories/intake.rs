//! A mail becomes a ticket, or joins one.

use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use std::time::Duration;

use db::Notice;
use laufzettel::feature::intake::{self, Arrival, StoredMail, Way};
use laufzettel::record::MailId;
use laufzettel::service::keys::sha256;
use laufzettel::service::live;
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;
use values::Timestamp;

use crate::world::mails::crlf;
use crate::world::{NOW, World};

testkit::on_both_engines!(
    a_mail_becomes_a_ticket,
    an_answer_joins_its_ticket_and_opens_it_again,
    the_same_mail_is_taken_once,
    a_slow_mail_holds_up_none_that_comes_after_it,
    a_decision_bears_the_moment_at_which_it_is_written,
    a_mail_over_which_processes_ended_is_put_aside_only_if_that_is_no_accident,
);

const PRINTER: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Drucker raucht\nMessage-ID: <m1@kunde.example>\n\
    Date: Sat, 21 Nov 2026 09:58:00 +0100\n\nEr raucht seit heute Morgen.\n";

/// Proves F-NEW-11, F-NUM-01, F-NUM-02, F-FLD-01, F-FLD-05, F-FLD-14.
async fn a_mail_becomes_a_ticket(world: World) {
    world.mailbox("hilfe", "support").await;
    let outcome = world.mail("hilfe", PRINTER).await;
    assert_eq!(outcome.outcome, "new_ticket");
    assert_eq!(outcome.ticket.as_deref(), Some("TS2611-0001"));
    let ben = world.agent("Ben").await;
    let inbox = ben.get("/inbox").await.words();
    assert!(
        inbox.contains("TS2611-0001 Ann Hansen Drucker raucht Er raucht seit heute Morgen."),
        "{inbox}"
    );
    let ticket = ben.get("/tickets/ts2611-0001").await.words();
    assert!(ticket.contains("Ann Hansen"), "{ticket}");
    assert!(ticket.contains("ann@kunde.example"), "{ticket}");
}

async fn an_answer_joins_its_ticket_and_opens_it_again(world: World) {
    world.mailbox("hilfe", "support").await;
    let first = world.mail("hilfe", PRINTER).await;
    let number = first.ticket.unwrap();
    let ben = world.agent("Ben").await;
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    world.minutes_pass(5);
    let answer = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
        Subject: AW: Drucker raucht\nMessage-ID: <m2@kunde.example>\nIn-Reply-To: <m1@kunde.example>\n\n\
        Er raucht immer noch.\n";
    let outcome = world.mail("hilfe", answer).await;
    assert_eq!(outcome.outcome, "follow_up");
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let inbox = ben.get("/inbox").await.words();
    assert!(ben.get("/inbox").await.text().contains("Status: Neu"), "{inbox}");
    assert!(inbox.contains("Er raucht immer noch."), "{inbox}");
}

async fn the_same_mail_is_taken_once(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", PRINTER).await;
    let again = world.mail("hilfe", PRINTER).await;
    assert_eq!(again.outcome, "duplicate");
    assert_eq!(again.ticket, None);
}

/// Stores a mail that waits for its decision.
pub async fn stores(world: &World, bytes: &[u8]) -> StoredMail {
    stores_at(world, bytes, world.app.now()).await
}

/// Stores a mail that came at this moment and waits for its decision.
async fn stores_at(world: &World, bytes: &[u8], now: Timestamp) -> StoredMail {
    let directory = world.app.directory().await.unwrap();
    let arrival = Arrival {
        mailbox: directory.mailbox("hilfe").unwrap().id,
        way: Way::Lmtp,
        envelope_from: None,
        envelope_to: Vec::new(),
        internal_date: None,
        is_archive: false,
    };
    intake::store_at(&world.app, &arrival, bytes, now).await.unwrap()
}

/// Whether a mail is decided within a while.
async fn is_decided(notices: &mut Receiver<Notice>, mail: StoredMail) -> bool {
    let mail = mail.mail().unwrap().number();
    let decided = async {
        loop {
            let notice = notices.recv().await.unwrap();
            if notice.topic == live::MAIL && notice.id == mail {
                return;
            }
        }
    };
    timeout(Duration::from_secs(10), decided).await.is_ok()
}

/// A mail of a megabyte that cannot be made smaller, so that its bytes lie in a file.
fn large_mail() -> Vec<u8> {
    let noise = (0..16_000_u32).map(|n| values::hex(&sha256(&n.to_be_bytes())));
    let lines: String = noise.map(|line| format!("{line}\r\n")).collect();
    format!("From: carl@kunde.example\r\nSubject: Langsam\r\n\r\n{lines}").into_bytes()
}

/// The file of the slow mail becomes a pipe: whoever reads it waits until the story writes.
async fn a_slow_mail_holds_up_none_that_comes_after_it(world: World) {
    world.mailbox("hilfe", "support").await;
    let bytes = large_mail();
    let slow = stores(&world, &bytes).await;
    let name = values::hex(&sha256(&bytes));
    let (folder, rest) = name.split_at(2);
    let path = world.app.config.data_dir.join("blobs").join(folder).join(format!("{rest}.zst"));
    let content = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());

    let mut notices = world.app.db.listen();
    let working = tokio::spawn(intake::work(world.app.clone()));
    // A pipe can be opened for writing once somebody reads it: the slow mail is in work.
    let open = move || File::options().write(true).open(&path).unwrap();
    let mut pipe = tokio::task::spawn_blocking(open).await.unwrap();
    let quick = stores(&world, crlf(PRINTER).as_bytes()).await;
    let is_quick_decided = is_decided(&mut notices, quick).await;

    pipe.write_all(&content).unwrap();
    drop(pipe);
    assert!(is_quick_decided, "the slow mail holds up the quick one");
    assert!(is_decided(&mut notices, slow).await, "the slow mail is forgotten");
    working.abort();
}

async fn decided_at(world: &World, mail: MailId) -> Timestamp {
    db::from_row! {
        struct Row {
            decided_at: Timestamp,
        }
    }
    let query = db::sql!("select decided_at from inbound_mail where id = $1");
    let row: Row = world.app.db.one(query, db::params![mail]).await.unwrap();
    row.decided_at
}

async fn a_decision_bears_the_moment_at_which_it_is_written(world: World) {
    world.mailbox("hilfe", "support").await;
    let stored = stores(&world, crlf(PRINTER).as_bytes()).await;
    // Time passes as soon as the decision waits for the number of its ticket.
    let time_passes = async { world.minutes_pass(5) };
    let (decided, ()) = tokio::join!(intake::decide(&world.app, stored), time_passes);
    assert_eq!(decided.unwrap().outcome, "new_ticket");
    let mail = stored.mail().unwrap();
    assert_eq!(decided_at(&world, mail).await.millis_since(NOW), 5 * 60_000);
}

struct Died(MailId, i64);

impl db::Operation for Died {
    type Outcome = ();

    async fn run(&self, tx: &mut db::Tx<'_>) -> db::Result<()> {
        let query = db::sql!("update inbound_mail set deaths = $1 where id = $2");
        tx.execute(query, db::params![self.1, self.0]).await.map(drop)
    }
}

/// The mails were stored by a process before this one, whose end may have been their fault.
async fn a_mail_over_which_processes_ended_is_put_aside_only_if_that_is_no_accident(world: World) {
    world.mailbox("hilfe", "support").await;
    let before = NOW.plus_millis(-60_000);
    let mut mails = Vec::new();
    for deaths in [9, 10] {
        let bytes =
            format!("From: a@kunde.example\r\nSubject: Nach {deaths}\r\n\r\nGuten Tag.\r\n");
        let mail = stores_at(&world, bytes.as_bytes(), before).await;
        world.app.db.write(&Died(mail.mail().unwrap(), deaths)).await.unwrap();
        mails.push(mail);
    }
    let mut notices = world.app.db.listen();
    let working = tokio::spawn(intake::work(world.app.clone()));
    assert!(is_decided(&mut notices, mails[0]).await);
    // Those with fewer ends come first, so the other one's notice is still to come.
    assert!(is_decided(&mut notices, mails[1]).await);
    working.abort();
    let outcome = async |mail| intake::decide(&world.app, mail).await.unwrap().outcome;
    assert_eq!(outcome(mails[0]).await, "new_ticket");
    assert_eq!(outcome(mails[1]).await, "quarantined");
    let anna = world.administrator("Anna").await;
    let entry = anna.get(&format!("/mails/{}", mails[1].mail().unwrap())).await.words();
    assert!(entry.contains("10-mal versucht"), "{entry}");
}
