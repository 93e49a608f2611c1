//! An installation in a folder of its own, and the process that works in it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use db::{Operation, Tx, from_row, params, sql};
use laufzettel::App;
use laufzettel::config::Config;
use laufzettel::feature::fetch::store::WantFetch;
use laufzettel::feature::mailboxes::{self, MailboxForm, TestResult};
use laufzettel::feature::reconcile::store::{AllWanted, Newest, Reconciled};
use laufzettel::feature::reconcile::{Relist, WantReconciliation};
use laufzettel::feature::senders::Refused;
use laufzettel::record::MailboxId;
use laufzettel::record::mailbox::{Source, Tls};
use laufzettel::service::clock::Clock;
use tempfile::TempDir;
use testkit::databases::{Engine, copy_postgres};
use testkit::dovecot::{Dovecot, PASSWORD};
use testkit::postgres::as_url;
use testkit::wait;

pub struct House {
    folder: TempDir,
}

/// How many mails are where.
#[derive(Debug)]
pub struct Ledger {
    pub applied: i64,
    pub duplicates: i64,
    pub other: i64,
    pub undecided: i64,
    pub pending: i64,
    pub messages: i64,
}

/// The running process; dropped, it is killed.
pub struct Process(Child);

impl Process {
    pub fn kill(&mut self) {
        // On Unix this is SIGKILL: the process has no chance to tidy up.
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

from_row! {
    struct Count {
        name: String,
        count: i64,
    }
}

from_row! {
    struct Text {
        text: String,
    }
}

from_row! {
    struct Hash {
        hash: Vec<u8>,
    }
}

/// A database of its own without a table: the process builds them.
fn database(engine: Engine) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match engine {
        Engine::Sqlite => "sqlite".to_owned(),
        Engine::Postgres => as_url(&runtime.block_on(copy_postgres(&[]))),
    }
}

impl House {
    pub fn build(
        engine: Engine,
        dovecot: &Dovecot,
        user: &str,
        after: &str,
        move_to: Option<&str>,
    ) -> Self {
        let house = Self::empty(engine, dovecot);
        house.add_mailbox(dovecot, user, after, move_to);
        house
    }

