//! The automatic answer of a mailbox, and the loops that it must not feed: what left is what counts.

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};

use crate::api::{Program, administrator, program};
use crate::world::sent::Sent;
use crate::world::{Elsewhere, World};

testkit::on_both_engines!(
    a_new_ticket_is_answered_in_its_thread,
    a_follow_up_and_a_machine_are_not_answered,
    a_known_customer_gets_his_own_words_and_a_stranger_does_not,
    a_sender_is_answered_once_a_day_where_that_is_wanted,
    old_mails_and_imports_are_not_answered,
    the_page_sets_it_up_and_warns_without_the_number,
    two_installations_stop_answering_each_other,
    a_customers_autoresponder_without_any_mark_stops,
    a_forwarding_loop_over_a_third_address_stops_and_falls_silent,
    an_own_automatic_mail_that_comes_back_is_filtered,
    an_address_that_answers_too_fast_falls_silent_and_an_administrator_lifts_it,
);

const BODY: &str =
    "<p>{kontakt:anrede},</p><p>wir haben Ihre Nachricht erhalten: <b>{TICKET}</b>.</p>";

/// A mailbox that answers, and a sender for it.
async fn answering(world: &World) -> Program {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(world).await;
    let said = json!({ "enabled": true, "subject": "[#{TICKET}] Re: {BETREFF}", "body": BODY });
    erp.patch("/mailboxes/hilfe", json!({ "autoresponder": said })).await.done();
    world.app.forget_lists();
    erp
}

fn mail(from: &str, id: &str, subject: &str, rest: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\nMessage-ID: <{id}>\n{rest}\n\
         Das Regal wackelt.\n"
    )
}

fn header(sent: &Sent, name: &str) -> String {
    let mail = mail::read::read(&sent.raw);
    mail.header(name).unwrap_or_default().to_owned()
}

fn bare(id: &str) -> String {
    id.trim_matches(['<', '>']).to_owned()
}

fn silence(evidence: &Value) -> String {
    let clues = evidence.as_array().cloned().unwrap_or_default();
    let found = clues.iter().find(|clue| clue["clue"] == "not_answered");
    found.map_or(String::new(), |clue| clue["detail"].as_str().unwrap().to_owned())
}

/// Ann answers a mail of ours by its signed name: from now on she is known to read them.
async fn proves(world: &World, address: &str) {
    let first = mail(address, "p0@kunde.example", "Vorab", "");
    world.mail("hilfe", &first).await;
    let id = bare(&header(world.sent().await.last().unwrap(), "Message-ID"));
    let rest = format!("In-Reply-To: <{id}>\n");
    let outcome = world.mail("hilfe", &mail(address, "p1@kunde.example", "AW: Vorab", &rest)).await;
    assert_eq!(outcome.outcome, "follow_up");
    // A day later the answers of today are forgotten.
    world.minutes_pass(25 * 60);
}

/// Proves F-MAIL-50, F-MAIL-51, F-MAIL-54.
async fn a_new_ticket_is_answered_in_its_thread(world: World) {
    let erp = answering(&world).await;
    let outcome =
        world.mail("hilfe", &mail("Ann <ann@kunde.example>", "1@kunde.example", "Regal", "")).await;
    let number = outcome.ticket.unwrap();
    let sent = world.sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].to, ["ann@kunde.example"]);
    assert_eq!((sent[0].kind.as_str(), sent[0].envelope_from.as_str()), ("automatic", ""));
    assert_eq!(header(&sent[0], "Auto-Submitted"), "auto-replied");
    assert!(header(&sent[0], "In-Reply-To").contains("1@kunde.example"));
    assert_eq!(header(&sent[0], "From"), "\"hilfe\" <hilfe@firma.example>");
    assert!(sent[0].subject.starts_with(&format!("[#{number}] ")), "{}", sent[0].subject);
    assert!(sent[0].text.contains(&format!("erhalten: {number}.")), "{}", sent[0].text);
    assert!(sent[0].text.contains("Guten Tag,"), "{}", sent[0].text);
    let raw = String::from_utf8_lossy(&sent[0].raw).into_owned();
    assert!(raw.contains("text/html"), "{raw}");
    let history = erp.get(&format!("/tickets/{number}/history")).await.done();
    assert!(history.to_string().contains("\"acknowledged\""), "{history}");
    // Her answer to it finds its ticket, by the name of the mail alone.
    let rest = format!("In-Reply-To: {}\n", header(&sent[0], "Message-ID"));
    let again = mail("ann@kunde.example", "2@kunde.example", "Noch etwas", &rest);
    let outcome = world.mail("hilfe", &again).await;
    assert_eq!(outcome.ticket, Some(number));
    assert_eq!(world.sent().await.len(), 1, "a follow-up is not answered");
}

