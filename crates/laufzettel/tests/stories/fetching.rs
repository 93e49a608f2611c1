//! What is fetched from an account: its folders, so many mails at a time, and what is told of what is missing.

use serde_json::{Value, json};
use testkit::imap_server::ImapServer;

use crate::api::{Program, administrator};
use crate::world::World;

testkit::on_both_engines!(
    several_folders_of_an_account_are_read,
    rules_ask_whether_a_mail_was_read_or_answered_on_its_server,
    a_run_takes_so_many_mails_and_the_next_one_the_others,
    a_folder_that_is_missing_is_named,
    what_the_team_sends_with_other_programs_joins_its_ticket,
    an_account_by_pop3_is_set_up_and_what_it_cannot_do_is_refused,
);

fn mail(number: u32) -> Vec<u8> {
    format!(
        "From: ann@k.example\r\nTo: hilfe@firma.example\r\nSubject: Mail {number}\r\n\
         Message-ID: <{number}@k.example>\r\n\r\nText {number}.\r\n"
    )
    .into_bytes()
}

/// A mailbox with an account on this server.
async fn account(world: &World, imap: &ImapServer, options: Value) -> Program {
    let erp = administrator(world).await;
    let source = json!({
        "kind": "imap", "host": "127.0.0.1", "port": imap.port(), "tls": "none", "user": "hilfe",
        "password": "geheim",
    });
    let body = json!({
        "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
        "source": source, "from_date": null, "options": options,
    });
    erp.post("/mailboxes", body).await.done();
    world.app.forget_lists();
    erp
}

fn applied(journal: &[crate::world::fetching::Journal]) -> usize {
    journal.iter().filter(|mail| mail.state == "applied" && mail.server == "done").count()
}

/// Proves F-MAIL-13.
async fn several_folders_of_an_account_are_read(world: World) {
    let imap = ImapServer::start().with_folder("Bestellungen").with_folder("Privat");
    imap.put("INBOX", &mail(1));
    imap.put("Bestellungen", &mail(2));
    imap.put("Privat", &mail(3));
    let erp = account(&world, &imap, json!({ "further_folders": ["Bestellungen"] })).await;
    let fetching = world.fetching();
    let journal = world.journal_when(|journal| applied(journal) == 2).await;
    let mut folders: Vec<&str> = journal.iter().map(|mail| mail.folder.as_str()).collect();
    folders.sort_unstable();
    assert_eq!(folders, ["Bestellungen", "INBOX"]);
    assert_eq!(imap.contents("Bestellungen")[0].flags, "\\Seen");
    assert_eq!(imap.contents("Privat")[0].flags, "", "nobody asked for it");
    // Each has its own cursor: nothing comes twice.
    imap.put("Bestellungen", &mail(4));
    let mia = world.administrator("Mia").await;
    world.fetches_until(&mia, |journal| applied(journal) == 3).await;
    let journal = world.journal().await;
    assert_eq!(journal.len(), 3, "{journal:?}");
    drop(fetching);
    let twice = json!({ "options": { "further_folders": ["inbox"] } });
    let refused = erp.patch("/mailboxes/hilfe", twice).await;
    assert_eq!(refused.fields(), "options.further_folders invalid_folder");
    let moved = json!({ "after_import": "move", "move_to": "Bestellungen" });
    assert_eq!(erp.patch("/mailboxes/hilfe", moved).await.fields(), "move_to same_folder");
    let source = json!({
        "kind": "imap", "host": "127.0.0.1", "port": imap.port(), "tls": "none", "user": "HILFE",
        "password": "geheim", "folder": "Bestellungen",
    });
    let other = json!({
        "name": "zwei", "addresses": ["zwei@firma.example"], "area": "support", "source": source,
    });
    assert_eq!(erp.post("/mailboxes", other).await.fields(), "source.folder account_taken");
}

