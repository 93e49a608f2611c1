//! Contacts and companies by the API.

use serde_json::{Value, json};

use super::administrator;
use crate::world::World;

testkit::on_both_engines!(
    a_person_has_several_addresses,
    an_address_belongs_to_one_person,
    people_are_found_by_address_and_by_part_of_their_name,
    who_is_used_is_not_deleted,
    a_company_is_made_changed_found_and_deleted,
    people_are_read_page_by_page,
);

async fn a_person_has_several_addresses(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "name": "Ann Hansen", "phone": " +49 40 1 ", "language": "en",
        "addresses": ["Ann@Kunde.example", "ann@müller.example", "ANN@kunde.example"],
    });
    let made = erp.post("/contacts", body).await;
    let ann = made.done();
    assert_eq!(made.header("etag"), "\"v1\"");
    assert_eq!(ann["addresses"], json!(["ann@kunde.example", "ann@xn--mller-kva.example"]));
    assert_eq!((&ann["phone"], &ann["language"]), (&json!("+49 40 1"), &json!("en")));
    let path = format!("/contacts/{}", ann["id"].as_str().unwrap());
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    assert_eq!(erp.get(&path).await.done(), ann);
    let body = json!({ "addresses": ["ann@neu.example"], "phone": null });
    let changed = erp.patch_if("\"v1\"", &path, body).await.done();
    assert_eq!(changed["addresses"], json!(["ann@neu.example"]));
    assert_eq!((&changed["phone"], &changed["version"]), (&json!(null), &json!(2)));
    let stale = erp.patch_if("\"v1\"", &path, json!({ "name": "x" })).await;
    assert_eq!(stale.problem(), "412 stale");
    let wrong = json!({ "addresses": ["x"], "language": "fr", "company": "keine", "name": "" });
    assert_eq!(
        erp.patch(&path, wrong).await.fields(),
        "company unknown, name empty, language unknown, addresses[0] invalid_email"
    );
    assert_eq!(erp.post("/contacts", json!({})).await.fields(), "name missing_field");
    let unnamed = erp.post("/contacts", json!({ "addresses": ["ben@kunde.example"] })).await.done();
    assert_eq!(unnamed["name"], "ben@kunde.example");
}

async fn an_address_belongs_to_one_person(world: World) {
    let erp = administrator(&world).await;
    let body = json!({ "name": "Ann", "addresses": ["ann@kunde.example"] });
    erp.post("/contacts", body).await.done();
    let body = json!({ "name": "Ben", "addresses": ["ben@kunde.example", "Ann@kunde.example"] });
    assert_eq!(erp.post("/contacts", body).await.fields(), "addresses[1] taken");
    let (one, other) = (erp.clone(), erp.clone());
    let body = json!({ "name": "Cem", "addresses": ["cem@kunde.example"] });
    let (one, other) =
        tokio::join!(one.post("/contacts", body.clone()), other.post("/contacts", body));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [201, 422]);
    let list = erp.get("/contacts").await.done();
    assert_eq!(names(&list), ["Cem", "Ann"]);
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

async fn people_are_found_by_address_and_by_part_of_their_name(world: World) {
    let erp = administrator(&world).await;
    for (name, address) in [
        ("Ann Hansen", "ann@kunde.example"),
        ("Ben Müller", "ben@firma.example"),
        ("Hans Ohm", "ohm@kunde.example"),
    ] {
        erp.post("/contacts", json!({ "name": name, "addresses": [address] })).await.done();
    }
    let table: [(&str, &[&str]); 7] = [
        ("hans", &["Hans Ohm", "Ann Hansen"]),
        ("M%C3%BCLLER", &["Ben Müller"]),
        ("ann@kunde.example", &["Ann Hansen"]),
        ("ann@", &["Ann Hansen"]),
        ("ANN@Kunde", &["Ann Hansen"]),
        ("nobody", &[]),
        ("%25", &[]),
    ];
    for (query, expected) in table {
        let list = erp.get(&format!("/contacts?query={query}")).await.done();
        assert_eq!(names(&list), expected, "{query}");
    }
}