    /// Without a mailbox.
    pub fn empty(engine: Engine, dovecot: &Dovecot) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = testkit::ports::free_port();
        let house = Self { folder };
        fs::write(house.path("authority.pem"), dovecot.authority_pem()).unwrap();
        fs::write(
            house.path("laufzettel.toml"),
            format!(
                "listen = \"127.0.0.1:{port}\"\ndata_dir = \"{}\"\nmail_roots_file = \"{}\"\n\
                 database_url = \"{}\"\n",
                house.path("data").display(),
                house.path("authority.pem").display(),
                database(engine)
            ),
        )
        .unwrap();
        house
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn serve(&self) -> Process {
        let log = File::options().append(true).create(true).open(self.path("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_laufzettel"))
            .args(["serve", "--config"])
            .arg(self.path("laufzettel.toml"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Process(child)
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    pub fn add_mailbox(&self, dovecot: &Dovecot, user: &str, after: &str, move_to: Option<&str>) {
        self.add(dovecot, user, PASSWORD, after, move_to);
    }

    pub fn add_mailbox_with_password(&self, dovecot: &Dovecot, user: &str, password: &str) {
        self.add(dovecot, user, password, "mark_read", None);
    }

    fn add(
        &self,
        dovecot: &Dovecot,
        user: &str,
        password: &str,
        after: &str,
        move_to: Option<&str>,
    ) {
        let source = Source::Imap {
            host: "localhost".to_owned(),
            port: dovecot.imaps_port(),
            tls: Tls::Implicit,
            user: user.to_owned(),
            folder: "INBOX".to_owned(),
            oauth: None,
            oauth_account: None,
        };
        self.add_source(&source, (user, password), (after, move_to), None);
    }

    /// A mailbox by IMAP with options.
    pub fn add_imap(&self, dovecot: &Dovecot, user: &str, after: &str, options: Option<&str>) {
        let source = Source::Imap {
            host: "localhost".to_owned(),
            port: dovecot.imaps_port(),
            tls: Tls::Implicit,
            user: user.to_owned(),
            folder: "INBOX".to_owned(),
            oauth: None,
            oauth_account: None,
        };
        self.add_source(&source, (user, PASSWORD), (after, None), options);
    }

    /// A mailbox by POP3.
    pub fn add_pop3(&self, dovecot: &Dovecot, user: &str, after: &str, options: Option<&str>) {
        let source = Source::Pop3 {
            host: "localhost".to_owned(),
            port: dovecot.pop3s_port(),
            tls: Tls::Implicit,
            user: user.to_owned(),
            oauth: None,
            oauth_account: None,
        };
        self.add_source(&source, (user, PASSWORD), (after, None), options);
    }

    fn add_source(
        &self,
        source: &Source,
        (user, password): (&str, &str),
        (after, move_to): (&str, Option<&str>),
        options: Option<&str>,
    ) {
        self.with_app(async |app| {
            let add = AddMailbox {
                id: app.ids.next(app.now()),
                name: user,
                source: serde_json::to_string(source).unwrap(),
                password: app.keys.seal(password, rand::random()).unwrap(),
                after,
                move_to,
                options,
            };
            app.db.write(&add).await.unwrap();
        });
    }

    /// The sizes of mails of which only the head was taken.
    pub fn left_bytes(&self) -> Vec<i64> {
        self.with_app(async |app| {
            let rows: Vec<Count> = app
                .db
                .all(
                    sql!(
                        "select '' as name, left_bytes as count from inbound_mail
                         where left_bytes is not null order by id"
                    ),
                    [],
                )
                .await
                .unwrap();
            rows.into_iter().map(|row| row.count).collect()
        })
    }

    pub fn ledger(&self) -> Ledger {
        self.with_app(async |app| {
            let counts: Vec<Count> = app
                .db
                .all(
                    sql!(
                        "select state as name, count(*) as count from inbound_mail group by state
                         union all
                         select 'pending', count(*) from inbound_mail where server = 'pending'
                         union all
                         select 'messages', count(*) from message"
                    ),
                    [],
                )
                .await
                .unwrap();
            let of = |name: &str| {
                counts.iter().filter(|count| count.name == name).map(|count| count.count).sum()
            };
            Ledger {
                applied: of("applied"),
                duplicates: of("duplicate"),
                other: of("duplicate") + of("filtered") + of("quarantined") + of("gone"),
                undecided: of("seen") + of("stored"),
                pending: of("pending"),
                messages: of("messages"),
            }
        })
    }

    pub fn message_ids(&self) -> Vec<String> {
        self.with_app(async |app| {
            let rows: Vec<Text> = app
                .db
                .all(
                    sql!("select message_id as text from inbound_mail where state = 'applied'"),
                    [],
                )
                .await
                .unwrap();
            rows.into_iter().map(|row| row.text).collect()
        })
    }

    pub fn stored_hashes(&self) -> BTreeSet<Vec<u8>> {
        self.with_app(async |app| {
            let rows: Vec<Hash> = app.db.all(sql!("select hash from blob"), []).await.unwrap();
            rows.into_iter().map(|row| row.hash).collect()
        })
    }

    pub fn wait_until(&self, is_done: impl Fn(&Ledger) -> bool, patience: Duration) {
        wait::until(
            patience,
            || is_done(&self.ledger()).then_some(()),
            || format!("{:?}\n{}", self.ledger(), self.log()),
        );
    }

    pub fn wait_for_problem(&self, mailbox: &str, problem: &str, patience: Duration) {
        let found = || self.problem(mailbox);
        wait::until(
            patience,
            || (found().as_deref() == Some(problem)).then_some(()),
            || format!("{:?}\n{}", found(), self.log()),
        );
    }

    /// Tries the account of a mailbox and reads its folders, as its page does.
    pub fn try_out(&self, name: &str) -> (TestResult, Result<Vec<String>, Refused>) {
        self.with_app(async |app| {
            let directory = app.directory().await.unwrap();
            let mailbox = directory.mailbox(name).unwrap();
            let wanted = MailboxForm::of(mailbox, &directory);
            let tested = mailboxes::test(app, mailbox).await;
            (tested, mailboxes::list_folders(app, mailbox, &wanted).await)
        })
    }

    /// Has a mailbox fetched now, as the button of its page does.
    pub fn run_now(&self, name: &str) {
        self.with_app(async |app| {
            let mailbox = app.directory().await.unwrap().mailbox(name).unwrap().id;
            app.db.write(&WantFetch { mailbox, now: app.now() }).await.unwrap();
        });
    }

    /// Has a mailbox reconciled now, as the button of its page does.
    pub fn reconcile(&self, name: &str, relist: Relist) {
        self.with_app(async |app| {
            let mailbox = app.directory().await.unwrap().mailbox(name).unwrap().id;
            app.db.write(&WantReconciliation { mailbox, relist, now: app.now() }).await.unwrap();
        });
    }

    /// The last reconciliation, once it looks like that and nobody waits for another one.
    pub fn wait_for_reconciliation(
        &self,
        is_meant: impl Fn(&Reconciled) -> bool,
        patience: Duration,
    ) -> Reconciled {
        let last = || {
            self.with_app(async |app| {
                let wanted = app.db.read(&AllWanted).await.unwrap();
                let newest = app.db.read(&Newest).await.unwrap();
                newest.into_iter().next().filter(|_| wanted.is_empty())
            })
        };
        wait::until(
            patience,
            || last().filter(&is_meant),
            || format!("{:?}\n{:?}\n{}", last(), self.ledger(), self.log()),
        )
    }

    /// As if a mail had come late: the journal does not have its UID, and the folder was listed far
    /// beyond it.
    pub fn came_late(&self, uid: i64, uid_next: i64) {
        self.with_app(async |app| app.db.write(&CameLate { uid, uid_next }).await.unwrap());
    }

    /// When a mailbox was tried last.
    pub fn tried_at(&self, mailbox: &str) -> i64 {
        self.with_app(async |app| {
            let rows: Vec<Count> = app
                .db
                .all(
                    sql!(
                        "select m.name, coalesce(s.tried_at, 0) as count
                         from mailbox_state s join mailbox m on m.id = s.mailbox
                         where m.name = $1"
                    ),
                    params![mailbox],
                )
                .await
                .unwrap();
            rows.into_iter().next().map_or(0, |row| row.count)
        })
    }

    fn problem(&self, mailbox: &str) -> Option<String> {
        self.with_app(async |app| {
            let rows: Vec<Text> = app
                .db
                .all(
                    sql!(
                        "select coalesce(s.problem, '') as text
                         from mailbox_state s join mailbox m on m.id = s.mailbox
                         where m.name = $1"
                    ),
                    params![mailbox],
                )
                .await
                .unwrap();
            rows.into_iter().next().map(|row| row.text)
        })
    }

    /// Looks into the database from a second process's point of view.
    fn with_app<T>(&self, look: impl AsyncFnOnce(&App) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let config =
                Config::load(Some(&self.path("laufzettel.toml")), &Default::default()).unwrap();
            let app = App::open(config, Clock::System).await.unwrap();
            let seen = look(&app).await;
            app.close().await.unwrap();
            seen
        })
    }
}

struct CameLate {
    uid: i64,
    uid_next: i64,
}

impl Operation for CameLate {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update inbound_mail set uid = uid + 100000 where uid = $1"),
            params![self.uid],
        )
        .await?;
        tx.execute(sql!("update mailbox_folder set uid_next = $1"), params![self.uid_next])
            .await
            .map(drop)
    }
}

struct AddMailbox<'a> {
    id: MailboxId,
    name: &'a str,
    source: String,
    password: Vec<u8>,
    after: &'a str,
    move_to: Option<&'a str>,
    options: Option<&'a str>,
}

impl Operation for AddMailbox<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "insert into mailbox (id, name, label, enabled, area, source, password,
                     after_import, move_to, unknown_sender, stranger_with_number,
                     join_open_ticket, similarity_percent, domains, created_at, version, options)
                 values ($1, $2, $2, 1, 1, $3, $4, $5, $6, 'ticket', 'linked_ticket', 0, 80, '',
                     0, 1, $7)"
            ),
            params![
                self.id,
                self.name,
                self.source.as_str(),
                self.password.as_slice(),
                self.after,
                self.move_to,
                self.options
            ],
        )
        .await
        .map(drop)
    }
}
