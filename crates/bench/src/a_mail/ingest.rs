//! Bringing mails by LMTP and waiting until all of them are decided.

use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::database::{Connection, Database};
use crate::figures::{Figures, millis, now};
use crate::load::lmtp::Delivery;
use crate::process;
use crate::seed::ADDRESS;
use crate::server::Server;

/// How often the journal is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How long the last mails may take to be decided.
const PATIENCE: Duration = Duration::from_secs(300);

/// What became of a load of mails.
pub struct Ingest {
    /// What the client saw until the last 250.
    pub delivered: Figures,
    /// Mails a second until the last one was a ticket or a message.
    pub per_second: f64,
    /// Milliseconds of processor time of the product for one mail.
    pub cpu_millis: f64,
    /// Milliseconds of processor time of the client for one mail.
    pub client_millis: f64,
}

/// Brings mails with eight connections and waits until all are applied. `processes` are those of
/// the product.
pub fn ingest(
    server: &Server,
    database: &Database,
    processes: &[u32],
    mails: &[Vec<u8>],
) -> Result<Ingest> {
    let mut connection = database.open()?;
    let applied = connection.applied()?;
    let (product, client) = (process::cpu(processes), process::own_cpu());
    let start = now();
    let delivery =
        Delivery { address: server.lmtp, to: ADDRESS, mails, clients: 8, per_second: None };
    let delivered = delivery.run()?;
    let client = process::own_cpu().saturating_sub(client);
    wait_until_decided(&mut connection)?;
    let seconds = start.elapsed().as_secs_f64();
    let product = process::cpu(processes).saturating_sub(product);
    let applied = connection.applied()? - applied;
    if usize::try_from(applied)? != mails.len() {
        return Err(format!("{applied} of {} mails were applied", mails.len()).into());
    }
    let count = mails.len().max(1) as f64;
    Ok(Ingest {
        delivered,
        per_second: count / seconds,
        cpu_millis: millis(product) / count,
        client_millis: millis(client) / count,
    })
}

/// Waits until no mail waits for its decision, and gives the moment.
pub fn wait_until_decided(connection: &mut Connection) -> Result<Instant> {
    let start = now();
    while connection.waiting()? > 0 {
        if start.elapsed() > PATIENCE {
            return Err("mails are stored and not decided".into());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(now())
}
