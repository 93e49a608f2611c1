//! What a mailbox does with its mails: completed at once, only from customers, without emojis, with the
//! customer's number, and what is too large.

use laufzettel::feature::intake::{self, Arrival, Way};
use laufzettel::service::lease::TakeLease;
use mail::imap::Flags;
use serde_json::{Value, json};

use crate::api::{Program, administrator};
use crate::mailbox_pages::{encoded, refused};
use crate::world::World;
use crate::world::mails::{Setting, crlf};

testkit::on_both_engines!(
    a_mailbox_completes_its_tickets_at_once,
    emojis_go_and_heads_come_where_that_is_wanted,
    only_the_customer_of_a_ticket_adds_to_it,
    the_customers_number_is_read_and_added_to_answers,
    a_mailbox_has_its_sender_and_its_category,
    known_senders_and_listed_domains_make_tickets,
    a_mail_that_is_too_large_stays_and_its_sender_is_told_once,
    what_options_cannot_be_is_said_beside_its_field,
);

/// A mailbox with these options, and who sets it.
async fn with(world: &World, options: Value) -> Program {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(world).await;
    set(world, &erp, options).await;
    erp
}

async fn set(world: &World, erp: &Program, options: Value) {
    let changed = erp.patch("/mailboxes/hilfe", json!({ "options": options.clone() })).await.done();
    for (name, value) in options.as_object().unwrap() {
        assert_eq!(changed["options"][name], *value);
    }
    world.app.forget_lists();
}

fn mail(from: &str, subject: &str, id: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\nMessage-ID: <{id}@x>\n\n{text}\n"
    )
}

async fn messages(erp: &Program, number: &str) -> Vec<Value> {
    let page = erp.get(&format!("/tickets/{number}/messages")).await.done();
    page["items"].as_array().unwrap().clone()
}

/// Proves F-STAT-15.
async fn a_mailbox_completes_its_tickets_at_once(world: World) {
    let erp = with(&world, json!({ "completed": true })).await;
    let number =
        world.mail("hilfe", &mail("ann@k.example", "Beleg", "1", "Anbei.")).await.ticket.unwrap();
    let path = format!("/tickets/{number}");
    let ticket = erp.get(&path).await.done();
    assert_eq!((&ticket["status"]["kind"], &ticket["unread"]), (&json!("done"), &json!(false)));
    assert!(ticket["closed_at"].is_string(), "{ticket}");
    let ben = world.agent("Ben").await;
    let page = ben.get(&path).await.words();
    assert!(page.contains("Laufzettel hat den Status auf Gelöst gesetzt"), "{page}");
    assert!(!ben.get("/inbox").await.words().contains(&number));
    // What the customer answers opens it again.
    let answer = mail("ann@k.example", &format!("AW: [#{number}] Beleg"), "2", "Doch nicht.");
    assert_eq!(world.mail("hilfe", &answer).await.outcome, "follow_up");
    assert_eq!(erp.get(&path).await.done()["status"]["kind"], "unread");
    set(&world, &erp, json!({ "completed": false })).await;
    let open =
        world.mail("hilfe", &mail("ann@k.example", "Frage", "3", "Und?")).await.ticket.unwrap();
    assert_eq!(erp.get(&format!("/tickets/{open}")).await.done()["status"]["kind"], "unread");
}

/// Proves F-MAIL-36.
async fn emojis_go_and_heads_come_where_that_is_wanted(world: World) {
    let erp = with(&world, json!({})).await;
    let html = "From: Ann <ann@k.example>\nTo: hilfe@firma.example\nSubject: =?utf-8?q?Hilfe_=F0=9F=98=80?=\n\
        Message-ID: <ID@x>\nX-Spur: gesetzt\nContent-Type: text/html; charset=utf-8\n\n<p>Bitte 👍🏽 gleich</p>\n";
    let bring = async |id: &str| {
        let number = world.mail("hilfe", &html.replace("ID", id)).await.ticket.unwrap();
        let subject = erp.get(&format!("/tickets/{number}")).await.done()["subject"].clone();
        let message = messages(&erp, &number).await.remove(0);
        (subject, message)
    };
    let (subject, message) = bring("1").await;
    assert_eq!(subject, "Hilfe 😀", "nothing goes by itself");
    let text = message.to_string();
    assert!(text.contains("👍🏽") && !text.contains("X-Spur"), "{text}");
    set(&world, &erp, json!({ "without_emojis": true, "with_headers": true })).await;
    let (subject, message) = bring("2").await;
    assert_eq!(subject, "Hilfe");
    let text = message.to_string();
    assert!(
        text.contains("Bitte gleich") && !text.contains('👍') && !text.contains('🏽'),
        "{text}"
    );
    let last = message["segments"].as_array().unwrap().last().unwrap().clone();
    assert!(last["text"].as_str().unwrap().contains("X-Spur: gesetzt"), "{last}");
    // The mail itself stays as it came.
    let raw = erp.get(&format!("/mails/{}/raw", message["mail_id"].as_str().unwrap())).await;
    assert!(String::from_utf8_lossy(&raw.bytes).contains("👍🏽"));
}

