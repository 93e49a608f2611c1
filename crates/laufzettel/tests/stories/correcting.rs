//! Whom a message concerns, when it was written, and correcting it afterwards.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};

use crate::api::{Program, administrator, program};
use crate::world::World;

testkit::on_both_engines!(
    a_note_concerns_its_author_or_whoever_is_named,
    a_note_stands_where_it_was_written_in_time,
    the_moment_of_a_message_can_be_set_right_and_orders_the_conversation,
    authors_correct_their_notes_and_managers_all_but_what_has_left,
    a_correction_that_cannot_be_taken_loses_nothing,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <k1@kunde.example>\n\nEs wackelt.\n\n-- \nAnn\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn messages(erp: &Program, number: &str) -> Vec<Value> {
    let page = erp.get(&format!("/tickets/{number}/messages")).await.done();
    page["items"].as_array().unwrap().clone()
}

fn texts(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|one| one["body_text"].as_str().unwrap().trim()).collect()
}

/// Proves F-ACT-05, F-ASG-12.
async fn a_note_concerns_its_author_or_whoever_is_named(world: World) {
    let number = ticket(&world).await;
    world.area("technik").await;
    let ben = world.agent("Ben").await;
    let tim = world.agent_of("Tim", &[("technik", Level::Work)]).await;
    let uwe = world.agent("Uwe").await;
    world.switch_off("Uwe").await;
    let path = format!("/tickets/{number}");
    let page = ben.get(&path).await.text();
    let own = format!("name=\"concerns\" value=\"{}\" checked", ben.agent);
    assert!(page.contains(&own), "the author is chosen: {page}");
    assert!(!page.contains(&format!("name=\"concerns\" value=\"{}\"", uwe.agent)), "{page}");

    // Also who may not see the ticket can be concerned.
    let both = format!("text=F%C3%BCr+zwei&concerns={}&concerns={}", ben.agent, tim.agent);
    ben.press("composer", &format!("{path}/note"), &both).await;
    let alone = format!("text=F%C3%BCr+mich&concerns={}", ben.agent);
    ben.press("composer", &format!("{path}/note"), &alone).await;
    let page = ben.get(&path).await.words();
    assert!(page.contains("betrifft Ben, Tim"), "{page}");
    assert_eq!(page.matches("betrifft").count(), 1, "{page}");
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let notes = messages(&erp, &number).await;
    let (ben_id, tim_id) = (ben.agent.to_string(), tim.agent.to_string());
    assert_eq!(notes[0]["concerns"], json!([]), "nobody of us wrote it");
    assert_eq!(notes[1]["concerns"], json!([ben_id, tim_id]));
    assert_eq!(notes[2]["concerns"], json!([ben_id]));

    for stranger in [uwe.agent.to_string(), "77".to_owned(), "x".to_owned()] {
        let form = format!("text=Text&concerns={stranger}");
        let held = ben.press("composer", &format!("{path}/note"), &form).await;
        assert!(held.words().contains("arbeitet nicht mehr hier"), "{}", held.words());
        assert!(held.text().contains(">Text</textarea>"), "{}", held.text());
        let note = json!({ "visibility": "internal", "body_text": "x", "concerns": [stranger] });
        let refused = erp.post(&format!("{path}/messages"), note).await;
        assert_eq!(refused.fields(), "concerns[0] unknown");
    }
    assert_eq!(messages(&erp, &number).await.len(), 3);
}

