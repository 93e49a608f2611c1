//! What cannot be done, and what happens at the same moment.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::json;
use tokio::task::JoinSet;

use super::House;
use crate::api::program;
use crate::world::World;

testkit::on_both_engines!(
    what_cannot_go_together_is_said_and_changes_nothing,
    both_tickets_need_the_right_to_work,
    of_two_who_merge_the_opposite_one_is_told,
    an_answer_to_a_merged_ticket_is_held_until_it_was_looked_at,
    a_mail_that_comes_while_tickets_are_merged_is_not_lost,
    an_answer_that_leaves_while_tickets_are_merged_is_in_one_of_them,
);

/// Races are run that often: once may go well by luck.
const TURNS: usize = 6;

async fn what_cannot_go_together_is_said_and_changes_nothing(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let merge = |source: &str, target: &str| {
        let (erp, path) = (house.erp.clone(), format!("/tickets/{source}/merge"));
        let body = json!({ "into": target });
        async move { erp.post(&path, body).await }
    };
    assert_eq!(merge(&one, &one).await.fields(), "into same_ticket");
    assert_eq!(merge(&one, "TS9999").await.fields(), "into unknown");
    let ids = house.ids(&one).await;
    let split = |body: serde_json::Value| {
        let (erp, path) = (house.erp.clone(), format!("/tickets/{one}/split"));
        async move { erp.post(&path, body).await }
    };
    assert_eq!(split(json!({ "messages": [] })).await.fields(), "messages nothing_chosen");
    assert_eq!(split(json!({ "messages": ids })).await.fields(), "messages nothing_left");
    assert_eq!(split(json!({ "messages": ["x"] })).await.fields(), "messages[0] unknown");
    let foreign = house.ids(&other).await;
    let gone = split(json!({ "messages": foreign })).await;
    assert_eq!(gone.problem(), "409 messages_gone");
    assert_eq!(gone.json()["ticket"]["number"], json!(one), "the present state");
    let tag = house.erp.get(&format!("/tickets/{other}")).await.header("etag").to_owned();
    house.erp.delete_if(&tag, &format!("/tickets/{other}")).await.done();
    assert_eq!(merge(&one, &other).await.problem(), "409 target_in_trash");
    assert_eq!(merge(&other, &one).await.problem(), "409 in_trash");
    assert_eq!(house.says(&one).await, ["Text a1."]);
    house.erp.act(&format!("/tickets/{other}/reopen")).await.done();
    house.merge(&other, &one).await;
    // Round and round: it is one ticket already.
    assert_eq!(merge(&one, &other).await.problem(), "409 merged_before");
    assert_eq!(merge(&other, &one).await.problem(), "409 merged_before");
    let nothing = json!({ "regrouping": "77" });
    let answer = house.erp.post(&format!("/tickets/{one}/separate"), nothing).await;
    assert_eq!(answer.fields(), "regrouping unknown");
}

async fn both_tickets_need_the_right_to_work(world: World) {
    let house = House::of(world).await;
    house.world.area("technik").await;
    let area = json!({ "area": "technik" });
    house.erp.patch(&format!("/tickets/{}", house.other), area).await.done();
    let levels = [("support", Level::Work), ("technik", Level::Read)];
    let reads = house.world.agent_of("Rita", &levels).await;
    let blind = house.world.agent_of("Theo", &[("support", Level::Work)]).await;
    let rita = program(&house.world, reads.agent, &Scope::ALL).await;
    let theo = program(&house.world, blind.agent, &Scope::ALL).await;
    let (one, other) = (&house.one, &house.other);
    let into = |number: &str| json!({ "into": number });
    let path = |number: &str| format!("/tickets/{number}/merge");
    assert_eq!(rita.post(&path(one), into(other)).await.problem(), "403 not_allowed");
    assert_eq!(rita.post(&path(other), into(one)).await.problem(), "403 not_allowed");
    assert_eq!(theo.post(&path(one), into(other)).await.fields(), "into unknown");
    assert_eq!(theo.post(&path(other), into(one)).await.problem(), "404 not_found");
    house.merge(other, one).await;
    // What he could not put together he cannot take apart.
    let back = json!({ "regrouping": house.regrouping(one).await });
    let separate = format!("/tickets/{one}/separate");
    assert_eq!(rita.post(&separate, back.clone()).await.problem(), "403 not_allowed");
    assert_eq!(theo.post(&separate, back).await.fields(), "regrouping unknown");
    assert_eq!(house.says(one).await.len(), 2);
}

