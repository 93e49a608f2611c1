//! Text blocks: made on a page and by the API, chosen while writing in a ticket.

use laufzettel::record::actor::Scope;
use rules::right::Level;
use serde_json::{Value, json};

use crate::api::{administrator, program};
use crate::world::World;

testkit::on_both_engines!(
    a_block_is_made_renamed_moved_and_switched_off_on_the_page,
    own_blocks_are_seen_by_nobody_else_and_shared_ones_are_made_by_few,
    a_chosen_block_is_filled_in_for_its_ticket,
    the_choices_are_those_of_the_area_and_need_the_right_on_the_ticket,
    a_block_is_made_changed_and_deleted_by_the_api,
);

/// Presses in the lists as htmx does, and gives what the reader then sees.
async fn press(by: &crate::world::browser::Browser, path: &str, form: &str) -> String {
    let answer = by.press("text-blocks", path, form).await;
    assert_eq!(answer.status, 200, "{path} {form}");
    answer.words()
}

async fn a_block_is_made_renamed_moved_and_switched_off_on_the_page(world: World) {
    let anna = world.administrator("Anna").await;
    assert!(anna.get("/text-blocks").await.words().contains("Noch kein eigener Textbaustein."));
    let made = press(&anna, "/text-blocks", "whose=own&name=Danke").await;
    assert!(made.contains("„Danke“ ist angelegt."), "{made}");
    press(&anna, "/text-blocks", "whose=own&name=Danke").await;
    press(
        &anna,
        "/text-blocks/danke",
        "text=Vielen+Dank%0D%0Aim+Voraus&html=&area=support&language=de",
    )
    .await;
    let renamed = press(&anna, "/text-blocks/danke", "name=Vorab+danke").await;
    assert!(renamed.contains("heißt jetzt „Vorab danke“"), "{renamed}");
    let order = async || {
        let page = anna.get("/text-blocks").await.text();
        let at = |key: &str| page.find(&format!("id=\"block-{key}\"")).unwrap();
        at("danke") < at("danke_2")
    };
    assert!(order().await);
    let moved = anna.press("text-blocks", "/text-blocks/danke/move", "direction=down").await;
    assert!(moved.text().contains("name=\"direction\" value=\"up\""), "the way back");
    assert!(!order().await);
    anna.press("text-blocks", "/text-blocks/danke/move", "direction=down").await;
    assert!(!order().await, "at the end it stays");
    let undone = anna.press("", "/text-blocks/danke/move", "direction=up").await;
    assert_eq!(undone.header("hx-redirect"), "/text-blocks");
    assert!(order().await);
    let off = press(&anna, "/text-blocks/danke", "switched=yes").await;
    assert!(off.contains("„Vorab danke“ wird nicht mehr angeboten."), "{off}");
    let page = anna.get("/text-blocks").await;
    assert!(page.words().contains("Support, Deutsch"));
    let page = page.text();
    assert!(page.contains("Vielen Dank\nim Voraus"), "{page}");
    assert_eq!(page.matches("data-off").count(), 1);
    // Without a script the browser is led back.
    let plain = anna.post("/text-blocks", "whose=shared&name=Gru%C3%9F").await;
    assert_eq!(plain.header("location"), "/text-blocks?open=gruss#block-gruss");
    let opened = anna.get("/text-blocks?open=gruss").await.text();
    assert!(opened.contains("<details class=\"tbody\" open>"), "{opened}");
    let gone = press(&anna, "/text-blocks/gruss/delete", "").await;
    assert!(!gone.contains("Gruß"), "{gone}");
}

