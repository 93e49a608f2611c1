//! Several tickets that were selected become one, in one step and back.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{House, lasting};
use crate::api::program;
use crate::world::World;

testkit::on_both_engines!(
    three_selected_tickets_become_one_and_return_in_one_step,
    answers_to_each_of_the_old_numbers_follow,
    a_step_returns_what_is_left_of_it,
    what_cannot_be_merged_is_said_and_nothing_is,
    who_was_quicker_is_told_of_and_the_others_can_go_on,
    all_of_them_need_the_right_to_work,
    programs_merge_several_in_one_step,
    of_two_who_merge_the_same_ones_one_is_told,
);

/// Races are run that often: once may go well by luck.
const TURNS: usize = 4;

/// Three tickets, the oldest first.
async fn three(world: World) -> (House, [String; 3]) {
    let house = House::of(world).await;
    let third = house.comes("Dora <dora@kunde.example>", "Lack ab", "d1", "").await;
    let all = [house.one.clone(), house.other.clone(), third];
    house.world.minutes_pass(5);
    (house, all)
}

fn form(tickets: &[&str], more: &str) -> String {
    let fields = tickets.iter().map(|number| format!("ticket={number}&"));
    format!("{}{more}", fields.collect::<String>())
}

impl House {
    async fn all(&self, numbers: &[String]) -> Vec<Value> {
        let mut all = Vec::new();
        for number in numbers {
            all.push(lasting(&self.ticket(number).await));
        }
        all
    }

    async fn undoes(&self, number: &str) -> String {
        let undo = format!("/regroupings/{}/undo", self.regrouping(number).await);
        let back = self.ben.post(&undo, &format!("here={number}&step=whole")).await;
        back.header("location").to_owned()
    }
}

async fn three_selected_tickets_become_one_and_return_in_one_step(world: World) {
    let (house, numbers) = three(world).await;
    let [one, other, third] = &numbers;
    for (number, tags) in [(one, "Möbel"), (other, "Eilig"), (third, "Eilig")] {
        house.erp.patch(&format!("/tickets/{number}"), json!({ "tags": [tags] })).await.done();
    }
    let before = house.all(&numbers).await;
    let selected = form(&[third, one, other], "do=merge&back=%2Finbox%3Fq%3DRegal");
    let led = house.ben.post("/inbox/selection", &selected).await;
    assert_eq!(led.status, 303);
    let path = led.header("location").to_owned();
    assert_eq!(
        path,
        format!(
            "/tickets/merge?ticket={third}&ticket={one}&ticket={other}&back=%2Finbox%3Fq%3DRegal"
        )
    );
    let by_script = house.ben.press("selection", "/inbox/selection", &selected).await;
    assert_eq!(by_script.header("hx-redirect"), path);
    let page = house.ben.get(&path).await;
    for said in [
        "Welches Ticket bleibt?",
        "Regal wackelt Ann · Neu · zuletzt geändert",
        "Schraube fehlt Carl · Neu · zuletzt geändert",
        "Lack ab Dora · Neu · zuletzt geändert",
        "Zusammen 3 Nachrichten. Nachrichten und Dateien kommen in das Ticket, das bleibt. Die anderen \
         Nummern führen für immer dorthin, und spätere Antworten kommen dort an.",
        "Diese Tickets haben verschiedene Anfragesteller.",
        "3 Tickets zusammenführen",
    ] {
        assert!(page.words().contains(said), "{said}: {}", page.words());
    }
    let (text, words) = (page.text(), page.words());
    assert_eq!(text.matches(" checked").count(), 1, "{text}");
    assert!(text.contains(&format!("value=\"{one}\" checked")), "the oldest stays: {text}");
    assert!(text.contains("href=\"/inbox?q=Regal\""), "{text}");
    assert!(
        !words.contains("verschiedenen Bereichen") && !words.contains("Nicht dabei"),
        "{words}"
    );

    let done = house
        .ben
        .post("/tickets/merge", &form(&[one, other, third], &format!("stays={one}")))
        .await;
    assert!(done.header("location").starts_with(&format!("/tickets/{one}?done=")));
    let page = house.ben.get(done.header("location")).await;
    assert!(
        page.words().contains(&format!("2 Tickets in {one} zusammengeführt")),
        "{}",
        page.words()
    );
    assert!(page.text().contains("name=\"step\" value=\"whole\""), "{}", page.text());
    assert_eq!(house.says(one).await, ["Text a1.", "Text c1.", "Text d1."]);
    assert_eq!(house.ticket(one).await["tags"], json!(["Möbel", "Eilig"]));
    assert_eq!(house.finds("").await, [one.as_str()]);
    for number in [other, third] {
        assert_eq!(house.ticket(number).await["number"], json!(one));
        assert!(page.words().contains(&format!("Antworten an {number} kommen hier an.")));
    }
    let kinds = house.kinds(one).await;
    let count = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
    assert_eq!((count("merged"), count("merged_into")), (2, 2), "{kinds:?}");

    assert_eq!(house.undoes(one).await, format!("/tickets/{one}?done=separated"));
    assert_eq!(house.all(&numbers).await, before);
    for (number, text) in numbers.iter().zip(["Text a1.", "Text c1.", "Text d1."]) {
        assert_eq!(house.says(number).await, [text]);
        assert_eq!(house.kinds(number).await.last().unwrap(), "separated");
    }
    assert_eq!(house.undoes(one).await, format!("/tickets/{one}?done=separated_before"));
    assert_eq!(house.all(&numbers).await, before);
}

