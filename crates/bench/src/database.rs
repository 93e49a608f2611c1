//! The database of a running product, looked at and set up from outside.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};

use crate::Result;
use crate::report::Engine;

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a database is.
#[derive(Clone, Debug)]
pub enum Database {
    /// A data folder.
    Sqlite(PathBuf),
    /// The address of a database on a server, and the data folder beside it.
    Postgres(String, PathBuf),
}

impl Database {
    /// Which of the two it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(..) => Engine::Postgres,
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        match self {
            Self::Sqlite(folder) | Self::Postgres(_, folder) => folder,
        }
    }

    /// The address as the configuration names it.
    pub fn url(&self) -> &str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(address, _) => address,
        }
    }

    /// Connects to it, beside the product.
    pub fn open(&self) -> Result<Connection> {
        match self {
            Self::Sqlite(folder) => open_file(&folder.join("laufzettel.db")),
            Self::Postgres(address, _) => connect(address),
        }
    }
}

fn open_file(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(Connection::Sqlite(connection))
}

fn connect(address: &str) -> Result<Connection> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
        tokio::spawn(connection);
        Ok::<Client, tokio_postgres::Error>(client)
    })?;
    Ok(Connection::Postgres(runtime, client))
}

/// A connection that stays open.
pub enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a server.
    Postgres(Runtime, Client),
}

impl Connection {
    /// The number that a statement gives. Parameters are not needed.
    pub fn number(&mut self, statement: &str) -> Result<i64> {
        match self {
            Self::Sqlite(connection) => {
                Ok(connection.prepare_cached(statement)?.query_row([], |row| row.get(0))?)
            }
            Self::Postgres(runtime, client) => {
                let row = runtime.block_on(client.query_one(statement, &[]))?;
                Ok(row.try_get(0)?)
            }
        }
    }

    /// The first `N` columns of all rows that a statement gives, as texts.
    pub fn rows<const N: usize>(&mut self, statement: &str) -> Result<Vec<[String; N]>> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(statement)?;
                let mut rows = statement.query([])?;
                let mut all = Vec::new();
                while let Some(row) = rows.next()? {
                    let mut texts = [const { String::new() }; N];
                    for (place, text) in texts.iter_mut().enumerate() {
                        *text = row.get(place)?;
                    }
                    all.push(texts);
                }
                Ok(all)
            }
            Self::Postgres(runtime, client) => {
                let rows = runtime.block_on(client.query(statement, &[]))?;
                let mut all = Vec::with_capacity(rows.len());
                for row in rows {
                    let mut texts = [const { String::new() }; N];
                    for (place, text) in texts.iter_mut().enumerate() {
                        *text = row.try_get(place)?;
                    }
                    all.push(texts);
                }
                Ok(all)
            }
        }
    }

    /// Runs a change. Parameters are written `$1`, `$2`, in this order.
    pub fn change(&mut self, statement: &str, values: &[Value]) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.execute(statement, rusqlite::params_from_iter(values))?;
            }
            Self::Postgres(runtime, client) => {
                let params: Vec<Box<dyn ToSql + Sync>> = values.iter().map(param).collect();
                let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(AsRef::as_ref).collect();
                runtime.block_on(client.execute(statement, &params))?;
            }
        }
        Ok(())
    }

    /// Mails that wait for their decision.
    pub fn waiting(&mut self) -> Result<i64> {
        self.number("select count(*) from inbound_mail where state = 'stored'")
    }

    /// Mails that became tickets or messages.
    pub fn applied(&mut self) -> Result<i64> {
        self.number("select count(*) from inbound_mail where state = 'applied'")
    }
}

fn param(value: &Value) -> Box<dyn ToSql + Sync> {
    match value {
        Value::Null => Box::new(None::<String>),
        Value::Integer(number) => Box::new(*number),
        Value::Real(number) => Box::new(*number),
        Value::Text(text) => Box::new(text.clone()),
        Value::Blob(bytes) => Box::new(bytes.clone()),
    }
}
