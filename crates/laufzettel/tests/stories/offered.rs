//! What is offered to whom: people for a ticket, areas, customers, queues with something new, languages.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use crate::api::{administrator, number, program};
use crate::world::World;

testkit::on_both_engines!(
    only_those_who_could_work_on_a_ticket_are_offered_for_it,
    areas_that_one_may_not_enter_are_named_nowhere,
    a_customer_who_cannot_be_seen_cannot_be_put_on_a_ticket,
    new_tickets_of_ones_queues_and_of_none_stand_in_the_navigation,
    everybody_reads_in_his_language_and_text_blocks_fit_the_customers,
    administrators_find_what_runs_in_the_background,
);

/// The names in the choices of a property on a page.
fn offered(page: &str, id: &str) -> Vec<String> {
    let select =
        page.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}: {page}"));
    let select = select.split("</select>").next().unwrap();
    let options = select.split("<option").skip(1);
    options
        .map(|one| one.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned())
        .collect()
}

/// Proves F-PERM-10.
async fn only_those_who_could_work_on_a_ticket_are_offered_for_it(world: World) {
    let erp = administrator(&world).await;
    world.area("technik").await;
    let ben = world.agent("Ben").await;
    world.agent_of("Sven", &[("support", Level::Work)]).await;
    world.agent_of("Rita", &[("technik", Level::Read), ("support", Level::Read)]).await;
    world.agent_of("Olga", &[("technik", Level::Own)]).await;
    let dora = world.agent("Dora").await;
    let body = json!({ "subject": "Pumpe", "body_text": "x", "area": "technik" });
    let ticket = number(&erp.post("/tickets", body).await.done());
    let path = format!("/tickets/{ticket}");
    let people = async || {
        let mut people = offered(&ben.get(&path).await.text(), "p-assignee");
        people.retain(|name| {
            ["Ben", "Sven", "Rita", "Olga", "Dora", "Anna"].contains(&name.as_str())
        });
        people
    };
    assert_eq!(people().await, ["Anna", "Ben", "Dora", "Olga"]);
    world.gives(&ticket, dora.agent).await;
    world.switch_off("Dora").await;
    assert_eq!(people().await, ["Anna", "Ben", "Dora", "Olga"], "whoever has it stays");
    erp.patch(&path, json!({ "assignee": null })).await.done();
    assert_eq!(people().await, ["Anna", "Ben", "Olga"], "nobody else can get it back");
    let bar = ben.get("/inbox/choices").await.words();
    assert!(bar.contains("Sven") && bar.contains("Olga"), "{bar}");
    assert!(!bar.contains("Rita") && !bar.contains("Dora"), "{bar}");
    let form = ben.get("/tickets/new").await.text();
    assert!(form.contains("Sven") && !form.contains("Rita") && !form.contains("Dora"), "{form}");
    let sven = world.agent_of("Tom", &[("support", Level::Work)]).await;
    let bar = sven.get("/inbox/choices").await.words();
    assert!(bar.contains("Sven") && !bar.contains("Olga"), "only those of his areas: {bar}");
}

async fn areas_that_one_may_not_enter_are_named_nowhere(world: World) {
    let erp = administrator(&world).await;
    world.area("geheimlabor").await;
    world.area("technik").await;
    let levels = [("technik", Level::Work), ("support", Level::Read)];
    let ben = world.agent_of("Ben", &levels).await;
    let body = json!({ "subject": "Pumpe", "body_text": "x", "area": "technik" });
    let ticket = number(&erp.post("/tickets", body).await.done());
    let path = format!("/tickets/{ticket}");
    for page in ["/inbox", "/inbox/filters", "/inbox/choices", "/counters", "/tickets/new", &path] {
        let page_text = ben.get(page).await.text();
        assert!(!page_text.contains("geheimlabor"), "{page}: {page_text}");
    }
    let page = ben.get(&path).await.text();
    assert!(!page.contains("id=\"p-area\""), "where he only reads, no ticket goes: {page}");
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    for area in ["geheimlabor", "gibtesnicht"] {
        assert_eq!(
            ben.patch(&path, json!({ "area": area })).await.fields(),
            "area unknown",
            "{area}"
        );
    }
    assert_eq!(ben.patch(&path, json!({ "area": "support" })).await.fields(), "area no_right");
}

async fn a_customer_who_cannot_be_seen_cannot_be_put_on_a_ticket(world: World) {
    let erp = administrator(&world).await;
    world.area("geheim").await;
    world.area("technik").await;
    let company = erp.post("/companies", json!({ "name": "Verdeckt GmbH" })).await.done();
    let contact = json!({ "name": "Vera", "addresses": ["vera@verdeckt.example"] });
    let contact = erp.post("/contacts", contact).await.done();
    let hidden = json!({
        "subject": "Geheim", "body_text": "x", "area": "geheim", "company": company["id"],
        "contact": { "email": "vera@verdeckt.example" },
    });
    erp.post("/tickets", hidden).await.done();
    let ben = world.agent_of("Ben", &[("technik", Level::Work)]).await;
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    let body = |company: &serde_json::Value| json!({ "subject": "Neu", "body_text": "x", "area": "technik", "company": company });
    let ticket = json!({ "subject": "Neu", "body_text": "x", "area": "technik" });
    let path = format!("/tickets/{}", number(&ben.post("/tickets", ticket).await.done()));
    for company in [company["id"].clone(), json!("Verdeckt GmbH"), json!("77"), json!("Niemand")] {
        assert_eq!(
            ben.post("/tickets", body(&company)).await.fields(),
            "company unknown",
            "{company}"
        );
        let change = json!({ "company": company });
        assert_eq!(ben.patch(&path, change).await.fields(), "company unknown", "{company}");
    }
    for contact in [contact["id"].clone(), json!("77")] {
        let change = json!({ "contact": contact });
        assert_eq!(ben.patch(&path, change).await.fields(), "contact unknown", "{contact}");
    }
    let told = ben.get(&path).await.done();
    assert_eq!((&told["company"], &told["contact"]["id"]), (&json!(null), &json!(null)));
    erp.patch(&path, json!({ "company": company["id"] })).await.done();
}

