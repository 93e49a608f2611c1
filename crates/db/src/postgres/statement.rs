//! Binding, running and reading one statement on PostgreSQL, and what its errors mean.

use std::error::Error;

use deadpool_postgres::{Client, GenericClient, Transaction};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::row::{EngineRow, Order};
use crate::{Failure, FailureKind, FromRow, Param, Result, Value};

/// Where statements run: alone on a connection, or in a transaction.
pub(crate) enum Session<'a> {
    Client(&'a Client),
    Transaction(Transaction<'a>),
}

impl Session<'_> {
    pub(crate) async fn rows<T: FromRow>(&self, text: &str, params: &[Param]) -> Result<Vec<T>> {
        let rows = match self {
            Self::Client(client) => query(*client, text, params).await?,
            Self::Transaction(transaction) => query(transaction, text, params).await?,
        };
        let order = Order::default();
        rows.iter().map(|row| order.read(EngineRow::Postgres(row))).collect()
    }

    pub(crate) async fn execute(&self, text: &str, params: &[Param]) -> Result<u64> {
        match self {
            Self::Client(client) => execute(*client, text, params).await,
            Self::Transaction(transaction) => execute(transaction, text, params).await,
        }
    }

    pub(crate) async fn script(&self, text: &str) -> Result<()> {
        match self {
            Self::Client(client) => client.batch_execute(text).await?,
            Self::Transaction(transaction) => transaction.batch_execute(text).await?,
        }
        Ok(())
    }
}

async fn query(
    client: &impl GenericClient,
    text: &str,
    params: &[Param],
) -> Result<Vec<tokio_postgres::Row>> {
    let statement = client.prepare_typed_cached(text, &types(params)).await?;
    Ok(client.query(&statement, &borrowed(params)).await?)
}

async fn execute(client: &impl GenericClient, text: &str, params: &[Param]) -> Result<u64> {
    let statement = client.prepare_typed_cached(text, &types(params)).await?;
    Ok(client.execute(&statement, &borrowed(params)).await?)
}

/// The plan of a statement for whatever values, avoiding scans of whole tables where there is
/// another way.
pub(crate) async fn explain(client: &mut Client, text: &str) -> Result<Vec<String>> {
    let values = vec!["null"; client.prepare(text).await?.params().len()].join(", ");
    let call = if values.is_empty() { String::new() } else { format!("({values})") };
    // The plan of a prepared statement is the only one this server shows without its values.
    let transaction = client.transaction().await?;
    transaction
        .batch_execute(&format!(
            "set local enable_seqscan = off;
             set local plan_cache_mode = force_generic_plan;
             prepare explained as {text}"
        ))
        .await?;
    let rows = transaction.query(&format!("explain execute explained{call}"), &[]).await;
    transaction.batch_execute("deallocate explained").await?;
    rows?.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// The types are sent along, not guessed by the server, so a NULL has the type of its `Param`.
fn types(params: &[Param]) -> Vec<Type> {
    params
        .iter()
        .map(|param| match param {
            Param::Int(_) => Type::INT8,
            Param::Real(_) => Type::FLOAT8,
            Param::Text(_) => Type::TEXT,
            Param::Blob(_) => Type::BYTEA,
        })
        .collect()
}

fn borrowed(params: &[Param]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|param| param as _).collect()
}

impl ToSql for Param {
    fn to_sql(
        &self,
        sql_type: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Int(value) => value.to_sql(sql_type, out),
            Self::Real(value) => value.to_sql(sql_type, out),
            Self::Text(value) => value.to_sql(sql_type, out),
            Self::Blob(value) => value.to_sql(sql_type, out),
        }
    }

    fn accepts(sql_type: &Type) -> bool {
        matches!(*sql_type, Type::INT8 | Type::FLOAT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(
        sql_type: &Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        match *sql_type {
            Type::INT8 => i64::from_sql(sql_type, raw).map(Value::Int),
            Type::INT4 => i32::from_sql(sql_type, raw).map(|value| Value::Int(value.into())),
            Type::FLOAT8 => f64::from_sql(sql_type, raw).map(Value::Real),
            Type::BYTEA => Ok(Value::Blob(raw)),
            _ => <&str>::from_sql(sql_type, raw).map(Value::Text),
        }
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Value::Null)
    }

    /// Not `bool` and not `numeric`: SQLite has neither, so a statement that gives one is a
    /// mistake that shows here. (`sum` gives `numeric`; write `cast(sum(…) as bigint)`.)
    fn accepts(sql_type: &Type) -> bool {
        matches!(
            *sql_type,
            Type::INT8 | Type::INT4 | Type::FLOAT8 | Type::BYTEA | Type::TEXT | Type::VARCHAR
        )
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        let kind = match error.code() {
            Some(code) => kind(code),
            None if is_connection_lost(&error) => FailureKind::ConnectionLost,
            None => FailureKind::Other,
        };
        Self::new(kind, error)
    }
}

fn is_connection_lost(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}

fn kind(code: &SqlState) -> FailureKind {
    match *code {
        SqlState::UNIQUE_VIOLATION => FailureKind::Duplicate,
        SqlState::FOREIGN_KEY_VIOLATION => FailureKind::BrokenReference,
        SqlState::NOT_NULL_VIOLATION | SqlState::CHECK_VIOLATION => FailureKind::BrokenRule,
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            FailureKind::LostRace
        }
        SqlState::LOCK_NOT_AVAILABLE | SqlState::TOO_MANY_CONNECTIONS => FailureKind::Busy,
        SqlState::DISK_FULL => FailureKind::StorageFull,
        SqlState::QUERY_CANCELED => FailureKind::TimedOut,
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN => FailureKind::ConnectionLost,
        _ => FailureKind::Other,
    }
}
