//! Who else looks at a ticket and who writes in it.

use rules::right::Level;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    others_see_who_looks_and_who_writes,
    a_sign_of_life_is_believed_for_45_seconds,
    open_pages_are_told_only_of_what_looks_different,
    who_may_not_read_a_ticket_neither_shows_nor_sees,
);

async fn sign(browser: &Browser, path: &str, state: &str) -> String {
    browser.press("", &format!("{path}/presence"), &format!("state={state}")).await.text()
}

async fn others_see_who_looks_and_who_writes(world: World) {
    let path = format!("/tickets/{}", administrator(&world).await.ticket("Stuhl").await);
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    let page = ben.get(&path).await.text();
    assert!(
        page.contains(&format!(
            "id=\"presence\" role=\"status\" data-presence=\"{path}/presence\""
        ))
    );
    assert!(!sign(&ben, &path, "looking").await.contains("class=\"av\""), "not oneself");
    let seen = sign(&eve, &path, "looking").await;
    assert!(seen.contains("title=\"Ben sieht dieses Ticket gerade an\" data-here"), "{seen}");
    sign(&ben, &path, "typing").await;
    let seen = eve.get(&format!("{path}/presence")).await.text();
    assert!(seen.contains("title=\"Ben schreibt gerade\" data-typing"), "{seen}");
    assert!(seen.contains("Ben schreibt</span>"), "{seen}");
    let gone = ben.press("", &format!("{path}/presence"), "state=gone").await;
    assert_eq!(gone.status, 204);
    let seen = eve.get(&format!("{path}/presence")).await.text();
    assert!(!seen.contains("class=\"av\""), "{seen}");
    let odd = ben.press("", &format!("{path}/presence"), "state=sleeping").await;
    assert_eq!(odd.status, 400);
}

async fn a_sign_of_life_is_believed_for_45_seconds(world: World) {
    let path = format!("/tickets/{}", administrator(&world).await.ticket("Stuhl").await);
    let (ben, eve) = (world.agent("Ben").await, world.agent("Eve").await);
    sign(&ben, &path, "looking").await;
    let sees = async || eve.get(&format!("{path}/presence")).await.text().contains("class=\"av\"");
    world.app.clock.advance(44_999);
    assert!(sees().await);
    world.app.clock.advance(1);
    assert!(!sees().await);
    sign(&ben, &path, "looking").await;
    assert!(sees().await);
}

async fn open_pages_are_told_only_of_what_looks_different(world: World) {
    let path = format!("/tickets/{}", administrator(&world).await.ticket("Stuhl").await);
    let ben = world.agent("Ben").await;
    let mut notices = world.app.db.listen();
    for state in ["looking", "looking", "typing", "typing", "gone", "gone"] {
        sign(&ben, &path, state).await;
    }
    let mut told = 0;
    while let Ok(notice) = notices.try_recv() {
        told += usize::from(notice.topic == "presence");
    }
    assert_eq!(told, 3);
}

async fn who_may_not_read_a_ticket_neither_shows_nor_sees(world: World) {
    let path = format!("/tickets/{}", administrator(&world).await.ticket("Stuhl").await);
    world.area("verkauf").await;
    let eve = world.agent_of("Eve", &[("verkauf", Level::Manage)]).await;
    let posted = eve.press("", &format!("{path}/presence"), "state=looking").await;
    assert_eq!(posted.status, 404);
    assert_eq!(eve.get(&format!("{path}/presence")).await.status, 404);
    let ben = world.agent("Ben").await;
    assert!(!sign(&ben, &path, "looking").await.contains("class=\"av\""));
}
