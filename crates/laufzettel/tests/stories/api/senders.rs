//! Senders by the API.

use db::{Operation, Tx, params, sql};
use laufzettel::App;
use laufzettel::record::actor::Scope;
use laufzettel::record::{OutboundId, SenderId};
use rules::right::Flag;
use serde_json::{Value, json};

use super::{administrator, program};
use crate::world::World;

testkit::on_both_engines!(
    a_sender_is_made_changed_and_deleted,
    a_password_of_a_sender_is_never_given_out_and_never_goes_elsewhere,
    one_sender_at_most_is_the_default,
    what_is_wrong_with_a_sender_is_named,
    a_sender_stays_as_long_as_something_needs_it,
    senders_are_set_up_by_those_who_set_up_the_house,
);

/// A sender with nothing but an address and a name.
fn plain(address: &str) -> Value {
    json!({ "address": address, "name": "Firma" })
}

async fn a_sender_is_made_changed_and_deleted(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "address": "Hilfe@Firma.example", "name": "Firma Hilfe",
        "smtp": { "url": "smtp://mail.firma.example" },
    });
    let made = erp.post("/senders", body).await;
    let location = made.header("location").to_owned();
    let sender = made.done();
    let path = format!("/senders/{}", sender["id"].as_str().unwrap());
    assert_eq!(location, format!("/api/v1{path}"));
    let expected = json!({
        "id": sender["id"], "address": "hilfe@firma.example", "name": "Firma Hilfe",
        "active": true, "is_default": false,
        "smtp": { "url": "smtp://mail.firma.example:587", "tls": "starttls" }, "version": 1,
    });
    assert_eq!(sender, expected);
    let read = erp.get("/senders/hilfe@firma.example").await;
    assert_eq!((read.header("etag"), read.done()), ("\"v1\"", sender.clone()));
    assert_eq!(erp.get("/senders").await.done()["items"], json!([sender]));

    let body = json!({ "name": "Hilfe", "smtp": null });
    let changed = erp.patch_if("\"v1\"", &path, body).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    let changed = changed.done();
    assert_eq!((&changed["name"], &changed["smtp"]), (&json!("Hilfe"), &json!(null)));
    assert_eq!(changed["address"], "hilfe@firma.example");
    let stale = erp.patch_if("\"v1\"", &path, json!({ "name": "x" })).await;
    assert_eq!(stale.problem(), "412 stale");
    let again = erp.post("/senders", plain("hilfe@firma.example")).await;
    assert_eq!(again.fields(), "address taken");
    assert_eq!(erp.delete(&path).await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("\"v2\"", &path).await.status, 204);
    assert_eq!(erp.get(&path).await.problem(), "404 not_found");
}

async fn a_password_of_a_sender_is_never_given_out_and_never_goes_elsewhere(world: World) {
    let erp = administrator(&world).await;
    let smtp =
        json!({ "url": "smtps://max%40firma.example@mail.firma.example", "password": "CANARY" });
    let body = json!({ "address": "hilfe@firma.example", "name": "Firma", "smtp": smtp });
    let made = erp.post_once("k-1", "/senders", body.clone()).await;
    let shown = json!({
        "url": "smtps://max%40firma.example@mail.firma.example:465", "tls": "implicit",
    });
    assert_eq!(made.done()["smtp"], shown);
    let path = "/senders/hilfe@firma.example";
    for answer in [
        made,
        erp.post_once("k-1", "/senders", body).await,
        erp.get("/senders").await,
        erp.get(path).await,
    ] {
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("CANARY"));
    }
    for url in [
        "smtps://max%40firma.example@evil.example",
        "smtps://max%40firma.example@mail.firma.example:4650",
        "smtps://eva@mail.firma.example",
    ] {
        let moved = erp.patch(path, json!({ "smtp": { "url": url } })).await;
        assert_eq!(moved.fields(), "smtp.password missing", "{url}");
    }
    let stored = async || {
        let directory = world.app.directory().await.unwrap();
        let sealed = directory.senders.first().unwrap().password.clone();
        sealed.and_then(|sealed| world.app.keys.open(&sealed))
    };
    let same = json!({ "smtp": { "url": "smtp://max%40firma.example@mail.firma.example:465" } });
    assert_eq!(erp.patch(path, same).await.done()["smtp"]["tls"], "starttls");
    assert_eq!(stored().await.as_deref(), Some("CANARY"));
    erp.patch(path, json!({ "smtp": { "url": "smtp://mail.firma.example:465" } })).await.done();
    assert_eq!(stored().await, None);
}

