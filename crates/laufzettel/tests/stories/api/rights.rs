//! Who may do what by the API: levels in areas, and what is not there for whom.

use laufzettel::record::AgentId;
use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use super::{Program, administrator, number, program};
use crate::world::World;

testkit::on_both_engines!(
    levels_say_what_one_may_do_with_tickets,
    what_is_not_visible_is_not_there,
    settings_are_for_those_who_set_up_the_house,
    contacts_are_written_by_those_who_work,
    mails_are_for_those_who_read_the_area,
    every_way_shows_the_same_tickets_whatever_the_levels,
);

/// Reading, changing, noting, moving to the trash, making: the statuses one after the other.
async fn tried(program: &Program, path: &str, area: &str) -> String {
    let note = json!({ "visibility": "internal", "body_text": "x" });
    let new = json!({ "subject": "x", "body_text": "x", "area": area });
    let answers = [
        program.get(path).await.status,
        program.patch(path, json!({ "priority": "hoch" })).await.status,
        program.post(&format!("{path}/messages"), note).await.status,
        program.delete_if("*", path).await.status,
        program.act(&format!("{path}/reopen")).await.status,
        program.post("/tickets", new).await.status,
    ];
    answers.map(|status| status.to_string()).join(" ")
}

/// Proves F-PERM-01.
async fn levels_say_what_one_may_do_with_tickets(world: World) {
    let erp = administrator(&world).await;
    world.area("technik").await;
    let levels = [
        ("Olga", Some(Level::Own)),
        ("Rita", Some(Level::Read)),
        ("Wim", Some(Level::Work)),
        ("Mia", Some(Level::Manage)),
        ("Nora", None),
    ];
    let mut table = Vec::new();
    for (name, level) in levels {
        let areas: Vec<_> = level.map(|level| ("technik", level)).into_iter().collect();
        let agent = world.agent_of(name, &areas).await;
        let program = program(&world, agent.agent, &Scope::ALL).await;
        let own = json!({ "subject": "x", "body_text": "x", "area": "technik" });
        let own = number(&erp.post("/tickets", own).await.done());
        world.gives(&own, agent.agent).await;
        let own = format!("/tickets/{own}");
        let other = json!({ "subject": "x", "body_text": "x", "area": "technik" });
        let other = format!("/tickets/{}", number(&erp.post("/tickets", other).await.done()));
        table.push(format!("{name} own   {}", tried(&program, &own, "technik").await));
        table.push(format!("{name} other {}", tried(&program, &other, "technik").await));
    }
    // Reading, changing, noting, trash, taking back, making.
    assert_eq!(
        table,
        [
            "Olga own   200 200 201 204 200 201",
            "Olga other 404 404 404 404 404 201",
            "Rita own   200 403 403 403 403 403",
            "Rita other 200 403 403 403 403 403",
            "Wim own   200 200 201 204 200 201",
            "Wim other 200 200 201 204 200 201",
            "Mia own   200 200 201 204 200 201",
            "Mia other 200 200 201 204 200 201",
            "Nora own   404 404 404 404 404 422",
            "Nora other 404 404 404 404 404 422",
        ]
    );
}

/// A ticket of somebody else in an area, and one of the agent's own; their numbers.
async fn pair(world: &World, erp: &Program, area: &str, agent: AgentId, word: &str) -> [String; 2] {
    let body = || json!({ "subject": word, "body_text": "x", "area": area });
    let other = number(&erp.post("/tickets", body()).await.done());
    let own = number(&erp.post("/tickets", body()).await.done());
    world.gives(&own, agent).await;
    [other, own]
}

