//! Who hears of what happened: the team of assignments and answers, customers of closing.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};

use crate::api::{Program, program};
use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sent::Sent;

testkit::on_both_engines!(
    whoever_gets_a_ticket_is_mailed_where_the_area_says_so,
    the_area_that_asks_sends_what_is_marked_and_nothing_else,
    an_area_that_says_never_asks_and_sends_nothing,
    nobody_is_told_of_what_he_did_himself,
    who_may_not_see_or_does_not_want_is_not_told,
    a_program_says_who_is_told,
    the_assignee_hears_of_an_answer_but_not_of_a_machine,
    a_notice_never_comes_back_as_a_ticket,
    closing_asks_whom_to_notify_and_leaving_sends_nothing,
    the_closing_mail_has_the_history_without_notes_and_is_a_message,
    an_area_may_send_on_closing_and_has_the_requesters_address,
    a_program_closes_and_names_a_contact,
    a_selection_that_is_given_or_solved_asks_once,
);

async fn ben(world: &World) -> (Browser, Program) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let erp = program(world, ben.agent, &Scope::ALL).await;
    (ben, erp)
}

async fn mail(world: &World, id: &str, rest: &str) -> String {
    let text = format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example, Bo <bo@kunde.example>\n\
         Subject: Stuhl wackelt\nMessage-ID: <{id}@kunde.example>\n{rest}\nDer Stuhl wackelt.\n"
    );
    world.mail("hilfe", &text).await.ticket.unwrap()
}

fn only(mut sent: Vec<Sent>) -> Sent {
    assert_eq!(sent.len(), 1, "{sent:?}");
    sent.remove(0)
}

/// Proves F-ASG-01, F-ASG-07, F-ASG-08, F-KIND-06.
async fn whoever_gets_a_ticket_is_mailed_where_the_area_says_so(world: World) {
    let (ben, erp) = ben(&world).await;
    let eve = world.agent("Eve").await;
    world.set_area("support", "inform_assignee", "always").await;
    let number = mail(&world, "1", "").await;
    let path = format!("/tickets/{number}");
    erp.patch(&path, json!({ "request_type": "stoerung", "tags": ["Lager"] })).await.done();
    let said =
        ben.press("sheet", &format!("{path}/assignee"), &format!("value={}", eve.agent)).await;
    assert!(!said.text().contains("<dialog"), "nothing is asked");
    let sent = only(world.sent().await);
    assert_eq!((sent.kind.as_str(), sent.to), ("notice", vec!["eve@team.example".to_owned()]));
    assert_eq!(sent.subject, format!("[#{number}] Sie sind jetzt zuständig: Stuhl wackelt"));
    assert_eq!(sent.envelope_from, "");
    let raw = String::from_utf8_lossy(&sent.raw).into_owned();
    assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");
    assert!(raw.contains("hilfe@firma.example"), "{raw}");
    for part in [
        "Ben hat Ihnen dieses Ticket gegeben.",
        "Bereich: Support",
        "Anfrageart: Störung",
        "Priorität: Normal",
        "Schlagwörter: Lager",
        "> Der Stuhl wackelt.",
        &format!("/tickets/{number}"),
        "antworten Sie auf der Seite des Tickets",
    ] {
        assert!(sent.text.contains(part), "{part}: {}", sent.text);
    }
    assert_eq!(world.sent().await.len(), 1, "a job is done once");
}

