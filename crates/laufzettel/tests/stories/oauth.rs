//! Signing in to mail accounts at a provider instead of a password (RFC 6749, RFC 9700).

use std::time::Duration;

use laufzettel::feature::fetch::store::is_wanted;
use laufzettel::record::actor::Scope;
use mail::account::{Login, NoToken, Secret};
use rules::right::Flag;
use serde_json::{Value, json};
use testkit::imap_server::{Answer, ImapServer, Step};
use testkit::oauth_server::{CLIENT, CLIENT_SECRET, Mood, OAuthServer};

use crate::api;
use crate::world::World;
use crate::world::browser::Browser;
use crate::world::fetching::Journal;

testkit::on_both_engines!(
    somebody_signs_in_at_the_provider_and_tokens_come_by_themselves,
    what_comes_back_counts_once_for_the_one_who_was_sent,
    a_sign_in_that_ended_is_told_and_renewed,
    a_provider_that_is_away_ends_nothing,
    a_sign_in_that_ends_in_the_middle_of_a_fetch_burns_no_attempt,
    a_token_that_is_refused_for_a_mail_loses_and_burns_nothing,
    a_registration_says_what_is_wrong_with_it,
    what_ends_soon_is_told_to_administrators,
    a_mailbox_with_a_provider_leads_to_the_sign_in,
    accounts_with_a_sign_in_are_made_by_programs_too,
    tokens_go_only_to_servers_that_an_administrator_has_chosen,
    a_secret_stays_with_the_server_it_was_given_for,
    who_signs_in_anew_is_not_undone_by_the_end_of_the_old_sign_in,
);

pub const ACCOUNT: &str = "hilfe@firma.example";

pub fn registration(server: &OAuthServer, more: &str) -> String {
    let secret = "geheimer+%26+langer+Schl%C3%BCssel";
    assert_eq!(CLIENT_SECRET, "geheimer & langer Schlüssel");
    format!(
        "client_id={CLIENT}&client_secret={secret}&tenant=firma.example&authorize_url={}\
         &token_url={}&do=save&{more}",
        server.url("/authorize"),
        server.url("/token")
    )
}

/// The address on a page that leads to the provider.
fn way_out(page: &str) -> String {
    let link = page.split("href=\"").find(|part| part.contains("/authorize?")).unwrap();
    link.split('"').next().unwrap().replace("&amp;", "&")
}

/// Where the provider sends somebody back to, without the host.
fn way_back(server: &OAuthServer, page: &str) -> String {
    let back = server.agree(&way_out(page));
    let path = back.split_once("/oauth/").unwrap().1;
    format!("/oauth/{path}")
}

fn came(way_back: &str) -> String {
    way_back.split_once('?').unwrap().1.to_owned()
}

pub async fn sign_in(world: &World, admin: &Browser, server: &OAuthServer) {
    let form = registration(server, &format!("version=&account={ACCOUNT}&back=%2Fmailboxes"));
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    assert_eq!(page.status, 200, "{}", page.words());
    let back = way_back(server, &page.text());
    let done = admin.post("/oauth/microsoft/finish", &came(&back)).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/mailboxes"));
    world.app.forget_lists();
}

/// A mailbox that is fetched with the sign-in, so that its end concerns somebody.
async fn use_it(world: &World, admin: &Browser) {
    let erp = api::program(world, admin.agent, &Scope::ALL).await;
    let source = json!({ "kind": "imap", "host": "127.0.0.1", "port": 1, "tls": "none",
        "user": ACCOUNT, "oauth": "microsoft" });
    let body =
        json!({ "name": "hilfe", "addresses": [ACCOUNT], "area": "support", "source": source });
    erp.post("/mailboxes", body).await.done();
}

pub async fn token(world: &World, refused: Option<&Secret>) -> Result<Secret, NoToken> {
    let login = laufzettel::feature::oauth::login(&world.app, "microsoft", ACCOUNT);
    let Login::OAuth(source) = login else { panic!("no source of tokens") };
    source.token(refused).await
}

