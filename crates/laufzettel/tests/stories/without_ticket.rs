//! Mails without a ticket in the journal: what is said of them, how they are read, and how those that
//! were sorted out still come to a ticket.

use laufzettel::feature::intake::{self, Stored, StoredMail};
use laufzettel::record::MailId;
use rules::right::Level;

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::mails::Setting;

testkit::on_both_engines!(
    a_duplicate_says_where_the_mail_lies_that_came_first,
    a_mail_that_is_to_be_decided_is_read_where_it_lies_and_not_called_decided,
    an_empty_tab_says_what_it_would_hold,
    a_mail_that_was_sorted_out_goes_to_a_ticket_or_becomes_one,
    a_discarded_mail_is_placed_without_being_restored,
    a_mail_in_a_ticket_leads_to_where_else_it_could_belong,
    what_lies_in_a_ticket_is_not_placed,
    another_try_is_a_step_of_the_way,
    a_number_is_found_as_people_copy_it,
    a_mail_without_a_word_says_so_in_its_ticket,
    what_was_decided_stays_told_after_tickets_became_one,
);

const ANN: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Drucker raucht\n\
    Message-ID: <m1@kunde.example>\n\nEr raucht.\n";
/// "Der <b>Lüfter</b> steht still." with a script and a picture from the network, as HTML alone.
const HTML: &str = "From: Eve Fremd <eve@anders.example>\nTo: Hilfe <hilfe@firma.example>\n\
    Cc: mit@anders.example\nSubject: Lieferung\nMessage-ID: <e1@anders.example>\n\
    Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
    PHA+RGVyIDxiPkzDvGZ0ZXI8L2I+IHN0ZWh0IHN0aWxsLjwvcD48c2NyaXB0PmFsZXJ0KDEpPC9z\n\
    Y3JpcHQ+PGltZyBzcmM9Imh0dHBzOi8vcGl4ZWwuYW5kZXJzLmV4YW1wbGUveC5wbmciPg==\n";
const BOUNCE: &str = "From: MAILER-DAEMON@anders.example\nTo: hilfe@firma.example\n\
    Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b1@anders.example>\nMIME-Version: 1.0\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
    --b\nContent-Type: text/plain\n\nDie Bestellung 4711 kam zurueck.\n\n\
    --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
    Final-Recipient: rfc822; weg@anders.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n";
const FORM: &str = "From: Webshop <shop@anders.example>\nTo: hilfe@firma.example\nSubject: Neue Bestellung\n\
    Message-ID: <s1@anders.example>\nAuto-Submitted: auto-generated\n\nZwei Stuehle in Eiche.\n";

/// A ticket of Ann's, and a mailbox that takes nobody whom it does not know.
async fn house(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    let number = world.mail("hilfe", ANN).await.ticket.unwrap();
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    number
}

/// A mail of which nothing came; its entry.
async fn outside(world: &World, mail: &str, became: &str) -> String {
    let outcome = world.mail("hilfe", mail).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), (became, None));
    outcome.mail.to_string()
}

/// Proves F-MAIL-32.
async fn a_duplicate_says_where_the_mail_lies_that_came_first(world: World) {
    let number = house(&world).await;
    let first = world.mail("hilfe", ANN).await;
    assert_eq!(first.outcome, "duplicate");
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/mails/{}", first.mail)).await;
    let words = page.words();
    let said = format!("Dieselbe Mail liegt schon in Ticket {number} und zählt einmal.");
    assert!(words.contains(&said), "{words}");
    let step = format!("Als dieselbe Mail erkannt Zählt einmal, bei Ticket {number}");
    assert!(words.contains(&step), "{words}");
    assert!(!words.contains("Gehört zu keinem Ticket"), "{words}");
    assert!(words.contains(&format!("zählt bei {number}")), "the list says it, too: {words}");
    // The mail that came first is one click away.
    let links = page.text();
    let href = links
        .split("<a class=\"btn\" href=\"")
        .find(|part| part.contains("Zuerst angekommene"))
        .unwrap();
    let words = ben.get(href.split(['#', '"']).next().unwrap()).await.words();
    assert!(words.contains(&format!("Aus der Mail wurde das neue Ticket {number}")), "{words}");
}