/// Proves F-MAIL-25.
async fn only_the_customer_of_a_ticket_adds_to_it(world: World) {
    let erp = with(&world, json!({})).await;
    let first = "From: ann@k.example\nTo: hilfe@firma.example\nCc: carl@anders.example\n\
        Subject: Regal\nMessage-ID: <r@x>\n\nEs wackelt.\n";
    let number = world.mail("hilfe", first).await.ticket.unwrap();
    let subject = format!("[#{number}] Regal");
    let carl = world.mail("hilfe", &mail("carl@anders.example", &subject, "c1", "Ich auch.")).await;
    assert_eq!(carl.outcome, "follow_up", "who takes part may add, as usual");
    set(&world, &erp, json!({ "customers_only": true })).await;
    let carl =
        world.mail("hilfe", &mail("carl@anders.example", &subject, "c2", "Noch etwas.")).await;
    assert_eq!((carl.outcome.as_str(), carl.ticket), ("unassigned", None));
    assert!(carl.evidence.to_string().contains("customers_only"), "{}", carl.evidence);
    let eve = world.mail("hilfe", &mail("eve@fremd.example", &subject, "e1", "Und ich?")).await;
    assert_eq!((eve.outcome.as_str(), eve.ticket), ("unassigned", None));
    let ann = world.mail("hilfe", &mail("ann@k.example", &subject, "a1", "Danke.")).await;
    assert_eq!(ann.ticket.as_deref(), Some(number.as_str()));
    let other =
        world.mail("hilfe", &mail("eve@fremd.example", "Frage", "e2", "Ohne Nummer.")).await;
    assert_eq!(other.outcome, "new_ticket");
    // Another address of the same contact belongs to the customer, too.
    let contact = erp.get(&format!("/tickets/{number}")).await.done()["contact"]["id"].clone();
    let path = format!("/contacts/{}", contact.as_str().unwrap());
    erp.patch(&path, json!({ "addresses": ["ann@k.example", "ann@privat.example"] })).await.done();
    let private = mail("ann@privat.example", &subject, "a2", "Von zu Hause.");
    assert_eq!(world.mail("hilfe", &private).await.ticket.as_deref(), Some(number.as_str()));
}

/// Proves F-OUT-25, F-FLD-32.
async fn the_customers_number_is_read_and_added_to_answers(world: World) {
    let erp = with(&world, json!({})).await;
    let text = "Guten Tag,\n\nunsere Bestellnummer: B-4711 fehlt.\n\n> Ihr Zeichen: ALT-1";
    let bring = async |id: &str, text: &str| {
        world.mail("hilfe", &mail("ann@k.example", "Lieferung", id, text)).await.ticket.unwrap()
    };
    let reference = async |number: &str| {
        erp.get(&format!("/tickets/{number}")).await.done()["customer_reference"].clone()
    };
    let off = bring("1", text).await;
    assert_eq!(reference(&off).await, Value::Null);
    set(&world, &erp, json!({ "reads_reference": true })).await;
    let number = bring("2", text).await;
    assert_eq!(reference(&number).await, "B-4711");
    let later = format!("AW: [#{number}] Lieferung");
    world.mail("hilfe", &mail("ann@k.example", &later, "3", "Referenz: ANDERE-9")).await;
    assert_eq!(reference(&number).await, "B-4711", "that of the first mail stays");
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Zeichen des Kunden B-4711"), "{page}");
    let answer = json!({ "visibility": "external", "body_text": "Kommt morgen.", "send": true });
    erp.post(&format!("/tickets/{number}/messages"), answer.clone()).await.done();
    erp.post(&format!("/tickets/{off}/messages"), answer).await.done();
    let subjects: Vec<String> = world.sent().await.into_iter().map(|sent| sent.subject).collect();
    assert_eq!(subjects[0], format!("[#{number}] Re: Lieferung · Ihr Zeichen: B-4711"));
    assert_eq!(subjects[1], format!("[#{off}] Re: Lieferung"));
    set(&world, &erp, json!({ "reference_pattern": "(?i)vorgang ([a-z]+-[0-9]+)" })).await;
    let own = bring("4", "Zum Vorgang pq-77, Referenz: 1").await;
    assert_eq!(reference(&own).await, "pq-77");
}

