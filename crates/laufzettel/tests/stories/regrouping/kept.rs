//! Nothing is lost on the way, and the way back leads to what was.

use serde_json::json;

use super::{House, lasting, mail};
use crate::world::World;

testkit::on_both_engines!(
    a_merged_ticket_is_one_and_its_number_leads_on,
    separating_gives_back_what_was,
    a_moved_message_takes_all_along_and_returns,
    messages_get_a_ticket_of_their_own_and_return,
    moving_all_messages_is_merging,
    what_was_merged_twice_is_separated_in_turn,
    drafts_and_closing_mails_come_along,
    another_area_finds_what_was_moved_there,
);

async fn a_merged_ticket_is_one_and_its_number_leads_on(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    house.erp.patch(&format!("/tickets/{one}"), json!({ "tags": ["Möbel"] })).await.done();
    house.erp.patch(&format!("/tickets/{other}"), json!({ "tags": ["Eilig"] })).await.done();
    let merged = house.merge(&other, &one).await;
    assert_eq!(merged["number"], json!(one));
    assert_eq!(merged["message_count"], 2);
    assert_eq!(merged["tags"], json!(["Möbel", "Eilig"]));
    assert_eq!(house.says(&one).await, ["Text a1.", "Text c1."]);
    for path in ["", "/messages", "/history"] {
        let by_old = house.erp.get(&format!("/tickets/{other}{path}")).await.done();
        let by_new = house.erp.get(&format!("/tickets/{one}{path}")).await.done();
        assert_eq!(by_old, by_new, "{path}");
    }
    // It is in no list, and searching its number or words finds the other one.
    assert_eq!(house.finds("").await, [one.as_str()]);
    for query in [other.as_str(), "Schraube", "Carl", &format!("nummer:{other}")] {
        assert_eq!(house.finds(query).await, [one.as_str()], "{query}");
    }
    let page = house.ben.get(&format!("/tickets/{other}")).await;
    assert_eq!(
        (page.status.as_u16(), page.header("location")),
        (303, format!("/tickets/{one}").as_str())
    );
    let kinds = house.kinds(&one).await;
    assert!(
        kinds.contains(&"merged".to_owned()) && kinds.contains(&"merged_into".to_owned()),
        "{kinds:?}"
    );
    let inbox = house.ben.get("/inbox").await.words();
    assert!(inbox.contains("Eingang 1") && !inbox.contains("Schraube fehlt"), "{inbox}");
    let journal = house.ben.get("/mails").await.text();
    assert!(!journal.contains(&other), "the journal names where it is: {journal}");
}

async fn separating_gives_back_what_was(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    house
        .comes(
            "ann@kunde.example",
            &format!("[#{one}] Noch eins"),
            "a2",
            "Cc: dora@kunde.example\n",
        )
        .await;
    house
        .erp
        .patch(&format!("/tickets/{other}"), json!({ "tags": ["Eilig"], "status": "wartet" }))
        .await
        .done();
    let before = (house.ticket(&one).await, house.ticket(&other).await);
    house.merge(&other, &one).await;
    let back = house.separates(&one).await;
    assert_eq!(back["number"], json!(other));
    assert_eq!(lasting(&house.ticket(&one).await), lasting(&before.0));
    assert_eq!(lasting(&house.ticket(&other).await), lasting(&before.1));
    assert_eq!(house.says(&one).await, ["Text a1.", "Text a2."]);
    assert_eq!(house.says(&other).await, ["Text c1."]);
    assert_eq!(house.finds("Schraube").await, [other.as_str()]);
    assert_eq!(house.finds("Regal").await, [one.as_str()]);
    // Carl takes part in his own ticket alone again.
    let stranger = house.comes("carl@kunde.example", &format!("[#{one}] Hallo"), "c2", "").await;
    assert!(stranger != one && stranger != other, "{stranger}");
    let own = house.comes("carl@kunde.example", &format!("[#{other}] Hallo"), "c3", "").await;
    assert_eq!(own, other);
}