/// What everybody may see follows from one table; what lists, search and single tickets show is asked of
/// the product.
///
/// Proves F-PERM-01, F-PERM-12.
async fn every_way_shows_the_same_tickets_whatever_the_levels(world: World) {
    let erp = administrator(&world).await;
    world.area("geheim").await;
    let elsewhere = [None, Some(Level::Own), Some(Level::Read), Some(Level::Work)];
    let levels = elsewhere.map(Some).into_iter().chain([None]);
    let cases = levels.flat_map(|secret| elsewhere.map(|elsewhere| (secret, elsewhere)));
    for (place, (secret, elsewhere)) in cases.enumerate() {
        let name = format!("Ben{place}");
        let areas: Vec<_> = secret.map(|level| ("geheim", level)).into_iter().collect();
        let browser = world.agent_with(&name, elsewhere, &areas).await;
        let ben = program(&world, browser.agent, &Scope::ALL).await;
        for (area, level) in [("support", elsewhere), ("geheim", secret.unwrap_or(elsewhere))] {
            let word = format!("kanari{place}{area}");
            let [other, own] = pair(&world, &erp, area, browser.agent, &word).await;
            let listed = ben.get("/tickets?limit=200").await.done().to_string();
            let found = ben.get(&format!("/tickets?query={word}")).await.done().to_string();
            let inbox = browser.get(&format!("/inbox?q={word}")).await.words();
            let searched = browser.get(&format!("/search?q={word}")).await.words();
            for (number, is_own) in [(&other, false), (&own, true)] {
                let may_see = level >= Some(Level::Read) || is_own && level == Some(Level::Own);
                let case = format!("{number} in {area}: {secret:?}, elsewhere {elsewhere:?}");
                let status = ben.get(&format!("/tickets/{number}")).await.status;
                assert_eq!(status, if may_see { 200 } else { 404 }, "{case}");
                for shown in [&listed, &found, &inbox, &searched] {
                    assert_eq!(shown.contains(number.as_str()), may_see, "{case}: {shown}");
                }
            }
        }
    }
}

async fn what_is_not_visible_is_not_there(world: World) {
    let erp = administrator(&world).await;
    world.area("geheim").await;
    let upload = erp.post_bytes("/uploads?name=a.txt", &[], "CANARY-1").await.done();
    let body = json!({
        "subject": "CANARY-2", "body_text": "CANARY-3", "area": "geheim", "tags": ["CANARY-4"],
        "attachments": [upload["id"]],
    });
    let ticket = erp.post("/tickets", body).await.done();
    let path = format!("/tickets/{}", number(&ticket));
    let ben = world.agent_of("Ben", &[("support", Level::Manage)]).await;
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    let file = format!("/attachments/{}", upload["id"].as_str().unwrap());
    let public = format!("/tickets/{}", ticket["public_id"].as_str().unwrap());
    let nothing = ben.get("/tickets/TS2611-9999").await;
    for path in [&path, &public, &format!("{path}/messages"), &format!("{path}/history"), &file] {
        let answer = ben.get(path).await;
        assert_eq!(answer.problem(), "404 not_found", "{path}");
        assert_eq!(answer.bytes, nothing.bytes, "{path}");
    }
    for act in ["claim", "unclaim", "close", "reopen"] {
        assert_eq!(ben.act(&format!("{path}/{act}")).await.problem(), "404 not_found", "{act}");
    }
    for path in
        ["/tickets", "/tickets?query=CANARY-3", "/areas", "/tickets?query=schlagwort:CANARY-4"]
    {
        let shown = ben.get(path).await.done().to_string();
        assert!(!shown.contains("CANARY-2") && !shown.contains("geheim"), "{path}: {shown}");
    }
    assert_eq!(ben.get("/areas/geheim").await.problem(), "404 not_found");
    let own = ben.ticket("Eigenes").await;
    let moved = ben.patch(&format!("/tickets/{own}"), json!({ "area": "geheim" })).await;
    assert_eq!(moved.fields(), "area unknown");
    let body = json!({ "subject": "x", "body_text": "x", "attachments": [upload["id"]] });
    assert_eq!(ben.post("/tickets", body).await.fields(), "attachments[0] unknown");
    for odd in ["-1", "0", "9223372036854775808", "x", "%00", "1%2F2"] {
        assert_eq!(
            ben.get(&format!("/attachments/{odd}")).await.problem(),
            "404 not_found",
            "{odd}"
        );
        assert_eq!(ben.get(&format!("/tickets/{odd}")).await.problem(), "404 not_found", "{odd}");
        assert_eq!(ben.get(&format!("/mails/{odd}")).await.problem(), "404 not_found", "{odd}");
    }
}

