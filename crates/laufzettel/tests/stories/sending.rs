//! What a mail server says, and what becomes of the mail and of each of its recipients (F13, F14).

use std::time::Duration;

use testkit::smtp_sink::{Answer, Phase, When};
use testkit::wait;

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::Relay;

testkit::on_both_engines!(
    what_the_server_says_to_the_mail_decides_its_fate,
    a_server_that_cannot_be_reached_defers_the_mail_and_is_troubled,
    each_recipient_has_the_fate_that_the_server_gives_him,
    a_refused_login_pauses_the_account_and_counts_no_try,
    an_answer_in_the_dark_is_sent_again_and_an_automatic_mail_is_not,
    a_connection_that_the_server_has_ended_is_no_try,
    the_second_answer_to_a_ticket_waits_for_the_first,
    no_answer_waits_for_one_in_the_dark,
    automatic_mails_to_one_address_end_at_their_limit_and_answers_go_on,
);

const ANN: &str = "ann@kunde.example";

/// Says this, and closes the connection.
fn bye(words: &str) -> Answer {
    Answer::ReplyThenClose(words.to_owned())
}

fn says(words: &str) -> Answer {
    Answer::Reply(words.to_owned())
}

async fn office(world: &World) -> (Relay, Browser) {
    world.mailbox("hilfe", "support").await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    world.at_once().await;
    (relay, ben)
}