/// Proves F-MAIL-46.
async fn rules_ask_whether_a_mail_was_read_or_answered_on_its_server(world: World) {
    let imap = ImapServer::start();
    imap.put_marked("INBOX", &mail(1), "");
    imap.put_marked("INBOX", &mail(2), "\\Seen");
    imap.put_marked("INBOX", &mail(3), "\\Seen \\Answered");
    let erp = account(&world, &imap, json!({})).await;
    for (condition, tag) in [("ist:gelesen", "r"), ("-ist:gelesen", "u"), ("ist:beantwortet", "a")]
    {
        let actions = format!("schlagwort:{tag}");
        let rule = json!({ "name": tag, "condition": condition, "actions": actions });
        erp.post("/intake_rules", rule).await.done();
    }
    let _fetching = world.fetching();
    world.journal_when(|journal| applied(journal) == 3).await;
    for (subject, tags) in [("1", json!(["u"])), ("2", json!(["r"])), ("3", json!(["r", "a"]))] {
        let found = erp.get(&format!("/tickets?query=betreff:%22Mail%20{subject}%22")).await.done();
        assert_eq!(found["items"][0]["tags"], tags, "{found}");
    }
}

/// Proves F-MAIL-13.
async fn a_run_takes_so_many_mails_and_the_next_one_the_others(world: World) {
    let imap = ImapServer::start();
    (1..=5).for_each(|number| imap.put("INBOX", &mail(number)));
    account(&world, &imap, json!({ "mails_per_run": 2 })).await;
    let mia = world.administrator("Mia").await;
    let _fetching = world.fetching();
    let journal = world.journal_when(|journal| applied(journal) >= 2).await;
    let waiting = journal.iter().filter(|mail| mail.state == "seen").count();
    assert_eq!((applied(&journal), waiting), (2, 3), "the others lie on the server: {journal:?}");
    world.fetches_until(&mia, |journal| applied(journal) == 5).await;
}

async fn a_folder_that_is_missing_is_named(world: World) {
    let imap = ImapServer::start();
    account(&world, &imap, json!({ "further_folders": ["Weg"] })).await;
    let _fetching = world.fetching();
    world.problem_when("hilfe", "folder_missing").await;
    let mia = world.administrator("Mia").await;
    let page = mia.get("/mailboxes").await.words();
    assert!(page.contains("„Weg“ gibt es auf dem Server nicht."), "{page}");
}

