//! Mails that no rule could place, and the reconciliations of mailboxes, by the API.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};
use testkit::imap_server::ImapServer;

use super::{Program, administrator, program};
use crate::world::World;
use crate::world::fetching::Journal;
use crate::world::mails::Setting;

testkit::on_both_engines!(
    a_program_puts_a_mail_into_a_ticket_once,
    a_program_makes_a_ticket_of_a_mail_once,
    a_mail_is_discarded_and_comes_back,
    a_mail_that_was_sorted_out_is_placed,
    what_cannot_be_placed_is_refused_with_its_reason,
    a_mailbox_is_reconciled_and_its_figures_are_listed,
    a_mailbox_with_a_server_is_reconciled_by_whoever_fetches_it,
);

/// A ticket of Ann's, and a mailbox that takes nobody whom it does not know.
async fn house(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    let ann = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Drucker raucht\n\
        Message-ID: <m1@kunde.example>\n\nEr raucht.\n";
    let number = world.mail("hilfe", ann).await.ticket.unwrap();
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    number
}

/// The address of a mail that nobody could place.
async fn unassigned(world: &World, id: &str) -> String {
    let mail = format!(
        "From: Eve Fremd <eve@anders.example>\nTo: hilfe@firma.example\nSubject: Frage {id}\n\
         Message-ID: <{id}@anders.example>\n\nText {id} steht hier.\n"
    );
    let outcome = world.mail("hilfe", &mail).await;
    assert_eq!(outcome.outcome, "unassigned");
    format!("/mails/{}", outcome.mail)
}

async fn messages(erp: &Program, number: &str) -> usize {
    let listed = erp.get(&format!("/tickets/{number}/messages")).await.done();
    listed["items"].as_array().unwrap().len()
}

/// Proves F-MAIL-32.
async fn a_program_puts_a_mail_into_a_ticket_once(world: World) {
    let number = house(&world).await;
    let mail = unassigned(&world, "e1").await;
    let erp = administrator(&world).await;
    let key = "placing-1";
    let body = json!({ "ticket": number });
    let path = format!("{mail}/assign");
    for _ in 0..2 {
        let placed = erp.post_once(key, &path, body.clone()).await;
        assert_eq!(placed.status, 200);
        let placed = placed.done();
        assert_eq!((&placed["outcome"], &placed["ticket"]), (&json!("follow_up"), &json!(number)));
        assert!(mail.ends_with(placed["mail"].as_str().unwrap()));
    }
    assert_eq!(messages(&erp, &number).await, 2, "once, however often it is asked for");
    let entry = erp.get(&mail).await.done();
    assert_eq!((&entry["ticket"], &entry["state"]), (&json!(number), &json!("applied")));
    assert_eq!(entry["evidence"][0]["clue"], "placed_by");
    assert_eq!(erp.post(&path, body).await.problem(), "409 not_open");
}

/// Proves F-MAIL-32.
async fn a_program_makes_a_ticket_of_a_mail_once(world: World) {
    house(&world).await;
    let mail = unassigned(&world, "e1").await;
    let erp = administrator(&world).await;
    let key = "placing-2";
    let path = format!("{mail}/create_ticket");
    let first = erp.post_once(key, &path, json!({})).await;
    assert_eq!(first.status, 201);
    let (location, made) = (first.header("location").to_owned(), first.done());
    assert_eq!(made["outcome"], "new_ticket");
    let number = made["ticket"].as_str().unwrap().to_owned();
    assert_eq!(location, format!("/api/v1/tickets/{number}"));
    assert_eq!(erp.post_once(key, &path, json!({})).await.done(), made);
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["subject"], "Frage e1");
    assert_eq!(ticket["requester"]["email"], "eve@anders.example");
    assert_eq!(messages(&erp, &number).await, 1);
    assert_eq!(erp.post(&path, json!({})).await.problem(), "409 not_open");
}

async fn a_mail_is_discarded_and_comes_back(world: World) {
    let number = house(&world).await;
    let mail = unassigned(&world, "e1").await;
    let erp = administrator(&world).await;
    let act = async |what: &str| erp.post(&format!("{mail}/{what}"), json!({})).await;
    assert_eq!(act("restore").await.problem(), "409 not_open");
    let discarded = act("discard").await.done();
    assert_eq!((&discarded["outcome"], &discarded["ticket"]), (&json!("filtered"), &Value::Null));
    assert_eq!(act("discard").await.problem(), "409 not_open");
    assert_eq!(erp.get(&mail).await.done()["problem"], "discarded");
    assert_eq!(act("restore").await.done()["outcome"], "unassigned");
    let placed = erp.post(&format!("{mail}/assign"), json!({ "ticket": number })).await;
    assert_eq!(placed.status, 200);
}

/// Proves F-MAIL-32.
async fn a_mail_that_was_sorted_out_is_placed(world: World) {
    let number = house(&world).await;
    let form = "From: Webshop <shop@anders.example>\nTo: hilfe@firma.example\nSubject: Bestellung\n\
        Message-ID: <s1@anders.example>\nAuto-Submitted: auto-generated\n\nZwei Stuehle.\n";
    let outcome = world.mail("hilfe", form).await;
    assert_eq!(outcome.outcome, "filtered");
    let mail = format!("/mails/{}", outcome.mail);
    let erp = administrator(&world).await;
    let discard = erp.post(&format!("{mail}/discard"), json!({})).await;
    assert_eq!(discard.problem(), "409 not_open", "it is put aside already");
    let placed = erp.post(&format!("{mail}/assign"), json!({ "ticket": number })).await;
    assert_eq!((placed.status, &placed.done()["outcome"]), (200, &json!("follow_up")));
    assert_eq!(messages(&erp, &number).await, 2);
    let made = erp.post(&format!("{mail}/create_ticket"), json!({})).await;
    assert_eq!(made.problem(), "409 not_open", "it lies in a ticket");
}

