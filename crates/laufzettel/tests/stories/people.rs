//! People and their rights on the screen: inviting by a link, rights by area, ending an access, new
//! passwords; and the tokens of programs.

use laufzettel::record::AgentId;
use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;

use crate::api::{Program, program};
use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    a_colleague_is_invited_and_chooses_a_password_once,
    an_invitation_ends_after_a_week_and_can_be_sent_again,
    what_cannot_be_said_of_a_person_is_refused_beside_its_field,
    rights_are_given_by_role_area_and_flag,
    nothing_is_set_beside_the_role_that_may_do_everything,
    the_history_says_that_nothing_was_left,
    everything_that_is_wrong_with_a_person_is_said_at_once,
    an_administrator_sets_signatures_that_stand_below_answers,
    the_last_administrator_stays,
    the_tickets_of_whoever_leaves_are_handed_over,
    whoever_forgot_the_password_asks_for_a_link,
    signing_out_everywhere_ends_all_sessions,
    tokens_are_made_shown_once_and_revoked_on_the_page,
);

/// A browser in which nobody is signed in.
fn stranger(world: &World) -> Browser {
    Browser::new(world.router.clone(), AgentId::from_number(1), "")
}

/// The path of the link in the last mail to an address.
async fn link(world: &World, address: &str) -> String {
    let sent = world.sent().await;
    let mail = sent.iter().rev().find(|mail| mail.to == [address]).expect("a mail");
    let text = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "");
    let rest = text.split("/password/").nth(1).unwrap_or_else(|| panic!("{text}"));
    format!("/password/{}", rest.split_whitespace().next().unwrap())
}

/// What an answer says beside a field, where it refuses a form.
fn refused(answer: &Answered, field: &str) -> String {
    assert_eq!(answer.status, 422, "{}", answer.words());
    let text = answer.text();
    let begin = format!("id=\"{field}-error\"");
    let rest = text.split(&begin).nth(1).unwrap_or_else(|| panic!("{field}: {text}"));
    let rest = rest.split("</span>").next().unwrap();
    rest.rsplit('>').next().unwrap().to_owned()
}

/// Sends a form and goes where the answer leads.
async fn done(by: &Browser, path: &str, form: &str) -> Answered {
    let answer = by.post(path, form).await;
    assert_eq!(answer.status, 303, "{path} {form}: {}", answer.words());
    by.get(answer.header("location")).await
}

async fn signs_in(world: &World, address: &str, password: &str) -> u16 {
    let form = format!("address={address}&password={password}");
    stranger(world).post("/signin", &form).await.status.as_u16()
}

async fn a_colleague_is_invited_and_chooses_a_password_once(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let form = "name=Eva+Neu&email=Eva%40Team.example&role=agent&language=de";
    let page = done(&anna, "/settings/people", form).await;
    assert!(page.words().contains("Die Einladung an Eva Neu ist unterwegs."), "{}", page.words());
    assert!(page.words().contains("Einladung noch einmal senden"));
    assert!(anna.get("/settings/people").await.words().contains("Eva Neu Bearbeitung, eingeladen"));
    assert_eq!(signs_in(&world, "eva@team.example", "").await, 422, "there is no password yet");

    let path = link(&world, "eva@team.example").await;
    let eva = stranger(&world);
    let form = eva.get(&path).await;
    assert_eq!(form.status, 200);
    assert!(form.words().contains("Hallo Eva Neu."), "{}", form.words());
    let short = eva.post(&path, "password=kurz&again=kurz").await;
    let sentence = "Ein Passwort hat mindestens 8 und höchstens 1000 Zeichen.";
    assert_eq!(refused(&short, "password"), sentence);
    assert!(!short.text().contains("value=\"kurz\""), "a password is never sent back");
    let differs = eva.post(&path, "password=lang+genug&again=anders+genug").await;
    assert_eq!(refused(&differs, "again"), "Die beiden Eingaben sind verschieden.");
    let set = eva.post(&path, "password=lang+genug&again=lang+genug").await;
    assert_eq!(set.status, 200);
    assert!(set.words().contains("Ihr Passwort ist gesetzt."), "{}", set.words());
    assert_eq!(signs_in(&world, "eva@team.example", "lang+genug").await, 303);

    for again in
        [eva.get(&path).await, eva.post(&path, "password=noch+eines&again=noch+eines").await]
    {
        assert_eq!(again.status, 410);
        assert!(again.words().contains("Dieser Link wurde schon benutzt."), "{}", again.words());
    }
    assert_eq!(signs_in(&world, "eva@team.example", "noch+eines").await, 422);
    let unknown = eva.get("/password/gibtsnicht").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.words().contains("Diesen Link gibt es nicht."), "{}", unknown.words());
    let history = anna.get("/settings/history").await.words();
    assert!(history.contains("Person Eva Neu angelegt"), "{history}");
    assert!(history.contains("Passwort neu gesetzt"), "{history}");
    assert!(!anna.get("/settings/people").await.words().contains("eingeladen"));
}

