//! Notices between the processes that share a PostgreSQL database, over one connection of each.
//!
//! A notice leaves after its operation was committed, not inside the transaction: PostgreSQL
//! lets transactions with NOTIFY commit one after the other, each with its own sync. It can be
//! lost with the process in between; that costs time only, because every reader also polls.

use std::collections::hash_map::RandomState;
use std::future::poll_fn;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use tokio::sync::{broadcast, mpsc};
use tokio::task::{AbortHandle, JoinHandle};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, Socket};

use super::tls::{Stream, Tls};
use crate::{Doing, Failure, Notice, Result, notice};

/// Notices that wait for the connection. More are dropped.
const NOTICES_WAITING_MAX: usize = 1024;
/// Notices in one message: a payload holds 8,000 bytes.
const NOTICES_PER_MESSAGE_MAX: usize = 100;
/// The pause before the first try to connect again; each further one is twice as long.
const RECONNECT_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const RECONNECT_PAUSE_MAX: Duration = Duration::from_secs(30);

/// Rings for the other processes, and hears them.
pub(super) struct Bell {
    waiting: mpsc::Sender<Notice>,
    task: AbortHandle,
}

impl Bell {
    /// Connects. From then on the notices of other processes go to `notices`.
    pub(super) async fn hang(
        config: Config,
        tls: Tls,
        notices: broadcast::Sender<Notice>,
    ) -> Result<Self> {
        // Seeded anew in each process and for each value; it only has to be different.
        let own = RandomState::new().build_hasher().finish();
        let rope = Rope { config, tls, own, notices };
        let line = rope.connect().await.doing("connecting for notices")?;
        let (waiting, rung) = mpsc::channel(NOTICES_WAITING_MAX);
        let task = tokio::spawn(rope.serve(line, rung)).abort_handle();
        Ok(Self { waiting, task })
    }

    pub(super) fn ring(&self, notice: Notice) {
        // Full while the connection is down: a notice is only a hint.
        self.waiting.try_send(notice).ok();
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What is needed to connect again and again.
struct Rope {
    config: Config,
    tls: Tls,
    own: u64,
    notices: broadcast::Sender<Notice>,
}

/// A connection that listens. Dropping it ends the connection.
struct Line {
    client: Client,
    channel: String,
    hearing: JoinHandle<()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.hearing.abort();
    }
}

impl Rope {
    async fn connect(&self) -> Result<Line> {
        let (client, connection) = self.config.connect(self.tls.clone()).await?;
        let hearing = tokio::spawn(hear(connection, self.own, self.notices.clone()));
        let mut line = Line { client, channel: String::new(), hearing };
        // A channel belongs to the whole database; several installations may share one.
        let channel = "select 'laufzettel_' || md5(current_schema()) as channel";
        line.channel = line.client.query_one(channel, &[]).await?.try_get("channel")?;
        line.client.batch_execute(&format!("listen {}", line.channel)).await?;
        Ok(line)
    }

    async fn serve(self, mut line: Line, mut rung: mpsc::Receiver<Notice>) {
        loop {
            if self.pass_on(&mut line, &mut rung).await.is_ok() {
                return;
            }
            line = self.reconnect().await;
        }
    }

    /// Passes notices on until nobody rings any more, or the connection is lost.
    async fn pass_on(&self, line: &mut Line, rung: &mut mpsc::Receiver<Notice>) -> Result<()> {
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                _ = &mut line.hearing => return Err(Failure::other("the connection has ended")),
                count = rung.recv_many(&mut batch, NOTICES_PER_MESSAGE_MAX) => {
                    if count == 0 {
                        return Ok(());
                    }
                }
            }
            let payload = notice::encode(self.own, &batch);
            line.client.execute("select pg_notify($1, $2)", &[&line.channel, &payload]).await?;
            batch.clear();
        }
    }

    async fn reconnect(&self) -> Line {
        let mut pause = RECONNECT_PAUSE;
        loop {
            tokio::time::sleep(pause).await;
            match self.connect().await {
                Ok(line) => return line,
                Err(_) => pause = RECONNECT_PAUSE_MAX.min(pause * 2),
            }
        }
    }
}

/// Drives the connection and gives out what other processes say, until it is lost.
async fn hear(
    mut connection: Connection<Socket, Stream>,
    own: u64,
    notices: broadcast::Sender<Notice>,
) {
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        let AsyncMessage::Notification(message) = message else { continue };
        for notice in notice::decode(own, message.payload()) {
            // Nobody listens: that is fine, a notice is only a hint.
            notices.send(notice).ok();
        }
    }
}
