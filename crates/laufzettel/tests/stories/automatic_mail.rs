//! What machines write: each sort has its fixed effect on tickets, and none of them opens one.

use serde_json::{Value, json};

use crate::api::program;
use crate::world::World;
use crate::world::browser::Browser;
use laufzettel::record::actor::Scope;

testkit::on_both_engines!(
    somebody_who_is_away_brings_the_ticket_back_when_he_does,
    a_day_that_somebody_chose_stays,
    a_receipt_and_a_complaint_are_lines_of_the_history,
    machines_open_no_tickets_and_are_listed,
    lists_and_newsletters_become_tickets,
);

/// A ticket of Ann's with an answer of Ben's that left: its number and the Message-ID of the answer.
async fn answered(world: &World) -> (Browser, String, String) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let first = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
        Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nDas Regal wackelt.\n";
    let number = world.mail("hilfe", first).await.ticket.unwrap();
    let form = "to=ann%40kunde.example&text=Kommt+morgen.";
    ben.press("composer", &format!("/tickets/{number}/reply"), form).await;
    let ids = world.message_ids().await;
    assert_eq!(ids.len(), 1, "the answer left");
    (ben, number, ids[0].trim_matches(['<', '>']).to_owned())
}

fn away(id: &str, answers: &str, text: &str) -> String {
    format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nReturn-Path: <>\n\
         Subject: Automatische Antwort: Regal wackelt\nMessage-ID: <{id}@kunde.example>\n\
         In-Reply-To: <{answers}>\nAuto-Submitted: auto-replied\n\n{text}\n"
    )
}

fn clues(evidence: &Value) -> String {
    let list = evidence.as_array().cloned().unwrap_or_default();
    let one = |clue: &Value| {
        format!("{} {}", clue["clue"].as_str().unwrap(), clue["detail"].as_str().unwrap())
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

async fn somebody_who_is_away_brings_the_ticket_back_when_he_does(world: World) {
    let (ben, number, id) = answered(&world).await;
    let mail = away("a1", &id, "Ich bin bis einschließlich 27.11. im Urlaub.\nAnn");
    let outcome = world.mail("hilfe", &mail).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket.as_ref()), ("follow_up", Some(&number)));
    let found = clues(&outcome.evidence);
    assert!(found.contains("class_action resubmit, back_on 2026-11-30"), "{found}");
    let words = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(words.contains("Laufzettel hat die Wiedervorlage auf"), "{words}");
    assert!(words.contains("Abwesenheit"), "the message says what sort of mail it is: {words}");
    let why = ben.get(&format!("/mails/{}", outcome.mail)).await.words();
    assert!(why.contains("Der Absender ist ab 30.11.2026 wieder da"), "{why}");
    // The status and the inbox know nothing of it.
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["resubmit_at"], "2026-11-30T07:00:00Z");
    assert_eq!(ticket["status"]["kind"], json!("in_progress"), "{ticket}");
}

async fn a_day_that_somebody_chose_stays(world: World) {
    let (ben, number, id) = answered(&world).await;
    let path = format!("/tickets/{number}/resubmit");
    ben.press("sheet", &path, "value=2026-11-24T08%3A00").await;
    world.mail("hilfe", &away("a1", &id, "I will be back on 30 November.")).await;
    let words = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(!words.contains("Laufzettel hat die Wiedervorlage auf"), "{words}");
    // What names no day changes nothing either.
    let other = world.mail("hilfe", &away("a2", &id, "Ich bin gerade nicht da.")).await;
    assert!(!clues(&other.evidence).contains("back_on"), "{}", other.evidence);
}

fn receipt(kind: &str, part: &str, id: &str, from: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: Gelesen: Regal wackelt\n\
         Message-ID: <{kind}{}@kunde.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type={kind}; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nEine Meldung.\n\n--b\nContent-Type: message/{kind}\n\n{part}\n\n\
         --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\n\n--b--\n",
        id.len()
    )
}

async fn a_receipt_and_a_complaint_are_lines_of_the_history(world: World) {
    let (ben, number, id) = answered(&world).await;
    let read = format!(
        "Original-Message-ID: <{id}>\nDisposition: manual-action/MDN-sent-manually; displayed"
    );
    let mail = receipt("disposition-notification", &read, &id, "ann@kunde.example");
    let outcome = world.mail("hilfe", &mail).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket.as_ref()), ("event", Some(&number)));
    assert_eq!(outcome.message, None, "it is no message");
    let abuse = "Feedback-Type: abuse\nUser-Agent: Provider/1.0\nVersion: 1";
    let mail = receipt("feedback-report", abuse, &id, "fbl@provider.example");
    let outcome = world.mail("hilfe", &mail).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket.as_ref()), ("event", Some(&number)));
    let words = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(words.contains("ann@kunde.example hat eine E-Mail von uns gelesen"), "{words}");
    // Nothing of them stands in a message; the journal finds them by their words and by what became of them.
    for sought in ["q=Gelesen", "outcome=event"] {
        let list = ben.get(&format!("/mails?{sought}")).await.words();
        assert!(list.contains("fbl@provider.example"), "{sought}: {list}");
    }
    assert!(words.contains("fbl@provider.example meldet eine Beschwerde"), "{words}");
    let why = ben.get(&format!("/mails/{}", outcome.mail)).await.words();
    assert!(why.contains("Beschwerde über eine Mail"), "{why}");
    // A name that we never gave proves nothing.
    let forged = receipt("feedback-report", abuse, "erfunden@firma.example", "x@provider.example");
    let outcome = world.mail("hilfe", &forged).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("filtered", None));
}

/// Proves F-MAIL-55.
async fn machines_open_no_tickets_and_are_listed(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let mails = [
        (
            "auto_acknowledgement",
            "Auto-Submitted: auto-replied",
            "Ihre Anfrage ist bei uns eingegangen.",
        ),
        ("auto_generated", "Auto-Submitted: auto-generated", "Backup: 3 Dateien."),
        ("out_of_office", "X-Autoreply: yes", "Ich bin im Urlaub."),
        ("aggregate_report", "TLS-Report-Domain: firma.example", "Bericht"),
        (
            "calendar_reply",
            "Content-Type: text/calendar; method=REPLY",
            "BEGIN:VCALENDAR\nMETHOD:REPLY",
        ),
    ];
    for (class, header, text) in mails {
        let mail = format!(
            "From: {class}@anderswo.example\nTo: hilfe@firma.example\nSubject: Meldung\n\
             Message-ID: <{class}@x>\n{header}\n\n{text}\n"
        );
        let outcome = world.mail("hilfe", &mail).await;
        assert_eq!((outcome.outcome.as_str(), &outcome.ticket), ("filtered", &None), "{class}");
        let found = clues(&outcome.evidence);
        assert!(found.starts_with(&format!("mail_class {class}, class_action ")), "{found}");
        let page = ben.get(&format!("/mails/{}", outcome.mail)).await.words();
        assert!(page.contains("aussortiert"), "{page}");
    }
}

async fn lists_and_newsletters_become_tickets(world: World) {
    world.mailbox("hilfe", "support").await;
    for (id, header) in [("l", "List-Id: <a.liste.example>"), ("n", "Precedence: bulk")] {
        let mail = format!(
            "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: Frage {id}\n\
             Message-ID: <{id}@x>\n{header}\n\nHallo\n"
        );
        assert_eq!(world.mail("hilfe", &mail).await.outcome, "new_ticket", "{header}");
    }
}
