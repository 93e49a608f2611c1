//! Where an answer belongs, and who may say so.

use laufzettel::feature::intake;
use laufzettel::service::mail_ids;
use values::EmailAddress;

use crate::intake::stores;
use crate::world::World;
use crate::world::mails::{Setting, crlf};

testkit::on_both_engines!(
    a_number_in_the_subject_counts_from_a_participant,
    a_number_that_does_not_exist_opens_a_new_ticket,
    a_stranger_with_a_number_gets_a_linked_ticket,
    a_mailbox_can_append_or_list_what_strangers_send,
    a_signed_reply_address_is_enough,
    the_anchor_survives_relays_and_a_forged_one_counts_for_nothing,
    a_forwarded_mail_opens_a_ticket_of_its_own,
    the_same_message_id_with_other_content_is_another_mail,
    a_mail_that_comes_after_its_answer_joins_it,
    without_a_message_id_only_the_same_octets_are_a_duplicate,
    teams_that_share_no_area_each_get_their_ticket,
    a_mail_without_reference_can_join_an_open_ticket_of_its_sender,
    a_customers_mail_brings_the_ticket_back_to_the_inbox,
    automatic_mails_move_no_status,
    a_delivery_report_opens_no_ticket,
    mails_before_the_start_are_listed_and_not_taken,
    an_answer_waits_for_the_mail_it_answers_but_not_for_ever,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Cc: Carl <carl@kunde.example>\nSubject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";

/// A mail of Ann's that became a ticket; its number.
async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

fn mail(from: &str, subject: &str, id: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\nMessage-ID: <{id}@x.example>\n\nText {id}.\n"
    )
}

/// Proves F-MAIL-20, F-NUM-10.
async fn a_number_in_the_subject_counts_from_a_participant(world: World) {
    let number = ticket(&world).await;
    let hook = format!("Regal wackelt Ticket #{number}");
    let subjects = [format!("[#{number}] AW: Regal"), format!("Re: [ts #{number}]"), hook];
    for (place, subject) in subjects.iter().enumerate() {
        let outcome =
            world.mail("hilfe", &mail("ann@kunde.example", subject, &format!("a{place}"))).await;
        assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()), "{subject}");
        assert_eq!(outcome.outcome, "follow_up");
    }
    let copied = world.mail("hilfe", &mail("carl@kunde.example", &subjects[0], "c")).await;
    assert_eq!(copied.outcome, "follow_up");
}

/// Proves F-MAIL-21.
async fn a_number_that_does_not_exist_opens_a_new_ticket(world: World) {
    ticket(&world).await;
    let outcome =
        world.mail("hilfe", &mail("ann@kunde.example", "[#TS2611-9999] Regal", "n")).await;
    assert_eq!(outcome.outcome, "new_ticket");
    assert_eq!(outcome.ticket.as_deref(), Some("TS2611-0002"));
    assert!(outcome.evidence.to_string().contains("unknown_number"), "{}", outcome.evidence);
}

async fn a_stranger_with_a_number_gets_a_linked_ticket(world: World) {
    let number = ticket(&world).await;
    let outcome = world
        .mail(
            "hilfe",
            &mail("eve@anders.example", &format!("[#{number}] Geben Sie mir alles"), "e"),
        )
        .await;
    assert_eq!(outcome.outcome, "new_ticket");
    assert_ne!(outcome.ticket.as_deref(), Some(number.as_str()));
    assert!(outcome.evidence.to_string().contains("\"stranger\""), "{}", outcome.evidence);
    let ben = world.agent("Ben").await;
    let new = ben.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await.words();
    assert!(new.contains(&format!("Laufzettel hat das Ticket mit {number} verknüpft")), "{new}");
    let old = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(!old.contains("Text e."), "{old}");
}

async fn a_mailbox_can_append_or_list_what_strangers_send(world: World) {
    let number = ticket(&world).await;
    world.set_mailbox("hilfe", Setting::StrangerWithNumber("append")).await;
    let subject = format!("[#{number}] Hallo");
    let appended = world.mail("hilfe", &mail("eve@anders.example", &subject, "e1")).await;
    assert_eq!(appended.ticket.as_deref(), Some(number.as_str()));
    world.set_mailbox("hilfe", Setting::StrangerWithNumber("unassigned")).await;
    let listed = world.mail("hilfe", &mail("mallory@anders.example", &subject, "e2")).await;
    assert_eq!((listed.outcome.as_str(), listed.ticket), ("unassigned", None));
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    let unknown = world.mail("hilfe", &mail("oskar@anders.example", "Hallo", "e3")).await;
    assert_eq!((unknown.outcome.as_str(), unknown.ticket), ("unassigned", None));
}

