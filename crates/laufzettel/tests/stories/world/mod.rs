//! The world of a story: a running Laufzettel on a fresh database with a clock that stands.

pub mod accounts;
pub mod browser;
pub mod fates;
pub mod fetching;
pub mod mails;
pub mod sending;
pub mod sent;

use std::sync::Arc;

use axum::Router;
use db::{Db, Step};
use laufzettel::App;
use laufzettel::config::Config;
use laufzettel::feature::agents::{AddAgent, Added, SetRights};
use laufzettel::feature::intake::{self, Arrival, Outcome, Way};
use laufzettel::record::AgentId;
use laufzettel::record::session::BeginSession;
use laufzettel::service::clock::Clock;
use laufzettel::service::keys::{Keys, sha256};
use rules::right::{Level, Role};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use values::{EmailAddress, Timestamp};

use browser::Browser;

/// Saturday, 21 November 2026, 10:00 in Berlin.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_251_600_000);

pub struct World {
    pub app: App,
    pub router: Router,
    housekeeping: JoinHandle<()>,
    _folder: Arc<TempDir>,
}

impl testkit::FromDb for World {
    fn steps() -> Vec<Step> {
        laufzettel::migrations::steps()
    }

    async fn new(db: Db, folder: TempDir) -> Self {
        Self::with_key(db, folder, 42).await
    }
}

/// Another installation with a key of its own.
pub struct Elsewhere(pub World);

impl testkit::FromDb for Elsewhere {
    fn steps() -> Vec<Step> {
        laufzettel::migrations::steps()
    }

    async fn new(db: Db, folder: TempDir) -> Self {
        Self(World::with_key(db, folder, 7).await)
    }
}

impl World {
    async fn with_key(db: Db, folder: TempDir, key: u8) -> Self {
        let config = Config::for_folder(folder.path()).unwrap();
        let keys = Keys::new(vec![[key; 32]]);
        let clock = Clock::standing(NOW);
        let app = App::with_database(config, clock, keys, db).await.unwrap();
        let router = laufzettel::http::router(&app);
        let housekeeping = tokio::spawn(laufzettel::run::forget_what_changed(app.clone()));
        Self { app, router, housekeeping, _folder: Arc::new(folder) }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.housekeeping.abort();
    }
}

impl World {
    /// An administrator who is signed in.
    pub async fn administrator(&self, name: &str) -> Browser {
        self.person(name, Role::Administrator).await
    }

    /// An agent who is signed in and works everywhere.
    pub async fn agent(&self, name: &str) -> Browser {
        self.person(name, Role::Agent).await
    }

    /// An agent who is signed in and has a level in some areas only.
    pub async fn agent_of(&self, name: &str, areas: &[(&str, Level)]) -> Browser {
        let areas: Vec<_> = areas.iter().map(|(key, level)| (*key, Some(*level))).collect();
        self.agent_with(name, None, &areas).await
    }

    /// An agent who is signed in, with a level in some areas and another one elsewhere.
    pub async fn agent_with(
        &self,
        name: &str,
        elsewhere: Option<Level>,
        areas: &[(&str, Option<Level>)],
    ) -> Browser {
        let browser = self.person(name, Role::Agent).await;
        let directory = self.app.directory().await.unwrap();
        let area = |key: &str| directory.areas.iter().find(|area| area.key == key).unwrap().id;
        let areas: Vec<_> = areas.iter().map(|(key, level)| (area(key), *level)).collect();
        let agent = browser.agent;
        let rights = SetRights { agent, elsewhere: Some(elsewhere), areas: &areas, flags: None };
        self.app.db.write(&rights).await.unwrap();
        self.app.forget_lists();
        browser
    }

    async fn person(&self, name: &str, role: Role) -> Browser {
        let email = EmailAddress::parse(&format!("{}@team.example", name.to_lowercase())).unwrap();
        let add = AddAgent {
            name,
            email: &email,
            role,
            password_hash: None,
            ids: &self.app.ids,
            now: self.app.now(),
        };
        let Added::Done(agent) = self.app.db.write(&add).await.unwrap() else {
            panic!("there is a {name} already")
        };
        self.app.forget_lists();
        self.sign_in(agent).await
    }

    /// A browser with a session of its own; passwords have a story of their own.
    pub async fn sign_in(&self, agent: AgentId) -> Browser {
        let token = web::SessionToken::from_random(rand::random());
        let session = BeginSession {
            agent,
            token_hash: sha256(token.as_str().as_bytes()),
            user_agent: "story",
            now: self.app.now(),
        };
        self.app.db.write(&session).await.unwrap();
        Browser::new(self.router.clone(), agent, token.as_str())
    }

    /// A mailbox whose mails are brought.
    pub async fn mailbox(&self, name: &str, area: &str) {
        let address = format!("{name}@firma.example");
        mails::add_mailbox(&self.app, name, &address, area).await;
        self.app.forget_lists();
    }

    /// Changes a setting of a mailbox.
    pub async fn set_mailbox(&self, name: &str, setting: mails::Setting) {
        mails::set(&self.app, name, setting).await;
        self.app.forget_lists();
    }

    /// A further area.
    pub async fn area(&self, key: &str) {
        mails::add_area(&self.app, key).await;
        self.app.forget_lists();
    }

    /// Changes what an area says about answers, assigning and closing.
    pub async fn set_area(&self, key: &str, setting: &str, value: &str) {
        mails::set_area(&self.app, key, setting, value).await;
        self.app.forget_lists();
    }

    /// Says which notices an agent wants.
    pub async fn wants(&self, name: &str, notices: Option<&str>) {
        mails::set_notices(&self.app, name, notices).await;
        self.app.forget_lists();
    }

    /// Switches an agent off.
    pub async fn switch_off(&self, name: &str) {
        mails::switch_off(&self.app, name).await;
        self.app.forget_lists();
    }

    /// Brings a mail and waits for the decision.
    pub async fn receives(&self, mailbox: &str, bytes: &[u8]) -> Outcome {
        let directory = self.app.directory().await.unwrap();
        let arrival = Arrival {
            mailbox: directory.mailbox(mailbox).unwrap().id,
            way: Way::Api,
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: None,
            is_archive: false,
        };
        let stored = intake::store(&self.app, &arrival, bytes).await.unwrap();
        intake::decide(&self.app, stored).await.unwrap()
    }

    /// Brings a mail that is written here in short: headers, blank line, text.
    pub async fn mail(&self, mailbox: &str, text: &str) -> Outcome {
        self.receives(mailbox, mails::crlf(text).as_bytes()).await
    }

    /// A ticket is somebody's, whatever he may do now: his rights were others when he got it.
    pub async fn gives(&self, number: &str, agent: AgentId) {
        mails::give(&self.app, number, agent).await;
    }

    /// Lets time pass.
    pub fn minutes_pass(&self, minutes: i64) {
        self.app.clock.advance(minutes * 60_000);
    }
}
