//! Mails that no rule could place: a person puts them into a ticket, makes tickets of them, or
//! discards them; the navigation counts what waits.

use rules::right::Level;

use crate::world::World;
use crate::world::browser::{Answered, Browser};
use crate::world::mails::Setting;

testkit::on_both_engines!(
    a_mail_without_a_ticket_is_put_into_one_with_all_its_evidence,
    several_mails_become_tickets_of_their_own,
    a_discarded_mail_comes_back,
    what_cannot_be_done_is_said_at_the_field,
    only_who_works_in_the_area_places_its_mails,
    the_navigation_counts_what_waits_unless_that_is_switched_off,
    the_journal_is_narrowed_by_what_became_of_a_mail,
    a_mail_is_passed_on_without_its_words,
);

fn mail(from: &str, subject: &str, id: &str) -> String {
    format!(
        "From: Eve Fremd <{from}>\nTo: hilfe@firma.example\nSubject: {subject}\n\
         Message-ID: <{id}@anders.example>\nDate: Sat, 21 Nov 2026 09:58:00 +0100\n\nText {id} steht hier.\n"
    )
}

/// A ticket of Ann's, and a mailbox that takes nobody whom it does not know.
async fn house(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    let ann = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Drucker raucht\n\
        Message-ID: <m1@kunde.example>\n\nEr raucht.\n";
    let number = world.mail("hilfe", ann).await.ticket.unwrap();
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    world.set_mailbox("hilfe", Setting::StrangerWithNumber("unassigned")).await;
    number
}

/// A mail that nobody could place; its id.
async fn unassigned(world: &World, subject: &str, id: &str) -> String {
    let outcome = world.mail("hilfe", &mail("eve@anders.example", subject, id)).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket), ("unassigned", None));
    outcome.mail.to_string()
}

async fn placed(browser: &Browser, form: &str) -> Answered {
    let answer = browser.post("/mails/place", form).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    browser.get(answer.header("location")).await
}

/// Proves F-MAIL-32.
async fn a_mail_without_a_ticket_is_put_into_one_with_all_its_evidence(world: World) {
    let number = house(&world).await;
    let mail = unassigned(&world, &format!("[#{number}] Nachtrag"), "e1").await;
    let ben = world.agent("Ben").await;
    let list = ben.get("/mails?tab=undecided").await;
    assert!(list.words().contains("Nachtrag"), "{}", list.words());
    assert!(list.text().contains(&format!("name=\"mail\" value=\"{mail}\"")), "{}", list.text());
    let entry = ben.get(&format!("/mails/{mail}")).await.text();
    assert!(entry.contains(&format!("name=\"number\" value=\"{number}\"")), "{entry}");
    assert!(
        entry.contains(
            "Einstellung des Postfachs: über fremde Absender mit Nummer entscheidet jemand"
        ),
        "{entry}"
    );
    let found = ben.get(&format!("/mails/ticket?number={number}")).await.words();
    assert_eq!(found, format!("{number} Drucker raucht Ann Hansen"));
    ben.press("sheet", &format!("/tickets/{number}/status"), "value=geloest").await;
    world.minutes_pass(5);

    let form = format!("do=assign&mail={mail}&number={number}&back=tab%3Dundecided");
    let page = placed(&ben, &form).await.words();
    assert!(page.contains(&format!("Mail zu Ticket {number} gelegt")), "{page}");
    assert!(!page.contains("Nachtrag"), "{page}");

    // What an answer of the customer does to a ticket, this mail does.
    let ticket = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(ticket.contains("Text e1 steht hier."), "{ticket}");
    assert!(ticket.contains("Ben hat eine Mail ohne Ticket hierher gelegt"), "{ticket}");
    assert!(ben.get("/inbox").await.text().contains("Status: Neu"));
    let search = ben.get("/search?q=steht").await.words();
    assert!(search.contains(&number), "{search}");
    let entry = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(entry.contains("Ben hat sie hierher gelegt"), "{entry}");
    assert!(entry.contains("eve@anders.example ist am Ticket nicht beteiligt"), "{entry}");
    assert!(entry.contains(&format!("Zugeordnet Ticket {number}, von Ben")), "{entry}");

    // Whoever was put there by a person takes part: the next answer finds it by itself.
    let next = mail_of_eve(&world, &format!("AW: [#{number}] Nachtrag"), "e2").await;
    assert_eq!(next.as_deref(), Some(number.as_str()));
}

