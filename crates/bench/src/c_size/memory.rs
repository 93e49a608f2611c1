//! C1: memory of the product when nothing happens, and while mails and pages come at full load.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::{mebibytes, peak};
use crate::Result;
use crate::b_pages::load;
use crate::bench::Bench;
use crate::limits::page::Bare;
use crate::load::http::Accept;
use crate::load::lmtp::Delivery;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;
use crate::server::Reader;

/// What performance.md names for the loaded product, in MiB.
const LOADED: f64 = 100.0;
/// How long the product does nothing before its memory counts as idle.
const REST: Duration = Duration::from_secs(3);

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.largest();
    let scratch = bench.copy(tickets)?;
    let server = bench.start(&scratch.database)?;
    let bare = Bare::start()?;
    thread::sleep(REST);
    let (idle, bare) = (server.memory()?, bare.memory()?);
    let mails = MailMaker::new(11, ADDRESS).take(bench.options.either(3_000, 20_000));
    let delivery =
        Delivery { address: server.lmtp, to: ADDRESS, mails: &mails, clients: 8, per_second: None };
    let request = [server.page("/inbox", Reader::Agent, Accept::Browser)];
    let time = Duration::from_secs(bench.options.either(5, 15));
    let stop = AtomicBool::new(false);
    let (pages, loaded) = peak(&server, || {
        thread::scope(|scope| {
            let delivered = scope.spawn(|| delivery.run_until(&stop));
            let pages = load(&server, &[server.id()], &request, 8, time);
            stop.store(true, Ordering::Relaxed);
            delivered.join().unwrap_or_else(|_| Err("a client panicked".into()))?;
            pages
        })
    })?;
    server.stop()?;
    let mut line = Line::new("C1", Engine::Sqlite, tickets);
    line.per_s = Some(pages.figures.per_second());
    let (idle, bare) = (mebibytes(idle.own), mebibytes(bare.resident));
    line.parts = vec![
        Part::cost("idle, MiB beside a bare page", idle, bare, 6.0),
        Part::cost("loaded, MiB", mebibytes(loaded), LOADED, 1.0),
    ];
    bench.print(&line);
    Ok(())
}
