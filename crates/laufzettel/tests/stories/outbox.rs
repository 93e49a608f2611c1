//! The outbox on the screen: what left, what can be done with it, and where a mail is.

use db::{Operation, Tx};
use laufzettel::feature::outbox::store;
use laufzettel::service::live;
use testkit::smtp_sink::{Answer, Phase, When};

use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    an_agent_sees_what_the_server_said_and_sends_again,
    an_agent_keeps_a_mail_from_leaving,
    a_mail_is_found_in_both_directions,
    administrators_learn_on_every_page_that_no_mail_leaves,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn answer(ben: &Browser, number: &str) {
    let form = "to=Ann+Hansen+%3Cann%40kunde.example%3E&text=Bitte+festziehen.&then=";
    let sent = ben.press("composer", &format!("/tickets/{number}/reply"), form).await;
    assert!(sent.words().contains("Die Antwort geht"), "{}", sent.words());
}

/// The address of the first mail in the outbox.
async fn first(ben: &Browser) -> String {
    let page = ben.get("/mails/out").await.text();
    let from = page.find("href=\"/mails/out/").unwrap() + 6;
    page[from..].split(['"', '#', '?']).next().unwrap().to_owned()
}

/// Proves F-OUT-17.
async fn an_agent_sees_what_the_server_said_and_sends_again(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let words = "554 5.7.1 Refused by policy";
    relay.sink.on(Phase::Dot, When::Always, Answer::Reply(words.to_owned()));
    answer(&ben, &number).await;
    world.seconds_pass(11);
    while world.outbox().await.iter().any(|(state, _)| state != "failed") {
        tokio::task::yield_now().await;
        testkit::wait::pass(std::time::Duration::from_millis(10));
    }
    let list = ben.get("/mails/out").await.words();
    assert!(list.contains("Ann Hansen") && list.contains("nicht angekommen"), "{list}");
    assert!(list.contains(words), "{list}");
    let path = first(&ben).await;
    let entry = ben.get(&path).await.words();
    for part in [
        "von Ben, 10 Sekunden zum Zurückholen",
        "1. Versuch: abgelehnt nach dem letzten Punkt",
        words,
        "Ann Hansen, ann@kunde.example nicht angekommen",
        "Erneut senden",
        "Zum Ticket",
    ] {
        assert!(entry.contains(part), "{part}: {entry}");
    }
    assert!(!entry.contains("Nicht senden"), "{entry}");
    let raw = ben.get(&format!("{path}/raw")).await.words();
    assert!(raw.contains("Bitte festziehen."), "{raw}");
    let file = ben.get(&format!("{path}/raw?download=1")).await;
    assert_eq!(file.bytes, relay.sink.mails()[0].bytes);

    relay.sink.clear_rules();
    let again = ben.press("entry", &format!("{path}/retry"), "").await.words();
    assert!(again.contains("Die Mail geht noch einmal hinaus"), "{again}");
    relay.sink.wait_for_accepted(1);
    assert_eq!(world.outbox().await, [("sent".to_owned(), 1)]);
    let late = ben.press("entry", &format!("{path}/retry"), "").await.words();
    assert!(late.contains("Inzwischen steht die Mail woanders"), "{late}");
    let entry = ben.get(&path).await.words();
    assert!(entry.contains("2. Versuch: angenommen"), "{entry}");
}

async fn an_agent_keeps_a_mail_from_leaving(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    assert!(ben.get("/mails/out").await.words().contains("Noch keine Mail"));
    answer(&ben, &number).await;
    let path = first(&ben).await;
    let stopped = ben.press("entry", &format!("{path}/cancel"), "").await.words();
    assert!(stopped.contains("Die Mail geht nicht hinaus"), "{stopped}");
    let conversation = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(conversation.contains("Nicht gesendet"), "{conversation}");
    let relay = world.relay().await;
    world.seconds_pass(60);
    answer(&ben, &number).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    assert_eq!(world.outbox().await, [("cancelled".to_owned(), 0), ("sent".to_owned(), 1)]);
    let lost = ben.get("/mails/out?tab=lost").await.words();
    assert!(lost.contains("Keine Mail passt"), "{lost}");
}

