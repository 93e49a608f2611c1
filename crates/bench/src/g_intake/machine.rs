//! G2: "Was wäre geschehen?" over 30,000 mails of the last days.

use super::rules;
use crate::Result;
use crate::a_mail::ingest::ingest;
use crate::bench::{Bench, REPEATS};
use crate::figures::{larger, median, millis, millis_since, now};
use crate::ground::{self, Ground};
use crate::load::http::{Client, Request};
use crate::mails::MailMaker;
use crate::process;
use crate::report::{Line, Part};
use crate::seed::ADDRESS;
use crate::server::{Reader, Server};

/// Mails that are tried.
const MAILS: usize = 30_000;
/// The goal for all of them, in milliseconds; five times that is the floor.
const GOAL_MILLIS: f64 = 1_000.0;

/// What is tried: what it is, its condition and its action.
const TRIED: [(&str, &str, &str); 3] = [
    ("sender and subject", "von:@example.com betreff:fehlt", "priorität:hoch"),
    ("the text", "text:\"*Drucker*Vertrag*\"", "schlagwort:drucker"),
    ("the header", "kopfzeile:\"X-Mailer: *Outlook*\" betreff:fehlt", "schlagwort:outlook"),
];

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mails = bench.options.either(MAILS / 10, MAILS);
    let server = bench.start(&ground.database)?;
    let mut maker = MailMaker::new(ground.tickets + 72, ADDRESS);
    let mut left = mails;
    while left > 0 {
        let some = maker.take(left.min(2_000));
        left -= some.len();
        ingest(&server, &ground.database, &[server.id()], &some)?;
    }
    let mut line = Line::new("G2", ground.database.engine(), ground.tickets);
    for (what, condition, action) in TRIED {
        try_rule(ground, &server, (what, condition, action), mails, &mut line)?;
    }
    server.stop()?;
    rules::install(&mut ground.database.open()?)?;
    let server = bench.start(&ground.database)?;
    let [(_, condition, action), ..] = TRIED;
    let what = "sender and subject, beside 200 rules";
    try_rule(ground, &server, (what, condition, action), mails, &mut line)?;
    server.stop()?;
    bench.print(&line);
    Ok(())
}

/// Tries one rule and adds what it took.
fn try_rule(
    ground: &Ground,
    server: &Server,
    (what, condition, action): (&str, &str, &str),
    mails: usize,
    line: &mut Line,
) -> Result<()> {
    let fields = [
        ("name", "Versuch"),
        ("face", "text"),
        ("condition", condition),
        ("actions", action),
        ("active", "on"),
        ("days", "30"),
    ];
    let request =
        server.form("/settings/rules/new/machine", Reader::Administrator, "main", &fields);
    let request = request.unpacked();
    let mut client = Client::connect(server.address)?;
    let (mut took, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        let (before, start) = (process::cpu(&ground.processes(server)), now());
        check(&mut client, &request, mails)?;
        took.push(millis_since(start));
        cpu.push(millis(process::cpu(&ground.processes(server)).saturating_sub(before)));
    }
    let (took, cpu) = (median(took), median(cpu));
    eprintln!("  G2: {what}: {took:.0} ms, {cpu:.0} ms of processor time");
    line.p50_ms = larger(line.p50_ms, took);
    line.cpu_ms = larger(line.cpu_ms, cpu);
    let goal = GOAL_MILLIS * mails as f64 / MAILS as f64;
    let part = Part::cost(&format!("a rule about {what}, ms"), took, goal, 1.0);
    line.parts.push(part.with_floor(5.0));
    Ok(())
}

/// A page that tried nothing would be fast and worth nothing.
fn check(client: &mut Client, request: &Request, mails: usize) -> Result<()> {
    let answer = client.send(request)?;
    let body = String::from_utf8_lossy(client.body()).into_owned();
    let count = format!("{}.{:03}", mails / 1_000, mails % 1_000);
    match answer.status == 200 && body.contains(&count) {
        true => Ok(()),
        false => Err(format!("{} answers {} without {count}", request.path, answer.status).into()),
    }
}
