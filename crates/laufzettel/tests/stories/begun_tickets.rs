//! New tickets with files, and forms that are kept until their ticket is made.

use laufzettel::record::new_tickets::{Field, NewTicketRules};
use rules::right::Level;

use crate::api::{Program, administrator};
use crate::new_ticket::{made, set};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    files_of_a_call_are_on_its_ticket_once,
    files_are_sent_with_the_form_where_there_is_no_script,
    files_that_are_too_large_are_refused_and_what_was_typed_is_kept,
    files_of_a_mail_leave_with_it,
    files_of_a_mail_that_cannot_leave_stay_with_its_draft,
    files_go_with_the_note_to_another_ticket,
    what_was_begun_is_there_again,
    another_kind_keeps_what_was_typed,
    what_was_thrown_away_comes_back,
    files_wait_for_as_long_as_what_was_begun,
    a_file_without_content_is_called_empty,
    a_company_is_made_on_the_way,
    a_company_of_foreign_areas_is_not_found_by_its_name,
);

const FILES: &str = "/tickets/new/files";

fn form(more: &str) -> String {
    format!("kind=phone&area=1&priority=2&subject=Gutschrift+fehlt&text=Sie+ruft+an.&{more}")
}

/// The mark of an empty form.
async fn mark(agent: &Browser) -> String {
    let page = agent.get("/tickets/new?kind=phone").await.text();
    page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The names of a ticket's files, as programs read them.
async fn files(erp: &Program, number: &str) -> Vec<String> {
    let messages = erp.get(&format!("/tickets/{number}/messages")).await.done();
    let messages = messages["items"].as_array().unwrap().clone();
    let files = messages.iter().flat_map(|message| message["attachments"].as_array().unwrap());
    files.map(|file| file["name"].as_str().unwrap().to_owned()).collect()
}

/// Proves F-NEW-01, F-FLD-07.
async fn files_of_a_call_are_on_its_ticket_once(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    for kind in ["phone", "internal"] {
        let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
        let photo = ben.upload(FILES, "foto.png", b"\x89PNG").await;
        let mark = mark(&ben).await;
        let form = form(&format!("once={mark}&uploads={plan}&uploads={photo}&do=open"));
        let form = form.replace("kind=phone", &format!("kind={kind}"));
        let (one, other) =
            tokio::join!(ben.post("/tickets/new", &form), ben.post("/tickets/new", &form));
        assert_eq!((one.status.as_u16(), other.status.as_u16()), (303, 303), "{}", one.words());
        assert_eq!(one.header("location"), other.header("location"));
        let number = one.header("location").trim_start_matches("/tickets/");
        assert_eq!(files(&erp, number).await, ["plan.txt", "foto.png"]);
        assert_eq!(ben.get(&format!("/attachments/{plan}")).await.bytes, b"Der Plan");
        // Whoever goes back and changes a word hears that the files are taken, and loses no word.
        let again = ben.post("/tickets/new", &form.replace("ruft", "schreibt")).await;
        assert_eq!(again.status, 422);
        assert!(again.words().contains("gehört schon zu einem Ticket"), "{}", again.words());
        assert!(again.text().contains("Sie schreibt an."), "{}", again.text());
    }
}

async fn files_are_sent_with_the_form_where_there_is_no_script(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let page = ben.get("/tickets/new").await.text();
    assert!(page.contains("enctype=\"multipart/form-data\""), "{page}");
    assert!(page.contains("<noscript><input type=\"file\" name=\"file\" multiple"), "{page}");
    let fields = [("kind", "phone"), ("area", "1"), ("priority", "2"), ("text", "Sie\r\nruft an.")];
    // Nothing chosen is sent as a nameless empty file; what is refused keeps the files.
    let sent: [(&str, &[u8]); 3] = [("plan.txt", b"Der Plan"), ("leer.txt", b""), ("", b"")];
    let refused = ben.post_files("/tickets/new", &fields, &sent).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("Sie\nruft an.") && page.contains("plan.txt"), "{page}");
    assert!(!page.contains("leer.txt"), "{page}");
    let upload = page.split("name=\"uploads\" value=\"").nth(1).unwrap();
    let upload = upload.split('"').next().unwrap();
    let mut fields = fields.to_vec();
    fields.extend([("subject", "Gutschrift"), ("uploads", upload), ("do", "open")]);
    let done = ben.post_files("/tickets/new", &fields, &[("liste.txt", b"1")]).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let number = done.header("location").trim_start_matches("/tickets/");
    assert_eq!(files(&erp, number).await, ["plan.txt", "liste.txt"]);
}

