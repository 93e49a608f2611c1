//! The first start: a one-time link, the administrator and the company, the first mailbox, the first mail.

use laufzettel::feature::outbox;
use laufzettel::feature::setup::link;
use laufzettel::record::AgentId;
use testkit::imap_server::{Answer, ImapServer, Step};
use testkit::smtp_sink::{SinkTls, SmtpSink};

use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    the_link_makes_one_administrator_and_is_used_up,
    of_two_who_use_the_link_at_once_one_administrates,
    a_link_ends_after_an_hour_and_with_the_next_one,
    what_cannot_be_is_said_and_what_was_typed_is_kept,
    a_mailbox_is_tried_taken_and_its_first_mail_comes_back,
    what_is_wrong_with_an_account_is_said_in_plain_words,
    without_sending_a_mailbox_can_be_taken_all_the_same,
    only_administrators_go_on_with_the_setup,
    a_further_mailbox_is_set_up_the_same_way,
    a_fresh_installation_says_where_its_link_is,
);

const COMPANY: &str =
    "name=Mareike+Thoms&email=m.thoms%40firma.example&password=ein+langer+Satz&company=Firma+GmbH";

fn guest(world: &World) -> Browser {
    Browser::new(world.router.clone(), AgentId::from_number(0), "nobody")
}

async fn key(world: &World) -> String {
    let link = link::make(&world.app).await.unwrap().expect("nobody can sign in yet");
    link.split_once("key=").unwrap().1.to_owned()
}

/// Whoever is signed in by this answer.
fn signed_in(world: &World, answered: &Answered) -> Browser {
    let cookie = answered.header("set-cookie");
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    Browser::new(world.router.clone(), AgentId::from_number(0), token)
}

async fn administrator(world: &World) -> Browser {
    let key = key(world).await;
    let begun = guest(world).post("/setup/company", &format!("key={key}&{COMPANY}")).await;
    assert_eq!((begun.status.as_u16(), begun.header("location")), (303, "/setup"));
    signed_in(world, &begun)
}

fn account(imap: &ImapServer, smtp: &SmtpSink, user: &str, password: &str) -> String {
    format!(
        "provider=other&address=hilfe%40firma.example&password={password}&from_date=2026-11-21\
         &after_import=keep&imap_host=127.0.0.1&imap_port={}&imap_tls=none&imap_user=hilfe\
         &smtp_host=127.0.0.1&smtp_port={}&smtp_tls=none&smtp_user={user}",
        imap.port(),
        smtp.port(),
    )
}

async fn the_link_makes_one_administrator_and_is_used_up(world: World) {
    let guest = guest(&world);
    assert_eq!(guest.get("/setup?key=falsch").await.status, 403);
    let key = key(&world).await;
    let page = guest.get(&format!("/setup?key={key}")).await;
    assert_eq!(page.status, 200);
    assert!(page.words().contains("gilt noch 60 Minuten und nur einmal"), "{}", page.words());
    let form = format!("key={key}&{COMPANY}&language=de");
    let begun = guest.post("/setup/company", &form).await;
    assert_eq!((begun.status.as_u16(), begun.header("location")), (303, "/setup"));
    let mareike = signed_in(&world, &begun);
    assert!(mareike.get("/setup").await.words().contains("Mareike Thoms · Firma GmbH"));

    let again = guest.post("/setup/company", &form).await;
    assert_eq!(again.status, 403);
    assert!(again.words().contains("Schon eingerichtet"), "{}", again.words());
    assert!(guest.get("/signin").await.words().contains("Firma GmbH"));
    let entered = "address=m.thoms%40firma.example&password=ein+langer+Satz";
    assert_eq!(guest.post("/signin", entered).await.status, 303);
    assert_eq!(link::make(&world.app).await.unwrap(), None, "nobody needs another link");
}