/// Proves F-ASG-05, F-ASG-06, F-KIND-04.
async fn the_area_that_asks_sends_what_is_marked_and_nothing_else(world: World) {
    let (ben, erp) = ben(&world).await;
    let (eve, kim) = (world.agent("Eve").await, world.agent("Kim").await);
    let path = format!("/tickets/{}", mail(&world, "1", "").await);
    let give = async |agent: &Browser| {
        ben.press("sheet", &format!("{path}/assignee"), &format!("value={}", agent.agent)).await
    };
    let first = give(&eve).await;
    assert!(first.words().contains("Wen möchten Sie informieren?"), "{}", first.words());
    assert!(first.words().contains("ann@kunde.example: Ihre Anfrage wird bearbeitet"));
    let second = give(&kim).await.text();
    assert!(second.contains(&format!("value=\"{}\" checked", kim.agent)), "{second}");
    assert!(second.contains(&format!("value=\"{}\">", eve.agent)), "{second}");
    assert!(!second.contains("name=\"requester\""), "only the first assignment tells the customer");
    assert_eq!(world.sent().await.len(), 0, "who leaves the question sends nothing");
    assert_eq!(erp.get(&path).await.done()["assignee"]["name"], "Kim");
    let form = format!("agent={}&agent={}", eve.agent, kim.agent);
    ben.press("", &format!("{path}/inform"), &form).await;
    let sent = world.sent().await;
    let to: Vec<&str> = sent.iter().map(|sent| sent.to[0].as_str()).collect();
    assert_eq!(to, ["eve@team.example", "kim@team.example"]);
    assert!(sent[0].text.contains("Sie sind nicht mehr zuständig"), "{}", sent[0].text);
    ben.press("", &format!("{path}/inform"), "requester=1").await;
    let sent = world.sent().await;
    assert_eq!((sent[2].kind.as_str(), sent[2].to[0].as_str()), ("automatic", "ann@kunde.example"));
    assert!(sent[2].text.contains("wird jetzt bearbeitet"), "{}", sent[2].text);
}

async fn an_area_that_says_never_asks_and_sends_nothing(world: World) {
    let (ben, erp) = ben(&world).await;
    let eve = world.agent("Eve").await;
    world.set_area("support", "inform_assignee", "never").await;
    let path = format!("/tickets/{}", erp.ticket("Stuhl").await);
    let form = format!("value={}", eve.agent);
    let said = ben.press("sheet", &format!("{path}/assignee"), &form).await.text();
    assert!(!said.contains("<dialog"), "{said}");
    assert_eq!(world.sent().await.len(), 0);
}

async fn nobody_is_told_of_what_he_did_himself(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Stuhl").await);
    let form = format!("value={}", ben.agent);
    let said = ben.press("sheet", &format!("{path}/assignee"), &form).await.text();
    assert!(!said.contains("<dialog"), "{said}");
    world.set_area("support", "inform_assignee", "always").await;
    erp.patch(&path, json!({ "assignee": null })).await.done();
    erp.act(&format!("{path}/claim")).await.done();
    erp.patch(&path, json!({ "assignee": null })).await.done();
    erp.patch(&path, json!({ "assignee": "Ben", "inform": true })).await.done();
    assert_eq!(world.sent().await.len(), 0);
}

/// Proves F-ASG-10.
async fn who_may_not_see_or_does_not_want_is_not_told(world: World) {
    let (_, erp) = ben(&world).await;
    world.area("verkauf").await;
    world.agent("Gil").await;
    world.agent("Ida").await;
    world.agent_of("Eve", &[("verkauf", Level::Manage)]).await;
    let path = format!("/tickets/{}", erp.ticket("Stuhl").await);
    let give = async |name: &str| {
        let body = json!({ "assignee": name, "inform": true });
        erp.patch(&path, body).await.done();
        erp.patch(&path, json!({ "assignee": null })).await.done();
    };
    world.wants("Gil", Some("answered failed")).await;
    give("Gil").await;
    give("Ida").await;
    world.switch_off("Ida").await;
    // Eve may see no ticket of the area, so she does not even get it.
    let refused = erp.patch(&path, json!({ "assignee": "Eve", "inform": true })).await;
    assert_eq!(refused.fields(), "assignee no_right");
    assert_eq!(world.sent().await.len(), 0);
    world.wants("Gil", Some("assigned")).await;
    give("Gil").await;
    assert_eq!(only(world.sent().await).to, ["gil@team.example"]);
}

