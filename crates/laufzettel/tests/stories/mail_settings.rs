//! Mailboxes and senders on the screen, and what the history of the administration tells of them.

use laufzettel::record::actor::Scope;
use serde_json::json;

use crate::api::program;
use crate::world::World;

testkit::on_both_engines!(
    changes_of_mailboxes_senders_and_text_blocks_are_in_the_history,
);

/// Proves F-ADM-01.
async fn changes_of_mailboxes_senders_and_text_blocks_are_in_the_history(world: World) {
    let anna = world.administrator("Anna").await;
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let source = json!({ "kind": "imap", "host": "imap.firma.example", "user": "hilfe", "password": "CANARY" });
    let body = json!({
        "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source, "enabled": false,
    });
    erp.post("/mailboxes", body).await.done();
    let other = json!({ "kind": "imap", "host": "imap.firma.example", "user": "hilfe", "password": "CANARY2", "folder": "Tickets" });
    let change = json!({ "label": "Hilfe", "source": other, "after_import": "keep", "from_date": "2026-11-02" });
    erp.patch("/mailboxes/hilfe", change).await.done();
    erp.patch("/mailboxes/hilfe", json!({ "enabled": true })).await.done();
    erp.delete_if("*", "/mailboxes/hilfe").await;
    let smtp = json!({ "url": "smtps://max@mail.firma.example", "password": "CANARY3" });
    let sender = json!({ "address": "info@firma.example", "name": "Firma", "smtp": smtp });
    erp.post("/senders", sender).await.done();
    erp.patch("/senders/info@firma.example", json!({ "name": "Firma GmbH" })).await.done();
    erp.delete_if("*", "/senders/info@firma.example").await;
    for (name, shared) in [("Gruß", true), ("Geheimnis", false)] {
        let block = json!({ "name": name, "body_html": "<p>Guten Tag</p>", "own": !shared });
        erp.post("/text_blocks", block).await.done();
    }
    erp.patch("/text_blocks/gruss", json!({ "body_html": "<p>Moin</p>" })).await.done();
    anna.post("/text-blocks", "whose=shared&name=Schluss").await;
    anna.post("/text-blocks/schluss/move", "direction=up").await;
    anna.post("/text-blocks/schluss/delete", "").await;
    let page = anna.get("/settings/history").await;
    let words = page.words();
    for said in [
        "Postfach hilfe angelegt",
        "Server imap.firma.example",
        "Name hilfe → wird zu Hilfe",
        "Ordner INBOX → wird zu Tickets",
        "Auf dem Server Als gelesen markieren → wird zu Nichts ändern",
        "Passwort neu gesetzt",
        "Mails holen und annehmen ja → wird zu nein",
        "Absender info@firma.example angelegt",
        "Name Firma → wird zu Firma GmbH",
        "Mailserver smtps://max@mail.firma.example:465",
        "Absender info@firma.example gelöscht",
        "Textbaustein Gruß angelegt",
        "Text Guten Tag → wird zu Moin",
        "Textbaustein Schluss geändert",
        "Textbaustein Schluss gelöscht",
        "Anna über ERP",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!page.text().contains("CANARY"), "no password");
    assert!(!words.contains("Geheimnis"), "what somebody keeps for himself is no setting");
}
