//! Two processes on one PostgreSQL database and one folder of blobs: the main job goes through both,
//! and when one is killed in the midst of its work the other goes on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use db::{from_row, params, sql};
use testkit::databases::Engine;
use testkit::wait;
use tokio::time::Instant;

use crate::ANN;
use crate::customer::Customer;
use crate::house::PATIENCE;
use crate::office::Office;

const OWN: &str = "hilfe@firma.test";
/// Mails that come at once.
const MAILS: usize = 300;
/// How Dovecot says that somebody went.
const ENDS: [&str; 2] = ["Disconnected", "Logged out"];
/// Answers that leave meanwhile.
const ANSWERS: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_do_the_main_job_and_one_goes_on_alone() {
    let office = Office::open(Engine::Postgres).await;
    let first = office.house.serve();
    // Whoever comes first fetches and sends.
    office.wait_for_lease("imap/").await;
    office.wait_for_lease("smtp/0").await;
    let second = Arc::new(office.house.serve());

    // What the first one fetches is announced by the second one, and answered there.
    let mut page = office.agent.listens(&second);
    let ann = Customer::new(&office, ANN);
    ann.writes("Regal wackelt", "Es wackelt.");
    page.hears("\"topic\":\"ticket\"");
    let ticket = office.wait_for("unread", 1).await;
    office.agent.answers(&second, &ticket.number, "to=ann%40kunde.test&text=Kommt.&then=");
    let sent = office.house.wait_for("sent").await;
    let answer = ann.reads(&sent.message_id);
    ann.answers(&answer, "Danke.");
    office.wait_for("unread", 3).await;
    page.hears("\"topic\":\"ticket\"");
    assert!(office.agent.reads(&first, "/inbox").contains("Regal wackelt"));

    // People answer while mails come; in the midst of it the one dies that fetches and sends.
    let (agent, desk, number) = (office.agent.clone(), Arc::clone(&second), ticket.number.clone());
    let answering = tokio::task::spawn_blocking(move || {
        for place in 0..ANSWERS {
            let form = format!("to=ann%40kunde.test&text=Antwort+{place}.&then=");
            agent.answers(&desk, &number, &form);
        }
    });
    for number in 0..MAILS {
        office.dovecot.deliver(OWN, "INBOX", mail(number).as_bytes());
    }
    office.wait_for_work().await;
    first.kill();
    answering.await.unwrap();

    office.wait_for_all().await;
    office.nothing_is_lost_or_doubled(&ann).await;
    office.nobody_fetched_beside_another();
}

/// `deliver` is a process of its own, and an embedded database has no bell between processes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_hears_of_a_mail_that_another_process_took_on_sqlite() {
    let office = Office::open(Engine::Sqlite).await;
    let process = office.house.serve();
    let mut page = office.agent.listens(&process);
    office.house.add_ticket(ANN, "Regal wackelt").await;
    page.hears("\"topic\":\"ticket\"");
}

fn mail(number: usize) -> String {
    format!(
        "From: Kunde {number} <kunde{number}@kunde.test>\r\nTo: {OWN}\r\nSubject: Frage {number}\r\n\
         Message-ID: <frage{number}@kunde.test>\r\n\r\nWie geht {number}?\r\n"
    )
}

from_row! {
    #[derive(Debug)]
    struct Ledger {
        applied: i64,
        different: i64,
        other: i64,
        messages: i64,
        sent: i64,
    }
}

from_row! {
    struct Held {
        fence: i64,
    }
}

