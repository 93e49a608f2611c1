//! Evidence from the Sent folder for a mail of which nobody knows whether it left (mail.md 3.2).

use testkit::imap_server::{Answer as ImapAnswer, ImapServer, Step};
use testkit::smtp_sink::{Answer, Phase, When};

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::Relay;

testkit::on_both_engines!(
    a_mail_in_the_dark_that_lies_in_the_sent_folder_is_sent,
    without_evidence_the_mail_is_sent_again_in_time,
    what_may_lie_there_since_an_earlier_try_proves_nothing,
    who_was_put_off_in_the_same_try_is_tried_again,
    after_a_crash_evidence_counts_for_a_single_recipient,
);

/// The name that the provider gives it.
const FOLDER: &str = "Sent Items";

async fn office(world: &World, server: &ImapServer) -> (Relay, Browser) {
    world.mailbox("hilfe", "support").await;
    world.has_account("hilfe", server.port(), None).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    world.at_once().await;
    (relay, ben)
}

async fn answer(world: &World, ben: &Browser, to: &str) -> String {
    let id = world.app.ids.next::<u8>(world.app.now());
    let mail = format!(
        "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Regal\n\
         Message-ID: <{id}@kunde.example>\n\nEs wackelt.\n"
    );
    let number = world.mail("hilfe", &mail).await.ticket.unwrap();
    let form = format!("to={}&text=Kommt.&knows_strangers=1&then=", to.replace('@', "%40"));
    ben.press("composer", &format!("/tickets/{number}/reply"), &form).await;
    number
}

fn last_mail(relay: &Relay) -> Vec<u8> {
    relay.sink.mails().last().unwrap().bytes.clone()
}

/// Waits until the worker has looked for a mail so often.
fn sought(server: &ImapServer, times: usize) {
    server.wait_for_step(Step::Search, times);
}

async fn a_mail_in_the_dark_that_lies_in_the_sent_folder_is_sent(world: World) {
    let server = ImapServer::start().with_folder("Sent").with_sent_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    relay.sink.on(Phase::Dot, When::Always, Answer::Close);
    let number = answer(&world, &ben, "ann@kunde.example").await;
    world.fate_when("uncertain").await;
    sought(&server, 1);
    assert_eq!(world.newest_fate().await.state, "uncertain");
    server.put(FOLDER, &last_mail(&relay));
    world.minutes_pass(2);
    let fate = world.fate_when("sent").await;
    assert_eq!((fate.perhaps_twice, fate.seconds), (false, None), "{fate:#?}");
    assert_eq!(fate.recipients, ["ann@kunde.example accepted"]);
    assert_eq!(fate.tries.last().unwrap(), "found dot Sent Items", "{fate:#?}");
    world.minutes_pass(20);
    // An automatic mail is not given up, either.
    world.automatic("auto@kunde.example").await;
    world.fate_when("uncertain").await;
    server.put(FOLDER, &last_mail(&relay));
    world.minutes_pass(2);
    world.fate_when("sent").await;
    assert_eq!(relay.sink.mails().len(), 2);
    assert!(world.copies().await.is_empty());
    let conversation = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(!conversation.contains("zweimal"), "{conversation}");
    let page = ben.get("/mails/out").await.text();
    let path = page.split("href=\"/mails/out/").nth(1).unwrap().split(['"', '#', '?']).next();
    let entry = ben.get(&format!("/mails/out/{}", path.unwrap())).await.words();
    assert!(entry.contains("Im Ordner „Gesendet“ gefunden"), "{entry}");
}