/// Proves F-MAIL-02.
async fn a_mailbox_has_its_sender_and_its_category(world: World) {
    let erp = with(&world, json!({})).await;
    erp.post("/categories", json!({ "name": "Wasser" })).await.done();
    erp.post("/senders", json!({ "address": "technik@firma.example", "name": "Technik" }))
        .await
        .done();
    let change = json!({ "category": "wasser", "sender": "technik@firma.example" });
    erp.patch("/mailboxes/hilfe", change).await.done();
    world.app.forget_lists();
    let number =
        world.mail("hilfe", &mail("ann@k.example", "Rohr", "1", "Tropft.")).await.ticket.unwrap();
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["category"]["key"], "wasser");
    let answer = json!({ "visibility": "external", "body_text": "Kommt jemand.", "send": true });
    erp.post(&format!("/tickets/{number}/messages"), answer).await.done();
    let raw = String::from_utf8_lossy(&world.sent().await[0].raw).into_owned();
    assert!(
        raw.contains("From: \"Technik\" <technik@firma.example>")
            || raw.contains("From: Technik <technik@firma.example>"),
        "{raw}"
    );
}

/// Proves F-MAIL-26, F-MAIL-27, F-MAIL-28.
async fn known_senders_and_listed_domains_make_tickets(world: World) {
    let erp = with(&world, json!({})).await;
    let bring = async |from: &str, id: &str| {
        let outcome = world.mail("hilfe", &mail(from, "Hallo", id, "Text.")).await;
        (outcome.outcome, outcome.ticket)
    };
    assert_eq!(bring("ann@k.example", "1").await.0, "new_ticket", "usually everybody makes one");
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    assert_eq!(bring("eve@fremd.example", "2").await, ("unassigned".to_owned(), None));
    assert_eq!(bring("ann@k.example", "3").await.0, "new_ticket", "she is on record now");
    let domains = json!({
        "unknown_sender": "known_or_domains", "domains": ["marketplace.tricoma.*", "*.partner.example"],
    });
    erp.patch("/mailboxes/hilfe", domains).await.done();
    world.app.forget_lists();
    for (place, from) in
        ["info@marketplace.tricoma.com", "Spam@MARKETPLACE.tricoma.de", "x@a.partner.example"]
            .into_iter()
            .enumerate()
    {
        let (outcome, number) = bring(from, &format!("d{place}")).await;
        assert_eq!(outcome, "new_ticket", "{from}");
        let ticket = erp.get(&format!("/tickets/{}", number.unwrap())).await.done();
        assert!(ticket["contact"].is_object(), "the customer is on record: {ticket}");
    }
    assert_eq!(bring("x@partner.example", "4").await.0, "unassigned");
    assert_eq!(bring("x@x.marketplace.tricoma.com", "5").await.0, "unassigned");
    let ben = world.agent("Ben").await;
    let listed = ben.get("/mails?q=eve").await.words();
    assert!(listed.contains("eve@fremd.example"), "it is listed: {listed}");
}

/// A mail of which only the head was fetched, as its account says it.
async fn fetched(world: &World, text: &str, uid: u32) -> intake::Outcome {
    let take = TakeLease { name: "imap/1", holder: 1, now: world.app.now() };
    let fence = world.app.db.write(&take).await.unwrap().unwrap();
    let directory = world.app.directory().await.unwrap();
    let arrival = Arrival {
        mailbox: directory.mailbox("hilfe").unwrap().id,
        way: Way::Imap {
            folder: "INBOX".to_owned(),
            uidvalidity: 1,
            uid,
            fence,
            left_bytes: Some(3 * 1024 * 1024),
            is_sent: false,
            flags: Flags::default(),
        },
        envelope_from: None,
        envelope_to: Vec::new(),
        internal_date: None,
        is_archive: false,
    };
    let stored = intake::store(&world.app, &arrival, crlf(text).as_bytes()).await.unwrap();
    intake::decide(&world.app, stored).await.unwrap()
}

