//! The outbox by the API: what left, every attempt, another try, and a mail that shall not leave.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};
use testkit::smtp_sink::{Answer, Phase, When};

use super::{Program, administrator, program};
use crate::world::World;
use crate::world::sending::Relay;

testkit::on_both_engines!(
    a_mail_that_was_refused_tells_why_and_is_sent_again,
    a_mail_is_stopped_only_before_a_server_took_it,
    a_mail_is_found_by_all_that_is_known_of_it,
    only_those_who_read_the_area_see_its_mails,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> (Program, String) {
    let erp = administrator(world).await;
    world.mailbox("hilfe", "support").await;
    (erp, world.mail("hilfe", FIRST).await.ticket.unwrap())
}

async fn answer(erp: &Program, number: &str, to: &[&str]) -> Value {
    let body = json!({ "visibility": "external", "body_text": "Bitte festziehen.", "to": to });
    erp.post(&format!("/tickets/{number}/messages"), body).await.done()
}

async fn read(erp: &Program, message: &Value) -> Value {
    let mail = message["delivery"]["mail_id"].as_str().unwrap();
    erp.get(&format!("/outbox/{mail}")).await.done()
}

/// Waits until the attempts that were begun are written down.
async fn settled(world: &World, relay: &Relay, connections: usize) {
    while relay.sink.connections() < connections
        || world.outbox().await.iter().any(|(_, n)| *n == 0)
    {
        tokio::task::yield_now().await;
        testkit::wait::pass(std::time::Duration::from_millis(10));
    }
}

/// Proves F-OUT-17.
async fn a_mail_that_was_refused_tells_why_and_is_sent_again(world: World) {
    let (erp, number) = ticket(&world).await;
    let relay = world.relay().await;
    let refusal = "550 5.1.1 <weg@kunde.example>: user unknown";
    relay.sink.on(
        Phase::Rcpt,
        When::To("weg@kunde.example".to_owned()),
        Answer::Reply(refusal.to_owned()),
    );
    let message = answer(&erp, &number, &["ann@kunde.example", "weg@kunde.example"]).await;
    relay.sink.wait_for_accepted(1);
    settled(&world, &relay, 1).await;
    let mail = read(&erp, &message).await;
    assert_eq!((&mail["state"], &mail["ticket"]), (&json!("failed"), &json!(number)));
    let states: Vec<_> =
        mail["recipients"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["accepted", "failed"]);
    assert!(mail["recipients"][1]["detail"].as_str().unwrap().contains("user unknown"));
    let attempt = &mail["attempts"][0];
    assert_eq!((&attempt["number"], &attempt["outcome"]), (&json!(1), &json!("answered")));
    let path = format!("/outbox/{}", mail["id"].as_str().unwrap());
    let raw = erp.get(&format!("{path}/raw")).await;
    assert_eq!(raw.bytes, relay.sink.mails()[0].bytes);

    relay.sink.clear_rules();
    let again = erp.act(&format!("{path}/retry")).await.done();
    assert_eq!(again, json!({ "id": mail["id"], "state": "queued" }));
    relay.sink.wait_for_accepted(2);
    assert_eq!(relay.sink.mails()[1].recipients, ["weg@kunde.example"]);
    assert_eq!(relay.sink.mails()[1].bytes, relay.sink.mails()[0].bytes);
    settled(&world, &relay, 1).await;
    let mail = read(&erp, &message).await;
    assert_eq!(mail["state"], "sent");
    assert_eq!(mail["attempts"].as_array().unwrap().len(), 2);
    let lost = erp.act(&format!("{path}/retry")).await;
    assert_eq!(lost.problem(), "409 nothing_to_try");
    assert_eq!(lost.json()["state"], "sent");
    let events = erp.get(&format!("/tickets/{number}/history")).await.done();
    let kinds: Vec<_> =
        events["items"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
    assert!(kinds.contains(&&json!("mail_sent_again")), "{kinds:?}");
}

async fn a_mail_is_stopped_only_before_a_server_took_it(world: World) {
    let (erp, number) = ticket(&world).await;
    // Nobody sends: the mail waits.
    let message = answer(&erp, &number, &["ann@kunde.example"]).await;
    let path = format!("/outbox/{}", message["delivery"]["mail_id"].as_str().unwrap());
    assert_eq!(erp.act(&format!("{path}/retry")).await.problem(), "409 nothing_to_try");
    let stopped = erp.act(&format!("{path}/cancel")).await.done();
    assert_eq!(stopped["state"], "cancelled");
    let again = erp.act(&format!("{path}/cancel")).await;
    assert_eq!(
        (again.problem().as_str(), &again.json()["state"]),
        ("409 too_late", &json!("cancelled"))
    );
    let relay = world.relay().await;
    let second = answer(&erp, &number, &["ann@kunde.example"]).await;
    relay.sink.wait_for_accepted(1);
    assert_eq!(world.outbox().await, [("cancelled".to_owned(), 0), ("sent".to_owned(), 1)]);
    let path = format!("/outbox/{}", second["delivery"]["mail_id"].as_str().unwrap());
    let late = erp.act(&format!("{path}/cancel")).await;
    assert_eq!((late.problem().as_str(), &late.json()["state"]), ("409 too_late", &json!("sent")));
}

async fn a_mail_is_found_by_all_that_is_known_of_it(world: World) {
    let (erp, number) = ticket(&world).await;
    let first = read(&erp, &answer(&erp, &number, &["ann@kunde.example"]).await).await;
    world.minutes_pass(24 * 60);
    let other = number_of_other(&erp).await;
    let second = read(&erp, &answer(&erp, &other, &["bob@werk.example"]).await).await;
    let id = first["message_id"].as_str().unwrap();
    let found = async |query: &str| -> Vec<Value> {
        let path = format!("/outbox?query={}", encoded(query));
        let page = erp.get(&path).await.done();
        page["items"].as_array().unwrap().iter().map(|mail| mail["id"].clone()).collect()
    };
    let (one, two) = (first["id"].clone(), second["id"].clone());
    assert_eq!(found("").await, [two.clone(), one.clone()]);
    for query in [
        id,
        &format!("<{id}>"),
        "ann@kunde.example",
        "Ann@Kun",
        "wackelt REGAL",
        &number,
        "gestern",
        "2026-11-21",
        "21.11. 10:05",
    ] {
        assert_eq!(found(query).await, std::slice::from_ref(&one), "{query}");
    }
    assert_eq!(found("state:queued").await, [two.clone(), one]);
    assert_eq!(found("heute").await, [two]);
    for query in ["state:sent", "nie@da.example", "20.11.", "Unsinn"] {
        assert_eq!(found(query).await, Vec::<Value>::new(), "{query}");
    }
    let page = erp.get("/outbox?limit=1").await.done();
    let next = page["next"].as_str().unwrap();
    let rest = erp.get(&format!("/outbox?limit=1&cursor={next}")).await.done();
    assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&first["id"], &json!(null)));
    assert_eq!(erp.get("/outbox?cursor=x").await.status, 400);
}