async fn one_sender_at_most_is_the_default(world: World) {
    let erp = administrator(&world).await;
    for address in ["a@firma.example", "b@firma.example"] {
        let mut body = plain(address);
        body["is_default"] = json!(true);
        erp.post("/senders", body).await.done();
    }
    let defaults = async || {
        let senders = erp.get("/senders").await.done()["items"].clone();
        let default = senders.as_array().unwrap().iter().filter(|one| one["is_default"] == true);
        default.map(|one| one["address"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(defaults().await, ["b@firma.example"]);
    erp.patch("/senders/a@firma.example", json!({ "is_default": true })).await.done();
    assert_eq!(defaults().await, ["a@firma.example"]);
    assert_eq!(erp.get("/senders/b@firma.example").await.done()["version"], 2);
    let off = erp.patch("/senders/a@firma.example", json!({ "active": false })).await;
    assert_eq!(off.problem(), "409 is_default");
    let off = json!({ "active": false, "is_default": false });
    erp.patch("/senders/a@firma.example", off).await.done();
    assert_eq!(defaults().await, Vec::<String>::new());
}

async fn what_is_wrong_with_a_sender_is_named(world: World) {
    let erp = administrator(&world).await;
    let smtp = |smtp: Value| json!({ "address": "a@firma.example", "name": "A", "smtp": smtp });
    let table = [
        (json!({ "address": "a", "name": " " }), "address invalid_email, name empty"),
        (json!({ "address": "a@b.example", "name": "A\r\nBcc: x@y.example" }), "name invalid_name"),
        (smtp(json!({ "url": "https://mail.firma.example" })), "smtp.url invalid_url"),
        (smtp(json!({ "url": "smtps://a:b@mail.firma.example" })), "smtp.url password_in_url"),
        (smtp(json!({ "url": "smtps://a@mail.firma.example" })), "smtp.password missing"),
        (
            smtp(json!({ "url": "smtps://mail.firma.example", "password": "x" })),
            "smtp.url missing_user",
        ),
        (
            smtp(json!({ "url": "smtp://mail.firma.example", "tls": "none" })),
            "smtp.tls plaintext_refused",
        ),
        (
            smtp(json!({ "url": "smtp://mail.firma.example", "tls": "ssl" })),
            "smtp.tls unknown_value",
        ),
        (
            smtp(json!({ "url": "smtps://mail.firma.example", "tls": "starttls" })),
            "smtp.tls contradiction",
        ),
    ];
    for (body, expected) in table {
        assert_eq!(erp.post("/senders", body.clone()).await.fields(), expected, "{body}");
    }
    assert_eq!(erp.get("/senders").await.done()["items"], json!([]));
    let near = smtp(json!({ "url": "smtp://127.0.0.1:2525", "tls": "none" }));
    erp.post("/senders", near).await.done();
}

/// A mail that waits to leave by an account.
struct Queue<'a> {
    app: &'a App,
    mail: OutboundId,
    account: SenderId,
}

impl Operation for Queue<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "insert into outbound_mail (id, kind, automatic, account, from_name, from_address,
                     envelope_from, subject, subject_key, message_id, raw_hash, size_bytes, state,
                     created_at, not_before, next_at, attempts, warned, perhaps_twice)
                 values ($1, 'reply', 0, $2, '', 'a@b.example', 'a@b.example', '', '', 'x@y', $3,
                     0, 'queued', $4, $4, $4, 0, 0, 0)"
            ),
            params![self.mail, self.account, vec![0_u8], self.app.now()],
        )
        .await
        .map(drop)
    }
}

/// Ends the mails of an account.
struct End(SenderId);

impl Operation for End {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let end =
            sql!("update outbound_mail set next_at = null, state = 'sent' where account = $1");
        tx.execute(end, params![self.0]).await.map(drop)
    }
}

async fn a_sender_stays_as_long_as_something_needs_it(world: World) {
    let erp = administrator(&world).await;
    let mut body = plain("hilfe@firma.example");
    body["smtp"] = json!({ "url": "smtp://mail.firma.example" });
    let made = erp.post("/senders", body).await.done();
    let path = "/senders/hilfe@firma.example";
    let refused = async |because: &str| {
        let answer = erp.delete_if("*", path).await;
        assert_eq!(answer.problem(), "409 in_use", "{because}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(because), "{detail}");
    };
    world.mailbox("hilfe", "support").await;
    erp.patch("/mailboxes/hilfe", json!({ "sender": "Hilfe@firma.example" })).await.done();
    refused("a mailbox").await;
    erp.patch("/mailboxes/hilfe", json!({ "sender": null })).await.done();
    erp.patch("/areas/support", json!({ "sender": "hilfe@firma.example" })).await.done();
    refused("an area").await;
    erp.patch("/areas/support", json!({ "sender": null })).await.done();
    let account = SenderId::parse(made["id"].as_str().unwrap()).unwrap();
    let mail = world.app.ids.next(world.app.now());
    world.app.db.write(&Queue { app: &world.app, mail, account }).await.unwrap();
    refused("mails have not left").await;
    let without = erp.patch(path, json!({ "smtp": null })).await;
    assert_eq!(without.problem(), "409 in_use");
    world.app.db.write(&End(account)).await.unwrap();
    assert_eq!(erp.delete_if("*", path).await.status, 204);
}

async fn senders_are_set_up_by_those_who_set_up_the_house(world: World) {
    let erp = administrator(&world).await;
    erp.post("/senders", plain("a@firma.example")).await.done();
    let mia = world.agent("Mia").await;
    let mia = program(&world, mia.agent, &Scope::ALL).await;
    let path = "/senders/a@firma.example";
    let change = json!({ "name": "x" });
    for answer in [
        mia.get("/senders").await,
        mia.get(path).await,
        mia.post("/senders", plain("b@firma.example")).await,
        mia.patch(path, change.clone()).await,
        mia.delete_if("*", path).await,
    ] {
        assert_eq!(answer.problem(), "403 not_allowed");
    }
    let nora = world.agent("Nora").await;
    let flags = json!({ "flags": [Flag::Settings.code()] });
    erp.patch(&format!("/agents/{}", nora.agent), flags).await.done();
    let nora = program(&world, nora.agent, &Scope::ALL).await;
    assert_eq!(nora.patch(path, change).await.done()["name"], "x");
}