async fn files_that_are_too_large_are_refused_and_what_was_typed_is_kept(world: World) {
    let ben = world.agent("Ben").await;
    let large = vec![7; 14 * 1024 * 1024];
    let fields = [("kind", "phone"), ("area", "1"), ("priority", "2"), ("subject", "Gutschrift")];
    let fields = [&fields[..], &[("text", "Sie ruft an."), ("do", "open")]].concat();
    let two: [(&str, &[u8]); 2] = [("eins.bin", &large), ("zwei.bin", &large)];
    let refused = ben.post_files("/tickets/new", &fields, &two).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("Die Dateien haben zusammen mehr als 25 MB."), "{page}");
    assert!(page.contains("Sie ruft an.") && page.contains("eins.bin"), "{page}");
    assert!(!page.contains("zwei.bin"), "{page}");
    // The same by the script.
    let (one, two) =
        (ben.upload(FILES, "a.bin", &large).await, ben.upload(FILES, "b.bin", &large).await);
    let form = form(&format!("uploads={one}&uploads={two}&do=open"));
    let refused = ben.post("/tickets/new", &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("mehr als 25 MB"), "{}", refused.words());
}

async fn files_of_a_mail_leave_with_it(world: World) {
    let erp = administrator(&world).await;
    world.mailbox("hilfe", "support").await;
    let (relay, ben) = (world.relay().await, world.agent("Ben").await);
    world.at_once().await;
    let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
    let mark = mark(&ben).await;
    let form =
        form(&format!("once={mark}&name=Ann&email=ann%40kunde.example&uploads={plan}&do=open"))
            .replace("kind=phone", "kind=mail");
    let (one, other) =
        tokio::join!(ben.post("/tickets/new", &form), ben.post("/tickets/new", &form));
    assert_eq!(one.header("location"), other.header("location"), "{}", other.words());
    world.fate_when("sent").await;
    let sent = relay.sink.wait_for_accepted(1);
    let read = mail::read::read(&sent[0].bytes);
    let names: Vec<&str> = read.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["plan.txt"]);
    let number = one.header("location").trim_start_matches("/tickets/");
    assert_eq!(files(&erp, number).await, ["plan.txt"]);
}

async fn files_of_a_mail_that_cannot_leave_stay_with_its_draft(world: World) {
    let ben = world.agent("Ben").await;
    let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
    let mail = form(&format!("once=eins&name=Ann&email=ann%40kunde.example&uploads={plan}"));
    let kept = made(&ben, &mail.replace("kind=phone", "kind=mail")).await;
    let page = ben.get(&format!("/tickets/{kept}")).await.text();
    assert!(page.contains(">Sie ruft an.</textarea>"), "{page}");
    assert!(page.contains(&format!("data-upload=\"{plan}\"")), "{page}");
    world.minutes_pass(24 * 60 + 1);
    laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
    let ben = world.sign_in(ben.agent).await;
    assert_eq!(ben.get(&format!("/attachments/{plan}")).await.status, 200);
}

async fn files_go_with_the_note_to_another_ticket(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let number = made(&ben, &form("name=Ann")).await;
    let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
    let mark = mark(&ben).await;
    let note = form(&format!("once={mark}&uploads={plan}&ticket={number}"));
    let (one, other) =
        tokio::join!(ben.post("/tickets/new/note", &note), ben.post("/tickets/new/note", &note));
    for answered in [one, other] {
        let here = format!("/tickets/{number}");
        assert_eq!(answered.header("location"), here, "{}", answered.words());
    }
    assert_eq!(files(&erp, &number).await, ["plan.txt"]);
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert_eq!(page.matches("data-kind=\"note\" aria-label").count(), 1, "{page}");
}

