//! The lists by the API.

use serde_json::json;

use super::{administrator, worker};
use crate::world::World;

testkit::on_both_engines!(
    statuses_are_freely_made_and_deleted,
    an_entry_that_is_used_is_switched_off_instead_of_deleted,
    rules_never_lose_the_entries_they_need,
    keys_are_made_from_names_and_stay,
    entries_are_changed_one_version_after_the_other,
    what_is_wrong_with_an_entry_is_named,
    an_area_says_what_answers_are_like,
);

/// Proves F-STAT-04.
async fn statuses_are_freely_made_and_deleted(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "name": "Beim Hersteller", "name_en": "At the maker", "kind": "on_hold", "position": 5,
    });
    let made = erp.post("/statuses", body).await;
    assert_eq!(made.header("location"), "/api/v1/statuses/beim_hersteller");
    let status = made.done();
    let expected = json!({
        "key": "beim_hersteller", "name": "Beim Hersteller", "name_en": "At the maker",
        "position": 5, "active": true, "kind": "on_hold", "area": null, "version": 1,
    });
    assert_eq!(status, expected);
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}");
    let changed = erp.patch(&path, json!({ "status": "At the maker" })).await.done();
    assert_eq!(changed["status"]["kind"], "on_hold");
    erp.patch(&path, json!({ "status": "offen" })).await.done();
    let other = json!({ "kind": "done" });
    assert_eq!(erp.patch("/statuses/beim_hersteller", other).await.fields(), "kind unknown_field");
    let odd = json!({ "name": "x", "kind": "closed" });
    assert_eq!(erp.post("/statuses", odd).await.fields(), "kind unknown");
    assert_eq!(erp.delete("/statuses/beim_hersteller").await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("\"v1\"", "/statuses/beim_hersteller").await.status, 204);
    assert_eq!(erp.get("/statuses/beim_hersteller").await.problem(), "404 not_found");
    let gone = erp.patch(&path, json!({ "status": "beim_hersteller" })).await;
    assert_eq!(gone.fields(), "status unknown");
}

async fn an_entry_that_is_used_is_switched_off_instead_of_deleted(world: World) {
    let erp = administrator(&world).await;
    for (list, field) in [
        ("queues", "queue"),
        ("categories", "category"),
        ("request_types", "request_type"),
        ("priorities", "priority"),
        ("areas", "area"),
    ] {
        erp.post(&format!("/{list}"), json!({ "name": "Probe" })).await.done();
        let body = json!({ "subject": "x", "body_text": "x", field: "probe" });
        let ticket = erp.post("/tickets", body).await.done();
        let path = format!("/{list}/probe");
        assert_eq!(erp.delete_if("*", &path).await.status, 204, "{list}");
        let entry = erp.get(&path).await.done();
        assert_eq!((&entry["active"], &entry["version"]), (&json!(false), &json!(2)), "{list}");
        let ticket = erp.get(&format!("/tickets/{}", ticket["number"].as_str().unwrap())).await;
        assert_eq!(ticket.done()[field]["name"], "Probe", "{list}");
        let body = json!({ "subject": "x", "body_text": "x", field: "probe" });
        assert_eq!(erp.post("/tickets", body).await.fields(), format!("{field} unknown"), "{list}");
        erp.post(&format!("/{list}"), json!({ "name": "Leer" })).await.done();
        assert_eq!(erp.delete_if("*", &format!("/{list}/leer")).await.status, 204, "{list}");
        assert_eq!(erp.get(&format!("/{list}/leer")).await.problem(), "404 not_found", "{list}");
    }
}

async fn rules_never_lose_the_entries_they_need(world: World) {
    let erp = administrator(&world).await;
    for status in ["neu", "offen", "geloest", "papierkorb"] {
        let answer = erp.delete_if("*", &format!("/statuses/{status}")).await;
        assert_eq!(answer.problem(), "409 last_one", "{status}");
    }
    assert_eq!(erp.delete_if("*", "/statuses/klaeren").await.status, 204);
    assert_eq!(erp.delete_if("*", "/priorities/normal").await.problem(), "409 is_default");
    let off = erp.patch("/priorities/normal", json!({ "active": false })).await;
    assert_eq!(off.problem(), "409 is_default");
    let none = erp.patch("/priorities/normal", json!({ "is_default": false })).await;
    assert_eq!(none.problem(), "409 is_default");
    erp.patch("/priorities/hoch", json!({ "is_default": true })).await.done();
    assert_eq!(erp.get("/priorities/normal").await.done()["is_default"], false);
    assert_eq!(erp.delete_if("*", "/priorities/normal").await.status, 204);
    assert_eq!(erp.delete_if("*", "/areas/support").await.problem(), "409 last_one");
    let off = erp.patch("/areas/support", json!({ "active": false })).await;
    assert_eq!(off.problem(), "409 last_one");
}

async fn keys_are_made_from_names_and_stay(world: World) {
    let erp = administrator(&world).await;
    let made = erp.post("/queues", json!({ "name": "Größe & Maß" })).await.done();
    assert_eq!(made["key"], "groesse_mass");
    let again = erp.post("/queues", json!({ "name": "Größe, Maß" })).await;
    assert_eq!(again.fields(), "key taken");
    let named = erp.post("/queues", json!({ "name": "Größe", "key": "Lager-2" })).await.done();
    assert_eq!(named["key"], "lager-2");
    assert_eq!(erp.post("/queues", json!({ "name": "!!" })).await.fields(), "key invalid_key");
    let renamed = erp.patch("/queues/LAGER-2", json!({ "name": "Lager" })).await.done();
    assert_eq!((&renamed["key"], &renamed["name"]), (&json!("lager-2"), &json!("Lager")));
    let key = erp.patch("/queues/lager-2", json!({ "key": "x" })).await;
    assert_eq!(key.fields(), "key unknown_field");
    // A program that sees tickets sees their lists, too.
    let ben = worker(&world, "Ben").await;
    let list = ben.get("/queues").await.done();
    let positions: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|entry| &entry["position"]).collect();
    assert_eq!(positions, [1, 2]);
}