/// Proves F-MAIL-32.
async fn a_mail_that_is_to_be_decided_is_read_where_it_lies_and_not_called_decided(world: World) {
    house(&world).await;
    let mail = outside(&world, HTML, "unassigned").await;
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/mails/{mail}")).await;
    let words = page.words();
    assert!(words.contains("Zu entscheiden Jemand muss sagen, wohin sie gehört"), "{words}");
    assert!(!words.contains("Gehört zu keinem Ticket"), "{words}");
    assert!(words.contains("An hilfe@firma.example, mit@anders.example"), "{words}");
    assert!(words.contains("Text Der Lüfter steht still."), "{words}");
    assert!(!page.text().contains("pixel.anders.example"), "nothing is loaded from the network");
    assert!(!page.text().contains("alert(1)"));
    let mut ben = ben;
    ben.language = "en";
    let english = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(english.contains("To be decided Somebody has to say where it belongs"), "{english}");
    // Who does not enter the area reads nothing of it.
    let other = world.agent_of("Olaf", &[]).await;
    assert_eq!(other.get(&format!("/mails/{mail}")).await.status, 404);

    let empty = "From: Eve <eve@anders.example>\nTo: hilfe@firma.example\nSubject:\n\
        Message-ID: <e2@anders.example>\n\n \n";
    let mail = outside(&world, empty, "unassigned").await;
    let words = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(words.contains("Text The mail has no text."), "{words}");
}

async fn an_empty_tab_says_what_it_would_hold(world: World) {
    house(&world).await;
    let ben = world.agent("Ben").await;
    let said = async |path: &str| ben.get(path).await.words();
    for (tab, sentence) in [
        ("undecided", "Nichts zu entscheiden"),
        ("without_ticket", "Keine Mail ohne Ticket"),
        ("quarantined", "Keine Mail in Quarantäne"),
    ] {
        let words = said(&format!("/mails?tab={tab}")).await;
        assert!(words.contains(sentence) && !words.contains("Keine Mail passt"), "{tab}: {words}");
        let words = said(&format!("/mails?tab={tab}&q=nirgends")).await;
        assert!(words.contains("Keine Mail passt") && !words.contains(sentence), "{tab}: {words}");
        assert!(words.contains("In Eingang und Ausgang suchen"), "{tab}: {words}");
    }
}

async fn placed(ben: &Browser, form: &str) -> String {
    let answer = ben.post("/mails/place", form).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    ben.get(answer.header("location")).await.words()
}

