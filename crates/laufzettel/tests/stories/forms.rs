//! What becomes of input that cannot be taken, with and without scripts.

use crate::world::World;

testkit::on_both_engines!(
    a_value_that_cannot_be_taken_stays_in_its_field_with_the_reason,
    a_solved_ticket_offers_to_be_opened_again,
    a_very_long_message_shows_its_beginning,
);

async fn ticket(world: &World, text: &str) -> String {
    world.mailbox("hilfe", "support").await;
    let mail = format!(
        "From: Ann Hansen <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Regal\n\n{text}\n"
    );
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

async fn a_value_that_cannot_be_taken_stays_in_its_field_with_the_reason(world: World) {
    let number = ticket(&world, "Es wackelt.").await;
    let ben = world.agent("Ben").await;
    let path = format!("/tickets/{number}/contact");
    let sheet = ben.press("sheet", &path, "value=keine-adresse").await;
    let page = ben.post(&path, "value=keine-adresse").await;
    assert_eq!(sheet.status, 200);
    assert_eq!(page.status, 422);
    for answer in [sheet, page] {
        let html = answer.text();
        assert!(html.contains("value=\"keine-adresse\""), "the input is kept: {html}");
        assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"e-contact\""), "{html}");
        assert!(answer.words().contains("keine-adresse"), "{}", answer.words());
        assert!(html.contains("id=\"e-contact\" role=\"alert\""), "{html}");
    }
    let unknown = ben.post(&format!("/tickets/{number}/status"), "value=nix").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.text().contains("id=\"e-status\" role=\"alert\""));
    let taken = ben.post(&path, "value=ben@kunde.example").await;
    assert_eq!(taken.status, 303);
    assert!(!ben.get(&format!("/tickets/{number}")).await.text().contains("aria-invalid"));
}

async fn a_solved_ticket_offers_to_be_opened_again(world: World) {
    let number = ticket(&world, "Es wackelt.").await;
    let ben = world.agent("Ben").await;
    let path = format!("/tickets/{number}/status");
    let solved = ben.press("sheet", &path, "value=geloest").await;
    assert!(solved.text().contains("id=\"ticket-actions\" hx-ext=\"morph\" hx-swap-oob=\"true\""));
    assert!(solved.words().contains("Wieder öffnen"), "{}", solved.words());
    assert!(!solved.text().contains("form=\"act-solve\""));
    let opened = ben.press("sheet", &path, "value=offen").await;
    assert!(!opened.words().contains("Wieder öffnen"), "{}", opened.words());
    assert!(opened.text().contains("form=\"act-solve\""));
}

async fn a_very_long_message_shows_its_beginning(world: World) {
    let number = ticket(&world, &"Sehr lang. <&> ".repeat(100_000)).await;
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await;
    assert!(page.bytes.len() < 200_000, "{} bytes", page.bytes.len());
    assert!(page.words().contains("Die Nachricht ist sehr lang"));
}
