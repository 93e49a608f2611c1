//! The fields of a ticket.

use serde_json::{Value, json};

use super::{Program, administrator, number, worker};
use crate::world::World;

testkit::on_both_engines!(
    a_ticket_has_a_request_type_from_a_free_list,
    a_ticket_has_a_category_from_a_free_tree,
    a_category_may_give_a_priority,
    a_ticket_has_a_priority_from_a_free_list,
    a_subject_is_needed_and_a_body_is_text_or_html,
    somebody_is_responsible_or_nobody,
    a_ticket_moves_through_the_statuses_of_its_life,
    a_ticket_is_linked_with_contact_company_both_or_neither,
    a_ticket_lies_in_a_queue,
    tags_are_free_words_and_marks,
    the_moments_of_a_ticket_are_kept,
    a_ticket_is_unread_until_somebody_answers_closes_or_reads_it,
    a_deadline_is_set_and_cleared,
);

async fn made(erp: &Program, fields: Value) -> Value {
    let mut body = json!({ "subject": "Drucker", "body_text": "Er raucht." });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    erp.post("/tickets", body).await.done()
}

/// Proves F-FLD-02.
async fn a_ticket_has_a_request_type_from_a_free_list(world: World) {
    let erp = administrator(&world).await;
    let list = erp.get("/request_types").await.done();
    let shown: Vec<String> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let part = |name: &str| entry[name].to_string();
            format!(
                "{} {} {} {}",
                part("key"),
                part("position"),
                part("active"),
                part("is_default")
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "\"kaufmaennisch\" 1 true false",
            "\"hilfe\" 2 true false",
            "\"stoerung\" 3 true false",
            "\"aenderung\" 4 true false",
            "\"sonstiges\" 5 true true",
            "\"problem\" 6 false false",
            "\"projekt\" 7 false false",
        ]
    );
    assert_eq!(made(&erp, json!({})).await["request_type"]["key"], "sonstiges");
    let added = json!({ "name": "Rückruf", "is_default": true });
    assert_eq!(erp.post("/request_types", added).await.done()["key"], "rueckruf");
    assert_eq!(erp.get("/request_types/sonstiges").await.done()["is_default"], false);
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["request_type"], json!({ "key": "rueckruf", "name": "Rückruf" }));
    let named = made(&erp, json!({ "request_type": "Hilfe zur Bedienung" })).await;
    assert_eq!(named["request_type"]["key"], "hilfe");
    let off = json!({ "subject": "x", "body_text": "x", "request_type": "problem" });
    assert_eq!(erp.post("/tickets", off).await.fields(), "request_type unknown");
}

/// Proves F-FLD-03, F-FLD-18.
async fn a_ticket_has_a_category_from_a_free_tree(world: World) {
    let erp = administrator(&world).await;
    erp.post("/categories", json!({ "name": "Geräte", "is_public": false })).await.done();
    let below = erp.post("/categories", json!({ "name": "Drucker", "parent": "geraete" })).await;
    let below = below.done();
    assert_eq!(below["parent"], json!({ "key": "geraete", "name": "Geräte" }));
    assert_eq!(below["is_public"], true);
    let circle = erp.patch("/categories/geraete", json!({ "parent": "drucker" })).await;
    assert_eq!(circle.fields(), "parent circle");
    assert_eq!(made(&erp, json!({})).await["category"], json!(null));
    let ticket = made(&erp, json!({ "category": "drucker" })).await;
    assert_eq!(ticket["category"], json!({ "key": "drucker", "name": "Drucker" }));
    // Who asks for a category means those below it as well.
    let found = erp.get("/tickets?query=kategorie:ger%C3%A4te").await.done();
    assert_eq!(found["items"][0]["number"], ticket["number"]);
    let path = format!("/tickets/{}", number(&ticket));
    let cleared = erp.patch(&path, json!({ "category": null })).await.done();
    assert_eq!(cleared["category"], json!(null));
}

/// Proves F-FLD-03.
async fn a_category_may_give_a_priority(world: World) {
    let erp = administrator(&world).await;
    let delivered = erp.get("/categories/sonstiges").await.done();
    assert_eq!((&delivered["name"], &delivered["priority"]), (&json!("Sonstiges"), &json!(null)));
    let wrong = erp.post("/categories", json!({ "name": "Aufzug", "priority": "rot" })).await;
    assert_eq!(wrong.fields(), "priority unknown");
    let given = erp.post("/categories", json!({ "name": "Aufzug", "priority": "hoch" })).await;
    assert_eq!(given.done()["priority"], json!({ "key": "hoch", "name": "Hoch" }));
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["priority"]["key"], "normal");
    let path = format!("/tickets/{}", number(&ticket));
    let changed = erp.patch(&path, json!({ "category": "aufzug" })).await.done();
    assert_eq!(changed["priority"]["key"], "hoch");
    assert_eq!(made(&erp, json!({ "category": "aufzug" })).await["priority"]["key"], "hoch");
    // Whoever names a priority himself gets that.
    let named = json!({ "category": "aufzug", "priority": "niedrig" });
    assert_eq!(made(&erp, named).await["priority"]["key"], "niedrig");
    let both = json!({ "category": "aufzug", "priority": "normal" });
    assert_eq!(erp.patch(&path, both).await.done()["priority"]["key"], "normal");
}