/// Proves F-ASG-08.
async fn a_program_says_who_is_told(world: World) {
    let (_, erp) = ben(&world).await;
    world.agent("Eve").await;
    world.agent("Kim").await;
    let path = format!("/tickets/{}", erp.ticket("Stuhl").await);
    erp.patch(&path, json!({ "assignee": "Eve" })).await.done();
    assert_eq!(world.sent().await.len(), 0, "the area asks, and nobody asks a program");
    erp.patch(&path, json!({ "assignee": "Kim", "inform": ["eve@team.example"] })).await.done();
    assert_eq!(only(world.sent().await).to, ["eve@team.example"]);
    let odd = erp.patch(&path, json!({ "assignee": "Eve", "inform": ["niemand@x.example"] })).await;
    assert_eq!(odd.fields(), "inform unknown");
    world.set_area("support", "inform_assignee", "always").await;
    erp.patch(&path, json!({ "assignee": "Eve", "inform": false })).await.done();
    assert_eq!(world.sent().await.len(), 1);
}

async fn the_assignee_hears_of_an_answer_but_not_of_a_machine(world: World) {
    let (_, erp) = ben(&world).await;
    let number = mail(&world, "1", "").await;
    let path = format!("/tickets/{number}");
    mail(&world, "2", "In-Reply-To: <1@kunde.example>\n").await;
    assert_eq!(world.sent().await.len(), 0, "nobody is responsible yet");
    erp.act(&format!("{path}/claim")).await.done();
    mail(&world, "3", "In-Reply-To: <1@kunde.example>\n").await;
    let sent = only(world.sent().await);
    assert_eq!(sent.to, ["ben@team.example"]);
    assert_eq!(sent.subject, format!("[#{number}] Neue Antwort: Stuhl wackelt"));
    assert!(sent.text.contains("Ann Hansen hat geantwortet."), "{}", sent.text);
    let away = "In-Reply-To: <1@kunde.example>\nAuto-Submitted: auto-replied\n";
    mail(&world, "4", away).await;
    assert_eq!(world.sent().await.len(), 1);
}

/// Proves F-MAIL-56.
async fn a_notice_never_comes_back_as_a_ticket(world: World) {
    let (_, erp) = ben(&world).await;
    world.agent("Eve").await;
    let path = format!("/tickets/{}", erp.ticket("Stuhl").await);
    erp.patch(&path, json!({ "assignee": "Eve", "inform": true })).await.done();
    let notice = only(world.sent().await);
    let outcome = world.receives("hilfe", &notice.raw).await;
    assert_eq!(outcome.ticket, None);
    let tickets = erp.get("/tickets?query=ist:alle").await.done();
    assert_eq!(tickets["items"].as_array().unwrap().len(), 1);
    assert_eq!(world.sent().await.len(), 1, "and nothing answers it");
}

/// Proves F-CLOSE-01, F-CLOSE-03.
async fn closing_asks_whom_to_notify_and_leaving_sends_nothing(world: World) {
    let (ben, erp) = ben(&world).await;
    let number = mail(&world, "1", "").await;
    let path = format!("/tickets/{number}");
    let asked = ben.press("sheet", &format!("{path}/solve"), "").await;
    let words = asked.words();
    assert!(words.contains("Alle Kontakte (2)"), "{words}");
    let usual = format!("Ihre Anfrage {number} ist abgeschlossen");
    assert!(asked.text().contains(&usual), "{}", asked.text());
    for choice in ["all", "none", "ann@kunde.example", "bo@kunde.example"] {
        let choice = format!("name=\"notify\" value=\"{choice}\"");
        assert!(asked.text().contains(&choice), "{choice}: {}", asked.text());
    }
    assert!(asked.text().contains("name=\"history\" value=\"1\" checked"));
    // Escape closes the question without a request.
    assert_eq!(erp.get(&path).await.done()["status"]["kind"], "done");
    assert_eq!(world.sent().await.len(), 0);
    ben.press("", &format!("{path}/closing"), "notify=none&text=x").await;
    assert_eq!(world.sent().await.len(), 0);
    ben.press("", &format!("{path}/closing"), "notify=fremd@x.example&text=x").await;
    assert_eq!(world.sent().await.len(), 0, "whoever takes no part hears nothing");
    ben.press("", &format!("{path}/closing"), "notify=bo@kunde.example&text=Erledigt.").await;
    assert_eq!(only(world.sent().await).to, ["bo@kunde.example"]);
}

