//! Copies of sent mails in the Sent folder of the account, by choice (decision 20).

use testkit::imap_server::{Answer, ImapServer, Step};
use testkit::smtp_sink::{Phase, When};

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::Relay;

testkit::on_both_engines!(
    an_answer_lies_in_the_sent_folder_once_and_byte_for_byte,
    what_the_provider_files_itself_is_not_doubled,
    a_missing_folder_is_made_and_one_that_must_not_be_is_told,
    a_copy_that_was_put_and_not_noted_is_found,
    an_account_that_is_away_keeps_no_mail_from_leaving,
    after_five_days_a_copy_is_given_up,
    a_refused_login_is_tried_rarely,
    who_does_not_ask_gets_no_copy,
    a_shared_sender_copies_into_the_account_of_the_ticket,
);

const ANN: &str = "ann@kunde.example";
const FOLDER: &str = "Gesendet";

async fn office(world: &World, server: &ImapServer) -> (Relay, Browser) {
    world.mailbox("hilfe", "support").await;
    world.has_account("hilfe", server.port(), Some(FOLDER)).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    world.at_once().await;
    (relay, ben)
}

async fn new_ticket(world: &World) -> String {
    let id = world.app.ids.next::<u8>(world.app.now());
    let mail = format!(
        "From: Ann <{ANN}>\nTo: hilfe@firma.example\nSubject: Regal\n\
         Message-ID: <{id}@kunde.example>\n\nEs wackelt.\n"
    );
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

async fn answer(world: &World, ben: &Browser) -> String {
    let number = new_ticket(world).await;
    let form =
        "to=ann%40kunde.example&bcc=chef%40firma.example&text=Kommt.&knows_strangers=1&then=";
    let answered = ben.press("composer", &format!("/tickets/{number}/reply"), form).await;
    assert!(answered.words().contains("Antwort gesendet"), "{}", answered.words());
    assert_eq!(world.fate_when("sent").await.attempts, 1);
    number
}

fn says(words: &str) -> Answer {
    Answer::Say(words.to_owned())
}

/// The newest mail of the outbox on the screen.
async fn entry(ben: &Browser) -> String {
    let page = ben.get("/mails/out").await.text();
    let from = page.find("href=\"/mails/out/").unwrap() + 6;
    let path = page[from..].split(['"', '#', '?']).next().unwrap().to_owned();
    ben.get(&path).await.words()
}

async fn an_answer_lies_in_the_sent_folder_once_and_byte_for_byte(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    answer(&world, &ben).await;
    assert_eq!(world.copies().await, ["waiting 0"]);
    assert!(entry(&ben).await.contains("Die Kopie kommt gleich in den Ordner"));
    world.seconds_pass(6);
    let kept = server.wait_for(FOLDER, 1);
    world.copies_when(&["copied 0"]).await;
    let sent = relay.sink.wait_for_accepted(1);
    assert_eq!(kept[0].bytes, sent[0].bytes);
    assert!(!String::from_utf8_lossy(&kept[0].bytes).contains("chef@firma.example"));
    assert_eq!(kept[0].flags, "\\Seen");
    assert_eq!(kept[0].date, "21-Nov-2026 09:00:00 +0000");
    let entry = entry(&ben).await;
    assert!(entry.contains("In den Ordner „Gesendet“ kopiert Gesendet"), "{entry}");
    world.minutes_pass(180);
    answer(&world, &ben).await;
    world.seconds_pass(6);
    server.wait_for(FOLDER, 2);
    world.copies_when(&["copied 0", "copied 0"]).await;
    assert_eq!((server.contents(FOLDER).len(), server.visits(Step::Append)), (2, 2));
}

async fn what_the_provider_files_itself_is_not_doubled(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    answer(&world, &ben).await;
    server.put(FOLDER, &relay.sink.wait_for_accepted(1)[0].bytes);
    world.seconds_pass(6);
    world.copies_when(&["found 0"]).await;
    assert_eq!((server.contents(FOLDER).len(), server.visits(Step::Append)), (1, 0));
    assert!(entry(&ben).await.contains("Lag schon im Ordner „Gesendet“"));
}

async fn a_missing_folder_is_made_and_one_that_must_not_be_is_told(world: World) {
    let server = ImapServer::start();
    let (_relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    answer(&world, &ben).await;
    world.seconds_pass(6);
    assert_eq!(server.wait_for(FOLDER, 1).len(), 1);
    world.copies_when(&["copied 0"]).await;
    for (step, words) in [
        (Step::Append, "NO [OVERQUOTA] Mailbox is full"),
        (Step::Append, "BAD what is this?"),
        (Step::Select, "NO [NOPERM] Permission denied"),
        (Step::Search, "NO [SERVERBUG] not now"),
    ] {
        server.on(step, says(words));
        answer(&world, &ben).await;
        world.seconds_pass(6);
        let said = words.split_once(' ').unwrap().1;
        let mut expected = vec!["copied 0".to_owned(); world.copies().await.len() - 1];
        expected.push(format!("waiting 1 {said}"));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        world.copies_when(&expected).await;
        let page = entry(&ben).await;
        assert!(page.contains("Noch keine Kopie im Ordner „Gesendet“"), "{page}");
        assert!(page.contains(said) && page.contains("1. Versuch: angenommen"), "{page}");
        server.clear_rules();
        world.minutes_pass(2);
        let mut well = expected;
        let copied = well.len() - 1;
        well[copied] = "copied 1";
        world.copies_when(&well).await;
        // The next case begins with a clean line.
        world.forget_copies().await;
    }
    // Who sets another folder need not wait for the next try.
    server.on(Step::Create, says("NO [CANNOT] not this name"));
    world.has_account("hilfe", server.port(), Some("Verboten")).await;
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["waiting 1 [CANNOT] not this name"]).await;
    world.has_account("hilfe", server.port(), Some(FOLDER)).await;
    world.copies_when(&["copied 1"]).await;
    assert!(server.contents("Verboten").is_empty());
}

async fn a_copy_that_was_put_and_not_noted_is_found(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (_relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    server.on(Step::Stored, Answer::Close);
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["waiting 1 connection_lost"]).await;
    server.clear_rules();
    world.minutes_pass(2);
    world.copies_when(&["found 1"]).await;
    assert_eq!((server.contents(FOLDER).len(), server.visits(Step::Append)), (1, 1));
}

async fn an_account_that_is_away_keeps_no_mail_from_leaving(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let port = server.port();
    let (_relay, ben) = office(&world, &server).await;
    drop(server);
    let _worker = world.sent_folders();
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["waiting 1 refused"]).await;
    answer(&world, &ben).await;
    let fates = world.fates().await;
    assert!(fates.iter().all(|fate| fate.state == "sent" && fate.attempts == 1), "{fates:#?}");
    let server = ImapServer::start_on(port).with_folder(FOLDER);
    world.minutes_pass(2);
    world.copies_when(&["copied 1", "copied 0"]).await;
    assert_eq!(server.contents(FOLDER).len(), 2);
}

