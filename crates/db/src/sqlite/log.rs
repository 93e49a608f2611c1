//! Copying the write-ahead log into the database file, outside the way of a commit.
//!
//! A thread copies while operations go on. Because new pages come meanwhile, it never reaches the
//! end under load, and only a log that is copied to its end is begun anew; so when the log has
//! become long, the committing thread copies the short rest between two groups.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, TrySendError};
use std::thread;

use rusqlite::Connection;

use super::connect::connect_copier;
use crate::{Doing, Failure, Result};

/// Pages (of 4 KiB) in the log that are worth copying: 16 MiB. Many are written several times before,
/// and only the last of them is copied.
const COPY_PAGES_MIN: usize = 4_000;
/// Pages in the log from which the rest is copied between two groups: 48 MiB.
const LOG_PAGES_MAX: usize = 12_000;
/// A rest that takes a few milliseconds.
const REST_PAGES_MAX: usize = 2_000;

/// How far the log has come. Each number is written by one thread.
#[derive(Default)]
struct Progress {
    written: AtomicUsize,
    copied: AtomicUsize,
}

/// The log of the writer and the thread that copies it.
pub(super) struct Log {
    progress: Arc<Progress>,
    wake: mpsc::SyncSender<()>,
}

impl Log {
    /// Starts the thread, which ends when this is dropped, and counts what the writer writes.
    pub(super) fn start(path: &Path, writer: &mut Connection) -> Result<Self> {
        let progress = Arc::new(Progress::default());
        let counted = Arc::clone(&progress);
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages| {
            counted.written.store(usize::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))?;
        let copier = connect_copier(path)?;
        let (wake, woken) = mpsc::sync_channel(1);
        let copied = Arc::clone(&progress);
        thread::Builder::new()
            .name("sqlite-log".to_owned())
            .spawn(move || {
                for () in woken {
                    copy(&copier, &copied);
                }
            })
            .map_err(Failure::other)
            .doing("starting the thread that copies the log")?;
        Ok(Self { progress, wake })
    }

    /// Called after each commit by the thread that commits, which still holds the writer.
    pub(super) fn after_commit(&self, writer: &Connection) {
        let written = self.progress.written.load(Ordering::Relaxed);
        let copied = self.progress.copied.load(Ordering::Relaxed);
        // A log shorter than what was copied has been begun anew.
        let rest = written.checked_sub(copied).unwrap_or(written);
        if written >= LOG_PAGES_MAX && rest <= REST_PAGES_MAX {
            copy(writer, &self.progress);
        } else if rest >= COPY_PAGES_MIN
            && let Err(TrySendError::Disconnected(())) = self.wake.try_send(())
        {
            // The thread has panicked: slower, but the log must not grow for ever.
            copy(writer, &self.progress);
        }
    }
}

/// Copies as much as possible without waiting for anybody.
fn copy(connection: &Connection, progress: &Progress) {
    // A failure, like a full disk, is met again at the next try and by the commits themselves.
    if let Ok((_, copied)) = checkpoint(connection, "pragma wal_checkpoint(passive)") {
        progress.copied.store(copied, Ordering::Relaxed);
    }
}

/// Copies the whole log and makes it empty. It waits for readers a moment; if one stays longer,
/// the log stays as well.
pub(super) fn empty(path: &Path) -> Result<()> {
    checkpoint(&connect_copier(path)?, "pragma wal_checkpoint(truncate)").map(drop)
}

fn checkpoint(connection: &Connection, text: &str) -> Result<(usize, usize)> {
    let pages = |row: &rusqlite::Row<'_>, column| {
        row.get(column).map(|pages: i64| usize::try_from(pages).unwrap_or(0))
    };
    Ok(connection.query_row(text, [], |row| Ok((pages(row, 1)?, pages(row, 2)?)))?)
}
