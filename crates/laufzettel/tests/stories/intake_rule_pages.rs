//! Intake rules on their pages: written by form and as text, tried before they are saved, made of
//! tickets and applied to them again.

use serde_json::{Value, json};

use crate::api::{Program, administrator};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_rule_is_written_by_form_and_as_text,
    an_entry_that_is_gone_or_off_stays_chosen_and_is_refused,
    what_would_have_happened_is_shown_and_nothing_is_changed,
    a_rule_is_made_of_a_ticket,
    rules_are_applied_again_to_chosen_tickets,
    senders_of_advertising_are_kept_away_once,
);

async fn house(world: &World) -> (Program, Browser) {
    world.mailbox("hilfe", "support").await;
    (administrator(world).await, world.administrator("Kim").await)
}

fn mail(id: u32, from: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\n\
         Message-ID: <m{id}@kunde.example>\n\n{text}\n"
    )
}

async fn arrives(world: &World, text: &str) -> String {
    world.mail("hilfe", text).await.ticket.unwrap()
}

async fn rules(erp: &Program) -> Vec<Value> {
    erp.get("/intake_rules").await.done()["items"].as_array().unwrap().clone()
}

/// A rule by rows: two conditions, an action.
const ROWS: &str = "name=Mahnungen&active=on&face=rows&all=all&cf=subject&co=is\
    &cv=Mahnung%2C+letzte+Zahlung&cf=is&co=not&cv=bekannt&af=priority&ao=&av=Hoch&aw=&ax=&goes_on=on";

