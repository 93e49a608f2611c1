//! Rows into PostgreSQL, by `copy`.

use std::fmt::Write;

use bytes::Bytes;
use futures_util::SinkExt;
use rusqlite::types::Value;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};

use super::Sink;
use super::rows::{Row, TABLES, Table};
use crate::Result;

/// Checks of references would take longer than the rows, and the rows are made to refer rightly.
const FAST: &str = "set session_replication_role = replica; set synchronous_commit = off";

/// A database that is being filled.
pub struct ServerSink {
    runtime: Runtime,
    client: Client,
}

/// Connects to a database with empty tables.
pub fn open(address: &str) -> Result<ServerSink> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute(FAST).await?;
        Ok::<Client, tokio_postgres::Error>(client)
    })?;
    Ok(ServerSink { runtime, client })
}

impl Sink for ServerSink {
    fn take(&mut self, rows: Vec<Row>) -> Result<()> {
        for table in TABLES {
            let mut text = String::new();
            for row in rows.iter().filter(|row| std::ptr::eq(row.table, *table)) {
                push_line(&row.values, &mut text);
            }
            if !text.is_empty() {
                self.runtime.block_on(copy(&self.client, table, text))?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<()> {
        // As the server itself would after a while; without it, plans are made blindly.
        // One by one: several statements in one call are a transaction, in which there is no vacuum.
        for statement in ["vacuum analyze", "checkpoint"] {
            self.runtime.block_on(self.client.batch_execute(statement))?;
        }
        Ok(())
    }
}

async fn copy(client: &Client, table: &Table, text: String) -> Result<()> {
    let statement = format!("copy {} ({}) from stdin", table.name, table.columns);
    let mut sink = Box::pin(client.copy_in::<_, Bytes>(&statement).await?);
    sink.send(Bytes::from(text)).await?;
    sink.as_mut().finish().await?;
    Ok(())
}

/// A row in the text form of `copy`.
fn push_line(values: &[Value], text: &mut String) {
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        push_value(value, text);
    }
    text.push('\n');
}

fn push_value(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("\\N"),
        // Writing to a String cannot fail.
        Value::Integer(number) => write!(text, "{number}").unwrap_or_default(),
        Value::Real(number) => write!(text, "{number}").unwrap_or_default(),
        Value::Text(letters) => {
            for letter in letters.chars() {
                match letter {
                    '\\' => text.push_str("\\\\"),
                    '\t' => text.push_str("\\t"),
                    '\n' => text.push_str("\\n"),
                    '\r' => text.push_str("\\r"),
                    other => text.push(other),
                }
            }
        }
        Value::Blob(bytes) => {
            text.push_str("\\\\x");
            text.push_str(&values::hex(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_whatever_it_holds() {
        let values = [
            Value::Integer(-1),
            Value::Null,
            Value::Text("a\tb\nc\\".to_owned()),
            Value::Blob(vec![1, 255]),
        ];
        let mut text = String::new();
        push_line(&values, &mut text);
        assert_eq!(text, "-1\t\\N\ta\\tb\\nc\\\\\t\\\\x01ff\n");
    }
}
