//! A password that the mail server refuses.

use testkit::databases::Engine;
use testkit::wait;

use crate::house::PATIENCE;
use crate::ledger::Copies;
use crate::office::{Office, PASSWORD};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_tried_once_and_with_the_right_one_all_mails_leave() {
    let office = Office::open(Engine::Sqlite).await;
    office.house.set_password("falsch");
    let process = office.house.serve();
    let mut tickets = Vec::new();
    for number in 0..6 {
        tickets.push(office.ticket(&format!("Auftrag {number}")).await);
    }
    office.house.set_undo(2).await;
    for ticket in &tickets {
        office.answer(&process, ticket);
    }
    let is_paused = || (office.sink.connections() > 0).then_some(());
    wait::until(PATIENCE, is_paused, || office.house.log());
    let (state, words) = office.house.wait_for_pause().await;
    assert_eq!(state, "login_refused");
    assert!(words.contains("535 5.7.8 wrong login"), "{words}");
    for fate in office.house.fates().await {
        let fate = office.house.wait_until(fate.id, "queued", |fate| fate.state == "queued").await;
        assert_eq!((fate.attempts, fate.tries.len()), (0, 0), "{fate:#?}");
    }
    assert_eq!(office.sink.connections(), 1, "a wrong password is tried once");
    process.kill();
    office.house.set_password(PASSWORD);
    let process = office.house.serve();
    let fates = office.all_sent().await;
    assert_eq!(fates.len(), 6);
    for fate in &fates {
        assert_eq!(fate.attempts, 1);
        office.check(fate, Copies::One);
    }
    drop(process);
}
