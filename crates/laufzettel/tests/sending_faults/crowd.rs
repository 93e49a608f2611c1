//! Two processes on one PostgreSQL.

use testkit::databases::Engine;
use testkit::smtp_sink::{Phase, When};

use crate::house::{Fate, Process};
use crate::ledger::Copies;
use crate::office::{Office, head};

const TICKETS: usize = 5;
const ANSWERS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_send_fifty_mails_once_each_and_those_of_a_ticket_in_their_order() {
    let office = Office::open(Engine::Postgres).await;
    let processes = [office.house.serve(), office.house.serve()];
    fifty_answers(&office, &processes).await;
    let fates = office.all_sent().await;
    assert_eq!(fates.len(), TICKETS * ANSWERS);
    for fate in &fates {
        office.check(fate, Copies::One);
    }
    are_in_order(&office, &fates);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn if_the_one_who_sends_is_killed_amid_fifty_mails_the_other_goes_on() {
    let office = Office::open(Engine::Postgres).await;
    let first = office.house.serve();
    office.house.wait_for_sender().await;
    let second = office.house.serve();
    let processes = [first, second];
    let mut gate = office.sink.gate(Phase::Dot, When::Nth(9));
    fifty_answers(&office, &processes).await;
    gate.reached().await;
    let [first, second] = processes;
    first.kill();
    drop(gate);
    office.house.leases_end().await;
    let fates = office.all_sent().await;
    assert_eq!(fates.len(), TICKETS * ANSWERS);
    for fate in &fates {
        office.check_either(fate);
    }
    let doubled = fates.iter().filter(|fate| office.copies(fate, "ann@kunde.test") > 1).count();
    assert!((1..=4).contains(&doubled), "{doubled} of at most four connections");
    are_in_order(&office, &fates);
    drop(second);
}

/// Ten answers to each of five tickets, in turn by one process and the other.
async fn fifty_answers(office: &Office, processes: &[Process]) {
    let mut tickets = Vec::new();
    for number in 0..TICKETS {
        tickets.push(office.ticket(&format!("Auftrag {number}")).await);
    }
    for number in 0..ANSWERS * TICKETS {
        let process = &processes[number % processes.len()];
        office.answer(process, &tickets[number % TICKETS]);
    }
}

/// The first copies of the answers to a ticket came in the order in which they were written.
fn are_in_order(office: &Office, fates: &[Fate]) {
    let arrived: Vec<String> =
        office.sink.wait_for_accepted(fates.len()).iter().map(head).collect();
    let place = |fate: &Fate| {
        let wanted = format!("Message-ID: <{}>", fate.message_id);
        arrived.iter().position(|head| head.lines().any(|line| line == wanted)).unwrap()
    };
    for fate in fates {
        let later = fates.iter().filter(|other| other.ticket == fate.ticket && other.id > fate.id);
        for other in later {
            assert!(place(fate) < place(other), "{fate:#?}\n{other:#?}");
        }
    }
}