async fn somebody_signs_in_at_the_provider_and_tokens_come_by_themselves(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let page = admin.get("/settings/oauth/microsoft").await;
    assert!(page.text().contains("/oauth/microsoft/callback\""), "{}", page.text());
    assert!(page.words().contains("IMAP.AccessAsUser.All"), "{}", page.words());

    let form = registration(&server, &format!("version=&account={ACCOUNT}&back=%2Fmailboxes"));
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    assert!(page.words().contains(&format!("als {ACCOUNT} an")), "{}", page.words());
    assert!(way_out(&page.text()).contains("code_challenge_method=S256"), "{}", page.text());
    let back = way_back(&server, &page.text());

    // A GET changes nothing: it may be made as often as one likes.
    for _ in 0..2 {
        let almost = admin.get(&back).await;
        assert!(almost.words().contains("Microsoft 365 hat die Anmeldung bestätigt."));
        assert!(server.asked().is_empty());
    }
    let done = admin.post("/oauth/microsoft/finish", &came(&back)).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/mailboxes"));
    assert_eq!(server.asked(), ["authorization_code"]);

    let first = token(&world, None).await.unwrap();
    assert_eq!(token(&world, None).await.unwrap(), first, "it is good for an hour");
    assert_eq!(server.asked().len(), 1);
    world.minutes_pass(59);
    let second = token(&world, None).await.unwrap();
    assert!(second != first && server.asked().ends_with(&["refresh_token".to_owned()]));

    // Many who need another one at once ask once: the server takes each refresh token only once.
    let (a, b, c) = tokio::join!(
        token(&world, Some(&second)),
        token(&world, Some(&second)),
        token(&world, Some(&second))
    );
    let third = a.unwrap();
    assert!(third != second && b.unwrap() == third && c.unwrap() == third);
    assert_eq!(server.asked().len(), 3);

    let words = admin.get("/settings/oauth/microsoft").await.words();
    assert!(words.contains(ACCOUNT) && words.contains("gilt"), "{words}");
    let history = admin.get("/settings/history").await.words();
    assert!(history.contains("Anmeldung beim Mailanbieter"), "{history}");
    assert!(!history.contains("geheimer"), "{history}");
}

async fn what_comes_back_counts_once_for_the_one_who_was_sent(world: World) {
    let admin = world.administrator("Mareike").await;
    let other = world.administrator("Jonas").await;
    let agent = world.agent("Ben").await;
    let server = OAuthServer::start();
    let form =
        registration(&server, &format!("version=&account={ACCOUNT}&back=%2F%2Fevil.example"));
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(&server, &page.text());
    let came = came(&back);

    assert_eq!(agent.get("/settings/oauth/microsoft").await.status, 403);
    assert_eq!(agent.get(&back).await.status, 403);
    assert_eq!(agent.post("/oauth/microsoft/finish", &came).await.status, 403);
    assert_eq!(admin.get("/settings/oauth/yahoo").await.status, 404);
    for (who, form, provider) in [
        (&other, came.as_str(), "microsoft"),
        (&admin, came.as_str(), "google"),
        (&admin, "code=x&state=falsch", "microsoft"),
        (&admin, "", "microsoft"),
    ] {
        let refused = who.post(&format!("/oauth/{provider}/finish"), form).await;
        assert_eq!(refused.status, 422, "{form} {provider}");
        assert!(refused.words().contains("Beginnen Sie noch einmal."), "{}", refused.words());
    }
    assert!(server.asked().is_empty(), "nobody asked with the code of another");
    let done = admin.post("/oauth/microsoft/finish", &came).await;
    assert_eq!(done.header("location"), "/settings", "nobody is led elsewhere");
    assert_eq!(admin.post("/oauth/microsoft/finish", &came).await.status, 422, "used up");

    let form = registration(&server, &format!("version=1&account={ACCOUNT}"));
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let late = way_back(&server, &page.text());
    world.minutes_pass(16);
    let refused = admin.post("/oauth/microsoft/finish", &self::came(&late)).await;
    assert!(refused.words().contains("ist zu alt"), "{}", refused.words());

    let denied = "/oauth/microsoft/callback?error=access_denied&error_description=%3Cb%3Enein";
    let page = admin.get(denied).await;
    assert!(page.words().contains("abgebrochen oder nicht zugestimmt"), "{}", page.words());
    assert!(!page.text().contains("<b>nein"), "{}", page.text());
}

