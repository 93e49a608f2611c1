//! Bytes found by their content: raw mails, uploads (decision 5).
//!
//! Small ones lie compressed in the database and share the commit of the operation that refers to
//! them. Large ones are put into a folder and synced *before* the operation, so that a reference
//! never exists without its bytes. What nothing refers to any more goes after a day.

mod bucket;
mod compression;
mod folding;
mod read;
mod unused;

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::{Doing, Failure, FailureKind, Result, Tx, params, sql};
use sha2::{Digest, Sha256};

use self::bucket::Bucket;
use self::compression::{Contexts, LEVEL};
use super::keys::sha256;
use crate::config::BucketPlace;

pub use read::{Blob, find};
pub use unused::{DeleteUnused, mark_unused, remove_files};

/// Compressed bytes up to this size lie in the database.
const IN_DATABASE_BYTES_MAX: usize = 128 * 1024;
/// Larger contents are compressed into a file piece by piece, so that memory stays flat.
const IN_MEMORY_BYTES_MAX: usize = 512 * 1024;
/// The pieces in which a file is read.
const PIECE_BYTES: usize = 64 * 1024;

/// The name of bytes: their SHA-256.
pub type Hash = [u8; 32];

/// Where the large blobs lie. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    folder: PathBuf,
    bucket: Option<Bucket>,
    contexts: Arc<Contexts>,
}

/// Bytes that are ready to be referred to: compressed in memory, or durable in the folder or the
/// bucket.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The SHA-256 of the bytes.
    pub hash: Hash,
    /// The number of bytes before compression.
    pub size_bytes: u64,
    compressed: Option<Vec<u8>>,
    object: Option<String>,
}

impl Blobs {
    /// The blobs in this folder, which is made if it is missing.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), bucket: None, contexts: Arc::default() })
    }

    /// The same, with further large blobs in a bucket. Those in the folder stay there.
    pub fn with_bucket(self, place: &BucketPlace) -> io::Result<Self> {
        Ok(Self { bucket: Some(Bucket::open(place)?), ..self })
    }

    /// Whether the bucket works, if there is one: `None` without.
    pub async fn try_bucket(&self) -> Option<io::Result<()>> {
        Some(self.bucket.as_ref()?.try_out().await)
    }

    /// Makes bytes ready. Large ones are durable in the folder when this returns.
    pub fn prepare(&self, bytes: &[u8]) -> Result<Prepared> {
        let hash = sha256(bytes);
        let size_bytes = bytes.len() as u64;
        if bytes.len() <= IN_MEMORY_BYTES_MAX {
            let mut folded = Vec::with_capacity(folded_bytes_max(bytes.len()));
            folding::fold(&mut &*bytes, &mut folded).map_err(failure)?;
            let compressed = self.contexts.compress(&folded).map_err(failure)?;
            if compressed.len() <= IN_DATABASE_BYTES_MAX {
                let compressed = Some(compressed);
                return Ok(Prepared { hash, size_bytes, compressed, object: None });
            }
        }
        let object = self.put(&hash, bytes).map_err(failure).doing("storing a large blob")?;
        Ok(Prepared { hash, size_bytes, compressed: None, object })
    }

    /// Makes the bytes of a file ready, piece by piece, so that memory stays flat.
    pub fn prepare_file(&self, file: &mut File) -> Result<Prepared> {
        let (hash, size_bytes) = hash_of(file).map_err(failure).doing("reading a file")?;
        if usize::try_from(size_bytes).is_ok_and(|size| size <= IN_MEMORY_BYTES_MAX) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(failure).doing("reading a file")?;
            return self.prepare(&bytes);
        }
        let object = self.put(&hash, file).map_err(failure).doing("storing a large blob")?;
        Ok(Prepared { hash, size_bytes, compressed: None, object })
    }

    /// Puts bytes where large ones lie. The outcome is their key, if that is the bucket.
    fn put(&self, hash: &Hash, bytes: impl Read) -> io::Result<Option<String>> {
        let Some(bucket) = &self.bucket else {
            return self.put_file(hash, bytes).map(|()| None);
        };
        let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
        folding::fold(&mut BufReader::with_capacity(PIECE_BYTES, bytes), &mut encoder)?;
        bucket.put(hash, encoder.finish()?).map(Some)
    }

    /// A file that is there already is complete: it got its name only after it was synced.
    fn put_file(&self, hash: &Hash, bytes: impl Read) -> io::Result<()> {
        let path = self.path(hash);
        let Some(folder) = path.parent() else { return Ok(()) };
        if unused::is_kept(&path) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        let temporary = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
        let mut encoder = zstd::Encoder::new(temporary.as_file(), LEVEL)?;
        folding::fold(&mut BufReader::with_capacity(PIECE_BYTES, bytes), &mut encoder)?;
        encoder.finish()?.sync_all()?;
        temporary.persist(&path)?;
        File::open(folder)?.sync_all()?;
        File::open(&self.folder)?.sync_all()
    }

    fn path(&self, hash: &Hash) -> PathBuf {
        let name = values::hex(hash);
        let (folder, rest) = name.split_at(2);
        self.folder.join(folder).join(format!("{rest}.zst"))
    }
}

/// What so many bytes are at most when they are folded: the heads of their chunks come on top.
fn folded_bytes_max(size: usize) -> usize {
    size + size / 4096 + 16
}

/// The SHA-256 and the size of a file, which then stands at its beginning again.
fn hash_of(file: &mut File) -> io::Result<(Hash, u64)> {
    let mut digest = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    let mut size_bytes = 0;
    file.rewind()?;
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        digest.update(piece.get(..read).unwrap_or_default());
        size_bytes += read as u64;
    }
    file.rewind()?;
    Ok((digest.finalize().into(), size_bytes))
}

/// Makes the row of prepared bytes, if it is not there yet. Bytes that were marked for removal are
/// kept again.
pub async fn insert(tx: &mut Tx<'_>, blob: &Prepared) -> Result<()> {
    let size = i64::try_from(blob.size_bytes).map_err(Failure::other)?;
    tx.execute(
        sql!(
            "insert into blob (hash, size_bytes, bytes, object, unused_since)
             values ($1, $2, $3, $4, null)
             on conflict (hash) do update set unused_since = null
             where blob.unused_since is not null"
        ),
        params![blob.hash.as_slice(), size, blob.compressed.as_deref(), blob.object.as_deref()],
    )
    .await
    .map(drop)
}

fn failure(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Failure::of_kind(FailureKind::StorageFull, error)
        }
        _ => Failure::other(error),
    }
}