/// Proves F-CLOSE-03, F-KIND-06.
async fn the_closing_mail_has_the_history_without_notes_and_is_a_message(world: World) {
    let (ben, erp) = ben(&world).await;
    let number = mail(&world, "1", "").await;
    let path = format!("/tickets/{number}");
    let note = json!({ "visibility": "internal", "body_text": "Nur unter uns" });
    erp.post(&format!("{path}/messages"), note).await.done();
    ben.press("sheet", &format!("{path}/solve"), "").await;
    let form = "notify=all&text=Der+Stuhl+steht+wieder.&history=1";
    ben.press("", &format!("{path}/closing"), form).await;
    let sent = only(world.sent().await);
    assert_eq!((sent.kind.as_str(), sent.to.len(), sent.message.is_some()), ("closing", 2, true));
    assert_eq!(sent.subject, format!("[#{number}] Stuhl wackelt"));
    assert!(sent.text.starts_with("Der Stuhl steht wieder."), "{}", sent.text);
    assert!(sent.text.contains("> Der Stuhl wackelt."), "{}", sent.text);
    assert!(!sent.text.contains("unter uns"), "{}", sent.text);
    let messages = erp.get(&format!("{path}/messages")).await.done();
    let all = messages["items"].as_array().unwrap();
    let is_ours = |one: &&Value| one["visibility"] == "external" && one["direction"] == "out";
    assert_eq!(all.iter().filter(is_ours).count(), 1, "{messages}");
    let page = ben.get(&path).await.words();
    assert!(page.contains("Der Stuhl steht wieder."), "{page}");
    assert_eq!(erp.get(&path).await.done()["status"]["kind"], "done");
    // An answer to it finds the ticket by the anchor.
    let raw = String::from_utf8_lossy(&sent.raw).into_owned();
    let id = raw.split("Message-ID: <").nth(1).unwrap().split('>').next().unwrap().to_owned();
    let reply = format!(
        "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Re\n\
         Message-ID: <9@kunde.example>\nIn-Reply-To: <{id}>\n\nDanke\n"
    );
    assert_eq!(world.mail("hilfe", &reply).await.ticket, Some(number));
}

/// Proves F-CLOSE-02.
async fn an_area_may_send_on_closing_and_has_the_requesters_address(world: World) {
    let (ben, erp) = ben(&world).await;
    let body = json!({
        "subject": "Stuhl", "body_text": "x", "contact": { "email": "cem@kunde.example" },
    });
    let number = crate::api::number(&erp.post("/tickets", body).await.done());
    let nobody =
        json!({ "subject": "Tresen", "body_text": "x", "contact": { "name": "Laufkunde" } });
    let without = crate::api::number(&erp.post("/tickets", nobody).await.done());
    world.set_area("support", "closing_mail", "none").await;
    ben.press("sheet", &format!("/tickets/{number}/solve"), "").await;
    assert_eq!(world.sent().await.len(), 0);
    erp.act(&format!("/tickets/{number}/reopen")).await.done();
    world.set_area("support", "closing_mail", "send").await;
    let said = ben.press("sheet", &format!("/tickets/{number}/solve"), "").await.text();
    assert!(!said.contains("<dialog"), "{said}");
    let sent = only(world.sent().await);
    assert_eq!((sent.kind.as_str(), sent.to), ("closing", vec!["cem@kunde.example".to_owned()]));
    ben.press("sheet", &format!("/tickets/{without}/status"), "value=geloest").await;
    assert_eq!(world.sent().await.len(), 1, "there is nobody to write to");
    erp.act(&format!("/tickets/{number}/reopen")).await.done();
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    assert_eq!(world.sent().await.len(), 2, "the status closes like the button");
}

