//! The Sent folder of a real account.

use testkit::databases::Engine;

use crate::ANN;
use crate::customer::Customer;
use crate::office::Office;

const OWN: &str = "hilfe@firma.test";
const FOLDER: &str = "Gesendet";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_answer_lies_once_in_the_sent_folder_on_sqlite() {
    copied(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_answer_lies_once_in_the_sent_folder_on_postgresql() {
    copied(Engine::Postgres).await;
}

async fn copied(engine: Engine) {
    let office = Office::open(engine).await;
    office.house.copies_to(FOLDER, None).await;
    let process = office.house.serve();
    let ann = Customer::new(&office, ANN);
    ann.writes("Regal wackelt", "Es wackelt.");
    let ticket = office.wait_for("unread", 1).await;
    for (text, copies) in [("Kommt.", &["copied"][..]), ("Ist+da.", &["copied", "copied"])] {
        let form = format!("to=ann%40kunde.test&text={text}&then=");
        office.agent.answers(&process, &ticket.number, &form);
        let sent = office.house.wait_for("sent").await;
        ann.reads(&sent.message_id);
        office.house.wait_for_copies(copies).await;
        let kept = office.dovecot.contents(OWN, FOLDER);
        assert_eq!(kept.len(), copies.len());
        assert!(kept.iter().all(|mail| mail.flags == "S"), "{kept:?}");
        // What Ann has is the same behind the lines that her servers put before it.
        let own = kept.last().unwrap();
        let is_it = |bytes: &[u8]| bytes.ends_with(&own.bytes);
        office.dovecot.wait_for(ANN, is_it);
        assert!(String::from_utf8_lossy(&own.bytes).contains(&sent.message_id));
    }
    drop(process);
    // A new start copies nothing again.
    let process = office.house.serve();
    let form = "to=ann%40kunde.test&text=Dritte.&then=";
    office.agent.answers(&process, &ticket.number, form);
    office.house.wait_for_copies(&["copied", "copied", "copied"]).await;
    assert_eq!(office.dovecot.contents(OWN, FOLDER).len(), 3);
}