async fn a_rule_is_written_by_form_and_as_text(world: World) {
    let (erp, kim) = house(&world).await;
    assert!(kim.get("/settings/rules").await.words().contains("Noch keine Regel"));
    // A row more, then the other face: nothing is saved meanwhile.
    let more = kim.post("/settings/rules/new/draft", &format!("{ROWS}&do=add-condition")).await;
    assert_eq!(more.text().matches("name=\"cf\"").count(), 3);
    let less =
        kim.post("/settings/rules/new/draft", &format!("{ROWS}&do=remove-condition:1")).await;
    assert_eq!(less.text().matches("name=\"cf\"").count(), 1);
    let text = kim.post("/settings/rules/new/draft", &format!("{ROWS}&do=text")).await;
    let written = "betreff:Mahnung,&quot;letzte Zahlung&quot; -ist:bekannt";
    assert!(text.text().contains(written), "{}", text.text());
    assert!(text.text().contains("priorität:Hoch"));
    assert_eq!(rules(&erp).await.len(), 0);

    assert_eq!(kim.post("/settings/rules/new", ROWS).await.status, 303);
    let [rule] = rules(&erp).await.try_into().unwrap();
    assert_eq!(rule["condition"], "subject:Mahnung,\"letzte Zahlung\" -is:known");
    assert_eq!(rule["actions"], "priority:High");
    let page = kim.get("/settings/rules").await.words();
    assert!(
        page.contains(
            "Wenn der Betreff „Mahnung“ oder „letzte Zahlung“ enthält und die Mail nicht von einem \
             bekannten Absender kommt, dann"
        ),
        "{page}"
    );

    // A row that is filled in by half is no rule without it: this one would be for every mail.
    for (row, sentence) in [
        ("cf=&co=is&cv=mahnung&af=tag&ao=&av=x&aw=&ax=", "Bedingung 1: Wählen Sie ein Feld"),
        ("cf=subject&co=is&cv=+&af=tag&ao=&av=x&aw=&ax=", "Bedingung 1: Hier fehlt ein Wert."),
        ("cf=&co=is&cv=&af=&ao=&av=x&aw=&ax=", "Aktion 1: Wählen Sie eine Aktion"),
        ("cf=&co=is&cv=&af=tag&ao=&av=&aw=&ax=", "Aktion 1: Hier fehlt ein Wert."),
    ] {
        let form = format!("name=Halb&active=on&face=rows&all=all&goes_on=on&{row}");
        for path in ["", "/machine"] {
            let refused = kim.post(&format!("/settings/rules/new{path}"), &form).await;
            assert_eq!(refused.status, 422, "{row}");
            assert!(refused.words().contains(sentence), "{row}: {}", refused.words());
        }
    }
    assert_eq!(rules(&erp).await.len(), 1);

    // As text, with a fault: the sentence stands at the field, what was typed stays.
    let path = format!("/settings/rules/{}", rule["id"].as_str().unwrap());
    let bad = "name=M&face=text&condition=frist%3A2d&actions=schlagwort%3Ax";
    let refused = kim.post(&path, bad).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("„frist“ ist kein Feld einer Mail."), "{}", refused.words());
    assert!(refused.text().contains("frist:2d"));
    // What cannot be read is no form either; it is said why.
    let drafted = kim.post(&format!("{path}/draft"), &format!("{bad}&do=rows")).await;
    assert_eq!(drafted.status, 422);
    assert!(drafted.words().contains("„frist“ ist kein Feld einer Mail."), "{}", drafted.words());
    assert!(!drafted.words().contains("lässt sich nur als Text bearbeiten"));
    // Rows say exactly what the text says, or it stays a text; a name that is not there is no row.
    let turned = async |condition: &str| {
        let form = format!("name=M&face=text&condition={condition}&actions=schlagwort%3Ax&do=rows");
        kim.post(&format!("{path}/draft"), &form).await
    };
    let sized = turned("gr%C3%B6%C3%9Fe%3A%3E%3D5mb").await.text().to_owned();
    assert!(sized.contains("<option value=\"least\" selected>ist mindestens</option>"), "{sized}");
    for condition in ["gr%C3%B6%C3%9Fe%3A5mb", "-gr%C3%B6%C3%9Fe%3A%3E5mb"] {
        let shown = turned(condition).await.words();
        assert!(shown.contains("lässt sich nur als Text bearbeiten"), "{shown}");
    }
    let unknown = turned("postfach%3Anirgends").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.words().contains("„nirgends“ ist hier nicht bekannt."), "{}", unknown.words());
    let nested = "name=M&active=on&face=text&condition=betreff%3Aa+(von%3Ab+oder+von%3Ac)&actions=schlagwort%3Ax";
    assert_eq!(kim.post(&path, nested).await.status, 303);
    let shown = kim.get(&path).await;
    assert!(shown.words().contains("lässt sich nur als Text bearbeiten"));
    let off = kim.post(&format!("{path}/switch"), "").await;
    assert_eq!(off.status, 303);
    assert_eq!(rules(&erp).await[0]["active"], false);
    // One that would undo another is not switched on, and the page says why.
    let same = "betreff:a (von:b oder von:c)";
    let body = json!({ "name": "Dort", "condition": same, "actions": "mail:spam" });
    let other = erp.post("/intake_rules", body).await.done();
    let stored = rules(&erp).await[0]["id"].as_str().unwrap().to_owned();
    erp.patch(&format!("/intake_rules/{stored}"), json!({ "actions": "mail:annehmen" }))
        .await
        .done();
    let undone = kim.post(&format!("{path}/switch"), "active=on").await;
    assert_eq!(undone.status, 422);
    assert!(
        undone.words().contains("Die Regel „Dort“ hat dieselbe Bedingung"),
        "{}",
        undone.words()
    );
    let dort = format!("/settings/rules/{}/delete", other["id"].as_str().unwrap());
    assert_eq!(kim.post(&dort, "").await.status, 303);
    assert_eq!(kim.post(&format!("{path}/delete"), "").await.status, 303);
    assert_eq!(rules(&erp).await.len(), 0);
}