async fn a_sign_in_that_ended_is_told_and_renewed(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    use_it(&world, &admin).await;
    let first = token(&world, None).await.unwrap();
    server.revoke(ACCOUNT);
    let ended = token(&world, Some(&first)).await;
    assert!(matches!(ended, Err(NoToken::SignInAgain { .. })), "{ended:?}");
    let asked = server.asked().len();
    assert!(token(&world, None).await.is_err());
    assert_eq!(server.asked().len(), asked, "a person is needed, asking again is useless");

    let inbox = admin.get("/inbox").await.words();
    assert!(inbox.contains(&format!("{ACCOUNT}: bitte neu anmelden")), "{inbox}");
    let agent = world.agent("Ben").await;
    assert!(!agent.get("/inbox").await.words().contains("bitte neu anmelden"));

    let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(&server, &page.text());
    let done = admin.post("/oauth/microsoft/finish", &came(&back)).await;
    assert_eq!(done.header("location"), "/inbox");
    assert!(token(&world, None).await.is_ok());
    assert!(!admin.get("/inbox").await.words().contains("bitte neu anmelden"));
}

/// A mailbox of three mails that is fetched with the sign-in; the server does this instead of giving mails.
async fn three_mails(world: &World, admin: &Browser, instead: Answer) -> ImapServer {
    let imap = ImapServer::start().offering("AUTH=XOAUTH2");
    for number in 1..=3 {
        let mail = format!("From: a@k.example\r\nSubject: {number}\r\n\r\nText {number}\r\n");
        imap.put("INBOX", mail.as_bytes());
    }
    let erp = api::program(world, admin.agent, &Scope::ALL).await;
    let source = json!({ "kind": "imap", "host": "127.0.0.1", "port": imap.port(), "tls": "none",
        "user": ACCOUNT, "oauth": "microsoft" });
    let body = json!({ "name": "hilfe", "addresses": [ACCOUNT], "area": "support",
        "source": source, "from_date": null });
    imap.on(Step::Fetch, instead);
    erp.post("/mailboxes", body).await.done();
    world.app.forget_lists();
    imap
}

/// The sign-in is over: the page asks for another one, all mails wait, and none of them has an attempt.
async fn asks_for_another(world: &World, admin: &Browser) {
    world.problem_when("hilfe", "sign_in_again").await;
    let page = admin.get("/mailboxes").await;
    assert!(page.words().contains("Bitte neu anmelden"), "{}", page.words());
    let waits = |mail: &Journal| (mail.state.as_str(), mail.attempts) == ("seen", 0);
    let journal = world.journal().await;
    assert!(journal.len() == 3 && journal.iter().all(waits), "{journal:?}");
}

/// Somebody signs in again: all of them come, none twice.
async fn come_after_another(world: &World, admin: &Browser, server: &OAuthServer) {
    let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(server, &page.text());
    admin.post("/oauth/microsoft/finish", &came(&back)).await;
    world.app.forget_lists();
    let is_done = |mail: &Journal| mail.state == "applied" && mail.attempts == 0;
    let are_done = |journal: &[Journal]| journal.len() == 3 && journal.iter().all(is_done);
    world.fetches_until(admin, are_done).await;
}

pub const REFUSED: &str = "NO [AUTHENTICATIONFAILED] expired";

/// The server ends the connection with the first mail and takes the token no more; the provider does not renew it.
async fn a_sign_in_that_ends_in_the_middle_of_a_fetch_burns_no_attempt(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let imap = three_mails(&world, &admin, Answer::Close).await;
    let _fetching = world.fetching();
    tokio::task::block_in_place(|| imap.wait_for_step(Step::Fetch, 1));
    server.revoke(ACCOUNT);
    imap.on(Step::Login, Answer::Say(REFUSED.to_owned()));
    imap.on(Step::Fetch, Answer::Say("OK".to_owned()));
    asks_for_another(&world, &admin).await;
    imap.clear_rules();
    come_after_another(&world, &admin, &server).await;
}

