//! F1: the pages of the settings and of customers, in processor time.

use std::time::Duration;

use crate::Result;
use crate::b_pages::load;
use crate::bench::{Bench, REPEATS};
use crate::figures::{larger, median};
use crate::load::http::Accept;
use crate::report::{Engine, Line, Part};
use crate::server::Reader;

/// What a page may take, in milliseconds of processor time.
const CPU_MILLIS: f64 = 1.5;

/// The pages, as their readers come to them.
const PAGES: [&str; 12] = [
    "/settings",
    "/settings/areas",
    "/settings/queues",
    "/settings/categories",
    "/settings/people",
    "/settings/tokens",
    "/settings/history",
    "/settings/new-tickets",
    "/mailboxes",
    "/customers",
    "/customers?kind=companies",
    "/customers/contacts/7",
];

/// Measures it, on databases of every size.
pub fn measure(bench: &Bench) -> Result<()> {
    for tickets in bench.options.sizes() {
        let database = bench.filled(*tickets)?;
        let server = bench.start(&database)?;
        let time = Duration::from_millis(bench.options.either(500, 2_000));
        let mut line = Line::new("F1", Engine::Sqlite, *tickets);
        for path in PAGES {
            let request = [server.page(path, Reader::Administrator, Accept::Browser)];
            let runs = (0..REPEATS)
                .map(|_| load(&server, &[server.id()], &request, 1, time))
                .collect::<Result<Vec<_>>>()?;
            let cpu = median(runs.iter().map(|run| run.cpu_millis));
            line.p50_ms = larger(line.p50_ms, median(runs.iter().map(|run| run.figures.p50())));
            line.p99_ms = larger(line.p99_ms, median(runs.iter().map(|run| run.figures.p99())));
            line.cpu_ms = larger(line.cpu_ms, cpu);
            line.parts.push(Part::cost(&format!("CPU of {path}, ms"), cpu, CPU_MILLIS, 1.0));
        }
        server.stop()?;
        bench.print(&line);
    }
    Ok(())
}