async fn mail_of_eve(world: &World, subject: &str, id: &str) -> Option<String> {
    world.mail("hilfe", &mail("eve@anders.example", subject, id)).await.ticket
}

/// Proves F-MAIL-32.
async fn several_mails_become_tickets_of_their_own(world: World) {
    let number = house(&world).await;
    let one = unassigned(&world, "Erste Frage", "e1").await;
    let two = unassigned(&world, &format!("Zu [#{number}]"), "e2").await;
    let ben = world.agent("Ben").await;
    let form = format!("do=make&mail={one}&mail={two}&back=tab%3Dundecided");
    let page = placed(&ben, &form).await.words();
    assert!(page.contains("2 Tickets angelegt"), "{page}");
    let inbox = ben.get("/inbox").await.words();
    assert!(inbox.contains("Eve Fremd Erste Frage"), "{inbox}");
    let entry = ben.get(&format!("/mails/{two}")).await.text();
    let made = entry.split("/tickets/TS").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let made = ben.get(&format!("/tickets/TS{made}")).await.words();
    assert!(made.contains("Ben hat aus einer Mail dieses Ticket gemacht"), "{made}");
    // The number that the stranger named links both, as the intake would have done.
    assert!(made.contains(&format!("hat das Ticket mit {number} verknüpft")), "{made}");
    // Whoever presses once more does nothing.
    let again = placed(&ben, &form).await.words();
    assert!(again.contains("Jemand anderes war schneller"), "{again}");
    world.minutes_pass(1);
    let counted = ben.get("/counters?place=inbox").await.words();
    assert!(counted.contains("Eingang 3"), "{counted}");
}

/// Proves F-MAIL-32.
async fn a_discarded_mail_comes_back(world: World) {
    house(&world).await;
    let mail = unassigned(&world, "Werbung", "e1").await;
    let ben = world.agent("Ben").await;
    let form = format!("do=discard&mail={mail}&back=tab%3Dundecided");
    let page = placed(&ben, &form).await;
    assert!(page.words().contains("Mail verworfen"), "{}", page.words());
    assert!(page.text().contains("name=\"do\" value=\"restore\""), "{}", page.text());
    let entry = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(entry.contains("Ben hat sie verworfen"), "{entry}");
    assert!(entry.contains("Verworfen Von Ben"), "{entry}");
    assert_eq!(ben.get(&format!("/mails/{mail}/raw?download=1")).await.status, 200);

    let form = format!("do=restore&mail={mail}&back=tab%3Dundecided");
    // The button of the toast is pressed by the script.
    let answer = ben.press("toasts", "/mails/place", &form).await;
    let page = ben.get(answer.header("hx-redirect")).await.words();
    assert!(page.contains("Mail liegt wieder unter"), "{page}");
    assert!(page.contains("Werbung"), "{page}");
    let entry = ben.get(&format!("/mails/{mail}")).await.words();
    assert!(entry.contains("Sagen Sie, wohin die Mail gehört."), "{entry}");
    assert!(!entry.contains("hat sie verworfen"), "{entry}");
    assert!(entry.contains("Zurückgeholt Von Ben"), "{entry}");
    assert!(entry.contains("eve@anders.example ist nicht bekannt"), "{entry}");
}

