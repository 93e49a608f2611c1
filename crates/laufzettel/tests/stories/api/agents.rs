//! Agents by the API.

use laufzettel::record::actor::Scope;
use serde_json::json;

use super::{administrator, program};
use crate::world::World;

testkit::on_both_engines!(
    an_agent_is_added_with_rights_and_signs_in,
    rights_count_at_once,
    somebody_must_be_able_to_administrate,
    what_is_wrong_with_an_agent_is_named,
    an_agent_has_what_stands_below_his_answers,
);

async fn an_agent_is_added_with_rights_and_signs_in(world: World) {
    let erp = administrator(&world).await;
    world.area("technik").await;
    let body = json!({
        "name": "Ben Ott", "email": "Ben@Team.example", "password": "lang genug",
        "level_elsewhere": "none", "areas": { "technik": "own", "support": "read" },
        "flags": ["create"], "language": "en",
    });
    let made = erp.post("/agents", body).await;
    let ben = made.done();
    assert_eq!(ben["email"], "ben@team.example");
    let rights = json!({
        "role": "agent", "level_elsewhere": "none", "flags": ["create"], "language": "en",
        "areas": { "support": "read", "technik": "own" }, "created_at": "2026-11-21T09:00:00Z",
    });
    assert_eq!(ben["rights"], rights);
    assert!(!made.json().to_string().contains("lang genug"));
    let stranger = crate::world::browser::Browser::new(
        world.router.clone(),
        laufzettel::record::AgentId::from_number(1),
        "",
    );
    let signed = stranger.post("/signin", "address=ben%40team.example&password=lang+genug").await;
    assert_eq!(signed.status, 303);
    assert!(signed.header("set-cookie").starts_with("__Host-laufzettel="));
    let path = format!("/agents/{}", ben["id"].as_str().unwrap());
    let changed = erp.patch_if("\"v1\"", &path, json!({ "name": "Ben O.", "flags": null })).await;
    let changed = changed.done();
    assert_eq!((&changed["name"], &changed["version"]), (&json!("Ben O."), &json!(2)));
    assert_eq!(changed["rights"]["flags"], json!(null));
    assert_eq!(changed["rights"]["areas"], rights["areas"]);
    let stale = erp.patch_if("\"v1\"", &path, json!({ "name": "x" })).await;
    assert_eq!(stale.problem(), "412 stale");
}

async fn rights_count_at_once(world: World) {
    let erp = administrator(&world).await;
    let number = erp.ticket("Drucker").await;
    let ben = world.agent("Ben").await;
    let path = format!("/agents/{}", ben.agent);
    let token = program(&world, ben.agent, &Scope::ALL).await;
    token.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ben.get("/inbox").await.status, 200);
    erp.patch(&path, json!({ "areas": { "support": "none" } })).await.done();
    assert_eq!(token.get(&format!("/tickets/{number}")).await.problem(), "404 not_found");
    // Another role ends the sessions, not the tokens.
    erp.patch(&path, json!({ "role": "read_only", "areas": {} })).await.done();
    assert_eq!(ben.get("/inbox").await.status, 303);
    token.get(&format!("/tickets/{number}")).await.done();
    let change = token.patch(&format!("/tickets/{number}"), json!({ "priority": "hoch" })).await;
    assert_eq!(change.problem(), "403 not_allowed");
}

async fn somebody_must_be_able_to_administrate(world: World) {
    let erp = administrator(&world).await;
    let me = erp.get("/me").await.done();
    let path = format!("/agents/{}", me["agent"]["id"].as_str().unwrap());
    assert_eq!(erp.delete_if("*", &path).await.problem(), "409 last_administrator");
    let role = erp.patch(&path, json!({ "role": "agent" })).await;
    assert_eq!(role.problem(), "409 last_administrator");
    let body = json!({ "name": "Ida", "email": "ida@team.example", "role": "administrator" });
    erp.post("/agents", body).await.done();
    erp.patch(&path, json!({ "role": "agent" })).await.done();
    assert_eq!(
        erp.patch(&path, json!({ "role": "administrator" })).await.problem(),
        "403 not_allowed"
    );
}

async fn what_is_wrong_with_an_agent_is_named(world: World) {
    let erp = administrator(&world).await;
    assert_eq!(
        erp.post("/agents", json!({})).await.fields(),
        "name missing_field, email missing_field"
    );
    let body = json!({
        "name": "x", "email": "kein", "role": "chef", "password": "kurz", "language": "fr",
        "level_elsewhere": "viel", "areas": { "nirgends": "own" }, "flags": ["alles"],
    });
    assert_eq!(
        erp.post("/agents", body).await.fields(),
        "password too_short, email invalid_email, role unknown, language unknown, \
         level_elsewhere unknown, areas.nirgends unknown, flags[0] unknown"
    );
    let taken = json!({ "name": "x", "email": "anna@team.example" });
    assert_eq!(erp.post("/agents", taken).await.fields(), "email taken");
    for column in ["id", "password_hash", "is_admin", "version", "created_at", "theme", "keys"] {
        let body = json!({ "name": "x", "email": "x@team.example", column: 1 });
        assert_eq!(erp.post("/agents", body).await.fields(), format!("{column} unknown_field"));
    }
    assert_eq!(erp.get("/agents").await.done()["items"].as_array().unwrap().len(), 1);
}

async fn an_agent_has_what_stands_below_his_answers(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let path = format!("/agents/{}", ben.agent);
    let own = async || {
        let agent = erp.get(&path).await.done();
        json!([agent["phone"], agent["signature"], agent["undo_seconds"], agent["notices"]])
    };
    assert_eq!(own().await, json!([null, null, 10, null]));
    let body = json!({
        "phone": " 0228 / 47 11 ", "signature": "<p>Ben</p><script>x()</script>",
        "undo_seconds": 0, "notices": ["failed", "assigned", "failed"],
    });
    erp.patch(&path, body).await.done();
    let expected = json!(["0228 / 47 11", "<p>Ben</p>", 0, ["failed", "assigned"]]);
    assert_eq!(own().await, expected);
    let directory = world.app.directory().await.unwrap();
    let person = directory.agent(ben.agent).unwrap();
    assert_eq!(person.signature.as_deref(), Some("<p>Ben</p>"));
    assert_eq!((person.wants("failed"), person.wants("answered")), (true, false));
    let cleared = json!({ "phone": null, "signature": "<p></p>", "notices": [] });
    erp.patch(&path, cleared).await.done();
    assert_eq!(own().await, json!([null, null, 0, []]));
    let odd = json!({ "undo_seconds": 31, "notices": ["all"], "phone": "1".repeat(61) });
    let expected = "phone too_long, undo_seconds out_of_range, notices[0] unknown";
    assert_eq!(erp.patch(&path, odd).await.fields(), expected);
}
