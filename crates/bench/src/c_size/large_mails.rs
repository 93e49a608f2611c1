//! C2: memory while eight mails of 25 MB come at once.

use super::{mebibytes, peak};
use crate::Result;
use crate::a_mail::ingest::wait_until_decided;
use crate::bench::Bench;
use crate::load::lmtp::Delivery;
use crate::mails::large_mail;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;

/// How many come at once.
const MAILS: usize = 8;
/// Bytes of each.
const BYTES: usize = 25_000_000;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.smallest();
    let scratch = bench.copy(tickets)?;
    let server = bench.start(&scratch.database)?;
    let mails: Vec<Vec<u8>> =
        (0..MAILS).map(|number| large_mail(number as u64 + 1, ADDRESS, BYTES)).collect();
    let bytes: u64 = mails.iter().map(|mail| mail.len() as u64).sum();
    let idle = server.memory()?.own;
    let mut connection = scratch.database.open()?;
    let (delivered, most) = peak(&server, || {
        let (address, mails) = (server.lmtp, &mails);
        let delivery = Delivery { address, to: ADDRESS, mails, clients: MAILS, per_second: None };
        let delivered = delivery.run()?;
        wait_until_decided(&mut connection)?;
        Ok(delivered)
    })?;
    let applied = connection.applied()?;
    if usize::try_from(applied)? != MAILS {
        return Err(format!("{applied} of {MAILS} large mails were applied").into());
    }
    server.stop()?;
    let mut line = Line::new("C2", Engine::Sqlite, tickets);
    (line.p50_ms, line.p99_ms) = (Some(delivered.p50()), Some(delivered.p99()));
    let limit = mebibytes(bytes) * 1.5 + mebibytes(idle);
    let what = "peak, MiB beside 1.5 times the mails and what is used idle";
    line.parts = vec![Part::cost(what, mebibytes(most), limit, 1.0).with_floor(2.0)];
    bench.print(&line);
    Ok(())
}