async fn of_two_who_merge_the_opposite_one_is_told(world: World) {
    let house = House::of(world).await;
    for turn in 0..TURNS {
        let one = house.comes("Ann <ann@kunde.example>", "Eins", &format!("x{turn}"), "").await;
        let other = house.comes("Carl <carl@kunde.example>", "Zwei", &format!("y{turn}"), "").await;
        let mut merges = JoinSet::new();
        for (source, target) in [(one.clone(), other.clone()), (other.clone(), one.clone())] {
            let erp = house.erp.clone();
            merges.spawn(async move {
                let path = format!("/tickets/{source}/merge");
                erp.post(&path, json!({ "into": target })).await.status
            });
        }
        let mut ended = merges.join_all().await;
        ended.sort_unstable();
        assert_eq!(ended, [200, 409]);
        assert_eq!(house.ticket(&one).await["number"], house.ticket(&other).await["number"]);
        assert_eq!(house.says(&one).await.len(), 2);
    }
}

async fn an_answer_to_a_merged_ticket_is_held_until_it_was_looked_at(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let page = house.ben.get(&format!("/tickets/{other}")).await.text();
    let from = page.find("name=\"seen\" value=\"").unwrap();
    let seen = page[from..].split('"').nth(3).unwrap().to_owned();
    house.merge(&other, &one).await;
    let form = format!("seen={seen}&to=carl%40kunde.example&text=Kommt+morgen.");
    let held = house.ben.press("composer", &format!("/tickets/{other}/reply"), &form).await;
    assert!(held.words().contains(&format!("gehört inzwischen zu {one}")), "{}", held.words());
    assert!(held.text().contains("Kommt morgen.</textarea>"), "{}", held.text());
    assert!(held.text().contains(&format!("/tickets/{one}/reply")), "{}", held.text());
    assert_eq!(house.world.outbox().await.len(), 0);
    let again = house.ben.press("composer", &format!("/tickets/{one}/reply"), &form).await;
    assert!(again.text().contains("Die Antwort geht"), "{}", again.text());
    // And who answers a message that was moved away is told so.
    let ids = house.ids(&one).await;
    let third = house.comes("Dora <dora@kunde.example>", "Lack ab", "d1", "").await;
    house.moves(&one, &[&ids[0]], &third).await;
    let form = format!("seen={}&to=ann%40kunde.example&text=Gern.", ids[0]);
    let held = house.ben.press("composer", &format!("/tickets/{one}/reply"), &form).await;
    assert!(held.words().contains("liegt inzwischen in einem anderen Ticket"), "{}", held.words());
}

async fn a_mail_that_comes_while_tickets_are_merged_is_not_lost(world: World) {
    let house = House::of(world).await;
    for turn in 0..TURNS {
        let one = house.comes("Ann <ann@kunde.example>", "Eins", &format!("x{turn}"), "").await;
        let other = house.comes("Carl <carl@kunde.example>", "Zwei", &format!("y{turn}"), "").await;
        let (subject, id) = (format!("[#{other}] AW"), format!("z{turn}"));
        let (merge, came) = tokio::join!(
            house.merge(&other, &one),
            house.comes("carl@kunde.example", &subject, &id, "")
        );
        assert_eq!(merge["number"], json!(one));
        assert!(came == one || came == other, "{came}");
        let said = house.says(&one).await;
        assert_eq!(said.len(), 3, "{said:?}");
        assert_eq!(house.ticket(&other).await["message_count"], 3);
    }
}

async fn an_answer_that_leaves_while_tickets_are_merged_is_in_one_of_them(world: World) {
    let house = House::of(world).await;
    let _relay = house.world.relay().await;
    for turn in 0..TURNS {
        let one = house.comes("Ann <ann@kunde.example>", "Eins", &format!("x{turn}"), "").await;
        let other = house.comes("Carl <carl@kunde.example>", "Zwei", &format!("y{turn}"), "").await;
        let body = json!({ "visibility": "external", "body_text": format!("Antwort {turn}") });
        let path = format!("/tickets/{other}/messages");
        let (merge, sent) = tokio::join!(house.merge(&other, &one), house.erp.post(&path, body));
        assert_eq!(merge["number"], json!(one));
        sent.done();
        let said = house.says(&one).await;
        assert_eq!(said.iter().filter(|text| text.starts_with("Antwort")).count(), 1, "{said:?}");
        assert_eq!(said.len(), 3, "{said:?}");
    }
}
