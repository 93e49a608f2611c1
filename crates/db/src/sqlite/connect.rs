//! Opening connections to a SQLite file, each with the settings of its task.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::{Doing, Failure, Result};

/// `synchronous = full` syncs the log at every commit; with `normal` a power cut takes back
/// commits that were answered. The log is copied into the file by a thread of its own.
const SETTINGS: &str = "
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma temp_store = memory;
    pragma journal_size_limit = 67108864;
    pragma wal_autocheckpoint = 0;
";

/// Memory for pages, in KiB: the writer meets the upper pages of every index again and again.
const WRITER_CACHE: &str = "pragma cache_size = -16384";
/// Little for each reader: what is not here is in the memory of the operating system, a
/// microsecond away, and only once.
const READER_CACHE: &str = "pragma cache_size = -2048; pragma query_only = on";
/// Copying the log needs no pages.
const COPIER_CACHE: &str = "pragma cache_size = -64";

/// Prepared statements kept by the writer, some 5 KiB each.
const WRITER_STATEMENTS_KEPT_MAX: usize = 256;
/// Prepared statements kept by each reader.
const READER_STATEMENTS_KEPT_MAX: usize = 64;

/// How long a reader waits for another process that repairs the log after a crash.
const READER_WAIT: Duration = Duration::from_secs(5);
/// How long emptying the log at the end waits for readers of other processes.
const COPIER_WAIT: Duration = Duration::from_secs(2);

/// The connection that writes. It creates the file if there is none. Waiting for other processes
/// is left to the caller, who does not hold up the runtime.
pub(super) fn connect_writer(path: &Path) -> Result<Connection> {
    let connection = connect(path, WRITER_CACHE, READER_WAIT)?;
    connection.set_prepared_statement_cache_capacity(WRITER_STATEMENTS_KEPT_MAX);
    connection.busy_timeout(Duration::ZERO)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn connect_reader(path: &Path) -> Result<Connection> {
    let connection = connect(path, READER_CACHE, READER_WAIT)?;
    connection.set_prepared_statement_cache_capacity(READER_STATEMENTS_KEPT_MAX);
    Ok(connection)
}

/// A connection that copies: the log into the file, or the file into another one.
pub(crate) fn connect_copier(path: &Path) -> Result<Connection> {
    connect(path, COPIER_CACHE, COPIER_WAIT)
}

fn connect(path: &Path, cache: &str, wait: Duration) -> Result<Connection> {
    let connection = Connection::open(path).map_err(Failure::from).doing("opening the database")?;
    connection.busy_timeout(wait)?;
    connection.execute_batch(SETTINGS)?;
    connection.execute_batch(cache)?;
    // Else SQLite plans a statement anew at each run whose bindings could change its plan, such as
    // `limit $1`: for short statements that takes longer than running them.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_statement_is_planned_once_whatever_is_bound() {
        let folder = tempfile::tempdir().unwrap();
        let connection = connect_writer(&folder.path().join("planned.db")).unwrap();
        connection.execute_batch("create table mail (address text not null, at integer)").unwrap();
        for address in ["karin@example.org", "jens@example.org", "maria@example.org"] {
            let found = "select at from mail where address = ?1 order by at limit ?2";
            let mut statement = connection.prepare_cached(found).unwrap();
            assert!(!statement.exists((address, 1)).unwrap());
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        }
    }
}