async fn own_blocks_are_seen_by_nobody_else_and_shared_ones_are_made_by_few(world: World) {
    let anna = world.administrator("Anna").await;
    let ben = world.agent("Ben").await;
    press(&anna, "/text-blocks", "whose=own&name=Annas").await;
    press(&anna, "/text-blocks", "whose=shared&name=Alle").await;
    press(&ben, "/text-blocks", "whose=own&name=Bens").await;
    let seen = ben.get("/text-blocks").await.words();
    assert!(seen.contains("Alle") && !seen.contains("Annas"), "{seen}");
    assert!(!seen.contains("Neuer Textbaustein für alle"), "{seen}");
    let table = [
        ("/text-blocks", "whose=shared&name=x", 403),
        ("/text-blocks/alle", "name=x", 403),
        ("/text-blocks/alle/move", "direction=up", 403),
        ("/text-blocks/alle/delete", "", 403),
        ("/text-blocks/annas", "name=x", 404),
        ("/text-blocks/annas/delete", "", 404),
        ("/text-blocks/nichts", "name=x", 404),
        ("/text-blocks/bens", "name=Bens+Gru%C3%9F", 200),
    ];
    for (path, form, expected) in table {
        assert_eq!(ben.press("text-blocks", path, form).await.status.as_u16(), expected, "{path}");
    }
    let rita = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let refused = rita.press("text-blocks", "/text-blocks", "whose=own&name=x").await;
    assert_eq!(refused.status, 403, "who only reads writes nothing");
    assert!(rita.get("/text-blocks").await.words().contains("Alle"));
}

/// A ticket of Ann Hansen.
async fn ticket(world: &World) -> String {
    world.mailbox("hilfe", "support").await;
    let mail = "From: Ann Hansen <ann@kunde.example>\nSubject: Drucker & Toner\n\nEr raucht.\n";
    world.mail("hilfe", mail).await.ticket.unwrap()
}

/// A shared block.
fn block(name: &str, html: &str) -> Value {
    json!({ "name": name, "body_html": html })
}

async fn a_chosen_block_is_filled_in_for_its_ticket(world: World) {
    let erp = administrator(&world).await;
    let html = "<p>{kontakt:anrede},</p><p>zu {ticket:nummer} „{ticket:betreff}“ {unbekannt}</p>\
        <p>{agent:name}, {telefon}</p>";
    erp.post("/text_blocks", block("Eingang", html)).await.done();
    let ben = world.agent("Ben").await;
    let phone = json!({ "phone": "0228 4711" });
    erp.patch(&format!("/agents/{}", ben.agent), phone).await.done();
    let number = ticket(&world).await;
    let path = format!("/text-blocks/choices?ticket={number}&kind=reply&q=ein");
    let offered = ben.get(&path).await.text();
    let filled = format!(
        "&lt;p&gt;Guten Tag Ann Hansen,&lt;/p&gt;&lt;p&gt;zu {number} „Drucker &amp;amp; Toner“ \
         {{unbekannt}}&lt;/p&gt;&lt;p&gt;Ben, 0228 4711&lt;/p&gt;"
    );
    assert!(offered.contains(&format!("data-html=\"{filled}\"")), "{offered}");
    assert!(offered.contains("data-text=\"Guten Tag Ann Hansen,"), "{offered}");
    assert!(offered.contains("„Drucker &amp; Toner“"), "{offered}");
    assert!(offered.starts_with("<div role=\"option\" id=\"text-block-"), "{offered}");
    assert!(offered.contains("<b>Eingang</b> <span class=\"muted\">Guten Tag"), "{offered}");
    let english = json!({ "language": "en" });
    erp.patch("/text_blocks/eingang", english).await.done();
    assert!(ben.get(&path).await.text().contains("Hello Ann Hansen"));
}

