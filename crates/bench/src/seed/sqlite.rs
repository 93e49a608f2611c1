//! Rows into a SQLite file: without a journal, and with the indexes built at the end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, params_from_iter};

use super::Sink;
use super::rows::Row;
use crate::Result;

/// Safe is what is complete; a file that is not is thrown away.
const FAST: &str = "
    pragma locking_mode = exclusive;
    pragma journal_mode = off;
    pragma synchronous = off;
    pragma foreign_keys = off;
    pragma cache_size = -1000000;
    pragma temp_store = memory;
";

/// A file that is being filled.
pub struct FileSink {
    path: PathBuf,
    connection: Connection,
    indexes: Vec<String>,
}

/// Opens a file with empty tables.
pub fn open(path: &Path) -> Result<FileSink> {
    let connection = Connection::open(path)?;
    // The threads of whoever built the tables may still be closing theirs.
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.execute_batch(FAST)?;
    connection.set_prepared_statement_cache_capacity(64);
    let indexes = drop_indexes(&connection)?;
    connection.execute_batch("begin")?;
    Ok(FileSink { path: path.to_owned(), connection, indexes })
}

/// Drops all indexes that a statement made, and gives those statements.
fn drop_indexes(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare("select name, sql from sqlite_master where type = 'index' and sql is not null")?;
    let found: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (name, _) in &found {
        connection.execute_batch(&format!("drop index {name}"))?;
    }
    Ok(found.into_iter().map(|(_, text)| text).collect())
}

impl Sink for FileSink {
    fn take(&mut self, rows: Vec<Row>) -> Result<()> {
        for row in rows {
            let marks = vec!["?"; row.values.len()].join(",");
            let text =
                format!("insert into {} ({}) values ({marks})", row.table.name, row.table.columns);
            self.connection.prepare_cached(&text)?.execute(params_from_iter(row.values))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<()> {
        for index in &self.indexes {
            self.connection.execute_batch(index)?;
        }
        self.connection.execute_batch("commit; pragma locking_mode = normal")?;
        drop(self.connection);
        // What waits in memory for the disk would disturb whoever measures it.
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}
