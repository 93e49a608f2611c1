//! B3: searches for a rare word, a frequent one, three together, and the beginning of one.

use std::time::Duration;

use super::load;
use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::database::Connection;
use crate::figures::{larger, median};
use crate::limits::index;
use crate::load::http::{Accept, Client};
use crate::report::{Engine, Line, Part};
use crate::server::{Reader, Server};

/// What performance.md names, in milliseconds.
const P50_MILLIS: f64 = 3.0;
const P99_MILLIS: f64 = 20.0;
const SLOWEST_MILLIS: f64 = 50.0;

/// A search: what it is, as typed, and as the index wants it.
pub const SEARCHES: [(&str, &str, &str); 4] = [
    ("rare", "Quarzuhrwerk", "stem:quarzuhrwerk"),
    ("common", "Rechnung", "stem:rechnung"),
    ("three words", "Rechnung%20Drucker%20Vertrag", "stem:rechnung stem:druck stem:vertrag"),
    ("beginning", "Quarzuhr", "word:quarzuhr*"),
];

/// Where words are searched: the page of the search, or the list where there is no such page.
pub fn search_path(server: &Server) -> Result<String> {
    let mut client = Client::connect(server.address)?;
    let page = "/search?q=";
    let request = server.page(&format!("{page}Rechnung"), Reader::Agent, Accept::Identity);
    match client.send(&request)?.status {
        200 => Ok(page.to_owned()),
        _ => Ok("/inbox?q=ist:alle%20".to_owned()),
    }
}

/// Measures it, on databases of every size.
pub fn measure(bench: &Bench) -> Result<()> {
    for tickets in bench.options.sizes() {
        let database = bench.filled(*tickets)?;
        let server = bench.start(&database)?;
        let connection = database.open()?;
        let path = search_path(&server)?;
        let mut line = Line::new("B3", Engine::Sqlite, *tickets);
        let mut slowest: f64 = 0.0;
        for (what, typed, text) in SEARCHES {
            let found = Search { what, path: format!("{path}{typed}"), text };
            let measured = found.measure(bench, &server, &connection)?;
            slowest = slowest.max(measured.slowest);
            line.p50_ms = larger(line.p50_ms, measured.p50);
            line.p99_ms = larger(line.p99_ms, measured.p99);
            line.cpu_ms = larger(line.cpu_ms, measured.cpu);
            line.parts.extend(measured.parts);
        }
        line.parts.push(Part::cost("slowest of all, ms", slowest, SLOWEST_MILLIS, 1.0));
        server.stop()?;
        bench.print(&line);
    }
    Ok(())
}

struct Search {
    what: &'static str,
    path: String,
    text: &'static str,
}

struct Measured {
    p50: f64,
    p99: f64,
    slowest: f64,
    cpu: f64,
    parts: Vec<Part>,
}

impl Search {
    fn measure(&self, bench: &Bench, server: &Server, connection: &Connection) -> Result<Measured> {
        self.check(server)?;
        let time = Duration::from_millis(bench.options.either(1_000, 3_000));
        let request = [server.page(&self.path, Reader::Agent, Accept::Browser)];
        let (mut limits, mut runs) = (Vec::new(), Vec::new());
        for _ in 0..REPEATS {
            limits.push(index::newest(connection, self.text)?.p50());
            runs.push(load(server, &[server.id()], &request, 1, time)?);
        }
        let p50 = median(runs.iter().map(|run| run.figures.p50()));
        let p99 = median(runs.iter().map(|run| run.figures.p99()));
        let what = self.what;
        let parts = vec![
            Part::cost(&format!("{what}, p50 in newest-50 queries, ms"), p50, median(limits), 40.0),
            Part::cost(&format!("{what}, p50, ms"), p50, P50_MILLIS, 1.0),
            Part::cost(&format!("{what}, p99, ms"), p99, P99_MILLIS, 1.0),
        ];
        Ok(Measured {
            p50,
            p99,
            slowest: median(runs.iter().map(|run| run.figures.max())),
            cpu: median(runs.iter().map(|run| run.cpu_millis)),
            parts,
        })
    }

    /// A search that finds nothing would be fast and worth nothing.
    fn check(&self, server: &Server) -> Result<()> {
        let mut client = Client::connect(server.address)?;
        client.send(&server.page(&self.path, Reader::Agent, Accept::Identity))?;
        match String::from_utf8_lossy(client.body()).contains("href=\"/tickets/TS") {
            true => Ok(()),
            false => Err(format!("{} finds nothing", self.path).into()),
        }
    }
}
