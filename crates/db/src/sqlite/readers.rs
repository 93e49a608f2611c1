//! The read connections: opened when they are needed, the last used lent first.

use std::path::{Path, PathBuf};
use std::thread;

use deadpool::unmanaged::{Object, Pool};
use rusqlite::Connection;

use super::connect::connect_reader;
use crate::{Doing, Failure, Result};

/// Connections beyond one for each core. Short readings run in place and need no more than there
/// are cores; long ones leave their thread to others while they run.
const LONG_READERS: usize = 6;
/// Connections at most, whatever the number of cores.
const READERS_MAX: usize = 32;

/// A read connection that goes back when this is dropped.
pub(crate) type LentReader = Object<Connection>;

/// Lends read connections. The one that came back last goes out first: its cache is warm, and
/// those that are rarely needed are rarely opened.
pub(super) struct Readers {
    path: PathBuf,
    pool: Pool<Connection>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let pool = Pool::new(READERS_MAX.min(cores + LONG_READERS));
        Self { path: path.to_owned(), pool }
    }

    pub(super) async fn lend(&self) -> Result<LentReader> {
        if let Ok(free) = self.pool.try_get() {
            return Ok(free);
        }
        let status = self.pool.status();
        if status.size < status.max_size {
            let connection = connect_reader(&self.path).doing("opening a read connection")?;
            // Somebody else may have opened the last one meanwhile; then this one is not needed.
            self.pool.try_add(connection).ok();
        }
        self.pool.get().await.map_err(Failure::other)
    }
}

/// One moment of the database for a reading of several statements: a read transaction that ends
/// when this is dropped, also by a panic or a dropped future.
pub(super) struct Snapshot<'a> {
    connection: &'a mut Connection,
}

impl<'a> Snapshot<'a> {
    pub(super) fn begin(connection: &'a mut Connection) -> Result<Self> {
        connection.execute_batch("begin")?;
        Ok(Self { connection })
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        self.connection
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // A read transaction holds nothing that could fail to be given back; if it did, the next
        // `begin` on this connection reports it.
        self.connection.execute_batch("rollback").ok();
    }
}
