//! What agents set of themselves on their own page: what is known of them, their screen, their
//! password, their sessions.

use laufzettel::feature::agents::SetPassword;
use laufzettel::feature::signin::password;
use laufzettel::http::encode;
use laufzettel::record::AgentId;
use laufzettel::record::administration::By;
use values::EmailAddress;

use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    an_agent_sets_what_stands_below_his_answers,
    an_agent_changes_his_name,
    what_cannot_be_is_said_beside_its_field,
    the_profile_needs_a_sign_in,
    the_screen_is_set_on_the_page_and_in_the_menu,
    the_password_is_changed_by_whoever_knows_it,
    the_password_cannot_be_guessed_at_an_open_screen,
    sessions_are_listed_and_ended_from_elsewhere,
);

const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

/// What an answer says beside a field, where it refuses a form.
fn refused(answer: &Answered, field: &str) -> String {
    let text = answer.text();
    let begin = format!("id=\"{field}-error\"");
    let rest = text.split(&begin).nth(1).unwrap_or_else(|| panic!("{field}: {text}"));
    let rest = rest.split("</span>").next().unwrap();
    rest.rsplit('>').next().unwrap().to_owned()
}

/// What an agent is told where the answer to a form leads.
async fn told(by: &Browser, path: &str, form: &str) -> String {
    let answer = by.post(path, form).await;
    assert_eq!(answer.status, 303, "{path} {form}: {}", answer.words());
    by.get(answer.header("location")).await.words()
}

async fn has_password(world: &World, browser: Browser, name: &str, password: &str) -> Browser {
    let email = EmailAddress::parse(&format!("{}@team.example", name.to_lowercase())).unwrap();
    let password_hash = password::hash(password).await.unwrap();
    let by = By::command(&world.app.ids, world.app.now());
    let set = SetPassword { email: &email, password_hash: &password_hash, by };
    assert!(world.app.db.write(&set).await.unwrap());
    world.app.forget_lists();
    world.sign_in(browser.agent).await
}

/// Signs in with a password, from a browser that says this of itself.
async fn signs_in(world: &World, address: &str, password: &str, user_agent: &str) -> Answered {
    let guest = Browser::new(world.router.clone(), AgentId::from_number(0), "");
    let form = format!("address={}&password={}", encode(address), encode(password));
    let request = guest
        .request("POST", "/signin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("user-agent", user_agent);
    guest.send(request.body(form.into()).unwrap()).await
}

fn signed_in(world: &World, answered: &Answered) -> Browser {
    assert_eq!(answered.status, 303, "{}", answered.words());
    let token = answered.header("set-cookie").split(['=', ';']).nth(1).unwrap();
    Browser::new(world.router.clone(), AgentId::from_number(0), token)
}

async fn an_agent_sets_what_stands_below_his_answers(world: World) {
    let ben = world.agent("Ben").await;
    let page = ben.get("/profile").await.text();
    for part in ["name=\"text\"", "data-editor", "name=\"html\"", "value=\"10\""] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches(" checked").count(), 3, "{page}");
    let form = "name=Ben&phone=0228+%2F+4711&undo_seconds=0&notices=failed&html=\
        &text=%7Bname%7D%0D%0AFirma+%3CGmbH%3E%0D%0A%0D%0AGr%C3%BC%C3%9Fe";
    let saved = ben.post("/profile", form).await;
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/profile?told=saved"));
    let page = ben.get("/profile?told=saved").await;
    assert!(page.words().contains("Ihre Angaben sind gespeichert."));
    let page = page.text();
    assert!(page.contains("value=\"0228 / 4711\""), "{page}");
    assert_eq!(page.matches(" checked").count(), 1, "{page}");
    let stored = async || {
        let directory = world.app.directory().await.unwrap();
        directory.agent(ben.agent).unwrap().clone()
    };
    let person = stored().await;
    let signature = "<p>{name}<br>Firma &lt;GmbH&gt;</p><p>Grüße</p>";
    assert_eq!(person.signature.as_deref(), Some(signature));
    assert_eq!(
        (person.phone.as_deref(), person.notices.as_deref()),
        (Some("0228 / 4711"), Some("failed"))
    );
    // The editor sends HTML, which is cleaned; a script in it never reaches a mail.
    let form = "name=Ben&undo_seconds=30&notices=assigned&notices=answered&notices=failed&text=Ben\
        &html=%3Cp%3E%3Cb%3EBen%3C%2Fb%3E%3Cscript%3Ex%28%29%3C%2Fscript%3E%3C%2Fp%3E";
    ben.post("/profile", form).await;
    let person = stored().await;
    assert_eq!(person.signature.as_deref(), Some("<p><b>Ben</b></p>"));
    assert_eq!((person.phone, person.notices), (None, None));
    assert!(ben.get("/profile").await.text().contains("value=\"30\""));
    let anna = world.administrator("Anna").await;
    let changes = format!("/settings/history?subject=agent&id={}", ben.agent);
    let history = anna.get(&changes).await.words();
    for said in [
        "Benachrichtigungen alle → wird zu Eine E-Mail von mir kommt nicht an",
        "Telefon 0228 / 4711 → wird zu leer",
        "Sekunden zum Zurückholen 0 → wird zu 30",
    ] {
        assert!(history.contains(said), "{said}: {history}");
    }
}

