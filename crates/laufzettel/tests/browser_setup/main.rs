//! From an empty folder through the set-up to the first answered mail: the real binary between a real
//! Dovecot and a real Postfix, and Chromium that is used by keyboard alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and real servers are waited for in real time"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;
use testkit::dovecot::{Accounts, Dovecot, DovecotOptions, PASSWORD};
use testkit::oauth_server::{CLIENT, CLIENT_SECRET, OAuthServer};
use testkit::postfix::{Postfix, PostfixSettings, Submission};

const MAILBOX: &str = "hilfe@firma.test";
const ANN: &str = "ann@kunde.test";

#[test]
fn a_company_sets_itself_up_and_answers_its_first_mail_in_german() {
    first_answer("de", "Bitte die Schrauben anziehen.");
}

#[test]
fn a_company_sets_itself_up_and_answers_its_first_mail_in_english() {
    first_answer("en", "Please tighten the screws.");
}

/// Proves F-MAIL-03, F-MAIL-10, F-MAIL-11.
fn first_answer(language: &str, words: &str) {
    let users = [MAILBOX, ANN].map(str::to_owned).to_vec();
    let accounts = Accounts::Only(users);
    let dovecot = Dovecot::start_with(DovecotOptions { accounts, ..Default::default() });
    let domains = ["firma.test", "kunde.test"];
    let postfix = Postfix::start(PostfixSettings {
        submission: Submission::LoggedIn,
        ..PostfixSettings::new(&dovecot, &domains)
    });
    let laufzettel = Laufzettel::start(&[dovecot.authority_pem(), postfix.authority_pem()]);
    let house = json!({
        "link": laufzettel.link, "language": language, "imap": dovecot.imaps_port(),
        "smtp": postfix.submissions_port(), "address": MAILBOX, "password": PASSWORD,
        "pictures": pictures(),
    });
    let mut browser = Command::new("node")
        .arg(project().join("e2e/house/setup.mjs"))
        .env("HOUSE", house.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(browser.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        println!("{line}");
        if line == "READY" {
            dovecot.deliver(MAILBOX, "INBOX", &letter());
        }
    }
    assert!(browser.wait().unwrap().success(), "{}", laufzettel.log());
    let answer = dovecot.wait_for(ANN, |mail| String::from_utf8_lossy(mail).contains(words));
    let text = String::from_utf8_lossy(&answer.bytes).into_owned();
    assert!(text.contains("In-Reply-To: <regal@kunde.test>"), "{text}");
    assert!(dovecot.contents(MAILBOX, "INBOX").is_empty(), "what is safe was moved away");
}

/// A mailbox without a password: the tokens of a provider open it at Dovecot, and at Postfix, which asks
/// Dovecot. The permission is taken back in between.
#[test]
fn a_company_signs_in_at_its_provider_and_once_more_after_that_was_revoked() {
    let provider = OAuthServer::start();
    let accounts = Accounts::Introspected(provider.url("/introspect"));
    let dovecot = Dovecot::start_with(DovecotOptions { accounts, ..Default::default() });
    let domains = ["firma.test", "kunde.test"];
    let postfix = Postfix::start(PostfixSettings {
        submission: Submission::LoggedIn,
        ..PostfixSettings::new(&dovecot, &domains)
    });
    let laufzettel = Laufzettel::start(&[dovecot.authority_pem(), postfix.authority_pem()]);
    let house = json!({
        "link": laufzettel.link, "imap": dovecot.imaps_port(), "smtp": postfix.submissions_port(),
        "address": MAILBOX, "provider": provider.url(""), "client": CLIENT,
        "secret": CLIENT_SECRET, "pictures": pictures(),
    });
    let mut browser = Command::new("node")
        .arg(project().join("e2e/house/oauth.mjs"))
        .env("HOUSE", house.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut done = browser.stdin.take().unwrap();
    let mut lines = BufReader::new(browser.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        match line.as_str() {
            "REVOKE" => {
                provider.revoke(MAILBOX);
                // The server ends open connections, as those of providers do.
                dovecot.kick(MAILBOX);
            }
            "DELIVER" => dovecot.deliver(MAILBOX, "INBOX", &letter()),
            line => println!("{line}"),
        }
        writeln!(done, "done").unwrap();
    }
    assert!(browser.wait().unwrap().success(), "{}", laufzettel.log());
    let words = "Bitte die Schrauben anziehen.";
    dovecot.wait_for(ANN, |mail| String::from_utf8_lossy(mail).contains(words));
    assert_eq!(provider.asked().iter().filter(|kind| *kind == "authorization_code").count(), 2);
    assert!(!laufzettel.log().contains("geheim"), "{}", laufzettel.log());
}

fn letter() -> Vec<u8> {
    let letter = format!(
        "From: Ann Hansen <{ANN}>\r\nTo: {MAILBOX}\r\nSubject: Regal wackelt\r\n\
         Message-ID: <regal@kunde.test>\r\n\r\nEs wackelt.\r\n"
    );
    letter.into_bytes()
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pictures() -> PathBuf {
    project().join("target/e2e")
}

/// A running Laufzettel in an empty folder.
struct Laufzettel {
    child: Child,
    folder: TempDir,
    link: String,
}

impl Laufzettel {
    fn start(roots: &[&[u8]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let port = testkit::ports::free_port();
        fs::write(path("roots.pem"), roots.concat()).unwrap();
        let config = format!(
            "listen = \"127.0.0.1:{port}\"\ndata_dir = \"{}\"\nmail_roots_file = \"{}\"\n",
            path("data").display(),
            path("roots.pem").display()
        );
        fs::write(path("laufzettel.toml"), config).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_laufzettel"))
            .args(["serve", "--config"])
            .arg(path("laufzettel.toml"))
            .stdout(Stdio::piped())
            .stderr(fs::File::create(path("log")).unwrap())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let link = lines.map_while(Result::ok).find_map(|line| {
            line.find("http")
                .filter(|_| line.contains("/setup?key="))
                .map(|at| line[at..].to_owned())
        });
        let link = link.unwrap_or_else(|| panic!("no link to the set-up"));
        Self { child, folder, link }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Laufzettel {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