async fn who_is_used_is_not_deleted(world: World) {
    let erp = administrator(&world).await;
    let company = erp.post("/companies", json!({ "name": "Hansen KG" })).await.done();
    let body = json!({
        "name": "Ann", "addresses": ["ann@kunde.example"], "company": company["id"],
    });
    let ann = erp.post("/contacts", body).await.done();
    let path = format!("/contacts/{}", ann["id"].as_str().unwrap());
    let company = format!("/companies/{}", company["id"].as_str().unwrap());
    assert_eq!(erp.delete_if("*", &company).await.problem(), "409 in_use");
    let body = json!({
        "subject": "x", "body_text": "x", "contact": { "email": "ann@kunde.example" },
    });
    erp.post("/tickets", body).await.done();
    assert_eq!(erp.delete(&path).await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("*", &path).await.problem(), "409 in_use");
    erp.patch("/tickets/TS2611-0001", json!({ "contact": null })).await.done();
    assert_eq!(erp.delete_if("\"v1\"", &path).await.status, 204);
    assert_eq!(erp.get(&path).await.problem(), "404 not_found");
    assert_eq!(erp.delete_if("\"v1\"", &company).await.status, 204);
}

async fn a_company_is_made_changed_found_and_deleted(world: World) {
    let erp = administrator(&world).await;
    let body =
        json!({ "name": "Müller GmbH", "customer_number": "K-1", "domain": "Müller.example" });
    let made = erp.post("/companies", body).await.done();
    assert_eq!(made["domain"], "xn--mller-kva.example");
    let path = format!("/companies/{}", made["id"].as_str().unwrap());
    let body = json!({ "customer_number": "K-2" });
    let changed = erp.patch_if("\"v1\"", &path, body).await.done();
    assert_eq!((&changed["customer_number"], &changed["version"]), (&json!("K-2"), &json!(2)));
    for query in ["m%C3%BCller", "K-2", "xn--mller-kva.example", "gmbh"] {
        let list = erp.get(&format!("/companies?query={query}")).await.done();
        assert_eq!(names(&list), ["Müller GmbH"], "{query}");
    }
    assert_eq!(names(&erp.get("/companies?query=K-1").await.done()), Vec::<&str>::new());
    assert_eq!(erp.post("/companies", json!({})).await.fields(), "name missing_field");
    let odd = json!({ "name": "x", "domain": "kein Name" });
    assert_eq!(erp.post("/companies", odd).await.fields(), "domain invalid_domain");
    world.mailbox("hilfe", "support").await;
    let double = json!({
        "name": "Müller GmbH", "customer_number": "k-2", "domain": "xn--mller-kva.example"
    });
    let refused = erp.post("/companies", double).await;
    assert_eq!(refused.fields(), "customer_number taken, domain taken");
    for (domain, code) in [("gmx.de", "for_everybody"), ("firma.example", "ours")] {
        let refused = erp.patch_if("\"v2\"", &path, json!({ "domain": domain })).await;
        assert_eq!(refused.fields(), format!("domain {code}"));
    }
    // Several may have one name.
    let namesake = erp.post("/companies", json!({ "name": "Müller GmbH" })).await.done();
    let namesake = format!("/companies/{}", namesake["id"].as_str().unwrap());
    assert_eq!(erp.delete_if("\"v1\"", &namesake).await.status, 204);
    assert_eq!(erp.delete_if("\"v2\"", &path).await.status, 204);
    assert_eq!(erp.get(&path).await.problem(), "404 not_found");
}

async fn people_are_read_page_by_page(world: World) {
    let erp = administrator(&world).await;
    for turn in 0..7 {
        erp.post("/contacts", json!({ "name": format!("Nr {turn}") })).await.done();
    }
    let first = erp.get("/contacts?limit=3").await.done();
    let cursor = first["next"].as_str().unwrap();
    let second = erp.get(&format!("/contacts?limit=3&cursor={cursor}")).await.done();
    let cursor = second["next"].as_str().unwrap();
    let third = erp.get(&format!("/contacts?limit=3&cursor={cursor}")).await.done();
    let read = [names(&first), names(&second), names(&third)].concat();
    assert_eq!(read, ["Nr 6", "Nr 5", "Nr 4", "Nr 3", "Nr 2", "Nr 1", "Nr 0"]);
    assert_eq!(third["next"], json!(null));
}