async fn what_cannot_be_placed_is_refused_with_its_reason(world: World) {
    let number = house(&world).await;
    let mail = unassigned(&world, "e1").await;
    let erp = administrator(&world).await;
    let assign = format!("{mail}/assign");
    let nothing = erp.post(&assign, json!({ "ticket": "TS2611-9999" })).await;
    assert_eq!(nothing.fields(), "ticket unknown");
    assert_eq!(erp.post(&assign, json!({})).await.status, 422);
    let to = json!({ "ticket": number });
    assert_eq!(erp.post("/mails/12345/assign", to.clone()).await.problem(), "404 not_found");
    assert_eq!(erp.post("/mails/x/discard", json!({})).await.problem(), "404 not_found");

    // Who only reads the area sees the mail and places nothing; who does not enter it sees nothing.
    let reader = world.agent_of("Lea", &[("support", Level::Read)]).await;
    let lea = program(&world, reader.agent, &Scope::ALL).await;
    let stranger = world.agent_of("Udo", &[]).await;
    let udo = program(&world, stranger.agent, &Scope::ALL).await;
    for what in ["assign", "create_ticket", "discard", "restore"] {
        let body = if what == "assign" { to.clone() } else { json!({}) };
        let path = format!("{mail}/{what}");
        assert_eq!(lea.post(&path, body.clone()).await.status, 403, "{what}");
        assert_eq!(udo.post(&path, body).await.status, 404, "{what}");
    }
    assert_eq!(erp.get(&mail).await.done()["outcome"], "unassigned", "nothing was done");
}

async fn a_mailbox_is_reconciled_and_its_figures_are_listed(world: World) {
    house(&world).await;
    unassigned(&world, "e1").await;
    let erp = administrator(&world).await;
    let list = "/mailboxes/hilfe/reconciliations";
    assert_eq!(erp.get(list).await.done(), json!({ "items": [], "next": null }));
    let done = erp.post("/mailboxes/hilfe/reconcile", json!({})).await.done();
    assert_eq!(done, json!({ "mailbox": "hilfe", "outcome": "done" }));
    world.minutes_pass(1);
    let key = "reconcile-1";
    for _ in 0..2 {
        erp.post_once(key, "/mailboxes/hilfe/reconcile", json!({})).await.done();
    }
    let all = erp.get(list).await.done();
    assert_eq!(all["items"].as_array().unwrap().len(), 2, "a repeated request counts once");
    let newest = &all["items"][0];
    let figures = ["difference", "in_journal", "in_tickets", "unassigned", "lost"];
    assert_eq!(figures.map(|figure| newest[figure].as_i64().unwrap()), [0, 2, 1, 1, 0]);
    assert_eq!(newest["on_server"], Value::Null, "its mails are brought");
    // Page by page, newest first.
    let first = erp.get(&format!("{list}?limit=1")).await.done();
    assert_eq!(first["items"][0], *newest);
    let next = first["next"].as_str().unwrap();
    let second = erp.get(&format!("{list}?limit=1&cursor={next}")).await.done();
    assert_eq!((&second["items"][0], &second["next"]), (&all["items"][1], &Value::Null));

    let reader = world.agent_of("Lea", &[("support", Level::Read)]).await;
    let lea = program(&world, reader.agent, &Scope::ALL).await;
    assert_eq!(lea.get(list).await.status, 200);
    assert_eq!(lea.post("/mailboxes/hilfe/reconcile", json!({})).await.status, 403);
    assert_eq!(erp.get("/mailboxes/weg/reconciliations").await.problem(), "404 not_found");
}

async fn a_mailbox_with_a_server_is_reconciled_by_whoever_fetches_it(world: World) {
    let imap = ImapServer::start();
    imap.put("INBOX", b"From: a@k.example\r\nSubject: Hallo\r\n\r\nText\r\n");
    let erp = administrator(&world).await;
    let source = json!({ "kind": "imap", "host": "127.0.0.1", "port": imap.port(), "tls": "none",
        "user": "hilfe", "password": "geheim" });
    let body = json!({ "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source, "from_date": null });
    erp.post("/mailboxes", body).await.done();
    world.app.forget_lists();
    let wished = erp.post("/mailboxes/hilfe/reconcile", json!({ "fetch": true })).await.done();
    assert_eq!(wished, json!({ "mailbox": "hilfe", "outcome": "accepted" }));
    let _fetching = world.fetching();
    let is_applied = |journal: &[Journal]| journal.iter().any(|mail| mail.state == "applied");
    world.journal_when(is_applied).await;
    let listed = async || erp.get("/mailboxes/hilfe/reconciliations").await.done();
    let mut last = listed().await;
    for _ in 0..500 {
        if last["items"][0]["on_server"] == 1 {
            break;
        }
        testkit::wait::pass(std::time::Duration::from_millis(10));
        last = listed().await;
    }
    assert_eq!(last["items"][0]["on_server"], 1, "{last}");
    assert_eq!(last["items"][0]["missing"], 0, "{last}");
    erp.patch("/mailboxes/hilfe", json!({ "enabled": false })).await.done();
    world.app.forget_lists();
    let off = erp.post("/mailboxes/hilfe/reconcile", json!({})).await;
    assert_eq!(off.problem(), "409 switched_off");
}