/// The server keeps the connection and takes the token no more for what is asked: nothing that it does not give
/// is taken for gone.
async fn a_token_that_is_refused_for_a_mail_loses_and_burns_nothing(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let imap = three_mails(&world, &admin, Answer::Say(REFUSED.to_owned())).await;
    let _fetching = world.fetching();
    tokio::task::block_in_place(|| imap.wait_for_step(Step::Fetch, 1));
    // As long as the provider renews, nobody has to do anything.
    world.problem_when("hilfe", "server_said").await;
    assert!(!admin.get("/inbox").await.words().contains("bitte neu anmelden"));
    server.revoke(ACCOUNT);
    imap.on(Step::Login, Answer::Say(REFUSED.to_owned()));
    imap.on(Step::Select, Answer::Say(REFUSED.to_owned()));
    asks_for_another(&world, &admin).await;
    let asked = server.asked().len();
    admin.post("/mailboxes/hilfe/fetch", "").await;
    world.problem_when("hilfe", "sign_in_again").await;
    assert_eq!(server.asked().len(), asked, "a person is needed, asking again is useless");
    imap.clear_rules();
    come_after_another(&world, &admin, &server).await;
    let erp = api::program(&world, admin.agent, &Scope::ALL).await;
    let quarantine = erp.get("/mails?kind=quarantined").await.done();
    assert_eq!(quarantine["items"], json!([]));
}

async fn a_provider_that_is_away_ends_nothing(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let first = token(&world, None).await.unwrap();
    for mood in [Mood::Broken, Mood::Refuses("temporarily_unavailable")] {
        server.set_mood(mood);
        let ended = token(&world, Some(&first)).await;
        assert!(matches!(ended, Err(NoToken::Unavailable { .. })), "{ended:?}");
    }
    server.set_mood(Mood::Refuses("invalid_client"));
    let ended = token(&world, Some(&first)).await;
    assert!(matches!(ended, Err(NoToken::ClientRefused { .. })), "{ended:?}");
    assert!(!admin.get("/inbox").await.words().contains("bitte neu anmelden"));
    server.set_mood(Mood::Kind);
    assert!(token(&world, Some(&first)).await.is_ok(), "the sign-in was never lost");

    let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(&server, &page.text());
    server.set_mood(Mood::Broken);
    let refused = admin.post("/oauth/microsoft/finish", &came(&back)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("ist nicht erreichbar"), "{}", refused.words());
    assert!(refused.text().contains(&format!("account={}", ACCOUNT.replace('@', "%40"))));
}

