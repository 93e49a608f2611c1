//! What is fetched from an account: its folders, so many mails at a time, and what is told of what is missing.

use serde_json::{Value, json};
use testkit::imap_server::ImapServer;

use crate::api::{Program, administrator};
use crate::world::World;

testkit::on_both_engines!(
    several_folders_of_an_account_are_read,
    a_run_takes_so_many_mails_and_the_next_one_the_others,
    a_folder_that_is_missing_is_named,
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
    mia.post("/mailboxes/hilfe/fetch", "").await;
    let journal = world.journal_when(|journal| applied(journal) == 3).await;
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

/// Proves F-MAIL-13.
async fn a_run_takes_so_many_mails_and_the_next_one_the_others(world: World) {
    let imap = ImapServer::start();
    (1..=5).for_each(|number| imap.put("INBOX", &mail(number)));
    account(&world, &imap, json!({ "mails_per_run": 2 })).await;
    let mia = world.administrator("Mia").await;
    let _fetching = world.fetching();
    for expected in [2, 4, 5] {
        let journal = world.journal_when(|journal| applied(journal) >= expected).await;
        assert_eq!(applied(&journal), expected);
        let waiting = journal.iter().filter(|mail| mail.state == "seen").count();
        assert_eq!(waiting, 5 - expected, "the others lie on the server: {journal:?}");
        mia.post("/mailboxes/hilfe/fetch", "").await;
    }
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