impl Office {
    async fn wait_for_lease(&self, begin: &str) {
        let begun = Instant::now();
        loop {
            let held: Vec<Held> = self
                .house
                .app
                .db
                .all(
                    sql!(
                        "select fence from lease
                         where substr(name, 1, length($1)) = $1 and until_at > $2"
                    ),
                    params![begin, self.house.app.now()],
                )
                .await
                .unwrap();
            if held.iter().any(|lease| lease.fence > 0) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "nobody takes {begin}\n{}", self.house.log());
            wait::pass(Duration::from_millis(20));
        }
    }

    async fn ledger(&self) -> Ledger {
        let db = &self.house.app.db;
        db.one(
            sql!(
                "select (select count(*) from inbound_mail where state = 'applied') as applied,
                        (select count(distinct message_id) from inbound_mail
                         where state = 'applied') as different,
                        (select count(*) from inbound_mail where state <> 'applied') as other,
                        (select count(*) from message where direction = 'in') as messages,
                        (select count(*) from outbound_mail where state = 'sent') as sent"
            ),
            [],
        )
        .await
        .unwrap()
    }

    /// Waits until fetching and sending are under way, and neither is done.
    async fn wait_for_work(&self) {
        let begun = Instant::now();
        loop {
            let ledger = self.ledger().await;
            if ledger.applied >= 12 && ledger.sent >= 3 {
                assert!(ledger.applied < MAILS as i64, "it was too fast: {ledger:?}");
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{ledger:?}\n{}", self.house.log());
            wait::pass(Duration::from_millis(5));
        }
    }

    /// Waits until every mail is decided and every answer has left, or is known to be in the dark.
    async fn wait_for_all(&self) {
        let begun = Instant::now();
        loop {
            let (ledger, fates) = (self.ledger().await, self.house.fates().await);
            let waits = fates.iter().filter(|fate| !is_done(&fate.state)).count();
            if ledger.applied + ledger.other >= MAILS as i64 + 2 && waits == 0 {
                return;
            }
            let log = || self.house.log();
            assert!(begun.elapsed() < PATIENCE * 2, "{ledger:?}, {waits} wait\n{}", log());
            wait::pass(Duration::from_millis(100));
        }
    }

    async fn nothing_is_lost_or_doubled(&self, ann: &Customer<'_>) {
        let (ledger, all) = (self.ledger().await, MAILS as i64 + 2);
        assert_eq!((ledger.applied, ledger.different), (all, all), "{ledger:?}");
        assert_eq!((ledger.other, ledger.messages), (0, all), "{ledger:?}");
        let fates = self.house.fates().await;
        assert_eq!(fates.len(), ANSWERS + 1);
        // At most the one that had its final dot when the process died; it is not sent again at once.
        let dark = fates.iter().filter(|fate| fate.state == "uncertain").count();
        assert!(dark <= 1, "{dark} mails are in the dark");
        for fate in fates.iter().filter(|fate| fate.state == "sent") {
            ann.reads(&fate.message_id);
        }
        let mut copies: BTreeMap<String, usize> = BTreeMap::new();
        for stored in self.dovecot.contents(ANN, "INBOX") {
            let text = String::from_utf8_lossy(&stored.bytes).into_owned();
            let line = text.lines().find(|line| line.to_lowercase().starts_with("message-id:"));
            *copies.entry(line.unwrap().to_owned()).or_default() += 1;
        }
        assert!(copies.values().all(|count| *count == 1), "{copies:?}");
        assert!(copies.len() >= ANSWERS + 1 - dark, "{} of {}", copies.len(), ANSWERS + 1);
    }

    /// Dovecot writes down who comes and goes.
    fn nobody_fetched_beside_another(&self) {
        let (mut present, mut sessions) = (0, 0);
        for line in self.dovecot.log().lines().filter(|line| line.contains(OWN)) {
            if line.contains("imap-login: ") && line.contains("Login:") {
                present += 1;
                sessions += 1;
                assert!(present <= 1, "two are there at the same time: {line}");
            } else if line.contains("imap(") && ENDS.iter().any(|end| line.contains(end)) {
                present -= 1;
            }
        }
        assert!(sessions >= 2, "{sessions} sessions in\n{}", self.dovecot.log());
    }
}

fn is_done(state: &str) -> bool {
    matches!(state, "sent" | "uncertain")
}
