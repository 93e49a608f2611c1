//! Opening the configured database and bringing its tables up to date.

use db::{Db, Dump, Failure, FailureKind, MigrateOptions};

use crate::app::StartProblem;
use crate::config::Config;
use crate::migrations;

/// The file in the data folder that says that its database went to PostgreSQL.
pub const MOVED: &str = "moved";

/// Opens the database of a configuration and runs the migration steps that are missing.
pub async fn open(config: &Config) -> Result<Db, StartProblem> {
    check_not_moved(config)?;
    let db = connect(config).await.map_err(|failure| cannot_open(config, &failure))?;
    let is_unfinished = db.is_move_unfinished().await;
    if is_unfinished.map_err(|failure| cannot_open(config, &failure))? {
        return Err(StartProblem(
            "a move into this database has not ended: start laufzettel move again with the configuration of the old installation".to_owned(),
        ));
    }
    let dump = if config.migrate { Dump::Taken } else { Dump::Missing };
    let options = MigrateOptions { copy_folder: Some(&config.data_dir), dump };
    db.migrate(&migrations::steps(), options).await.map_err(|failure| cannot_migrate(&failure))?;
    Ok(db)
}

/// Whoever wrote to the old database after a move would write what nobody sees.
fn check_not_moved(config: &Config) -> Result<(), StartProblem> {
    let mark = config.data_dir.join(MOVED);
    if config.database_url.0 != "sqlite" || !mark.exists() {
        return Ok(());
    }
    Err(StartProblem(format!(
        "this installation was moved to PostgreSQL: write its address into database_url; to go on with the old database delete {}",
        mark.display()
    )))
}

async fn connect(config: &Config) -> db::Result<Db> {
    match config.database_url.0.as_str() {
        "sqlite" => Db::open_sqlite(&config.sqlite_file()),
        address => Db::open_postgres(address).await,
    }
}

fn cannot_open(config: &Config, failure: &Failure) -> StartProblem {
    StartProblem(match config.database_url.0.as_str() {
        "sqlite" => format!(
            "cannot open the database {}: {failure}; check that the folder can be written",
            config.sqlite_file().display()
        ),
        _ => format!("cannot reach PostgreSQL: {failure}; check database_url and that it runs"),
    })
}

fn cannot_migrate(failure: &Failure) -> StartProblem {
    StartProblem(match failure.kind() {
        FailureKind::NewerDatabase => format!(
            "the database was made by a newer Laufzettel ({failure}); start that version, or restore the copy made before the update"
        ),
        FailureKind::DumpNeeded => {
            "the tables must be changed for this version: take a dump with pg_dump, then start once with --migrate".to_owned()
        }
        FailureKind::StorageFull => format!(
            "no space is left to bring the tables up to date ({failure}); free space on the disk of the database and start again"
        ),
        _ => format!(
            "the tables could not be brought up to date: {failure}; mend that and start again"
        ),
    })
}