/// Proves F-FLD-04.
async fn a_ticket_has_a_priority_from_a_free_list(world: World) {
    let erp = administrator(&world).await;
    assert_eq!(made(&erp, json!({})).await["priority"]["key"], "normal");
    let body = json!({ "name": "Stillstand", "key": "halt", "position": 0, "hue": 7 });
    assert_eq!(erp.post("/priorities", body).await.fields(), "hue out_of_range");
    let body = json!({ "name": "Stillstand", "key": "halt", "position": 0, "hue": 5 });
    assert_eq!(erp.post("/priorities", body).await.done()["hue"], 5);
    assert_eq!(erp.get("/priorities/normal").await.done()["hue"], json!(null));
    let list = erp.get("/priorities").await.done();
    assert_eq!(list["items"][0]["key"], "halt");
    let ticket = made(&erp, json!({ "priority": "Stillstand" })).await;
    assert_eq!(ticket["priority"], json!({ "key": "halt", "name": "Stillstand" }));
    let inbox = world.agent("Ben").await.get("/inbox").await.text();
    assert!(inbox.contains("data-pr=\"niedrig\" data-hue=\"5\""), "{inbox}");
    let cleared = erp.patch("/priorities/halt", json!({ "hue": null })).await.done();
    assert_eq!(cleared["hue"], json!(null));
    let path = format!("/tickets/{}", number(&ticket));
    let changed = erp.patch(&path, json!({ "priority": "dringend" })).await.done();
    assert_eq!(changed["priority"]["name"], "Dringend");
    let nothing = erp.patch(&path, json!({ "priority": null })).await;
    assert_eq!(nothing.fields(), "priority wrong_type", "a ticket always has one");
}

/// Proves F-FLD-05, F-FLD-06.
async fn a_subject_is_needed_and_a_body_is_text_or_html(world: World) {
    let erp = administrator(&world).await;
    let without = erp.post("/tickets", json!({ "body_text": "x" })).await;
    assert_eq!(without.fields(), "subject missing_field");
    let long = json!({ "subject": "x".repeat(501), "body_text": "x" });
    assert_eq!(erp.post("/tickets", long).await.fields(), "subject too_long");
    let body = "Ä".repeat(65_000);
    let ticket = made(&erp, json!({ "body_text": body })).await;
    let path = format!("/tickets/{}/messages", number(&ticket));
    let first = erp.get(&path).await.done()["items"][0].clone();
    assert_eq!(first["body_text"], body);
    assert_eq!(first["body_html"], json!(null));
    assert_eq!((&first["direction"], &first["channel"]), (&json!("in"), &json!("api")));

    let html = json!({
        "subject": "Muster",
        "body_html": "<p onclick=\"x()\">Guten <b>Tag</b><script>steal()</script>\
                      <img src=\"https://evil.example/a.png\"></p>",
    });
    let ticket = erp.post("/tickets", html).await.done();
    let path = format!("/tickets/{}/messages", number(&ticket));
    let first = erp.get(&path).await.done()["items"][0].clone();
    assert_eq!(first["body_text"].as_str().unwrap().trim(), "Guten Tag");
    let shown = first["body_html"].as_str().unwrap();
    assert!(shown.starts_with("<p>Guten <b>Tag</b>"), "{shown}");
    for bad in ["onclick", "script", "steal", " src="] {
        assert!(!shown.contains(bad), "{bad} in {shown}");
    }
}

