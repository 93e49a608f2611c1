//! Mailboxes by the API.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use super::{administrator, program};
use crate::world::World;

testkit::on_both_engines!(
    a_mailbox_is_made_changed_and_switched_off,
    a_password_is_never_given_out_and_never_goes_elsewhere,
    what_is_wrong_with_a_mailbox_is_named,
    a_mailbox_is_set_up_by_those_who_set_up_its_area,
    an_account_is_tried_step_by_step,
    a_mailbox_says_how_its_mails_are_answered,
    a_new_account_begins_with_the_mails_of_today,
);

/// Proves F-MAIL-01.
async fn a_mailbox_is_made_changed_and_switched_off(world: World) {
    let erp = administrator(&world).await;
    erp.post("/queues", json!({ "name": "Technik" })).await.done();
    let body = json!({
        "name": "Hilfe", "addresses": ["Hilfe@Firma.example", "support@firma.example"],
        "area": "Support", "queue": "technik", "from_date": "2026-11-01",
    });
    let made = erp.post("/mailboxes", body).await;
    assert_eq!(made.header("location"), "/api/v1/mailboxes/hilfe");
    let mailbox = made.done();
    let expected = json!({
        "name": "hilfe", "label": "hilfe", "enabled": true,
        "addresses": ["hilfe@firma.example", "support@firma.example"],
        "area": { "key": "support", "name": "Support" },
        "queue": { "key": "technik", "name": "Technik" }, "category": null,
        "source": { "kind": "push" }, "after_import": "mark_read", "move_to": null,
        "from_date": "2026-11-01", "max_age_days": null, "unknown_sender": "ticket",
        "stranger_with_number": "linked_ticket", "join_open_ticket": false,
        "similarity_percent": 80, "domains": [], "sender": null, "answer_as_received": false,
        "plus_addressing": false, "sent_folder": null, "signature": null, "state": null,
        "autoresponder": { "enabled": false, "subject": "", "body": "", "once_per_day": false },
        "options": {
            "completed": false, "customers_only": false, "without_emojis": false,
            "with_headers": false, "further_folders": [], "reads_sent": false, "mails_per_run": null, "mail_mebibytes_max": 64,
            "tells_too_large": true, "reads_reference": false,
            "reference_pattern": rules::reference::USUAL_PATTERN,
        },
        "version": 1,
    });
    assert_eq!(mailbox, expected);
    let read = erp.get("/mailboxes/hilfe").await;
    assert_eq!((read.header("etag"), read.done()), ("\"v1\"", mailbox.clone()));
    let kind = [("content-type", "message/rfc822")];
    let mail = "From: a@kunde.example\r\nSubject: x\r\n\r\nx\r\n";
    let outcome = erp.post_bytes("/mailboxes/hilfe/mails", &kind, mail).await.done();
    let path = format!("/tickets/{}", outcome["ticket"].as_str().unwrap());
    assert_eq!(erp.get(&path).await.done()["queue"]["key"], "technik");

    let body = json!({ "label": "Hilfe", "queue": null, "max_age_days": 30 });
    let changed = erp.patch_if("\"v1\"", "/mailboxes/hilfe", body).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    let changed = changed.done();
    assert_eq!((&changed["queue"], &changed["max_age_days"]), (&json!(null), &json!(30)));
    assert_eq!(changed["from_date"], "2026-11-01");
    let stale = erp.patch_if("\"v1\"", "/mailboxes/hilfe", json!({ "label": "x" })).await;
    assert_eq!(stale.problem(), "412 stale");
    let again = json!({ "name": "hilfe", "addresses": ["x@firma.example"], "area": "support" });
    assert_eq!(erp.post("/mailboxes", again).await.problem(), "409 name_taken");
    assert_eq!(erp.delete("/mailboxes/hilfe").await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("\"v2\"", "/mailboxes/hilfe").await.status, 204);
    assert_eq!(erp.get("/mailboxes/hilfe").await.done()["enabled"], false);
    let refused = erp.post_bytes("/mailboxes/hilfe/mails", &kind, mail).await;
    assert_eq!(refused.problem(), "409 mailbox_off");
}