async fn a_registration_says_what_is_wrong_with_it(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let odd = "client_id=&client_secret=&tenant=a%2Fb&secret_ends_on=morgen\
               &authorize_url=http%3A%2F%2Flogin.example%2F&token_url=quatsch&do=save";
    let page = admin.post("/settings/oauth/microsoft", odd).await;
    assert_eq!(page.status, 422);
    let words = page.words();
    for sentence in [
        "Bitte die ID eintragen",
        "Bitte den Schlüssel eintragen.",
        "Die Verzeichnis-ID besteht aus",
        "Ein Tag wie 2027-11-24.",
        "Eine Adresse, die mit https:// beginnt.",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    assert!(page.text().contains("value=\"morgen\""), "what was typed stays");
    let odd = "client_id=a+b&client_secret=x&secret_ends_on=2001-01-01&do=save";
    let words = admin.post("/settings/oauth/google", odd).await.words();
    for sentence in ["Eine ID hat keine Leerzeichen.", "Dieser Tag ist vorbei"] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    let long = format!("client_id={}&client_secret=x&do=save", "x".repeat(501));
    let page = admin.post("/settings/oauth/google", &long).await;
    assert!(page.words().contains("Höchstens 500 Zeichen"), "{}", page.words());

    let saved = admin.post("/settings/oauth/microsoft", &registration(&server, "version=")).await;
    assert_eq!(saved.header("location"), "/settings/oauth/microsoft?saved=yes");
    let page = admin.get("/settings/oauth/microsoft").await;
    assert!(page.text().contains(CLIENT) && !page.text().contains("langer Schl"), "no secret");
    let stale = admin.post("/settings/oauth/microsoft", &registration(&server, "version=")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.words().contains("Jemand anderes hat die Registrierung"), "{}", stale.words());
    // Without a new secret the stored one goes on.
    let kept = registration(&server, "version=1").replace("client_secret=geheimer", "x=geheimer");
    assert_eq!(admin.post("/settings/oauth/microsoft", &kept).await.status, 303);
    let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(&server, &page.text());
    assert_eq!(admin.post("/oauth/microsoft/finish", &came(&back)).await.status, 303);
}

async fn what_ends_soon_is_told_to_administrators(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let day = |days: i64| {
        let today = world.app.today();
        today.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
    };
    let form = registration(&server, &format!("version=&secret_ends_on={}", day(40)));
    admin.post("/settings/oauth/microsoft", &form).await;
    assert!(!admin.get("/inbox").await.words().contains("Clientschlüssel"));
    let form = registration(&server, &format!("version=1&secret_ends_on={}", day(13)));
    admin.post("/settings/oauth/microsoft", &form).await;
    assert!(!admin.get("/inbox").await.words().contains("Clientschlüssel"), "nobody uses it");

    server.set_seconds(3600, Some(5 * 24 * 3600 + 60));
    let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
    let page = admin.post("/settings/oauth/microsoft", &form).await;
    let back = way_back(&server, &page.text());
    admin.post("/oauth/microsoft/finish", &came(&back)).await;
    assert!(!admin.get("/inbox").await.words().contains("Die Anmeldung endet"), "nobody uses it");
    use_it(&world, &admin).await;
    let words = admin.get("/inbox").await.words();
    assert!(words.contains("Die Anmeldung endet in 5 Tagen"), "{words}");
    assert!(
        words.contains("Der Clientschlüssel bei Microsoft 365 läuft in 12 Tagen ab"),
        "{words}"
    );
}

async fn a_mailbox_with_a_provider_leads_to_the_sign_in(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    let form = format!(
        "provider=microsoft&address={}&password=&from_date=2026-11-21&after_import=keep\
         &imap_host=127.0.0.1&imap_port=1&imap_tls=none&do=take",
        ACCOUNT.replace('@', "%40")
    );
    let sent = admin.post("/setup/mailbox", &form).await;
    assert_eq!(sent.status, 303);
    let page = sent.header("location").to_owned();
    assert!(page.starts_with("/settings/oauth/microsoft?account=hilfe%40firma.example&back="));
    let shown = admin.get(&page).await.text();
    let back = shown.rsplit("name=\"back\" value=\"").next().unwrap().split('"').next().unwrap();
    let back = back.replace("&amp;", "&");
    assert!(back.starts_with("/setup/mailbox?provider=microsoft"), "{back}");
    sign_in(&world, &admin, &server).await;

    // What was typed is there again, and nobody is asked for a password.
    let again = admin.get(&back).await;
    assert!(
        again.text().contains("value=\"2026-11-21\"")
            && again.text().contains("value=\"127.0.0.1\"")
    );
    assert!(again.words().contains(&format!("Angemeldet bei Microsoft 365 als {ACCOUNT}.")));
    let tried = admin.post("/setup/mailbox", &form).await;
    assert_eq!(tried.status, 422);
    assert!(
        tried.words().contains("nimmt an diesem Port keine Verbindung an"),
        "{}",
        tried.words()
    );
}

async fn accounts_with_a_sign_in_are_made_by_programs_too(world: World) {
    let admin = world.administrator("Mareike").await;
    let erp = api::program(&world, admin.agent, &Scope::ALL).await;
    let server = OAuthServer::start();
    let source = |more: Value| {
        let mut source = json!({ "kind": "imap", "host": "127.0.0.1", "port": 1, "tls": "none",
            "user": "Hilfe@firma.example", "oauth": "microsoft" });
        source.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "name": "hilfe", "addresses": [ACCOUNT], "area": "support", "source": source })
    };
    let refused = erp.post("/mailboxes", source(json!({}))).await;
    assert_eq!(refused.fields(), "source.oauth not_signed_in");
    sign_in(&world, &admin, &server).await;
    let refused = erp.post("/mailboxes", source(json!({ "password": "x" }))).await;
    assert_eq!(refused.fields(), "source.password contradiction");
    let made = erp.post("/mailboxes", source(json!({}))).await.done();
    assert_eq!(made["source"]["oauth"], "microsoft");
    let mailbox = world.app.directory().await.unwrap().mailbox("hilfe").unwrap().id;
    assert!(!is_wanted(&world.app.db, mailbox).await.unwrap());
    admin.post("/settings/oauth/microsoft", &registration(&server, "version=1")).await;
    let wanted = is_wanted(&world.app.db, mailbox).await.unwrap();
    assert!(wanted, "another secret may be what it waited for");

    let sender = |provider: &str| {
        json!({ "address": ACCOUNT, "name": "Hilfe", "smtp": { "tls": "none", "oauth": provider,
            "url": "smtp://hilfe%40firma.example@127.0.0.1:1" } })
    };
    let refused = erp.post("/senders", sender("google")).await;
    assert_eq!(refused.fields(), "smtp.oauth not_signed_in");
    let made = erp.post("/senders", sender("microsoft")).await.done();
    assert_eq!(made["smtp"]["oauth"], "microsoft");
}

