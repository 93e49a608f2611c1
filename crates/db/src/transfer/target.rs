//! The PostgreSQL database into which everything is copied, by one connection.

use std::pin::pin;

use deadpool_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::UNFINISHED;
use super::digest::{Digest, Digesting};
use super::table::{Kind, Table, Values};
use crate::{Param, Result, Value};

/// Rows that are read at once: raw mails among them have up to 128 KiB.
const ROWS_AT_ONCE: i32 = 200;
/// The row of [`UNFINISHED`] that says that what migrations deliver is gone.
const EMPTIED: &str = "";

/// A table of millions of rows takes longer than a statement may take elsewhere.
const NO_LIMITS: &str = "set statement_timeout = 0;
     set lock_timeout = 0;
     set idle_in_transaction_session_timeout = 0";

pub(super) struct Target {
    client: Client,
}

impl Target {
    pub(super) async fn new(client: Client) -> Result<Self> {
        client.batch_execute(NO_LIMITS).await?;
        Ok(Self { client })
    }

    /// Keeps other processes from copying into this database, until the connection ends.
    pub(super) async fn take_lock(&self) -> Result<bool> {
        let text = "select pg_try_advisory_lock(7305518, hashtext(current_schema()))";
        Ok(self.client.query_one(text, &[]).await?.try_get(0)?)
    }

    /// Marks an empty database as one that is being filled. `false` if it is neither empty nor
    /// marked.
    pub(super) async fn begin(&self) -> Result<bool> {
        let text =
            "select cast(tablename as text) from pg_tables where schemaname = current_schema()";
        let rows = self.client.query(text, &[]).await?;
        let is_marked =
            rows.iter().any(|row| row.try_get(0).is_ok_and(|name: &str| name == UNFINISHED));
        if !rows.is_empty() && !is_marked {
            return Ok(false);
        }
        let table = format!(
            "create table if not exists {UNFINISHED} (name text not null primary key, rows bigint not null)"
        );
        self.client.batch_execute(&table).await?;
        Ok(true)
    }

    /// Takes away what migrations put into new tables: the source has its own.
    pub(super) async fn remove_delivered(&mut self, tables: &[Table]) -> Result<()> {
        if self.rows_noted(EMPTIED).await?.is_some() {
            return Ok(());
        }
        let transaction = self.client.transaction().await?;
        for table in tables.iter().rev() {
            transaction.batch_execute(&format!("delete from \"{}\"", table.name)).await?;
        }
        transaction.execute(&note(), &[&EMPTIED, &0_i64]).await?;
        Ok(transaction.commit().await?)
    }

    async fn rows_noted(&self, name: &str) -> Result<Option<i64>> {
        let text = format!("select rows from {UNFINISHED} where name = $1");
        let row = self.client.query_opt(&text, &[&name]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The key of the last row that arrived, empty before the first, and how many arrived.
    pub(super) async fn reached(&self, table: &Table) -> Result<(Values, u64)> {
        let rows = self.rows_noted(&table.name).await?.unwrap_or_default();
        let backwards: Vec<String> =
            table.key.iter().map(|name| format!("\"{name}\" desc")).collect();
        let (key, order) = (table.key_list(), backwards.join(", "));
        let text = format!("select {key} from \"{}\" order by {order} limit 1", table.name);
        let Some(row) = self.client.query_opt(&text, &[]).await? else {
            return Ok((Values::new(), 0));
        };
        let values = (0..row.len()).map(|place| Ok(owned(row.try_get(place)?)));
        Ok((values.collect::<Result<_>>()?, rows.unsigned_abs()))
    }

    /// Takes a batch and notes how many rows of the table are there now, both or neither.
    pub(super) async fn take(&mut self, table: &Table, batch: &[Values], rows: u64) -> Result<()> {
        let types: Vec<Type> =
            table.columns.iter().map(|column| postgres_type(column.kind)).collect();
        let transaction = self.client.transaction().await?;
        let columns = table.column_list();
        let text = format!("copy \"{}\" ({columns}) from stdin (format binary)", table.name);
        let sink = transaction.copy_in(&text).await?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
        for row in batch {
            let values: Vec<&(dyn ToSql + Sync)> = row.iter().map(|value| value as _).collect();
            writer.as_mut().write(&values).await?;
        }
        writer.finish().await?;
        transaction.execute(&note(), &[&table.name, &rows.cast_signed()]).await?;
        Ok(transaction.commit().await?)
    }

    /// Reads a whole table.
    pub(super) async fn digest(&mut self, table: &Table) -> Result<Digest> {
        let transaction = self.client.transaction().await?;
        let statement = transaction.prepare(&table.select(false)).await?;
        let portal = transaction.bind(&statement, &[]).await?;
        let mut digesting = Digesting::default();
        loop {
            let rows = transaction.query_portal(&portal, ROWS_AT_ONCE).await?;
            if rows.is_empty() {
                return Ok(digesting.end());
            }
            for row in &rows {
                digesting.begin_row();
                for place in 0..row.len() {
                    digesting.value(row.try_get(place)?);
                }
            }
        }
    }

    /// Takes the mark away. The planner learns what is in the tables, or its first plans were those
    /// for empty ones.
    pub(super) async fn end(self) -> Result<()> {
        self.client.batch_execute(&format!("drop table {UNFINISHED}")).await?;
        self.client.batch_execute("analyze").await?;
        // The lock and the settings belong to the connection.
        drop(Client::take(self.client));
        Ok(())
    }
}

fn note() -> String {
    format!(
        "insert into {UNFINISHED} (name, rows) values ($1, $2)
         on conflict (name) do update set rows = excluded.rows"
    )
}

fn postgres_type(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Text => Type::TEXT,
        Kind::Blob => Type::BYTEA,
    }
}

fn owned(value: Value<'_>) -> Param {
    match value {
        Value::Null => Param::Int(None),
        Value::Int(value) => Param::Int(Some(value)),
        Value::Real(value) => Param::Real(Some(value)),
        Value::Text(text) => Param::Text(Some(text.to_owned())),
        Value::Blob(bytes) => Param::Blob(Some(bytes.to_vec())),
    }
}