/// Proves F-CLOSE-01, F-CLOSE-05.
async fn a_program_closes_and_names_a_contact(world: World) {
    let (_, erp) = ben(&world).await;
    let path = format!("/tickets/{}", mail(&world, "1", "").await);
    let close = format!("{path}/close");
    let odd = erp.post(&close, json!({ "notify": "fremd@x.example" })).await;
    assert_eq!(odd.fields(), "notify unknown");
    assert_eq!(erp.get(&path).await.done()["status"]["kind"], "unread", "a refusal leaves nothing");
    let body =
        json!({ "notify": "bo@kunde.example", "text": "Leider nein.", "outcome": "not_solved" });
    let closed = erp.post(&close, body).await.done();
    assert_eq!(closed["status"]["kind"], "cancelled");
    let sent = only(world.sent().await);
    assert_eq!((sent.to, sent.text.trim()), (vec!["bo@kunde.example".to_owned()], "Leider nein."));
    erp.act(&format!("{path}/reopen")).await.done();
    erp.act(&close).await.done();
    assert_eq!(world.sent().await.len(), 1, "the area asks, and nobody asks a program");
    erp.act(&format!("{path}/reopen")).await.done();
    erp.post(&close, json!({ "notify": "all" })).await.done();
    assert_eq!(world.sent().await[1].to.len(), 2);
    let value: Value = erp.post(&close, json!({ "notify": "all" })).await.json();
    assert_eq!(value["code"], "already_closed");
}

/// Proves F-ASG-15.
async fn a_selection_that_is_given_or_solved_asks_once(world: World) {
    let (ben, erp) = ben(&world).await;
    let eve = world.agent("Eve").await;
    let one = mail(&world, "1", "").await;
    let two = erp.ticket("Tisch").await;
    let queue = crate::api::administrator(&world)
        .await
        .post("/queues", json!({ "name": "Abholung" }))
        .await
        .done();
    let press = async |what: &str| {
        let form = format!("ticket={one}&ticket={two}&back=/inbox&{what}");
        ben.press("selection", "/inbox/selection", &form).await
    };
    let state = async |field: &str| {
        let mut values = Vec::new();
        for number in [&one, &two] {
            values.push(erp.get(&format!("/tickets/{number}")).await.done()[field].clone());
        }
        values
    };
    press(&format!("queue={}", queue["key"].as_str().unwrap())).await;
    assert_eq!(state("queue").await[1]["name"], "Abholung");
    press("tag=Lager").await;
    press("untag=lager").await;
    assert_eq!(state("tags").await, [json!([]), json!([])]);
    press("resubmit=2026-11-23T08:00").await;
    assert_eq!(state("resubmit_at").await, ["2026-11-23T07:00:00Z", "2026-11-23T07:00:00Z"]);
    let given = press(&format!("assignee={}", eve.agent)).await;
    assert_eq!(given.text().matches("<dialog").count(), 1, "{}", given.text());
    let form = format!("ticket={one}&ticket={two}&agent={}", eve.agent);
    ben.press("", "/inbox/selection/inform", &form).await;
    assert_eq!(world.sent().await.len(), 2);
    let way = crate::acting::way(&given.text());
    ben.press("", "/inbox/selection/undo", &format!("way={way}")).await;
    assert_eq!(state("assignee").await, [Value::Null, Value::Null]);
    let claimed = press("do=claim").await.words();
    assert!(claimed.contains("2 Tickets geändert"), "{claimed}");
    assert_eq!(state("assignee").await[0]["name"], "Ben");
    let solved = press("do=solve").await;
    assert!(solved.words().contains("Wen möchten Sie über die Lösung informieren?"));
    assert_eq!(state("status").await[1]["kind"], "done");
    let form = format!("ticket={one}&ticket={two}&notify=all");
    ben.press("", "/inbox/selection/closing", &form).await;
    assert_eq!(world.sent().await.len(), 4, "each ticket has contacts of its own");
}