async fn an_agent_changes_his_name(world: World) {
    let ben = world.agent("Ben").await;
    let anna = world.administrator("Anna").await;
    for (typed, name) in [
        ("Benedikt <b>Öz", "Benedikt &lt;b&gt;Öz"),
        ("مرحبا 🦊", "مرحبا 🦊"),
        (" Ben  Neu ", "Ben Neu"),
    ] {
        let form = format!("name={}&undo_seconds=10", encode(typed));
        told(&ben, "/profile", &form).await;
        let value = format!("value=\"{name}\"");
        assert!(ben.get("/profile").await.text().contains(&value), "{typed}");
    }
    assert!(anna.get("/settings/people").await.words().contains("Ben Neu"));
    let changes = format!("/settings/history?subject=agent&id={}", ben.agent);
    let history = anna.get(&changes).await.words();
    assert!(history.contains("Name مرحبا 🦊 → wird zu Ben Neu"), "{history}");
}

async fn what_cannot_be_is_said_beside_its_field(world: World) {
    let ben = world.agent("Ben").await;
    for seconds in ["31", "-1", "", "viele"] {
        let form = format!("name=Ben&phone=4711&undo_seconds={seconds}&text=Ben&html=");
        let refused = ben.post("/profile", &form).await;
        assert_eq!(refused.status, 422, "{seconds}");
        let text = refused.text();
        assert!(text.contains("Geben Sie eine Zahl von 0 bis 30 ein."), "{seconds}");
        assert!(text.contains("value=\"4711\""), "what was typed is kept");
        // A form of the menu leads back to a page that there is.
        assert!(!text.contains("name=\"back\" value=\"/profile?"), "{text}");
    }
    let long = "1".repeat(61);
    for (phone, sentence) in [
        ("keine 😀", "Das ist keine Telefonnummer."),
        (long.as_str(), "Eine Telefonnummer hat höchstens 60 Zeichen."),
    ] {
        let form = format!("name=+&phone={}&undo_seconds=10", encode(phone));
        let answer = ben.post("/profile", &form).await;
        assert_eq!(answer.status, 422, "{phone}");
        assert!(refused(&answer, "phone").starts_with(sentence), "{phone}");
        assert_eq!(refused(&answer, "name"), "Geben Sie einen Namen ein.", "both at once");
        assert!(answer.text().contains(&format!("value=\"{phone}\"")), "{phone}");
    }
    let form = format!("name={}&undo_seconds=10", "x".repeat(201));
    let answer = ben.post("/profile", &form).await;
    assert!(refused(&answer, "name").starts_with("Ein Name hat höchstens 200 Zeichen."));
    let form = format!("name=Ben&undo_seconds=10&text={}", "x".repeat(70_000));
    assert!(refused(&ben.post("/profile", &form).await, "text").contains("zu groß"));
    let directory = world.app.directory().await.unwrap();
    let person = directory.agent(ben.agent).unwrap();
    assert_eq!((person.name.as_str(), person.phone.as_deref()), ("Ben", None));
}

async fn the_profile_needs_a_sign_in(world: World) {
    let id = AgentId::from_number(1);
    let stranger = Browser::new(world.router.clone(), id, "");
    let mut answers = vec![stranger.get("/profile").await];
    for path in ["", "/password", "/sign-out", "/density", "/sessions/00/end"] {
        answers.push(stranger.post(&format!("/profile{path}"), "undo_seconds=1").await);
    }
    for answer in answers {
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").starts_with("/signin"));
    }
}