async fn an_account_by_pop3_is_set_up_and_what_it_cannot_do_is_refused(world: World) {
    let erp = administrator(&world).await;
    let source = json!({
        "kind": "pop3", "host": "pop.firma.example", "user": "hilfe", "password": "geheim",
    });
    let body = |more: Value| {
        let mut body = json!({
            "name": "hilfe", "addresses": ["hilfe@firma.example"], "area": "support",
            "source": source, "after_import": "keep",
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        (json!({ "after_import": "mark_read" }), "after_import not_by_pop3"),
        (json!({ "after_import": "move", "move_to": "Fertig" }), "after_import not_by_pop3"),
        (json!({ "sent_folder": "Sent" }), "sent_folder needs_account"),
        (
            json!({ "options": { "further_folders": ["X"] } }),
            "options.further_folders needs_account",
        ),
    ];
    for (more, expected) in cases {
        assert_eq!(erp.post("/mailboxes", body(more)).await.fields(), expected);
    }
    let made = erp.post("/mailboxes", body(json!({}))).await.done();
    let shown = json!({
        "kind": "pop3", "host": "pop.firma.example", "port": 995, "tls": "implicit", "user": "hilfe",
    });
    assert_eq!((&made["source"], &made["from_date"]), (&shown, &json!("2026-11-21")));
    let mia = world.administrator("Mia").await;
    let page = mia.get("/mailboxes/hilfe/edit/receive").await.text();
    assert!(page.contains("<option value=\"pop3\" selected>"), "{page}");
    let elsewhere =
        json!({ "source": { "kind": "pop3", "host": "evil.example", "user": "hilfe" } });
    let moved = erp.patch("/mailboxes/hilfe", elsewhere).await;
    assert_eq!(moved.fields(), "source.password missing", "the password stays with its server");
    let english = mia.post("/mailboxes/hilfe/edit/receive", "source=pop3&host=pop.firma.example&user=hilfe&after_import=move&move_to=X&unknown_sender=ticket&stranger_with_number=linked_ticket&similarity_percent=80").await;
    assert!(
        english.words().contains("POP3 kennt weder gelesene Mails noch Ordner."),
        "{}",
        english.words()
    );
}

/// A mail in the Sent folder that answers a ticket, as Outlook or Thunderbird puts it there.
fn sent(from: &str, subject: &str, id: &str, head: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: Ann <ann@k.example>, Bo <bo@k.example>\r\nSubject: {subject}\r\n\
         Message-ID: <{id}@firma.example>\r\n{head}\r\nKommt morgen ({id}).\r\n"
    )
    .into_bytes()
}

async fn what_the_team_sends_with_other_programs_joins_its_ticket(world: World) {
    let imap = ImapServer::start().with_folder("Gesendet");
    imap.put(
        "Gesendet",
        &sent("hilfe@firma.example", "Alt", "alt", "In-Reply-To: <1@k.example>\r\n"),
    );
    let erp = account(&world, &imap, json!({})).await;
    let change = json!({ "sent_folder": "Gesendet", "options": { "reads_sent": true } });
    erp.patch("/mailboxes/hilfe", change).await.done();
    world.app.forget_lists();
    let ben = world.agent("Ben").await;
    imap.put("INBOX", &mail(1));
    let _fetching = world.fetching();
    world.journal_when(|journal| applied(journal) == 1).await;
    let number = "TS2611-0001";
    for mail in [
        sent("hilfe@firma.example", "Re: Mail 1", "antwort", "In-Reply-To: <1@k.example>\r\n"),
        sent("Ben <ben@team.example>", &format!("Re: [#{number}] Mail 1"), "ben", ""),
        sent("hilfe@firma.example", "Einladung zum Grillen", "privat", ""),
        sent("hilfe@firma.example", "Re: Angebot", "fremd", "In-Reply-To: <fremd@x.example>\r\n"),
        sent("jemand@anders.example", &format!("Re: [#{number}]"), "anders", ""),
    ] {
        imap.put("Gesendet", &mail);
    }
    let is_taken = |journal: &[crate::world::fetching::Journal]| {
        journal.iter().filter(|mail| mail.folder == "Gesendet" && mail.state == "applied").count()
    };
    world.fetches_until(&ben, |journal| is_taken(journal) == 2).await;
    assert_eq!(world.journal().await.len(), 3, "nothing is written down of the others");
    assert!(
        imap.contents("Gesendet").iter().all(|mail| mail.flags.is_empty()),
        "nothing is marked"
    );
    let page = erp.get(&format!("/tickets/{number}/messages")).await.done();
    let messages = page["items"].as_array().unwrap();
    let out: Vec<&Value> = messages.iter().filter(|one| one["direction"] == "out").collect();
    assert_eq!((messages.len(), out.len()), (3, 2), "{page}");
    assert!(out.iter().all(|one| one["visibility"] == "external" && one["channel"] == "mail"));
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(
        (&ticket["status"]["kind"], &ticket["unread"]),
        (&json!("in_progress"), &json!(false))
    );
    assert!(ticket["last_agent_message_at"].is_string(), "{ticket}");
    let shown = ben.get(&format!("/tickets/{number}")).await.words();
    assert!(
        shown.contains("Kommt morgen (ben).") && shown.contains("Kommt morgen (antwort)."),
        "{shown}"
    );
    assert_eq!(world.sent().await.len(), 0, "nobody is told of it");
    // What the customer answers to it comes back to the ticket; so does Bo, who got it.
    let answer = "From: bo@k.example\nTo: hilfe@firma.example\nSubject: Re: Mail 1\n\
        Message-ID: <bo@k.example>\nIn-Reply-To: <antwort@firma.example>\n\nDanke.\n";
    let outcome = world.mail("hilfe", answer).await;
    assert_eq!((outcome.outcome.as_str(), outcome.ticket.as_deref()), ("follow_up", Some(number)));
    let without = json!({ "sent_folder": null });
    assert_eq!(erp.patch("/mailboxes/hilfe", without).await.fields(), "sent_folder missing");
}
