//! C4: the bytes of the data folder after many mails, beside the bytes of the mails.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::a_mail::ingest::ingest;
use crate::bench::Bench;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let scratch = bench.empty()?;
    let server = bench.start(&scratch.database)?;
    let mut maker = MailMaker::new(4, ADDRESS);
    let (mut raw, mut left) = (0, bench.options.either(2_000, 10_000));
    let before = folder_bytes(scratch.database.folder())?;
    while left > 0 {
        let mails = maker.take(left.min(2_000));
        left -= mails.len();
        raw += mails.iter().map(|mail| mail.len() as u64).sum::<u64>();
        ingest(&server, &scratch.database, &[server.id()], &mails)?;
    }
    // The end of the process moves the log into the file.
    server.stop()?;
    let after = folder_bytes(scratch.database.folder())?;
    let mut connection = scratch.database.open()?;
    let tickets = connection.number("select count(*) from ticket")?;
    let tickets = u64::try_from(tickets)?;
    let mut line = Line::new("C4", Engine::Sqlite, tickets);
    let (used, raw) = (after.saturating_sub(before) as f64 / 1e6, raw as f64 / 1e6);
    eprintln!("  C4: {:.1} KB a ticket", used * 1e3 / tickets.max(1) as f64);
    line.parts =
        vec![Part::cost("data folder, MB beside the mails", used, raw, 0.8).with_floor(0.88)];
    bench.print(&line);
    Ok(())
}

/// The bytes of all files of a folder.
fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += match entry.file_type()?.is_dir() {
            true => folder_bytes(&entry.path())?,
            false => entry.metadata()?.len(),
        };
    }
    Ok(bytes)
}