async fn public_id(world: &World, number: &str) -> String {
    db::from_row! {
        struct Row {
            public_id: String,
        }
    }
    let row: Row = world
        .app
        .db
        .one(db::sql!("select public_id from ticket where number = $1"), db::params![number])
        .await
        .unwrap();
    row.public_id
}

/// Proves F-MAIL-22, F-NUM-07.
async fn a_signed_reply_address_is_enough(world: World) {
    let number = ticket(&world).await;
    let id = public_id(&world, &number).await;
    assert_eq!(id.len(), 16);
    let mailbox = EmailAddress::parse("hilfe@firma.example").unwrap();
    let address = mail_ids::reply_address(&world.app.keys, &id, &mailbox);
    let text = format!(
        "From: neu@kunde.example\nTo: {address}\nSubject: Hallo\nMessage-ID: <p@x>\n\nIch.\n"
    );
    let outcome = world.mail("hilfe", &text).await;
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let forged = text.replace("+lz", "+lza").replace("<p@x>", "<q@x>");
    assert_eq!(world.mail("hilfe", &forged).await.outcome, "new_ticket");
}

async fn the_anchor_survives_relays_and_a_forged_one_counts_for_nothing(world: World) {
    let number = ticket(&world).await;
    let anchor =
        mail_ids::anchor(&world.app.keys, &public_id(&world, &number).await, "firma.example");
    let text = |from: &str, anchor: &str, id: &str| {
        format!(
            "From: {from}\nTo: hilfe@firma.example\nSubject: Re: etwas\nMessage-ID: <{id}@x>\n\
             References: <{anchor}> <unknown@relay.example>\n\nText.\n"
        )
    };
    let joined = world.mail("hilfe", &text("ann@kunde.example", &anchor, "k1")).await;
    assert_eq!(joined.ticket.as_deref(), Some(number.as_str()));
    let stranger = world.mail("hilfe", &text("eve@anders.example", &anchor, "k2")).await;
    assert_eq!(stranger.outcome, "new_ticket");
    let forged = anchor.replace(&anchor[18..22], "aaaa");
    let other = world.mail("hilfe", &text("ann@kunde.example", &forged, "k3")).await;
    assert_eq!(other.outcome, "new_ticket");
}

async fn a_forwarded_mail_opens_a_ticket_of_its_own(world: World) {
    let number = ticket(&world).await;
    let text = "From: Carl <carl@kunde.example>\nTo: hilfe@firma.example\nSubject: WG: [#NUMBER] Regal wackelt\n\
        Message-ID: <w@kunde.example>\n\n\
        Bitte einmal ansehen.\n\n-----Ursprüngliche Nachricht-----\nVon: Ann Hansen\n\
        Gesendet: Samstag, 21. November 2026 09:00\nAn: Carl\nBetreff: Regal wackelt\n\nEs wackelt.\n";
    world.mailbox("einkauf", "support").await;
    let text = text.replace("hilfe@", "einkauf@").replace("NUMBER", &number);
    let outcome = world.mail("einkauf", &text).await;
    assert_eq!(outcome.outcome, "new_ticket", "{}", outcome.evidence);
    assert_ne!(outcome.ticket.as_deref(), Some(number.as_str()));
}

/// Proves F-MAIL-16.
async fn the_same_message_id_with_other_content_is_another_mail(world: World) {
    let number = ticket(&world).await;
    assert_eq!(world.mail("hilfe", FIRST).await.outcome, "duplicate");
    let relayed = format!("Received: from relay by mx; Sat, 21 Nov 2026 10:00:00 +0100\n{FIRST}");
    assert_eq!(world.mail("hilfe", &relayed).await.outcome, "duplicate");
    let other = FIRST.replace("Es wackelt.", "Es wackelt sehr.");
    let outcome = world.mail("hilfe", &other).await;
    assert_ne!(outcome.outcome, "duplicate");
    assert!(outcome.evidence.to_string().contains("reused_message_id"), "{}", outcome.evidence);
    assert_eq!(outcome.ticket, Some(number), "it belongs to the same conversation");
}

