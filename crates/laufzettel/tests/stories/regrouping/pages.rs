//! The pages that move, split off, merge and explain, without a script.

use serde_json::json;

use super::House;
use crate::world::World;

testkit::on_both_engines!(
    a_message_says_why_it_is_here_and_where_else_it_could_go,
    a_message_is_moved_by_words_and_undone,
    messages_are_split_off_by_the_page,
    tickets_are_merged_by_the_page_and_separated_in_the_conversation,
    what_may_be_about_the_same_is_proposed_until_somebody_says_no,
    who_has_a_merged_ticket_open_is_told_where_it_went,
);

async fn a_message_says_why_it_is_here_and_where_else_it_could_go(world: World) {
    let house = House::of(world).await;
    let one = house.one.clone();
    house.comes("ann@kunde.example", &format!("[#{one}] Noch eins"), "a2", "").await;
    let page = house.ben.get(&format!("/tickets/{one}")).await.text();
    let ids = house.ids(&one).await;
    let why = format!("/messages/{}/why", ids[1]);
    assert!(page.contains(&format!("href=\"{why}\"")), "{page}");
    let shown = house.ben.get(&why).await;
    let words = shown.words();
    assert!(
        words.contains("Ihr Betreff trägt") && words.contains("Sie kam über das Postfach hilfe."),
        "{words}"
    );
    assert!(words.contains("nötig dafür, erfüllt") && words.contains("Im Journal"), "{words}");
    assert!(
        words.contains("Gehört sie woanders hin?") && words.contains("Als neues Ticket abtrennen"),
        "{words}"
    );
    house.moves(&one, &[&ids[1]], &house.other).await;
    // Of the only message nothing can be split off, and to move it is to merge.
    let alone = house.ben.get(&format!("/messages/{}/why", ids[0])).await.words();
    assert!(alone.contains("Es ist die einzige Nachricht"), "{alone}");
    assert!(!alone.contains("Als neues Ticket abtrennen"), "{alone}");
    let page = house.ben.get(&format!("/tickets/{one}/move")).await.words();
    assert!(!page.contains("Als neues Ticket abtrennen"), "{page}");
    let words = house.ben.get(&why).await.words();
    assert!(
        words.contains("hat sie") && words.contains(&format!("aus {one} hierher gebracht")),
        "{words}"
    );
    // What somebody wrote here has no decision, but a place to go.
    let note = json!({ "visibility": "internal", "body_text": "Merken" });
    let note = house.erp.post(&format!("/tickets/{one}/messages"), note).await.done();
    let words =
        house.ben.get(&format!("/messages/{}/why", note["id"].as_str().unwrap())).await.words();
    assert!(words.contains("Ben hat sie in diesem Ticket geschrieben."), "{words}");
    // Who only reads is told why, and nothing else.
    let reads = house.world.agent_of("Rita", &[("support", rules::right::Level::Read)]).await;
    let words = reads.get(&why).await.words();
    assert!(words.contains("Ihr Betreff trägt") && !words.contains("Verschieben"), "{words}");
    let page = reads.get(&format!("/tickets/{one}")).await.text();
    assert!(
        !page.contains("/move") && !page.contains("/merge") && !page.contains("/undo\""),
        "{page}"
    );
    assert_eq!(reads.get(&format!("/tickets/{one}/move")).await.status, 403);
}

