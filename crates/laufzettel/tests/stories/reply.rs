//! An agent answers, and the customer answers back.

use rules::sending::MailState;

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::header;

testkit::on_both_engines!(
    an_answer_leaves_and_the_customers_answer_comes_back,
    an_answer_can_be_recalled_before_it_leaves,
    recalling_an_answer_brings_back_its_own_words,
    who_did_not_see_the_news_is_held_back,
    what_cannot_be_sent_says_why_and_keeps_the_text,
    a_mail_that_comes_back_calls_for_somebody,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Cc: Carl <carl@kunde.example>\nSubject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn answers(ben: &Browser, number: &str, form: &str) -> crate::world::browser::Answered {
    ben.press("composer", &format!("/tickets/{number}/reply"), form).await
}

/// Proves F-OUT-01, F-OUT-06, F-OUT-07, F-NUM-10.
async fn an_answer_leaves_and_the_customers_answer_comes_back(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(page.contains("Ann Hansen &lt;ann@kunde.example&gt;"), "{page}");
    let form = "to=Ann+Hansen+%3Cann%40kunde.example%3E&cc=carl%40kunde.example\
        &text=Bitte+die+Schrauben+anziehen.&signed=1&then=";
    let answered = answers(&ben, &number, form).await;
    assert!(
        answered.words().contains("Die Antwort geht in 10 Sekunden hinaus"),
        "{}",
        answered.words()
    );
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let mail = relay.sink.mails().remove(0);
    assert_eq!(mail.from, "hilfe@firma.example");
    assert_eq!(mail.recipients, ["ann@kunde.example", "carl@kunde.example"]);
    assert_eq!(header(&mail, "Subject"), format!("[#{number}] Re: Regal wackelt"));
    assert_eq!(header(&mail, "In-Reply-To"), "<r1@kunde.example>");
    let references = header(&mail, "References");
    assert!(
        references.starts_with("<t.") && references.ends_with("<r1@kunde.example>"),
        "{references}"
    );
    assert_eq!(header(&mail, "From"), "\"Firma Hilfe\" <hilfe@firma.example>");
    let text = String::from_utf8_lossy(&mail.bytes).into_owned();
    assert!(text.contains("Bitte die Schrauben anziehen."), "{text}");
    assert!(text.contains("> Es wackelt."), "{text}");

    // A relay has replaced our Message-ID; the anchor is still there.
    let back = format!(
        "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: AW: ganz anders\n\
         Message-ID: <r2@kunde.example>\nIn-Reply-To: <x@relay.example>\nReferences: {}\n\nDanke.\n",
        references.split(' ').next().unwrap()
    );
    let outcome = world.mail("hilfe", &back).await;
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let own = format!(
        "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: noch etwas\n\
         Message-ID: <r3@kunde.example>\nIn-Reply-To: {}\n\nNoch etwas.\n",
        header(&mail, "Message-ID")
    );
    let outcome = world.mail("hilfe", &own).await;
    assert_eq!(outcome.ticket.as_deref(), Some(number.as_str()));
    let states = world.outbox().await;
    assert_eq!(states, [(MailState::Sent.code().to_owned(), 1)]);
}

async fn an_answer_can_be_recalled_before_it_leaves(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let answered =
        answers(&ben, &number, "to=ann%40kunde.example&text=Zu+fr%C3%BCh.&then=solve").await;
    let sent = answered.text();
    let field = |name: &str| {
        let from = sent.find(&format!("name=\"{name}\" value=\"")).unwrap();
        sent[from..].split('"').nth(3).unwrap().to_owned()
    };
    let form = format!("mail={}&way={}", field("mail"), field("way"));
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Geht gleich hinaus") && page.contains("Gelöst"), "{page}");
    let recalled = ben.press("toasts", &format!("/tickets/{number}/recall"), &form).await;
    assert!(recalled.words().contains("Die Antwort ist zurückgeholt"), "{}", recalled.words());
    let page = ben.get(&format!("/tickets/{number}")).await;
    assert!(page.text().contains(">Zu früh.</textarea>"), "{}", page.text());
    assert!(!page.words().contains("Geht gleich hinaus"), "{}", page.words());
    world.seconds_pass(60);
    let again = ben.press("toasts", &format!("/tickets/{number}/recall"), &form).await;
    assert!(again.words().contains("nicht mehr zurückholen"), "{}", again.words());
    assert_eq!(relay.sink.mails().len(), 0);
    assert_eq!(world.outbox().await, [(MailState::Cancelled.code().to_owned(), 0)]);
}

async fn recalling_an_answer_brings_back_its_own_words(world: World) {
    let number = ticket(&world).await;
    let _relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let sent = answers(&ben, &number, "to=ann%40kunde.example&text=An+Ann.&then=").await.text();
    let forward = format!("/tickets/{number}/forward");
    let form = "to=carl%40kunde.example&text=An+Carl.&knows_strangers=1";
    let forwarded = ben.press("composer", &forward, form).await.words();
    assert!(forwarded.contains("weitergeleitet"), "{forwarded}");
    let field = |name: &str| {
        let from = sent.find(&format!("name=\"{name}\" value=\"")).unwrap();
        sent[from..].split('"').nth(3).unwrap().to_owned()
    };
    let form = format!("mail={}&way={}", field("mail"), field("way"));
    ben.press("toasts", &format!("/tickets/{number}/recall"), &form).await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(
        page.contains(">An Ann.</textarea>") && !page.contains(">An Carl.</textarea>"),
        "{page}"
    );
}

async fn who_did_not_see_the_news_is_held_back(world: World) {
    let number = ticket(&world).await;
    let _relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    let from = page.find("name=\"seen\" value=\"").unwrap();
    let seen = page[from..].split('"').nth(3).unwrap().to_owned();
    let second = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: Re: Regal\n\
        Message-ID: <r9@kunde.example>\nIn-Reply-To: <r1@kunde.example>\n\nErledigt sich.\n";
    world.mail("hilfe", second).await;
    let form = format!("seen={seen}&to=ann%40kunde.example&text=Kommt+morgen.&then=");
    let held = answers(&ben, &number, &form).await;
    assert!(held.words().contains("Inzwischen kam eine Nachricht dazu"), "{}", held.words());
    assert!(held.text().contains(">Kommt morgen.</textarea>"));
    assert!(world.outbox().await.is_empty());
    // The form that came back knows what is new.
    let from = held.text().find("name=\"seen\" value=\"").unwrap();
    let seen = held.text()[from..].split('"').nth(3).unwrap().to_owned();
    let form = format!("seen={seen}&to=ann%40kunde.example&text=Kommt+morgen.&then=");
    let sent = answers(&ben, &number, &form).await;
    assert!(sent.words().contains("Die Antwort geht"), "{}", sent.words());
}

/// Proves F-ACT-21.
async fn what_cannot_be_sent_says_why_and_keeps_the_text(world: World) {
    let number = ticket(&world).await;
    let _relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let many: Vec<String> = (0..500).map(|n| format!("k{n}%40kunde.example")).collect();
    let cases = [
        ("to=ann%40kunde.example&text=+", "Die Nachricht ist leer"),
        ("to=&text=Text", "keinen Empfänger"),
        ("to=quatsch&text=Text", "„quatsch“ ist keine E-Mail-Adresse"),
        ("to=hilfe%40firma.example&text=Text", "eines Ihrer eigenen Postfächer"),
        ("to=neu%40anders.example&text=Text", "zum ersten Mal Post zu diesem Ticket"),
        (&format!("to={}&text=Text", many.join(",")), "höchstens 200 Empfänger"),
        ("to=ann%40kunde.example&text=Text&uploads=12345", "Eine Datei ist nicht mehr da"),
    ];
    for (form, expected) in cases {
        let answer = answers(&ben, &number, form).await;
        assert!(answer.words().contains(expected), "{form}: {}", answer.words());
    }
    assert!(world.outbox().await.is_empty());
    let knows = "to=neu%40anders.example&text=Text&knows_strangers=1";
    let answer = answers(&ben, &number, knows).await;
    assert!(answer.words().contains("Die Antwort geht"), "{}", answer.words());
}

/// What a mail server writes when it could not deliver: the report, and the head of the mail.
fn report(message_id: &str, address: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\nTo: hilfe@firma.example\nSubject: Undelivered Mail\n\
         Auto-Submitted: auto-replied\nMessage-ID: <dsn@mx.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nSorry.\n\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.2.2\n\
         Diagnostic-Code: smtp; 552 5.2.2 mailbox full\n\n\
         --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: Re: Regal\n\n--b--\n"
    )
}

