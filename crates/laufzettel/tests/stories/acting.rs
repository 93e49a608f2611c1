//! Taking a ticket, giving it back, solving it, giving it up and opening it again.

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};

use crate::api::{Program, program};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    the_status_follows_the_assignee_and_comes_back_with_him,
    a_status_that_says_more_stays_when_somebody_is_assigned,
    the_status_is_set_by_hand_alone,
    what_a_closed_ticket_is_about_can_still_be_changed,
    taking_a_taken_ticket_says_who_has_it,
    two_hundred_take_a_ticket_on_its_page_and_one_gets_it,
    only_the_assignee_gives_a_ticket_back,
    giving_up_is_confirmed_and_is_no_solution,
    opening_again_is_confirmed_and_looks_at_the_assignee,
    an_area_may_ask_before_closing,
);

async fn ben(world: &World) -> (Browser, Program) {
    let ben = world.agent("Ben").await;
    let erp = program(world, ben.agent, &Scope::ALL).await;
    (ben, erp)
}

async fn kind(erp: &Program, path: &str) -> String {
    erp.get(path).await.done()["status"]["kind"].as_str().unwrap().to_owned()
}

/// The kinds of the events of a ticket, oldest first.
async fn history(erp: &Program, path: &str) -> Vec<String> {
    let history = erp.get(&format!("{path}/history")).await.done();
    let kind = |event: &Value| event["kind"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = history["items"].as_array().unwrap().iter().map(kind).collect();
    kinds.sort();
    kinds
}

/// What a toast takes back.
pub fn way(said: &str) -> String {
    let way = said.split("name=\"way\" value=\"").nth(1).unwrap_or_else(|| panic!("{said}"));
    way.split('"').next().unwrap().to_owned()
}

/// Proves F-STAT-08.
async fn the_status_follows_the_assignee_and_comes_back_with_him(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    assert_eq!(kind(&erp, &path).await, "unread");
    let form = format!("value={}", ben.agent);
    let said = ben.press("sheet", &format!("{path}/assignee"), &form).await.text();
    assert_eq!(kind(&erp, &path).await, "assigned");
    let events = ["assignee_changed", "created", "status_changed"];
    assert_eq!(history(&erp, &path).await, events);
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&said))).await;
    let ticket = erp.get(&path).await.done();
    assert_eq!((&ticket["status"]["kind"], &ticket["assignee"]), (&json!("unread"), &json!(null)));
    erp.patch(&path, json!({ "assignee": "Ben" })).await.done();
    let said = ben.press("sheet", &format!("{path}/assignee"), "value=").await.text();
    assert_eq!(kind(&erp, &path).await, "read");
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&said))).await;
    let ticket = erp.get(&path).await.done();
    let state = (&ticket["status"]["kind"], &ticket["assignee"]["name"]);
    assert_eq!(state, (&json!("assigned"), &json!("Ben")));
    assert_eq!(ticket["unread"], true, "giving it to somebody is not reading it for him");
}

/// Proves F-STAT-08.
async fn a_status_that_says_more_stays_when_somebody_is_assigned(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    erp.patch(&path, json!({ "status": "klaeren" })).await.done();
    erp.act(&format!("{path}/claim")).await.done();
    assert_eq!(kind(&erp, &path).await, "to_clarify");
    erp.patch(&path, json!({ "status": "neu" })).await.done();
    let said = ben.press("sheet", &format!("{path}/assignee"), "value=").await.text();
    assert_eq!(kind(&erp, &path).await, "unread");
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&said))).await;
    assert_eq!(kind(&erp, &path).await, "unread", "taking back assigns, but changes no status");
    let both = json!({ "assignee": null, "status": "offen" });
    erp.patch(&path, both).await.done();
    assert_eq!(kind(&erp, &path).await, "in_progress");
}

/// Proves F-STAT-06.
async fn the_status_is_set_by_hand_alone(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    ben.press("sheet", &format!("{path}/status"), "value=rueckfrage").await;
    ben.press("sheet", &format!("{path}/priority"), "value=hoch").await;
    ben.press("sheet", &format!("{path}/due"), "value=2026-11-25T12:00").await;
    let note = json!({ "visibility": "internal", "body_text": "Angerufen" });
    erp.post(&format!("{path}/messages"), note).await.done();
    world.minutes_pass(7 * 24 * 60);
    assert_eq!(kind(&erp, &path).await, "waiting_internal");
}

/// Proves F-CLOSE-08.
async fn what_a_closed_ticket_is_about_can_still_be_changed(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    erp.act(&format!("{path}/close")).await.done();
    let set = async |property: &str, value: &str| {
        let path = format!("{path}/{property}");
        assert_eq!(ben.press("sheet", &path, &format!("value={value}")).await.status, 200);
    };
    set("request_type", "stoerung").await;
    set("priority", "dringend").await;
    erp.patch(&path, json!({ "subject": "Kopierer" })).await.done();
    let ticket = erp.get(&path).await.done();
    let state = ["status", "request_type", "priority"].map(|field| ticket[field]["key"].clone());
    assert_eq!(state, ["geloest", "stoerung", "dringend"]);
    assert_eq!((&ticket["subject"], ticket["closed_at"].is_string()), (&json!("Kopierer"), true));
}

/// Proves F-ASG-02.
async fn taking_a_taken_ticket_says_who_has_it(world: World) {
    let (ben, erp) = ben(&world).await;
    let eve = world.agent("Eve").await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    let page = eve.get(&path).await.text();
    assert!(page.contains(&format!("hx-post=\"{path}/claim\"")), "{page}");
    let said = ben.press("sheet", &format!("{path}/claim"), "").await.words();
    assert!(said.contains("Sie sind jetzt zuständig"), "{said}");
    let said = eve.press("sheet", &format!("{path}/claim"), "").await.words();
    assert!(said.contains("Ben hat dieses Ticket schon übernommen."), "{said}");
    let eves = program(&world, eve.agent, &Scope::ALL).await;
    let lost = eves.act(&format!("{path}/claim")).await;
    assert_eq!(lost.problem(), "409 already_assigned");
    assert_eq!(lost.json()["detail"], "Ben is responsible");
    assert_eq!(erp.get(&path).await.done()["assignee"]["name"], "Ben");
}

