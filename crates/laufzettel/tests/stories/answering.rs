//! What stands in an answer, as whom it leaves, and what it does to its ticket.

use serde_json::json;
use testkit::smtp_sink::Received;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::{Relay, header};

testkit::on_both_engines!(
    an_answer_leaves_as_its_area_its_mailbox_or_the_agent_says,
    the_signature_is_the_agents_own_or_that_of_the_mailbox,
    what_the_area_puts_around_a_mail_is_not_in_the_conversation,
    copies_are_proposed_and_hidden_ones_stay_hidden,
    the_first_answer_begins_the_work_and_a_note_does_not,
    files_go_with_an_answer_and_stay_with_the_ticket,
    a_picture_in_the_text_is_a_part_of_the_mail,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: info@firma.example\n\
    Cc: Carl <carl@kunde.example>\nSubject: Regal wackelt\nMessage-ID: <a1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("info", "support").await;
    world.mail("info", FIRST).await.ticket.unwrap()
}

/// Answers and gives the mail that left.
async fn answer(world: &World, relay: &Relay, ben: &Browser, number: &str, form: &str) -> Received {
    let before = relay.sink.mails().len();
    let form = format!("to=ann%40kunde.example&{form}");
    let answer = ben.press("composer", &format!("/tickets/{number}/reply"), &form).await;
    assert!(answer.words().contains("Die Antwort geht"), "{}", answer.words());
    world.seconds_pass(31);
    relay.sink.wait_for_accepted(before + 1);
    world.outbox().await;
    relay.sink.mails().remove(before)
}

fn body(mail: &Received) -> String {
    let read = mail::read::read(&mail.bytes);
    read.text.unwrap_or_default()
}

/// Proves F-OUT-02, F-OUT-03, F-OUT-04, F-OUT-05.
async fn an_answer_leaves_as_its_area_its_mailbox_or_the_agent_says(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let mail = answer(&world, &relay, &ben, &number, "text=eins").await;
    assert_eq!(mail.from, "hilfe@firma.example", "the default sender");
    assert_eq!(header(&mail, "Reply-To"), "\"Firma Hilfe\" <info@firma.example>");

    let smtp = json!({ "url": format!("smtp://127.0.0.1:{}", relay.sink.port()), "tls": "none" });
    let technik = json!({ "address": "technik@firma.example", "name": "Technik", "smtp": smtp });
    erp.post("/senders", technik).await.done();
    erp.patch("/areas/support", json!({ "sender": "technik@firma.example" })).await.done();
    let mail = answer(&world, &relay, &ben, &number, "text=zwei&subject=Ihr+Regal").await;
    assert_eq!(mail.from, "technik@firma.example", "the sender of the area");
    assert_eq!(header(&mail, "Subject"), format!("[#{number}] Re: Ihr Regal"));

    let form = "text=drei&sender=hilfe%40firma.example";
    let mail = answer(&world, &relay, &ben, &number, form).await;
    assert_eq!(mail.from, "hilfe@firma.example", "what the agent chose");

    erp.patch("/mailboxes/info", json!({ "sender": "hilfe@firma.example" })).await.done();
    let mail = answer(&world, &relay, &ben, &number, "text=vier").await;
    assert_eq!(mail.from, "hilfe@firma.example", "the sender of the mailbox");
    let info = json!({ "address": "info@firma.example", "name": "Info", "smtp": smtp_of(&relay) });
    erp.post("/senders", info).await.done();
    erp.patch("/mailboxes/info", json!({ "answer_as_received": true })).await.done();
    let mail = answer(&world, &relay, &ben, &number, "text=sechs").await;
    assert_eq!(mail.from, "info@firma.example", "the address that the customer wrote to");
}

fn smtp_of(relay: &Relay) -> serde_json::Value {
    json!({ "url": format!("smtp://127.0.0.1:{}", relay.sink.port()), "tls": "none" })
}

/// Proves F-OUT-09.
async fn the_signature_is_the_agents_own_or_that_of_the_mailbox(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let of_mailbox = json!({ "signature": "<p>Ihr Team vom Empfang</p>" });
    erp.patch("/mailboxes/info", of_mailbox).await.done();
    let mail = answer(&world, &relay, &ben, &number, "text=eins&signed=1").await;
    assert!(body(&mail).contains("-- \nIhr Team vom Empfang"), "{}", body(&mail));
    let own = json!({ "phone": "040 123", "signature": "<p>{name}, Telefon {telefon}</p>" });
    erp.patch(&format!("/agents/{}", ben.agent), own).await.done();
    world.app.forget_lists();
    let mail = answer(&world, &relay, &ben, &number, "text=zwei&signed=1").await;
    assert!(body(&mail).contains("-- \nBen, Telefon 040 123"), "{}", body(&mail));
    let mail = answer(&world, &relay, &ben, &number, "text=drei").await;
    assert!(!body(&mail).contains("Telefon"), "{}", body(&mail));
}

