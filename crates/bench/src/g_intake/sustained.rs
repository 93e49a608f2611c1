//! A minute of mails as fast as they are taken, and what became of them meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::a_mail::ingest::wait_until_decided;
use crate::c_size::peak;
use crate::database::{Connection, Database};
use crate::figures::{Figures, millis, now};
use crate::load::lmtp::Delivery;
use crate::process;
use crate::seed::ADDRESS;
use crate::server::Server;

/// How often the journal is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long the last notices may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A load of mails.
pub struct Load<'a> {
    /// The product.
    pub server: &'a Server,
    /// Its database.
    pub database: &'a Database,
    /// Its processes.
    pub processes: &'a [u32],
    /// More mails than it can take in that time.
    pub mails: &'a [Vec<u8>],
    /// How long.
    pub time: Duration,
}

/// What became of it.
pub struct Sustained {
    /// What the client saw until the last 250.
    pub delivered: Figures,
    /// Mails a second until the last one was a ticket or a message.
    pub per_second: f64,
    /// Mails a second in the slowest sixth of the time.
    pub slowest: f64,
    /// Milliseconds of processor time of the product for one mail, its notices included.
    pub cpu_millis: f64,
    /// Jobs that waited when the last mail was decided.
    pub jobs_left: i64,
    /// Seconds from then until all of them were done.
    pub late: f64,
    /// The most memory of the product, in bytes.
    pub memory: u64,
}

/// Mails that were applied, and when.
type Looks = Vec<(f64, i64)>;

impl Load<'_> {
    /// Runs it.
    pub fn run(&self) -> Result<Sustained> {
        let mut connection = self.database.open()?;
        let before = connection.applied()?;
        let (cpu, start) = (process::cpu(self.processes), now());
        let ((delivered, looks, seconds), memory) = peak(self.server, || self.deliver(start))?;
        let count = (connection.applied()? - before).max(1) as f64;
        let (jobs_left, late) = wait_for_notices(&mut connection)?;
        let cpu = process::cpu(self.processes).saturating_sub(cpu);
        if delivered.millis.len() == self.mails.len() {
            return Err("there were too few mails for the time".into());
        }
        Ok(Sustained {
            delivered,
            per_second: count / seconds,
            slowest: slowest(&looks, self.time.as_secs_f64()),
            cpu_millis: millis(cpu) / count,
            jobs_left,
            late,
            memory,
        })
    }

    /// Brings mails for that time, and gives the looks at the journal and the seconds until all were decided.
    fn deliver(&self, start: Instant) -> Result<(Figures, Looks, f64)> {
        let delivery = Delivery {
            address: self.server.lmtp,
            to: ADDRESS,
            mails: self.mails,
            clients: 8,
            per_second: None,
        };
        let (stop, mut connection) = (AtomicBool::new(false), self.database.open()?);
        thread::scope(|scope| {
            let delivered = scope.spawn(|| delivery.run_until(&stop));
            let mut looks = vec![(0.0, connection.applied()?)];
            while start.elapsed() < self.time && !delivered.is_finished() {
                thread::sleep(LOOK_EVERY);
                looks.push((start.elapsed().as_secs_f64(), connection.applied()?));
            }
            stop.store(true, Ordering::Relaxed);
            let delivered = delivered.join().unwrap_or_else(|_| Err("a client panicked".into()))?;
            wait_until_decided(&mut connection)?;
            Ok((delivered, looks, start.elapsed().as_secs_f64()))
        })
    }
}

/// Waits until nobody is to be told of anything any more.
fn wait_for_notices(connection: &mut Connection) -> Result<(i64, f64)> {
    let jobs = "select count(*) from job";
    let (start, left) = (now(), connection.number(jobs)?);
    while connection.number(jobs)? > 0 {
        if start.elapsed() > PATIENCE {
            let waiting = connection.number(jobs)?;
            return Err(format!("{waiting} of {left} notices are not written").into());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok((left, start.elapsed().as_secs_f64()))
}

/// Mails a second in the slowest sixth of a run.
fn slowest(looks: &[(f64, i64)], seconds: f64) -> f64 {
    let rate = |(from, before): &(f64, i64)| {
        let end = looks.iter().find(|(at, _)| *at >= from + seconds / 6.0)?;
        Some((end.1 - before) as f64 / (end.0 - from))
    };
    looks.iter().filter_map(rate).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_sixth_is_found_wherever_it_lies() {
        let looks = [(0.0, 0), (1.0, 10), (2.0, 12), (3.0, 30), (4.0, 50), (5.0, 60), (6.0, 70)];
        assert_eq!(slowest(&looks, 6.0), 2.0);
        assert_eq!(slowest(&looks, 12.0), 6.0);
    }
}
