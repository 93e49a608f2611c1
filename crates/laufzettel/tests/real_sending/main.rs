//! The main job with real servers: a customer writes, an agent answers, the customer answers back, a
//! mail comes back. The real binary between a real Postfix and a real Dovecot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and real servers are waited for in real time"
)]

mod customer;
#[path = "../sending_house/mod.rs"]
mod house;
mod office;
mod sent;
mod tickets;
mod together;

use testkit::databases::Engine;

use crate::customer::{Customer, Letter};
use crate::office::Office;

const ANN: &str = "ann@kunde.test";
const NOBODY: &str = "niemand@kunde.test";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_writes_gets_an_answer_and_answers_back_on_sqlite() {
    there_and_back(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_writes_gets_an_answer_and_answers_back_on_postgresql() {
    there_and_back(Engine::Postgres).await;
}

/// Proves F-MAIL-01, F-OUT-01, F-OUT-06, F-OUT-07, F-NUM-10.
async fn there_and_back(engine: Engine) {
    let office = Office::open(engine).await;
    let process = office.house.serve();
    let ann = Customer::new(&office, ANN);
    let first = ann.writes("Regal wackelt", "Es wackelt.\nBitte um Rat.");
    let ticket = office.wait_for("unread", 1).await;
    assert_eq!(ticket.subject, "Regal wackelt");

    // As the editor sends it.
    let form = "to=Ann+Hansen+%3Cann%40kunde.test%3E&signed=1&then=\
        &html=%3Cp%3EBitte+die+%3Cstrong%3ESchrauben%3C%2Fstrong%3E+anziehen.%3C%2Fp%3E";
    office.agent.answers(&process, &ticket.number, form);
    let sent = office.house.wait_for("sent").await;
    assert_eq!((sent.attempts, sent.perhaps_twice), (1, false));
    office.wait_for("in_progress", 2).await;
    let answer = ann.reads(&sent.message_id);
    is_the_answer(&answer, &ticket.number, &sent.message_id, &first);

    let second = ann.answers(&answer, "Sie sind fest, es wackelt noch.");
    // Nobody is responsible for it yet, so it is for everybody again.
    let again = office.wait_for("unread", 3).await;
    assert_eq!((again.number.as_str(), again.unseen), (ticket.number.as_str(), true));

    // The agent answers and closes.
    let form = "to=ann%40kunde.test&text=Dann+kommen+wir.&then=solve";
    office.agent.answers(&process, &ticket.number, form);
    let closing = office.house.wait_for("sent").await;
    office.wait_for("done", 4).await;
    let last = ann.reads(&closing.message_id);
    assert_eq!(last.header("In-Reply-To"), format!("<{second}>"));
    assert_eq!(last.header("Subject"), format!("[#{}] Re: Regal wackelt", ticket.number));
    assert!(last.references().ends_with(&[format!("<{second}>")]), "{last:?}");
    assert_eq!(last.references()[0], answer.references()[0], "the anchor stays");
    let ids: Vec<String> =
        office.house.fates().await.into_iter().map(|fate| fate.message_id).collect();
    assert_eq!(ids, [sent.message_id, closing.message_id]);
    assert_eq!(ann.count(), 2, "each answer is there once");
}

/// The form of an answer, as a strict reader sees it.
fn is_the_answer(mail: &Letter, number: &str, message_id: &str, first: &str) {
    assert_eq!(mail.header("From"), "Firma Hilfe <hilfe@firma.test>");
    assert_eq!(mail.header("To"), "Ann Hansen <ann@kunde.test>");
    let subject = mail.header("Subject");
    assert_eq!(subject, format!("[#{number}] Re: Regal wackelt"));
    assert_eq!(subject.matches(number).count(), 1);
    assert_eq!(mail.header("Message-ID"), format!("<{message_id}>"));
    assert_eq!(mail.header("In-Reply-To"), format!("<{first}>"));
    let references = mail.references();
    assert_eq!(references.len(), 2, "{references:?}");
    assert!(references[0].starts_with("<t.") && references[0].ends_with("@firma.test>"));
    assert_eq!(references[1], format!("<{first}>"));
    assert_eq!(mail.kind, "multipart/alternative");
    assert_eq!(mail.parts, ["text/plain", "text/html"]);
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
    assert!(mail.text.contains("Bitte die Schrauben anziehen."), "{}", mail.text);
    assert!(mail.text.contains("> Es wackelt.\n> Bitte um Rat."), "{}", mail.text);
    assert!(mail.html.contains("<strong>Schrauben</strong>"), "{}", mail.html);
    assert!(mail.html.contains("<blockquote"), "{}", mail.html);
    assert!(mail.header("Auto-Submitted").is_empty());
    assert!(mail.received_with_tls, "the mail went to the server without TLS or login");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_to_nobody_comes_back_and_calls_for_somebody_on_sqlite() {
    comes_back(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_to_nobody_comes_back_and_calls_for_somebody_on_postgresql() {
    comes_back(Engine::Postgres).await;
}

/// Proves F-OUT-17: what was taken and came back is not sent.
async fn comes_back(engine: Engine) {
    let office = Office::open(engine).await;
    let process = office.house.serve();
    let ann = Customer::new(&office, ANN);
    ann.writes("Rechnung fehlt", "Wo ist sie?");
    let ticket = office.wait_for("unread", 1).await;
    office.agent.reads(&process, &format!("/tickets/{}", ticket.number));
    let form = "to=ann%40kunde.test&cc=niemand%40kunde.test&knows_strangers=1\
        &text=Liegt+bei.&then=wait";
    office.agent.answers(&process, &ticket.number, form);

    // Postfix takes it for both and then finds nobody: the server's report says so.
    let mail = office.house.newest().await.id;
    let fate = office.house.wait_until(mail, "bounced", |fate| fate.state == "bounced").await;
    assert_eq!((fate.attempts, fate.next_at, fate.perhaps_twice), (1, None, false));
    let states: Vec<(&str, &str)> = fate
        .recipients
        .iter()
        .map(|(address, state, _)| (address.as_str(), state.as_str()))
        .collect();
    assert_eq!(states, [(ANN, "accepted"), (NOBODY, "bounced")]);
    let words = &fate.recipients[1].2;
    assert!(words.contains("5.1.1") && words.contains("User doesn't exist"), "{words}");
    ann.reads(&fate.message_id);

    let after = office.wait_for_unseen("in_progress").await;
    assert_eq!((after.number.as_str(), after.tickets), (ticket.number.as_str(), 1));
    let page = office.agent.reads(&process, &format!("/tickets/{}", ticket.number));
    assert!(page.contains("5.1.1"), "the server's reason stands at the answer");
}
