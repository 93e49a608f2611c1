//! The form for new tickets: calls, mails that are written, tasks of the team.

use laufzettel::record::new_tickets::{self, Field, NewTicketRules};
use rules::right::Level;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_call_becomes_a_ticket_of_somebody_known,
    who_calls_is_found_and_his_tickets_stand_beside,
    who_leaves_no_address_is_found_at_the_next_call,
    two_of_one_name_stay_two_people,
    what_is_about_the_same_gets_the_note_instead,
    a_mail_is_written_and_the_ticket_waits_for_its_answer,
    a_task_of_the_team_has_no_customer,
    a_second_click_makes_no_second_ticket,
    a_company_that_cannot_be_seen_cannot_be_named,
    what_is_settled_at_once_is_closed,
    the_rules_for_new_tickets_hold,
    what_cannot_be_is_said_and_what_was_typed_is_kept,
    nobody_gets_a_ticket_where_he_may_not_work,
    without_the_right_to_make_tickets_there_is_no_form,
);

const ANN: &str = "ann@kunde.example";

fn call(more: &str) -> String {
    format!(
        "kind=phone&area=1&priority=2&subject=Gutschrift+fehlt&text=Sie+bittet+um+R%C3%BCckruf.&{more}"
    )
}

/// The ticket that a form leads to.
pub async fn made(ben: &Browser, form: &str) -> String {
    let answered = ben.post("/tickets/new", &format!("{form}&do=open")).await;
    assert_eq!(answered.status, 303, "{}", answered.words());
    answered.header("location").trim_start_matches("/tickets/").to_owned()
}

pub async fn set(world: &World, rules: NewTicketRules) {
    struct Set(NewTicketRules);
    impl db::Operation for Set {
        type Outcome = ();
        async fn run(&self, tx: &mut db::Tx<'_>) -> db::Result<()> {
            new_tickets::write(tx, &self.0).await
        }
    }
    world.app.db.write(&Set(rules)).await.unwrap();
    world.app.forget_lists();
}

