//! A1 and A2: mails a second over eight connections, and the processor time of one.

use super::ingest::{Ingest, ingest};
use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::median;
use crate::limits::{parse, sqlite};
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;

/// Measures both, on databases of every size.
pub fn measure(bench: &Bench) -> Result<()> {
    for tickets in bench.options.sizes() {
        let scratch = bench.copy(*tickets)?;
        let server = bench.start(&scratch.database)?;
        let mut maker = MailMaker::new(*tickets, ADDRESS);
        let (mut runs, mut limits) = (Vec::new(), Vec::new());
        // The first mails warm connections and caches.
        ingest(&server, &scratch.database, &[server.id()], &maker.take(300))?;
        for _ in 0..REPEATS {
            let mails = maker.take(bench.options.either(2_000, 6_000));
            limits.push((sqlite::durable_mails(bench.folder())?, parse::mail(&mails)));
            runs.push(ingest(&server, &scratch.database, &[server.id()], &mails)?);
        }
        server.stop()?;
        let durable = median(limits.iter().map(|(durable, _)| *durable));
        let parse = median(limits.iter().map(|(_, parse)| *parse));
        bench.print(&rate("A1", Engine::Sqlite, *tickets, &runs, durable, 0.35));
        let mut line = Line::new("A2", Engine::Sqlite, *tickets);
        let cpu = median(runs.iter().map(|run| run.cpu_millis));
        line.cpu_ms = Some(cpu);
        line.parts = vec![Part::cost("CPU of a mail, ms", cpu, parse, 9.0).with_floor(27.0)];
        bench.print(&line);
    }
    Ok(())
}

/// The line of mails a second beside what the database can do at best.
pub fn rate(
    id: &'static str,
    engine: Engine,
    tickets: u64,
    runs: &[Ingest],
    limit: f64,
    goal: f64,
) -> Line {
    let mut line = Line::new(id, engine, tickets);
    let per_second = median(runs.iter().map(|run| run.per_second));
    line.p50_ms = Some(median(runs.iter().map(|run| run.delivered.p50())));
    line.p99_ms = Some(median(runs.iter().map(|run| run.delivered.p99())));
    line.cpu_ms = Some(median(runs.iter().map(|run| run.cpu_millis)));
    line.per_s = Some(per_second);
    line.parts = vec![Part::rate("applied mails a second", per_second, limit, goal)];
    let client = median(runs.iter().map(|run| run.client_millis));
    let delivered = median(runs.iter().map(|run| run.delivered.per_second()));
    eprintln!(
        "  {id}: {delivered:.0} mails/s until the last 250; client {client:.3} ms CPU a mail"
    );
    line
}
