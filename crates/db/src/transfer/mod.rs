//! Copying all content of an embedded database to PostgreSQL, once and for good.
//!
//! Rows are copied in the order of their keys, a batch a transaction, so that a copy that was
//! interrupted goes on behind the greatest key that arrived. Which tables there are, and which
//! refers to which, is read from the source. The full-text index is left out: its two forms have
//! nothing in common.

mod digest;
mod source;
mod table;
mod target;

use std::path::Path;

use crate::database::Driver;
use crate::{Db, Doing, Dump, Failure, MigrateOptions, Result, Step};

pub use digest::Digest;

use source::Source;
use table::Table;
use target::Target;

/// The table that stands in the target until everything has arrived.
pub(crate) const UNFINISHED: &str = "unfinished_move";

/// A copy that has begun. Nobody else writes to the source until this is dropped.
pub struct Transfer {
    source: Source,
    target: Target,
    tables: Vec<Table>,
}

/// How a copy began.
pub enum Begun {
    /// It can go on.
    Ready(Box<Transfer>),
    /// The target has tables that no copy made.
    NotEmpty,
    /// Another process copies into the target.
    Busy,
}

/// How far a table is.
pub struct Progress<'a> {
    /// The table.
    pub table: &'a str,
    /// Rows that have arrived.
    pub rows: u64,
    /// All its rows.
    pub rows_in_all: u64,
}

/// Both sides of a table.
pub struct Compared {
    /// The table.
    pub table: String,
    /// What stands in the source.
    pub source: Digest,
    /// What stands in the target.
    pub target: Digest,
}

impl Compared {
    /// Whether all rows are the same.
    pub fn is_equal(&self) -> bool {
        self.source == self.target
    }
}

impl Transfer {
    /// Builds the tables in an empty PostgreSQL database, or finds those of a copy that was
    /// interrupted, and keeps all others from writing to the SQLite file. Tables in `left_out` stay
    /// empty.
    pub async fn begin(
        file: &Path,
        target: &Db,
        steps: &[Step],
        left_out: &[&str],
    ) -> Result<Begun> {
        let Driver::Postgres(postgres) = target.driver() else {
            return Err(Failure::other("the target of a copy is PostgreSQL"));
        };
        let mut there = Target::new(postgres.lend().await?).await?;
        if !there.take_lock().await? {
            return Ok(Begun::Busy);
        }
        if !there.begin().await? {
            return Ok(Begun::NotEmpty);
        }
        let options = MigrateOptions { copy_folder: None, dump: Dump::Taken };
        target.migrate(steps, options).await?;
        let source = Source::lock(file).doing("locking the database that is copied")?;
        let tables = source.tables(left_out)?;
        there.remove_delivered(&tables).await.doing("emptying the new tables")?;
        Ok(Begun::Ready(Box::new(Self { source, target: there, tables })))
    }

    /// Copies what has not arrived yet.
    pub async fn copy(&mut self, mut told: impl FnMut(&Progress<'_>)) -> Result<()> {
        for table in &self.tables {
            let rows_in_all = self.source.count(table)?;
            let (mut key, mut rows) = self.target.reached(table).await?;
            loop {
                let batch = self.source.batch(table, &key)?;
                let Some(last) = batch.last() else { break };
                rows += batch.len() as u64;
                key = table.key_of(last);
                self.target.take(table, &batch, rows).await.doing("copying a table")?;
                told(&Progress { table: &table.name, rows, rows_in_all });
            }
        }
        Ok(())
    }

    /// Reads every table on both sides.
    pub async fn compare(&mut self, mut told: impl FnMut(&Compared)) -> Result<Vec<Compared>> {
        let mut all = Vec::new();
        for table in &self.tables {
            let compared = Compared {
                table: table.name.clone(),
                source: self.source.digest(table).doing("reading a table of the source")?,
                target: self.target.digest(table).await.doing("reading a table of the target")?,
            };
            told(&compared);
            all.push(compared);
        }
        Ok(all)
    }

    /// Says that everything has arrived: the target is a database like any other from now on.
    pub async fn end(self) -> Result<()> {
        self.target.end().await.doing("ending the copy")
    }
}