async fn a_password_is_never_given_out_and_never_goes_elsewhere(world: World) {
    let erp = administrator(&world).await;
    let source = json!({
        "kind": "imap", "host": "imap.firma.example", "user": "hilfe", "password": "CANARY",
    });
    let body = json!({
        "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source, "enabled": false,
    });
    let made = erp.post_once("k-1", "/mailboxes", body.clone()).await;
    let shown = json!({
        "kind": "imap", "host": "imap.firma.example", "port": 993, "tls": "implicit",
        "user": "hilfe", "folder": "INBOX",
    });
    assert_eq!(made.done()["source"], shown);
    for answer in [
        made,
        erp.post_once("k-1", "/mailboxes", body).await,
        erp.get("/mailboxes").await,
        erp.get("/mailboxes/hilfe").await,
    ] {
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("CANARY"));
    }
    let elsewhere = json!({ "kind": "imap", "host": "evil.example", "user": "hilfe" });
    let moved = erp.patch("/mailboxes/hilfe", json!({ "source": elsewhere })).await;
    assert_eq!(moved.fields(), "source.password missing");
    let folder = json!({
        "kind": "imap", "host": "imap.firma.example", "user": "hilfe", "folder": "Neu",
    });
    let same = erp.patch("/mailboxes/hilfe", json!({ "source": folder })).await.done();
    assert_eq!(same["source"]["folder"], "Neu");
    let directory = world.app.directory().await.unwrap();
    let sealed = directory.mailbox("hilfe").unwrap().password.clone().unwrap();
    assert_eq!(world.app.keys.open(&sealed).as_deref(), Some("CANARY"));
}

async fn what_is_wrong_with_a_mailbox_is_named(world: World) {
    let erp = administrator(&world).await;
    let source = json!({ "kind": "imap", "host": "imap.example", "user": "u", "tls": "none" });
    let body = json!({
        "name": "a b", "addresses": ["x"], "area": "nirgends", "source": source,
        "after_import": "move", "similarity_percent": 101,
    });
    let fields = erp.post("/mailboxes", body).await.fields();
    for expected in [
        "name invalid_name",
        "addresses[0] invalid_email",
        "area unknown_value",
        "source.tls plaintext_refused",
        "source.password missing",
        "move_to missing",
        "similarity_percent out_of_range",
    ] {
        assert!(fields.contains(expected), "{expected} in {fields}");
    }
    let odd = json!({
        "name": "x", "addresses": ["x@firma.example"], "area": "support",
        "source": { "kind": "jmap", "host": "x" },
    });
    assert_eq!(erp.post("/mailboxes", odd).await.problem(), "422 invalid");
    let date = json!({
        "name": "x", "addresses": ["x@firma.example"], "area": "support", "from_date": "gestern",
    });
    assert_eq!(erp.post("/mailboxes", date).await.fields(), "from_date invalid_date");
    assert_eq!(erp.get("/mailboxes").await.done()["items"], json!([]));
}

async fn a_mailbox_is_set_up_by_those_who_set_up_its_area(world: World) {
    administrator(&world).await;
    world.area("technik").await;
    world.mailbox("hilfe", "support").await;
    let mia = world.agent_of("Mia", &[("technik", Level::Manage), ("support", Level::Work)]).await;
    let mia = program(&world, mia.agent, &Scope::ALL).await;
    let body = json!({ "name": "neu", "addresses": ["neu@firma.example"], "area": "technik" });
    mia.post("/mailboxes", body).await.done();
    let body = json!({ "name": "alt", "addresses": ["alt@firma.example"], "area": "support" });
    assert_eq!(mia.post("/mailboxes", body).await.problem(), "403 not_allowed");
    assert_eq!(mia.get("/mailboxes").await.done()["items"].as_array().unwrap().len(), 2);
    let change = json!({ "label": "x" });
    assert_eq!(mia.patch("/mailboxes/hilfe", change.clone()).await.problem(), "403 not_allowed");
    let moved = mia.patch("/mailboxes/neu", json!({ "area": "support" })).await;
    assert_eq!(moved.problem(), "403 not_allowed");
    let olga = world.agent_of("Olga", &[("technik", Level::Own)]).await;
    let olga = program(&world, olga.agent, &Scope::ALL).await;
    assert_eq!(olga.get("/mailboxes").await.done()["items"], json!([]));
    assert_eq!(olga.get("/mailboxes/neu").await.problem(), "404 not_found");
    assert_eq!(olga.patch("/mailboxes/neu", change).await.problem(), "404 not_found");
}

