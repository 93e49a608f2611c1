//! Compressing bytes in memory. A context of zstd is some hundred kilobytes that are made anew at
//! each use, unless it is kept: for a mail that takes longer than the compressing.

use std::io;
use std::sync::{Mutex, PoisonError};

use zstd::bulk::{Compressor, Decompressor};

/// Level 3 of zstd: half the time of level 6 and within 5 % of its size on mails.
pub(super) const LEVEL: i32 = 3;

/// Contexts that nobody uses at the moment.
#[derive(Default)]
pub(super) struct Contexts {
    compressors: Mutex<Vec<Compressor<'static>>>,
    decompressors: Mutex<Vec<Decompressor<'static>>>,
}

/// Contexts of each kind that are kept: as many as are used at once on a usual machine.
const KEPT_MAX: usize = 8;

impl Contexts {
    pub(super) fn compress(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut context = match taken(&self.compressors) {
            Some(context) => context,
            None => Compressor::new(LEVEL)?,
        };
        let compressed = context.compress(bytes)?;
        keep(&self.compressors, context);
        Ok(compressed)
    }

    /// `size` is the number of bytes before compression, or more.
    pub(super) fn decompress(&self, bytes: &[u8], size: usize) -> io::Result<Vec<u8>> {
        let mut context = match taken(&self.decompressors) {
            Some(context) => context,
            None => Decompressor::new()?,
        };
        let decompressed = context.decompress(bytes, size)?;
        keep(&self.decompressors, context);
        Ok(decompressed)
    }
}

fn taken<T>(kept: &Mutex<Vec<T>>) -> Option<T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

fn keep<T>(kept: &Mutex<Vec<T>>, context: T) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT_MAX {
        kept.push(context);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_used_again_and_gives_the_same_also_after_a_failure() {
        let contexts = Contexts::default();
        let bytes = b"Sechs Schreibtische ".repeat(100);
        let first = contexts.compress(&bytes).unwrap();
        assert_eq!(contexts.compress(&bytes).unwrap(), first);
        assert_eq!(contexts.compressors.lock().unwrap().len(), 1);
        contexts.decompress(b"no zstd", 10).unwrap_err();
        assert_eq!(contexts.decompress(&first, bytes.len()).unwrap(), bytes);
        assert_eq!(contexts.decompress(&first, bytes.len()).unwrap(), bytes);
        assert_eq!(contexts.decompressors.lock().unwrap().len(), 1);
    }
}