/// A ticket of its own for each mail: those of one ticket wait for each other.
async fn new_ticket(world: &World) -> String {
    let id = world.app.ids.next::<u8>(world.app.now());
    let mail = format!(
        "From: Ann <{ANN}>\nTo: hilfe@firma.example\nSubject: Regal\n\
         Message-ID: <{id}@kunde.example>\n\nEs wackelt.\n"
    );
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

async fn answer(ben: &Browser, number: &str, to: &str) {
    let to = to.replace('@', "%40").replace(' ', "");
    let form = format!("to={to}&text=Kommt.&knows_strangers=1&then=");
    let answered = ben.press("composer", &format!("/tickets/{number}/reply"), &form).await;
    assert!(answered.words().contains("Antwort gesendet"), "{}", answered.words());
}

/// Proves mail.md 3.2 for answers to MAIL, RCPT, DATA, the body and the dot.
async fn what_the_server_says_to_the_mail_decides_its_fate(world: World) {
    let (relay, ben) = office(&world).await;
    // Phase, answer, state of the mail, state of the recipient, phase of the try, its words.
    let cases = [
        (Phase::Mail, says("451 4.3.0 later"), "deferred", "mail 451 4.3.0 later"),
        (Phase::Mail, says("552 5.3.4 too large"), "failed", "mail 552 5.3.4 too large"),
        (Phase::Mail, bye("421 4.3.2 going down"), "deferred", "421 4.3.2 going down"),
        (Phase::Mail, Answer::Close, "deferred", "mail"),
        (Phase::Rcpt, says("450 4.2.0 greylisted"), "deferred", "rcpt 450 4.2.0 greylisted"),
        (Phase::Rcpt, says("452 4.2.2 mailbox full"), "deferred", "rcpt 452 4.2.2 mailbox full"),
        (Phase::Rcpt, says("552 5.2.2 mailbox full"), "deferred", "rcpt 552 5.2.2 mailbox full"),
        (Phase::Rcpt, says("550 5.1.1 unknown"), "failed", "rcpt 550 5.1.1 unknown"),
        (Phase::Rcpt, bye("421 4.3.2 going down"), "deferred", "421 4.3.2 going down"),
        (Phase::Rcpt, Answer::Close, "deferred", "rcpt"),
        (Phase::Data, says("451 4.3.0 later"), "deferred", "data 451 4.3.0 later"),
        (Phase::Data, says("554 5.6.0 no"), "failed", "data 554 5.6.0 no"),
        (Phase::Data, bye("421 4.3.2 going down"), "deferred", "421 4.3.2 going down"),
        (Phase::Data, Answer::Close, "deferred", "data"),
        (Phase::Dot, says("451 4.3.0 later"), "deferred", "dot 451 4.3.0 later"),
        (Phase::Dot, says("554 5.7.1 spam"), "failed", "dot 554 5.7.1 spam"),
        (Phase::Dot, bye("421 4.3.2 going down"), "deferred", "dot 421 4.3.2 going down"),
        (Phase::Dot, bye("250 2.0.0 kept"), "sent", "dot 250 2.0.0 kept"),
        (Phase::Dot, says("250"), "sent", "dot 250"),
        (Phase::Dot, says("250-2.0.0 kept\r\n250 2.0.0 as 17"), "sent", "dot 250 2.0.0 kept as 17"),
        (Phase::Dot, Answer::Drip, "sent", "dot 250 2.0.0 kept"),
        (Phase::Dot, Answer::Close, "uncertain", "dot"),
        (Phase::Dot, says("hello?"), "uncertain", "dot"),
    ];
    for (phase, said, state, words) in cases {
        let number = new_ticket(&world).await;
        let case = format!("{phase:?} {said:?}");
        relay.sink.clear_rules();
        relay.sink.on(phase, When::Always, said);
        answer(&ben, &number, ANN).await;
        let fate = world.newest_fate().await;
        assert_eq!((fate.state.as_str(), fate.attempts), (state, 1), "{case}: {fate:#?}");
        assert_eq!(fate.tries.len(), 1, "{case}: {fate:#?}");
        let words = words.replace("rcpt", "recipients");
        assert!(fate.tries[0].contains(&words), "{case}: {fate:#?}");
        let (recipient, seconds) = match state {
            "sent" => ("accepted", None),
            "uncertain" => ("waiting", Some(900..=900)),
            "deferred" => ("deferred", Some(48..=72)),
            other => (other, None),
        };
        let expected = format!("{ANN} {recipient}");
        assert!(fate.recipients[0].starts_with(&expected), "{case}: {fate:#?}");
        match (fate.seconds, seconds) {
            (Some(left), Some(range)) => assert!(range.contains(&left), "{case}: {fate:#?}"),
            (left, range) => assert_eq!(left.is_some(), range.is_some(), "{case}: {fate:#?}"),
        }
        world.mend_account().await;
    }
}

/// Proves mail.md 3.2 for what is said before MAIL.
async fn a_server_that_cannot_be_reached_defers_the_mail_and_is_troubled(world: World) {
    let (relay, ben) = office(&world).await;
    let cases = [
        (Phase::Greeting, bye("421 4.3.2 busy"), "421 4.3.2 busy"),
        (Phase::Greeting, bye("554 5.7.1 not you"), "554 5.7.1 not you"),
        (Phase::Greeting, Answer::Close, "greeting"),
        (Phase::Greeting, says("welcome"), "greeting"),
        (Phase::Ehlo, bye("421 4.3.2 busy"), "421 4.3.2 busy"),
        (Phase::Ehlo, bye("550 5.7.1 not you"), "550 5.7.1 not you"),
        (Phase::Ehlo, says("502 5.5.1 no such command"), "sent"),
        (Phase::Ehlo, Answer::Close, "hello"),
    ];
    for (phase, said, words) in cases {
        let number = new_ticket(&world).await;
        let case = format!("{phase:?} {said:?}");
        relay.sink.clear_rules();
        relay.sink.on(phase, When::Always, said);
        // An account of its own: one that could not be reached is left in peace for a while.
        world.next_account(&relay).await;
        answer(&ben, &number, ANN).await;
        let fate = world.newest_fate().await;
        if words == "sent" {
            // Who does not know EHLO is greeted with HELO.
            assert_eq!(fate.state, "sent", "{case}: {fate:#?}");
            continue;
        }
        assert_eq!((fate.state.as_str(), fate.attempts), ("deferred", 1), "{case}: {fate:#?}");
        assert!(fate.tries[0].starts_with("not_reached "), "{case}: {fate:#?}");
        assert!(fate.tries[0].contains(words), "{case}: {fate:#?}");
        let (state, said) = world.relay_state().await;
        assert_eq!(state, "troubled", "{case}");
        assert!(said.contains(words), "{case}: {said}");
    }
    // It is there again, and what waited leaves.
    relay.sink.clear_rules();
    wait::pass(Duration::from_secs(2));
    world.minutes_pass(3);
    relay.sink.wait_for_accepted(8);
    assert!(world.fates().await.iter().all(|fate| fate.state == "sent"));
    assert_eq!(world.relay_state().await.0, "well");
}

async fn each_recipient_has_the_fate_that_the_server_gives_him(world: World) {
    let (relay, ben) = office(&world).await;
    let number = new_ticket(&world).await;
    let to = |address: &str| When::To(address.to_owned());
    relay.sink.on(Phase::Rcpt, to("weg@kunde.example"), says("550 5.1.1 unknown"));
    relay.sink.on(Phase::Rcpt, to("spaeter@kunde.example"), says("450 4.2.0 greylisted"));
    relay.sink.on(Phase::Rcpt, to("voll@kunde.example"), says("452 4.5.3 too many"));
    let all = format!("{ANN},weg@kunde.example,spaeter@kunde.example,voll@kunde.example");
    answer(&ben, &number, &all).await;
    let fate = world.newest_fate().await;
    assert_eq!((fate.state.as_str(), fate.attempts), ("deferred", 1));
    let expected = [
        "ann@kunde.example accepted",
        "weg@kunde.example failed 550 5.1.1 unknown",
        "spaeter@kunde.example deferred 450 4.2.0 greylisted",
        "voll@kunde.example deferred 452 4.5.3 too many",
    ];
    assert_eq!(fate.recipients, expected);
    relay.sink.clear_rules();
    world.minutes_pass(2);
    let mails = relay.sink.wait_for_accepted(2);
    assert_eq!(mails[0].recipients, [ANN]);
    assert_eq!(mails[1].recipients, ["spaeter@kunde.example", "voll@kunde.example"]);
    assert_eq!(mails[0].bytes, mails[1].bytes);
    let fate = world.fate_when("failed").await;
    assert_eq!((fate.attempts, fate.seconds), (2, None));
    assert_eq!(fate.recipients[1], "weg@kunde.example failed 550 5.1.1 unknown");
    assert!(fate.recipients[2..].iter().all(|line| line.ends_with(" accepted")), "{fate:#?}");
    // One is lost, so somebody has to look again.
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("550 5.1.1 unknown"), "{page}");
}

