//! Steps that build the tables: one text for both engines, each run once and never edited.
//!
//! There is no way down. A step only adds (expand); what is no longer used goes in a later one.

use std::path::Path;
use std::time::Duration;

use crate::{
    Doing, Engine, Failure, FailureKind, FromRow, Operation, Reading, Result, Row, Sql, Tx, View,
    params, sql,
};

/// One step. Its text may use the type words `{int}` (64 bits), `{text}` and `{blob}`, and behind a table
/// `{keyed}`: its short rows lie in its primary key, so that they are not written twice.
///
/// Text compares byte by byte on both engines, as in Rust; sorting for people is not the
/// database's business.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    name: &'static str,
    text: Sql,
}

impl Step {
    /// A step for both engines. The name is that of the file, which also gives the order:
    /// `0001_tickets`. The statements are separated by semicolons.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text: Sql { sqlite: text, postgres: text } }
    }

    /// A step whose texts differ, for a full-text index only: its name ends in `_search`.
    pub const fn for_search(
        name: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Self {
        Self { name, text: Sql { sqlite, postgres } }
    }

    /// The name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The text for each engine, as it stands in the file.
    pub const fn text(&self) -> Sql {
        self.text
    }

    /// `0007` of `0007_search`.
    fn number(&self) -> &'static str {
        self.name.split_once('_').map_or(self.name, |(number, _)| number)
    }
}

/// What is done for tables with content before a step changes them. A new database needs nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct MigrateOptions<'a> {
    /// The folder into which SQLite copies its file first, as `before-NNNN.db` with the number of
    /// the first step that is missing. `None` makes no copy.
    pub copy_folder: Option<&'a Path>,
    /// On PostgreSQL, whether somebody has taken a dump.
    pub dump: Dump,
}

/// Whether a dump of a PostgreSQL database was taken. The program cannot take one itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dump {
    /// Nobody said so: tables with content are not changed.
    #[default]
    Missing,
    /// An administrator said so.
    Taken,
}

/// The steps that are not in the database yet. An error if one there is unknown or was edited.
pub(crate) fn pending<'a>(
    steps: &'a [Step],
    stored: &[StoredStep],
    engine: Engine,
) -> Result<Vec<&'a Step>> {
    for there in stored {
        let Some(step) = steps.iter().find(|step| step.name == there.name) else {
            let cause = format!("the database has step {}, unknown to this version", there.name);
            return Err(Failure::new(FailureKind::NewerDatabase, cause));
        };
        if engine.text(step.text) != there.text {
            let cause = format!("step {} was edited after it had run", there.name);
            return Err(Failure::other(cause));
        }
    }
    let is_stored = |step: &Step| stored.iter().any(|there| there.name == step.name);
    Ok(steps.iter().filter(|step| !is_stored(step)).collect())
}

/// A list of steps is in order, and only those for search have two texts.
pub(crate) fn check(steps: &[Step]) -> Result<()> {
    if !steps.is_sorted_by(|one, next| one.name < next.name) {
        return Err(Failure::other("the names of the steps do not ascend"));
    }
    let is_wrong =
        |step: &&Step| step.text.sqlite != step.text.postgres && !step.name.ends_with("_search");
    match steps.iter().find(is_wrong) {
        Some(step) => Err(Failure::other(format!("step {} has two texts", step.name))),
        None => Ok(()),
    }
}

/// The name of the copy that is made before these steps run.
pub(crate) fn copy_name(pending: &[&Step]) -> String {
    format!("before-{}.db", pending.first().map_or("0000", |step| step.number()))
}

/// A step that has run.
pub(crate) struct StoredStep {
    name: String,
    text: String,
}

impl FromRow for StoredStep {
    fn from_row(row: Row<'_>) -> Result<Self> {
        Ok(Self { name: row.get("name")?, text: row.get("text")? })
    }
}

/// The steps that have run, oldest first; none in a database without tables.
pub(crate) struct StoredSteps;

impl Reading for StoredSteps {
    type Outcome = Vec<StoredStep>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<StoredStep>> {
        match has_table(view, "migration").await? {
            true => stored(view).await,
            false => Ok(Vec::new()),
        }
    }
}

struct Found;

impl FromRow for Found {
    fn from_row(_: Row<'_>) -> Result<Self> {
        Ok(Self)
    }
}

/// Whether a table is there.
pub(crate) struct HasTable {
    pub(crate) name: &'static str,
}

impl Reading for HasTable {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        has_table(view, self.name).await
    }
}

async fn has_table(view: &mut View<'_>, name: &str) -> Result<bool> {
    let statement = sql!(
        sqlite: "select 1 from sqlite_master where type = 'table' and name = $1",
        postgres: "select 1
                   from pg_tables
                   where schemaname = current_schema() and tablename = $1"
    );
    Ok(view.optional::<Found>(statement, params![name]).await?.is_some())
}

async fn stored(view: &mut View<'_>) -> Result<Vec<StoredStep>> {
    view.all(sql!("select name, text from migration order by name"), []).await
}

/// Runs the steps that have not run yet, all of them or none.
pub(crate) struct Migrate<'a> {
    pub(crate) steps: &'a [Step],
}

impl Operation for Migrate<'_> {
    type Outcome = ();

    /// A new index over a million rows takes minutes, and nobody else is at work yet.
    const TIME_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        // Two processes that start at the same time must not both build the tables.
        let alone = "set local statement_timeout = 0;
             set local lock_timeout = 0;
             select pg_advisory_xact_lock(7305516, hashtext(current_schema()))";
        tx.script(tx.word("select 1", alone)).await?;
        let table = "create table if not exists migration (name {text} not null primary key, text {text} not null)";
        tx.script(&with_type_words(tx, table)).await?;
        for step in pending(self.steps, &stored(tx).await?, tx.engine())? {
            run_step(tx, step).await.doing(step.name)?;
        }
        Ok(())
    }
}

async fn run_step(tx: &mut Tx<'_>, step: &Step) -> Result<()> {
    let text = tx.engine().text(step.text);
    tx.script(&with_type_words(tx, text)).await?;
    tx.execute(
        sql!("insert into migration (name, text) values ($1, $2)"),
        params![step.name, text],
    )
    .await?;
    Ok(())
}

fn with_type_words(tx: &Tx<'_>, text: &str) -> String {
    text.replace("{int}", tx.word("integer", "bigint"))
        .replace("{text}", tx.word("text", "text collate \"C\""))
        .replace("{blob}", tx.word("blob", "bytea"))
        .replace(" {keyed}", tx.word(" without rowid", ""))
}