/// Proves F-ACT-06.
async fn a_note_stands_where_it_was_written_in_time(world: World) {
    let number = ticket(&world).await;
    world.minutes_pass(24 * 60);
    let ben = world.agent("Ben").await;
    let path = format!("/tickets/{number}/note");
    ben.press("composer", &path, "text=Heute").await;
    ben.press("composer", &path, "text=Gestern+am+Telefon&at=2026-11-21T12:30").await;
    let erp = administrator(&world).await;
    let all = messages(&erp, &number).await;
    assert_eq!(texts(&all)[1..], ["Gestern am Telefon", "Heute"]);
    assert_eq!(all[1]["at"], "2026-11-21T11:30:00Z");
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.find("Gestern am Telefon") < page.find("Heute"), "{page}");
    for (at, why) in
        [("2026-11-23T00:00", "liegt in der Zukunft"), ("egal", "Das ist kein Zeitpunkt")]
    {
        let held = ben.press("composer", &path, &format!("text=Morgen&at={at}")).await;
        assert!(held.words().contains(why), "{}", held.words());
        assert!(held.text().contains(">Morgen</textarea>"), "{}", held.text());
    }
}

/// Proves F-ACT-06.
async fn the_moment_of_a_message_can_be_set_right_and_orders_the_conversation(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let path = format!("/tickets/{number}/messages");
    let mut ids = Vec::new();
    for text in ["eins", "zwei", "drei"] {
        world.minutes_pass(10);
        let body = json!({ "visibility": "external", "send": false, "body_text": text });
        ids.push(erp.post(&path, body).await.done()["id"].as_str().unwrap().to_owned());
    }
    let change = json!({ "at": "2026-11-21T10:15:00+01:00" });
    let changed = erp.patch(&format!("{path}/{}", ids[2]), change).await.done();
    assert_eq!(changed["at"], "2026-11-21T09:15:00Z");
    assert!(changed["corrected_at"].is_string(), "{changed}");
    assert_eq!(texts(&messages(&erp, &number).await)[1..], ["eins", "drei", "zwei"]);
    let first = erp.get(&format!("{path}?limit=3")).await.done();
    let next = first["next"].as_str().unwrap();
    let rest = erp.get(&format!("{path}?limit=3&cursor={next}")).await.done();
    assert_eq!(texts(rest["items"].as_array().unwrap()), ["zwei"]);
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.find("drei") < page.find("zwei"), "{page}");
    // The requester reads it in the same order, newest first.
    let all = json!({ "quote": "all" });
    administrator(&world).await.patch("/areas/support", all).await.done();
    world.app.forget_lists();
    let relay = world.relay().await;
    let form = "to=ann%40kunde.example&text=Neu";
    ben.press("composer", &format!("/tickets/{number}/reply"), form).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = mail::read::read(&relay.sink.mails().remove(0).bytes).text.unwrap();
    let places = ["> zwei", "> drei", "> eins"].map(|text| mail.find(text).unwrap());
    assert!(places.is_sorted(), "{mail}");
}

