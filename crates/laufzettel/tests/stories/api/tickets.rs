//! Tickets by the API: make, read, find, change, delete, claim, close, reopen.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{administrator, number, worker};
use crate::world::World;

testkit::on_both_engines!(
    a_program_makes_finds_changes_and_deletes_a_ticket,
    a_program_knows_its_own_changes_again,
    everything_that_is_wrong_is_said_at_once,
    a_change_happens_whole_or_not_at_all,
    a_stale_change_is_refused,
    two_hundred_people_claim_and_one_wins,
    a_ticket_is_closed_and_opened_again,
    a_long_list_is_read_page_by_page_without_a_gap,
    a_list_is_sorted_as_asked,
    a_list_says_what_it_did_not_understand,
    the_history_of_a_ticket_names_what_was_changed,
    nobody_slips_in_fields_that_are_not_his,
);

/// Proves F-NEW-15, F-FLD-01, F-FLD-13, F-FLD-14.
async fn a_program_makes_finds_changes_and_deletes_a_ticket(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "subject": "Lieferung  fehlt",
        "body_text": "Seit Montag warte ich.",
        "contact": { "email": "Ann@Kunde.example", "name": "Ann Hansen", "phone": "+49 40 1234" },
        "tags": ["Eilig!!", "eilig!"],
        "channel": "web",
    });
    let made = erp.post("/tickets", body).await;
    let ticket = made.done();
    assert_eq!(made.status, 201);
    assert_eq!(made.header("location"), "/api/v1/tickets/TS2611-0001");
    assert_eq!(made.header("etag"), "\"v1\"");
    assert_eq!(ticket["number"], "TS2611-0001");
    assert_eq!(ticket["subject"], "Lieferung fehlt");
    assert_eq!(ticket["status"], json!({ "key": "neu", "name": "Neu", "kind": "unread" }));
    assert_eq!(ticket["area"], json!({ "key": "support", "name": "Support" }));
    let requester =
        json!({ "name": "Ann Hansen", "email": "ann@kunde.example", "phone": "+49 40 1234" });
    assert_eq!(ticket["requester"], requester);
    assert_eq!(ticket["contact"]["name"], "Ann Hansen");
    assert_eq!(ticket["tags"], json!(["Eilig!"]));
    assert_eq!(ticket["channel"], "web");
    assert_eq!(ticket["created_at"], "2026-11-21T09:00:00Z");
    assert_eq!((&ticket["project"], &ticket["custom"]), (&json!(null), &json!({})));

    let read = erp.get("/tickets/ts2611-0001").await;
    assert_eq!((read.done(), read.header("etag")), (ticket.clone(), "\"v1\""));
    let public_id = ticket["public_id"].as_str().unwrap();
    assert_eq!(erp.get(&format!("/tickets/{public_id}")).await.done(), ticket);

    let found = erp.get("/tickets?query=von:ann@kunde.example%20montag").await.done();
    assert_eq!(found["items"], json!([ticket]));
    assert_eq!((&found["marks"], &found["complete"]), (&json!([]), &json!(true)));
    let none = erp.get("/tickets?query=von:ben@kunde.example").await.done();
    assert_eq!(none["items"], json!([]));

    let changed = erp.patch("/tickets/TS2611-0001", json!({ "status": "Zugewiesen" })).await;
    assert_eq!((changed.status, changed.header("etag")), (200, "\"v2\""));
    assert_eq!(changed.done()["status"]["kind"], "assigned");

    assert_eq!(erp.delete("/tickets/TS2611-0001").await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("\"v1\"", "/tickets/TS2611-0001").await.problem(), "412 stale");
    assert_eq!(erp.delete_if("\"v2\"", "/tickets/TS2611-0001").await.status, 204);
    assert_eq!(erp.get("/tickets/TS2611-0001").await.done()["status"]["kind"], "trash");
}

/// Proves F-NEW-15: the caller's name is passed, so that nobody carries his own changes back.
async fn a_program_knows_its_own_changes_again(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Rechnung").await;
    let path = format!("/tickets/{number}");
    let request = erp
        .request("PATCH", &path)
        .header("content-type", "application/json")
        .header("laufzettel-caller", "Warenwirtschaft 2")
        .body(json!({ "priority": "hoch" }).to_string().into());
    erp.send(request.unwrap()).await.done();
    let anna = world.app.directory().await.unwrap().agents[0].id;
    let anna = world.sign_in(anna).await;

    anna.press("sheet", &format!("{path}/status"), "value=offen").await;
    let history = erp.get(&format!("{path}/history")).await.done();
    let told: Vec<String> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| format!("{} {}", event["kind"].as_str().unwrap(), event["caller"]))
        .collect();
    assert_eq!(
        told,
        ["created \"ERP\"", "priority_changed \"Warenwirtschaft 2\"", "status_changed null"]
    );
}

