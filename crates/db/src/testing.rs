//! What the kit for tests needs of a PostgreSQL server beyond the seam.

use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls};

use crate::{Failure, Result};

/// A connection that makes databases. It ends when this is dropped.
pub struct Server {
    client: Client,
    _driver: JoinHandle<std::result::Result<(), tokio_postgres::Error>>,
}

impl Server {
    /// Connects to the server at this address.
    pub async fn connect(address: &str) -> Result<Self> {
        let (client, connection) = address.parse::<Config>()?.connect(NoTls).await?;
        Ok(Self { client, _driver: tokio::spawn(connection) })
    }

    /// Runs one statement outside any transaction. What it gives is thrown away.
    pub async fn run(&self, text: &str) -> Result<()> {
        self.client.batch_execute(text).await.map_err(Failure::from)
    }

    /// The names of all databases.
    pub async fn databases(&self) -> Result<Vec<String>> {
        let statement = "select cast(datname as text) from pg_database";
        let rows = self.client.query(statement, &[]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
