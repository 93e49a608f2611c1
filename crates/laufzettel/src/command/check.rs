//! `laufzettel check`: configuration, database, originals, mailboxes, mail servers, a line each.

mod sending;

use clap::Args;
use db::{Reading, Result as DbResult, View};

use super::mailbox::advice;
use super::{ConfigFile, sentence, user};
use crate::App;
use crate::command::say::say;
use crate::config::is_loopback;
use crate::feature::journal::store::{first_id, hashes_from};
use crate::feature::mailboxes;
use crate::record::MailId;
use crate::record::mailbox::{Mailbox, Server};

/// Places of the journal that are looked at, and originals read at each.
const SAMPLES: i64 = 8;
const SAMPLE_MAILS: i64 = 3;

/// Says whether everything is in order: configuration, database, originals of mails, each mailbox,
/// each mail server that takes mails.
/// Exit code 1 if anything is not.
///
/// Example: laufzettel check --config /etc/laufzettel.toml
#[derive(Args)]
pub struct Check {
    /// Prints JSON, one line each.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// One line of the answer.
struct Line {
    what: String,
    /// What is fine, or what is wrong and how to mend it.
    result: Result<String, String>,
}

impl Check {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let mut lines = Lines { json: self.json, wrong: 0 };
        let config = self.config.load();
        lines.say("configuration", config.as_ref().map(configuration).map_err(Clone::clone));
        if config.is_err() {
            return lines.end();
        }
        let app = self.config.open().await;
        lines.say("database", app.as_ref().map(database).map_err(Clone::clone));
        let Ok(app) = app else { return lines.end() };
        let result = all(&app, &mut lines).await;
        user::close(&app, result).await?;
        lines.end()
    }
}

struct Lines {
    json: bool,
    wrong: usize,
}

impl Lines {
    fn say(&mut self, what: &str, result: Result<String, String>) {
        self.wrong += usize::from(result.is_err());
        let line = Line { what: what.to_owned(), result };
        // Whether it can be read or not, the exit code tells how it ended.
        say!("{}", if self.json { line.json() } else { line.text() }).ok();
    }

    fn end(&self) -> Result<(), String> {
        match self.wrong {
            0 => Ok(()),
            1 => Err("one thing needs mending; see above".to_owned()),
            wrong => Err(format!("{wrong} things need mending; see above")),
        }
    }
}

impl Line {
    fn text(&self) -> String {
        match &self.result {
            Ok(fine) => format!("ok      {}: {fine}", self.what),
            Err(wrong) => format!("wrong   {}: {wrong}", self.what),
        }
    }

    fn json(&self) -> String {
        let (Ok(detail) | Err(detail)) = &self.result;
        let is_ok = self.result.is_ok();
        serde_json::json!({ "what": self.what, "ok": is_ok, "detail": detail }).to_string()
    }
}

fn configuration(config: &crate::config::Config) -> String {
    format!("{}, zone {}", config.base_url, config.time_zone_name)
}

fn database(app: &App) -> String {
    match app.db.engine() {
        db::Engine::Sqlite => format!("SQLite, {}", app.config.sqlite_file().display()),
        db::Engine::Postgres => "PostgreSQL".to_owned(),
    }
}

async fn all(app: &App, lines: &mut Lines) -> Result<(), String> {
    let bucket = app.blobs.try_bucket().await;
    let is_readable = !matches!(bucket, Some(Err(_)));
    if let Some(tried) = bucket {
        lines.say(
            "bucket",
            tried.map_or_else(bucket_advice, |()| Ok("it keeps and gives".to_owned())),
        );
    }
    if is_readable {
        lines.say("originals", originals(app).await);
    }
    let directory = app.directory().await.map_err(sentence)?;
    if directory.mailboxes.is_empty() {
        let how = "there is none; add one with: laufzettel mailbox add";
        lines.say("mailboxes", Err(how.to_owned()));
    }
    for mailbox in &directory.mailboxes {
        lines.say(&format!("mailbox {}", mailbox.name), mailbox_line(app, mailbox).await);
    }
    for (what, result) in sending::lines(app, &directory).await? {
        lines.say(&what, result);
    }
    Ok(())
}

fn bucket_advice(error: std::io::Error) -> Result<String, String> {
    Err(format!(
        "{error}; check the setting blobs, the keys in the environment, and whether they may put, get, \
         list and delete"
    ))
}

async fn mailbox_line(app: &App, mailbox: &Mailbox) -> Result<String, String> {
    if !mailbox.enabled {
        return Ok("switched off".to_owned());
    }
    let Some(Server { host, .. }) = mailbox.source().server() else {
        return Ok(match app.config.lmtp_listen {
            Some(address) => format!("mails are brought; LMTP listens on {address}"),
            None => "mails are brought by laufzettel deliver or the API; LMTP is off".to_owned(),
        });
    };
    let is_unsealed =
        mailbox.password.as_deref().is_some_and(|sealed| app.keys.open(sealed).is_some());
    if mailbox.source().has_password() && !is_unsealed {
        return Err("its password cannot be read with the present key; set it again".to_owned());
    }
    let result = mailboxes::test(app, mailbox).await;
    match result.trouble() {
        Some(trouble) => Err(advice(trouble.code, trouble.words.as_deref(), mailbox)),
        None if is_loopback(&host) => Ok("signed in on this machine".to_owned()),
        None => Ok(format!("signed in on {host}")),
    }
}

/// Reads some originals at places spread over the whole journal: each is compared with its hash.
async fn originals(app: &App) -> Result<String, String> {
    let mut read = 0;
    let newest = first_id(app.now()).number();
    for place in 0..SAMPLES {
        // Ids begin in 2020; the samples lie closer together the newer the mails are.
        let part = newest / SAMPLES * place;
        let from = newest - (newest - part) / (place + 1);
        match sample(app, MailId::from_number(from)).await {
            Ok(count) => read += count,
            Err(failure) => {
                return Err(format!(
                    "an original cannot be read: {failure}; restore the blobs from a backup"
                ));
            }
        }
    }
    Ok(match read {
        0 => "there is no mail yet".to_owned(),
        read => format!("{read} samples read and compared with their hashes"),
    })
}

/// Reads some originals from a place on, and says how many.
async fn sample(app: &App, from: MailId) -> DbResult<usize> {
    let hashes = app.db.read(&ReadSample { from }).await?;
    for hash in &hashes {
        app.blobs.read(&app.db, hash).await?;
    }
    Ok(hashes.len())
}

struct ReadSample {
    from: MailId,
}

impl Reading for ReadSample {
    type Outcome = Vec<Vec<u8>>;

    async fn run(&self, view: &mut View<'_>) -> DbResult<Self::Outcome> {
        hashes_from(view, self.from, SAMPLE_MAILS).await
    }
}
