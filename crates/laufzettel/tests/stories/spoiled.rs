//! Answers that somebody spoils, on purpose or not: nothing is smuggled into a mail, nothing is lost.

use rules::right::Level;
use testkit::smtp_sink::SmtpSink;

use crate::world::World;
use crate::world::browser::Browser;
use crate::world::sending::header;

testkit::on_both_engines!(
    line_breaks_and_control_characters_stay_text,
    a_file_that_the_server_does_not_take_is_told_at_once,
    an_answer_to_a_ticket_in_the_trash_keeps_its_text,
    an_answer_to_a_ticket_that_went_out_of_sight_is_found_nowhere,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";

async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", FIRST).await.ticket.unwrap()
}

async fn answers(agent: &Browser, number: &str, form: &str) -> String {
    agent.press("composer", &format!("/tickets/{number}/reply"), form).await.text()
}

/// Uploads a file with this name; its id.
async fn upload(ben: &Browser, number: &str, name: &str, bytes: &[u8]) -> String {
    let request = ben
        .request("POST", &format!("/tickets/{number}/files"))
        .header("content-type", "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin");
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/plain\r\n\r\n"
    );
    let content = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let chip = ben.send(request.body(content.into()).unwrap()).await.text();
    let id = chip.split("data-upload=\"").nth(1).and_then(|rest| rest.split('"').next());
    id.unwrap_or_else(|| panic!("{chip}")).to_owned()
}

async fn line_breaks_and_control_characters_stay_text(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay().await;
    let ben = world.agent("Ben").await;
    let name = "plan%0D%0AX-Datei: 1\u{202e}fdp.exe";
    let file = upload(&ben, &number, name, b"Plan").await;
    let form = format!(
        "to=%22Ann%0D%0ABcc%3A+opfer%40opfer.example%22+%3Cann%40kunde.example%3E\
         &subject=Hallo%0D%0ABcc%3A+opfer%40opfer.example%00%07%0AX-Betreff%3A+1\
         &text=Guten+Tag%00%0D%0A.%0D%0AEnde&uploads={file}&then="
    );
    let said = answers(&ben, &number, &form).await;
    assert!(said.contains("Die Antwort geht"), "{said}");
    world.seconds_pass(11);
    let mail = relay.sink.wait_for_accepted(1).remove(0);
    assert_eq!(mail.recipients, ["ann@kunde.example"]);
    let text = String::from_utf8_lossy(&mail.bytes).into_owned();
    let smuggled = text.lines().filter(|line| {
        ["bcc:", "x-betreff:", "x-datei:"].iter().any(|name| line.to_lowercase().starts_with(name))
    });
    assert_eq!(smuggled.count(), 0, "{text}");
    assert!(!mail.bytes.iter().any(|byte| matches!(byte, 0 | 7)), "{text}");
    let subject = header(&mail, "Subject");
    let expected = format!("[#{number}] Re: Hallo Bcc: opfer@opfer.example X-Betreff: 1");
    assert_eq!(subject, expected);
    let read = mail::read::read(&mail.bytes);
    assert!(read.text.unwrap().contains("\n.\n"), "a dot alone ends no mail");
    let name = &read.attachments[0].name;
    assert!(!name.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{name:?}");
}

async fn a_file_that_the_server_does_not_take_is_told_at_once(world: World) {
    let number = ticket(&world).await;
    let relay = world.relay_by(SmtpSink::start().offering(&["SIZE 20000", "8BITMIME"])).await;
    let ben = world.agent("Ben").await;
    let file = upload(&ben, &number, "plan.txt", &[b'x'; 50_000]).await;
    let form = format!("to=ann%40kunde.example&text=Der+Plan.&uploads={file}&then=");
    answers(&ben, &number, &form).await;
    world.seconds_pass(11);
    let fate = world.fate_when("failed").await;
    assert_eq!((fate.attempts, fate.seconds), (1, None), "{fate:#?}");
    assert!(relay.sink.mails().is_empty(), "nothing of it travels");
    let page = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("Nicht zugestellt"), "{page}");
    assert!(page.contains("552 5.3.4 larger than the server takes"), "{page}");
    assert!(page.contains("Der Plan.") && page.contains("plan.txt"), "{page}");
}

async fn an_answer_to_a_ticket_in_the_trash_keeps_its_text(world: World) {
    let number = ticket(&world).await;
    let _relay = world.relay().await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    eve.press("sheet", &format!("/tickets/{number}/trash"), "").await;
    let said = answers(&ben, &number, "to=ann%40kunde.example&text=Kommt+morgen.&then=").await;
    assert!(said.contains(">Kommt morgen.</textarea>"), "{said}");
    assert!(said.contains("Das Ticket liegt inzwischen im Papierkorb"), "{said}");
    assert!(world.outbox().await.is_empty());
    eve.press("sheet", &format!("/tickets/{number}/reopen"), "sure=1").await;
    let said = answers(&ben, &number, "to=ann%40kunde.example&text=Kommt+morgen.&then=").await;
    assert!(said.contains("Die Antwort geht"), "{said}");
}

async fn an_answer_to_a_ticket_that_went_out_of_sight_is_found_nowhere(world: World) {
    let number = ticket(&world).await;
    world.area("geheim").await;
    let ben = world.agent_of("Ben", &[("support", Level::Work)]).await;
    let eve = world.agent("Eve").await;
    let draft = format!("/tickets/{number}/draft/reply");
    assert_eq!(ben.post(&draft, "to=ann%40kunde.example&text=Kommt+morgen.").await.status, 200);
    eve.press("sheet", &format!("/tickets/{number}/area"), "value=geheim").await;
    let path = format!("/tickets/{number}/reply");
    let form = "to=ann%40kunde.example&text=Kommt+morgen.&then=";
    assert_eq!(ben.press("composer", &path, form).await.status, 404);
    assert!(world.outbox().await.is_empty());
    // Back in sight, the draft is there.
    eve.press("sheet", &format!("/tickets/{number}/area"), "value=support").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(page.contains(">Kommt morgen.</textarea>"), "{page}");
}