/// Proves F-OUT-10.
async fn what_the_area_puts_around_a_mail_is_not_in_the_conversation(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let around = json!({ "mail_header": "<p>Oben steht das</p>", "mail_footer": "<p>Unten steht dies</p>",
        "quote": "none" });
    erp.patch("/areas/support", around).await.done();
    let mail = answer(&world, &relay, &ben, &number, "text=Mitte").await;
    assert_eq!(body(&mail).trim(), "Oben steht das\n\nMitte\n\nUnten steht dies");
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Mitte") && !page.contains("Oben steht das"), "{page}");
}

/// Proves F-OUT-16.
async fn copies_are_proposed_and_hidden_ones_stay_hidden(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let proposed = ben.get(&format!("/recipients?ticket={number}&q=car")).await.text();
    assert!(proposed.contains("data-value=\"Carl &lt;carl@kunde.example&gt;\""), "{proposed}");
    let nobody = ben.get(&format!("/recipients?ticket={number}&q=zzz")).await.words();
    assert!(nobody.contains("Niemand gefunden"), "{nobody}");
    let form = "cc=carl%40kunde.example&bcc=chef%40firma.example&text=Text&knows_strangers=1";
    let mail = answer(&world, &relay, &ben, &number, form).await;
    assert_eq!(mail.recipients, ["ann@kunde.example", "carl@kunde.example", "chef@firma.example"]);
    assert_eq!(header(&mail, "Cc"), "<carl@kunde.example>");
    assert!(!String::from_utf8_lossy(&mail.bytes).contains("chef@"));
}

/// Proves F-STAT-09, F-ACT-02, F-ACT-04, F-ACT-17.
async fn the_first_answer_begins_the_work_and_a_note_does_not(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let erp = administrator(&world).await;
    let path = format!("/tickets/{number}");
    let note = ben.press("composer", &format!("{path}/note"), "text=Nur+f%C3%BCr+uns").await;
    assert!(note.words().contains("Notiz abgelegt"), "{}", note.words());
    let shown = erp.get(&path).await.done();
    assert_eq!((&shown["status"]["kind"], &shown["unread"]), (&json!("unread"), &json!(true)));
    answer(&world, &relay, &ben, &number, "text=Kommt").await;
    let shown = erp.get(&path).await.done();
    assert_eq!(
        (&shown["status"]["kind"], &shown["unread"]),
        (&json!("in_progress"), &json!(false))
    );
    assert_eq!(relay.sink.mails().len(), 1, "the note went to nobody");
    assert!(!body(&relay.sink.mails()[0]).contains("Nur für uns"));
    let page = ben.get(&path).await.words();
    assert!(page.contains("Interne Notiz"), "{page}");
    let back = "From: ann@kunde.example\nTo: info@firma.example\nSubject: AW: Regal\n\
        Message-ID: <a2@kunde.example>\nIn-Reply-To: <a1@kunde.example>\n\nDanke.\n";
    world.mail("info", back).await;
    assert_eq!(erp.get(&path).await.done()["unread"], json!(true));
}

/// Proves F-OUT-19, F-ACT-16.
async fn files_go_with_an_answer_and_stay_with_the_ticket(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let mut form = "text=Anbei".to_owned();
    for (name, bytes) in [("plan.txt", "Der Plan"), ("liste.txt", "Die Liste")] {
        let id = ben.upload(&format!("/tickets/{number}/files"), name, bytes.as_bytes()).await;
        form.push_str(&format!("&uploads={id}"));
    }
    let mail = answer(&world, &relay, &ben, &number, &form).await;
    let read = mail::read::read(&mail.bytes);
    let names: Vec<&str> = read.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["plan.txt", "liste.txt"]);
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("plan.txt") && page.contains("liste.txt"), "{page}");
}

async fn a_picture_in_the_text_is_a_part_of_the_mail(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let files = format!("/tickets/{number}/files?inline=1");
    let png = b"\x89PNG\r\n\x1a\n0000";
    let id = ben.upload(&files, "bild.png", png).await;
    let left_out = ben.upload(&files, "weg.png", png).await;
    let view = format!("/attachments/{id}/view");
    assert_eq!(ben.get(&view).await.status, 200, "the editor shows it before it is sent");
    assert_eq!(eve.get(&view).await.status, 404);
    let form = format!(
        "text=Da&html=%3Cp%3EDa%3A%3Cimg+src%3D%22%2Fattachments%2F{id}%2Fview%22%3E%3C%2Fp%3E\
         &uploads={id}&uploads={left_out}"
    );
    let mail = answer(&world, &relay, &ben, &number, &form).await;
    let read = mail::read::read(&mail.bytes);
    let pictures: Vec<(&str, bool)> =
        read.attachments.iter().map(|file| (file.name.as_str(), file.is_inline)).collect();
    assert_eq!(pictures, [("bild.png", true)]);
    assert!(read.html.unwrap().contains(&format!("cid:{id}@laufzettel")));
    assert_eq!(eve.get(&view).await.status, 200, "it is a file of the ticket now");
}
