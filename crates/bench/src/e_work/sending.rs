//! E1: answers wait in the outbox and leave for a mail server on the loopback address.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use super::sink::{Sink, Taken};
use crate::Result;
use crate::b_writes::work::{Kind, Work};
use crate::bench::{Bench, REPEATS};
use crate::database::Connection;
use crate::figures::{median, millis, now};
use crate::ground::{self, Ground};
use crate::load::posts::Posts;
use crate::process;
use crate::report::{Line, Part};
use crate::server::{Server, Setup};

/// Mails a second, and milliseconds of processor time of one.
const PER_SECOND: f64 = 1_000.0;
const CPU_MILLIS: f64 = 1.0;
/// A fifth of the goal.
const FLOOR: f64 = 0.2;
/// Who answers at the same time.
const CLIENTS: usize = 8;
/// How long all mails may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often the outbox is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mut connection = ground.database.open()?;
    let mut work = Work::prepare(&mut connection, CLIENTS)?;
    let runs: Vec<Run> = (0..REPEATS)
        .map(|_| {
            let count = bench.options.either(1_000, 2_000);
            let before = sent(&mut connection)?;
            answer(bench, ground, &mut work, count)?;
            send(bench, ground, &mut connection, &before, count)
        })
        .collect::<Result<_>>()?;
    let mut line = Line::new("E1", ground.database.engine(), ground.tickets);
    let per_second = median(runs.iter().map(|run| run.per_second));
    let cpu = median(runs.iter().map(|run| run.cpu_millis));
    (line.per_s, line.cpu_ms) = (Some(per_second), Some(cpu));
    line.parts = vec![
        Part::rate("mails a second", per_second, PER_SECOND, 1.0).with_floor(FLOOR),
        Part::cost("CPU of a mail, ms", cpu, CPU_MILLIS, 1.0),
    ];
    bench.print(&line);
    let client = median(runs.iter().map(|run| run.client_millis));
    let connections = runs.iter().map(|run| run.connections).max().unwrap_or(0);
    eprintln!("  E1: {connections} connections; the mail server {client:.3} ms CPU a mail");
    Ok(())
}

/// Fills the outbox: without a mail server nothing leaves.
fn answer(bench: &Bench, ground: &Ground, work: &mut Work, count: usize) -> Result<()> {
    let server = bench.start(&ground.database)?;
    let requests = work.requests(server.address, Kind::ReplyByApi, count)?;
    let status = Kind::ReplyByApi.status();
    Posts { address: server.address, requests: &requests, clients: CLIENTS, status }.run()?;
    server.stop()
}

struct Run {
    per_second: f64,
    cpu_millis: f64,
    client_millis: f64,
    connections: usize,
}

fn send(
    bench: &Bench,
    ground: &Ground,
    connection: &mut Connection,
    before: &BTreeSet<String>,
    count: usize,
) -> Result<Run> {
    let sink = Sink::start()?;
    let setup = Setup { relay: Some(sink.address), ..bench.setup(&ground.database) };
    let server = Server::start(&setup)?;
    let processes = ground.processes(&server);
    let (product, client) = (process::cpu(&processes), process::own_cpu());
    sink.open();
    sink.wait_for(count, PATIENCE)?;
    wait_until_written(connection)?;
    let product = millis(process::cpu(&processes).saturating_sub(product));
    let client = millis(process::own_cpu().saturating_sub(client));
    server.stop()?;
    let taken = sink.taken();
    check(&taken, &sent(connection)?, before, count)?;
    let mails = count.max(1) as f64;
    Ok(Run {
        per_second: (mails - 1.0) / seconds(&taken),
        cpu_millis: product / mails,
        client_millis: client / mails,
        connections: sink.connections(),
    })
}

/// Waits until it is written down of every answer what became of it.
pub fn wait_until_written(connection: &mut Connection) -> Result<()> {
    let start = now();
    let left = "select count(*) from outbound_mail where next_at is not null and automatic = 0";
    while connection.number(left)? > 0 {
        if start.elapsed() > PATIENCE {
            return Err("answers are left in the outbox".into());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// The Message-IDs of all mails that were sent.
pub fn sent(connection: &mut Connection) -> Result<BTreeSet<String>> {
    let rows: Vec<[String; 1]> =
        connection.rows("select message_id from outbound_mail where state = 'sent'")?;
    Ok(rows.into_iter().map(|[message_id]| message_id).collect())
}

/// The ledger: each mail came once, and what the outbox calls sent is what came.
pub fn check(
    taken: &[Taken],
    sent: &BTreeSet<String>,
    before: &BTreeSet<String>,
    count: usize,
) -> Result<()> {
    let came: BTreeSet<String> = taken.iter().map(|mail| mail.message_id.clone()).collect();
    if came.len() != taken.len() {
        return Err(format!("{} of {} mails came twice", taken.len() - came.len(), count).into());
    }
    let sent: BTreeSet<String> = sent.difference(before).cloned().collect();
    match came == sent && came.len() == count {
        true => Ok(()),
        false => {
            Err(format!("of {count} mails {} came and {} are sent", came.len(), sent.len()).into())
        }
    }
}

fn seconds(taken: &[Taken]) -> f64 {
    match (taken.first(), taken.last()) {
        (Some(first), Some(last)) => last.at.duration_since(first.at).as_secs_f64().max(1e-9),
        _ => 1e-9,
    }
}