async fn of_two_who_use_the_link_at_once_one_administrates(world: World) {
    let key = key(&world).await;
    let guest = guest(&world);
    let forms = ["anna", "ben"].map(|name| {
        format!("key={key}&name={name}&email={name}%40firma.example&password=langgenug&company=F")
    });
    let (one, other) = tokio::join!(
        guest.post("/setup/company", &forms[0]),
        guest.post("/setup/company", &forms[1])
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
    world.app.forget_lists();
    assert_eq!(world.app.directory().await.unwrap().agents.len(), 1);
}

async fn a_link_ends_after_an_hour_and_with_the_next_one(world: World) {
    let guest = guest(&world);
    let first = key(&world).await;
    let second = key(&world).await;
    let page = guest.get(&format!("/setup?key={first}")).await;
    assert!(page.words().contains("Für die Einrichtung braucht es den Link"), "{}", page.words());
    world.minutes_pass(60);
    for answered in [
        guest.get(&format!("/setup?key={second}")).await,
        guest.post("/setup/company", &format!("key={second}&{COMPANY}")).await,
    ] {
        assert_eq!(answered.status, 403);
        assert!(answered.words().contains("Der Link ist abgelaufen"), "{}", answered.words());
    }
    assert!(world.app.directory().await.unwrap().agents.is_empty());
}

async fn what_cannot_be_is_said_and_what_was_typed_is_kept(world: World) {
    let guest = guest(&world);
    let key = key(&world).await;
    let form = format!("key={key}&name=%3Cb%3E%F0%9F%A6%8A&email=mareike&password=kurz&company=");
    let refused = guest.post("/setup/company", &form).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("value=\"&lt;b&gt;🦊\""), "{page}");
    assert!(page.contains("value=\"mareike\""), "{page}");
    assert!(!page.contains("kurz"), "a password is never shown again");
    let words = refused.words();
    for sentence in ["Das ist keine Mailadresse", "Mindestens 8 Zeichen", "Bitte ausfüllen."] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    let long = format!("key={key}&{}", COMPANY.replace("Mareike", &"x".repeat(201)));
    assert!(guest.post("/setup/company", &long).await.words().contains("Höchstens 200 Zeichen"));

    let mareike = administrator(&world).await;
    let form = "provider=gmx&address=hilfe&password=&from_date=morgen&imap_port=viele";
    let refused = mareike.post("/setup/mailbox", form).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    for sentence in [
        "Das ist keine Mailadresse",
        "Ohne Passwort kann das Postfach nicht gelesen werden.",
        "Das ist kein Tag.",
        "Ein Port ist eine Zahl von 1 bis 65535.",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    assert!(refused.text().contains("value=\"viele\""));
    let future = "provider=gmx&address=hilfe%40gmx.de&password=x&from_date=2099-01-01";
    let refused = mareike.post("/setup/mailbox", future).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Dieser Tag kommt erst noch."), "{}", refused.words());
    assert!(world.app.directory().await.unwrap().mailboxes.is_empty());
}

async fn a_mailbox_is_tried_taken_and_its_first_mail_comes_back(world: World) {
    let imap = ImapServer::start();
    imap.put("INBOX", b"Subject: alt\r\n\r\nalt\r\n");
    let smtp = SmtpSink::start_with(SinkTls::None).with_login("hilfe", "geheim");
    let mareike = administrator(&world).await;
    let account = account(&imap, &smtp, "hilfe", "geheim");
    let tried = mareike.post("/setup/mailbox", &format!("{account}&do=probe")).await;
    assert_eq!(tried.status, 200);
    let words = tried.words();
    for sentence in
        ["Empfang geht", "liegt eine Mail", "Versand geht", "127.0.0.1 hat die Anmeldung"]
    {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    assert!(world.app.directory().await.unwrap().mailboxes.is_empty(), "only tried");
    assert!(!tried.text().contains("geheim"), "a password is never shown again");

    // What was typed before stays in use: the page carries it, sealed.
    let page = tried.text();
    let kept = page.split("name=\"kept\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let account = account.replace("password=geheim", &format!("password=&kept={kept}"));
    let taken = mareike.post("/setup/mailbox", &format!("{account}&do=take")).await;
    assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "/setup"));
    world.app.forget_lists();
    let directory = world.app.directory().await.unwrap();
    assert_eq!(directory.mailboxes[0].label, "hilfe@firma.example");
    assert_eq!(directory.senders[0].name, "Firma GmbH");
    assert!(directory.senders[0].is_default);

    let worker = tokio::spawn(outbox::supervise(world.app.clone()));
    world.fate_when("sent").await;
    worker.abort();
    let sent = smtp.wait_for_accepted(1);
    let waiting = mareike.get("/setup").await;
    assert!(waiting.words().contains("Die Testmail an hilfe@firma.example ist unterwegs"));
    world.seconds_pass(6);
    let outcome = world.receives("hilfe", &sent[0].bytes).await;
    let number = outcome.ticket.unwrap();
    let words = mareike.get("/setup").await.words();
    assert!(words.contains("nach 6 Sekunden angekommen"), "{words}");
    assert!(
        words.contains(&format!("{number} · Mareike Thoms · Testmail von Laufzettel")),
        "{words}"
    );
}

async fn what_is_wrong_with_an_account_is_said_in_plain_words(world: World) {
    let imap = ImapServer::start();
    let smtp = SmtpSink::start_with(SinkTls::None).with_login("hilfe@firma.example", "geheim");
    let mareike = administrator(&world).await;
    let form = account(&imap, &smtp, "hilfe", "geheim");
    let refused = mareike.post("/setup/mailbox", &format!("{form}&do=take")).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(words.contains("Empfang geht Anmeldung angenommen"), "{words}");
    assert!(words.contains("nimmt die Anmeldung als „hilfe“ nicht an"), "{words}");
    assert!(words.contains("einen anderen Benutzernamen als die Mailadresse"), "{words}");
    assert!(words.contains("Ohne Versand weiter"), "{words}");
    assert!(world.app.directory().await.unwrap().mailboxes.is_empty());

    imap.on(Step::Login, Answer::Say("NO [AUTHENTICATIONFAILED] nein".to_owned()));
    let nobody = form.replace(&format!("smtp_port={}", smtp.port()), "smtp_port=1");
    let refused = mareike.post("/setup/mailbox", &format!("{nobody}&do=take")).await;
    let words = refused.words();
    assert!(words.contains("Empfang geht noch nicht"), "{words}");
    assert!(words.contains("nimmt an diesem Port keine Verbindung an"), "{words}");
    assert!(!words.contains("Ohne Versand weiter"), "{words}");
}

async fn without_sending_a_mailbox_can_be_taken_all_the_same(world: World) {
    let imap = ImapServer::start();
    let smtp = SmtpSink::start_with(SinkTls::None).with_login("anders", "geheim");
    let mareike = administrator(&world).await;
    let form =
        account(&imap, &smtp, "hilfe", "geheim").replace("after_import=keep", "after_import=move");
    let taken = mareike.post("/setup/mailbox", &format!("{form}&do=receive")).await;
    assert_eq!(taken.status, 303, "{}", taken.words());
    world.app.forget_lists();
    let directory = world.app.directory().await.unwrap();
    assert_eq!(directory.mailboxes[0].move_to.as_deref(), Some("Laufzettel erledigt"));
    assert!(directory.senders[0].relay().is_none(), "the configured server, if there is one");
    assert!(
        imap.commands().iter().any(|command| command.starts_with("CREATE")),
        "its folder is made"
    );
    // Nothing is sent that nobody takes, and it is said where to go on.
    let page = mareike.get("/setup").await;
    assert!(page.words().contains("wenn ein Mailserver sie annimmt"), "{}", page.words());
    assert!(page.text().contains(&format!("/settings/senders/{}", directory.senders[0].id)));
    mareike.post("/setup/test", "").await;
    assert!(world.fates().await.is_empty());
    // The same mailbox is not set up twice.
    let again = mareike.post("/setup/mailbox", &format!("{form}&do=receive")).await;
    assert_eq!(again.status, 422);
    assert!(again.words().contains("Dieses Postfach ist schon eingerichtet."), "{}", again.words());
}

async fn only_administrators_go_on_with_the_setup(world: World) {
    let ben = world.agent("Ben").await;
    assert_eq!(ben.get("/setup").await.status, 403);
    assert_eq!(ben.post("/setup/mailbox", "do=take").await.status, 403);
    assert_eq!(ben.post("/setup/test", "").await.status, 403);
    let guest = guest(&world);
    let page = guest.get("/setup").await;
    assert_eq!(page.status, 403);
    assert!(page.words().contains("Schon eingerichtet"), "{}", page.words());
}

async fn a_further_mailbox_is_set_up_the_same_way(world: World) {
    let (first, second) = (ImapServer::start(), ImapServer::start());
    let smtp = SmtpSink::start_with(SinkTls::None).with_login("hilfe", "geheim");
    let mareike = administrator(&world).await;
    let form = account(&first, &smtp, "hilfe", "geheim");
    assert_eq!(mareike.post("/setup/mailbox", &format!("{form}&do=take")).await.status, 303);
    assert!(mareike.get("/mailboxes").await.text().contains("href=\"/setup/mailbox\""));
    let page = mareike.get("/setup/mailbox").await.words();
    assert!(page.contains("Weiteres Postfach") && !page.contains("Ersteinrichtung"), "{page}");
    let form = account(&second, &smtp, "hilfe", "geheim").replace("hilfe%40", "verkauf%40");
    assert_eq!(mareike.post("/setup/mailbox", &format!("{form}&do=take")).await.status, 303);
    world.app.forget_lists();
    let directory = world.app.directory().await.unwrap();
    let names: Vec<&str> = directory.mailboxes.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["hilfe", "verkauf"]);
    assert_eq!(directory.senders.iter().filter(|sender| sender.is_default).count(), 1);
    assert!(mareike.get("/setup").await.words().contains("verkauf@firma.example"));
}

async fn a_fresh_installation_says_where_its_link_is(world: World) {
    let guest = guest(&world);
    let first = guest.get("/inbox").await;
    assert_eq!((first.status.as_u16(), first.header("location")), (303, "/signin?back=%2Finbox"));
    for (asked, language, sentence) in [
        ("/signin?back=%2F", "de", "Laufzettel hat ihn beim Start ausgegeben"),
        ("/signin?language=en", "en", "Laufzettel printed it at its start"),
    ] {
        let sent = guest.get(asked).await;
        let path = format!("/setup?language={language}");
        assert_eq!((sent.status.as_u16(), sent.header("location")), (303, path.as_str()));
        let page = guest.get(&path).await;
        assert!(page.words().contains(sentence), "{}", page.words());
    }
    administrator(&world).await;
    let page = guest.get("/signin?back=%2F").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("name=\"password\""), "{}", page.words());
}
