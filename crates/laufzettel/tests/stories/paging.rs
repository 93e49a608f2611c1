//! From one ticket to the next, within the list it was opened from.

use rules::right::Level;

use crate::world::World;

testkit::on_both_engines!(
    a_ticket_leads_to_its_neighbours_in_the_list_it_was_opened_from,
    paging_leads_nobody_to_what_he_may_not_see,
);

async fn ticket(world: &World, mailbox: &str, subject: &str) -> String {
    world.minutes_pass(1);
    let text = format!(
        "From: ann@kunde.example\nTo: {mailbox}@firma.example\nSubject: {subject}\n\
         Message-ID: <{subject}@kunde.example>\n\nText.\n"
    );
    world.mail(mailbox, &text).await.ticket.unwrap()
}

fn leads_to(number: &str, list: &str) -> String {
    format!("href=\"/tickets/{number}?from={list}\"")
}

async fn a_ticket_leads_to_its_neighbours_in_the_list_it_was_opened_from(world: World) {
    world.mailbox("hilfe", "support").await;
    let first = ticket(&world, "hilfe", "Eins").await;
    let second = ticket(&world, "hilfe", "Zwei").await;
    let third = ticket(&world, "hilfe", "Drei").await;
    let ben = world.agent("Ben").await;
    let pager = async |number: &str, list: &str| {
        let fragment = ben.get(&format!("/tickets/{number}/pager?from={list}")).await;
        assert_eq!(fragment.status, 200);
        fragment
    };

    let open = "%2Finbox";
    let page = ben.get(&format!("/tickets/{second}?from=%2Finbox%3Fq%3Dzwei")).await.text();
    assert!(page.contains(&format!("hx-get=\"/tickets/{second}/pager?from=%2Finbox%3Fq%3Dzwei\"")));
    assert!(page.contains("href=\"/inbox?q=zwei\""), "the way back is that list");
    let middle = pager(&second, open).await;
    assert!(middle.text().contains(&leads_to(&first, open)), "{}", middle.text());
    assert!(middle.text().contains(&leads_to(&third, open)));
    assert!(middle.words().contains("2 von 3"), "{}", middle.words());
    let last = pager(&third, open).await;
    assert_eq!(last.text().matches("?from=").count(), 1);
    assert!(last.words().contains("3 von 3"));

    let filtered = pager(&second, "%2Finbox%3Fq%3Dzwei").await;
    assert!(filtered.words().contains("1 von 1"), "{}", filtered.words());
    ben.press("sheet", &format!("/tickets/{second}/status"), "value=geloest").await;
    let gone = pager(&second, open).await;
    assert!(gone.text().contains(&leads_to(&first, open)), "it goes on with the first one");
    assert!(!gone.words().contains(" von "));
    let elsewhere = pager(&first, "https%3A%2F%2Fevil.example%2Finbox").await;
    assert!(elsewhere.text().contains("href=\"/inbox\""), "{}", elsewhere.text());
}

async fn paging_leads_nobody_to_what_he_may_not_see(world: World) {
    world.area("verkauf").await;
    world.mailbox("hilfe", "support").await;
    world.mailbox("kauf", "verkauf").await;
    let before = ticket(&world, "kauf", "Davor").await;
    let own = ticket(&world, "hilfe", "Meins").await;
    let hidden = ticket(&world, "hilfe", "Danach").await;
    let eve = world.agent_of("Eve", &[("verkauf", Level::Read), ("support", Level::Own)]).await;
    let ben = world.administrator("Ben").await;
    let give = format!("value={}", eve.agent);
    ben.press("sheet", &format!("/tickets/{own}/assignee"), &give).await;

    let pager = eve.get(&format!("/tickets/{own}/pager?from=%2Finbox")).await;
    assert!(pager.text().contains(&leads_to(&before, "%2Finbox")));
    assert!(!pager.text().contains(&hidden), "{}", pager.text());
    assert!(pager.words().contains("2 von 2"), "{}", pager.words());
    let stranger = eve.get(&format!("/tickets/{hidden}/pager?from=%2Finbox")).await;
    assert!(!stranger.words().contains(" von "), "{}", stranger.words());
}