async fn a_message_is_moved_by_words_and_undone(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    house.comes("ann@kunde.example", &format!("[#{one}] Noch eins"), "a2", "").await;
    let third = house.comes("Dora <dora@kunde.example>", "Schraube 4711 locker", "d1", "").await;
    let ids = house.ids(&one).await;
    let path = format!("/tickets/{one}/move");
    let page = house.ben.get(&format!("{path}?message={}", ids[1])).await.text();
    assert!(page.contains(&format!("value=\"{}\" checked", ids[1])), "{page}");
    assert!(!page.contains(&format!("value=\"{}\" checked", ids[0])), "{page}");
    let choices = house.ben.get("/tickets/choices?target=Schraube").await.text();
    assert!(
        choices.contains(&other) && choices.contains(&third) && !choices.contains(&one),
        "{choices}"
    );
    for (form, why) in [
        ("do=move&target=Schraube".to_owned(), "Wählen Sie mindestens eine Nachricht"),
        (format!("do=move&message={}", ids[1]), "Geben Sie an, wohin"),
        (format!("do=move&message={}&target=Kaffee", ids[1]), "gibt es nicht"),
        (format!("do=move&message={}&target=4711", ids[1]), "gibt es nicht"),
        (format!("do=move&message={}&target=%23{one}9", ids[1]), "gibt es nicht"),
        (format!("do=move&message={}&target={one}", ids[1]), "dasselbe Ticket"),
        (format!("do=move&message={}&target=Regal", ids[1]), "gibt es nicht"),
        (format!("do=move&message={}&target=Schraube", ids[1]), "passt auf mehrere Tickets"),
    ] {
        let form = if form.contains("message") { form } else { format!("{form}+locker") };
        let held = house.ben.post(&path, &form).await;
        assert_eq!(held.status, 422, "{form}");
        assert!(held.words().contains(why), "{form}: {}", held.words());
        if form.contains("message") {
            assert!(held.text().contains(&format!("value=\"{}\" checked", ids[1])), "{form}");
        }
    }
    let form = format!("do=move&message={}&target=Schraube&chosen={other}", ids[1]);
    let done = house.ben.post(&path, &form).await;
    assert_eq!(done.status, 303);
    let page = house.ben.get(done.header("location")).await;
    let words = page.words();
    assert!(words.contains(&format!("Eine Nachricht nach {other} verschoben")), "{words}");
    assert!(words.contains("Etwas gehört jetzt zu") && words.contains("Zurückholen"), "{words}");
    let there = house.ben.get(&format!("/tickets/{other}")).await;
    assert!(there.text().contains(&format!("data-from=\"{one}\"")), "{}", there.text());
    assert!(there.words().contains(&format!("aus {one}")), "{}", there.words());
    let undo = format!("/regroupings/{}/undo", house.regrouping(&one).await);
    assert!(page.text().contains(&undo), "{}", page.text());
    let back = house.ben.post(&undo, &format!("here={one}")).await;
    let words = house.ben.get(back.header("location")).await.words();
    assert!(words.contains("Wieder getrennt") && !words.contains("Zurückholen"), "{words}");
    assert!(words.contains("Ben hat das wieder getrennt"), "{words}");
    assert_eq!(house.says(&one).await.len(), 2);
    let again = house.ben.post(&undo, &format!("here={one}")).await;
    let words = house.ben.get(again.header("location")).await.words();
    assert!(words.contains("Das ist schon wieder getrennt"), "{words}");
    // What somebody else moved away meanwhile is said, and what was chosen stays.
    let gone = format!("do=move&message={}&message={}&target={other}", ids[0], ids[1]);
    house.moves(&one, &[&ids[1]], &third).await;
    let held = house.ben.post(&path, &gone).await;
    assert_eq!(held.status, 409);
    assert!(held.words().contains("liegt nicht mehr in diesem Ticket"), "{}", held.words());
}

async fn messages_are_split_off_by_the_page(world: World) {
    let house = House::of(world).await;
    let one = house.one.clone();
    house.comes("ann@kunde.example", &format!("[#{one}] Und der Tisch?"), "a2", "").await;
    let ids = house.ids(&one).await;
    let path = format!("/tickets/{one}/move");
    let all = format!("do=split&message={}&message={}", ids[0], ids[1]);
    let held = house.ben.post(&path, &all).await;
    assert_eq!(held.status, 422);
    assert!(held.words().contains("Mindestens eine Nachricht muss bleiben"), "{}", held.words());
    let done =
        house.ben.post(&path, &format!("do=split&message={}&subject=Tisch+wackelt", ids[1])).await;
    let page = house.ben.get(done.header("location")).await.words();
    assert!(page.contains("Tisch wackelt") && page.contains("Eine Nachricht als"), "{page}");
    let old = house.ben.get(&format!("/tickets/{one}")).await.words();
    assert!(old.contains("Etwas hat jetzt ein eigenes Ticket"), "{old}");
}