/// Proves F-FLD-10.
async fn somebody_is_responsible_or_nobody(world: World) {
    let erp = administrator(&world).await;
    let ben = worker(&world, "Ben").await;
    let ben_id = ben.get("/me").await.done()["agent"]["id"].clone();
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["assignee"], json!(null));
    assert_eq!(ticket["creator"]["name"], "Anna");
    let path = format!("/tickets/{}", number(&ticket));
    for named in [json!("ben@team.example"), ben_id.clone(), json!("Ben")] {
        let changed = erp.patch(&path, json!({ "assignee": named })).await.done();
        let shown = json!({ "id": ben_id, "name": "Ben", "email": "ben@team.example" });
        assert_eq!(changed["assignee"], shown);
        let cleared = erp.patch(&path, json!({ "assignee": null })).await.done();
        assert_eq!(cleared["assignee"], json!(null));
    }
    let ticket = made(&erp, json!({ "assignee": "ben@team.example" })).await;
    assert_eq!(ticket["assignee"]["name"], "Ben");
    let mine = ben.get("/tickets?query=zust%C3%A4ndig:ich").await.done();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    let path = format!("/agents/{}", ben_id.as_str().unwrap());
    erp.delete_if("*", &path).await;
    let gone = json!({ "subject": "x", "body_text": "x", "assignee": "ben@team.example" });
    assert_eq!(erp.post("/tickets", gone).await.fields(), "assignee unknown");
}

/// Proves F-FLD-13, F-STAT-01, F-STAT-03.
async fn a_ticket_moves_through_the_statuses_of_its_life(world: World) {
    let erp = administrator(&world).await;
    let list = erp.get("/statuses").await.done();
    let shown: Vec<String> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|status| {
            let part = |name: &str| status[name].as_str().unwrap().to_owned();
            let off = if status["active"] == true { "" } else { " (off)" };
            format!("{} = {}{off}", part("name"), part("kind"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Neu = unread",
            "Gelesen = read",
            "Zugewiesen = assigned",
            "Offen = in_progress",
            "Wartet auf Kunde = waiting_requester",
            "Rückfrage intern = waiting_internal",
            "Zu klären = to_clarify",
            "Zurückgestellt = on_hold (off)",
            "Gelöst = done",
            "Abgebrochen = cancelled",
            "Papierkorb = trash",
        ]
    );
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["status"]["kind"], "unread");
    let path = format!("/tickets/{}", number(&ticket));
    for key in ["gelesen", "zugewiesen", "offen", "wartet", "rueckfrage", "klaeren", "geloest"] {
        let changed = erp.patch(&path, json!({ "status": key })).await.done();
        assert_eq!(changed["status"]["key"], key);
    }
    let open = erp.get("/tickets?query=ist:offen").await.done();
    assert_eq!(open["items"], json!([]));
}

/// Proves F-FLD-15.
async fn a_ticket_is_linked_with_contact_company_both_or_neither(world: World) {
    let erp = administrator(&world).await;
    let body = json!({ "name": "Hansen KG", "customer_number": "K-17" });
    let company = erp.post("/companies", body).await.done();
    let body = json!({
        "name": "Ann Hansen", "addresses": ["ann@kunde.example", "a.hansen@privat.example"],
        "company": "Hansen KG",
    });
    let contact = erp.post("/contacts", body).await.done();
    let ticket = made(&erp, json!({ "contact": { "email": "A.Hansen@privat.example" } })).await;
    assert_eq!(ticket["contact"], json!({ "id": contact["id"], "name": "Ann Hansen" }));
    let linked = json!({ "id": company["id"], "name": "Hansen KG", "customer_number": "K-17" });
    assert_eq!(ticket["company"], linked);
    assert_eq!(ticket["requester"]["name"], "Ann Hansen");
    let path = format!("/tickets/{}", number(&ticket));
    let only = erp.patch(&path, json!({ "contact": null, "company": "Hansen KG" })).await.done();
    assert_eq!((&only["contact"], &only["company"]), (&json!(null), &linked));
    let neither = erp.patch(&path, json!({ "company": null })).await.done();
    assert_eq!((&neither["contact"], &neither["company"]), (&json!(null), &json!(null)));
    // The requester stays on the ticket.
    assert_eq!(neither["requester"]["email"], "a.hansen@privat.example");
    let person = json!({ "contact": "ann@kunde.example", "company": null });
    let person = erp.patch(&path, person).await.done();
    assert_eq!(person["contact"]["id"], contact["id"]);
    assert_eq!(person["company"], json!(null));
    let unknown = json!({ "contact": "x@y.example", "company": "Keine GmbH" });
    assert_eq!(erp.patch(&path, unknown).await.fields(), "contact unknown, company unknown");
    assert_eq!(erp.patch(&path, json!({ "contact": "77" })).await.fields(), "contact unknown");
}

/// Proves F-FLD-19.
async fn a_ticket_lies_in_a_queue(world: World) {
    let erp = administrator(&world).await;
    erp.post("/queues", json!({ "name": "Technik", "key": "technik" })).await.done();
    let ticket = made(&erp, json!({ "queue": "technik" })).await;
    assert_eq!(ticket["queue"], json!({ "key": "technik", "name": "Technik" }));
    let found = erp.get("/tickets?query=warteschlange:technik").await.done();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let path = format!("/tickets/{}", number(&ticket));
    let cleared = erp.patch(&path, json!({ "queue": null })).await.done();
    assert_eq!(cleared["queue"], json!(null));
    assert_eq!(made(&erp, json!({})).await["queue"], json!(null));
}