/// Proves F-NEW-01, F-NEW-02.
async fn a_call_becomes_a_ticket_of_somebody_known(world: World) {
    let ben = world.agent("Ben").await;
    let inbox = ben.get("/inbox").await.text();
    assert!(inbox.contains("href=\"/tickets/new\" data-key=\"c\""), "{inbox}");
    let form =
        call("name=Ann+Hansen&email=ann%40kunde.example&phone=0561+5550&due=2026-11-21T14:00");
    let number = made(&ben, &form).await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    for word in ["Gutschrift fehlt", "Sie bittet um Rückruf.", "Ann Hansen", ANN, "0561 5550"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let ticket = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(ticket.contains("2026-11-21T14:00"), "the deadline is set");
    // The next call of the same person finds her on record; nobody is doubled.
    let again = made(&ben, &call("email=ann%40kunde.example")).await;
    let page = ben.get(&format!("/tickets/{again}")).await.words();
    assert!(page.contains("Ann Hansen") && page.contains("0561 5550"), "{page}");
    assert!(world.outbox().await.is_empty(), "nobody was to be told");
}

/// Proves F-NEW-04, F-NEW-08, F-NEW-19.
async fn who_calls_is_found_and_his_tickets_stand_beside(world: World) {
    let ben = world.agent("Ben").await;
    let form = call("name=Ann+Hansen&email=ann%40kunde.example&phone=0561+5550482");
    let number = made(&ben, &form).await;
    for typed in ["name=hans", "name=&phone=05615550"] {
        let found =
            ben.press("callers", "/tickets/new/callers", &format!("kind=phone&{typed}")).await;
        assert!(found.words().contains("Ann Hansen"), "{typed}: {}", found.words());
    }
    let found = ben.press("callers", "/tickets/new/callers", "kind=phone&name=hans").await.text();
    let id = found.split("name=\"chosen_contact\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    // By the button of a proposal, and by the address from the contact's page.
    let chosen = ben
        .post("/tickets/new/caller", &format!("kind=phone&subject=Neu&chosen_contact={id}"))
        .await;
    let opened = ben.get(&format!("/tickets/new?contact={id}")).await;
    for page in [chosen.text(), opened.text()] {
        for value in
            ["value=\"Ann Hansen\"", "value=\"ann@kunde.example\"", "value=\"0561 5550482\""]
        {
            assert!(page.contains(value), "{value}: {page}");
        }
        assert!(page.contains(&format!("/tickets/{number}")), "her tickets stand beside");
    }
    assert!(chosen.text().contains("value=\"Neu\""), "what was typed is kept");
    let forgotten = ben
        .post("/tickets/new/caller", &format!("kind=phone&contact={id}&name=Ann&forget=yes"))
        .await;
    assert!(!forgotten.text().contains("value=\"Ann\""));
}

/// Proves F-NEW-04, F-NEW-08.
async fn who_leaves_no_address_is_found_at_the_next_call(world: World) {
    let (erp, ben) = (administrator(&world).await, world.agent("Ben").await);
    let carl = call("name=Carl+Caller&phone=0561+1234&company_name=Carl+%26+Co");
    let number = made(&ben, &carl).await;
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["contact"]["name"], "Carl Caller", "{ticket}");
    for typed in ["name=carl", "name=&phone=0561+1234"] {
        let found =
            ben.press("callers", "/tickets/new/callers", &format!("kind=phone&{typed}")).await;
        assert!(found.words().contains("Carl Caller Carl & Co"), "{typed}: {}", found.words());
    }
    // He calls again, and nobody picks him out of the list; his number is written in another way.
    made(&ben, &call("name=carl++caller&phone=%2B49+561%2F12-34")).await;
    // Nobody said his name: his number stands for it until somebody learns it.
    for _ in 0..2 {
        made(&ben, &call("phone=0561+777")).await;
    }
    for _ in 0..2 {
        made(&ben, &call("name=Dora")).await;
    }
    let people = erp.get("/contacts").await.done();
    let mut names: Vec<&str> = people["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["0561 777", "Carl Caller", "Dora"]);
    let carl = &people["items"].as_array().unwrap().iter().find(|one| one["name"] == "Carl Caller");
    assert_eq!(carl.unwrap()["company"]["name"], "Carl & Co", "{people}");
    // Whoever says nothing of himself is nobody.
    let number = made(&ben, &call("")).await;
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert!(ticket["contact"].is_null(), "{ticket}");
}

async fn two_of_one_name_stay_two_people(world: World) {
    let (erp, ben) = (administrator(&world).await, world.agent("Ben").await);
    made(&ben, &call("name=Jan+M%C3%BCller&phone=0561+1")).await;
    made(&ben, &call("name=Jan+M%C3%BCller&phone=0561+2234")).await;
    made(&ben, &call("name=Jan+M%C3%BCller&company_name=Hansen+KG")).await;
    made(&ben, &call("name=Jan+M%C3%BCller&company_name=Hansen+KG")).await;
    let people = erp.get("/contacts").await.done();
    assert_eq!(people["items"].as_array().unwrap().len(), 3, "{people}");
    // Nor is anybody found whom the reader may not see.
    world.area("geheim").await;
    let areas = world.app.directory().await.unwrap();
    let secret = areas.areas.iter().find(|area| area.key == "geheim").unwrap().id;
    let ada = world.administrator("Ada").await;
    let hidden = call("name=Vera&phone=0561+99999").replace("area=1", &format!("area={secret}"));
    made(&ada, &hidden).await;
    let eva = world.agent_of("Eva", &[("support", Level::Work)]).await;
    made(&eva, &call("name=Vera&phone=0561+99999")).await;
    let people = erp.get("/contacts?query=vera").await.done();
    assert_eq!(people["items"].as_array().unwrap().len(), 2, "{people}");
}

async fn what_is_about_the_same_gets_the_note_instead(world: World) {
    let ben = world.agent("Ben").await;
    let number = made(&ben, &call("email=ann%40kunde.example")).await;
    let typed =
        "kind=phone&email=ann%40kunde.example&subject=Gutschrift+fehlt+noch&text=Sie+rief+an.";
    let beside = ben.press("beside", "/tickets/new/beside", typed).await;
    assert!(
        beside.words().contains("Dazu gibt es vielleicht schon ein Ticket"),
        "{}",
        beside.words()
    );
    assert!(beside.words().contains(&format!("Notiz an {number} anhängen")));
    let other = "kind=phone&email=ann%40kunde.example&subject=Liefertermin";
    let beside = ben.press("beside", "/tickets/new/beside", other).await;
    assert!(!beside.words().contains("Dazu gibt es"), "{}", beside.words());
    let noted = ben.post("/tickets/new/note", &format!("{typed}&ticket={number}")).await;
    assert_eq!(noted.header("location"), format!("/tickets/{number}"));
    assert!(ben.get(&format!("/tickets/{number}")).await.words().contains("Sie rief an."));
    let empty = ben.post("/tickets/new/note", &format!("kind=phone&text=&ticket={number}")).await;
    assert_eq!(empty.status, 422);
}

async fn a_mail_is_written_and_the_ticket_waits_for_its_answer(world: World) {
    let ben = world.agent("Ben").await;
    world.mailbox("hilfe", "support").await;
    let relay = world.relay().await;
    world.at_once().await;
    let form = "kind=mail&area=1&priority=2&name=Ann+Hansen&email=ann%40kunde.example\
        &subject=Liefertermin&text=Guten+Tag%2C+wir+liefern+am+Montag.";
    let number = made(&ben, form).await;
    world.fate_when("sent").await;
    let sent = relay.sink.wait_for_accepted(1);
    let mail = String::from_utf8_lossy(&sent[0].bytes).into_owned();
    assert!(
        mail.contains(&format!("[#{number}] Re: Liefertermin"))
            || mail.contains(&format!("[#{number}] Liefertermin")),
        "{mail}"
    );
    let page = ben.get(&format!("/tickets/{number}")).await;
    assert!(page.words().contains("wir liefern am Montag."), "{}", page.words());
    assert_eq!(page.text().matches("data-kind=\"out\"").count().max(1), 1, "one message, the mail");
    // What cannot leave is a draft of the ticket.
    let none = form.replace("ann%40kunde.example", "");
    let refused = ben.post("/tickets/new", &format!("{none}&do=open")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Bitte ausfüllen."));
}

async fn a_task_of_the_team_has_no_customer(world: World) {
    let ben = world.agent("Ben").await;
    let form = "kind=internal&area=1&priority=3&name=Ann&email=ann%40kunde.example\
        &subject=Drucker+bestellen&text=Zwei+St%C3%BCck.&tags=B%C3%BCro%2C+Einkauf";
    let number = made(&ben, form).await;
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(
        page.contains("Zwei Stück.") && page.contains("Büro") && page.contains("Einkauf"),
        "{page}"
    );
    assert!(!page.contains(ANN), "{page}");
}

async fn a_second_click_makes_no_second_ticket(world: World) {
    let ben = world.agent("Ben").await;
    let page = ben.get("/tickets/new").await.text();
    let once = page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = format!("{}&do=open&once={once}", call("name=Ann"));
    let (one, other) =
        tokio::join!(ben.post("/tickets/new", &form), ben.post("/tickets/new", &form));
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (303, 303));
    assert_eq!(one.header("location"), other.header("location"));
    // What was typed differently since is another ticket.
    let changed = ben.post("/tickets/new", &form.replace("Gutschrift", "Rechnung")).await;
    assert_ne!(changed.header("location"), one.header("location"));
    assert!(ben.get("/inbox").await.text().matches("class=\"trow").count() <= 2);
}

/// What a foreign area asked about nobody else learns by writing its number into a form.
async fn a_company_that_cannot_be_seen_cannot_be_named(world: World) {
    let ada = world.administrator("Ada").await;
    world.area("geheim").await;
    let added = ada.post("/customers/companies/new", "name=Geheim+AG").await;
    let id = added.header("location").trim_start_matches("/customers/companies/");
    let id = id.split('?').next().unwrap();
    assert!(id.parse::<i64>().is_ok(), "{id}");
    let areas = world.app.directory().await.unwrap();
    let secret = areas.areas.iter().find(|area| area.key == "geheim").unwrap().id;
    let form = format!("kind=phone&area={secret}&priority=2&subject=s&text=t&company={id}");
    made(&ada, &form).await;
    let eva = world.agent_of("Eva", &[("support", Level::Work)]).await;
    let refused =
        eva.post("/tickets/new", &format!("{}&do=open", call(&format!("company={id}")))).await;
    assert_eq!(refused.status, 422, "{}", refused.words());
}

async fn what_is_settled_at_once_is_closed(world: World) {
    let ben = world.agent("Ben").await;
    let answered = ben.post("/tickets/new", &format!("{}&do=settled", call("name=Ann"))).await;
    assert_eq!(answered.status, 303, "{}", answered.words());
    let inbox = answered.header("location").to_owned();
    let number = inbox.trim_start_matches("/inbox?made=").to_owned();
    assert!(ben.get(&inbox).await.words().contains(&format!("Ticket {number} ist angelegt.")));
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Das Ticket ist abgeschlossen."), "{page}");
}

/// Proves F-STAT-07, F-NEW-17, F-NEW-18, F-NEW-21.
async fn the_rules_for_new_tickets_hold(world: World) {
    let ben = world.agent("Ben").await;
    let usual = ben.get("/tickets/new").await.text();
    assert!(usual.contains("value=\"5\" selected"), "the usual type is chosen: {usual}");
    let unread = made(&ben, &call("name=Ann")).await;
    let rules = NewTicketRules {
        starts_read: true,
        assigns_creator: true,
        preselects_type: false,
        required: vec![Field::RequestType, Field::Category],
    };
    set(&world, rules).await;
    let form = ben.get("/tickets/new").await.text();
    assert!(!form.contains("value=\"5\" selected"), "nothing is chosen for him: {form}");
    assert!(
        form.contains(&format!("value=\"{}\" selected", ben.agent)),
        "he is responsible: {form}"
    );
    let refused = ben.post("/tickets/new", &format!("{}&do=open", call("name=Ann"))).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.words().matches("Bitte ausfüllen.").count(), 2, "{}", refused.words());
    let read = made(&ben, &call("name=Ann&request_type=5&category=1")).await;
    let status = async |number: &str| {
        let request = ben.get(&format!("/tickets/{number}")).await.text();
        let select = request
            .split("id=\"p-status\"")
            .nth(1)
            .unwrap()
            .split("</select>")
            .next()
            .unwrap()
            .to_owned();
        select.split(" selected>").nth(1).unwrap().split('<').next().unwrap().trim().to_owned()
    };
    assert_eq!(status(&read).await, "Gelesen");
    assert_eq!(status(&unread).await, "Neu");
}

async fn what_cannot_be_is_said_and_what_was_typed_is_kept(world: World) {
    let ben = world.agent("Ben").await;
    world.mailbox("hilfe", "support").await;
    let long = "x".repeat(201);
    let cases = [
        (format!("subject={long}&text=a&area=1"), "Das ist zu lang."),
        ("subject=&text=a&area=1".to_owned(), "Bitte ausfüllen."),
        ("subject=a&text=+&area=1".to_owned(), "Bitte ausfüllen."),
        ("subject=a&text=b&area=77".to_owned(), "Das gibt es nicht mehr"),
        ("subject=a&text=b&area=1&email=ann".to_owned(), "Das ist keine Mailadresse."),
        (
            "subject=a&text=b&area=1&email=hilfe%40firma.example".to_owned(),
            "Das ist ein eigenes Postfach.",
        ),
        ("subject=a&text=b&area=1&due=morgen".to_owned(), "Das ist kein Zeitpunkt."),
        (
            "subject=a&text=b&area=1&phone=keine+%F0%9F%98%80".to_owned(),
            "Das ist keine Telefonnummer.",
        ),
        ("subject=a&text=b&area=1&category=99".to_owned(), "Das gibt es nicht mehr"),
        ("subject=a&text=b&area=1&assignee=99".to_owned(), "Das gibt es nicht mehr"),
    ];
    for (form, sentence) in cases {
        let refused = ben
            .post(
                "/tickets/new",
                &format!("kind=phone&priority=2&name=%D7%A9%F0%9F%A6%8A%3Cb%3E&{form}"),
            )
            .await;
        assert_eq!(refused.status, 422, "{form}");
        assert!(refused.words().contains(sentence), "{form}: {}", refused.words());
        assert!(refused.text().contains("value=\"ש🦊&lt;b&gt;\""), "{form}");
    }
    let odd = call("name=%D7%A9%F0%9F%A6%8A%3Cb%3E")
        .replace("Gutschrift+fehlt", "%3Cscript%3E%F0%9F%A6%8A");
    let number = made(&ben, &odd).await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(page.contains("&lt;script&gt;🦊"), "{page}");
}

/// Proves F-PERM-10.
async fn nobody_gets_a_ticket_where_he_may_not_work(world: World) {
    let ben = world.agent("Ben").await;
    world.area("lager").await;
    let eva = world.agent_of("Eva", &[("lager", Level::Work)]).await;
    let form = format!("{}&do=open", call(&format!("name=Ann&assignee={}", eva.agent)));
    let refused = ben.post("/tickets/new", &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("darf in dem Bereich nicht arbeiten"), "{}", refused.words());
    // Nor is he offered: who only reads nowhere, who works in one area only there.
    let rita = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let directory = world.app.directory().await.unwrap();
    let lager = directory.areas.iter().find(|area| area.key == "lager").unwrap().id;
    let offered = |page: &str, of: &Browser| page.contains(&format!("value=\"{}\"", of.agent));
    let page = ben.get("/tickets/new").await.text();
    let page = page.split("id=\"assignee\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(offered(page, &ben) && !offered(page, &eva) && !offered(page, &rita), "{page}");
    let other = format!("kind=phone&area={lager}&assignee={}", eva.agent);
    let options = ben.press("assignee", "/tickets/new/assignees", &other).await.text();
    assert!(offered(&options, &eva) && offered(&options, &ben), "{options}");
    assert!(!offered(&options, &rita), "{options}");
    assert!(options.contains(&format!("value=\"{}\" selected", eva.agent)), "{options}");
}

async fn without_the_right_to_make_tickets_there_is_no_form(world: World) {
    let eva = world.agent_of("Eva", &[("support", Level::Read)]).await;
    assert_eq!(eva.get("/tickets/new").await.status, 403);
    assert_eq!(eva.post("/tickets/new", &call("name=Ann&do=open")).await.status, 403);
    assert!(!eva.get("/inbox").await.text().contains("/tickets/new"));
}