async fn answers_to_each_of_the_old_numbers_follow(world: World) {
    let (house, [one, other, third]) = three(world).await;
    let merged = form(&[&one, &other, &third], &format!("stays={other}"));
    assert_eq!(house.ben.post("/tickets/merge", &merged).await.status, 303);
    for (from, number, id) in [("ann", &one, "a2"), ("carl", &other, "c2"), ("dora", &third, "d2")]
    {
        let from = format!("{from}@kunde.example");
        let came = house.comes(&from, &format!("[#{number}] AW"), id, "").await;
        assert_eq!(came, other, "{from}");
        let named = format!("In-Reply-To: <{}1@kunde.example>\n", &id[..1]);
        let came = house.comes(&from, "Danke", &format!("{id}x"), &named).await;
        assert_eq!(came, other, "{from}");
    }
    assert_eq!(house.ticket(&other).await["message_count"], 9);
    house.undoes(&other).await;
    // What came meanwhile stays where it came to; what comes now finds its own ticket again.
    assert_eq!(house.ticket(&other).await["message_count"], 7);
    let came = house.comes("dora@kunde.example", &format!("[#{third}] Noch eins"), "d3", "").await;
    assert_eq!(came, third);
    let came = house.comes("ann@kunde.example", &format!("[#{one}] Noch eins"), "a3", "").await;
    assert_eq!(came, one);
}

async fn a_step_returns_what_is_left_of_it(world: World) {
    let (house, numbers) = three(world).await;
    let [one, other, third] = &numbers;
    let before = house.all(&numbers).await;
    let merged = form(&[one, other, third], &format!("stays={one}"));
    house.ben.post("/tickets/merge", &merged).await;
    let step = house.regrouping(one).await;
    let history = house.erp.get(&format!("/tickets/{one}/history?limit=200")).await.done();
    let events = history["items"].as_array().unwrap().iter();
    let first = events.filter_map(|event| event["regrouping"].as_str()).next().unwrap();
    assert_ne!(first, step);
    // One is separated in the conversation, which the whole step can do after it.
    let alone = json!({ "regrouping": first });
    let back = house.erp.post(&format!("/tickets/{one}/separate"), alone).await.done();
    assert_eq!(back["number"], json!(other));
    assert_eq!(house.says(one).await, ["Text a1.", "Text d1."]);
    // One of them that lies elsewhere keeps all where they are.
    let fourth = house.comes("Emil <emil@kunde.example>", "Tür klemmt", "e1", "").await;
    house.merge(one, &fourth).await;
    let whole = json!({ "regrouping": step, "step": true });
    let path = format!("/tickets/{fourth}/separate");
    let held = house.erp.post(&path, whole.clone()).await;
    assert_eq!(held.problem(), "409 messages_gone");
    house.separates(&fourth).await;
    let back = house.erp.post(&path, whole.clone()).await.done();
    assert_eq!(back["number"], json!(third));
    assert_eq!(house.all(&numbers).await, before);
    assert_eq!(house.erp.post(&path, whole).await.problem(), "409 separated_before");
}