/// Proves F-MAIL-32.
async fn what_cannot_be_done_is_said_at_the_field(world: World) {
    house(&world).await;
    let mail = unassigned(&world, "Frage", "e1").await;
    let ben = world.agent("Ben").await;
    for (form, sentence) in [
        ("do=assign&number=48213".to_owned(), "Wählen Sie in der Liste mindestens eine Mail aus."),
        (format!("do=assign&mail={mail}&number="), "Geben Sie die Nummer des Tickets an"),
        (
            format!("do=assign&mail={mail}&number=GIBT-ES-NICHT"),
            "Ein Ticket mit dieser Nummer gibt es nicht.",
        ),
    ] {
        let refused = ben.post("/mails/place", &format!("{form}&back=tab%3Dundecided")).await;
        assert_eq!(refused.status, 422, "{form}");
        assert!(refused.words().contains(sentence), "{form}: {}", refused.words());
        let number = form.split("number=").nth(1).unwrap();
        assert!(refused.text().contains(&format!("name=\"number\" value=\"{number}\"")), "{form}");
        assert!(refused.words().contains("Frage"), "the list is still there");
        assert_eq!(refused.text().contains(" checked"), form.contains("mail="), "{form}");
    }
    let mut ben = ben;
    ben.language = "en";
    let form = format!("do=assign&mail={mail}&number=X1&entry={mail}&back=tab%3Dundecided");
    let refused = ben.post("/mails/place", &form).await.words();
    assert!(refused.contains("There is no ticket with this number."), "{refused}");
    assert_eq!(ben.get("/mails/ticket?number=%00").await.status, 200);
    assert_eq!(ben.get("/mails/ticket?number=").await.text(), "");
}

async fn only_who_works_in_the_area_places_its_mails(world: World) {
    world.area("verkauf").await;
    let number = house(&world).await;
    let mail = unassigned(&world, "Frage", "e1").await;
    let reader = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let other = world.agent_of("Olaf", &[("verkauf", Level::Work)]).await;
    let form = |what: &str| format!("do={what}&mail={mail}&number={number}&back=tab%3Dundecided");
    for what in ["assign", "make", "discard", "restore"] {
        assert_eq!(reader.post("/mails/place", &form(what)).await.status, 403, "{what}");
        assert_eq!(other.post("/mails/place", &form(what)).await.status, 404, "{what}");
    }
    let list = reader.get("/mails?tab=undecided").await;
    assert!(list.words().contains("Frage") && !list.text().contains("id=\"place\""));
    assert!(!other.get("/mails?tab=undecided").await.words().contains("Frage"));
    assert_eq!(other.get(&format!("/mails/{mail}")).await.status, 404);
    let found = other.get(&format!("/mails/ticket?number={number}")).await.words();
    assert_eq!(found, "Ein Ticket mit dieser Nummer gibt es nicht.");
    // Who works on the mails of one area does not thereby work on the tickets of another.
    let both = world.agent_of("Bea", &[("support", Level::Read), ("verkauf", Level::Work)]).await;
    world.mailbox("verkauf", "verkauf").await;
    world.set_mailbox("verkauf", Setting::UnknownSender("known_only")).await;
    let sold = mail_text(&world).await;
    let refused =
        both.post("/mails/place", &format!("do=assign&mail={sold}&number={number}&back=")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("dürfen Sie lesen, aber nicht bearbeiten"));
}

async fn mail_text(world: &World) -> String {
    let text = mail("kauf@anders.example", "Kauf", "k1").replace("hilfe@", "verkauf@");
    world.mail("verkauf", &text).await.mail.to_string()
}

