//! What is done in a ticket, as its page, its mails and its list show it.

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};
use testkit::smtp_sink::{Answer, Phase, When};

use crate::api::{administrator, program};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_ticket_tells_what_was_done_for_whom_whatever_the_channel,
    the_words_of_an_answer_and_a_text_block_stand_in_its_mail,
    a_message_shows_its_whole_head_and_what_changed_with_it,
    a_list_counts_messages_and_the_preview_shows_the_last_three,
    an_answer_given_elsewhere_is_written_down_and_not_sent,
    salutation_and_greeting_stand_in_every_mail_to_the_customer,
    mails_of_many_tickets_wait_in_the_outbox_and_are_asked_for_first,
    a_ticket_is_taken_from_a_queue,
    an_area_has_closing_words_of_its_own,
    answers_of_programs_are_signed_unless_they_say_otherwise,
    the_history_says_who_sent_again_and_who_stopped_a_mail,
    whom_a_mail_did_not_reach_is_said_at_the_message,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Cc: Carl <carl@kunde.example>\nSubject: Regal wackelt\nMessage-ID: <h1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn reply(ben: &Browser, number: &str, form: &str) -> String {
    let form = format!("to=ann%40kunde.example&{form}");
    ben.press("composer", &format!("/tickets/{number}/reply"), &form).await.words()
}

fn text_of(raw: &[u8]) -> String {
    mail::read::read(raw).text.unwrap_or_default().replace("\r\n", "\n")
}

/// Proves F-ACT-01.
async fn a_ticket_tells_what_was_done_for_whom_whatever_the_channel(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let path = format!("/tickets/{number}");
    world.minutes_pass(1);
    ben.press("composer", &format!("{path}/note"), "text=Nur+f%C3%BCrs+Team").await;
    world.minutes_pass(1);
    let call = json!({ "visibility": "external", "send": false, "body_text": "Am Telefon gesagt" });
    erp.post(&format!("{path}/messages"), call).await.done();
    world.minutes_pass(1);
    reply(&ben, &number, "text=Per+Mail+gesagt").await;
    let all = erp.get(&format!("{path}/messages")).await.done();
    let told: Vec<(&str, &str)> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["visibility"].as_str().unwrap(), one["channel"].as_str().unwrap()))
        .collect();
    let expected =
        [("external", "mail"), ("internal", "web"), ("external", "api"), ("external", "mail")];
    assert_eq!(told, expected);
    let page = ben.get(&path).await.words();
    let places = ["Es wackelt.", "Nur fürs Team", "Am Telefon gesagt", "Per Mail gesagt"]
        .map(|words| page.rfind(words).unwrap_or_else(|| panic!("{words}: {page}")));
    assert!(places.is_sorted(), "{page}");
}

/// Proves F-ACT-09.
async fn the_words_of_an_answer_and_a_text_block_stand_in_its_mail(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let block = json!({ "name": "Schrauben", "body_html": "<p>Bitte alle Schrauben von {ticket:nummer} festziehen.</p>" });
    erp.post("/text_blocks", block).await.done();
    let offered = ben.get(&format!("/text-blocks/choices?ticket={number}&q=schrau")).await.text();
    let from = offered.find("data-text=\"").unwrap() + "data-text=\"".len();
    let words = offered[from..].split('"').next().unwrap().to_owned();
    assert_eq!(words, format!("Bitte alle Schrauben von {number} festziehen."));
    ben.press("composer", &format!("/tickets/{number}/note"), "text=Das+bleibt+hier").await;
    let relay = world.relay().await;
    reply(&ben, &number, &format!("text={}", words.replace(' ', "+"))).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = text_of(&relay.sink.mails().remove(0).bytes);
    assert!(mail.starts_with(&words), "{mail}");
    assert!(!mail.contains("Das bleibt hier"), "{mail}");
}

