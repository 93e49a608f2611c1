//! Ticket numbers by the API.

use std::collections::BTreeSet;

use serde_json::json;

use super::{administrator, number};
use crate::world::World;

testkit::on_both_engines!(
    a_mask_is_tried_before_it_is_used,
    an_area_counts_for_itself,
    every_ticket_has_a_public_id_that_nobody_can_guess,
);

/// Proves F-NUM-01, F-NUM-03, F-NUM-04.
async fn a_mask_is_tried_before_it_is_used(world: World) {
    let erp = administrator(&world).await;
    let settings = erp.get("/settings").await;
    assert_eq!(settings.header("etag"), "\"v1\"");
    let settings = settings.done();
    assert_eq!(settings["number_mask"], "TS{yy}{mm}-{0000}");
    assert_eq!(
        (&settings["language"], &settings["time_zone"]),
        (&json!("de"), &json!("Europe/Berlin"))
    );

    let preview =
        async |mask: &str| erp.get(&format!("/settings/number_mask/preview?mask={mask}")).await;
    let present = erp.get("/settings/number_mask/preview").await.done();
    let expected =
        json!({ "mask": "TS{yy}{mm}-{0000}", "first": "TS2611-0001", "next": "TS2611-0001" });
    assert_eq!(present, expected);
    assert_eq!(erp.ticket("eins").await, "TS2611-0001");
    let other = preview("AU-%7B000%2B100%7D").await.done();
    assert_eq!(other, json!({ "mask": "AU-{000+100}", "first": "AU-101", "next": "AU-101" }));
    let present = erp.get("/settings/number_mask/preview").await.done();
    assert_eq!(present["next"], "TS2611-0002");

    let problems = [
        ("", "mask not_configured", "at byte 0"),
        ("A%20%7B000%7D", "mask blank", "at byte 1"),
        ("%7Bqq%7D%7B000%7D", "mask unknown_tag", "at byte 0"),
        ("%7Byy%7D", "mask no_counter", "at byte 0"),
        ("%7B000%404%7D", "mask needs_year_and_month", "at byte 0"),
        ("%7Bcccc%7D%7B0%7D", "mask needs_companies", "at byte 0"),
    ];
    for (mask, expected, place) in problems {
        let answer = preview(mask).await;
        assert_eq!(answer.fields(), expected, "{mask}");
        assert_eq!(answer.json()["problems"][0]["message"], place, "{mask}");
    }
    let empty = erp.patch("/settings", json!({ "number_mask": "" })).await;
    assert_eq!(empty.fields(), "number_mask not_configured");
    let stale = erp.patch_if("\"v7\"", "/settings", json!({ "number_mask": "A{0}" })).await;
    assert_eq!(stale.problem(), "412 stale");
    let body = json!({ "number_mask": "AU-{000+100}" });
    let changed = erp.patch_if("\"v1\"", "/settings", body).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    assert_eq!(erp.ticket("zwei").await, "AU-101");
    assert_eq!(erp.ticket("drei").await, "AU-102");
    assert_eq!(
        erp.patch("/settings", json!({ "language": "en" })).await.fields(),
        "language unknown_field"
    );
}

async fn an_area_counts_for_itself(world: World) {
    let erp = administrator(&world).await;
    let wrong = json!({ "name": "Technik", "number_mask": "T {000}" });
    assert_eq!(erp.post("/areas", wrong).await.fields(), "number_mask blank");
    let body = json!({ "name": "Technik", "number_mask": "T{000}", "hue": 3 });
    erp.post("/areas", body).await.done();
    let new = |area: &str| json!({ "subject": "x", "body_text": "x", "area": area });
    assert_eq!(number(&erp.post("/tickets", new("support")).await.done()), "TS2611-0001");
    assert_eq!(number(&erp.post("/tickets", new("technik")).await.done()), "T001");
    let preview = "/settings/number_mask/preview?area=technik&mask=T%7B000%7D";
    assert_eq!(erp.get(preview).await.done()["next"], "T002");
    erp.patch("/areas/technik", json!({ "number_mask": null })).await.done();
    assert_eq!(number(&erp.post("/tickets", new("technik")).await.done()), "TS2611-0002");
}

/// Proves F-NUM-07.
async fn every_ticket_has_a_public_id_that_nobody_can_guess(world: World) {
    let erp = administrator(&world).await;
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        let body = json!({ "subject": "x", "body_text": "x" });
        let ticket = erp.post("/tickets", body).await.done();
        let public_id = ticket["public_id"].as_str().unwrap().to_owned();
        assert_eq!(public_id.len(), 16);
        assert!(public_id.chars().all(|c| "abcdefghijklmnopqrstuvwxyz234567".contains(c)));
        seen.insert(public_id);
    }
    assert_eq!(seen.len(), 40);
    // Nothing of it follows from the number or the one before.
    let beginnings: BTreeSet<&str> = seen.iter().map(|id| &id[..4]).collect();
    assert!(beginnings.len() >= 39, "{beginnings:?}");
}
