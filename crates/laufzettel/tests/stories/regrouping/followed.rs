//! Later answers follow: by number, by references, by the address of the answer.

use laufzettel::service::mail_ids;
use values::EmailAddress;

use super::{House, mail};
use crate::world::World;
use crate::world::sending::header;

testkit::on_both_engines!(
    answers_to_a_merged_ticket_come_to_the_other_one,
    answers_to_a_moved_message_come_where_it_is,
    answers_come_back_after_separating,
);

/// The address to which answers to a ticket go where a mailbox uses such addresses.
async fn reply_address(house: &House, number: &str) -> String {
    db::from_row! {
        struct Row {
            public_id: String,
        }
    }
    let statement = db::sql!("select public_id from ticket where number = $1");
    let row: Row = house.world.app.db.one(statement, db::params![number]).await.unwrap();
    let address = EmailAddress::parse("hilfe@firma.example").unwrap();
    mail_ids::reply_address(&house.world.app.keys, &row.public_id, &address)
}

/// Proves F-NUM-10.
async fn answers_to_a_merged_ticket_come_to_the_other_one(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let relay = house.world.relay().await;
    let reply = "to=carl%40kunde.example&text=Kommt+morgen.";
    house.ben.press("composer", &format!("/tickets/{other}/reply"), reply).await;
    house.world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let ours = relay.sink.mails().remove(0);
    house.merge(&other, &one).await;

    let by_number = house.comes("carl@kunde.example", &format!("[#{other}] AW"), "c2", "").await;
    let named = format!("In-Reply-To: {}\n", header(&ours, "Message-ID"));
    let by_reference = house.comes("carl@kunde.example", "Danke", "c3", &named).await;
    let anchor = header(&ours, "References");
    let anchor = anchor.split_whitespace().next().unwrap();
    let anchored = format!("References: {anchor}\n");
    let by_anchor = house.comes("carl@kunde.example", "Danke", "c4", &anchored).await;
    let to_own =
        house.comes("carl@kunde.example", "Danke", "c5", "In-Reply-To: <c1@kunde.example>\n").await;
    let token = reply_address(&house, &other).await;
    let by_token = mail("fremd@kunde.example", "Danke", "c6", "")
        .replace("hilfe@firma.example", token.as_str());
    let by_token = house.world.mail("hilfe", &by_token).await.ticket.unwrap();
    for (way, came) in [
        ("number", by_number),
        ("reference", by_reference),
        ("anchor", by_anchor),
        ("own mail", to_own),
        ("token", by_token),
    ] {
        assert_eq!(came, one, "{way}");
    }
    assert_eq!(house.ticket(&one).await["message_count"], 8);
    // Who takes part in neither is a stranger with either number.
    let stranger = house.comes("eve@anders.example", &format!("[#{other}] Alles"), "e1", "").await;
    assert!(stranger != one && stranger != other, "{stranger}");
}

async fn answers_to_a_moved_message_come_where_it_is(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let relay = house.world.relay().await;
    let reply = "to=ann%40kunde.example&text=Kommt+morgen.";
    house.ben.press("composer", &format!("/tickets/{one}/reply"), reply).await;
    house.world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let ours = relay.sink.mails().remove(0);
    let ids = house.ids(&one).await;
    house.moves(&one, &[&ids[1]], &other).await;

    // It bears the marks of the ticket that it was sent from.
    let headers = format!(
        "In-Reply-To: {}\nReferences: {}\n {}\n",
        header(&ours, "Message-ID"),
        header(&ours, "References"),
        header(&ours, "Message-ID"),
    );
    let answer = mail("ann@kunde.example", &format!("AW: [#{one}] Regal"), "a2", &headers);
    let token = reply_address(&house, &one).await;
    let answer = answer.replace("hilfe@firma.example", token.as_str());
    let came = house.world.mail("hilfe", &answer).await.ticket.unwrap();
    assert_eq!(came, other);
    // What stayed keeps its answers.
    let stays =
        house.comes("ann@kunde.example", "Regal", "a3", "In-Reply-To: <a1@kunde.example>\n").await;
    assert_eq!(stays, one);
}

async fn answers_come_back_after_separating(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    house.merge(&other, &one).await;
    house.separates(&one).await;
    let by_number = house.comes("carl@kunde.example", &format!("[#{other}] AW"), "c2", "").await;
    let by_reference =
        house.comes("carl@kunde.example", "AW", "c3", "In-Reply-To: <c1@kunde.example>\n").await;
    assert_eq!((by_number, by_reference), (other.clone(), other));
}