async fn a_mail_that_is_too_large_stays_and_its_sender_is_told_once(world: World) {
    let erp = with(&world, json!({ "mail_mebibytes_max": 2 })).await;
    let head = |id: &str, more: &str| {
        format!(
            "From: Ann <ann@k.example>\nTo: hilfe@firma.example\nSubject: Pläne\nMessage-ID: <{id}@k.example>\n{more}\n"
        )
    };
    let outcome = fetched(&world, &head("1", ""), 1).await;
    let number = outcome.ticket.unwrap();
    assert!(outcome.oddities.to_string().contains("left_on_server"), "{}", outcome.oddities);
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Die Mail ist zu groß (3,1 MB) und wurde nicht ganz geholt."), "{page}");
    let sent = world.sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!((sent[0].kind.as_str(), sent[0].to[0].as_str()), ("automatic", "ann@k.example"));
    assert_eq!(sent[0].envelope_from, "", "nobody's machine answers it");
    assert!(
        sent[0].text.contains("sie ist zu groß: Wir nehmen E-Mails bis 2 MiB."),
        "{}",
        sent[0].text
    );
    let raw = String::from_utf8_lossy(&sent[0].raw).into_owned();
    assert!(raw.contains("In-Reply-To: <1@k.example>"), "in the thread: {raw}");
    // The same delivery again, a machine's mail and a mailbox that says nothing tell nobody.
    fetched(&world, &head("1", ""), 1).await;
    fetched(&world, &head("2", "Auto-Submitted: auto-generated\n"), 2).await;
    set(&world, &erp, json!({ "tells_too_large": false })).await;
    fetched(&world, &head("3", ""), 3).await;
    assert_eq!(world.sent().await.len(), 1);
    // An English contact is told in English.
    set(&world, &erp, json!({ "tells_too_large": true })).await;
    let contact = erp.get(&format!("/tickets/{number}")).await.done()["contact"]["id"].clone();
    let path = format!("/contacts/{}", contact.as_str().unwrap());
    erp.patch(&path, json!({ "language": "en" })).await.done();
    fetched(&world, &head("4", ""), 4).await;
    let sent = world.sent().await;
    assert!(sent[1].text.contains("we take emails of up to 2 MiB"), "{}", sent[1].text);
}

async fn what_options_cannot_be_is_said_beside_its_field(world: World) {
    let erp = with(&world, json!({})).await;
    let mia = world.administrator("Mia").await;
    let long = "a".repeat(10_000);
    let cases = [
        ("reference_pattern", long.as_str(), "Das Muster ist zu lang"),
        ("reference_pattern", "(offen", "Dieses Muster lässt sich nicht lesen."),
        ("reference_pattern", "(a+)+\\1", "Dieses Muster lässt sich nicht lesen."),
        ("reference_pattern", "[0-9]*", "Dieses Muster passt auch auf einen leeren Text"),
        ("mails_per_run", "0", "Geben Sie eine Zahl von 1 bis 100000 ein"),
        ("mails_per_run", "viele", "Geben Sie eine Zahl von 1 bis 100000 ein"),
        ("mail_mebibytes_max", "65", "Geben Sie eine Zahl von 1 bis 64 ein."),
        ("mail_mebibytes_max", "-1", "Geben Sie eine Zahl von 1 bis 64 ein."),
    ];
    let path = "/mailboxes/hilfe/edit/receive";
    for (field, value, sentence) in cases {
        let form = encoded(&[
            ("source", "push"),
            ("after_import", "mark_read"),
            ("unknown_sender", "ticket"),
            ("stranger_with_number", "linked_ticket"),
            ("similarity_percent", "80"),
            (field, value),
        ]);
        let answer = mia.post(path, &form).await;
        assert!(refused(&answer, field).contains(sentence), "{field}: {}", answer.words());
        assert!(answer.text().contains(value), "what was typed stays: {field}");
    }
    let wrong = json!({ "options": { "reference_pattern": long, "mails_per_run": 0 } });
    let fields = erp.patch("/mailboxes/hilfe", wrong).await.fields();
    assert!(fields.contains("options.reference_pattern too_long"), "{fields}");
    assert!(fields.contains("options.mails_per_run out_of_range"), "{fields}");
    let unknown = json!({ "options": { "alles": true } });
    assert_eq!(erp.patch("/mailboxes/hilfe", unknown).await.problem(), "422 invalid");
    // Each has its place in the search of the settings, and a sentence on the page.
    let page = mia.get(path).await.words();
    for said in
        ["Setzt eine Regel einen Status, gilt die Regel.", "Die Mail selbst bleibt, wie sie kam"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let found = mia.get("/settings?q=Emojis").await.words();
    assert!(found.contains("Emojis aus Betreff und Text entfernen"), "{found}");
}
