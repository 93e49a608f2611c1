//! The page of a mailbox, tab by tab: what is set there, tested and refused.

use laufzettel::record::actor::Scope;
use laufzettel::record::mailbox::{Mailbox, Source};
use serde_json::json;
use testkit::imap_server::{Answer, ImapServer, Step};

use crate::api::program;
use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    a_mailbox_is_changed_on_its_page,
    an_account_is_set_tested_and_fetched_on_its_page,
    a_folder_is_chosen_from_those_on_the_server,
    what_becomes_of_mails_on_the_server_is_set_with_a_warning,
    what_a_mailbox_cannot_be_is_said_beside_its_field,
    who_saw_an_older_mailbox_is_told_and_loses_nothing,
    an_account_is_fetched_by_one_mailbox,
    a_mailbox_has_no_address_of_a_customer,
);

/// The fields of a form, encoded.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", laufzettel::http::encode(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// The same fields, some of them with other values.
pub fn with<'a>(fields: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> String {
    let kept = fields.iter().filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    let all: Vec<(&str, &str)> = kept.chain(other).copied().collect();
    encoded(&all)
}

/// What an answer says beside a field, where it refuses a form.
pub fn refused(answer: &Answered, field: &str) -> String {
    assert_eq!(answer.status, 422, "{}", answer.words());
    let text = answer.text();
    let begin = format!("id=\"{field}-error\"");
    let rest = text.split(&begin).nth(1).unwrap_or_else(|| panic!("{field}: {}", answer.words()));
    let rest = rest.split("</span>").next().unwrap();
    rest.rsplit('>')
        .next()
        .unwrap()
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// Sends a form and goes where the answer leads.
pub async fn done(by: &Browser, path: &str, form: &str) -> (String, Answered) {
    let answer = by.post(path, form).await;
    assert_eq!(answer.status, 303, "{path} {form}: {}", answer.words());
    let to = answer.header("location").to_owned();
    let page = by.get(&to).await;
    (to.split('?').next().unwrap().to_owned(), page)
}

/// The mailbox as it is stored.
pub async fn mailbox(world: &World, name: &str) -> Mailbox {
    world.app.forget_lists();
    world.app.directory().await.unwrap().mailbox(name).unwrap().clone()
}

const GENERAL: [(&str, &str); 4] = [
    ("label", "Hilfe"),
    ("addresses", "hilfe@firma.example"),
    ("area", "support"),
    ("enabled", "on"),
];

fn receive(port: &str) -> [(&str, &str); 11] {
    [
        ("source", "imap"),
        ("host", "127.0.0.1"),
        ("port", port),
        ("tls", "none"),
        ("user", "hilfe"),
        ("password", "geheim"),
        ("folder", "INBOX"),
        ("after_import", "mark_read"),
        ("unknown_sender", "ticket"),
        ("stranger_with_number", "linked_ticket"),
        ("similarity_percent", "80"),
    ]
}

/// Proves F-MAIL-03, F-MAIL-04.
async fn a_mailbox_is_changed_on_its_page(world: World) {
    world.mailbox("hilfe", "support").await;
    world.area("technik").await;
    let anna = world.administrator("Anna").await;
    anna.post("/settings/queues", "name=Pumpen&active=on").await;
    anna.post("/settings/categories", "name=Wasser&active=on").await;
    let list = anna.get("/mailboxes").await.text();
    assert!(list.contains("href=\"/mailboxes/hilfe/edit\""), "{list}");
    let page = anna.get("/mailboxes/hilfe/edit").await;
    for said in [
        "Allgemein",
        "Empfang",
        "Versand",
        "Signatur",
        "Protokoll",
        "gehört zu genau einem Bereich",
    ] {
        assert!(page.words().contains(said), "{said}: {}", page.words());
    }
    let form = with(
        &GENERAL,
        &[
            ("label", "Technik"),
            ("addresses", "technik@firma.example\r\n\r\n Hilfe@Firma.example "),
            ("area", "technik"),
            ("queue", "pumpen"),
            ("category", "wasser"),
            ("version", "1"),
        ],
    );
    let (to, page) = done(&anna, "/mailboxes/hilfe/edit", &form).await;
    assert_eq!(to, "/mailboxes/hilfe/edit");
    assert!(page.words().contains("Gesichert."), "{}", page.words());
    assert!(page.words().contains("Name hilfe → wird zu Technik"), "its history: {}", page.words());
    let mail =
        "From: Ann <ann@kunde.example>\nTo: technik@firma.example\nSubject: Pumpe\n\nSteht.\n";
    let number = world.mail("hilfe", mail).await.ticket.unwrap();
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    let keys = ["area", "queue", "category"].map(|field| ticket[field]["key"].clone());
    assert_eq!(keys, ["technik", "pumpen", "wasser"], "its tickets lie there now");
    let log = anna.get("/mailboxes/hilfe/edit/log").await;
    assert!(log.words().contains("Ann") && log.words().contains("Pumpe"), "{}", log.words());
    assert!(log.text().contains("href=\"/mails?mailbox=hilfe\""), "{}", log.text());
    // Without a queue the team takes the tickets itself; switched off, nothing is taken.
    let form =
        encoded(&[("label", "Technik"), ("addresses", "hilfe@firma.example"), ("area", "technik")]);
    done(&anna, "/mailboxes/hilfe/edit", &form).await;
    let changed = mailbox(&world, "hilfe").await;
    assert_eq!((changed.enabled, changed.queue, changed.category), (false, None, None));
    assert_eq!(changed.addresses, "hilfe@firma.example");
    assert!(anna.get("/mailboxes").await.words().contains("Angehalten"));
    let signature = encoded(&[("signature", "Ihr Team\n<b>Technik</b>")]);
    done(&anna, "/mailboxes/hilfe/edit/signature", &signature).await;
    let stored = mailbox(&world, "hilfe").await.signature;
    assert_eq!(stored.as_deref(), Some("<p>Ihr Team<br>&lt;b&gt;Technik&lt;/b&gt;</p>"));
    assert_eq!(mailbox(&world, "hilfe").await.label, "Technik", "the other tabs stay");
}

/// Proves F-MAIL-13, F-MAIL-14.
async fn an_account_is_set_tested_and_fetched_on_its_page(world: World) {
    let imap = ImapServer::start().with_folder("Tickets");
    imap.put("INBOX", b"Subject: eins\r\n\r\nx\r\n");
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let path = "/mailboxes/hilfe/edit/receive";
    let port = imap.port().to_string();
    let fields = receive(&port);
    let tested = anna.post(path, &format!("{}&do=test", encoded(&fields))).await;
    let words = tested.words();
    assert_eq!(tested.status, 200, "{words}");
    for said in
        ["Empfang geht", "Im Ordner liegt eine Mail.", "Ordner gefunden", "Es wurde nichts geholt"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!tested.text().contains("geheim"), "the password is never sent back");
    let saved = mailbox(&world, "hilfe").await;
    assert!(matches!(saved.source(), Source::Imap { user, .. } if user == "hilfe"), "saved first");
    let seen = imap.contents("INBOX");
    assert_eq!((seen.len(), seen[0].flags.as_str()), (1, ""), "nothing was changed there");

    // The folder is not there: the test says so, and which ones there are.
    let other = with(&fields, &[("folder", "Weg"), ("password", ""), ("do", "test")]);
    let tested = anna.post(path, &other).await;
    let words = tested.words();
    assert!(words.contains("Den Ordner „Weg“ gibt es auf 127.0.0.1 nicht."), "{words}");
    assert!(
        words.contains("Wählen Sie einen der Ordner dort: ") && words.contains("Tickets"),
        "{words}"
    );
    assert!(
        words.contains("Anmeldung angenommen") && words.contains("Ordner gefunden: ging nicht"),
        "{words}"
    );
    imap.on(Step::Login, Answer::Say("NO [AUTHENTICATIONFAILED] nein".to_owned()));
    let tested = anna.post("/mailboxes/hilfe/test", "tab=receive").await;
    let words = tested.words();
    assert!(words.contains("127.0.0.1 nimmt die Anmeldung als „hilfe“ nicht an."), "{words}");
    assert!(words.contains("Was hilft: Prüfen Sie Benutzername und Passwort."), "{words}");
    assert!(words.contains("Wortlaut des Servers") && words.contains("nein"), "{words}");
    imap.clear_rules();
    let version = mailbox(&world, "hilfe").await.version;
    let tested = anna.post("/mailboxes/hilfe/test", "tab=receive").await;
    assert!(tested.words().contains("Den Ordner „Weg“"), "{}", tested.words());
    assert_eq!(mailbox(&world, "hilfe").await.version, version, "a test saves nothing");

    let page = anna.get(path).await.words();
    assert!(
        page.contains("Letzter Abruf : noch nie") || page.contains("Letzter Abruf: noch nie"),
        "{page}"
    );
    let (to, page) = done(&anna, "/mailboxes/hilfe/fetch", "back=log").await;
    assert_eq!(to, "/mailboxes/hilfe/edit/log");
    assert!(page.words().contains("Wird jetzt abgerufen."), "{}", page.words());
    assert!(laufzettel::feature::fetch::store::is_wanted(&world.app.db, saved.id).await.unwrap());
}

/// Proves F-MAIL-13.
async fn a_folder_is_chosen_from_those_on_the_server(world: World) {
    let imap = ImapServer::start().with_folder("Tickets").with_folder("Erledigt");
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let path = "/mailboxes/hilfe/edit/receive";
    let port = imap.port().to_string();
    let fields = receive(&port);
    let offered = anna.post(path, &with(&fields, &[("do", "folders"), ("user", "anders")])).await;
    assert_eq!(offered.status, 200, "{}", offered.words());
    let text = offered.text();
    assert!(offered.words().contains("Auf dem Server liegen 3 Ordner."), "{}", offered.words());
    for name in ["folder", "move_to"] {
        let select = text.split(&format!("<select class=\"select\" id=\"{name}\"")).nth(1).unwrap();
        let select = select.split("</select>").next().unwrap();
        for folder in ["INBOX", "Tickets", "Erledigt"] {
            assert!(select.contains(&format!("<option value=\"{folder}\"")), "{name}: {select}");
        }
    }
    assert!(matches!(mailbox(&world, "hilfe").await.source(), Source::Push {}), "nothing is saved");
    // What was typed stays, the password too: nobody types it twice.
    assert!(text.contains("value=\"anders\"") && !text.contains("geheim"), "{text}");
    let kept = text.split("name=\"kept\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = with(&fields, &[("password", ""), ("kept", kept), ("folder", "Tickets")]);
    done(&anna, path, &form).await;
    let saved = mailbox(&world, "hilfe").await;
    assert!(matches!(saved.source(), Source::Imap { folder, .. } if folder == "Tickets"));
    let password = world.app.keys.open(saved.password.as_deref().unwrap());
    assert_eq!(password.as_deref(), Some("geheim"));
    // The folder for sent mails is chosen the same way, with the stored password.
    let send = anna.post("/mailboxes/hilfe/edit/send", "do=folders").await;
    assert!(
        send.text().contains("<select class=\"select\" id=\"sent_folder\""),
        "{}",
        send.words()
    );
    // A stored password does not go to another server.
    let logins = imap.visits(Step::Login);
    let elsewhere = with(&fields, &[("password", ""), ("user", "fremd"), ("do", "folders")]);
    let elsewhere = anna.post(path, &elsewhere).await;
    assert!(refused(&elsewhere, "password").starts_with("Dieses Konto braucht sein Passwort."));
    assert_eq!(imap.visits(Step::Login), logins, "nobody was asked");
    let nobody = anna.post(path, &with(&fields, &[("port", "1"), ("do", "folders")])).await;
    assert_eq!(nobody.status, 422);
    assert!(
        nobody.words().contains("nimmt an diesem Port keine Verbindung an"),
        "{}",
        nobody.words()
    );
}

/// Proves F-MAIL-10, F-MAIL-11, F-MAIL-12.
async fn what_becomes_of_mails_on_the_server_is_set_with_a_warning(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let path = "/mailboxes/hilfe/edit/receive";
    let page = anna.get(path).await.words();
    assert!(page.contains("entfernt die Mails auf dem Server unwiderruflich"), "{page}");
    assert!(page.contains("nur für ein Postfach, das sonst niemand liest"), "{page}");
    assert!(page.contains("anderswo archiviert"), "{page}");
    for (after, target) in [("delete", ""), ("keep", ""), ("move", "Erledigt"), ("mark_read", "")] {
        let form = with(&receive("993"), &[("after_import", after), ("move_to", target)]);
        done(&anna, path, &form).await;
        let saved = mailbox(&world, "hilfe").await;
        let folder = Some(target).filter(|target| !target.is_empty());
        assert_eq!((saved.after_import.as_str(), saved.move_to.as_deref()), (after, folder));
    }
    let dates = with(
        &receive("993"),
        &[
            ("from_date", "2026-11-02"),
            ("max_age_days", "30"),
            ("unknown_sender", "known_or_domains"),
            ("domains", "kunde.example\n*.partner.example"),
            ("stranger_with_number", "append"),
            ("join_open_ticket", "on"),
            ("similarity_percent", "60"),
        ],
    );
    let (_, page) = done(&anna, path, &dates).await;
    assert!(page.text().contains("value=\"2026-11-02\""), "{}", page.text());
    let saved = mailbox(&world, "hilfe").await;
    assert_eq!((saved.max_age_days, saved.similarity_percent), (Some(30), 60));
    assert_eq!(saved.domains, "kunde.example,*.partner.example");
    assert_eq!((saved.stranger_with_number.as_str(), saved.join_open_ticket), ("append", true));
}

async fn what_a_mailbox_cannot_be_is_said_beside_its_field(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mailbox("verkauf", "support").await;
    let anna = world.administrator("Anna").await;
    let long = "x".repeat(201);
    let general = [
        ("label", "", "Geben Sie einen Namen ein"),
        ("label", long.as_str(), "Geben Sie einen Namen ein"),
        ("addresses", "", "Nennen Sie mindestens eine Adresse."),
        ("addresses", "hilfe@firma.example\nkeine", "„keine“ ist keine Mailadresse."),
        ("addresses", "<script>", "„<script>“ ist keine Mailadresse."),
        ("addresses", "verkauf@firma.example", "gehört schon zum Postfach „verkauf“"),
        ("addresses", "hilfe@firma.example\nanna@team.example", "meldet sich jemand an"),
        ("area", "weg", "Diesen Bereich gibt es nicht mehr."),
        ("queue", "weg", "Diese Auswahl gibt es nicht mehr."),
        ("category", "weg", "Diese Auswahl gibt es nicht mehr."),
    ];
    for (field, value, sentence) in general {
        let form = with(
            &GENERAL,
            &[(field, value), ("category", if field == "category" { value } else { "" })],
        );
        let answer = anna.post("/mailboxes/hilfe/edit", &form).await;
        assert!(refused(&answer, field).contains(sentence), "{field} {value}: {}", answer.words());
    }
    let receiving = [
        ("host", "", "Geben Sie den Namen des Servers ein"),
        ("host", "imap .example", "Geben Sie den Namen des Servers ein"),
        ("port", "0", "Ein Port ist eine Zahl von 1 bis 65535."),
        ("port", "70000", "Ein Port ist eine Zahl von 1 bis 65535."),
        ("port", "neun", "Ein Port ist eine Zahl von 1 bis 65535."),
        ("user", "", "Geben Sie den Benutzernamen ein"),
        ("host", "imap.fremd.example", ""),
        ("folder", long.as_str(), "Ein Ordner hat höchstens 200 Zeichen"),
        ("password", "", "Dieses Konto braucht sein Passwort."),
        ("source", "jmap", "Diese Auswahl gibt es nicht mehr."),
        ("after_import", "brennen", "Diese Auswahl gibt es nicht mehr."),
        ("from_date", "gestern", "Das ist kein Tag."),
        ("max_age_days", "0", "Geben Sie eine Zahl von 1 bis 36500 ein"),
        ("max_age_days", "viele", "Geben Sie eine Zahl von 1 bis 36500 ein"),
        ("unknown_sender", "x", "Diese Auswahl gibt es nicht mehr."),
        ("stranger_with_number", "x", "Diese Auswahl gibt es nicht mehr."),
        ("similarity_percent", "101", "Geben Sie eine Zahl von 0 bis 100 ein."),
        ("similarity_percent", "", "Geben Sie eine Zahl von 0 bis 100 ein."),
    ];
    for (field, value, sentence) in receiving {
        let form = with(&receive("993"), &[(field, value)]);
        let answer = anna.post("/mailboxes/hilfe/edit/receive", &form).await;
        if value == "imap.fremd.example" {
            assert!(refused(&answer, "tls").starts_with("Auf einem anderen Rechner braucht es"));
            continue;
        }
        assert!(refused(&answer, field).contains(sentence), "{field} {value}: {}", answer.words());
        assert!(
            answer.text().contains("value=\"hilfe\"") || field == "user",
            "what was typed stays"
        );
    }
    let moved = with(&receive("993"), &[("after_import", "move"), ("move_to", "inbox")]);
    let moved = anna.post("/mailboxes/hilfe/edit/receive", &moved).await;
    assert!(refused(&moved, "move_to").contains("Wählen Sie einen anderen."), "{}", moved.words());
    let nowhere = with(&receive("993"), &[("after_import", "move"), ("move_to", "")]);
    let nowhere = anna.post("/mailboxes/hilfe/edit/receive", &nowhere).await;
    assert!(
        refused(&nowhere, "move_to").contains("Geben Sie den Ordner an"),
        "{}",
        nowhere.words()
    );
    let sent =
        anna.post("/mailboxes/hilfe/edit/send", "sent_folder=Sent&sender=x%40y.example").await;
    assert!(refused(&sent, "sent_folder").contains("Nur ein Konto"), "{}", sent.words());
    assert!(refused(&sent, "sender").contains("Diese Auswahl gibt es nicht mehr."));
    let signature = format!("signature={}", "ä".repeat(70_000));
    let signature = anna.post("/mailboxes/hilfe/edit/signature", &signature).await;
    assert!(refused(&signature, "signature").contains("höchstens 65536"), "{}", signature.words());
    // What another tab has wrong is said too, with its name.
    let untouched = mailbox(&world, "hilfe").await;
    assert_eq!((untouched.version, untouched.label.as_str()), (1, "hilfe"));
    anna.post("/settings/queues", "name=Neu&active=on").await;
    anna.post("/mailboxes/hilfe/edit", &with(&GENERAL, &[("queue", "neu")])).await;
    let queue = world.app.directory().await.unwrap().queues[0].id;
    anna.press("entries", &format!("/settings/queues/{queue}/active"), "").await;
    let elsewhere = anna.post("/mailboxes/hilfe/edit/signature", "signature=x").await;
    assert_eq!(elsewhere.status, 422);
    assert!(
        elsewhere.words().contains("Warteschlange: Diese Auswahl gibt es nicht mehr."),
        "{}",
        elsewhere.words()
    );
}

async fn who_saw_an_older_mailbox_is_told_and_loses_nothing(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let first = with(&GENERAL, &[("label", "Erst"), ("version", "1")]);
    done(&anna, "/mailboxes/hilfe/edit", &first).await;
    let second = anna
        .post("/mailboxes/hilfe/edit", &with(&GENERAL, &[("label", "Dann"), ("version", "1")]))
        .await;
    assert_eq!(second.status, 422);
    assert!(second.words().contains("Jemand anderes hat das Postfach gerade geändert."));
    assert!(second.text().contains("value=\"Dann\""), "what was typed stays");
    let version = second.text().split("name=\"version\" value=\"").nth(1).unwrap().to_owned();
    let version = version.split('"').next().unwrap();
    done(
        &anna,
        "/mailboxes/hilfe/edit",
        &with(&GENERAL, &[("label", "Dann"), ("version", version)]),
    )
    .await;
    assert_eq!(mailbox(&world, "hilfe").await.label, "Dann");
}

async fn an_account_is_fetched_by_one_mailbox(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mailbox("verkauf", "support").await;
    let anna = world.administrator("Anna").await;
    done(&anna, "/mailboxes/hilfe/edit/receive", &encoded(&receive("993"))).await;
    let path = "/mailboxes/verkauf/edit/receive";
    let same = with(&receive("143"), &[("folder", "inbox"), ("user", "HILFE")]);
    let answer = anna.post(path, &same).await;
    assert!(refused(&answer, "folder").contains("holt schon das Postfach"), "{}", answer.words());
    assert!(answer.text().contains("value=\"HILFE\""), "what was typed stays");
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let source = json!({ "kind": "imap", "host": "127.0.0.1", "tls": "none", "user": "hilfe", "password": "x" });
    let twice = erp.patch("/mailboxes/verkauf", json!({ "source": source })).await;
    assert_eq!(twice.fields(), "source.folder account_taken");
    done(&anna, path, &with(&receive("993"), &[("folder", "Tickets")])).await;
    // What is switched off fetches nothing; to switch it on again is refused.
    let off = [("label", "Hilfe"), ("addresses", "hilfe@firma.example"), ("area", "support")];
    done(&anna, "/mailboxes/hilfe/edit", &encoded(&off)).await;
    done(&anna, path, &encoded(&receive("993"))).await;
    let on = anna.post("/mailboxes/hilfe/edit", &with(&off, &[("enabled", "on")])).await;
    assert_eq!(on.status, 422);
    assert!(on.words().contains("Jede Mail käme doppelt."), "{}", on.words());
}

async fn a_mailbox_has_no_address_of_a_customer(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let mail =
        |from: &str| format!("From: {from}\nTo: hilfe@firma.example\nSubject: x\n\nText {from}.\n");
    world.mail("hilfe", &mail("ann@kunde.example")).await;
    let form = with(&GENERAL, &[("addresses", "hilfe@firma.example\nAnn@Kunde.example")]);
    let answer = anna.post("/mailboxes/hilfe/edit", &form).await;
    assert!(refused(&answer, "addresses").contains("gehört einem Kunden"), "{}", answer.words());
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let body = json!({ "name": "kunde", "addresses": ["ann@kunde.example"], "area": "support" });
    assert_eq!(erp.post("/mailboxes", body).await.fields(), "addresses[0] address_of_customer");
    // A form that writes as the mailbox itself makes no customer of it, and its page can be saved.
    let outcome = world.mail("hilfe", &mail("hilfe@firma.example")).await;
    let ticket = erp.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.done();
    assert_eq!(ticket["contact"], json!(null));
    done(&anna, "/mailboxes/hilfe/edit", &encoded(&GENERAL)).await;
}
