//! Uploads and attachments by the API.

use laufzettel::record::actor::Scope;
use serde_json::json;

use super::{administrator, number, program, worker};
use crate::world::World;

testkit::on_both_engines!(
    a_file_is_uploaded_attached_and_downloaded,
    a_file_is_protected_like_its_ticket,
    a_file_comes_by_a_form_as_well,
    a_file_is_as_large_as_it_may_be_and_no_larger,
    an_upload_that_no_message_takes_is_deleted_after_a_day,
    bytes_that_are_used_again_do_not_go,
    a_file_of_a_mail_is_read_out_of_it,
);

const PNG: [(&str, &str); 1] = [("content-type", "image/png")];

/// Proves F-FLD-07.
async fn a_file_is_uploaded_attached_and_downloaded(world: World) {
    let erp = administrator(&world).await;
    let upload = erp.post_bytes("/uploads?name=Pr%C3%BCf.png", &PNG, "\u{1}PNG").await;
    assert_eq!(upload.status, 201);
    let first = upload.done();
    assert_eq!((&first["name"], &first["type"]), (&json!("Prüf.png"), &json!("image/png")));
    assert_eq!(first["size_bytes"], 4);
    assert_eq!(first["sha256"], laufzettel_hash(b"\x01PNG"));
    let second =
        erp.post_bytes("/uploads?name=b.html", &[("content-type", "text/html")], "<b>").await;
    let second = second.done();
    assert_eq!(second["type"], "application/octet-stream");
    let body =
        json!({ "subject": "x", "body_text": "x", "attachments": [second["id"], first["id"]] });
    let path = format!("/tickets/{}/messages", number(&erp.post("/tickets", body).await.done()));
    let message = erp.get(&path).await.done()["items"][0].clone();
    let names: Vec<_> =
        message["attachments"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(names, ["b.html", "Prüf.png"]);
    assert_eq!(message["attachments"][1]["id"], first["id"]);
    let found = erp.get("/tickets?query=anhang:pr%C3%BCf").await.done();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);

    // At any later time, too.
    let later = erp.post_bytes("/uploads?name=c.txt", &[], "spät").await.done();
    let note = json!({ "visibility": "internal", "body_text": "x", "attachments": [later["id"]] });
    let added = erp.post(&path, note.clone()).await.done();
    assert_eq!(added["attachments"][0]["name"], "c.txt");
    assert_eq!(erp.post(&path, note).await.fields(), "attachments[0] unknown");
    let twice = json!({ "visibility": "internal", "body_text": "x", "attachments": ["1", "1"] });
    assert_eq!(erp.post(&path, twice).await.fields(), "attachments[1] twice");

    let file = erp.get(&format!("/attachments/{}", first["id"].as_str().unwrap())).await;
    assert_eq!((file.status, file.bytes.as_slice()), (200, b"\x01PNG".as_slice()));
    assert_eq!(file.header("content-type"), "image/png");
    let html = erp.get(&format!("/attachments/{}", second["id"].as_str().unwrap())).await;
    assert_eq!(html.header("content-type"), "application/octet-stream");
    for (name, value) in [
        ("content-disposition", "attachment; filename=\"b.html\"; filename*=UTF-8''b.html"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-security-policy", web::ATTACHMENT_POLICY),
    ] {
        assert_eq!(html.header(name), value);
    }
}

fn laufzettel_hash(bytes: &[u8]) -> String {
    values::hex(&laufzettel::service::keys::sha256(bytes))
}

/// Proves F-PERM-11.
async fn a_file_is_protected_like_its_ticket(world: World) {
    let erp = administrator(&world).await;
    world.area("geheim").await;
    let upload = erp.post_bytes("/uploads?name=a.txt", &[], "CANARY").await.done();
    let path = format!("/attachments/{}", upload["id"].as_str().unwrap());
    let ben = worker(&world, "Ben").await;
    // As long as it waits it belongs to whoever uploaded it.
    assert_eq!(ben.get(&path).await.problem(), "404 not_found");
    erp.get(&path).await.done();
    let body = json!({
        "subject": "x", "body_text": "x", "area": "geheim", "attachments": [upload["id"]],
    });
    erp.post("/tickets", body).await.done();
    assert_eq!(ben.get(&path).await.bytes, b"CANARY");
    let cem = world.agent_of("Cem", &[("support", rules::right::Level::Manage)]).await;
    let cem = program(&world, cem.agent, &Scope::ALL).await;
    assert_eq!(cem.get(&path).await.problem(), "404 not_found");
    let blind = program(&world, world.agent("Dana").await.agent, &[Scope::MailsRead]).await;
    assert_eq!(blind.get(&path).await.problem(), "403 missing_scope");
}

async fn a_file_comes_by_a_form_as_well(world: World) {
    let erp = administrator(&world).await;
    let form = "--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n\
        --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
        Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--X--\r\n";
    let kind = [("content-type", "multipart/form-data; boundary=X")];
    let upload = erp.post_bytes("/uploads", &kind, form).await.done();
    assert_eq!((&upload["name"], &upload["type"]), (&json!("a.pdf"), &json!("application/pdf")));
    assert_eq!(upload["size_bytes"], 8);
    let empty = "--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--X--\r\n";
    assert_eq!(erp.post_bytes("/uploads", &kind, empty).await.problem(), "422 no_file");
    assert_eq!(erp.post_bytes("/uploads", &kind, "x").await.problem(), "400 unreadable");
    assert_eq!(erp.post_bytes("/uploads?name=a", &[], "").await.problem(), "422 empty_file");
    let odd = erp.post_bytes("/uploads?name=..%2F..%2Fx%00%0D%0Ay", &[], "x").await.done();
    assert_eq!(odd["name"], "../../x y");
    let path = format!("/attachments/{}", odd["id"].as_str().unwrap());
    let shown = erp.get(&path).await;
    assert_eq!(
        shown.header("content-disposition"),
        "attachment; filename=\"x y\"; filename*=UTF-8''x%20y"
    );
}

async fn a_file_is_as_large_as_it_may_be_and_no_larger(world: World) {
    let erp = administrator(&world).await;
    let mut bytes: Vec<u8> =
        (0..25 * 1024 * 1024).map(|place: u32| ((place * 31) >> 7) as u8).collect();
    let upload = erp.post_bytes("/uploads?name=gross.bin", &[], bytes.clone()).await.done();
    assert_eq!(upload["size_bytes"], 26_214_400);
    assert_eq!(upload["sha256"], laufzettel_hash(&bytes));
    let file = erp.get(&format!("/attachments/{}", upload["id"].as_str().unwrap())).await;
    assert!(file.bytes == bytes);
    bytes.push(1);
    let answer = erp.post_bytes("/uploads?name=gross.bin", &[], bytes).await;
    assert_eq!(answer.problem(), "413 too_large");
    let announced = [("content-length", "99999999999")];
    let answer = erp.post_bytes("/uploads?name=x", &announced, "x").await;
    assert_eq!(answer.problem(), "413 too_large");
    let long = json!({ "subject": "x", "body_text": "x".repeat(3 * 1024 * 1024) });
    assert_eq!(erp.post("/tickets", long).await.problem(), "413 too_large");
}

async fn an_upload_that_no_message_takes_is_deleted_after_a_day(world: World) {
    let erp = administrator(&world).await;
    let left = erp.post_bytes("/uploads?name=a", &[], "a").await.done();
    let taken = erp.post_bytes("/uploads?name=b", &[], "b").await.done();
    let body = json!({ "subject": "x", "body_text": "x", "attachments": [taken["id"]] });
    erp.post("/tickets", body).await.done();
    let left = format!("/attachments/{}", left["id"].as_str().unwrap());
    let taken = format!("/attachments/{}", taken["id"].as_str().unwrap());
    world.minutes_pass(24 * 60);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    assert_eq!(erp.get(&left).await.status, 200);
    world.minutes_pass(1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    assert_eq!(erp.get(&left).await.problem(), "404 not_found");
    assert_eq!(erp.get(&taken).await.status, 200);
    assert_eq!(blobs(&world).await, 2, "the bytes stay for another day");
    world.minutes_pass(24 * 60 + 1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    assert_eq!(blobs(&world).await, 1);
    assert_eq!(erp.get(&taken).await.bytes, b"b");
}

async fn bytes_that_are_used_again_do_not_go(world: World) {
    let erp = administrator(&world).await;
    erp.post_bytes("/uploads?name=a", &[], "a").await.done();
    world.minutes_pass(24 * 60 + 1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    let again = erp.post_bytes("/uploads?name=again", &[], "a").await.done();
    let body = json!({ "subject": "x", "body_text": "x", "attachments": [again["id"]] });
    erp.post("/tickets", body).await.done();
    world.minutes_pass(24 * 60 + 1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    let path = format!("/attachments/{}", again["id"].as_str().unwrap());
    assert_eq!(erp.get(&path).await.bytes, b"a");
}

/// How many blobs are stored.
async fn blobs(world: &World) -> i64 {
    db::from_row! {
        struct Row {
            count: i64,
        }
    }
    let row: Row =
        world.app.db.one(db::sql!("select count(*) as count from blob"), []).await.unwrap();
    row.count
}

async fn a_file_of_a_mail_is_read_out_of_it(world: World) {
    let erp = administrator(&world).await;
    world.mailbox("hilfe", "support").await;
    let mail = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: x\n\
        Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\nx\n\
        --X\nContent-Type: text/csv; name=a.csv\nContent-Disposition: attachment; filename=a.csv\n\
        Content-Transfer-Encoding: base64\n\nMTsyCg==\n--X--\n";
    let number = world.mail("hilfe", mail).await.ticket.unwrap();
    let message = erp.get(&format!("/tickets/{number}/messages")).await.done()["items"][0].clone();
    let file = &message["attachments"][0];
    assert_eq!((&file["name"], &file["size_bytes"]), (&json!("a.csv"), &json!(4)));
    let bytes = erp.get(&format!("/attachments/{}", file["id"].as_str().unwrap())).await;
    assert_eq!(bytes.bytes, b"1;2\n");
}
