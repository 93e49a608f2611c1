//! Reading and changing a ticket.

use std::time::Duration;

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};

use crate::api::program;
use crate::world::World;

testkit::on_both_engines!(
    properties_change_in_place_and_the_history_tells_it,
    taking_a_category_back_leaves_the_priority_as_it_was,
    a_ticket_is_unseen_until_somebody_looks,
    spam_and_trash_are_taken_back_by_one_key,
    the_list_shows_open_tickets_mine_and_nobodys,
    statuses_filter_the_list_with_their_numbers,
    a_selection_changes_together,
    people_of_another_area_see_nothing_of_it,
    a_ticket_page_needs_four_statements_however_long_it_is,
    numbers_that_are_drawn_at_once_are_in_a_row,
);

async fn ticket(world: &World, subject: &str) -> String {
    let text = format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: {subject}\n\
         Message-ID: <{}@kunde.example>\n\nText zu {subject}.\n",
        subject.replace(' ', ".")
    );
    world.mail("hilfe", &text).await.ticket.unwrap()
}

/// Proves F-FLD-10, F-FLD-13, F-FLD-16, F-FLD-17, F-FLD-18, F-FLD-22, F-HIST-02, F-STAT-01.
async fn properties_change_in_place_and_the_history_tells_it(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Stuhl").await;
    let ben = world.administrator("Ben").await;
    let set = async |property: &str, form: &str| {
        let sheet = ben.press("sheet", &format!("/tickets/{number}/{property}"), form).await;
        assert_eq!(sheet.status, 200, "{property}");
        sheet
    };
    set("status", "value=offen").await;
    set("priority", "value=dringend").await;
    set("assignee", &format!("value={}", ben.agent)).await;
    set("request_type", "value=stoerung").await;
    set("due", "value=2026-11-25T12:00").await;
    set("tags", "add=Wichtig!!!").await;
    let sheet = set("tags", "add=Transportschaden").await;
    assert!(sheet.words().contains("Wichtig! "), "{}", sheet.words());
    assert!(sheet.text().contains("value=\"2026-11-25T12:00\""));
    let refused = set("status", "value=gibtesnicht").await.words();
    assert!(refused.contains("Diesen Wert gibt es nicht mehr"), "{refused}");
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    for line in [
        "Laufzettel hat das Ticket angelegt",
        "Ben hat den Status auf Offen gesetzt",
        "Ben hat die Priorität auf Dringend gesetzt",
        "Ben hat das Ticket an Ben gegeben",
        "Ben hat das Schlagwort Transportschaden vergeben",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
}

async fn taking_a_category_back_leaves_the_priority_as_it_was(world: World) {
    let ben = world.administrator("Ben").await;
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    erp.post("/categories", json!({ "name": "Aufzug", "priority": "hoch" })).await.done();
    erp.post("/categories", json!({ "name": "Treppe" })).await.done();
    let path = format!("/tickets/{}", erp.ticket("Steht still").await);
    let set = async |property: &str, value: &str| {
        let form = format!("value={value}");
        ben.press("sheet", &format!("{path}/{property}"), &form).await.text()
    };
    let state = async || {
        let ticket = erp.get(&path).await.done();
        [&ticket["category"]["key"], &ticket["priority"]["key"]].map(Value::to_string).join(" ")
    };
    set("category", "aufzug").await;
    assert_eq!(state().await, r#""aufzug" "hoch""#);
    set("priority", "niedrig").await;
    let said = set("category", "treppe").await;
    assert_eq!(state().await, r#""treppe" "niedrig""#);
    let way = said.split("name=\"way\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    ben.press("", &format!("{path}/undo"), &format!("way={way}")).await;
    assert_eq!(state().await, r#""aufzug" "niedrig""#);
}

/// Proves F-FLD-33, F-FLD-25.
async fn a_ticket_is_unseen_until_somebody_looks(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Tisch").await;
    let ben = world.agent("Ben").await;
    let is_unseen = async || ben.get("/inbox").await.text().contains("data-new");
    assert!(is_unseen().await);
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(is_unseen().await, "reading writes nothing");
    world.minutes_pass(5);
    assert!(page.contains(&format!("hx-post=\"/tickets/{number}/seen\" hx-trigger=\"load\"")));
    ben.press("this", &format!("/tickets/{number}/seen"), "").await;
    assert!(!is_unseen().await);
    world.minutes_pass(25);
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(
        page.contains("Erstellt vor 30 Min Gelesen nach 5 Min Seit dem Lesen 25 Min"),
        "{page}"
    );
    ben.press("sheet", &format!("/tickets/{number}/unseen"), "").await;
    assert!(is_unseen().await);
}

async fn spam_and_trash_are_taken_back_by_one_key(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Werbung").await;
    let ben = world.agent("Ben").await;
    let said = ben.press("sheet", &format!("/tickets/{number}/spam"), "").await.text();
    assert!(!ben.get("/inbox").await.words().contains(&number));
    let way = said.split("name=\"way\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    ben.press("", &format!("/tickets/{number}/undo"), &format!("way={way}")).await;
    let inbox = ben.get("/inbox").await.text();
    assert!(inbox.contains(&format!("id=\"t-{number}\"")), "{inbox}");
    assert!(!inbox.contains("class=\"tag\""), "the mark goes with it: {inbox}");
    let eve = world.agent("Eve").await;
    ben.press("sheet", &format!("/tickets/{number}/trash"), "").await;
    eve.press("", &format!("/tickets/{number}/undo"), &format!("way={way}")).await;
    assert!(!ben.get("/inbox").await.words().contains(&number), "it is Ben's way back, not Eve's");
}

/// Proves F-LIST-01, F-LIST-05.
async fn the_list_shows_open_tickets_mine_and_nobodys(world: World) {
    world.mailbox("hilfe", "support").await;
    let (open, mine, done) = (
        ticket(&world, "Offenes").await,
        ticket(&world, "Meines").await,
        ticket(&world, "Erledigtes").await,
    );
    let ben = world.agent("Ben").await;
    ben.press("sheet", &format!("/tickets/{mine}/assignee"), &format!("value={}", ben.agent)).await;
    ben.press("sheet", &format!("/tickets/{done}/status"), "value=geloest").await;
    let shows = async |path: &str| {
        let page = ben.get(path).await.text();
        [&open, &mine, &done].map(|number| page.contains(&format!("id=\"t-{number}\"")))
    };
    assert_eq!(shows("/inbox").await, [true, true, false]);
    assert_eq!(shows("/inbox?list=mine").await, [false, true, false]);
    assert_eq!(shows("/inbox?list=unassigned").await, [true, false, false]);
    assert_eq!(shows("/inbox?q=ist:alle").await, [true, true, true]);
    assert_eq!(shows("/inbox?q=ist:geschlossen").await, [false, false, true]);
    assert_eq!(shows("/inbox?q=offenes").await, [true, false, false]);
    assert_eq!(shows("/inbox?q=zust%C3%A4ndig:ben%20ist:offen").await, [false, true, false]);
}

/// Proves F-STAT-03, F-STAT-05.
async fn statuses_filter_the_list_with_their_numbers(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Eins").await;
    ticket(&world, "Zwei").await;
    let ben = world.agent("Ben").await;
    let statuses = [
        "Neu",
        "Offen",
        "Rückfrage intern",
        "Wartet auf Kunde",
        "Zu klären",
        "Gelöst",
        "Papierkorb",
    ];
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    for status in statuses {
        assert!(page.contains(&format!(">{status}</option>")), "{status}");
    }
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=klaeren").await;
    world.minutes_pass(1);
    let offers = ben.get("/inbox/filters?q=ist:offen").await.words();
    assert!(offers.contains("Zu klären (1)"), "{offers}");
    let filtered = ben.get("/inbox?q=status:%22Zu%20kl%C3%A4ren%22").await.text();
    assert!(filtered.contains(&format!("id=\"t-{number}\"")));
    assert_eq!(filtered.matches("id=\"t-").count(), 1);
}

async fn a_selection_changes_together(world: World) {
    world.mailbox("hilfe", "support").await;
    let (one, two) = (ticket(&world, "Eins").await, ticket(&world, "Zwei").await);
    let ben = world.agent("Ben").await;
    let form = format!("ticket={one}&ticket={two}&ticket=TS9&priority=hoch&back=/inbox");
    let answer = ben.press("selection", "/inbox/selection", &form).await;
    assert_eq!(answer.header("hx-trigger"), "selection:clear");
    let words = answer.words();
    assert!(words.contains("2 Tickets geändert"), "{words}");
    assert!(words.contains("1 Ticket konnte nicht geändert werden"), "{words}");
    assert_eq!(answer.text().matches("Priorität: Hoch").count(), 2);
}

/// Proves F-PERM-11, F-FLD-20.
async fn people_of_another_area_see_nothing_of_it(world: World) {
    world.area("verkauf").await;
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Geheimnis").await;
    let eve = world.agent_of("Eve", &[("verkauf", rules::right::Level::Manage)]).await;
    for path in [
        format!("/tickets/{number}"),
        format!("/tickets/{number}/preview"),
        format!("/tickets/{number}/print"),
        format!("/tickets/{number}/attachments.zip"),
    ] {
        assert_eq!(eve.get(&path).await.status, 404, "{path}");
    }
    let press = eve.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    assert_eq!(press.status, 404);
    for path in ["/inbox", "/inbox?q=ist:alle", "/inbox?q=geheimnis", "/inbox?q=nummer:TS2611-0001"]
    {
        let page = eve.get(path).await.words();
        assert!(!page.contains("Geheimnis "), "{path}: {page}");
    }
    let own = world.agent_of("Own", &[("support", rules::right::Level::Own)]).await;
    assert_eq!(own.get(&format!("/tickets/{number}")).await.status, 404);
    let ben = world.agent("Ben").await;
    ben.press("sheet", &format!("/tickets/{number}/assignee"), &format!("value={}", own.agent))
        .await;
    assert_eq!(own.get(&format!("/tickets/{number}")).await.status, 200);
    assert!(own.get("/inbox").await.words().contains("Geheimnis"));
    ticket(&world, "Fremdes").await;
    let asked =
        "From: own@team.example\nTo: hilfe@firma.example\nSubject: Meine Tastatur\n\nDefekt.\n";
    world.mail("hilfe", asked).await;
    let counters = own.get("/counters?place=inbox").await.words();
    assert!(counters.contains("Eingang 2"), "his own and what he asked for: {counters}");
}

async fn a_ticket_page_needs_four_statements_however_long_it_is(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = ticket(&world, "Lang").await;
    for place in 0..30 {
        let text = format!(
            "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: [#{number}] Lang\n\
             Message-ID: <l{place}@kunde.example>\n\nNoch etwas, {place}.\n"
        );
        world.mail("hilfe", &text).await;
    }
    let ben = world.agent("Ben").await;
    for path in [format!("/tickets/{number}"), "/inbox".to_owned(), "/inbox?q=etwas".to_owned()] {
        // Lists and rights are known to all but the first reader; a notice that comes late makes
        // another reader the first.
        let mut runs = Vec::new();
        for _ in 0..4 {
            let before = world.app.db.statements_run();
            assert_eq!(ben.get(&path).await.status, 200);
            runs.push(world.app.db.statements_run() - before);
        }
        assert!(runs.iter().any(|run| *run <= 4), "{path} ran {runs:?} statements");
    }
}

/// The first draw is for itself alone, the second one for all who came meanwhile.
async fn numbers_that_are_drawn_at_once_are_in_a_row(world: World) {
    let (draws, db) = (&world.app.draws, &world.app.db);
    let all = (0..20).map(|_| draws.next(db, "2026", 100));
    let numbers: Vec<i64> = futures_util::future::try_join_all(all).await.unwrap();
    assert_eq!(numbers, (101..=120).collect::<Vec<_>>());
    // Whoever gives up leaves a gap at most.
    drop(tokio::time::timeout(Duration::ZERO, draws.next(db, "2026", 100)).await);
    let next = draws.next(db, "2026", 100).await.unwrap();
    assert!((121..=122).contains(&next), "{next}");
    assert_eq!(draws.next(db, "2026", 100).await.unwrap(), next + 1);
}
