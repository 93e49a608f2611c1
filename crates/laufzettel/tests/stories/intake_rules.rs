//! Intake rules on mails that come (catalogue 5.3).

use serde_json::{Value, json};

use crate::api::{Program, administrator};
use crate::world::World;
use crate::world::mails::Setting;

testkit::on_both_engines!(
    a_rule_gives_a_new_ticket_what_it_says,
    rules_run_in_their_order_and_a_later_one_overrides_what_it_sets,
    rules_leave_answers_alone,
    every_condition_of_a_mail_can_be_asked_for,
    parts_of_a_mail_become_properties_of_its_ticket,
    advertising_goes_to_the_trash_and_a_rejected_mail_becomes_no_ticket,
    a_mail_goes_to_the_ticket_that_its_subject_names,
    a_rule_is_for_one_mailbox_and_can_be_switched_off,
    a_bad_rule_is_refused_with_the_place,
    what_is_switched_off_later_is_left_out,
    a_rule_moves_a_ticket_to_an_area_with_numbers_of_its_own,
);

fn mail(id: u32, subject: &str) -> String {
    format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: {subject}\n\
         Message-ID: <m{id}@kunde.example>\n\nGuten Tag,\nbitte melden Sie sich.\n"
    )
}

async fn rule(erp: &Program, condition: &str, actions: &str) -> String {
    let name = format!("Regel {condition}");
    let body = json!({ "name": name, "condition": condition, "actions": actions });
    let made = erp.post("/intake_rules", body).await.done();
    made["id"].as_str().unwrap().to_owned()
}

async fn arrives(world: &World, erp: &Program, text: &str) -> Value {
    let outcome = world.mail("hilfe", text).await;
    assert_eq!(outcome.outcome, "new_ticket", "{:?}", outcome.evidence);
    plain(erp.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.done())
}

/// A ticket with the keys of its entries in place of the entries.
fn plain(mut ticket: Value) -> Value {
    for field in ["area", "queue", "priority", "request_type", "category"] {
        let key = ticket[field]["key"].clone();
        ticket[field] = key;
    }
    ticket
}

async fn house(world: &World) -> Program {
    world.mailbox("hilfe", "support").await;
    administrator(world).await
}

db::from_row! {
    struct Count {
        count: i64,
    }
}

async fn jobs(world: &World, kind: &str) -> i64 {
    let statement = db::sql!("select count(*) as count from job where kind = $1");
    let row: Count = world.app.db.one(statement, db::params![kind]).await.unwrap();
    row.count
}

/// Proves F-MAIL-41, F-MAIL-48 and F-FLD-24.
async fn a_rule_gives_a_new_ticket_what_it_says(world: World) {
    let erp = house(&world).await;
    world.area("buchhaltung").await;
    erp.post("/queues", json!({ "key": "eilig", "name": "Eilig" })).await.done();
    world.agent("Kim").await;
    let actions = "bereich:buchhaltung warteschlange:Eilig priorität:Hoch zuständig:Kim \
                   schlagwort:mahnung,inkasso anfrageart:Problem kategorie:Sonstiges \
                   merkmal:privat,dsgvo";
    erp.patch("/request_types/problem", json!({ "active": true })).await.done();
    rule(&erp, "betreff:mahnung ist:unbekannt", actions).await;
    let ticket = arrives(&world, &erp, &mail(1, "Letzte Mahnung")).await;
    assert_eq!(ticket["area"], "buchhaltung");
    assert_eq!(ticket["queue"], "eilig");
    assert_eq!(ticket["priority"], "hoch");
    assert_eq!(ticket["request_type"], "problem");
    assert_eq!(ticket["category"], "sonstiges");
    assert_eq!(ticket["tags"], json!(["mahnung", "inkasso"]));
    assert_eq!(ticket["assignee"]["name"], "Kim", "{ticket}");
    assert_eq!(ticket["status"]["kind"], "assigned");
    assert_eq!(ticket["marks"], json!(["private", "gdpr"]));
    let number = ticket["number"].as_str().unwrap();
    let history = erp.get(&format!("/tickets/{number}/history")).await.done();
    assert!(history.to_string().contains("assignee_changed"), "{history}");
    assert_eq!(jobs(&world, "assigned").await, 1, "the assignee hears of it");
    let private = erp.get("/tickets?query=ist:privat%20ist:dsgvo").await.done();
    assert_eq!(private["items"][0]["number"], ticket["number"]);
    let path = format!("/tickets/{number}");
    let unmarked = erp.patch(&path, json!({ "marks": ["gdpr"] })).await.done();
    assert_eq!(unmarked["marks"], json!(["gdpr"]));
    let none = erp.get("/tickets?query=ist:privat").await.done();
    assert_eq!(none["items"], json!([]));

    // Without a match the defaults of mailbox and lists hold.
    let other = arrives(&world, &erp, &mail(2, "Frage")).await;
    assert_eq!(other["area"], "support");
    assert_eq!(other["priority"], "normal");
    assert_eq!(other["request_type"], "sonstiges");
    assert_eq!(other["marks"], json!([]));
}

