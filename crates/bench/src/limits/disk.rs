//! The disk: how long it takes until an append is durable.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::Result;
use crate::figures::{Figures, millis_since, now};

/// Appends of one measurement.
const APPENDS: usize = 200;

/// Milliseconds of `fdatasync` after an append of 4 KiB, in a file in this folder.
pub fn sync(folder: &Path) -> Result<Figures> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let start = now();
    let mut figures = Figures::default();
    for _ in 0..APPENDS {
        file.write_all(&[7; 4096])?;
        let written = now();
        file.sync_data()?;
        figures.millis.push(millis_since(written));
    }
    figures.seconds = start.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(figures)
}
