//! Commands by the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod adding;
mod delivering;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A data folder with a mailbox.
struct House(TempDir);

impl House {
    fn build() -> Self {
        let house = Self(TempDir::new().unwrap());
        let data = format!("data_dir = \"{}\"\n", house.path("data").display());
        fs::write(house.path("laufzettel.toml"), data).unwrap();
        let add = ["mailbox", "add", "--name", "hilfe", "--address", "hilfe@firma.example"];
        let added = house.run(&[&add[..], &["--area", "support"]].concat(), b"");
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        house
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_laufzettel"))
            .args(arguments)
            .arg("--config")
            .arg(self.path("laufzettel.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    fn import(&self, archive: &str) -> Value {
        fs::write(self.path("old.mbox"), archive).unwrap();
        let path = self.path("old.mbox");
        let import = ["import", "mbox", path.to_str().unwrap(), "--mailbox", "hilfe"];
        let done = self.run(&[&import[..], &["--archive", "--json"]].concat(), b"");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// The tickets of mails that are delivered one after the other.
    fn deliver(&self, mails: &[String]) -> Vec<Value> {
        let names: Vec<String> = (0..mails.len()).map(|place| format!("{place}.eml")).collect();
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        for (path, mail) in paths.iter().zip(mails) {
            fs::write(path, mail).unwrap();
        }
        let mut arguments = vec!["deliver", "--mailbox", "hilfe"];
        arguments.extend(paths.iter().map(|path| path.to_str().unwrap()));
        let done = self.run(&arguments, b"");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let lines = String::from_utf8(done.stdout).unwrap();
        let outcomes = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        outcomes.map(|outcome| outcome["ticket"].clone()).collect()
    }
}

fn mail(place: usize, name: &str, answered: &str, text: &str) -> String {
    format!(
        "From: kunde{place}@x.example\nDate: Mon, 5 Jan 2026 08:00:00 +0000\nSubject: Frage\n\
         Message-ID: <{name}{place}@x.example>\nIn-Reply-To: <{answered}{place}@x.example>\n\
         \n{text}\n"
    )
}

/// Each question is long and its answer short and right behind it: whoever decided about them as
/// they get ready would make two tickets of them.
///
/// Proves F-MAIL-20.
#[test]
fn an_archive_is_taken_once_and_its_answers_find_their_tickets() {
    let house = House::build();
    let long = "Wort für Wort ein langer Text.\n".repeat(2_000);
    let pair = |place| [mail(place, "frage", "", &long), mail(place, "antwort", "frage", "Ja.")];
    let archive: String = (0..60)
        .flat_map(pair)
        .map(|mail| format!("From kunde@x.example Mon Jan  5 07:00:00 2026\n{mail}\n"))
        .collect();
    assert_eq!(house.import(&archive), json!({ "taken": 120, "known": 0 }));
    assert_eq!(house.import(&archive), json!({ "taken": 0, "known": 120 }));
    let to = |answered| move |place| mail(place, &format!("nach-{answered}"), answered, "Danke.");
    let of_questions = house.deliver(&(0..60).map(to("frage")).collect::<Vec<_>>());
    let of_answers = house.deliver(&(0..60).map(to("antwort")).collect::<Vec<_>>());
    assert_eq!(of_questions, of_answers);
    let different: BTreeSet<String> = of_questions.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), 60);
}

#[test]
fn a_mail_server_is_told_to_try_again_whatever_is_wrong_here() {
    let house = House::build();
    let told = |arguments: &[&str]| house.run(arguments, mail(1, "frage", "", "?").as_bytes());
    let unknown = told(&["deliver", "--mailbox", "unbekannt"]);
    assert_eq!(unknown.status.code(), Some(75));
    assert_eq!(String::from_utf8_lossy(&unknown.stderr).lines().count(), 1);
    fs::write(house.path("laufzettel.toml"), "data_dri = \"x\"\n").unwrap();
    let wrong = told(&["deliver", "--mailbox", "hilfe"]);
    assert_eq!(wrong.status.code(), Some(75));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("data_dri"));
    assert_eq!(told(&["check"]).status.code(), Some(1));
}

/// Runs the binary with its output thrown at something that takes nothing.
fn run_unheard(house: &House, arguments: &[&str], file: &str) -> Option<i32> {
    let unheard = || fs::File::options().write(true).open(file).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_laufzettel"))
        .args(arguments)
        .arg("--config")
        .arg(house.path("laufzettel.toml"))
        .stdin(Stdio::piped())
        .stdout(unheard())
        .stderr(unheard())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(mail(7, "frage", "", "?").as_bytes()).unwrap();
    child.wait().unwrap().code()
}

#[test]
fn what_nobody_can_read_ends_no_command_in_its_midst() {
    let house = House::build();
    let taken = run_unheard(&house, &["deliver", "--mailbox", "hilfe"], "/dev/full");
    assert_eq!(taken, Some(0), "the mail is durable");
    let kept = run_unheard(&house, &["deliver", "--mailbox", "unbekannt"], "/dev/full");
    assert_eq!(kept, Some(75));
    assert_eq!(run_unheard(&house, &["mailbox", "list"], "/dev/full"), Some(1));
}
