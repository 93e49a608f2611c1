//! Tickets that come back on a day that somebody chose.

use laufzettel::feature::resubmit;
use laufzettel::record::actor::Scope;
use laufzettel::service::lease::TakeLease;
use serde_json::{Value, json};

use crate::acting::way;
use crate::api::{Program, program};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_day_is_chosen_shown_and_taken_back,
    a_waiting_ticket_comes_back_unread_and_in_progress,
    a_closed_ticket_stays_closed_when_its_day_comes,
    an_answer_of_the_customer_clears_no_day,
    what_comes_back_has_a_list_and_a_count,
    two_processes_bring_a_ticket_back_once,
);

async fn ben(world: &World) -> (Browser, Program, String) {
    let ben = world.agent("Ben").await;
    let erp = program(world, ben.agent, &Scope::ALL).await;
    let path = format!("/tickets/{}", erp.ticket("Drucker").await);
    (ben, erp, path)
}

async fn time_comes(world: &World, holder: i64) {
    let take = TakeLease { name: "resubmissions", holder, now: world.app.now() };
    let fence = world.app.db.write(&take).await.unwrap().unwrap();
    resubmit::due(&world.app, &fence).await.unwrap();
}

async fn events(erp: &Program, path: &str, kind: &str) -> usize {
    let history = erp.get(&format!("{path}/history")).await.done();
    let all = history["items"].as_array().unwrap().clone();
    all.iter().filter(|event| event["kind"] == kind).count()
}

async fn a_day_is_chosen_shown_and_taken_back(world: World) {
    let (ben, erp, path) = ben(&world).await;
    let page = ben.get(&path).await.text();
    // It is Saturday, 10:00 in Berlin.
    for proposal in ["2026-11-21T11:00", "2026-11-22T08:00", "2026-11-23T08:00"] {
        assert!(
            page.contains(&format!("name=\"value\" value=\"{proposal}\"")),
            "{proposal}: {page}"
        );
    }
    let set = |value: &str| {
        let (path, form) = (format!("{path}/resubmit"), format!("value={value}"));
        let ben = &ben;
        async move { ben.press("sheet", &path, &form).await.text() }
    };
    let first = set("2026-11-23T08:00").await;
    assert_eq!(erp.get(&path).await.done()["resubmit_at"], "2026-11-23T07:00:00Z");
    assert!(first.contains("data-sla=\"vorlage\""), "{first}");
    assert!(ben.get("/inbox").await.text().contains("data-sla=\"vorlage\""));
    let page = ben.get(&path).await.words();
    assert!(page.contains("Ben hat die Wiedervorlage auf"), "{page}");
    let second = set("").await;
    assert_eq!(erp.get(&path).await.done()["resubmit_at"], Value::Null);
    ben.press("", &format!("{path}/undo"), &format!("way={}", way(&second))).await;
    assert_eq!(erp.get(&path).await.done()["resubmit_at"], "2026-11-23T07:00:00Z");
    assert!(set("morgen").await.contains("Das ist kein Zeitpunkt."));
}

async fn a_waiting_ticket_comes_back_unread_and_in_progress(world: World) {
    let (_, erp, path) = ben(&world).await;
    let day = json!({ "resubmit_at": "2026-11-21T10:00:00Z", "status": "wartet", "unread": false });
    let ticket = erp.patch(&path, day).await.done();
    assert_eq!(
        (&ticket["status"]["kind"], &ticket["unread"]),
        (&json!("waiting_requester"), &json!(false))
    );
    world.minutes_pass(59);
    time_comes(&world, 1).await;
    assert_eq!(events(&erp, &path, "resubmitted").await, 0, "it is not time yet");
    world.minutes_pass(1);
    let mut notices = world.app.db.listen();
    time_comes(&world, 1).await;
    let ticket = erp.get(&path).await.done();
    assert_eq!(ticket["status"]["kind"], "in_progress");
    assert_eq!((&ticket["unread"], &ticket["resubmit_at"]), (&json!(true), &json!(null)));
    assert_eq!(events(&erp, &path, "resubmitted").await, 1);
    assert_eq!(events(&erp, &path, "status_changed").await, 2);
    let mut announced = false;
    while let Ok(notice) = notices.try_recv() {
        announced |= notice.topic == "ticket";
    }
    assert!(announced, "open pages hear of it");
}

async fn a_closed_ticket_stays_closed_when_its_day_comes(world: World) {
    let (_, erp, path) = ben(&world).await;
    erp.patch(&path, json!({ "resubmit_at": "2026-11-21T10:00:00Z", "status": "geloest" }))
        .await
        .done();
    world.minutes_pass(60);
    time_comes(&world, 1).await;
    let ticket = erp.get(&path).await.done();
    assert_eq!((&ticket["status"]["kind"], &ticket["resubmit_at"]), (&json!("done"), &json!(null)));
    assert_eq!(ticket["unread"], false);
}

async fn an_answer_of_the_customer_clears_no_day(world: World) {
    world.mailbox("hilfe", "support").await;
    let mail = |id: &str, rest: &str| {
        format!(
            "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Stuhl\n\
             Message-ID: <{id}@kunde.example>\n{rest}\nText\n"
        )
    };
    let number = world.mail("hilfe", &mail("1", "")).await.ticket.unwrap();
    let (_, erp, _) = ben(&world).await;
    let path = format!("/tickets/{number}");
    erp.patch(&path, json!({ "resubmit_at": "2026-11-23T07:00:00Z" })).await.done();
    let reply = mail("2", "In-Reply-To: <1@kunde.example>\n");
    assert_eq!(world.mail("hilfe", &reply).await.ticket.unwrap(), number);
    assert_eq!(erp.get(&path).await.done()["resubmit_at"], "2026-11-23T07:00:00Z");
}

async fn what_comes_back_has_a_list_and_a_count(world: World) {
    let (ben, erp, path) = ben(&world).await;
    let other = erp.ticket("Tisch").await;
    erp.ticket("Stuhl").await;
    let later = json!({ "resubmit_at": "2026-11-24T07:00:00Z" });
    erp.patch(&format!("/tickets/{other}"), later).await.done();
    erp.patch(&path, json!({ "resubmit_at": "2026-11-21T20:00:00Z" })).await.done();
    world.minutes_pass(1);
    let list = ben.get("/inbox?list=resubmissions").await;
    assert_eq!(list.text().matches("id=\"t-").count(), 2);
    assert!(list.words().contains("Wiedervorlagen 1 "), "only one is due today: {}", list.words());
    assert!(list.text().contains("data-chord=\"g w\""));
    let tomorrow = ben.get("/inbox?q=wiedervorlage:%3C2d").await.text();
    assert_eq!(tomorrow.matches("id=\"t-").count(), 1);
}

async fn two_processes_bring_a_ticket_back_once(world: World) {
    let (_, erp, path) = ben(&world).await;
    erp.patch(&path, json!({ "resubmit_at": "2026-11-21T10:00:00Z" })).await.done();
    let take = |holder| TakeLease { name: "resubmissions", holder, now: world.app.now() };
    let old = world.app.db.write(&take(1)).await.unwrap().unwrap();
    world.minutes_pass(60);
    let new = world.app.db.write(&take(2)).await.unwrap().unwrap();
    resubmit::due(&world.app, &old).await.unwrap();
    assert_eq!(
        events(&erp, &path, "resubmitted").await,
        0,
        "who slept through his lease does nothing"
    );
    resubmit::due(&world.app, &new).await.unwrap();
    resubmit::due(&world.app, &new).await.unwrap();
    assert_eq!(events(&erp, &path, "resubmitted").await, 1);
}