async fn without_evidence_the_mail_is_sent_again_in_time(world: World) {
    let server = ImapServer::start().with_sent_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    // The server refuses, cuts, knows no such folder, or is silent for ever.
    let troubles = [
        (Step::Search, ImapAnswer::Say("NO not now".into())),
        (Step::Select, ImapAnswer::Say("NO [NOPERM] not you".into())),
        (Step::Login, ImapAnswer::Close),
        (Step::List, ImapAnswer::Wait),
    ];
    for (step, trouble) in troubles {
        server.on(step, trouble);
        relay.sink.on(Phase::Dot, When::Always, Answer::Close);
        let visits = server.visits(step);
        answer(&world, &ben, "ann@kunde.example").await;
        world.fate_when("uncertain").await;
        server.wait_for_step(step, visits + 1);
        let before = relay.sink.wait_for_accepted(0).len();
        relay.sink.clear_rules();
        world.minutes_pass(14);
        assert_eq!(world.newest_fate().await.state, "uncertain", "{step:?}");
        world.minutes_pass(2);
        let fate = world.fate_when("sent").await;
        assert!(fate.perhaps_twice, "{step:?}: {fate:#?}");
        assert_eq!(relay.sink.wait_for_accepted(before + 1).len(), before + 1);
        server.clear_rules();
        world.minutes_pass(10);
    }
}

async fn what_may_lie_there_since_an_earlier_try_proves_nothing(world: World) {
    let server = ImapServer::start().with_sent_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    let carl = When::To("carl@kunde.example".to_owned());
    relay.sink.on(Phase::Rcpt, carl, Answer::Reply("450 4.2.0 later".into()));
    answer(&world, &ben, "ann@kunde.example,carl@kunde.example").await;
    world.fate_when("deferred").await;
    // The provider files what Ann got.
    server.put(FOLDER, &last_mail(&relay));
    relay.sink.clear_rules();
    relay.sink.on(Phase::Dot, When::Always, Answer::Close);
    world.minutes_pass(2);
    world.fate_when("uncertain").await;
    testkit::wait::pass(std::time::Duration::from_secs(3));
    assert_eq!(world.newest_fate().await.state, "uncertain");
    assert_eq!(server.visits(Step::Search), 0);
    relay.sink.clear_rules();
    world.minutes_pass(16);
    let fate = world.fate_when("sent").await;
    assert!(fate.perhaps_twice, "{fate:#?}");
    assert_eq!(relay.sink.wait_for_accepted(2)[1].recipients, ["carl@kunde.example"]);
}

async fn who_was_put_off_in_the_same_try_is_tried_again(world: World) {
    let server = ImapServer::start().with_sent_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    let carl = When::To("carl@kunde.example".to_owned());
    relay.sink.on(Phase::Rcpt, carl, Answer::Reply("450 4.2.0 later".into()));
    relay.sink.on(Phase::Dot, When::Always, Answer::Close);
    answer(&world, &ben, "ann@kunde.example,carl@kunde.example").await;
    world.fate_when("uncertain").await;
    server.put(FOLDER, &last_mail(&relay));
    relay.sink.clear_rules();
    world.minutes_pass(2);
    let fate = world.fate_when("sent").await;
    assert!(!fate.perhaps_twice, "{fate:#?}");
    assert_eq!(fate.recipients, ["ann@kunde.example accepted", "carl@kunde.example accepted"]);
    assert_eq!(relay.sink.wait_for_accepted(1)[0].recipients, ["carl@kunde.example"]);
}

async fn after_a_crash_evidence_counts_for_a_single_recipient(world: World) {
    let server = ImapServer::start().with_sent_folder(FOLDER);
    let (relay, ben) = office(&world, &server).await;
    let _worker = world.sent_folders();
    relay.sink.on(Phase::Dot, When::Always, Answer::Close);
    for (to, state) in
        [("ann@kunde.example", "sent"), ("ann@kunde.example,carl@kunde.example", "uncertain")]
    {
        answer(&world, &ben, to).await;
        world.fate_when("uncertain").await;
        world.as_after_a_crash().await;
        server.put(FOLDER, &last_mail(&relay));
        world.minutes_pass(2);
        if state == "uncertain" {
            testkit::wait::pass(std::time::Duration::from_secs(3));
        }
        assert_eq!(world.fate_when(state).await.state, state);
    }
}