async fn the_screen_is_set_on_the_page_and_in_the_menu(world: World) {
    let ben = world.agent("Ben").await;
    let chosen = |page: &str, value: &str| {
        page.contains(&format!("name=\"value\" value=\"{value}\" aria-pressed=\"true\""))
    };
    let page = ben.get("/profile").await.text();
    assert!(chosen(&page, "compact") && !page.contains("data-density"), "{page}");
    let form = "value=comfortable&back=%2Fprofile%23screen";
    let set = ben.post("/profile/density", form).await;
    assert_eq!(set.header("location"), "/profile#screen");
    let page = ben.get("/profile").await.text();
    assert!(chosen(&page, "comfortable") && page.contains(" data-density=\"luftig\""), "{page}");
    let again = world.sign_in(ben.agent).await;
    assert!(again.get("/inbox").await.text().contains(" data-density=\"luftig\""), "it is stored");
    ben.post("/profile/density", "value=winzig").await;
    assert!(
        chosen(&ben.get("/profile").await.text(), "comfortable"),
        "what is unknown is left out"
    );
    ben.post("/profile/density", "value=compact").await;
    ben.post("/profile/theme", "value=dark").await;
    ben.post("/profile/keys", "value=off").await;
    ben.post("/profile/language", "value=en").await;
    let page = ben.get("/profile").await.text();
    for value in ["compact", "dark", "off", "en"] {
        assert!(chosen(&page, value), "{value}: {page}");
    }
    assert!(page.contains("Line spacing") && !page.contains("data-density"), "{page}");
}

async fn the_password_is_changed_by_whoever_knows_it(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let ben = has_password(&world, ben, "Ben", "das alte Wort").await;
    let other = world.sign_in(ben.agent).await;
    let form = async |form: &str| ben.post("/profile/password", form).await;
    let wrong = form("current=geraten+1&password=kurz&again=kurz").await;
    assert_eq!(wrong.status, 422);
    assert_eq!(refused(&wrong, "current"), "Das jetzige Passwort stimmt nicht.");
    let sentence = "Ein Passwort hat mindestens 8 und höchstens 1000 Zeichen.";
    assert_eq!(refused(&wrong, "password"), sentence, "both at once");
    let page = wrong.text();
    for typed in ["geraten", "kurz\""] {
        assert!(!page.contains(typed), "a password is never sent back");
    }
    assert!(
        page.contains("name=\"name\" type=\"text\" value=\"Ben\""),
        "the rest is shown: {page}"
    );
    let differs = form("current=das+alte+Wort&password=das+neue+Wort&again=anders").await;
    assert_eq!(refused(&differs, "again"), "Die beiden Eingaben sind verschieden.");
    assert_eq!(other.get("/inbox").await.status, 200, "nothing was changed");

    // A link by which somebody could set yet another one ends, too.
    other.post("/signin/forgotten", "address=ben%40team.example").await;
    let sent = world.sent().await;
    let mail = String::from_utf8_lossy(&sent.last().unwrap().raw).replace("=\r\n", "");
    let link = mail.split("/password/").nth(1).unwrap().split_whitespace().next().unwrap();
    let link = format!("/password/{link}");
    assert_eq!(other.get(&link).await.status, 200);

    let typed = "current=das+alte+Wort&password=das+neue+Wort&again=das+neue+Wort";
    let words = told(&ben, "/profile/password", typed).await;
    assert!(words.contains("Ihr Passwort ist geändert."), "{words}");
    assert!(words.contains("Sonst sind Sie nirgends angemeldet."), "{words}");
    assert_eq!(other.get("/inbox").await.status, 303, "all other sessions have ended");
    assert_eq!(ben.get("/inbox").await.status, 200, "this one has not");
    assert_eq!(other.get(&link).await.status, 404);
    let address = "ben@team.example";
    assert_eq!(signs_in(&world, address, "das alte Wort", "").await.status, 422);
    assert_eq!(signs_in(&world, address, "das neue Wort", "").await.status, 303);
    let anna = world.administrator("Anna").await;
    let changes = format!("/settings/history?subject=agent&id={}", ben.agent);
    let history = anna.get(&changes).await;
    assert!(
        history.words().contains("B Ben heute 10:00 Person Ben geändert Passwort neu gesetzt"),
        "{}",
        history.words()
    );
    assert!(!history.text().contains("argon2") && !history.text().contains("Wort"));
    // Without a password there is only the way by a link.
    let eve = world.agent("Eve").await;
    let none = eve.post("/profile/password", "current=&password=12345678&again=12345678").await;
    assert_eq!(refused(&none, "current"), "Das jetzige Passwort stimmt nicht.");
    assert!(none.text().contains("href=\"/signin/forgotten\""));
}