async fn a_follow_up_and_a_machine_are_not_answered(world: World) {
    answering(&world).await;
    let team = world.agent("Ben").await;
    drop(team);
    let cases = [
        ("ann@kunde.example", "Auto-Submitted: auto-generated\n", ""),
        ("liste@kunde.example", "List-Id: <a.kunde.example>\n", "not_wanted"),
        ("werbung@kunde.example", "Precedence: bulk\n", "not_wanted"),
        ("noreply@kunde.example", "", "not_wanted"),
        ("ann@kunde.example", "Return-Path: <>\n", "not_wanted"),
        ("ann@kunde.example", "X-Auto-Response-Suppress: All\n", "not_wanted"),
        ("hilfe@firma.example", "", "not_wanted"),
        ("ben@team.example", "", "agent"),
    ];
    for (place, (from, rest, why)) in cases.into_iter().enumerate() {
        let text = mail(from, &format!("{place}@x.example"), &format!("Neu {place}"), rest);
        let outcome = world.mail("hilfe", &text).await;
        // Lists and mails to many have no answer even prepared.
        let said = silence(&outcome.evidence);
        assert!(said == why || said.is_empty(), "{from} {rest}: {}", outcome.evidence);
    }
    assert_eq!(world.sent().await.len(), 0);
}

async fn a_known_customer_gets_his_own_words_and_a_stranger_does_not(world: World) {
    answering(&world).await;
    let advertising = "Kaufen Sie https://boese.example <opfer@kunde.example>";
    let first = mail(advertising, "a1@x.example", "Gewinn auf https://boese.example", "");
    world.mail("hilfe", &first).await;
    let sent = world.sent().await;
    assert_eq!(sent.len(), 1);
    let raw = String::from_utf8_lossy(&sent[0].raw).into_owned() + &sent[0].subject + &sent[0].text;
    assert!(!raw.contains("boese.example") && !raw.contains("Gewinn"), "{raw}");
    assert!(sent[0].subject.contains("Ihre Anfrage"), "{}", sent[0].subject);
    // The victim gets no second one, whatever is sent in its name.
    for place in 0..10 {
        let more = mail(advertising, &format!("b{place}@x.example"), &format!("Noch {place}"), "");
        let outcome = world.mail("hilfe", &more).await;
        assert!(matches!(silence(&outcome.evidence).as_str(), "limit" | "muted"));
    }
    assert_eq!(world.sent().await.len(), 1);
    // Whoever answered us once is called by name.
    proves(&world, "Ann Hansen <ann@kunde.example>").await;
    let own = mail("Ann Hansen <ann@kunde.example>", "c1@x.example", "Lampe flackert", "");
    world.mail("hilfe", &own).await;
    let sent = world.sent().await;
    let last = sent.last().unwrap();
    assert!(last.subject.contains("Lampe flackert"), "{}", last.subject);
    assert!(last.text.contains("Guten Tag Ann Hansen"), "{}", last.text);
}

/// Proves F-MAIL-53.
async fn a_sender_is_answered_once_a_day_where_that_is_wanted(world: World) {
    let erp = answering(&world).await;
    proves(&world, "ann@kunde.example").await;
    let before = world.sent().await.len();
    let write = async |id: &str| {
        let text =
            mail("ann@kunde.example", &format!("{id}@x.example"), &format!("Sache {id}"), "");
        world.mail("hilfe", &text).await
    };
    write("eins").await;
    write("zwei").await;
    assert_eq!(world.sent().await.len(), before + 2, "off: each ticket is answered");
    world.minutes_pass(25 * 60);
    let once = json!({ "autoresponder": { "once_per_day": true } });
    let said = erp.patch("/mailboxes/hilfe", once).await.done();
    assert_eq!(said["autoresponder"]["enabled"], true, "what is not named stays");
    world.app.forget_lists();
    write("drei").await;
    assert_eq!(silence(&write("vier").await.evidence), "once_per_day");
    assert_eq!(world.sent().await.len(), before + 3);
    world.minutes_pass(25 * 60);
    write("sechs").await;
    assert_eq!(world.sent().await.len(), before + 4, "the next day it is answered again");
}

async fn old_mails_and_imports_are_not_answered(world: World) {
    answering(&world).await;
    let old = mail(
        "ann@kunde.example",
        "alt@x.example",
        "Alt",
        "Date: Thu, 19 Nov 2026 09:00:00 +0100\n",
    );
    let outcome = world.mail("hilfe", &old).await;
    assert_eq!(silence(&outcome.evidence), "old", "{}", outcome.evidence);
    assert_eq!(world.sent().await.len(), 0);
}