async fn what_was_begun_is_there_again(world: World) {
    let (ben, eva) = (world.agent("Ben").await, world.agent("Eva").await);
    let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
    let mark = mark(&ben).await;
    let begun = form(&format!(
        "once={mark}&name=%D7%A9%F0%9F%A6%8A&due=2026-12-01T10:00&tags=Eilt&notify=yes&uploads={plan}"
    ));
    let saved = ben.press("new-ticket", "/tickets/new/draft", &begun).await;
    assert!(saved.text().starts_with("Entwurf gesichert "), "{}", saved.text());
    // Another device is another session.
    let there = world.sign_in(ben.agent).await;
    for path in ["/tickets/new".to_owned(), format!("/tickets/new?draft={mark}")] {
        let page = there.get(&path).await;
        assert!(page.words().contains("Entwurf wiederhergestellt"), "{}", page.words());
        for part in [
            "value=\"ש🦊\"",
            "Sie ruft an.",
            "value=\"2026-12-01T10:00\"",
            "value=\"Eilt\"",
            "name=\"notify\" value=\"yes\" checked",
            "plan.txt",
        ] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
    }
    // Whoever wants another form gets one, and finds the first beside it.
    let other = there.get("/tickets/new?kind=mail").await;
    assert!(!other.text().contains("Sie ruft an."), "{}", other.text());
    let link = format!("href=\"/tickets/new?draft={mark}\">Gutschrift fehlt</a>");
    assert!(other.text().contains(&link), "{}", other.text());
    let foreign = eva.get(&format!("/tickets/new?draft={mark}")).await;
    assert!(!foreign.text().contains("Gutschrift fehlt"), "{}", foreign.text());
    // What became a ticket is no draft any more, and neither is a form that is empty again.
    made(&there, &begun).await;
    assert!(!ben.get("/tickets/new").await.text().contains("Gutschrift fehlt"));
    ben.press("new-ticket", "/tickets/new/draft", "kind=phone&once=zwei&subject=Halb").await;
    assert!(ben.get("/tickets/new").await.text().contains("value=\"Halb\""));
    ben.press("new-ticket", "/tickets/new/draft", "kind=phone&once=zwei&subject=").await;
    assert!(!ben.get("/tickets/new").await.text().contains("Halb"));
}

async fn another_kind_keeps_what_was_typed(world: World) {
    let ben = world.agent("Ben").await;
    let mark = mark(&ben).await;
    let typed = form(&format!("once={mark}&email=ann%40kunde.example&turn_to=mail"));
    let turned = ben.post("/tickets/new/kind", &typed).await;
    assert_eq!(turned.header("location"), format!("/tickets/new?draft={mark}"));
    let page = ben.get(turned.header("location")).await;
    assert!(page.words().contains("Anlegen und senden"), "{}", page.words());
    assert!(page.text().contains("value=\"ann@kunde.example\""), "{}", page.text());
    let empty = ben.post("/tickets/new/kind", "kind=phone&once=leer&turn_to=internal").await;
    assert_eq!(empty.header("location"), "/tickets/new?kind=internal");
}

async fn what_was_thrown_away_comes_back(world: World) {
    let ben = world.agent("Ben").await;
    let begun = form("once=eins");
    let gone = ben.post("/tickets/new/discard", &begun).await;
    assert_eq!(gone.header("location"), "/inbox?discarded=eins");
    let inbox = ben.get(gone.header("location")).await;
    assert!(inbox.words().contains("Entwurf verworfen"), "{}", inbox.words());
    assert!(inbox.text().contains("hx-post=\"/tickets/new/restore\""), "{}", inbox.text());
    assert!(!ben.get("/tickets/new").await.text().contains("Gutschrift fehlt"));
    let back = ben.press("toasts", "/tickets/new/restore", "mark=eins").await;
    assert_eq!(back.header("hx-redirect"), "/tickets/new?draft=eins");
    assert!(ben.get(back.header("hx-redirect")).await.text().contains("Sie ruft an."));
    // The next one that is thrown away takes its place.
    ben.post("/tickets/new/discard", &begun).await;
    ben.post("/tickets/new/discard", &form("once=zwei")).await;
    assert_eq!(ben.post("/tickets/new/restore", "mark=eins").await.status, 404);
    let back = ben.post("/tickets/new/restore", "mark=zwei").await;
    assert_eq!(back.header("location"), "/tickets/new?draft=zwei");
    let empty = ben.post("/tickets/new/discard", "kind=phone&once=drei").await;
    assert_eq!(empty.header("location"), "/inbox");
}