/// Proves F-QUEUE-04.
async fn new_tickets_of_ones_queues_and_of_none_stand_in_the_navigation(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let eva = world.agent_of("Eva", &[("support", Level::Work)]).await;
    world.area("geheim").await;
    let figures = async |browser: &crate::world::browser::Browser| {
        world.app.forget_counters();
        let page = browser.get("/inbox").await.text();
        let figure = |name: &str| {
            let entry = page.split(&format!("title=\"{name}\"")).nth(1)?.split("</a>").next()?;
            let count =
                entry.split("class=\"n\">").nth(1).map(|rest| rest.split('<').next().unwrap());
            Some(count.unwrap_or("0").to_owned())
        };
        [figure("Neu in meinen Warteschlangen"), figure("Neu ohne Warteschlange")]
    };
    let both = |mine: &str, none: &str| [Some(mine.to_owned()), Some(none.to_owned())];
    erp.post("/tickets", json!({ "subject": "Alt", "body_text": "x" })).await.done();
    assert_eq!(figures(&ben).await, [None, None], "nobody misses queues who has none");
    let queue = json!({ "name": "Rechnungen", "responsible": "ben@team.example" });
    erp.post("/queues", queue).await.done();
    erp.post("/queues", json!({ "name": "Lager" })).await.done();
    assert_eq!(figures(&ben).await, both("0", "1"));
    assert_eq!(figures(&eva).await, [None, Some("1".to_owned())]);
    let mut numbers = Vec::new();
    for (queue, area) in [("rechnungen", "support"), ("rechnungen", "geheim"), ("lager", "support")]
    {
        let body = json!({ "subject": "Neu", "body_text": "x", "area": area, "queue": queue });
        numbers.push(number(&erp.post("/tickets", body).await.done()));
    }
    let body = json!({ "subject": "Neu", "body_text": "x", "area": "geheim" });
    erp.post("/tickets", body).await.done();
    assert_eq!(figures(&ben).await, both("2", "2"));
    assert_eq!(figures(&eva).await, [None, Some("1".to_owned())], "not those she may not see");
    // What stands there leads to just these tickets.
    let page = ben.get("/inbox").await.text();
    let link = page.split("title=\"Neu in meinen Warteschlangen\"").next().unwrap();
    let link = link.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    let list = ben.get(&link.replace("&amp;", "&")).await.text();
    assert_eq!(list.matches("id=\"t-").count(), 2, "{link}");
    // Who has taken one finds it among his own.
    ben.post(&format!("/tickets/{}/claim", numbers[0]), "").await;
    erp.patch(&format!("/tickets/{}", numbers[1]), json!({ "status": "offen" })).await.done();
    assert_eq!(figures(&ben).await, both("0", "2"));
}

/// Proves F-ADM-09.
async fn everybody_reads_in_his_language_and_text_blocks_fit_the_customers(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let mut eve = world.agent("Eve").await;
    eve.language = "en";
    let page = eve.get("/inbox").await;
    assert!(page.text().contains("<html lang=\"en\""), "as the browser asks");
    assert!(page.words().contains("Resubmissions") && !page.words().contains("Wiedervorlagen"));
    ben.post("/profile/language", "value=en&back=/inbox").await;
    assert!(ben.get("/settings/tokens").await.text().contains("<html lang=\"en\""), "as he chose");
    assert!(ben.get("/gibtesnicht").await.text().contains("<html lang=\"en\""));
    ben.post("/profile/language", "value=de&back=/inbox").await;
    assert!(ben.get("/inbox").await.words().contains("Wiedervorlagen"));

    for (name, language) in
        [("Gruß", json!("de")), ("Regards", json!("en")), ("Überall", json!(null))]
    {
        let block = json!({ "name": name, "language": language, "body_html": "<p>x</p>" });
        erp.post("/text_blocks", block).await.done();
    }
    for (address, language, expected) in [
        ("ann@kunde.example", json!("en"), ["Regards", "Überall", "Gruß"]),
        ("carl@kunde.example", json!("de"), ["Gruß", "Überall", "Regards"]),
    ] {
        let body = json!({ "subject": "x", "body_text": "x", "contact": { "email": address } });
        let ticket = erp.post("/tickets", body).await.done();
        let contact = ticket["contact"]["id"].as_str().unwrap();
        erp.patch(&format!("/contacts/{contact}"), json!({ "language": language })).await.done();
        let path = format!("/text-blocks/choices?ticket={}", number(&ticket));
        let choices = ben.get(&path).await.text();
        let mut names = expected.map(|name| (choices.find(&format!("<b>{name}</b>")), name));
        names.sort();
        assert_eq!(names.map(|(_, name)| name), expected, "{address}: {choices}");
        assert!(names[0].0.is_some(), "{choices}");
    }
}

async fn administrators_find_what_runs_in_the_background(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    for page in ["/inbox", "/settings", "/settings?q=hintergrund"] {
        assert!(anna.get(page).await.text().contains("href=\"/jobs\""), "{page}");
    }
    assert_eq!(anna.get("/jobs").await.status, 200);
    assert!(!ben.get("/inbox").await.text().contains("href=\"/jobs\""));
    assert_eq!(ben.get("/jobs").await.status, 403);
}