/// Proves F-ASG-02.
async fn two_hundred_take_a_ticket_on_its_page_and_one_gets_it(world: World) {
    let (_, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    let mut presses = tokio::task::JoinSet::new();
    for turn in 0..10 {
        let agent = world.agent(&format!("Agent{turn}")).await;
        for _ in 0..20 {
            let browser = world.sign_in(agent.agent).await;
            let path = format!("{path}/claim");
            presses.spawn(async move { browser.press("", &path, "").await.words() });
        }
    }
    let holder = async || erp.get(&path).await.done()["assignee"]["name"].clone();
    let (mut got, mut same, mut told) = (0, 0, std::collections::BTreeSet::new());
    while let Some(said) = presses.join_next().await {
        match said.unwrap() {
            said if said.contains("Sie sind jetzt zuständig") => got += 1,
            said if said.trim().is_empty() => same += 1,
            said => drop(told.insert(said)),
        }
    }
    assert_eq!((got, same, told.len()), (1, 19, 1), "{told:?}");
    let holder = holder().await;
    let said = format!("{} hat dieses Ticket schon übernommen.", holder.as_str().unwrap());
    assert!(told.first().unwrap().contains(&said), "{told:?}");
    assert_eq!(history(&erp, &path).await.len(), 3);
}

/// Proves F-ASG-02.
async fn only_the_assignee_gives_a_ticket_back(world: World) {
    let (ben, erp) = ben(&world).await;
    let eve = world.agent("Eve").await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    erp.act(&format!("{path}/claim")).await.done();
    let said = eve.press("sheet", &format!("{path}/unclaim"), "").await.words();
    assert!(said.contains("Zuständig ist Ben."), "{said}");
    let eves = program(&world, eve.agent, &Scope::ALL).await;
    let lost = eves.act(&format!("{path}/unclaim")).await;
    assert_eq!(lost.problem(), "409 assigned_to_other");
    let said = ben.press("sheet", &format!("{path}/unclaim"), "").await.text();
    let ticket = erp.get(&path).await.done();
    assert_eq!((&ticket["assignee"], &ticket["status"]["kind"]), (&json!(null), &json!("read")));
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&said))).await;
    assert_eq!(erp.get(&path).await.done()["assignee"]["name"], "Ben");
    let given = erp.act(&format!("{path}/unclaim")).await.done();
    assert_eq!(given["assignee"], json!(null));
    erp.act(&format!("{path}/unclaim")).await.done();
}

/// Proves F-CLOSE-05.
async fn giving_up_is_confirmed_and_is_no_solution(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    let asked = ben.press("sheet", &format!("{path}/abandon"), "").await.words();
    assert!(asked.contains("Ticket ohne Lösung schließen?"), "{asked}");
    assert_eq!(kind(&erp, &path).await, "unread", "asking changes nothing");
    let said = ben.press("sheet", &format!("{path}/abandon"), "sure=1").await;
    assert!(said.words().contains("Nicht gelöst geschlossen"), "{}", said.words());
    assert_eq!(kind(&erp, &path).await, "cancelled");
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&said.text()))).await;
    assert_eq!(kind(&erp, &path).await, "unread");
}

/// Proves F-CLOSE-06.
async fn opening_again_is_confirmed_and_looks_at_the_assignee(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    erp.act(&format!("{path}/close")).await.done();
    let asked = ben.press("sheet", &format!("{path}/reopen"), "").await.words();
    assert!(asked.contains("Ticket wieder öffnen?"), "{asked}");
    assert_eq!(kind(&erp, &path).await, "done");
    // Without a script the question is a page of its own.
    let page = ben.post(&format!("{path}/reopen"), "").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<dialog class=\"question\" open"), "{}", page.text());
    assert_eq!(ben.post(&format!("{path}/reopen"), "sure=1").await.status, 303);
    assert_eq!(kind(&erp, &path).await, "unread");
    erp.act(&format!("{path}/claim")).await.done();
    erp.act(&format!("{path}/close")).await.done();
    ben.press("sheet", &format!("{path}/reopen"), "sure=1").await;
    assert_eq!(kind(&erp, &path).await, "assigned");
    erp.act(&format!("{path}/close")).await.done();
    assert_eq!(erp.act(&format!("{path}/reopen")).await.done()["status"]["kind"], "assigned");
    let again = ben.press("sheet", &format!("{path}/reopen"), "sure=1").await.words();
    assert!(again.contains("Das Ticket ist schon offen."), "{again}");
}

/// Proves F-CLOSE-04.
async fn an_area_may_ask_before_closing(world: World) {
    let (ben, erp) = ben(&world).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    world.set_area("support", "confirm_closing", "1").await;
    let asked = ben.press("sheet", &format!("{path}/solve"), "").await.words();
    assert!(asked.contains("Ticket lösen?"), "{asked}");
    assert_eq!(kind(&erp, &path).await, "unread");
    ben.press("sheet", &format!("{path}/solve"), "sure=1").await;
    assert_eq!(kind(&erp, &path).await, "done");
    world.set_area("support", "confirm_closing", "0").await;
    erp.act(&format!("{path}/reopen")).await.done();
    ben.press("sheet", &format!("{path}/solve"), "").await;
    assert_eq!(kind(&erp, &path).await, "done");
}