async fn files_wait_for_as_long_as_what_was_begun(world: World) {
    let ben = world.agent("Ben").await;
    let plan = ben.upload(FILES, "plan.txt", b"Der Plan").await;
    let gone = ben.upload(FILES, "weg.txt", b"weg").await;
    let begun = |files: &str| format!("kind=phone&once=eins&subject=Halb{files}");
    let both = begun(&format!("&uploads={plan}&uploads={gone}"));
    ben.press("new-ticket", "/tickets/new/draft", &both).await;
    let one = begun(&format!("&uploads={plan}"));
    ben.press("new-ticket", "/tickets/new/draft", &one).await;
    let status = async |upload: &str| {
        world.minutes_pass(24 * 60 + 1);
        laufzettel::api::housekeeping::delete_old(&world.app).await.unwrap();
        let ben = world.sign_in(ben.agent).await;
        (ben.get(&format!("/attachments/{upload}")).await.status.as_u16(), ben)
    };
    assert_eq!(status(&plan).await.0, 200);
    let (gone, ben) = status(&gone).await;
    assert_eq!(gone, 404, "it was taken out of the form");
    ben.post("/tickets/new/discard", &one).await;
    let (kept, ben) = status(&plan).await;
    assert_eq!(kept, 200, "what was thrown away can come back whole");
    ben.post("/tickets/new/discard", "kind=phone&once=zwei&subject=Anderes").await;
    assert_eq!(status(&plan).await.0, 404);
}

/// What has nothing in it will not arrive at the next try either.
async fn a_file_without_content_is_called_empty(world: World) {
    let ben = world.agent("Ben").await;
    let refused = ben.post_files(FILES, &[], &[("leer.txt", b"")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text(), "Die Datei ist leer.");
    let page = ben.get("/tickets/new").await.text();
    assert!(page.contains("data-empty=\"{name} ist leer und wird nicht angehängt.\""), "{page}");
}

/// Proves F-NEW-19, F-NEW-21.
async fn a_company_is_made_on_the_way(world: World) {
    let ben = world.agent("Ben").await;
    set(&world, NewTicketRules { required: vec![Field::Company], ..NewTicketRules::default() })
        .await;
    let refused = ben.post("/tickets/new", &form("name=Ann&do=open")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("id=\"company_name-error\""), "{}", refused.text());
    let typed = "name=Ann+Hansen&email=ann%40hansen.example&company_name=Hansen++KG";
    let number = made(&ben, &form(typed)).await;
    let erp = administrator(&world).await;
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["company"]["name"], "Hansen KG", "{ticket}");
    // A second call finds the company, and the new person belongs to it as the first one does.
    let second = "name=Bo&email=bo%40hansen.example&company_name=hansen+kg";
    made(&ben, &form(second)).await;
    let companies = erp.get("/companies").await.done();
    assert_eq!(companies["items"].as_array().unwrap().len(), 1, "{companies}");
    let people = erp.get("/contacts").await.done();
    for person in people["items"].as_array().unwrap() {
        assert_eq!(person["company"]["name"], "Hansen KG", "{person}");
    }
    // While typing it is offered, and nobody of another name is.
    let headers = ben
        .request("POST", "/tickets/new/callers")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("hx-request", "true")
        .header("hx-trigger-name", "company_name");
    let typed = "kind=phone&name=Niemand&company_name=hans";
    let found = ben.send(headers.body(typed.into()).unwrap()).await;
    assert!(found.text().contains("name=\"chosen_company\""), "{}", found.text());
    let long = "x".repeat(201);
    let refused = ben.post("/tickets/new", &form(&format!("company_name={long}"))).await;
    assert!(refused.words().contains("Das ist zu lang."), "{}", refused.words());
}

/// What a foreign area asked about nobody else learns by its name; a company of that name is another one.
async fn a_company_of_foreign_areas_is_not_found_by_its_name(world: World) {
    let ada = world.administrator("Ada").await;
    world.area("geheim").await;
    let areas = world.app.directory().await.unwrap();
    let secret = areas.areas.iter().find(|area| area.key == "geheim").unwrap().id;
    let hidden = form("company_name=Geheim+AG").replace("area=1", &format!("area={secret}"));
    made(&ada, &hidden).await;
    let eva = world.agent_of("Eva", &[("support", Level::Work)]).await;
    made(&eva, &form("company_name=Geheim+AG")).await;
    let erp = administrator(&world).await;
    let companies = erp.get("/companies").await.done();
    assert_eq!(companies["items"].as_array().unwrap().len(), 2, "{companies}");
}