/// Proves F-FLD-22.
async fn tags_are_free_words_and_marks(world: World) {
    let erp = administrator(&world).await;
    let ticket = made(&erp, json!({ "tags": ["Rückruf", "??", "!!!"] })).await;
    assert_eq!(ticket["tags"], json!(["Rückruf", "?", "!"]));
    let path = format!("/tickets/{}", number(&ticket));
    // The first spelling stays.
    let changed = erp.patch(&path, json!({ "tags": ["rueckruf", "Neu", "NEU"] })).await.done();
    assert_eq!(changed["tags"], json!(["Rückruf", "Neu"]));
    let found = erp.get("/tickets?query=schlagwort:R%C3%BCckruf").await.done();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let none = erp.patch(&path, json!({ "tags": [] })).await.done();
    assert_eq!(none["tags"], json!([]));
}

/// Proves F-FLD-25.
async fn the_moments_of_a_ticket_are_kept(world: World) {
    let erp = administrator(&world).await;
    let contact = json!({ "contact": { "email": "ann@kunde.example", "name": "Ann" } });
    let ticket = made(&erp, contact).await;
    let path = format!("/tickets/{}", number(&ticket));
    assert_eq!(ticket["last_customer_message_at"], "2026-11-21T09:00:00Z");
    assert_eq!(ticket["first_read_at"], json!(null));
    world.minutes_pass(1);
    let read = erp.patch(&path, json!({ "unread": false })).await.done();
    assert_eq!(read["first_read_at"], "2026-11-21T09:01:00Z");
    world.minutes_pass(1);
    let body = json!({ "visibility": "external", "send": false, "body_text": "Am Telefon." });
    erp.post(&format!("{path}/messages"), body).await.done();
    world.minutes_pass(1);
    erp.act(&format!("{path}/close")).await.done();
    let ticket = erp.get(&path).await.done();
    let moments = [
        ("created_at", "2026-11-21T09:00:00Z"),
        ("first_read_at", "2026-11-21T09:01:00Z"),
        ("last_customer_message_at", "2026-11-21T09:00:00Z"),
        ("last_agent_message_at", "2026-11-21T09:02:00Z"),
        ("closed_at", "2026-11-21T09:03:00Z"),
        ("updated_at", "2026-11-21T09:03:00Z"),
    ];
    for (field, at) in moments {
        assert_eq!(ticket[field], at, "{field}");
    }
    assert_eq!(ticket["message_count"], 2);
    // What the team makes for itself is no message of a customer.
    assert_eq!(made(&erp, json!({})).await["last_customer_message_at"], json!(null));
}

/// Proves F-FLD-33.
async fn a_ticket_is_unread_until_somebody_answers_closes_or_reads_it(world: World) {
    let erp = administrator(&world).await;
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["unread"], true);
    let path = format!("/tickets/{}", number(&ticket));
    let note = json!({ "visibility": "internal", "body_text": "Nur für uns." });
    erp.post(&format!("{path}/messages"), note).await.done();
    assert_eq!(erp.get(&path).await.done()["unread"], true);
    let answer = json!({ "visibility": "external", "send": false, "body_text": "Erledigt." });
    erp.post(&format!("{path}/messages"), answer).await.done();
    assert_eq!(erp.get(&path).await.done()["unread"], false);
    let again = erp.patch(&path, json!({ "unread": true })).await.done();
    assert_eq!(again["unread"], true);
    assert_eq!(erp.patch(&path, json!({ "unread": false })).await.done()["unread"], false);
    erp.patch(&path, json!({ "unread": true })).await.done();
    assert_eq!(erp.act(&format!("{path}/close")).await.done()["unread"], false);
}

async fn a_deadline_is_set_and_cleared(world: World) {
    let erp = administrator(&world).await;
    let ticket = made(&erp, json!({})).await;
    assert_eq!(ticket["due_at"], json!(null));
    let path = format!("/tickets/{}", number(&ticket));
    let due = erp.patch(&path, json!({ "due_at": "2026-12-01T09:00:00+01:00" })).await.done();
    assert_eq!(due["due_at"], "2026-12-01T08:00:00Z");
    let vague = erp.patch(&path, json!({ "due_at": "morgen" })).await;
    assert_eq!(vague.fields(), "due_at wrong_type");
    let cleared = erp.patch(&path, json!({ "due_at": null })).await.done();
    assert_eq!(cleared["due_at"], json!(null));
}