async fn an_invitation_ends_after_a_week_and_can_be_sent_again(world: World) {
    let anna = world.administrator("Anna").await;
    let form = "name=Eva&email=eva%40team.example&role=agent";
    let without = anna.post("/settings/people", form).await;
    assert_eq!(without.status, 422);
    assert!(without.words().contains("Es gibt noch keinen Absender"), "{}", without.words());
    world.mailbox("hilfe", "support").await;
    let page = done(&anna, "/settings/people", form).await.text();
    let id = page.split("action=\"/settings/people/").nth(1).unwrap().split('"').next().unwrap();
    let id = id.to_owned();
    let first = link(&world, "eva@team.example").await;
    world.minutes_pass(7 * 24 * 60 - 1);
    assert_eq!(stranger(&world).get(&first).await.status, 200);
    world.minutes_pass(2);
    let late = stranger(&world).get(&first).await;
    assert_eq!(late.status, 410);
    assert!(late.words().contains("Dieser Link ist abgelaufen."), "{}", late.words());
    let set = stranger(&world).post(&first, "password=lang+genug&again=lang+genug").await;
    assert_eq!(set.status, 410);
    let anna = world.sign_in(anna.agent).await;
    let again = done(&anna, &format!("/settings/people/{id}/link"), "").await;
    assert!(again.words().contains("Die Einladung an Eva ist unterwegs."), "{}", again.words());
    let second = link(&world, "eva@team.example").await;
    assert_ne!(first, second);
    assert_eq!(stranger(&world).get(&first).await.status, 404, "the new one takes its place");
    assert_eq!(stranger(&world).get(&second).await.status, 200);
    done(&anna, &format!("/settings/people/{id}/access"), "end=yes&successor=").await;
    assert_eq!(stranger(&world).get(&second).await.status, 404, "nobody comes in after the end");
}

