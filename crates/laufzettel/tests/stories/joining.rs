//! Two customers that are one: joined, found under the old address, and separated again.

use rules::right::Level;
use serde_json::json;

use crate::api::administrator;
use crate::world::World;

testkit::on_both_engines!(
    two_contacts_become_one_and_two_again,
    two_companies_become_one_and_two_again,
    joining_is_for_those_who_work_and_see_both,
    programs_join_and_separate_customers,
);

async fn asks(world: &World, from: &str, subject: &str) -> String {
    let mail = format!("From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\n\nBitte.\n");
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

/// Proves F-REL-15.
async fn two_contacts_become_one_and_two_again(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    let make = async |body: serde_json::Value| {
        let made = erp.post("/contacts", body).await.done();
        made["id"].as_str().unwrap().to_owned()
    };
    let kept = make(json!({
        "name": "Katrin Brandt", "addresses": ["k.brandt@kunde.example"], "phones": ["0341 1"],
        "notes": "Mag Tee.",
    }))
    .await;
    let gone = make(json!({
        "name": "Brandt, Katrin", "addresses": ["einkauf@kunde.example"], "job": "Einkauf",
        "phones": ["0341 1", "0171 2"], "notes": "Ruft an.",
    }))
    .await;
    let first = asks(&world, "k.brandt@kunde.example", "Eins").await;
    let second = asks(&world, "einkauf@kunde.example", "Zwei").await;
    let ben = world.agent("Ben").await;
    let page = format!("/customers/contacts/{kept}");
    let found = ben.get(&format!("{page}/join")).await;
    assert!(found.text().contains(&format!("{page}/join?with={gone}")), "{}", found.words());
    assert!(found.words().contains("einkauf@kunde.example"), "what tells them apart");
    let preview = ben.get(&format!("{page}/join?with={gone}")).await;
    for part in [
        "Brandt, Katrin geht in Katrin Brandt auf",
        "Alle bleiben: k.brandt@kunde.example, einkauf@kunde.example",
        "Alle bleiben: 0341 1, 0171 2",
        "1 und 1, zusammen 2.",
        "Einkauf",
    ] {
        assert!(preview.words().contains(part), "{part}: {}", preview.words());
    }
    let joined = ben.post(&format!("{page}/join"), &format!("with={gone}&name=gone")).await;
    assert_eq!(joined.header("location"), format!("{page}?done=joined"));
    let one = erp.get(&format!("/contacts/{kept}")).await.done();
    assert_eq!(one["name"], "Brandt, Katrin");
    assert_eq!(one["job"], "Einkauf");
    assert_eq!(one["notes"], "Mag Tee.\n\nRuft an.");
    assert_eq!(one["addresses"], json!(["k.brandt@kunde.example", "einkauf@kunde.example"]));
    assert_eq!(one["phones"], json!(["0341 1", "0171 2"]));
    assert_eq!(erp.get(&format!("/contacts/{gone}")).await.status, 404);
    let old = ben.get(&format!("/customers/contacts/{gone}")).await;
    assert_eq!(old.header("location"), page, "old links lead on");
    let shown = ben.get(&page).await.words();
    assert!(shown.contains("Eins") && shown.contains("Zwei"), "{shown}");
    assert!(shown.contains("Ben hat Brandt, Katrin hierher zusammengeführt."), "{shown}");
    // A mail to the old address belongs to the one that stayed.
    let third = asks(&world, "einkauf@kunde.example", "Drei").await;
    let ticket = erp.get(&format!("/tickets/{third}")).await.done();
    assert_eq!(ticket["contact"]["id"], kept.as_str());
    let undo = format!("/customers/joined/{gone}/undo");
    assert!(ben.get(&page).await.text().contains(&undo));
    let undone = ben.post(&undo, "").await;
    assert_eq!(undone.header("location"), format!("{page}?done=separated"));
    let one = erp.get(&format!("/contacts/{kept}")).await.done();
    let other = erp.get(&format!("/contacts/{gone}")).await.done();
    assert_eq!((&one["name"], &one["job"]), (&json!("Katrin Brandt"), &json!(null)));
    assert_eq!((&one["notes"], &one["phones"]), (&json!("Mag Tee."), &json!(["0341 1"])));
    assert_eq!(one["addresses"], json!(["k.brandt@kunde.example"]));
    assert_eq!((&other["name"], &other["notes"]), (&json!("Brandt, Katrin"), &json!("Ruft an.")));
    assert_eq!(other["addresses"], json!(["einkauf@kunde.example"]));
    assert_eq!(other["phones"], json!(["0341 1", "0171 2"]));
    for (number, owner) in [(&first, &kept), (&second, &gone), (&third, &kept)] {
        let ticket = erp.get(&format!("/tickets/{number}")).await.done();
        assert_eq!(ticket["contact"]["id"], owner.as_str(), "{number}");
    }
    assert_eq!(ben.post(&undo, "").await.status, 404, "only once");
    assert!(!ben.get(&page).await.text().contains(&undo), "nor is it offered again");
}

/// Proves F-REL-15.
async fn two_companies_become_one_and_two_again(world: World) {
    let erp = administrator(&world).await;
    let make = async |path: &str, body: serde_json::Value| {
        let made = erp.post(path, body).await.done();
        made["id"].as_str().unwrap().to_owned()
    };
    let kept = make("/companies", json!({ "name": "Hansen KG", "customer_number": "K-1" })).await;
    let gone = make(
        "/companies",
        json!({
            "name": "Hansen Kg.", "customer_number": "K-2", "domain": "hansen.example",
        }),
    )
    .await;
    let ann = make("/contacts", json!({ "name": "Ann", "company": gone })).await;
    let body = json!({ "subject": "Regal", "body_text": "x", "company": gone });
    let ticket = erp.post("/tickets", body).await.done();
    let ben = world.agent("Ben").await;
    let page = format!("/customers/companies/{kept}");
    let found = ben.get(&format!("{page}/join?q=hansen")).await.text();
    assert!(found.contains(&format!("{page}/join?with={gone}")), "{found}");
    let joined =
        ben.post(&format!("{page}/join"), &format!("with={gone}&customer_number=gone")).await;
    assert_eq!(joined.status, 303, "{}", joined.words());
    let one = erp.get(&format!("/companies/{kept}")).await.done();
    assert_eq!((&one["name"], &one["customer_number"]), (&json!("Hansen KG"), &json!("K-2")));
    assert_eq!(one["domain"], "hansen.example");
    let number = ticket["number"].as_str().unwrap();
    let company = async || {
        let ticket = erp.get(&format!("/tickets/{number}")).await.done();
        let person = erp.get(&format!("/contacts/{ann}")).await.done();
        assert_eq!(ticket["company"]["id"], person["company"]["id"]);
        person["company"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(company().await, kept);
    assert!(ben.get(&page).await.words().contains("Regal"));
    let old = ben.get(&format!("/customers/companies/{gone}")).await;
    assert_eq!(old.header("location"), page);
    let undone = ben.post(&format!("/customers/joined/{gone}/undo"), "").await;
    assert_eq!(undone.header("location"), format!("{page}?done=separated"));
    assert_eq!(company().await, gone);
    let one = erp.get(&format!("/companies/{kept}")).await.done();
    assert_eq!((&one["customer_number"], &one["domain"]), (&json!("K-1"), &json!(null)));
}

async fn joining_is_for_those_who_work_and_see_both(world: World) {
    world.area("technik").await;
    world.mailbox("hilfe", "technik").await;
    asks(&world, "ann@kunde.example", "Geheim").await;
    let erp = administrator(&world).await;
    let list = erp.get("/contacts?query=ann@kunde.example").await.done();
    let hidden = list["items"][0]["id"].as_str().unwrap().to_owned();
    let open = erp.post("/contacts", json!({ "name": "Ann" })).await.done();
    let open = open["id"].as_str().unwrap();
    let sven = world.agent_of("Sven", &[("support", Level::Work)]).await;
    let rita = world.agent_of("Rita", &[("technik", Level::Read)]).await;
    let path = format!("/customers/contacts/{open}/join");
    for with in [hidden.as_str(), "7", "x", ""] {
        assert_eq!(sven.post(&path, &format!("with={with}")).await.status, 404, "{with}");
    }
    assert_eq!(sven.post(&path, &format!("with={open}")).await.status, 404, "with itself");
    assert_eq!(rita.get(&path).await.status, 403);
    assert_eq!(rita.post(&path, &format!("with={hidden}")).await.status, 403);
    assert_eq!(sven.post("/customers/joined/7/undo", "").await.status, 404);
}

/// Proves F-REL-15.
async fn programs_join_and_separate_customers(world: World) {
    let erp = administrator(&world).await;
    for path in ["/contacts", "/companies"] {
        let make = async |name: &str| {
            let made = erp.post(path, json!({ "name": name })).await.done();
            made["id"].as_str().unwrap().to_owned()
        };
        let (kept, gone) = (make("Eins").await, make("Zwei").await);
        let join = format!("{path}/{kept}/join");
        for (body, expected) in [
            (json!({ "other": kept }), "other unknown"),
            (json!({ "other": "7" }), "other unknown"),
            (json!({ "other": "x" }), "other unknown"),
            (json!({ "other": gone, "of_other": ["name", "x"] }), "of_other[1] unknown"),
        ] {
            assert_eq!(erp.post(&join, body).await.fields(), expected, "{path}");
        }
        let body = json!({ "other": gone, "of_other": ["name"] });
        let one = erp.post(&join, body.clone()).await.done();
        assert_eq!((&one["id"], &one["name"]), (&json!(kept), &json!("Zwei")), "{path}");
        assert_eq!(erp.post(&join, body).await.fields(), "other unknown", "it is gone");
        let again = erp.act(&format!("{path}/{gone}/separate")).await.done();
        assert_eq!((&again["id"], &again["name"]), (&json!(kept), &json!("Eins")), "{path}");
        let back = erp.get(&format!("{path}/{gone}")).await.done();
        assert_eq!(back["name"], "Zwei");
        let twice = erp.act(&format!("{path}/{gone}/separate")).await;
        assert_eq!(twice.problem(), "404 not_found", "{path}");
    }
}
