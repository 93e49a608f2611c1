//! Internal notes that chosen people get as a mail.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use crate::api::{administrator, program};
use crate::world::World;
use crate::world::browser::{Answered, Browser};
use crate::world::sending::header;

testkit::on_both_engines!(
    a_note_goes_to_the_colleagues_who_were_chosen,
    a_note_leaves_the_house_only_if_that_is_meant,
    nobody_gets_a_note_of_a_ticket_that_he_may_not_see,
    a_note_is_recalled_like_an_answer,
    a_note_is_offered_to_those_who_take_part,
    a_program_sends_notes_under_the_same_rules,
    what_a_note_is_about_is_its_beginning_unless_somebody_said_it,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <n1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn file(ben: &Browser, number: &str, form: &str) -> Answered {
    ben.press("composer", &format!("/tickets/{number}/note"), form).await
}

/// Proves F-ACT-03, F-OUT-26.
async fn a_note_goes_to_the_colleagues_who_were_chosen(world: World) {
    let number = ticket(&world).await;
    let (ben, _eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let relay = world.relay().await;
    let form = "to=Eve+%3Ceve%40team.example%3E&text=Kennst+du+das+Regal%3F&subject=Regal";
    let said = file(&ben, &number, form).await;
    let words = said.words();
    assert!(words.contains("Die Notiz ist abgelegt und geht in 10 Sekunden hinaus"), "{words}");
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    assert_eq!(mail.recipients, ["eve@team.example"]);
    assert_eq!(header(&mail, "Subject"), format!("[#{number}] Interne Notiz: Regal"));
    assert_eq!(header(&mail, "In-Reply-To"), "", "the customer's mails are not named");
    assert!(!header(&mail, "References").contains("n1@kunde.example"));
    assert_eq!(header(&mail, "Reply-To"), "<ben@team.example>", "answers go to its author alone");
    let text = mail::read::read(&mail.bytes).text.unwrap();
    assert!(
        text.contains(&format!("Ben schreibt Ihnen zu Ticket {number} „Regal wackelt“")),
        "{text}"
    );
    assert!(text.contains("Kennst du das Regal?"), "{text}");
    assert!(text.contains(&format!("/tickets/{number}")), "{text}");
    assert!(!text.contains("Es wackelt"), "{text}");

    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Interne Notiz") && page.contains("Kennst du das Regal?"), "{page}");
    let erp = administrator(&world).await;
    let shown = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!((&shown["status"]["kind"], &shown["unread"]), (&json!("unread"), &json!(true)));
    let note = erp.get(&format!("/tickets/{number}/messages")).await.done()["items"][1].clone();
    assert_eq!((&note["visibility"], &note["direction"]), (&json!("internal"), &json!(null)));
    assert_eq!(
        (&note["subject"], &note["to"][0]["email"]),
        (&json!("Regal"), &json!("eve@team.example"))
    );
    assert_eq!(note["delivery"]["state"], "sent");

    // What the customer gets afterwards knows nothing of it.
    ben.press(
        "composer",
        &format!("/tickets/{number}/reply"),
        "to=ann%40kunde.example&text=Kommt.",
    )
    .await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(2);
    let answer = String::from_utf8_lossy(&relay.sink.mails().remove(1).bytes).into_owned();
    assert!(answer.contains("> Es wackelt.") && !answer.contains("Kennst du"), "{answer}");
    assert!(!answer.contains(header(&mail, "Message-ID").trim_matches(['<', '>'])), "{answer}");
}

/// Proves F-ACT-03, F-OUT-26.
async fn a_note_leaves_the_house_only_if_that_is_meant(world: World) {
    let number = ticket(&world).await;
    let (ben, _eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let relay = world.relay().await;
    let form = "to=eve%40team.example%2C+gutachter%40buero.example&text=Bitte+ansehen";
    let held = file(&ben, &number, form).await;
    assert!(
        held.words().contains("gutachter@buero.example gehört nicht zum Team"),
        "{}",
        held.words()
    );
    assert!(!held.words().contains("eve@team.example gehört"), "{}", held.words());
    assert!(held.text().contains(">Bitte ansehen</textarea>"), "{}", held.text());
    assert!(
        held.text().contains("gutachter@buero.example\""),
        "the recipients stay: {}",
        held.text()
    );
    assert!(world.outbox().await.is_empty());
    file(&ben, &number, &format!("{form}&knows_strangers=1")).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    assert_eq!(mail.recipients, ["eve@team.example", "gutachter@buero.example"]);
    let text = mail::read::read(&mail.bytes).text.unwrap();
    assert!(text.contains("Bitte ansehen") && !text.contains("/tickets/"), "{text}");
    let erp = administrator(&world).await;
    let note = erp.get(&format!("/tickets/{number}/messages")).await.done()["items"][1].clone();
    assert_eq!(note["visibility"], "internal");
}

/// Proves F-OUT-26.
async fn nobody_gets_a_note_of_a_ticket_that_he_may_not_see(world: World) {
    let number = ticket(&world).await;
    world.area("technik").await;
    let ben = world.agent("Ben").await;
    world.agent_of("Tim", &[("technik", Level::Manage)]).await;
    world.agent("Uwe").await;
    world.switch_off("Uwe").await;
    let _relay = world.relay().await;
    for name in ["tim", "uwe"] {
        let form = format!("to={name}%40team.example&text=Geheim&knows_strangers=1");
        let held = file(&ben, &number, &form).await;
        let words = held.words();
        assert!(
            words.contains(&format!("{name}@team.example darf dieses Ticket nicht sehen")),
            "{words}"
        );
        assert!(held.text().contains(">Geheim</textarea>"), "{}", held.text());
    }
    for (to, why) in [
        ("hilfe%40firma.example", "eines Ihrer eigenen Postfächer"),
        ("quatsch", "keine E-Mail-Adresse"),
    ] {
        let held = file(&ben, &number, &format!("to={to}&text=Geheim&knows_strangers=1")).await;
        assert!(held.words().contains(why), "{}", held.words());
    }
    let held = file(&ben, &number, "to=ben%40team.example&text=").await;
    assert!(held.words().contains("Die Nachricht ist leer"), "{}", held.words());
    assert!(world.outbox().await.is_empty());
    let kept = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(!kept.contains("Geheim"), "{kept}");
    // One may send a note to oneself.
    let said = file(&ben, &number, "to=ben%40team.example&text=Merken").await.words();
    assert!(said.contains("Die Notiz ist abgelegt und geht"), "{said}");
}

async fn a_note_is_recalled_like_an_answer(world: World) {
    let number = ticket(&world).await;
    let (ben, _eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let relay = world.relay().await;
    let sent = file(&ben, &number, "to=eve%40team.example&text=Zu+fr%C3%BCh").await.text();
    let field = |name: &str| {
        let from = sent.find(&format!("name=\"{name}\" value=\"")).unwrap();
        sent[from..].split('"').nth(3).unwrap().to_owned()
    };
    let form = format!("mail={}&way={}", field("mail"), field("way"));
    let recalled = ben.press("toasts", &format!("/tickets/{number}/recall"), &form).await;
    assert!(recalled.words().contains("Die Notiz ist zurückgeholt"), "{}", recalled.words());
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(page.contains(">Zu früh</textarea>"), "{page}");
    world.seconds_pass(60);
    world.outbox().await;
    assert_eq!(relay.sink.mails().len(), 0);
}

/// Proves F-OUT-26.
async fn a_note_is_offered_to_those_who_take_part(world: World) {
    let number = ticket(&world).await;
    world.area("technik").await;
    let ben = world.agent("Ben").await;
    world.agent("Anna").await;
    world.agent_of("Andi", &[("technik", Level::Work)]).await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    let proposals = format!("/recipients?team=1&amp;ticket={number}");
    assert!(page.contains(&proposals), "{page}");
    let offered = ben.get(&format!("/recipients?team=1&ticket={number}&q=an")).await.text();
    let people: Vec<&str> = offered.split("data-value=\"").skip(1).collect();
    assert!(people[0].starts_with("Anna &lt;anna@team.example&gt;"), "{offered}");
    assert!(people[1].starts_with("Ann Hansen &lt;ann@kunde.example&gt;"), "{offered}");
    assert_eq!(people.len(), 2, "Andi may not see the ticket: {offered}");
    let own = ben.get(&format!("/recipients?team=1&ticket={number}&q=ben")).await.words();
    assert!(own.contains("Niemand gefunden"), "{own}");
}

/// Proves F-ACT-03.
async fn a_program_sends_notes_under_the_same_rules(world: World) {
    let number = ticket(&world).await;
    world.area("technik").await;
    world.agent("Eve").await;
    world.agent_of("Tim", &[("technik", Level::Manage)]).await;
    let ben = world.agent("Ben").await;
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let relay = world.relay().await;
    let path = format!("/tickets/{number}/messages");
    let note = |to: &str| json!({ "visibility": "internal", "body_text": "Nur wir", "to": [to] });
    let refused = erp.post(&path, note("tim@team.example")).await;
    assert_eq!(refused.fields(), "to may_not_see");
    assert_eq!(erp.post(&path, note("amt@stadt.example")).await.fields(), "to external");
    let mut meant = note("amt@stadt.example");
    meant["external_recipients"] = json!(true);
    erp.post(&path, meant.clone()).await.done();
    let sent = erp.post(&path, note("eve@team.example")).await.done();
    assert_eq!((&sent["visibility"], &sent["channel"]), (&json!("internal"), &json!("api")));
    assert_eq!(sent["delivery"]["state"], "queued");
    world.seconds_pass(1);
    relay.sink.wait_for_accepted(2);
    meant["to"] = json!([]);
    assert_eq!(erp.post(&path, meant).await.fields(), "external_recipients not_sent");
    let mut kept = note("eve@team.example");
    kept["send"] = json!(false);
    assert_eq!(erp.post(&path, kept).await.fields(), "send internal");
}

/// Proves F-ACT-08.
async fn what_a_note_is_about_is_its_beginning_unless_somebody_said_it(world: World) {
    let number = ticket(&world).await;
    let (ben, _eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let relay = world.relay().await;
    let text = "Frau+Hansen+hat+angerufen.%0AMorgen+wieder.";
    file(&ben, &number, &format!("to=eve%40team.example&text={text}")).await;
    file(&ben, &number, &format!("subject=R%C3%BCckruf&text={text}")).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    let subject = format!("[#{number}] Interne Notiz: Frau Hansen hat angerufen.");
    assert_eq!(header(&mail, "Subject"), subject);
    let erp = administrator(&world).await;
    let items = erp.get(&format!("/tickets/{number}/messages")).await.done()["items"].clone();
    assert_eq!(items[1]["subject"], "Frau Hansen hat angerufen.");
    assert_eq!(items[2]["subject"], "Rückruf");
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Rückruf"), "{page}");
}
