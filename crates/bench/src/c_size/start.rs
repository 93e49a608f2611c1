//! C3: from the start of the process to the first page of the inbox.

use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::median;
use crate::report::{Engine, Line, Part};
use crate::server::Server;

/// What performance.md names for a small and for a large database, in milliseconds.
const SMALL_MILLIS: f64 = 50.0;
const LARGE_MILLIS: f64 = 100.0;

/// Measures it, on the smallest and on the largest database.
pub fn measure(bench: &Bench) -> Result<()> {
    for (tickets, limit) in
        [(bench.options.smallest(), SMALL_MILLIS), (bench.options.largest(), LARGE_MILLIS)]
    {
        let database = bench.filled(tickets)?;
        // The first start makes the key and the sessions.
        bench.start(&database)?.stop()?;
        let mut starts = Vec::new();
        for _ in 0..REPEATS * 2 + 1 {
            let mut server = Server::spawn(&bench.setup(&database))?;
            starts.push(server.wait_for_page("/inbox")?);
            server.stop()?;
        }
        let p50 = median(starts);
        let mut line = Line::new("C3", Engine::Sqlite, tickets);
        line.p50_ms = Some(p50);
        line.parts = vec![Part::cost("first page, ms", p50, limit, 1.0)];
        bench.print(&line);
    }
    Ok(())
}