async fn entries_are_changed_one_version_after_the_other(world: World) {
    let erp = administrator(&world).await;
    erp.post("/queues", json!({ "name": "Lager" })).await.done();
    let read = erp.get("/queues/lager").await;
    assert_eq!(read.header("etag"), "\"v1\"");
    let changed = erp.patch_if("\"v1\"", "/queues/lager", json!({ "name_en": "Stock" })).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    let stale = erp.patch_if("\"v1\"", "/queues/lager", json!({ "name_en": null })).await;
    assert_eq!(stale.problem(), "412 stale");
    assert_eq!(erp.delete_if("\"v1\"", "/queues/lager").await.problem(), "412 stale");
    let cleared = erp.patch("/queues/lager", json!({ "name_en": null })).await.done();
    assert_eq!((&cleared["name_en"], &cleared["version"]), (&json!(null), &json!(3)));
}

async fn what_is_wrong_with_an_entry_is_named(world: World) {
    let erp = administrator(&world).await;
    let body = json!({ "name": "", "hue": 7, "position": -1, "number_mask": "{" });
    assert_eq!(
        erp.post("/areas", body).await.fields(),
        "name empty, position out_of_range, hue out_of_range, number_mask stray_brace"
    );
    let body = json!({ "name": "x", "parent": "nirgends" });
    assert_eq!(erp.post("/categories", body).await.fields(), "parent unknown");
    assert_eq!(erp.post("/queues", json!({})).await.fields(), "name missing_field");
    let body = json!({ "name": "x", "hue": 2 });
    assert_eq!(erp.post("/queues", body).await.fields(), "hue unknown_field");
    assert_eq!(erp.get("/queues/nirgends").await.problem(), "404 not_found");
    let none = erp.patch("/queues/nirgends", json!({ "name": "x" })).await;
    assert_eq!(none.problem(), "404 not_found");
}

async fn an_area_says_what_answers_are_like(world: World) {
    let erp = administrator(&world).await;
    let told = |area: &serde_json::Value| {
        let mut told = area.clone();
        let others = ["key", "name", "name_en", "position", "active", "hue", "number_mask"];
        for field in others.into_iter().chain(["group_name", "description"]) {
            told.as_object_mut().unwrap().remove(field);
        }
        told
    };
    let usual = json!({
        "sender": null, "quote": "last", "on_answer": "in_progress",
        "on_customer_answer": "by_assignee", "after_closing": "as_new", "linked_after_days": null,
        "closing_mail": "ask", "confirm_closing": false, "inform_assignee": "ask",
        "notify_requester": false, "mail_header": null, "mail_footer": null, "closing_text": null,
        "told_new": [], "told_new_text": null,
        "version": 1,
    });
    let made = erp.post("/areas", json!({ "name": "Technik" })).await.done();
    assert_eq!(told(&made), usual);
    assert_eq!(told(&erp.get("/areas/support").await.done()), usual);
    erp.post("/senders", json!({ "address": "info@firma.example", "name": "Firma" })).await.done();
    let mut body = json!({
        "sender": "info@firma.example", "quote": "all", "on_answer": "waiting_requester",
        "on_customer_answer": "unread", "after_closing": "linked", "linked_after_days": 14,
        "closing_mail": "send", "confirm_closing": true, "inform_assignee": "never",
        "notify_requester": true, "mail_header": "<p>Guten Tag</p>",
        "mail_footer": "<p>Firma</p><script>x()</script>", "closing_text": "Erledigt.",
        "told_new": ["team@haus.example"], "told_new_text": "Bitte ansehen.",
    });
    erp.patch("/areas/technik", body.clone()).await.done();
    body["mail_footer"] = json!("<p>Firma</p>");
    body["version"] = json!(2);
    assert_eq!(told(&erp.get("/areas/technik").await.done()), body);
    let held = world.app.directory().await.unwrap();
    let technik = held.areas.iter().find(|area| area.key == "technik").unwrap();
    assert_eq!(technik.mail_footer.as_deref(), Some("<p>Firma</p>"));
    let renamed = erp.patch("/areas/technik", json!({ "name": "T" })).await.done();
    body["version"] = json!(3);
    assert_eq!(told(&renamed), body);
    let odd = json!({
        "sender": "wer@firma.example", "quote": "some", "on_answer": "trash",
        "on_customer_answer": "done", "after_closing": "never", "linked_after_days": -1,
        "closing_mail": "x", "inform_assignee": "x", "mail_header": "a".repeat(70_000),
    });
    let fields = erp.patch("/areas/technik", odd).await.fields();
    for expected in [
        "sender unknown",
        "quote unknown",
        "on_answer unknown",
        "on_customer_answer unknown",
        "after_closing unknown",
        "linked_after_days out_of_range",
        "closing_mail unknown",
        "inform_assignee unknown",
        "mail_header too_long",
    ] {
        assert!(fields.contains(expected), "{expected} in {fields}");
    }
    let without = erp.patch("/areas/support", json!({ "after_closing": "linked" })).await;
    assert_eq!(without.fields(), "linked_after_days missing");
    let cleared = erp.patch("/areas/technik", json!({ "linked_after_days": null })).await;
    assert_eq!(cleared.fields(), "linked_after_days missing");
}
