//! The snapshot of all lists in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use db::{Db, Result};
use values::Timestamp;

use super::{Directory, ReadDirectory};

/// A snapshot is renewed after this time even if no notice came.
const AGE_MILLIS_MAX: i64 = 10_000;

/// Keeps the last snapshot.
#[derive(Default)]
pub struct DirectoryCache {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    snapshot: Option<(Timestamp, Arc<Directory>)>,
    /// Grows whenever a list changed. What was read before that is not kept.
    changes: u64,
}

impl DirectoryCache {
    /// The lists, read again if the snapshot was dropped or is old.
    pub async fn get(&self, db: &Db, now: Timestamp) -> Result<Arc<Directory>> {
        let (snapshot, changes) = {
            let held = self.held();
            (held.snapshot.clone(), held.changes)
        };
        if let Some((read_at, directory)) = snapshot
            && now.millis_since(read_at).abs() < AGE_MILLIS_MAX
        {
            return Ok(directory);
        }
        let directory = Arc::new(db.read(&ReadDirectory).await?);
        let mut held = self.held();
        if held.changes == changes {
            held.snapshot = Some((now, Arc::clone(&directory)));
        }
        Ok(directory)
    }

    /// Forgets the snapshot: a list changed.
    pub fn drop_snapshot(&self) {
        let mut held = self.held();
        held.snapshot = None;
        held.changes += 1;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