/// Proves F-MAIL-55, F-OUT-17.
async fn a_mail_that_comes_back_calls_for_somebody(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    answers(&ben, &number, "to=ann%40kunde.example&text=Kommt+morgen.&then=solve").await;
    world.seconds_pass(11);
    relay.sink.wait_for_accepted(1);
    let message_id = header(&relay.sink.mails()[0], "Message-ID");
    assert_eq!(world.outbox().await, [("sent".to_owned(), 1)]);
    let forged = message_id.replacen('<', "<a", 1);
    let outcome = world.mail("hilfe", &report(&forged, "ann@kunde.example")).await;
    assert_eq!(outcome.ticket, None);
    assert_eq!(world.outbox().await, [("sent".to_owned(), 1)]);
    let returned = report(&message_id, "ann@kunde.example").replace("dsn@", "dsn2@");
    let outcome = world.mail("hilfe", &returned).await;
    assert_eq!(
        (outcome.outcome.as_str(), outcome.ticket.as_deref()),
        ("bounce", Some(number.as_str()))
    );
    assert_eq!(world.outbox().await, [("bounced".to_owned(), 1)]);
    let page = ben.get(&format!("/tickets/{number}")).await;
    let words = page.words();
    assert!(words.contains("Nicht zugestellt") && words.contains("mailbox full"), "{words}");
    assert!(page.text().contains("<option value=\"offen\" selected>"), "{}", page.text());
    let tickets = ben.get("/inbox").await.words();
    assert!(tickets.contains("Regal wackelt"), "{tickets}");
}
