//! Tokens: who they are, what they may, when they end.

use laufzettel::feature::tokens::{CreateToken, NewToken};
use laufzettel::record::actor::Scope;
use laufzettel::record::administration::By;
use serde_json::json;

use super::{Program, administrator, program, worker};
use crate::world::World;

testkit::on_both_engines!(
    without_a_token_that_counts_there_is_nothing,
    a_cookie_is_no_token_and_a_token_no_cookie,
    a_token_is_shown_once_and_revoked_at_once,
    a_token_ends_on_its_day,
    a_token_makes_none_that_may_more,
    only_administrators_make_tokens_for_others,
    a_token_of_somebody_who_left_is_worth_nothing,
    a_token_knows_who_it_is,
);

async fn without_a_token_that_counts_there_is_nothing(world: World) {
    let anna = administrator(&world).await;
    anna.get("/me").await.done();
    for token in ["", " ", "0", "[]", "null", "lz_", "lz_AAAA", "ö"] {
        let stranger = Program::with_token(&world, token);
        let answer = stranger.get("/me").await;
        assert_eq!(answer.problem(), "401 unauthorized", "{token:?}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{token:?}");
        let posted = stranger.post("/tickets", json!({ "subject": "x" })).await;
        assert_eq!(posted.problem(), "401 unauthorized", "{token:?}");
    }
}

async fn a_cookie_is_no_token_and_a_token_no_cookie(world: World) {
    let anna = world.administrator("Anna").await;
    assert_eq!(anna.get("/inbox").await.status, 200);
    let by_cookie = anna.get("/api/v1/me").await;
    assert_eq!(by_cookie.status, 401);
    let posted = anna.post("/api/v1/tickets", "subject=x").await;
    assert_eq!(posted.status, 401);
    let token = NewToken::make(&world.app, "ERP", &Scope::ALL, None);
    let by = By::command(&world.app.ids, world.app.now());
    world.app.db.write(&CreateToken { token: &token, agent: anna.agent, by }).await.unwrap();
    Program::with_token(&world, token.secret()).get("/me").await.done();
    let browser =
        crate::world::browser::Browser::new(world.router.clone(), anna.agent, token.secret());
    assert_eq!(browser.get("/inbox").await.status, 303);
}

async fn a_token_is_shown_once_and_revoked_at_once(world: World) {
    let anna = administrator(&world).await;
    let body = json!({ "name": "Lager", "scopes": ["tickets:read"] });
    let made = anna.post_once("k1", "/tokens", body.clone()).await;
    let token = made.done();
    let secret = token["token"].as_str().unwrap();
    assert!(secret.starts_with("lz_") && secret.len() == 46, "{secret}");
    assert_eq!(
        made.header("location"),
        format!("/api/v1/tokens/{}", token["id"].as_str().unwrap())
    );
    let lager = Program::with_token(&world, secret);
    lager.get("/tickets").await.done();

    let again = anna.post_once("k1", "/tokens", body).await;
    assert_eq!((again.status, &again.bytes), (201, &made.bytes));
    assert_eq!(again.header("location"), made.header("location"));
    let kept: Vec<Kept> =
        world.app.db.all(db::sql!("select body from idempotency"), []).await.unwrap();
    assert!(kept.iter().all(|kept| !kept.body.contains(secret)), "it is kept sealed");
    assert_eq!(kept.len(), 1);
    let other = json!({ "name": "Anders", "scopes": ["tickets:read"] });
    let reused = anna.post_once("k1", "/tokens", other).await;
    assert_eq!(reused.problem(), "422 idempotency_key_reused");
    let listed = anna.get("/tokens").await.done();
    assert_eq!(listed["items"][0]["name"], "Lager");
    assert_eq!(listed["items"][0]["token"], json!(null));
    assert!(!anna.get("/tokens").await.json().to_string().contains(secret));

    let path = format!("/tokens/{}", token["id"].as_str().unwrap());
    assert_eq!(anna.delete(&path).await.status, 204);
    assert_eq!(lager.get("/tickets").await.problem(), "401 unauthorized");
    assert_ne!(anna.get(&path).await.done()["revoked_at"], json!(null));
}

