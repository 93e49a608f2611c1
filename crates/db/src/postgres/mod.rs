//! PostgreSQL through `tokio-postgres`: a pool of connections, one transaction per operation.
//!
//! Nothing here knows of groups: the server shares one sync among concurrent commits by itself.

mod bell;
mod statement;
mod tls;

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use deadpool_postgres::{
    Client, Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime,
};
use tokio::sync::broadcast;
use tokio_postgres::config::SslMode;
use tokio_postgres::{CancelToken, Config, IsolationLevel};

use crate::operation::run_in_time;
use crate::{Doing, Failure, FailureKind, Notice, Operation, Reading, Result, Tx, View, view};

pub(crate) use statement::{Session, explain};

use bell::Bell;
use tls::Tls;

/// Connections of one process. More do not help: the server has a few cores as well.
const CONNECTIONS_MAX: usize = 16;
/// How long a request waits for a free connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(10);
/// Bounds for a statement whose future was dropped: the server goes on with it until then.
const SERVER_OPTIONS: &str =
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s";

/// How long the server may take to hear that a statement is to be given up.
const CANCEL_WAIT: Duration = Duration::from_secs(5);

/// What the address of a PostgreSQL database cannot express.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostgresOptions<'a> {
    /// A file in PEM form with a certificate that is trusted beside those of the system, for an
    /// address with `sslmode=require`.
    pub root_certificate_file: Option<&'a Path>,
}

pub(crate) struct Postgres {
    pool: Pool,
    tls: Tls,
    notices: broadcast::Sender<Notice>,
    bell: Bell,
}

impl Postgres {
    pub(crate) async fn open(
        address: &str,
        options: &PostgresOptions<'_>,
        notices: broadcast::Sender<Notice>,
    ) -> Result<Self> {
        let mut config: Config = address.parse()?;
        let server_options =
            format!("{} {SERVER_OPTIONS}", config.get_options().unwrap_or_default());
        config.options(server_options).application_name("laufzettel");
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Tls::on(options.root_certificate_file)?,
            _ => Tls::off(),
        };
        if config.get_ssl_mode() != SslMode::Require {
            config.ssl_mode(SslMode::Disable);
        }
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(Manager::from_config(config.clone(), tls.clone(), recycling))
            .max_size(CONNECTIONS_MAX)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(CONNECTION_WAIT))
            .build()
            .map_err(Failure::other)?;
        let bell = Bell::hang(config, tls.clone(), notices.clone());
        let (first, bell) = tokio::join!(pool.get(), bell);
        first.map(drop).map_err(Failure::from).doing("connecting to PostgreSQL")?;
        let bell = bell?;
        Ok(Self { pool, tls, notices, bell })
    }

    pub(crate) async fn write<O: Operation>(
        &self,
        operation: &O,
        statements_run: &AtomicU64,
    ) -> Result<O::Outcome> {
        let mut client = self.lend().await?;
        let running = client.cancel_token();
        let result = run(&mut client, operation, statements_run).await;
        if is_of_kind(&result, FailureKind::TimedOut) {
            self.give_up(running).await;
        }
        discard_if_spoilt(client, &result);
        let (outcome, announced) = result?;
        for notice in announced {
            self.bell.ring(notice);
            // Nobody listens: that is fine, a notice is only a hint.
            self.notices.send(notice).ok();
        }
        Ok(outcome)
    }

    /// Tells the server to stop the statement that is running; the rollback waits behind it.
    async fn give_up(&self, running: CancelToken) {
        // If it cannot be told, its own time limit ends the statement.
        tokio::time::timeout(CANCEL_WAIT, running.cancel_query(self.tls.clone())).await.ok();
    }

    pub(crate) async fn read<R: Reading>(
        &self,
        reading: &R,
        statements_run: &AtomicU64,
    ) -> Result<R::Outcome> {
        let mut client = self.lend().await?;
        let result = look(&mut client, reading, statements_run).await;
        discard_if_spoilt(client, &result);
        result
    }

    pub(crate) async fn lend(&self) -> Result<Client> {
        Ok(self.pool.get().await?)
    }
}

async fn run<O: Operation>(
    client: &mut Client,
    operation: &O,
    statements_run: &AtomicU64,
) -> Result<(O::Outcome, Vec<Notice>)> {
    // The driver's transaction sends ROLLBACK when it is dropped, before anything else can be
    // sent on this connection. That covers a failure, a panic and a dropped future.
    let transaction = client.transaction().await?;
    let session = view::Session::Postgres(Session::Transaction(transaction));
    let mut tx = Tx::new(session, statements_run);
    let outcome = run_in_time(operation, &mut tx).await?;
    let (session, left) = tx.finish()?;
    if let view::Session::Postgres(Session::Transaction(transaction)) = session {
        transaction.commit().await.map_err(Failure::from).doing("committing an operation")?;
    }
    Ok((outcome, left.notices))
}

async fn look<R: Reading>(
    client: &mut Client,
    reading: &R,
    statements_run: &AtomicU64,
) -> Result<R::Outcome> {
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let session = view::Session::Postgres(Session::Transaction(transaction));
    reading.run(&mut View::new(session, statements_run)).await
}

/// The server says that it ends the connection a moment before it does; in that moment the pool
/// would lend it to the next one. And what was told to stop a statement may reach the server late,
/// when the connection runs the statement of another operation.
fn discard_if_spoilt<T>(client: Client, result: &Result<T>) {
    let spoiling = [FailureKind::ConnectionLost, FailureKind::TimedOut];
    if spoiling.into_iter().any(|kind| is_of_kind(result, kind)) {
        drop(Client::take(client));
    }
}

fn is_of_kind<T>(result: &Result<T>, kind: FailureKind) -> bool {
    result.as_ref().is_err_and(|failure| failure.kind() == kind)
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => Self::new(FailureKind::Busy, error),
            error => Self::other(error),
        }
    }
}
