//! F2: looking for one of 200,000 contacts.

use std::time::Duration;

use crate::Result;
use crate::b_pages::load;
use crate::bench::{Bench, REPEATS};
use crate::figures::{larger, median};
use crate::ground::{self, Ground};
use crate::load::http::Accept;
use crate::report::{Line, Part};
use crate::seed;
use crate::server::Reader;

/// How many contacts there are.
const CONTACTS: u64 = 200_000;
/// How long a look-up may take at the median, in milliseconds.
const P50_MILLIS: f64 = 3.0;

/// What is typed about a caller, and into which field.
const TYPED: [(&str, &str, &str); 4] = [
    ("a number, for the caller", "phone", "0351 0123456"),
    ("a first name, for the caller", "name", "anna"),
    ("a beginning, for the caller", "name", "schm"),
    ("two words, for the caller", "name", "anna schm"),
];

/// What is looked for on the page of customers.
const LISTED: [(&str, &str); 2] = [
    ("a beginning, on the page", "/customers?kind=contacts&q=schm"),
    ("two words, on the page", "/customers?kind=contacts&q=anna+schm"),
];

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    seed::add_contacts(&ground.database, ground.tickets, CONTACTS)?;
    let server = bench.start(&ground.database)?;
    let time = Duration::from_millis(bench.options.either(700, 3_000));
    let mut line = Line::new("F2", ground.database.engine(), ground.tickets);
    let typed = TYPED.map(|(what, field, text)| {
        let fields = [("kind", "phone"), (field, text)];
        (what, server.form("/tickets/new/callers", Reader::Agent, "callers", &fields))
    });
    let listed =
        LISTED.map(|(what, path)| (what, server.page(path, Reader::Agent, Accept::Browser)));
    for (what, request) in typed.into_iter().chain(listed) {
        let request = [request];
        let runs = (0..REPEATS)
            .map(|_| load(&server, &ground.processes(&server), &request, 1, time))
            .collect::<Result<Vec<_>>>()?;
        let p50 = median(runs.iter().map(|run| run.figures.p50()));
        line.p50_ms = larger(line.p50_ms, p50);
        line.p99_ms = larger(line.p99_ms, median(runs.iter().map(|run| run.figures.p99())));
        line.cpu_ms = larger(line.cpu_ms, median(runs.iter().map(|run| run.cpu_millis)));
        line.parts.push(Part::cost(&format!("{what}, ms"), p50, P50_MILLIS, 1.0));
    }
    server.stop()?;
    bench.print(&line);
    Ok(())
}
