//! G4: "Wo ist die Mail?" in a journal of 1,000,000 entries.

use std::time::Duration;

use crate::Result;
use crate::b_pages::load;
use crate::bench::{Bench, REPEATS};
use crate::database::Connection;
use crate::figures::{larger, median};
use crate::ground::{self, Ground};
use crate::load::http::{Accept, Client, Request, encoded};
use crate::report::{Engine, Line, Part};
use crate::seed;
use crate::server::{Reader, Server};

/// The goal of the median answer, in milliseconds; three times that is the floor.
const P50_MILLIS: f64 = 3.0;
/// Mails that are looked for in turn, so that none is looked for twice in a row.
const SOUGHT: usize = 200;

/// Words that are looked for.
const WORDS: [(&str, &str); 4] = [
    ("a frequent word", "Rechnung"),
    ("a rare word", "Quarzuhrwerk"),
    ("three words", "Drucker fehlt neue"),
    ("a word that nobody wrote", "Xylophonbaukasten"),
];

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    // Two mails of each ticket came from its customer.
    let tickets = |engine: Engine| match engine {
        Engine::Sqlite => bench.options.either(50_000, 500_000),
        Engine::Postgres => bench.options.either(5_000, 500_000),
    };
    ground::on_each_with(bench, tickets, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    seed::add_journal(&ground.database)?;
    let mut connection = ground.database.open()?;
    let rows = connection.number("select count(*) from inbound_mail")?;
    eprintln!("  G4: {rows} entries in the journal");
    let server = bench.start(&ground.database)?;
    let mut line = Line::new("G4", ground.database.engine(), ground.tickets);
    for (what, requests) in asked(&server, &mut connection)? {
        ask(bench, ground, &server, (what, &requests), &mut line)?;
    }
    server.stop()?;
    bench.print(&line);
    Ok(())
}

/// What is asked for, with its requests.
fn asked(
    server: &Server,
    connection: &mut Connection,
) -> Result<Vec<(&'static str, Vec<Request>)>> {
    let page = |path: &str| server.page(path, Reader::Administrator, Accept::Browser);
    let search = |text: &str| page(&format!("/mails?q={}", encoded(text)));
    // One of some 5,000, from all over the journal.
    let rows: Vec<[String; 5]> = connection.rows(&format!(
        "select m.message_id, m.from_address, t.number, cast(m.id as text), m.from_name
         from inbound_mail m join ticket t on t.id = m.ticket
         where (m.id / 4096) % 5003 = 7 order by m.id limit {SOUGHT}"
    ))?;
    if rows.is_empty() {
        return Err("the journal has no mails to look for".into());
    }
    let each = |ask: &dyn Fn(&[String; 5]) -> Request| rows.iter().map(ask).collect::<Vec<_>>();
    let mut all = vec![
        ("a Message-ID", each(&|[id, ..]| search(&format!("<{id}>")))),
        ("an address", each(&|[_, address, ..]| search(address))),
        ("a ticket number", each(&|[_, _, number, ..]| search(number))),
        (
            "one mail beside its sender's",
            each(&|[_, address, _, id, _]| page(&format!("/mails/{id}?q={}", encoded(address)))),
        ),
        ("a name", each(&|[.., name]| search(name))),
        ("no search", vec![page("/mails")]),
    ];
    all.extend(WORDS.map(|(what, words)| (what, vec![search(words)])));
    Ok(all)
}

/// Asks, and adds what it took.
fn ask(
    bench: &Bench,
    ground: &Ground,
    server: &Server,
    (what, requests): (&str, &[Request]),
    line: &mut Line,
) -> Result<()> {
    if what != "a word that nobody wrote" {
        check(server, requests)?;
    }
    let time = Duration::from_millis(bench.options.either(700, 3_000));
    let processes = ground.processes(server);
    let runs = (0..REPEATS)
        .map(|_| load(server, &processes, requests, 1, time))
        .collect::<Result<Vec<_>>>()?;
    let p50 = median(runs.iter().map(|run| run.figures.p50()));
    let p99 = median(runs.iter().map(|run| run.figures.p99()));
    let cpu = median(runs.iter().map(|run| run.cpu_millis));
    eprintln!("  G4: {what}: p50 {p50:.2} ms, p99 {p99:.2} ms, {cpu:.2} ms of processor time");
    line.p50_ms = larger(line.p50_ms, p50);
    line.p99_ms = larger(line.p99_ms, p99);
    line.cpu_ms = larger(line.cpu_ms, cpu);
    line.parts.push(Part::cost(&format!("{what}, p50, ms"), p50, P50_MILLIS, 1.0).with_floor(3.0));
    Ok(())
}

/// A search that finds nothing would be fast and worth nothing.
fn check(server: &Server, requests: &[Request]) -> Result<()> {
    let Some(request) = requests.first() else { return Err("nothing is asked for".into()) };
    let mut client = Client::connect(server.address)?;
    client.send(&server.page(&request.path, Reader::Administrator, Accept::Identity))?;
    match String::from_utf8_lossy(client.body()).contains("#entry\"") {
        true => Ok(()),
        false => Err(format!("{} finds nothing", request.path).into()),
    }
}