async fn everything_that_is_wrong_is_said_at_once(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "subject": " ",
        "area": "nirgends",
        "priority": "höchste",
        "queue": "q",
        "assignee": "niemand@team.example",
        "contact": { "email": "keine Adresse" },
        "company": "Unbekannt GmbH",
        "tags": ["gut", ""],
        "attachments": ["x"],
    });
    assert_eq!(
        erp.post("/tickets", body).await.fields(),
        "priority unknown, queue unknown, subject empty, body_text missing_field, area unknown, \
         tags[1] empty, attachments[0] unknown, assignee unknown, contact.email invalid_email, \
         company unknown"
    );
    let two = json!({ "subject": "x", "body_text": "a", "body_html": "<p>a</p>" });
    assert_eq!(erp.post("/tickets", two).await.fields(), "body_html two_bodies");
    let foreign = json!({ "subject": "x", "body_text": "a", "sujbect": "y" });
    assert_eq!(erp.post("/tickets", foreign).await.fields(), "sujbect unknown_field");
    let inner = json!({ "subject": "x", "body_text": "a", "contact": { "mail": "y" } });
    assert_eq!(erp.post("/tickets", inner).await.fields(), "contact.mail unknown_field");
    let channel = json!({ "subject": "x", "body_text": "a", "channel": "mail" });
    assert_eq!(erp.post("/tickets", channel).await.fields(), "channel wrong_type");
    let list = erp.get("/tickets").await.done();
    assert_eq!(list["items"], json!([]));
}

async fn a_change_happens_whole_or_not_at_all(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let before = erp.get(&path).await.done();
    let events = erp.get(&format!("{path}/history")).await.done();
    // The status is switched off, so it can be named, but not set.
    let body = json!({ "subject": "Scanner", "tags": ["neu"], "status": "zurueckgestellt" });
    assert_eq!(erp.patch(&path, body).await.fields(), "status unknown");
    assert_eq!(erp.get(&path).await.done(), before);
    assert_eq!(erp.get(&format!("{path}/history")).await.done(), events);
    let found = erp.get("/tickets?query=schlagwort:neu").await.done();
    assert_eq!(found["items"], json!([]));
}

async fn a_stale_change_is_refused(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let first = erp.patch_if("\"v1\"", &path, json!({ "priority": "hoch" })).await;
    assert_eq!(first.header("etag"), "\"v2\"");
    let second = erp.patch_if("\"v1\"", &path, json!({ "priority": "niedrig" })).await;
    assert_eq!(second.problem(), "412 stale");
    let weak = erp.patch_if("W/\"v2\"", &path, json!({ "priority": "niedrig" })).await;
    assert_eq!(weak.problem(), "412 stale");
    // Without the header the named fields win, and others stay.
    let third = erp.patch(&path, json!({ "subject": "Scanner" })).await.done();
    assert_eq!((&third["priority"]["key"], &third["version"]), (&json!("hoch"), &json!(3)));

    let (one, other) = (erp.clone(), erp.clone());
    let (one, other) = tokio::join!(
        one.patch_if("\"v3\"", &path, json!({ "priority": "niedrig" })),
        other.patch_if("\"v3\"", &path, json!({ "subject": "Kopierer" })),
    );
    let statuses = BTreeSet::from([one.status, other.status]);
    assert_eq!(statuses, BTreeSet::from([200, 412]));
    assert_eq!(erp.get(&path).await.done()["version"], 4);
}

async fn two_hundred_people_claim_and_one_wins(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}/claim");
    let mut programs = Vec::new();
    for name in ["Ben", "Cem", "Dana", "Eva", "Finn", "Gül", "Hans", "Ida"] {
        programs.push(worker(&world, name).await);
    }
    let mut claims = tokio::task::JoinSet::new();
    for turn in 0..200 {
        let (program, path) = (programs[turn % programs.len()].clone(), path.clone());
        claims.spawn(async move {
            let me = program.get("/me").await.done()["agent"]["name"].clone();
            (me, program.act(&path).await)
        });
    }
    let mut winners = BTreeSet::new();
    let mut lost = 0;
    let mut holder = Value::Null;
    while let Some(claim) = claims.join_next().await {
        let (me, answer) = claim.unwrap();
        if answer.status == 200 {
            winners.insert(me.as_str().unwrap().to_owned());
            continue;
        }
        lost += 1;
        assert_eq!(answer.problem(), "409 already_assigned");
        holder = answer.json()["ticket"]["assignee"]["name"].clone();
    }
    assert_eq!((winners.len(), lost), (1, 175));
    assert_eq!(winners.first().unwrap(), holder.as_str().unwrap());
    // Whoever pressed twice changed nothing the second time.
    let history = erp.get(&format!("/tickets/{number}/history")).await.done();
    assert_eq!(history["items"].as_array().unwrap().len(), 3, "made, assigned, status");
}