async fn a_mail_is_found_in_both_directions(world: World) {
    let number = ticket(&world).await;
    let ben = world.agent("Ben").await;
    answer(&ben, &number).await;
    for (query, finds) in [
        ("ann%40kunde.example", (true, true)),
        ("r1%40kunde.example", (true, false)),
        ("Regal", (true, true)),
        ("heute", (true, true)),
        ("gestern", (false, false)),
        (&number, (true, true)),
    ] {
        let page = ben.get(&format!("/mails/find?q={query}")).await.text();
        let has = (
            page.contains("<li class=\"jrow\" id=\"m"),
            page.contains("<li class=\"jrow\" id=\"o"),
        );
        assert_eq!(has, finds, "{query}");
    }
    let page = ben.get("/mails/find?q=gestern").await.words();
    assert!(page.contains("Keine Mail passt"), "{page}");
    let page = ben.get("/mails").await.text();
    assert!(
        page.contains("action=\"/mails/find\"") && page.contains("href=\"/mails/out\""),
        "{page}"
    );
    let palette = ben.get("/palette?q=postausgang").await.words();
    assert!(palette.contains("Wo ist die Mail?"), "{palette}");
}

/// The mail server of an account refuses, or cannot be reached.
struct Trouble<'a> {
    world: &'a World,
    account: i64,
    is_login: bool,
}

impl Operation for Trouble<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let now = self.world.app.now();
        match self.is_login {
            true => {
                let until = now.plus_millis(1_800_000);
                let words = "535 5.7.8 no";
                store::pause(tx, self.account, "login_refused", words, until, now).await?;
            }
            false => store::note_trouble(tx, self.account, "refused at connect", now).await?,
        }
        tx.announce(db::Notice { topic: live::MAILBOX, id: self.account });
        Ok(())
    }
}

impl World {
    /// The number of the only sender, which has a mail server of its own.
    async fn account(&self) -> i64 {
        self.app.directory().await.unwrap().senders[0].id.number()
    }

    async fn trouble(&self, account: i64, is_login: bool) {
        self.app.db.write(&Trouble { world: self, account, is_login }).await.unwrap();
        self.app.forget_relaying();
    }
}

async fn administrators_learn_on_every_page_that_no_mail_leaves(world: World) {
    let number = ticket(&world).await;
    let (anna, ben) = (world.administrator("Anna").await, world.agent("Ben").await);
    let missing = "E-Mails warten, aber kein Mailserver nimmt sie an.";
    assert!(!anna.get("/inbox").await.words().contains(missing));
    answer(&ben, &number).await;
    world.app.forget_relaying();
    for path in ["/inbox", "/mails", "/mailboxes", &format!("/tickets/{number}")] {
        assert!(anna.get(path).await.words().contains(missing), "{path}");
        assert!(!ben.get(path).await.words().contains(missing), "{path}");
    }

    // In the same ticket the second mail would wait for the first one.
    let other = FIRST.replace("r1@", "r2@").replace("Regal wackelt", "Rechnung 77 fehlt");
    let other = world.mail("hilfe", &other).await.ticket.unwrap();
    let relay = world.relay().await;
    answer(&ben, &other).await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    assert_eq!(world.outbox().await[1].0, "sent");
    let account = world.account().await;
    world.trouble(account, true).await;
    let refused = "nimmt die Anmeldung nicht an. Prüfen Sie Benutzer und Passwort. 535 5.7.8 no";
    let page = anna.get("/mails").await.words();
    assert!(page.contains("Es gehen keine E-Mails von hilfe@firma.example hinaus"), "{page}");
    assert!(page.contains(refused), "{page}");
    let form = format!("account={account}&back=%2Fmailboxes");
    assert_eq!(ben.post("/mails/out/try-again", &form).await.status, 403);
    let again = anna.post("/mails/out/try-again", &form).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, "/mailboxes"));
    world.app.forget_relaying();
    assert!(!anna.get("/mails").await.words().contains(refused));

    world.trouble(account, false).await;
    let away = "ist seit 10:00 nicht zu erreichen";
    assert!(!anna.get("/mails").await.words().contains(away));
    world.minutes_pass(16);
    let page = anna.get("/mails").await.words();
    assert!(page.contains(away), "{page}");
}
