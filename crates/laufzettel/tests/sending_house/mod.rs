//! An installation in a folder of its own, the processes that work in it, and a look into its database
//! from outside.

#![allow(dead_code, reason = "two test programs share this, and each uses its part")]

mod copies;
mod desk;
mod fates;
mod front_door;
mod hold;
mod stop_commit;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use laufzettel::App;
use laufzettel::config::Config;
use laufzettel::service::clock::Clock;
use tempfile::TempDir;
use testkit::databases::{Engine, copy_postgres, copy_sqlite};
use testkit::postgres::as_url;
use testkit::wait;

#[allow(unused_imports, reason = "as above")]
pub use fates::Fate;
pub use front_door::Visitor;
#[allow(unused_imports, reason = "as above")]
pub use hold::Hold;
#[allow(unused_imports, reason = "as above")]
pub use stop_commit::StopCommit;

/// How long a process may need for what it is waited for.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The mail server of the installation.
pub struct Relay<'a> {
    /// `smtps://…` or `smtp://…`.
    pub url: String,
    /// `implicit`, `starttls` or `none`.
    pub tls: &'a str,
    /// Empty if nobody logs in.
    pub password: &'a str,
}

pub struct House {
    folder: TempDir,
    /// Where the database of PostgreSQL is.
    pub database: Option<String>,
    /// A further process on the same database, as it were: that of the test.
    pub app: App,
}

/// A running process; dropped, it is killed.
pub struct Process {
    child: Child,
    pub port: u16,
}

impl House {
    /// An empty installation. `roots` are the certificates that mail servers may be signed by.
    pub async fn build(engine: Engine, relay: &Relay<'_>, roots: &[&[u8]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let steps = laufzettel::migrations::steps();
        let database = match engine {
            Engine::Sqlite => {
                copy_sqlite(&steps, &data.join("laufzettel.db")).await;
                None
            }
            Engine::Postgres => Some(copy_postgres(&steps).await),
        };
        let url = database.as_deref().map_or("sqlite".to_owned(), as_url);
        let mut config = format!(
            "data_dir = \"{}\"\nmail_roots_file = \"{}\"\ndatabase_url = \"{url}\"\n",
            data.display(),
            folder.path().join("roots.pem").display(),
        );
        config += &format!("[smtp]\nurl = \"{}\"\n", relay.url);
        if relay.tls != "implicit" {
            config += &format!("tls = \"{}\"\n", relay.tls);
        }
        if !relay.password.is_empty() {
            config += &format!("password = \"{}\"\n", relay.password);
        }
        fs::write(folder.path().join("laufzettel.toml"), config).unwrap();
        fs::write(folder.path().join("roots.pem"), roots.concat()).unwrap();
        let config = folder.path().join("laufzettel.toml");
        let config = Config::load(Some(&config), &Default::default()).unwrap();
        let app = App::open(config, Clock::System).await.unwrap();
        Self { folder, database, app }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Other certificates for the processes that start from now on.
    pub fn trust(&self, roots: &[&[u8]]) {
        fs::write(self.path("roots.pem"), roots.concat()).unwrap();
    }

    /// Another password in the configuration, for the processes that start from now on.
    pub fn set_password(&self, password: &str) {
        let config = fs::read_to_string(self.path("laufzettel.toml")).unwrap();
        let kept = config.lines().filter(|line| !line.starts_with("password"));
        let config: String = kept.map(|line| format!("{line}\n")).collect();
        let config = format!("{config}password = \"{password}\"\n");
        fs::write(self.path("laufzettel.toml"), config).unwrap();
    }

    /// Starts a process, and waits until it answers.
    pub fn serve(&self) -> Process {
        let port = testkit::ports::free_port();
        let config = self.path(&format!("{port}.toml"));
        let common = fs::read_to_string(self.path("laufzettel.toml")).unwrap();
        fs::write(&config, format!("listen = \"127.0.0.1:{port}\"\n{common}")).unwrap();
        let log = File::options().append(true).create(true).open(self.path("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_laufzettel"))
            .args(["serve", "--config"])
            .arg(config)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let process = Process { child, port };
        let is_up = || std::net::TcpStream::connect(("127.0.0.1", port)).ok();
        wait::until(PATIENCE, is_up, || format!("it does not start\n{}", self.log()));
        process
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

impl Process {
    /// Ends at once, without a chance to tidy up (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stands still until it is continued (SIGSTOP).
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    /// Is asked to end (SIGTERM), and tells how long it took.
    pub fn end(mut self) -> Duration {
        let begun = Instant::now();
        self.signal("-TERM");
        let ended = wait::until(
            PATIENCE,
            || self.child.try_wait().unwrap(),
            || "it does not end when it is asked to".to_owned(),
        );
        assert!(ended.success(), "{ended}");
        begun.elapsed()
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