/// Proves F-MAIL-20.
async fn a_mail_that_comes_after_its_answer_joins_it(world: World) {
    world.mailbox("hilfe", "support").await;
    let answer = "In-Reply-To: <r1@kunde.example>\nMessage-ID: <r2@kunde.example>\n";
    let answer = FIRST.replace("Message-ID: <r1@kunde.example>\n", answer);
    let first = world.mail("hilfe", &answer).await;
    assert_eq!(first.outcome, "new_ticket");
    let late = world.mail("hilfe", FIRST).await;
    assert_eq!((late.outcome.as_str(), &late.ticket), ("follow_up", &first.ticket));
    assert!(late.evidence.to_string().contains("answered_before"), "{}", late.evidence);
    let sibling = answer.replace("<r2@", "<r3@").replace("Es wackelt.", "Und es knarrt.");
    assert_eq!(world.mail("hilfe", &sibling).await.ticket, first.ticket);
    // Nobody else gets in by naming an id that somebody waits for.
    let waited = FIRST
        .replace("<r1@", "<r9@")
        .replace("Message-ID:", "References: <r3@x> <r4@x>\nMessage-ID:");
    world.mail("hilfe", &waited).await;
    let stranger = world
        .mail("hilfe", &mail("mallory@boese.example", "Ich", "r3").replace("r3@x.example", "r3@x"))
        .await;
    assert_eq!(stranger.outcome, "new_ticket");
}

async fn without_a_message_id_only_the_same_octets_are_a_duplicate(world: World) {
    world.mailbox("hilfe", "support").await;
    let form = "From: formular@firma.example\nTo: hilfe@firma.example\nSubject: Anfrage\n\nRückruf bitte.\n";
    assert_eq!(world.mail("hilfe", form).await.outcome, "new_ticket");
    assert_eq!(world.mail("hilfe", form).await.outcome, "duplicate");
    let later = format!("Received: from web by mx; Sat, 21 Nov 2026 10:05:00 +0100\n{form}");
    assert_eq!(world.mail("hilfe", &later).await.outcome, "new_ticket");
}

async fn teams_that_share_no_area_each_get_their_ticket(world: World) {
    world.area("verkauf").await;
    world.mailbox("hilfe", "support").await;
    world.mailbox("info", "support").await;
    world.mailbox("verkauf", "verkauf").await;
    let first = world.mail("hilfe", FIRST).await;
    assert_eq!(world.mail("info", FIRST).await.outcome, "duplicate");
    let other = world.mail("verkauf", FIRST).await;
    assert_eq!(other.outcome, "new_ticket");
    assert_ne!(other.ticket, first.ticket);
    // So it is with an answer to a mail that nobody here has.
    let answer = FIRST.replace("Message-ID: <r1@", "In-Reply-To: <r0@x>\nMessage-ID: <r5@");
    let first = world.mail("hilfe", &answer).await;
    let other = world.mail("verkauf", &answer).await;
    assert_eq!((first.outcome.as_str(), other.outcome.as_str()), ("new_ticket", "new_ticket"));
}

/// Proves F-MAIL-23, F-MAIL-24.
async fn a_mail_without_reference_can_join_an_open_ticket_of_its_sender(world: World) {
    let number = ticket(&world).await;
    let apart = world.mail("hilfe", &mail("ann@kunde.example", "Regal wackelt noch", "s1")).await;
    assert_eq!(apart.outcome, "new_ticket");
    world.set_mailbox("hilfe", Setting::JoinOpenTicket(80)).await;
    let joined = world.mail("hilfe", &mail("ann@kunde.example", "AW: Regal wackelt!", "s2")).await;
    assert_eq!(joined.ticket.as_deref(), Some(number.as_str()), "{}", joined.evidence);
    let unlike = world.mail("hilfe", &mail("ann@kunde.example", "Rechnung fehlt", "s3")).await;
    assert_eq!(unlike.outcome, "new_ticket");
}

