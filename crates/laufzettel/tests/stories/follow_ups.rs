//! What an area does with the answers of customers (decision 23, K-03).

use serde_json::{Value, json};

use crate::api::{Program, administrator};
use crate::world::World;

testkit::on_both_engines!(
    a_closed_ticket_opens_as_its_area_says,
    long_after_closing_a_mail_makes_a_new_ticket,
    an_answer_to_an_open_ticket_gives_the_status_of_its_area,
    the_area_of_the_ticket_counts_and_not_that_of_the_mailbox,
);

/// Days in minutes.
const DAY: i64 = 24 * 60;

/// A mail of the customer; the first one begins a ticket, others answer it.
fn mail(place: u32) -> String {
    let answers = match place {
        1 => String::new(),
        _ => "In-Reply-To: <m1@kunde.example>\n".to_owned(),
    };
    format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Drucker raucht\n\
         Message-ID: <m{place}@kunde.example>\n{answers}\nMail {place}.\n"
    )
}

/// The ticket of the first mail.
async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", &mail(1)).await.ticket.unwrap()
}

async fn area(erp: &Program, settings: Value) {
    erp.patch("/areas/support", settings).await.done();
}

async fn set_status(erp: &Program, number: &str, status: &str) {
    erp.patch(&format!("/tickets/{number}"), json!({ "status": status })).await.done();
}

async fn kind(erp: &Program, number: &str) -> String {
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["unread"], true, "{ticket}");
    ticket["status"]["kind"].as_str().unwrap().to_owned()
}

async fn a_closed_ticket_opens_as_its_area_says(world: World) {
    let erp = administrator(&world).await;
    let number = ticket(&world).await;
    for (place, after_closing, expected) in
        [(2, "as_new", "unread"), (3, "as_open", "in_progress"), (4, "as_new", "unread")]
    {
        area(&erp, json!({ "after_closing": after_closing })).await;
        set_status(&erp, &number, "geloest").await;
        world.minutes_pass(400 * DAY);
        let outcome = world.mail("hilfe", &mail(place)).await;
        assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()), "{after_closing}");
        assert_eq!(kind(&erp, &number).await, expected, "{after_closing}");
    }
}

async fn long_after_closing_a_mail_makes_a_new_ticket(world: World) {
    let erp = administrator(&world).await;
    let number = ticket(&world).await;
    area(&erp, json!({ "after_closing": "linked", "linked_after_days": 14 })).await;
    set_status(&erp, &number, "geloest").await;
    world.minutes_pass(14 * DAY);
    let soon = world.mail("hilfe", &mail(2)).await;
    assert_eq!(soon.ticket.as_deref(), Some(number.as_str()));
    assert_eq!(kind(&erp, &number).await, "unread");
    set_status(&erp, &number, "geloest").await;
    world.minutes_pass(14 * DAY + 1);
    let late = world.mail("hilfe", &mail(3)).await;
    assert_eq!(late.outcome, "new_ticket");
    let new = late.ticket.unwrap();
    assert_ne!(new, number);
    assert_eq!(kind(&erp, &new).await, "unread");
    let old = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(old["status"]["kind"], "done");
}

async fn an_answer_to_an_open_ticket_gives_the_status_of_its_area(world: World) {
    let erp = administrator(&world).await;
    let number = ticket(&world).await;
    let path = format!("/tickets/{number}");
    let table = [
        ("by_assignee", false, "unread"),
        ("by_assignee", true, "in_progress"),
        ("unread", true, "unread"),
        ("in_progress", false, "in_progress"),
    ];
    for (place, (setting, is_assigned, expected)) in (2_u32..).zip(table) {
        area(&erp, json!({ "on_customer_answer": setting })).await;
        let assignee = if is_assigned { json!("Anna") } else { json!(null) };
        let waits = json!({ "assignee": assignee, "status": "wartet" });
        erp.patch(&path, waits).await.done();
        world.mail("hilfe", &mail(place)).await;
        assert_eq!(kind(&erp, &number).await, expected, "{setting} {is_assigned}");
    }
}

async fn the_area_of_the_ticket_counts_and_not_that_of_the_mailbox(world: World) {
    let erp = administrator(&world).await;
    world.area("technik").await;
    let number = ticket(&world).await;
    let moved = json!({ "area": "technik", "status": "geloest" });
    erp.patch(&format!("/tickets/{number}"), moved).await.done();
    erp.patch("/areas/technik", json!({ "after_closing": "as_open" })).await.done();
    world.mail("hilfe", &mail(2)).await;
    assert_eq!(kind(&erp, &number).await, "in_progress");
}
