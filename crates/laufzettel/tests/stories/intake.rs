//! A mail becomes a ticket, or joins one.

use crate::world::World;

testkit::on_both_engines!(
    a_mail_becomes_a_ticket,
    an_answer_joins_its_ticket_and_opens_it_again,
    the_same_mail_is_taken_once,
);

const PRINTER: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Drucker raucht\nMessage-ID: <m1@kunde.example>\n\
    Date: Sat, 21 Nov 2026 09:58:00 +0100\n\nEr raucht seit heute Morgen.\n";

/// Proves F-NEW-11, F-NUM-01, F-NUM-02, F-FLD-01, F-FLD-05, F-FLD-14.
async fn a_mail_becomes_a_ticket(world: World) {
    world.mailbox("hilfe", "support").await;
    let outcome = world.mail("hilfe", PRINTER).await;
    assert_eq!(outcome.outcome, "new_ticket");
    assert_eq!(outcome.ticket.as_deref(), Some("TS2611-0001"));
    let ben = world.agent("Ben").await;
    let inbox = ben.get("/inbox").await.words();
    assert!(
        inbox.contains("TS2611-0001 Ann Hansen Drucker raucht Er raucht seit heute Morgen."),
        "{inbox}"
    );
    let ticket = ben.get("/tickets/ts2611-0001").await.words();
    assert!(ticket.contains("Ann Hansen"), "{ticket}");
    assert!(ticket.contains("ann@kunde.example"), "{ticket}");
}

async fn an_answer_joins_its_ticket_and_opens_it_again(world: World) {
    world.mailbox("hilfe", "support").await;
    let first = world.mail("hilfe", PRINTER).await;
    let number = first.ticket.unwrap();
    let ben = world.agent("Ben").await;
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    world.minutes_pass(5);
    let answer = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
        Subject: AW: Drucker raucht\nMessage-ID: <m2@kunde.example>\nIn-Reply-To: <m1@kunde.example>\n\n\
        Er raucht immer noch.\n";
    let outcome = world.mail("hilfe", answer).await;
    assert_eq!(outcome.outcome, "follow_up");
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let inbox = ben.get("/inbox").await.words();
    assert!(ben.get("/inbox").await.text().contains("Status: Neu"), "{inbox}");
    assert!(inbox.contains("Er raucht immer noch."), "{inbox}");
}

async fn the_same_mail_is_taken_once(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", PRINTER).await;
    let again = world.mail("hilfe", PRINTER).await;
    assert_eq!(again.outcome, "duplicate");
    assert_eq!(again.ticket, None);
}
