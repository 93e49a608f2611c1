//! G3: 100,000 mails that wait in a mailbox, and the memory of the product while it takes them.

use std::thread;
use std::time::Duration;

use testkit::dovecot::Dovecot;

use crate::Result;
use crate::a_mail::fetch::add_mailbox;
use crate::bench::Bench;
use crate::c_size::mebibytes;
use crate::figures::{millis, now};
use crate::ground::{self, Ground};
use crate::mails::MailMaker;
use crate::process;
use crate::report::{Line, Part};
use crate::server::{Server, Setup};

/// Mails that wait.
const MAILS: usize = 100_000;
/// The goal for all of them, in seconds; ten minutes are the floor.
const GOAL_SECONDS: f64 = 180.0;
const FLOOR_SECONDS: f64 = 600.0;
/// The most memory, in MiB, program and libraries included.
const MEMORY: f64 = 150.0;
/// How often the journal and the memory are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long all mails may take.
const PATIENCE: Duration = Duration::from_secs(2_400);

/// A look at the product while it works.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// Seconds since its start.
    seconds: f64,
    /// Mails that were applied.
    applied: f64,
    /// Its memory in MiB, without mapped files.
    own: f64,
    /// All of its memory in MiB.
    resident: f64,
}

/// Measures it on both databases.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| on(bench, ground))
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mails = bench.options.either(MAILS / 20, MAILS);
    let dovecot = Dovecot::start();
    let mut maker = MailMaker::new(ground.tickets + 73, "desk@example.com");
    for _ in 0..mails {
        dovecot.deliver("desk", "INBOX", &maker.make());
    }
    add_mailbox(&ground.database, &dovecot, "desk", 100)?;
    let roots = dovecot.authority_pem();
    let setup = Setup { mail_roots: Some(roots), ..bench.setup(&ground.database) };
    let server = Server::start(&setup)?;
    let looks = watch(ground, &server, mails)?;
    let cpu = millis(process::cpu(&ground.processes(&server))) / mails as f64;
    server.stop()?;
    let seconds = looks.last().map_or(0.0, |look| look.seconds);
    describe(&looks, mails);
    let mut line = Line::new("G3", ground.database.engine(), ground.tickets);
    (line.per_s, line.cpu_ms) = (Some(mails as f64 / seconds), Some(cpu));
    let share = mails as f64 / MAILS as f64;
    let resident = most(&looks, |look| look.resident);
    let time = Part::cost("seconds for the backlog", seconds, GOAL_SECONDS * share, 1.0);
    line.parts = vec![
        time.with_floor(FLOOR_SECONDS / GOAL_SECONDS),
        Part::cost("peak of the memory, MiB", resident, MEMORY, 1.0),
    ];
    bench.print(&line);
    Ok(())
}

/// Looks until all are applied.
fn watch(ground: &Ground, server: &Server, mails: usize) -> Result<Vec<Look>> {
    let mut connection = ground.database.open()?;
    let (start, mut looks) = (now(), Vec::new());
    loop {
        let (applied, memory) = (connection.applied()? as f64, server.memory()?);
        let (own, resident) = (mebibytes(memory.own), mebibytes(memory.resident));
        let seconds = start.elapsed().as_secs_f64();
        looks.push(Look { seconds, applied, own, resident });
        if applied >= mails as f64 {
            return Ok(looks);
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("{applied} of {mails} were applied: {}", server.log()).into());
        }
        thread::sleep(LOOK_EVERY);
    }
}

fn most(looks: &[Look], figure: fn(&Look) -> f64) -> f64 {
    looks.iter().map(figure).fold(0.0, f64::max)
}

/// The memory over time in tenths of the mails, and how it grows after the first of them.
fn describe(looks: &[Look], mails: usize) {
    let mails = mails as f64;
    let tenth = |look: &&Look, tenth: f64| look.applied >= mails * tenth / 10.0;
    let at = (1..=10).filter_map(|place| looks.iter().find(|look| tenth(look, f64::from(place))));
    let at: Vec<String> =
        at.map(|look| format!("{:.0} s {:.0} MiB", look.seconds, look.resident)).collect();
    let later: Vec<Look> = looks.iter().filter(|look| tenth(look, 1.0)).copied().collect();
    eprintln!(
        "  G3: by tenths {}; peak {:.0} MiB, {:.0} without mapped files; after the first tenth it grows by \
         {:.1} MiB for {MAILS} mails",
        at.join(", "),
        most(looks, |look| look.resident),
        most(looks, |look| look.own),
        slope(&later) * MAILS as f64,
    );
}

/// MiB a mail, by the least squares.
fn slope(looks: &[Look]) -> f64 {
    let count = looks.len().max(1) as f64;
    let mean = |figure: fn(&Look) -> f64| looks.iter().map(figure).sum::<f64>() / count;
    let (applied, resident) = (mean(|look| look.applied), mean(|look| look.resident));
    let both = looks.iter().map(|look| (look.applied - applied) * (look.resident - resident));
    let square = looks.iter().map(|look| (look.applied - applied).powi(2));
    both.sum::<f64>() / square.sum::<f64>().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_that_of_a_line() {
        let look =
            |applied: f64| Look { seconds: 0.0, applied, own: 0.0, resident: 7.0 + applied / 4.0 };
        let looks: Vec<Look> = (0..9).map(|place| look(f64::from(place))).collect();
        assert!((slope(&looks) - 0.25).abs() < 1e-9);
        assert_eq!(slope(&[]), 0.0);
    }
}
