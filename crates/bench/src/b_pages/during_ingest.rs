//! B7: the list while mails come in at half of what can be taken.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::load;
use crate::Result;
use crate::a_mail::ingest::{ingest, wait_until_decided};
use crate::bench::{Bench, REPEATS};
use crate::figures::median;
use crate::load::http::Accept;
use crate::load::lmtp::Delivery;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;
use crate::server::Reader;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.largest();
    let scratch = bench.copy(tickets)?;
    let server = bench.start(&scratch.database)?;
    let mut maker = MailMaker::new(77, ADDRESS);
    let most = ingest(&server, &scratch.database, &[server.id()], &maker.take(2_000))?.per_second;
    let time = Duration::from_millis(bench.options.either(2_000, 5_000));
    let request = [server.page("/inbox", Reader::Agent, Accept::Browser)];
    let (mut without, mut during) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        without.push(load(&server, &[server.id()], &request, 1, time)?.figures);
        let mails = maker.take((most * time.as_secs_f64()) as usize);
        let delivery = Delivery {
            address: server.lmtp,
            to: ADDRESS,
            mails: &mails,
            clients: 8,
            per_second: Some(most / 2.0),
        };
        let stop = AtomicBool::new(false);
        let (pages, delivered) = thread::scope(|scope| {
            let delivered = scope.spawn(|| delivery.run_until(&stop));
            let pages = load(&server, &[server.id()], &request, 1, time);
            stop.store(true, Ordering::Relaxed);
            (pages, delivered.join().unwrap_or_else(|_| Err("a client panicked".into())))
        });
        delivered?;
        during.push(pages?.figures);
        wait_until_decided(&mut scratch.database.open()?)?;
    }
    server.stop()?;
    let mut line = Line::new("B7", Engine::Sqlite, tickets);
    let (limit, p99) =
        (median(without.iter().map(|run| run.p99())), median(during.iter().map(|run| run.p99())));
    line.p50_ms = Some(median(during.iter().map(|run| run.p50())));
    line.p99_ms = Some(p99);
    line.per_s = Some(most / 2.0);
    line.parts =
        vec![Part::cost("p99 of the list during ingest, ms", p99, limit, 5.0).with_floor(10.0)];
    bench.print(&line);
    Ok(())
}
