//! What an operation and a reading hold in their hands while they run.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Engine, Failure, FailureKind, FromRow, Notice, Param, Query, Result, Sql};
use crate::{postgres, sqlite};

/// Looks at the database, inside a transaction or not.
///
/// A function that only reads takes a `&mut View`; a [`Tx`] is one too, so an operation calls the
/// same function and sees its own changes.
pub struct View<'a> {
    session: Session<'a>,
    statements_run: &'a AtomicU64,
    has_failed: bool,
}

pub(crate) enum Session<'a> {
    Sqlite(&'a mut rusqlite::Connection),
    Postgres(postgres::Session<'a>),
}

impl<'a> View<'a> {
    pub(crate) fn new(session: Session<'a>, statements_run: &'a AtomicU64) -> Self {
        Self { session, statements_run, has_failed: false }
    }

    /// All rows. The statement has a `limit`, or its result is small by nature.
    pub async fn all<T: FromRow + Send>(
        &mut self,
        sql: Sql,
        params: impl AsRef<[Param]>,
    ) -> Result<Vec<T>> {
        self.rows(self.engine().text(sql), params.as_ref()).await
    }

    /// The first row, or `None`.
    pub async fn optional<T: FromRow + Send>(
        &mut self,
        sql: Sql,
        params: impl AsRef<[Param]>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }

    /// The first row of a statement that always has one, like a count.
    pub async fn one<T: FromRow + Send>(
        &mut self,
        sql: Sql,
        params: impl AsRef<[Param]>,
    ) -> Result<T> {
        self.optional(sql, params).await?.ok_or_else(|| Failure::other("a statement gave no row"))
    }

    /// All rows of a list whose filter was put together at run time.
    pub async fn list<T: FromRow + Send>(&mut self, query: &Query) -> Result<Vec<T>> {
        self.rows(&query.text(self.engine()), query.params()).await
    }

    /// Which engine runs. Only a statement whose parameters differ by engine needs to ask.
    pub fn engine(&self) -> Engine {
        match self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    async fn rows<T: FromRow + Send>(&mut self, text: &str, params: &[Param]) -> Result<Vec<T>> {
        self.begin_statement()?;
        let rows = match &mut self.session {
            Session::Sqlite(connection) => sqlite::rows(connection, text, params),
            Session::Postgres(session) => session.rows(text, params).await,
        };
        self.end_statement(rows)
    }

    fn begin_statement(&self) -> Result<()> {
        self.check_not_failed()?;
        self.statements_run.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn check_not_failed(&self) -> Result<()> {
        if self.has_failed {
            let cause = "a statement of this transaction has failed before";
            return Err(Failure::new(FailureKind::SwallowedFailure, cause));
        }
        Ok(())
    }

    fn end_statement<T>(&mut self, result: Result<T>) -> Result<T> {
        self.has_failed |= result.is_err();
        result
    }
}

/// The transaction of one operation.
///
/// After a failed statement nothing more is possible in it and it cannot be committed. PostgreSQL
/// works like that; SQLite would let the operation go on, and the two would part ways.
pub struct Tx<'a> {
    view: View<'a>,
    notices: Vec<Notice>,
    late: Vec<Late>,
}

/// A statement that waits for the end of the transaction.
pub(crate) struct Late {
    pub(crate) rank: i64,
    pub(crate) text: &'static str,
    pub(crate) params: Vec<Param>,
}

/// What an operation leaves to whoever commits it.
pub(crate) struct Left {
    pub(crate) notices: Vec<Notice>,
    pub(crate) late: Vec<Late>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(session: Session<'a>, statements_run: &'a AtomicU64) -> Self {
        let view = View::new(session, statements_run);
        Self { view, notices: Vec::new(), late: Vec::new() }
    }

    /// Runs a statement and gives the number of rows it changed.
    pub async fn execute(&mut self, sql: Sql, params: impl AsRef<[Param]>) -> Result<u64> {
        self.run(self.engine().text(sql), params.as_ref()).await
    }

    /// Runs a change whose filter was put together at run time, and gives the number of rows.
    pub async fn execute_query(&mut self, query: &Query) -> Result<u64> {
        self.run(&query.text(self.engine()), query.params()).await
    }

    /// Runs a change just before the commit; on SQLite after all operations that share the commit,
    /// the lowest `rank` first.
    ///
    /// For an index that no operation reads: FTS5 writes what it was given to the file at each
    /// savepoint, and whenever a row comes after one with a greater id. So it is given all rows of
    /// a group at once, by their ids. If it fails, the commit fails.
    pub async fn execute_last(&mut self, rank: i64, sql: Sql, params: Vec<Param>) -> Result<()> {
        let text = self.engine().text(sql);
        match self.view.session {
            Session::Sqlite(_) => {
                self.begin_statement()?;
                self.late.push(Late { rank, text, params });
                Ok(())
            }
            Session::Postgres(_) => self.run(text, &params).await.map(drop),
        }
    }

    async fn run(&mut self, text: &str, params: &[Param]) -> Result<u64> {
        self.begin_statement()?;
        let changed = match &mut self.view.session {
            Session::Sqlite(connection) => sqlite::execute(connection, text, params),
            Session::Postgres(session) => session.execute(text, params).await,
        };
        self.end_statement(changed)
    }

    /// Runs a script of several statements without parameters. Only migrations have any.
    pub(crate) async fn script(&mut self, text: &str) -> Result<()> {
        self.begin_statement()?;
        let result = match &mut self.view.session {
            Session::Sqlite(connection) => Ok(connection.execute_batch(text)?),
            Session::Postgres(session) => session.script(text).await,
        };
        self.end_statement(result)
    }

    /// Puts a notice aside that leaves after the commit, and never if there is none.
    pub fn announce(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    pub(crate) fn word(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        self.engine().text(Sql { sqlite, postgres })
    }

    /// Ends the work on a transaction that is to be committed.
    ///
    /// COMMIT after a failed statement is a rollback that PostgreSQL reports as success, so an
    /// operation that swallowed the failure must not get that far.
    pub(crate) fn finish(self) -> Result<(Session<'a>, Left)> {
        self.check_not_failed()?;
        Ok((self.view.session, Left { notices: self.notices, late: self.late }))
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &Self::Target {
        &self.view
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.view
    }
}
