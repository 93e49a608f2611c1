//! Mails that leave: a mail server of the story that keeps what it was given.

use db::{Operation, Tx, params, sql};
use laufzettel::feature::outbox;
use laufzettel::record::SenderId;
use testkit::smtp_sink::{Received, SmtpSink};
use tokio::task::JoinHandle;

use super::World;

/// A mail server, and the worker that hands mails to it.
pub struct Relay {
    pub sink: SmtpSink,
    worker: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.worker.abort();
    }
}

struct AddSender<'a> {
    world: &'a World,
    address: &'a str,
    port: u16,
}

impl Operation for AddSender<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let id: SenderId = self.world.app.ids.next(self.world.app.now());
        let smtp = format!("{{\"host\":\"127.0.0.1\",\"port\":{},\"tls\":\"none\"}}", self.port);
        tx.execute(
            sql!(
                "insert into sender (id, address, name, smtp, active, is_default, version)
                 values ($1, $2, 'Firma Hilfe', $3, 1, 1, 1)"
            ),
            params![id, self.address, smtp],
        )
        .await
        .map(drop)
    }
}

impl World {
    /// A mail server for everything that leaves, as `hilfe@firma.example`.
    pub async fn relay(&self) -> Relay {
        self.relay_by(SmtpSink::start()).await
    }

    /// This mail server for everything that leaves.
    pub async fn relay_by(&self, sink: SmtpSink) -> Relay {
        let address = "hilfe@firma.example";
        self.app.db.write(&AddSender { world: self, address, port: sink.port() }).await.unwrap();
        self.app.forget_lists();
        let worker = tokio::spawn(outbox::supervise(self.app.clone()));
        Relay { sink, worker }
    }

    /// Lets so many seconds pass.
    pub fn seconds_pass(&self, seconds: i64) {
        self.app.clock.advance(seconds * 1000);
    }
}

/// A header of a received mail, unfolded.
pub fn header(mail: &Received, name: &str) -> String {
    let text = String::from_utf8_lossy(&mail.bytes).replace("\r\n ", " ").replace("\r\n\t", " ");
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    let start = format!("{}:", name.to_lowercase());
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&start));
    line.map(|line| line[start.len()..].trim().to_owned()).unwrap_or_default()
}

db::from_row! {
    struct OutboxRow {
        state: String,
        attempts: i64,
    }
}

impl World {
    /// State and attempts of all mails that leave, oldest first. A mail that is being written down
    /// is waited for.
    pub async fn outbox(&self) -> Vec<(String, i64)> {
        for _ in 0..500 {
            let rows: Vec<OutboxRow> = self
                .app
                .db
                .all(sql!("select state, attempts from outbound_mail order by id limit 1000"), [])
                .await
                .unwrap();
            let is_moving = |row: &OutboxRow| matches!(row.state.as_str(), "sending" | "dot");
            if !rows.iter().any(is_moving) {
                return rows.into_iter().map(|row| (row.state, row.attempts)).collect();
            }
            tokio::task::yield_now().await;
            testkit::wait::pass(std::time::Duration::from_millis(10));
        }
        panic!("a mail is handed over for ever");
    }
}