async fn an_entry_that_is_gone_or_off_stays_chosen_and_is_refused(world: World) {
    let (erp, kim) = house(&world).await;
    for (key, name) in [("alt", "Alt"), ("neu", "Neu"), ("weg", "Weg")] {
        erp.post("/queues", json!({ "key": key, "name": name })).await.done();
    }
    let written = async |queue: &str| {
        let body = json!({ "name": queue, "condition": "betreff:a", "actions": format!("warteschlange:{queue}") });
        let made = erp.post("/intake_rules", body).await.done();
        format!("/settings/rules/{}", made["id"].as_str().unwrap())
    };
    let off = written("Alt").await;
    erp.patch("/queues/alt", json!({ "active": false })).await.done();
    let shown = kim.get(&off).await.text().to_owned();
    assert!(shown.contains("<option value=\"Alt\" selected>Alt</option>"), "{shown}");
    let form = "name=Alt&active=on&face=rows&all=all&cf=subject&co=is&cv=a&af=queue&ao=&av=Alt&aw=&ax=&goes_on=on";
    let refused = kim.post(&off, form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Diesen Eintrag gibt es nicht mehr"), "{}", refused.words());
    assert!(refused.text().contains("<option value=\"Alt\" selected>Alt</option>"));
    // Chosen anew, a field begins with what can be chosen in it.
    let other = form.replace("cf=subject", "cf=mailbox").replace("cv=a", "cv=nirgends");
    let drafted = kim.post(&format!("{off}/draft"), &format!("{other}&do=refresh")).await;
    assert!(!drafted.text().contains("nirgends\" selected"), "{}", drafted.text());
}

async fn what_would_have_happened_is_shown_and_nothing_is_changed(world: World) {
    let (erp, kim) = house(&world).await;
    let first = arrives(&world, &mail(1, "ann@kunde.example", "Mahnung", "Bitte zahlen.")).await;
    arrives(&world, &mail(2, "ben@kunde.example", "Frage", "Wo ist die Mahnung?")).await;
    arrives(&world, &mail(3, "eva@kunde.example", "Lob", "Danke.")).await;
    let form = |condition: &str, actions: &str| {
        format!("name=Neu&active=on&face=text&condition={condition}&actions={actions}")
    };
    let tried =
        kim.post("/settings/rules/new/machine", &form("betreff:mahnung", "priorität:Hoch")).await;
    let page = tried.words();
    assert!(page.contains("Mails geprüft 3"), "{page}");
    assert!(page.contains("Eine Mail ginge anders"), "{page}");
    assert!(page.contains("Support, Hoch"), "{page}");
    assert!(page.contains("nichts ginge verloren"));
    // The text of mails is read where a rule asks for it.
    let by_text =
        kim.post("/settings/rules/new/machine", &form("text:mahnung", "mail:ablehnen")).await;
    let page = by_text.words();
    assert!(page.contains("Eine Mail ginge anders"), "{page}");
    assert!(page.contains("ohne Ticket 1"), "{page}");
    let none = kim.post("/settings/rules/new/machine", &form("betreff:nichts", "mail:spam")).await;
    assert!(none.words().contains("wäre in diesem Zeitraum nichts anders gekommen"));
    // A rule that is there counts as it is.
    erp.post(
        "/intake_rules",
        json!({ "name": "Hoch", "condition": "betreff:mahnung", "actions": "priorität:Hoch" }),
    )
    .await
    .done();
    let id = rules(&erp).await[0]["id"].as_str().unwrap().to_owned();
    let same = kim
        .post(&format!("/settings/rules/{id}/machine"), &form("betreff:mahnung", "priorität:Hoch"))
        .await;
    assert!(same.words().contains("nichts anders gekommen"), "{}", same.words());
    let ticket = erp.get(&format!("/tickets/{first}")).await.done();
    assert_eq!(ticket["priority"]["key"], "normal", "nothing was changed");
    assert_eq!(rules(&erp).await.len(), 1);
    // The panel tells rule by rule.
    let mails = erp.get("/mails").await.done();
    let mail = mails["items"].as_array().unwrap().iter().find(|one| one["subject"] == "Mahnung");
    let mail = mail.unwrap()["id"].as_str().unwrap();
    let panel = kim.get(&format!("/settings/rules?mail={mail}")).await.words();
    assert!(panel.contains("1 Hoch trifft zu"), "{panel}");
    // A rule that is being written is tried with the others, and what was typed stays.
    let typed = format!("{}&do=try&mail={mail}", form("betreff:lob", "schlagwort:lob"));
    let tried = kim.post("/settings/rules/new/draft", &typed).await;
    for said in ["1 Hoch trifft zu", "2 Neu trifft nicht zu"] {
        assert!(tried.words().contains(said), "{}", tried.words());
    }
    assert!(tried.text().contains("betreff:lob"));
    let typed = format!("{}&do=try&mail={mail}", form("frist:2d", "schlagwort:lob"));
    let refused = kim.post("/settings/rules/new/draft", &typed).await;
    assert!(refused.words().contains("„frist“ ist kein Feld einer Mail."), "{}", refused.words());
    assert_eq!(rules(&erp).await.len(), 1);
}

/// Proves F-MAIL-44.
async fn a_rule_is_made_of_a_ticket(world: World) {
    let (erp, kim) = house(&world).await;
    erp.post("/queues", json!({ "key": "eilig", "name": "Eilig" })).await.done();
    let number =
        arrives(&world, &mail(1, "Ann Hansen <ann@kunde.example>", "Re: Umbau", "Ja.")).await;
    erp.patch(&format!("/tickets/{number}"), json!({ "queue": "eilig" })).await.done();
    let ticket = kim.get(&format!("/tickets/{number}")).await.text();
    assert!(ticket.contains(&format!("/settings/rules/new?ticket={number}")));
    let page = kim.get(&format!("/settings/rules/new?ticket={number}")).await.text();
    for value in ["hilfe@firma.example", "ann@kunde.example", "Ann Hansen", "Umbau", "Eilig"] {
        assert!(page.contains(&format!("value=\"{value}\"")), "{value}");
    }
    let stranger = world.agent_of("Leo", &[]).await;
    assert_eq!(stranger.get("/settings/rules/new").await.status, 403);
}

/// Proves F-MAIL-43.
async fn rules_are_applied_again_to_chosen_tickets(world: World) {
    let (erp, kim) = house(&world).await;
    let one = arrives(&world, &mail(1, "ann@kunde.example", "Mahnung", "Bitte zahlen.")).await;
    let other = arrives(&world, &mail(2, "ben@kunde.example", "Mahnung", "Bitte zahlen.")).await;
    let body = json!({
        "name": "M", "condition": "betreff:mahnung text:zahlen",
        "actions": "priorität:Hoch schlagwort:mahnung merkmal:dsgvo",
    });
    erp.post("/intake_rules", body).await.done();
    let asked = kim.post("/inbox/selection", &format!("ticket={one}&do=rules")).await;
    assert_eq!(asked.status, 303);
    let ticket = erp.get(&format!("/tickets/{one}")).await.done();
    assert_eq!(ticket["priority"]["key"], "hoch");
    assert_eq!((&ticket["tags"], &ticket["marks"]), (&json!(["mahnung"]), &json!(["gdpr"])));
    let left = erp.get(&format!("/tickets/{other}")).await.done();
    assert_eq!(left["priority"]["key"], "normal");
}

/// Proves F-MAIL-45.
async fn senders_of_advertising_are_kept_away_once(world: World) {
    let (erp, kim) = house(&world).await;
    let one = arrives(&world, &mail(1, "werbung@laut.example", "Gewinn", "Jetzt!")).await;
    let two = arrives(&world, &mail(2, "werbung@laut.example", "Gewinn 2", "Jetzt!")).await;
    let tickets = format!("ticket={one}&ticket={two}");
    // It is asked first.
    let asked =
        kim.press("selection", "/inbox/selection", &format!("{tickets}&do=spam_rule")).await;
    assert_eq!(asked.header("hx-reswap"), "none", "the list stays behind the question");
    assert!(asked.words().contains("werbung@laut.example"), "{}", asked.words());
    assert_eq!(rules(&erp).await.len(), 0);
    kim.post("/inbox/selection/spam-rules", &tickets).await;
    for number in [&one, &two] {
        let ticket = erp.get(&format!("/tickets/{number}")).await.done();
        assert_eq!(ticket["status"]["kind"], "trash");
    }
    let again = format!("ticket={one}");
    kim.post("/inbox/selection/spam-rules", &again).await;
    let all = rules(&erp).await;
    assert_eq!(all.len(), 1, "no rule twice");
    assert_eq!(all[0]["condition"], "from:werbung@laut.example");
    let next = arrives(&world, &mail(3, "werbung@laut.example", "Gewinn 3", "Jetzt!")).await;
    let ticket = erp.get(&format!("/tickets/{next}")).await.done();
    assert_eq!(ticket["status"]["kind"], "trash");
    let agent = world.agent("Leo").await;
    assert_eq!(agent.post("/inbox/selection/spam-rules", &again).await.status, 403);
}