/// Proves F-MAIL-52.
async fn the_page_sets_it_up_and_warns_without_the_number(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let page = "/mailboxes/hilfe/edit/autoresponder";
    let fresh = anna.get(page).await;
    assert!(fresh.text().contains("value=\"[#{TICKET}] {BETREFF}\""), "{}", fresh.text());
    assert!(!fresh.words().contains("Im Betreff fehlt"), "{}", fresh.words());
    let empty = anna.post(page, "version=1&answer_enabled=on&answer_subject=&answer_text=").await;
    let words = empty.words();
    assert!(words.contains("Bitte schreiben Sie einen Betreff"), "{words}");
    assert!(words.contains("Bitte schreiben Sie, was geantwortet werden soll"), "{words}");
    assert!(
        empty.text().contains("name=\"answer_enabled\" value=\"on\" checked"),
        "{}",
        empty.text()
    );
    let form = "version=1&answer_enabled=on&answer_subject=Danke&answer_text=Guten+Tag,+{TICKET}";
    assert_eq!(anna.post(page, form).await.status.as_u16(), 303);
    let saved = anna.get(page).await;
    assert!(saved.words().contains("Im Betreff fehlt #{TICKET}"), "{}", saved.words());
    assert!(saved.words().contains("Keine Adresse ist stumm geschaltet"), "{}", saved.words());
    world.app.forget_lists();
    // The number stands there all the same.
    let number = world
        .mail("hilfe", &mail("ann@kunde.example", "1@x.example", "Regal", ""))
        .await
        .ticket
        .unwrap();
    let sent = world.sent().await;
    assert_eq!(sent[0].subject, format!("[#{number}] Danke"));
    assert!(sent[0].text.contains(&format!("Guten Tag, {number}")), "{}", sent[0].text);
}

/// Takes everything but the bare words from a mail, as bad relays and programs do.
fn stripped(sent: &Sent, from: &str, to: &str, id: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: Antwort {id}\nMessage-ID: <{id}@x.example>\n\n{}\n",
        sent.text
    )
}

/// Proves F-MAIL-50.
async fn two_installations_stop_answering_each_other(world: World) {
    answering(&world).await;
    let Elsewhere(other) = testkit::world::<Elsewhere>(testkit::databases::Engine::Sqlite).await;
    other.mailbox("service", "support").await;
    let erp = administrator(&other).await;
    let said = json!({ "enabled": true, "subject": "Danke: {BETREFF}", "body": BODY });
    erp.patch("/mailboxes/service", json!({ "autoresponder": said })).await.done();
    other.app.forget_lists();
    let first = mail("service@firma.example", "s1@x.example", "Frage", "");
    world.mail("hilfe", &first.replace("service@firma", "service@anderswo")).await;
    // As they are, the first answer ends it.
    let ours = world.sent().await;
    let answer = String::from_utf8_lossy(&ours[0].raw).into_owned();
    let outcome = other.receives("service", answer.as_bytes()).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("filtered", None));
    assert_eq!((world.sent().await.len(), other.sent().await.len()), (1, 0));
    // Even if something takes every mark from the mails, it is over after one each.
    let (us, them) = ("hilfe@firma.example", "service@anderswo.example");
    for round in 0..8 {
        let ours = world.sent().await;
        let text = stripped(ours.last().unwrap(), us, them, &format!("hin{round}"));
        other.mail("service", &text).await;
        let theirs = other.sent().await;
        let text = stripped(theirs.last().unwrap(), them, us, &format!("her{round}"));
        world.mail("hilfe", &text).await;
    }
    assert!(world.sent().await.len() <= 2 && other.sent().await.len() <= 2);
    assert_eq!((world.sent().await.len(), other.sent().await.len()), (1, 1));
}

async fn a_customers_autoresponder_without_any_mark_stops(world: World) {
    answering(&world).await;
    proves(&world, "ann@kunde.example").await;
    let before = world.sent().await.len();
    // Her program answers each of our mails with a new mail, even though she is known to be real.
    let mut text = mail("ann@kunde.example", "v0@x.example", "Anfrage", "");
    for round in 1..9 {
        world.mail("hilfe", &text).await;
        let ours = world.sent().await;
        let us = "hilfe@firma.example";
        text = stripped(ours.last().unwrap(), "ann@kunde.example", us, &format!("v{round}"));
    }
    assert_eq!(world.sent().await.len(), before + 2, "two mails at most");
}

