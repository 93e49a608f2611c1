//! What holds for the mails of the whole house: the switches, who hears of tickets, and certain recipients.

use laufzettel::feature::{fetch, notify};
use laufzettel::service::lease::TakeLease;
use serde_json::{Value, json};
use testkit::imap_server::{ImapServer, Step};

use crate::api::{Program, administrator};
use crate::mailbox_pages::{done, encoded, refused};
use crate::world::World;

testkit::on_both_engines!(
    the_master_switch_stops_all_mails_and_says_so_on_every_page,
    switched_off_no_mail_of_a_ticket_leaves_or_none_to_customers,
    without_copies_answers_go_to_the_sender_alone,
    the_house_hears_of_new_tickets_and_of_answers_where_that_is_wanted,
    many_notices_leave_without_a_pause_between_looks,
    an_area_names_addresses_with_words_of_its_own,
    mails_to_platforms_have_no_links_around_their_text,
    a_hint_stands_before_answers_to_certain_recipients,
    what_the_rules_of_mails_cannot_be_is_said_beside_its_field,
);

async fn house(world: &World) -> Program {
    world.mailbox("hilfe", "support").await;
    administrator(world).await
}

async fn set(world: &World, erp: &Program, mails: Value) {
    erp.patch("/settings", json!({ "mails": mails })).await.done();
    world.app.forget_lists();
}

fn text(from: &str, subject: &str, id: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nCc: Carl <carl@k.example>\nSubject: {subject}\n\
         Message-ID: <{id}@x>\n\nDer Stuhl wackelt.\n"
    )
}