db::from_row! {
    struct Kept {
        body: String,
    }
}

async fn a_token_ends_on_its_day(world: World) {
    let anna = administrator(&world).await;
    let body = json!({ "name": "Kurz", "scopes": ["tickets:read"], "expires_days": 2 });
    let token = anna.post("/tokens", body).await.done();
    assert_eq!(token["expires_at"], "2026-11-23T09:00:00Z");
    let short = Program::with_token(&world, token["token"].as_str().unwrap());
    world.minutes_pass(2 * 24 * 60 - 1);
    short.get("/tickets").await.done();
    world.minutes_pass(1);
    assert_eq!(short.get("/tickets").await.problem(), "401 unauthorized");
}

async fn a_token_makes_none_that_may_more(world: World) {
    let anna = world.administrator("Anna").await;
    let small = program(&world, anna.agent, &[Scope::Settings]).await;
    let body = json!({ "name": "x", "scopes": ["settings", "tickets:write"] });
    assert_eq!(small.post("/tokens", body).await.problem(), "403 missing_scope");
    let body = json!({ "name": "x", "scopes": ["settings"] });
    assert_eq!(small.post("/tokens", body).await.status, 201);
    let wrong = json!({ "name": " ", "scopes": ["everything"], "expires_days": 0 });
    let fields = small.post("/tokens", wrong).await.fields();
    assert_eq!(fields, "scopes[0] unknown, expires_days out_of_range");
}

async fn only_administrators_make_tokens_for_others(world: World) {
    let anna = administrator(&world).await;
    let ben = worker(&world, "Ben").await;
    let body = json!({ "name": "x", "agent": "anna@team.example", "scopes": ["settings"] });
    assert_eq!(ben.post("/tokens", body.clone()).await.problem(), "403 not_allowed");
    let body = json!({ "name": "x", "agent": "ben@team.example", "scopes": ["tickets:read"] });
    let token = anna.post("/tokens", body).await.done();
    let other = Program::with_token(&world, token["token"].as_str().unwrap());
    assert_eq!(other.get("/me").await.done()["agent"]["email"], "ben@team.example");
    let path = format!("/tokens/{}", token["id"].as_str().unwrap());
    ben.get(&path).await.done();
    let cem = worker(&world, "Cem").await;
    assert_eq!(cem.get(&path).await.problem(), "404 not_found");
    assert_eq!(cem.delete(&path).await.problem(), "404 not_found");
    assert_eq!(cem.get("/tokens?agent=ben@team.example").await.problem(), "403 not_allowed");
}

async fn a_token_of_somebody_who_left_is_worth_nothing(world: World) {
    let anna = administrator(&world).await;
    let ben = worker(&world, "Ben").await;
    let me = ben.get("/me").await.done();
    let path = format!("/agents/{}", me["agent"]["id"].as_str().unwrap());
    assert_eq!(anna.delete_if("*", &path).await.status, 204);
    assert_eq!(ben.get("/me").await.problem(), "401 unauthorized");
}

async fn a_token_knows_who_it_is(world: World) {
    world.area("technik").await;
    let ben = world.agent_of("Ben", &[("technik", rules::right::Level::Own)]).await;
    let program = program(&world, ben.agent, &[Scope::TicketsRead, Scope::MailsRead]).await;
    let me = program.get("/me").await.done();
    assert_eq!(me["agent"]["name"], "Ben");
    assert_eq!(me["role"], "agent");
    assert_eq!(me["scopes"], json!(["tickets:read", "mails:read"]));
    let technik = json!({ "key": "technik", "name": "technik" });
    assert_eq!(me["areas"], json!([{ "area": technik, "level": "own" }]));
    assert_eq!(me["flags"], json!(["create", "delete"]));
    assert_eq!(me["caller"], "ERP");
}