async fn a_moved_message_takes_all_along_and_returns(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let more = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n";
    let parts = "\n--x\nContent-Type: text/plain\n\nSiehe Anlage.\n--x\nContent-Type: text/plain; name=liste.txt\n\
        Content-Disposition: attachment; filename=liste.txt\n\nEins\n--x--\n";
    let text = mail("ann@kunde.example", &format!("[#{one}] Liste"), "a2", more);
    let text = text.replace("\nText a2.\n", parts);
    house.world.mail("hilfe", &text).await;
    let before = (house.ticket(&one).await, house.ticket(&other).await);
    assert_eq!(before.0["message_count"], 2);
    let message = house.ids(&one).await[1].clone();
    let got = house.moves(&one, &[&message], &other).await;
    assert_eq!((&got["number"], &got["message_count"]), (&json!(other), &json!(2)));
    assert_eq!(house.says(&other).await, ["Text c1.", "Siehe Anlage."]);
    let moved = &house.messages(&other).await[1];
    assert_eq!(moved["attachments"][0]["name"], "liste.txt");
    assert_eq!(house.ticket(&one).await["message_count"], 1);
    assert_ne!(got["last_customer_message_at"], before.1["last_customer_message_at"]);
    assert_eq!(got["unread"], true, "its people have not seen it");
    assert_eq!(house.finds("Anlage").await, [other.as_str()]);
    let mail = moved["mail_id"].as_str().unwrap();
    let entry = house.erp.get(&format!("/mails/{mail}")).await.done();
    assert_eq!(entry["ticket"], json!(other), "{entry}");
    assert_eq!(house.kinds(&one).await.last().unwrap(), "messages_moved");
    assert_eq!(house.kinds(&other).await.last().unwrap(), "messages_came");
    assert_eq!(house.separates(&other).await["number"], json!(one));
    assert_eq!(lasting(&house.ticket(&one).await), lasting(&before.0));
    assert_eq!(lasting(&house.ticket(&other).await), lasting(&before.1));
}

async fn messages_get_a_ticket_of_their_own_and_return(world: World) {
    let house = House::of(world).await;
    let one = house.one.clone();
    house.comes("ann@kunde.example", &format!("AW: [#{one}] Und der Tisch?"), "a2", "").await;
    house.comes("ann@kunde.example", &format!("[#{one}] Tisch, Nachtrag"), "a3", "").await;
    let ids = house.ids(&one).await;
    let body = json!({ "messages": [ids[1], ids[2]] });
    let answer = house.erp.post(&format!("/tickets/{one}/split"), body).await;
    assert_eq!(answer.status, 201);
    let new = answer.done();
    let number = new["number"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), format!("/api/v1/tickets/{number}"));
    assert_eq!(new["subject"], "Und der Tisch?");
    assert_eq!(new["requester"]["email"], "ann@kunde.example");
    assert_eq!((&new["status"]["kind"], &new["unread"]), (&json!("unread"), &json!(true)));
    assert_eq!(
        (&new["message_count"], &new["contact"]),
        (&json!(2), &house.ticket(&one).await["contact"])
    );
    assert_eq!(house.says(&one).await, ["Text a1."]);
    assert_eq!(house.says(&number).await, ["Text a2.", "Text a3."]);
    assert_eq!(house.kinds(&number).await, ["created", "messages_came"]);
    assert_eq!(house.separates(&number).await["number"], json!(one));
    assert_eq!(house.says(&one).await, ["Text a1.", "Text a2.", "Text a3."]);
    // The number that was given out leads back as well.
    assert_eq!(house.ticket(&number).await["number"], json!(one));
    assert!(!house.finds("").await.contains(&number));
}

async fn moving_all_messages_is_merging(world: World) {
    let house = House::of(world).await;
    let ids = house.ids(&house.other).await;
    let got = house.moves(&house.other, &[&ids[0]], &house.one).await;
    assert_eq!(got["message_count"], 2);
    assert_eq!(house.ticket(&house.other).await["number"], json!(house.one));
    assert!(house.kinds(&house.one).await.contains(&"merged".to_owned()));
}