/// Proves F-ACT-12.
async fn a_message_shows_its_whole_head_and_what_changed_with_it(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let path = format!("/tickets/{number}");
    let page = ben.get(&path).await.words();
    for part in [
        "Betreff Regal wackelt",
        "Von Ann Hansen <ann@kunde.example>",
        "An hilfe@firma.example",
        "Cc Carl <carl@kunde.example>",
        "Datum 21.11.2026",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    world.minutes_pass(1);
    ben.press("sheet", &format!("{path}/request_type"), "value=stoerung").await;
    world.minutes_pass(1);
    reply(
        &ben,
        &number,
        "bcc=chef%40team.example&subject=Ihr+Regal&text=Kommt&knows_strangers=1&then=solve",
    )
    .await;
    let page = ben.get(&path).await.words();
    for part in [
        "Betreff Re: Ihr Regal",
        "Bcc chef@team.example",
        "Ben hat die Anfrageart auf Störung oder Fehler gesetzt",
        "Ben hat den Status auf Gelöst gesetzt",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

/// Proves F-ACT-11.
async fn a_list_counts_messages_and_the_preview_shows_the_last_three(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let list = ben.get("/inbox").await.text();
    assert!(!list.contains("title=\"1 Nachricht\""), "one is no conversation: {list}");
    for text in ["eins", "zwei", "drei"] {
        world.minutes_pass(1);
        ben.press("composer", &format!("/tickets/{number}/note"), &format!("text={text}")).await;
    }
    let list = ben.get("/inbox").await.text();
    assert!(list.contains("title=\"4 Nachrichten\">4<"), "{list}");
    let preview = ben.get(&format!("/tickets/{number}/preview")).await.words();
    let places = ["eins", "zwei", "drei"].map(|text| preview.find(text).unwrap());
    assert!(places.is_sorted() && !preview.contains("Es wackelt."), "{preview}");
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    let (came, own) =
        (page.find("data-kind=\"in\"").unwrap(), page.find("data-kind=\"note\"").unwrap());
    assert!(came < own, "oldest first (K-21): {page}");
}

/// Proves F-OUT-18.
async fn an_answer_given_elsewhere_is_written_down_and_not_sent(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let relay = world.relay().await;
    let held = reply(&ben, &number, "text=&then=keep").await;
    assert!(held.contains("Die Nachricht ist leer"), "{held}");
    let said = reply(&ben, &number, "text=Am+Telefon+gekl%C3%A4rt&then=keep").await;
    assert!(said.contains("Festgehalten, ohne eine E-Mail zu senden"), "{said}");
    world.seconds_pass(60);
    assert!(world.outbox().await.is_empty());
    let erp = administrator(&world).await;
    let all = erp.get(&format!("/tickets/{number}/messages")).await.done();
    let kept = &all["items"][1];
    assert_eq!((&kept["visibility"], &kept["direction"]), (&json!("external"), &json!("out")));
    assert_eq!(
        (&kept["delivery"], &kept["to"][0]["email"]),
        (&Value::Null, &json!("ann@kunde.example"))
    );
    reply(&ben, &number, "text=Und+noch+einmal+schriftlich&then=").await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
}

/// Proves F-OUT-12.
async fn salutation_and_greeting_stand_in_every_mail_to_the_customer(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let around = json!({ "mail_header": "<p>{kontakt:anrede},</p>",
        "mail_footer": "<p>Freundliche Grüße<br>{agent:name}, {bereich}</p>", "quote": "none" });
    erp.patch("/areas/support", around).await.done();
    world.app.forget_lists();
    let relay = world.relay().await;
    reply(&ben, &number, "text=Kommt+morgen.").await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = text_of(&relay.sink.mails().remove(0).bytes);
    assert!(mail.starts_with("Guten Tag Ann Hansen,\n\nKommt morgen."), "{mail}");
    assert!(mail.trim_end().ends_with("Freundliche Grüße\nBen, Support"), "{mail}");
    ben.press("sheet", &format!("/tickets/{number}/solve"), "").await;
    ben.press("", &format!("/tickets/{number}/closing"), "notify=all").await;
    let closing = world.sent().await.pop().unwrap().text;
    assert!(closing.starts_with("Guten Tag Ann Hansen,"), "{closing}");
}

/// Proves F-OUT-20.
async fn mails_of_many_tickets_wait_in_the_outbox_and_are_asked_for_first(world: World) {
    let one = ticket(&world).await;
    let second = FIRST.replace("h1@", "h2@").replace("Regal", "Tisch");
    let two = world.mail("hilfe", &second).await.ticket.unwrap();
    let ben = world.agent("Ben").await;
    let form = format!("ticket={one}&ticket={two}&back=/inbox&do=solve");
    ben.press("selection", "/inbox/selection", &form).await;
    assert_eq!(world.sent().await.len(), 0, "nothing leaves unseen");
    let form = format!("ticket={one}&ticket={two}&notify=all");
    ben.press("", "/inbox/selection/closing", &form).await;
    assert_eq!(world.sent().await.len(), 2);
    let outbox = ben.get("/mails/out").await.words();
    for number in [&one, &two] {
        assert!(outbox.contains(number.as_str()), "{outbox}");
    }
    assert!(world.outbox().await.iter().all(|(state, tries)| state == "queued" && *tries == 0));
}

/// Proves F-ASG-03.
async fn a_ticket_is_taken_from_a_queue(world: World) {
    let number = ticket(&world).await;
    let other = world.mail("hilfe", &FIRST.replace("h1@", "h3@")).await.ticket.unwrap();
    let erp = administrator(&world).await;
    erp.post("/queues", json!({ "name": "Technik", "key": "technik" })).await.done();
    erp.patch(&format!("/tickets/{number}"), json!({ "queue": "technik" })).await.done();
    let ben = world.agent("Ben").await;
    let department = ben.get("/inbox?q=warteschlange:technik").await.text();
    assert!(department.contains(&format!("id=\"t-{number}\"")), "{department}");
    assert!(!department.contains(&format!("id=\"t-{other}\"")), "{department}");
    let said = ben.press("sheet", &format!("/tickets/{number}/claim"), "").await.words();
    assert!(said.contains("Sie sind jetzt zuständig"), "{said}");
    let taken = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(
        (&taken["assignee"]["name"], &taken["queue"]["key"]),
        (&json!("Ben"), &json!("technik"))
    );
}

async fn an_area_has_closing_words_of_its_own(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let words = json!({ "closing_text": "{kontakt:anrede}, {nummer} ist erledigt. {name}" });
    let area = erp.patch("/areas/support", words).await.done();
    assert_eq!(area["closing_text"], "{kontakt:anrede}, {nummer} ist erledigt. {name}");
    let long = json!({ "closing_text": "a".repeat(10_001) });
    assert_eq!(erp.patch("/areas/support", long).await.fields(), "closing_text too_long");
    world.app.forget_lists();
    let asked = ben.press("sheet", &format!("/tickets/{number}/solve"), "").await.text();
    let expected = format!("Guten Tag Ann Hansen, {number} ist erledigt. Ben");
    assert!(asked.contains(&expected), "{asked}");
    ben.press("", &format!("/tickets/{number}/closing"), "notify=all").await;
    let sent = world.sent().await.pop().unwrap();
    assert!(sent.text.starts_with(&expected), "{}", sent.text);
    let none = erp.patch("/areas/support", json!({ "closing_text": " " })).await.done();
    assert_eq!(none["closing_text"], Value::Null);
}

/// Proves F-OUT-09.
async fn answers_of_programs_are_signed_unless_they_say_otherwise(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let own = json!({ "signature": "<p>Ben vom Lager</p>" });
    administrator(&world).await.patch(&format!("/agents/{}", ben.agent), own).await.done();
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let relay = world.relay().await;
    let path = format!("/tickets/{number}/messages");
    let answer = json!({ "visibility": "external", "body_text": "eins" });
    let sent = erp.post(&path, answer.clone()).await.done();
    assert_eq!(sent["segments"][1]["kind"], "signature");
    let mut bare = answer;
    bare["signature"] = json!(false);
    erp.post(&path, bare).await.done();
    world.seconds_pass(1);
    relay.sink.wait_for_accepted(2);
    let mails: Vec<String> = relay.sink.mails().iter().map(|mail| text_of(&mail.bytes)).collect();
    let signed = |word: &str| {
        let mail = mails.iter().find(|mail| mail.starts_with(word)).unwrap();
        mail.contains("-- \nBen vom Lager")
    };
    assert!(signed("eins\n\n--"), "{mails:?}");
    assert_eq!(mails.iter().filter(|mail| mail.contains("Ben vom Lager")).count(), 1, "{mails:?}");
    let note = json!({ "visibility": "internal", "body_text": "x", "signature": true });
    assert_eq!(erp.post(&path, note).await.fields(), "signature not_sent");
}

async fn the_history_says_who_sent_again_and_who_stopped_a_mail(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    reply(&ben, &number, "text=Kommt").await;
    let page = ben.get("/mails/out").await.text();
    let from = page.find("href=\"/mails/out/").unwrap() + 6;
    let path = page[from..].split(['"', '#', '?']).next().unwrap().to_owned();
    ben.press("entry", &format!("{path}/cancel"), "").await;
    erp.patch(&format!("/tickets/{number}"), json!({ "notify": true })).await.done();
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Ben hat eine E-Mail angehalten"), "{page}");
    assert!(page.contains("Anna hat eingeschaltet, dass die Kundschaft"), "{page}");
    let relay = world.relay().await;
    let refused = Answer::Reply("554 5.7.1 no".to_owned());
    relay.sink.on(Phase::Dot, When::Always, refused);
    reply(&ben, &number, "text=Kommt+doch").await;
    world.seconds_pass(11);
    world.fate_when("failed").await;
    let page = ben.get("/mails/out").await.text();
    let from = page.find("href=\"/mails/out/").unwrap() + 6;
    let path = page[from..].split(['"', '#', '?']).next().unwrap().to_owned();
    ben.press("entry", &format!("{path}/retry"), "").await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Ben hat eine E-Mail noch einmal senden lassen"), "{page}");
}

/// Proves F-OUT-17.
async fn whom_a_mail_did_not_reach_is_said_at_the_message(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let relay = world.relay().await;
    let gone = When::To("carl@kunde.example".to_owned());
    let words = "550 5.1.1 unknown".to_owned();
    relay.sink.on(Phase::Rcpt, gone, Answer::Reply(words));
    reply(&ben, &number, "cc=carl%40kunde.example&text=Kommt").await;
    world.seconds_pass(11);
    world.fate_when("failed").await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Nicht angekommen bei: carl@kunde.example"), "{page}");
    assert!(!page.contains("Nicht angekommen bei: ann"), "{page}");
    let erp = administrator(&world).await;
    let all = erp.get(&format!("/tickets/{number}/messages")).await.done();
    assert_eq!(all["items"][1]["delivery"]["missed"], json!(["carl@kunde.example"]));
}
