//! An installation in a folder of its own, its commands, and what its API answers.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use db::{Operation, Tx, sql};
use laufzettel::App;
use laufzettel::config::Config;
use laufzettel::feature::demo;
use laufzettel::service::clock::Clock;
use serde_json::Value;
use tempfile::TempDir;
use testkit::databases::copy_postgres;
use testkit::postgres::as_url;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// What is asked besides each ticket and each mail.
const ASKED: [&str; 14] = [
    "tickets?query=Rechnung",
    "tickets?query=Schreibtisch%20lieferung",
    "tickets?query=ist:geschlossen",
    "tickets?query=drucker*",
    "agents",
    "areas",
    "statuses",
    "categories",
    "contacts?limit=200",
    "companies?limit=200",
    "mailboxes",
    "senders",
    "text_blocks",
    "outbox?limit=200",
];

pub struct House {
    folder: TempDir,
    runtime: Runtime,
}

/// The address of a PostgreSQL database without a table.
pub fn new_postgres() -> String {
    as_url(&runtime().block_on(copy_postgres(&[])))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

impl House {
    pub fn empty() -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap(), runtime: runtime() };
        house.use_database("sqlite");
        assert!(house.run(&["user", "list"], b"").status.success());
        house
    }

    /// The sample company, with a category whose parent has the greater id.
    pub fn filled() -> Self {
        let house = Self::empty();
        house.with_app(async |app| {
            demo::fill(app, app.now()).await.unwrap();
            app.db.write(&AddCategories).await.unwrap();
        });
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn use_database(&self, address: &str) {
        let data = self.path("data").display().to_string();
        let text = format!("data_dir = \"{data}\"\ndatabase_url = \"{address}\"\n");
        fs::write(self.path("laufzettel.toml"), text).unwrap();
    }

    fn begin(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_laufzettel"))
            .args(arguments)
            .arg("--config")
            .arg(self.path("laufzettel.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self.begin(arguments);
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Kills a move once it has told so many times how far it is.
    pub fn move_until_killed(&self, to: &str, told: usize) {
        let mut child = self.begin(&["move", "--to", to]);
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let heard = lines.map_while(Result::ok).take(told).count();
        // On Unix this is SIGKILL: the process has no chance to tidy up.
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(heard > 0, "it ended before it began");
    }

    /// A token of an administrator of the sample company.
    pub fn token(&self) -> String {
        let users = self.run(&["user", "list", "--json"], b"");
        let users = String::from_utf8(users.stdout).unwrap();
        let mut users = users.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let administrator = users.find(|user| user["role"] == "administrator").unwrap();
        let email = administrator["email"].as_str().unwrap();
        let made = ["token", "create", "--user", email, "--name", "compare", "--json"];
        let made: Value = serde_json::from_slice(&self.run(&made, b"").stdout).unwrap();
        made["token"].as_str().unwrap().to_owned()
    }

    /// What the API answers to everything: lists, each ticket with its conversation and history,
    /// each mail with its bytes.
    pub fn answers(&self, token: &str) -> Vec<(String, Vec<u8>)> {
        self.with_app(async |app| {
            let api = Api { router: laufzettel::http::router(app), token };
            let mut answers = Vec::new();
            for path in ASKED {
                answers.push(api.get(path).await);
            }
            for number in api.all("tickets", "number", &mut answers).await {
                for part in ["", "/messages", "/history"] {
                    answers.push(api.get(&format!("tickets/{number}{part}")).await);
                }
            }
            for id in api.all("mails", "id", &mut answers).await {
                answers.push(api.get(&format!("mails/{id}/raw")).await);
            }
            answers
        })
    }

    fn with_app<T>(&self, look: impl AsyncFnOnce(&App) -> T) -> T {
        self.runtime.block_on(async {
            let file = self.path("laufzettel.toml");
            let config = Config::load(Some(&file), &Default::default()).unwrap();
            let app = App::open(config, Clock::System).await.unwrap();
            let seen = look(&app).await;
            app.close().await.unwrap();
            app.db.close().await.unwrap();
            seen
        })
    }
}

struct Api<'a> {
    router: Router,
    token: &'a str,
}

impl Api<'_> {
    async fn get(&self, path: &str) -> (String, Vec<u8>) {
        let request = Request::get(format!("/api/v1/{path}"))
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (path.to_owned(), bytes.to_vec())
    }

    /// A field of all that a list holds.
    async fn all(
        &self,
        list: &str,
        field: &str,
        answers: &mut Vec<(String, Vec<u8>)>,
    ) -> Vec<String> {
        let mut found = Vec::new();
        let mut path = format!("{list}?limit=100");
        loop {
            let answer = self.get(&path).await;
            let page: Value = serde_json::from_slice(&answer.1).unwrap();
            let items = page["items"].as_array().unwrap();
            found.extend(items.iter().map(|one| one[field].as_str().unwrap().to_owned()));
            answers.push(answer);
            let Some(next) = page["next"].as_str() else { return found };
            path = format!("{list}?limit=100&cursor={next}");
        }
    }
}

struct AddCategories;

impl Operation for AddCategories {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "insert into category (id, key, name, parent, position, active, is_public, version)
                 values (900, 'oben', 'Oben', null, 90, 1, 1, 1),
                        (800, 'unten', 'Unten', 900, 91, 1, 1, 1)"
            ),
            [],
        )
        .await
        .map(drop)
    }
}
