//! SQLite through `rusqlite`: readers that run in place, and one writer with group commit.

mod committer;
mod connect;
mod copy;
mod deadline;
mod group;
mod log;
mod readers;
mod seat;
mod statement;
mod turn;
mod waiting;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use tokio::sync::broadcast;

use crate::operation::run_in_time;
use crate::view::Session;
use crate::{Failure, Notice, Operation, Reading, Result, Tx, View};

pub(crate) use connect::connect_copier;
pub use group::GroupLimits;
pub(crate) use readers::LentReader;
pub(crate) use statement::{bind, execute, explain, rows, value};

use readers::{Readers, Snapshot};
use writer::Writer;

pub(crate) struct Sqlite {
    path: PathBuf,
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    pub(crate) fn open(
        path: &Path,
        limits: GroupLimits,
        notices: broadcast::Sender<Notice>,
    ) -> Result<Self> {
        // The writer first: it creates the file and switches it to write-ahead logging.
        let writer = Writer::start(path, limits, notices)?;
        Ok(Self { path: path.to_owned(), writer, readers: Readers::new(path) })
    }

    pub(crate) async fn write<O: Operation>(
        &self,
        operation: &O,
        statements_run: &AtomicU64,
    ) -> Result<O::Outcome> {
        // Declared before `tx`, so it is dropped after it: whatever ends this function early, a
        // failure, a panic or a dropped future, the turn takes back what the operation did.
        let mut turn = self.writer.turn(O::TIME_LIMIT).await?;
        let mut tx = Tx::new(Session::Sqlite(turn.connection()?), statements_run);
        let outcome = run_in_time(operation, &mut tx).await?;
        let (_, left) = tx.finish()?;
        turn.keep(left).await?.committed().await?;
        Ok(outcome)
    }

    pub(crate) async fn read<R: Reading>(
        &self,
        reading: &R,
        statements_run: &AtomicU64,
    ) -> Result<R::Outcome> {
        let mut connection = self.lend().await?;
        let mut snapshot = Snapshot::begin(&mut connection)?;
        reading.run(&mut View::new(Session::Sqlite(snapshot.connection()), statements_run)).await
    }

    pub(crate) async fn lend(&self) -> Result<LentReader> {
        self.readers.lend().await
    }

    /// Copies the whole database into a file.
    pub(crate) async fn copy_to(&self, target: &Path) -> Result<()> {
        let (path, target) = (self.path.clone(), target.to_owned());
        on_a_thread(move || copy::copy(&path, &target)).await
    }

    /// Moves the log into the file.
    pub(crate) async fn empty_log(&self) -> Result<()> {
        let path = self.path.clone();
        on_a_thread(move || log::empty(&path)).await
    }

    #[cfg(feature = "testing")]
    pub(crate) async fn fail_next_commit(&self) -> Result<()> {
        self.writer.fail_next_commit().await
    }
}

async fn on_a_thread(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(work).await.map_err(Failure::other)?
}
