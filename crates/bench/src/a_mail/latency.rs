//! A3: one connection, one mail after the other.

use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::median;
use crate::limits::disk;
use crate::load::lmtp::Delivery;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;

/// What a mail may take beside one sync, in milliseconds.
const BESIDE_SYNC_MILLIS: f64 = 1.5;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.usual();
    let scratch = bench.copy(tickets)?;
    let server = bench.start(&scratch.database)?;
    let mut maker = MailMaker::new(33, ADDRESS);
    let (mut runs, mut syncs) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        syncs.push(disk::sync(bench.folder())?.p50());
        let mails = maker.take(bench.options.either(300, 1_000));
        let (address, mails) = (server.lmtp, &mails);
        runs.push(Delivery { address, to: ADDRESS, mails, clients: 1, per_second: None }.run()?);
    }
    server.stop()?;
    let mut line = Line::new("A3", Engine::Sqlite, tickets);
    let p50 = median(runs.iter().map(|run| run.p50()));
    let limit = median(syncs) + BESIDE_SYNC_MILLIS;
    line.p50_ms = Some(p50);
    line.p99_ms = Some(median(runs.iter().map(|run| run.p99())));
    line.per_s = Some(median(runs.iter().map(|run| run.per_second())));
    let what = "p50 beside a sync and 1.5 ms, ms";
    line.parts = vec![Part::cost(what, p50, limit, 1.0).with_floor(2.0)];
    bench.print(&line);
    Ok(())
}
