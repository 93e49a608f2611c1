//! Programs that send: answers, mails that are handed on, and customers who are told of a ticket.

use serde_json::{Value, json};

use super::{Program, administrator, number, worker};
use crate::world::World;
use crate::world::sending::header;

testkit::on_both_engines!(
    a_program_answers_and_the_answer_leaves_once,
    what_cannot_be_sent_names_the_field,
    who_did_not_read_the_news_gets_a_conflict,
    a_mail_is_handed_on_with_its_files,
    a_customer_is_told_of_a_ticket_if_it_says_so,
    whether_the_customer_is_told_can_be_changed,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nEs wackelt.\n\
    --b\nContent-Type: text/csv; name=\"teile.csv\"\nContent-Disposition: attachment; filename=\"teile.csv\"\n\n\
    Schraube;4\n--b--\n";

async fn ticket(world: &World) -> (Program, String) {
    let erp = administrator(world).await;
    world.mailbox("hilfe", "support").await;
    let number = world.mail("hilfe", FIRST).await.ticket.unwrap();
    (erp, format!("/tickets/{number}"))
}

async fn last(erp: &Program, path: &str) -> Value {
    let page = erp.get(&format!("{path}/messages")).await.done();
    page["items"].as_array().unwrap().last().unwrap().clone()
}

/// Proves F-NEW-15, F-OUT-17.
async fn a_program_answers_and_the_answer_leaves_once(world: World) {
    let (erp, path) = ticket(&world).await;
    let relay = world.relay().await;
    let body = json!({
        "visibility": "external", "body_html": "<p>Bitte <b>festziehen</b>.</p>", "status": "geloest",
        "to": [{ "name": "Ann", "email": "ann@kunde.example" }], "cc": ["carl@kunde.example"],
        "bcc": ["archiv@firma.example"],
    });
    let to = format!("{path}/messages");
    let sent = erp.post_once("k1", &to, body.clone()).await;
    assert_eq!(sent.status, 201, "{}", sent.json());
    let message = sent.done();
    assert_eq!((&message["direction"], &message["channel"]), (&json!("out"), &json!("mail")));
    assert_eq!(message["bcc"], json!([{ "name": "", "email": "archiv@firma.example" }]));
    assert_eq!(message["delivery"]["state"], "queued");
    assert_eq!(message["delivery"]["perhaps_twice"], false);
    let again = erp.post_once("k1", &to, body).await;
    assert_eq!(again.done(), message);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    assert_eq!(
        mail.recipients,
        ["ann@kunde.example", "carl@kunde.example", "archiv@firma.example"]
    );
    let text = String::from_utf8_lossy(&mail.bytes).into_owned();
    assert!(text.contains("<b>festziehen</b>") && text.contains("> Es wackelt."), "{text}");
    assert!(!text.contains("archiv@firma.example"), "{text}");
    let number = path.rsplit('/').next().unwrap();
    assert_eq!(header(&mail, "Subject"), format!("[#{number}] Re: Regal wackelt"));
    assert_eq!(world.outbox().await, [("sent".to_owned(), 1)]);
    let read = erp.get(&format!("{path}/messages")).await.done();
    let all = read["items"].as_array().unwrap();
    let read = all.iter().find(|one| one["id"] == message["id"]).unwrap();
    assert_eq!(read["delivery"]["state"], "sent", "{all:#?}");
    assert_eq!(relay.sink.mails().len(), 1);
    assert_eq!(erp.get(&path).await.done()["status"]["key"], "geloest");
    // What was given elsewhere is no mail.
    let note = json!({ "visibility": "external", "send": false, "body_text": "Am Telefon." });
    let given = erp.post(&to, note).await.done();
    assert_eq!((&given["delivery"], &given["channel"]), (&json!(null), &json!("api")));
}

async fn what_cannot_be_sent_names_the_field(world: World) {
    let (erp, path) = ticket(&world).await;
    let to = format!("{path}/messages");
    let many: Vec<String> = (0..150).map(|n| format!("k{n}@kunde.example")).collect();
    let _relay = world.relay().await;
    for (extra, fields) in [
        (json!({ "body_text": " " }), "body_text empty"),
        (json!({ "to": ["quatsch"] }), "to[0] invalid_email"),
        (json!({ "to": ["hilfe@firma.example"] }), "to own_mailbox"),
        (json!({ "to": many, "cc": many }), "to too_many"),
        (json!({ "sender": "chef@firma.example" }), "sender no_sender"),
        (json!({ "attachments": ["12345"] }), "attachments[0] unknown"),
        (json!({ "status": "egal" }), "status unknown"),
        (json!({ "at": "2026-11-20T12:00:00Z" }), "at sent_now"),
        (json!({ "send": false, "sender": "hilfe@firma.example" }), "sender not_sent"),
    ] {
        let mut body = json!({ "visibility": "external", "body_text": "x" });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        assert_eq!(erp.post(&to, body).await.fields(), fields);
    }
    // A ticket of nobody outside has nobody to answer to, and no sender is known without a mailbox.
    let own = format!("/tickets/{}/forward", erp.ticket("Aufgabe").await);
    assert_eq!(erp.post(&own, json!({ "to": [] })).await.fields(), "to no_recipient");
    assert!(world.outbox().await.is_empty());
    let ben = world.agent_of("Ben", &[("support", rules::right::Level::Read)]).await;
    let scopes = laufzettel::record::actor::Scope::ALL;
    let ben = super::program(&world, ben.agent, &scopes).await;
    let body = json!({ "visibility": "external", "body_text": "x" });
    assert_eq!(ben.post(&to, body).await.problem(), "403 not_allowed");
}

async fn who_did_not_read_the_news_gets_a_conflict(world: World) {
    let (erp, path) = ticket(&world).await;
    let _relay = world.relay().await;
    let seen = last(&erp, &path).await["id"].clone();
    world.minutes_pass(1);
    let second = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: Re: Regal\n\
        Message-ID: <r9@kunde.example>\nIn-Reply-To: <r1@kunde.example>\n\nErledigt sich.\n";
    world.mail("hilfe", second).await;
    let to = format!("{path}/messages");
    let body = json!({ "visibility": "external", "body_text": "Kommt morgen.", "seen": seen });
    assert_eq!(erp.post(&to, body).await.problem(), "409 changed");
    assert!(world.outbox().await.is_empty());
    let seen = last(&erp, &path).await["id"].clone();
    let body = json!({ "visibility": "external", "body_text": "Gut.", "seen": seen });
    assert_eq!(erp.post(&to, body).await.status, 201);
}

/// Proves F-OUT-19.
async fn a_mail_is_handed_on_with_its_files(world: World) {
    let (erp, path) = ticket(&world).await;
    let relay = world.relay().await;
    let to = format!("{path}/forward");
    let before = erp.get(&path).await.done();
    let body = json!({ "to": ["werk@zulieferer.example"], "body_text": "Bitte prüfen." });
    let message = erp.post(&to, body).await.done();
    assert_eq!(message["attachments"][0]["name"], "teile.csv");
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    let text = String::from_utf8_lossy(&mail.bytes).into_owned();
    assert!(text.contains("ann@kunde.example") && text.contains("teile.csv"), "{text}");
    assert!(header(&mail, "Subject").ends_with("WG: Regal wackelt"), "{text}");
    assert_eq!(header(&mail, "In-Reply-To"), "");
    let after = erp.get(&path).await.done();
    assert_eq!(after["status"], before["status"]);
    let without = json!({ "to": ["werk@zulieferer.example"], "keep": [] });
    let message = erp.post(&to, without).await.done();
    assert_eq!(message["attachments"], json!([]));
    let foreign = json!({ "to": ["werk@zulieferer.example"], "keep": ["12345"] });
    assert_eq!(erp.post(&to, foreign).await.fields(), "keep[0] unknown");
}

/// Proves F-FLD-09.
async fn a_customer_is_told_of_a_ticket_if_it_says_so(world: World) {
    let erp = administrator(&world).await;
    world.mailbox("hilfe", "support").await;
    let relay = world.relay().await;
    let body = |notify: Option<bool>| {
        let mut body = json!({
            "subject": "Rückruf wegen Regal", "body_text": "Am Telefon: es wackelt.",
            "contact": { "email": "ann@kunde.example", "name": "Ann Hansen" }, "channel": "phone",
        });
        if let Some(notify) = notify {
            body["notify"] = json!(notify);
        }
        body
    };
    let quiet = erp.post("/tickets", body(None)).await.done();
    assert_eq!(quiet["notify"], false);
    let told = erp.post("/tickets", body(Some(true))).await.done();
    assert_eq!(told["notify"], true);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    assert_eq!(mail.recipients, ["ann@kunde.example"]);
    assert_eq!(mail.from, "");
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    let number = number(&told);
    assert!(header(&mail, "Subject").contains(&format!("[#{number}]")));
    let text = String::from_utf8_lossy(&mail.bytes).into_owned();
    assert!(text.contains("> Am Telefon: es wackelt."), "{text}");
    // The conversation is what was said; the answer of the customer belongs to it.
    assert_eq!(told["message_count"], 1);
    let back = format!(
        "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: ganz anders\n\
         Message-ID: <n1@kunde.example>\nIn-Reply-To: {}\n\nDanke.\n",
        header(&mail, "Message-ID")
    );
    assert_eq!(world.mail("hilfe", &back).await.ticket, Some(number));
    assert_eq!(world.outbox().await, [("sent".to_owned(), 1)]);
    // One's own task tells nobody.
    let task = json!({ "subject": "Aufgabe", "body_text": "x", "notify": true });
    assert_eq!(erp.post("/tickets", task).await.done()["notify"], true);
    assert_eq!(world.outbox().await.len(), 1);
}

async fn whether_the_customer_is_told_can_be_changed(world: World) {
    let erp = worker(&world, "Ben").await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    let changed = erp.patch(&path, json!({ "notify": true })).await.done();
    assert_eq!(changed["notify"], true);
    assert_eq!(erp.get(&path).await.done()["notify"], true);
    assert_eq!(erp.patch(&path, json!({ "notify": null })).await.status, 422);
    let body = json!({
        "subject": "x", "body_text": "x", "notify": true, "contact": { "email": "a@kunde.example" },
    });
    assert_eq!(erp.post("/tickets", body).await.fields(), "notify no_sender");
}