/// Proves F-MAIL-32.
async fn a_mail_that_was_sorted_out_goes_to_a_ticket_or_becomes_one(world: World) {
    let number = house(&world).await;
    let bounce = outside(&world, BOUNCE, "bounce").await;
    let form = outside(&world, FORM, "filtered").await;
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/mails/{form}")).await;
    assert!(page.words().contains("An hilfe@firma.example"), "{}", page.words());
    assert!(page.words().contains("Zwei Stuehle in Eiche."), "{}", page.words());
    assert!(page.text().contains("id=\"place-entry\""), "{}", page.text());
    // It is put aside already: there is nothing to discard.
    assert!(!page.text().contains("value=\"discard\""), "{}", page.text());
    let again = world.mail("hilfe", ANN).await.mail;
    let list = ben.get("/mails?tab=without_ticket").await.text();
    assert!(!list.contains(&again.to_string()), "the mail that came first lies in a ticket");
    for mail in [&bounce, &form] {
        assert!(list.contains(&format!("name=\"mail\" value=\"{mail}\"")), "{list}");
    }
    let reader = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let assign = format!("do=assign&mail={bounce}&number={number}&back=tab%3Dwithout_ticket");
    assert_eq!(reader.post("/mails/place", &assign).await.status, 403);

    let told = placed(&ben, &assign).await;
    assert!(told.contains(&format!("Mail zu Ticket {number} gelegt")), "{told}");
    let ticket = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(ticket.contains("Die Bestellung 4711 kam zurueck."), "{ticket}");

    let told = placed(&ben, &format!("do=make&mail={form}&back=tab%3Dwithout_ticket")).await;
    let made = told.split("Ticket ").find(|part| part.contains(" angelegt")).unwrap();
    let made = made.split(' ').next().unwrap();
    let ticket = ben.get(&format!("/tickets/{made}")).await.words();
    assert!(ticket.contains("Neue Bestellung") && ticket.contains("Zwei Stuehle"), "{ticket}");
    // A person decided: what the rules had found counts no more.
    let entry = ben.get(&format!("/mails/{form}")).await.words();
    assert!(entry.contains("Ben hat sie hierher gelegt genügt"), "{entry}");
    assert_eq!(entry.matches("genügt").count(), 1, "{entry}");
    let told = placed(&ben, &format!("do=make&mail={form}&back=tab%3Dwithout_ticket")).await;
    assert!(told.contains("Jemand anderes war schneller"), "{told}");
}

/// Proves F-MAIL-32.
async fn a_discarded_mail_is_placed_without_being_restored(world: World) {
    let number = house(&world).await;
    let mail = outside(&world, HTML, "unassigned").await;
    let ben = world.agent("Ben").await;
    placed(&ben, &format!("do=discard&mail={mail}&back=")).await;
    placed(&ben, &format!("do=assign&mail={mail}&number={number}&back=")).await;
    let entry = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(entry.contains(&format!("Die Mail gehört zu Ticket {number}")), "{entry}");
    assert!(!entry.contains("Ben hat sie verworfen"), "{entry}");
    assert!(entry.contains("Verworfen Von Ben"), "its way still tells it: {entry}");
}

async fn a_mail_in_a_ticket_leads_to_where_else_it_could_belong(world: World) {
    let number = house(&world).await;
    let more =
        ANN.replace("m1@", "m2@").replace("Drucker raucht", &format!("[#{number}] Noch was"));
    let joined = world.mail("hilfe", &more).await;
    assert_eq!(joined.ticket.as_deref(), Some(number.as_str()));
    let (mail, message) = (joined.mail, joined.message.unwrap());
    let ben = world.agent("Ben").await;
    let entry = ben.get(&format!("/mails/{mail}")).await.text();
    let href = format!("/tickets/{number}/move?message={message}");
    assert!(entry.contains(&format!("href=\"{href}\"")), "{entry}");
    let page = ben.get(&href).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(&message.to_string()), "{}", page.text());
    let reader = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let entry = reader.get(&format!("/mails/{mail}")).await.text();
    assert!(!entry.contains("/move?"), "{entry}");
}

async fn what_lies_in_a_ticket_is_not_placed(world: World) {
    let number = house(&world).await;
    let joined = world.mail("hilfe", &ANN.replace("m1@", "m3@")).await.mail;
    let again = world.mail("hilfe", ANN).await.mail;
    let ben = world.agent("Ben").await;
    for mail in [joined, again] {
        let entry = ben.get(&format!("/mails/{mail}")).await.text();
        assert!(!entry.contains("place-entry"), "{entry}");
        let form = format!("do=assign&mail={mail}&number={number}&back=");
        let told = placed(&ben, &form).await;
        assert!(told.contains("Jemand anderes war schneller"), "{told}");
    }
}

