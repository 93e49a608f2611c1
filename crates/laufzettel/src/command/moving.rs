//! `laufzettel move`: from the embedded database to PostgreSQL.

use std::fs;
use std::io::IsTerminal;
use std::path::Path;

use clap::Args;
use db::{Begun, Compared, Db, FailureKind, Progress, Transfer};

use super::{ConfigFile, folder_lock, sentence};
use crate::command::say::{self, say};
use crate::config::{Config, Secret};
use crate::database::{self, MOVED};
use crate::migrations;
use crate::record::unindexed::index_missing;

/// What belongs to the processes of the old database: who runs, who holds a lease.
const LEFT_OUT: [&str; 2] = ["process", "lease"];
/// Between two lines of progress where nobody looks on.
const ROWS_TOLD: u64 = 50_000;

/// Copies an embedded installation to an empty PostgreSQL database and compares every table.
///
/// Stop the server first. Interrupted, it goes on when it is started again. Large mails, files and the
/// key stay in the data folder; the old database stays there, too, and is not opened any more.
///
/// Example: laufzettel move --config /etc/laufzettel/laufzettel.toml --to postgres://laufzettel@db.example.de/laufzettel
#[derive(Args)]
pub struct Move {
    /// The address of the PostgreSQL database.
    #[arg(long, value_name = "ADDRESS", env = "LAUFZETTEL_MOVE_TO", hide_env_values = true)]
    to: String,
    /// Prints JSON, a line for each table.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl Move {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let config = self.config.load()?;
        let to = self.target()?;
        check_source(&config)?;
        let _lock = folder_lock(&config)?;
        let db = database::open(&config).await.map_err(|problem| problem.to_string())?;
        db.close().await.map_err(sentence)?;
        drop(db);
        let target = Db::open_postgres(&to.0).await.map_err(|failure| {
            format!("cannot reach the new database: {failure}; check the address after --to and that PostgreSQL runs")
        })?;
        let mut transfer = begin(&config, &target).await?;
        let copied = transfer.copy(|progress| self.tell(progress)).await;
        copied.map_err(|failure| interrupted(&failure))?;
        self.index(&target).await?;
        self.compare(&mut transfer).await?;
        transfer.end().await.map_err(|failure| interrupted(&failure))?;
        leave_mark(&config)?;
        self.say_what_next(&config)
    }

    fn target(&self) -> Result<Secret, String> {
        let is_postgres =
            ["postgres://", "postgresql://"].iter().any(|scheme| self.to.starts_with(scheme));
        // The address may hold a password, so it is not repeated.
        match is_postgres {
            true => Ok(Secret(self.to.clone())),
            false => {
                Err("the address after --to must be like postgres://user:password@host/name"
                    .to_owned())
            }
        }
    }

    fn tell(&self, progress: &Progress<'_>) {
        let Progress { table, rows, rows_in_all } = progress;
        let is_last = rows == rows_in_all;
        if self.json {
            return;
        }
        if std::io::stderr().is_terminal() {
            say::aside(format_args!("\r\x1b[K{table}: {rows} of {rows_in_all}"));
        } else if is_last || rows % ROWS_TOLD == 0 {
            say::aside(format_args!("{table}: {rows} of {rows_in_all}\n"));
        }
    }

    async fn index(&self, target: &Db) -> Result<(), String> {
        let told = |written: u64| {
            if !self.json && std::io::stderr().is_terminal() {
                say::aside(format_args!("\r\x1b[Ksearch: {written} documents"));
            } else if !self.json && written.is_multiple_of(ROWS_TOLD) {
                say::aside(format_args!("search: {written} documents\n"));
            }
        };
        index_missing(target, told).await.map_err(|failure| interrupted(&failure))?;
        if !self.json && std::io::stderr().is_terminal() {
            say::aside(format_args!("\r\x1b[K"));
        }
        Ok(())
    }

    async fn compare(&self, transfer: &mut Transfer) -> Result<(), String> {
        // Whether a line can be written or not, the exit code tells how it ended.
        let told = |compared: &Compared| {
            say!("{}", if self.json { json(compared) } else { text(compared) }).ok();
        };
        let all = transfer.compare(told).await.map_err(|failure| interrupted(&failure))?;
        let differing = all.iter().filter(|compared| !compared.is_equal()).count();
        match differing {
            0 => Ok(()),
            _ => Err(format!(
                "{differing} tables differ, so nothing was switched over: somebody wrote while it was copied; make the new database empty and start again"
            )),
        }
    }

    fn say_what_next(&self, config: &Config) -> Result<(), String> {
        let folder = config.data_dir.display();
        if self.json {
            return say!("{}", serde_json::json!({ "moved": true, "set": "database_url" }));
        }
        say!(
            "Everything is in PostgreSQL, and every table is the same.\n\
             Now write the address into the configuration, then start Laufzettel:\n\
             \n    database_url = \"postgres://…\"    # the address after --to, or name a file with it in database_url_file\n\n\
             Large mails, files and the key stay in {folder}: every process needs this folder.\n\
             The old database stays in {}. It is not opened any more, unless you delete {}.",
            config.sqlite_file().display(),
            config.data_dir.join(MOVED).display()
        )
    }
}