async fn the_choices_are_those_of_the_area_and_need_the_right_on_the_ticket(world: World) {
    let erp = administrator(&world).await;
    let number = ticket(&world).await;
    let path = |typed: &str| format!("/text-blocks/choices?ticket={number}&kind=note&q={typed}");
    let ben = world.agent("Ben").await;
    let none = ben.get(&path("")).await.words();
    assert_eq!(none, "Noch kein Textbaustein. Legen Sie unter Textbausteine einen an.");
    world.area("technik").await;
    for (name, area, html) in [
        ("Alle Bereiche", None, "<p>Schöne Grüße</p>"),
        ("Technik", Some("technik"), "<p>Grüße</p>"),
        ("Support", Some("support"), "<p>Grüße</p>"),
        ("Leer", None, "<p>Nichts</p>"),
        ("Aus", None, "<p>Grüße</p>"),
    ] {
        let mut body = block(name, html);
        body["area"] = json!(area);
        body["active"] = json!(name != "Aus");
        erp.post("/text_blocks", body).await.done();
    }
    let offered = ben.get(&path("grusse")).await.text();
    let names: Vec<&str> =
        offered.split("<b>").skip(1).map(|part| part.split("</b>").next().unwrap()).collect();
    assert_eq!(names, ["Support", "Alle Bereiche"], "{offered}");
    assert_eq!(ben.get(&path("")).await.text().matches("role=\"option\"").count(), 3);
    assert_eq!(ben.get(&path("xyz")).await.text(), "", "who types a path is not disturbed");
    for turn in 0..25 {
        erp.post("/text_blocks", block(&format!("Viele {turn}"), "<p>viel</p>")).await.done();
    }
    assert_eq!(ben.get(&path("viel")).await.text().matches("role=\"option\"").count(), 20);
    let rita = world.agent_of("Rita", &[("support", Level::Read)]).await;
    assert_eq!(rita.get(&path("")).await.status, 403);
    let otto = world.agent_of("Otto", &[("technik", Level::Work)]).await;
    assert_eq!(otto.get(&path("")).await.status, 404);
    assert_eq!(otto.get("/text-blocks/choices?q=x").await.status, 404);
}

async fn a_block_is_made_changed_and_deleted_by_the_api(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "name": "Guten Tag", "area": "Support", "language": "de",
        "body_html": "<p>{anrede}</p><script>x()</script>",
    });
    let made = erp.post("/text_blocks", body).await;
    assert_eq!(made.header("location"), "/api/v1/text_blocks/guten_tag");
    let expected = json!({
        "key": "guten_tag", "name": "Guten Tag", "owner": null,
        "area": { "key": "support", "name": "Support" }, "language": "de",
        "body_html": "<p>{anrede}</p>", "body_text": "{anrede}", "position": 1, "active": true,
        "version": 1,
    });
    assert_eq!(made.done(), expected);
    let read = erp.get("/text_blocks/guten_tag").await;
    assert_eq!((read.header("etag"), read.done()), ("\"v1\"", expected.clone()));
    let change = json!({ "name": "Hallo", "area": null, "active": false });
    let changed = erp.patch_if("\"v1\"", "/text_blocks/guten_tag", change).await.done();
    assert_eq!(
        json!([changed["name"], changed["area"], changed["active"]]),
        json!(["Hallo", null, false])
    );
    assert_eq!(changed["body_html"], "<p>{anrede}</p>");
    let stale = erp.patch_if("\"v1\"", "/text_blocks/guten_tag", json!({ "name": "x" })).await;
    assert_eq!(stale.problem(), "412 stale");
    let mia = world.agent("Mia").await;
    let mia = program(&world, mia.agent, &Scope::ALL).await;
    assert_eq!(mia.post("/text_blocks", block("x", "<p>x</p>")).await.problem(), "403 not_allowed");
    let mut own = block("Meiner", "<p>x</p>");
    own["own"] = json!(true);
    assert_eq!(mia.post("/text_blocks", own).await.done()["owner"]["name"], "Mia");
    assert_eq!(erp.get("/text_blocks/meiner").await.problem(), "404 not_found");
    let refused = mia.patch("/text_blocks/guten_tag", json!({ "name": "x" })).await;
    assert_eq!(refused.problem(), "403 not_allowed");
    let odd = json!({
        "key": "A B", "name": " ", "area": "nirgends", "language": "fr", "body_html": "<p></p>",
        "position": -1,
    });
    let fields = erp.post("/text_blocks", odd).await.fields();
    let expected =
        "position out_of_range, name empty, area unknown, language unknown, body_html empty";
    assert_eq!(fields, expected);
    let mut twice = block("Zwei", "<p>x</p>");
    twice["key"] = json!("guten_tag");
    assert_eq!(erp.post("/text_blocks", twice).await.fields(), "key taken");
    assert_eq!(erp.delete("/text_blocks/guten_tag").await.problem(), "428 if_match_required");
    assert_eq!(erp.delete_if("\"v2\"", "/text_blocks/guten_tag").await.status, 204);
    assert_eq!(erp.get("/text_blocks/guten_tag").await.problem(), "404 not_found");
}
