//! D1 and D2: the same on PostgreSQL.

use std::time::Duration;

use tempfile::TempDir;

use crate::Result;
use crate::a_mail::ingest::ingest;
use crate::a_mail::throughput::rate;
use crate::b_pages::load;
use crate::bench::{Bench, REPEATS};
use crate::database::Database;
use crate::figures::median;
use crate::limits::postgres;
use crate::load::http::Accept;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::{self, ADDRESS};
use crate::server::Reader;
use crate::server_postgres::PostgresServer;

/// Measures both.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.on_postgres();
    let postgres = PostgresServer::start()?;
    let folder = TempDir::new_in(bench.folder())?;
    let address = postgres.database("laufzettel", "template0")?;
    let database = Database::Postgres(address, folder.path().join("data"));
    seed::fill(&database, tickets)?;
    if bench.options.wants("D2") {
        pages(bench, &database, &postgres, tickets)?;
    }
    if bench.options.wants("D1") {
        mails(bench, &database, &postgres, tickets)?;
    }
    Ok(())
}

fn mails(
    bench: &Bench,
    database: &Database,
    postgres: &PostgresServer,
    tickets: u64,
) -> Result<()> {
    let server = bench.start(database)?;
    let processes = [server.id(), postgres.id()];
    let mut maker = MailMaker::new(tickets + 1, ADDRESS);
    ingest(&server, database, &processes, &maker.take(300))?;
    let (mut limits, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        limits.push(postgres::durable_mails(&postgres.database("limits", "template0")?)?);
        let mails = maker.take(bench.options.either(1_000, 4_000));
        runs.push(ingest(&server, database, &processes, &mails)?);
    }
    server.stop()?;
    let line = rate("D1", Engine::Postgres, tickets, &runs, median(limits), 0.4);
    bench.print(&line);
    Ok(())
}

fn pages(
    bench: &Bench,
    database: &Database,
    postgres: &PostgresServer,
    tickets: u64,
) -> Result<()> {
    let filled = bench.filled(tickets)?;
    let (on_file, on_server) = (bench.start(&filled)?, bench.start(database)?);
    let processes = [on_server.id(), postgres.id()];
    let time = Duration::from_millis(bench.options.either(1_500, 4_000));
    let (mut limits, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        let request = [on_file.page("/inbox", Reader::Agent, Accept::Browser)];
        limits.push(load(&on_file, &[on_file.id()], &request, 1, time)?.figures.p50());
        let request = [on_server.page("/inbox", Reader::Agent, Accept::Browser)];
        runs.push(load(&on_server, &processes, &request, 1, time)?);
    }
    on_file.stop()?;
    on_server.stop()?;
    let mut line = Line::new("D2", Engine::Postgres, tickets);
    let p50 = median(runs.iter().map(|run| run.figures.p50()));
    line.p50_ms = Some(p50);
    line.p99_ms = Some(median(runs.iter().map(|run| run.figures.p99())));
    line.cpu_ms = Some(median(runs.iter().map(|run| run.cpu_millis)));
    let what = "p50 of the list beside that on SQLite, ms";
    line.parts = vec![Part::cost(what, p50, median(limits), 3.0).with_floor(6.0)];
    bench.print(&line);
    Ok(())
}