async fn what_cannot_be_said_of_a_person_is_refused_beside_its_field(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let paths = ["/settings/people".to_owned(), format!("/settings/people/{}", ben.agent)];
    let long = "ü".repeat(201);
    for path in &paths {
        let table = [
            (
                format!("name={long}&email=x%40y.example&role=agent"),
                "name",
                "Ein Name hat höchstens",
            ),
            (
                "name=+&email=x%40y.example&role=agent".to_owned(),
                "name",
                "Geben Sie einen Namen ein.",
            ),
            ("name=X&email=keine&role=agent".to_owned(), "email", "Geben Sie eine Adresse wie"),
            (
                "name=X&email=anna%40team.example&role=agent".to_owned(),
                "email",
                "Mit dieser Adresse",
            ),
            // Links to set a password would be read by all who see the mailbox.
            (
                "name=X&email=hilfe%40firma.example&role=agent".to_owned(),
                "email",
                "Das ist die Adresse eines Postfachs",
            ),
            (
                "name=X&email=x%40y.example&role=king".to_owned(),
                "role",
                "Diese Auswahl gibt es nicht.",
            ),
        ];
        for (form, field, sentence) in table {
            let answer = anna.post(path, &form).await;
            assert!(refused(&answer, field).starts_with(sentence), "{path} {form}");
        }
        let kept = anna.post(path, "name=%3Cb%3EX&email=keine&role=read_only").await.text();
        assert!(kept.contains("value=\"&lt;b&gt;X\""), "{kept}");
        assert!(kept.contains("value=\"read_only\" selected"), "{kept}");
    }
    let own = &paths[1];
    let base = "name=Ben&email=ben%40team.example&role=agent";
    let phone = anna.post(own, &format!("{base}&phone={}", "1".repeat(61))).await;
    assert!(refused(&phone, "phone").contains("höchstens 60"), "{}", phone.words());
    let signature = anna.post(own, &format!("{base}&signature={}", "x".repeat(70_000))).await;
    assert!(refused(&signature, "signature").contains("zu groß"));
    assert_eq!(anna.post(own, &format!("{base}&area_1=king")).await.status, 422);
    let stale = anna.post(own, &format!("{base}&version=77")).await;
    assert!(stale.words().contains("Jemand anderes hat diese Person"), "{}", stale.words());
    for odd in ["مرحبا", "🦊 Fuchs"] {
        let name = laufzettel::http::encode(odd);
        let page =
            done(&anna, own, &format!("name={name}&email=ben%40team.example&role=agent")).await;
        assert!(page.words().contains(odd), "{odd}");
    }
    for path in ["/settings/people", "/settings/people/new", own.as_str()] {
        assert_eq!(ben.get(path).await.status, 403, "{path}");
    }
    assert_eq!(ben.post(own, base).await.status, 403);
    assert_eq!(anna.get("/settings/people/77").await.status, 404);
}

/// Proves F-PERM-01, F-PERM-02, F-PERM-03, F-PERM-10.
async fn rights_are_given_by_role_area_and_flag(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    world.area("technik").await;
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let directory = world.app.directory().await.unwrap();
    let technik = directory.areas.iter().find(|area| area.key == "technik").unwrap().id;
    let path = format!("/settings/people/{}", ben.agent);
    let base = "name=Ben&email=ben%40team.example&role=agent";
    let body = json!({ "subject": "Pumpe", "body_text": "x", "area": "technik" });
    let number = crate::api::number(&erp.post("/tickets", body).await.done());
    let ticket = format!("/tickets/{number}");
    let assign = async || {
        let body = json!({ "assignee": "ben@team.example" });
        erp.patch(&ticket, body).await
    };
    let mine = program(&world, ben.agent, &Scope::ALL).await;
    let create = async |program: &Program| {
        let body = json!({ "subject": "x", "body_text": "x", "area": "technik" });
        program.post("/tickets", body).await.status
    };
    // Level in the area: whether he sees the ticket, can get it, may make one.
    let table = [
        ("none", 404, 422, 422),
        ("read", 200, 422, 403),
        ("work", 200, 200, 201),
        ("own", 404, 200, 201),
        ("manage", 200, 200, 201),
    ];
    for (level, sees, gets, makes) in table {
        done(&anna, &path, &format!("{base}&area_{technik}={level}")).await;
        erp.patch(&ticket, json!({ "assignee": null })).await.done();
        assert_eq!(mine.get(&ticket).await.status, sees, "{level} sees");
        let given = assign().await;
        assert_eq!(given.status, gets, "{level} gets");
        if gets == 422 {
            assert_eq!(given.fields(), "assignee no_right", "{level}");
        }
        assert_eq!(create(&mine).await, makes, "{level} makes");
    }
    let people = anna.get("/settings/people").await.words();
    assert!(people.contains("verwalten"), "{people}");
    let page = done(&anna, &path, &format!("{base}&flags_own=on&flags=export")).await.text();
    assert!(page.contains("value=\"export\" checked"), "{page}");
    assert_eq!(create(&mine).await, 403, "without the flag he makes none");
    done(&anna, &path, &format!("{base}&elsewhere=none&flags_own=on&flags=create")).await;
    assert_eq!(create(&mine).await, 422, "where he may not go there is nothing");
    let ben = world.sign_in(ben.agent).await;
    assert!(!ben.get("/inbox").await.text().contains("href=\"/settings\""));
    done(&anna, &path, &format!("{base}&flags_own=on&flags=settings")).await;
    assert!(ben.get("/inbox").await.text().contains("href=\"/settings\""));
    assert_eq!(ben.get("/settings").await.status, 200);
    assert_eq!(ben.get("/settings/people").await.status, 403, "rights are given by administrators");
    let history = anna.get(&path).await.words();
    assert!(history.contains("Rechte im ganzen Haus"), "{history}");
    let changes = format!("/settings/history?subject=agent&id={}", ben.agent);
    let history = anna.get(&changes).await.words();
    assert!(history.contains("Recht im Bereich technik"), "{history}");
}

