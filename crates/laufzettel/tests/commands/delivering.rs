//! The mail pipe: with which code `deliver` ends, and that a mail server that goes by it neither loses nor doubles
//! a mail.
//!
//! 0: the mail is durable. 64: an unknown option, which no waiting mends. 75: everything else; the mail server keeps
//! the mail and tries again. Any other code of sysexits.h would make it give the mail back to its sender.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use db::{Db, Dump, MigrateOptions, Step};
use laufzettel::migrations::steps;
use serde_json::Value;
use tempfile::TempDir;
use testkit::databases::{Engine, copy_postgres};
use testkit::postgres::as_url;

/// What a mail server says for one mail.
const PIPE: [&str; 3] = ["deliver", "--mailbox", "hilfe"];

struct House {
    folder: TempDir,
    database: String,
}

impl House {
    async fn build(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => as_url(&copy_postgres(&steps()).await),
        };
        let house = Self { folder: TempDir::new().unwrap(), database };
        house.configure("");
        let add = ["mailbox", "add", "--name", "hilfe", "--address", "hilfe@firma.example"];
        let added = house.run(&[&add[..], &["--area", "support"]].concat(), b"");
        assert!(added.status.success(), "{}", said(&added));
        house
    }

    fn configure(&self, more: &str) {
        let data = self.path("data");
        let text = format!(
            "data_dir = \"{}\"\ndatabase_url = \"{}\"\n{more}",
            data.display(),
            self.database
        );
        fs::write(self.path("laufzettel.toml"), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, mail: &[u8]) -> String {
        fs::write(self.path(name), mail).unwrap();
        self.path(name).display().to_string()
    }

    fn begin(&self, mut command: Command, arguments: &[&str]) -> Child {
        command.args(arguments).arg("--config").arg(self.path("laufzettel.toml"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self.begin(Command::new(BINARY), arguments);
        // Who refuses at once does not read the mail.
        child.stdin.take().unwrap().write_all(input).ok();
        child.wait_with_output().unwrap()
    }

    /// Hands over a mail: the code, and what became of it.
    fn deliver(&self, mail: &[u8]) -> (Option<i32>, Vec<String>) {
        let done = self.run(&PIPE, mail);
        (done.status.code(), outcomes(&done))
    }

    /// Hands over a mail that must be kept by the mail server, which is told why in one line.
    fn keeps(&self, arguments: &[&str], reason: &str) {
        let done = self.run(arguments, &mail("bleibt"));
        let said = said(&done);
        assert_eq!(done.status.code(), Some(75), "{arguments:?} {said}");
        assert!(said.contains(reason) && said.lines().count() == 1, "{reason}: {said}");
        assert!(outcomes(&done).is_empty(), "{arguments:?}");
    }
}

const BINARY: &str = env!("CARGO_BIN_EXE_laufzettel");

fn said(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// The outcome of each mail, in order.
fn outcomes(done: &Output) -> Vec<String> {
    let lines = String::from_utf8(done.stdout.clone()).unwrap();
    let outcome = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["outcome"].as_str().unwrap().to_owned()
    };
    lines.lines().map(outcome).collect()
}

fn mail(name: &str) -> Vec<u8> {
    format!(
        "From: kunde@k.example\nSubject: {name}\nMessage-ID: <{name}@k.example>\n\nText {name}\n"
    )
    .into_bytes()
}

macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            use super::{Engine, House};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story(House::build(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$story(House::build(Engine::Postgres).await).await;
            }
        })+
    };
}

on_both!(
    code_0_says_that_the_mail_is_durable_whatever_becomes_of_it,
    code_75_keeps_the_mail_whatever_can_be_mended,
    code_64_is_for_an_option_that_no_waiting_mends,
    what_ends_in_its_midst_is_taken_once_by_the_next_try,
    a_disk_without_room_keeps_the_mail,
    a_newer_database_and_another_key_keep_the_mail,
);

/// Proves F-MAIL-20.
async fn code_0_says_that_the_mail_is_durable_whatever_becomes_of_it(house: House) {
    let taken = |outcome: &str| (Some(0), vec![outcome.to_owned()]);
    assert_eq!(house.deliver(&mail("eins")), taken("new_ticket"));
    // The mail server has not heard the first answer and tries again.
    assert_eq!(house.deliver(&mail("eins")), taken("duplicate"));
    let reply = "From: kunde@k.example\nSubject: Re: eins\nIn-Reply-To: <eins@k.example>\n\nJa.\n";
    assert_eq!(house.deliver(reply.as_bytes()), taken("follow_up"));
    for odd in [&b""[..], b"\0\xff\xfe", b"no header at all"] {
        assert_eq!(house.deliver(odd).0, Some(0), "{odd:?}");
    }
    let bounce = "From: MAILER-DAEMON@k.example\nSubject: Undelivered\nAuto-Submitted: auto-replied\n\
                  Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
                  --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; k.example\n\n\
                  Final-Recipient: rfc822; x@k.example\nAction: failed\nStatus: 5.1.1\n--b--\n";
    assert_eq!(house.deliver(bounce.as_bytes()).0, Some(0));
}

