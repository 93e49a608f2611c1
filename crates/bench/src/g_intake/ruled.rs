//! G1: a minute of mails into a house with 200 rules, whose agents and whose manager are told of their tickets.

use std::time::Duration;

use rusqlite::types::Value;

use super::rules;
use super::sustained::{Load, Sustained};
use crate::Result;
use crate::a_mail::ingest::{Ingest, ingest};
use crate::bench::Bench;
use crate::c_size::mebibytes;
use crate::database::Connection;
use crate::ground::{self, Ground};
use crate::mails::MailMaker;
use crate::report::{Line, Part};
use crate::seed::ADDRESS;

/// Mails a second that are wanted; a quarter of it is the floor.
const GOAL: f64 = 1_200.0;
/// A new ticket is told to this address (F-MAIL-60, F-MAIL-61).
const TOLD: &str = r#"{"address":"leitung@team.example","tells_new":true}"#;

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mut maker = MailMaker::new(ground.tickets + 71, ADDRESS);
    let plain = without_rules(bench, ground, &mut maker)?;
    let mut connection = ground.database.open()?;
    rules::install(&mut connection)?;
    tell(&mut connection)?;
    let server = bench.start(&ground.database)?;
    let processes = ground.processes(&server);
    let first = ingest(&server, &ground.database, &processes, &maker.take(1_000))?;
    let seconds: f64 = bench.options.either(10.0, 60.0);
    let mails = maker.take((first.per_second.max(100.0) * seconds * 1.5) as usize);
    let load = Load {
        server: &server,
        database: &ground.database,
        processes: &processes,
        mails: &mails,
        time: Duration::from_secs_f64(seconds),
    };
    let run = load.run()?;
    server.stop()?;
    describe(&mut connection, &plain, &run)?;
    let mut line = Line::new("G1", ground.database.engine(), ground.tickets);
    line.p50_ms = Some(run.delivered.p50());
    line.p99_ms = Some(run.delivered.p99());
    line.cpu_ms = Some(run.cpu_millis);
    line.per_s = Some(run.per_second);
    let part = |what, value| Part::rate(what, value, GOAL, 1.0).with_floor(0.25);
    line.parts = vec![
        part("applied mails a second with 200 rules", run.per_second),
        part("in the slowest sixth of the time", run.slowest),
    ];
    bench.print(&line);
    Ok(())
}

/// The same house before it has rules.
fn without_rules(bench: &Bench, ground: &Ground, maker: &mut MailMaker) -> Result<Ingest> {
    let server = bench.start(&ground.database)?;
    let processes = ground.processes(&server);
    ingest(&server, &ground.database, &processes, &maker.take(300))?;
    let mails = maker.take(bench.options.either(2_000, 6_000));
    let run = ingest(&server, &ground.database, &processes, &mails)?;
    server.stop()?;
    Ok(run)
}

fn tell(connection: &mut Connection) -> Result<()> {
    connection.change("delete from setting where name = 'mail_rules'", &[])?;
    connection.change(
        "insert into setting (name, value) values ('mail_rules', $1)",
        &[Value::Text(TOLD.to_owned())],
    )
}

/// Says what the rules did. Rules that never fire would cost little and prove nothing.
fn describe(connection: &mut Connection, plain: &Ingest, run: &Sustained) -> Result<()> {
    let hits = connection.number("select count(*) from intake_rule_hit")?;
    let notices = connection.number("select count(*) from outbound_mail where state <> 'sent'")?;
    if hits == 0 || notices == 0 {
        return Err(format!("{hits} hits of rules, {notices} notices").into());
    }
    eprintln!(
        "  G1: without rules {:.0} mails/s, {:.2} ms CPU a mail; with them {:.0} and {:.2}; {:.0} \
         mails/s until the last 250; {hits} hits, {notices} notices; {} notices waited at the end, \
         for {:.1} s; {:.0} MiB",
        plain.per_second,
        plain.cpu_millis,
        run.per_second,
        run.cpu_millis,
        run.delivered.per_second(),
        run.jobs_left,
        run.late,
        mebibytes(run.memory),
    );
    Ok(())
}
