//! What agents see and press.

use axum::http::StatusCode;

use crate::world::World;

testkit::on_both_engines!(who_is_not_signed_in_is_asked_to, a_full_disk_is_said_on_every_page);

async fn who_is_not_signed_in_is_asked_to(world: World) {
    let stranger = crate::world::browser::Browser::new(
        world.router.clone(),
        laufzettel::record::AgentId::from_number(1),
        "",
    );
    let answer = stranger.get("/tickets/1?x=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/signin?back=%2Ftickets%2F1%3Fx%3D1");
}

/// A change that finds no space.
struct TooLarge;

impl db::Operation for TooLarge {
    type Outcome = ();

    async fn run(&self, _: &mut db::Tx<'_>) -> db::Result<()> {
        Err(db::Failure::of_kind(db::FailureKind::StorageFull, "no space left on device"))
    }
}

async fn a_full_disk_is_said_on_every_page(world: World) {
    let ben = world.administrator("Ben").await;
    let says_full = async |path: &str| {
        let page = ben.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.words().contains("Der Speicher des Servers ist voll")
    };
    assert!(!says_full("/inbox").await);
    world.app.db.write(&TooLarge).await.unwrap_err();
    for path in ["/inbox", "/search", "/mails", "/mailboxes"] {
        assert!(says_full(path).await, "{path}");
    }
}