/// Proves F-MAIL-40 and F-MAIL-42.
async fn rules_run_in_their_order_and_a_later_one_overrides_what_it_sets(world: World) {
    let erp = house(&world).await;
    rule(&erp, "betreff:%mahnung%", "priorität:Hoch schlagwort:erste").await;
    let second = rule(&erp, "absendername:hansen", "priorität:Dringend").await;
    let ticket = arrives(&world, &erp, &mail(1, "Die Mahnung!")).await;
    assert_eq!((&ticket["priority"], &ticket["tags"]), (&json!("dringend"), &json!(["erste"])));

    erp.patch(&format!("/intake_rules/{second}"), json!({ "position": 1 })).await.done();
    let ticket = arrives(&world, &erp, &mail(2, "Die Mahnung!")).await;
    assert_eq!(ticket["priority"], "hoch", "the order decides");
    let change = json!({ "actions": "priorität:Dringend ende:ja" });
    erp.patch(&format!("/intake_rules/{second}"), change).await.done();
    let ticket = arrives(&world, &erp, &mail(3, "Die Mahnung!")).await;
    assert_eq!((&ticket["priority"], &ticket["tags"]), (&json!("dringend"), &json!([])));

    let rules = erp.get("/intake_rules").await.done();
    let hits: Vec<i64> = rules["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["hits"].as_i64().unwrap())
        .collect();
    assert_eq!(hits, [3, 2], "each knows on how many mails it fired");
}

async fn rules_leave_answers_alone(world: World) {
    let erp = house(&world).await;
    let ticket = arrives(&world, &erp, &mail(1, "Frage")).await;
    rule(&erp, "betreff:frage", "priorität:Hoch mail:ablehnen").await;
    let answer = mail(2, "Re: Frage").replace("\n\n", "\nIn-Reply-To: <m1@kunde.example>\n\n");
    let outcome = world.mail("hilfe", &answer).await;
    assert_eq!(outcome.outcome, "follow_up");
    let again = plain(erp.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.done());
    assert_eq!((&again["number"], &again["priority"]), (&ticket["number"], &json!("normal")));
}

/// Proves F-MAIL-46. Whether a mail was read or answered on its server is asked where mails are fetched.
async fn every_condition_of_a_mail_can_be_asked_for(world: World) {
    let erp = house(&world).await;
    let text = "From: \"Shop GmbH\" <shop@laden.example>\nTo: hilfe@firma.example\n\
                Cc: chef@firma.example\nBcc: archiv@firma.example\n\
                Reply-To: kunde@anders.example\nSubject: AW: Bestellung 4711\n\
                X-Shop: Laden 3\nMessage-ID: <s{n}@laden.example>\nMIME-Version: 1.0\n\
                Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
                Die Lieferung fehlt.\n--b\nContent-Type: application/pdf\n\
                Content-Disposition: attachment; filename=Beleg.pdf\n\n%PDF-1.4\n--b--\n";
    let conditions = [
        ("von:shop@laden.example", true),
        ("von:!@laden.example", false),
        ("an:hilfe@firma.example", true),
        ("kopie:chef@firma.example", true),
        ("blindkopie:archiv@firma.example", true),
        ("antwort_an:anders.example", true),
        ("betreff:bestellung", true),
        ("text:lieferung", true),
        ("text:gutschrift", false),
        ("kopfzeile:\"X-Shop: laden*\"", true),
        ("größe:<100kb", true),
        ("größe:>100kb", false),
        ("anhang:beleg.pdf", true),
        ("anhangsart:application/pdf", true),
        ("ist:antwort", true),
        ("ist:von_uns_begonnen", false),
        ("klasse:persönlich", true),
        ("postfach:hilfe", true),
        ("lieferung fehlt", true),
    ];
    for (place, (condition, _)) in conditions.iter().enumerate() {
        rule(&erp, condition, &format!("schlagwort:t{place}")).await;
    }
    let ticket = arrives(&world, &erp, &text.replace("{n}", "1")).await;
    let tags: Vec<String> = serde_json::from_value(ticket["tags"].clone()).unwrap();
    for (place, (condition, expected)) in conditions.iter().enumerate() {
        assert_eq!(tags.contains(&format!("t{place}")), *expected, "{condition}");
    }
    // The conversation that an agent begins.
    let unknown = rule(&erp, "ist:von_uns_begonnen,unbekannt", "schlagwort:keins").await;
    erp.delete_if("*", &format!("/intake_rules/{unknown}")).await;
    assert_eq!(erp.get(&format!("/intake_rules/{unknown}")).await.status, 404);
}

/// Proves F-MAIL-47.
async fn parts_of_a_mail_become_properties_of_its_ticket(world: World) {
    let erp = house(&world).await;
    let company = json!({ "name": "Nordholz AG", "customer_number": "K-4711" });
    erp.post("/companies", company).await.done();
    let actions = "auslesen:text,\"E-Mail: (\\S+)\",mail auslesen:text,\"Name: (.+)\",name \
                   auslesen:kopfzeile,\"X-Kunde: (.+)\",nr anfragender:{mail},{name} firma:{nr} \
                   betreff:\"Formular von {name}\" priorität:?Hoch warteschlange:?eilig";
    erp.post("/queues", json!({ "key": "eilig", "name": "eilig" })).await.done();
    rule(&erp, "von:formular@firma.example", actions).await;
    let text = "From: formular@firma.example\nTo: hilfe@firma.example\nSubject: Formular\n\
                Message-ID: <f1@firma.example>\nX-Kunde: K-4711\n\n\
                Name: Berta Groß\nE-Mail: berta@nordholz.example\n";
    let ticket = arrives(&world, &erp, text).await;
    assert_eq!(ticket["subject"], "Formular von Berta Groß");
    assert_eq!(ticket["requester"]["email"], "berta@nordholz.example");
    assert_eq!(ticket["requester"]["name"], "Berta Groß");
    assert_eq!(ticket["company"]["name"], "Nordholz AG", "{ticket}");
    assert_eq!(ticket["queue"], "eilig", "it was empty");
    assert_eq!(ticket["priority"], "normal", "it was not");
    // A company that nobody knows is made where the rule wants that, and whoever asks belongs to it.
    let made = "auslesen:text,\"Firma: (.+)\",firma firma_anlegen:?{firma}";
    rule(&erp, "betreff:neukunde", made).await;
    let mut companies = Vec::new();
    for place in 1..=2 {
        let text = mail(place, "Neukunde").replace("ann@kunde", &format!("neu{place}@firma"));
        let ticket = arrives(&world, &erp, &format!("{text}Firma: Weber & Söhne\n")).await;
        assert_eq!(ticket["company"]["name"], "Weber & Söhne", "{ticket}");
        let contact = ticket["contact"]["id"].as_str().unwrap();
        let contact = erp.get(&format!("/contacts/{contact}")).await.done();
        assert_eq!(contact["company"]["name"], "Weber & Söhne", "{contact}");
        companies.push(ticket["company"]["id"].clone());
    }
    assert_eq!(companies[0], companies[1], "the second mail finds what the first one made");
    let double = json!({ "name": "Doppel AG" });
    let oldest = erp.post("/companies", double.clone()).await.done();
    erp.post("/companies", double).await.done();
    let double = mail(4, "Neukunde").replace("ann@kunde", "neu4@firma");
    let ticket = arrives(&world, &erp, &format!("{double}Firma: Doppel AG\n")).await;
    assert_eq!(ticket["company"]["id"], oldest["id"], "none is made where several are called so");
    let none = arrives(&world, &erp, &mail(3, "Neukunde")).await;
    assert!(none["company"].is_null(), "{none}");
    // What does not stand there sets nothing.
    let bare = text
        .replace("f1", "f2")
        .replace("Name: Berta Groß\nE-Mail: berta@nordholz.example", "Leer");
    let ticket = arrives(&world, &erp, &bare).await;
    assert_eq!(ticket["subject"], "Formular");
    assert_eq!(ticket["requester"]["email"], "formular@firma.example");
}

async fn advertising_goes_to_the_trash_and_a_rejected_mail_becomes_no_ticket(world: World) {
    let erp = house(&world).await;
    rule(&erp, "betreff:gewinn", "mail:spam").await;
    let ticket = arrives(&world, &erp, &mail(1, "Ihr Gewinn")).await;
    assert_eq!(ticket["status"]["kind"], "trash");
    assert_eq!((&ticket["tags"], &ticket["unread"]), (&json!(["spam"]), &json!(false)));
    let number = ticket["number"].as_str().unwrap();
    erp.patch(&format!("/tickets/{number}"), json!({ "status": "neu" })).await.done();

    let id = rule(&erp, "betreff:rundbrief", "mail:ablehnen").await;
    let outcome = world.mail("hilfe", &mail(2, "Rundbrief 7")).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("filtered", None));
    assert_eq!(outcome.evidence[0]["clue"], "rule", "{:?}", outcome.evidence);
    assert_eq!(outcome.evidence[0]["detail"], "Regel betreff:rundbrief");
    let shown = erp.get(&format!("/intake_rules/{id}")).await.done();
    assert_eq!(shown["hits"], 1);
}

