//! What agents see and press.

use axum::http::StatusCode;

use crate::world::World;

testkit::on_both_engines!(who_is_not_signed_in_is_asked_to);

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
