//! A process that stood still while another one took over wakes up (F17).

use std::time::Duration;

use testkit::databases::Engine;
use testkit::smtp_sink::{End, Phase, When};
use testkit::wait;

use crate::ledger::Copies;
use crate::office::Office;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_slept_through_the_lease_before_the_dot_hands_nothing_over() {
    let office = Office::open(Engine::Postgres).await;
    let first = office.house.serve();
    let fence = office.house.wait_for_sender().await;
    let ticket = office.ticket("Schlaf vor dem Punkt").await;
    let mut gate = office.sink.gate(Phase::Data, When::Always);
    office.answer(&first, &ticket);
    gate.reached().await;
    first.pause();
    // The lease ends in its own time, and the second one takes it.
    let second = office.house.serve();
    let sent = office.house.wait_for("sent").await;
    office.check(&sent, Copies::One);
    assert!(office.house.wait_for_sender().await > fence);
    first.go_on();
    drop(gate);
    // Awake again it finds its lease gone, before the body or behind it, and has time to do wrong.
    wait::pass(Duration::from_millis(1500));
    let is_taken = |end: &End| matches!(end, End::Answered(_) | End::Unanswered);
    assert_eq!(office.sink.mails().iter().filter(|mail| is_taken(&mail.end)).count(), 1);
    let after = office.house.newest().await;
    assert_eq!(after.tries, sent.tries);
    office.check(&after, Copies::One);
    drop(second);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_slept_through_the_lease_after_the_dot_writes_nothing_down() {
    let office = Office::open(Engine::Postgres).await;
    let first = office.house.serve();
    let ticket = office.ticket("Schlaf nach dem Punkt").await;
    let mut gate = office.sink.gate(Phase::Dot, When::Always);
    office.answer(&first, &ticket);
    gate.reached().await;
    first.pause();
    let second = office.house.serve();
    office.house.leases_end().await;
    let dark = office.house.wait_for("uncertain").await;
    first.go_on();
    drop(gate);
    office.sink.wait_for_accepted(1);
    // The first one has its answer now, and time to do something wrong with it.
    wait::pass(Duration::from_millis(700));
    let still = office.house.newest().await;
    assert_eq!((still.state.as_str(), &still.tries), ("uncertain", &dark.tries));
    office.house.make_due(dark.id).await;
    let sent = office.house.wait_for("sent").await;
    office.check(&sent, Copies::MarkedTwo);
    let tries: Vec<&str> = sent.tries.iter().map(|one| one.outcome.as_str()).collect();
    assert_eq!(tries, ["interrupted", "answered"]);
    drop((first, second));
}
