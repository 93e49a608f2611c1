//! Mailboxes that are opened without their own sign-in: by Laufzettel itself as an application (RFC 6749 section 4.4),
//! and shared ones by the sign-in of another account.

use laufzettel::record::actor::Scope;
use mail::account::NoToken;
use rules::right::Flag;
use serde_json::{Value, json};
use testkit::imap_server::{Answer, ImapServer, Step};
use testkit::oauth_server::{Mood, OAuthServer};

use crate::api::{self, Program};
use crate::oauth::{ACCOUNT, REFUSED, registration, sign_in, token};
use crate::world::World;
use crate::world::browser::Browser;
use crate::world::fetching::Journal;

testkit::on_both_engines!(
    an_application_opens_mailboxes_without_anybody_signing_in,
    the_token_of_an_application_is_renewed_before_it_ends_and_once_for_all,
    an_application_that_is_not_let_in_says_what_to_do,
    a_registration_as_application_says_what_is_missing,
    a_shared_mailbox_is_opened_by_the_sign_in_of_another_account,
    the_account_that_signs_in_is_a_field_of_the_mailbox,
    tokens_open_only_mailboxes_that_an_administrator_has_chosen,
);

const PAGE: &str = "/settings/oauth/microsoft";

async fn register(world: &World, admin: &Browser, server: &OAuthServer, version: &str) {
    let form = registration(server, &format!("version={version}&sign_in=application"));
    let saved = admin.post(PAGE, &form).await;
    assert_eq!(saved.header("location"), "/settings/oauth/microsoft?saved=works");
    world.app.forget_lists();
}

/// A mailbox on a server; `more` is put into its source.
fn mailbox(name: &str, port: u16, more: &Value) -> Value {
    let mut source = json!({ "kind": "imap", "host": "127.0.0.1", "port": port, "tls": "none",
        "user": ACCOUNT, "oauth": "microsoft" });
    source.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "name": name, "addresses": [format!("{name}@firma.example")], "area": "support",
        "source": source, "from_date": null })
}

async fn erp(world: &World, admin: &Browser) -> Program {
    api::program(world, admin.agent, &Scope::ALL).await
}

fn server_with_a_mail() -> ImapServer {
    let imap = ImapServer::start().offering("AUTH=XOAUTH2");
    imap.put("INBOX", b"From: a@k.example\r\nSubject: Hallo\r\n\r\nText\r\n");
    imap
}

fn is_applied(journal: &[Journal]) -> bool {
    journal.len() == 1
        && journal.iter().all(|mail| (mail.state.as_str(), mail.attempts) == ("applied", 0))
}

async fn an_application_opens_mailboxes_without_anybody_signing_in(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let words = admin.get(PAGE).await.words();
    assert!(words.contains("Wer meldet sich an") && words.contains("IMAP.AccessAsApp"), "{words}");
    register(&world, &admin, &server, "").await;
    assert_eq!(server.asked(), ["client_credentials"], "it shows at once whether it works");
    let saved = admin.get("/settings/oauth/microsoft?saved=works").await.words();
    assert!(saved.contains("Microsoft 365 gibt Laufzettel Zugang"), "{saved}");
    assert!(!saved.contains("Noch hat sich niemand"), "nobody has to: {saved}");

    let imap = server_with_a_mail();
    erp(&world, &admin)
        .await
        .post("/mailboxes", mailbox("hilfe", imap.port(), &json!({})))
        .await
        .done();
    world.app.forget_lists();
    let _fetching = world.fetching();
    world.journal_when(is_applied).await;
    let logins = imap.logins();
    assert!(logins[0].starts_with("user=hilfe@firma.example auth=Bearer access-"), "{logins:?}");
    assert_eq!(server.asked(), ["client_credentials"], "one token is for all mailboxes");
    assert!(!admin.get("/inbox").await.words().contains("neu anmelden"));

    // Whoever comes from a mailbox to sign in is told that nobody has to, and goes back.
    let here = format!("{PAGE}?account={ACCOUNT}&back=%2Fmailboxes");
    let words = admin.get(&here).await.words();
    assert!(words.contains("Niemand muss sich anmelden."), "{words}");
    let back = admin.post(PAGE, &format!("do=sign_in&account={ACCOUNT}&back=%2Fmailboxes")).await;
    assert_eq!(back.header("location"), "/mailboxes");

    let history = admin.get("/settings/history").await.words();
    assert!(history.contains("Laufzettel selbst, als Anwendung"), "{history}");
}