async fn tokens_go_only_to_servers_that_an_administrator_has_chosen(world: World) {
    let admin = world.administrator("Mareike").await;
    let keeper = world.agent("Karl").await;
    let house = api::program(&world, admin.agent, &Scope::ALL).await;
    let flags = json!({ "flags": [Flag::Settings.code()] });
    house.patch(&format!("/agents/{}", keeper.agent), flags).await.done();
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let own = "address=hilfe%40firma.example&name=Hilfe&active=on&server=own&port=465&tls=implicit\
               &user=hilfe%40firma.example&oauth=microsoft";
    let evil = format!("{own}&host=mx.attacker.example");
    let refused = keeper.post("/settings/senders", &evil).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("stellt nur die Verwaltung ein"), "{}", refused.words());
    let erp = api::program(&world, keeper.agent, &Scope::ALL).await;
    let sender = json!({ "address": ACCOUNT, "name": "Hilfe", "smtp": { "oauth": "microsoft",
        "url": "smtps://hilfe%40firma.example@mx.attacker.example" } });
    assert_eq!(erp.post("/senders", sender).await.fields(), "smtp.oauth not_allowed");

    // What an administrator has chosen may stay while something else is changed.
    let chosen = format!("{own}&host=smtp.office365.example");
    let made = admin.post("/settings/senders", &chosen).await;
    assert_eq!(made.status, 303, "{}", made.words());
    let page = made.header("location").split('?').next().unwrap().to_owned();
    let renamed = chosen.replace("name=Hilfe", "name=Service");
    assert_eq!(keeper.post(&page, &renamed).await.status, 303);
    let moved = renamed.replace("smtp.office365.example", "mx.attacker.example");
    assert_eq!(keeper.post(&page, &moved).await.status, 422);
}

async fn a_secret_stays_with_the_server_it_was_given_for(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    admin.post("/settings/oauth/microsoft", &registration(&server, "version=")).await;
    let kept = registration(&server, "version=1").replace("client_secret=geheimer", "x=geheimer");
    for (field, other) in
        [("client_id=", "client_id=z"), ("tenant=", "tenant=z"), ("/token", "/other")]
    {
        let moved = kept.replacen(field, other, 1);
        let refused = admin.post("/settings/oauth/microsoft", &moved).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.words().contains("Bitte den Schlüssel eintragen."), "{field}");
    }
    assert_eq!(admin.post("/settings/oauth/microsoft", &kept).await.status, 303);
}

async fn who_signs_in_anew_is_not_undone_by_the_end_of_the_old_sign_in(world: World) {
    let admin = world.administrator("Mareike").await;
    let server = OAuthServer::start();
    sign_in(&world, &admin, &server).await;
    let first = token(&world, None).await.unwrap();
    server.revoke(ACCOUNT);
    let asked = server.asked().len();
    // The provider takes its time to say that the old one is over.
    server.set_delay(Duration::from_millis(700));
    let (ended, ()) = tokio::join!(token(&world, Some(&first)), async {
        while server.asked().len() == asked {
            tokio::task::yield_now().await;
        }
        server.set_delay(Duration::ZERO);
        let form = format!("do=sign_in&account={ACCOUNT}&back=%2Finbox");
        let page = admin.post("/settings/oauth/microsoft", &form).await;
        let back = way_back(&server, &page.text());
        let done = admin.post("/oauth/microsoft/finish", &came(&back)).await;
        assert_eq!(done.status, 303);
    });
    assert!(ended.is_ok(), "{ended:?}");
    assert!(token(&world, None).await.is_ok());
    let login = &world.app.directory_anew().await.unwrap().oauth_logins[0];
    assert_eq!(login.problem, None);
}
