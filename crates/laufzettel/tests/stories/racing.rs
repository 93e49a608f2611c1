//! People who do things to one ticket at the same moment (S43).

use rules::sending::MailState;
use tokio::task::JoinSet;

use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    two_tabs_send_one_answer,
    a_double_click_sends_one_answer,
    a_double_click_files_one_note,
    a_double_click_with_files_sends_them_once,
    two_agents_answer_at_once_and_the_second_is_asked,
    closing_while_somebody_answers_loses_neither,
    assigning_and_closing_at_once_keeps_both,
    a_mail_that_comes_late_holds_the_answer_back,
);

const FIRST: &str = "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\n\
    Subject: Regal wackelt\nMessage-ID: <r1@kunde.example>\n\nEs wackelt.\n";
/// Races are run that often: once may go well by luck.
const TURNS: usize = 10;

async fn ticket(world: &World, turn: usize) -> String {
    let mail = FIRST.replace("<r1@", &format!("<r{turn}@"));
    let number = world.mail("hilfe", &mail).await.ticket.unwrap();
    world.seconds_pass(1);
    number
}

/// The last message that the ticket's page has shown.
async fn seen(agent: &Browser, number: &str) -> String {
    let page = agent.get(&format!("/tickets/{number}")).await.text();
    let from = page.find("name=\"seen\" value=\"").unwrap();
    page[from..].split('"').nth(3).unwrap().to_owned()
}

/// What everybody is told who sends these forms at once.
async fn at_once(sent: Vec<(Browser, String, String)>) -> Vec<String> {
    let mut presses = JoinSet::new();
    for (agent, path, form) in sent {
        presses.spawn(async move {
            let answered = agent.press("composer", &path, &form).await;
            assert!(!answered.status.is_server_error(), "{}", answered.text());
            answered.text()
        });
    }
    presses.join_all().await
}

fn count(said: &[String], words: &str) -> usize {
    said.iter().filter(|said| said.contains(words)).count()
}

async fn queued(world: &World) -> usize {
    world.outbox().await.len()
}

async fn two_tabs_send_one_answer(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    for turn in 0..TURNS {
        let number = ticket(&world, turn).await;
        let seen = seen(&ben, &number).await;
        let tab = |text: &str| {
            let form = format!("seen={seen}&to=ann%40kunde.example&text={text}&then=");
            (ben.clone(), format!("/tickets/{number}/reply"), form)
        };
        let said = at_once(vec![tab("Morgen."), tab("Doch+heute.")]).await;
        assert_eq!(count(&said, "Die Antwort geht"), 1, "{said:?}");
        assert_eq!(count(&said, "Sie haben inzwischen selbst geantwortet"), 1, "{said:?}");
        assert_eq!(queued(&world).await, turn + 1);
    }
}

async fn a_double_click_sends_one_answer(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    for turn in 0..TURNS {
        let number = ticket(&world, turn).await;
        let seen = seen(&ben, &number).await;
        let form = format!("seen={seen}&to=ann%40kunde.example&text=Morgen.&then=solve");
        let click = (ben.clone(), format!("/tickets/{number}/reply"), form);
        let said = at_once(vec![click.clone(), click]).await;
        assert_eq!(count(&said, "Die Antwort geht"), 1, "{said:?}");
        assert_eq!(count(&said, "Diese Nachricht ist schon gesendet"), 1, "{said:?}");
        assert_eq!(queued(&world).await, turn + 1);
    }
}

