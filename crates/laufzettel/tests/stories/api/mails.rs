//! Mails by the API: bringing them, the journal, the originals, another try.

use laufzettel::record::actor::Scope;
use serde_json::json;

use super::{administrator, program};
use crate::world::World;
use crate::world::mails::{Setting, crlf};

testkit::on_both_engines!(
    a_mail_is_brought_and_its_outcome_told,
    only_mails_are_taken_for_mailboxes_that_take_them,
    the_journal_is_read_page_by_page_and_searched,
    an_original_is_given_out_byte_for_byte,
    a_mail_that_was_sorted_out_is_tried_again,
);

const KIND: [(&str, &str); 1] = [("content-type", "message/rfc822")];

fn printer(id: &str) -> String {
    crlf(&format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Drucker raucht\n\
         Date: Sat, 21 Nov 2026 10:00:00 +0100\n\
         Message-ID: <{id}@kunde.example>\n\nEr raucht.\n"
    ))
}

async fn a_mail_is_brought_and_its_outcome_told(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    let path = "/mailboxes/hilfe/mails?from=bounce@kunde.example&to=hilfe@firma.example";
    let first = erp.post_bytes(path, &KIND, printer("m1")).await;
    assert_eq!(first.status, 201);
    let outcome = first.done();
    assert_eq!(outcome["outcome"], "new_ticket");
    assert_eq!(outcome["ticket"], "TS2611-0001");
    assert_eq!(outcome["oddities"], json!([]));
    assert!(outcome["message"].is_string() && outcome["evidence"].is_array());
    let mail = format!("/mails/{}", outcome["mail"].as_str().unwrap());
    assert_eq!(first.header("location"), format!("/api/v1{mail}"));
    let entry = erp.get(&mail).await.done();
    assert_eq!((&entry["source"], &entry["state"]), (&json!("api"), &json!("applied")));
    assert_eq!(entry["envelope_from"], "bounce@kunde.example");
    assert_eq!(entry["envelope_to"], json!(["hilfe@firma.example"]));
    assert_eq!(entry["message_id"], "m1@kunde.example");
    assert_eq!(entry["from"], json!({ "name": "Ann Hansen", "email": "ann@kunde.example" }));

    let again = erp.post_bytes(path, &KIND, printer("m1")).await.done();
    assert_eq!(again["outcome"], "duplicate");
    let again = erp.get(&format!("/mails/{}", again["mail"].as_str().unwrap())).await.done();
    assert_eq!(again["duplicate_of"], outcome["mail"]);
    let answer = printer("m2").replace("Drucker raucht", "AW: [#TS2611-0001] Drucker");
    let answer = erp.post_bytes(path, &KIND, answer).await.done();
    assert_eq!((&answer["outcome"], &answer["ticket"]), (&json!("follow_up"), &outcome["ticket"]));
    let evidence = answer["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|one| one["clue"] == "subject_number"), "{evidence:?}");
}

async fn only_mails_are_taken_for_mailboxes_that_take_them(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    let text = [("content-type", "text/plain")];
    let answer = erp.post_bytes("/mailboxes/hilfe/mails", &text, printer("m1")).await;
    assert_eq!(answer.problem(), "415 not_a_mail");
    let answer = erp.post_bytes("/mailboxes/keins/mails", &KIND, printer("m1")).await;
    assert_eq!(answer.problem(), "404 not_found");
    // What is no mail at all is taken all the same: it could be one.
    let odd = erp.post_bytes("/mailboxes/hilfe/mails", &KIND, "\0\u{1}").await.done();
    assert_eq!(odd["outcome"], "new_ticket");
    assert_ne!(odd["oddities"], json!([]));
    let large = vec![b'x'; 64 * 1024 * 1024 + 1];
    let answer = erp.post_bytes("/mailboxes/hilfe/mails", &KIND, large).await;
    assert_eq!(answer.problem(), "413 too_large");
    world.set_mailbox("hilfe", Setting::Off).await;
    let answer = erp.post_bytes("/mailboxes/hilfe/mails", &KIND, printer("m1")).await;
    assert_eq!(answer.problem(), "409 mailbox_off");
}

async fn the_journal_is_read_page_by_page_and_searched(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mailbox("shop", "support").await;
    let erp = administrator(&world).await;
    for turn in 0..5 {
        world.minutes_pass(1);
        let mail = printer(&format!("m{turn}")).replace("Drucker raucht", &format!("Nr {turn}"));
        erp.post_bytes("/mailboxes/hilfe/mails", &KIND, mail).await.done();
    }
    let other = printer("x").replace("ann@kunde", "ben@kunde");
    erp.post_bytes("/mailboxes/shop/mails", &KIND, other).await.done();
    let list = async |query: &str| {
        let page = erp.get(&format!("/mails?{query}")).await.done();
        let items = page["items"].as_array().unwrap().iter();
        items.map(|mail| mail["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("").await, ["Drucker raucht", "Nr 4", "Nr 3", "Nr 2", "Nr 1", "Nr 0"]);
    assert_eq!(list("mailbox=shop").await, ["Drucker raucht"]);
    assert_eq!(list("mailbox=keins").await, Vec::<String>::new());
    assert_eq!(list("query=ben@kunde.example").await, ["Drucker raucht"]);
    assert_eq!(list("query=TS2611-0003").await, ["Nr 2"]);
    assert_eq!(list("kind=waiting").await, Vec::<String>::new());
    let first = erp.get("/mails?limit=4").await.done();
    let cursor = first["next"].as_str().unwrap();
    assert_eq!(list(&format!("limit=4&cursor={cursor}")).await, ["Nr 1", "Nr 0"]);
    let foreign = erp.get(&format!("/mails?mailbox=shop&cursor={cursor}")).await;
    assert_eq!(foreign.problem(), "400 invalid_cursor");
    assert_eq!(erp.get("/mails?kind=alles").await.fields(), "kind unknown");
}

async fn an_original_is_given_out_byte_for_byte(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    let mut bytes = b"From: a@kunde.example\nSubject: x\r\n\r\n".to_vec();
    bytes.extend((0..=255_u8).cycle().take(700_000));
    let outcome = erp.post_bytes("/mailboxes/hilfe/mails", &KIND, bytes.clone()).await.done();
    let mail = outcome["mail"].as_str().unwrap();
    let raw = erp.get(&format!("/mails/{mail}/raw")).await;
    assert!(raw.bytes == bytes);
    assert_eq!(raw.header("content-type"), "message/rfc822");
    let disposition = raw.header("content-disposition").to_owned();
    assert!(disposition.starts_with(&format!("attachment; filename=\"{mail}.eml\"")));
    let entry = erp.get(&format!("/mails/{mail}")).await.done();
    let hash = values::hex(&laufzettel::service::keys::sha256(&bytes));
    assert_eq!((&entry["sha256"], &entry["size_bytes"]), (&json!(hash), &json!(bytes.len())));
}

/// Proves F-MAIL-15.
async fn a_mail_that_was_sorted_out_is_tried_again(world: World) {
    world.mailbox("hilfe", "support").await;
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    let erp = administrator(&world).await;
    let outcome = erp.post_bytes("/mailboxes/hilfe/mails", &KIND, printer("m1")).await.done();
    assert_eq!(outcome["outcome"], "unassigned");
    let path = format!("/mails/{}", outcome["mail"].as_str().unwrap());
    let body = json!({ "name": "Ann", "addresses": ["ann@kunde.example"] });
    erp.post("/contacts", body).await.done();
    let reader = program(&world, world.agent("Ben").await.agent, &[Scope::MailsRead]).await;
    assert_eq!(reader.act(&format!("{path}/retry")).await.problem(), "403 missing_scope");
    let retried = erp.act(&format!("{path}/retry")).await.done();
    assert_eq!(retried, json!({ "mail": outcome["mail"], "outcome": "accepted" }));
    let mail = laufzettel::record::MailId::parse(outcome["mail"].as_str().unwrap()).unwrap();
    let stored =
        laufzettel::feature::intake::StoredMail::of(laufzettel::feature::intake::Stored::New(mail));
    laufzettel::feature::intake::decide(&world.app, stored).await.unwrap();
    assert_eq!(erp.get(&path).await.done()["outcome"], "new_ticket");
    assert_eq!(erp.act(&format!("{path}/retry")).await.problem(), "409 nothing_to_try");
}