async fn the_token_of_an_application_is_renewed_before_it_ends_and_once_for_all(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    register(&world, &admin, &server, "").await;
    let first = token(&world, None).await.unwrap();
    assert_eq!(token(&world, None).await.unwrap(), first);
    world.minutes_pass(59);
    let second = token(&world, None).await.unwrap();
    assert_ne!(second, first);
    assert_eq!(server.asked().len(), 2);
    let (a, b, c) = tokio::join!(
        token(&world, Some(&second)),
        token(&world, Some(&second)),
        token(&world, Some(&second))
    );
    let third = a.unwrap();
    assert!(third != second && b.unwrap() == third && c.unwrap() == third);
    assert_eq!(server.asked().len(), 3);
    // Another registration has its own token, and so has a person.
    register(&world, &admin, &server, "1").await;
    assert_ne!(token(&world, None).await.unwrap(), third);
    let person = registration(&server, "version=2&sign_in=person");
    assert_eq!(admin.post(PAGE, &person).await.status, 303);
    world.app.forget_lists();
    let ended = token(&world, None).await;
    assert!(matches!(ended, Err(NoToken::SignInAgain { .. })), "{ended:?}");
}

async fn an_application_that_is_not_let_in_says_what_to_do(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    server.set_mood(Mood::Refuses("invalid_client"));
    let form = registration(&server, "version=&sign_in=application");
    let refused = admin.post(PAGE, &form).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(words.contains("nimmt die Registrierung nicht an"), "{words}");
    assert!(words.contains("no tokens for you"), "the provider's own words: {words}");
    world.app.forget_lists();

    // The registration is kept; a mailbox waits for it without burning anything.
    let imap = server_with_a_mail();
    erp(&world, &admin)
        .await
        .post("/mailboxes", mailbox("hilfe", imap.port(), &json!({})))
        .await
        .done();
    world.app.forget_lists();
    let _fetching = world.fetching();
    world.problem_when("hilfe", "client_refused").await;
    let page = admin.get("/mailboxes").await;
    assert!(page.words().contains("Registrierung wird nicht angenommen"), "{}", page.words());
    assert!(imap.logins().is_empty(), "the mail server was not asked");
    let tried = admin.post("/mailboxes/hilfe/test", "tab=receive").await.words();
    assert!(tried.contains("Er nimmt die Registrierung nicht an."), "{tried}");

    // The provider gives a token, and the mailbox is not open to the application.
    server.set_mood(Mood::Kind);
    imap.on(Step::Login, Answer::Say(REFUSED.to_owned()));
    admin.post("/mailboxes/hilfe/fetch", "").await;
    world.problem_when("hilfe", "login_refused").await;
    let words = admin.get("/mailboxes").await.words();
    assert!(words.contains("Kein Zugang zu diesem Postfach"), "{words}");
    let tried = admin.post("/mailboxes/hilfe/test", "tab=receive").await.words();
    assert!(tried.contains("einer Anwendung die Freigabe"), "{tried}");
    imap.clear_rules();
    world.fetches_until(&admin, is_applied).await;
}

async fn a_registration_as_application_says_what_is_missing(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let own = "client_id=a&client_secret=b&do=save&sign_in=application&version=";
    let page = admin.post(PAGE, own).await;
    assert_eq!(page.status, 422);
    assert!(page.words().contains("Bitte die Verzeichnis-ID eintragen."), "{}", page.words());
    let google = admin.post("/settings/oauth/google", own).await;
    assert_eq!(google.status, 422);
    assert!(google.words().contains("Bei Google meldet sich immer eine Person an."));
    assert!(server.asked().is_empty());
    assert!(world.app.directory_anew().await.unwrap().oauth_clients.is_empty());
}

