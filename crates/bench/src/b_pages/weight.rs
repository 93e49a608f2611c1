//! B5: the statements of a page, its bytes, and its bytes packed.

use std::thread;
use std::time::Duration;

use super::search::search_path;
use super::ticket_paths;
use crate::Result;
use crate::bench::Bench;
use crate::load::http::{Accept, Client};
use crate::report::{Engine, Line, Part};
use crate::server::{Reader, Server};

/// What performance.md names, and the bound of decision 27 in goals.
const STATEMENTS: f64 = 4.0;
const KILOBYTES: f64 = 30.0;
const PACKED_KILOBYTES: f64 = 6.0;
const BYTES_FLOOR: f64 = 2.0;
const PACKED_FLOOR: f64 = 1.5;
/// Longer than counts and sessions are believed, shorter than lists are kept.
const PAUSE: Duration = Duration::from_millis(2_100);

/// Measures it, on databases of every size.
pub fn measure(bench: &Bench) -> Result<()> {
    for tickets in bench.options.sizes() {
        let database = bench.filled(*tickets)?;
        let server = bench.start(&database)?;
        let ticket = ticket_paths(*tickets).pop().ok_or("there is no ticket")?;
        let search = format!("{}Rechnung", search_path(&server)?);
        let mut line = Line::new("B5", Engine::Sqlite, *tickets);
        for (what, path) in [("list", "/inbox".to_owned()), ("ticket", ticket), ("search", search)]
        {
            line.parts.extend(weigh(&server, what, &path)?);
        }
        server.stop()?;
        bench.print(&line);
    }
    Ok(())
}

fn weigh(server: &Server, what: &str, path: &str) -> Result<Vec<Part>> {
    let bytes = |accept: Accept| -> Result<f64> {
        let mut client = Client::connect(server.address)?;
        let answer = client.send(&server.page(path, Reader::Agent, accept))?;
        match answer.status {
            200 => Ok(client.body().len() as f64 / 1_000.0),
            status => Err(format!("{path} answers {status}").into()),
        }
    };
    let statements = |pause: Duration| -> Result<f64> {
        bytes(Accept::Identity)?;
        thread::sleep(pause);
        let before = server.statements()?;
        bytes(Accept::Identity)?;
        Ok((server.statements()? - before) as f64)
    };
    let part = |text: &str, value: f64, limit: f64| {
        Part::cost(&format!("{what}: {text}"), value, limit, 1.0)
    };
    Ok(vec![
        part("statements", statements(Duration::ZERO)?, STATEMENTS),
        part("statements after a pause of two seconds", statements(PAUSE)?, STATEMENTS),
        part("kilobytes", bytes(Accept::Identity)?, KILOBYTES).with_floor(BYTES_FLOOR),
        part("kilobytes for a browser", bytes(Accept::Browser)?, PACKED_KILOBYTES)
            .with_floor(PACKED_FLOOR),
        part("kilobytes in gzip", bytes(Accept::Gzip)?, PACKED_KILOBYTES).with_floor(PACKED_FLOOR),
    ])
}