async fn tickets_are_merged_by_the_page_and_separated_in_the_conversation(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let path = format!("/tickets/{other}/merge");
    let page = house.ben.get(&path).await.words();
    assert!(page.contains("Kein ähnliches Ticket gefunden"), "{page}");
    let found = house.ben.get(&format!("{path}?q=Regal")).await.text();
    assert!(found.contains(&format!("{path}?with={one}")), "{found}");
    let preview = house.ben.get(&format!("{path}?with={one}")).await;
    assert!(preview.words().contains("Zusammen 2 Nachrichten."), "{}", preview.words());
    assert!(
        preview.text().contains("value=\"with\" checked"),
        "the older number stays: {}",
        preview.text()
    );
    for (with, why) in [("TS9", "gibt es nicht"), (&*other, "dasselbe Ticket")] {
        let page = house.ben.get(&format!("{path}?with={with}")).await.words();
        assert!(page.contains(why), "{page}");
        let held = house.ben.post(&path, &format!("with={with}")).await;
        assert_eq!(held.status, 422);
        assert!(held.words().contains(why), "{}", held.words());
    }
    let done = house.ben.post(&path, &format!("with={one}&stays=here")).await;
    let page = house.ben.get(done.header("location")).await;
    assert!(
        page.words().contains(&format!("{one} in {other} zusammengeführt")),
        "{}",
        page.words()
    );
    assert!(page.words().contains("gehört jetzt hierher. Eine Nachricht."), "{}", page.words());
    assert!(
        page.words().contains(&format!("Antworten an {one} kommen hier an.")),
        "{}",
        page.words()
    );
    assert!(page.text().contains(&format!("data-from=\"{one}\"")), "{}", page.text());
    // The history of both is one.
    assert!(page.words().matches("hat das Ticket angelegt").count() == 2, "{}", page.words());
    let twice = house.ben.post(&path, &format!("with={one}")).await;
    assert_eq!(twice.status, 409);
    let undo = format!("/regroupings/{}/undo", house.regrouping(&other).await);
    let back = house.ben.post(&undo, &format!("here={other}")).await;
    assert_eq!(back.header("location"), format!("/tickets/{other}?done=separated"));
    assert_eq!(house.ben.get(&format!("/tickets/{one}")).await.status, 200);
    let words = house.ben.get(&format!("/tickets/{other}")).await.words();
    assert!(
        !words.contains("Wieder trennen") && words.contains("hierher zusammengeführt"),
        "{words}"
    );
}

async fn what_may_be_about_the_same_is_proposed_until_somebody_says_no(world: World) {
    let house = House::of(world).await;
    let one = house.one.clone();
    let twin = house.comes("Ann <ann@kunde.example>", "Regal wackelt sehr", "a2", "").await;
    let unlike = house.comes("Ann <ann@kunde.example>", "Rechnung 4711", "a3", "").await;
    let page = house.ben.get(&format!("/tickets/{twin}")).await.words();
    assert!(page.contains(&format!("Gehört vielleicht zu {one}")), "{page}");
    assert!(page.contains("dieselbe Person fragt"), "{page}");
    assert!(!page.contains(&format!("Gehört vielleicht zu {unlike}")), "{page}");
    let reads = house.world.agent_of("Rita", &[("support", rules::right::Level::Read)]).await;
    let page = reads.get(&format!("/tickets/{twin}")).await.words();
    assert!(!page.contains("Gehört vielleicht"), "{page}");
    let no = house.ben.post(&format!("/tickets/{twin}/distinct"), &format!("other={one}")).await;
    assert_eq!(no.status, 303);
    for number in [&twin, &one] {
        let page = house.ben.get(&format!("/tickets/{number}")).await.words();
        assert!(!page.contains("Gehört vielleicht"), "{page}");
    }
    let third = house.comes("Ann <ann@kunde.example>", "Regal wackelt wieder", "a4", "").await;
    let done = house.ben.post(&format!("/tickets/{third}/merge"), &format!("with={twin}")).await;
    assert_eq!(done.status, 303);
    assert_eq!(house.says(&twin).await, ["Text a2.", "Text a4."]);
}

async fn who_has_a_merged_ticket_open_is_told_where_it_went(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    house.merge(&other, &one).await;
    let thread = house.ben.get(&format!("/tickets/{other}/thread")).await;
    assert!(
        thread.words().contains(&format!("Dieses Ticket gehört jetzt zu {one}")),
        "{}",
        thread.words()
    );
    assert!(
        thread.text().contains(&format!("hx-get=\"/tickets/{other}/thread\"")),
        "{}",
        thread.text()
    );
    let own = house.ben.get(&format!("/tickets/{one}/thread")).await.words();
    assert!(!own.contains("Dieses Ticket gehört jetzt zu"), "{own}");
    let saved = house.ben.post(&format!("/tickets/{other}/draft/reply"), "text=Angefangen").await;
    assert_eq!(saved.status, 200);
    let page = house.ben.get(&format!("/tickets/{one}")).await.text();
    assert!(page.contains("Angefangen</textarea>"), "{page}");
}
