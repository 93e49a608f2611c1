//! The embedded database that is copied, held by one connection that lets nobody else write.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::digest::{Digest, Digesting};
use super::table::{Column, Kind, Table, Values, in_order};
use crate::{Failure, Param, Result, sqlite};

/// Rows of a batch.
const ROWS_MAX: usize = 2_000;
/// A batch ends behind the row with which it reaches this size.
const BYTES_MAX: usize = 4 << 20;

/// Tables that do not belong to the content: the full-text index and its inner tables, what SQLite
/// keeps for itself, and the steps that have run, which the target knows by itself.
const TABLES: &str = "select name from sqlite_master
     where type = 'table' and name <> 'migration'
       and substr(name, 1, 6) <> 'search' and substr(name, 1, 7) <> 'sqlite_'
     order by name";

pub(super) struct Source {
    connection: Connection,
}

impl Source {
    /// Opens the file and keeps the one place for writing until this is dropped.
    pub(super) fn lock(file: &Path) -> Result<Self> {
        let connection = sqlite::connect_copier(file)?;
        connection.execute_batch("begin immediate")?;
        Ok(Self { connection })
    }

    /// All tables but some, each behind those that it refers to.
    pub(super) fn tables(&self, left_out: &[&str]) -> Result<Vec<Table>> {
        let mut statement = self.connection.prepare(TABLES)?;
        let names = statement.query_map([], |row| row.get(0))?;
        let names: Vec<String> = names.collect::<std::result::Result<_, _>>()?;
        let copied = names.into_iter().filter(|name| !left_out.contains(&name.as_str()));
        in_order(copied.map(|name| self.table(name)).collect::<Result<_>>()?)
    }

    fn table(&self, name: String) -> Result<Table> {
        let text = "select name, type from pragma_table_info($1) order by cid";
        let mut statement = self.connection.prepare_cached(text)?;
        let mut rows = statement.query([&name])?;
        let mut columns = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = kind(&name, &row.get::<_, String>(1)?)?;
            columns.push(Column { name: row.get(0)?, kind });
        }
        let key =
            self.names("select name from pragma_table_info($1) where pk > 0 order by pk", &name)?;
        if key.is_empty() {
            return Err(Failure::other(format!("table {name} has no primary key")));
        }
        let others = "select distinct \"table\" from pragma_foreign_key_list($1)";
        let refers_to = self.names(others, &name)?;
        Ok(Table { name, columns, key, refers_to })
    }

    fn names(&self, text: &str, table: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(text)?;
        let names = statement.query_map([table], |row| row.get(0))?;
        Ok(names.collect::<std::result::Result<_, _>>()?)
    }

    /// How many rows a table has.
    pub(super) fn count(&self, table: &Table) -> Result<u64> {
        let text = format!("select count(*) from \"{}\"", table.name);
        let count: Option<i64> =
            self.connection.query_row(&text, [], |row| row.get(0)).optional()?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    /// The next rows behind a key, or the first ones where the key is empty.
    pub(super) fn batch(&self, table: &Table, key: &Values) -> Result<Vec<Values>> {
        let mut statement = self.connection.prepare_cached(&table.select(!key.is_empty()))?;
        sqlite::bind(&mut statement, key)?;
        let mut rows = statement.raw_query();
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(table.columns.len());
            for (place, column) in table.columns.iter().enumerate() {
                let value = row.get_ref(place)?;
                bytes += size(value);
                values.push(param(value, column, table)?);
            }
            batch.push(values);
            let is_full = batch.len() >= ROWS_MAX || bytes >= BYTES_MAX;
            if is_full && !table.refers_to_itself() {
                break;
            }
        }
        Ok(batch)
    }

    /// Reads a whole table.
    pub(super) fn digest(&self, table: &Table) -> Result<Digest> {
        let mut statement = self.connection.prepare(&table.select(false))?;
        let mut rows = statement.raw_query();
        let mut digesting = Digesting::default();
        while let Some(row) = rows.next()? {
            digesting.begin_row();
            for place in 0..table.columns.len() {
                digesting.value(sqlite::value(row.get_ref(place)?)?);
            }
        }
        Ok(digesting.end())
    }
}

fn kind(table: &str, declared: &str) -> Result<Kind> {
    match declared.to_ascii_lowercase().as_str() {
        "integer" => Ok(Kind::Int),
        "text" => Ok(Kind::Text),
        "blob" => Ok(Kind::Blob),
        _ => Err(Failure::other(format!(
            "table {table} has a column of the unknown type {declared}"
        ))),
    }
}

fn size(value: ValueRef<'_>) -> usize {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
        _ => size_of::<i64>(),
    }
}

/// SQLite takes any value in any column and NUL in a text; PostgreSQL takes neither.
fn param(value: ValueRef<'_>, column: &Column, table: &Table) -> Result<Param> {
    let odd = |what: &str| {
        let (table, column) = (&table.name, &column.name);
        Failure::other(format!(
            "table {table}, column {column}: {what}, which PostgreSQL cannot keep"
        ))
    };
    match (column.kind, value) {
        (Kind::Int, ValueRef::Null) => Ok(Param::Int(None)),
        (Kind::Text, ValueRef::Null) => Ok(Param::Text(None)),
        (Kind::Blob, ValueRef::Null) => Ok(Param::Blob(None)),
        (Kind::Int, ValueRef::Integer(value)) => Ok(Param::Int(Some(value))),
        (Kind::Blob, ValueRef::Blob(bytes)) => Ok(Param::Blob(Some(bytes.to_vec()))),
        (Kind::Text, ValueRef::Text(bytes)) => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(Param::Text(Some(text.to_owned()))),
            Ok(_) => Err(odd("a text holds a NUL character")),
            Err(_) => Err(odd("a text is not UTF-8")),
        },
        (_, other) => Err(odd(&format!("a value is {}", other.data_type()))),
    }
}