async fn another_try_is_a_step_of_the_way(world: World) {
    house(&world).await;
    let mail = outside(&world, HTML, "unassigned").await;
    let ben = world.agent("Ben").await;
    placed(&ben, &format!("do=discard&mail={mail}&back=")).await;
    assert_eq!(ben.post(&format!("/mails/{mail}/retry"), "").await.status, 303);
    let page = ben.get(&format!("/mails/{mail}")).await;
    let words = page.words();
    assert!(words.contains("Erneut versucht Von Ben"), "{words}");
    assert!(
        !words.contains("Ben hat sie verworfen"),
        "what was found before counts no more: {words}"
    );
    // The entry waits for its decision and shows it by itself.
    let waiting = page.text();
    let entry = waiting.split("id=\"entry\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(entry.contains("live:mail"), "{entry}");
    let stored = Stored::New(MailId::parse(&mail).unwrap());
    intake::decide(&world.app, StoredMail::of(stored)).await.unwrap();
    let words = ben.get(&format!("/mails/{mail}")).await.words();
    let order =
        ["Verworfen Von Ben", "Erneut versucht Von Ben", "Jemand muss sagen, wohin sie gehört"];
    let places = order.map(|step| words.find(step).unwrap_or_else(|| panic!("{step}: {words}")));
    assert!(places.is_sorted(), "{words}");
}

async fn a_number_is_found_as_people_copy_it(world: World) {
    let number = house(&world).await;
    let ben = world.agent("Ben").await;
    let (tag, sharp) = (format!("%5B%23{number}%5D"), format!("%23{number}"));
    let id = "Message-ID%3A+%3Cm1%40kunde.example%3E".to_owned();
    for sought in [number, tag, sharp, id, "10.00+Uhr".to_owned(), "10%3A05+am".to_owned()] {
        let words = ben.get(&format!("/mails?q={sought}")).await.words();
        assert!(words.contains("Drucker raucht"), "{sought}: {words}");
    }
    for sought in ["%5B%23TS9-9%5D", "10%3A05+pm", "11.00+Uhr"] {
        let words = ben.get(&format!("/mails?q={sought}")).await.words();
        assert!(!words.contains("Drucker raucht"), "{sought}: {words}");
    }
}

/// Proves F-MAIL-35.
async fn a_mail_without_a_word_says_so_in_its_ticket(world: World) {
    world.mailbox("hilfe", "support").await;
    let empty = "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject:\n\
        Message-ID: <leer@kunde.example>\n\n \n";
    let number = world.mail("hilfe", empty).await.ticket.unwrap();
    let mut ben = world.agent("Ben").await;
    let words = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(words.contains("Die Mail hat keinen Text."), "{words}");
    assert!(words.contains(&format!("{number} (ohne Betreff)")), "{words}");
    ben.language = "en";
    let words = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(words.contains("The mail has no text."), "{words}");
    assert!(words.contains(&format!("{number} (no subject)")), "{words}");
}

async fn what_was_decided_stays_told_after_tickets_became_one(world: World) {
    let first = house(&world).await;
    world.set_mailbox("hilfe", Setting::UnknownSender("ticket")).await;
    let founding = world.mail("hilfe", HTML).await;
    let (mail, made) = (founding.mail, founding.ticket.unwrap());
    let ben = world.agent("Ben").await;
    let form = format!("with={first}");
    let merged = ben.post(&format!("/tickets/{made}/merge"), &form).await;
    assert_eq!(merged.status, 303, "{}", merged.words());
    let page = ben.get(&format!("/mails/{mail}")).await;
    let words = page.words();
    assert!(words.contains(&format!("Aus der Mail wurde das neue Ticket {made}")), "{words}");
    assert!(words.contains(&format!("Inzwischen liegt sie in Ticket {first}")), "{words}");
    assert!(words.contains(&format!("Zugeordnet Ticket {made}")), "{words}");
    let brought = format!("In ein anderes Ticket gelegt Ticket {first}, von Ben");
    assert!(words.contains(&brought), "{words}");
    assert!(words.contains(&format!("zu {first} Jemand hat sie aus einem anderen")), "{words}");
    assert!(!words.contains(&format!("neu: {made}")), "{words}");
}