async fn after_five_days_a_copy_is_given_up(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (_relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    server.on(Step::Append, says("NO [OVERQUOTA] Mailbox is full"));
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["waiting 1 [OVERQUOTA] Mailbox is full"]).await;
    world.minutes_pass(5 * 24 * 60);
    world.copies_when(&["given_up 2 [OVERQUOTA] Mailbox is full"]).await;
    server.clear_rules();
    world.minutes_pass(24 * 60);
    let ben = world.sign_in(ben.agent).await;
    let page = entry(&ben).await;
    assert!(page.contains("Keine Kopie im Ordner „Gesendet“"), "{page}");
    assert!(page.contains("[OVERQUOTA] Mailbox is full"), "{page}");
    assert_eq!(world.newest_fate().await.state, "sent");
    assert!(server.contents(FOLDER).is_empty());
}

async fn a_refused_login_is_tried_rarely(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (_relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    server.on(Step::Login, says("NO [AUTHENTICATIONFAILED] wrong password"));
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["waiting 1 [AUTHENTICATIONFAILED] wrong password"]).await;
    for _ in 0..3 {
        answer(&world, &ben).await;
        world.minutes_pass(5);
    }
    testkit::wait::pass(std::time::Duration::from_secs(3));
    assert_eq!(server.visits(Step::Login), 1);
    server.clear_rules();
    world.minutes_pass(30);
    world.copies_when(&["copied 1", "copied 0", "copied 0", "copied 0"]).await;
}

async fn who_does_not_ask_gets_no_copy(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    world.has_account("hilfe", server.port(), None).await;
    answer(&world, &ben).await;
    // A mail that nobody got is no sent mail.
    world.has_account("hilfe", server.port(), Some(FOLDER)).await;
    relay.sink.on(Phase::Rcpt, When::Always, testkit::smtp_sink::Answer::Reply("550 no".into()));
    let number = new_ticket(&world).await;
    let form = "to=ann%40kunde.example&text=Kommt.&then=";
    ben.press("composer", &format!("/tickets/{number}/reply"), form).await;
    world.fate_when("failed").await;
    assert!(world.copies().await.is_empty());
    relay.sink.clear_rules();
    // One that waits when the choice is taken back is copied nowhere.
    answer(&world, &ben).await;
    assert_eq!(world.copies().await, ["waiting 0"]);
    world.has_account("hilfe", server.port(), None).await;
    let _worker = world.sent_folders();
    world.seconds_pass(6);
    world.copies_when(&["given_up 0"]).await;
    assert_eq!(server.visits(Step::Login), 0);
}

async fn a_shared_sender_copies_into_the_account_of_the_ticket(world: World) {
    let server = ImapServer::start().with_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    world.mailbox("info", "support").await;
    world.has_account("info", server.port(), Some("Kopien")).await;
    world.next_account(&relay).await;
    let _worker = world.sent_folders();
    world.send_as_default("hilfe").await;
    answer(&world, &ben).await;
    world.seconds_pass(6);
    world.copies_when(&["copied 0"]).await;
    let kept = server.contents(FOLDER);
    assert!(!String::from_utf8_lossy(&kept[0].bytes).contains("From: hilfe@firma.example"));
    assert!(server.contents("Kopien").is_empty());
}
