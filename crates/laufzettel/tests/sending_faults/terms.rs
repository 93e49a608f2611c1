//! SIGTERM while mails leave: the process ends soon, and nothing is lost (F18).

use std::time::Duration;

use testkit::databases::Engine;
use testkit::smtp_sink::{Phase, When};

use crate::ledger::Copies;
use crate::office::Office;

/// A process that is asked to end has so long.
const END_MAX: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_asked_to_end_leaves_its_mail_to_the_next_one() {
    let office = Office::open(Engine::Sqlite).await;
    let mut process = office.house.serve();
    let phases = [(Phase::Greeting, Copies::One), (Phase::Data, Copies::One)];
    for (phase, copies) in phases.into_iter().chain([(Phase::Dot, Copies::MarkedTwo)]) {
        let ticket = office.ticket(&format!("Ende bei {phase:?}")).await;
        let mut gate = office.sink.gate(phase, When::Always);
        office.answer(&process, &ticket);
        gate.reached().await;
        let took = process.end();
        assert!(took < END_MAX, "{phase:?}: {took:?}");
        drop(gate);
        office.sink.clear_rules();
        process = office.house.serve();
        let sent = office.all_sent().await.pop().unwrap();
        office.check(&sent, copies);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_amid_twenty_mails_loses_none() {
    let office = Office::open(Engine::Sqlite).await;
    let mut tickets = Vec::new();
    for number in 0..20 {
        tickets.push(office.ticket(&format!("Auftrag {number}")).await);
    }
    // They wait for the server and then go all at once.
    let process = office.house.serve();
    let mut gate = office.sink.gate(Phase::Greeting, When::Always);
    for ticket in &tickets {
        office.answer(&process, ticket);
    }
    gate.reached().await;
    drop(gate);
    office.sink.wait_for_accepted(5);
    let took = process.end();
    assert!(took < END_MAX, "{took:?}");
    let process = office.house.serve();
    let fates = office.all_sent().await;
    assert_eq!(fates.len(), 20);
    for fate in &fates {
        office.check_either(fate);
    }
    drop(process);
}