async fn number_of_other(erp: &Program) -> String {
    let body = json!({
        "subject": "Lieferung", "body_text": "x", "contact": { "email": "bob@werk.example" },
    });
    super::number(&erp.post("/tickets", body).await.done())
}

fn encoded(text: &str) -> String {
    laufzettel::http::encode(text)
}

async fn only_those_who_read_the_area_see_its_mails(world: World) {
    let (erp, number) = ticket(&world).await;
    world.area("technik").await;
    let mail = read(&erp, &answer(&erp, &number, &["ann@kunde.example"]).await).await;
    let path = format!("/outbox/{}", mail["id"].as_str().unwrap());
    let ben = world.agent_of("Ben", &[("support", Level::Read)]).await;
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    assert_eq!(ben.get(&path).await.done()["id"], mail["id"]);
    assert_eq!(ben.act(&format!("{path}/cancel")).await.problem(), "403 not_allowed");
    let cem = world.agent_of("Cem", &[("technik", Level::Manage), ("support", Level::Own)]).await;
    let cem = program(&world, cem.agent, &Scope::ALL).await;
    for path in [&path, &format!("{path}/raw")] {
        assert_eq!(cem.get(path).await.problem(), "404 not_found");
    }
    assert_eq!(cem.act(&format!("{path}/cancel")).await.problem(), "404 not_found");
    for query in ["", "?query=ann@kunde.example", "?query=Regal", "?query=state:queued"] {
        let page = cem.get(&format!("/outbox{query}")).await.done();
        assert_eq!(page["items"], json!([]), "{query}");
    }
    let reader = program(&world, world.agent("Dora").await.agent, &[Scope::TicketsRead]).await;
    assert_eq!(reader.get(&path).await.problem(), "403 missing_scope");
}