/// Proves F-PERM-01.
async fn nothing_is_set_beside_the_role_that_may_do_everything(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let sentence = "Verwaltung darf alles überall.";
    let path = format!("/settings/people/{}", ben.agent);
    let base = "name=Ben&email=ben%40team.example";
    let limited = "elsewhere=none&flags_own=on";
    done(&anna, &path, &format!("{base}&role=agent&{limited}")).await;
    let page = anna.get(&path).await.text();
    assert!(page.contains("value=\"none\" selected"), "{page}");
    // The style shows one or the other, by the role that is chosen.
    assert!(page.contains("class=\"own-rights\"") && page.contains("all-rights"), "{page}");
    assert!(page.contains(sentence), "{page}");
    let page = done(&anna, &path, &format!("{base}&role=administrator&{limited}")).await.text();
    assert!(!page.contains("value=\"none\" selected"), "{page}");
    let history = anna.get(&format!("/settings/history?subject=agent&id={}", ben.agent)).await;
    assert!(
        history.words().contains("In allen anderen Bereichen kein Zugang → wird zu wie die Rolle"),
        "{}",
        history.words()
    );
    done(&anna, &path, &format!("{base}&role=agent")).await;
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let api = format!("/agents/{}", ben.agent);
    let rights = json!({ "level_elsewhere": null, "flags": null, "areas": {} });
    let body = json!({ "role": "administrator", "flags": [], "level_elsewhere": "none" });
    let both = "level_elsewhere no_effect, flags no_effect";
    assert_eq!(erp.patch(&api, body).await.fields(), both);
    erp.patch(&api, json!({ "role": "administrator" })).await.done();
    assert_eq!(erp.patch(&api, json!({ "flags": ["create"] })).await.fields(), "flags no_effect");
    let shown = erp.patch(&api, rights).await.done();
    assert_eq!(shown["rights"]["flags"], json!(null));
    assert_eq!(shown["rights"]["level_elsewhere"], json!(null));
}

