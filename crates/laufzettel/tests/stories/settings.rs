//! The settings on the screen: the overview with its search, the lists, numbering, the rules of new
//! tickets, and the history of all changes.

use laufzettel::record::area::Area;
use laufzettel::record::directory::Listed;
use laufzettel::record::new_tickets::Field;
use rules::right::Level;
use serde_json::json;
use values::Language;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::{Answered, Browser};

testkit::on_both_engines!(
    the_settings_are_for_those_who_may_change_them,
    every_setting_is_found_by_a_word,
    every_field_is_found_by_its_label,
    an_entry_is_made_renamed_moved_and_switched_off,
    statuses_are_free_between_those_that_rules_need,
    a_status_of_one_area_stays_there,
    a_queue_stands_for_a_person_or_a_department,
    areas_lie_in_groups_and_say_what_they_are_for,
    an_area_with_tickets_is_switched_off_and_not_deleted,
    what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays,
    an_area_says_what_its_mails_and_answers_are_like,
    the_mask_of_numbers_shows_what_it_gives,
    the_rules_of_new_tickets_are_set_on_a_page,
    every_change_is_in_the_history,
);

/// The ids of the entries in the order of the page.
fn order(page: &str) -> Vec<i64> {
    let parts = page.split("id=\"entry-").skip(1);
    parts.map(|part| part.split('"').next().unwrap().parse().unwrap()).collect()
}