async fn a_shared_mailbox_is_opened_by_the_sign_in_of_another_account(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let erp = erp(&world, &admin).await;
    let imap = server_with_a_mail();
    let shared = |account: Value| {
        let more = json!({ "user": "rechnung@firma.example", "oauth_account": account });
        mailbox("rechnung", imap.port(), &more)
    };
    let refused = erp.post("/mailboxes", shared(Value::Null)).await;
    assert_eq!(refused.fields(), "source.oauth not_signed_in");
    let refused = erp.post("/mailboxes", shared(json!("anna@firma.example"))).await;
    assert_eq!(refused.fields(), "source.oauth not_signed_in");
    let made = erp.post("/mailboxes", shared(json!("Hilfe@Firma.example"))).await.done();
    assert_eq!(made["source"]["oauth_account"], "Hilfe@Firma.example");
    world.app.forget_lists();
    let _fetching = world.fetching();
    world.journal_when(is_applied).await;
    let logins = imap.logins();
    assert!(logins[0].starts_with("user=rechnung@firma.example auth=Bearer access-"), "{logins:?}");

    // The end of that sign-in concerns the shared mailbox, and leads to the account that signs in.
    let last = token(&world, None).await.unwrap();
    server.revoke(ACCOUNT);
    assert!(token(&world, Some(&last)).await.is_err());
    world.app.forget_lists();
    let inbox = admin.get("/inbox").await;
    assert!(inbox.words().contains(&format!("{ACCOUNT}: bitte neu anmelden")), "{}", inbox.words());
}

async fn the_account_that_signs_in_is_a_field_of_the_mailbox(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    world.mailbox("hilfe", "support").await;
    let path = "/mailboxes/hilfe/edit/receive";
    let page = admin.get(path).await.words();
    assert!(page.contains("Konto, das sich anmeldet"), "{page}");
    assert!(page.contains("Gelesen wird das Postfach des Benutzernamens."), "{page}");
    let form = |more: &str| {
        format!(
            "source=imap&host=127.0.0.1&port=1&tls=none&user=rechnung%40firma.example&folder=INBOX\
             &after_import=keep&unknown_sender=ticket&stranger_with_number=linked_ticket\
             &similarity_percent=80&mail_mebibytes_max=64&{more}"
        )
    };
    for (more, sentence) in [
        ("oauth=microsoft&oauth_account=anna", "Das ist keine Mailadresse."),
        ("password=x&oauth_account=anna%40firma.example", "gehört es in den Benutzernamen"),
        ("oauth=microsoft&oauth_account=anna%40firma.example", "niemand als anna@firma.example"),
    ] {
        let refused = admin.post(path, &form(more)).await;
        assert_eq!(refused.status, 422, "{more}");
        assert!(refused.words().contains(sentence), "{more}: {}", refused.words());
        assert!(refused.text().contains("value=\"anna"), "what was typed stays: {more}");
    }
    let saved =
        admin.post(path, &form("oauth=microsoft&oauth_account=hilfe%40firma.example")).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    let page = admin.get(path).await.text();
    let field = page.split("name=\"oauth_account\"").nth(1).and_then(|rest| rest.split('>').next());
    assert!(field.unwrap().contains("value=\"hilfe@firma.example\""), "{field:?}");
    let history = admin.get("/settings/history").await.words();
    assert!(history.contains("Konto, das sich anmeldet"), "{history}");
}

async fn tokens_open_only_mailboxes_that_an_administrator_has_chosen(world: World) {
    let admin = world.administrator("Mareike").await;
    let keeper = world.agent("Karl").await;
    let house = erp(&world, &admin).await;
    let flags = json!({ "flags": [Flag::Settings.code()] });
    house.patch(&format!("/agents/{}", keeper.agent), flags).await.done();
    let server = OAuthServer::start();
    register(&world, &admin, &server, "").await;
    let own = api::program(&world, keeper.agent, &Scope::ALL).await;
    let chef = mailbox("chef", 1, &json!({ "user": "chef@firma.example" }));
    assert_eq!(own.post("/mailboxes", chef.clone()).await.fields(), "source.oauth not_allowed");
    house.post("/mailboxes", chef.clone()).await.done();
    // What an administrator has chosen may stay while something else is changed.
    own.patch("/mailboxes/chef", json!({ "label": "Chef", "source": chef["source"] })).await.done();
    let evil = json!({ "source": { "kind": "imap", "host": "mx.attacker.example",
        "user": "chef@firma.example", "oauth": "microsoft" } });
    assert_eq!(own.patch("/mailboxes/chef", evil).await.fields(), "source.oauth not_allowed");
}
