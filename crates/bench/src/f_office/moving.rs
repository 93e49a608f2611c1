//! F4: `laufzettel move` from SQLite to PostgreSQL, which compares every table at its end.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;

use crate::Result;
use crate::bench::Bench;
use crate::figures::now;
use crate::report::{Engine, Line, Part};
use crate::server::configuration;
use crate::server_postgres::PostgresServer;

/// What moving may take, in milliseconds a ticket.
const MILLIS_A_TICKET: f64 = 3.0;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.usual();
    let scratch = bench.copy(tickets)?;
    let postgres = PostgresServer::start()?;
    let address = postgres.database("moved", "template0")?;
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let folder = bench.folder().join("moving");
    fs::create_dir_all(&folder)?;
    let file = configuration(&bench.setup(&scratch.database), &folder, nowhere, nowhere)?;
    let start = now();
    let moved = Command::new(bench.binary())
        .args(["move", "--to", &address, "--config"])
        .arg(&file)
        .output()?;
    let seconds = start.elapsed().as_secs_f64();
    if !moved.status.success() {
        return Err(String::from_utf8_lossy(&moved.stderr).into_owned().into());
    }
    eprintln!("{}", String::from_utf8_lossy(&moved.stdout));
    let mut line = Line::new("F4", Engine::Postgres, tickets);
    let millis = seconds * 1_000.0 / tickets as f64;
    line.parts = vec![Part::cost("ms a ticket, compared", millis, MILLIS_A_TICKET, 1.0)];
    bench.print(&line);
    Ok(())
}