async fn the_password_cannot_be_guessed_at_an_open_screen(world: World) {
    let ben = world.agent("Ben").await;
    let ben = has_password(&world, ben, "Ben", "das alte Wort").await;
    let guess = "current=geraten&password=12345678&again=12345678";
    let right = "current=das+alte+Wort&password=12345678&again=12345678";
    for _ in 0..10 {
        assert_eq!(ben.post("/profile/password", guess).await.status, 422);
    }
    let late = ben.post("/profile/password", right).await;
    assert_eq!(late.status, 429);
    assert!(refused(&late, "current").starts_with("Zu viele Versuche."));
    let still = signs_in(&world, "ben@team.example", "das alte Wort", "").await;
    assert_eq!(still.status, 303, "who guesses here keeps nobody from signing in");
    world.minutes_pass(2);
    assert_eq!(ben.post("/profile/password", right).await.status, 303);
}

async fn sessions_are_listed_and_ended_from_elsewhere(world: World) {
    let ben = world.agent("Ben").await;
    let ben = has_password(&world, ben, "Ben", "das alte Wort").await;
    let eve = world.agent("Eve").await;
    world.minutes_pass(3);
    let phone = signs_in(&world, "ben@team.example", "das alte Wort", SAFARI).await;
    let phone = signed_in(&world, &phone);
    let page = ben.get("/profile").await.words();
    assert!(page.contains("Safari auf iPhone Angemeldet heute 10:03"), "{page}");
    assert!(page.contains("Unbekannter Browser (diese hier) Angemeldet heute 10:00"), "{page}");
    let text = ben.get("/profile").await.text();
    let ends = |text: &str| -> Vec<String> {
        let parts = text.split("action=\"/profile/sessions/").skip(1);
        parts.map(|part| part.split('/').next().unwrap().to_owned()).collect()
    };
    let marks = ends(&text);
    assert_eq!(marks.len(), 1, "this one is ended in the menu: {text}");
    // Nobody ends a session of somebody else.
    eve.post(&format!("/profile/sessions/{}/end", marks[0]), "").await;
    eve.post("/profile/sign-out", "").await;
    assert_eq!(phone.get("/inbox").await.status, 200);
    let words = told(&ben, &format!("/profile/sessions/{}/end", marks[0]), "").await;
    assert!(words.contains("Die Anmeldung ist beendet."), "{words}");
    assert!(!words.contains("Safari"), "{words}");
    assert_eq!(phone.get("/inbox").await.status, 303);
    assert_eq!(ben.get("/inbox").await.status, 200);

    let (second, third) = (world.sign_in(ben.agent).await, world.sign_in(ben.agent).await);
    assert_eq!(ends(&ben.get("/profile").await.text()).len(), 2);
    let words = told(&ben, "/profile/sign-out", "").await;
    assert!(words.contains("Sie sind überall sonst abgemeldet."), "{words}");
    for browser in [&second, &third] {
        assert_eq!(browser.get("/inbox").await.status, 303);
    }
    assert_eq!(
        (ben.get("/inbox").await.status.as_u16(), eve.get("/inbox").await.status.as_u16()),
        (200, 200)
    );
    let anna = world.administrator("Anna").await;
    let changes = format!("/settings/history?subject=agent&id={}", ben.agent);
    let history = anna.get(&changes).await.words();
    assert_eq!(history.matches("Anmeldungen beendet ja").count(), 2, "{history}");
    // What has ended by itself is no session any more.
    world.sign_in(ben.agent).await;
    world.minutes_pass(8 * 60 - 1);
    let last = world.sign_in(ben.agent).await;
    world.minutes_pass(2);
    assert_eq!(ends(&last.get("/profile").await.text()), [""; 0]);
}