/// Proves F-MAIL-31.
async fn a_mail_goes_to_the_ticket_that_its_subject_names(world: World) {
    let erp = house(&world).await;
    let first = arrives(&world, &erp, &mail(1, "Umbau")).await;
    let number = first["number"].as_str().unwrap();
    let stranger = |id: u32, subject: &str| {
        mail(id, &format!("{subject} #{number}")).replace("ann@kunde", "max@fremd")
    };
    let copies = rule(&erp, "betreff:angebot", "ticket:kopieren").await;
    let copied = world.mail("hilfe", &stranger(2, "Angebot")).await;
    assert_eq!(copied.outcome, "new_ticket");
    assert_ne!(copied.ticket.as_deref(), Some(number));
    let messages = erp.get(&format!("/tickets/{number}/messages")).await.done();
    assert_eq!(messages["items"].as_array().unwrap().len(), 2, "{messages}");
    erp.delete_if("*", &format!("/intake_rules/{copies}")).await;

    rule(&erp, "betreff:angebot", "ticket:verschieben").await;
    let moved = world.mail("hilfe", &stranger(3, "Angebot")).await;
    assert_eq!((moved.outcome.as_str(), moved.ticket.as_deref()), ("follow_up", Some(number)));
    let other = world.mail("hilfe", &stranger(4, "Umbau")).await;
    assert_eq!(other.outcome, "new_ticket", "a stranger joins by a rule alone");
}