fn check_source(config: &Config) -> Result<(), String> {
    if config.database_url.0 != "sqlite" {
        return Err("database_url names PostgreSQL already, so there is nothing to move; name the configuration of the embedded installation with --config".to_owned());
    }
    match config.sqlite_file().is_file() {
        true => Ok(()),
        false => Err(format!(
            "there is no database {}; name the configuration of the installation with --config",
            config.sqlite_file().display()
        )),
    }
}

async fn begin(config: &Config, target: &Db) -> Result<Box<Transfer>, String> {
    let file = config.sqlite_file();
    let begun = Transfer::begin(&file, target, &migrations::steps(), &LEFT_OUT).await;
    match begun.map_err(|failure| cannot_begin(&failure))? {
        Begun::Ready(transfer) => Ok(transfer),
        Begun::NotEmpty => Err(
            "the new database is not empty; make an empty one with createdb and name it after --to"
                .to_owned(),
        ),
        Begun::Busy => {
            Err("another laufzettel is moving into this database; wait until it has ended"
                .to_owned())
        }
    }
}

fn cannot_begin(failure: &db::Failure) -> String {
    match failure.kind() {
        FailureKind::Busy => {
            format!(
                "another program writes to the old database ({failure}); end it and start again"
            )
        }
        _ => format!("cannot begin: {failure}; mend that and start again"),
    }
}

fn interrupted(failure: &db::Failure) -> String {
    format!(
        "the move was interrupted: {failure}; mend that and start it again, it goes on where it ended"
    )
}

fn text(compared: &Compared) -> String {
    let Compared { table, source, target } = compared;
    match compared.is_equal() {
        true => format!("equal   {table}: {} rows, {source}", source.rows),
        false => format!(
            "differs {table}: {} rows, {source} here; {} rows, {target} there",
            source.rows, target.rows
        ),
    }
}

fn json(compared: &Compared) -> String {
    let Compared { table, source, target } = compared;
    serde_json::json!({
        "table": table, "equal": compared.is_equal(),
        "rows": source.rows, "hash": source.to_string(),
        "rows_there": target.rows, "hash_there": target.to_string(),
    })
    .to_string()
}

/// From now on whoever opens the old database is told where it went, so that a mail server keeps its
/// mails until the configuration is changed.
fn leave_mark(config: &Config) -> Result<(), String> {
    let mark = config.data_dir.join(MOVED);
    write(&mark).map_err(|error| {
        format!("everything is in PostgreSQL, but {} cannot be written ({error}); make it yourself, so that nobody uses the old database", mark.display())
    })
}

fn write(mark: &Path) -> std::io::Result<()> {
    fs::write(
        mark,
        "This installation was moved to PostgreSQL; laufzettel.db is not opened any more.\n",
    )?;
    fs::File::open(mark)?.sync_all()
}
