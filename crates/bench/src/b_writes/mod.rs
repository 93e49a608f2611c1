//! B4: creating a ticket by the API and answering one by the form and by the API.

pub mod work;

use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::{Figures, larger, median, millis};
use crate::ground::{self, Ground};
use crate::limits::disk;
use crate::load::posts::Posts;
use crate::process;
use crate::report::{Line, Part};
use crate::server::Server;
use work::{Kind, Work, Written};

/// What a change may take beside one sync, in milliseconds.
const BESIDE_SYNC_MILLIS: f64 = 1.0;
/// Changes of eight clients for each sync that the disk can do: commits go in groups.
const CHANGES_PER_SYNC: f64 = 3.0;
/// Changes before the first figure.
const WARM: usize = 64;
/// Clients at the same time.
const CLIENTS: usize = 8;

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mut connection = ground.database.open()?;
    let mut work = Work::prepare(&mut connection, CLIENTS)?;
    let server = bench.start(&ground.database)?;
    let before = Written::count(&mut connection)?;
    let mut line = Line::new("B4", ground.database.engine(), ground.tickets);
    for kind in Kind::ALL {
        run(&server, &mut work, kind, WARM, CLIENTS)?;
        let runs: Vec<Run> = (0..REPEATS)
            .map(|_| one(bench, ground, &server, &mut work, kind))
            .collect::<Result<_>>()?;
        add(&mut line, kind, &runs);
    }
    server.stop()?;
    Written::count(&mut connection)?.check(&before, &work.sent)?;
    bench.print(&line);
    Ok(())
}

struct Run {
    sync: Figures,
    alone: Figures,
    together: Figures,
    cpu_millis: f64,
}

fn one(
    bench: &Bench,
    ground: &Ground,
    server: &Server,
    work: &mut Work,
    kind: Kind,
) -> Result<Run> {
    let sync = disk::sync(bench.folder())?;
    let alone = run(server, work, kind, bench.options.either(200, 500), 1)?;
    let processes = ground.processes(server);
    let before = process::cpu(&processes);
    let together = run(server, work, kind, bench.options.either(1_600, 4_000), CLIENTS)?;
    let used = millis(process::cpu(&processes).saturating_sub(before));
    let cpu_millis = used / together.millis.len().max(1) as f64;
    Ok(Run { sync, alone, together, cpu_millis })
}

fn run(
    server: &Server,
    work: &mut Work,
    kind: Kind,
    count: usize,
    clients: usize,
) -> Result<Figures> {
    let requests = work.requests(server.address, kind, count)?;
    let status = kind.status();
    Posts { address: server.address, requests: &requests, clients, status }.run()
}

fn add(line: &mut Line, kind: Kind, runs: &[Run]) {
    let (what, of) = (kind.words(), |figure: fn(&Run) -> f64| median(runs.iter().map(figure)));
    let (p50, per_second) = (of(|run| run.alone.p50()), of(|run| run.together.per_second()));
    let limit = of(|run| run.sync.p50()) + BESIDE_SYNC_MILLIS;
    let syncs = of(|run| run.sync.per_second());
    line.p50_ms = larger(line.p50_ms, p50);
    line.p99_ms = larger(line.p99_ms, of(|run| run.alone.p99()));
    line.cpu_ms = larger(line.cpu_ms, of(|run| run.cpu_millis));
    line.per_s = Some(line.per_s.map_or(per_second, |before| before.min(per_second)));
    let latency = format!("{what}, p50 beside a sync and a millisecond, ms");
    let rate = format!("{what}, a second with {CLIENTS} clients beside syncs a second");
    line.parts.push(Part::cost(&latency, p50, limit, 1.0).with_floor(2.0));
    let part = Part::rate(&rate, per_second, syncs, CHANGES_PER_SYNC);
    line.parts.push(part.with_floor(CHANGES_PER_SYNC / 2.0));
    let (cpu, p99) = (of(|run| run.cpu_millis), of(|run| run.alone.p99()));
    eprintln!("  B4 {what}: p99 {p99:.2} ms, CPU {cpu:.3} ms");
}