async fn a_rule_is_for_one_mailbox_and_can_be_switched_off(world: World) {
    let erp = house(&world).await;
    world.mailbox("vertrieb", "support").await;
    let body = json!({
        "name": "Nur Vertrieb", "mailbox": "vertrieb", "condition": "", "actions": "schlagwort:v",
    });
    let made = erp.post("/intake_rules", body).await.done();
    let ticket = arrives(&world, &erp, &mail(1, "Eins")).await;
    assert_eq!(ticket["tags"], json!([]));
    let outcome = world.mail("vertrieb", &mail(2, "Zwei")).await;
    let ticket = erp.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.done();
    assert_eq!(ticket["tags"], json!(["v"]));
    let path = format!("/intake_rules/{}", made["id"].as_str().unwrap());
    erp.patch(&path, json!({ "active": false })).await.done();
    let outcome = world.mail("vertrieb", &mail(3, "Drei")).await;
    let ticket = erp.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.done();
    assert_eq!(ticket["tags"], json!([]));

    // Whom the mailbox does not know can be taken by a rule.
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    let listed = world.mail("hilfe", &mail(4, "Vier").replace("ann@", "neu@")).await;
    assert_eq!(listed.outcome, "unassigned");
    rule(&erp, "von:@kunde.example", "mail:annehmen").await;
    let taken = world.mail("hilfe", &mail(5, "Fünf").replace("ann@", "neu@")).await;
    assert_eq!(taken.outcome, "new_ticket");
}

