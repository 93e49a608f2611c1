//! E2: fifty agents with open pages work at the same time, while mails come in and leave.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::desk::{Desk, Seen};
use super::sending;
use super::sink::Sink;
use super::steps::{self, Own};
use crate::Result;
use crate::a_mail::ingest::wait_until_decided;
use crate::bench::Bench;
use crate::c_size::{mebibytes, peak};
use crate::cases::{self, Case, Which};
use crate::database::Connection;
use crate::figures::{Figures, millis};
use crate::ground::{self, Ground};
use crate::load::lmtp::Delivery;
use crate::mails::MailMaker;
use crate::process;
use crate::report::{Line, Part};
use crate::seed::ADDRESS;
use crate::server::{Server, Setup};
use crate::team;

/// The agents: not those of the filled database, whose tickets are closed by others.
const FIRST_AGENT: i64 = 101;
const AGENTS: usize = 50;
/// What an answer may take, in milliseconds; the floor is four times that.
const P95_MILLIS: f64 = 25.0;
const P95_FLOOR: f64 = 4.0;
/// What the product may need, in MiB; the floor is half as much again.
const MEBIBYTES: f64 = 100.0;
const MEMORY_FLOOR: f64 = 1.5;
/// Mails that come in each second.
const MAILS_PER_SECOND: f64 = 2.0;
/// Tickets that are worked on.
const CASES: usize = 2_000;
/// Errors that are shown.
const SHOWN: usize = 5;

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mut connection = ground.database.open()?;
    team::add_sender(&mut connection)?;
    for number in agents() {
        team::add_agent(&mut connection, number)?;
    }
    let cases = cases::newest(&mut connection, Which::Open, CASES)?;
    let free = cases::newest(&mut connection, Which::Unassigned, AGENTS)?;
    let sink = Sink::start()?;
    sink.open();
    let setup = Setup { relay: Some(sink.address), ..bench.setup(&ground.database) };
    let server = Server::start(&setup)?;
    let before = Written::count(&mut connection)?;
    let processes = ground.processes(&server);
    let used = process::cpu(&processes);
    let time = Duration::from_secs(bench.options.seconds);
    let (seen, memory) = peak(&server, || all(&server, time, &cases, &free))?;
    let used = millis(process::cpu(&processes).saturating_sub(used));
    wait_until_decided(&mut connection)?;
    sending::wait_until_written(&mut connection)?;
    server.stop()?;
    Written::count(&mut connection)?.check(&before, &seen)?;
    let sent = sending::sent(&mut connection)?;
    sending::check(&sink.taken(), &sent, &BTreeSet::new(), sent.len())?;
    bench.print(&line(ground, &seen, memory, used, time));
    Ok(())
}

fn agents() -> impl Iterator<Item = i64> {
    (FIRST_AGENT..).take(AGENTS)
}

/// Everybody works for a while, and mails come in.
fn all(server: &Server, time: Duration, cases: &[Case], free: &[Case]) -> Result<Seen> {
    let count = (time.as_secs_f64() * MAILS_PER_SECOND) as usize;
    let mails = MailMaker::new(50, ADDRESS).take(count);
    let delivery = Delivery {
        address: server.lmtp,
        to: ADDRESS,
        mails: &mails,
        clients: 1,
        per_second: Some(MAILS_PER_SECOND),
    };
    let stop = AtomicBool::new(false);
    let desks: Vec<Desk<'_>> =
        agents().map(|agent| Desk::open(server.address, agent, &stop)).collect::<Result<_>>()?;
    thread::scope(|scope| {
        let delivered = scope.spawn(|| delivery.run_until(&stop));
        let threads: Vec<_> = desks
            .into_iter()
            .enumerate()
            .map(|(place, mut desk)| {
                let own = Own {
                    cases: cases.iter().skip(place).step_by(AGENTS).collect(),
                    free: free.get(place),
                    all: cases,
                };
                scope.spawn(move || {
                    steps::work(&mut desk, &own);
                    desk.close()
                })
            })
            .collect();
        thread::sleep(time);
        stop.store(true, Ordering::Relaxed);
        delivered.join().unwrap_or_else(|_| Err("a client panicked".into()))?;
        let mut all = Seen::default();
        for thread in threads {
            all.add(thread.join().map_err(|_| "an agent panicked")?);
        }
        Ok(all)
    })
}

fn line(ground: &Ground, seen: &Seen, memory: u64, used: f64, time: Duration) -> Line {
    let all: Vec<f64> = seen.millis.values().flatten().copied().collect();
    let answered = all.len() as f64;
    let figures = Figures { millis: all, seconds: time.as_secs_f64(), ..Figures::default() };
    let mut line = Line::new("E2", ground.database.engine(), ground.tickets);
    (line.p50_ms, line.p99_ms) = (Some(figures.p50()), Some(figures.p99()));
    (line.cpu_ms, line.per_s) = (Some(used / answered.max(1.0)), Some(figures.per_second()));
    let p95 = figures.percentile(95.0);
    line.parts = vec![
        Part::cost("p95, ms", p95, P95_MILLIS, 1.0).with_floor(P95_FLOOR),
        Part::cost("memory, MiB", mebibytes(memory), MEBIBYTES, 1.0).with_floor(MEMORY_FLOOR),
    ];
    if !seen.errors.is_empty() {
        let asked = answered + seen.errors.len() as f64;
        line.parts.push(Part::rate("answers as expected", answered, asked, 1.0).with_floor(1.0));
    }
    for (what, millis) in &seen.millis {
        let of = Figures { millis: millis.clone(), ..Figures::default() };
        let (count, p50, p95, max) = (millis.len(), of.p50(), of.percentile(95.0), of.max());
        eprintln!("  E2 {what}: {count}, p50 {p50:.1}, p95 {p95:.1}, slowest {max:.1} ms");
    }
    eprintln!("  E2: {} announcements, {used:.0} ms CPU in all", seen.events);
    for error in seen.errors.iter().take(SHOWN) {
        eprintln!("  E2 error: {error}");
    }
    line
}

/// What stands in the database.
struct Written {
    replies: i64,
    notes: i64,
    changes: i64,
}

impl Written {
    fn count(connection: &mut Connection) -> Result<Self> {
        Ok(Self {
            replies: connection.number(
                "select count(*) from outbound_mail where kind = 'reply' and state = 'sent'",
            )?,
            notes: connection
                .number("select count(*) from message where visibility = 'internal'")?,
            changes: connection.number("select count(*) from history_event where agent > 100")?,
        })
    }

    /// Whether exactly what was answered well came to what was there before.
    fn check(&self, before: &Self, seen: &Seen) -> Result<()> {
        let counted = |what: &str| i64::try_from(seen.count(what)).unwrap_or(i64::MAX);
        let (replies, notes) = (self.replies - before.replies, self.notes - before.notes);
        if (replies, notes) != (counted("reply"), counted("note")) {
            let (sent, filed) = (counted("reply"), counted("note"));
            return Err(format!(
                "{sent} answers and {filed} notes gave {replies} sent mails and {notes} notes"
            )
            .into());
        }
        match self.changes - before.changes >= counted("claim") + counted("unclaim") {
            true => Ok(()),
            false => Err("tickets were claimed and nobody has them".into()),
        }
    }
}
