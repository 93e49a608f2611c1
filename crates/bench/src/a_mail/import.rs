//! A6: an archive of mails, imported with its index.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Result;
use crate::bench::{Bench, REPEATS};
use crate::figures::{median, millis, now};
use crate::limits::sqlite;
use crate::mails::MailMaker;
use crate::process;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;
use crate::server::{configuration, free_addresses};

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.usual();
    let scratch = bench.copy(tickets)?;
    let count = bench.options.either(3_000, 20_000);
    let (address, lmtp) = free_addresses()?;
    let setup = bench.setup(&scratch.database);
    let file = configuration(&setup, bench.folder(), address, lmtp)?;
    let (mut limits, mut rates, mut cpu) = (Vec::new(), Vec::new(), Vec::new());
    let mut maker = MailMaker::new(66, ADDRESS);
    for _ in 0..REPEATS {
        let archive = bench.folder().join("archive.mbox");
        write_archive(&archive, &mut maker, count)?;
        limits.push(sqlite::bulk_messages(bench.folder(), bench.options.either(10_000, 100_000))?);
        let (start, before) = (now(), process::cpu(&[std::process::id()]));
        import(bench.binary(), &archive, &file)?;
        rates.push(count as f64 / start.elapsed().as_secs_f64());
        let used = process::cpu(&[std::process::id()]).saturating_sub(before);
        cpu.push(millis(used) / count as f64);
        let left = scratch.database.open()?.waiting()?;
        if left > 0 {
            return Err(format!("{left} imported mails are not decided").into());
        }
    }
    let mut line = Line::new("A6", Engine::Sqlite, tickets);
    let per_second = median(rates);
    (line.per_s, line.cpu_ms) = (Some(per_second), Some(median(cpu)));
    let part = Part::rate("imported mails a second", per_second, median(limits), 0.2);
    line.parts = vec![part.with_floor(0.1)];
    bench.print(&line);
    Ok(())
}

fn import(binary: &Path, archive: &Path, configuration: &Path) -> Result<()> {
    let output = Command::new(binary)
        .args(["import", "mbox"])
        .arg(archive)
        .args(["--mailbox", "support", "--archive", "--json", "--config"])
        .arg(configuration)
        .stdin(Stdio::null())
        .output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

/// An mbox file (RFC 4155).
fn write_archive(path: &Path, maker: &mut MailMaker, count: usize) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for _ in 0..count {
        file.write_all(b"From kunde@example.com Mon Jan  5 07:00:00 2026\n")?;
        for line in maker.make().split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b"From ") {
                file.write_all(b">")?;
            }
            file.write_all(line)?;
        }
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}
