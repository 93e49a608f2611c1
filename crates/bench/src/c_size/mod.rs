//! Memory, the time of a start, and the disk (C1 to C4).

pub mod disk;
pub mod large_mails;
pub mod memory;
pub mod start;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::Result;
use crate::server::Server;

/// How often memory is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Bytes of a mebibyte.
const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// A memory figure in MiB.
pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / MEBIBYTE
}

/// Does something, and gives the most memory that a server had meanwhile, in bytes without pages of
/// mapped files.
pub fn peak<T>(server: &Server, work: impl FnOnce() -> Result<T>) -> Result<(T, u64)> {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = 0;
            while !stop.load(Ordering::Relaxed) {
                peak = peak.max(server.memory().map_or(0, |memory| memory.own));
                thread::sleep(LOOK_EVERY);
            }
            peak
        });
        let done = work();
        stop.store(true, Ordering::Relaxed);
        let peak = watch.join().map_err(|_| "looking at the memory panicked")?;
        Ok((done?, peak))
    })
}