async fn settings_are_for_those_who_set_up_the_house(world: World) {
    administrator(&world).await;
    let ben = world.agent("Ben").await;
    let ben = program(&world, ben.agent, &Scope::ALL).await;
    let entry = json!({ "name": "x" });
    for list in ["areas", "queues", "request_types", "categories", "priorities"] {
        ben.get(&format!("/{list}")).await.done();
        let answer = ben.post(&format!("/{list}"), entry.clone()).await;
        assert_eq!(answer.problem(), "403 not_allowed", "{list}");
    }
    let answer = ben.patch("/statuses/neu", entry.clone()).await;
    assert_eq!(answer.problem(), "403 not_allowed");
    assert_eq!(ben.delete_if("*", "/statuses/neu").await.problem(), "403 not_allowed");
    assert_eq!(ben.get("/settings").await.problem(), "403 not_allowed");
    assert_eq!(ben.patch("/settings", json!({})).await.problem(), "403 not_allowed");
    let agents = ben.get("/agents").await.done();
    assert_eq!(agents["items"][0]["name"], "Anna");
    assert_eq!(agents["items"][0]["rights"], json!(null));
    let agent = json!({ "name": "x", "email": "x@team.example" });
    assert_eq!(ben.post("/agents", agent).await.problem(), "403 not_allowed");
    let me = ben.get("/me").await.done();
    let path = format!("/agents/{}", me["agent"]["id"].as_str().unwrap());
    let more = ben.patch(&path, json!({ "role": "administrator" })).await;
    assert_eq!(more.problem(), "403 not_allowed");
    let mailbox = json!({ "name": "x", "addresses": ["x@firma.example"], "area": "support" });
    assert_eq!(ben.post("/mailboxes", mailbox).await.problem(), "403 not_allowed");
}

async fn contacts_are_written_by_those_who_work(world: World) {
    let erp = administrator(&world).await;
    erp.post("/contacts", json!({ "name": "Ann" })).await.done();
    let rita = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let rita = program(&world, rita.agent, &Scope::ALL).await;
    assert_eq!(rita.get("/contacts").await.done()["items"][0]["name"], "Ann");
    let new = json!({ "name": "Ben" });
    assert_eq!(rita.post("/contacts", new.clone()).await.problem(), "403 not_allowed");
    assert_eq!(rita.post("/companies", new).await.problem(), "403 not_allowed");
    let nora = world.agent_of("Nora", &[]).await;
    let nora = program(&world, nora.agent, &Scope::ALL).await;
    assert_eq!(nora.get("/contacts").await.problem(), "403 not_allowed");
    assert_eq!(nora.get("/companies").await.problem(), "403 not_allowed");
}

async fn mails_are_for_those_who_read_the_area(world: World) {
    world.area("technik").await;
    world.mailbox("hilfe", "technik").await;
    let mail = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: CANARY\n\nx\n";
    let outcome = world.mail("hilfe", mail).await;
    let path = format!("/mails/{}", outcome.mail);
    let table = [
        ("Olga", Level::Own, "0 404 404 404 404"),
        ("Rita", Level::Read, "1 200 200 403 403"),
        ("Wim", Level::Work, "1 200 200 409 201"),
    ];
    for (name, level, expected) in table {
        let agent = world.agent_of(name, &[("technik", level)]).await;
        let program = program(&world, agent.agent, &Scope::ALL).await;
        let listed = program.get("/mails").await.done()["items"].as_array().unwrap().len();
        let mail = "From: ann@kunde.example\r\n\r\nx\r\n".to_owned();
        let kind = [("content-type", "message/rfc822")];
        let got = [
            program.get(&path).await.status,
            program.get(&format!("{path}/raw")).await.status,
            program.act(&format!("{path}/retry")).await.status,
            program.post_bytes("/mailboxes/hilfe/mails", &kind, mail).await.status,
        ];
        let got = got.map(|status| status.to_string()).join(" ");
        assert_eq!(format!("{listed} {got}"), expected, "{name}");
    }
}
