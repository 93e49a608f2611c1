//! Requests that are sent twice are done once.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{administrator, worker};
use crate::world::World;

testkit::on_both_engines!(
    the_same_request_is_answered_the_same,
    a_key_belongs_to_one_request_of_one_agent,
    of_many_at_once_one_is_done,
    a_refused_request_may_be_mended_under_its_key,
    a_key_is_forgotten_after_a_week,
    every_post_knows_its_key,
    an_odd_key_is_refused,
);

fn new(subject: &str) -> Value {
    json!({ "subject": subject, "body_text": "x" })
}

async fn the_same_request_is_answered_the_same(world: World) {
    let erp = administrator(&world).await;
    let first = erp.post_once("k-1", "/tickets", new("Drucker")).await;
    world.minutes_pass(60);
    erp.patch("/tickets/TS2611-0001", json!({ "subject": "Scanner" })).await.done();
    let again = erp.post_once("\"k-1\"", "/tickets", new("Drucker")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.bytes, again.bytes);
    for name in ["location", "etag", "content-type"] {
        assert_eq!(first.header(name), again.header(name), "{name}");
        assert_ne!(first.header(name), "", "{name}");
    }
    let list = erp.get("/tickets").await.done();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    // No number was used up.
    assert_eq!(erp.ticket("Kopierer").await, "TS2611-0002");
}

async fn a_key_belongs_to_one_request_of_one_agent(world: World) {
    let erp = administrator(&world).await;
    erp.post_once("k-1", "/tickets", new("Drucker")).await.done();
    let other = erp.post_once("k-1", "/tickets", new("Scanner")).await;
    assert_eq!(other.problem(), "422 idempotency_key_reused");
    let elsewhere = erp.post_once("k-1", "/queues", json!({ "name": "x" })).await;
    assert_eq!(elsewhere.problem(), "422 idempotency_key_reused");
    let ben = worker(&world, "Ben").await;
    let own = ben.post_once("k-1", "/tickets", new("Scanner")).await;
    assert_eq!(own.done()["number"], "TS2611-0002");
}

async fn of_many_at_once_one_is_done(world: World) {
    let erp = administrator(&world).await;
    let mut requests = JoinSet::new();
    for _ in 0..24 {
        let erp = erp.clone();
        requests.spawn(async move { erp.post_once("k-1", "/tickets", new("Drucker")).await });
    }
    let mut answers = std::collections::BTreeSet::new();
    while let Some(answer) = requests.join_next().await {
        let answer = answer.unwrap();
        assert_eq!(answer.status, 201);
        answers.insert(answer.bytes);
    }
    assert_eq!(answers.len(), 1);
    let list = erp.get("/tickets").await.done();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

async fn a_refused_request_may_be_mended_under_its_key(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let path = format!("/tickets/{number}/reopen");
    let refused = erp.post_once("k-1", &path, json!({})).await;
    assert_eq!(refused.problem(), "409 already_open");
    erp.act(&format!("/tickets/{number}/close")).await.done();
    erp.post_once("k-1", &path, json!({})).await.done();
    erp.act(&format!("/tickets/{number}/close")).await.done();
    // It was done once, so it is not done again.
    let again = erp.post_once("k-1", &path, json!({})).await.done();
    assert_eq!(again["status"]["key"], "neu");
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["status"]["key"], "geloest");
}

async fn a_key_is_forgotten_after_a_week(world: World) {
    let erp = administrator(&world).await;
    erp.post_once("k-1", "/tickets", new("Drucker")).await.done();
    world.minutes_pass(7 * 24 * 60);
    let again = erp.post_once("k-1", "/tickets", new("Drucker")).await.done();
    assert_eq!(again["number"], "TS2611-0001");
    world.minutes_pass(1);
    let fresh = erp.post_once("k-1", "/tickets", new("Drucker")).await.done();
    assert_eq!(fresh["number"], "TS2611-0002");
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    let again = erp.post_once("k-1", "/tickets", new("Drucker")).await.done();
    assert_eq!(again["number"], "TS2611-0002");
    world.minutes_pass(7 * 24 * 60 + 1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    let kept: Vec<Kept> =
        world.app.db.all(db::sql!("select key from idempotency"), []).await.unwrap();
    assert_eq!(kept.iter().map(|kept| kept.key.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

db::from_row! {
    struct Kept {
        key: String,
    }
}

async fn every_post_knows_its_key(world: World) {
    let erp = administrator(&world).await;
    world.mailbox("hilfe", "support").await;
    let number = erp.ticket("Drucker").await;
    let status = json!({ "name": "Probe", "kind": "read" });
    let note = json!({ "visibility": "internal", "body_text": "x" });
    let agent = json!({ "name": "Ida", "email": "ida@team.example" });
    let mailbox = json!({ "name": "shop", "addresses": ["shop@firma.example"], "area": "support" });
    let token = json!({ "name": "x", "scopes": ["tickets:read"] });
    let posts = [
        (format!("/tickets/{number}/messages"), note),
        (format!("/tickets/{number}/claim"), json!({})),
        (format!("/tickets/{number}/unclaim"), json!({})),
        (format!("/tickets/{number}/close"), json!({})),
        (format!("/tickets/{number}/reopen"), json!({})),
        ("/contacts".to_owned(), json!({ "name": "Ann" })),
        ("/companies".to_owned(), json!({ "name": "Hansen KG" })),
        ("/queues".to_owned(), json!({ "name": "Probe" })),
        ("/statuses".to_owned(), status),
        ("/agents".to_owned(), agent),
        ("/mailboxes".to_owned(), mailbox),
        ("/tokens".to_owned(), token),
    ];
    for (turn, (path, body)) in posts.into_iter().enumerate() {
        let key = format!("key-{turn}");
        let first = erp.post_once(&key, &path, body.clone()).await;
        assert!(first.status < 300, "{path}: {}", String::from_utf8_lossy(&first.bytes));
        let again = erp.post_once(&key, &path, body).await;
        let seen = |answer: &super::Answer| {
            (answer.status, answer.header("location").to_owned(), answer.json()["id"].clone())
        };
        assert_eq!(seen(&first), seen(&again), "{path}");
    }
    let mail = "From: a@kunde.example\r\nSubject: x\r\n\r\nx\r\n";
    for (path, kind) in [("/mailboxes/hilfe/mails", "message/rfc822"), ("/uploads?name=a", "a/b")] {
        let headers = [("content-type", kind), ("idempotency-key", path)];
        let first = erp.post_bytes(path, &headers, mail).await;
        let again = erp.post_bytes(path, &headers, mail).await;
        assert_eq!((first.status, again.status), (201, 201), "{path}");
        assert_eq!(first.bytes, again.bytes, "{path}");
        let other = erp.post_bytes(path, &headers, "something else").await;
        assert_eq!(other.problem(), "422 idempotency_key_reused", "{path}");
    }
}

async fn an_odd_key_is_refused(world: World) {
    let erp = administrator(&world).await;
    for key in ["", "a b", &"x".repeat(256)] {
        let answer = erp.post_once(key, "/tickets", new("x")).await;
        assert_eq!(answer.problem(), "400 invalid_idempotency_key", "{key}");
    }
}