async fn a_refused_login_pauses_the_account_and_counts_no_try(world: World) {
    let (relay, ben) = office(&world).await;
    relay.sink.on(Phase::Mail, When::Always, says("530 5.7.0 log in first"));
    for _ in 0..3 {
        let number = new_ticket(&world).await;
        answer(&ben, &number, ANN).await;
    }
    world.paused().await;
    let fates = world.read_fates().await;
    for fate in &fates {
        assert_eq!((fate.state.as_str(), fate.attempts), ("queued", 0), "{fate:#?}");
        assert!(fate.tries.is_empty(), "{fate:#?}");
    }
    let (state, words) = world.relay_state().await;
    assert_eq!(state, "paused");
    assert!(words.contains("530 5.7.0 log in first"), "{words}");
    let page = world.administrator("Ada").await.get("/inbox").await.words();
    assert!(page.contains("nimmt die Anmeldung nicht an"), "{page}");
    assert!(page.contains("530 5.7.0 log in first"), "{page}");
    let page = ben.get("/inbox").await.words();
    assert!(!page.contains("nimmt die Anmeldung nicht an"), "{page}");
    relay.sink.clear_rules();
    world.mend_account().await;
    relay.sink.wait_for_accepted(3);
    assert!(
        world.fates().await.iter().all(|fate| (fate.state.as_str(), fate.attempts) == ("sent", 1))
    );
}

