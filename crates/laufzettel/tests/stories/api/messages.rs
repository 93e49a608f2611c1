//! Messages by the API: reading conversations, adding notes and what was said elsewhere.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use super::{administrator, number, program};
use crate::world::World;

testkit::on_both_engines!(
    a_note_is_seen_by_those_who_may_open_the_ticket_and_by_nobody_else,
    a_note_is_for_the_team_alone,
    a_message_says_when_and_to_whom,
    a_status_is_set_together_with_a_message,
    a_mail_is_shown_with_its_parts,
    a_conversation_is_read_page_by_page,
);

/// Proves F-PERM-12.
async fn a_note_is_seen_by_those_who_may_open_the_ticket_and_by_nobody_else(world: World) {
    let erp = administrator(&world).await;
    world.area("technik").await;
    let body = json!({ "subject": "Drucker", "body_text": "x", "area": "technik" });
    let path = format!("/tickets/{}", number(&erp.post("/tickets", body).await.done()));
    let note = json!({ "visibility": "internal", "body_text": "CANARY-1", "subject": "CANARY-2" });
    let added = erp.post(&format!("{path}/messages"), note).await.done();
    assert_eq!((&added["visibility"], &added["direction"]), (&json!("internal"), &json!(null)));
    assert_eq!((&added["author"]["name"], &added["from"]), (&json!("Anna"), &json!(null)));
    let ben = world.agent_of("Ben", &[("technik", Level::Read)]).await;
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    let read = ben.get(&format!("{path}/messages")).await.done();
    assert_eq!(read["items"][1]["body_text"], "CANARY-1");
    assert_eq!(ben.get("/tickets?query=CANARY-1").await.done()["items"][0]["subject"], "Drucker");
    let cem = world.agent_of("Cem", &[("support", Level::Manage), ("technik", Level::Own)]).await;
    let cem = program(&world, cem.agent, &Scope::ALL).await;
    for path in [
        path.clone(),
        format!("{path}/messages"),
        format!("{path}/history"),
        "/tickets".to_owned(),
        "/tickets?query=CANARY-1".to_owned(),
    ] {
        let answer = cem.get(&path).await;
        assert!(!answer.json().to_string().contains("CANARY"), "{path}");
        assert!(!answer.json().to_string().contains("Drucker"), "{path}");
    }
    assert_eq!(cem.get(&format!("{path}/messages")).await.problem(), "404 not_found");
    let note = json!({ "visibility": "internal", "body_text": "x" });
    assert_eq!(
        cem.post(&format!("{path}/messages"), note.clone()).await.problem(),
        "404 not_found"
    );
    assert_eq!(ben.post(&format!("{path}/messages"), note).await.problem(), "403 not_allowed");
}

async fn a_note_is_for_the_team_alone(world: World) {
    let erp = administrator(&world).await;
    let path = format!("/tickets/{}/messages", erp.ticket("Drucker").await);
    let body = json!({ "visibility": "internal", "body_text": "x", "send": true });
    assert_eq!(erp.post(&path, body).await.fields(), "send internal");
    let body = json!({ "visibility": "internal", "body_text": "x", "to": ["a@b.example"], "cc": ["c@b.example"] });
    assert_eq!(erp.post(&path, body).await.fields(), "cc internal");
    let body = json!({ "visibility": "public", "body_text": "x" });
    assert_eq!(erp.post(&path, body).await.fields(), "visibility wrong_type");
    let body = json!({ "visibility": "internal", "body_text": "x", "reply_to": [] });
    assert_eq!(erp.post(&path, body).await.fields(), "reply_to unknown_field");
    assert_eq!(erp.get(&path).await.done()["items"].as_array().unwrap().len(), 1);
}