async fn a_bad_rule_is_refused_with_the_place(world: World) {
    let erp = house(&world).await;
    let pattern = format!("auslesen:text,{},x", "a".repeat(10_000));
    let table = [
        ("", "mail:spam", "condition", "matches_everything"),
        ("betreff:*", "mail:ablehnen", "condition", "matches_everything"),
        ("", "status:Papierkorb", "condition", "matches_everything"),
        ("ist:bekannt,unbekannt", "mail:spam", "condition", "matches_everything"),
        ("von:@", "mail:ablehnen", "condition", "matches_everything"),
        ("betreff:a", "ende:nein", "actions", "unknown_value"),
        ("betreff:a", "schlagwort:{nr}", "actions", "unknown_variable"),
        ("betreff:a", "mail:spam mail:annehmen", "actions", "undoes_itself"),
        ("frist:<2d", "schlagwort:x", "condition", "unknown_field"),
        ("postfach:keins", "schlagwort:x", "condition", "unknown_value"),
        ("(betreff:a", "schlagwort:x", "condition", "unbalanced"),
        ("betreff:a", "", "actions", "empty"),
        ("betreff:a", "warteschlange:keine", "actions", "unknown_value"),
        ("betreff:a", "auslesen:text,\"(\",x", "actions", "bad_pattern"),
        ("betreff:a", pattern.as_str(), "actions", "too_long"),
        ("betreff:a", "betreff:{nr}", "actions", "unknown_variable"),
        ("betreff:a", "anfrageart:projekt", "actions", "gone"),
    ];
    for (condition, actions, field, code) in table {
        let body = json!({ "name": "Schlecht", "condition": condition, "actions": actions });
        let refused = erp.post("/intake_rules", body).await;
        assert_eq!(refused.status, 422, "{condition} {actions}");
        let problem = &refused.json()["problems"][0].clone();
        assert_eq!(
            (&problem["field"], &problem["code"]),
            (&json!(field), &json!(code)),
            "{actions}"
        );
    }
    rule(&erp, "betreff:a", "priorität:Hoch").await;
    let body = json!({ "name": "B", "condition": "BETREFF:A", "actions": "priorität:Niedrig" });
    let refused = erp.post("/intake_rules", body).await;
    assert_eq!(refused.json()["problems"][0]["code"], "undoes", "{:?}", refused.json());
    let told = refused.json();
    let message = told["problems"][0]["message"].as_str().unwrap();
    assert!(message.contains("Regel betreff:a"), "{message}");
    assert_eq!(erp.get("/intake_rules").await.done()["items"].as_array().unwrap().len(), 1);
}

async fn what_is_switched_off_later_is_left_out(world: World) {
    let erp = house(&world).await;
    erp.post("/queues", json!({ "key": "alt", "name": "Alt" })).await.done();
    let id = rule(&erp, "betreff:frage", "warteschlange:Alt schlagwort:frage").await;
    erp.patch("/queues/alt", json!({ "active": false })).await.done();
    let ticket = arrives(&world, &erp, &mail(1, "Frage")).await;
    assert_eq!((&ticket["queue"], &ticket["tags"]), (&Value::Null, &json!(["frage"])));
    let shown = erp.get(&format!("/intake_rules/{id}")).await.done();
    assert_eq!(shown["broken"], json!(["queue"]));
    assert_eq!(shown["actions"], "queue:Alt tag:frage");
}

async fn a_rule_moves_a_ticket_to_an_area_with_numbers_of_its_own(world: World) {
    let erp = house(&world).await;
    world.area("technik").await;
    erp.patch("/areas/technik", json!({ "number_mask": "T-{0000}" })).await.done();
    rule(&erp, "betreff:drucker", "bereich:technik").await;
    let ticket = arrives(&world, &erp, &mail(1, "Drucker")).await;
    assert_eq!((&ticket["area"], &ticket["number"]), (&json!("technik"), &json!("T-0001")));
    let ticket = arrives(&world, &erp, &mail(2, "Frage")).await;
    assert!(ticket["number"].as_str().unwrap().starts_with("TS"), "{ticket}");
}