/// Proves F14.
async fn an_answer_in_the_dark_is_sent_again_and_an_automatic_mail_is_not(world: World) {
    let (relay, ben) = office(&world).await;
    relay.sink.on(Phase::Dot, When::Always, Answer::Close);
    world.automatic("auto@kunde.example").await;
    world.fate_when("uncertain").await;
    let number = new_ticket(&world).await;
    answer(&ben, &number, ANN).await;
    world.fate_when("uncertain").await;
    relay.sink.clear_rules();
    world.minutes_pass(14);
    world.mend_account().await;
    assert_eq!(world.newest_fate().await.state, "uncertain");
    world.minutes_pass(2);
    relay.sink.wait_for_accepted(1);
    let answered = world.fate_when("sent").await;
    assert!(answered.perhaps_twice, "{answered:#?}");
    let [automatic, _] = &world.fates().await[..] else { panic!("two mails") };
    assert_eq!((automatic.state.as_str(), automatic.seconds), ("unconfirmed", None));
    assert_eq!(automatic.recipients, ["auto@kunde.example unconfirmed"]);
    let mails = relay.sink.mails();
    assert_eq!(mails.len(), 3);
    assert_eq!(mails[1].bytes, mails[2].bytes);
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("zweimal") || page.contains("doppelt"), "{page}");
}

async fn a_connection_that_the_server_has_ended_is_no_try(world: World) {
    let (relay, ben) = office(&world).await;
    relay.sink.on(Phase::Mail, When::Nth(2), bye("421 4.7.0 too many mails"));
    for _ in 0..2 {
        let number = new_ticket(&world).await;
        answer(&ben, &number, ANN).await;
        let fate = world.fate_when("sent").await;
        assert_eq!(fate.tries, ["answered dot 250 2.0.0 kept"]);
    }
    assert_eq!((relay.sink.connections(), relay.sink.mails().len()), (2, 2));
}

async fn the_second_answer_to_a_ticket_waits_for_the_first(world: World) {
    let (relay, ben) = office(&world).await;
    relay.sink.on(Phase::Rcpt, When::Nth(1), says("450 4.2.0 greylisted"));
    let number = new_ticket(&world).await;
    answer(&ben, &number, ANN).await;
    world.fate_when("deferred").await;
    answer(&ben, &number, ANN).await;
    let other = new_ticket(&world).await;
    answer(&ben, &other, ANN).await;
    world.fate_when("sent").await;
    let states = |fates: Vec<crate::world::fates::Fate>| -> Vec<String> {
        fates.into_iter().map(|fate| fate.state).collect()
    };
    assert_eq!(states(world.read_fates().await), ["deferred", "queued", "sent"]);
    world.minutes_pass(2);
    let mails = relay.sink.wait_for_accepted(3);
    world.fates().await;
    let ids: Vec<String> = world.message_ids().await;
    let arrived: Vec<String> =
        mails.iter().map(|mail| crate::world::sending::header(mail, "Message-ID")).collect();
    assert_eq!(arrived, [2, 0, 1].map(|place: usize| format!("<{}>", ids[place])));
}

async fn no_answer_waits_for_one_in_the_dark(world: World) {
    let (relay, ben) = office(&world).await;
    relay.sink.on(Phase::Dot, When::Nth(1), Answer::Close);
    let number = new_ticket(&world).await;
    answer(&ben, &number, ANN).await;
    world.fate_when("uncertain").await;
    answer(&ben, &number, ANN).await;
    world.fate_when("sent").await;
    assert_eq!(world.read_fates().await[0].state, "uncertain");
}

/// Proves the circuit breaker of mail.md 3.2.
async fn automatic_mails_to_one_address_end_at_their_limit_and_answers_go_on(world: World) {
    let (relay, ben) = office(&world).await;
    for _ in 0..8 {
        world.automatic(ANN).await;
    }
    relay.sink.wait_for_accepted(5);
    let number = new_ticket(&world).await;
    answer(&ben, &number, ANN).await;
    relay.sink.wait_for_accepted(6);
    world.fate_when("sent").await;
    let fates = world.fates().await;
    let sent = fates.iter().filter(|fate| fate.state == "sent").count();
    assert_eq!((sent, relay.sink.mails().len()), (6, 6), "{fates:#?}");
    let held = fates.iter().filter(|fate| fate.words == "too_many_to_address");
    assert_eq!(held.filter(|fate| fate.state == "queued").count(), 3, "{fates:#?}");
}