/// Proves F-MAIL-30, F-MAIL-32, F-CTRL-11, F-CTRL-12.
async fn the_navigation_counts_what_waits_unless_that_is_switched_off(world: World) {
    house(&world).await;
    let anna = world.administrator("Anna").await;
    let counters = || async { anna.get("/counters?place=inbox").await.words() };
    assert!(!counters().await.contains("Mails ohne Ticket"));
    unassigned(&world, "Frage", "e1").await;
    unassigned(&world, "Noch eine", "e2").await;
    // A count is believed for a second; a page that shows one of before the change fetches it once more.
    let is_doubtful =
        || async { anna.get("/counters?place=inbox").await.text().contains("load delay:1100ms") };
    while !is_doubtful().await {
        tokio::task::yield_now().await;
    }
    assert!(!counters().await.contains("Mails ohne Ticket"));
    while is_doubtful().await {
        world.minutes_pass(1);
    }
    let shown = counters().await;
    assert!(shown.contains("Mails ohne Ticket 2"), "{shown}");
    assert!(shown.contains("Neue ohne Kategorie 1"), "{shown}");
    let list = anna.get("/counters?place=inbox").await.text();
    let href = list.split("href=\"").find(|part| part.contains("kategorie")).unwrap();
    let href = href.split('"').next().unwrap().replace("&amp;", "&");
    assert!(anna.get(&href).await.words().contains("Drucker raucht"), "{href}");

    let page = anna.get("/settings/hints").await;
    assert_eq!(page.text().matches(" checked").count(), 2, "{}", page.text());
    let saved = anna.post("/settings/hints", "version=1").await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    world.minutes_pass(1);
    let hidden = counters().await;
    assert!(!hidden.contains("Mails ohne Ticket"), "{hidden}");
    assert!(!hidden.contains("Neue ohne Kategorie"), "{hidden}");
    assert!(anna.get("/mails?tab=undecided").await.words().contains("Noch eine"));
    let ben = world.agent("Ben").await;
    assert_eq!(ben.post("/settings/hints", "version=2").await.status, 403);
}

async fn the_journal_is_narrowed_by_what_became_of_a_mail(world: World) {
    house(&world).await;
    unassigned(&world, "Offene Frage", "e1").await;
    world.set_mailbox("hilfe", Setting::UnknownSender("ticket")).await;
    let away = "From: Carl <carl@kunde.example>\nTo: hilfe@firma.example\nSubject: Abwesend\n\
        Auto-Submitted: auto-replied\nMessage-ID: <c1@kunde.example>\n\nBin weg.\n";
    world.mail("hilfe", away).await;
    let ben = world.agent("Ben").await;
    let rows = |path: &'static str| {
        let ben = ben.clone();
        async move {
            let page = ben.get(path).await.text();
            ["Drucker raucht", "Offene Frage", "Abwesend"].map(|subject| page.contains(subject))
        }
    };
    assert_eq!(rows("/mails").await, [true, true, true]);
    assert_eq!(rows("/mails?outcome=unassigned").await, [false, true, false]);
    assert!(rows("/mails?outcome=new_ticket&mailbox=hilfe").await[0]);
    assert_eq!(rows("/mails?outcome=new_ticket&mailbox=anders").await, [false, false, false]);
    let classes = rows("/mails?class=auto_acknowledgement").await;
    let away = rows("/mails?class=out_of_office").await;
    assert_eq!([classes[2], away[2]].iter().filter(|shown| **shown).count(), 1);
    assert_eq!([classes[0], away[0], classes[1], away[1]], [false; 4]);
    assert_eq!(rows("/mails?period=today").await, [true, true, true]);
    assert_eq!(rows("/mails?period=yesterday").await, [false, false, false]);
    let page = ben.get("/mails?outcome=unassigned&period=7d").await.words();
    assert!(
        page.contains("Zeit letzte 7 Tage") && page.contains("Ergebnis zu entscheiden"),
        "{page}"
    );
    assert_eq!(ben.get("/mails?outcome=moon&class=moon&period=moon").await.status, 200);
}

async fn a_mail_is_passed_on_without_its_words(world: World) {
    house(&world).await;
    let mail = unassigned(&world, "Geheimes Vorhaben", "e1").await;
    let ben = world.agent("Ben").await;
    let hidden = ben.get(&format!("/mails/{mail}/raw?anonymous=1")).await;
    assert_eq!(hidden.status, 200);
    assert!(hidden.header("content-disposition").contains("anonymous.eml"));
    let original = ben.get(&format!("/mails/{mail}/raw?download=1")).await;
    assert_eq!(hidden.bytes.len(), original.bytes.len());
    for word in ["Geheimes", "Vorhaben", "anders", "Fremd", "steht"] {
        assert!(original.text().contains(word) && !hidden.text().contains(word), "{word}");
    }
    let reader = world.agent_of("Rita", &[]).await;
    assert_eq!(reader.get(&format!("/mails/{mail}/raw?anonymous=1")).await.status, 404);
}
