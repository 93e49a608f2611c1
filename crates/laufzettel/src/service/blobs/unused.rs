//! Bytes that nothing refers to any more: rows are marked, and go a day later with their files.
//!
//! A file has no row, too, while its operation has yet to commit, and for ever if that failed. So a
//! file goes only when it was not put for a day. Whoever puts the same bytes again meanwhile renews
//! its time and looks again; whoever removes a file first takes its name away and then looks at the
//! time. One of the two sees the other.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use db::{Db, Doing, Failure, Operation, Result, Tx, from_row, params, sql};
use values::Timestamp;

use super::bucket::Bucket;
use super::{Blobs, failure};

/// How long unused bytes are kept.
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// Rows that are deleted in one operation.
const DELETED_AT_ONCE: i64 = 500;
/// What the name of a file ends with while it is being removed.
const LEAVING: &str = "leaving";
/// What it ends with else.
const STAYING: &str = "zst";

/// Marks bytes that one reference less needs; they stay if there are others.
pub async fn mark_unused(tx: &mut Tx<'_>, hash: &[u8], now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("update blob set unused_since = $1 where hash = $2 and unused_since is null"),
        params![now, hash],
    )
    .await
    .map(drop)
}

/// Deletes marked rows after a day. Those that something refers to lose their mark. The outcome says
/// whether more are left.
pub struct DeleteUnused {
    /// The present moment.
    pub now: Timestamp,
}

from_row! {
    struct MarkedRow {
        hash: Vec<u8>,
        is_used: bool,
    }
}

impl Operation for DeleteUnused {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let marked: Vec<MarkedRow> = tx
            .all(
                sql!(
                    "select b.hash, case
                         when exists (select 1 from attachment a where a.blob_hash = b.hash) then 1
                         when exists (select 1 from inbound_mail m where m.raw_hash = b.hash) then 1
                         when exists (select 1 from outbound_mail o where o.raw_hash = b.hash) then 1
                         when exists (select 1 from sandbox_mail s where s.raw_hash = b.hash) then 1
                         else 0 end as is_used
                     from blob b
                     where b.unused_since is not null and b.unused_since < $1
                     order by b.unused_since
                     limit $2"
                ),
                params![self.now.minus(KEPT), DELETED_AT_ONCE],
            )
            .await?;
        for row in &marked {
            let statement = match row.is_used {
                true => sql!("update blob set unused_since = null where hash = $1"),
                // Whoever put the same bytes meanwhile took the mark away and relies on the row.
                false => sql!("delete from blob where hash = $1 and unused_since is not null"),
            };
            tx.execute(statement, params![row.hash.as_slice()]).await?;
        }
        Ok(i64::try_from(marked.len()).is_ok_and(|count| count == DELETED_AT_ONCE))
    }
}

/// Removes files that have had no row for a day, and brings back those whose removal was broken off
/// although they have one.
pub async fn remove_files(blobs: &Blobs, db: &Db, now: Timestamp) -> Result<()> {
    if let Some(bucket) = &blobs.bucket {
        remove_objects(bucket, db, now).await?;
    }
    let folder = blobs.folder.clone();
    let old = tokio::task::spawn_blocking(move || old_files(&folder)).await;
    let old = old.map_err(Failure::other)?.map_err(failure).doing("looking for unused files")?;
    for (hash, file) in old {
        let is_leaving = file.extension().is_some_and(|extension| extension == LEAVING);
        let done = match (has_row(db, &hash).await?, is_leaving) {
            (true, true) => fs::rename(&file, file.with_extension(STAYING)),
            (true, false) => Ok(()),
            (false, _) => remove(&file),
        };
        done.map_err(failure).doing("removing an unused file")?;
    }
    Ok(())
}

/// Keys that are looked for at once.
const KEYS_AT_ONCE: usize = 500;

