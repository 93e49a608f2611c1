//! How people make tickets by hand, as the API sets it.

use laufzettel::record::new_tickets::{Field, NewTicketRules};
use serde_json::json;

use super::administrator;
use crate::world::World;

testkit::on_both_engines!(the_rules_of_new_tickets_are_set_one_by_one);

async fn the_rules_of_new_tickets_are_set_one_by_one(world: World) {
    let erp = administrator(&world).await;
    let usual = json!({
        "starts_read": false, "assigns_creator": false, "preselects_type": true, "required": [],
    });
    assert_eq!(erp.get("/settings").await.done()["new_tickets"], usual);
    let change = async |rules| erp.patch("/settings", json!({ "new_tickets": rules })).await;
    change(json!({ "starts_read": true })).await.done();
    change(json!({ "assigns_creator": true, "preselects_type": false })).await.done();
    let required = json!({ "required": ["tags", "queue", "queue"] });
    let changed = change(required).await.done();
    let expected = json!({
        "starts_read": true, "assigns_creator": true, "preselects_type": false,
        "required": ["queue", "tags"],
    });
    assert_eq!(changed["new_tickets"], expected);
    let rules = world.app.directory().await.unwrap().new_tickets.clone();
    let expected = NewTicketRules {
        starts_read: true,
        assigns_creator: true,
        preselects_type: false,
        required: vec![Field::Queue, Field::Tags],
    };
    assert_eq!(rules, expected);
    assert!(rules.requires(Field::Tags) && !rules.requires(Field::Company));

    let unknown = change(json!({ "required": ["subject"] })).await;
    assert_eq!(unknown.fields(), "new_tickets.required[0] unknown");
    assert_eq!(change(json!({ "required": "queue" })).await.status, 422);
    assert_eq!(change(json!({ "starts": true })).await.status, 422);
    assert_eq!(world.app.directory().await.unwrap().new_tickets, rules);
}