async fn a_ticket_is_closed_and_opened_again(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let opened = erp.act(&format!("{path}/reopen")).await;
    assert_eq!(opened.problem(), "409 already_open");
    world.minutes_pass(5);
    let closed = erp.act(&format!("{path}/close")).await.done();
    assert_eq!(closed["status"]["key"], "geloest");
    assert_eq!(closed["closed_at"], "2026-11-21T09:05:00Z");
    assert_eq!(closed["unread"], false);
    let again = erp.act(&format!("{path}/close")).await;
    assert_eq!(again.problem(), "409 already_closed");
    assert_eq!(again.json()["ticket"], closed);
    let opened = erp.post(&format!("{path}/reopen"), json!({})).await.done();
    assert_eq!((&opened["status"]["key"], &opened["closed_at"]), (&json!("neu"), &json!(null)));
    erp.delete_if("*", &path).await;
    let back = erp.act(&format!("{path}/reopen")).await.done();
    assert_eq!(back["status"]["key"], "neu");
    let odd = erp.post(&format!("{path}/close"), json!({ "inform": true })).await;
    assert_eq!(odd.fields(), "inform unknown_field");
}

async fn a_long_list_is_read_page_by_page_without_a_gap(world: World) {
    let erp = administrator(&world).await;
    let mut made = Vec::new();
    for turn in 0..120 {
        made.push(erp.ticket(&format!("Ticket {turn}")).await);
        if turn % 3 == 0 {
            world.minutes_pass(1);
        }
    }
    for sort in ["due", "-due", "time", "-time", "created", "-created", "number"] {
        let mut read = Vec::new();
        let mut next = String::new();
        for _ in 0..4 {
            let page = erp.get(&format!("/tickets?sort={sort}&limit=50{next}")).await.done();
            read.extend(page["items"].as_array().unwrap().iter().map(number));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        assert_eq!(read.len(), 120, "{sort}");
        let (mut read, mut made) = (read, made.clone());
        if sort == "created" {
            assert_eq!(read.first(), made.last());
        }
        read.sort();
        made.sort();
        assert_eq!(read, made, "{sort}");
    }
    let page = erp.get("/tickets?limit=2").await.done();
    let cursor = page["next"].as_str().unwrap();
    let other = erp.get(&format!("/tickets?limit=2&sort=time&cursor={cursor}")).await;
    assert_eq!(other.problem(), "400 invalid_cursor");
    assert_eq!(erp.get("/tickets?limit=201").await.fields(), "limit out_of_range");
    assert_eq!(erp.get("/tickets?limit=0").await.fields(), "limit out_of_range");
    assert_eq!(erp.get("/tickets?sort=subject").await.fields(), "sort unknown");
    assert_eq!(erp.get("/tickets?limti=2").await.fields(), "limti unknown_field");
}

async fn a_list_is_sorted_as_asked(world: World) {
    let erp = administrator(&world).await;
    let mut numbers = Vec::new();
    for subject in ["eins", "zwei", "drei"] {
        numbers.push(erp.ticket(subject).await);
        world.minutes_pass(1);
    }
    let due = json!({ "due_at": "2026-11-22T08:00:00+01:00" });
    erp.patch(&format!("/tickets/{}", numbers[1]), due).await.done();
    let order = async |sort: &str| {
        let list = erp.get(&format!("/tickets?sort={sort}")).await.done();
        let subjects = list["items"].as_array().unwrap().iter();
        let subjects = subjects.map(|ticket| ticket["subject"].as_str().unwrap().to_owned());
        subjects.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order("due").await, "zwei eins drei");
    assert_eq!(order("-due").await, "drei eins zwei");
    assert_eq!(order("time").await, "zwei drei eins");
    assert_eq!(order("-time").await, "eins drei zwei");
    assert_eq!(order("created").await, "drei zwei eins");
    assert_eq!(order("-number").await, "eins zwei drei");
}

async fn a_list_says_what_it_did_not_understand(world: World) {
    let erp = administrator(&world).await;
    erp.ticket("Drucker").await;
    let list = erp.get("/tickets?query=drucker%20status:unklar").await.done();
    assert_eq!(list["marks"], json!([{ "from": 15, "to": 21, "code": "unknown_value" }]));
    assert_eq!(list["items"], json!([]));
}

/// Proves F-HIST-02.
async fn the_history_of_a_ticket_names_what_was_changed(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let body = json!({
        "assignee": "anna@team.example", "status": "offen", "due_at": "2026-11-30T12:00:00Z",
        "tags": ["Toner"], "subject": "Drucker leer",
    });
    erp.patch(&path, body).await.done();
    let history = erp.get(&format!("{path}/history?limit=200")).await.done();
    let find = |kind: &str| {
        let mut events = history["items"].as_array().unwrap().iter();
        events.find(|event| event["kind"] == kind).unwrap_or_else(|| panic!("no {kind}")).clone()
    };
    let status = find("status_changed");
    assert_eq!(status["from"], json!({ "key": "neu", "name": "Neu" }));
    assert_eq!(status["to"], json!({ "key": "offen", "name": "Offen" }));
    assert_eq!(status["agent"]["name"], "Anna");
    assert_eq!(find("assignee_changed")["to"]["email"], "anna@team.example");
    assert_eq!(find("assignee_changed")["from"], json!(null));
    assert_eq!(find("due_changed")["to"], "2026-11-30T12:00:00Z");
    assert_eq!(find("tags_changed")["to"], json!(["Toner"]));
    assert_eq!(find("subject_changed")["from"], "Drucker");
    assert_eq!(find("created")["by"], "api");
    let company = erp.post("/companies", json!({ "name": "Kunde KG" })).await.done();
    let address = "k.brandt@kunde.example";
    let person =
        json!({ "name": "Katrin Brandt", "addresses": [address], "company": company["id"] });
    erp.post("/contacts", person).await.done();
    let changed = erp.patch(&path, json!({ "contact": address })).await.done();
    assert_eq!(changed["requester"]["email"], address);
    erp.patch(&path, json!({ "contact": null })).await.done();
    let history = erp.get(&format!("{path}/history?limit=200")).await.done();
    let of = |kind: &str| -> Vec<String> {
        let events = history["items"].as_array().unwrap().iter();
        let events = events.filter(|event| event["kind"] == kind);
        events.map(|event| format!("{} -> {}", event["from"], event["to"])).collect()
    };
    assert_eq!(of("contact_changed"), [r#"null -> "Katrin Brandt""#, r#""Katrin Brandt" -> null"#]);
    assert_eq!(of("company_changed"), [r#"null -> "Kunde KG""#, r#""Kunde KG" -> null"#]);
    let first = erp.get(&format!("{path}/history?limit=1")).await.done();
    assert_eq!(first["items"][0]["kind"], "created");
    let cursor = first["next"].as_str().unwrap();
    let second = erp.get(&format!("{path}/history?limit=1&cursor={cursor}")).await.done();
    assert_ne!(second["items"][0]["kind"], "created");
}

/// Every column of a ticket and some that others have: none can be written that is not a field.
async fn nobody_slips_in_fields_that_are_not_his(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let before = erp.get(&path).await.done();
    let columns = [
        "id",
        "number",
        "number_key",
        "public_id",
        "subject_key",
        "preview",
        "stage",
        "creator",
        "channel",
        "requester_name",
        "requester_email",
        "requester",
        "unseen",
        "queue_at",
        "created_at",
        "updated_at",
        "first_read_at",
        "closed_at",
        "last_customer_at",
        "last_agent_at",
        "message_count",
        "status_before_trash",
        "version",
        "role",
        "is_admin",
        "password_hash",
        "organisation_id",
        "verified",
    ];
    for column in columns {
        let answer = erp.patch(&path, json!({ column: 1 })).await;
        assert_eq!(answer.fields(), format!("{column} unknown_field"));
    }
    let twice = erp
        .request("PATCH", &path)
        .header("content-type", "application/json")
        .body(r#"{"subject":"a","subject":"b"}"#.into());
    assert_eq!(erp.send(twice.unwrap()).await.problem(), "422 invalid");
    assert_eq!(erp.patch(&path, json!({ "subject": ["a"] })).await.fields(), "subject wrong_type");
    assert_eq!(erp.patch(&path, json!([])).await.problem(), "422 invalid");
    assert_eq!(erp.get(&path).await.done(), before);
}