async fn a_forwarding_loop_over_a_third_address_stops_and_falls_silent(world: World) {
    let erp = answering(&world).await;
    let outcome =
        world.mail("hilfe", &mail("ann@kunde.example", "1@kunde.example", "Regal", "")).await;
    let number = outcome.ticket.unwrap();
    let ours = world.sent().await;
    let id = header(&ours[0], "Message-ID");
    // Ann forwards everything to Bo, whose program answers us.
    let mut last = String::new();
    for round in 0..4 {
        let rest = format!("References: {id}\n");
        let text = mail("bo@dritte.example", &format!("l{round}@x.example"), "Danke", &rest);
        let outcome = world.mail("hilfe", &text).await;
        assert_ne!(outcome.ticket, Some(number.clone()), "a stranger joins no ticket");
        assert!(matches!(silence(&outcome.evidence).as_str(), "claims_ticket" | "muted"));
        last = outcome.ticket.unwrap();
    }
    assert_eq!(world.sent().await.len(), 1, "one mail left, to Ann");
    let muted = erp.get("/mailboxes/hilfe/muted").await.done();
    assert_eq!(muted["items"][0]["address"], "bo@dritte.example");
    assert_eq!(muted["items"][0]["reason"], "echo");
    assert_ne!(muted["items"][0]["ticket"], json!(last), "it is silent since the third");
    // A mail without any token gets no answer either.
    let plain = world.mail("hilfe", &mail("bo@dritte.example", "n@x.example", "Neu", "")).await;
    assert_eq!(silence(&plain.evidence), "muted");
}

async fn an_own_automatic_mail_that_comes_back_is_filtered(world: World) {
    answering(&world).await;
    world.mail("hilfe", &mail("ann@kunde.example", "1@kunde.example", "Regal", "")).await;
    let ours = world.sent().await;
    let raw = String::from_utf8_lossy(&ours[0].raw).into_owned();
    // A relay gave it another name and took away that nobody wrote it; the mark stays.
    let id = header(&ours[0], "Message-ID");
    let changed = raw
        .replace(&id, "<anders@relay.example>")
        .replace("Auto-Submitted: auto-replied\r\n", "")
        .replace("X-Auto-Response-Suppress: All\r\n", "");
    assert!(changed.contains("X-Laufzettel-Loop: "), "{changed}");
    let outcome = world.receives("hilfe", changed.as_bytes()).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("filtered", None));
    assert!(outcome.evidence.to_string().contains("loop_mark"), "{}", outcome.evidence);
    // Nobody else can make up such a mark.
    let forged = mail("eve@boese.example", "f@x.example", "x", "X-Laufzettel-Loop: aaaa.bbbb\n");
    assert_eq!(world.mail("hilfe", &forged).await.outcome, "new_ticket");
}

async fn an_address_that_answers_too_fast_falls_silent_and_an_administrator_lifts_it(world: World) {
    let erp = answering(&world).await;
    let anna = world.administrator("Ida").await;
    let mut numbers = Vec::new();
    for place in 0..6 {
        let text =
            mail("bot@kunde.example", &format!("t{place}@x.example"), &format!("T{place}"), "");
        numbers.push(world.mail("hilfe", &text).await.ticket.unwrap());
    }
    let words = anna.get(&format!("/tickets/{}", numbers[4])).await.words();
    assert!(words.contains("Stumm: bot@kunde.example bekommt keine automatischen"), "{words}");
    let mark = "stumm : bot@kunde.example bekommt keine automatischen Antworten";
    assert!(words.contains(mark), "in the head of the ticket: {words}");
    let page = anna.get("/mailboxes/hilfe/edit/autoresponder").await.words();
    assert!(page.contains("bot@kunde.example") && page.contains(&numbers[4]), "{page}");
    let ben = world.agent("Ben").await;
    let refused = ben.post("/mailboxes/hilfe/lift", "address=bot%40kunde.example").await;
    assert_eq!(refused.status.as_u16(), 403);
    let lifted = anna.post("/mailboxes/hilfe/lift", "address=bot%40kunde.example").await;
    assert_eq!(lifted.status.as_u16(), 303);
    let page = anna.get("/mailboxes/hilfe/edit/autoresponder?told=lifted").await.words();
    assert!(
        page.contains("Keine Adresse ist stumm") && page.contains("wieder automatische"),
        "{page}"
    );
    let words = anna.get(&format!("/tickets/{}", numbers[4])).await.words();
    assert!(words.contains("Ida hat aufgehoben, dass bot@kunde.example stumm ist"), "{words}");
    assert!(!words.contains(mark), "{words}");
    world.minutes_pass(25 * 60);
    let text = mail("bot@kunde.example", "neu@x.example", "Neu", "");
    world.mail("hilfe", &text).await;
    assert_eq!(world.sent().await.len(), 2, "it is answered again");
    let gone = erp.delete("/mailboxes/hilfe/muted/bot@kunde.example").await;
    assert_eq!(gone.problem(), "404 not_found");
    let agent = program(&world, ben.agent, &Scope::ALL).await;
    let refused = agent.delete("/mailboxes/hilfe/muted/bot@kunde.example").await;
    assert_eq!(refused.problem(), "403 not_allowed");
}