async fn ticket(world: &World, id: &str) -> String {
    let mail = text("Ann Hansen <ann@k.example>", "Stuhl", id);
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

fn answer(words: &str) -> Value {
    json!({ "visibility": "external", "body_text": words, "send": true })
}

/// Proves F-MAIL-05.
async fn the_master_switch_stops_all_mails_and_says_so_on_every_page(world: World) {
    let erp = house(&world).await;
    let ben = world.agent("Ben").await;
    assert!(!ben.get("/inbox").await.words().contains("Mails werden nicht verarbeitet."));
    set(&world, &erp, json!({ "processing": false })).await;
    for path in ["/inbox", "/mailboxes"] {
        let page = ben.get(path).await;
        assert!(
            page.words().contains("Mails werden nicht verarbeitet."),
            "{path}: {}",
            page.words()
        );
        assert!(!page.text().contains("href=\"/settings/mails\""), "Ben may not change it");
    }
    let mia = world.administrator("Mia").await;
    assert!(mia.get("/inbox").await.text().contains("href=\"/settings/mails\""));
    let kind = [("content-type", "message/rfc822")];
    let brought = async || {
        let mail = "From: a@k.example\r\nSubject: x\r\n\r\nx\r\n";
        erp.post_bytes("/mailboxes/hilfe/mails", &kind, mail).await
    };
    assert_eq!(brought().await.problem(), "409 processing_off");
    // Nobody signs in to an account either, until it is switched on again.
    let imap = ImapServer::start();
    world.has_account("hilfe", imap.port(), None).await;
    let fetching = tokio::spawn(fetch::supervise(world.app.clone()));
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    assert_eq!(imap.visits(Step::Login), 0);
    set(&world, &erp, json!({ "processing": true })).await;
    tokio::task::block_in_place(|| imap.wait_for_step(Step::Login, 1));
    fetching.abort();
    assert_eq!(brought().await.done()["outcome"], "new_ticket");
}

/// Proves F-OUT-21.
async fn switched_off_no_mail_of_a_ticket_leaves_or_none_to_customers(world: World) {
    let erp = house(&world).await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    world.set_area("support", "inform_assignee", "always").await;
    let number = ticket(&world, "1").await;
    let path = format!("/tickets/{number}");
    set(&world, &erp, json!({ "sends_to_customers": false })).await;
    let refused = erp.post(&format!("{path}/messages"), answer("Kommt.")).await;
    assert_eq!(refused.problem(), "409 mails_off");
    let said = ben
        .press("composer", &format!("{path}/reply"), "to=ann%40k.example&text=Kommt+gleich.")
        .await;
    assert!(said.words().contains("Mails werden zurzeit nicht versendet."), "{}", said.words());
    assert!(said.text().contains("Kommt gleich."), "what was written stays");
    let opened = json!({
        "subject": "Anruf", "body_text": "Text", "area": "support", "notify": true,
        "contact": { "email": "ann@k.example", "name": "Ann" },
    });
    erp.post("/tickets", opened.clone()).await.done();
    assert_eq!(world.sent().await.len(), 0, "nobody hears of its opening");
    ben.press("sheet", &format!("{path}/assignee"), &format!("value={}", eve.agent)).await;
    let sent = world.sent().await;
    assert_eq!(sent[0].to, ["eve@team.example"], "the team still hears");
    set(&world, &erp, json!({ "sends": false, "sends_to_customers": true })).await;
    assert!(ben.get("/inbox").await.words().contains("Mails werden nicht versendet."));
    ben.press("sheet", &format!("{path}/assignee"), &format!("value={}", ben.agent)).await;
    eve.press("sheet", &format!("{path}/assignee"), &format!("value={}", eve.agent)).await;
    erp.post(&format!("{path}/close"), json!({ "notify": "all" })).await;
    erp.post("/tickets", opened.clone()).await.done();
    let refused = erp.post(&format!("{path}/messages"), answer("Kommt.")).await;
    assert_eq!(refused.problem(), "409 mails_off");
    assert_eq!(world.sent().await.len(), 1, "nothing more left");
    set(&world, &erp, json!({ "sends": true })).await;
    erp.post("/tickets", opened).await.done();
    erp.post(&format!("{path}/messages"), answer("Kommt.")).await.done();
    assert_eq!(world.sent().await.len(), 3, "what was caused meanwhile is not made up for");
}

/// Proves F-OUT-21.
async fn without_copies_answers_go_to_the_sender_alone(world: World) {
    let erp = house(&world).await;
    let ben = world.agent("Ben").await;
    let path = format!("/tickets/{}", ticket(&world, "1").await);
    let carl = "value=\"Carl &lt;carl@k.example&gt;\"";
    assert!(ben.get(&path).await.text().contains(carl), "usually he gets a copy");
    set(&world, &erp, json!({ "copies": false })).await;
    let page = ben.get(&path).await.text();
    assert!(!page.contains(carl) && page.contains("ann@k.example"), "{page}");
}

/// Proves F-MAIL-60, F-MAIL-61, F-MAIL-62, F-MAIL-64.
async fn the_house_hears_of_new_tickets_and_of_answers_where_that_is_wanted(world: World) {
    let erp = house(&world).await;
    ticket(&world, "1").await;
    assert_eq!(world.sent().await.len(), 0, "usually nobody is told");
    set(&world, &erp, json!({ "address": "Zentrale@haus.example", "tells_new": true })).await;
    let number = ticket(&world, "2").await;
    let sent = world.sent().await;
    assert_eq!((sent.len(), sent[0].kind.as_str()), (1, "notice"));
    assert_eq!(sent[0].to, ["zentrale@haus.example"]);
    assert_eq!(sent[0].subject, format!("[#{number}] Neues Ticket: Stuhl"));
    assert_eq!(sent[0].envelope_from, "");
    for part in [
        "Es gibt ein neues Ticket.",
        "Bereich: Support",
        "Anfrageart: Sonstiges",
        "Priorität: Normal",
        "Anfragesteller: Ann Hansen <ann@k.example>",
        "> Der Stuhl wackelt.",
        &format!("/tickets/{number}"),
    ] {
        assert!(sent[0].text.contains(part), "{part}: {}", sent[0].text);
    }
    let again = text("Ann Hansen <ann@k.example>", &format!("AW: [#{number}] Stuhl"), "3");
    world.mail("hilfe", &again).await;
    assert_eq!(world.sent().await.len(), 1, "answers are another switch");
    let told =
        json!({ "tells_new": false, "tells_answers": true, "told_of_new": "chef@haus.example" });
    set(&world, &erp, told).await;
    world.mail("hilfe", &again.replace("<3@", "<4@")).await;
    let sent = world.sent().await;
    assert_eq!(sent[1].subject, format!("[#{number}] Neue Antwort: Stuhl"));
    assert_eq!(sent[1].to, ["zentrale@haus.example"]);
    let machine = again.replace("<3@", "<5@").replace("\n\n", "\nAuto-Submitted: auto-replied\n\n");
    world.mail("hilfe", &machine).await;
    assert_eq!(world.sent().await.len(), 2, "machines are not told of");
    // The other address hears of each new ticket, also of those made by hand, but not of its own.
    let made = json!({ "subject": "Anruf", "body_text": "Text", "area": "support" });
    erp.post("/tickets", made).await.done();
    world.mail("hilfe", &text("chef@haus.example", "Selbst", "6")).await;
    let sent = world.sent().await;
    assert_eq!((sent.len(), &sent[2].to), (3, &vec!["chef@haus.example".to_owned()]));
    assert!(sent[2].subject.ends_with("Neues Ticket: Anruf"), "{}", sent[2].subject);
    // Whatever stands in the settings: nothing goes to a mailbox of ours.
    world.mailbox("chef", "support").await;
    let change = json!({ "addresses": ["chef@firma.example", "zentrale@haus.example"] });
    erp.patch("/mailboxes/chef", change).await.done();
    world.app.forget_lists();
    world.mail("hilfe", &again.replace("<3@", "<7@")).await;
    assert_eq!(world.sent().await.len(), 3);
    let own = json!({ "mails": { "tells_new": true } });
    assert_eq!(erp.patch("/settings", own).await.fields(), "mails.address own_mailbox");
}

async fn many_notices_leave_without_a_pause_between_looks(world: World) {
    let erp = house(&world).await;
    set(&world, &erp, json!({ "address": "zentrale@haus.example", "tells_new": true })).await;
    let mut numbers = Vec::new();
    for place in 0..60 {
        numbers.push(ticket(&world, &format!("n{place}")).await);
    }
    let take = TakeLease { name: "jobs", holder: 1, now: world.app.now() };
    let fence = world.app.db.write(&take).await.unwrap().unwrap();
    let mut looks = Vec::new();
    loop {
        looks.push(notify::due(&world.app, &fence).await.unwrap());
        if looks.last() == Some(&0) {
            break;
        }
    }
    assert_eq!(looks, [50, 10, 0], "a full look says that others may wait");
    let mut subjects: Vec<String> = world.sent().await.into_iter().map(|one| one.subject).collect();
    subjects.sort_unstable();
    let expected = numbers.iter().map(|number| format!("[#{number}] Neues Ticket: Stuhl"));
    assert_eq!(subjects, expected.collect::<Vec<_>>(), "each once");
}

/// Proves F-MAIL-63, F-TYPE-05.
async fn an_area_names_addresses_with_words_of_its_own(world: World) {
    let erp = house(&world).await;
    world.area("technik").await;
    world.mailbox("technik", "technik").await;
    let mia = world.administrator("Mia").await;
    let areas = erp.get("/areas").await.done();
    let all = areas["items"].as_array().unwrap();
    let area = all.iter().find(|area| area["key"] == "technik").unwrap().clone();
    assert_eq!((&area["told_new"], &area["told_new_text"]), (&json!([]), &json!(null)));
    let told = json!({
        "told_new": ["Eins@haus.example", "zwei@haus.example", "eins@haus.example"],
        "told_new_text": "Bitte im Dienstbuch notieren.",
    });
    let changed = erp.patch("/areas/technik", told).await.done();
    assert_eq!(changed["told_new"], json!(["eins@haus.example", "zwei@haus.example"]));
    set(&world, &erp, json!({ "told_of_new": "zwei@haus.example" })).await;
    world.mail("technik", &text("Ann <ann@k.example>", "Rohr", "1")).await;
    let sent = world.sent().await;
    let to: Vec<&str> = sent.iter().map(|sent| sent.to[0].as_str()).collect();
    assert_eq!(to, ["eins@haus.example", "zwei@haus.example"], "each once, each alone");
    for sent in &sent {
        assert!(sent.text.starts_with("Bitte im Dienstbuch notieren.\n"), "{}", sent.text);
        assert!(!sent.text.contains("Es gibt ein neues Ticket."), "{}", sent.text);
    }
    ticket(&world, "2").await;
    assert_eq!(world.sent().await.len(), 3, "another area has its own list");
    let own = json!({ "told_new": ["hilfe@firma.example"] });
    assert_eq!(erp.patch("/areas/technik", own).await.fields(), "told_new own_mailbox");
    let found = mia.get("/settings?q=Mail+bei+neuen+Tickets").await.words();
    assert!(found.contains("Mail bei neuen Tickets an"), "{found}");
}

/// Proves F-OUT-23.
async fn mails_to_platforms_have_no_links_around_their_text(world: World) {
    let erp = house(&world).await;
    let around = json!({
        "mail_header": "<p>Ihr <a href=\"https://firma.example\">Team</a> https://firma.example/neu</p>",
        "mail_footer": "<p>Firma GmbH<br>www.firma.example</p>", "quote": "last",
    });
    erp.patch("/areas/support", around).await.done();
    world.app.forget_lists();
    let bring = async |from: &str, id: &str| {
        let mail = format!(
            "From: {from}\nTo: hilfe@firma.example\nSubject: Kauf\nMessage-ID: <{id}@x>\n\n\
             Siehe https://boerse.example/1 bitte.\n"
        );
        let number = world.mail("hilfe", &mail).await.ticket.unwrap();
        let words = answer("Mehr unter https://hilfe.example steht hier.");
        erp.post(&format!("/tickets/{number}/messages"), words).await.done();
        world.sent().await.pop().unwrap().text
    };
    set(&world, &erp, json!({ "linkless": ["members.ebay"] })).await;
    let usual = bring("ann@k.example", "1").await;
    assert!(
        usual.contains("www.firma.example") && usual.contains("https://boerse.example"),
        "{usual}"
    );
    let plain = bring("kauf-17@members.ebay.de", "2").await;
    assert!(plain.contains("Ihr Team") && plain.contains("Firma GmbH"), "{plain}");
    assert!(plain.contains("> Siehe bitte."), "{plain}");
    for link in ["firma.example", "boerse.example"] {
        assert!(!plain.contains(&format!("https://{link}")) && !plain.contains("www."), "{plain}");
    }
    assert!(plain.contains("https://hilfe.example"), "what the writer wrote stays: {plain}");
}

/// Proves F-OUT-24.
async fn a_hint_stands_before_answers_to_certain_recipients(world: World) {
    let erp = house(&world).await;
    let hint = "Bitte nur über die Plattform antworten.";
    set(&world, &erp, json!({ "hinted": ["*.amazon.com"], "hint": hint })).await;
    let ben = world.agent("Ben").await;
    let ann = ticket(&world, "1").await;
    assert!(!ben.get(&format!("/tickets/{ann}")).await.words().contains(hint));
    let mail = text("x@eu.amazon.com", "Kauf", "2");
    let number = world.mail("hilfe", &mail).await.ticket.unwrap();
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert_eq!(page.matches(hint).count(), 1, "only above the answer: {page}");
}

async fn what_the_rules_of_mails_cannot_be_is_said_beside_its_field(world: World) {
    let erp = house(&world).await;
    let ben = world.agent("Ben").await;
    assert_eq!(ben.get("/settings/mails").await.status, 403);
    let mia = world.administrator("Mia").await;
    let long = "x".repeat(1_001);
    let cases = [
        ("address", "kein", "Das ist keine Mailadresse."),
        ("address", "hilfe@firma.example", "gehört zu einem eigenen Postfach"),
        ("told_of_new", "hilfe@firma.example", "gehört zu einem eigenen Postfach"),
        ("told_of_new", "<script>", "Das ist keine Mailadresse."),
        ("hint", long.as_str(), "Ein Hinweis hat höchstens 1000 Zeichen."),
        ("linkless", long.as_str(), "Höchstens 200 Zeilen"),
    ];
    for (field, value, sentence) in cases {
        let form = encoded(&[("processing", "on"), ("sends", "on"), (field, value)]);
        let answered = mia.post("/settings/mails", &form).await;
        assert!(refused(&answered, field).contains(sentence), "{field}: {}", answered.words());
    }
    let missing = mia.post("/settings/mails", "processing=on&tells_new=on&hinted=x.example").await;
    assert!(refused(&missing, "address").contains("wohin die Mitteilungen gehen"));
    assert!(refused(&missing, "hint").contains("Geben Sie den Hinweis ein"));
    let fine = encoded(&[
        ("processing", "on"),
        ("sends", "on"),
        ("sends_to_customers", "on"),
        ("copies", "on"),
        ("address", "Zentrale@haus.example"),
        ("linkless", "ebay\r\namazon.com"),
    ]);
    let (_, page) = done(&mia, "/settings/mails", &fine).await;
    assert!(page.words().contains("Die Einstellungen sind gesichert."), "{}", page.words());
    let mails = erp.get("/settings").await.done()["mails"].clone();
    assert_eq!(mails["address"], "zentrale@haus.example");
    assert_eq!(mails["linkless"], json!(["ebay", "amazon.com"]));
    let changes = mia.get("/settings/history").await.words();
    assert!(changes.contains("Adresse für Ticketmails"), "{changes}");
    let unknown = json!({ "mails": { "alles": true } });
    assert_eq!(erp.patch("/settings", unknown).await.problem(), "422 invalid");
}