/// Proves F-STAT-10.
async fn a_customers_mail_brings_the_ticket_back_to_the_inbox(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    let set = async |property: &str, value: &str| {
        let path = format!("/tickets/{number}/{property}");
        ben.press("sheet", &path, &format!("value={value}")).await;
        ben.press("this", &format!("/tickets/{number}/seen"), "").await;
    };
    let subject = format!("AW: [#{number}] Regal wackelt");
    let (nobody, his) = (String::new(), ben.agent.to_string());
    let cases = [
        ("geloest", &nobody, "Neu", 1),
        ("wartet", &nobody, "Neu", 2),
        ("geloest", &his, "Neu", 3),
        ("wartet", &his, "Offen", 1),
    ];
    for (place, (status, assignee, expected, times)) in cases.into_iter().enumerate() {
        set("assignee", assignee).await;
        set("status", status).await;
        assert!(!ben.get("/inbox").await.text().contains("data-new"));
        world.mail("hilfe", &mail("ann@kunde.example", &subject, &format!("again{place}"))).await;
        let inbox = ben.get("/inbox").await;
        assert!(inbox.text().contains("data-new"), "{status}: unseen again");
        assert!(inbox.words().contains(&number), "{status}: in the inbox again");
        let page = ben.get(&format!("/tickets/{number}")).await.words();
        let said = format!("Laufzettel hat den Status auf {expected} gesetzt");
        assert_eq!(page.matches(&said).count(), times, "{status}: {page}");
    }
}

async fn automatic_mails_move_no_status(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    let away = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
        Subject: Abwesenheitsnotiz: Regal wackelt\nMessage-ID: <away@kunde.example>\n\
        In-Reply-To: <r1@kunde.example>\nAuto-Submitted: auto-replied\n\nIch bin bis 30.11. im Urlaub.\n";
    let outcome = world.mail("hilfe", away).await;
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let page = ben.get(&format!("/tickets/{number}")).await;
    assert!(page.words().contains("Urlaub"), "{}", page.words());
    assert!(page.text().contains("Status: Gelöst"));
    assert!(!ben.get("/inbox").await.words().contains(&number));
}

async fn a_delivery_report_opens_no_ticket(world: World) {
    ticket(&world).await;
    let report = "From: MAILER-DAEMON@mx.example\nTo: hilfe@firma.example\nSubject: Undelivered Mail Returned to Sender\n\
        Message-ID: <dsn@mx.example>\nAuto-Submitted: auto-replied\nReturn-Path: <>\n\
        MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nI'm sorry to have to inform you that your message could not be delivered.\n\n\
        --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
        Final-Recipient: rfc822; weg@kunde.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n";
    let outcome = world.mail("hilfe", report).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("bounce", None));
}

/// Proves F-MAIL-07, F-MAIL-08.
async fn mails_before_the_start_are_listed_and_not_taken(world: World) {
    ticket(&world).await;
    world.set_mailbox("hilfe", Setting::FromDate(world.app.now().millis() + 60_000)).await;
    let early = world.mail("hilfe", &mail("ann@kunde.example", "Früh", "f1")).await;
    assert_eq!((early.outcome.as_str(), early.ticket), ("filtered", None));
    world.minutes_pass(2);
    let now = world.mail("hilfe", &mail("ann@kunde.example", "Jetzt", "f2")).await;
    assert_eq!(now.outcome, "new_ticket");
}

/// All are stored before any is decided, and somebody begins with the answers.
///
/// Proves F-MAIL-20.
async fn an_answer_waits_for_the_mail_it_answers_but_not_for_ever(world: World) {
    world.mailbox("hilfe", "support").await;
    let store = async |text: String| stores(&world, crlf(&text).as_bytes()).await;
    let question = |place| mail("ann@x.example", "Frage", &format!("frage{place}"));
    let answer = |place| {
        let id = format!("antwort{place}");
        format!("In-Reply-To: <frage{place}@x.example>\n{}", mail("ann@x.example", "Ja", &id))
    };
    let asked = store(question(1)).await;
    let answered = store(answer(1)).await;
    let decide = |mail| intake::decide(&world.app, mail);
    let (answered, asked) = tokio::join!(decide(answered), decide(asked));
    assert_eq!(answered.unwrap().ticket, asked.unwrap().ticket);

    store(question(2)).await;
    let answered = store(answer(2)).await;
    assert_eq!(decide(answered).await.unwrap().outcome, "new_ticket");
}
