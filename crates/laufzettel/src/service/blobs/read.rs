//! Reading blobs: the row says where the bytes lie; they are fetched and unpacked after the reading of
//! the database has ended, because a bucket is a network.

use std::fs::File;
use std::io;

use db::{Db, Doing, Failure, Reading, Result, View, from_row, params, sql};

use super::{Blobs, Hash, PIECE_BYTES, failure, folded_bytes_max, folding};
use crate::service::keys::sha256;

/// Bytes that are there, and where they lie.
#[derive(Clone, Debug)]
pub struct Blob {
    hash: Hash,
    size: usize,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    /// In the row itself, compressed.
    Row(Vec<u8>),
    Folder,
    /// In the bucket, with this key.
    Bucket(String),
}

from_row! {
    struct Stored {
        size_bytes: i64,
        bytes: Option<Vec<u8>>,
        object: Option<String>,
    }
}

/// Where the bytes with this SHA-256 lie.
pub async fn find(view: &mut View<'_>, hash: &[u8]) -> Result<Blob> {
    let stored: Option<Stored> = view
        .optional(sql!("select size_bytes, bytes, object from blob where hash = $1"), params![hash])
        .await?;
    let stored = stored.ok_or_else(|| Failure::other("a blob is missing"))?;
    Ok(Blob {
        hash: hash.try_into().map_err(Failure::other)?,
        size: usize::try_from(stored.size_bytes).map_err(Failure::other)?,
        place: match (stored.bytes, stored.object) {
            (Some(compressed), _) => Place::Row(compressed),
            (None, Some(key)) => Place::Bucket(key),
            (None, None) => Place::Folder,
        },
    })
}

struct Find<'a>(&'a [u8]);

impl Reading for Find<'_> {
    type Outcome = Blob;

    async fn run(&self, view: &mut View<'_>) -> Result<Blob> {
        find(view, self.0).await
    }
}

impl Blobs {
    /// The bytes with this SHA-256, checked against it.
    pub async fn read(&self, db: &Db, hash: &[u8]) -> Result<Vec<u8>> {
        self.load(db.read(&Find(hash)).await?).await
    }

    /// The bytes of a blob that was found, checked against its hash.
    pub async fn load(&self, blob: Blob) -> Result<Vec<u8>> {
        let packed = match &blob.place {
            Place::Bucket(key) => Some(self.object(key).await),
            _ => None,
        };
        let packed = packed.transpose().map_err(failure).doing("reading a blob")?;
        let loaded = match blob.size <= PIECE_BYTES {
            true => self.unpack(blob, packed),
            false => {
                let blobs = self.clone();
                let unpacking = tokio::task::spawn_blocking(move || blobs.unpack(blob, packed));
                unpacking.await.map_err(Failure::other)?
            }
        };
        loaded.map_err(failure).doing("reading a blob")
    }

    async fn object(&self, key: &str) -> io::Result<Vec<u8>> {
        match &self.bucket {
            Some(bucket) => bucket.get(key).await,
            None => Err(io::Error::other("it lies in a bucket, and the setting blobs names none")),
        }
    }

    fn unpack(&self, blob: Blob, packed: Option<Vec<u8>>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(blob.size);
        match (blob.place, packed) {
            (Place::Row(compressed), _) => {
                let folded = self.contexts.decompress(&compressed, folded_bytes_max(blob.size))?;
                folding::unfold(&mut &*folded, &mut bytes)?;
            }
            (_, Some(packed)) => folding::unfold(&mut zstd::Decoder::new(&*packed)?, &mut bytes)?,
            (_, None) => {
                let file = File::open(self.path(&blob.hash))?;
                folding::unfold(&mut zstd::Decoder::new(file)?, &mut bytes)?;
            }
        }
        match sha256(&bytes) == blob.hash {
            true => Ok(bytes),
            false => Err(io::Error::other(format!("blob {} is damaged", values::hex(&blob.hash)))),
        }
    }
}