async fn what_was_merged_twice_is_separated_in_turn(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let third = house.comes("Dora <dora@kunde.example>", "Lack ab", "d1", "").await;
    house.merge(&third, &other).await;
    let inner = house.regrouping(&other).await;
    house.merge(&other, &one).await;
    assert_eq!(house.says(&one).await, ["Text a1.", "Text c1.", "Text d1."]);
    assert_eq!(house.ticket(&third).await["number"], json!(one));
    let path = format!("/tickets/{one}/separate");
    let too_early = house.erp.post(&path, json!({ "regrouping": inner })).await;
    assert_eq!(too_early.problem(), "409 messages_gone");
    house.separates(&one).await;
    assert_eq!(house.ticket(&third).await["number"], json!(other));
    assert_eq!(house.says(&other).await, ["Text c1.", "Text d1."]);
    house.erp.post(&path, json!({ "regrouping": inner })).await.done();
    assert_eq!(house.says(&third).await, ["Text d1."]);
    assert_eq!(house.says(&other).await, ["Text c1."]);
    assert_eq!(house.says(&one).await, ["Text a1."]);
    let again = house.erp.post(&path, json!({ "regrouping": inner })).await;
    assert_eq!(again.problem(), "409 separated_before");
}

async fn drafts_and_closing_mails_come_along(world: World) {
    let house = House::of(world).await;
    let (one, other) = (house.one.clone(), house.other.clone());
    let _relay = house.world.relay().await;
    let draft = |number: &str, kind: &str| format!("/tickets/{number}/draft/{kind}");
    house.ben.post(&draft(&one, "reply"), "to=ann%40kunde.example&text=Liebe+Ann").await;
    house.ben.post(&draft(&other, "reply"), "to=carl%40kunde.example&text=Lieber+Carl").await;
    house.ben.post(&draft(&other, "note"), "text=Nachsehen").await;
    house.erp.post(&format!("/tickets/{other}/close"), json!({ "notify": "all" })).await.done();
    assert_eq!(house.world.sent().await.len(), 1, "the closing mail");
    let outbox = |number: String| {
        let erp = house.erp.clone();
        async move {
            let list = erp.get("/outbox").await.done();
            let of = |mail: &&serde_json::Value| mail["ticket"] == json!(number);
            list["items"].as_array().unwrap().iter().filter(of).count()
        }
    };
    assert_eq!((outbox(one.clone()).await, outbox(other.clone()).await), (0, 1));
    house.merge(&other, &one).await;
    assert_eq!((outbox(one.clone()).await, outbox(other.clone()).await), (1, 0));
    let page = house.ben.get(&format!("/tickets/{one}")).await.text();
    assert!(page.contains("Liebe Ann\n\nLieber Carl</textarea>"), "{page}");
    assert!(page.contains("Nachsehen</textarea>"), "{page}");
    house.separates(&one).await;
    assert_eq!((outbox(one.clone()).await, outbox(other.clone()).await), (0, 1));
    let page = house.ben.get(&format!("/tickets/{one}")).await.text();
    assert!(page.contains("Liebe Ann</textarea>") && !page.contains("Nachsehen"), "{page}");
    let page = house.ben.get(&format!("/tickets/{other}")).await.text();
    assert!(
        page.contains("Lieber Carl</textarea>") && page.contains("Nachsehen</textarea>"),
        "{page}"
    );
    assert_eq!(house.ticket(&other).await["status"]["kind"], "done");
}

async fn another_area_finds_what_was_moved_there(world: World) {
    let house = House::of(world).await;
    house.world.area("technik").await;
    let tim = house.world.agent_of("Tim", &[("technik", rules::right::Level::Work)]).await;
    let area = json!({ "area": "technik" });
    house.erp.patch(&format!("/tickets/{}", house.other), area).await.done();
    house.comes("ann@kunde.example", &format!("[#{}] Geheimfach", house.one), "a2", "").await;
    assert!(!tim.get("/search?q=Geheimfach").await.words().contains("Text a2"));
    let ids = house.ids(&house.one).await;
    house.moves(&house.one, &[&ids[1]], &house.other).await;
    let found = tim.get("/search?q=Geheimfach").await.words();
    assert!(found.contains("Text a2"), "{found}");
    house.separates(&house.other).await;
    assert!(!tim.get("/search?q=Geheimfach").await.words().contains("Text a2"));
}
