//! B1 and B2: the list of 50 rows and the ticket of ten messages, beside a bare page.

use std::time::Duration;

use super::{Pages, load, ticket_paths};
use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::{Figures, median};
use crate::limits::page::Bare;
use crate::load::http::{Accept, Request};
use crate::report::{Engine, Line, Part};
use crate::server::{Reader, Server};

/// The bare page and the product, one client and eight.
struct Run {
    bare: (Figures, f64),
    alone: Pages,
    together: Pages,
}

/// Measures both, on databases of every size.
pub fn measure(bench: &Bench) -> Result<()> {
    let bare = Bare::start()?;
    for tickets in bench.options.sizes() {
        let database = bench.filled(*tickets)?;
        let server = bench.start(&database)?;
        for (id, paths, goal) in
            [("B1", vec!["/inbox".to_owned()], 0.2), ("B2", ticket_paths(*tickets), 0.15)]
        {
            if bench.options.wants(id) {
                let runs = runs(bench, &server, &bare, &paths, Reader::Agent)?;
                bench.print(&line(id, *tickets, &runs, goal));
            }
        }
        if bench.options.wants("B1") {
            let paths = ["/inbox".to_owned()];
            let runs = runs(bench, &server, &bare, &paths, Reader::Administrator)?;
            let cpu = median(runs.iter().map(|run| run.together.cpu_millis));
            eprintln!("  B1 for an administrator: {cpu:.3} ms CPU a page");
        }
        server.stop()?;
    }
    Ok(())
}

fn runs(
    bench: &Bench,
    server: &Server,
    bare: &Bare,
    paths: &[String],
    reader: Reader,
) -> Result<Vec<Run>> {
    let page = |path: &String| server.page(path, reader, Accept::Browser);
    let requests: Vec<Request> = paths.iter().map(page).collect();
    let time = Duration::from_millis(bench.options.either(1_500, 4_000));
    let run = || {
        Ok(Run {
            bare: bare.load(8, time)?,
            alone: load(server, &[server.id()], &requests, 1, time)?,
            together: load(server, &[server.id()], &requests, 8, time)?,
        })
    };
    (0..REPEATS).map(|_| run()).collect()
}

fn line(id: &'static str, tickets: u64, runs: &[Run], goal: f64) -> Line {
    let mut line = Line::new(id, Engine::Sqlite, tickets);
    let cpu = median(runs.iter().map(|run| run.together.cpu_millis));
    let per_second = median(runs.iter().map(|run| run.together.figures.per_second()));
    line.p50_ms = Some(median(runs.iter().map(|run| run.alone.figures.p50())));
    line.p99_ms = Some(median(runs.iter().map(|run| run.alone.figures.p99())));
    line.cpu_ms = Some(cpu);
    line.per_s = Some(per_second);
    let bare_cpu = median(runs.iter().map(|run| run.bare.1));
    let bare_per_second = median(runs.iter().map(|run| run.bare.0.per_second()));
    // Pages for the processor time of a thousand bare ones: the more, the cheaper.
    line.parts = vec![
        Part::rate("pages per CPU second", 1_000.0 / cpu, 1_000.0 / bare_cpu, goal),
        Part::rate("pages a second, 8 clients", per_second, bare_per_second, goal),
    ];
    line
}
