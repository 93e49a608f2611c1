//! Every list of the API is read page by page in the same way.

use serde_json::{Value, json};

use super::{Program, administrator};
use crate::world::World;

testkit::on_both_engines!(
    every_list_is_read_page_by_page,
    an_odd_wish_for_a_page_is_refused_by_every_list,
    a_deleted_entry_does_not_stop_who_reads_on,
);

/// The addresses of all lists that need nothing else to be known.
const LISTS: [&str; 13] = [
    "/agents",
    "/areas",
    "/categories",
    "/companies",
    "/contacts",
    "/mailboxes",
    "/mails",
    "/priorities",
    "/queues",
    "/request_types",
    "/statuses",
    "/tickets",
    "/tokens",
];

/// What tells the rows of a list apart.
fn name(row: &Value) -> String {
    let fields = ["key", "id", "number", "name"];
    let field = fields.iter().find_map(|field| row[*field].as_str());
    field.unwrap_or_else(|| panic!("{row} has no name")).to_owned()
}

fn names(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(name).collect()
}

/// At least three rows in every list.
async fn fill(world: &World, erp: &Program) {
    world.mailbox("hilfe", "support").await;
    for turn in 0..3 {
        let name = format!("Nr {turn}");
        let mail = |local: &str| format!("{local}{turn}@firma.example");
        for list in ["areas", "categories", "priorities", "queues", "request_types"] {
            erp.post(&format!("/{list}"), json!({ "name": name })).await.done();
        }
        let posts = [
            ("/agents", json!({ "name": name, "email": mail("agent") })),
            ("/companies", json!({ "name": name })),
            ("/contacts", json!({ "name": name })),
            ("/statuses", json!({ "name": name, "kind": "on_hold" })),
            ("/tickets", json!({ "subject": name, "body_text": "x" })),
            ("/tokens", json!({ "name": name, "scopes": ["tickets:read"] })),
        ];
        for (path, body) in posts {
            erp.post(path, body).await.done();
        }
        let mailbox = format!("shop-{turn}");
        let body = json!({ "name": mailbox, "addresses": [mail("shop")], "area": "support" });
        erp.post("/mailboxes", body).await.done();
        world.mail("hilfe", &format!("From: a@kunde.example\nSubject: {name}\n\nx\n")).await;
    }
}

/// All rows, two at a time.
async fn read_by_two(erp: &Program, list: &str) -> Vec<String> {
    let mut read = Vec::new();
    let mut page = erp.get(&format!("{list}?limit=2")).await.done();
    loop {
        let found = names(&page);
        assert!((1..=2).contains(&found.len()), "{list}: {found:?}");
        read.extend(found);
        let Some(cursor) = page["next"].as_str() else { return read };
        page = erp.get(&format!("{list}?limit=2&cursor={cursor}")).await.done();
    }
}

async fn every_list_is_read_page_by_page(world: World) {
    let erp = administrator(&world).await;
    fill(&world, &erp).await;
    for list in LISTS {
        let whole = erp.get(list).await.done();
        assert_eq!(whole["next"], json!(null), "{list}");
        let whole = names(&whole);
        assert!(whole.len() >= 3, "{list}: {whole:?}");
        assert_eq!(read_by_two(&erp, list).await, whole, "{list}");
    }
}

async fn an_odd_wish_for_a_page_is_refused_by_every_list(world: World) {
    let erp = administrator(&world).await;
    for list in LISTS {
        for limit in ["0", "201"] {
            let refused = erp.get(&format!("{list}?limit={limit}")).await;
            assert_eq!(refused.fields(), "limit out_of_range", "{list} {limit}");
        }
        let odd = erp.get(&format!("{list}?limit=x")).await;
        assert_eq!(odd.fields(), "limit wrong_type", "{list}");
        let cursor = erp.get(&format!("{list}?cursor=AAAAAAAA")).await;
        assert_eq!(cursor.problem(), "400 invalid_cursor", "{list}");
        let unknown = erp.get(&format!("{list}?page=2")).await;
        assert_eq!(unknown.fields(), "page unknown_field", "{list}");
        erp.get(&format!("{list}?limit=200")).await.done();
    }
}

async fn a_deleted_entry_does_not_stop_who_reads_on(world: World) {
    let erp = administrator(&world).await;
    for name in ["Eins", "Zwei", "Drei", "Vier"] {
        erp.post("/queues", json!({ "name": name })).await.done();
    }
    let first = erp.get("/queues?limit=2").await.done();
    assert_eq!(names(&first), ["eins", "zwei"]);
    assert_eq!(erp.delete_if("*", "/queues/zwei").await.status, 204);
    let cursor = first["next"].as_str().unwrap();
    let second = erp.get(&format!("/queues?cursor={cursor}")).await.done();
    assert_eq!(names(&second), ["drei", "vier"]);
}