/// Proves F-PERM-02.
async fn the_history_says_that_nothing_was_left(world: World) {
    let mut anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let path = format!("/settings/people/{}", ben.agent);
    let base = "name=Ben&email=ben%40team.example&role=agent";
    done(&anna, &path, &format!("{base}&flags_own=on&flags=export")).await;
    done(&anna, &path, &format!("{base}&flags_own=on")).await;
    done(&anna, &path, base).await;
    let history = format!("/settings/history?subject=agent&id={}", ben.agent);
    let words = anna.get(&history).await.words();
    for said in [
        "Rechte im ganzen Haus wie die Rolle → wird zu Exportieren",
        "Rechte im ganzen Haus Exportieren → wird zu keine",
        "Rechte im ganzen Haus keine → wird zu wie die Rolle",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    anna.language = "en";
    let words = anna.get(&history).await.words();
    assert!(words.contains("Export → becomes none"), "{words}");
}

async fn everything_that_is_wrong_with_a_person_is_said_at_once(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let path = format!("/settings/people/{}", ben.agent);
    let wrong = "name=+&email=anna%40team.example&role=agent&phone=keine+%F0%9F%98%80";
    let answer = anna.post(&path, wrong).await;
    assert_eq!(refused(&answer, "name"), "Geben Sie einen Namen ein.");
    assert!(refused(&answer, "email").starts_with("Mit dieser Adresse gibt es schon"));
    assert!(refused(&answer, "phone").starts_with("Das ist keine Telefonnummer."));
    assert!(answer.text().contains("value=\"keine 😀\""), "what was typed stays");
    let invited = anna.post("/settings/people", wrong).await;
    assert_eq!(refused(&invited, "name"), "Geben Sie einen Namen ein.");
    assert!(refused(&invited, "email").starts_with("Mit dieser Adresse gibt es schon"));
    // His own address is no other person's.
    let own = anna.post(&path, "name=+&email=ben%40team.example&role=agent").await;
    assert_eq!(refused(&own, "name"), "Geben Sie einen Namen ein.");
    assert!(!own.text().contains("email-error"), "{}", own.words());
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let phone = json!({ "phone": "keine 😀" });
    let answer = erp.patch(&format!("/agents/{}", ben.agent), phone).await;
    assert_eq!(answer.fields(), "phone invalid_phone");
}

/// Proves F-OUT-08.
async fn an_administrator_sets_signatures_that_stand_below_answers(world: World) {
    world.mailbox("hilfe", "support").await;
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let path = format!("/settings/people/{}", ben.agent);
    let form = "name=Ben&email=ben%40team.example&role=agent&phone=0228+4711\
        &signature=%7Bname%7D%0D%0ATelefon+%7Btelefon%7D";
    done(&anna, &path, form).await;
    let mail = "From: Ann <ann@kunde.example>\nSubject: Stuhl\n\nEr wackelt.\n";
    let number = world.mail("hilfe", mail).await.ticket.unwrap();
    let erp = program(&world, ben.agent, &Scope::ALL).await;
    let answer = json!({ "visibility": "external", "body_text": "Gern.", "send": true });
    erp.post(&format!("/tickets/{number}/messages"), answer).await.done();
    let sent = world.sent().await;
    let mail = sent.iter().find(|mail| mail.kind == "reply").unwrap();
    let text = String::from_utf8_lossy(&mail.raw).into_owned();
    assert!(text.contains("Telefon 0228 4711"), "{text}");
    // What he writes himself later counts.
    let own = world.sign_in(ben.agent).await;
    own.post("/profile", "name=Ben&undo_seconds=0&text=Bis+bald&html=").await;
    let page = anna.get(&path).await.text();
    assert!(page.contains("Bis bald"), "{page}");
}

async fn the_last_administrator_stays(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let path = format!("/settings/people/{}", anna.agent);
    let form = "name=Anna&email=anna%40team.example&role=agent";
    let sentence = "Das ist die letzte Person in der Verwaltung. \
        Geben Sie zuerst jemand anderem diese Rolle.";
    assert_eq!(refused(&anna.post(&path, form).await, "role"), sentence);
    let end = anna.post(&format!("{path}/access"), "end=yes&successor=").await;
    assert_eq!(refused(&end, "role"), sentence);
    assert_eq!(anna.get("/settings/people").await.status, 200, "nothing was changed");
    let bens = format!("/settings/people/{}", ben.agent);
    done(&anna, &bens, "name=Ben&email=ben%40team.example&role=administrator").await;
    let answer = anna.post(&path, form).await;
    assert_eq!(answer.status, 303);
    assert_eq!(anna.get("/settings/people").await.status, 303, "another role signs out");
}

/// Proves F-PERM-10.
async fn the_tickets_of_whoever_leaves_are_handed_over(world: World) {
    let anna = world.administrator("Anna").await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    world.area("technik").await;
    let olga = world.agent_of("Olga", &[("support", Level::Work)]).await;
    let erp = program(&world, anna.agent, &Scope::ALL).await;
    let mut numbers = Vec::new();
    for (agent, area) in [("ben", "technik"), ("ben", "support"), ("eve", "support")] {
        let body = json!({
            "subject": "x", "body_text": "x", "area": area,
            "assignee": format!("{agent}@team.example"),
        });
        numbers.push(crate::api::number(&erp.post("/tickets", body).await.done()));
    }
    let assignee = async |number: &str| {
        let ticket = erp.get(&format!("/tickets/{number}")).await.done();
        ticket["assignee"]["name"].as_str().map(str::to_owned)
    };
    let path = format!("/settings/people/{}", ben.agent);
    let page = anna.get(&path).await.words();
    assert!(page.contains("2 offene Tickets sind ihr zugewiesen."), "{page}");
    let access = format!("{path}/access");
    let cannot = anna.post(&access, &format!("end=yes&successor={}", olga.agent)).await;
    assert!(refused(&cannot, "successor").starts_with("Olga darf in „technik“ nicht arbeiten"));
    for nobody in ["77", "x", &ben.agent.to_string()] {
        let refusal = anna.post(&access, &format!("end=yes&successor={nobody}")).await;
        assert_eq!(refusal.status, 422, "{nobody}");
    }
    assert_eq!(assignee(&numbers[0]).await.as_deref(), Some("Ben"));
    let ended = done(&anna, &access, &format!("end=yes&successor={}", eve.agent)).await;
    assert!(ended.words().contains("Der Zugang von Ben ist beendet."), "{}", ended.words());
    for number in &numbers {
        assert_eq!(assignee(number).await.as_deref(), Some("Eve"), "{number}");
    }
    assert_eq!(ben.get("/inbox").await.status, 303, "he is signed out");
    assert!(!anna.get("/settings/people").await.words().contains("Ben Bearbeitung"));
    assert!(anna.get("/settings/people?left=yes").await.words().contains("Ben Bearbeitung"));
    let gone = erp.patch(&format!("/tickets/{}", numbers[0]), json!({ "assignee": "Ben" })).await;
    assert_eq!(gone.status, 422, "nobody can choose him any more");
    let eves = format!("/settings/people/{}/access", eve.agent);
    done(&anna, &eves, "end=yes&successor=").await;
    for number in &numbers {
        assert_eq!(assignee(number).await, None, "{number}");
    }
    let back = done(&anna, &access, "").await;
    assert!(back.words().contains("Der Zugang von Ben ist wieder offen."), "{}", back.words());
}

async fn whoever_forgot_the_password_asks_for_a_link(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let eve = world.agent("Eve").await;
    world.switch_off("Eve").await;
    let anyone = stranger(&world);
    assert!(anyone.get("/signin").await.text().contains("href=\"/signin/forgotten\""));
    let ask =
        async |address: &str| anyone.post("/signin/forgotten", &format!("address={address}")).await;
    let mut answers = Vec::new();
    for address in ["ben%40team.example", "niemand%40team.example", "eve%40team.example"] {
        let answer = ask(address).await;
        answers.push((answer.status, answer.words()));
    }
    assert!(answers[0].1.contains("Sehen Sie in Ihrem Postfach nach"), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "nobody learns who has an access");
    assert_eq!(world.sent().await.len(), 1, "only Ben gets a mail");
    let path = link(&world, "ben@team.example").await;
    let set = anyone.post(&path, "password=ganz+neu+hier&again=ganz+neu+hier").await;
    assert_eq!(set.status, 200);
    assert_eq!(ben.get("/inbox").await.status, 303, "all sessions have ended");
    assert_eq!(signs_in(&world, "ben@team.example", "ganz+neu+hier").await, 303);
    assert_eq!(eve.get("/inbox").await.status, 303);
    ask("ben%40team.example").await;
    let path = link(&world, "ben@team.example").await;
    world.minutes_pass(24 * 60 + 1);
    assert_eq!(anyone.get(&path).await.status, 410);
    let wrong = ask("keine").await;
    assert_eq!(refused(&wrong, "address"), "Geben Sie eine Adresse wie anna@example.de ein.");
    let mut last = ask("ben%40team.example").await;
    for _ in 0..10 {
        last = ask("ben%40team.example").await;
    }
    assert_eq!(last.status, 429);
    assert!(last.words().contains("Zu viele Versuche."), "{}", last.words());
}

async fn signing_out_everywhere_ends_all_sessions(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let second = world.sign_in(ben.agent).await;
    let path = format!("/settings/people/{}/sign-out", ben.agent);
    let page = done(&anna, &path, "").await;
    assert!(page.words().contains("Ben ist überall abgemeldet."), "{}", page.words());
    for browser in [&ben, &second] {
        assert_eq!(browser.get("/inbox").await.status, 303);
    }
    assert_eq!(anna.get("/inbox").await.status, 200);
    assert_eq!(second.post(&path, "").await.status, 303, "and needs a sign-in");
}

async fn tokens_are_made_shown_once_and_revoked_on_the_page(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let form = "name=ERP&scopes=tickets%3Aread&scopes=tickets%3Awrite&expires=30";
    let made = ben.post("/settings/tokens", form).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "no-store"));
    let text = made.text();
    let secret = text.split("value=\"lz_").nth(1).unwrap().split('"').next().unwrap();
    let secret = format!("lz_{secret}");
    assert!(!ben.get("/settings/tokens").await.text().contains(&secret), "it is shown once");
    let erp = Program::with_token(&world, &secret);
    let me = erp.get("/me").await.done();
    assert_eq!((&me["agent"]["name"], &me["caller"]), (&json!("Ben"), &json!("ERP")));
    assert_eq!(me["scopes"], json!(["tickets:read", "tickets:write"]));
    let all = anna.get("/settings/tokens").await;
    assert!(all.words().contains("ERP Ben Tickets lesen, Tickets schreiben"), "{}", all.words());
    let of_ben = format!("name=Lager&scopes=tickets%3Aread&expires=&agent={}", ben.agent);
    assert_eq!(anna.post("/settings/tokens", &of_ben).await.status, 200);
    assert!(ben.get("/settings/tokens").await.words().contains("Lager Ben"));
    let of_anna = format!("name=x&scopes=settings&expires=&agent={}", anna.agent);
    let other = ben.post("/settings/tokens", &of_anna).await;
    assert_eq!(other.status, 422, "nobody makes tokens for others");
    let long = format!("name={}&scopes=tickets%3Aread&expires=30", "x".repeat(201));
    let long = ben.post("/settings/tokens", &long).await;
    assert!(refused(&long, "name").contains("höchstens 200"));
    let empty = ben.post("/settings/tokens", "name=+&expires=9").await;
    assert_eq!(refused(&empty, "name"), "Geben Sie an, wofür der Zugang ist.");
    assert_eq!(refused(&empty, "scopes"), "Wählen Sie mindestens eines aus.");
    assert_eq!(refused(&empty, "expires"), "Diese Auswahl gibt es nicht. Wählen Sie neu.");

    let eve = world.agent("Eve").await;
    let page = ben.get("/settings/tokens").await.text();
    let paths: Vec<&str> = page
        .split("action=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap())
        .filter(|path| path.ends_with("/revoke"))
        .collect();
    assert_eq!(paths.len(), 2, "{page}");
    assert_eq!(eve.post(paths[1], "").await.status, 404, "not hers");
    let revoked = done(&ben, paths[1], "").await;
    assert!(revoked.words().contains("„ERP“ ist widerrufen."), "{}", revoked.words());
    assert_eq!(erp.get("/me").await.problem(), "401 unauthorized");
    let history = anna.get("/settings/history").await.words();
    assert!(history.contains("Zugang für Programme ERP widerrufen"), "{history}");
    world.minutes_pass(31 * 24 * 60);
    let anna = world.sign_in(anna.agent).await;
    assert!(anna.get("/settings/tokens").await.words().contains("Ohne Ende gilt"));
}