async fn a_double_click_files_one_note(world: World) {
    world.mailbox("hilfe", "support").await;
    let (ben, _eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let _relay = world.relay().await;
    for (turn, to) in ["", "&to=eve%40team.example"].into_iter().enumerate() {
        let number = ticket(&world, turn).await;
        let seen = seen(&ben, &number).await;
        let click = (
            ben.clone(),
            format!("/tickets/{number}/note"),
            format!("seen={seen}&text=Nur+wir{to}"),
        );
        let said = at_once(vec![click.clone(), click.clone()]).await;
        assert_eq!(count(&said, "Diese Nachricht ist schon gesendet"), 1, "{said:?}");
        let page = ben.get(&format!("/tickets/{number}")).await.text();
        assert_eq!(page.matches("data-kind=\"note\" aria-label").count(), 1, "{page}");
        // Other words are another note.
        let other =
            at_once(vec![(ben.clone(), click.1, format!("seen={seen}&text=Noch+etwas{to}"))]).await;
        assert_eq!(count(&other, "Diese Nachricht ist schon gesendet"), 0, "{other:?}");
        assert_eq!(queued(&world).await, turn * 2);
    }
}

/// Whoever comes second finds the files gone, because the first click has sent them.
async fn a_double_click_with_files_sends_them_once(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    for turn in 0..TURNS {
        let number = ticket(&world, turn).await;
        // A page that was opened before any message tells none.
        let seen = if turn % 2 == 0 { seen(&ben, &number).await } else { String::new() };
        let id = ben.upload(&format!("/tickets/{number}/files"), "plan.txt", b"Der Plan").await;
        let kind = if turn % 4 < 2 { "reply" } else { "note" };
        let words = if kind == "reply" { "Die Antwort geht" } else { "Notiz abgelegt" };
        let to = if kind == "reply" { "&to=ann%40kunde.example" } else { "" };
        let form = format!("seen={seen}{to}&text=Anbei.&uploads={id}&then=");
        let click = (ben.clone(), format!("/tickets/{number}/{kind}"), form.clone());
        let said = at_once(vec![click.clone(), click.clone()]).await;
        assert_eq!(count(&said, words), 1, "{said:?}");
        assert_eq!(count(&said, "Diese Nachricht ist schon gesendet"), 1, "{said:?}");
        let late = at_once(vec![click]).await;
        assert_eq!(count(&late, "Diese Nachricht ist schon gesendet"), 1, "{late:?}");
        let page = ben.get(&format!("/tickets/{number}")).await.text();
        assert_eq!(page.matches(&format!("href=\"/attachments/{id}\"")).count(), 1, "{page}");
        // Other words with a file that is gone are no second click.
        let other = form.replace("seen=", "knows=").replace("Anbei.", "Etwas+anderes.");
        let other = at_once(vec![(ben.clone(), format!("/tickets/{number}/{kind}"), other)]).await;
        assert_eq!(count(&other, "Eine Datei ist nicht mehr da"), 1, "{other:?}");
    }
}

async fn two_agents_answer_at_once_and_the_second_is_asked(world: World) {
    world.mailbox("hilfe", "support").await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let number = ticket(&world, 0).await;
    let path = format!("/tickets/{number}/reply");
    let form = async |agent: &Browser, text: &str| {
        let seen = seen(agent, &number).await;
        format!("seen={seen}&to=ann%40kunde.example&text={text}&then=")
    };
    let (bens, eves) = (form(&ben, "Von+Ben").await, form(&eve, "Von+Eve").await);
    let said = at_once(vec![(ben, path.clone(), bens), (eve, path, eves)]).await;
    assert_eq!(count(&said, "Inzwischen kam eine Nachricht dazu"), 1, "{said:?}");
    let is_kept =
        |said: &String| said.contains(">Von Ben</text") || said.contains(">Von Eve</text");
    assert!(said.iter().any(is_kept), "{said:?}");
    assert_eq!(queued(&world).await, 1);
}

async fn closing_while_somebody_answers_loses_neither(world: World) {
    world.mailbox("hilfe", "support").await;
    let relay = world.relay().await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    for turn in 0..TURNS {
        let number = ticket(&world, turn).await;
        let seen = seen(&ben, &number).await;
        let form = format!("seen={seen}&to=ann%40kunde.example&text=Antwort+{turn}.&then=");
        let answers = (ben.clone(), format!("/tickets/{number}/reply"), form);
        let closes = (eve.clone(), format!("/tickets/{number}/solve"), "sure=1".to_owned());
        at_once(vec![answers, closes]).await;
        world.seconds_pass(11);
        relay.sink.wait_for_accepted(turn + 1);
        let page = eve.get(&format!("/tickets/{number}")).await.words();
        assert!(page.contains(&format!("Antwort {turn}.")), "{page}");
        assert!(page.contains("Eve hat den Status auf Gelöst gesetzt"), "{page}");
    }
    let sent = world.outbox().await;
    assert!(sent.iter().all(|(state, _)| state == MailState::Sent.code()), "{sent:?}");
    assert_eq!(sent.len(), TURNS);
}

async fn assigning_and_closing_at_once_keeps_both(world: World) {
    world.mailbox("hilfe", "support").await;
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    for turn in 0..TURNS {
        let number = ticket(&world, turn).await;
        let claims = (ben.clone(), format!("/tickets/{number}/claim"), String::new());
        let closes = (eve.clone(), format!("/tickets/{number}/solve"), "sure=1".to_owned());
        at_once(vec![claims, closes]).await;
        let page = eve.get(&format!("/tickets/{number}")).await.words();
        assert!(page.contains("Eve hat den Status auf Gelöst gesetzt"), "{page}");
        assert!(page.contains("Ben hat das Ticket an Ben gegeben"), "{page}");
    }
}

/// Its date lies before that of what was seen; its place in the conversation, too.
async fn a_mail_that_comes_late_holds_the_answer_back(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let number = ticket(&world, 0).await;
    let before = seen(&ben, &number).await;
    let late = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: Re: Regal\n\
        Date: Sat, 21 Nov 2026 08:00:00 +0100\nMessage-ID: <late@kunde.example>\n\
        In-Reply-To: <r0@kunde.example>\n\nErledigt sich.\n";
    assert_eq!(world.mail("hilfe", late).await.ticket.as_deref(), Some(number.as_str()));
    let sends = async |seen: &str| {
        let form = format!("seen={seen}&to=ann%40kunde.example&text=Morgen.&then=");
        ben.press("composer", &format!("/tickets/{number}/reply"), &form).await.words()
    };
    let held = sends(&before).await;
    assert!(held.contains("Inzwischen kam eine Nachricht dazu"), "{held}");
    let now = seen(&ben, &number).await;
    let sent = sends(&now).await;
    assert!(sent.contains("Die Antwort geht"), "{sent}");
}
