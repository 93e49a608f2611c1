//! B6: the largest database against the smallest, in turn, so that noise meets both.

use std::time::Duration;

use super::search::{SEARCHES, search_path};
use super::{load, ticket_paths};
use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::{larger, median};
use crate::load::http::{Accept, Request};
use crate::report::{Engine, Line, Part};
use crate::server::{Reader, Server};

/// How much slower the largest may be.
const GOAL: f64 = 1.3;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let (small, large) = (bench.options.smallest(), bench.options.largest());
    let (small_database, large_database) = (bench.filled(small)?, bench.filled(large)?);
    let (small_server, large_server) =
        (bench.start(&small_database)?, bench.start(&large_database)?);
    let time = Duration::from_millis(bench.options.either(700, 2_000));
    let mut line = Line::new("B6", Engine::Sqlite, large);
    for what in ["list", "ticket", "search"] {
        let small_requests = requests(&small_server, what, small)?;
        let large_requests = requests(&large_server, what, large)?;
        let (mut small_p50, mut large_p50) = (Vec::new(), Vec::new());
        for _ in 0..REPEATS {
            for (server, requests, figures) in [
                (&small_server, &small_requests, &mut small_p50),
                (&large_server, &large_requests, &mut large_p50),
            ] {
                figures.push(load(server, &[server.id()], requests, 1, time)?.figures.p50());
            }
        }
        let (small_p50, large_p50) = (median(small_p50), median(large_p50));
        line.p50_ms = larger(line.p50_ms, large_p50);
        let what = format!("{what}, p50 with {large} tickets against {small}, ms");
        line.parts.push(Part::cost(&what, large_p50, small_p50, GOAL));
    }
    small_server.stop()?;
    large_server.stop()?;
    bench.print(&line);
    Ok(())
}

fn requests(server: &Server, what: &str, tickets: u64) -> Result<Vec<Request>> {
    let paths = match what {
        "list" => vec!["/inbox".to_owned()],
        "ticket" => ticket_paths(tickets),
        _ => {
            // Only what fills its page in a database of any size can be compared.
            let path = search_path(server)?;
            let fills =
                SEARCHES.iter().filter(|(what, ..)| ["common", "three words"].contains(what));
            fills.map(|(_, typed, _)| format!("{path}{typed}")).collect()
        }
    };
    let page = |path: &String| server.page(path, Reader::Agent, Accept::Browser);
    Ok(paths.iter().map(page).collect())
}