/// Removes objects that were put more than a day ago and that no row names.
async fn remove_objects(bucket: &Bucket, db: &Db, now: Timestamp) -> Result<()> {
    let old = bucket.older_than(now.minus(KEPT).millis()).await.map_err(failure)?;
    for keys in old.chunks(KEYS_AT_ONCE) {
        let named: Vec<NamedRow> = db
            .all(
                sql!(
                    sqlite: "select object from blob
                             where object in (select value from json_each($1)) limit 500",
                    postgres: "select object from blob
                               where object in (select json_array_elements_text(cast($1 as json)))
                               limit 500"
                ),
                params![serde_json::json!(keys).to_string()],
            )
            .await?;
        let named: HashSet<String> = named.into_iter().map(|row| row.object).collect();
        for key in keys.iter().filter(|key| !named.contains(*key)) {
            bucket.remove(key).await.map_err(failure).doing("removing an unused object")?;
        }
    }
    Ok(())
}

from_row! {
    struct NamedRow {
        object: String,
    }
}

/// The files that were not put for a day, with the hashes in their names. A file without one was
/// left by a process that died.
fn old_files(folder: &Path) -> io::Result<Vec<(Vec<u8>, PathBuf)>> {
    let mut old = Vec::new();
    for part in fs::read_dir(folder)? {
        let part = part?;
        if !part.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(part.path())? {
            let file = file?.path();
            if is_old(&file) {
                old.push((hash_of_path(&file).unwrap_or_default(), file));
            }
        }
    }
    Ok(old)
}

from_row! {
    struct FoundRow {
        hash: Vec<u8>,
    }
}

async fn has_row(db: &Db, hash: &[u8]) -> Result<bool> {
    let found: Option<FoundRow> =
        db.optional(sql!("select hash from blob where hash = $1"), params![hash]).await?;
    Ok(found.is_some_and(|row| row.hash == hash))
}

fn hash_of_path(file: &Path) -> Option<Vec<u8>> {
    let folder = file.parent()?.file_name()?.to_str()?;
    let rest = file.file_stem()?.to_str()?;
    values::from_hex(&format!("{folder}{rest}"))
}

fn is_old(file: &Path) -> bool {
    let changed = fs::metadata(file).and_then(|known| known.modified());
    let age = changed.ok().and_then(|changed| time_of_files().duration_since(changed).ok());
    age.is_some_and(|age| age > KEPT)
}

fn remove(file: &Path) -> io::Result<()> {
    let leaving = file.with_extension(LEAVING);
    fs::rename(file, &leaving)?;
    // Somebody who put the same bytes a moment ago relies on the file.
    match is_old(&leaving) {
        true => fs::remove_file(&leaving),
        false => fs::rename(&leaving, file.with_extension(STAYING)),
    }
}

/// Whether a file is there and stays for another day.
pub(super) fn is_kept(file: &Path) -> bool {
    let renewed = File::open(file).and_then(|open| open.set_modified(time_of_files()));
    renewed.is_ok() && file.exists()
}

#[allow(clippy::disallowed_methods, reason = "compared with times that the file system gives")]
fn time_of_files() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn made_old(file: &Path) {
        let yesterday = time_of_files() - KEPT - Duration::from_secs(60);
        File::open(file).unwrap().set_modified(yesterday).unwrap();
    }

    #[test]
    fn bytes_that_are_put_again_stay_and_others_go() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let bytes: Vec<u8> =
            (0..600_000_u32).flat_map(|n| n.wrapping_mul(n).to_le_bytes()).collect();
        let prepared = blobs.prepare(&bytes).unwrap();
        let file = blobs.path(&prepared.hash);
        assert!(old_files(folder.path()).unwrap().is_empty());
        made_old(&file);
        let old = old_files(folder.path()).unwrap();
        assert_eq!(old, [(prepared.hash.to_vec(), file.clone())]);

        blobs.prepare(&bytes).unwrap();
        remove(&file).unwrap();
        assert!(file.exists(), "it was put between the look and the removal");
        made_old(&file);
        remove(&file).unwrap();
        assert!(!file.exists());
        assert!(!is_kept(&file), "whoever puts it now writes it anew");
    }
}
