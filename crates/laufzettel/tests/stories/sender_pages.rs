//! Senders on the screen, who may set up mailboxes and senders, where they are found, and what the
//! history of the administration tells of them.

use laufzettel::record::actor::Scope;
use laufzettel::record::sender::Sender;
use rules::right::Level;
use serde_json::json;
use testkit::smtp_sink::{SinkTls, SmtpSink};

use crate::api::program;
use crate::mailbox_pages::{done, encoded, mailbox, refused, with};
use crate::world::World;

testkit::on_both_engines!(
    changes_of_mailboxes_senders_and_text_blocks_are_in_the_history,
    sending_is_tested_after_saving,
    a_sender_is_made_tested_chosen_and_deleted,
    what_a_sender_cannot_be_is_said_beside_its_field,
    mailboxes_and_senders_are_for_those_who_may_change_them,
    mailboxes_and_senders_are_found_by_the_search_of_the_settings,
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

async fn sender(world: &World, address: &str) -> Option<Sender> {
    world.app.forget_lists();
    let directory = world.app.directory().await.unwrap();
    directory.senders.iter().find(|sender| sender.address == address).cloned()
}

/// Proves F-MAIL-14, F-OUT-02.
async fn sending_is_tested_after_saving(world: World) {
    let smtp = SmtpSink::start_with(SinkTls::None).with_login("max", "geheim");
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let path = "/mailboxes/hilfe/edit/send";
    let nobody = anna.post(path, "do=test").await;
    assert!(nobody.words().contains("Versand geht noch nicht"), "{}", nobody.words());
    let port = smtp.port().to_string();
    let own = [
        ("address", "info@firma.example"),
        ("name", "Firma"),
        ("active", "on"),
        ("server", "own"),
        ("host", "127.0.0.1"),
        ("port", &port),
        ("tls", "none"),
        ("user", "max"),
        ("password", "falsch"),
    ];
    let (page, _) = done(&anna, "/settings/senders", &encoded(&own)).await;
    let chosen =
        encoded(&[("sender", "info@firma.example"), ("answer_as_received", "on"), ("do", "test")]);
    let fails = anna.post(path, &chosen).await.words();
    assert!(fails.contains("127.0.0.1 nimmt die Anmeldung als „max“ nicht an."), "{fails}");
    let saved = mailbox(&world, "hilfe").await;
    assert!(saved.sender.is_some() && saved.answer_as_received, "saved first");
    let right = with(&own, &[("password", "geheim"), ("do", "test")]);
    let works = anna.post(&page, &right).await.words();
    assert!(
        works.contains("Versand geht 127.0.0.1 nimmt Mails von info@firma.example an."),
        "{works}"
    );
    let works = anna.post("/mailboxes/hilfe/test", "tab=send").await.words();
    assert!(
        works.contains("Versand geht 127.0.0.1 nimmt Mails von info@firma.example an."),
        "{works}"
    );
    assert!(smtp.mails().is_empty(), "no mail left");
}

/// Proves F-OUT-01, F-OUT-02.
async fn a_sender_is_made_tested_chosen_and_deleted(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    assert!(anna.get("/settings/senders").await.words().contains("Noch kein Absender."));
    let new = anna.get("/settings/senders/new").await.text();
    assert!(
        new.contains("name=\"is_default\" value=\"on\" checked"),
        "the first is the default: {new}"
    );
    let plain = [
        ("address", "Info@Firma.example"),
        ("name", "Firma <Info>"),
        ("active", "on"),
        ("server", "configured"),
    ];
    let (info, page) =
        done(&anna, "/settings/senders", &with(&plain, &[("is_default", "on")])).await;
    assert!(page.words().contains("„info@firma.example“ ist angelegt."), "{}", page.words());
    let other = [
        ("address", "technik@firma.example"),
        ("name", "Technik"),
        ("active", "on"),
        ("server", "configured"),
    ];
    let (technik, _) = done(&anna, "/settings/senders", &encoded(&other)).await;
    let tested = anna.post(&format!("{technik}/test"), "").await.words();
    assert!(tested.contains("Für technik@firma.example gibt es keinen Mailserver"), "{tested}");
    let list = anna.get("/settings/senders").await;
    assert!(
        list.words().contains("info@firma.example Firma <Info> Der aus der Konfiguration"),
        "{}",
        list.words()
    );
    // What a mailbox or an area has chosen cannot be deleted, only switched off.
    done(&anna, "/mailboxes/hilfe/edit/send", "sender=technik%40firma.example").await;
    let page = anna.get(&technik).await;
    assert!(page.words().contains("Gewählt von - hilfe"), "{}", page.words());
    assert!(!page.text().contains("/delete\""), "nothing to press");
    let used = anna.post(&format!("{technik}/delete"), "").await;
    assert_eq!(used.status, 422);
    assert!(
        used.words().contains("Ein Postfach antwortet als dieser Absender."),
        "{}",
        used.words()
    );
    let (_, page) = done(
        &anna,
        &technik,
        &encoded(&[
            ("address", "technik@firma.example"),
            ("name", "Technik"),
            ("server", "configured"),
        ]),
    )
    .await;
    assert!(page.words().contains("Aktiv ja → wird zu nein"), "{}", page.words());
    assert!(!sender(&world, "technik@firma.example").await.unwrap().active);
    // Another default takes over; then the first may go.
    done(&anna, &technik, &with(&other, &[("is_default", "on")])).await;
    assert!(!sender(&world, "info@firma.example").await.unwrap().is_default);
    let version = sender(&world, "info@firma.example").await.unwrap().version.to_string();
    let stale = anna.post(&format!("{info}/delete"), "version=77").await;
    assert_eq!(stale.status, 422);
    let gone = anna.post(&format!("{info}/delete"), &format!("version={version}")).await;
    assert_eq!(gone.header("location"), "/settings/senders?told=deleted", "{}", gone.words());
    assert!(sender(&world, "info@firma.example").await.is_none());
}

async fn what_a_sender_cannot_be_is_said_beside_its_field(world: World) {
    let anna = world.administrator("Anna").await;
    let own = [
        ("address", "info@firma.example"),
        ("name", "Firma"),
        ("active", "on"),
        ("server", "own"),
        ("host", "smtp.firma.example"),
        ("port", "465"),
        ("tls", "implicit"),
        ("user", "max"),
        ("password", "geheim"),
    ];
    let (path, _) = done(&anna, "/settings/senders", &encoded(&own)).await;
    let long = "x".repeat(201);
    let wrong = [
        ("address", "keine", "Das ist keine Mailadresse."),
        ("name", "", "Geben Sie einen Namen ein"),
        ("name", long.as_str(), "Geben Sie einen Namen ein"),
        ("server", "brieftaube", "Diese Auswahl gibt es nicht."),
        ("host", "", "Geben Sie den Namen des Servers ein"),
        ("host", "max@smtp.firma.example", "Geben Sie den Namen des Servers ein"),
        ("port", "0", "Ein Port ist eine Zahl von 1 bis 65535."),
        ("port", "x", "Ein Port ist eine Zahl von 1 bis 65535."),
        ("tls", "none", "Auf einem anderen Rechner braucht es eine Verschlüsselung."),
        ("user", "", "Zu einem Passwort gehört ein Benutzername."),
        ("user", long.as_str(), "Ein Benutzername hat höchstens 200 Zeichen"),
    ];
    for (field, value, sentence) in wrong {
        let answer = anna.post(&path, &with(&own, &[(field, value)])).await;
        assert!(refused(&answer, field).contains(sentence), "{field} {value}: {}", answer.words());
        assert!(answer.text().contains("value=\"465\"") || field == "port", "what was typed stays");
    }
    // A stored password does not go to another server.
    let elsewhere =
        anna.post(&path, &with(&own, &[("host", "smtp.fremd.example"), ("password", "")])).await;
    assert!(
        refused(&elsewhere, "password").contains("nur für das bisherige Konto"),
        "{}",
        elsewhere.words()
    );
    done(&anna, &path, &with(&own, &[("name", "Firma GmbH"), ("password", "")])).await;
    let stored = sender(&world, "info@firma.example").await.unwrap();
    assert_eq!(world.app.keys.open(stored.password.as_deref().unwrap()).as_deref(), Some("geheim"));
    let taken = anna.post("/settings/senders", &encoded(&own)).await;
    assert!(refused(&taken, "address").contains("schon ein anderer Absender"), "{}", taken.words());
    let stale = anna.post(&path, &with(&own, &[("version", "1"), ("name", "Neu")])).await;
    assert_eq!(stale.status, 422);
    assert!(
        stale.words().contains("Jemand anderes hat den Absender gerade geändert."),
        "{}",
        stale.words()
    );
    assert!(stale.text().contains("value=\"Neu\""), "what was typed stays");
    let off = encoded(&[
        ("address", "info@firma.example"),
        ("name", "Firma"),
        ("server", "configured"),
        ("is_default", "on"),
    ]);
    let off = anna.post(&path, &off).await;
    assert!(refused(&off, "active").contains("Er ist der Standard"), "{}", off.words());
}

/// Proves F-PERM-04.
async fn mailboxes_and_senders_are_for_those_who_may_change_them(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let rita = world.agent_of("Rita", &[("support", Level::Manage)]).await;
    let pages = [
        "/mailboxes/hilfe/edit",
        "/mailboxes/hilfe/edit/receive",
        "/mailboxes/hilfe/edit/log",
        "/settings/senders",
        "/settings/senders/new",
        "/settings/senders/1",
    ];
    let forms = [
        "/mailboxes/hilfe/edit",
        "/mailboxes/hilfe/edit/receive",
        "/mailboxes/hilfe/test",
        "/settings/senders",
        "/settings/senders/1",
        "/settings/senders/1/test",
        "/settings/senders/1/delete",
    ];
    for who in [&ben, &rita] {
        for path in pages {
            assert_eq!(who.get(path).await.status, 403, "{path}");
        }
        for path in forms {
            assert_eq!(who.post(path, "label=x&do=folders").await.status, 403, "{path}");
        }
    }
    let anna = world.administrator("Anna").await;
    for path in [
        "/mailboxes/weg/edit",
        "/mailboxes/hilfe/edit/rules",
        "/settings/senders/77",
        "/settings/senders/x",
    ] {
        assert_eq!(anna.get(path).await.status, 404, "{path}");
    }
    for path in ["/mailboxes/weg/test", "/mailboxes/hilfe/edit/general", "/settings/senders/77"] {
        assert_eq!(anna.post(path, "x=y").await.status, 404, "{path}");
    }
}

/// Proves F-ADM-02.
async fn mailboxes_and_senders_are_found_by_the_search_of_the_settings(world: World) {
    world.mailbox("hilfe", "support").await;
    let mut anna = world.administrator("Anna").await;
    let form = "address=info%40firma.example&name=Firma&active=on&server=configured";
    let (path, _) = done(&anna, "/settings/senders", form).await;
    let sought = [
        ("info@firma", path.as_str()),
        ("senders", "/settings/senders"),
        ("hilfe", "/mailboxes/hilfe/edit"),
        ("zielordner", "/mailboxes/hilfe/edit/receive"),
        ("mailserver", "/settings/senders"),
    ];
    for language in ["de", "en"] {
        anna.language = language;
        for (typed, href) in sought {
            let path = format!("/settings?q={}", laufzettel::http::encode(typed));
            let found = anna.get(&path).await.text();
            let hits = found.split("class=\"hitlist\"").nth(1).unwrap();
            let hits = hits.split("</ul>").next().unwrap();
            assert!(hits.contains(&format!("href=\"{href}\"")), "{language} {typed}: {hits}");
        }
    }
}