async fn what_cannot_be_merged_is_said_and_nothing_is(world: World) {
    let (house, numbers) = three(world).await;
    let [one, other, third] = &numbers;
    let before = house.all(&numbers).await;
    let many: Vec<String> = (0..30).map(|number| format!("X{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for (fields, status, said) in [
        (String::new(), 422, "Wählen Sie mindestens zwei Tickets"),
        (form(&[one], &format!("stays={one}")), 422, "Wählen Sie mindestens zwei Tickets"),
        (
            form(&[one, one, one], &format!("stays={one}")),
            422,
            "Wählen Sie mindestens zwei Tickets",
        ),
        (form(&[one, other], ""), 422, "Wählen Sie, welches Ticket bleibt"),
        (form(&[one, other], &format!("stays={third}")), 422, "Wählen Sie, welches Ticket bleibt"),
        (form(&[one, other, "TS9999"], &format!("stays={one}")), 422, "TS9999 gibt es nicht"),
        (form(&[one, other, "TS9999"], "stays=TS9999"), 422, "TS9999 gibt es nicht"),
        (form(&[one, other, "%00"], "stays=%00"), 422, "Wählen Sie, welches Ticket bleibt"),
        (
            form(&[one, markup], &format!("stays={one}")),
            422,
            "<script>alert(1)</script> gibt es nicht",
        ),
        (form(&many, "stays=X1"), 422, "Wählen Sie höchstens 20"),
    ] {
        let held = house.ben.post("/tickets/merge", &fields).await;
        assert_eq!(held.status.as_u16(), status, "{fields}");
        assert!(held.words().contains(said), "{fields}: {}", held.words());
        assert!(!held.text().contains("<script>alert"), "{}", held.text());
        let page = house.ben.get(&format!("/tickets/merge?{fields}")).await;
        assert_eq!(page.status, 200, "{fields}");
    }
    // What was chosen is still chosen.
    let held = house
        .ben
        .post(
            "/tickets/merge",
            &form(&[one, other, "TS9"], &format!("stays={other}&back=%2Finbox%3Fq%3D")),
        )
        .await;
    assert!(held.text().contains(&format!("value=\"{other}\" checked")), "{}", held.text());
    assert!(held.text().contains("href=\"/inbox?q=\""), "{}", held.text());
    let held = house
        .ben
        .get(&format!("/tickets/merge?ticket={one}&back=https%3A%2F%2Fevil.example"))
        .await;
    assert!(held.text().contains("<a class=\"btn\" href=\"/inbox\">"), "{}", held.text());
    assert!(held.text().contains(&format!("href=\"/tickets/{one}/merge\"")), "{}", held.text());

    // The list keeps a selection of too few or too many, and says why.
    for (tickets, said) in [(vec![one.as_str()], "mindestens zwei"), (many, "höchstens 20")] {
        let fields = form(&tickets, "do=merge&back=%2Finbox");
        let kept = house.ben.press("selection", "/inbox/selection", &fields).await;
        assert_eq!((kept.status.as_u16(), kept.header("hx-reswap")), (200, "none"));
        assert!(kept.words().contains(said) && kept.header("hx-trigger").is_empty());
    }
    house.world.minutes_pass(1);
    let tag = house.erp.get(&format!("/tickets/{third}")).await.header("etag").to_owned();
    assert_eq!(house.all(&numbers).await, before);
    house.erp.delete_if(&tag, &format!("/tickets/{third}")).await.done();
    let fields = form(&[one, other, third], &format!("stays={one}"));
    let held = house.ben.post("/tickets/merge", &fields).await;
    assert_eq!(held.status, 409);
    assert!(held.words().contains(&format!("{third} liegt im Papierkorb")), "{}", held.words());
    assert_eq!(house.says(one).await, ["Text a1."]);
}

async fn who_was_quicker_is_told_of_and_the_others_can_go_on(world: World) {
    let (house, [one, other, third]) = three(world).await;
    let fourth = house.comes("Emil <emil@kunde.example>", "Tür klemmt", "e1", "").await;
    house.merge(&third, &fourth).await;
    let fields = form(&[&one, &other, &third], &format!("stays={one}"));
    let held = house.ben.post("/tickets/merge", &fields).await;
    assert_eq!(held.status, 409);
    let words = held.words();
    assert!(words.contains("Es wurde nichts zusammengeführt."), "{words}");
    assert!(words.contains(&format!("{third} gehört schon zu {fourth}.")), "{words}");
    assert!(words.contains("2 Tickets zusammenführen"), "{words}");
    assert!(!held.text().contains(&format!("value=\"{third}\"")), "{}", held.text());
    assert_eq!(house.says(&one).await, ["Text a1."]);
    assert_eq!(house.says(&fourth).await, ["Text d1.", "Text e1."]);
    let done =
        house.ben.post("/tickets/merge", &form(&[&one, &other], &format!("stays={one}"))).await;
    let page = house.ben.get(done.header("location")).await.words();
    assert!(page.contains(&format!("{other} in {one} zusammengeführt")), "{page}");
    // The same press once more is told what has become of them.
    let twice =
        house.ben.post("/tickets/merge", &form(&[&one, &other], &format!("stays={one}"))).await;
    assert_eq!(twice.status, 409);
    assert!(
        twice.words().contains(&format!("{other} gehört schon zu {one}.")),
        "{}",
        twice.words()
    );
    assert_eq!(house.undoes(&one).await, format!("/tickets/{one}?done=separated"));
    assert_eq!(house.says(&other).await, ["Text c1."]);
}

async fn all_of_them_need_the_right_to_work(world: World) {
    let (house, numbers) = three(world).await;
    let [one, other, third] = &numbers;
    house.world.area("technik").await;
    let area = json!({ "area": "technik" });
    house.erp.patch(&format!("/tickets/{third}"), area).await.done();
    let levels = [("support", Level::Work), ("technik", Level::Read)];
    let rita = house.world.agent_of("Rita", &levels).await;
    let theo = house.world.agent_of("Theo", &[("support", Level::Work)]).await;
    let before = house.all(&numbers).await;
    for stays in [one, third] {
        let fields = form(&[one, other, third], &format!("stays={stays}"));
        let held = rita.post("/tickets/merge", &fields).await;
        assert_eq!(held.status, 403);
        assert!(
            held.words().contains(&format!("In {third} dürfen Sie nicht arbeiten")),
            "{}",
            held.words()
        );
        let held = theo.post("/tickets/merge", &fields).await;
        assert_eq!(held.status, 422);
        assert!(held.words().contains(&format!("{third} gibt es nicht, oder")), "{}", held.words());
        assert!(!held.text().contains("Lack ab"), "{}", held.text());
    }
    let page = theo.get(&format!("/tickets/merge?{}", form(&[one, other, third], ""))).await;
    assert!(!page.text().contains("Lack ab") && page.words().contains("2 Tickets zusammenführen"));
    assert_eq!(house.all(&numbers).await, before);
    let programs = [
        program(&house.world, rita.agent, &Scope::ALL).await,
        program(&house.world, theo.agent, &Scope::ALL).await,
    ];
    let body = json!({ "into": one, "also": [third] });
    let path = format!("/tickets/{other}/merge");
    assert_eq!(programs[0].post(&path, body.clone()).await.problem(), "403 not_allowed");
    assert_eq!(programs[1].post(&path, body.clone()).await.fields(), "also[0] unknown");
    assert_eq!(house.all(&numbers).await, before);
    // Who may do all of it is warned that others will see it.
    let words = house.ben.get(&format!("/tickets/merge?{}", form(&[one, third], ""))).await.words();
    assert!(words.contains("verschiedenen Bereichen"), "{words}");
    house.erp.post(&path, body).await.done();
    let back = json!({ "regrouping": house.regrouping(one).await, "step": true });
    let separate = format!("/tickets/{one}/separate");
    assert_eq!(programs[0].post(&separate, back.clone()).await.problem(), "403 not_allowed");
    assert_eq!(programs[1].post(&separate, back.clone()).await.fields(), "regrouping unknown");
    assert_eq!(house.says(one).await.len(), 3);
    house.erp.post(&separate, back).await.done();
    assert_eq!(house.all(&numbers).await, before);
}

async fn programs_merge_several_in_one_step(world: World) {
    let (house, numbers) = three(world).await;
    let [one, other, third] = &numbers;
    let before = house.all(&numbers).await;
    let merge = |body: Value| {
        let (erp, path) = (house.erp.clone(), format!("/tickets/{other}/merge"));
        async move { erp.post(&path, body).await }
    };
    let many: Vec<String> = (0..19).map(|number| format!("X{number}")).collect();
    for (body, said) in [
        (json!({ "into": one, "also": [one] }), "also[0] same_ticket"),
        (json!({ "into": one, "also": [third, other] }), "also[1] same_ticket"),
        (json!({ "into": one, "also": [third, "X1"] }), "also[1] unknown"),
        (json!({ "into": one, "also": ["\u{0}"] }), "also[0] unknown"),
        (json!({ "into": "X1", "also": [third] }), "into unknown"),
        (json!({ "into": one, "also": many }), "also too_many_tickets"),
    ] {
        let held = merge(body.clone()).await;
        assert_eq!(held.fields(), said, "{body}");
    }
    assert_eq!(house.all(&numbers).await, before);
    let merged = merge(json!({ "into": one, "also": [third] })).await.done();
    assert_eq!((&merged["number"], &merged["message_count"]), (&json!(one), &json!(3)));
    let again = merge(json!({ "into": one, "also": [third] })).await;
    assert_eq!(again.problem(), "409 merged_before");
    assert_eq!(again.json()["ticket"]["number"], json!(one), "the present state");
    let back = json!({ "regrouping": house.regrouping(one).await, "step": true });
    house.erp.post(&format!("/tickets/{one}/separate"), back).await.done();
    assert_eq!(house.all(&numbers).await, before);
}

async fn of_two_who_merge_the_same_ones_one_is_told(world: World) {
    let house = House::of(world).await;
    for turn in 0..TURNS {
        let mut numbers = Vec::new();
        for (from, id) in [("ann", "x"), ("carl", "y"), ("dora", "z")] {
            let from = format!("{from}@kunde.example");
            numbers.push(
                house.comes(&from, &format!("Lauf {turn}"), &format!("{id}{turn}"), "").await,
            );
        }
        let mut merges = JoinSet::new();
        for stays in [0, 2] {
            let (ben, tickets) = (house.ben.clone(), numbers.clone());
            merges.spawn(async move {
                let tickets: Vec<&str> = tickets.iter().map(String::as_str).collect();
                let fields = form(&tickets, &format!("stays={}", tickets[stays]));
                ben.post("/tickets/merge", &fields).await.status.as_u16()
            });
        }
        let mut ended = merges.join_all().await;
        ended.sort_unstable();
        assert_eq!(ended, [303, 409]);
        let present = house.ticket(&numbers[1]).await;
        assert_eq!(present["message_count"], 3);
        assert!(present["number"] == json!(numbers[0]) || present["number"] == json!(numbers[2]));
    }
}