async fn an_account_is_tried_step_by_step(world: World) {
    let erp = administrator(&world).await;
    // A port that was just free and answers to nobody.
    let port = testkit::ports::free_port();
    let source = json!({
        "kind": "imap", "host": "127.0.0.1", "port": port, "tls": "none", "user": "u",
        "password": "p",
    });
    let body = json!({
        "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source,
    });
    erp.post("/mailboxes", body).await.done();
    let tried = erp.act("/mailboxes/hilfe/test").await.done();
    assert_eq!(tried["steps"].as_array().unwrap().len(), 1);
    let step = &tried["steps"][0];
    assert_eq!((&step["step"], &step["problem"]), (&json!("connected"), &json!("refused")));
    world.mailbox("push", "support").await;
    let tried = erp.act("/mailboxes/push/test").await.done();
    assert_eq!(tried, json!({ "steps": [], "mails": null, "mails_before": null }));
}

async fn a_new_account_begins_with_the_mails_of_today(world: World) {
    let erp = administrator(&world).await;
    let source = |user: &str| json!({ "kind": "imap", "host": "imap.example", "user": user, "password": "p" });
    let table = [
        (json!({ "source": source("a") }), json!("2026-11-21")),
        (json!({ "source": source("b"), "from_date": "2025-01-01" }), json!("2025-01-01")),
        (json!({ "source": source("c"), "from_date": null }), json!(null)),
        (json!({}), json!(null)),
    ];
    for (turn, (mut body, expected)) in table.into_iter().enumerate() {
        body["name"] = json!(format!("m{turn}"));
        body["addresses"] = json!([format!("m{turn}@firma.example")]);
        body["area"] = json!("support");
        let made = erp.post("/mailboxes", body).await.done();
        assert_eq!(made["from_date"], expected, "{turn}");
        let read = erp.get(&format!("/mailboxes/m{turn}")).await.done();
        assert_eq!(read["from_date"], expected, "{turn}");
    }
}

async fn a_mailbox_says_how_its_mails_are_answered(world: World) {
    let erp = administrator(&world).await;
    erp.post("/senders", json!({ "address": "info@firma.example", "name": "Firma" })).await.done();
    let source = json!({ "kind": "imap", "host": "imap.example", "user": "u", "password": "p" });
    let body = json!({
        "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source, "sender": "Info@Firma.example", "answer_as_received": true,
        "plus_addressing": true, "sent_folder": "Gesendet",
        "signature": "<p>Ihr Team</p><script>x()</script>",
    });
    erp.post("/mailboxes", body).await.done();
    let told = async || {
        let mailbox = erp.get("/mailboxes/hilfe").await.done();
        json!([
            mailbox["sender"],
            mailbox["answer_as_received"],
            mailbox["plus_addressing"],
            mailbox["sent_folder"],
            mailbox["signature"],
        ])
    };
    let expected = json!(["info@firma.example", true, true, "Gesendet", "<p>Ihr Team</p>"]);
    assert_eq!(told().await, expected);
    // What is not named stays, also when the sender cannot be chosen any more.
    erp.patch("/senders/info@firma.example", json!({ "active": false })).await.done();
    erp.patch("/mailboxes/hilfe", json!({ "label": "Hilfe" })).await.done();
    assert_eq!(told().await, expected);
    let odd = json!({ "sender": "wer@firma.example", "source": { "kind": "push" } });
    let fields = erp.patch("/mailboxes/hilfe", odd).await.fields();
    assert_eq!(fields, "sender unknown_value, sent_folder needs_account");
    let cleared = json!({
        "sender": null, "answer_as_received": false, "plus_addressing": false,
        "sent_folder": null, "signature": null,
    });
    erp.patch("/mailboxes/hilfe", cleared).await.done();
    assert_eq!(told().await, json!([null, false, false, null, null]));
}
