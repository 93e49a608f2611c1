//! Binding, running and reading one statement on SQLite, and what its errors mean.

use rusqlite::types::{Null, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, ffi};

use crate::row::{EngineRow, Order};
use crate::{Failure, FailureKind, FromRow, Param, Result, Value};

pub(crate) fn rows<T: FromRow>(
    connection: &Connection,
    text: &str,
    params: &[Param],
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(text)?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    let (mut found, order) = (Vec::new(), Order::default());
    while let Some(row) = rows.next()? {
        found.push(order.read(EngineRow::Sqlite(row))?);
    }
    Ok(found)
}

pub(crate) fn execute(connection: &Connection, text: &str, params: &[Param]) -> Result<u64> {
    let mut statement = connection.prepare_cached(text)?;
    bind(&mut statement, params)?;
    Ok(statement.raw_execute()? as u64)
}

/// The steps of a plan. Values that are not bound count as missing ones.
pub(crate) fn explain(connection: &Connection, text: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("explain query plan {text}"))?;
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(row.get("detail")?);
    }
    Ok(steps)
}

/// SQLite takes `$1` for a name and numbers the names as they appear, so `$2` may come first.
pub(crate) fn bind(statement: &mut CachedStatement<'_>, params: &[Param]) -> Result<()> {
    let expected = statement.parameter_count();
    if expected != params.len() {
        let given = params.len();
        return Err(Failure::other(format!("{expected} parameters expected, {given} given")));
    }
    for position in 1..=expected {
        let param = statement
            .parameter_name(position)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1))
            .and_then(|index| params.get(index))
            .ok_or_else(|| Failure::other("parameters are written $1, $2, … without a gap"))?;
        match param {
            Param::Int(Some(value)) => statement.raw_bind_parameter(position, value)?,
            Param::Real(Some(value)) => statement.raw_bind_parameter(position, value)?,
            Param::Text(Some(value)) => statement.raw_bind_parameter(position, value)?,
            Param::Blob(Some(value)) => statement.raw_bind_parameter(position, value)?,
            Param::Int(None) | Param::Real(None) | Param::Text(None) | Param::Blob(None) => {
                statement.raw_bind_parameter(position, Null)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn value(value: ValueRef<'_>) -> Result<Value<'_>> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(value) => Value::Text(std::str::from_utf8(value).map_err(Failure::other)?),
        ValueRef::Blob(value) => Value::Blob(value),
    })
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let kind = error.sqlite_error().map_or(FailureKind::Other, kind);
        Self::new(kind, error)
    }
}

fn kind(error: &ffi::Error) -> FailureKind {
    match (error.extended_code, error.code) {
        (ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY, _) => {
            FailureKind::Duplicate
        }
        (ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _) => FailureKind::BrokenReference,
        (ffi::SQLITE_CONSTRAINT_NOTNULL | ffi::SQLITE_CONSTRAINT_CHECK, _) => {
            FailureKind::BrokenRule
        }
        (ffi::SQLITE_BUSY_SNAPSHOT, _) => FailureKind::LostRace,
        (_, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FailureKind::Busy,
        (_, ErrorCode::OperationInterrupted) => FailureKind::TimedOut,
        // The index of the log could not grow, which has no other cause than a full disk.
        (ffi::SQLITE_IOERR_SHMSIZE, _) | (_, ErrorCode::DiskFull) => FailureKind::StorageFull,
        _ => FailureKind::Other,
    }
}