/// Sends a form and goes where the answer leads.
async fn done(by: &Browser, path: &str, form: &str) -> (String, Answered) {
    let answer = by.post(path, form).await;
    assert_eq!(answer.status, 303, "{path} {form}: {}", answer.words());
    let to = answer.header("location").to_owned();
    let page = by.get(&to).await;
    (to.split('?').next().unwrap().to_owned(), page)
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

/// Proves F-PERM-04.
async fn the_settings_are_for_those_who_may_change_them(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    assert!(anna.get("/inbox").await.text().contains("href=\"/settings\""));
    assert!(!ben.get("/inbox").await.text().contains("href=\"/settings\""));
    let paths = ["", "/areas", "/areas/new", "/areas/1", "/numbers", "/new-tickets", "/history"];
    for path in paths {
        let path = format!("/settings{path}");
        assert_eq!(anna.get(&path).await.status, 200, "{path}");
        assert_eq!(ben.get(&path).await.status, 403, "{path}");
    }
    for path in ["/settings/areas", "/settings/areas/1", "/settings/areas/1/delete"] {
        assert_eq!(ben.post(path, "name=x&active=on").await.status, 403, "{path}");
    }
    for path in ["/settings/nichts", "/settings/areas/77", "/settings/areas/x"] {
        assert_eq!(anna.get(path).await.status, 404, "{path}");
    }
}

/// What the search of the settings gives for these words.
async fn hits(by: &Browser, typed: &str) -> String {
    let path = format!("/settings?q={}", laufzettel::http::encode(typed));
    let found = by.get(&path).await.text();
    let hits = found.split("class=\"hitlist\"").nth(1).unwrap_or_else(|| panic!("{typed}"));
    hits.split("</ul>").next().unwrap().to_owned()
}

/// The labels of the fields in the middle of a page, as they are read.
fn labels(page: &str) -> Vec<String> {
    let main = page.split("class=\"page\"").nth(1).or_else(|| page.split("class=\"pane\"").nth(1));
    let main = main.unwrap_or_else(|| panic!("{page}")).split("<aside").next().unwrap();
    let of = |begin: &str, end: &str| -> Vec<String> {
        let parts = main.split(begin).skip(1).filter_map(|part| part.split_once('>'));
        let read = |(_, text): (&str, &str)| {
            let words = mail::text::text_from_html(text.split(end).next().unwrap());
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        parts.map(read).collect()
    };
    let mut found = of("<label", "</label>");
    found.extend(of("<legend", "</legend>"));
    found.retain(|label| !label.is_empty());
    found
}

/// Proves F-ADM-01.
async fn every_field_is_found_by_its_label(world: World) {
    let mut anna = world.administrator("Anna").await;
    world.mailbox("hilfe", "support").await;
    let address = "address=rat%40firma.example&name=Rat&server=configured&active=on";
    anna.post("/settings/senders", address).await;
    let person = format!("/settings/people/{}", anna.agent);
    // A page, and where its fields are found.
    let mut pages = vec![
        ("/settings/senders/new", "/settings/senders"),
        ("/settings/people/new", "/settings/people"),
        (person.as_str(), "/settings/people"),
        ("/settings/tokens", "/settings/tokens"),
        ("/settings/numbers", "/settings/numbers"),
        ("/settings/new-tickets", "/settings/new-tickets"),
        ("/settings/oauth/microsoft", "/settings/oauth/microsoft"),
        ("/settings/oauth/google", "/settings/oauth/google"),
        ("/profile", "/profile"),
    ];
    let lists = ["areas", "queues", "statuses", "priorities", "request-types", "categories"];
    let new = lists.map(|list| (format!("/settings/{list}/new"), format!("/settings/{list}")));
    pages.extend(new.iter().map(|(page, list)| (page.as_str(), list.as_str())));
    let tabs =
        ["", "/receive", "/send", "/signature"].map(|tab| format!("/mailboxes/hilfe/edit{tab}"));
    pages.extend(tabs.iter().map(|tab| (tab.as_str(), tab.as_str())));
    let directory = world.app.directory().await.unwrap();
    let names =
        |area: &Area| [Language::German, Language::English].map(|one| area.name(one).to_owned());
    let areas: Vec<String> = directory.areas.iter().flat_map(names).collect();
    let mut missing = Vec::new();
    for language in ["de", "en"] {
        anna.language = language;
        for (path, place) in &pages {
            let page = anna.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            let labels = labels(&page.text());
            assert!(!labels.is_empty(), "{path}: {}", page.text());
            for label in labels.iter().filter(|label| !areas.contains(label)) {
                if !hits(&anna, label).await.contains(&format!("href=\"{place}")) {
                    missing.push(format!("{language} {path}: {label}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{} fields\n{}", missing.len(), missing.join("\n"));
}

/// Proves F-ADM-01, F-ADM-02.
async fn every_setting_is_found_by_a_word(world: World) {
    let mut anna = world.administrator("Anna").await;
    let all = anna.get("/settings").await.words();
    for name in ["Bereiche", "Warteschlangen", "Status", "Prioritäten", "Anfragearten"] {
        assert!(all.contains(name), "{name}");
    }
    let sought = [
        ("absender", "/settings/areas"),
        ("assignee", "/settings/areas"),
        ("nummern maske", "/settings/numbers"),
        ("mailboxes", "/mailboxes"),
        ("anna", "/settings/people/"),
        ("support", "/settings/areas/1"),
        ("telefon", "/profile"),
        ("benachrichtigungen", "/profile#notices"),
        ("zurückholen", "/profile#undo"),
        ("sprache", "/profile#screen"),
        ("darstellung", "/profile#screen"),
        ("abmelden", "/profile#sessions"),
        ("passwort", "/profile#current"),
        ("rolle", "/settings/people"),
        ("einladen", "/settings/people/new"),
        ("clientschlüssel", "/settings/oauth/google"),
        ("präfix", "/settings/numbers"),
        ("imap", "/mailboxes"),
        ("schnittstelle", "/api/docs"),
    ];
    for language in ["de", "en"] {
        anna.language = language;
        for (typed, href) in sought {
            let hits = hits(&anna, typed).await;
            assert!(hits.contains(&format!("href=\"{href}")), "{language} {typed}: {hits}");
        }
        let none = anna.get("/settings?q=xyzzy").await.text();
        let hits = none.split("class=\"hitlist\"").nth(1).unwrap().split("</ul>").next().unwrap();
        assert!(!hits.contains("href"), "{hits}");
    }
    let part = anna.request("GET", "/settings?q=mask").header("hx-request", "true");
    let part = part.header("hx-target", "found").body(axum::body::Body::empty()).unwrap();
    assert!(anna.send(part).await.text().starts_with("<div id=\"found\">"));
}

async fn an_entry_is_made_renamed_moved_and_switched_off(world: World) {
    let anna = world.administrator("Anna").await;
    for list in ["queues", "priorities", "request-types", "categories", "areas"] {
        let path = format!("/settings/{list}");
        let (first, page) = done(&anna, &path, "quick=yes&name=Eins&active=on").await;
        assert!(page.words().contains("„Eins“ ist angelegt."), "{list}");
        let (second, _) = done(&anna, &path, "name=Zwei&name_en=Two&active=on").await;
        let id = |page: &str| page.rsplit('/').next().unwrap().parse::<i64>().unwrap();
        let ids = |page: Answered| -> Vec<i64> {
            let all = order(&page.text());
            all.into_iter().filter(|one| [id(&first), id(&second)].contains(one)).collect()
        };
        assert_eq!(ids(anna.get(&path).await), [id(&first), id(&second)], "{list}");
        let moved = anna.press("entries", &format!("{second}/move"), "direction=up").await;
        assert!(moved.words().contains("„Zwei“ ist verschoben."), "{list}");
        assert_eq!(ids(moved), [id(&second), id(&first)], "{list}");
        let plain = anna.post(&format!("{second}/move"), "direction=down").await;
        assert_eq!(plain.header("location"), path, "without a script");
        assert_eq!(ids(anna.get(&path).await), [id(&first), id(&second)], "{list}");

        let form = "name=Zwo&name_en=Deux&active=on&version=";
        let stale = anna.post(&second, &format!("{form}77")).await;
        assert_eq!(stale.status, 422);
        assert!(stale.text().contains("value=\"Zwo\""), "what was typed stays");
        let version = stale.text().split("name=\"version\" value=\"").nth(1).unwrap().to_owned();
        let version = version.split('"').next().unwrap();
        let (_, saved) = done(&anna, &second, &format!("{form}{version}")).await;
        assert!(saved.words().contains("„Zwo“ ist gesichert."), "{list}");
        let off = anna.press("entries", &format!("{second}/active"), "").await;
        assert!(off.words().contains("„Zwo“ lässt sich nicht mehr wählen."), "{list}");
        let gone = anna.post(&format!("{second}/delete"), "").await;
        assert_eq!(gone.header("location"), format!("{path}?told=deleted"), "{list}");
        assert_eq!(ids(anna.get(&path).await), [id(&first)], "{list}");
    }
}

/// Proves F-STAT-04.
async fn statuses_are_free_between_those_that_rules_need(world: World) {
    let anna = world.administrator("Anna").await;
    let form = "quick=yes&name=Wartet+auf+Lieferant&kind=waiting_internal&active=on";
    let (own, page) = done(&anna, "/settings/statuses", form).await;
    assert!(page.words().contains("Art: wartet intern"), "{}", page.words());
    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    let number = erp.ticket("Lieferung").await;
    let set = json!({ "status": "Wartet auf Lieferant" });
    erp.patch(&format!("/tickets/{number}"), set).await.done();
    let used = anna.post(&format!("{own}/delete"), "").await;
    assert_eq!(used.status, 422);
    assert!(used.words().contains("Ein Ticket trägt diesen Eintrag"), "{}", used.words());
    let list = anna.get("/settings/statuses").await;
    assert!(list.text().contains("ist%3Aalle%20status%3Awartet_auf_lieferant"), "the search");
    // Those that rules need have a switch that nobody turns.
    let needed = list.text();
    assert_eq!(needed.matches(" disabled").count(), 4, "{needed}");
    let directory = world.app.directory().await.unwrap();
    let done = directory
        .statuses
        .iter()
        .find(|one| one.kind.0 == rules::status::StatusKind::Done)
        .unwrap();
    let last = anna.post(&format!("/settings/statuses/{}/delete", done.id), "").await;
    assert!(last.words().contains("es ist der letzte seiner Art"), "{}", last.words());
    let missing = anna.post("/settings/statuses", "name=Ohne&kind=nichts").await;
    assert_eq!(refused(&missing, "kind"), "Wählen Sie, was der Status bewirkt.");
}

/// Proves F-STAT-04.
async fn a_status_of_one_area_stays_there(world: World) {
    let anna = world.administrator("Anna").await;
    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    world.area("technik").await;
    let technik = world.app.directory().await.unwrap();
    let technik = technik.areas.iter().find(|area| area.key == "technik").unwrap().id;
    let form = format!("name=Beim+Hersteller&kind=waiting_internal&active=on&area={technik}");
    let (path, _) = done(&anna, "/settings/statuses", &form).await;
    let shown = erp.get("/statuses/beim_hersteller").await.done();
    assert_eq!(shown["area"]["key"], "technik");

    let number = erp.ticket("Pumpe").await;
    let ticket = format!("/tickets/{number}");
    let page = async || anna.get(&ticket).await.text().contains("beim_hersteller");
    assert!(!page().await, "it is not offered in another area");
    let set = json!({ "status": "beim_hersteller" });
    assert_eq!(erp.patch(&ticket, set.clone()).await.fields(), "status unknown");
    erp.patch(&ticket, json!({ "area": "technik" })).await.done();
    assert!(page().await);
    erp.patch(&ticket, set).await.done();
    let moved = anna.press("sheet", &format!("{ticket}/area"), "value=support").await;
    assert_eq!(moved.status, 200, "{}", moved.words());
    let shown = erp.get(&ticket).await.done();
    assert_eq!(shown["area"]["key"], "support");
    assert_eq!(shown["status"]["kind"], "waiting_internal", "the common one of its kind");
    assert_ne!(shown["status"]["key"], "beim_hersteller");

    // One of each kind that rules need is shared by all.
    let directory = world.app.directory().await.unwrap();
    let is_done = |one: &&laufzettel::record::directory::Status| {
        one.kind.0 == rules::status::StatusKind::Done
    };
    let solved = directory.statuses.iter().find(is_done).unwrap();
    let form = format!("name=Fertig&active=on&area={technik}");
    let refused_one = anna.post(&format!("/settings/statuses/{}", solved.id), &form).await;
    assert!(
        refused_one.words().contains("es ist der letzte seiner Art"),
        "{}",
        refused_one.words()
    );
    let odd = anna.post(&path, "name=Beim+Hersteller&active=on&area=77").await;
    assert_eq!(refused(&odd, "area"), "Diese Auswahl gibt es nicht mehr. Wählen Sie neu.");
    let done_one = done(&anna, &path, "name=Beim+Hersteller&active=on&area=").await;
    assert!(done_one.1.status.is_success());
    assert_eq!(erp.get("/statuses/beim_hersteller").await.done()["area"], json!(null));
}

/// Proves F-QUEUE-01, F-QUEUE-02, F-QUEUE-03, F-QUEUE-05.
async fn a_queue_stands_for_a_person_or_a_department(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    let form = format!("name=Buchhaltung&short_name=BUHA&responsible={}&active=on", ben.agent);
    let (queue, _) = done(&anna, "/settings/queues", &form).await;
    let list = anna.get("/settings/queues").await.words();
    assert!(list.contains("BUHA, Ben"), "{list}");
    done(&anna, &queue, "name=Buchhaltung&short_name=BUHA&responsible=&active=on").await;
    let list = anna.get("/settings/queues").await.words();
    assert!(list.contains("BUHA, Abteilung"), "{list}");
    let long = format!("name=Buchhaltung&short_name={}&active=on", "x".repeat(13));
    let long = anna.post(&queue, &long).await;
    assert_eq!(refused(&long, "short_name"), "Ein Kurzname hat höchstens 12 Zeichen.");
    let nobody = anna.post(&queue, "name=Buchhaltung&responsible=77&active=on").await;
    assert_eq!(
        refused(&nobody, "responsible"),
        "Diese Auswahl gibt es nicht mehr. Wählen Sie neu."
    );

    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    let shown = erp.get("/queues/buchhaltung").await.done();
    assert_eq!((&shown["short_name"], &shown["responsible"]), (&json!("BUHA"), &json!(null)));
    let number = erp.ticket("Rechnung").await;
    let path = format!("/tickets/{number}");
    erp.patch(&path, json!({ "queue": "buchhaltung" })).await.done();
    assert_eq!(erp.patch(&path, json!({ "queue": "gibtsnicht" })).await.fields(), "queue unknown");
    erp.patch(&path, json!({ "queue": null })).await.done();
    // A mailbox for a topic puts its tickets into the queue of the topic.
    let mailbox = json!({
        "name": "rechnung", "label": "Rechnungen", "addresses": ["rechnung@firma.example"],
        "area": "support", "queue": "buchhaltung", "source": { "kind": "push" },
    });
    erp.post("/mailboxes", mailbox).await.done();
    world.app.forget_lists();
    let mail = "From: Ann <ann@kunde.example>\nSubject: Rechnung\n\nAnbei.\n";
    let number = world.mail("rechnung", mail).await.ticket.unwrap();
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["queue"]["key"], "buchhaltung");
    let used = anna.post(&format!("{queue}/delete"), "").await;
    assert_eq!(used.status, 422);
}

/// Proves F-TYPE-02, F-TYPE-03.
async fn areas_lie_in_groups_and_say_what_they_are_for(world: World) {
    let anna = world.administrator("Anna").await;
    let form = |name: &str, group: &str| {
        format!("name={name}&group_name={group}&description=Alles+zu+{name}&hue=3&active=on")
    };
    let (technik, _) = done(&anna, "/settings/areas", &form("Technik", "Haus")).await;
    done(&anna, "/settings/areas", &form("Strom", "Haus")).await;
    done(&anna, "/settings/areas", &form("Ausland", "Vertrieb")).await;
    let list = anna.get("/settings/areas").await.words();
    let list = list.split("in Tickets Aktiv").nth(1).unwrap();
    let at = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text}: {list}"));
    assert!(at("Allgemein") < at("Haus") && at("Haus") < at("Technik"), "{list}");
    assert!(at("Strom") < at("Vertrieb") && at("Vertrieb") < at("Ausland"), "{list}");
    assert!(list.contains("Alles zu Technik"), "{list}");
    let first = anna.press("entries", &format!("{technik}/move"), "direction=up").await.words();
    let first = first.split("in Tickets Aktiv").nth(1).unwrap();
    assert!(first.find("Support").unwrap() < first.find("Technik").unwrap(), "{first}");
    let nav = anna.get("/inbox").await.text();
    assert!(nav.contains("title=\"Technik: Alles zu Technik\""), "{nav}");
    let directory = world.app.directory().await.unwrap();
    let names: Vec<&str> = directory.areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names[1..], ["Technik", "Strom", "Ausland"]);
}

/// Proves F-TYPE-06.
async fn an_area_with_tickets_is_switched_off_and_not_deleted(world: World) {
    let anna = world.administrator("Anna").await;
    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    let (area, _) = done(&anna, "/settings/areas", "name=Technik&active=on").await;
    for subject in ["eins", "zwei"] {
        let body = json!({ "subject": subject, "body_text": "x", "area": "technik" });
        erp.post("/tickets", body).await.done();
    }
    let page = anna.get(&area).await;
    assert!(page.words().contains("2 Tickets tragen ihn."), "{}", page.words());
    assert!(!page.text().contains("/delete"), "nothing to press");
    let refused = anna.post(&format!("{area}/delete"), "").await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(
        words.contains("2 Tickets tragen diesen Eintrag, er lässt sich nicht löschen."),
        "{words}"
    );
    assert!(words.contains("Schalten Sie ihn aus"), "{words}");
    let off = anna.press("entries", &format!("{area}/active"), "").await;
    assert!(off.words().contains("„Technik“ lässt sich nicht mehr wählen."));
    let body = json!({ "subject": "x", "body_text": "x", "area": "technik" });
    assert_eq!(erp.post("/tickets", body).await.status, 422, "it cannot be chosen any more");
    let last = anna.press("entries", "/settings/areas/1/active", "").await;
    assert_eq!(last.status, 422);
    assert!(last.words().contains("es ist der letzte seiner Art"), "{}", last.words());
    let (strom, _) = done(&anna, "/settings/areas", "name=Strom&active=on").await;
    world.mailbox("strom", "strom").await;
    let used = anna.press("entries", &format!("{strom}/active"), "").await;
    assert_eq!(used.status, 422);
    let words = used.words();
    assert!(words.contains("Ein Postfach legt Tickets in diesem Bereich an"), "{words}");
}

async fn what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(world: World) {
    let anna = world.administrator("Anna").await;
    let lists = ["areas", "queues", "priorities", "request-types", "categories"];
    for list in lists {
        let path = format!("/settings/{list}");
        done(&anna, &path, "name=Gibt+es&active=on").await;
        let taken = anna.post(&path, "name=gibt+ES&name_en=There&active=on").await;
        let sentence = "So heißt schon ein anderer Eintrag. Wählen Sie einen anderen Namen.";
        assert_eq!(refused(&taken, "name"), sentence, "{list}");
        assert!(taken.text().contains("value=\"There\""), "{list}");
        assert_eq!(
            refused(&anna.post(&path, "name=++").await, "name"),
            "Geben Sie einen Namen ein."
        );
        let long = format!("name={}&name_en={}", "ä".repeat(201), "b".repeat(201));
        let long = anna.post(&path, &long).await;
        assert!(
            refused(&long, "name").starts_with("Ein Name hat höchstens 200 Zeichen."),
            "{list}"
        );
        assert!(refused(&long, "name_en").starts_with("Hier passen höchstens 200"), "{list}");
        assert!(long.text().contains(&"ä".repeat(201)), "nothing is cut");
        let quick = anna.post(&path, "quick=yes&name=Gibt+es&active=on").await;
        assert_eq!(refused(&quick, "name"), sentence, "{list}");
        assert!(quick.text().contains("value=\"Gibt es\""), "{list}");
        // What people write is text, whatever letters it has.
        for odd in ["<b>Fett</b> & \"mehr\"", "🦊🦊", "مرحبا بالعالم"] {
            let form: String = form_urlencoded(&[("name", odd), ("active", "on")]);
            let (_, page) = done(&anna, &path, &form).await;
            assert!(page.words().contains(odd), "{list} {odd}: {}", page.words());
            assert!(!page.text().contains("<b>Fett"), "{list}");
        }
    }
    let hue = anna.post("/settings/priorities", "name=Bunt&hue=9&active=on").await;
    assert_eq!(hue.status, 422);
    let (above, _) = done(&anna, "/settings/categories", "name=Oben&active=on").await;
    let id = above.rsplit('/').next().unwrap();
    let (below, _) =
        done(&anna, "/settings/categories", &format!("name=Unten&parent={id}&active=on")).await;
    let below = below.rsplit('/').next().unwrap();
    let circle = anna.post(&above, &format!("name=Oben&parent={below}&active=on")).await;
    let sentence = "Eine Kategorie kann nicht unter sich selbst stehen.";
    assert_eq!(refused(&circle, "parent"), sentence);
    let list = anna.get("/settings/categories").await.text();
    assert!(list.contains("data-depth=\"1\""), "{list}");
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", laufzettel::http::encode(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Proves F-TYPE-05.
async fn an_area_says_what_its_mails_and_answers_are_like(world: World) {
    let erp = administrator(&world).await;
    erp.post("/senders", json!({ "address": "info@firma.example", "name": "Firma" })).await.done();
    world.app.forget_lists();
    let anna = world.administrator("Berta").await;
    let directory = world.app.directory().await.unwrap();
    let sender = directory.senders.iter().find(|one| one.address == "info@firma.example").unwrap();
    let form = form_urlencoded(&[
        ("name", "Support"),
        ("active", "on"),
        ("sender", &sender.id.to_string()),
        ("quote", "all"),
        ("on_answer", "waiting_requester"),
        ("on_customer_answer", "unread"),
        ("after_closing", "linked"),
        ("linked_after_days", "14"),
        ("closing_mail", "send"),
        ("inform_assignee", "never"),
        ("notify_requester", "on"),
        ("mail_header", "Guten Tag <b>"),
        ("mail_footer", "Firma GmbH"),
        ("closing_text", "Fertig, {kontakt:name}."),
    ]);
    done(&anna, "/settings/areas/1", &form).await;
    let shown = erp.get("/areas/support").await.done();
    let expected = json!({
        "sender": "info@firma.example", "quote": "all", "on_answer": "waiting_requester",
        "on_customer_answer": "unread", "after_closing": "linked", "linked_after_days": 14,
        "closing_mail": "send", "confirm_closing": false, "inform_assignee": "never",
        "notify_requester": true, "mail_header": "<p>Guten Tag &lt;b&gt;</p>",
        "mail_footer": "<p>Firma GmbH</p>", "closing_text": "Fertig, {kontakt:name}.",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(shown[field], *value, "{field}");
    }
    let page = anna.get("/settings/areas/1").await.text();
    assert!(page.contains("Fertig, {kontakt:name}."), "{page}");
    let days = "name=Support&active=on&after_closing=linked&linked_after_days=";
    for wrong in ["", "4000", "-1", "bald"] {
        let answer = anna.post("/settings/areas/1", &format!("{days}{wrong}")).await;
        assert!(refused(&answer, "linked_after_days").contains("0 bis 3650"), "{wrong}");
    }
    let long = format!("name=Support&active=on&closing_text={}", "x".repeat(10_001));
    let long = anna.post("/settings/areas/1", &long).await;
    assert!(refused(&long, "closing_text").contains("10000"), "{}", long.words());
    let mask = anna.post("/settings/areas/1", "name=Support&active=on&number_mask=T").await;
    assert!(refused(&mask, "number_mask").starts_with("Es fehlt ein Zähler"), "{}", mask.words());
    let odd = anna.post("/settings/areas/1", "name=Support&active=on&quote=viel").await;
    assert_eq!(refused(&odd, "quote"), "Diese Auswahl gibt es nicht mehr. Wählen Sie neu.");
}

/// Proves F-NUM-04.
async fn the_mask_of_numbers_shows_what_it_gives(world: World) {
    let anna = world.administrator("Anna").await;
    let page = anna.get("/settings/numbers").await.words();
    assert!(page.contains("Beispiel TS2611-0001 Nächste Nummer TS2611-0001"), "{page}");
    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    assert_eq!(erp.ticket("eins").await, "TS2611-0001");
    let page = anna.get("/settings/numbers").await.words();
    assert!(page.contains("Beispiel TS2611-0001 Nächste Nummer TS2611-0002"), "{page}");
    let tried = async |mask: &str| {
        let form = form_urlencoded(&[("try", "yes"), ("number_mask", mask)]);
        anna.press("mask-preview", "/settings/numbers", &form).await.words()
    };
    assert_eq!(tried("AU-{000+100}").await, "Beispiel AU-101 Nächste Nummer AU-101");
    let wrong = [
        ("", "Geben Sie eine Maske ein. Ohne Maske bekommt kein Ticket eine Nummer."),
        ("A {000}", "An Stelle 2 steht ein Leerzeichen. In Nummern gibt es keine."),
        ("{qq}{000}", "Was an Stelle 1 in Klammern steht, gibt es nicht. Unten steht, was gilt."),
        ("TS", "Es fehlt ein Zähler wie {0000}. Sonst bekämen alle Tickets dieselbe Nummer."),
    ];
    for (mask, sentence) in wrong {
        assert_eq!(tried(mask).await, sentence, "{mask}");
        let form = form_urlencoded(&[("number_mask", mask)]);
        let answer = anna.post("/settings/numbers", &form).await;
        assert_eq!(answer.status, 422, "{mask}");
        assert!(answer.words().contains(sentence), "{mask}");
    }
    assert_eq!(erp.ticket("zwei").await, "TS2611-0002", "nothing was set");
    let form = form_urlencoded(&[("number_mask", "AU-{000+100}")]);
    done(&anna, "/settings/numbers", &form).await;
    assert_eq!(erp.ticket("drei").await, "AU-101");
    let stale = anna.post("/settings/numbers", &format!("{form}&version=1")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.words().contains("Jemand anderes hat die Einstellungen"), "{}", stale.words());
}

async fn the_rules_of_new_tickets_are_set_on_a_page(world: World) {
    let anna = world.administrator("Anna").await;
    let page = anna.get("/settings/new-tickets").await.text();
    assert_eq!(page.matches(" checked").count(), 1, "the type is preselected: {page}");
    let form = "starts_read=on&assigns_creator=on&required=queue&required=tags&required=x";
    let (_, page) = done(&anna, "/settings/new-tickets", form).await;
    assert!(page.words().contains("Die Einstellungen sind gesichert."));
    assert_eq!(page.text().matches(" checked").count(), 4);
    let rules = world.app.directory().await.unwrap().new_tickets.clone();
    assert!(rules.starts_read && rules.assigns_creator && !rules.preselects_type);
    assert_eq!(rules.required, [Field::Queue, Field::Tags]);
    let stale = anna.post("/settings/new-tickets", "required=company&version=1").await;
    assert_eq!(stale.status, 422);
    assert!(stale.text().contains("value=\"company\" checked"), "{}", stale.text());
}

async fn every_change_is_in_the_history(world: World) {
    let anna = world.administrator("Anna").await;
    let erp = crate::api::program(&world, anna.agent, &laufzettel::record::actor::Scope::ALL).await;
    let (queue, _) = done(&anna, "/settings/queues", "name=Lager&active=on").await;
    erp.patch("/queues/lager", json!({ "name": "Lager Süd" })).await.done();
    anna.press("entries", &format!("{queue}/active"), "").await;
    erp.patch("/settings", json!({ "number_mask": "N{000}" })).await.done();
    let page = anna.get("/settings/history").await;
    let words = page.words();
    for said in [
        "Warteschlange Lager angelegt",
        "Anna über ERP",
        "Name Lager → wird zu Lager Süd",
        "Aktiv ja → wird zu nein",
        "Maske TS{yy}{mm}-{0000} → wird zu N{000}",
        "Zugang für Programme ERP angelegt",
        "Person Anna angelegt",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let own = anna.get(&queue).await.words();
    assert!(own.contains("Lager → wird zu Lager Süd") && !own.contains("Maske TS"), "{own}");
    let id = queue.rsplit('/').next().unwrap();
    let own = anna.get(&format!("/settings/history?subject=queue&id={id}")).await.words();
    assert!(own.contains("Warteschlange Lager angelegt") && !own.contains("Person Anna"), "{own}");
    anna.post(&format!("{queue}/delete"), "").await;
    let words = anna.get("/settings/history").await.words();
    assert!(words.contains("Warteschlange Lager Süd gelöscht"), "{words}");
    // A page has fifty, the older ones follow.
    for turn in 0..60 {
        erp.post("/queues", json!({ "name": format!("Q{turn}") })).await.done();
    }
    let first = anna.get("/settings/history").await.text();
    assert_eq!(first.matches("class=\"av\"").count() - 1, 50, "one is in the navigation");
    let older = first.split("href=\"/settings/history?after=").nth(1).unwrap();
    let older = format!("/settings/history?after={}", older.split('"').next().unwrap());
    let words = anna.get(&older).await.words();
    assert!(words.contains("Person Anna angelegt") && !words.contains("Q59"), "{words}");
    let rita = world.agent_of("Rita", &[("support", Level::Manage)]).await;
    assert_eq!(rita.get("/settings/history").await.status, 403);
}