/// Proves F-FLD-34, F-PERM-09.
async fn authors_correct_their_notes_and_managers_all_but_what_has_left(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let eve = world.agent("Eve").await;
    let max = world.agent_of("Max", &[("support", Level::Manage)]).await;
    let _relay = world.relay().await;
    let [ben_erp, eve_erp, max_erp] = [
        program(&world, ben.agent, &Scope::ALL).await,
        program(&world, eve.agent, &Scope::ALL).await,
        program(&world, max.agent, &Scope::ALL).await,
    ];
    let path = format!("/tickets/{number}/messages");
    let note = json!({ "visibility": "internal", "body_html": "<p>Fünf Schauben</p>" });
    let note = ben_erp.post(&path, note).await.done()["id"].as_str().unwrap().to_owned();
    let first = messages(&ben_erp, &number).await[0]["id"].as_str().unwrap().to_owned();
    let words = json!({ "body_text": "Fünf Schrauben", "subject": "Teile" });
    let refused = eve_erp.patch(&format!("{path}/{note}"), words.clone()).await;
    assert_eq!(refused.problem(), "403 not_allowed");
    let changed = ben_erp.patch(&format!("{path}/{note}"), words).await.done();
    assert_eq!(
        (&changed["body_text"], &changed["body_html"]),
        (&json!("Fünf Schrauben"), &json!(null))
    );
    let found = ben_erp.get("/tickets?query=Schrauben").await.done();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(ben_erp.get("/tickets?query=Schauben").await.done()["items"], json!([]));

    // What the ticket began with is corrected with the right to it; its mail stays as it came.
    let begun = json!({ "body_text": "Es wackelt sehr." });
    for erp in [&ben_erp, &eve_erp] {
        let refused = erp.patch(&format!("{path}/{first}"), begun.clone()).await;
        assert_eq!(refused.problem(), "403 not_allowed");
    }
    let changed = max_erp.patch(&format!("{path}/{first}"), begun).await.done();
    let kinds: Vec<&Value> =
        changed["segments"].as_array().unwrap().iter().map(|part| &part["kind"]).collect();
    assert_eq!(kinds, ["new", "signature"]);
    assert_eq!(max_erp.get(&format!("/tickets/{number}")).await.done()["unread"], true);
    let original = max.get(&format!("/messages/{first}/original")).await.text();
    assert!(original.contains("Es wackelt.") && !original.contains("sehr"), "{original}");
    let page = max.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Berichtigt") && page.contains("Es wackelt sehr."), "{page}");
    assert!(page.contains("Max hat eine Nachricht berichtigt"), "{page}");

    let answer = json!({ "visibility": "external", "body_text": "Kommt morgen." });
    let answer = ben_erp.post(&path, answer).await.done()["id"].as_str().unwrap().to_owned();
    for erp in [&ben_erp, &max_erp] {
        let words = json!({ "body_text": "Kommt nie." });
        assert_eq!(erp.patch(&format!("{path}/{answer}"), words).await.problem(), "409 sent");
    }
    let concerns = json!({ "concerns": ["Eve"] });
    let changed = ben_erp.patch(&format!("{path}/{answer}"), concerns).await.done();
    assert_eq!(changed["concerns"], json!([eve.agent.to_string()]));
    let foreign = ben_erp.ticket("Anderes").await;
    let elsewhere = format!("/tickets/{foreign}/messages/{note}");
    assert_eq!(
        ben_erp.patch(&elsewhere, json!({ "subject": "x" })).await.problem(),
        "404 not_found"
    );
}

/// Proves F-FLD-34.
async fn a_correction_that_cannot_be_taken_loses_nothing(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    ben.press("composer", &format!("/tickets/{number}/note"), "text=Schauben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert_eq!(page.matches("/correct\"").count(), 1, "only his own: {page}");
    let end = page.find("/correct\"").unwrap();
    let begin = page[..end].rfind('"').unwrap() + 1;
    let path = page[begin..end + "/correct".len()].to_owned();
    let form = ben.get(&path).await.text();
    assert!(form.contains("Schauben</textarea>") && form.contains("2026-11-21T10:00"), "{form}");
    for (form, why) in [
        ("text=&at=2026-11-21T10:00", "Die Nachricht ist leer"),
        ("text=Schrauben&at=2027-01-01T10:00", "liegt in der Zukunft"),
        ("text=Schrauben&at=2026-11-21T10:00&concerns=9", "arbeitet nicht mehr hier"),
    ] {
        let held = ben.post(&path, form).await;
        assert_eq!(held.status, 422, "{form}");
        assert!(held.words().contains(why), "{}", held.words());
    }
    let held = ben.post(&path, "text=Schrauben&at=2027-01-01T10:00").await.text();
    assert!(held.contains("Schrauben</textarea>") && held.contains("2027-01-01T10:00"), "{held}");
    let eve = world.agent("Eve").await;
    assert_eq!(eve.get(&path).await.status, 403);
    let form = format!("text=Schrauben&subject=&at=2026-11-21T10:00&concerns={}", ben.agent);
    assert_eq!(ben.post(&path, &form).await.status, 303);
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Schrauben") && !page.contains("Schauben"), "{page}");
    assert!(page.contains("Ben hat eine Nachricht berichtigt"), "{page}");
}
