//! What those see who watch over a running Laufzettel.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::StatusCode;
use laufzettel::http::server::Peer;
use laufzettel::record::actor::Scope;
use laufzettel::service::watch::Round;

use crate::api::token;
use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    figures_are_for_this_machine_and_for_administrators,
    figures_tell_what_was_done_and_are_read_seldom,
    a_rule_of_alerts_names_figures_that_there_are,
    administrators_see_what_runs_in_the_background,
);

async fn ask(browser: &Browser, peer: Option<&str>, header: Option<(&str, &str)>) -> Answered {
    let mut request = browser.request("GET", "/metrics");
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    if let Some(peer) = peer {
        request = request.extension(Peer(peer.parse().unwrap()));
    }
    browser.send(request.body(Body::empty()).unwrap()).await
}

pub async fn figures(browser: &Browser) -> String {
    let answer = ask(browser, Some("127.0.0.1"), None).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.text()
}

/// Somebody behind a proxy on this machine is not this machine.
async fn figures_are_for_this_machine_and_for_administrators(world: World) {
    let ben = world.administrator("Ben").await;
    let status = async |peer, header| ask(&ben, peer, header).await.status.as_u16();
    assert_eq!(status(Some("127.0.0.1"), None).await, 200);
    assert_eq!(status(Some("::1"), None).await, 200);
    assert_eq!(status(Some("::ffff:127.0.0.1"), None).await, 200);
    for name in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        assert_eq!(status(Some("127.0.0.1"), Some((name, "127.0.0.1"))).await, 404, "{name}");
    }
    assert_eq!(status(Some("192.0.2.7"), None).await, 404);
    assert_eq!(status(None, None).await, 404, "a session is not enough");
    let admin = format!("Bearer {}", token(&world, ben.agent, &Scope::ALL).await);
    assert_eq!(status(Some("192.0.2.7"), Some(("authorization", &admin))).await, 200);
    let eva = world.agent("Eva").await;
    let agent = format!("Bearer {}", token(&world, eva.agent, &Scope::ALL).await);
    assert_eq!(status(Some("192.0.2.7"), Some(("authorization", &agent))).await, 404);
}

async fn figures_tell_what_was_done_and_are_read_seldom(world: World) {
    let ben = world.administrator("Ben").await;
    world.mailbox("hilfe", "support").await;
    let mail =
        "From: Ann <ann@kunde.example>\nSubject: Frage\nMessage-ID: <1@kunde.example>\n\n?\n";
    world.mail("hilfe", mail).await;
    ben.get("/inbox").await;
    ben.get("/nowhere").await;
    let text = figures(&ben).await;
    for line in [
        "laufzettel_intake_decisions_total{outcome=\"new_ticket\"} 1",
        "laufzettel_inbound_mails{state=\"stored\"} 0",
        "laufzettel_inbound_oldest_undecided_seconds 0",
        "laufzettel_outbound_mails{state=\"queued\"} 0",
        "laufzettel_http_requests_total{route=\"page\",status=\"2xx\"} 1",
        "laufzettel_http_requests_total{route=\"page\",status=\"4xx\"} 1",
        "laufzettel_http_request_duration_seconds_count{route=\"page\"} 2",
        "laufzettel_storage_full 0",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    assert!(!text.contains("laufzettel_database_write_duration_seconds_count 0"));
    let before = world.app.db.statements_run();
    figures(&ben).await;
    assert_eq!(world.app.db.statements_run(), before, "asked again at once, nothing is read");
}

async fn a_rule_of_alerts_names_figures_that_there_are(world: World) {
    let ben = world.administrator("Ben").await;
    world.app.watch.ran(Round::Intake, world.app.now(), &Ok(()));
    world.app.db.write(&world.app.watch.take_rounds()).await.unwrap();
    let text = figures(&ben).await;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/prometheus/alerts.yml");
    let rules = fs::read_to_string(rules).unwrap();
    let expressions = rules.lines().filter_map(|line| line.trim().strip_prefix("expr: "));
    let mut named = 0;
    for expression in expressions {
        for word in expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let Some(figure) = word.strip_prefix("laufzettel_") else { continue };
            let figure = figure.trim_end_matches("_bucket");
            named += 1;
            assert!(text.contains(&format!("# TYPE laufzettel_{figure} ")), "{word}");
        }
    }
    assert!(named >= 8, "only {named} figures are watched");
}

/// Proves F-ADM-07.
async fn administrators_see_what_runs_in_the_background(world: World) {
    let ben = world.administrator("Ben").await;
    let eva = world.agent("Eva").await;
    assert_eq!(eva.get("/jobs").await.status, StatusCode::FORBIDDEN);
    assert!(ben.get("/jobs").await.words().contains("Postfächer abrufen noch nicht gelaufen – –"));

    let broken: db::Result<()> = Err(db::Failure::other("the disk is gone"));
    world.app.watch.ran(Round::Fetching, world.app.now(), &Ok(()));
    world.app.watch.ran(Round::Sending, world.app.now(), &broken);
    world.app.db.write(&world.app.watch.take_rounds()).await.unwrap();
    let words = ben.get("/jobs").await.words();
    assert!(words.contains("in Ordnung"), "{words}");
    assert!(words.contains("fehlgeschlagen the disk is gone"), "{words}");
    assert!(!words.contains("überfällig"), "{words}");

    world.minutes_pass(5);
    let words = ben.get("/jobs").await.words();
    assert_eq!(words.matches("überfällig").count(), 2, "{words}");
}