async fn code_75_keeps_the_mail_whatever_can_be_mended(house: House) {
    house.keeps(&["deliver", "--mailbox", "unbekannt"], "there is no mailbox unbekannt");
    let absent = house.path("fehlt.eml").display().to_string();
    house.keeps(&["deliver", "--mailbox", "hilfe", &absent], "cannot read");
    for half in [&["deliver"][..], &["deliver", "--mailbox"], &["deliver", "--from"]] {
        let done = house.run(half, &mail("bleibt"));
        assert_eq!(done.status.code(), Some(75), "{half:?} {}", said(&done));
    }
    house.configure("listn = 1\n");
    house.keeps(&PIPE, "listn");
    house.configure("[lmtp\n");
    house.keeps(&PIPE, "laufzettel.toml");
    fs::remove_file(house.path("laufzettel.toml")).unwrap();
    house.keeps(&PIPE, "laufzettel.toml");
    house.configure("secret_key_file = \"/nowhere/key\"\n");
    house.keeps(&PIPE, "/nowhere/key");
    // Where the database should be there is none to be had.
    let place = match house.database.as_str() {
        "sqlite" => format!("data_dir = \"{}/file\"\n", house.folder.path().display()),
        _ => format!(
            "data_dir = \"{}\"\ndatabase_url = \"postgres://a@127.0.0.1:1/a\"\n",
            house.path("data").display()
        ),
    };
    house.file("file", b"no folder");
    fs::write(house.path("laufzettel.toml"), place).unwrap();
    assert_eq!(house.deliver(&mail("bleibt")), (Some(75), Vec::new()));
    // All is mended: the mail that was kept is taken, once.
    house.configure("");
    assert_eq!(house.deliver(&mail("bleibt")), (Some(0), vec!["new_ticket".to_owned()]));
}

async fn code_64_is_for_an_option_that_no_waiting_mends(house: House) {
    for wrong in [&["deliver", "--mailbox", "hilfe", "--quatsch"][..], &["deliver", "-x"]] {
        let done = house.run(wrong, &mail("zurück"));
        assert_eq!(done.status.code(), Some(64), "{wrong:?} {}", said(&done));
        assert!(said(&done).contains("unexpected argument"), "{}", said(&done));
    }
    assert_eq!(house.run(&["deliver", "--help"], b"").status.code(), Some(0));
    assert_eq!(house.deliver(&mail("zurück")).1, ["new_ticket"], "nothing was taken before");
}

async fn what_ends_in_its_midst_is_taken_once_by_the_next_try(house: House) {
    // Killed before the mail was whole: nothing of it is taken.
    let mut child = house.begin(Command::new(BINARY), &PIPE);
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(b"From: kunde@k.example\nSubject: halb\n").unwrap();
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "by a signal, not by a code");
    assert_eq!(house.deliver(&mail("halb")).1, ["new_ticket"]);
    // One file of three cannot be read: what stands before it is taken, and once.
    let (first, last) = (house.file("1.eml", &mail("erste")), house.file("3.eml", &mail("dritte")));
    let middle = house.path("2.eml").display().to_string();
    let all = [&PIPE[..], &[&first, &middle, &last]].concat();
    let done = house.run(&all, b"");
    assert_eq!((done.status.code(), outcomes(&done)), (Some(75), vec!["new_ticket".to_owned()]));
    house.file("2.eml", &mail("zweite"));
    let done = house.run(&all, b"");
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert_eq!(outcomes(&done), ["duplicate", "new_ticket", "new_ticket"]);
}

/// A limit for the size of files stands for the disk: the part of the mail that lies in a file of its own does not fit.
async fn a_disk_without_room_keeps_the_mail(house: House) {
    let noise = (0..400_000_u64).map(|number| {
        let mixed = number.wrapping_add(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        format!("{:016x}", mixed ^ mixed.rotate_left(29))
    });
    let mut large = mail("groß");
    large.extend(noise.collect::<Vec<_>>().join("\n").bytes());
    let mut shell = Command::new("sh");
    let limited = format!("trap '' XFSZ; ulimit -f 4000; exec {BINARY} \"$@\"");
    shell.args(["-c", &limited, "sh"]);
    let mut child = house.begin(shell, &PIPE);
    child.stdin.take().unwrap().write_all(&large).ok();
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), outcomes(&done)), (Some(75), Vec::new()), "{}", said(&done));
    assert_eq!(house.deliver(&large), (Some(0), vec!["new_ticket".to_owned()]));
    assert_eq!(house.deliver(&large), (Some(0), vec!["duplicate".to_owned()]));
}

async fn a_newer_database_and_another_key_keep_the_mail(house: House) {
    let key = fs::read(house.path("data/key")).unwrap();
    fs::write(house.path("data/key"), key.iter().rev().copied().collect::<Vec<u8>>()).unwrap();
    let done = house.run(&PIPE, &mail("bleibt"));
    assert_eq!((done.status.code(), outcomes(&done)), (Some(75), Vec::new()), "{}", said(&done));
    assert!(said(&done).contains("key"), "{}", said(&done));
    fs::write(house.path("data/key"), key).unwrap();
    assert_eq!(house.deliver(&mail("vorher")).1, ["new_ticket"]);
    let mut later = steps();
    later.push(Step::new("9999_later", "create table later (id {int} primary key);"));
    let db = match house.database.as_str() {
        "sqlite" => Db::open_sqlite(&house.path("data/laufzettel.db")).unwrap(),
        address => Db::open_postgres(address).await.unwrap(),
    };
    let options = MigrateOptions { dump: Dump::Taken, ..MigrateOptions::default() };
    db.migrate(&later, options).await.unwrap();
    db.close().await.unwrap();
    house.keeps(&PIPE, "was made by a newer Laufzettel");
}