async fn a_message_says_when_and_to_whom(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "subject": "Drucker", "body_text": "x",
        "contact": { "email": "ann@kunde.example", "name": "Ann" },
    });
    let path = format!("/tickets/{}/messages", number(&erp.post("/tickets", body).await.done()));
    let body = json!({ "visibility": "external", "send": false, "body_text": "Am Telefon." });
    let first = erp.post(&path, body).await;
    assert_eq!((first.status, first.header("location")), (201, format!("/api/v1{path}").as_str()));
    let first = first.done();
    assert_eq!(first["to"], json!([{ "name": "Ann", "email": "ann@kunde.example" }]));
    assert_eq!((&first["direction"], &first["subject"]), (&json!("out"), &json!("Drucker")));
    assert_eq!(first["from"], json!({ "name": "Anna", "email": "anna@team.example" }));
    let body = json!({
        "visibility": "external", "send": false, "body_html": "<p>Brief</p>", "subject": "Brief",
        "to": ["Ann@Kunde.example"], "cc": [{ "name": "Ben", "email": "ben@kunde.example" }],
        "at": "2026-11-20T12:00:00+01:00",
    });
    let second = erp.post(&path, body).await.done();
    assert_eq!(second["at"], "2026-11-20T11:00:00Z");
    assert_eq!(second["body_html"], "<p>Brief</p>");
    assert_eq!(second["to"], json!([{ "name": "", "email": "ann@kunde.example" }]));
    // The conversation is in the order in which it was written.
    let read = erp.get(&path).await.done();
    let order: Vec<_> =
        read["items"].as_array().unwrap().iter().map(|one| &one["subject"]).collect();
    assert_eq!(order, ["Brief", "Drucker", "Drucker"]);
    assert_eq!(read["items"][0], second);
    for at in ["2026-11-21T09:00:01Z", "1980-01-01T00:00:00Z"] {
        let body = json!({ "visibility": "internal", "body_text": "x", "at": at });
        assert_eq!(erp.post(&path, body).await.fields(), "at out_of_range");
    }
}

async fn a_status_is_set_together_with_a_message(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}/messages");
    let body = json!({ "visibility": "internal", "body_text": "Wer?", "status": "klaeren" });
    erp.post(&path, body).await.done();
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["status"]["key"], "klaeren");
    assert_eq!(ticket["message_count"], 2);
    let body = json!({ "visibility": "internal", "body_text": "x", "status": "egal" });
    assert_eq!(erp.post(&path, body).await.fields(), "status unknown");
    let after = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(after, ticket);
}

async fn a_mail_is_shown_with_its_parts(world: World) {
    world.mailbox("hilfe", "support").await;
    let mail = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nCc: Ben <ben@kunde.example>\n\
        Subject: Drucker\nMessage-ID: <m1@kunde.example>\n\nEr raucht.\n\n-- \nAnn Hansen\n";
    let number = world.mail("hilfe", mail).await.ticket.unwrap();
    let erp = administrator(&world).await;
    let message = erp.get(&format!("/tickets/{number}/messages")).await.done()["items"][0].clone();
    assert_eq!((&message["direction"], &message["channel"]), (&json!("in"), &json!("mail")));
    assert_eq!(message["from"], json!({ "name": "Ann Hansen", "email": "ann@kunde.example" }));
    assert_eq!(message["cc"], json!([{ "name": "Ben", "email": "ben@kunde.example" }]));
    let kinds: Vec<_> =
        message["segments"].as_array().unwrap().iter().map(|part| &part["kind"]).collect();
    assert_eq!(kinds, ["new", "signature"]);
    assert!(message["body_text"].as_str().unwrap().starts_with("Er raucht."));
    let mail = message["mail_id"].as_str().unwrap();
    let entry = erp.get(&format!("/mails/{mail}")).await.done();
    assert_eq!(entry["ticket"], json!(number));
}

async fn a_conversation_is_read_page_by_page(world: World) {
    let erp = administrator(&world).await;
    let path = format!("/tickets/{}/messages", erp.ticket("Drucker").await);
    for turn in 0..6 {
        world.minutes_pass(1);
        let body = json!({ "visibility": "internal", "body_text": format!("Notiz {turn}") });
        erp.post(&path, body).await.done();
    }
    let mut texts = Vec::new();
    let mut next = String::new();
    loop {
        let page = erp.get(&format!("{path}?limit=3{next}")).await.done();
        let items = page["items"].as_array().unwrap();
        texts.extend(items.iter().map(|one| one["body_text"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    let expected = ["Guten Tag", "Notiz 0", "Notiz 1", "Notiz 2", "Notiz 3", "Notiz 4", "Notiz 5"];
    assert_eq!(texts, expected);
}
